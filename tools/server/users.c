/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Who may log in: a file of lines NAME:HASH, where HASH is what crypt(3)
 * makes of the password. Never the passwords themselves. */

#include "users.h"

#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE_SIZE (1024 * 1024)

struct _CheapcamUsers
{
  GHashTable *hashes;           /* name to hash; set for good in users_load() */
  gchar *dummy;                 /* for those who do not exist */

  /* A hash takes much memory on purpose: one at a time. */
  GMutex lock;
};

static gchar *
users_crypt (const gchar * password, const gchar * setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const gchar *hash = crypt_r (password, setting, data);
  gchar *copy = hash && *hash != '*' ? g_strdup (hash) : NULL;

  explicit_bzero (data, sizeof *data);
  g_free (data);
  return copy;
}

/* A new yescrypt hash with a salt of its own. */
gchar *
users_hash (const gchar * password, GError ** error)
{
  gchar setting[CRYPT_GENSALT_OUTPUT_SIZE];
  gchar *hash = NULL;

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting))
    hash = users_crypt (password, setting);
  if (hash == NULL)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "the password cannot be hashed: %s", g_strerror (errno));
  return hash;
}

void
users_free (CheapcamUsers * self)
{
  g_hash_table_unref (self->hashes);
  g_free (self->dummy);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The descriptor is what is checked, so that nothing can change in between. */
static gboolean
users_check_file (int fd, const gchar * path, gboolean check_mode,
    gsize * ret_size, GError ** error)
{
  struct stat st;

  if (fstat (fd, &st) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
        "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (st.st_mode) || st.st_size > MAX_FILE_SIZE) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "%s: not a regular file of at most 1 MiB", path);
    return FALSE;
  }
  if (check_mode && ((st.st_mode & 077) != 0 || (st.st_uid != geteuid () &&
              st.st_uid != 0))) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
        "%s: others may read or change it (mode %04o); run chmod 600 on it",
        path, (guint) (st.st_mode & 07777));
    return FALSE;
  }
  *ret_size = st.st_size;
  return TRUE;
}

static gchar *
users_read (const gchar * path, gboolean check_mode, GError ** error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gchar *text = NULL;
  gsize size = 0, got = 0;

  if (fd < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
        "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  if (users_check_file (fd, path, check_mode, &size, error)) {
    text = g_malloc0 (size + 1);
    while (got < size) {
      gssize n = read (fd, text + got, size - got);

      if (n <= 0)
        break;
      got += n;
    }
  }
  close (fd);
  return text;
}

static gboolean
users_name_is_valid (const gchar * name)
{
  if (*name == '\0' || strlen (name) > 64)
    return FALSE;
  for (; *name; name++) {
    if (!g_ascii_isalnum (*name) && strchr ("._-@", *name) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
users_add_line (CheapcamUsers * self, const gchar * line, GError ** error)
{
  g_auto (GStrv) parts = g_strsplit (line, ":", 2);

  if (g_strv_length (parts) != 2 || !users_name_is_valid (parts[0])) {
    g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
        "write NAME:HASH, the name of letters, digits, '.', '_', '-' and '@'");
    return FALSE;
  }
  if (crypt_checksalt (parts[1]) != CRYPT_SALT_OK) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
        "user %s: not a hash that is good enough; make one with "
        "cheapcam-server --hash-password", parts[0]);
    return FALSE;
  }
  if (g_hash_table_contains (self->hashes, parts[0])) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
        "user %s is given twice", parts[0]);
    return FALSE;
  }
  g_hash_table_insert (self->hashes, g_strdup (parts[0]), g_strdup (parts[1]));
  return TRUE;
}

static gboolean
users_parse (CheapcamUsers * self, const gchar * path, const gchar * text,
    GError ** error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++) {
    g_strchomp (lines[i]);
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    if (!users_add_line (self, lines[i], error)) {
      g_prefix_error (error, "%s:%u: ", path, i + 1);
      return FALSE;
    }
  }
  if (g_hash_table_size (self->hashes) == 0) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND,
        "%s: no users in it", path);
    return FALSE;
  }
  return TRUE;
}

CheapcamUsers *
users_load (const gchar * path, gboolean check_mode, GError ** error)
{
  g_autoptr (CheapcamUsers) self = g_new0 (CheapcamUsers, 1);
  g_autofree gchar *text = NULL;
  g_autofree gchar *nobody = g_uuid_string_random ();

  g_mutex_init (&self->lock);
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      g_free);
  text = users_read (path, check_mode, error);
  if (text == NULL || !users_parse (self, path, text, error))
    return NULL;
  self->dummy = users_hash (nobody, error);
  return self->dummy ? g_steal_pointer (&self) : NULL;
}

/* In time that does not tell a matching beginning. */
static gboolean
users_equal (const gchar * a, const gchar * b)
{
  gsize length = strlen (a);
  guint difference = length != strlen (b);

  if (difference != 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guchar) a[i] ^ (guchar) b[i];
  return difference == 0;
}

/* Takes as long for a user who does not exist. */
gboolean
users_verify (CheapcamUsers * self, const gchar * name, const gchar * password)
{
  const gchar *expected = g_hash_table_lookup (self->hashes, name);
  g_autofree gchar *hash = NULL;

  g_mutex_lock (&self->lock);
  hash = users_crypt (password, expected ? expected : self->dummy);
  g_mutex_unlock (&self->lock);
  return hash != NULL && expected != NULL && users_equal (hash, expected);
}
