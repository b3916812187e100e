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
  gdouble at;                   /* on the axis: seconds since the first fix, or metres */
  gdouble pause;                /* seconds before it that were cut short, or 0 */
  gdouble speed;                /* metres per second; negative: not known */
  gboolean new_segment;
} PlotPoint;

/* A pause between two segments is shown as that many seconds at most. */
#define PLOTDATA_PAUSE_MAX 30.0

typedef struct
{
  Spool *points;                /* PlotPoint */
  gdouble min_x, max_x;
  gdouble min_y, max_y;
  gdouble length;               /* metres, within segments */
  gdouble extent;               /* of the axis: seconds, with pauses cut short, or metres */
  gdouble recorded;             /* seconds within segments; 0 without times */
  gdouble max_speed;            /* metres per second; negative: none is known */
  gboolean has_time;            /* else the axis is that of the way */
  gboolean has_pauses;          /* that were cut short */
  guint n_hidden;               /* fixes without a position */
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
