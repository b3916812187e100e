/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <locale.h>

#include "gpsdoc.h"

static gboolean
gpswriter_ends_with (GBytes * piece, const gchar * text)
{
  gsize size;
  const gchar *data = g_bytes_get_data (piece, &size);

  return size >= strlen (text)
      && memcmp (data + size - strlen (text), text, strlen (text)) == 0;
}

static xmlDocPtr
gpswriter_write_fix (const GstGpsFix * fix)
{
  return gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, NULL, fix, 1, FALSE));
}

GST_START_TEST (test_each_piece_ends_with_a_closed_tag)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GstGpsTrackInfo info = { "drive.mp4" };
  GstGpsFix fix;
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) tail = NULL;
  g_autoptr (GstGpsWriter) plain = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  g_autoptr (GBytes) plain_head = gst_gps_writer_begin (plain, NULL);

  gpsdoc_init_full_fix (&fix);
  head = gst_gps_writer_begin (writer, &info);
  first = gst_gps_writer_add (writer, &fix, FALSE);
  second = gst_gps_writer_add (writer, &fix, TRUE);
  tail = gst_gps_writer_end (writer);

  fail_unless (gpswriter_ends_with (plain_head, ">\n"));
  fail_unless (gpswriter_ends_with (head, "</metadata>\n"));
  fail_unless (gpswriter_ends_with (first, "</trkpt>\n"));
  fail_unless (gpswriter_ends_with (second, "</trkpt>\n"));
  fail_unless (gpswriter_ends_with (tail, "</trk>\n</gpx>\n"));
}

GST_END_TEST;

GST_START_TEST (test_each_fix_costs_one_point)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GstGpsFix fix;
  gsize size = 0;

  gpsdoc_init_full_fix (&fix);
  g_bytes_unref (gst_gps_writer_add (writer, &fix, FALSE));
  for (guint i = 0; i < 2000; i++) {
    g_autoptr (GBytes) piece = gst_gps_writer_add (writer, &fix, FALSE);

    if (size == 0)
      size = g_bytes_get_size (piece);
    fail_unless_equals_int (g_bytes_get_size (piece), size);
  }
  fail_unless (size < 400);
}

GST_END_TEST;

GST_START_TEST (test_head_says_what_it_is)
{
  xmlDocPtr doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, NULL, NULL, 0,
          FALSE));

  gpsdoc_check (doc, "string(/gpx:gpx/@version)", "1.1");
  gpsdoc_check (doc, "starts-with(/gpx:gpx/@creator, 'gst-plugins-cheapcam ')",
      "true");
  gpsdoc_check (doc, "count(//gpx:metadata)", "0");
  gpsdoc_check (doc, "contains(/gpx:gpx/@*[local-name()='schemaLocation'], "
      "'http://www.garmin.com/xmlschemas/TrackPointExtension/v2 ')", "true");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_point_has_every_member)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "string(//gpx:trkpt/@lat)", "49.3690511");
  gpsdoc_check (doc, "string(//gpx:trkpt/@lon)", "-123.0997559");
  gpsdoc_check (doc, "string(//gpx:ele)", "12.35");
  gpsdoc_check (doc, "string(//gpx:time)", "2021-03-18T15:39:34Z");
  gpsdoc_check (doc, "string(//gpx:sat)", "12");
  gpsdoc_check (doc, "string(//gpx:hdop)", "0.90");
  gpsdoc_check (doc, "string(//gpx:extensions/tpx:TrackPointExtension/"
      "tpx:speed)", "13.531");
  gpsdoc_check (doc, "string(//tpx:speed/following-sibling::tpx:course)",
      "16.49");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_point_leaves_out_what_is_not_known)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.fields = 0;
  fix.time_kind = GST_GPS_TIME_KIND_NONE;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//gpx:trkpt)", "1");
  gpsdoc_check (doc, "count(//gpx:trkpt/*)", "0");
  xmlFreeDoc (doc);
}

GST_END_TEST;

