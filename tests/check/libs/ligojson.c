/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"
#include "wire/ligojson.h"

/* Objects of JSON behind LIGOGPSINFO, whole and in pieces. */

#define TIME G_GINT64_CONSTANT (1717237230000000)
#define OBJECT(status, ns, ew) \
    "LIGOGPSINFO {\"Hour\": \"10\", \"Minute\": \"20\", \"Second\": \"30\", " \
    "\"Year\": \"2024\", \"Month\": \"06\", \"Day\": \"01\", \"status\": \"" \
    status "\", \"NS\": \"" ns "\", \"EW\": \"" ew "\", " \
    "\"Latitude\": \"33.856783\", \"Longitude\": \"151.215297\", " \
    "\"Speed\": \"19.44\", \"MHour\": \"20\", \"MDay\": \"02\"}"

static GpsRecord records[DIALECT_MAX_RECORDS];

/* Feeds text in pieces of step bytes; those that are not taken come again. */
static gsize
ligojson_read (const gchar * text, gsize size, gsize step)
{
  GpsBox box = { 0 };
  gsize at = 0, end = 0, n_records = 0;

  for (;;) {
    GpsRecord piece[DIALECT_MAX_RECORDS];
    gsize n = 0, taken;

    end = MIN (size, end + step);
    taken = ligojson_feed (&box, NULL, (const guint8 *) text + at, end - at,
        end == size, piece, DIALECT_MAX_RECORDS, &n);
    fail_unless (taken <= end - at);
    at += taken;
    for (gsize i = 0; i < n; i++) {
      wiretest_assert_plausible (&piece[i]);
      records[n_records++] = piece[i];
    }
    if (end == size && n == 0)
      return n_records;
  }
}

GST_START_TEST (test_objects_are_records_however_they_are_cut)
{
  g_autofree gchar *text = g_strconcat (OBJECT ("A", "S", "E"),
      "          ", OBJECT ("A", "N", "W"), OBJECT ("V", "N", "W"), NULL);

  for (gsize step = 1; step < 1200; step += 37) {
    fail_unless_equals_int (ligojson_read (text, strlen (text), step), 3);
    wiretest_assert_near (records[0].latitude, -33.856783, 1e-9);
    wiretest_assert_near (records[0].longitude, 151.215297, 1e-9);
    wiretest_assert_near (records[0].speed * 3.6, 36.00288, 1e-5);
    fail_unless_equals_int (records[0].clock, GPSRECORD_CLOCK_UTC);
    fail_unless_equals_int64 (records[0].time_us, TIME);
    wiretest_assert_near (records[1].latitude, 33.856783, 1e-9);
    wiretest_assert_near (records[1].longitude, -151.215297, 1e-9);
    fail_unless_equals_int (records[2].fields, 0);
    fail_unless_equals_int64 (records[2].time_us, TIME);
  }
}

GST_END_TEST;

GST_START_TEST (test_object_without_an_end_is_none)
{
  const gchar *text = OBJECT ("A", "S", "E");

  fail_unless_equals_int (ligojson_read (text, strlen (text) - 1, 4096), 0);
  fail_unless_equals_int (ligojson_read (text, strlen (text), 4096), 1);
}

GST_END_TEST;

GST_START_TEST (test_letters_and_status_must_be_there)
{
  static const gchar *texts[] = {
    OBJECT ("A", "X", "E"), OBJECT ("A", "S", ""), OBJECT ("", "S", "E"),
    "LIGOGPSINFO {\"Latitude\": \"1.5\", \"status\": \"A\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    fail_unless_equals_int (ligojson_read (texts[i], strlen (texts[i]), 4096),
        1);
    fail_unless_equals_int (records[0].fields, 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_box_is_known_by_either_mark)
{
  fail_unless (ligojson_probe ((const guint8 *) "...\1udtaLIGOGPSINFO {", 21));
  fail_unless (ligojson_probe ((const guint8 *)
          "...\1udta\0\2\0\0....__V35AX_QVDATA__", 32));
  fail_if (ligojson_probe ((const guint8 *) "...\1udtaLIGOGPSINFO ", 20));
  fail_if (ligojson_probe ((const guint8 *) "...\1skipLIGOGPSINFO {", 21));
}

GST_END_TEST;

static Suite *
ligojson_suite (void)
{
  Suite *suite = suite_create ("ligojson");
  TCase *tcase = tcase_create ("ligojson");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_objects_are_records_however_they_are_cut);
  tcase_add_test (tcase, test_object_without_an_end_is_none);
  tcase_add_test (tcase, test_letters_and_status_must_be_there);
  tcase_add_test (tcase, test_box_is_known_by_either_mark);
  return suite;
}

GST_CHECK_MAIN (ligojson);
