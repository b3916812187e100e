/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What the server is told to do, by its file and by its command line. The file
 * is read line by line first: GKeyFile takes what is given twice without a
 * word, and does not tell lines. */

#include "config.h"

#include <gst/gst.h>
#include <string.h>

#define MAX_FILE_SIZE (1024 * 1024)
#define CAMERA_PREFIX "camera "

typedef struct
{
  const gchar *path;
  gchar *folder;
  GKeyFile *file;
  GHashTable *lines;            /* "group" or "group\nkey" to its line */
} ConfigFile;

typedef gboolean (*ConfigSetter) (CheapcamConfig * self,
    const ConfigFile * file, const gchar * value, GError ** error);

static void
config_camera_free (CheapcamCameraConfig * camera)
{
  g_free (camera->name);
  g_free (camera->uri);
  g_free (camera);
}

CheapcamConfig *
config_new (void)
{
  CheapcamConfig *self = g_new0 (CheapcamConfig, 1);

  self->address = g_strdup ("127.0.0.1");
  self->port = 8554;
  self->max_connections = 256;
  self->max_connections_per_address = 64;
  self->request_timeout_s = 10;
  self->session_timeout_s = 60;
  self->cameras =
      g_ptr_array_new_with_free_func ((GDestroyNotify) config_camera_free);
  return self;
}

void
config_free (CheapcamConfig * self)
{
  g_free (self->address);
  g_free (self->users_file);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_ptr_array_unref (self->cameras);
  g_free (self);
}

static gboolean
G_GNUC_PRINTF (2, 3)
config_fail (GError ** error, const gchar * format, ...)
{
  g_autofree gchar *text = NULL;
  g_autofree gchar *shown = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  shown = g_strescape (text, "\"");
  g_set_error_literal (error, G_KEY_FILE_ERROR,
      G_KEY_FILE_ERROR_INVALID_VALUE, shown);
  return FALSE;
}

static gboolean
config_parse_number (const gchar * text, guint min, guint max,
    guint * ret_number, GError ** error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &number, error))
    return FALSE;
  *ret_number = number;
  return TRUE;
}

static gboolean
config_parse_boolean (const gchar * text, gboolean * ret_value, GError ** error)
{
  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    return config_fail (error, "\"%s\" is neither true nor false", text);
  *ret_value = g_str_equal (text, "true");
  return TRUE;
}

/* A relative path starts at the file, or where systemd keeps credentials. */
static gchar *
config_resolve (const ConfigFile * file, const gchar * path)
{
  const gchar *credentials = g_getenv ("CREDENTIALS_DIRECTORY");

  if (g_path_is_absolute (path))
    return g_strdup (path);
  return g_build_filename (credentials ? credentials : file->folder, path,
      NULL);
}

gboolean
config_set_address (CheapcamConfig * self, const gchar * address,
    GError ** error)
{
  if (*address == '\0' || strpbrk (address, " /@[]") != NULL)
    return config_fail (error, "\"%s\" is not an address", address);
  g_free (self->address);
  self->address = g_strdup (address);
  return TRUE;
}

gboolean
config_set_port (CheapcamConfig * self, gint64 port, GError ** error)
{
  if (port < 0 || port > 65535)
    return config_fail (error, "a port is a number from 0 to 65535");
  self->port = port;
  return TRUE;
}

static gboolean
config_read_address (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  return config_set_address (self, value, error);
}

static gboolean
config_read_port (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  return config_parse_number (value, 0, 65535, &self->port, error);
}

static gboolean
config_read_users_file (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  g_free (self->users_file);
  self->users_file = config_resolve (file, value);
  return TRUE;
}

static gboolean
config_read_tls_certificate (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  g_free (self->tls_certificate);
  self->tls_certificate = config_resolve (file, value);
  return TRUE;
}

static gboolean
config_read_tls_key (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  g_free (self->tls_key);
  self->tls_key = config_resolve (file, value);
  return TRUE;
}

static gboolean
config_read_insecure (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  if (!g_str_equal (value, "i-know"))
    return config_fail (error, "\"%s\" is not i-know", value);
  self->insecure = TRUE;
  return TRUE;
}

static gboolean
config_read_udp (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  self->udp_is_set = TRUE;
  return config_parse_boolean (value, &self->udp, error);
}

static gboolean
config_read_max_connections (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  return config_parse_number (value, 1, 10000, &self->max_connections, error);
}

static gboolean
config_read_max_connections_per_address (CheapcamConfig * self,
    const ConfigFile * file, const gchar * value, GError ** error)
{
  return config_parse_number (value, 1, 10000,
      &self->max_connections_per_address, error);
}

static gboolean
config_read_request_timeout (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  return config_parse_number (value, 1, 3600, &self->request_timeout_s, error);
}

static gboolean
config_read_session_timeout (CheapcamConfig * self, const ConfigFile * file,
    const gchar * value, GError ** error)
{
  return config_parse_number (value, 10, 3600, &self->session_timeout_s, error);
}

