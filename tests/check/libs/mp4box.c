/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/mp4box.h"

/* Parses the bytes; false and an untouched box when they are none. */
static gboolean
mp4box_from_hex (const gchar * hex, guint64 room, Mp4Box * ret_box)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  Mp4Box before;

  memset (ret_box, 0x5a, sizeof *ret_box);
  before = *ret_box;
  if (mp4box_parse (bytes->data, bytes->len, room, ret_box))
    return TRUE;
  fail_unless (memcmp (&before, ret_box, sizeof before) == 0);
  return FALSE;
}

static void
mp4box_assert (const gchar * hex, guint64 room, guint header_size,
    guint64 size, gboolean truncated)
{
  Mp4Box box;

  fail_unless (mp4box_from_hex (hex, room, &box));
  fail_unless_equals_uint64 (box.type, MP4BOX_TYPE ('f', 'r', 'e', 'e'));
  fail_unless_equals_int (box.header_size, header_size);
  fail_unless_equals_uint64 (box.size, size);
  fail_unless_equals_int (box.truncated, truncated);
}

GST_START_TEST (test_size_word)
{
  mp4box_assert ("00000008 66726565", 8, 8, 8, FALSE);
  mp4box_assert ("00008000 66726565 47505320", 0x10000, 8, 0x8000, FALSE);
  mp4box_assert ("ffffffff 66726565", G_MAXUINT64, 8, 0xffffffff, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_64_bit_size)
{
  mp4box_assert ("00000001 66726565 00000000 00000010", 16, 16, 16, FALSE);
  mp4box_assert ("00000001 66726565 00000001 00000000", G_MAXUINT64, 16,
      G_GUINT64_CONSTANT (0x100000000), FALSE);
  mp4box_assert ("00000001 66726565 ffffffff ffffffff", G_MAXUINT64, 16,
      G_MAXUINT64, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_size_of_zero_means_all_the_room)
{
  mp4box_assert ("00000000 66726565", 8, 8, 8, FALSE);
  mp4box_assert ("00000000 66726565", 12345, 8, 12345, FALSE);
  mp4box_assert ("00000000 66726565", G_MAXUINT64, 8, G_MAXUINT64, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_box_beyond_its_room_is_truncated)
{
  mp4box_assert ("00000009 66726565", 8, 8, 8, TRUE);
  mp4box_assert ("ffffffff 66726565", 100, 8, 100, TRUE);
  mp4box_assert ("00000001 66726565 ffffffff ffffffff", 16, 16, 16, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_header_that_is_none_is_refused)
{
  static const gchar *bad[] = {
    "", "00", "00000008 667265", "00000007 66726565", "00000002 66726565",
    "00000001 66726565", "00000001 66726565 00000000 000000",
    "00000001 66726565 00000000 0000000f",
    "00000001 66726565 00000000 00000000",
  };
  Mp4Box box;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    fail_if (mp4box_from_hex (bad[i], G_MAXUINT64, &box), "%s", bad[i]);
  fail_if (mp4box_from_hex ("00000000 66726565", 7, &box));
  fail_if (mp4box_from_hex ("00000000 66726565", 0, &box));
  fail_if (mp4box_from_hex ("00000001 66726565 00000000 00000010", 15, &box));
}

GST_END_TEST;

static Suite *
mp4box_suite (void)
{
  Suite *suite = suite_create ("mp4box");
  TCase *tcase = tcase_create ("mp4box");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_size_word);
  tcase_add_test (tcase, test_64_bit_size);
  tcase_add_test (tcase, test_size_of_zero_means_all_the_room);
  tcase_add_test (tcase, test_box_beyond_its_room_is_truncated);
  tcase_add_test (tcase, test_header_that_is_none_is_refused);
  return suite;
}

GST_CHECK_MAIN (mp4box);
