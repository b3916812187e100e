/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What the server is told to do, from the command line and from a file. */

#include "config.h"

#include <gst/gst.h>
#include <string.h>

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
  self->cameras =
      g_ptr_array_new_with_free_func ((GDestroyNotify) config_camera_free);
  return self;
}

void
config_free (CheapcamConfig * self)
{
  g_free (self->address);
  g_ptr_array_unref (self->cameras);
  g_free (self);
}

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

gboolean
config_add_camera (CheapcamConfig * self, const gchar * name,
    const gchar * uri, GError ** error)
{
  CheapcamCameraConfig *camera;

  if (!config_name_is_valid (name)) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
        "camera name \"%s\": use letters, digits, '.', '_' and '-'", name);
    return FALSE;
  }
  for (guint i = 0; i < self->cameras->len; i++) {
    camera = g_ptr_array_index (self->cameras, i);
    if (g_str_equal (camera->name, name)) {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
          "camera %s is given twice", name);
      return FALSE;
    }
  }
  camera = g_new0 (CheapcamCameraConfig, 1);
  camera->name = g_strdup (name);
  camera->uri = g_strdup (uri);
  if (!gst_uri_is_valid (uri)) {
    g_free (camera->uri);
    camera->uri = gst_filename_to_uri (uri, NULL);
  }
  g_ptr_array_add (self->cameras, camera);
  return TRUE;
}
