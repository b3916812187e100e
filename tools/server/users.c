/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Who may log in: a file of lines NAME:HASH, where HASH is what crypt(3)
 * makes of the password. Never the passwords themselves. */

#include "users.h"

#include <crypt.h>
#include <errno.h>
#include <string.h>

#include "secretfile.h"

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

/* RFC 7617, 2: no control characters; and a login has to fit into a header. */
static gboolean
users_check_password (const gchar * password, gsize size, GError ** error)
{
  const gchar *why = NULL;

  if (size == 0)
    why = "it is empty";
  else if (size > USERS_MAX_PASSWORD)
    why = "it is longer than 256 bytes";
  for (gsize i = 0; i < size && why == NULL; i++) {
    if (g_ascii_iscntrl (password[i]))
      why = "it has a control character in it";
  }
  if (why == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
      "this cannot be a password: %s", why);
  return FALSE;
}

/* A new yescrypt hash with a salt of its own. After the bytes of the password
 * there is one that is 0. */
gchar *
users_hash (const gchar * password, gsize size, GError ** error)
{
  gchar setting[CRYPT_GENSALT_OUTPUT_SIZE];
  gchar *hash = NULL;

  if (!users_check_password (password, size, error))
    return NULL;
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
users_load (const gchar * path, GError ** error)
{
  g_autoptr (CheapcamUsers) self = g_new0 (CheapcamUsers, 1);
  g_autofree gchar *text = NULL;
  g_autofree gchar *nobody = g_uuid_string_random ();

  g_mutex_init (&self->lock);
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      g_free);
  text = secretfile_read (path, error);
  if (text == NULL || !users_parse (self, path, text, error))
    return NULL;
  self->dummy = users_hash (nobody, strlen (nobody), error);
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
