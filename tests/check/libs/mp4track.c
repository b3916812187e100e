/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "mp4test.h"

#include "wire/mp4box.h"

/* Times of a track: its edit list, and pictures in another order. */

#define SECOND G_GINT64_CONSTANT (1000000)

static Mp4Track track;

static void
mp4track_put (const gchar * type, const gchar * hex)
{
  g_autofree gchar *all = g_strconcat ("00000000 00000000", hex, NULL);
  g_autoptr (GByteArray) box = wiretest_hex (all);

  memcpy (box->data + 4, type, 4);
  mp4track_add_box (&track, GST_READ_UINT32_BE ((const guint8 *) type), 0,
      box->len, box->data, box->len);
}

/* When the first picture is shown; the track counts thousandths, the movie
 * 90000ths. */
static gint64
mp4track_first (const gchar * elst, const gchar * ctts)
{
  mp4track_init (&track);
  mp4track_put ("mdhd",
      "00000000 00000000 00000000 000003e8 00000000 00000000");
  if (elst)
    mp4track_put ("elst", elst);
  if (ctts)
    mp4track_put ("ctts", ctts);
  mp4track_settle_edit (&track, 90000);
  return mp4track_get_shown_us (&track, mp4track_get_time_us (&track));
}

GST_START_TEST (test_edit_list_says_when_a_track_is_shown)
{
  /* at once, from the beginning */
  fail_unless_equals_int64 (mp4track_first (NULL, NULL), 0);
  fail_unless_equals_int64 (mp4track_first
      ("00000000 00000001 00015f90 00000000 00010000", NULL), 0);
  /* after one second and two */
  fail_unless_equals_int64 (mp4track_first ("00000000 00000003"
          "00015f90 ffffffff 00010000 0002bf20 ffffffff 00010000"
          "00015f90 00000000 00010000", NULL), 3 * SECOND);
  fail_unless_equals_int64 (mp4track_first ("01000000 00000002"
          "00000000 00015f90 ffffffff ffffffff 00010000"
          "00000000 00015f90 00000000 00000000 00010000", NULL), SECOND);
  /* the first half second is cut off: what is in it is shown at once */
  fail_unless_equals_int64 (mp4track_first
      ("00000000 00000001 00015f90 000001f4 00010000", NULL), 0);
  fail_unless_equals_int64 (mp4track_get_shown_us (&track, SECOND), SECOND / 2);
}

GST_END_TEST;

GST_START_TEST (test_reordered_pictures_are_shown_when_the_edit_list_says)
{
  static const gchar delay[] = "00000000 00000001 00000001 00000050";

  fail_unless_equals_int64 (mp4track_first (NULL, delay), 80000);
  fail_unless_equals_int64 (mp4track_first
      ("00000000 00000001 00015f90 00000050 00010000", delay), 0);
  fail_unless_equals_int64 (mp4track_get_shown_us (&track,
          mp4track_get_time_us (&track) + SECOND), SECOND);
  /* with signs no picture is later than it is decoded */
  fail_unless_equals_int64 (mp4track_first (NULL,
          "01000000 00000001 00000001 ffffffb0"), 0);
}

GST_END_TEST;

GST_START_TEST (test_edit_lists_that_make_no_sense_move_nothing)
{
  static const gchar *const lists[] = {
    "00000000", "00000000 00000001", "00000000 00000001 00015f90",
    "00000000 00000000 00015f90 ffffffff 00010000",
    "01000000 00000001 ffffffff ffffffff ffffffff ffffffff 00010000",
    "01000000 00000001 00000000 00000000 7fffffff ffffffff 00010000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    fail_unless_equals_int64 (mp4track_first (lists[i], NULL), 0);
    fail_unless_equals_int64 (mp4track_get_shown_us (&track, SECOND), SECOND);
  }
  /* how long an empty edit is nobody knows without the movie's clock */
  (void) mp4track_first ("00000000 00000001 00015f90 ffffffff 00010000", NULL);
  mp4track_settle_edit (&track, 0);
  fail_unless_equals_int64 (mp4track_get_shown_us (&track, 0), 0);
}

GST_END_TEST;

static Suite *
mp4track_suite (void)
{
  Suite *s = suite_create ("mp4track");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_edit_list_says_when_a_track_is_shown);
  tcase_add_test (tc,
      test_reordered_pictures_are_shown_when_the_edit_list_says);
  tcase_add_test (tc, test_edit_lists_that_make_no_sense_move_nothing);
  return s;
}

GST_CHECK_MAIN (mp4track);
