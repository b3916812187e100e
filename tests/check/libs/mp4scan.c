/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "mp4test.h"

static Mp4Scan scan;

/* Feeds the ranges [0, cut), [cut, size) or, with step, pieces of that many
 * bytes, and logs all that comes. The scan was just begun. */
static gchar *
mp4scan_feed_all (const GByteArray * bytes, gsize cut, gsize step)
{
  GString *log = g_string_new (NULL);
  gsize at = 0, begin = scan.position;
  unsigned events;

  while (at < bytes->len) {
    gsize end = step ? MIN (at + step, bytes->len) : at < cut ? cut :
        bytes->len;

    while (at < end) {
      /* a copy, so that sanitizers see what is read beyond the end */
      g_autofree guint8 *copy = g_memdup2 (bytes->data + at, end - at);
      gsize taken = mp4scan_feed (&scan, copy, end - at, &events);

      fail_unless (taken <= end - at);
      fail_unless (events || taken == end - at);
      if (events)
        mp4test_print_block (log, events, &scan.block);
      at += taken;
      fail_unless_equals_uint64 (scan.position, begin + at);
    }
  }
  while ((events = mp4scan_finish (&scan)))
    mp4test_print_block (log, events, &scan.block);
  return g_string_free (log, FALSE);
}

static gchar *
mp4scan_log (const GByteArray * bytes, gsize cut, gsize step)
{
  mp4scan_init (&scan, 1000);
  return mp4scan_feed_all (bytes, cut, step);
}

/* The same with boxes and tracks. */
static gchar *
mp4scan_log_boxes (const GByteArray * bytes, gsize cut, gsize step)
{
  static Mp4Stream stream;
  static guint8 memory[MP4STREAM_MEMORY];

  mp4scan_init (&scan, 0);
  mp4stream_init (&stream, memory);
  mp4scan_set_stream (&scan, &stream);
  return mp4scan_feed_all (bytes, cut, step);
}

/* Video, blocks of several sizes, one cut off by the end. */
static GByteArray *
mp4scan_stream (void)
{
  GByteArray *file = g_byte_array_new ();

  mp4test_put_video (file, 30);
  mp4test_put_block (file, 1, 0x52);
  mp4test_put_block (file, 2, 0x400);
  mp4test_put_video (file, 50);
  mp4test_put_block (file, 3, 0x200);
  mp4test_put_block (file, 4, 0xa8);
  mp4test_put_block (file, 5, 0x1ff);
  mp4test_put_video (file, 1);
  mp4test_put_block (file, 6, 0x200);
  g_byte_array_set_size (file, file->len - 300);
  return file;
}

static guint
mp4scan_count (const gchar * log)
{
  guint n = 0;

  for (; *log; log++)
    n += *log == '\n';
  return n;
}

GST_START_TEST (test_blocks_are_found_where_they_are)
{
  g_autoptr (GByteArray) file = mp4scan_stream ();
  g_autofree gchar *log = mp4scan_log (file, 0, 0);

  fail_unless_equals_int (mp4scan_count (log), 6);
  /* 1000 + 30, 1000 + 30 + 0x52 */
  fail_unless (g_str_has_prefix (log, "1 406 novatek-e [d 1 1717237201000000"));
  fail_unless (strstr (log, "\n1 458 novatek-e [d 1 1717237202000000") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_splits_give_the_same_blocks)
{
  g_autoptr (GByteArray) file = mp4scan_stream ();
  g_autofree gchar *whole = mp4scan_log (file, 0, 0);

  for (gsize cut = 1; cut < file->len; cut++) {
    g_autofree gchar *log = mp4scan_log (file, cut, 0);

    fail_unless_equals_string (log, whole);
  }
  for (gsize step = 1; step < 30; step++) {
    g_autofree gchar *log = mp4scan_log (file, 0, step);

    fail_unless_equals_string (log, whole);
  }
}

GST_END_TEST;

/* A row of gps0: Zurich, 120 km/h, 2024-06-01 10:20:30. */
#define GPS0_ROW "0de02d9080f3b240 6c09f9a067356b40 78000000 2400 18060a141e" \
    "1b000000"

static void
mp4scan_put_rows (GByteArray * file, const gchar * rows)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (rows);
  guint at = mp4test_begin_box (file, "gps0");

  g_byte_array_append (file, bytes->data, bytes->len);
  mp4test_end_box (file, at);
}

/* Boxes are read ahead of the blocks. What they give comes in its place, and
 * not at all behind a block that has a position; the bytes are all taken even
 * so. */
