/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dashring.h"
#include "wire/dialect.h"
#include "wire/gpscalibrate.h"

#define SECOND G_GINT64_CONSTANT (1000000)

/* Of latitude, in metres, on the sphere of gpsrecord_distance(). */
#define DEGREE 111133.0

#define KMH 0.277778
#define KNOTS 0.514444
#define MPH 0.447040

static GpsCalibrate cal;

static GpsRecord
gpscalibrate_record (gint second, gdouble metres, gdouble speed, gboolean raw)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  record.clock = GPSRECORD_CLOCK_UTC;
  record.time_us = 1717237230 * SECOND + second * SECOND;
  gpsrecord_set_position (&record, 48.0 + metres / DEGREE, 2.0);
  if (raw)
    gpsrecord_set_speed_raw (&record, speed);
  else
    gpsrecord_set_speed (&record, speed);
  return record;
}

/* A drive of n seconds that gets faster by a tenth of a metre per second; what
 * is recorded is that times a factor. */
static GpsCalibrateVerdict
gpscalibrate_drive (GpsCalibrateUnits units, gint n, gdouble speed,
    gdouble factor)
{
  gboolean raw = units.possible != 0 && units.used == 0;
  gdouble metres = 0;

  gpscalibrate_init (&cal, units);
  for (gint i = 0; i < n; i++) {
    GpsRecord record = gpscalibrate_record (i, metres, speed * factor, raw);

    gpscalibrate_feed (&cal, &record, -1);
    metres += speed + 0.05;
    speed += 0.1;
  }
  return cal.verdict;
}

static void
gpscalibrate_assert_factor (gdouble expected)
{
  gdouble speed = gpscalibrate_record (0, 0, 10, cal.is_raw).speed;
  GpsRecord record = gpscalibrate_record (0, 0, speed, cal.is_raw);

  gpscalibrate_apply (&cal, &record);
  wiretest_assert_near (record.speed, 10 * expected, 1e-4);
  fail_unless (record.fields & GPSRECORD_SPEED);
  fail_if (record.fields & GPSRECORD_SPEED_RAW);
}

static const GpsCalibrateUnits kmh_or_knots =
    { GPSCALIBRATE_KMH, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS };
static const GpsCalibrateUnits mph_or_kmh =
    { GPSCALIBRATE_MPH, GPSCALIBRATE_MPH | GPSCALIBRATE_KMH };
static const GpsCalibrateUnits unknown = { 0, GPSCALIBRATE_KMH |
      GPSCALIBRATE_KNOTS | GPSCALIBRATE_MPH | GPSCALIBRATE_MPS |
      GPSCALIBRATE_KMH_10 | GPSCALIBRATE_MPS_100
};

static const GpsCalibrateUnits certain = { 0, 0 };

GST_START_TEST (test_unit_taken_is_right)
{
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 20, 15, 1),
      GPSCALIBRATE_RIGHT);
  gpscalibrate_assert_factor (1);
  fail_unless_equals_int (gpscalibrate_drive (mph_or_kmh, 20, 15, 1),
      GPSCALIBRATE_RIGHT);
  fail_unless_equals_int (gpscalibrate_drive (certain, 20, 15, 1),
      GPSCALIBRATE_RIGHT);
}

GST_END_TEST;

GST_START_TEST (test_other_possible_unit)
{
  /* knots that were read as km/h are too slow */
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 20, 15,
          KMH / KNOTS), GPSCALIBRATE_CHANGED);
  fail_unless_equals_int (cal.unit, GPSCALIBRATE_KNOTS);
  gpscalibrate_assert_factor (1.852);
  fail_unless_equals_int (gpscalibrate_drive (mph_or_kmh, 20, 15, MPH / KMH),
      GPSCALIBRATE_CHANGED);
  fail_unless_equals_int (cal.unit, GPSCALIBRATE_KMH);
  gpscalibrate_assert_factor (1 / 1.609344);
}

GST_END_TEST;

GST_START_TEST (test_unit_that_no_such_camera_has)
{
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 20, 15, 3.6),
      GPSCALIBRATE_UNDECIDED);
  fail_unless_equals_int (gpscalibrate_drive (mph_or_kmh, 20, 15,
          MPH / KNOTS), GPSCALIBRATE_UNDECIDED);
  gpscalibrate_assert_factor (1);
}

GST_END_TEST;

