/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

/* That of math.h is a float. */
#define NOT_A_NUMBER (__builtin_nan (""))

/* A record that no setter touched keeps this. */
static GpsRecord
gpsrecord_marked (void)
{
  GpsRecord record;

  memset (&record, 0x5a, sizeof record);
  return record;
}

#define ASSERT_REFUSED(call) G_STMT_START { \
  GpsRecord refused = gpsrecord_marked (); \
  GpsRecord before = refused; \
  fail_if (call); \
  fail_unless (memcmp (&refused, &before, sizeof refused) == 0); \
} G_STMT_END

GST_START_TEST (test_reset_makes_a_void_record)
{
  GpsRecord record = gpsrecord_marked ();

  gpsrecord_reset (&record);
  fail_unless_equals_int (record.fields, 0);
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_NONE);
  fail_unless_equals_int64 (record.time_us, 0);
}

GST_END_TEST;

GST_START_TEST (test_time_of_each_day_agrees_with_glib)
{
  for (guint year = 2000; year <= 2099; year++) {
    for (guint month = 1; month <= 12; month++) {
      guint days = g_date_get_days_in_month (month, (GDateYear) year);
      GpsRecord record;

      for (guint day = 1; day <= days; day++) {
        gpsrecord_reset (&record);
        fail_unless (gpsrecord_set_time (&record, GPSRECORD_CLOCK_UTC, year,
                month, day, 23, 59, 58));
        fail_unless_equals_int64 (record.time_us, wiretest_time ((gint) year,
                (gint) month, (gint) day, 23, 59, 58));
      }
      ASSERT_REFUSED (gpsrecord_set_time (&refused, GPSRECORD_CLOCK_UTC, year,
              month, days + 1, 0, 0, 0));
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_time_takes_two_digit_years_and_leap_seconds)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless (gpsrecord_set_time (&record, GPSRECORD_CLOCK_UTC, 24, 6, 1, 10,
          20, 30));
  fail_unless_equals_int64 (record.time_us,
      G_GINT64_CONSTANT (1717237230000000));
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_UTC);
  fail_unless (gpsrecord_set_time (&record, GPSRECORD_CLOCK_LOCAL, 0, 1, 1, 0,
          0, 0));
  fail_unless_equals_int64 (record.time_us,
      G_GINT64_CONSTANT (946684800000000));
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_LOCAL);
  fail_unless (gpsrecord_set_time (&record, GPSRECORD_CLOCK_UTC, 99, 12, 31,
          23, 59, 60));
  fail_unless_equals_int64 (record.time_us,
      G_GINT64_CONSTANT (4102444799000000));
}

GST_END_TEST;

