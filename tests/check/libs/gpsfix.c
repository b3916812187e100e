/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <math.h>

#include <gst/check/gstcheck.h>
#include <gst/gps/gps.h>
#include <gst/gps/gstgpsfix-private.h>

/* 2021-03-18T15:39:34 */
#define MARCH_18 G_GINT64_CONSTANT (1616081974000000)

static const GstGpsFix gpsfix_full = {
  .fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_HDOP
      | GST_GPS_FIX_FIELD_SATELLITES | GST_GPS_FIX_FIELD_ACCELERATION
      | GST_GPS_FIX_FIELD_BEARING,
  .time_kind = GST_GPS_TIME_KIND_LOCAL,
  .time = MARCH_18,
  .latitude = 49.3690511,
  .longitude = -123.0997559,
  .altitude = -12.5,
  .speed = 13.53,
  .course = 359.99,
  .bearing = 179.99,
  .hdop = 0.9,
  .satellites = 12,
  .acceleration = {0.01, -0.02, 1.0},
  .source = "viofo",
};

static void
gpsfix_check_equal (const GstGpsFix * a, const GstGpsFix * b)
{
  fail_unless_equals_int (a->fields, b->fields);
  fail_unless_equals_int (a->time_kind, b->time_kind);
  fail_unless_equals_int64 (a->time, b->time);
  fail_unless_equals_float (a->latitude, b->latitude);
  fail_unless_equals_float (a->longitude, b->longitude);
  fail_unless_equals_float (a->altitude, b->altitude);
  fail_unless_equals_float (a->speed, b->speed);
  fail_unless_equals_float (a->course, b->course);
  fail_unless_equals_float (a->bearing, b->bearing);
  fail_unless_equals_float (a->hdop, b->hdop);
  fail_unless_equals_int (a->satellites, b->satellites);
  for (guint i = 0; i < G_N_ELEMENTS (a->acceleration); i++)
    fail_unless_equals_float (a->acceleration[i], b->acceleration[i]);
  fail_unless_equals_string (a->source, b->source);
}

GST_START_TEST (test_new_fix_has_a_position_alone)
{
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new (1.5, -2.5);

  fail_unless_equals_int (fix->fields, 0);
  fail_unless_equals_int (fix->time_kind, GST_GPS_TIME_KIND_NONE);
  fail_unless_equals_float (fix->latitude, 1.5);
  fail_unless_equals_float (fix->longitude, -2.5);
  fail_unless (fix->source == NULL);
}

GST_END_TEST;

GST_START_TEST (test_copy_is_equal_and_apart)
{
  g_autoptr (GstGpsFix) copy = gst_gps_fix_copy (&gpsfix_full);
  GstGpsFix *boxed = g_boxed_copy (GST_TYPE_GPS_FIX, &gpsfix_full);

  fail_unless (copy != &gpsfix_full);
  gpsfix_check_equal (copy, &gpsfix_full);
  fail_unless (boxed != &gpsfix_full);
  gpsfix_check_equal (boxed, &gpsfix_full);
  g_boxed_free (GST_TYPE_GPS_FIX, boxed);
  gst_gps_fix_free (NULL);
}

GST_END_TEST;

static const struct
{
  gdouble latitude, longitude;
  gboolean valid;
} gpsfix_positions[] = {
  {0.0, 0.0, TRUE},
  {90.0, 180.0, TRUE},
  {-90.0, -180.0, TRUE},
  {90.0000001, 0.0, FALSE},
  {-90.0000001, 0.0, FALSE},
  {0.0, 180.0000001, FALSE},
  {0.0, -180.0000001, FALSE},
  {(gdouble) NAN, 0.0, FALSE},
  {0.0, (gdouble) NAN, FALSE},
  {(gdouble) INFINITY, 0.0, FALSE},
  {0.0, -(gdouble) INFINITY, FALSE},
};

GST_START_TEST (test_positions_off_the_earth_are_not_valid)
{
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new (gpsfix_positions[__i__].latitude,
      gpsfix_positions[__i__].longitude);
  g_autoptr (GstStructure) structure = gst_gps_fix_to_structure (fix);
  g_autoptr (GstGpsFix) back = gst_gps_fix_new_from_structure (structure);

  fail_unless_equals_int (gst_gps_fix_is_valid (fix),
      gpsfix_positions[__i__].valid);
  fail_unless_equals_int (back != NULL, gpsfix_positions[__i__].valid);
}

