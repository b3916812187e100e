/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Recordings of broken cards and hostile makers: whatever the bytes are, an
 * end is reached, and what stands before the damage comes out. */

#define _GNU_SOURCE

#include "gpxtest.h"

#include <gst/check/gstcheck.h>

static const gchar *const samples[] = {
  "synthetic/ts_viofo_a119v3.ts",
  "synthetic/ts_blueskysea_b4k.ts",
  "synthetic/mp4_fgps17_viofo_a119s.mp4",
  "synthetic/edge_void_and_gap.mp4",
};

static gboolean
is_gps_start (const guint8 * packet)
{
  return packet[0] == 0x47 && (packet[1] & 0x5f) == 0x43 && packet[2] == 0;
}

/* How many records the first size bytes hold at least. Of a stream: PES
 * packets that the start of the next one has ended. Of an MP4: blocks. */
static guint
count_records (const GByteArray * data, gsize size)
{
  guint n = 0;

  if (data->data[0] != 0x47) {
    for (gsize i = 4; i + 508 <= size; i++)
      n += memcmp (data->data + i, "freeGPS ", 8) == 0;
    return n;
  }
  for (gsize i = 0; i + 188 <= size; i += 188)
    n += is_gps_start (data->data + i);
  return n > 0 ? n - 1 : 0;
}

/* The first fixes of both are the same; of a block that is cut, which is the
 * last, less may be known. */
static void
assert_begins_like (const Recording * whole, const Recording * cut)
{
  g_autofree gchar *expected = gpxtest_summarise_fixes (whole);
  g_autofree gchar *got = gpxtest_summarise_fixes (cut);
  gchar *last = strrchr (got, '[');

  if (last)
    *last = '\0';
  fail_unless (g_str_has_prefix (expected, got), "%s is not %s", got, expected);
}

GST_START_TEST (test_cut_off_anywhere)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[__i__]);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) whole = NULL;
  guint last = 0;

  if (!data)
    return;
  whole = gpxtest_read_file (data->data, data->len, &error);
  for (gsize size = 1; size < data->len; size += 89) {
    g_autoptr (GError) cut_error = NULL;
    g_autoptr (Recording) cut = gpxtest_read_file (data->data, size,
        &cut_error);

    if (!cut) {
      fail_unless (size < 2000, "nothing in %" G_GSIZE_FORMAT, size);
      continue;
    }
    assert_begins_like (whole, cut);
    fail_unless (cut->records->len >= count_records (data, size),
        "%u records in %" G_GSIZE_FORMAT, cut->records->len, size);
    fail_unless (cut->records->len >= last);
    last = cut->records->len;
  }
}

GST_END_TEST;

/* The power was cut while the last PES packet was written: its record stands in
 * its first packet. */
GST_START_TEST (test_record_at_the_very_end_counts)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  gsize end = 0;

  if (!data)
    return;
  for (gsize i = 0; i + 188 <= data->len; i += 188) {
    if (is_gps_start (data->data + i))
      end = i + 188;
  }
  recording = gpxtest_read_file (data->data, end, &error);
  fail_unless (recording != NULL);
  assert_equals_int (recording->n_fixes, 5);
}

GST_END_TEST;

/* The same in an MP4, from a file and from a pipe. */
GST_START_TEST (test_block_at_the_very_end_counts)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[2]);
  gsize end = 0;

  for (gsize i = 4; data && i + 508 <= data->len; i++) {
    if (memcmp (data->data + i, "freeGPS ", 8) == 0)
      end = i + 0x60;
  }
  for (guint piped = 0; data && piped < 2; piped++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = piped
        ? gpxtest_read_pipe (data->data, end, 4096, &error)
        : gpxtest_read_file (data->data, end, &error);

    fail_unless (recording != NULL);
    assert_equals_int (recording->n_fixes, 5);
  }
}

GST_END_TEST;

/* Each bit of the headers in front, then one here and there. */
GST_START_TEST (test_bits_that_fell_over)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[__i__]);

  for (gsize i = 0; data && i < 2000; i++) {
    gsize at = i < 512 ? i / 8 : i * 9973 % data->len;
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    data->data[at] ^= (guint8) (1 << i % 8);
    recording = gpxtest_read_file (data->data, data->len, &error);
    data->data[at] ^= (guint8) (1 << i % 8);
  }
}

GST_END_TEST;