GST_START_TEST (test_time_that_does_not_exist_is_refused)
{
  static const guint32 bad[][6] = {
    {100, 1, 1, 0, 0, 0}, {1999, 1, 1, 0, 0, 0}, {2100, 1, 1, 0, 0, 0},
    {G_MAXUINT32, 1, 1, 0, 0, 0}, {2024, 0, 1, 0, 0, 0},
    {2024, 13, 1, 0, 0, 0}, {2024, G_MAXUINT32, 1, 0, 0, 0},
    {2024, 1, 0, 0, 0, 0}, {2024, 1, 32, 0, 0, 0},
    {2024, 1, G_MAXUINT32, 0, 0, 0}, {2023, 2, 29, 0, 0, 0},
    {2024, 2, 30, 0, 0, 0}, {2024, 4, 31, 0, 0, 0}, {2024, 1, 1, 24, 0, 0},
    {2024, 1, 1, G_MAXUINT32, 0, 0}, {2024, 1, 1, 0, 60, 0},
    {2024, 1, 1, 0, G_MAXUINT32, 0}, {2024, 1, 1, 0, 0, 61},
    {2024, 1, 1, 0, 0, G_MAXUINT32},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    ASSERT_REFUSED (gpsrecord_set_time (&refused, GPSRECORD_CLOCK_UTC,
            bad[i][0], bad[i][1], bad[i][2], bad[i][3], bad[i][4], bad[i][5]));
  ASSERT_REFUSED (gpsrecord_set_time (&refused, GPSRECORD_CLOCK_NONE, 2024, 1,
          1, 0, 0, 0));
}

GST_END_TEST;

GST_START_TEST (test_position_takes_the_whole_globe)
{
  static const gdouble good[][2] = {
    {90, 180}, {-90, -180}, {0, 1e-9}, {-1e-9, 0}, {48.858374, 2.294481},
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    GpsRecord record;

    gpsrecord_reset (&record);
    fail_unless (gpsrecord_set_position (&record, good[i][0], good[i][1]));
    fail_unless_equals_int (record.fields, GPSRECORD_POSITION);
    fail_unless_equals_float (record.latitude, good[i][0]);
    fail_unless_equals_float (record.longitude, good[i][1]);
  }
}

GST_END_TEST;

GST_START_TEST (test_position_that_is_none_is_refused)
{
  static const gdouble bad[][2] = {
    {0, 0}, {-0.0, 0.0}, {90.0000001, 0}, {-90.0000001, 0}, {1, 180.0000001},
    {1, -180.0000001}, {NOT_A_NUMBER, 1}, {1, NOT_A_NUMBER}, {HUGE_VAL, 1}, {1,
        -HUGE_VAL},
    {1e308, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    ASSERT_REFUSED (gpsrecord_set_position (&refused, bad[i][0], bad[i][1]));
}

GST_END_TEST;

GST_START_TEST (test_degrees_and_minutes_take_their_sign_from_the_letters)
{
  static const struct
  {
    gdouble latitude;
    gchar north_south;
    gdouble longitude;
    gchar east_west;
    gdouble expected[2];
  } good[] = {
    {4851.5022, 'N', 217.6688, 'E', {48.85837, 2.2944800}},
    {4851.5022, 'S', 217.6688, 'W', {-48.85837, -2.2944800}},
    {-4851.5022, 'N', -217.6688, 'E', {48.85837, 2.2944800}},
    {-4851.5022, 'S', -217.6688, 'W', {-48.85837, -2.2944800}},
    {9000, 'N', 18000, 'W', {90, -180}},
    {59.99, 'S', 0, 'E', {-59.99 / 60, 0}},
    {159.9999, 'N', 17959.9999, 'E', {1 + 59.9999 / 60, 179 + 59.9999 / 60}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    GpsRecord record;

    gpsrecord_reset (&record);
    fail_unless (gpsrecord_set_position_ddmm (&record, good[i].latitude,
            good[i].north_south, good[i].longitude, good[i].east_west));
    wiretest_assert_near (record.latitude, good[i].expected[0], 1e-9);
    wiretest_assert_near (record.longitude, good[i].expected[1], 1e-9);
  }
}

GST_END_TEST;

GST_START_TEST (test_degrees_and_minutes_that_are_none_are_refused)
{
  static const struct
  {
    gdouble latitude;
    gchar north_south;
    gdouble longitude;
    gchar east_west;
  } bad[] = {
    {4860.1, 'N', 217, 'E'}, {4899.9, 'N', 217, 'E'}, {4851, 'N', 260.1, 'E'},
    {9000.1, 'N', 217, 'E'}, {9100, 'N', 217, 'E'}, {4851, 'N', 18000.1, 'E'},
    {4851, 'N', 18100, 'E'}, {0, 'N', 0, 'E'}, {-0.0, 'S', -0.0, 'W'},
    {NOT_A_NUMBER, 'N', 217, 'E'}, {4851, 'N', NOT_A_NUMBER, 'E'}, {HUGE_VAL,
        'N', 217, 'E'},
    {4851, 'N', -HUGE_VAL, 'E'}, {1e300, 'N', 217, 'E'}, {4851, 'n', 217, 'E'},
    {4851, 'N', 217, 'e'}, {4851, 'E', 217, 'N'}, {4851, 0, 217, 'E'},
    {4851, 'N', 217, 0}, {4851, '0', 217, '0'},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    ASSERT_REFUSED (gpsrecord_set_position_ddmm (&refused, bad[i].latitude,
            bad[i].north_south, bad[i].longitude, bad[i].east_west));
}

GST_END_TEST;

/* What a float makes of 12259.9996. */
GST_START_TEST (test_minutes_that_were_rounded_up_to_a_degree_are_taken)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless (gpsrecord_set_position_ddmm (&record, 4860.0, 'N', 12260.0,
          'W'));
  fail_unless_equals_float (record.latitude, 49.0);
  fail_unless_equals_float (record.longitude, -123.0);
}

GST_END_TEST;

GST_START_TEST (test_speed_is_in_metres_per_second)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless (gpsrecord_set_speed_knots (&record, 19.438445));
  wiretest_assert_near (record.speed, 10.0, 1e-6);
  fail_unless_equals_int (record.fields, GPSRECORD_SPEED);
  fail_unless (gpsrecord_set_speed_knots (&record, -0.0));
  fail_if (signbit (record.speed));
  fail_unless (gpsrecord_set_speed_knots (&record, 269.97));
  ASSERT_REFUSED (gpsrecord_set_speed_knots (&refused, 269.98));
  ASSERT_REFUSED (gpsrecord_set_speed_knots (&refused, -0.001));
  ASSERT_REFUSED (gpsrecord_set_speed_knots (&refused, NOT_A_NUMBER));
  ASSERT_REFUSED (gpsrecord_set_speed_knots (&refused, HUGE_VAL));
}

GST_END_TEST;

GST_START_TEST (test_course_is_brought_into_one_turn)
{
  static const gdouble values[][2] = {
    {0, 0}, {359.99, 359.99}, {360, 0}, {413.1, 53.1}, {720, 0}, {-90, 270},
    {-720, 0}, {-1e-20, 0}, {-0.0, 0},
  };
  GpsRecord record;

  gpsrecord_reset (&record);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    fail_unless (gpsrecord_set_course (&record, values[i][0]));
    wiretest_assert_near (record.course, values[i][1], 1e-9);
    fail_unless (record.course >= 0.0 && record.course < 360.0);
  }
  fail_unless_equals_int (record.fields, GPSRECORD_COURSE);
  ASSERT_REFUSED (gpsrecord_set_course (&refused, 720.1));
  ASSERT_REFUSED (gpsrecord_set_course (&refused, -720.1));
  ASSERT_REFUSED (gpsrecord_set_course (&refused, NOT_A_NUMBER));
  ASSERT_REFUSED (gpsrecord_set_course (&refused, HUGE_VAL));
}

GST_END_TEST;

GST_START_TEST (test_altitude_is_that_of_a_road)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless (gpsrecord_set_altitude (&record, -430.5));
  fail_unless_equals_float (record.altitude, -430.5);
  fail_unless_equals_int (record.fields, GPSRECORD_ALTITUDE);
  fail_unless (gpsrecord_set_altitude (&record, 20000));
  fail_unless (gpsrecord_set_altitude (&record, -1000));
  ASSERT_REFUSED (gpsrecord_set_altitude (&refused, 20001));
  ASSERT_REFUSED (gpsrecord_set_altitude (&refused, -1001));
  ASSERT_REFUSED (gpsrecord_set_altitude (&refused, NOT_A_NUMBER));
}

GST_END_TEST;

GST_START_TEST (test_acceleration_has_three_axes)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  fail_unless (gpsrecord_set_acceleration (&record, -64, 0.5, 64));
  fail_unless_equals_int (record.fields, GPSRECORD_ACCELERATION);
  fail_unless_equals_float (record.acceleration[0], -64);
  fail_unless_equals_float (record.acceleration[1], 0.5);
  fail_unless_equals_float (record.acceleration[2], 64);
  ASSERT_REFUSED (gpsrecord_set_acceleration (&refused, 65, 0, 0));
  ASSERT_REFUSED (gpsrecord_set_acceleration (&refused, 0, -65, 0));
  ASSERT_REFUSED (gpsrecord_set_acceleration (&refused, 0, 0, NOT_A_NUMBER));
}

