/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Where molinkframe puts payloads, what it gives up, and in which order frames
 * are. */

#include "molinktest.h"

/* Fragment index of a frame cut in chunks, and its payload. */
static guint8 *
molinkplace_piece (guint seed, guint id, guint size, guint chunk, guint index,
    MolinkFragment * ret_fragment)
{
  guint8 *payload;

  memset (ret_fragment, 0, sizeof *ret_fragment);
  ret_fragment->variant = MOLINK_VARIANT_A;
  ret_fragment->frame_id = id;
  ret_fragment->frame_size = size;
  ret_fragment->index = index;
  ret_fragment->n_bytes = MIN (chunk, size - index * chunk);
  ret_fragment->last = (index + 1) * chunk >= size;
  payload = g_malloc (ret_fragment->n_bytes);
  for (guint i = 0; i < ret_fragment->n_bytes; i++)
    payload[i] = molinktest_byte (seed, index * chunk + i);
  return payload;
}

/* Receives fragments from..to of a frame at once. Returns how many were in place. */
static guint
molinkplace_receive (MolinkTest * test, guint seed, guint id, guint size,
    guint chunk, guint from, guint to)
{
  MolinkFragment fragments[16];
  guint8 *payloads[16];
  guint n = 0, n_in_place;

  for (guint i = from; i <= to; i++, n++)
    payloads[n] = molinkplace_piece (seed, id, size, chunk, i, &fragments[n]);
  n_in_place = molinktest_receive (test, fragments,
      (const guint8 * const *) payloads, n);
  for (guint i = 0; i < n; i++)
    g_free (payloads[i]);
  return n_in_place;
}

/* A slot without a frame gets memory, as an element does beforehand. */
static void
molinkplace_give (MolinkTest * test, guint slot, gsize size)
{
  g_free (test->memory[slot]);
  test->memory[slot] = g_malloc (size);
  molink_frames_give (test->core, slot, test->memory[slot], size);
}

GST_START_TEST (test_payloads_in_order_are_not_copied)
{
  g_auto (MolinkTest) test;
  MolinkPlace place;

  molinktest_init (&test);
  fail_unless_equals_int (molink_frames_predict (test.core, &place, 1), 0);
  /* the first tells how long fragments are */
  fail_unless_equals_int (molinkplace_receive (&test, 1, 1, 10000, 1400, 0,
          0), 0);
  fail_unless_equals_int (molinkplace_receive (&test, 1, 1, 10000, 1400, 1,
          7), 7);
  molinktest_assert_frame (&test, 1, 1, 10000);

  molinkplace_give (&test, 2, 20000);
  fail_unless_equals_int (molinkplace_receive (&test, 2, 2, 9000, 1400, 0,
          2), 3);
  fail_unless_equals_int (molinkplace_receive (&test, 2, 2, 9000, 1400, 3,
          6), 4);
  molinktest_assert_frame (&test, 2, 2, 9000);
  /* a frame of one fragment does not tell how long they are */
  molinktest_add_frame (&test, 3, 3, 700, 1400);
  molinkplace_give (&test, 1, 20000);
  fail_unless_equals_int (molinkplace_receive (&test, 4, 4, 9000, 1400, 0,
          6), 7);
}

GST_END_TEST;

GST_START_TEST (test_prediction_goes_on_in_a_free_slot)
{
  g_auto (MolinkTest) test;
  MolinkPlace places[9];

  molinktest_init (&test);
  molinktest_add_piece (&test, 1, 1, 3000, 1000, 0);
  molinkplace_give (&test, 3, 2999);
  fail_unless_equals_int (molink_frames_predict (test.core, places, 9), 4);
  for (guint i = 0; i < 4; i++)
    fail_unless_equals_int (places[i].size, 1000);
  fail_unless (places[0].data == test.memory[0] + 1000);
  fail_unless (places[1].data == test.memory[0] + 2000);
  fail_unless (places[2].data == test.memory[3]);
  fail_unless (places[3].data == test.memory[3] + 1000);
  fail_unless_equals_int (molink_frames_predict (test.core, places, 3), 3);

  /* what is there is passed over; the last is as long as the rest */
  molinktest_add_piece (&test, 2, 2, 2500, 1000, 1);
  molinktest_add_piece (&test, 2, 2, 2500, 1000, 0);
  fail_unless_equals_int (molink_frames_predict (test.core, places, 9), 1);
  fail_unless (places[0].data == test.memory[3] + 2000);
  fail_unless_equals_int (places[0].size, 500);

  /* behind the last that came, not the highest */
  molinktest_add_piece (&test, 3, 3, 9000, 1000, 4);
  molinktest_add_piece (&test, 3, 3, 9000, 1000, 1);
  fail_unless_equals_int (molink_frames_predict (test.core, places, 3), 3);
  fail_unless (places[0].data == test.memory[1] + 2000);
  fail_unless (places[1].data == test.memory[1] + 3000);
  fail_unless (places[2].data == test.memory[1] + 5000);
}

