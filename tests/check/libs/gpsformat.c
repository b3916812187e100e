/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "gpsdoc.h"

#include <json-glib/json-glib.h>

static const struct
{
  GstGpsFixFields fields;
  GstGpsTimeKind kind;
  gint64 microsecond;
  const gchar *line;
} gpsformat_lines[] = {
  {GST_GPS_FIX_FIELD_SPEED, GST_GPS_TIME_KIND_LOCAL, 0,
      "49 km/h  49.36905, -123.09976  2021-03-18 15:39:34\n"},
  {GST_GPS_FIX_FIELD_SPEED, GST_GPS_TIME_KIND_UTC, 999999,
      "49 km/h  49.36905, -123.09976  2021-03-18 15:39:34 UTC\n"},
  {GST_GPS_FIX_FIELD_SPEED, GST_GPS_TIME_KIND_ASSUMED, 0,
      "49 km/h  49.36905, -123.09976  2021-03-18 15:39:34 UTC (assumed)\n"},
  {GST_GPS_FIX_FIELD_COURSE, GST_GPS_TIME_KIND_UTC, 0,
      "49.36905, -123.09976  2021-03-18 15:39:34 UTC\n"},
  {GST_GPS_FIX_FIELD_SPEED, GST_GPS_TIME_KIND_NONE, 0,
      "49 km/h  49.36905, -123.09976\n"},
  {0, GST_GPS_TIME_KIND_NONE, 0, "49.36905, -123.09976\n"},
};

GST_START_TEST (test_text_is_a_line_for_people)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_TEXT);
  GstGpsTrackInfo info = { "drive.mp4" };
  GstGpsFix fix;
  g_autoptr (GBytes) piece = NULL;
  g_autofree gchar *line = NULL;

  gpsdoc_init_full_fix (&fix);
  fix.fields = gpsformat_lines[__i__].fields;
  fix.time_kind = gpsformat_lines[__i__].kind;
  fix.time += gpsformat_lines[__i__].microsecond;

  fail_unless (gst_gps_writer_begin (writer, &info) == NULL);
  piece = gst_gps_writer_add (writer, &fix, TRUE);
  line = g_strndup (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  fail_unless_equals_string (line, gpsformat_lines[__i__].line);
  fail_unless (gst_gps_writer_end (writer) == NULL);
}

GST_END_TEST;

GST_START_TEST (test_text_has_no_negative_zero)
{
  GstGpsFix fix;
  GByteArray *document;

  gpsdoc_init_fix (&fix, -1e-7, -1e-7);
  document = gpsdoc_write (GST_GPS_FORMAT_TEXT, NULL, &fix, 1, FALSE);
  fail_unless_equals_int (document->len, strlen ("0.00000, 0.00000\n"));
  fail_unless (memcmp (document->data, "0.00000, 0.00000\n",
          document->len) == 0);
  g_byte_array_unref (document);
}

GST_END_TEST;

static const struct
{
  gdouble latitude;
  gdouble longitude;
  const gchar *fields;
} gpsformat_angles[] = {
  {0.0, 0.0, ",A,0000.000000,N,00000.000000,E,"},
  {-1e-12, -1e-12, ",A,0000.000000,N,00000.000000,E,"},
  {-90.0, 180.0, ",A,9000.000000,S,18000.000000,E,"},
  {90.0, -180.0, ",A,9000.000000,N,18000.000000,W,"},
  /* sixty minutes are a degree */
  {49.99999999999, -9.99999999999, ",A,5000.000000,N,01000.000000,W,"},
  {-0.5, 100.25, ",A,0030.000000,S,10015.000000,E,"},
};

GST_START_TEST (test_nmea_has_degrees_and_minutes)
{
  g_autofree gchar *text = NULL;
  GstGpsFix fix;
  GByteArray *document;

  gpsdoc_init_fix (&fix, gpsformat_angles[__i__].latitude,
      gpsformat_angles[__i__].longitude);
  document = gpsdoc_write (GST_GPS_FORMAT_NMEA, NULL, &fix, 1, FALSE);
  text = g_strndup ((const gchar *) document->data, document->len);
  fail_unless (strstr (text, gpsformat_angles[__i__].fields) != NULL, "%s",
      text);
  g_byte_array_unref (document);
}

GST_END_TEST;

static void
gpsformat_assert_klv (const GstGpsFix * fix, const guint8 * expected,
    gsize size)
{
  GByteArray *document = gpsdoc_write (GST_GPS_FORMAT_KLV, NULL, fix, 1, FALSE);

  fail_unless_equals_int (document->len, size);
  for (gsize i = 0; i < size; i++)
    fail_unless (document->data[i] == expected[i], "byte %" G_GSIZE_FORMAT
        " is %02x, not %02x", i, document->data[i], expected[i]);
  g_byte_array_unref (document);
}

