/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What the GPX writer writes, held against the published schemas. */

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "gpsdoc.h"

#define MAX_FIXES 500

static gchar *
gpsschema_path (void)
{
  return g_build_filename (g_getenv ("CHEAPCAM_SCHEMAS"), "all11.xsd", NULL);
}

/* Frees the bytes. */
static gboolean
gpsschema_validates (GByteArray * document)
{
  g_autofree gchar *path = gpsschema_path ();
  xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt (path);
  xmlSchemaPtr schema = xmlSchemaParse (parser);
  xmlSchemaValidCtxtPtr validator;
  xmlDocPtr doc = gpsdoc_parse (document);
  int result;

  fail_unless (schema != NULL);
  validator = xmlSchemaNewValidCtxt (schema);
  result = xmlSchemaValidateDoc (validator, doc);
  fail_unless (result >= 0);

  xmlFreeDoc (doc);
  xmlSchemaFreeValidCtxt (validator);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
  xmlSchemaCleanupTypes ();
  return result == 0;
}

GST_START_TEST (test_schema_refuses_what_is_wrong)
{
  static const gchar text[] = "<gpx xmlns='http://www.topografix.com/GPX/1/1'"
      " version='1.1' creator='x'><trk><trkseg><trkpt lat='1' lon='180'/>"
      "</trkseg></trk></gpx>";
  GByteArray *document = g_byte_array_new ();

  g_byte_array_append (document, (const guint8 *) text, strlen (text));
  fail_if (gpsschema_validates (document));
}

GST_END_TEST;

GST_START_TEST (test_tracks_of_none_to_many_fixes_validate)
{
  static const guint counts[] = { 0, 1, 2, MAX_FIXES };
  GstGpsTrackInfo info = { "a<b>&\x01\xff" };
  g_autofree GstGpsFix *fixes = g_new (GstGpsFix, MAX_FIXES);

  for (guint i = 0; i < MAX_FIXES; i++) {
    gpsdoc_init_full_fix (&fixes[i]);
    fixes[i].latitude -= i * 0.2;
    fixes[i].time += i * G_GINT64_CONSTANT (333333);
  }
  info.has_bounds = TRUE;
  info.min_latitude = -90.0;
  info.max_latitude = 90.0;
  info.min_longitude = 180.0;
  info.max_longitude = 180.0;
  info.first_fix = &fixes[0];

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    fail_unless (gpsschema_validates (gpsdoc_write (GST_GPS_FORMAT_GPX, NULL,
                fixes, counts[i], FALSE)));
    fail_unless (gpsschema_validates (gpsdoc_write (GST_GPS_FORMAT_GPX, &info,
                fixes, counts[i], TRUE)));
  }
}

GST_END_TEST;

static const gdouble gpsschema_values[] = {
  0.0, -0.0, 1e-300, 0.0005, 0.004999, 89.99999999, 90.0, 179.99999999, 180.0,
  359.994999, 359.995, 359.99999, 360.0, 1e6, 999999999.0, 1e9, 1e300,
  (gdouble) NAN, (gdouble) INFINITY
};

GST_START_TEST (test_edge_values_validate)
{
  static const GstGpsTimeKind kinds[] = {
    GST_GPS_TIME_KIND_NONE, GST_GPS_TIME_KIND_UTC, GST_GPS_TIME_KIND_LOCAL,
    GST_GPS_TIME_KIND_ASSUMED
  };
  GstGpsFix fixes[2 * G_N_ELEMENTS (gpsschema_values)];

  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++) {
    gdouble value = gpsschema_values[i / 2] * (i % 2 ? -1.0 : 1.0);
    GstGpsFix *fix = &fixes[i];

    gpsdoc_init_full_fix (fix);
    fix->latitude = CLAMP (value, -90.0, 90.0);
    fix->longitude = value;
    fix->altitude = fix->speed = fix->course = fix->bearing = fix->hdop = value;
    fix->satellites = i % 2 ? G_MAXUINT : 0;
    fix->time_kind = kinds[__i__];
    fix->time = i % 2 ? G_GINT64_CONSTANT (-62135596800000000)
        : G_GINT64_CONSTANT (253402300799999999);
  }
  fail_unless (gpsschema_validates (gpsdoc_write (GST_GPS_FORMAT_GPX, NULL,
              fixes, G_N_ELEMENTS (fixes), TRUE)));
}

GST_END_TEST;

GST_START_TEST (test_every_set_of_fields_validates)
{
  const guint n_fixes = GST_GPS_FIX_FIELD_ACCELERATION << 3;
  g_autofree GstGpsFix *fixes = g_new (GstGpsFix, n_fixes);

  for (guint i = 0; i < n_fixes; i++) {
    gpsdoc_init_full_fix (&fixes[i]);
    fixes[i].fields = i % (n_fixes / 4);
    if (i % (n_fixes / 2) >= n_fixes / 4)
      fixes[i].fields |= GST_GPS_FIX_FIELD_BEARING;
    if (i >= n_fixes / 2)
      fixes[i].time_kind = GST_GPS_TIME_KIND_NONE;
  }
  fail_unless (gpsschema_validates (gpsdoc_write (GST_GPS_FORMAT_GPX, NULL,
              fixes, n_fixes, FALSE)));
}

GST_END_TEST;

GST_START_TEST (test_time_indexes_of_recordings_validate)
{
  static const GstGpsTimeIndex entries[] = {
    {"a.MP4", 0, 0, 0},
    {"a.MP4", 59 * GST_SECOND + 1, 3, GST_CLOCK_TIME_NONE},
    {"\x01b<>&\xff.MP4", G_MAXUINT32 * GST_MSECOND, G_MAXUINT, 7 * GST_SECOND},
    {"c.MP4", GST_CLOCK_TIME_NONE, 0, 0},
    {"\x01", 0, 0, 0},
  };
  GstGpsTrackInfo info = { "name" };
  GstGpsFix fix;

  gpsdoc_init_full_fix (&fix);
  info.time_index = entries;
  info.n_time_index = G_N_ELEMENTS (entries);
  for (guint i = 0; i <= G_N_ELEMENTS (entries); i++) {
    info.n_time_index = i;
    fail_unless (gpsschema_validates (gpsdoc_write (GST_GPS_FORMAT_GPX, &info,
                &fix, 1, FALSE)));
  }
}

GST_END_TEST;

static Suite *
gpsschema_suite (void)
{
  Suite *suite = suite_create ("gpsschema");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_schema_refuses_what_is_wrong);
  tcase_add_test (tc, test_tracks_of_none_to_many_fixes_validate);
  tcase_add_loop_test (tc, test_edge_values_validate, 0, 3);
  tcase_add_test (tc, test_every_set_of_fields_validates);
  tcase_add_test (tc, test_time_indexes_of_recordings_validate);
  return suite;
}

int
main (int argc, char **argv)
{
  g_autofree gchar *path = gpsschema_path ();

  gst_check_init (&argc, &argv);
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_printerr ("skipped: there is no %s\n", path);
    return 77;
  }
  return gst_check_run_suite (gpsschema_suite (), "gpsschema", __FILE__);
}
