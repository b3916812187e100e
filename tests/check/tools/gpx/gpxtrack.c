/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/track.h"

#include <gst/check/gstcheck.h>

/* 2024-06-01T10:20:30 */
#define START G_GINT64_CONSTANT (1717237230)

static const TrackOptions defaults =
    { TRACK_CLOCK_AUTO, 0, 10000000, 0, FALSE };

static GPtrArray *
new_clips (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
}

static Recording *
new_clip (GPtrArray * clips)
{
  Recording *clip = g_new0 (Recording, 1);

  clip->records = spool_new (sizeof (RecordingRecord));
  g_ptr_array_add (clips, clip);
  return clip;
}

/* A fix at second of the drive, place hundredths of a degree from its start. */
static void
add (Recording * clip, GpsRecordClock clock, gint second, gint place)
{
  RecordingRecord record = { {0}, "test" };

  record.record.fields = GPSRECORD_POSITION;
  record.record.clock = clock;
  if (clock != GPSRECORD_CLOCK_NONE)
    record.record.time_us = (START + second) * G_USEC_PER_SEC;
  record.record.latitude = 48.0 + place / 100.0;
  record.record.longitude = 2.0 - place / 100.0;
  spool_add (clip->records, &record);
}

static void
add_range (Recording * clip, gint first, gint last)
{
  for (gint i = first; i <= last; i++)
    add (clip, GPSRECORD_CLOCK_UTC, i, i);
}

static GPtrArray *
build (GPtrArray * clips, const TrackOptions * options)
{
  g_autoptr (Spool) items = track_new_items ();
  g_autoptr (Spool) points = track_new_points ();

  for (guint i = 0; i < clips->len; i++)
    track_add_clip (items, clips->pdata[i], i);
  return track_build (items, options, points);
}

/* The tracks in short: places, "|" in front of those that start a segment, "/"
 * between tracks, and "L", "A" or "-" behind those with local, assumed or no time. */
static gchar *
summarise (GPtrArray * clips, const TrackOptions * options)
{
  g_autoptr (GPtrArray) tracks = build (clips, options);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    fail_unless (track->n_points > 0);
    for (guint j = 0; j < track->n_points; j++) {
      const TrackPoint *point = track_get_point (track, j);

      g_string_append_printf (text, "%s%s%s%d%s", i && !j ? " /" : "",
          text->len ? " " : "", point->new_segment ? "|" : "",
          (gint) ((point->fix.latitude - 48.0) * 100.0 + 0.5),
          point->fix.time_kind == GST_GPS_TIME_KIND_LOCAL ? "L"
          : point->fix.time_kind == GST_GPS_TIME_KIND_ASSUMED ? "A"
          : point->fix.time_kind == GST_GPS_TIME_KIND_NONE ? "-" : "");
    }
  }
  return g_string_free (text, FALSE);
}

static void
assert_track (GPtrArray * clips, const TrackOptions * options,
    const gchar * expected)
{
  g_autofree gchar *got = summarise (clips, options);

  assert_equals_string (got, expected);
}

GST_START_TEST (test_no_clip_no_fix)
{
  g_autoptr (GPtrArray) clips = new_clips ();

  assert_track (clips, &defaults, "");
  new_clip (clips);
  assert_track (clips, &defaults, "");
}

GST_END_TEST;

GST_START_TEST (test_voids_are_left_out)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  add_range (clip, 1, 3);
  ((RecordingRecord *) spool_edit (clip->records, 1))->record.fields = 0;
  assert_track (clips, &defaults, "|1 3");
}

GST_END_TEST;

GST_START_TEST (test_records_of_a_clip_are_sorted)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  add_range (clip, 5, 7);
  add_range (clip, 1, 4);
  assert_track (clips, &defaults, "|1 2 3 4 5 6 7");
}

GST_END_TEST;

GST_START_TEST (test_clips_in_any_order_make_one_segment)
{
  static const gint orders[][3] = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (GPtrArray) clips = new_clips ();

    for (guint j = 0; j < 3; j++)
      add_range (new_clip (clips), 3 * orders[i][j] + 1, 3 * orders[i][j] + 3);
    assert_track (clips, &defaults, "|1 2 3 4 5 6 7 8 9");
  }
}

GST_END_TEST;