/* Where the camera looks, behind where the car goes, as the schema has it. */
GST_START_TEST (test_bearing_stands_behind_the_course)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.fields |= GST_GPS_FIX_FIELD_BEARING;
  fix.bearing = 196.494;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "string(//tpx:course/following-sibling::tpx:bearing)",
      "196.49");
  xmlFreeDoc (doc);

  fix.fields = GST_GPS_FIX_FIELD_BEARING;
  fix.bearing = -90.0;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//tpx:TrackPointExtension/*)", "1");
  gpsdoc_check (doc, "string(//tpx:bearing)", "270.00");
  xmlFreeDoc (doc);

  gpsdoc_init_full_fix (&fix);
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//tpx:bearing)", "0");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_speed_or_course_alone)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.fields = GST_GPS_FIX_FIELD_SPEED;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//tpx:TrackPointExtension/*)", "1");
  gpsdoc_check (doc, "count(//tpx:speed)", "1");
  xmlFreeDoc (doc);

  fix.fields = GST_GPS_FIX_FIELD_COURSE;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//tpx:TrackPointExtension/*)", "1");
  gpsdoc_check (doc, "count(//tpx:course)", "1");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_track_without_fixes_is_a_document)
{
  GByteArray *begun = gpsdoc_write (GST_GPS_FORMAT_GPX, NULL, NULL, 0, FALSE);
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  g_autoptr (GBytes) whole = gst_gps_writer_end (writer);
  xmlDocPtr doc;

  fail_unless_equals_int (g_bytes_get_size (whole), begun->len);
  fail_unless (memcmp (g_bytes_get_data (whole, NULL), begun->data,
          begun->len) == 0);

  doc = gpsdoc_parse (begun);
  gpsdoc_check (doc, "count(//gpx:trk)", "1");
  gpsdoc_check (doc, "count(//gpx:trkseg)", "0");
  gpsdoc_check (doc, "count(//gpx:desc)", "0");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_first_add_begins_what_was_not_begun)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GByteArray *document = g_byte_array_new ();
  GByteArray *begun;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  gpsdoc_append (document, gst_gps_writer_add (writer, &fix, FALSE));
  fail_unless (gst_gps_writer_begin (writer, NULL) == NULL);
  gpsdoc_append (document, gst_gps_writer_end (writer));

  begun = gpsdoc_write (GST_GPS_FORMAT_GPX, NULL, &fix, 1, FALSE);
  fail_unless_equals_int (document->len, begun->len);
  fail_unless (memcmp (document->data, begun->data, begun->len) == 0);
  g_byte_array_unref (begun);
  g_byte_array_unref (document);
}

GST_END_TEST;

GST_START_TEST (test_calls_that_come_too_late_write_nothing)
{
  GstGpsTrackInfo info = { "late" };
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  for (GstGpsFormat f = GST_GPS_FORMAT_GPX; f < gpsdoc_count_formats (); f++) {
    g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (f);
    GBytes *head = gst_gps_writer_begin (writer, NULL);
    GBytes *tail;

    fail_unless (gst_gps_writer_begin (writer, &info) == NULL);
    tail = gst_gps_writer_end (writer);
    fail_unless (gst_gps_writer_begin (writer, &info) == NULL);
    fail_unless (gst_gps_writer_add (writer, &fix, FALSE) == NULL);
    fail_unless (gst_gps_writer_end (writer) == NULL);
    g_clear_pointer (&head, g_bytes_unref);
    g_clear_pointer (&tail, g_bytes_unref);
  }
}

GST_END_TEST;

GST_START_TEST (test_segments_part_where_asked)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GByteArray *document = g_byte_array_new ();
  static const gboolean gaps[] = { TRUE, FALSE, TRUE, FALSE, FALSE, TRUE };
  GstGpsFix fix;
  xmlDocPtr doc;

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    gpsdoc_init_fix (&fix, i, 0.0);
    gpsdoc_append (document, gst_gps_writer_add (writer, &fix, gaps[i]));
  }
  gpsdoc_append (document, gst_gps_writer_end (writer));

  doc = gpsdoc_parse (document);
  gpsdoc_check (doc, "count(//gpx:trk)", "1");
  gpsdoc_check (doc, "count(//gpx:trkseg)", "3");
  gpsdoc_check (doc, "count(//gpx:trkseg[1]/gpx:trkpt)", "2");
  gpsdoc_check (doc, "count(//gpx:trkseg[2]/gpx:trkpt)", "3");
  gpsdoc_check (doc, "count(//gpx:trkseg[3]/gpx:trkpt)", "1");
  xmlFreeDoc (doc);
}