GST_END_TEST;

GST_START_TEST (test_structure_holds_all_and_comes_back)
{
  g_autoptr (GstStructure) structure = gst_gps_fix_to_structure (&gpsfix_full);
  g_autofree gchar *text = gst_structure_to_string (structure);
  g_autoptr (GstStructure) parsed = gst_structure_from_string (text, NULL);
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new_from_structure (structure);
  g_autoptr (GstGpsFix) from_text = gst_gps_fix_new_from_structure (parsed);

  fail_unless_equals_string (gst_structure_get_name (structure), "GstGpsFix");
  fail_unless_equals_int (gst_structure_n_fields (structure), 14);
  gpsfix_check_equal (fix, &gpsfix_full);
  gpsfix_check_equal (from_text, &gpsfix_full);
}

GST_END_TEST;

GST_START_TEST (test_structure_leaves_out_what_is_not_known)
{
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new (1.0, 2.0);
  g_autoptr (GstStructure) structure = gst_gps_fix_to_structure (fix);
  g_autoptr (GstGpsFix) back = gst_gps_fix_new_from_structure (structure);

  fail_unless_equals_int (gst_structure_n_fields (structure), 2);
  gpsfix_check_equal (back, fix);
}

GST_END_TEST;

GST_START_TEST (test_structure_tells_what_was_computed)
{
  GstGpsFix fix = gpsfix_full;
  g_autoptr (GstStructure) structure = NULL;
  g_autoptr (GstGpsFix) back = NULL;
  gboolean interpolated = FALSE;

  fix.fields |= GST_GPS_FIX_FIELD_INTERPOLATED;
  structure = gst_gps_fix_to_structure (&fix);
  back = gst_gps_fix_new_from_structure (structure);
  fail_unless (gst_structure_get_boolean (structure, "interpolated",
          &interpolated));
  fail_unless (interpolated);
  gpsfix_check_equal (back, &fix);
}

GST_END_TEST;

GST_START_TEST (test_structure_fields_are_named_as_documented)
{
  g_autoptr (GstStructure) structure =
      gst_structure_from_string ("GstGpsFix, latitude=49.5, longitude=-123.25,"
      "altitude=1.0, speed=2.0, course=3.0, bearing=6.0, hdop=4.0, satellites=(uint)5,"
      "acceleration-x=6.0, acceleration-y=7.0, acceleration-z=8.0,"
      "time=(gint64)9, time-kind=utc, source=viofo;", NULL);
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new_from_structure (structure);

  fail_unless_equals_float (fix->latitude, 49.5);
  fail_unless_equals_float (fix->longitude, -123.25);
  fail_unless_equals_int (fix->fields, gpsfix_full.fields);
  fail_unless_equals_float (fix->altitude, 1.0);
  fail_unless_equals_float (fix->speed, 2.0);
  fail_unless_equals_float (fix->course, 3.0);
  fail_unless (fix->fields & GST_GPS_FIX_FIELD_BEARING);
  fail_unless_equals_float (fix->bearing, 6.0);
  fail_unless_equals_float (fix->hdop, 4.0);
  fail_unless_equals_int (fix->satellites, 5);
  fail_unless_equals_float (fix->acceleration[0], 6.0);
  fail_unless_equals_float (fix->acceleration[1], 7.0);
  fail_unless_equals_float (fix->acceleration[2], 8.0);
  fail_unless_equals_int64 (fix->time, 9);
  fail_unless_equals_int (fix->time_kind, GST_GPS_TIME_KIND_UTC);
  fail_unless (fix->source == g_intern_string ("viofo"));
}

GST_END_TEST;

static const gchar *const gpsfix_no_fixes[] = {
  "GstGpsFix;",
  "GstGpsFix, latitude=1.0;",
  "GstGpsFix, longitude=1.0;",
  "GstGpsFix, latitude=(int)1, longitude=2.0;",
  "GstGpsFix, latitude=north, longitude=2.0;",
  "GstOtherFix, latitude=1.0, longitude=2.0;",
};

