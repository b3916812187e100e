/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Files that nobody else may read: the users, the key of the server. */

#include "secretfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE_SIZE (1024 * 1024)

/* systemd guards its credentials in its own way, which has other modes. */
static gboolean
secretfile_is_credential (const gchar * path)
{
  const gchar *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree gchar *folder = g_path_get_dirname (path);

  return g_strcmp0 (folder, credentials) == 0;
}

/* A group may read what belongs to root: that is how /etc/ssl/private is
 * shared. */
static gboolean
secretfile_check_mode (const struct stat *st, const gchar * path,
    GError ** error)
{
  guint loose = st->st_uid != geteuid ()? 037 : 077;

  if (st->st_uid != geteuid () && st->st_uid != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
        "%s: it belongs to another user; run chown on it", path);
    return FALSE;
  }
  if ((st->st_mode & loose) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
        "%s: others may read or change it (mode %04o); run chmod 600 on it",
        path, (guint) (st->st_mode & 07777));
    return FALSE;
  }
  return TRUE;
}

/* The descriptor is what is checked, so that nothing can change in between. */
static gboolean
secretfile_check_descriptor (int fd, const gchar * path, gsize * ret_size,
    GError ** error)
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
  if (!secretfile_is_credential (path) &&
      !secretfile_check_mode (&st, path, error))
    return FALSE;
  *ret_size = st.st_size;
  return TRUE;
}

static int
secretfile_open (const gchar * path, gsize * ret_size, GError ** error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
        "%s: %s", path, g_strerror (errno));
    return -1;
  }
  if (!secretfile_check_descriptor (fd, path, ret_size, error)) {
    close (fd);
    return -1;
  }
  return fd;
}

/* Returns the text of the file; NULL, with an error that names the file and
 * what to do, if it cannot be read or others can read or change it. */
gchar *
secretfile_read (const gchar * path, GError ** error)
{
  gsize size = 0, got = 0;
  int fd = secretfile_open (path, &size, error);
  gchar *text;

  if (fd < 0)
    return NULL;
  text = g_malloc0 (size + 1);
  while (got < size) {
    gssize n = read (fd, text + got, size - got);

    if (n <= 0)
      break;
    got += n;
  }
  close (fd);
  return text;
}

/* FALSE for what secretfile_read() would not read. */
gboolean
secretfile_check (const gchar * path, GError ** error)
{
  gsize size;
  int fd = secretfile_open (path, &size, error);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}