/* The examples that ST 0601 has for its items 2, 5, 13, 14 and 15. */
GST_START_TEST (test_klv_is_a_local_set)
{
  static const guint8 expected[] = {
    0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01,
    0x0e, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00,
    40,
    2, 8, 0x00, 0x04, 0x59, 0xf4, 0xa6, 0xaa, 0x4a, 0xa8,
    5, 2, 0x71, 0xc2,
    13, 4, 0x55, 0x95, 0xb6, 0x6d,
    14, 4, 0x5b, 0x53, 0x60, 0xc4,
    15, 2, 0xc2, 0x21,
    56, 1, 0x8c,
    65, 1, 17,
    1, 2, 0x22, 0x89
  };
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, 60.1768229669783, 128.426759042045);
  fix.fields = GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_ALTITUDE
      | GST_GPS_FIX_FIELD_SPEED;
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  /* 2008-10-24T00:13:29.913 */
  fix.time = G_GINT64_CONSTANT (1224807209913000);
  fix.course = 159.9744;
  fix.altitude = 14190.72;
  fix.speed = 140.0;
  gpsformat_assert_klv (&fix, expected, sizeof expected);
}

GST_END_TEST;

GST_START_TEST (test_klv_leaves_out_what_does_not_fit)
{
  static const guint8 expected[] = {
    0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01,
    0x0e, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00,
    19,
    13, 4, 0x80, 0x00, 0x00, 0x01,
    14, 4, 0x7f, 0xff, 0xff, 0xff,
    65, 1, 17,
    1, 2, 0x64, 0xbd
  };
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, -90.0, 180.0);
  fix.fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED;
  fix.time_kind = GST_GPS_TIME_KIND_LOCAL;
  fix.time = GPSDOC_MARCH_18;
  fix.altitude = 19000.1;
  fix.speed = 255.5;
  gpsformat_assert_klv (&fix, expected, sizeof expected);
}

GST_END_TEST;

GST_START_TEST (test_subtitle_is_where_the_fix_is_in_the_recording)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_SRT);
  g_autoptr (GByteArray) document = g_byte_array_new ();
  g_autofree gchar *text = NULL;
  /* the second goes back, the third is not known, a gap is before the last */
  const GstClockTime positions[] = { 3723004 * GST_MSECOND, 0,
    GST_CLOCK_TIME_NONE, 4000 * GST_SECOND
  };
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, 1.0, 2.0);
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++) {
    gst_gps_writer_set_position (writer, positions[i]);
    gpsdoc_append (document, gst_gps_writer_add (writer, &fix, i == 3));
  }
  gpsdoc_append (document, gst_gps_writer_end (writer));
  text = g_strndup ((const gchar *) document->data, document->len);
  fail_unless_equals_string (text,
      "1\n01:02:03,004 --> 01:02:03,004\n1.00000, 2.00000\n\n"
      "2\n01:02:03,004 --> 01:02:04,004\n1.00000, 2.00000\n\n"
      "3\n01:02:04,004 --> 01:02:05,004\n1.00000, 2.00000\n\n"
      "4\n01:06:40,000 --> 01:06:41,000\n1.00000, 2.00000\n\n");
}

GST_END_TEST;

static const gdouble gpsformat_odd[] = {
  (gdouble) NAN, (gdouble) INFINITY, -(gdouble) INFINITY, 1e300, -1e300,
  999999999.9, -999999999.9, 0.0
};

static const gint64 gpsformat_odd_times[] = {
  G_MININT64, G_MAXINT64, -1, 0, GPSDOC_MARCH_18
};

static GByteArray *
gpsformat_write_odd (GstGpsFormat format)
{
  GstGpsFix fixes[G_N_ELEMENTS (gpsformat_odd)
      * G_N_ELEMENTS (gpsformat_odd_times)];
  GstGpsTrackInfo info = { "\xff]]>\"\\\x01,</name>\xe2\x80\xa8" };

  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++) {
    GstGpsFix *fix = &fixes[i];

    gpsdoc_init_full_fix (fix);
    fix->latitude = i % 2 == 0 ? 90.0 : -90.0;
    fix->longitude = i % 3 == 0 ? 180.0 : -180.0;
    fix->altitude = fix->speed = fix->course = fix->hdop =
        gpsformat_odd[i / G_N_ELEMENTS (gpsformat_odd_times)];
    fix->time = gpsformat_odd_times[i % G_N_ELEMENTS (gpsformat_odd_times)];
    fix->time_kind = i % 5;
    fix->satellites = G_MAXUINT;
    fix->source = "\xff,\"\n</name>";
  }
  return gpsdoc_write (format, &info, fixes, G_N_ELEMENTS (fixes), FALSE);
}