GST_START_TEST (test_structure_that_is_no_fix_is_refused)
{
  g_autoptr (GstStructure) structure =
      gst_structure_from_string (gpsfix_no_fixes[__i__], NULL);

  fail_unless (structure != NULL);
  fail_unless (gst_gps_fix_new_from_structure (structure) == NULL);
}

GST_END_TEST;

static const gchar *const gpsfix_bad_fields[] = {
  "speed=-1.0",
  "speed=fast",
  "speed=(double)inf",
  "course=360.0",
  "course=-0.5",
  "bearing=360.0",
  "bearing=-0.5",
  "hdop=-1.0",
  "altitude=(double)nan",
  "satellites=-1",
  "acceleration-x=1.0, acceleration-y=1.0",
  "acceleration-x=1.0, acceleration-y=(double)nan, acceleration-z=1.0",
  "time=(gint64)1",
  "time-kind=utc",
  "time=(gint64)1, time-kind=none",
  "time=(gint64)1, time-kind=stardate",
  "time=(gint64)1, time-kind=(int)1",
  "time=soon, time-kind=utc",
};

GST_START_TEST (test_structure_fields_that_are_wrong_count_as_unknown)
{
  g_autofree gchar *text =
      g_strdup_printf ("GstGpsFix, latitude=1.0, longitude=2.0, %s;",
      gpsfix_bad_fields[__i__]);
  g_autoptr (GstStructure) structure = gst_structure_from_string (text, NULL);
  g_autoptr (GstGpsFix) fix = NULL;

  fail_unless (structure != NULL, "%s", text);
  fix = gst_gps_fix_new_from_structure (structure);
  fail_unless (fix != NULL, "%s", text);
  fail_unless (fix->fields == 0, "%s", text);
  fail_unless (fix->time_kind == GST_GPS_TIME_KIND_NONE, "%s", text);
}

GST_END_TEST;

GST_START_TEST (test_structure_with_a_time_kind_out_of_range_has_no_time)
{
  g_autoptr (GstStructure) structure = gst_structure_new ("GstGpsFix",
      "latitude", G_TYPE_DOUBLE, 1.0, "longitude", G_TYPE_DOUBLE, 2.0,
      "time", G_TYPE_INT64, MARCH_18,
      "time-kind", GST_TYPE_GPS_TIME_KIND, 77, NULL);
  g_autoptr (GstGpsFix) fix = gst_gps_fix_new_from_structure (structure);

  fail_unless_equals_int (fix->time_kind, GST_GPS_TIME_KIND_NONE);
}

GST_END_TEST;

static const struct
{
  GstGpsTimeKind kind;
  gint64 time;
  const gchar *text;
} gpsfix_times[] = {
  {GST_GPS_TIME_KIND_UTC, MARCH_18, "2021-03-18T15:39:34Z"},
  {GST_GPS_TIME_KIND_LOCAL, MARCH_18, "2021-03-18T15:39:34"},
  {GST_GPS_TIME_KIND_ASSUMED, MARCH_18, "2021-03-18T15:39:34Z"},
  {GST_GPS_TIME_KIND_NONE, MARCH_18, NULL},
  {(GstGpsTimeKind) 77, MARCH_18, NULL},
  {GST_GPS_TIME_KIND_UTC, MARCH_18 + 500000, "2021-03-18T15:39:34.500Z"},
  {GST_GPS_TIME_KIND_LOCAL, MARCH_18 + 1000, "2021-03-18T15:39:34.001"},
  {GST_GPS_TIME_KIND_UTC, MARCH_18 + 999, "2021-03-18T15:39:34Z"},
  {GST_GPS_TIME_KIND_UTC, MARCH_18 + 999999, "2021-03-18T15:39:34.999Z"},
  {GST_GPS_TIME_KIND_UTC, 0, "1970-01-01T00:00:00Z"},
  {GST_GPS_TIME_KIND_UTC, -1, "1969-12-31T23:59:59.999Z"},
  {GST_GPS_TIME_KIND_UTC, G_GINT64_CONSTANT (1709164800000000),
      "2024-02-29T00:00:00Z"},
  {GST_GPS_TIME_KIND_UTC, G_GINT64_CONSTANT (-62135596800000000),
      "0001-01-01T00:00:00Z"},
  {GST_GPS_TIME_KIND_UTC, G_GINT64_CONSTANT (-62135596800000001), NULL},
  {GST_GPS_TIME_KIND_UTC, G_GINT64_CONSTANT (253402300799999999),
      "9999-12-31T23:59:59.999Z"},
  {GST_GPS_TIME_KIND_UTC, G_GINT64_CONSTANT (253402300800000000), NULL},
  {GST_GPS_TIME_KIND_UTC, G_MININT64, NULL},
  {GST_GPS_TIME_KIND_UTC, G_MAXINT64, NULL},
};