static const struct
{
  const gchar *key;
  ConfigSetter setter;
} server_keys[] = {
  {"address", config_read_address},
  {"port", config_read_port},
  {"users-file", config_read_users_file},
  {"tls-certificate", config_read_tls_certificate},
  {"tls-key", config_read_tls_key},
  {"insecure", config_read_insecure},
  {"udp", config_read_udp},
  {"max-connections", config_read_max_connections},
  {"max-connections-per-address", config_read_max_connections_per_address},
  {"request-timeout", config_read_request_timeout},
  {"session-timeout", config_read_session_timeout},
};

static gboolean
config_name_is_valid (const gchar * name)
{
  if (*name == '\0' || strlen (name) > 64 || *name == '.')
    return FALSE;
  for (; *name; name++) {
    if (!g_ascii_isalnum (*name) && strchr ("._-", *name) == NULL)
      return FALSE;
  }
  return TRUE;
}

/* gst_uri_protocol_is_supported() leaks in GStreamer 1.22. */
static gboolean
config_protocol_is_known (const gchar * protocol)
{
  GList *features = gst_registry_get_feature_list (gst_registry_get (),
      GST_TYPE_ELEMENT_FACTORY);
  gboolean known = FALSE;

  for (GList * l = features; l && !known; l = l->next) {
    GstElementFactory *factory = l->data;
    const gchar *const *protocols =
        gst_element_factory_get_uri_protocols (factory);

    known = gst_element_factory_get_uri_type (factory) == GST_URI_SRC &&
        protocols != NULL && g_strv_contains (protocols, protocol);
  }
  gst_plugin_feature_list_free (features);
  return known;
}

static gboolean
config_check_uri (const gchar * uri, GError ** error)
{
  g_autofree gchar *hint = NULL;
  g_autofree gchar *protocol = NULL;

  if (!gst_uri_is_valid (uri)) {
    hint = gst_filename_to_uri (uri, NULL);
    return config_fail (error, "a camera is given by a URI; for a file write "
        "%s", hint ? hint : "file:///PATH");
  }
  protocol = gst_uri_get_protocol (uri);
  if (!config_protocol_is_known (protocol))
    return config_fail (error, "no GStreamer element is installed for %s URIs",
        protocol);
  return TRUE;
}

gboolean
config_add_camera (CheapcamConfig * self, const gchar * name,
    const gchar * uri, GError ** error)
{
  CheapcamCameraConfig *camera;

  if (!config_name_is_valid (name))
    return config_fail (error, "camera name \"%s\": write at most 64 letters, "
        "digits, '.', '_' and '-', and no '.' first", name);
  for (guint i = 0; i < self->cameras->len; i++) {
    camera = g_ptr_array_index (self->cameras, i);
    if (g_str_equal (camera->name, name))
      return config_fail (error, "camera %s is given twice", name);
  }
  if (!config_check_uri (uri, error)) {
    g_prefix_error (error, "camera %s: ", name);
    return FALSE;
  }
  camera = g_new0 (CheapcamCameraConfig, 1);
  camera->name = g_strdup (name);
  camera->uri = g_strdup (uri);
  g_ptr_array_add (self->cameras, camera);
  return TRUE;
}

/* Remembers the line; FALSE if it was there before. */
static gboolean
config_note_line (ConfigFile * file, const gchar * what, guint line,
    GError ** error)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (file->lines, what));

  if (before != 0)
    return config_fail (error, "%s:%u: given twice, first in line %u",
        file->path, line, before);
  g_hash_table_insert (file->lines, g_strdup (what), GUINT_TO_POINTER (line));
  return TRUE;
}

static gboolean
config_scan_line (ConfigFile * file, gchar * text, guint line, gchar ** group,
    GError ** error)
{
  gsize length;
  gchar *equals;
  g_autofree gchar *id = NULL;

  g_strstrip (text);
  length = strlen (text);
  if (length == 0 || *text == '#')
    return TRUE;
  if (*text == '[' && text[length - 1] == ']') {
    g_free (*group);
    *group = g_strndup (text + 1, length - 2);
    return config_note_line (file, *group, line, error);
  }
  equals = strchr (text, '=');
  if (*group == NULL || equals == NULL || equals == text)
    return config_fail (error, "%s:%u: write [group], key=value or # comment",
        file->path, line);
  *equals = '\0';
  id = g_strdup_printf ("%s\n%s", *group, g_strchomp (text));
  return config_note_line (file, id, line, error);
}

