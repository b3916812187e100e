/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A recording that is to be read. */
typedef struct
{
  gchar *path;                  /* "-": standard input */
  guint64 size;                 /* bytes, or 0 for what is no plain file */
  gboolean is_found;            /* in a folder: nobody said that it is a recording */
  gchar *output;                /* where its own document goes, or NULL */
  guint64 device;               /* which file it is, of a plain one: */
  guint64 inode;
} FilesItem;

/* What is to be said of a name; is_error: it cannot be read. */
typedef void (*FilesTell) (const gchar * name, const gchar * text,
    gboolean is_error, gpointer user_data);

/* Finds the recordings that the arguments mean: files, patterns of the shell's
 * kind that nobody has expanded, and folders with all that is below them. Each
 * file comes once, in the order of the arguments, and those of a folder in the
 * order of their paths. Returns FilesItem elements. */
GPtrArray *files_find (gchar ** arguments, FilesTell tell, gpointer user_data);

/* By their base names, then by their paths. */
void files_sort_by_name (GPtrArray * items);

/* Whether that is one of the files, under whatever name. */
gboolean files_has (GPtrArray * items, const gchar * path);

/* Whether the path is that of standard input. */
gboolean files_is_stdin (const gchar * path);

/* Whether recordings are usually called so. */
gboolean files_has_suffix (const gchar * name);

G_END_DECLS