GST_START_TEST (test_boxes_come_in_their_place_however_bytes_are_cut)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *whole = NULL;

  mp4test_put_ftyp (file);
  mp4scan_put_rows (file, GPS0_ROW GPS0_ROW);
  mp4test_put_block (file, 1, 0x200);
  mp4scan_put_rows (file, GPS0_ROW GPS0_ROW);
  mp4test_put_block (file, 2, 0x200);
  whole = mp4scan_log_boxes (file, 0, 0);
  fail_unless_equals_int (mp4scan_count (whole), 3);
  fail_unless (strstr (whole, " gps0 ") != NULL, "%s", whole);
  fail_unless (strstr (whole, " gps0 ") < strstr (whole, " novatek-e "));
  for (gsize cut = 1; cut < file->len; cut++) {
    g_autofree gchar *log = mp4scan_log_boxes (file, cut, 0);

    fail_unless_equals_string (log, whole);
  }
  for (gsize step = 1; step < 70; step++) {
    g_autofree gchar *log = mp4scan_log_boxes (file, 0, step);

    fail_unless_equals_string (log, whole);
  }
}

GST_END_TEST;

GST_START_TEST (test_truncation_keeps_the_blocks_before_it)
{
  g_autoptr (GByteArray) file = mp4scan_stream ();
  /* where the records end: 60 bytes into each block */
  static const gsize ends[] = { 90, 172, 1246, 1758, 1926, 2438 };

  while (file->len > 0) {
    g_autofree gchar *log = NULL;
    guint n = 0, n_records = 0;

    g_byte_array_set_size (file, file->len - 1);
    log = mp4scan_log (file, 0, 0);
    while (n < 6 && file->len >= ends[n])
      n++;
    for (const gchar * line = log; *line; line = strchr (line, '\n') + 1)
      n_records += *line == '1';
    fail_unless_equals_int (n_records, n);
  }
}

GST_END_TEST;

GST_START_TEST (test_head_with_an_impossible_size_is_video)
{
  static const guint32 sizes[] = { 0, 0x51, 0x10001, G_MAXUINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autofree gchar *log = NULL;
    guint32 size = GUINT32_TO_BE (sizes[i]);

    mp4test_put_block (file, 1, 0x200);
    memcpy (file->data, &size, 4);
    mp4test_put_block (file, 2, 0x200);
    log = mp4scan_log (file, 0, 0);
    fail_unless_equals_int (mp4scan_count (log), 1);
    fail_unless (g_str_has_prefix (log, "1 5e8 "));
  }
}

GST_END_TEST;

/* A head in a picture, right before a true block, does not hide it. */
GST_START_TEST (test_false_head_hides_nothing)
{
  for (guint distance = 12; distance < 600; distance += 7) {
    g_autoptr (GByteArray) file = wiretest_hex ("00001000 66726565 47505320");
    g_autofree gchar *log = NULL, *bytewise = NULL;

    mp4test_put_video (file, distance - 12);
    mp4test_put_block (file, 1, 0x200);
    log = mp4scan_log (file, 0, 0);
    bytewise = mp4scan_log (file, 0, 1);
    fail_unless_equals_string (log, bytewise);
    fail_unless_equals_int (mp4scan_count (log), 2);
    fail_unless (g_str_has_prefix (log, "2 3e8 ?\n1 "));
  }
}

GST_END_TEST;

GST_START_TEST (test_magic_without_room_for_a_size_is_no_block)
{
  g_autoptr (GByteArray) file = wiretest_hex ("000200 66726565 47505320 00*99");
  g_autofree gchar *log = mp4scan_log (file, 0, 0);

  fail_unless_equals_string (log, "");
}

GST_END_TEST;

GST_START_TEST (test_rows_of_heads_are_all_looked_at)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL, *bytewise = NULL;

  for (guint i = 0; i < 100; i++) {
    g_autoptr (GByteArray) head = wiretest_hex ("00000200 66726565 47505320");

    g_byte_array_append (file, head->data, head->len);
  }
  mp4test_put_block (file, 1, 0x200);
  log = mp4scan_log (file, 0, 0);
  bytewise = mp4scan_log (file, 0, 1);
  fail_unless_equals_string (log, bytewise);
  fail_unless_equals_int (mp4scan_count (log), 101);
}

GST_END_TEST;

