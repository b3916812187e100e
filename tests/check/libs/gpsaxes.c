/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"
#include "wire/gpsaxes.h"

/* Acceleration that stands alone: vectors typed from
 * docs/wire/dashcam-tracks.md. */

static size_t
gpsaxes_feed (const gchar * name, GpsBox * box, const gchar * hex,
    gboolean at_end, GpsRecord * ret_records, size_t max, size_t *ret_n_records)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  g_autofree gchar *head = g_strdup_printf ("????%s", name);
  const Dialect *dialect = dialect_find (DIALECT_CARRIER_BOX,
      (const uint8_t *) head, strlen (head));
  static Ligo ligo;

  fail_unless (dialect != NULL && dialect->is_acceleration);
  return dialect->feed (box, &ligo, bytes->data, bytes->len, at_end,
      ret_records, max, ret_n_records);
}

static void
gpsaxes_check (const GpsRecord * record, gint64 elapsed_us, gdouble x,
    gdouble y, gdouble z)
{
  fail_unless_equals_int (record->fields, GPSRECORD_ACCELERATION
      | (elapsed_us >= 0 ? GPSRECORD_ELAPSED : 0));
  fail_unless_equals_int (record->clock, GPSRECORD_CLOCK_NONE);
  if (elapsed_us >= 0)
    fail_unless_equals_int64 (record->elapsed_us, elapsed_us);
  fail_unless_equals_float (record->acceleration[0], x);
  fail_unless_equals_float (record->acceleration[1], y);
  fail_unless_equals_float (record->acceleration[2], z);
}

GST_START_TEST (test_3gf_has_milliseconds)
{
  GpsBox box = { 0 };
  GpsRecord records[4];
  size_t n;

  fail_unless_equals_int (gpsaxes_feed ("3gf ", &box,
          "00000000 ff80 0002 0020  00000064 0080 0000 ffff"
          "ffffffff 0000 0000 0000", TRUE, records, 4, &n), 30);
  fail_unless_equals_int (n, 2);
  gpsaxes_check (&records[0], 0, -1.0, 0.015625, 0.25);
  gpsaxes_check (&records[1], 100000, 1.0, 0.0, -0.0078125);
}

GST_END_TEST;

/* A row that is cut comes again; more than there is room for, too. */
GST_START_TEST (test_rows_are_taken_whole)
{
  GpsBox box = { 0 };
  GpsRecord records[4];
  size_t n;

  fail_unless_equals_int (gpsaxes_feed ("3gf ", &box,
          "00000000 0080 0000 0000  000000", FALSE, records, 4, &n), 10);
  fail_unless_equals_int (n, 1);
  fail_unless_equals_int (gpsaxes_feed ("3gf ", &box,
          "00000000 0080 0000 0000  00000064 0080 0000 0000", FALSE, records,
          1, &n), 10);
  fail_unless_equals_int (n, 1);
}

GST_END_TEST;

/* 3000 g, and a time of 49 days */
GST_START_TEST (test_rows_that_cannot_be_are_left_out)
{
  GpsBox box = { 0 };
  GpsRecord records[4];
  size_t n;

  (void) gpsaxes_feed ("3gf ", &box, "00000000 7fff 0000 0000"
      "fffffffe 0080 0000 0000  000000c8 0000 0000 0080", TRUE, records, 4, &n);
  fail_unless_equals_int (n, 1);
  gpsaxes_check (&records[0], 200000, 0.0, 0.0, 1.0);
}

GST_END_TEST;

GST_START_TEST (test_gsen_comes_five_times_a_second)
{
  GpsBox box = { 0 };
  GpsRecord records[4];
  size_t n;

  fail_unless_equals_int (gpsaxes_feed ("gsen", &box, "010210 f0e088 01",
          FALSE, records, 4, &n), 6);
  fail_unless_equals_int (n, 2);
  gpsaxes_check (&records[0], 0, 0.0625, 0.125, 1.0);
  gpsaxes_check (&records[1], 200000, -1.0, -2.0, -7.5);
  /* goes on where the piece before ended */
  (void) gpsaxes_feed ("gsen", &box, "010000", TRUE, records, 4, &n);
  fail_unless_equals_int (n, 1);
  gpsaxes_check (&records[0], 400000, 0.0625, 0.0, 0.0);
}

GST_END_TEST;

GST_START_TEST (test_gsen_of_auto_vox_is_another)
{
  fail_if (gpsaxes_gsen_probe ((const uint8_t *) "\0\0\0\x20gsenAITS", 12));
  fail_unless (gpsaxes_gsen_probe ((const uint8_t *) "\0\0\0\x20gsen\1\2\3",
          11));
}

GST_END_TEST;

GST_START_TEST (test_samples_of_12_bytes_are_three_numbers)
{
  g_autoptr (GByteArray) bytes = wiretest_hex ("0000803f 000000bf 0000803e");
  g_autoptr (GByteArray) nan = wiretest_hex ("0000c07f 000000bf 0000803e");
  const Dialect *dialect = dialect_find (DIALECT_CARRIER_SSMD, bytes->data,
      bytes->len);
  GpsRecord record;

  fail_unless_equals_string (dialect->name, "ssmd-acceleration");
  fail_unless (dialect->is_acceleration);
  fail_unless_equals_int (dialect->decode (bytes->data, bytes->len, &record,
          1), 1);
  gpsaxes_check (&record, -1, 1.0, -0.5, 0.25);
  fail_unless_equals_int (dialect->decode (bytes->data, bytes->len, &record,
          0), 0);
  fail_unless (dialect_find (DIALECT_CARRIER_SSMD, bytes->data, 11) == NULL);
  fail_unless (dialect_find (DIALECT_CARRIER_SSMD, nan->data, 12) == NULL);
}

GST_END_TEST;

static Suite *
gpsaxes_suite (void)
{
  Suite *suite = suite_create ("gpsaxes");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_3gf_has_milliseconds);
  tcase_add_test (tc, test_rows_are_taken_whole);
  tcase_add_test (tc, test_rows_that_cannot_be_are_left_out);
  tcase_add_test (tc, test_gsen_comes_five_times_a_second);
  tcase_add_test (tc, test_gsen_of_auto_vox_is_another);
  tcase_add_test (tc, test_samples_of_12_bytes_are_three_numbers);
  return suite;
}

GST_CHECK_MAIN (gpsaxes);