GST_END_TEST;

/* Fragment 2 lies where 1 was expected. */
GST_START_TEST (test_payload_may_overlap_its_place)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment;
  MolinkPlace place;
  g_autofree guint8 *payload = NULL;

  molinktest_init (&test);
  molinktest_add_piece (&test, 1, 1, 250, 100, 0);
  fail_unless_equals_int (molink_frames_predict (test.core, &place, 1), 1);
  payload = molinkplace_piece (1, 1, 250, 100, 2, &fragment);
  memcpy (place.data + 60, payload, 50);
  fail_unless (molink_frames_where (test.core, &fragment) == place.data + 100);
  molinktest_add (&test, &fragment, place.data + 60);
  molinktest_add_piece (&test, 1, 1, 250, 100, 1);
  molinktest_assert_frame (&test, 1, 1, 250);
}

GST_END_TEST;

GST_START_TEST (test_no_place_for_what_is_not_taken)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment;
  g_autofree guint8 *payload = NULL;

  molinktest_init (&test);
  payload = molinkplace_piece (1, 1, 250, 100, 0, &fragment);
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  molinkplace_give (&test, 0, 249);
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  molinkplace_give (&test, 0, 250);
  fail_unless (molink_frames_where (test.core, &fragment) == test.memory[0]);
  molinktest_add (&test, &fragment, payload);
  /* there already; contradicts; of another size; beyond the frame; impossible */
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  fragment.index = 1;
  fail_unless (molink_frames_where (test.core,
          &fragment) == test.memory[0] + 100);
  fragment.n_bytes = 160;
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  fragment.n_bytes = 99;
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  fragment.n_bytes = 100;
  fragment.index = 2;
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  fragment.frame_size = 0;
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
  /* all slots are taken */
  for (guint id = 2; id < 5; id++)
    molinktest_add_piece (&test, id, id, 250, 100, 0);
  fragment.frame_id = 9;
  fragment.frame_size = 250;
  fragment.index = 0;
  fail_unless (molink_frames_where (test.core, &fragment) == NULL);
}

GST_END_TEST;

/* In each order; twice the memory at most. */
GST_START_TEST (test_fragments_of_unequal_size)
{
  static const guint8 orders[][4] = {
    {0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}, {3, 0, 2, 1}
  };
  static const guint ends[] = { 0, 7, 27, 30, 41 };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_auto (MolinkTest) test;

    molinktest_init (&test);
    for (guint k = 0; k < 4; k++) {
      guint index = orders[i][k];
      MolinkFragment fragment = { 0 };
      guint8 payload[20];

      fragment.variant = MOLINK_VARIANT_A;
      fragment.frame_size = 41;
      fragment.index = index;
      fragment.n_bytes = ends[index + 1] - ends[index];
      fragment.last = index == 3;
      for (guint n = 0; n < fragment.n_bytes; n++)
        payload[n] = molinktest_byte (1, ends[index] + n);
      fail_unless (molinktest_add (&test, &fragment, payload) & MOLINK_ADDED);
    }
    molinktest_assert_frame (&test, 1, 0, 41);
    fail_unless_equals_int (test.most_memory, 82);
  }
}

GST_END_TEST;

/* All the bytes, but an index that never came. */
GST_START_TEST (test_indices_with_a_hole_make_no_frame)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };

  molinktest_init (&test);
  fragment.variant = MOLINK_VARIANT_A;
  fragment.frame_size = 8;
  fragment.n_bytes = 4;
  molinktest_add (&test, &fragment, "abcd");
  fragment.index = 2;
  molinktest_add (&test, &fragment, "efgh");
  molinktest_assert_no_frame (&test);
  fail_unless_equals_int (test.n_dropped, 1);
}

