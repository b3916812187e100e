/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/plot.h"
#include "tools/gpx/plotdata.h"

#include <gst/check/gstcheck.h>
#include <math.h>

#define START G_GINT64_CONSTANT (1717237230)

static GPtrArray *
new_tracks (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
}

static void
start_track (GPtrArray * tracks)
{
  g_autoptr (Spool) points = track_new_points ();

  g_ptr_array_add (tracks, track_new (points));
}

/* second: -1 for no time. speed: -1 for none. */
static void
add (GPtrArray * tracks, gdouble latitude, gdouble longitude, gint second,
    gdouble speed)
{
  Track *track;
  TrackPoint point = { 0, };

  if (tracks->len == 0)
    start_track (tracks);
  track = tracks->pdata[tracks->len - 1];
  point.fix.latitude = latitude;
  point.fix.longitude = longitude;
  if (second >= 0) {
    point.fix.time_kind = GST_GPS_TIME_KIND_UTC;
    point.fix.time = (START + second) * G_USEC_PER_SEC;
  }
  if (speed >= 0.0) {
    point.fix.fields |= GST_GPS_FIX_FIELD_SPEED;
    point.fix.speed = speed;
  }
  point.new_segment = track->n_points == 0;
  track_add (track, &point);
}

static const PlotPoint *
get (const PlotData * data, guint i)
{
  fail_unless (i < data->points->len);
  return spool_get (data->points, i);
}

static void
assert_near (gdouble got, gdouble expected, gdouble tolerance)
{
  fail_unless (fabs (got - expected) <= tolerance, "%f, not %f", got, expected);
}

/* At 60 degrees a degree to the east is half as long as one to the north. */
GST_START_TEST (test_places_are_metres)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 60.0, 10.0, 0, 5.0);
  add (tracks, 60.01, 10.02, 10, 7.0);
  data = plotdata_new (tracks);
  assert_near (get (data, 0)->x, 0.0, 1e-6);
  assert_near (get (data, 1)->y, 1111.95, 0.01);
  assert_near (get (data, 1)->x, 1111.95, 0.01);
  assert_near (data->max_y, 1111.95, 0.01);
  assert_near (data->length, 1572.4, 1.0);
  assert_near (data->max_speed, 7.0, 0.0);
  assert_near (data->extent, 10.0, 0.0);
}

GST_END_TEST;

GST_START_TEST (test_antimeridian_is_no_edge)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 0.0, 179.999, 0, 1.0);
  add (tracks, 0.0, -179.999, 1, 1.0);
  data = plotdata_new (tracks);
  assert_near (get (data, 1)->x, 222.39, 0.01);
}

GST_END_TEST;

GST_START_TEST (test_pauses_are_cut_short)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 1.0, 1.0, 0, 1.0);
  add (tracks, 1.0, 1.0, 10, 1.0);
  start_track (tracks);
  add (tracks, 1.1, 1.0, 100000, 1.0);
  add (tracks, 1.1, 1.0, 100005, 1.0);
  data = plotdata_new (tracks);
  fail_unless (data->has_pauses && data->has_time);
  assert_near (get (data, 2)->at, 40.0, 1e-9);
  assert_near (get (data, 2)->pause, 99990.0, 1e-9);
  assert_near (get (data, 3)->pause, 0.0, 1e-9);
  assert_near (data->extent, 45.0, 1e-9);
  assert_near (data->recorded, 15.0, 1e-9);
  fail_unless (get (data, 2)->new_segment && !get (data, 3)->new_segment);
  /* what lies between is no way that was driven */
  assert_near (data->length, 0.0, 1e-9);
}

GST_END_TEST;

GST_START_TEST (test_speed_is_that_of_the_way_where_none_was_recorded)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 0.0, 1.0, 0, -1.0);
  add (tracks, 0.001, 1.0, 10, -1.0);
  add (tracks, 0.002, 1.0, 20, 30.0);
  /* a leap is no speed */
  add (tracks, 10.0, 1.0, 21, -1.0);
  data = plotdata_new (tracks);
  fail_unless (get (data, 0)->speed < 0.0);
  assert_near (get (data, 1)->speed, 11.12, 0.01);
  assert_near (get (data, 2)->speed, 30.0, 0.0);
  fail_unless (get (data, 3)->speed < 0.0);
}

