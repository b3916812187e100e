/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/check/gstcheck.h>

#include <math.h>

#include "ext/gpsoverlay/gstgpsoverlaytrack.h"

#define METRES_PER_DEGREE 111195.0

static GstGpsOverlayTrack track;

static void
track_setup (void)
{
  gst_gps_overlay_track_init (&track);
}

static void
track_teardown (void)
{
  gst_gps_overlay_track_clear (&track);
}

static const GstGpsOverlayPoint *
track_point (guint i)
{
  fail_unless (i < track.points->len);
  return &g_array_index (track.points, GstGpsOverlayPoint, i);
}

/* A place at the equator, in metres. */
static void
track_add (gdouble second, gdouble east, gdouble north)
{
  gst_gps_overlay_track_add (&track, (GstClockTime) (second * GST_SECOND),
      north / METRES_PER_DEGREE, east / METRES_PER_DEGREE);
  fail_unless (track.points->len <= GST_GPS_OVERLAY_TRACK_MAX);
}

static guint
track_count_lines (void)
{
  guint n = 0;

  for (guint i = 0; i < track.points->len; i++)
    n += track_point (i)->first;
  return n;
}

/* Of all lines, metres. */
static gdouble
track_length (void)
{
  gdouble length = 0.0;

  for (guint i = 1; i < track.points->len; i++) {
    if (!track_point (i)->first)
      length += gst_gps_overlay_track_distance (track_point (i - 1),
          track_point (i));
  }
  return length;
}

GST_START_TEST (test_a_day_keeps_its_form_in_bounded_memory)
{
  const gdouble radius = 20000.0, speed = 25.0;
  gdouble angle = 0.0;

  for (guint i = 0; i < 86400; i++) {
    angle = i * speed / radius;
    track_add (i, radius * cos (angle), radius * sin (angle));
  }
  fail_unless (track.points->len > GST_GPS_OVERLAY_TRACK_MAX / 4);
  fail_unless_equals_int (track_count_lines (), 1);
  fail_unless (fabs (track_length () / (86400 * speed) - 1.0) < 0.01);
  fail_unless (fabs (track.north * METRES_PER_DEGREE - radius) < 1.0);
  fail_unless (fabs (track.start.longitude * METRES_PER_DEGREE - radius) < 1.0);
  fail_unless (track.last.time == 86399 * GST_SECOND);
}

GST_END_TEST;

/* A line of one point each time. */
GST_START_TEST (test_a_receiver_that_starts_again_and_again_is_bounded)
{
  for (guint i = 0; i < 100000; i++)
    track_add (i * 20.0, i * 100.0, 0.0);
  fail_unless (track.points->len > GST_GPS_OVERLAY_TRACK_MAX / 4);
  fail_unless_equals_int (track_count_lines (), track.points->len);
  fail_unless (track_point (track.points->len - 1)->time == track.last.time);
}

GST_END_TEST;

GST_START_TEST (test_standing_adds_no_points)
{
  for (guint i = 0; i < 1000; i++)
    track_add (i * 0.1, i % 2, 0.5);
  fail_unless_equals_int (track.points->len, 1);
  fail_unless (fabs (track.last.longitude * METRES_PER_DEGREE - 1.0) < 0.01);
}

GST_END_TEST;

GST_START_TEST (test_no_line_leads_over_a_pause)
{
  track_add (0.0, 0.0, 0.0);
  track_add (1.0, 20.0, 0.0);
  track_add (11.0, 200.0, 0.0);
  fail_unless_equals_int (track_count_lines (), 1);
  track_add (21.1, 400.0, 0.0);
  fail_unless_equals_int (track_count_lines (), 2);
  fail_unless (track_point (track.points->len - 1)->first);
}

GST_END_TEST;

/* It ends where the camera was, though that was no whole step. */
GST_START_TEST (test_a_line_ends_where_it_broke)
{
  track_add (0.0, 0.0, 0.0);
  track_add (1.0, 20.0, 0.0);
  track_add (1.1, 21.0, 0.0);
  fail_unless_equals_int (track.points->len, 2);
  track_add (60.0, 1000.0, 0.0);
  fail_unless_equals_int (track.points->len, 4);
  fail_unless (fabs (track_point (2)->longitude * METRES_PER_DEGREE - 21.0)
      < 0.01);
  fail_if (track_point (2)->first);
  fail_unless (track_point (3)->first);
}

GST_END_TEST;

GST_START_TEST (test_no_line_leads_over_a_jump)
{
  track_add (0.0, 0.0, 0.0);
  track_add (1.0, 30.0, 0.0);
  track_add (2.0, 1030.0, 0.0);
  fail_unless_equals_int (track_count_lines (), 2);
  /* 100 m/s is fast, but a line */
  track_add (9.0, 1730.0, 0.0);
  fail_unless_equals_int (track_count_lines (), 2);
}

GST_END_TEST;

GST_START_TEST (test_going_back_forgets_what_came_later)
{
  guint generation;

  for (guint i = 0; i < 10; i++)
    track_add (i, i * 30.0, 0.0);
  generation = track.generation;
  track_add (4.5, 135.0, 0.0);
  fail_unless (track.generation != generation);
  fail_unless_equals_int (track.points->len, 6);
  fail_unless_equals_int (track_count_lines (), 1);
  fail_unless (track.last.time == 4500 * GST_MSECOND);
  fail_unless (fabs (track.east * METRES_PER_DEGREE - 135.0) < 0.01);

  gst_gps_overlay_track_rewind (&track, 0);
  fail_unless_equals_int (track.points->len, 0);
  fail_if (track.has_last);
}

