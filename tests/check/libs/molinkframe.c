/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Names with "row" are of the table of behaviours in docs/wire/molink.md. */

#include "molinktest.h"

/* The frame of 12 bytes in three fragments that docs/wire/molink.md shows. */
static const gchar *const pieces[] = {
  "66 01 01 2a 0c 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 00 00"
      "ff d8 ff db 00",
  "66 03 01 2a 0c 00 00 00 00 00 00 00 01 00 05 00 00 00 00 00 00 00 00 00"
      "01 02 03 04 05",
  "66 02 01 2a 0c 00 00 00 00 00 00 00 02 00 02 00 00 00 00 00 00 00 00 00"
      "ff d9"
};

static void
molinkframe_assert_twelve (MolinkTest * test)
{
  static const guint8 expected[] = {
    0xff, 0xd8, 0xff, 0xdb, 0, 1, 2, 3, 4, 5, 0xff, 0xd9
  };
  const MolinkTestFrame *frame = molinktest_take (test);

  fail_unless (frame->info.complete);
  fail_unless_equals_int (frame->info.frame_id, 0x2a);
  fail_unless_equals_int (frame->info.size, sizeof expected);
  fail_unless_equals_int (frame->info.n_lost, 0);
  fail_unless (memcmp (frame->data, expected, sizeof expected) == 0);
}

/* Feeds the pieces in the order of the digits. */
static void
molinkframe_feed (MolinkTest * test, const gchar * order)
{
  for (; *order; order++)
    molinktest_add_hex (test, pieces[*order - '0']);
}

GST_START_TEST (test_row_1_in_order)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  fail_unless_equals_int (molinktest_add_hex (&test, pieces[0]),
      MOLINK_ADDED | MOLINK_BEGIN);
  fail_unless_equals_int (molinktest_add_hex (&test, pieces[1]), MOLINK_ADDED);
  fail_unless_equals_int (molinktest_add_hex (&test, pieces[2]),
      MOLINK_ADDED | MOLINK_COMPLETED);
  molinkframe_assert_twelve (&test);
  molinktest_wait (&test, 10000);
  molinktest_assert_no_frame (&test);
  fail_unless_equals_int (test.n_dropped, 0);
}

GST_END_TEST;

GST_START_TEST (test_row_2_any_order)
{
  static const gchar *const orders[] = { "021", "210", "102", "120", "201" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_auto (MolinkTest) test;

    molinktest_init (&test);
    molinkframe_feed (&test, orders[i]);
    molinkframe_assert_twelve (&test);
    molinktest_assert_no_frame (&test);
    fail_unless (test.n_reordered > 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_row_3_duplicates_are_counted)
{
  static const gchar *const orders[] = { "0112", "0012", "0122", "0120" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_auto (MolinkTest) test;

    molinktest_init (&test);
    molinkframe_feed (&test, orders[i]);
    molinkframe_assert_twelve (&test);
    molinktest_wait (&test, 10000);
    molinktest_assert_no_frame (&test);
    fail_unless_equals_int (test.n_duplicate, 1);
    fail_unless_equals_int (test.n_late, 0);
    fail_unless_equals_int (test.n_dropped, 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_row_4_loss_costs_one_frame)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 0x29, 100, 10);
  fail_unless (molinktest_assert_frame (&test, 1, 0x29, 100)->info.discont);
  molinkframe_feed (&test, "02");
  molinktest_wait (&test, 19);
  molinktest_add_frame (&test, 2, 0x2b, 100, 10);
  molinktest_assert_no_frame (&test);
  fail_unless_equals_uint64 (molink_frames_deadline (test.core),
      test.now + MOLINKTEST_MS);
  molinktest_wait (&test, 1);
  fail_unless (molinktest_assert_frame (&test, 2, 0x2b, 100)->info.discont);
  fail_unless_equals_int (test.n_dropped, 1);
  fail_unless_equals_int (test.n_lost, 1);
  /* what comes now is late, and the frame after that follows */
  molinkframe_feed (&test, "1");
  fail_unless_equals_int (test.n_late, 1);
  molinktest_add_frame (&test, 3, 0x2c, 100, 10);
  fail_if (molinktest_assert_frame (&test, 3, 0x2c, 100)->info.discont);
}

GST_END_TEST;

GST_START_TEST (test_row_5_ids_wrap_and_interleave)
{
  static const guint order[] = { 0, 3, 1, 4, 2, 5 };
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 9, 254, 3000, 1400);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    molinktest_add_piece (&test, order[i] / 3, order[i] < 3 ? 255 : 0, 3000,
        1400, order[i] % 3);
  molinktest_assert_frame (&test, 9, 254, 3000);
  fail_if (molinktest_assert_frame (&test, 0, 255, 3000)->info.discont);
  fail_if (molinktest_assert_frame (&test, 1, 0, 3000)->info.discont);
  fail_unless_equals_int (test.n_dropped, 0);
}

GST_END_TEST;

/* The younger is whole first. */
GST_START_TEST (test_row_5_frames_leave_in_order)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_piece (&test, 1, 255, 3000, 1400, 0);
  molinktest_add_frame (&test, 2, 0, 3000, 1400);
  molinktest_add_piece (&test, 1, 255, 3000, 1400, 2);
  molinktest_assert_no_frame (&test);
  molinktest_add_piece (&test, 1, 255, 3000, 1400, 1);
  molinktest_assert_frame (&test, 1, 255, 3000);
  molinktest_assert_frame (&test, 2, 0, 3000);
}

