/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "track.h"

G_BEGIN_DECLS

/* Numbers of one or more tracks. All zero: of none. */
typedef struct
{
  guint n_fixes;
  guint n_segments;
  GstGpsTimeKind time_kind;     /* of the first fix that has a time; NONE: none has */
  GstGpsFix first;              /* the earliest and the latest of that kind */
  GstGpsFix last;
  gboolean has_bounds;
  gdouble min_latitude;
  gdouble min_longitude;
  gdouble max_latitude;
  gdouble max_longitude;
  gdouble distance;             /* metres, without what lies between segments */
  gboolean has_speed;
  gdouble max_speed;            /* metres per second, of the recorded ones */
} Stats;

void stats_add (Stats * self, const Track * track);

/* Microseconds from the first fix to the last. */
gint64 stats_get_duration (const Stats * self);

G_END_DECLS