GST_START_TEST (test_time_is_written_with_z_for_utc_only)
{
  GstGpsFix fix = { 0 };
  g_autofree gchar *text = NULL;

  fix.time_kind = gpsfix_times[__i__].kind;
  fix.time = gpsfix_times[__i__].time;
  text = gst_gps_fix_format_time (&fix);
  fail_unless_equals_string (text, gpsfix_times[__i__].text);
}

GST_END_TEST;

static const struct
{
  gdouble latitude_a, longitude_a, latitude_b, longitude_b, metres;
} gpsfix_distances[] = {
  {48.0, 2.0, 48.0, 2.0, 0.0},
  {0.0, 0.0, 1.0, 0.0, 111195.080},
  {60.0, 0.0, 60.0, 1.0, 55597.011},
  {0.0, 179.5, 0.0, -179.5, 111195.080},
  {90.0, 0.0, -90.0, 0.0, 20015114.442},
  {0.0, 0.0, 0.0, 180.0, 20015114.442},
  {90.0, 10.0, 90.0, 100.0, 0.0},
  {48.8567, 2.3508, 51.5074, -0.1278, 343495.733},
  {49.3690511, -123.0997559, 49.37, -123.1, 106.983},
};

GST_START_TEST (test_distance_in_metres)
{
  g_autoptr (GstGpsFix) a =
      gst_gps_fix_new (gpsfix_distances[__i__].latitude_a,
      gpsfix_distances[__i__].longitude_a);
  g_autoptr (GstGpsFix) b =
      gst_gps_fix_new (gpsfix_distances[__i__].latitude_b,
      gpsfix_distances[__i__].longitude_b);

  fail_unless (fabs (gst_gps_fix_distance (a, b)
          - gpsfix_distances[__i__].metres) < 1e-3);
  fail_unless (fabs (gst_gps_fix_distance (b, a)
          - gpsfix_distances[__i__].metres) < 1e-3);
}

GST_END_TEST;

GST_START_TEST (test_enum_types_have_nicks)
{
  GEnumClass *kinds = g_type_class_ref (GST_TYPE_GPS_TIME_KIND);
  GFlagsClass *fields = g_type_class_ref (GST_TYPE_GPS_FIX_FIELDS);
  GEnumClass *formats = g_type_class_ref (GST_TYPE_GPS_FORMAT);

  fail_unless_equals_int (kinds->n_values, 4);
  fail_unless_equals_int (g_enum_get_value_by_nick (kinds, "local")->value,
      GST_GPS_TIME_KIND_LOCAL);
  fail_unless_equals_int (g_enum_get_value_by_nick (kinds, "assumed")->value,
      GST_GPS_TIME_KIND_ASSUMED);
  fail_unless_equals_int (fields->n_values, 10);
  fail_unless_equals_int (g_flags_get_value_by_nick (fields,
          "acceleration")->value, GST_GPS_FIX_FIELD_ACCELERATION);
  fail_unless_equals_int (g_enum_get_value_by_nick (formats, "gpx")->value,
      GST_GPS_FORMAT_GPX);

  g_type_class_unref (formats);
  g_type_class_unref (fields);
  g_type_class_unref (kinds);
}

GST_END_TEST;

