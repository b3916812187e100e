/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Fixes between two fixes. */

#include <math.h>

#include <gst/check/gstcheck.h>
#include <gst/gps/gps.h>

#define DEGREES 1e-9

static const struct
{
  gdouble latitude_a, longitude_a, latitude_b, longitude_b, fraction;
  gdouble latitude, longitude;
} places[] = {
  /* a second at 36 km/h is a line */
  {48.85837, 2.294481, 48.85845, 2.294589, 0.25, 48.85839, 2.294508},
  {0.0, 10.0, 0.0, 20.0, 0.3, 0.0, 13.0},
  {-10.0, 7.0, 20.0, 7.0, 0.5, 5.0, 7.0},
  /* the short way over the antimeridian, both ways */
  {0.0, 179.0, 0.0, -179.0, 0.25, 0.0, 179.5},
  {0.0, -179.0, 0.0, 179.0, 0.25, 0.0, -179.5},
  /* over the pole */
  {80.0, 0.0, 80.0, 180.0, 0.25, 85.0, 0.0},
  /* a long way bends to the north */
  {50.0, 0.0, 50.0, 90.0, 0.5, 59.3179438236, 45.0},
  {48.5, 2.5, 48.5, 2.5, 0.5, 48.5, 2.5},
  /* no way is the shortest */
  {30.0, 40.0, -30.0, -140.0, 0.4, 30.0, 40.0},
};

GST_START_TEST (test_position_is_on_the_great_circle)
{
  g_autoptr (GstGpsFix) a = gst_gps_fix_new (places[__i__].latitude_a,
      places[__i__].longitude_a);
  g_autoptr (GstGpsFix) b = gst_gps_fix_new (places[__i__].latitude_b,
      places[__i__].longitude_b);
  GstGpsFix fix;

  gst_gps_fix_interpolate (a, b, places[__i__].fraction, &fix);
  fail_unless (fabs (fix.latitude - places[__i__].latitude) < DEGREES,
      "%.12f", fix.latitude);
  fail_unless (fabs (fix.longitude - places[__i__].longitude) < DEGREES,
      "%.12f", fix.longitude);
  fail_unless_equals_int (fix.fields, GST_GPS_FIX_FIELD_INTERPOLATED);
}

GST_END_TEST;

static const struct
{
  gdouble a, b, fraction, course;
} courses[] = {
  {10.0, 20.0, 0.5, 15.0},
  {20.0, 10.0, 0.25, 17.5},
  {350.0, 20.0, 0.5, 5.0},
  {20.0, 350.0, 0.25, 12.5},
  {350.0, 10.0, 0.5, 0.0},
  {359.0, 0.0, 0.75, 359.75},
  {90.0, 269.0, 0.5, 179.5},
  {90.0, 271.0, 0.5, 0.5},
};

GST_START_TEST (test_course_turns_the_short_way)
{
  GstGpsFix a = {.fields = GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_BEARING
  };
  GstGpsFix b = a, fix;

  a.course = a.bearing = courses[__i__].a;
  b.course = b.bearing = courses[__i__].b;
  gst_gps_fix_interpolate (&a, &b, courses[__i__].fraction, &fix);
  fail_unless (fabs (fix.course - courses[__i__].course) < DEGREES, "%f",
      fix.course);
  fail_unless (fix.course >= 0.0 && fix.course < 360.0);
  fail_unless_equals_float (fix.bearing, fix.course);
}

GST_END_TEST;

static void
gpsinterpolate_set (GstGpsFix * fix, gint sign)
{
  *fix = (GstGpsFix) {
  0};
  fix->fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_SATELLITES;
  fix->time_kind = GST_GPS_TIME_KIND_UTC;
  fix->time = G_GINT64_CONSTANT (1616081974000000) + 500000 * sign;
  fix->latitude = 48.0;
  fix->longitude = 2.0;
  fix->altitude = 100.0 + 4.0 * sign;
  fix->speed = 10.0 + 2.0 * sign;
  fix->satellites = (guint) (8 + sign);
  fix->source = sign < 0 ? "before" : "behind";
}

