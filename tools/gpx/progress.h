/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far the reading is. Times are those of g_get_monotonic_time(). */
typedef struct
{
  guint n_files;
  guint n_done;
  guint64 size;                 /* bytes of all files; 0: not known */
  guint64 n_bytes;              /* of these, what was read or need not be */
  gint64 start;
  gint64 drawn;                 /* when progress_is_due() was last TRUE */
} Progress;

void progress_init (Progress * self, guint n_files, guint64 size, gint64 now);

/* Whether so much time is over that a bar should be drawn again. */
gboolean progress_is_due (Progress * self, gint64 now);

/* One line of at most that many columns, without a line end. */
gchar *progress_format (const Progress * self, gint64 now, guint width);

G_END_DECLS
