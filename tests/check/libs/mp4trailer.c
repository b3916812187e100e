/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "mp4test.h"

/* Trailers behind what is no box, in a stream that cannot be read from its end
 * (docs/wire/dashcam-tracks.md). */

#define FIX "ligo-box [5 2 1717237230000000 48.858370000 2.294481000 10.000000]"

static const guint steps[] = { 1, 7, 18, 19, 20, 100, 100000 };

/* A box with one slot, of that type. */
static void
mp4trailer_put (GByteArray * file, const gchar * type)
{
  g_autoptr (GByteArray) head =
      wiretest_hex ("4c49474f475053494e464f0000000000 00000001 00000001");
  g_autoptr (GByteArray) rest = wiretest_hex ("00*75");
  guint at = mp4test_begin_box (file, type);

  g_byte_array_append (file, head->data, head->len);
  g_byte_array_append (file, (const guint8 *)
      "2024/06/01 10:20:30 N:48.858370 E:2.294481 36.0 km/h", 53);
  g_byte_array_append (file, rest->data, rest->len);
  mp4test_end_box (file, at);
}

static guint
mp4trailer_count (GByteArray * file, gsize step)
{
  static Mp4Stream stream;
  g_autofree Mp4Scan *scan = g_new (Mp4Scan, 1);
  g_autofree guint8 *memory = g_malloc (MP4STREAM_MEMORY);
  g_autoptr (GString) log = g_string_new (NULL);
  unsigned events;
  guint n = 0;

  mp4scan_init (scan, 0);
  mp4stream_init (&stream, memory);
  mp4scan_set_stream (scan, &stream);
  for (gsize at = 0, end = 0; at < file->len;) {
    if (at == end)
      end = MIN (at + step, file->len);
    at += mp4scan_feed (scan, file->data + at, end - at, &events);
    if (events)
      mp4test_print_block (log, events, &scan->block);
  }
  while ((events = mp4scan_finish (scan)) != 0)
    mp4test_print_block (log, events, &scan->block);
  for (const gchar * p = log->str; (p = strstr (p, FIX)) != NULL; p++)
    n++;
  return n;
}

GST_START_TEST (test_trailer_is_found_as_it_passes)
{
  for (guint zeros = 0; zeros < 48; zeros++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autoptr (GByteArray) gap = wiretest_hex ("00000000 6d646174 00*100");

    mp4test_put_ftyp (file);
    mp4test_put_video (file, 300);
    g_byte_array_append (file, gap->data, zeros);
    mp4trailer_put (file, zeros % 2 ? "SKIP" : "skip");
    fail_unless_equals_int (mp4trailer_count (file, steps[__i__]), 1);
  }
}

GST_END_TEST;

/* mdat without a length. */
GST_START_TEST (test_trailer_in_a_box_without_end)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) mdat = wiretest_hex ("00000000 6d646174");

  mp4test_put_ftyp (file);
  g_byte_array_append (file, mdat->data, mdat->len);
  mp4test_put_video (file, 1000);
  mp4trailer_put (file, "skip");
  mp4trailer_put (file, "SKIP");
  fail_unless_equals_int (mp4trailer_count (file, steps[__i__]), 2);
}

GST_END_TEST;

GST_START_TEST (test_mark_alone_is_no_trailer)
{
  static const gchar *const marks[] = {
    "4c49474f475053494e464f", "00000003 736b6970 4c49474f475053494e464f",
    "00000040 66726565 4c49474f475053494e464f",
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autoptr (GByteArray) mark = wiretest_hex (marks[i]);

    mp4test_put_ftyp (file);
    mp4test_put_video (file, 300);
    g_byte_array_append (file, mark->data, mark->len);
    fail_unless_equals_int (mp4trailer_count (file, steps[__i__]), 0);
    mp4trailer_put (file, "skip");
    fail_unless_equals_int (mp4trailer_count (file, steps[__i__]), 1);
  }
}

GST_END_TEST;

/* Both in the bytes that are looked at for a head. */
GST_START_TEST (test_mark_in_front_hides_no_trailer)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) mark = wiretest_hex ("00000000 85647461"
      "4c49474f475053494e464f 00*20");

  mp4test_put_ftyp (file);
  g_byte_array_append (file, mark->data, mark->len);
  mp4trailer_put (file, "SKIP");
  fail_unless_equals_int (mp4trailer_count (file, steps[__i__]), 1);
}

GST_END_TEST;

static Suite *
mp4trailer_suite (void)
{
  Suite *s = suite_create ("mp4trailer");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_trailer_is_found_as_it_passes, 0,
      G_N_ELEMENTS (steps));
  tcase_add_loop_test (tc, test_trailer_in_a_box_without_end, 0,
      G_N_ELEMENTS (steps));
  tcase_add_loop_test (tc, test_mark_alone_is_no_trailer, 0,
      G_N_ELEMENTS (steps));
  tcase_add_loop_test (tc, test_mark_in_front_hides_no_trailer, 0,
      G_N_ELEMENTS (steps));
  return s;
}

GST_CHECK_MAIN (mp4trailer);