GST_START_TEST (test_clips_that_overlap_give_no_duplicates)
{
  g_autoptr (GPtrArray) clips = new_clips ();

  add_range (new_clip (clips), 4, 9);
  add_range (new_clip (clips), 1, 6);
  add_range (new_clip (clips), 2, 3);
  assert_track (clips, &defaults, "|1 2 3 4 5 6 7 8 9");
}

GST_END_TEST;

GST_START_TEST (test_same_time_other_place_last_counts)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  add (clip, GPSRECORD_CLOCK_UTC, 1, 1);
  add (clip, GPSRECORD_CLOCK_UTC, 1, 2);
  add (clip, GPSRECORD_CLOCK_UTC, 2, 3);
  assert_track (clips, &defaults, "|2 3");
}

GST_END_TEST;

GST_START_TEST (test_pause_starts_a_segment)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  TrackOptions options = defaults;

  add_range (new_clip (clips), 15, 16);
  add_range (new_clip (clips), 1, 5);
  assert_track (clips, &defaults, "|1 2 3 4 5 15 16");
  options.gap_us = 9999999;
  assert_track (clips, &options, "|1 2 3 4 5 |15 16");
  options.gap_us = 0;
  assert_track (clips, &options, "|1 |2 |3 |4 |5 |15 |16");
}

GST_END_TEST;

GST_START_TEST (test_untimed_fix_stays_in_its_place)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  add (clip, GPSRECORD_CLOCK_NONE, 0, 3);
  add (clip, GPSRECORD_CLOCK_UTC, 4, 4);
  add (clip, GPSRECORD_CLOCK_UTC, 5, 5);
  add (clip, GPSRECORD_CLOCK_NONE, 0, 6);
  add (clip, GPSRECORD_CLOCK_UTC, 7, 7);
  add_range (new_clip (clips), 1, 2);
  assert_track (clips, &defaults, "|1 2 |3- |4 5 |6- |7");
}

GST_END_TEST;

GST_START_TEST (test_clips_without_times_come_last_each_for_itself)
{
  g_autoptr (GPtrArray) clips = new_clips ();

  for (gint i = 0; i < 2; i++) {
    Recording *clip = new_clip (clips);

    add (clip, GPSRECORD_CLOCK_NONE, 0, 30 - 10 * i);
    add (clip, GPSRECORD_CLOCK_NONE, 0, 31 - 10 * i);
    /* the same twice: the camera stands, or repeats itself */
    add (clip, GPSRECORD_CLOCK_NONE, 0, 31 - 10 * i);
  }
  add_range (new_clip (clips), 1, 2);
  assert_track (clips, &defaults, "|1 2 |30- 31- |20- 21-");
}

GST_END_TEST;

GST_START_TEST (test_clocks_are_not_mixed)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  for (gint i = 0; i < 6; i++)
    add (clip, i % 2 ? GPSRECORD_CLOCK_UTC : GPSRECORD_CLOCK_LOCAL, i, i + 1);
  assert_track (clips, &defaults, "|2 4 6 |1L 3L 5L");
}

GST_END_TEST;

GST_START_TEST (test_outliers_are_left_out_if_asked_for)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);
  TrackOptions options = defaults;

  /* a step is more than a kilometre */
  for (gint i = 1; i <= 6; i++)
    add (clip, GPSRECORD_CLOCK_UTC, i, i == 3 ? 90 : 1);
  for (gint i = 0; i < 3; i++)
    add (clip, GPSRECORD_CLOCK_UTC, 3, 90);
  assert_track (clips, &options, "|1 1 90 1 1 1");
  options.drop_outliers = TRUE;
  assert_track (clips, &options, "|1 1 1 1 1");
}

GST_END_TEST;

GST_START_TEST (test_time_by_an_assumed_zone_is_utc)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);

  /* they are in order, and told from each other */
  add (clip, GPSRECORD_CLOCK_UTC, 3, 3);
  add (clip, GPSRECORD_CLOCK_ASSUMED, 1, 1);
  add (clip, GPSRECORD_CLOCK_ASSUMED, 2, 2);
  assert_track (clips, &defaults, "|1A 2A |3");
}

GST_END_TEST;

