/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "stats.h"

static void
stats_add_time (Stats * self, const GstGpsFix * fix)
{
  if (fix->time_kind == GST_GPS_TIME_KIND_NONE)
    return;
  if (self->time_kind == GST_GPS_TIME_KIND_NONE) {
    self->time_kind = fix->time_kind;
    self->first = self->last = *fix;
  }
  if (fix->time_kind != self->time_kind)
    return;
  if (fix->time < self->first.time)
    self->first = *fix;
  if (fix->time > self->last.time)
    self->last = *fix;
}

static void
stats_add_place (Stats * self, const GstGpsFix * fix)
{
  if (!self->has_bounds) {
    self->min_latitude = self->max_latitude = fix->latitude;
    self->min_longitude = self->max_longitude = fix->longitude;
    self->has_bounds = TRUE;
  }
  self->min_latitude = MIN (self->min_latitude, fix->latitude);
  self->max_latitude = MAX (self->max_latitude, fix->latitude);
  self->min_longitude = MIN (self->min_longitude, fix->longitude);
  self->max_longitude = MAX (self->max_longitude, fix->longitude);
}

void
stats_add (Stats * self, const Track * track)
{
  gboolean has_last = FALSE;
  GstGpsFix last;

  for (guint i = 0; i < track->n_points; i++) {
    const TrackPoint *point = track_get_point (track, i);
    const GstGpsFix *fix = &point->fix;

    self->n_fixes++;
    self->n_segments += i == 0 || point->new_segment;
    stats_add_time (self, fix);
    if (fix->fields & GST_GPS_FIX_FIELD_SPEED) {
      self->max_speed = MAX (self->max_speed, fix->speed);
      self->has_speed = TRUE;
    }
    has_last &= !point->new_segment;
    /* an encrypted position is none */
    if (!gst_gps_fix_is_valid (fix))
      continue;
    stats_add_place (self, fix);
    if (has_last)
      self->distance += gst_gps_fix_distance (&last, fix);
    last = *fix;
    has_last = TRUE;
  }
}

gint64
stats_get_duration (const Stats * self)
{
  return self->last.time - self->first.time;
}
