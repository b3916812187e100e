/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"
#include "wire/gpsaxes.h"
#include "wire/mp4sources.h"

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

GST_START_TEST (test_auto_vox_has_milliseconds_behind_its_positions)
{
  /* a chunk of 12 bytes behind others */
  g_autoptr (GByteArray) bytes = wiretest_hex ("67707361 08000000 00*8 "
      "6773656e 0c000000 41495453 1a0df3ff c8000000");
  g_autofree Mp4Sources *sources = g_new0 (Mp4Sources, 1);
  Mp4Box box = {.header_size = 8,.size = bytes->len };
  GpsRecord records[2];
  GpsBox state = { 0 };
  size_t n;

  /* one box for each of both */
  mp4sources_init (sources, bytes->len);
  (void) mp4sources_add_top (sources, &box, 0, bytes->data, bytes->len);
  fail_unless_equals_int (sources->n_boxes, 2);
  fail_if (sources->boxes[0].dialect->is_acceleration);
  fail_unless_equals_string (sources->boxes[1].dialect->name,
      "auto-vox-acceleration");
  fail_unless_equals_int (sources->boxes[1].end, bytes->len);

  fail_unless_equals_int (sources->boxes[1].dialect->feed (&state, NULL,
          bytes->data + 8, bytes->len - 8, TRUE, records, 2, &n),
      bytes->len - 8);
  fail_unless_equals_int (n, 1);
  fail_unless_equals_int (records[0].fields, GPSRECORD_ACCELERATION_RAW |
      GPSRECORD_ELAPSED);
  fail_unless_equals_int64 (records[0].elapsed_us, 200000);
  fail_unless_equals_float (records[0].acceleration[0], 26.0);
  fail_unless_equals_float (records[0].acceleration[1], 13.0);
  fail_unless_equals_float (records[0].acceleration[2], -13.0);
}

GST_END_TEST;

GST_START_TEST (test_srev_is_three_numbers)
{
  /* 1, -500, 250 */
  g_autoptr (GByteArray) bytes = wiretest_hex ("73526556 0100 0cfe fa00 ffff");
  const Dialect *dialect = dialect_find (DIALECT_CARRIER_RVMI, bytes->data,
      bytes->len);
  GpsRecord record;

  fail_unless_equals_string (dialect->name, "rvmi-acceleration");
  fail_unless (dialect->is_acceleration);
  fail_unless_equals_int (dialect->decode (bytes->data, bytes->len, &record,
          1), 1);
  gpsaxes_check (&record, -1, 0.001, -0.5, 0.25);
  fail_unless (dialect_find (DIALECT_CARRIER_RVMI, bytes->data, 9) == NULL);
}

GST_END_TEST;

/* Acceleration of records with a position: typed from docs/wire/. */
static const struct
{
  const gchar *dialect;
  DialectCarrier carrier;
  const gchar *hex;
  guint field;
  gdouble axes[3];
} gpsaxes_beside[] = {
  /* "YOUQINGGPS" */
  {"youqing", DIALECT_CARRIER_FREEGPS, "00000400 66726565 47505320 f0010000"
        "594f5551494e47475053 00*98 01000000 ecffffff 07000000",
      GPSRECORD_ACCELERATION_RAW, {1.0, -20.0, 7.0}},
  {"fmas", DIALECT_CARRIER_GPMD, "464d4153 00*92 e807 06010a141e02 00*4 "
        "000080bf 000000bf 0000803e 41574e 7a1c 00 4c10 2531 9604 1600 3500",
      GPSRECORD_ACCELERATION, {-1.0, -0.5, 0.25}},
  {"vueroid", DIALECT_CARRIER_TVXT, "00*40 000080bf 000000bf 0000803e 01 00"
        "7800 00001042 22536a45 c8123f46 eef55a66", GPSRECORD_ACCELERATION_RAW,
      {-1.0, -0.5, 0.25}},
  /* "X0000.2340Y-000.0720Z0000.9900G$GPRMC,102030,A,4851.5022,N,00217.6689,E,
   * 19.44,53.1,010624,,*00" */
  {"camm-nmea", DIALECT_CARRIER_CAMM, "58303030302e32333430592d3030302e30373230"
        "5a303030302e3939303047 244750524d432c3130323033302c412c343835312e3530"
        "32322c4e2c30303231372e363638392c452c31392e34342c35332e312c303130363234"
        "2c2c2a3030", GPSRECORD_ACCELERATION, {0.234, -0.072, 0.99}},
};

GST_START_TEST (test_acceleration_beside_a_position)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (gpsaxes_beside[__i__].hex);
  g_autofree DialectMemory *memory = g_new0 (DialectMemory, 1);
  GpsRecord records[DIALECT_MAX_RECORDS];
  const Dialect *dialect;
  size_t n;

  (void) dialect_read (memory, gpsaxes_beside[__i__].carrier, bytes->data,
      bytes->len, &dialect, records, &n);
  fail_unless_equals_string (dialect->name, gpsaxes_beside[__i__].dialect);
  fail_unless_equals_int (n, 1);
  fail_unless_equals_int (records[0].fields & (GPSRECORD_ACCELERATION |
          GPSRECORD_ACCELERATION_RAW), gpsaxes_beside[__i__].field);
  for (guint i = 0; i < 3; i++)
    wiretest_assert_near (records[0].acceleration[i],
        gpsaxes_beside[__i__].axes[i], 1e-9);
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
  tcase_add_test (tc, test_auto_vox_has_milliseconds_behind_its_positions);
  tcase_add_test (tc, test_srev_is_three_numbers);
  tcase_add_loop_test (tc, test_acceleration_beside_a_position, 0,
      G_N_ELEMENTS (gpsaxes_beside));
  return suite;
}

GST_CHECK_MAIN (gpsaxes);
