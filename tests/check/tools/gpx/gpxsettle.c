/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/settle.h"

#include <gst/check/gstcheck.h>

/* 2024-06-01T10:20:30 */
#define START G_GINT64_CONSTANT (1717237230)
#define HOUR 3600

static TrackOptions options;

static void
setup (void)
{
  options = (TrackOptions) {
  TRACK_CLOCK_AUTO, 0, 10000000};
}

static Recording *
new_clip (const gchar * name)
{
  Recording *clip = g_new0 (Recording, 1);

  clip->name = g_strdup (name);
  clip->records = spool_new (sizeof (RecordingRecord));
  return clip;
}

static void
add (Recording * clip, GpsRecordClock clock, gint64 second)
{
  RecordingRecord record = { {0}, "test", 0, -1 };

  record.record.fields = GPSRECORD_POSITION;
  record.record.clock = clock;
  record.record.latitude = 48.0;
  record.record.longitude = 2.0;
  if (clock != GPSRECORD_CLOCK_NONE)
    record.record.time_us = second * G_USEC_PER_SEC;
  spool_add (clip->records, &record);
}

static void
add_range (Recording * clip, GpsRecordClock clock, gint64 second)
{
  for (gint i = 0; i < 3; i++)
    add (clip, clock, second + i);
}

static RecordingRecord *
get (Recording * clip, guint at)
{
  return spool_edit (clip->records, at);
}

/* time 0: none. */
static void
assert_record (Recording * clip, guint at, GpsRecordClock clock, gint64 time)
{
  const GpsRecord *record = &get (clip, at)->record;

  assert_equals_int (record->clock, clock);
  assert_equals_int64 (record->time_us, time * G_USEC_PER_SEC);
}

static const Dialect *
find_dialect (const gchar * name)
{
  const Dialect *dialect;

  for (gsize i = 0; (dialect = dialect_get (i)) != NULL; i++)
    if (g_str_equal (dialect->name, name))
      break;
  fail_unless (dialect != NULL, "no %s", name);
  return dialect;
}

/* A drive at 20 m/s to the north, of which that many metres per second are
 * recorded. */
static void
add_drive (Recording * clip, const gchar * dialect, gdouble speed)
{
  for (guint i = 0; i < 12; i++) {
    RecordingRecord *record;

    add (clip, GPSRECORD_CLOCK_UTC, START + i);
    record = get (clip, i);
    record->dialect = find_dialect (dialect);
    record->record.latitude += i * 20.0 / 111132.0;
    gpsrecord_set_speed (&record->record, speed);
  }
}

GST_START_TEST (test_track_settles_the_unit_of_speeds)
{
  g_autoptr (Recording) clip = new_clip (NULL);
  g_autoptr (Recording) right = new_clip (NULL);

  add_drive (clip, "gps0", 20.0 / 1.852);
  settle_recording (clip, &options);
  for (guint i = 0; i < 12; i++)
    assert_equals_float (get (clip, i)->record.speed, 20.0 / 1.852 * 1.852);
  assert_equals_string (clip->speed_text, "the track says that speeds are in "
      "knots");

  add_drive (right, "gps0", 20.0);
  settle_recording (right, &options);
  assert_equals_float (get (right, 3)->record.speed, 20.0);
  fail_unless (right->speed_text == NULL);
}

GST_END_TEST;

GST_START_TEST (test_speed_that_nobody_doubts_is_told_of)
{
  g_autoptr (Recording) clip = new_clip (NULL);

  add_drive (clip, "novatek-e", 20.0 * 1.852);
  settle_recording (clip, &options);
  assert_equals_int (clip->speed_verdict, GPSCALIBRATE_MISMATCH);
  assert_equals_string (clip->speed_text, "the recorded speed is 1.85 times "
      "that of the track");
  assert_equals_float (get (clip, 3)->record.speed, 20.0 * 1.852);
}

GST_END_TEST;

GST_START_TEST (test_dialect_alone)
{
  g_autoptr (Recording) clip = new_clip ("trip.MP4");

  add_range (clip, GPSRECORD_CLOCK_UTC, START);
  settle_recording (clip, &options);
  assert_record (clip, 2, GPSRECORD_CLOCK_UTC, START + 2);
  assert_equals_string (clip->verdict_text, "UTC, as the dialect says");
  assert_equals_int (clip->verdict.shows, GPSRECORD_CLOCK_UTC);
}

GST_END_TEST;