GST_START_TEST (test_no_data_is_no_block)
{
  unsigned events = 1;

  mp4scan_init (&scan, 0);
  fail_unless_equals_int (mp4scan_feed (&scan, NULL, 0, &events), 0);
  fail_unless_equals_int (events, 0);
  fail_unless_equals_int (mp4scan_finish (&scan), 0);
}

GST_END_TEST;

GST_START_TEST (test_flipped_bytes_give_something_plausible)
{
  g_autoptr (GByteArray) file = mp4scan_stream ();

  for (guint i = 0; i < file->len; i++) {
    g_autofree gchar *whole = NULL, *split = NULL;

    file->data[i] ^= 0xff;
    whole = mp4scan_log (file, 0, 0);
    split = mp4scan_log (file, 0, 512);
    fail_unless_equals_string (whole, split);
    file->data[i] ^= 0xff;
  }
}

GST_END_TEST;

/* The search goes over many bytes at a time: wherever a block stands in them,
 * and whatever letters of its head stand beside it. */
GST_START_TEST (test_blocks_are_found_at_any_distance)
{
  for (guint before = 0; before <= 600; before++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autofree gchar *log = NULL, *start = NULL;

    for (guint i = 0; i < before; i++)
      g_byte_array_append (file, (const guint8 *) &"GPxG"[i % 4], 1);
    mp4test_put_block (file, 1, 0x52);
    mp4test_put_video (file, 700);
    log = mp4scan_log (file, 0, 0);
    start = g_strdup_printf ("1 %x novatek-e ", 1000 + before);
    fail_unless (g_str_has_prefix (log, start), "%u: %s", before, log);
    fail_unless_equals_int (mp4scan_count (log), 1);
  }
}

GST_END_TEST;

/* A record of GPMF with one position, behind "GP" 06 00 and its length. */
#define GPMF "47500600 00000064 00*8 44455643 0001005c 5354524d 00010054" \
    "5343414c 6c040009 00989680 00989680 000003e8 000003e8 00000064" \
    "00000001 000003e8 00000064 00000001 47505339 3f200001" \
    "f251d0c8 e63e9a5a 0001d4c0 00002710 000003e8 000022d6 023815b0" \
    "008c 0003"

GST_START_TEST (test_gpmf_that_no_track_names)
{
  static const struct
  {
    const gchar *hex;
    guint n;
  } rows[] = {
    {"00*40 " GPMF "00*40", 1},
    {"00*8 " GPMF GPMF GPMF, 3},
    /* cut off, another kind, a length that its item does not fill */
    {"00*8 47500600 00000064 00*8", 0},
    {"00*8 47500600 00000064 00*8 44455643 00010004 5354524d 00*100", 0},
    {"00*8 47500600 00000064 00*8 45455643 0001005c 5354524d 00*100", 0},
    {"00*8 47500600 01000064 00*8 44455643 0001005c 5354524d 00*100", 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = wiretest_hex (rows[i].hex);
    g_autofree gchar *log = mp4scan_log (file, 0, 0);

    fail_unless_equals_int (mp4scan_count (log), rows[i].n);
    fail_unless_equals_int (strstr (log, " gpmf [") != NULL, rows[i].n > 0);
    for (gsize cut = 1; cut < file->len; cut++) {
      g_autofree gchar *split = mp4scan_log (file, cut, 0);

      fail_unless_equals_string (split, log);
    }
  }
}

GST_END_TEST;

static Suite *
mp4scan_suite (void)
{
  Suite *suite = suite_create ("mp4scan");
  TCase *tcase = tcase_create ("mp4scan");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_blocks_are_found_where_they_are);
  tcase_add_test (tcase, test_splits_give_the_same_blocks);
  tcase_add_test (tcase, test_boxes_come_in_their_place_however_bytes_are_cut);
  tcase_add_test (tcase, test_truncation_keeps_the_blocks_before_it);
  tcase_add_test (tcase, test_head_with_an_impossible_size_is_video);
  tcase_add_test (tcase, test_false_head_hides_nothing);
  tcase_add_test (tcase, test_magic_without_room_for_a_size_is_no_block);
  tcase_add_test (tcase, test_rows_of_heads_are_all_looked_at);
  tcase_add_test (tcase, test_no_data_is_no_block);
  tcase_add_test (tcase, test_flipped_bytes_give_something_plausible);
  tcase_add_test (tcase, test_blocks_are_found_at_any_distance);
  tcase_add_test (tcase, test_gpmf_that_no_track_names);
  return suite;
}

GST_CHECK_MAIN (mp4scan);