/* From there on nothing but noise. */
GST_START_TEST (test_fixes_before_the_damage_come_out)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[__i__]);
  g_autoptr (GByteArray) noise = NULL;

  if (!data)
    return;
  noise = gpxtest_new_noise (7, data->len);
  for (gsize from = 2048; from < data->len; from += 1777) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    g_byte_array_append (bytes, data->data, (guint) from);
    g_byte_array_append (bytes, noise->data, data->len - (guint) from);
    recording = gpxtest_read_file (bytes->data, bytes->len, &error);
    fail_unless (recording != NULL);
    fail_unless (recording->records->len >= count_records (data, from),
        "%u records before %" G_GSIZE_FORMAT, recording->records->len, from);
  }
}

GST_END_TEST;

/* Noise that begins like each of the two. */
GST_START_TEST (test_noise)
{
  for (guint i = 0; i < 300; i++) {
    g_autoptr (GByteArray) noise = gpxtest_new_noise (i, i * 331 % 70000);
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    if (i % 3 == 0 && noise->len >= 12)
      memcpy (noise->data, "\0\0\0\014ftypmp42", 12);
    for (guint at = 0; i % 3 == 1 && at < noise->len; at += 188)
      noise->data[at] = 0x47;
    recording = i % 2 ? gpxtest_read_file (noise->data, noise->len, &error)
        : gpxtest_read_pipe (noise->data, noise->len, 4096, &error);
  }
}

GST_END_TEST;

/* A GPS table that names two blocks again and again. */
static void
add_table (GByteArray * bytes, guint n_entries)
{
  wiretest_put_u32be (bytes, 16 + 8 * n_entries);
  g_byte_array_append (bytes, (const guint8 *) "gps ", 4);
  wiretest_put_u32be (bytes, 0x101);
  wiretest_put_u32be (bytes, n_entries);
  for (guint i = 0; i < n_entries; i++) {
    wiretest_put_u32be (bytes, i % 2 ? 16 : 16 + 0x52);
    wiretest_put_u32be (bytes, 0x52);
  }
}

/* More than anybody drives, in a file of no size worth mentioning. */
GST_START_TEST (test_number_of_records_has_an_end)
{
  static const gchar block[] = "00000052 66726565 47505320 4c000000"
      "0a000000 14000000 1e000000 18000000 06000000 01000000"
      "41534500 83765145 ac236c46 ef819b41 66665442";
  const guint n_entries = 500 * 1000 + 1;
  g_autoptr (GByteArray) bytes = wiretest_hex ("00000010 66747970 6d703432"
      "00000000");
  g_autoptr (GByteArray) head = wiretest_hex_padded (block, 0x52);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  g_autofree gchar *text = NULL;
  gint fd;

  g_byte_array_append (bytes, head->data, head->len);
  g_byte_array_append (bytes, head->data, head->len);
  wiretest_put_u32be (bytes, 8 + 2 * (16 + 8 * n_entries));
  g_byte_array_append (bytes, (const guint8 *) "moov", 4);
  add_table (bytes, n_entries);
  add_table (bytes, n_entries);
  fd = gpxtest_open (bytes->data, bytes->len);
  recording = gpxtest_read (fd, "file", -1, &error);
  close (fd);
  fail_unless (recording != NULL);
  assert_equals_int (recording->n_fixes, 1000 * 1000);
  fail_unless (g_error_matches (recording->damage, RECORDING_ERROR,
          RECORDING_ERROR_TOO_LARGE));
  text = recording_describe (recording);
  fail_unless (strstr (text, "1000000") != NULL, "%s", text);
}

GST_END_TEST;

static Suite *
gpxdamage_suite (void)
{
  Suite *s = suite_create ("gpxdamage");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_cut_off_anywhere, 0, G_N_ELEMENTS (samples));
  tcase_add_test (tc, test_record_at_the_very_end_counts);
  tcase_add_test (tc, test_block_at_the_very_end_counts);
  tcase_add_loop_test (tc, test_bits_that_fell_over, 0, G_N_ELEMENTS (samples));
  tcase_add_loop_test (tc, test_fixes_before_the_damage_come_out, 0,
      G_N_ELEMENTS (samples));
  tcase_add_test (tc, test_noise);
  tcase_add_test (tc, test_number_of_records_has_an_end);
  return s;
}

GST_CHECK_MAIN (gpxdamage);
