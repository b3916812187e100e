/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* renameat2() */
#define _GNU_SOURCE
#include "output.h"

#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "recording.h"

static void
output_set_error (GError ** error, const gchar * what, gint code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s",
      what, g_strerror (code));
}

gboolean
output_is_stdout (const gchar * name)
{
  return !name || g_str_equal (name, "-");
}

/* The file itself, where the name is that of a link. */
static gchar *
output_resolve (const gchar * name)
{
  gchar *real = realpath (name, NULL);
  gchar *path = g_strdup (real ? real : name);

  free (real);
  return path;
}

/* Of what is there, or 0. */
static gboolean
output_get_mode (const gchar * path, mode_t * ret_mode, GError ** error)
{
  struct stat info = { 0, };

  if ((stat (path, &info) < 0 && errno != ENOENT) || S_ISDIR (info.st_mode)) {
    output_set_error (error, "cannot be written",
        S_ISDIR (info.st_mode) ? EISDIR : errno);
    return FALSE;
  }
  *ret_mode = info.st_mode;
  return TRUE;
}

/* Whether that is written by replacing it. */
static gboolean
output_is_file (mode_t mode)
{
  return mode == 0 || S_ISREG (mode);
}

static void
output_set_exists (GError ** error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
      "exists already; -f overwrites it");
}

gboolean
output_check (const gchar * name, gboolean force, GError ** error)
{
  g_autofree gchar *path = NULL;
  g_autofree gchar *folder = NULL;
  mode_t mode;

  if (output_is_stdout (name))
    return TRUE;
  path = output_resolve (name);
  if (!output_get_mode (path, &mode, error))
    return FALSE;
  folder = g_path_get_dirname (path);
  if (g_access (output_is_file (mode) ? folder : path, W_OK) < 0) {
    output_set_error (error, "cannot be written", errno);
    return FALSE;
  }
  if (output_is_file (mode) && recording_probe (path)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
        "is a recording: it is not overwritten");
    return FALSE;
  }
  if (S_ISREG (mode) && !force) {
    output_set_exists (error);
    return FALSE;
  }
  return TRUE;
}

/* The name is short, so that it fits wherever a name fits. */
static gint
output_open_beside (Output * self, mode_t mode, GError ** error)
{
  g_autofree gchar *folder = g_path_get_dirname (self->path);
  gchar *temporary = g_build_filename (folder, ".cheapcam-XXXXXX", NULL);
  gint fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0) {
    output_set_error (error, "cannot be written", errno);
    g_free (temporary);
    return -1;
  }
  self->temporary = temporary;
  /* for a new file the umask has decided; this may fail on odd file systems */
  if (mode != 0)
    (void) fchmod (fd, mode & 07777);
  return fd;
}

Output *
output_open (const gchar * name, gboolean force, GError ** error)
{
  g_autoptr (Output) self = g_new0 (Output, 1);
  g_autoptr (GOutputStream) file = NULL;
  g_autofree gchar *path = NULL;
  mode_t mode;

  self->fd = STDOUT_FILENO;
  self->force = force;
  if (!output_is_stdout (name)) {
    path = output_resolve (name);
    if (!output_get_mode (path, &mode, error))
      return NULL;
    if (S_ISREG (mode) && !force) {
      output_set_exists (error);
      return NULL;
    }
    if (output_is_file (mode)) {
      self->path = g_steal_pointer (&path);
      self->fd = output_open_beside (self, mode, error);
    } else {
      self->fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
      if (self->fd < 0)
        output_set_error (error, "cannot be opened", errno);
    }
    if (self->fd < 0)
      return NULL;
  }
  file = g_unix_output_stream_new (self->fd, self->fd != STDOUT_FILENO);
  self->stream = g_buffered_output_stream_new (file);
  return g_steal_pointer (&self);
}

/* Where nothing may be replaced, not even what came after the look at it.
 * Returns an error number. */
static gint
output_rename (const Output * self)
{
  if (!self->force) {
    if (renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path,
            RENAME_NOREPLACE) == 0)
      return 0;
    if (errno != EINVAL && errno != ENOSYS)
      return errno;
    /* not all file systems can do it in one step */
    if (g_file_test (self->path, G_FILE_TEST_EXISTS))
      return EEXIST;
  }
  return g_rename (self->temporary, self->path) < 0 ? errno : 0;
}

gboolean
output_commit (Output * self, GError ** error)
{
  gint code;

  if (!g_output_stream_flush (self->stream, NULL, error))
    return FALSE;
  if (self->path && fsync (self->fd) < 0) {
    output_set_error (error, "cannot be written", errno);
    return FALSE;
  }
  if (!g_output_stream_close (self->stream, NULL, error))
    return FALSE;
  code = self->path ? output_rename (self) : 0;
  if (code == EEXIST)
    output_set_exists (error);
  else if (code)
    output_set_error (error, "cannot be replaced", code);
  if (code)
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
output_free (Output * self)
{
  if (self->temporary)
    (void) g_unlink (self->temporary);
  if (self->stream) {
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();

    /* what could not be written is not tried again */
    g_cancellable_cancel (cancelled);
    (void) g_output_stream_close (self->stream, cancelled, NULL);
    g_object_unref (self->stream);
  }
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