GST_START_TEST (test_name_of_the_file)
{
  g_autoptr (Recording) clip = new_clip ("card/20240601_102030.MP4");
  g_autoptr (Recording) sure = new_clip ("card/20240601_102030.MP4");
  g_autoptr (Recording) pipe = new_clip ("20240601_102030.MP4");

  add_range (clip, GPSRECORD_CLOCK_UTC, START);
  settle_recording (clip, &options);
  assert_record (clip, 0, GPSRECORD_CLOCK_LOCAL, START);

  add_range (sure, GPSRECORD_CLOCK_UTC, START);
  for (guint i = 0; i < 3; i++)
    get (sure, i)->dialect = find_dialect ("nmea");
  settle_recording (sure, &options);
  assert_record (sure, 0, GPSRECORD_CLOCK_UTC, START);

  pipe->is_stdin = TRUE;
  add_range (pipe, GPSRECORD_CLOCK_UTC, START);
  settle_recording (pipe, &options);
  assert_record (pipe, 0, GPSRECORD_CLOCK_UTC, START);
}

GST_END_TEST;

GST_START_TEST (test_creation_time)
{
  g_autoptr (Recording) clip = new_clip ("trip.MP4");

  clip->creation_us = (START - 2 * HOUR) * G_USEC_PER_SEC;
  options.zone = g_time_zone_new_utc ();
  add_range (clip, GPSRECORD_CLOCK_LOCAL, START);
  settle_recording (clip, &options);
  assert_record (clip, 0, GPSRECORD_CLOCK_UTC, START - 2 * HOUR);
  g_time_zone_unref (options.zone);
}

GST_END_TEST;

GST_START_TEST (test_zone_is_assumed)
{
  g_autoptr (Recording) clip = new_clip (NULL);

  options.zone = g_time_zone_new_identifier ("Europe/Berlin");
  options.zone_name = (gchar *) "Europe/Berlin";
  add_range (clip, GPSRECORD_CLOCK_LOCAL, START);
  add (clip, GPSRECORD_CLOCK_NONE, 0);
  settle_recording (clip, &options);
  assert_record (clip, 0, GPSRECORD_CLOCK_ASSUMED, START - 2 * HOUR);
  assert_record (clip, 3, GPSRECORD_CLOCK_NONE, 0);
  assert_equals_string (clip->verdict_text, "local time, as the dialect says; "
      "UTC+2 assumed from the time zone Europe/Berlin");
  g_time_zone_unref (options.zone);
}

GST_END_TEST;

GST_START_TEST (test_rows_before_the_clock_was_set_are_moved)
{
  g_autoptr (Recording) clip = new_clip ("20240601_122030.MP4");

  add_range (clip, GPSRECORD_CLOCK_UTC, START + 2 * HOUR);
  add_range (clip, GPSRECORD_CLOCK_UTC, START + 3);
  settle_recording (clip, &options);
  for (guint i = 0; i < 6; i++)
    assert_record (clip, i, GPSRECORD_CLOCK_UTC, START + i);
}

GST_END_TEST;

GST_START_TEST (test_owner_knows_the_clock)
{
  static const TrackClock clocks[] = { TRACK_CLOCK_UTC, TRACK_CLOCK_LOCAL };

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Recording) clip = new_clip ("20240601_122030.MP4");

    options.clock = clocks[i];
    options.time_offset = -60;
    add (clip, GPSRECORD_CLOCK_UTC, START);
    add (clip, GPSRECORD_CLOCK_LOCAL, START + 1);
    add (clip, GPSRECORD_CLOCK_NONE, 0);
    settle_recording (clip, &options);
    for (guint k = 0; k < 2; k++)
      assert_record (clip, k, i == 0 ? GPSRECORD_CLOCK_UTC :
          GPSRECORD_CLOCK_LOCAL, START + k - 60);
    assert_record (clip, 2, GPSRECORD_CLOCK_NONE, 0);
  }
}

GST_END_TEST;

static Suite *
gpxsettle_suite (void)
{
  Suite *s = suite_create ("gpxsettle");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, setup, NULL);
  tcase_add_test (tc, test_dialect_alone);
  tcase_add_test (tc, test_track_settles_the_unit_of_speeds);
  tcase_add_test (tc, test_speed_that_nobody_doubts_is_told_of);
  tcase_add_test (tc, test_name_of_the_file);
  tcase_add_test (tc, test_creation_time);
  tcase_add_test (tc, test_zone_is_assumed);
  tcase_add_test (tc, test_rows_before_the_clock_was_set_are_moved);
  tcase_add_test (tc, test_owner_knows_the_clock);
  return s;
}

GST_CHECK_MAIN (gpxsettle);
