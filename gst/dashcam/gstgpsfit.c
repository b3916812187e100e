/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsfit.h"

/* Of fewer points a median says little. */
#define MIN_POINTS 4

/* Within a run both clocks agree about a step by this. Beyond, one was set. */
#define MAX_DEVIATION ((GstClockTimeDiff) (2 * GST_SECOND))

#define MAX_MOVE ((GstClockTimeDiff) GST_SECOND)

static GstClockTimeDiff
gst_gps_fit_get_offset (const GstGpsFitPoint * point)
{
  return (GstClockTimeDiff) point->time - 1000 * point->clock_us;
}

/* Whether the second point follows the first in the same run. A clock that
 * stands still does not tell how far apart the two are. */
static gboolean
gst_gps_fit_is_steady (const GstGpsFitPoint * a, const GstGpsFitPoint * b)
{
  return b->clock_us > a->clock_us && ABS (gst_gps_fit_get_offset (b)
      - gst_gps_fit_get_offset (a)) <= MAX_DEVIATION;
}

static gint
gst_gps_fit_compare (gconstpointer a, gconstpointer b)
{
  GstClockTimeDiff x = *(const GstClockTimeDiff *) a;
  GstClockTimeDiff y = *(const GstClockTimeDiff *) b;

  return (x > y) - (x < y);
}

static GstClockTimeDiff
gst_gps_fit_get_median (const GstGpsFitPoint * points, guint n_points)
{
  g_autofree GstClockTimeDiff *offsets = g_new (GstClockTimeDiff, n_points);

  for (guint i = 0; i < n_points; i++)
    offsets[i] = gst_gps_fit_get_offset (&points[i]);
  qsort (offsets, n_points, sizeof *offsets, gst_gps_fit_compare);
  return offsets[n_points / 2];
}

static void
gst_gps_fit_run (GstGpsFitPoint * points, guint n_points, GstClockTime from)
{
  GstClockTimeDiff median;

  if (n_points < MIN_POINTS)
    return;
  median = gst_gps_fit_get_median (points, n_points);
  for (guint i = 0; i < n_points; i++) {
    GstClockTimeDiff old = (GstClockTimeDiff) points[i].time;
    GstClockTimeDiff time = CLAMP (1000 * points[i].clock_us + median,
        old - MAX_MOVE, old + MAX_MOVE);

    points[i].time = (GstClockTime) MAX (time, (GstClockTimeDiff) from);
    from = points[i].time;
  }
}

void
gst_gps_fit_points (GstGpsFitPoint * points, guint n_points)
{
  guint start = 0;

  for (guint i = 1; i <= n_points; i++) {
    if (i < n_points && gst_gps_fit_is_steady (&points[i - 1], &points[i]))
      continue;
    gst_gps_fit_run (&points[start], i - start,
        start > 0 ? points[start - 1].time : 0);
    start = i;
  }
}
