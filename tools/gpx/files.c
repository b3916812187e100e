/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "files.h"

#include <errno.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>

#include "recording.h"

typedef struct
{
  GPtrArray *items;
  GHashTable *seen;             /* device and inode, as text */
  guint n_found;                /* in folders, those that came before included */
  FilesTell tell;
  gpointer user_data;
} FilesSearch;

static void
files_item_free (gpointer data)
{
  FilesItem *self = data;

  g_free (self->path);
  g_free (self->output);
  g_free (self);
}

gboolean
files_is_stdin (const gchar * path)
{
  return g_str_equal (path, "-");
}

gboolean
files_has_suffix (const gchar * name)
{
  static const gchar suffixes[][6] = {
    "mp4", "mov", "ts", "m4v", "3gp", "m2ts", "mts", "qt", "insv", "lrv"
  };
  const gchar *suffix = strrchr (name, '.');

  for (guint i = 0; suffix && i < G_N_ELEMENTS (suffixes); i++) {
    if (g_ascii_strcasecmp (suffix + 1, suffixes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether that was not there before, under whatever name. */
static gboolean
files_see (FilesSearch * self, const struct stat *info)
{
  return g_hash_table_add (self->seen, g_strdup_printf ("%" G_GUINT64_FORMAT
          ":%" G_GUINT64_FORMAT, (guint64) info->st_dev,
          (guint64) info->st_ino));
}

static void
files_fail (FilesSearch * self, const gchar * path, gint code)
{
  g_autofree gchar *text = g_strdup_printf ("cannot be opened: %s",
      g_strerror (code));

  self->tell (path, text, TRUE, self->user_data);
}

/* info: NULL for standard input. */
static void
files_add (FilesSearch * self, const gchar * path, const struct stat *info,
    gboolean is_found)
{
  FilesItem *item = g_new0 (FilesItem, 1);

  item->path = g_strdup (path);
  item->is_found = is_found;
  if (info && S_ISREG (info->st_mode)) {
    item->size = (guint64) info->st_size;
    item->device = (guint64) info->st_dev;
    item->inode = (guint64) info->st_ino;
  }
  g_ptr_array_add (self->items, item);
}

/* Takes what is in a folder: recordings, and further folders into pending. */
static void
files_look_at (FilesSearch * self, const gchar * path, GPtrArray * pending)
{
  struct stat info;

  if (stat (path, &info) < 0) {
    /* such as a link to nowhere, or what was removed just now */
    self->tell (path, g_strerror (errno), FALSE, self->user_data);
    return;
  }
  if (S_ISDIR (info.st_mode)) {
    if (files_see (self, &info))
      g_ptr_array_add (pending, g_strdup (path));
    else
      self->n_found++;
    return;
  }
  if (!S_ISREG (info.st_mode))
    return;
  if (!files_has_suffix (path) && !recording_probe (path)) {
    self->tell (path, "is no recording: passed over", FALSE, self->user_data);
    return;
  }
  self->n_found++;
  if (files_see (self, &info))
    files_add (self, path, &info, TRUE);
}

static gint
files_compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar * const *) a, *(const gchar * const *) b);
}

static void
files_list_folder (FilesSearch * self, const gchar * path, GPtrArray * pending)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GDir *folder = g_dir_open (path, 0, &error);
  const gchar *name;

  if (!folder) {
    self->tell (path, error->message, TRUE, self->user_data);
    return;
  }
  while ((name = g_dir_read_name (folder)) != NULL) {
    /* the parts of files that macOS leaves on cards are hidden, too */
    if (*name != '.')
      g_ptr_array_add (paths, g_build_filename (path, name, NULL));
  }
  g_dir_close (folder);
  g_ptr_array_sort (paths, files_compare_texts);
  for (guint i = 0; i < paths->len; i++)
    files_look_at (self, g_ptr_array_index (paths, i), pending);
}

static gint
files_compare_paths (gconstpointer a, gconstpointer b)
{
  const FilesItem *x = *(const FilesItem * const *) a;
  const FilesItem *y = *(const FilesItem * const *) b;

  return strcmp (x->path, y->path);
}

static void
files_add_folder (FilesSearch * self, const gchar * path)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (g_free);
  guint first = self->items->len;

  self->n_found = 0;
  g_ptr_array_add (pending, g_strdup (path));
  for (guint i = 0; i < pending->len; i++)
    files_list_folder (self, g_ptr_array_index (pending, i), pending);
  if (self->n_found == 0)
    self->tell (path, "has no recordings in it", TRUE, self->user_data);
  else if (self->items->len > first)
    qsort (self->items->pdata + first, self->items->len - first,
        sizeof (gpointer), files_compare_paths);
}

/* Returns FALSE with errno set when there is no such file. */
static gboolean
files_add_path (FilesSearch * self, const gchar * path)
{
  struct stat info;

  if (stat (path, &info) < 0)
    return FALSE;
  if (!files_see (self, &info))
    return TRUE;
  if (S_ISDIR (info.st_mode))
    files_add_folder (self, path);
  else
    files_add (self, path, &info, FALSE);
  return TRUE;
}

/* Returns FALSE when nothing is called so. */
static gboolean
files_add_pattern (FilesSearch * self, const gchar * pattern)
{
  glob_t found = { 0, };
  gboolean ok = glob (pattern, 0, NULL, &found) == 0;

  for (gsize i = 0; ok && i < found.gl_pathc; i++) {
    if (!files_add_path (self, found.gl_pathv[i]))
      files_fail (self, found.gl_pathv[i], errno);
  }
  globfree (&found);
  return ok;
}

static void
files_add_argument (FilesSearch * self, const gchar * argument)
{
  gint code;

  if (files_is_stdin (argument)) {
    if (g_hash_table_add (self->seen, g_strdup (argument)))
      files_add (self, argument, NULL, FALSE);
    return;
  }
  /* a name that looks like a pattern is a name where there is such a file */
  if (files_add_path (self, argument))
    return;
  code = errno;
  if (!strpbrk (argument, "*?["))
    files_fail (self, argument, code);
  else if (!files_add_pattern (self, argument))
    self->tell (argument, "matches no file", TRUE, self->user_data);
}

GPtrArray *
files_find (gchar ** arguments, FilesTell tell, gpointer user_data)
{
  FilesSearch search = { NULL, NULL, 0, tell, user_data };

  search.items = g_ptr_array_new_with_free_func (files_item_free);
  search.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gchar ** argument = arguments; *argument; argument++)
    files_add_argument (&search, *argument);
  g_hash_table_unref (search.seen);
  return search.items;
}

gboolean
files_has (GPtrArray * items, const gchar * path)
{
  struct stat info;

  if (stat (path, &info) < 0 || !S_ISREG (info.st_mode))
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    const FilesItem *item = g_ptr_array_index (items, i);

    if (item->device == (guint64) info.st_dev
        && item->inode == (guint64) info.st_ino)
      return TRUE;
  }
  return FALSE;
}

static gint
files_compare_names (gconstpointer a, gconstpointer b)
{
  const FilesItem *x = *(const FilesItem * const *) a;
  const FilesItem *y = *(const FilesItem * const *) b;
  g_autofree gchar *x_name = g_path_get_basename (x->path);
  g_autofree gchar *y_name = g_path_get_basename (y->path);
  gint order = strcmp (x_name, y_name);

  return order ? order : strcmp (x->path, y->path);
}

void
files_sort_by_name (GPtrArray * items)
{
  g_ptr_array_sort (items, files_compare_names);
}