static const struct
{
  gdouble size;
  unsigned unit;
  const gchar *name;
} gpscalibrate_sizes[] = {
  {KMH, GPSCALIBRATE_KMH, "km/h"},
  {KNOTS, GPSCALIBRATE_KNOTS, "knots"},
  {MPH, GPSCALIBRATE_MPH, "mph"},
  {1, GPSCALIBRATE_MPS, "m/s"},
  {KMH / 10, GPSCALIBRATE_KMH_10, "0.1 km/h"},
  {0.01, GPSCALIBRATE_MPS_100, "0.01 m/s"},
};

GST_START_TEST (test_unit_that_nobody_knows)
{
  gdouble size = gpscalibrate_sizes[__i__].size;

  fail_unless_equals_int (gpscalibrate_drive (unknown, 20, 15, 1 / size),
      GPSCALIBRATE_CHANGED);
  fail_unless_equals_int (cal.unit, gpscalibrate_sizes[__i__].unit);
  fail_unless_equals_string (gpscalibrate_get_name (cal.unit),
      gpscalibrate_sizes[__i__].name);
  gpscalibrate_assert_factor (size);
}

GST_END_TEST;

GST_START_TEST (test_number_of_an_unknown_unit_stays_out)
{
  GpsRecord record = gpscalibrate_record (0, 0, 10, TRUE);

  gpscalibrate_drive (unknown, 20, 15, 7);
  fail_unless_equals_int (cal.verdict, GPSCALIBRATE_UNDECIDED);
  gpscalibrate_apply (&cal, &record);
  fail_if (record.fields & GPSRECORD_SPEED);
  fail_unless (gpscalibrate_get_name (0) == NULL);
}

GST_END_TEST;

GST_START_TEST (test_number_is_taken_for_what_is_assumed)
{
  const GpsCalibrateUnits units = { 0, unknown.possible, GPSCALIBRATE_KMH };
  GpsRecord record = gpscalibrate_record (0, 0, 7, TRUE);

  /* the car creeps, or the recording is short */
  gpscalibrate_drive (units, 20, 1, 3.6);
  gpscalibrate_assert_factor (1 / 3.6);
  gpscalibrate_drive (units, 3, 15, 3.6);
  gpscalibrate_assert_factor (1 / 3.6);
  /* another unit is settled */
  gpscalibrate_drive (units, 20, 15, 100);
  gpscalibrate_assert_factor (0.01);
  /* the track speaks against it, and for no other */
  gpscalibrate_drive (units, 20, 15, 7);
  gpscalibrate_apply (&cal, &record);
  fail_if (record.fields & GPSRECORD_SPEED);
  gpscalibrate_drive (units, 5, 15, 100);
  gpscalibrate_apply (&cal, &record);
  fail_if (record.fields & GPSRECORD_SPEED);
}

GST_END_TEST;

static const gdouble gpscalibrate_mistakes[] = {
  1.852, 1 / 1.852, 1.609344, 1 / 1.609344, 3.6, 1 / 3.6
};

GST_START_TEST (test_mistake_is_told_of_and_left)
{
  gdouble factor = gpscalibrate_mistakes[__i__];

  fail_unless_equals_int (gpscalibrate_drive (certain, 20, 15, factor),
      GPSCALIBRATE_MISMATCH);
  wiretest_assert_near (cal.factor, 1 / factor, 1e-6);
  gpscalibrate_assert_factor (1);
}

GST_END_TEST;

GST_START_TEST (test_what_is_too_little)
{
  /* six steps; a car that stands; one that creeps */
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 6, 15, 1 / 1.852),
      GPSCALIBRATE_UNDECIDED);
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 7, 15, 1 / 1.852),
      GPSCALIBRATE_CHANGED);
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, 20, 1, 1 / 1.852),
      GPSCALIBRATE_UNDECIDED);
  fail_unless_equals_int (gpscalibrate_drive (kmh_or_knots, GPSCALIBRATE_HOLD,
          15, 1 / 1.852), GPSCALIBRATE_CHANGED);
}

GST_END_TEST;

