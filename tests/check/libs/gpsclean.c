/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/gpsclean.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static GpsClean clean;

static void
gpsclean_setup (void)
{
  gpsclean_init (&clean, 10 * SECOND);
}

static GpsRecord
gpsclean_record (GpsRecordClock clock, gint64 time_us, gdouble latitude)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  record.fields = GPSRECORD_POSITION;
  record.clock = clock;
  record.time_us = time_us;
  record.latitude = latitude;
  record.longitude = 2;
  return record;
}

/* A record of a UTC clock. */
static unsigned
gpsclean_fix (gint64 time_us, gdouble latitude)
{
  GpsRecord record = gpsclean_record (GPSRECORD_CLOCK_UTC, time_us, latitude);

  return gpsclean_feed (&clean, &record);
}

GST_START_TEST (test_first_record_starts_a_segment)
{
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_fix (6 * SECOND, 48.1), GPSCLEAN_KEEP);
  fail_unless (clean.has_last);
  fail_unless_equals_float (clean.last.latitude, 48.1);
}

GST_END_TEST;

GST_START_TEST (test_void_is_dropped_and_leaves_no_trace)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_VOID);
  gpsclean_fix (5 * SECOND, 48);
  record.clock = GPSRECORD_CLOCK_LOCAL;
  record.time_us = 500 * SECOND;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_VOID);
  fail_unless_equals_int (gpsclean_fix (6 * SECOND, 48.1), GPSCLEAN_KEEP);
}

GST_END_TEST;

/* A record whose position cannot be read. */
static unsigned
gpsclean_encrypted (gint64 time_us)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  record.fields = GPSRECORD_ENCRYPTED;
  record.clock = GPSRECORD_CLOCK_UTC;
  record.time_us = time_us;
  return gpsclean_feed (&clean, &record);
}

GST_START_TEST (test_encrypted_is_kept_once_for_each_time)
{
  fail_unless_equals_int (gpsclean_encrypted (5 * SECOND),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_encrypted (5 * SECOND), GPSCLEAN_DUPLICATE);
  fail_unless_equals_int (gpsclean_encrypted (6 * SECOND), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_encrypted (17 * SECOND),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
}

GST_END_TEST;

GST_START_TEST (test_position_takes_the_place_of_an_encrypted_one)
{
  gpsclean_encrypted (5 * SECOND);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48),
      GPSCLEAN_KEEP | GPSCLEAN_REPLACE);
  fail_unless_equals_int (gpsclean_encrypted (5 * SECOND), GPSCLEAN_DUPLICATE);
  fail_unless_equals_int (gpsclean_encrypted (6 * SECOND), GPSCLEAN_KEEP);
}

GST_END_TEST;

GST_START_TEST (test_same_time_and_place_is_a_duplicate)
{
  gpsclean_fix (5 * SECOND, 48);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48), GPSCLEAN_DUPLICATE);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48), GPSCLEAN_DUPLICATE);
  fail_unless_equals_int (gpsclean_fix (6 * SECOND, 48), GPSCLEAN_KEEP);
}

GST_END_TEST;

GST_START_TEST (test_same_time_at_another_place_replaces)
{
  GpsRecord record = gpsclean_record (GPSRECORD_CLOCK_UTC, 5 * SECOND, 48.1);

  gpsclean_fix (5 * SECOND, 48);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48.1),
      GPSCLEAN_KEEP | GPSCLEAN_REPLACE);
  record.longitude = 2.1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record),
      GPSCLEAN_KEEP | GPSCLEAN_REPLACE);
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_DUPLICATE);
}

GST_END_TEST;

GST_START_TEST (test_gap_starts_a_segment)
{
  gpsclean_fix (5 * SECOND, 48);
  fail_unless_equals_int (gpsclean_fix (15 * SECOND, 48.1), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_fix (25 * SECOND + 1, 48.2),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
}

GST_END_TEST;

GST_START_TEST (test_clock_that_jumps_back_starts_a_segment)
{
  gpsclean_fix (5 * SECOND, 48);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND - 1, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48), GPSCLEAN_KEEP);
}

GST_END_TEST;

GST_START_TEST (test_other_kind_of_clock_starts_a_segment)
{
  static const GpsRecordClock clocks[] = {
    GPSRECORD_CLOCK_LOCAL, GPSRECORD_CLOCK_UTC, GPSRECORD_CLOCK_NONE,
    GPSRECORD_CLOCK_LOCAL
  };

  gpsclean_fix (5 * SECOND, 48);
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++) {
    GpsRecord record = gpsclean_record (clocks[i], 5 * SECOND, 48);

    fail_unless_equals_int (gpsclean_feed (&clean, &record),
        GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  }
}

