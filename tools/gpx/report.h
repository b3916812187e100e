/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "summary.h"

G_BEGIN_DECLS

/* What is told of all files, as JSON. */
typedef struct
{
  GPtrArray *summaries;         /* Summary */
  GPtrArray *trip_names;        /* gchar, or NULL */
  GArray *trips;                /* Stats */
} Report;

Report *report_new (void);

/* Notes what is to be told of tracks, and keeps none of them. */
void report_add_trips (Report * self, GPtrArray * tracks);

/* With its line end. */
gchar *report_format (const Report * self);

void report_free (Report * self);

G_END_DECLS