GST_END_TEST;

GST_START_TEST (test_row_6_padding_is_left_out)
{
  g_auto (MolinkTest) test;
  g_autofree gchar *padded = g_strconcat (pieces[2], " de ad be ef", NULL);

  molinktest_init (&test);
  molinkframe_feed (&test, "01");
  molinktest_add_hex (&test, padded);
  molinkframe_assert_twelve (&test);
}

GST_END_TEST;

GST_START_TEST (test_row_7_payloads_that_do_not_add_up)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  /* 5 + 5 + 1 of 12: given up at once */
  molinkframe_feed (&test, "01");
  molinktest_add_hex (&test, "66 02 01 2a 0c000000 00000000 0200 0100 00000000"
      "00000000 ff");
  fail_unless_equals_int (test.n_dropped, 1);
  fail_unless_equals_int (test.n_lost, 0);
  /* 5 + 5 + 3 of 12 */
  molinktest_add_hex (&test, "66 01 01 2b 0c000000 00000000 0000 0500 00000000"
      "00000000 0102030405");
  molinktest_add_hex (&test, "66 03 01 2b 0c000000 00000000 0100 0500 00000000"
      "00000000 0102030405");
  molinktest_add_hex (&test, "66 02 01 2b 0c000000 00000000 0200 0300 00000000"
      "00000000 010203");
  fail_unless_equals_int (test.n_refused, 1);
  molinktest_wait (&test, 500);
  fail_unless_equals_int (test.n_dropped, 2);
  molinktest_assert_no_frame (&test);
  fail_unless (test.most_memory <= 24);
}

GST_END_TEST;

GST_START_TEST (test_row_8_sizes_differ)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinkframe_feed (&test, "0");
  molinktest_add_hex (&test, "66 03 01 2a 0d000000 00000000 0100 0500 00000000"
      "00000000 0102030405");
  molinktest_add_frame (&test, 5, 0x2b, 100, 10);
  molinktest_wait (&test, 20);
  molinktest_assert_frame (&test, 5, 0x2b, 100);
  fail_unless_equals_int (test.n_dropped, 2);
}

GST_END_TEST;

GST_START_TEST (test_row_9_limits)
{
  static const guint sizes[] = { 0, 4 * 1024 * 1024 + 1, G_MAXUINT32 };
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };

  molinktest_init (&test);
  fragment.variant = MOLINK_VARIANT_A;
  fragment.n_bytes = 1;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    fragment.frame_size = sizes[i];
    fail_unless_equals_int (molinktest_add (&test, &fragment, "x"),
        MOLINK_REFUSED);
  }
  fragment.frame_size = 4 * 1024 * 1024;
  fragment.index = MOLINK_MAX_FRAGMENTS;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "x"),
      MOLINK_REFUSED);
  fragment.index = 0xffff;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "x"),
      MOLINK_REFUSED);
  fragment.index = 0;
  fragment.n_bytes = 0;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "x"),
      MOLINK_REFUSED);
  fragment.frame_size = 3;
  fragment.n_bytes = 4;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "xxxx"),
      MOLINK_REFUSED);
  fail_unless_equals_int (test.most_memory, 0);
  fail_unless_equals_uint64 (molink_frames_deadline (test.core),
      MOLINK_TIME_NONE);
}

