/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>

#include "gstgpsoverlaytrack.h"

/* Of a sphere of the earth's mean radius. */
#define GST_GPS_OVERLAY_TRACK_METRES_PER_DEGREE 111195.08

/* A pause in the fixes from which on there is no line. */
#define GST_GPS_OVERLAY_TRACK_GAP (10 * GST_SECOND)

/* Nobody drives faster, metres per second; and how far a receiver may jump
 * when it finds its satellites again, metres. */
#define GST_GPS_OVERLAY_TRACK_SPEED 100.0
#define GST_GPS_OVERLAY_TRACK_JUMP 200.0

#define GST_GPS_OVERLAY_TRACK_STEP 2.0

/* The smallest square, metres, and how much room a new one leaves. */
#define GST_GPS_OVERLAY_TRACK_EXTENT 200.0
#define GST_GPS_OVERLAY_TRACK_ROOM 1.7

/* Less than what room and margin leave on one side, in parts of half the
 * track. */
#define GST_GPS_OVERLAY_TRACK_AHEAD 0.22

/* The track keeps so far from the edges, in parts of the square. */
#define GST_GPS_OVERLAY_TRACK_MARGIN 0.13

#define GST_GPS_OVERLAY_TRACK_POINT(self, i) \
    g_array_index ((self)->points, GstGpsOverlayPoint, i)

/* A pole has all longitudes: something has to be left to divide by. */
static gdouble
gst_gps_overlay_track_shrink (gdouble latitude)
{
  return MAX (cos (latitude * G_PI / 180.0), 0.001);
}

gdouble
gst_gps_overlay_track_distance (const GstGpsOverlayPoint * a,
    const GstGpsOverlayPoint * b)
{
  gdouble shrink = gst_gps_overlay_track_shrink ((a->latitude + b->latitude) /
      2.0);

  return hypot (a->latitude - b->latitude,
      (a->longitude - b->longitude) * shrink)
      * GST_GPS_OVERLAY_TRACK_METRES_PER_DEGREE;
}

static void
gst_gps_overlay_track_span_nothing (GstGpsOverlayTrack * self)
{
  self->south = self->west = G_MAXDOUBLE;
  self->north = self->east = -G_MAXDOUBLE;
}

static void
gst_gps_overlay_track_span (GstGpsOverlayTrack * self,
    const GstGpsOverlayPoint * point)
{
  self->south = MIN (self->south, point->latitude);
  self->north = MAX (self->north, point->latitude);
  self->west = MIN (self->west, point->longitude);
  self->east = MAX (self->east, point->longitude);
}

void
gst_gps_overlay_track_init (GstGpsOverlayTrack * self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (GstGpsOverlayPoint));
  self->generation = 0;
  gst_gps_overlay_track_reset (self);
}

void
gst_gps_overlay_track_clear (GstGpsOverlayTrack * self)
{
  g_clear_pointer (&self->points, g_array_unref);
}

void
gst_gps_overlay_track_reset (GstGpsOverlayTrack * self)
{
  g_array_set_size (self->points, 0);
  self->step = GST_GPS_OVERLAY_TRACK_STEP;
  self->generation++;
  self->has_last = FALSE;
  gst_gps_overlay_track_span_nothing (self);
}

void
gst_gps_overlay_track_rewind (GstGpsOverlayTrack * self, GstClockTime time)
{
  guint n = self->points->len;

  while (n > 0 && GST_GPS_OVERLAY_TRACK_POINT (self, n - 1).time >= time)
    n--;
  if (n == 0) {
    gst_gps_overlay_track_reset (self);
    return;
  }
  if (n == self->points->len && self->has_last && self->last.time < time)
    return;

  g_array_set_size (self->points, n);
  self->generation++;
  self->last = GST_GPS_OVERLAY_TRACK_POINT (self, n - 1);
  self->has_last = TRUE;
  gst_gps_overlay_track_span_nothing (self);
  for (guint i = 0; i < n; i++)
    gst_gps_overlay_track_span (self, &GST_GPS_OVERLAY_TRACK_POINT (self, i));
}

/* Whether a line ends with this point. */
static gboolean
gst_gps_overlay_track_is_end (const GstGpsOverlayTrack * self, guint i)
{
  return i + 1 >= self->points->len
      || GST_GPS_OVERLAY_TRACK_POINT (self, i + 1).first;
}

/* Drops every other point within the lines; their ends stay. */
static void
gst_gps_overlay_track_thin_lines (GstGpsOverlayTrack * self)
{
  guint kept = 0;
  gboolean drop = FALSE;

  for (guint i = 0; i < self->points->len; i++) {
    GstGpsOverlayPoint point = GST_GPS_OVERLAY_TRACK_POINT (self, i);
    gboolean end = gst_gps_overlay_track_is_end (self, i);

    drop = !drop && !point.first && !end;
    if (!drop)
      GST_GPS_OVERLAY_TRACK_POINT (self, kept++) = point;
  }
  g_array_set_size (self->points, kept);
}

/* Drops every other line but the newest, for a receiver that loses its
 * satellites all the time. */