GST_END_TEST;

GST_START_TEST (test_contradictions_are_refused)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };

  molinktest_init (&test);
  fragment.variant = MOLINK_VARIANT_A;
  fragment.frame_size = 30;
  fragment.index = 2;
  fragment.n_bytes = 10;
  molinktest_add (&test, &fragment, "0123456789");
  /* the end, before one that is there */
  fragment.index = 1;
  fragment.last = true;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "0123456789"),
      MOLINK_REFUSED);
  fragment.frame_id = 1;
  fail_unless (molinktest_add (&test, &fragment, "0123456789") & MOLINK_ADDED);
  /* behind the end; another end */
  fragment.last = false;
  fragment.index = 2;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "0123456789"),
      MOLINK_REFUSED);
  fragment.last = true;
  fragment.index = 0;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "0123456789"),
      MOLINK_REFUSED);
  fragment.variant = MOLINK_VARIANT_UNKNOWN;
  fail_unless_equals_int (molinktest_add (&test, &fragment, "0123456789"),
      MOLINK_REFUSED);
}

GST_END_TEST;

GST_START_TEST (test_frames_given_up_come_out_with_zeros)
{
  g_auto (MolinkTest) test;
  const MolinkTestFrame *frame;

  molinktest_init (&test);
  test.core->want_incomplete = true;
  molinktest_add_piece (&test, 1, 1, 45, 10, 1);
  molinktest_wait (&test, 5);
  molinktest_add_piece (&test, 1, 1, 45, 10, 3);
  molinktest_wait (&test, 495);
  frame = molinktest_take (&test);
  fail_if (frame->info.complete);
  fail_unless_equals_int (frame->info.n_lost, 3);
  fail_unless_equals_uint64 (frame->info.end_time - frame->info.begin_time,
      5 * MOLINKTEST_MS);
  for (guint i = 0; i < 45; i++)
    fail_unless_equals_int (frame->data[i],
        i / 10 == 1 || i / 10 == 3 ? molinktest_byte (1, i) : 0);
  fail_unless_equals_int (test.n_dropped, 0);
}

GST_END_TEST;

/* Of unequal fragments nobody knows where the hole is. */
GST_START_TEST (test_ragged_frame_given_up)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };
  const MolinkTestFrame *frame;

  molinktest_init (&test);
  test.core->want_incomplete = true;
  fragment.variant = MOLINK_VARIANT_B;
  fragment.frame_size = 12;
  fragment.n_bytes = 2;
  molinktest_add (&test, &fragment, "ab");
  fragment.index = 2;
  fragment.n_bytes = 3;
  molinktest_add (&test, &fragment, "cde");
  molinktest_wait (&test, 500);
  frame = molinktest_take (&test);
  fail_unless (memcmp (frame->data, "abcde\0\0\0\0\0\0", 12) == 0);
  fail_unless_equals_int (frame->info.n_lost, 1);

  fragment.frame_id = 1;
  fragment.index = 0;
  molinktest_add (&test, &fragment, "abc");
  fragment.index = 1;
  fragment.n_bytes = 4;
  molinktest_add (&test, &fragment, "defg");
  molinktest_wait (&test, 500);
  /* one more at least */
  fail_unless_equals_int (molinktest_take (&test)->info.n_lost, 1);
}

GST_END_TEST;

GST_START_TEST (test_fifth_frame_pushes_the_oldest_out)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  for (guint id = 1; id <= 4; id++)
    molinktest_add_piece (&test, id, id, 3000, 1400, 0);
  fail_unless_equals_int (test.n_dropped, 0);
  /* older than all: it has to stand back */
  fail_unless_equals_int (molinktest_add_piece (&test, 0, 0, 3000, 1400, 0),
      MOLINK_LATE);
  molinktest_add_piece (&test, 5, 5, 3000, 1400, 0);
  fail_unless_equals_int (test.n_dropped, 1);
  fail_unless_equals_int (test.n_lost, 2);
  fail_unless_equals_int (molinktest_add_piece (&test, 1, 1, 3000, 1400, 1),
      MOLINK_LATE);
  for (guint id = 2; id <= 5; id++) {
    molinktest_add_piece (&test, id, id, 3000, 1400, 1);
    molinktest_add_piece (&test, id, id, 3000, 1400, 2);
    molinktest_assert_frame (&test, id, id, 3000);
  }
}