GST_END_TEST;

/* Two fixes of a first track, one of a second; the third has none, and before
 * the first there is a name that does not count any more. */
static GByteArray *
gpswriter_write_tracks (GstGpsFormat format)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  GByteArray *document = g_byte_array_new ();
  GstGpsTrackInfo info = { "drive" };
  GstGpsFix fix;

  gpsdoc_append (document, gst_gps_writer_begin (writer, &info));
  gst_gps_writer_start_track (writer, "nothing");
  gst_gps_writer_start_track (writer, " one\n");
  for (guint i = 0; i < 3; i++) {
    if (i == 2)
      gst_gps_writer_start_track (writer, NULL);
    gpsdoc_init_fix (&fix, i, 0.0);
    gpsdoc_append (document, gst_gps_writer_add (writer, &fix, FALSE));
  }
  gst_gps_writer_start_track (writer, "three");
  gpsdoc_append (document, gst_gps_writer_end (writer));
  gst_gps_writer_start_track (writer, "four");
  return document;
}

static const GstGpsFormat gpswriter_gpx[] = {
  GST_GPS_FORMAT_GPX, GST_GPS_FORMAT_GPX10
};

GST_START_TEST (test_tracks_are_parts_of_gpx)
{
  xmlDocPtr doc = gpsdoc_parse (gpswriter_write_tracks (gpswriter_gpx[__i__]));

  gpsdoc_check (doc, "count(//*[local-name()='trk'])", "2");
  gpsdoc_check (doc, "count(//*[local-name()='trkseg'])", "2");
  gpsdoc_check (doc, "count(//*[local-name()='trk'][1]//@lat)", "2");
  gpsdoc_check (doc, "string(//*[local-name()='trk'][1]/*[1])", "one");
  gpsdoc_check (doc, "count(//*[local-name()='trk'][2]//@lat)", "1");
  gpsdoc_check (doc, "count(//*[local-name()='name'])", "2");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_tracks_are_folders_of_kml)
{
  xmlDocPtr doc = gpsdoc_parse (gpswriter_write_tracks (GST_GPS_FORMAT_KML));

  gpsdoc_check (doc, "count(/*/*/*[local-name()='Folder'])", "2");
  gpsdoc_check (doc, "count(//*[local-name()='Placemark'])", "2");
  gpsdoc_check (doc, "string(//*[local-name()='Folder'][1]/*[1])", "one");
  gpsdoc_check (doc, "count(//*[local-name()='Folder'][2]"
      "/*[local-name()='Placemark'])", "1");
  xmlFreeDoc (doc);
}

GST_END_TEST;

static guint
gpswriter_count (GByteArray * document, const gchar * text)
{
  guint n = 0;

  for (gchar * p = (gchar *) document->data; (p = g_strstr_len (p,
              (gssize) (document->data + document->len - (guint8 *) p),
              text)) != NULL; p++)
    n++;
  return n;
}

GST_START_TEST (test_tracks_are_numbers_in_geojson)
{
  g_autoptr (GByteArray) document =
      gpswriter_write_tracks (GST_GPS_FORMAT_GEOJSON);

  assert_equals_int (gpswriter_count (document, "\"Feature\""), 2);
  assert_equals_int (gpswriter_count (document,
          "{\"name\":\"one\",\"track\":1}"), 1);
  assert_equals_int (gpswriter_count (document, "{\"track\":2}"), 1);
}

GST_END_TEST;

static const struct
{
  gdouble latitude, longitude;
} gpswriter_nowhere[] = {
  {(gdouble) NAN, 0.0},
  {0.0, (gdouble) NAN},
  {(gdouble) INFINITY, 0.0},
  {0.0, -(gdouble) INFINITY},
  {90.00001, 0.0},
  {-91.0, 0.0},
  {0.0, 180.00001},
  {0.0, -1e300},
};

