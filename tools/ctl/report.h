/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What a camera told, as lines of text and as JSON. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _Report Report;

Report *report_new (void);
void report_free (Report * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

void report_add_string (Report * self, const gchar * name, const gchar * value);
void report_add_number (Report * self, const gchar * name, gint64 value);
void report_add_flag (Report * self, const gchar * name, gboolean value);

/* A list of sizes with frames per second: rows of WxH@FPS. Its JSON is an array of
 * objects. */
void report_begin_sizes (Report * self, const gchar * name);
void report_add_size (Report * self, guint width, guint height, guint fps);
void report_end_sizes (Report * self);

/* All of it. Nothing can be added after the JSON was made. Free it. */
gchar *report_make_text (Report * self);
gchar *report_make_json (Report * self);

G_END_DECLS