GST_END_TEST;

GST_START_TEST (test_a_drive_over_the_antimeridian_is_one_line)
{
  GstGpsOverlayView view = { 0 };

  gst_gps_overlay_track_add (&track, 0, 0.0, 179.9998);
  gst_gps_overlay_track_add (&track, GST_SECOND, 0.0, -179.9999);
  gst_gps_overlay_track_add (&track, 2 * GST_SECOND, 0.0, 179.9999);
  fail_unless_equals_int (track_count_lines (), 1);
  fail_unless (track_length () < 60.0);
  fail_unless (gst_gps_overlay_track_fit (&track, &view));
  fail_unless (view.extent < 1000.0);
}

GST_END_TEST;

/* As the driver sees it on a map: 500 m north are as long as 500 m east. */
GST_START_TEST (test_the_view_is_north_up_and_true_to_scale)
{
  const gdouble latitude = 60.0;
  GstGpsOverlayView view = { 0 };
  GstGpsOverlayPoint south = { 0 }, north = { 0 }, east = { 0 };
  gdouble x0, y0, x1, y1, x2, y2;

  south.latitude = east.latitude = latitude;
  north.latitude = latitude + 500.0 / METRES_PER_DEGREE;
  south.longitude = north.longitude = 18.0;
  east.longitude = 18.0 + 1000.0 / METRES_PER_DEGREE;
  for (guint i = 0; i <= 50; i++)
    gst_gps_overlay_track_add (&track, i * GST_SECOND, latitude
        + i * 10.0 / METRES_PER_DEGREE, 18.0);
  fail_unless (gst_gps_overlay_track_fit (&track, &view));
  gst_gps_overlay_track_project (&view, &south, &x0, &y0);
  gst_gps_overlay_track_project (&view, &north, &x1, &y1);
  gst_gps_overlay_track_project (&view, &east, &x2, &y2);
  fail_unless (y1 < y0);
  fail_unless (x2 > x0);
  fail_unless (fabs (x1 - x0) < 1e-9 && fabs (y2 - y0) < 1e-9);
  fail_unless (fabs ((y0 - y1) - (x2 - x0)) < 1e-4);
  fail_unless (fabs ((y0 - y1) * view.extent - 500.0) < 0.1);
}

GST_END_TEST;

GST_START_TEST (test_the_view_holds_the_track_and_seldom_changes)
{
  GstGpsOverlayView view = { 0 };
  guint changes = 0;
  gdouble x, y;

  for (guint i = 0; i < 3600; i++) {
    track_add (i, i * 25.0, i * -5.0);
    changes += gst_gps_overlay_track_fit (&track, &view);
    gst_gps_overlay_track_project (&view, &track.start, &x, &y);
    fail_unless (fabs (x) < 0.5 && fabs (y) < 0.5, "start at %g %g", x, y);
    gst_gps_overlay_track_project (&view, &track.last, &x, &y);
    fail_unless (fabs (x) < 0.5 && fabs (y) < 0.5, "end at %g %g", x, y);
  }
  fail_unless (changes > 5 && changes < 40, "%u changes", changes);

  /* a short track is not left in a large view */
  gst_gps_overlay_track_rewind (&track, 20 * GST_SECOND);
  fail_unless (gst_gps_overlay_track_fit (&track, &view));
  fail_unless (view.extent < 1500.0);
}

GST_END_TEST;

GST_START_TEST (test_a_pole_is_a_place)
{
  GstGpsOverlayView view = { 0 };
  GstGpsOverlayPoint pole = { 0 };
  gdouble x, y;

  pole.latitude = 90.0;
  gst_gps_overlay_track_add (&track, 0, 90.0, 0.0);
  gst_gps_overlay_track_add (&track, GST_SECOND, 90.0, 170.0);
  fail_unless (gst_gps_overlay_track_fit (&track, &view));
  gst_gps_overlay_track_project (&view, &pole, &x, &y);
  fail_unless (isfinite (x) && isfinite (y));
  fail_unless (isfinite (view.extent) && view.extent > 0.0);
}

GST_END_TEST;

static Suite *
gpsoverlaytrack_suite (void)
{
  Suite *s = suite_create ("gpsoverlaytrack");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, track_setup, track_teardown);
  tcase_add_test (tc, test_a_day_keeps_its_form_in_bounded_memory);
  tcase_add_test (tc, test_a_receiver_that_starts_again_and_again_is_bounded);
  tcase_add_test (tc, test_standing_adds_no_points);
  tcase_add_test (tc, test_no_line_leads_over_a_pause);
  tcase_add_test (tc, test_a_line_ends_where_it_broke);
  tcase_add_test (tc, test_no_line_leads_over_a_jump);
  tcase_add_test (tc, test_going_back_forgets_what_came_later);
  tcase_add_test (tc, test_a_drive_over_the_antimeridian_is_one_line);
  tcase_add_test (tc, test_the_view_is_north_up_and_true_to_scale);
  tcase_add_test (tc, test_the_view_holds_the_track_and_seldom_changes);
  tcase_add_test (tc, test_a_pole_is_a_place);
  return s;
}

GST_CHECK_MAIN (gpsoverlaytrack);