GST_END_TEST;

GST_START_TEST (test_reset_starts_a_segment)
{
  gpsclean_fix (5 * SECOND, 48);
  gpsclean_reset (&clean);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_fix (15 * SECOND, 48), GPSCLEAN_KEEP);
}

GST_END_TEST;

GST_START_TEST (test_without_time_only_the_very_same_record_is_a_duplicate)
{
  GpsRecord record = gpsclean_record (GPSRECORD_CLOCK_NONE, 0, 48);

  record.fields |= GPSRECORD_ALTITUDE | GPSRECORD_SPEED | GPSRECORD_COURSE |
      GPSRECORD_ACCELERATION;
  gpsclean_feed (&clean, &record);
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_DUPLICATE);
  record.acceleration[2] = 0.1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_DUPLICATE);
  record.course = 1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.speed = 1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.altitude = 1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.longitude = 3;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.latitude = 49;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.time_us = 1;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_DUPLICATE);
  record.fields = GPSRECORD_POSITION;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_KEEP);
  record.speed = 2;
  fail_unless_equals_int (gpsclean_feed (&clean, &record), GPSCLEAN_DUPLICATE);
}

GST_END_TEST;

GST_START_TEST (test_extreme_times_and_gaps)
{
  gpsclean_fix (G_MININT64, 48);
  fail_unless_equals_int (gpsclean_fix (G_MAXINT64, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_fix (G_MININT64, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);

  gpsclean_init (&clean, G_MAXINT64);
  gpsclean_fix (0, 48);
  fail_unless_equals_int (gpsclean_fix (G_MAXINT64, 48), GPSCLEAN_KEEP);

  gpsclean_init (&clean, 0);
  gpsclean_fix (0, 48);
  fail_unless_equals_int (gpsclean_fix (1, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);

  gpsclean_init (&clean, -1);
  gpsclean_fix (0, 48);
  fail_unless_equals_int (gpsclean_fix (1, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
}

GST_END_TEST;

GST_START_TEST (test_split_starts_a_segment)
{
  gpsclean_fix (5 * SECOND, 48);
  gpsclean_split (&clean);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48), GPSCLEAN_DUPLICATE);
  fail_unless_equals_int (gpsclean_fix (6 * SECOND, 48),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_fix (7 * SECOND, 48), GPSCLEAN_KEEP);
}

GST_END_TEST;

GST_START_TEST (test_without_a_filter_all_with_a_position_is_kept)
{
  GpsRecord untimed = gpsclean_record (GPSRECORD_CLOCK_NONE, 0, 48);
  GpsRecord empty;

  gpsrecord_reset (&empty);
  clean.filter = GPSCLEAN_FILTER_NONE;
  gpsclean_fix (5 * SECOND, 48);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_fix (5 * SECOND, 48.1), GPSCLEAN_KEEP);
  fail_unless_equals_int (gpsclean_feed (&clean, &empty), GPSCLEAN_VOID);
  fail_unless_equals_int (gpsclean_feed (&clean, &untimed),
      GPSCLEAN_KEEP | GPSCLEAN_SEGMENT);
  fail_unless_equals_int (gpsclean_feed (&clean, &untimed), GPSCLEAN_KEEP);
}

GST_END_TEST;

/* A record a second behind one at 48 degrees, and another behind that: how
 * far they are off, in metres, at which speed. */
static const struct
{
  gdouble there;
  gdouble behind;
  gdouble speed;                /* m/s */
  gboolean is_outlier;
} gpsclean_outliers[] = {
  {1000, 0, 0, TRUE},
  {90, 0, 0, TRUE},
  {-5000, 20, 20, TRUE},
  /* below 300 km/h, which are 83 m/s */
  {80, 0, 0, FALSE},
  /* on one side alone: the place before was the wrong one */
  {1000, 1010, 0, FALSE},
  {10, 1000, 0, FALSE},
  /* below three times the speed recorded */
  {200, 0, 70, FALSE},
  {230, 0, 70, TRUE},
};

GST_START_TEST (test_outliers)
{
  gdouble speed = gpsclean_outliers[__i__].speed;
  gdouble degree = 111132.0;
  gboolean is_outlier = gpsclean_outliers[__i__].is_outlier;
  GpsRecord a = gpsclean_record (GPSRECORD_CLOCK_UTC, 5 * SECOND, 48);
  GpsRecord b = gpsclean_record (GPSRECORD_CLOCK_UTC, 6 * SECOND,
      48 + gpsclean_outliers[__i__].there / degree);
  GpsRecord c = gpsclean_record (GPSRECORD_CLOCK_UTC, 7 * SECOND,
      48 + gpsclean_outliers[__i__].behind / degree);

  gpsrecord_set_speed (&a, speed);
  gpsrecord_set_speed (&b, speed);
  gpsrecord_set_speed (&c, speed);
  for (GpsCleanFilter f = 0; f <= GPSCLEAN_FILTER_OUTLIERS; f++) {
    gpsclean_init (&clean, 10 * SECOND);
    clean.filter = f;
    gpsclean_feed_ahead (&clean, &a, &b);
    fail_unless_equals_int (gpsclean_feed_ahead (&clean, &b, &c),
        is_outlier && f == GPSCLEAN_FILTER_OUTLIERS ? GPSCLEAN_OUTLIER
        : GPSCLEAN_KEEP);
    fail_unless_equals_int (gpsclean_feed_ahead (&clean, &c, NULL),
        GPSCLEAN_KEEP);
  }
}

GST_END_TEST;

GST_START_TEST (test_no_outlier_without_both_sides)
{
  GpsRecord a = gpsclean_record (GPSRECORD_CLOCK_UTC, 5 * SECOND, 48);
  GpsRecord b = gpsclean_record (GPSRECORD_CLOCK_UTC, 6 * SECOND, 49);
  GpsRecord others[] = {
    gpsclean_record (GPSRECORD_CLOCK_LOCAL, 7 * SECOND, 48),
    gpsclean_record (GPSRECORD_CLOCK_NONE, 0, 48),
    gpsclean_record (GPSRECORD_CLOCK_UTC, 6 * SECOND, 48),
    gpsclean_record (GPSRECORD_CLOCK_UTC, 5 * SECOND, 48),
    gpsclean_record (GPSRECORD_CLOCK_UTC, 7 * SECOND, 48),
  };

  others[4].fields = 0;
  clean.filter = GPSCLEAN_FILTER_OUTLIERS;
  /* the first */
  fail_unless (gpsclean_feed_ahead (&clean, &b, &a) & GPSCLEAN_KEEP);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    gpsclean_reset (&clean);
    gpsclean_feed_ahead (&clean, &a, &b);
    fail_if (gpsclean_is_comparable (&b, &others[i]), "%u", i);
    fail_unless_equals_int (gpsclean_feed_ahead (&clean, &b, &others[i]),
        GPSCLEAN_KEEP);
  }
  gpsclean_reset (&clean);
  gpsclean_feed_ahead (&clean, &a, &b);
  fail_unless_equals_int (gpsclean_feed (&clean, &b), GPSCLEAN_KEEP);
}

GST_END_TEST;

static Suite *
gpsclean_suite (void)
{
  Suite *suite = suite_create ("gpsclean");
  TCase *tcase = tcase_create ("gpsclean");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, gpsclean_setup, NULL);
  tcase_add_test (tcase, test_first_record_starts_a_segment);
  tcase_add_test (tcase, test_void_is_dropped_and_leaves_no_trace);
  tcase_add_test (tcase, test_same_time_and_place_is_a_duplicate);
  tcase_add_test (tcase, test_same_time_at_another_place_replaces);
  tcase_add_test (tcase, test_gap_starts_a_segment);
  tcase_add_test (tcase, test_clock_that_jumps_back_starts_a_segment);
  tcase_add_test (tcase, test_encrypted_is_kept_once_for_each_time);
  tcase_add_test (tcase, test_position_takes_the_place_of_an_encrypted_one);
  tcase_add_test (tcase, test_other_kind_of_clock_starts_a_segment);
  tcase_add_test (tcase, test_reset_starts_a_segment);
  tcase_add_test (tcase,
      test_without_time_only_the_very_same_record_is_a_duplicate);
  tcase_add_test (tcase, test_extreme_times_and_gaps);
  tcase_add_test (tcase, test_split_starts_a_segment);
  tcase_add_test (tcase, test_without_a_filter_all_with_a_position_is_kept);
  tcase_add_loop_test (tcase, test_outliers, 0,
      G_N_ELEMENTS (gpsclean_outliers));
  tcase_add_test (tcase, test_no_outlier_without_both_sides);
  return suite;
}

GST_CHECK_MAIN (gpsclean);