GST_START_TEST (test_fix_off_the_earth_is_left_out_but_its_gap_is_kept)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GByteArray *document = g_byte_array_new ();
  GstGpsFix good, bad;
  xmlDocPtr doc;

  gpsdoc_init_fix (&good, 1.0, 2.0);
  gpsdoc_init_fix (&bad, gpswriter_nowhere[__i__].latitude,
      gpswriter_nowhere[__i__].longitude);
  gpsdoc_append (document, gst_gps_writer_add (writer, &good, FALSE));
  fail_unless (gst_gps_writer_add (writer, &bad, TRUE) == NULL);
  gpsdoc_append (document, gst_gps_writer_add (writer, &good, FALSE));
  gpsdoc_append (document, gst_gps_writer_end (writer));

  doc = gpsdoc_parse (document);
  gpsdoc_check (doc, "count(//gpx:trkpt)", "2");
  gpsdoc_check (doc, "count(//gpx:trkseg)", "2");
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const struct
{
  gdouble latitude, longitude;
  const gchar *lat, *lon;
} gpswriter_edges[] = {
  {90.0, 180.0, "90.0000000", "-180.0000000"},
  {-90.0, -180.0, "-90.0000000", "-180.0000000"},
  {89.99999999, 179.99999999, "90.0000000", "-180.0000000"},
  {1e-9, 179.9999999, "0.0000000", "179.9999999"},
  {-1e-9, -1e-9, "0.0000000", "0.0000000"},
  {-0.0, -0.0, "0.0000000", "0.0000000"},
  {0.00000005, -0.00000015, "0.0000001", "-0.0000002"},
};

GST_START_TEST (test_positions_stay_in_the_ranges_of_gpx)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, gpswriter_edges[__i__].latitude,
      gpswriter_edges[__i__].longitude);
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "string(//gpx:trkpt/@lat)", gpswriter_edges[__i__].lat);
  gpsdoc_check (doc, "string(//gpx:trkpt/@lon)", gpswriter_edges[__i__].lon);
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const struct
{
  gdouble degrees;
  const gchar *text;
} gpswriter_courses[] = {
  {0.0, "0.00"},
  {-0.001, "0.00"},
  {359.994, "359.99"},
  {359.996, "0.00"},
  {360.0, "0.00"},
  {-90.0, "270.00"},
  {450.5, "90.50"},
  {-1e-20, "0.00"},
  {(gdouble) NAN, ""},
  {(gdouble) INFINITY, ""},
  {1e300, ""},
};

GST_START_TEST (test_course_stays_below_360)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, 1.0, 2.0);
  fix.fields = GST_GPS_FIX_FIELD_COURSE;
  fix.course = gpswriter_courses[__i__].degrees;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "string(//tpx:course)", gpswriter_courses[__i__].text);
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const gdouble gpswriter_absurd[] = {
  (gdouble) NAN, (gdouble) INFINITY, -(gdouble) INFINITY, 1e9, 1e300, -1e300
};

GST_START_TEST (test_absurd_members_count_as_unknown)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.altitude = fix.speed = fix.course = fix.hdop = gpswriter_absurd[__i__];
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//gpx:trkpt/*)", "2");
  gpsdoc_check (doc, "count(//gpx:time | //gpx:sat)", "2");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_negative_speed_and_dilution_count_as_unknown)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  fix.altitude = -430.5;
  fix.speed = -0.1;
  fix.hdop = -1.0;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "string(//gpx:ele)", "-430.50");
  gpsdoc_check (doc, "count(//tpx:speed | //gpx:hdop)", "0");
  gpsdoc_check (doc, "count(//tpx:course)", "1");
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const struct
{
  GstGpsTimeKind kind;
  const gchar *time;
  const gchar *n_desc;
} gpswriter_clocks[] = {
  {GST_GPS_TIME_KIND_NONE, "", "0"},
  {GST_GPS_TIME_KIND_UTC, "2021-03-18T15:39:34.500Z", "0"},
  {GST_GPS_TIME_KIND_LOCAL, "", "1"},
  {GST_GPS_TIME_KIND_ASSUMED, "2021-03-18T15:39:34.500Z", "1"},
};