GST_END_TEST;

GST_START_TEST (test_short_pauses_are_shown_as_they_are)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 1.0, 1.0, 0, 1.0);
  start_track (tracks);
  add (tracks, 1.0, 1.0, 30, 1.0);
  data = plotdata_new (tracks);
  fail_if (data->has_pauses);
  assert_near (get (data, 1)->pause, 0.0, 0.0);
  assert_near (data->extent, 30.0, 1e-9);
}

GST_END_TEST;

GST_START_TEST (test_without_times_the_way_is_the_axis)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (PlotData) data = NULL;

  add (tracks, 0.0, 1.0, -1, 1.0);
  /* an encrypted position */
  add (tracks, (gdouble) NAN, (gdouble) NAN, -1, 1.0);
  add (tracks, 0.001, 1.0, -1, -1.0);
  /* nobody has driven from there to the next one */
  start_track (tracks);
  add (tracks, 0.5, 1.0, -1, 1.0);
  add (tracks, 0.502, 1.0, -1, 1.0);
  data = plotdata_new (tracks);
  assert_equals_int (data->points->len, 4);
  assert_equals_int (data->n_hidden, 1);
  fail_if (data->has_time || data->has_pauses);
  assert_near (get (data, 1)->at, 111.19, 0.01);
  assert_near (get (data, 2)->at, 111.19, 0.01);
  assert_near (data->extent, 333.58, 0.01);
  assert_near (data->recorded, 0.0, 0.0);
  fail_unless (get (data, 1)->speed < 0.0);
}

GST_END_TEST;

GST_START_TEST (test_steps_of_axes)
{
  assert_near (plotdata_round_up (1.0), 1.0, 1e-9);
  assert_near (plotdata_round_up (1.1), 2.0, 1e-9);
  assert_near (plotdata_round_up (0.03), 0.05, 1e-9);
  assert_near (plotdata_round_up (51.0), 100.0, 1e-9);
  assert_near (plotdata_round_up (0.0), 1e-9, 1e-12);
  assert_near (plotdata_get_time_step (9.0, 10), 1.0, 0.0);
  assert_near (plotdata_get_time_step (3600.0, 10), 600.0, 0.0);
  assert_near (plotdata_get_time_step (8640000.0, 10), 864000.0, 0.0);
}

GST_END_TEST;

GST_START_TEST (test_names_that_can_be_drawn)
{
  fail_unless (plot_is_name ("trip.svg") && plot_is_name ("a.b/TRIP.PNG"));
  fail_if (plot_is_name ("trip.jpg") || plot_is_name ("svg"));
  fail_if (plot_is_name ("trip.svg/x") || plot_is_name ("-"));
}

GST_END_TEST;

static GBytes *
draw (GPtrArray * tracks, const gchar * name, const gchar * title)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  fail_unless (plot_write (tracks, name, title, stream, &error));
  fail_unless (error == NULL);
  fail_unless (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM
      (stream));
}

/* Bytes of what is drawn of n fixes. */
static gsize
draw_fixes (guint n, const gchar * name)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (GBytes) picture = NULL;
  const gchar *data;
  gsize size;

  for (guint i = 0; i < n; i++)
    add (tracks, 48.0 + i * 1e-5, 2.0, (gint) i, i % 40);
  picture = draw (tracks, name, "a & <b>");
  data = g_bytes_get_data (picture, &size);
  if (g_str_has_suffix (name, "svg"))
    fail_unless (g_strstr_len (data, (gssize) size, "<svg ") != NULL);
  else
    fail_unless (memcmp (data, "\211PNG", 4) == 0);
  return size;
}

static const guint numbers[] = { 0, 1, 2, 10, 100000 };

