/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/report.h"
#include "tools/gpx/table.h"

#include <gst/check/gstcheck.h>
#include <json-glib/json-glib.h>

/* 2024-06-01T10:20:30 */
#define START G_GINT64_CONSTANT (1717237230)

/* A second and a thousandth of a degree to the north later than the one before,
 * which are 111.2 m. speed: -1 for none. */
static void
add (Track * track, gint second, gdouble speed, gboolean new_segment)
{
  TrackPoint point = { 0, };

  point.fix.latitude = 48.0 + second / 1000.0;
  point.fix.longitude = 2.0;
  point.fix.time_kind = GST_GPS_TIME_KIND_UTC;
  point.fix.time = (START + second) * G_USEC_PER_SEC;
  point.new_segment = new_segment;
  if (speed >= 0.0) {
    point.fix.fields |= GST_GPS_FIX_FIELD_SPEED;
    point.fix.speed = speed;
  }
  track_add (track, &point);
}

static Track *
new_track (const gchar * name)
{
  g_autoptr (Spool) points = track_new_points ();
  Track *track = track_new (points);

  track->name = g_strdup (name);
  return track;
}

static GPtrArray *
new_tracks (void)
{
  GPtrArray *tracks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  Track *track = new_track ("drive");

  add (track, 0, 10.0, TRUE);
  add (track, 1, -1.0, FALSE);
  add (track, 2, 20.0, FALSE);
  add (track, 62, 15.0, TRUE);
  g_ptr_array_add (tracks, track);
  return tracks;
}

static Recording *
new_recording (void)
{
  Recording *recording = g_new0 (Recording, 1);
  RecordingRecord record = { {0}, "novatek-e" };

  recording->name = g_strdup ("a\n\303\244.MP4");
  recording->container = "MP4";
  recording->size = 12345;
  recording->records = spool_new (sizeof (RecordingRecord));
  for (guint i = 0; i < 8; i++)
    spool_add (recording->records, &record);
  recording->source = "novatek-e";
  recording->n_fixes = 5;
  return recording;
}

GST_START_TEST (test_numbers_of_a_track)
{
  g_autoptr (GPtrArray) tracks = new_tracks ();
  Stats stats = { 0, };

  stats_add (&stats, tracks->pdata[0]);
  assert_equals_int (stats.n_fixes, 4);
  assert_equals_int (stats.n_segments, 2);
  assert_equals_int (stats.time_kind, GST_GPS_TIME_KIND_UTC);
  assert_equals_int64 (stats_get_duration (&stats), 62 * G_USEC_PER_SEC);
  fail_unless (stats.distance > 222.0 && stats.distance < 223.0);
  fail_unless (stats.has_speed && stats.max_speed == 20.0);
  fail_unless (stats.min_latitude == 48.0 && stats.max_latitude == 48.062);
}

GST_END_TEST;

GST_START_TEST (test_encrypted_positions_are_no_way)
{
  g_autoptr (Track) track = new_track (NULL);
  Stats stats = { 0, };

  add (track, 0, 1.0, TRUE);
  add (track, 1, 2.0, FALSE);
  ((TrackPoint *) spool_edit (track->points, 0))->fix.latitude = (gdouble) NAN;
  stats_add (&stats, track);
  fail_unless (stats.distance == 0.0);
  fail_unless (stats.min_latitude == 48.001);
  assert_equals_int (stats.n_fixes, 2);
}

GST_END_TEST;

static GPtrArray *
new_summaries (void)
{
  GPtrArray *summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) summary_free);
  g_autoptr (Recording) recording = new_recording ();
  g_autoptr (GPtrArray) tracks = new_tracks ();

  g_ptr_array_add (summaries, summary_new (recording, tracks));
  g_ptr_array_add (summaries, summary_new_failed ("missing\377", 0,
          "cannot be opened"));
  return summaries;
}

GST_START_TEST (test_lines_are_aligned)
{
  g_autoptr (GPtrArray) summaries = new_summaries ();
  g_autofree gchar *table = table_format (summaries, FALSE);
  g_autofree gchar *bold = table_format (summaries, TRUE);

  assert_equals_string (table,
      "FILE      TYPE  DIALECT    FIXES  VOID  START                CLOCK"
      "   LENGTH    KM  MAX KM/H  REMARK\n"
      "a\\n\303\244.MP4  MP4   novatek-e      5     3  "
      "2024-06-01 10:20:30  utc    0:01:02  0.22        72\n"
      "missing\357\277\275  -     -              -     -  "
      "-                    -            -     -         -  cannot be opened\n");
  fail_unless (g_str_has_prefix (bold, "\033[1mFILE "));
}

GST_END_TEST;

GST_START_TEST (test_duplicates_and_cameras)
{
  g_autoptr (GPtrArray) summaries = new_summaries ();
  const Summary *summary = summaries->pdata[0];

  assert_equals_int (summary->n_duplicates, 1);
  assert_equals_int (summary->n_voids, 3);
  fail_unless (strstr (summary->cameras, "A119") != NULL, "%s",
      summary->cameras);
}

GST_END_TEST;

GST_START_TEST (test_report_is_json)
{
  Report *report = report_new ();
  g_autoptr (GPtrArray) tracks = new_tracks ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree gchar *text = NULL;
  JsonObject *root, *file, *totals;

  g_ptr_array_unref (report->summaries);
  report->summaries = new_summaries ();
  report_add_trips (report, tracks);
  text = report_format (report);
  fail_unless (json_parser_load_from_data (parser, text, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  file = json_array_get_object_element (json_object_get_array_member (root,
          "files"), 0);
  assert_equals_string (json_object_get_string_member (file, "name"),
      "a\n\303\244.MP4");
  assert_equals_string (json_object_get_string_member (file, "first_time"),
      "2024-06-01T10:20:30Z");
  fail_unless (json_object_get_null_member (file, "error"));
  fail_unless (json_object_get_double_member (file, "max_speed_mps") == 20.0);
  file = json_array_get_object_element (json_object_get_array_member (root,
          "files"), 1);
  assert_equals_string (json_object_get_string_member (file, "name"),
      "missing\357\277\275");
  totals = json_object_get_object_member (root, "totals");
  assert_equals_int (json_object_get_int_member (totals, "failed"), 1);
  assert_equals_int (json_object_get_int_member (totals, "fixes"), 4);
  report_free (report);
}

GST_END_TEST;

static Suite *
gpxtable_suite (void)
{
  Suite *s = suite_create ("gpxtable");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_numbers_of_a_track);
  tcase_add_test (tc, test_encrypted_positions_are_no_way);
  tcase_add_test (tc, test_lines_are_aligned);
  tcase_add_test (tc, test_duplicates_and_cameras);
  tcase_add_test (tc, test_report_is_json);
  return s;
}

GST_CHECK_MAIN (gpxtable);