GST_START_TEST (test_odd_values_leave_no_trace)
{
  for (GstGpsFormat f = 0; f < gpsdoc_count_formats (); f++) {
    GByteArray *document = gpsformat_write_odd (f);
    g_autofree gchar *text =
        g_strndup ((const gchar *) document->data, document->len);

    fail_unless (document->len > 0);
    fail_unless (strstr (text, "nan") == NULL, "%s", text);
    fail_unless (strstr (text, "inf") == NULL, "%s", text);
    fail_unless (strstr (text, "e+") == NULL, "%s", text);
    if (f == GST_GPS_FORMAT_KML || f == GST_GPS_FORMAT_GPX10)
      xmlFreeDoc (gpsdoc_parse (g_byte_array_ref (document)));
    if (f == GST_GPS_FORMAT_GEOJSON)
      json_node_unref (json_from_string (text, NULL));
    if (f != GST_GPS_FORMAT_KLV)
      fail_unless (g_utf8_validate (text, -1, NULL), "%d", f);
    g_byte_array_unref (document);
  }
}

GST_END_TEST;

/* What a writer says of a fix with an encrypted position, between its begin and
 * its end. */
static gchar *
gpsformat_write_encrypted (GstGpsFormat format)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  g_autoptr (GBytes) piece = NULL, tail = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.fields = GST_GPS_FIX_FIELD_POSITION_ENCRYPTED | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_COURSE;
  fix.latitude = fix.longitude = (gdouble) NAN;
  fix.course = 16.49;
  fix.source = "akaso-v1";
  g_bytes_unref (gst_gps_writer_begin (writer, NULL));
  piece = gst_gps_writer_add (writer, &fix, FALSE);
  tail = gst_gps_writer_end (writer);
  if (piece)
    g_string_append_len (text, g_bytes_get_data (piece, NULL),
        (gssize) g_bytes_get_size (piece));
  if (tail && (format == GST_GPS_FORMAT_SRT))
    g_string_append_len (text, g_bytes_get_data (tail, NULL),
        (gssize) g_bytes_get_size (tail));
  return g_strdup (text->str);
}

GST_START_TEST (test_encrypted_position_is_told_or_left_out)
{
  g_autofree gchar *csv = gpsformat_write_encrypted (GST_GPS_FORMAT_CSV);
  g_autofree gchar *line = gpsformat_write_encrypted (GST_GPS_FORMAT_TEXT);
  g_autofree gchar *cue = gpsformat_write_encrypted (GST_GPS_FORMAT_SRT);

  fail_unless (g_str_has_prefix (csv, "2021-03-18T15:39:34Z,utc,,,,13."),
      "%s", csv);
  fail_unless (g_str_has_suffix (csv, ",16.49,,,akaso-v1\n"), "%s", csv);
  fail_unless_equals_string (line, "49 km/h  16 deg  position encrypted"
      "  2021-03-18 15:39:34 UTC\n");
  fail_unless (strstr (cue, line) != NULL, "%s", cue);
  for (GstGpsFormat f = 0; f < gpsdoc_count_formats (); f++) {
    g_autofree gchar *text = NULL;

    if (f == GST_GPS_FORMAT_CSV || f == GST_GPS_FORMAT_TEXT
        || f == GST_GPS_FORMAT_SRT)
      continue;
    text = gpsformat_write_encrypted (f);
    fail_unless_equals_string (text, "");
  }
}

GST_END_TEST;

GST_START_TEST (test_format_is_a_property)
{
  g_autoptr (GstGpsWriter) plain = g_object_new (GST_TYPE_GPS_WRITER, NULL);
  g_autoptr (GstGpsWriter) text = gst_gps_writer_new (GST_GPS_FORMAT_TEXT);
  GstGpsFormat format;

  fail_unless_equals_int (gst_gps_writer_get_format (plain),
      GST_GPS_FORMAT_GPX);
  fail_unless_equals_int (gst_gps_writer_get_format (text),
      GST_GPS_FORMAT_TEXT);
  g_object_get (text, "format", &format, NULL);
  fail_unless_equals_int (format, GST_GPS_FORMAT_TEXT);
}

GST_END_TEST;