GST_END_TEST;

/* The ids begin anew; the first fragments of the first frame may be missing. */
GST_START_TEST (test_camera_that_restarts_is_not_locked_out)
{
  for (guint silence = 0; silence <= 600; silence += 600)
    for (guint last = 9; last < 128; last++) {
      g_auto (MolinkTest) test;

      molinktest_init (&test);
      molinktest_add_frame (&test, 0, last - 1, 3000, 1400);
      molinktest_add_frame (&test, 1, last, 3000, 1400);
      molinktest_assert_frame (&test, 0, last - 1, 3000);
      molinktest_assert_frame (&test, 1, last, 3000);
      molinktest_wait (&test, silence);
      molinktest_add_piece (&test, 2, 0, 2500, 1400, 1);
      molinktest_add_frame (&test, 3, 1, 3000, 1400);
      molinktest_wait (&test, 20);
      if (last == 9 && silence == 0) {
        /* too near to be told from late fragments */
        molinktest_assert_no_frame (&test);
        continue;
      }
      fail_unless (molinktest_assert_frame (&test, 3, 1, 3000)->info.discont);
      molinktest_add_frame (&test, 4, 2, 3000, 1400);
      fail_if (molinktest_assert_frame (&test, 4, 2, 3000)->info.discont);
    }
}

GST_END_TEST;

GST_START_TEST (test_older_than_what_is_out_is_late)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 100, 3000, 1400);
  for (guint back = 1; back <= 8; back++)
    fail_unless_equals_int (molinktest_add_piece (&test, 2, 100 - back, 3000,
            1400, 0), MOLINK_LATE);
  for (guint back = 1; back <= 100; back++)
    fail_unless_equals_int (molinktest_add_piece (&test, 2, 100 - back, 3000,
            1400, 1), MOLINK_LATE);
  molinktest_add_frame (&test, 3, 101, 3000, 1400);
  molinktest_assert_frame (&test, 1, 100, 3000);
  molinktest_assert_frame (&test, 3, 101, 3000);
}

GST_END_TEST;

/* Of 32 bits in variant B. */
GST_START_TEST (test_frame_numbers_of_b_wrap)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };

  molinktest_init (&test);
  fragment.variant = MOLINK_VARIANT_B;
  fragment.frame_size = 1;
  fragment.n_bytes = 1;
  fragment.motion = 5;
  for (guint i = 0; i < 4; i++) {
    const MolinkTestFrame *frame;

    fragment.frame_id = 0xfffffffe + i;
    fragment.plain = i > 1;
    molinktest_add (&test, &fragment, "x");
    frame = molinktest_take (&test);
    fail_unless_equals_int (frame->info.frame_id, 0xfffffffe + i);
    fail_unless_equals_int (frame->info.discont, i == 0);
    fail_unless_equals_int (frame->info.plain, i > 1);
    fail_unless_equals_int (frame->info.motion, 5);
  }
  /* further than 8 bits reach */
  fragment.frame_id = 100000;
  molinktest_add (&test, &fragment, "x");
  fail_unless (molinktest_take (&test)->info.discont);
}

GST_END_TEST;

GST_START_TEST (test_other_variant_begins_anew)
{
  g_auto (MolinkTest) test;
  MolinkFragment fragment = { 0 };

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 200, 3000, 1400);
  molinktest_add_piece (&test, 2, 201, 3000, 1400, 0);
  fragment.variant = MOLINK_VARIANT_B;
  fragment.frame_size = 1;
  fragment.n_bytes = 1;
  molinktest_add (&test, &fragment, "x");
  molinktest_assert_frame (&test, 1, 200, 3000);
  fail_unless (molinktest_take (&test)->info.discont);
  fail_unless_equals_int (test.n_dropped, 1);
}

GST_END_TEST;