GST_END_TEST;

/* The largest frame that is allowed, and every fragment that has a place. */
GST_START_TEST (test_row_9_largest_frame)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 1, 4 * 1024 * 1024, 1024);
  molinktest_assert_frame (&test, 1, 1, 4 * 1024 * 1024);
  molinktest_add_frame (&test, 2, 2, MOLINK_MAX_FRAGMENTS, 1);
  molinktest_assert_frame (&test, 2, 2, MOLINK_MAX_FRAGMENTS);
  test.core->max_frame_size = G_MAXUINT32;
  {
    MolinkFragment fragment = { 0 };

    fragment.variant = MOLINK_VARIANT_B;
    fragment.frame_size = (1u << 30) + 1;
    fragment.n_bytes = 1;
    fail_unless_equals_int (molinktest_add (&test, &fragment, "x"),
        MOLINK_REFUSED);
  }
}

GST_END_TEST;

GST_START_TEST (test_row_9_forged_header_costs_one_slot)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  for (guint id = 0; id < 40; id++) {
    MolinkFragment fragment = { 0 };

    /* a piece of a huge frame, each time with another id */
    fragment.variant = MOLINK_VARIANT_A;
    fragment.frame_id = (id * 77 + 100) & 0xff;
    fragment.frame_size = 4 * 1024 * 1024;
    fragment.n_bytes = 1;
    if (id % 8 == 0)
      molinktest_add (&test, &fragment, "x");
    molinktest_add_frame (&test, id, id, 3000, 1400);
    molinktest_wait (&test, 60);
  }
  fail_unless (test.frames->len >= 38, "only %u frames came out",
      test.frames->len);
  fail_unless (test.most_memory <= 4 * 1024 * 1024);
}

GST_END_TEST;

GST_START_TEST (test_row_11_frame_of_one_fragment)
{
  static const gchar *const marks[] = { "01", "02", "03" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_auto (MolinkTest) test;
    g_autofree gchar *hex = g_strconcat ("66", marks[i], "012a 04000000"
        "00000000 0000 0400 00000000 00000000 ffd8ffd9", NULL);
    const MolinkTestFrame *frame;

    molinktest_init (&test);
    fail_unless_equals_int (molinktest_add_hex (&test, hex),
        MOLINK_ADDED | MOLINK_BEGIN | MOLINK_COMPLETED);
    frame = molinktest_take (&test);
    fail_unless_equals_int (frame->info.size, 4);
    fail_unless (memcmp (frame->data, "\xff\xd8\xff\xd9", 4) == 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_row_13_silence_gives_the_frame_up)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinkframe_feed (&test, "01");
  fail_unless_equals_uint64 (molink_frames_deadline (test.core),
      test.now + 500 * MOLINKTEST_MS);
  molinktest_wait (&test, 499);
  fail_unless_equals_int (test.n_dropped, 0);
  molinktest_wait (&test, 1);
  fail_unless_equals_int (test.n_dropped, 1);
  fail_unless_equals_int (test.n_lost, 1);
  fail_unless_equals_uint64 (molink_frames_deadline (test.core),
      MOLINK_TIME_NONE);
}

GST_END_TEST;

GST_START_TEST (test_row_14_same_id_and_size_again)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 0, 6, 3000, 1400);
  molinktest_assert_frame (&test, 0, 6, 3000);
  molinktest_add_piece (&test, 1, 7, 3000, 1400, 0);
  molinktest_add_piece (&test, 1, 7, 3000, 1400, 1);
  molinktest_add_frame (&test, 2, 7, 3000, 1400);
  fail_unless (molinktest_assert_frame (&test, 2, 7, 3000)->info.discont);
  fail_unless_equals_int (test.n_dropped, 1);
  fail_unless_equals_int (test.n_duplicate, 0);
}

