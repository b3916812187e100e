/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/check/gstcheck.h>

#include <math.h>

#include "ext/gpsoverlay/gstgpsoverlaytext.h"

#define SPACE "\342\200\207"
#define DASHES "\342\200\223\342\200\223"
#define MINUS "\342\210\222"
#define DEGREE "\302\260"

static GstGpsOverlaySettings settings;
static GstGpsOverlayText text;
static GstGpsFix fix;

static void
text_setup (void)
{
  settings = (GstGpsOverlaySettings) {
  0};
  fix = (GstGpsFix) {
  0};
  fix.fields = GST_GPS_FIX_FIELD_SPEED | GST_GPS_FIX_FIELD_COURSE |
      GST_GPS_FIX_FIELD_ALTITUDE;
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  fix.time = G_GINT64_CONSTANT (1616081974) * G_USEC_PER_SEC;
  fix.latitude = 48.858374;
  fix.longitude = -2.294481;
  fix.altitude = 351.6;
  fix.speed = 25.0;
  fix.course = 7.4;
}

static void
text_write (const GstGpsFix * what)
{
  gst_gps_overlay_text_write (&text, what, GST_GPS_OVERLAY_ITEMS_ALL,
      &settings);
}

GST_START_TEST (test_metric)
{
  text_write (&fix);
  fail_unless_equals_string (text.speed, SPACE "90");
  fail_unless_equals_string (text.speed_unit, "km/h");
  fail_unless_equals_string (text.heading, "007" DEGREE);
  fail_unless_equals_string (text.date, "2021-03-18");
  fail_unless_equals_string (text.time, "15:39:34");
  fail_unless_equals_string (text.clock, "UTC");
  fail_unless_equals_string (text.latitude, SPACE "48.85837" DEGREE " N");
  fail_unless_equals_string (text.longitude, SPACE SPACE "2.29448" DEGREE " W");
  fail_unless_equals_string (text.altitude, SPACE SPACE "352 m");
}

GST_END_TEST;

GST_START_TEST (test_imperial_and_nautical)
{
  settings.units = GST_GPS_OVERLAY_UNITS_IMPERIAL;
  text_write (&fix);
  fail_unless_equals_string (text.speed, SPACE "56");
  fail_unless_equals_string (text.speed_unit, "mph");
  fail_unless_equals_string (text.altitude, SPACE "1154 ft");
  settings.units = GST_GPS_OVERLAY_UNITS_NAUTICAL;
  text_write (&fix);
  fail_unless_equals_string (text.speed, SPACE "49");
  fail_unless_equals_string (text.speed_unit, "kn");
  fail_unless_equals_string (text.altitude, SPACE SPACE "352 m");
}

GST_END_TEST;

GST_START_TEST (test_rounding_keeps_to_the_circle_and_to_no_side)
{
  fix.course = 359.6;
  fix.latitude = -0.000001;
  fix.longitude = 179.999999;
  fix.speed = 0.1;
  fix.altitude = -0.3;
  text_write (&fix);
  fail_unless_equals_string (text.heading, "000" DEGREE);
  fail_unless_equals_string (text.latitude, SPACE SPACE "0.00000" DEGREE " N");
  fail_unless_equals_string (text.longitude, "180.00000" DEGREE " E");
  fail_unless_equals_string (text.speed, SPACE SPACE "0");
  fail_unless_equals_string (text.altitude, SPACE SPACE SPACE SPACE "0 m");
  fix.altitude = -12.0;
  text_write (&fix);
  fail_unless_equals_string (text.altitude, SPACE SPACE SPACE MINUS "12 m");
}

GST_END_TEST;

GST_START_TEST (test_a_clock_is_named)
{
  settings.utc_offset = 90;
  text_write (&fix);
  fail_unless_equals_string (text.time, "17:09:34");
  fail_unless_equals_string (text.clock, "UTC+01:30");
  settings.utc_offset = -16 * 60;
  text_write (&fix);
  fail_unless_equals_string (text.date, "2021-03-17");
  fail_unless_equals_string (text.time, "23:39:34");
  fail_unless_equals_string (text.clock, "UTC" MINUS "16:00");
  /* it is not known what the offset would be added to */
  fix.time_kind = GST_GPS_TIME_KIND_LOCAL;
  text_write (&fix);
  fail_unless_equals_string (text.time, "15:39:34");
  fail_unless_equals_string (text.clock, "local");
  fix.time_kind = GST_GPS_TIME_KIND_ASSUMED;
  settings.utc_offset = 0;
  text_write (&fix);
  fail_unless_equals_string (text.time, "15:39:34");
  fail_unless_equals_string (text.clock, "UTC?");
}

GST_END_TEST;

GST_START_TEST (test_times_before_1970_and_none_at_all)
{
  fix.time = -1;
  text_write (&fix);
  fail_unless_equals_string (text.date, "1969-12-31");
  fail_unless_equals_string (text.time, "23:59:59");
  fix.time = G_MAXINT64;
  text_write (&fix);
  fail_unless_equals_string (text.date, "");
  fail_unless_equals_string (text.time, DASHES ":" DASHES ":" DASHES);
  fix.time = G_MININT64;
  text_write (&fix);
  fail_unless_equals_string (text.clock, "");
  fix.time = 0;
  fix.time_kind = GST_GPS_TIME_KIND_NONE;
  text_write (&fix);
  fail_unless_equals_string (text.time, DASHES ":" DASHES ":" DASHES);
}

