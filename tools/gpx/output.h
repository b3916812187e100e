/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the document goes. A file is written beside, and takes the place and
 * the permissions of an old one when it is whole. */
typedef struct
{
  GOutputStream *stream;        /* buffered */
  gchar *path;                  /* NULL: written in place, as standard output and devices are */
  gchar *temporary;
  gint fd;
  gboolean force;
} Output;

/* name: NULL or "-" for standard output. force: an old file may be replaced. */
Output *output_open (const gchar * name, gboolean force, GError ** error);

gboolean output_is_stdout (const gchar * name);

/* Writes what is left and lets the file appear. Without it output_free()
 * leaves an old file as it was, and no new one. */
gboolean output_commit (Output * self, GError ** error);

void output_free (Output * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Output, output_free)

/* Whether output_open() has a chance, before hours of reading. Also refuses to
 * replace a recording, which is what a forgotten name behind -o would do. */
gboolean output_check (const gchar * name, gboolean force, GError ** error);

G_END_DECLS
