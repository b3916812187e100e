/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plan.h"

#include <errno.h>
#include <string.h>

#include "output.h"

gboolean
plan_is_folder (const gchar * output)
{
  return !output || g_str_has_suffix (output, "/")
      || g_file_test (output, G_FILE_TEST_IS_DIR);
}

/* Up to the point that usual suffixes stand behind. */
static gchar *
plan_get_stem (const gchar * path)
{
  const gchar *suffix = strrchr (path, '.');

  return files_has_suffix (path) ? g_strndup (path, (gsize) (suffix - path))
      : g_strdup (path);
}

/* The first name of its kind that is not taken. */
static gchar *
plan_make_name (const gchar * stem, const gchar * suffix, GHashTable * taken)
{
  for (guint i = 1;; i++) {
    g_autofree gchar *name = i == 1 ? g_strdup_printf ("%s.%s", stem, suffix)
        : g_strdup_printf ("%s-%u.%s", stem, i, suffix);
    g_autofree gchar *valid = g_utf8_make_valid (name, -1);
    /* cards do not tell large letters from small ones */
    g_autofree gchar *key = g_utf8_casefold (valid, -1);

    if (g_hash_table_add (taken, g_steal_pointer (&key)))
      return g_steal_pointer (&name);
  }
}

static gchar *
plan_make_path (const gchar * path, const gchar * folder)
{
  g_autofree gchar *name = NULL;

  if (!folder)
    return plan_get_stem (path);
  name = files_is_stdin (path) ? g_strdup ("stdin")
      : g_path_get_basename (path);
  {
    g_autofree gchar *stem = plan_get_stem (name);

    return g_build_filename (folder, stem, NULL);
  }
}

gboolean
plan_check_input (GPtrArray * files, const gchar * output, GError ** error)
{
  if (output_is_stdout (output) || !files_has (files, output))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
      "is a file to be read: it is not overwritten");
  return FALSE;
}

gboolean
plan_outputs (GPtrArray * files, const gchar * folder, const gchar * suffix,
    gboolean force, FilesTell tell, gpointer user_data)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash,
      g_str_equal, g_free, NULL);
  guint i = 0;

  if (folder && g_mkdir_with_parents (folder, 0777) < 0) {
    tell (folder, g_strerror (errno), TRUE, user_data);
    return FALSE;
  }
  while (i < files->len) {
    FilesItem *file = g_ptr_array_index (files, i);
    g_autofree gchar *stem = plan_make_path (file->path, folder);
    g_autoptr (GError) error = NULL;

    file->output = plan_make_name (stem, suffix, taken);
    if (plan_check_input (files, file->output, &error)
        && output_check (file->output, force, &error)) {
      i++;
      continue;
    }
    tell (file->output, error->message, TRUE, user_data);
    g_ptr_array_remove_index (files, i);
  }
  return TRUE;
}