static void
gst_gps_overlay_track_drop_lines (GstGpsOverlayTrack * self)
{
  guint kept = 0, newest = 0;
  gboolean drop = TRUE;

  for (guint i = 0; i < self->points->len; i++) {
    if (GST_GPS_OVERLAY_TRACK_POINT (self, i).first)
      newest = i;
  }
  for (guint i = 0; i < self->points->len; i++) {
    GstGpsOverlayPoint point = GST_GPS_OVERLAY_TRACK_POINT (self, i);

    if (point.first)
      drop = !drop && i != newest;
    if (!drop)
      GST_GPS_OVERLAY_TRACK_POINT (self, kept++) = point;
  }
  g_array_set_size (self->points, kept);
}

static void
gst_gps_overlay_track_append (GstGpsOverlayTrack * self,
    const GstGpsOverlayPoint * point)
{
  if (self->points->len == GST_GPS_OVERLAY_TRACK_MAX) {
    gst_gps_overlay_track_thin_lines (self);
    if (self->points->len > GST_GPS_OVERLAY_TRACK_MAX * 3 / 4)
      gst_gps_overlay_track_drop_lines (self);
    self->step *= 2.0;
    self->generation++;
  }
  if (self->points->len == 0)
    self->start = *point;
  g_array_append_vals (self->points, point, 1);
}

static gboolean
gst_gps_overlay_track_breaks (const GstGpsOverlayTrack * self,
    const GstGpsOverlayPoint * point)
{
  GstClockTime pause = point->time - self->last.time;

  return pause > GST_GPS_OVERLAY_TRACK_GAP
      || gst_gps_overlay_track_distance (&self->last, point) >
      GST_GPS_OVERLAY_TRACK_JUMP + GST_GPS_OVERLAY_TRACK_SPEED *
      gst_guint64_to_gdouble (pause) / GST_SECOND;
}

void
gst_gps_overlay_track_add (GstGpsOverlayTrack * self, GstClockTime time,
    gdouble latitude, gdouble longitude)
{
  GstGpsOverlayPoint point = { time, latitude, longitude, FALSE };
  const GstGpsOverlayPoint *stored;

  if (self->has_last && time <= self->last.time)
    gst_gps_overlay_track_rewind (self, time);
  if (!self->has_last) {
    point.first = TRUE;
    gst_gps_overlay_track_append (self, &point);
  } else {
    point.longitude +=
        360.0 * round ((self->last.longitude - longitude) / 360.0);
    stored = &GST_GPS_OVERLAY_TRACK_POINT (self, self->points->len - 1);
    if (gst_gps_overlay_track_breaks (self, &point)) {
      /* the line ends where it ended, not at its last whole step */
      if (stored->time < self->last.time)
        gst_gps_overlay_track_append (self, &self->last);
      point.first = TRUE;
      gst_gps_overlay_track_append (self, &point);
    } else if (gst_gps_overlay_track_distance (stored, &point) >= self->step) {
      gst_gps_overlay_track_append (self, &point);
    }
  }
  self->last = point;
  self->last.first = FALSE;
  self->has_last = TRUE;
  gst_gps_overlay_track_span (self, &point);
}

gboolean
gst_gps_overlay_track_fit (const GstGpsOverlayTrack * self,
    GstGpsOverlayView * view)
{
  GstGpsOverlayPoint centre = { 0 }, north_west = { 0 }, south_east = { 0 };
  gdouble x0, y0, x1, y1, size;
  const gdouble edge = 0.5 - GST_GPS_OVERLAY_TRACK_MARGIN;

  if (!self->has_last)
    return FALSE;
  centre.latitude = (self->south + self->north) / 2.0;
  centre.longitude = (self->west + self->east) / 2.0;
  north_west.latitude = self->north;
  north_west.longitude = self->west;
  south_east.latitude = self->south;
  south_east.longitude = self->east;
  size = MAX (self->north - self->south, (self->east - self->west)
      * gst_gps_overlay_track_shrink (centre.latitude))
      * GST_GPS_OVERLAY_TRACK_METRES_PER_DEGREE;

  if (view->extent > 0.0) {
    gst_gps_overlay_track_project (view, &north_west, &x0, &y0);
    gst_gps_overlay_track_project (view, &south_east, &x1, &y1);
    if (x0 >= -edge && y0 >= -edge && x1 <= edge && y1 <= edge
        && (view->extent <= GST_GPS_OVERLAY_TRACK_EXTENT
            || size >= view->extent / 4.0))
      return FALSE;
  }
  view->extent = MAX (size * GST_GPS_OVERLAY_TRACK_ROOM,
      GST_GPS_OVERLAY_TRACK_EXTENT);
  /* the room is in front of the camera, where it will be needed */
  view->latitude = centre.latitude
      + GST_GPS_OVERLAY_TRACK_AHEAD * (self->last.latitude - centre.latitude);
  view->longitude = centre.longitude
      + GST_GPS_OVERLAY_TRACK_AHEAD * (self->last.longitude - centre.longitude);
  return TRUE;
}

void
gst_gps_overlay_track_project (const GstGpsOverlayView * view,
    const GstGpsOverlayPoint * point, gdouble * ret_x, gdouble * ret_y)
{
  gdouble scale = GST_GPS_OVERLAY_TRACK_METRES_PER_DEGREE / view->extent;

  *ret_x = (point->longitude - view->longitude)
      * gst_gps_overlay_track_shrink (view->latitude) * scale;
  *ret_y = (view->latitude - point->latitude) * scale;
}