GST_END_TEST;

static void
text_check_dashes (void)
{
  fail_unless_equals_string (text.speed, SPACE DASHES);
  fail_unless_equals_string (text.heading, DASHES "\342\200\223" DEGREE);
  fail_unless_equals_string (text.latitude, SPACE DASHES);
  fail_unless_equals_string (text.longitude, SPACE DASHES);
  fail_unless_equals_string (text.altitude, SPACE SPACE SPACE DASHES " m");
}

GST_START_TEST (test_what_is_not_known_is_dashes)
{
  text_write (NULL);
  text_check_dashes ();
  fix.latitude = fix.longitude = fix.altitude = fix.speed = fix.course =
      (gdouble) NAN;
  text_write (&fix);
  text_check_dashes ();
  fix.latitude = fix.longitude = fix.altitude = fix.speed = fix.course =
      (gdouble) INFINITY;
  text_write (&fix);
  text_check_dashes ();
}

GST_END_TEST;

GST_START_TEST (test_a_number_that_has_no_place_is_dashes)
{
  fix.speed = 1000.0;
  fix.altitude = -1e300;
  text_write (&fix);
  fail_unless_equals_string (text.speed, SPACE DASHES);
  fix.speed = -1.0;
  text_write (&fix);
  fail_unless_equals_string (text.speed, SPACE DASHES);
}

GST_END_TEST;

GST_START_TEST (test_what_is_no_item_is_empty)
{
  gst_gps_overlay_text_write (&text, &fix, GST_GPS_OVERLAY_ITEM_SPEED,
      &settings);
  fail_unless_equals_string (text.speed, SPACE "90");
  fail_unless_equals_string (text.heading, "");
  fail_unless_equals_string (text.time, "");
  fail_unless_equals_string (text.latitude, "");
  fail_unless_equals_string (text.altitude, "");
}

GST_END_TEST;

GST_START_TEST (test_an_encrypted_fix_has_no_position)
{
  fix.fields |= GST_GPS_FIX_FIELD_POSITION_ENCRYPTED;
  fix.latitude = fix.longitude = (gdouble) NAN;
  fail_unless_equals_int (gst_gps_overlay_text_get_items (&fix),
      GST_GPS_OVERLAY_ITEM_SPEED | GST_GPS_OVERLAY_ITEM_HEADING |
      GST_GPS_OVERLAY_ITEM_TIME | GST_GPS_OVERLAY_ITEM_ALTITUDE);
}

GST_END_TEST;

static const struct
{
  gdouble limit;
  GstGpsOverlayUnits units;
  const gchar *label;
  gdouble metres;
} scales[] = {
  {99.0, GST_GPS_OVERLAY_UNITS_METRIC, "50 m", 50.0},
  {100.0, GST_GPS_OVERLAY_UNITS_METRIC, "100 m", 100.0},
  {999.0, GST_GPS_OVERLAY_UNITS_METRIC, "500 m", 500.0},
  {1000.0, GST_GPS_OVERLAY_UNITS_METRIC, "1 km", 1000.0},
  {399999.0, GST_GPS_OVERLAY_UNITS_METRIC, "200 km", 200000.0},
  {80.0, GST_GPS_OVERLAY_UNITS_IMPERIAL, "200 ft", 60.96},
  {1600.0, GST_GPS_OVERLAY_UNITS_IMPERIAL, "5000 ft", 1524.0},
  {1610.0, GST_GPS_OVERLAY_UNITS_IMPERIAL, "1 mi", 1609.344},
  {1851.0, GST_GPS_OVERLAY_UNITS_NAUTICAL, "1000 m", 1000.0},
  {3705.0, GST_GPS_OVERLAY_UNITS_NAUTICAL, "2 NM", 3704.0},
};

GST_START_TEST (test_a_scale_bar_has_a_round_length)
{
  gchar label[32];
  gdouble metres = gst_gps_overlay_text_write_scale (label, sizeof label,
      scales[__i__].limit, scales[__i__].units);

  fail_unless_equals_string (label, scales[__i__].label);
  fail_unless (fabs (metres - scales[__i__].metres) < 1e-6);
}

GST_END_TEST;

static Suite *
gpsoverlaytext_suite (void)
{
  Suite *s = suite_create ("gpsoverlaytext");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, text_setup, NULL);
  tcase_add_test (tc, test_metric);
  tcase_add_test (tc, test_imperial_and_nautical);
  tcase_add_test (tc, test_rounding_keeps_to_the_circle_and_to_no_side);
  tcase_add_test (tc, test_a_clock_is_named);
  tcase_add_test (tc, test_times_before_1970_and_none_at_all);
  tcase_add_test (tc, test_what_is_not_known_is_dashes);
  tcase_add_test (tc, test_a_number_that_has_no_place_is_dashes);
  tcase_add_test (tc, test_what_is_no_item_is_empty);
  tcase_add_test (tc, test_an_encrypted_fix_has_no_position);
  tcase_add_loop_test (tc, test_a_scale_bar_has_a_round_length, 0,
      G_N_ELEMENTS (scales));
  return s;
}

GST_CHECK_MAIN (gpsoverlaytext);