GST_END_TEST;

static GpsRecord
gpsrecord_at (gdouble latitude, gdouble longitude)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  record.latitude = latitude;
  record.longitude = longitude;
  return record;
}

/* By libm. */
static gdouble
gpsrecord_haversine (const GpsRecord * a, const GpsRecord * b)
{
  const gdouble rad = G_PI / 180;
  gdouble y = sin ((b->latitude - a->latitude) * rad / 2);
  gdouble x = sin ((b->longitude - a->longitude) * rad / 2);
  gdouble h = y * y + cos (a->latitude * rad) * cos (b->latitude * rad) * x * x;

  return 2 * 6371008.8 * asin (sqrt (MIN (h, 1)));
}

GST_START_TEST (test_distance_agrees_with_libm)
{
  static const gdouble latitudes[] =
      { -90, -89.9999, -60, -33.85, 0, 1e-7, 48.858, 48.85801, 89.5, 90 };
  static const gdouble longitudes[] =
      { -180, -179.9999, -122.4, -1e-6, 0, 2.294, 2.29401, 90, 179.9999, 180 };

  for (guint i = 0; i < 10000; i++) {
    GpsRecord a = gpsrecord_at (latitudes[i / 1000], longitudes[i / 100 % 10]);
    GpsRecord b = gpsrecord_at (latitudes[i / 10 % 10], longitudes[i % 10]);
    gdouble expected = gpsrecord_haversine (&a, &b);

    wiretest_assert_near (gpsrecord_distance (&a, &b), expected,
        expected * 0.001 + 0.001);
    wiretest_assert_near (gpsrecord_distance (&b, &a),
        gpsrecord_distance (&a, &b), 1e-6);
  }
}