GST_START_TEST (test_local_time_is_left_out_and_told)
{
  GstGpsTrackInfo info = { "drive.mp4" };
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, 1.0, 2.0);
  fix.time_kind = gpswriter_clocks[__i__].kind;
  fix.time = GPSDOC_MARCH_18 + 500000;
  doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, &fix, 1, FALSE));
  gpsdoc_check (doc, "string(//gpx:time)", gpswriter_clocks[__i__].time);
  gpsdoc_check (doc, "count(/gpx:gpx/gpx:trk/gpx:desc)",
      gpswriter_clocks[__i__].n_desc);
  gpsdoc_check (doc, "contains(//gpx:desc, \"camera's local clock\")",
      fix.time_kind == GST_GPS_TIME_KIND_LOCAL
      || fix.time_kind == GST_GPS_TIME_KIND_ASSUMED ? "true" : "false");
  gpsdoc_check (doc, "contains(//gpx:desc, \"is assumed\")",
      fix.time_kind == GST_GPS_TIME_KIND_ASSUMED ? "true" : "false");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_time_that_no_year_has_is_left_out)
{
  xmlDocPtr doc;
  GstGpsFix fix;

  gpsdoc_init_fix (&fix, 1.0, 2.0);
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  fix.time = G_MAXINT64;
  doc = gpswriter_write_fix (&fix);
  gpsdoc_check (doc, "count(//gpx:trkpt)", "1");
  gpsdoc_check (doc, "count(//gpx:time)", "0");
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const struct
{
  const gchar *name;
  const gchar *written;         /* NULL: no name at all */
} gpswriter_names[] = {
  {"drive.mp4", "drive.mp4"},
  {"a<b>&\"c\"'d'", "a<b>&\"c\"'d'"},
  {"]]><![CDATA[&amp;<!--", "]]><![CDATA[&amp;<!--"},
  {"caf\xc3\xa9 \xf0\x9f\x9a\x97", "caf\xc3\xa9 \xf0\x9f\x9a\x97"},
  {"latin \xe9", "latin \xef\xbf\xbd"},
  {"cut \xf0\x9f", "cut \xef\xbf\xbd\xef\xbf\xbd"},
  {"a\x01" "b\x1f" "c\x7f" "d\tf\r\ng", "a b c d f  g"},
  {"c1 \xc2\x85 end", "c1   end"},
  {"non \xef\xbf\xbe char \xef\xbf\xbf", "non   char"},
  {"  padded\n", "padded"},
  {"", NULL},
  {" \n\x01 ", NULL},
  {NULL, NULL},
};

GST_START_TEST (test_names_are_made_text)
{
  GstGpsTrackInfo info = { gpswriter_names[__i__].name };
  const gchar *written = gpswriter_names[__i__].written;
  xmlDocPtr doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, NULL,
          0, FALSE));

  gpsdoc_check (doc, "count(//gpx:name)", written ? "2" : "0");
  gpsdoc_check (doc, "string(/gpx:gpx/gpx:metadata/gpx:name)",
      written ? written : "");
  gpsdoc_check (doc, "string(/gpx:gpx/gpx:trk/gpx:name)",
      written ? written : "");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_a_very_long_name_is_kept)
{
  g_autofree gchar *name = g_strnfill (100000, '<');
  GstGpsTrackInfo info = { name };
  xmlDocPtr doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, NULL,
          0, FALSE));

  gpsdoc_check (doc, "string-length(//gpx:metadata/gpx:name)", "100000");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_time_of_the_document_is_that_of_the_first_fix_if_honest)
{
  static const struct
  {
    GstGpsTimeKind kind;
    const gchar *time;
  } kinds[] = {
    {GST_GPS_TIME_KIND_UTC, "2021-03-18T15:39:34Z"},
    {GST_GPS_TIME_KIND_LOCAL, ""},
    {GST_GPS_TIME_KIND_ASSUMED, "2021-03-18T15:39:34Z"},
    {GST_GPS_TIME_KIND_NONE, ""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    GstGpsFix fix;
    GstGpsTrackInfo info = { 0 };
    xmlDocPtr doc;

    gpsdoc_init_full_fix (&fix);
    fix.time = G_GINT64_CONSTANT (1616081974000000);
    fix.time_kind = kinds[i].kind;
    info.first_fix = &fix;
    doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, &fix, 1,
            FALSE));
    gpsdoc_check (doc, "string(/gpx:gpx/gpx:metadata/gpx:time)", kinds[i].time);
    xmlFreeDoc (doc);
  }
}

