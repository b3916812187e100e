/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "track.h"

G_BEGIN_DECLS

/* A fix as it is drawn. */
typedef struct
{
  gdouble x;                    /* metres to the east of the first fix */
  gdouble y;                    /* metres to the north of it */
  gdouble time;                 /* seconds since the first fix, without pauses */
  gdouble speed;                /* metres per second; negative: not known */
  gboolean new_segment;
} PlotPoint;

typedef struct
{
  GArray *points;               /* PlotPoint */
  gdouble min_x, max_x;
  gdouble min_y, max_y;
  gdouble length;               /* metres, within segments */
  gdouble duration;             /* seconds, with pauses cut short */
  gdouble recorded;             /* seconds within segments; 0 without times */
  gdouble max_speed;            /* metres per second; negative: none is known */
  gboolean has_time;            /* else time counts the fixes */
  gboolean has_pauses;          /* that were left out */
  GstGpsFix first;              /* the fix that was drawn first */
} PlotData;

/* Fixes without a position are left out. Where no speed was recorded it is that
 * of the way from the fix before. */
PlotData *plotdata_new (GPtrArray * tracks);

/* The least of 1, 2 and 5 times a power of ten that is not below value. */
gdouble plotdata_round_up (gdouble value);

/* A distance between marks on an axis of time of that many seconds, so that
 * there are at most n of them. */
gdouble plotdata_get_time_step (gdouble duration, guint n);

void plotdata_free (PlotData * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotData, plotdata_free)

G_END_DECLS
