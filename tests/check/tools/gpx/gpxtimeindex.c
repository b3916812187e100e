/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/timeindex.h"

#include <gst/check/gstcheck.h>

static GPtrArray *
new_recordings (const gchar * first, const gchar * second)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func (g_free);
  const gchar *names[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    Recording *recording = g_new0 (Recording, 1);

    recording->name = (gchar *) names[i];
    g_ptr_array_add (recordings, recording);
  }
  return recordings;
}

/* Times in milliseconds; below 0: not known. */
static void
add (GArray * points, guint clip, gint media, gint time, gboolean new_segment)
{
  TrackPoint point = { {0}, new_segment, clip, -1 };

  if (media >= 0)
    point.media_us = media * G_GINT64_CONSTANT (1000);
  if (time >= 0) {
    point.fix.time_kind = GST_GPS_TIME_KIND_UTC;
    point.fix.time = time * G_GINT64_CONSTANT (1000);
  }
  g_array_append_val (points, point);
}

/* The first n points as a track, the others as another, if there are any. */
static GPtrArray *
new_tracks (GArray * points, guint n)
{
  GPtrArray *tracks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  g_autoptr (Spool) all = track_new_points ();
  Track *track = NULL;

  for (guint i = 0; i < points->len; i++) {
    if (i == 0 || i == n) {
      track = track_new (all);
      g_ptr_array_add (tracks, track);
    }
    track_add (track, &g_array_index (points, TrackPoint, i));
  }
  return tracks;
}

static void
assert_index (GArray * points, const gchar * output, const gchar * expected)
{
  g_autoptr (GPtrArray) recordings = new_recordings ("/drive/a.MP4",
      "/drive/in/b.MP4");
  g_autoptr (GPtrArray) tracks = new_tracks (points, points->len);
  g_autoptr (GArray) entries = timeindex_build (tracks, recordings, output);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++) {
    const GstGpsTimeIndex *entry = &g_array_index (entries, GstGpsTimeIndex, i);

    g_string_append_printf (text, "%s %d=%u:%d;", entry->movie,
        (gint) (entry->movie_time / GST_MSECOND), entry->segment,
        GST_CLOCK_TIME_IS_VALID (entry->track_time) ?
        (gint) (entry->track_time / GST_MSECOND) : -1);
  }
  assert_equals_string (text->str, expected);
}

static GArray *
new_points (void)
{
  return g_array_new (FALSE, FALSE, sizeof (TrackPoint));
}

GST_START_TEST (test_nothing_known_nothing_told)
{
  g_autoptr (GArray) points = new_points ();

  assert_index (points, NULL, "");
  add (points, 0, -1, 5000, TRUE);
  assert_index (points, NULL, "");
}

GST_END_TEST;

GST_START_TEST (test_first_and_last_fix_of_a_segment)
{
  g_autoptr (GArray) points = new_points ();

  add (points, 0, 100, 5000, TRUE);
  assert_index (points, NULL, "/drive/a.MP4 100=0:0;");
  add (points, 0, 1100, 6000, FALSE);
  add (points, 0, 2100, 7000, FALSE);
  assert_index (points, NULL, "/drive/a.MP4 100=0:0;/drive/a.MP4 2100=0:2000;");
  add (points, 0, 60000, 70000, TRUE);
  assert_index (points, NULL, "/drive/a.MP4 100=0:0;/drive/a.MP4 2100=0:2000;"
      "/drive/a.MP4 60000=1:0;");
}

GST_END_TEST;

GST_START_TEST (test_clocks_that_part_are_told_anew)
{
  g_autoptr (GArray) points = new_points ();

  add (points, 0, 0, 5000, TRUE);
  add (points, 0, 1400, 6000, FALSE);
  add (points, 0, 2600, 7000, FALSE);
  add (points, 0, 3600, 8000, FALSE);
  assert_index (points, NULL, "/drive/a.MP4 0=0:0;/drive/a.MP4 2600=0:2000;"
      "/drive/a.MP4 3600=0:3000;");
}

GST_END_TEST;

GST_START_TEST (test_each_recording_has_its_own_with_the_track_time_of_both)
{
  g_autoptr (GArray) points = new_points ();

  add (points, 1, 0, 5000, TRUE);
  add (points, 0, 0, 6000, FALSE);
  add (points, 1, 1000, 6000, FALSE);
  add (points, 0, 1000, 7000, FALSE);
  assert_index (points, "/drive/trip.gpx", "a.MP4 0=0:1000;a.MP4 1000=0:2000;"
      "in/b.MP4 0=0:0;in/b.MP4 1000=0:1000;");
  assert_index (points, "/other/trip.gpx", "/drive/a.MP4 0=0:1000;"
      "/drive/a.MP4 1000=0:2000;/drive/in/b.MP4 0=0:0;"
      "/drive/in/b.MP4 1000=0:1000;");
}

GST_END_TEST;

GST_START_TEST (test_fixes_without_time_have_no_time_of_the_track)
{
  g_autoptr (GArray) points = new_points ();

  add (points, 0, 0, -1, TRUE);
  add (points, 0, 40000, -1, FALSE);
  assert_index (points, NULL, "/drive/a.MP4 0=0:-1;/drive/a.MP4 40000=0:-1;");
}

GST_END_TEST;

GST_START_TEST (test_segments_are_counted_over_all_tracks)
{
  g_autoptr (GArray) points = new_points ();
  g_autoptr (GPtrArray) recordings = new_recordings ("/a.MP4", "/b.MP4");
  g_autoptr (GPtrArray) tracks = NULL;
  g_autoptr (GArray) entries = NULL;

  add (points, 0, 0, 5000, TRUE);
  add (points, 0, 30000, 35000, TRUE);
  add (points, 1, 0, 9000000, TRUE);
  tracks = new_tracks (points, 2);
  entries = timeindex_build (tracks, recordings, NULL);
  assert_equals_int (entries->len, 3);
  for (guint i = 0; i < 3; i++) {
    const GstGpsTimeIndex *entry = &g_array_index (entries, GstGpsTimeIndex, i);

    assert_equals_int (entry->segment, i);
    assert_equals_int64 (entry->track_time, 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_standard_input_has_no_path)
{
  g_autoptr (GArray) points = new_points ();
  g_autoptr (GPtrArray) recordings = new_recordings ("standard input", "b.MP4");
  g_autoptr (GPtrArray) tracks = NULL;
  g_autoptr (GArray) entries = NULL;

  ((Recording *) recordings->pdata[0])->is_stdin = TRUE;
  add (points, 0, 0, 5000, TRUE);
  tracks = new_tracks (points, 1);
  entries = timeindex_build (tracks, recordings, NULL);
  assert_equals_int (entries->len, 0);
}

GST_END_TEST;

static Suite *
gpxtimeindex_suite (void)
{
  Suite *s = suite_create ("gpxtimeindex");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_nothing_known_nothing_told);
  tcase_add_test (tc, test_first_and_last_fix_of_a_segment);
  tcase_add_test (tc, test_clocks_that_part_are_told_anew);
  tcase_add_test (tc,
      test_each_recording_has_its_own_with_the_track_time_of_both);
  tcase_add_test (tc, test_fixes_without_time_have_no_time_of_the_track);
  tcase_add_test (tc, test_segments_are_counted_over_all_tracks);
  tcase_add_test (tc, test_standard_input_has_no_path);
  return s;
}

GST_CHECK_MAIN (gpxtimeindex);