GST_START_TEST (test_time_speed_and_altitude_are_in_proportion)
{
  GstGpsFix a, b, fix;

  gpsinterpolate_set (&a, -1);
  gpsinterpolate_set (&b, 1);
  gst_gps_fix_interpolate (&a, &b, 0.75, &fix);
  fail_unless_equals_int64 (fix.time, a.time + 750000);
  fail_unless_equals_float (fix.altitude, 102.0);
  fail_unless_equals_float (fix.speed, 11.0);
  /* no value lies between these */
  fail_unless_equals_int (fix.satellites, 9);
  fail_unless_equals_string (fix.source, "behind");
  fail_unless (fix.fields == (a.fields | GST_GPS_FIX_FIELD_INTERPOLATED));
}

GST_END_TEST;

GST_START_TEST (test_what_one_alone_has_is_that_of_the_nearer)
{
  GstGpsFix a, b, fix;

  gpsinterpolate_set (&a, -1);
  gpsinterpolate_set (&b, 1);
  b.fields = GST_GPS_FIX_FIELD_ALTITUDE;
  gst_gps_fix_interpolate (&a, &b, 0.25, &fix);
  fail_unless_equals_float (fix.altitude, 98.0);
  fail_unless_equals_float (fix.speed, 8.0);
  gst_gps_fix_interpolate (&a, &b, 0.75, &fix);
  fail_unless (!(fix.fields & GST_GPS_FIX_FIELD_SPEED));
}

GST_END_TEST;

GST_START_TEST (test_ends_are_the_fixes_themselves)
{
  GstGpsFix a, b, fix;

  gpsinterpolate_set (&a, -1);
  gpsinterpolate_set (&b, 1);
  gst_gps_fix_interpolate (&a, &b, 0.0, &fix);
  fail_unless_equals_int (fix.fields, a.fields);
  fail_unless_equals_int64 (fix.time, a.time);
  fail_unless_equals_float (fix.altitude, a.altitude);
  gst_gps_fix_interpolate (&a, &b, 1.0, &fix);
  fail_unless_equals_int (fix.fields, b.fields);
  fail_unless_equals_int64 (fix.time, b.time);
  fail_unless_equals_float (fix.altitude, b.altitude);
  gst_gps_fix_interpolate (&a, &b, 0.5, &a);
  fail_unless_equals_float (a.altitude, 100.0);
}

GST_END_TEST;

GST_START_TEST (test_times_far_apart_do_not_overflow)
{
  GstGpsFix a, b, fix;

  gpsinterpolate_set (&a, -1);
  gpsinterpolate_set (&b, 1);
  a.time = G_MININT64;
  b.time = G_MAXINT64;
  gst_gps_fix_interpolate (&a, &b, 0.5, &fix);
  fail_unless (ABS (fix.time) < 10000);
  gst_gps_fix_interpolate (&b, &a, 0.001, &fix);
  fail_unless (fix.time > 0);
}

GST_END_TEST;

static Suite *
gpsinterpolate_suite (void)
{
  Suite *suite = suite_create ("gpsinterpolate");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_position_is_on_the_great_circle, 0,
      G_N_ELEMENTS (places));
  tcase_add_loop_test (tc, test_course_turns_the_short_way, 0,
      G_N_ELEMENTS (courses));
  tcase_add_test (tc, test_time_speed_and_altitude_are_in_proportion);
  tcase_add_test (tc, test_what_one_alone_has_is_that_of_the_nearer);
  tcase_add_test (tc, test_ends_are_the_fixes_themselves);
  tcase_add_test (tc, test_times_far_apart_do_not_overflow);
  return suite;
}

GST_CHECK_MAIN (gpsinterpolate);