GST_END_TEST;

/* Cameras that do not count, or count in a circle: the first fragment tells. */
GST_START_TEST (test_row_14_same_id_and_size_after_the_frame_is_out)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  for (guint i = 0; i < 5; i++) {
    molinktest_add_frame (&test, i, 7, 3000, 1400);
    molinktest_assert_frame (&test, i, 7, 3000);
    molinktest_wait (&test, 60);
  }
  fail_unless_equals_int (test.n_dropped, 0);
}

GST_END_TEST;

/* Of a camera that does not count, and whose picture stands still. */
GST_START_TEST (test_same_frame_again_is_one_after_some_time)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 7, 3000, 1400);
  molinktest_wait (&test, 500);
  molinktest_add_frame (&test, 1, 7, 3000, 1400);
  fail_unless_equals_int (test.n_duplicate, 3);
  molinktest_wait (&test, 1);
  molinktest_add_frame (&test, 1, 7, 3000, 1400);
  molinktest_assert_frame (&test, 1, 7, 3000);
  molinktest_assert_frame (&test, 1, 7, 3000);
  molinktest_assert_no_frame (&test);
}

GST_END_TEST;

/* The same while the first one waits for an older frame. */
GST_START_TEST (test_row_14_same_id_and_size_while_the_frame_waits)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_piece (&test, 1, 6, 3000, 1400, 0);
  molinktest_add_frame (&test, 2, 7, 3000, 1400);
  molinktest_add_frame (&test, 3, 7, 3000, 1400);
  molinktest_wait (&test, 20);
  molinktest_assert_frame (&test, 2, 7, 3000);
  molinktest_assert_frame (&test, 3, 7, 3000);
  fail_unless_equals_int (test.n_dropped, 1);
}

GST_END_TEST;

/* 17 frames a second use an id again after 15 seconds. */
GST_START_TEST (test_late_does_not_swallow_ids_that_come_round)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  for (guint i = 0; i < 600; i++) {
    molinktest_add_frame (&test, 1, i & 0xff, 3000, 1400);
    fail_unless_equals_int (molinktest_assert_frame (&test, 1, i & 0xff,
            3000)->info.discont, i == 0);
    molinktest_wait (&test, 59);
  }
  fail_unless_equals_int (test.n_duplicate + test.n_late + test.n_dropped, 0);
}

GST_END_TEST;

static Suite *
molinkframe_suite (void)
{
  Suite *suite = suite_create ("molinkframe");
  TCase *tcase = tcase_create ("rows");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_row_1_in_order);
  tcase_add_test (tcase, test_row_2_any_order);
  tcase_add_test (tcase, test_row_3_duplicates_are_counted);
  tcase_add_test (tcase, test_row_4_loss_costs_one_frame);
  tcase_add_test (tcase, test_row_5_ids_wrap_and_interleave);
  tcase_add_test (tcase, test_row_5_frames_leave_in_order);
  tcase_add_test (tcase, test_row_6_padding_is_left_out);
  tcase_add_test (tcase, test_row_7_payloads_that_do_not_add_up);
  tcase_add_test (tcase, test_row_8_sizes_differ);
  tcase_add_test (tcase, test_row_9_limits);
  tcase_add_test (tcase, test_row_9_largest_frame);
  tcase_add_test (tcase, test_row_9_forged_header_costs_one_slot);
  tcase_add_test (tcase, test_row_11_frame_of_one_fragment);
  tcase_add_test (tcase, test_row_13_silence_gives_the_frame_up);
  tcase_add_test (tcase, test_row_14_same_id_and_size_again);
  tcase_add_test (tcase, test_row_14_same_id_and_size_after_the_frame_is_out);
  tcase_add_test (tcase, test_row_14_same_id_and_size_while_the_frame_waits);
  tcase_add_test (tcase, test_same_frame_again_is_one_after_some_time);
  tcase_add_test (tcase, test_late_does_not_swallow_ids_that_come_round);
  return suite;
}

GST_CHECK_MAIN (molinkframe);