GST_START_TEST (test_reset_forgets_frames_and_keeps_memory)
{
  g_auto (MolinkTest) test;
  const guint8 *memory;

  molinktest_init (&test);
  molinktest_add_frame (&test, 1, 1, 3000, 1400);
  molinktest_assert_frame (&test, 1, 1, 3000);
  molinktest_add_piece (&test, 2, 2, 3000, 1400, 0);
  memory = test.memory[0];
  molink_frames_reset (test.core);
  molinktest_wait (&test, 1000);
  fail_unless_equals_int (test.n_dropped, 0);
  fail_unless (test.core->slots[0].data == memory);
  /* the same id again is no duplicate */
  molinktest_add_frame (&test, 1, 1, 3000, 1400);
  fail_unless (molinktest_assert_frame (&test, 1, 1, 3000)->info.discont);
  fail_unless (test.frames->len == 2);
}

GST_END_TEST;

GST_START_TEST (test_memory_that_is_taken_away_costs_the_frame)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  molinktest_add_piece (&test, 1, 1, 3000, 1400, 0);
  molink_frames_give (test.core, 0, NULL, 5000);
  g_clear_pointer (&test.memory[0], g_free);
  molink_frames_give (test.core, MOLINK_N_SLOTS, NULL, 0);
  molinktest_add_frame (&test, 2, 2, 3000, 1400);
  molinktest_assert_frame (&test, 2, 2, 3000);
  fail_unless_equals_int (test.n_dropped, 1);
  /* memory that is wanted and never given */
  {
    MolinkFragment fragment;
    g_autofree guint8 *payload = molinkplace_piece (3, 3, 9000, 1400, 0,
        &fragment);
    guint slot;
    gsize need;

    fail_unless_equals_int (molink_frames_add (test.core, &fragment, payload,
            test.now, &slot, &need), MOLINK_WANTS_MEMORY);
    fail_unless_equals_int (need, 9000);
  }
  molinktest_add_frame (&test, 4, 4, 3000, 1400);
  molinktest_wait (&test, 20);
  molinktest_assert_frame (&test, 4, 4, 3000);
  fail_unless_equals_int (test.n_dropped, 1);
}

GST_END_TEST;

GST_START_TEST (test_limits_of_time)
{
  g_auto (MolinkTest) test;

  molinktest_init (&test);
  test.core->timeout = G_MAXUINT64;
  test.now = G_MAXUINT64 - 2;
  molinktest_add_piece (&test, 1, 1, 3000, 1400, 0);
  fail_unless_equals_uint64 (molink_frames_deadline (test.core),
      MOLINK_TIME_NONE);
  /* a clock that goes back does no harm */
  test.now = 5;
  molinktest_add_piece (&test, 1, 1, 3000, 1400, 1);
  molinktest_add_piece (&test, 1, 1, 3000, 1400, 2);
  molinktest_assert_frame (&test, 1, 1, 3000);
}

GST_END_TEST;

static Suite *
molinkplace_suite (void)
{
  Suite *suite = suite_create ("molinkplace");
  TCase *tcase = tcase_create ("place");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_payloads_in_order_are_not_copied);
  tcase_add_test (tcase, test_prediction_goes_on_in_a_free_slot);
  tcase_add_test (tcase, test_payload_may_overlap_its_place);
  tcase_add_test (tcase, test_no_place_for_what_is_not_taken);
  tcase_add_test (tcase, test_fragments_of_unequal_size);
  tcase_add_test (tcase, test_indices_with_a_hole_make_no_frame);
  tcase_add_test (tcase, test_contradictions_are_refused);
  tcase_add_test (tcase, test_frames_given_up_come_out_with_zeros);
  tcase_add_test (tcase, test_ragged_frame_given_up);
  tcase_add_test (tcase, test_fifth_frame_pushes_the_oldest_out);
  tcase_add_test (tcase, test_camera_that_restarts_is_not_locked_out);
  tcase_add_test (tcase, test_older_than_what_is_out_is_late);
  tcase_add_test (tcase, test_frame_numbers_of_b_wrap);
  tcase_add_test (tcase, test_other_variant_begins_anew);
  tcase_add_test (tcase, test_reset_forgets_frames_and_keeps_memory);
  tcase_add_test (tcase, test_memory_that_is_taken_away_costs_the_frame);
  tcase_add_test (tcase, test_limits_of_time);
  return suite;
}

GST_CHECK_MAIN (molinkplace);