GST_START_TEST (test_record_of_xbht_has_a_number_for_its_speed)
{
  g_autoptr (GByteArray) block = wiretest_hex ("00*16 "
      "00 18 06 01 0a 14 1e 00 41 4e 45 00*5 ce47e402 b1362100 00*4 2400 00*6");
  GpsRecord record;

  fail_unless_equals_int (dashring_xbht_decode (block->data, block->len,
          &record, 1), 1);
  fail_unless_equals_int (record.fields, GPSRECORD_POSITION |
      GPSRECORD_SPEED_RAW);
  fail_unless_equals_float (record.speed, 36);
  wiretest_assert_near (record.latitude, 48.85837, 1e-6);
  wiretest_assert_near (record.longitude, 2.294481, 1e-6);

  gpsrecord_reset (&record);
  fail_if (gpsrecord_set_speed_raw (&record, -1));
  fail_if (gpsrecord_set_speed_raw (&record, (gdouble) NAN));
  fail_if (gpsrecord_set_speed_raw (&record, (gdouble) INFINITY));
  fail_unless_equals_int (record.fields, 0);
}

GST_END_TEST;

GST_START_TEST (test_some_wrong_fixes_do_not_matter)
{
  gdouble metres = 0;

  gpscalibrate_init (&cal, kmh_or_knots);
  for (gint i = 0; i < 40; i++) {
    /* a place that is 300 m away, or a speed that was not renewed */
    gdouble off = i % 13 == 5 ? 300 : 0;
    GpsRecord record = gpscalibrate_record (i, metres + off,
        i % 17 == 3 ? 40 : 20 / 1.852, FALSE);

    gpscalibrate_feed (&cal, &record, -1);
    metres += 20;
  }
  fail_unless_equals_int (cal.verdict, GPSCALIBRATE_CHANGED);
  gpscalibrate_assert_factor (1.852);
}

GST_END_TEST;

GST_START_TEST (test_records_that_repeat_until_there_is_a_new_one)
{
  gpscalibrate_init (&cal, kmh_or_knots);
  /* thirty a second, without time; each second another place */
  for (gint i = 0; i < 600; i++) {
    GpsRecord record = gpscalibrate_record (0, i / 30 * 20, 20 / 1.852, FALSE);

    record.clock = GPSRECORD_CLOCK_NONE;
    gpscalibrate_feed (&cal, &record, i * SECOND / 30);
  }
  fail_unless_equals_int (cal.verdict, GPSCALIBRATE_CHANGED);

  /* and where nobody knows the time of the media, nothing is said */
  gpscalibrate_init (&cal, kmh_or_knots);
  for (gint i = 0; i < 20; i++) {
    GpsRecord record = gpscalibrate_record (0, i * 20, 20 / 1.852, FALSE);

    record.clock = GPSRECORD_CLOCK_NONE;
    gpscalibrate_feed (&cal, &record, -1);
  }
  fail_unless_equals_int (cal.verdict, GPSCALIBRATE_UNDECIDED);
}

GST_END_TEST;

GST_START_TEST (test_dialects_whose_units_are_doubted)
{
  const Dialect *dialect;
  guint n = 0;

  for (gsize i = 0; (dialect = dialect_get (i)); i++) {
    if (dialect->units.possible == 0)
      continue;
    n++;
    fail_unless (dialect->units.used == 0 || (dialect->units.possible &
            dialect->units.used), "%s", dialect->name);
    fail_unless ((dialect->units.used == 0) == g_str_equal (dialect->name,
            "xbht"), "%s", dialect->name);
  }
  fail_unless_equals_int (n, 8);
}

GST_END_TEST;

static Suite *
gpscalibrate_suite (void)
{
  Suite *suite = suite_create ("gpscalibrate");
  TCase *tcase = tcase_create ("gpscalibrate");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_unit_taken_is_right);
  tcase_add_test (tcase, test_other_possible_unit);
  tcase_add_test (tcase, test_unit_that_no_such_camera_has);
  tcase_add_loop_test (tcase, test_unit_that_nobody_knows, 0,
      G_N_ELEMENTS (gpscalibrate_sizes));
  tcase_add_test (tcase, test_number_of_an_unknown_unit_stays_out);
  tcase_add_test (tcase, test_number_is_taken_for_what_is_assumed);
  tcase_add_loop_test (tcase, test_mistake_is_told_of_and_left, 0,
      G_N_ELEMENTS (gpscalibrate_mistakes));
  tcase_add_test (tcase, test_what_is_too_little);
  tcase_add_test (tcase, test_record_of_xbht_has_a_number_for_its_speed);
  tcase_add_test (tcase, test_some_wrong_fixes_do_not_matter);
  tcase_add_test (tcase, test_records_that_repeat_until_there_is_a_new_one);
  tcase_add_test (tcase, test_dialects_whose_units_are_doubted);
  return suite;
}

GST_CHECK_MAIN (gpscalibrate);