GST_END_TEST;

GST_START_TEST (test_bounds_are_written_as_given)
{
  GstGpsTrackInfo info = { 0 };
  xmlDocPtr doc;

  info.has_bounds = TRUE;
  info.min_latitude = -1.25;
  info.min_longitude = 170.5;
  info.max_latitude = 90.0;
  info.max_longitude = 180.0;
  doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, NULL, 0, FALSE));
  gpsdoc_check (doc, "string(//gpx:bounds/@minlat)", "-1.2500000");
  gpsdoc_check (doc, "string(//gpx:bounds/@minlon)", "170.5000000");
  gpsdoc_check (doc, "string(//gpx:bounds/@maxlat)", "90.0000000");
  gpsdoc_check (doc, "string(//gpx:bounds/@maxlon)", "179.9999999");
  xmlFreeDoc (doc);
}

GST_END_TEST;

static const struct
{
  gdouble min_latitude, min_longitude, max_latitude, max_longitude;
} gpswriter_bad_bounds[] = {
  {2.0, 0.0, 1.0, 1.0},
  {0.0, 2.0, 1.0, 1.0},
  {-91.0, 0.0, 1.0, 1.0},
  {0.0, -181.0, 1.0, 1.0},
  {0.0, 0.0, 91.0, 1.0},
  {0.0, 0.0, 1.0, 181.0},
  {(gdouble) NAN, 0.0, 1.0, 1.0},
  {0.0, (gdouble) NAN, 1.0, 1.0},
  {0.0, 0.0, (gdouble) NAN, 1.0},
  {0.0, 0.0, 1.0, (gdouble) NAN},
};

GST_START_TEST (test_bounds_out_of_order_or_range_are_left_out)
{
  GstGpsTrackInfo info = { 0 };
  xmlDocPtr doc;

  info.has_bounds = TRUE;
  info.min_latitude = gpswriter_bad_bounds[__i__].min_latitude;
  info.min_longitude = gpswriter_bad_bounds[__i__].min_longitude;
  info.max_latitude = gpswriter_bad_bounds[__i__].max_latitude;
  info.max_longitude = gpswriter_bad_bounds[__i__].max_longitude;
  doc = gpsdoc_parse (gpsdoc_write (GST_GPS_FORMAT_GPX, &info, NULL, 0, FALSE));
  gpsdoc_check (doc, "count(//gpx:metadata)", "0");
  xmlFreeDoc (doc);
}

GST_END_TEST;

GST_START_TEST (test_numbers_do_not_depend_on_the_locale)
{
  GstGpsFix fix;
  GByteArray *here, *there;
  gchar number[8];

  if (!setlocale (LC_NUMERIC, "de_DE.UTF-8")) {
    g_printerr ("skipped: the locale de_DE.UTF-8 could not be made\n");
    return;
  }
  g_snprintf (number, sizeof number, "%.1f", 1.5);
  fail_unless_equals_string (number, "1,5");

  gpsdoc_init_full_fix (&fix);
  for (GstGpsFormat f = GST_GPS_FORMAT_GPX; f < gpsdoc_count_formats (); f++) {
    fail_unless (setlocale (LC_NUMERIC, "de_DE.UTF-8") != NULL);
    there = gpsdoc_write (f, NULL, &fix, 1, FALSE);
    fail_unless (setlocale (LC_NUMERIC, "C") != NULL);
    here = gpsdoc_write (f, NULL, &fix, 1, FALSE);
    fail_unless_equals_int (here->len, there->len);
    fail_unless (memcmp (here->data, there->data, here->len) == 0);
    g_byte_array_unref (there);
    g_byte_array_unref (here);
  }
}