GST_START_TEST (test_fix_of_a_record_has_what_the_record_has)
{
  GpsRecord record = { 0 };
  GstGpsFix fix;

  record.fields = GPSRECORD_POSITION;
  record.latitude = gpsfix_full.latitude;
  record.longitude = gpsfix_full.longitude;
  record.time_us = MARCH_18;
  gst_gps_fix_init_from_record (&fix, &record, "viofo");
  fail_unless_equals_int (fix.fields, 0);
  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_NONE);

  record.clock = GPSRECORD_CLOCK_UTC;
  gst_gps_fix_init_from_record (&fix, &record, "viofo");
  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_UTC);
  fail_unless_equals_int64 (fix.time, MARCH_18);

  record.clock = GPSRECORD_CLOCK_LOCAL;
  record.fields |= GPSRECORD_ALTITUDE | GPSRECORD_SPEED | GPSRECORD_COURSE
      | GPSRECORD_ACCELERATION | GPSRECORD_SATELLITES | GPSRECORD_HDOP;
  record.altitude = gpsfix_full.altitude;
  record.speed = gpsfix_full.speed;
  record.course = gpsfix_full.course;
  for (guint i = 0; i < G_N_ELEMENTS (record.acceleration); i++)
    record.acceleration[i] = gpsfix_full.acceleration[i];
  record.hdop = gpsfix_full.hdop;
  record.satellites = gpsfix_full.satellites;
  gst_gps_fix_init_from_record (&fix, &record, "viofo");
  /* no record has it */
  fail_if (fix.fields & GST_GPS_FIX_FIELD_BEARING);
  fix.fields |= GST_GPS_FIX_FIELD_BEARING;
  fix.bearing = gpsfix_full.bearing;
  gpsfix_check_equal (&fix, &gpsfix_full);
}

GST_END_TEST;

GST_START_TEST (test_encrypted_position_is_said_and_not_made_up)
{
  GpsRecord record = { 0 };
  GstGpsFix fix;
  g_autoptr (GstStructure) structure = NULL;
  g_autoptr (GstGpsFix) back = NULL;

  record.fields = GPSRECORD_ENCRYPTED | GPSRECORD_ACCELERATION_RAW;
  record.acceleration[1] = -299;
  gst_gps_fix_init_from_record (&fix, &record, "akaso-v1");
  fail_unless_equals_int (fix.fields, GST_GPS_FIX_FIELD_POSITION_ENCRYPTED
      | GST_GPS_FIX_FIELD_ACCELERATION_RAW);
  fail_unless (isnan (fix.latitude) && isnan (fix.longitude));
  fail_if (gst_gps_fix_is_valid (&fix));

  structure = gst_gps_fix_to_structure (&fix);
  fail_if (gst_structure_has_field (structure, "latitude"));
  fail_if (gst_structure_has_field (structure, "acceleration-x"));
  back = gst_gps_fix_new_from_structure (structure);
  fail_unless (back != NULL);
  fail_unless_equals_int (back->fields, fix.fields);
  fail_unless (isnan (back->latitude) && isnan (back->longitude));
  fail_unless_equals_float (back->acceleration[1], -299.0);
}

GST_END_TEST;

static Suite *
gpsfix_suite (void)
{
  Suite *suite = suite_create ("gpsfix");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_new_fix_has_a_position_alone);
  tcase_add_test (tc, test_copy_is_equal_and_apart);
  tcase_add_loop_test (tc, test_positions_off_the_earth_are_not_valid, 0,
      G_N_ELEMENTS (gpsfix_positions));
  tcase_add_test (tc, test_structure_holds_all_and_comes_back);
  tcase_add_test (tc, test_structure_leaves_out_what_is_not_known);
  tcase_add_test (tc, test_structure_tells_what_was_computed);
  tcase_add_test (tc, test_structure_fields_are_named_as_documented);
  tcase_add_loop_test (tc, test_structure_that_is_no_fix_is_refused, 0,
      G_N_ELEMENTS (gpsfix_no_fixes));
  tcase_add_loop_test (tc,
      test_structure_fields_that_are_wrong_count_as_unknown, 0,
      G_N_ELEMENTS (gpsfix_bad_fields));
  tcase_add_test (tc, test_structure_with_a_time_kind_out_of_range_has_no_time);
  tcase_add_loop_test (tc, test_time_is_written_with_z_for_utc_only, 0,
      G_N_ELEMENTS (gpsfix_times));
  tcase_add_loop_test (tc, test_distance_in_metres, 0,
      G_N_ELEMENTS (gpsfix_distances));
  tcase_add_test (tc, test_enum_types_have_nicks);
  tcase_add_test (tc, test_fix_of_a_record_has_what_the_record_has);
  tcase_add_test (tc, test_encrypted_position_is_said_and_not_made_up);
  return suite;
}

GST_CHECK_MAIN (gpsfix);
