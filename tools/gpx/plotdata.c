/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plotdata.h"

#include <math.h>

#define PLOTDATA_EARTH_RADIUS 6371008.8

/* Of a way from one fix to the next: faster is an error, not a car. */
#define PLOTDATA_SPEED_MAX (500.0 / 3.6)

void
plotdata_free (PlotData * self)
{
  spool_unref (self->points);
  g_free (self);
}

gdouble
plotdata_round_up (gdouble value)
{
  gdouble power = pow (10.0, floor (log10 (MAX (value, 1e-9))));

  for (guint i = 0; i < 3; i++) {
    static const gdouble factors[] = { 1.0, 2.0, 5.0 };

    /* a little less counts as equal */
    if (factors[i] * power >= value * (1.0 - 1e-9))
      return factors[i] * power;
  }
  return 10.0 * power;
}

gdouble
plotdata_get_time_step (gdouble duration, guint n)
{
  static const gdouble steps[] = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800,
    21600, 43200
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (duration / steps[i] <= n)
      return steps[i];
  }
  return ceil (duration / n / 86400.0) * 86400.0;
}

/* Seconds to the fix before; 0 where they are not known. */
static gdouble
plotdata_get_step (const GstGpsFix * last, const GstGpsFix * fix)
{
  if (last->time_kind == GST_GPS_TIME_KIND_NONE
      || last->time_kind != fix->time_kind)
    return 0.0;
  return (gdouble) (fix->time - last->time) / G_USEC_PER_SEC;
}

static gdouble
plotdata_get_speed (const GstGpsFix * fix, gdouble way, gdouble step)
{
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    return fix->speed;
  if (!(step > 0.0) || way / step > PLOTDATA_SPEED_MAX)
    return -1.0;
  return way / step;
}

static void
plotdata_place (const PlotData * self, const GstGpsFix * fix, PlotPoint * point)
{
  gdouble east = remainder (fix->longitude - self->first.longitude, 360.0);

  point->x = east * G_PI / 180.0 * PLOTDATA_EARTH_RADIUS
      * cos (self->first.latitude * G_PI / 180.0);
  point->y = (fix->latitude - self->first.latitude) * G_PI / 180.0
      * PLOTDATA_EARTH_RADIUS;
}

static void
plotdata_extend (PlotData * self, const PlotPoint * point)
{
  self->min_x = MIN (self->min_x, point->x);
  self->max_x = MAX (self->max_x, point->x);
  self->min_y = MIN (self->min_y, point->y);
  self->max_y = MAX (self->max_y, point->y);
  self->max_speed = MAX (self->max_speed, point->speed);
  self->extent = point->at;
  spool_add (self->points, point);
}

/* What lies between two segments was not driven, and takes little room. */
static void
plotdata_pass (PlotData * self, PlotPoint * point, gdouble step)
{
  if (step < 0.0 || step > PLOTDATA_PAUSE_MAX) {
    point->pause = ABS (step);
    self->has_pauses = TRUE;
    step = PLOTDATA_PAUSE_MAX;
  }
  point->at = self->extent + (self->has_time ? step : 0.0);
}

static void
plotdata_go (PlotData * self, PlotPoint * point, gdouble way, gdouble step)
{
  step = MAX (step, 0.0);
  self->length += way;
  self->recorded += step;
  point->at = self->extent + (self->has_time ? step : way);
}

static void
plotdata_add (PlotData * self, const GstGpsFix * last, const GstGpsFix * fix,
    gboolean new_segment)
{
  PlotPoint point = { 0, };
  gdouble step = last ? plotdata_get_step (last, fix) : 0.0;
  gdouble way = 0.0;

  if (!last)
    self->first = *fix;
  plotdata_place (self, fix, &point);
  point.new_segment = new_segment || !last;
  if (point.new_segment) {
    plotdata_pass (self, &point, step);
    step = 0.0;
  } else {
    way = gst_gps_fix_distance (last, fix);
    plotdata_go (self, &point, way, step);
  }
  point.speed = plotdata_get_speed (fix, way, step);
  plotdata_extend (self, &point);
}

static gboolean
plotdata_is_timed (GPtrArray * tracks)
{
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    for (guint j = 0; j < track->n_points; j++) {
      if (track_get_point (track, j)->fix.time_kind != GST_GPS_TIME_KIND_NONE)
        return TRUE;
    }
  }
  return FALSE;
}

PlotData *
plotdata_new (GPtrArray * tracks)
{
  PlotData *self = g_new0 (PlotData, 1);
  GstGpsFix last = { 0, };
  gboolean new_segment = FALSE;

  self->points = spool_new (sizeof (PlotPoint));
  self->max_speed = -1.0;
  self->has_time = plotdata_is_timed (tracks);
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    for (guint j = 0; j < track->n_points; j++) {
      const TrackPoint *point = track_get_point (track, j);

      new_segment |= j == 0 || point->new_segment;
      if (!gst_gps_fix_is_valid (&point->fix)) {
        self->n_hidden++;
        continue;
      }
      plotdata_add (self, self->points->len > 0 ? &last : NULL, &point->fix,
          new_segment);
      last = point->fix;
      new_segment = FALSE;
    }
  }
  return self;
}