GST_START_TEST (test_long_pause_starts_a_track)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  TrackOptions options = defaults;

  options.trip_gap_us = 900 * G_USEC_PER_SEC;
  add_range (new_clip (clips), 2000, 2001);
  add_range (new_clip (clips), 1, 2);
  add_range (new_clip (clips), 3, 4);
  add_range (new_clip (clips), 904, 905);
  assert_track (clips, &options, "|1 2 3 4 |904 905 / |2000 2001");
  options.trip_gap_us--;
  assert_track (clips, &options, "|1 2 3 4 / |904 905 / |2000 2001");
  options.trip_gap_us = 0;
  assert_track (clips, &options, "|1 2 3 4 |904 905 |2000 2001");
  /* a segment is never longer than a trip */
  options.trip_gap_us = 900 * G_USEC_PER_SEC;
  options.gap_us = G_GINT64_CONSTANT (1000000000000000);
  assert_track (clips, &options, "|1 2 3 4 904 905 / |2000 2001");
}

GST_END_TEST;

GST_START_TEST (test_clocks_have_their_own_tracks)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  TrackOptions options = defaults;

  options.trip_gap_us = 900 * G_USEC_PER_SEC;
  for (gint i = 0; i < 3; i++)
    add (new_clip (clips), i == 1 ? GPSRECORD_CLOCK_LOCAL
        : i == 2 ? GPSRECORD_CLOCK_NONE : GPSRECORD_CLOCK_UTC, i, i + 1);
  assert_track (clips, &options, "|1 / |2L |3-");
}

GST_END_TEST;

/* Two cameras in one car, one of which sees the receiver a little later. */
GST_START_TEST (test_two_cameras_do_not_zigzag)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *front = new_clip (clips);
  Recording *rear = new_clip (clips);

  for (gint i = 1; i <= 4; i++) {
    if (i != 3)
      add (front, GPSRECORD_CLOCK_UTC, i, 10 * i);
    add (rear, GPSRECORD_CLOCK_UTC, i, 10 * i - 1);
  }
  assert_track (clips, &defaults, "|10 20 29 40");
}

GST_END_TEST;

GST_START_TEST (test_order_is_kept_where_asked)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  TrackOptions options = defaults;

  options.keep_order = TRUE;
  options.trip_gap_us = 900 * G_USEC_PER_SEC;
  add_range (new_clip (clips), 5, 7);
  add_range (new_clip (clips), 1, 2);
  add_range (new_clip (clips), 2000, 2000);
  assert_track (clips, &options, "|5 6 7 |1 2 / |2000");
}

GST_END_TEST;

static gchar *
write_tracks (GPtrArray * tracks, const gchar * name)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  fail_unless (track_write (tracks, GST_GPS_FORMAT_GPX, name, NULL, stream,
          &error));
  fail_unless (error == NULL);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  fail_unless (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static gchar *
write_track (GPtrArray * clips, const gchar * name)
{
  g_autoptr (GPtrArray) tracks = build (clips, &defaults);

  return write_tracks (tracks, name);
}

static void
assert_has (const gchar * text, const gchar * part)
{
  fail_unless (strstr (text, part) != NULL, "no %s in %s", part, text);
}

GST_START_TEST (test_document_has_bounds_and_name)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  g_autofree gchar *text = NULL;

  add_range (new_clip (clips), 2, 5);
  text = write_track (clips, "clip.MP4");
  assert_has (text, "<name>clip.MP4</name>");
  assert_has (text, "<bounds minlat=\"48.0200000\" minlon=\"1.9500000\" "
      "maxlat=\"48.0500000\" maxlon=\"1.9800000\"/>");
  assert_has (text, "<time>2024-06-01T10:20:32Z</time>");
  fail_unless (g_str_has_suffix (text, "</gpx>\n"));
}

GST_END_TEST;

GST_START_TEST (test_bearing_is_the_course_and_an_offset)
{
  TrackOptions options = defaults;
  g_autoptr (GPtrArray) clips = new_clips ();
  Recording *clip = new_clip (clips);
  g_autoptr (GPtrArray) tracks = NULL;
  const Track *track;

  add_range (clip, 0, 1);
  for (guint i = 0; i < 2; i++) {
    RecordingRecord *record = spool_edit (clip->records, i);

    record->record.course = 270.0;
    record->record.fields |= i ? GPSRECORD_COURSE : 0;
  }
  options.has_bearing = TRUE;
  options.bearing_offset = 180.0;
  tracks = build (clips, &options);
  track = tracks->pdata[0];
  fail_if (track_get_point (track, 0)->fix.fields & GST_GPS_FIX_FIELD_BEARING);
  fail_unless (track_get_point (track, 1)->fix.fields &
      GST_GPS_FIX_FIELD_BEARING);
  assert_equals_float (track_get_point (track, 1)->fix.bearing, 90.0);
}