GST_START_TEST (test_caps_of_all_formats_begin_with_gpx)
{
  g_autoptr (GstCaps) all = gst_gps_format_get_all_caps ();

  fail_unless_equals_int (gst_caps_get_size (all), gpsdoc_count_formats ());
  for (guint i = 0; i < gst_caps_get_size (all); i++) {
    g_autoptr (GstCaps) caps = gst_gps_format_get_caps (i);
    GstGpsFormat format = 99;

    fail_unless (gst_caps_is_fixed (caps));
    fail_unless (gst_structure_is_equal (gst_caps_get_structure (all, i),
            gst_caps_get_structure (caps, 0)));
    fail_unless (gst_gps_format_from_caps (caps, &format));
    fail_unless_equals_int (format, i);
  }
  fail_unless (gst_structure_has_name (gst_caps_get_structure (all, 0),
          "application/gpx+xml"));
}

GST_END_TEST;

static const struct
{
  const gchar *caps;
  gint format;                  /* -1: none */
} gpsformat_wanted[] = {
  {"ANY", GST_GPS_FORMAT_GPX},
  {"EMPTY", -1},
  {"application/gpx+xml", GST_GPS_FORMAT_GPX},
  {"application/gpx+xml, version=(string){ 1.0, 1.1 }", GST_GPS_FORMAT_GPX},
  {"application/gpx+xml, version=(string)1.0", GST_GPS_FORMAT_GPX10},
  {"application/gpx+xml, version=(string)2.0", -1},
  {"text/x-raw", GST_GPS_FORMAT_TEXT},
  {"text/x-raw, format=(string){ pango-markup, utf8 }", GST_GPS_FORMAT_TEXT},
  {"text/x-raw, format=(string)pango-markup", -1},
  {"video/x-raw", -1},
  {"text/csv", GST_GPS_FORMAT_CSV},
  {"application/geo+json", GST_GPS_FORMAT_GEOJSON},
  {"meta/x-klv, parsed=(boolean)true", GST_GPS_FORMAT_KLV},
  {"meta/x-klv, parsed=(boolean)false", -1},
  {"application/x-subtitle", GST_GPS_FORMAT_SRT},
  {"application/x-nmea0183", GST_GPS_FORMAT_NMEA},
  {"application/vnd.google-earth.kml+xml", GST_GPS_FORMAT_KML},
  {"text/x-raw; application/gpx+xml", GST_GPS_FORMAT_TEXT},
  {"application/gpx+xml; text/x-raw", GST_GPS_FORMAT_GPX},
  {"video/x-raw; text/x-raw", GST_GPS_FORMAT_TEXT},
};

GST_START_TEST (test_format_of_what_a_peer_wants)
{
  g_autoptr (GstCaps) caps =
      gst_caps_from_string (gpsformat_wanted[__i__].caps);
  gint expected = gpsformat_wanted[__i__].format;
  GstGpsFormat format = 99;

  fail_unless_equals_int (gst_gps_format_from_caps (caps, &format),
      expected >= 0);
  fail_unless_equals_int (format, expected >= 0 ? expected : 99);
  fail_unless_equals_int (gst_gps_format_from_caps (caps, NULL), expected >= 0);
}

GST_END_TEST;

GST_START_TEST (test_a_format_that_does_not_exist_is_a_bug_of_the_caller)
{
  g_test_expect_message ("cheapcam", G_LOG_LEVEL_CRITICAL, "*gst_gps_writer*");
  fail_unless (gst_gps_writer_new ((GstGpsFormat)
          gpsdoc_count_formats ()) == NULL);
  g_test_expect_message ("cheapcam", G_LOG_LEVEL_CRITICAL, "*gst_gps_format*");
  fail_unless (gst_gps_format_get_caps ((GstGpsFormat) 99) == NULL);
  g_test_assert_expected_messages ();
}

GST_END_TEST;

static Suite *
gpsformat_suite (void)
{
  Suite *suite = suite_create ("gpsformat");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_text_is_a_line_for_people, 0,
      G_N_ELEMENTS (gpsformat_lines));
  tcase_add_test (tc, test_text_has_no_negative_zero);
  tcase_add_loop_test (tc, test_nmea_has_degrees_and_minutes, 0,
      G_N_ELEMENTS (gpsformat_angles));
  tcase_add_test (tc, test_subtitle_is_where_the_fix_is_in_the_recording);
  tcase_add_test (tc, test_klv_is_a_local_set);
  tcase_add_test (tc, test_klv_leaves_out_what_does_not_fit);
  tcase_add_test (tc, test_odd_values_leave_no_trace);
  tcase_add_test (tc, test_encrypted_position_is_told_or_left_out);
  tcase_add_test (tc, test_format_is_a_property);
  tcase_add_test (tc, test_caps_of_all_formats_begin_with_gpx);
  tcase_add_loop_test (tc, test_format_of_what_a_peer_wants, 0,
      G_N_ELEMENTS (gpsformat_wanted));
  tcase_add_test (tc, test_a_format_that_does_not_exist_is_a_bug_of_the_caller);
  return suite;
}

GST_CHECK_MAIN (gpsformat);