GST_START_TEST (test_any_number_of_fixes)
{
  if (!plot_is_possible ())
    return;
  draw_fixes (numbers[__i__], "x.png");
  /* a picture does not grow with the drive */
  fail_unless (draw_fixes (numbers[__i__], "x.svg") < 4 * 1024 * 1024);
}

GST_END_TEST;

GST_START_TEST (test_both_ends_of_a_long_title_are_seen)
{
  g_autofree gchar *middle = g_strnfill (200, 'm');
  g_autofree gchar *title = g_strconcat ("a", middle, "\303\266", NULL);
  g_autofree gchar *start = g_strconcat ("b", middle, "\303\266", NULL);
  g_autofree gchar *end = g_strconcat ("a", middle, "\303\274", NULL);
  const gchar *others[] = { start, end };
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (GBytes) picture = NULL;

  if (!plot_is_possible ())
    return;
  add (tracks, 48.0, 2.0, 0, 1.0);
  picture = draw (tracks, "x.png", title);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GBytes) other = draw (tracks, "x.png", others[i]);

    fail_if (g_bytes_equal (picture, other), "%s", others[i]);
  }
}

GST_END_TEST;

/* How often the word stands in the picture. */
static guint
count (GBytes * picture, const gchar * word)
{
  gsize size;
  const gchar *data = g_bytes_get_data (picture, &size);
  const gchar *at = data;
  guint n = 0;

  while ((at = g_strstr_len (at, (gssize) (data + size - at), word)) != NULL) {
    at++;
    n++;
  }
  return n;
}

GST_START_TEST (test_no_axes_without_fixes)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GBytes) hidden = NULL;
  g_autoptr (GBytes) one = NULL;

  if (!plot_is_possible ())
    return;
  none = draw (tracks, "x.svg", "");
  add (tracks, (gdouble) NAN, (gdouble) NAN, 0, 1.0);
  hidden = draw (tracks, "x.svg", "");
  add (tracks, 48.0, 2.0, 1, 1.0);
  one = draw (tracks, "x.svg", "");
  /* a frame has one line */
  assert_equals_int (count (none, "stroke:rgb"), 1);
  assert_equals_int (count (hidden, "stroke:rgb"), 1);
  fail_unless (count (one, "stroke:rgb") > 10);
  fail_if (g_bytes_equal (none, hidden));
}

GST_END_TEST;

GST_START_TEST (test_failing_to_write_is_told)
{
  static const gchar *const names[] = { "x.svg", "x.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names) && plot_is_possible (); i++) {
    g_autoptr (GPtrArray) tracks = new_tracks ();
    gchar room[1000];
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room,
        sizeof room, NULL, NULL);
    g_autoptr (GError) error = NULL;

    add (tracks, 48.0, 2.0, 0, 1.0);
    fail_if (plot_write (tracks, names[i], "full", stream, &error));
    fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE));
  }
}

GST_END_TEST;

static Suite *
gpxplot_suite (void)
{
  Suite *s = suite_create ("gpxplot");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_places_are_metres);
  tcase_add_test (tc, test_antimeridian_is_no_edge);
  tcase_add_test (tc, test_pauses_are_cut_short);
  tcase_add_test (tc, test_speed_is_that_of_the_way_where_none_was_recorded);
  tcase_add_test (tc, test_short_pauses_are_shown_as_they_are);
  tcase_add_test (tc, test_without_times_the_way_is_the_axis);
  tcase_add_test (tc, test_steps_of_axes);
  tcase_add_test (tc, test_names_that_can_be_drawn);
  tcase_add_loop_test (tc, test_any_number_of_fixes, 0, G_N_ELEMENTS (numbers));
  tcase_add_test (tc, test_both_ends_of_a_long_title_are_seen);
  tcase_add_test (tc, test_no_axes_without_fixes);
  tcase_add_test (tc, test_failing_to_write_is_told);
  return s;
}

GST_CHECK_MAIN (gpxplot);