GST_END_TEST;

GST_START_TEST (test_document_without_fix)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  g_autofree gchar *text = write_track (clips, NULL);

  fail_unless (strstr (text, "<trkpt") == NULL);
  fail_unless (strstr (text, "<name") == NULL);
  fail_unless (g_str_has_suffix (text, "</gpx>\n"));
}

GST_END_TEST;

static guint
count (const gchar * text, const gchar * part)
{
  guint n = 0;

  for (; (text = strstr (text, part)) != NULL; text++)
    n++;
  return n;
}

GST_START_TEST (test_document_has_all_tracks)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  g_autoptr (GPtrArray) tracks = NULL;
  TrackOptions options = defaults;
  g_autofree gchar *plain = NULL;
  g_autofree gchar *named = NULL;

  options.trip_gap_us = 900 * G_USEC_PER_SEC;
  add_range (new_clip (clips), 1, 2);
  add_range (new_clip (clips), 2001, 2002);
  tracks = build (clips, &options);
  plain = write_tracks (tracks, NULL);
  assert_equals_int (count (plain, "<trk>"), 2);
  assert_equals_int (count (plain, "<name>"), 0);
  track_name_by_time (tracks);
  named = write_tracks (tracks, "drive");
  assert_equals_int (count (named, "<name>"), 3);
  assert_has (named, "<name>2024-06-01T10:20:31Z</name>");
  assert_has (named, "<name>2024-06-01T10:53:51Z</name>");
  assert_has (named, "maxlat=\"68.0200000\"");
}

GST_END_TEST;

/* Wherever the disk is full, the caller hears of it. */
GST_START_TEST (test_failing_to_write_is_told)
{
  g_autoptr (GPtrArray) clips = new_clips ();
  g_autoptr (GPtrArray) tracks = NULL;
  g_autofree gchar *text = NULL;
  gchar room[4096];
  gsize size;

  add_range (new_clip (clips), 1, 3);
  tracks = build (clips, &defaults);
  text = write_track (clips, NULL);
  size = strlen (text);
  fail_unless (size < sizeof room);

  for (gsize i = size % 13; i <= size; i += 13) {
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, i,
        NULL, NULL);
    g_autoptr (GError) error = NULL;
    gboolean ok =
        track_write (tracks, GST_GPS_FORMAT_GPX, NULL, NULL, stream, &error);

    fail_unless (ok == (i == size));
    fail_unless (ok || g_error_matches (error, G_IO_ERROR,
            G_IO_ERROR_NO_SPACE));
  }
}

GST_END_TEST;

static Suite *
gpxtrack_suite (void)
{
  Suite *s = suite_create ("gpxtrack");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_no_clip_no_fix);
  tcase_add_test (tc, test_voids_are_left_out);
  tcase_add_test (tc, test_records_of_a_clip_are_sorted);
  tcase_add_test (tc, test_clips_in_any_order_make_one_segment);
  tcase_add_test (tc, test_clips_that_overlap_give_no_duplicates);
  tcase_add_test (tc, test_same_time_other_place_last_counts);
  tcase_add_test (tc, test_pause_starts_a_segment);
  tcase_add_test (tc, test_untimed_fix_stays_in_its_place);
  tcase_add_test (tc, test_clips_without_times_come_last_each_for_itself);
  tcase_add_test (tc, test_clocks_are_not_mixed);
  tcase_add_test (tc, test_outliers_are_left_out_if_asked_for);
  tcase_add_test (tc, test_time_by_an_assumed_zone_is_utc);
  tcase_add_test (tc, test_long_pause_starts_a_track);
  tcase_add_test (tc, test_clocks_have_their_own_tracks);
  tcase_add_test (tc, test_two_cameras_do_not_zigzag);
  tcase_add_test (tc, test_order_is_kept_where_asked);
  tcase_add_test (tc, test_document_has_all_tracks);
  tcase_add_test (tc, test_document_has_bounds_and_name);
  tcase_add_test (tc, test_bearing_is_the_course_and_an_offset);
  tcase_add_test (tc, test_document_without_fix);
  tcase_add_test (tc, test_failing_to_write_is_told);
  return s;
}

GST_CHECK_MAIN (gpxtrack);