static gboolean
config_scan (ConfigFile * file, const gchar * text, GError ** error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree gchar *group = NULL;

  for (guint i = 0; lines[i]; i++) {
    if (!config_scan_line (file, lines[i], i + 1, &group, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
config_read_server_key (CheapcamConfig * self, const ConfigFile * file,
    const gchar * key, const gchar * value, GError ** error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (server_keys); i++) {
    if (g_str_equal (server_keys[i].key, key))
      return server_keys[i].setter (self, file, value, error);
  }
  return config_fail (error, "unknown key");
}

static gboolean
config_read_camera_key (CheapcamCameraConfig * camera, const gchar * key,
    const gchar * value, GError ** error)
{
  static const gchar *const transcode[] = { "auto", "always", "never" };

  if (!g_str_equal (key, "transcode"))
    return config_fail (error, "unknown key");
  for (gsize i = 0; i < G_N_ELEMENTS (transcode); i++) {
    if (g_str_equal (transcode[i], value)) {
      camera->transcode = i;
      return TRUE;
    }
  }
  return config_fail (error, "\"%s\" is neither auto, always nor never", value);
}

/* The uri comes first: it makes the camera. */
static gboolean
config_read_value (CheapcamConfig * self, const ConfigFile * file,
    const gchar * group, const gchar * key, GError ** error)
{
  g_autofree gchar *value = g_key_file_get_string (file->file, group, key,
      error);

  if (value == NULL)
    return FALSE;
  g_strstrip (value);
  if (*value == '\0')
    return config_fail (error, "no value");
  if (g_str_equal (group, "server"))
    return config_read_server_key (self, file, key, value, error);
  if (g_str_equal (key, "uri"))
    return config_add_camera (self, group + strlen (CAMERA_PREFIX), value,
        error);
  return config_read_camera_key (g_ptr_array_index (self->cameras,
          self->cameras->len - 1), key, value, error);
}

static gboolean
config_read_key (CheapcamConfig * self, const ConfigFile * file,
    const gchar * group, const gchar * key, GError ** error)
{
  g_autofree gchar *id = g_strdup_printf ("%s\n%s", group, key);

  if (config_read_value (self, file, group, key, error))
    return TRUE;
  g_prefix_error (error, "%s:%u: [%s] %s: ", file->path, GPOINTER_TO_UINT
      (g_hash_table_lookup (file->lines, id)), group, key);
  return FALSE;
}

static gboolean
config_read_group (CheapcamConfig * self, const ConfigFile * file,
    const gchar * group, GError ** error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file->file, group, NULL, NULL);
  gboolean camera = g_str_has_prefix (group, CAMERA_PREFIX);
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (file->lines, group));

  if (!camera && !g_str_equal (group, "server"))
    return config_fail (error, "%s:%u: unknown group [%s], write [server] or "
        "[camera NAME]", file->path, line, group);
  if (camera && !g_key_file_has_key (file->file, group, "uri", NULL))
    return config_fail (error, "%s:%u: [%s] has no uri", file->path, line,
        group);
  if (camera && !config_read_key (self, file, group, "uri", error))
    return FALSE;
  for (gsize i = 0; keys && keys[i]; i++) {
    if (camera && g_str_equal (keys[i], "uri"))
      continue;
    if (!config_read_key (self, file, group, keys[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
config_parse (CheapcamConfig * self, ConfigFile * file, const gchar * text,
    GError ** error)
{
  g_auto (GStrv) groups = NULL;

  if (!config_scan (file, text, error))
    return FALSE;
  if (!g_key_file_load_from_data (file->file, text, strlen (text),
          G_KEY_FILE_NONE, error)) {
    g_prefix_error (error, "%s: ", file->path);
    return FALSE;
  }
  groups = g_key_file_get_groups (file->file, NULL);
  for (gsize i = 0; groups[i]; i++) {
    if (!config_read_group (self, file, groups[i], error))
      return FALSE;
  }
  return TRUE;
}

gboolean
config_load (CheapcamConfig * self, const gchar * path, GError ** error)
{
  ConfigFile file = { NULL };
  g_autofree gchar *text = NULL;
  gsize size;
  gboolean good;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  if (size > MAX_FILE_SIZE || memchr (text, '\0', size) != NULL)
    return config_fail (error, "%s: not a configuration file", path);
  file.path = path;
  file.folder = g_path_get_dirname (path);
  file.file = g_key_file_new ();
  file.lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  good = config_parse (self, &file, text, error);
  g_hash_table_unref (file.lines);
  g_key_file_unref (file.file);
  g_free (file.folder);
  return good;
}

static gboolean
config_is_loopback (const gchar * address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  if (inet == NULL)
    return g_ascii_strcasecmp (address, "localhost") == 0;
  return g_inet_address_get_is_loopback (inet);
}

/* What only shows when all is known. */
gboolean
config_check (CheapcamConfig * self, GError ** error)
{
  const gchar *missing = NULL;

  if ((self->tls_certificate != NULL) != (self->tls_key != NULL))
    return config_fail (error, "[server] tls-certificate and tls-key go "
        "together");
  if (!config_is_loopback (self->address)) {
    if (self->users_file == NULL)
      missing = "[server] users-file";
    else if (self->tls_certificate == NULL && !self->insecure)
      missing = "[server] tls-certificate and tls-key (or insecure=i-know, "
          "which sends passwords and pictures for everybody to read)";
  }
  if (missing)
    return config_fail (error, "address %s can be reached from outside: "
        "configure %s", self->address, missing);
  if (self->cameras->len == 0)
    return config_fail (error, "no camera: write [camera NAME] with a uri in "
        "the configuration, or --camera NAME=URI");
  /* RTP by UDP is not encrypted */
  if (!self->udp_is_set)
    self->udp = self->tls_certificate == NULL;
  return TRUE;
}