GST_END_TEST;

/* Lengths of one degree on WGS 84, from the ellipsoid itself. */
GST_START_TEST (test_distance_is_good_to_half_a_percent_on_the_ellipsoid)
{
  static const gdouble degree[][3] = {
    /* latitude, along the meridian, along the parallel */
    {0.5, 110574.4, 111315.3},
    {45, 111131.8, 78846.8},
    {89, 111692.7, 1949.4},
  };

  for (guint i = 0; i < G_N_ELEMENTS (degree); i++) {
    GpsRecord south = gpsrecord_at (degree[i][0] - 0.5, 10);
    GpsRecord north = gpsrecord_at (degree[i][0] + 0.5, 10);
    GpsRecord west = gpsrecord_at (degree[i][0], 10);
    GpsRecord east = gpsrecord_at (degree[i][0], 11);

    wiretest_assert_near (gpsrecord_distance (&south, &north), degree[i][1],
        degree[i][1] * 0.0051);
    wiretest_assert_near (gpsrecord_distance (&west, &east), degree[i][2],
        degree[i][2] * 0.0051);
  }
}

GST_END_TEST;

static Suite *
gpsrecord_suite (void)
{
  Suite *suite = suite_create ("gpsrecord");
  TCase *tcase = tcase_create ("gpsrecord");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_reset_makes_a_void_record);
  tcase_add_test (tcase, test_time_of_each_day_agrees_with_glib);
  tcase_add_test (tcase, test_time_takes_two_digit_years_and_leap_seconds);
  tcase_add_test (tcase, test_time_that_does_not_exist_is_refused);
  tcase_add_test (tcase, test_position_takes_the_whole_globe);
  tcase_add_test (tcase, test_position_that_is_none_is_refused);
  tcase_add_test (tcase,
      test_degrees_and_minutes_take_their_sign_from_the_letters);
  tcase_add_test (tcase, test_degrees_and_minutes_that_are_none_are_refused);
  tcase_add_test (tcase,
      test_minutes_that_were_rounded_up_to_a_degree_are_taken);
  tcase_add_test (tcase, test_speed_is_in_metres_per_second);
  tcase_add_test (tcase, test_course_is_brought_into_one_turn);
  tcase_add_test (tcase, test_altitude_is_that_of_a_road);
  tcase_add_test (tcase, test_acceleration_has_three_axes);
  tcase_add_test (tcase, test_distance_agrees_with_libm);
  tcase_add_test (tcase,
      test_distance_is_good_to_half_a_percent_on_the_ellipsoid);
  return suite;
}

GST_CHECK_MAIN (gpsrecord);