GST_END_TEST;

static gpointer
gpswriter_thread (gpointer user_data)
{
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  return gpsdoc_write (GST_GPS_FORMAT_GPX, NULL, &fix, 1, FALSE);
}

GST_START_TEST (test_writers_in_many_threads_write_the_same)
{
  GThread *threads[8];
  GByteArray *expected = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", gpswriter_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    GByteArray *document = g_thread_join (threads[i]);

    if (!expected)
      expected = g_byte_array_ref (document);
    fail_unless_equals_int (document->len, expected->len);
    fail_unless (memcmp (document->data, expected->data, expected->len) == 0);
    g_byte_array_unref (document);
  }
  g_byte_array_unref (expected);
}

GST_END_TEST;

static void
gpswriter_add_loops (TCase * tc)
{
  tcase_add_loop_test (tc,
      test_fix_off_the_earth_is_left_out_but_its_gap_is_kept, 0,
      G_N_ELEMENTS (gpswriter_nowhere));
  tcase_add_loop_test (tc, test_positions_stay_in_the_ranges_of_gpx, 0,
      G_N_ELEMENTS (gpswriter_edges));
  tcase_add_loop_test (tc, test_course_stays_below_360, 0,
      G_N_ELEMENTS (gpswriter_courses));
  tcase_add_loop_test (tc, test_absurd_members_count_as_unknown, 0,
      G_N_ELEMENTS (gpswriter_absurd));
  tcase_add_loop_test (tc, test_local_time_is_left_out_and_told, 0,
      G_N_ELEMENTS (gpswriter_clocks));
  tcase_add_loop_test (tc, test_names_are_made_text, 0,
      G_N_ELEMENTS (gpswriter_names));
  tcase_add_loop_test (tc, test_bounds_out_of_order_or_range_are_left_out, 0,
      G_N_ELEMENTS (gpswriter_bad_bounds));
}

static Suite *
gpswriter_suite (void)
{
  Suite *suite = suite_create ("gpswriter");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_each_piece_ends_with_a_closed_tag);
  tcase_add_test (tc, test_each_fix_costs_one_point);
  tcase_add_test (tc, test_head_says_what_it_is);
  tcase_add_test (tc, test_point_has_every_member);
  tcase_add_test (tc, test_point_leaves_out_what_is_not_known);
  tcase_add_test (tc, test_bearing_stands_behind_the_course);
  tcase_add_test (tc, test_speed_or_course_alone);
  tcase_add_test (tc, test_track_without_fixes_is_a_document);
  tcase_add_test (tc, test_first_add_begins_what_was_not_begun);
  tcase_add_test (tc, test_calls_that_come_too_late_write_nothing);
  tcase_add_test (tc, test_segments_part_where_asked);
  tcase_add_loop_test (tc, test_tracks_are_parts_of_gpx, 0,
      G_N_ELEMENTS (gpswriter_gpx));
  tcase_add_test (tc, test_tracks_are_folders_of_kml);
  tcase_add_test (tc, test_tracks_are_numbers_in_geojson);
  tcase_add_test (tc, test_negative_speed_and_dilution_count_as_unknown);
  tcase_add_test (tc, test_time_that_no_year_has_is_left_out);
  tcase_add_test (tc, test_a_very_long_name_is_kept);
  tcase_add_test (tc, test_bounds_are_written_as_given);
  tcase_add_test (tc,
      test_time_of_the_document_is_that_of_the_first_fix_if_honest);
  tcase_add_test (tc, test_numbers_do_not_depend_on_the_locale);
  tcase_add_test (tc, test_writers_in_many_threads_write_the_same);
  gpswriter_add_loops (tc);
  return suite;
}

GST_CHECK_MAIN (gpswriter);
