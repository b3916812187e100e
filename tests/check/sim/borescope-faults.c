/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What the script of faults makes of the datagrams of a frame. */

#include "tests/sim/simborescopevideo.h"

#include <gst/check/gstcheck.h>

#include <string.h>

/* Each frame has three fragments. */
#define PAYLOAD 100
#define SIZE 250
#define HEADER_A 24
#define HEADER_B 51

typedef struct
{
  SimBorescopeVideo video;
  SimFaults *faults;
  GBytes *jpeg;
  gboolean whole;
} Fixture;

static void
set_up (Fixture * self, const gchar * script)
{
  static guint8 jpeg[SIZE];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SIZE; i++)
    jpeg[i] = (guint8) i;
  memset (self, 0, sizeof *self);
  self->faults = sim_faults_new (script, &error);
  fail_unless (self->faults != NULL, "%s", script);
  self->jpeg = g_bytes_new_static (jpeg, SIZE);
  self->video.payload = PAYLOAD;
  self->video.join = 1;
  self->video.faults = self->faults;
  sim_borescope_video_init (&self->video, 0);
}

static void
tear_down (Fixture * self)
{
  sim_borescope_video_clear (&self->video);
  sim_faults_free (self->faults);
  g_bytes_unref (self->jpeg);
}

static void
add_frame (Fixture * self, guint64 count)
{
  SimFrame frame = { 0 };

  frame.count = count;
  frame.number = (guint32) count;
  frame.jpeg = self->jpeg;
  self->whole = sim_borescope_video_add (&self->video, &frame);
}

static const SimPacket *
get_packet (Fixture * self, guint i)
{
  return &g_array_index (self->video.packets, SimPacket, i);
}

static const guint8 *
get_bytes (Fixture * self, guint i)
{
  return self->video.bytes->data + get_packet (self, i)->offset;
}

/* The packets as "0.0 0.1 0.2": frame, fragment; foreign ones with an f. */
static gchar *
describe (Fixture * self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->video.packets->len; i++)
    g_string_append_printf (text, "%s%s%u.%u", i == 0 ? "" : " ",
        get_packet (self, i)->foreign ? "f" : "", get_bytes (self, i)[3],
        get_bytes (self, i)[12]);
  return g_string_free (text, FALSE);
}

/* Frame 0 and frame 1 of variant A, one after the other. */
static void
check_order (const gchar * script, const gchar * order, gboolean whole)
{
  Fixture f;
  g_autofree gchar *got = NULL;
  gboolean first_whole;

  set_up (&f, script);
  add_frame (&f, 0);
  first_whole = f.whole;
  add_frame (&f, 1);
  got = describe (&f);
  fail_unless_equals_string (got, order);
  fail_unless_equals_int (first_whole && f.whole, whole);
  tear_down (&f);
}

GST_START_TEST (test_order_of_fragments)
{
  check_order ("", "0.0 0.1 0.2 1.0 1.1 1.2", TRUE);
  check_order ("drop 1", "0.0 0.1 0.2", FALSE);
  check_order ("drop 0 1; drop 1 2", "0.0 0.2 1.0 1.1", FALSE);
  check_order ("drop-every 4", "0.0 0.1 0.2 1.1 1.2", FALSE);
  check_order ("dup * 1", "0.0 0.1 0.1 0.2 1.0 1.1 1.1 1.2", TRUE);
  check_order ("swap 1 2 0", "0.0 0.1 0.2 1.2 1.1 1.0", TRUE);
  check_order ("foreign 1", "0.0 0.1 0.2 f1.0 1.0 f1.1 1.1 f1.2 1.2", TRUE);
  check_order ("foreign 1; swap 1 0 1",
      "0.0 0.1 0.2 f1.0 1.1 f1.1 1.0 f1.2 1.2", TRUE);
  check_order ("lose 100", "", FALSE);
}

GST_END_TEST;

GST_START_TEST (test_a_seed_says_what_is_lost)
{
  g_autofree gchar *once = NULL, *again = NULL;
  Fixture f;

  for (guint i = 0; i < 2; i++) {
    set_up (&f, "lose 30");
    for (guint count = 0; count < 20; count++)
      add_frame (&f, count);
    fail_unless (f.video.packets->len > 20 && f.video.packets->len < 60);
    *(i == 0 ? &once : &again) = describe (&f);
    tear_down (&f);
  }
  fail_unless_equals_string (once, again);
}

GST_END_TEST;

GST_START_TEST (test_interleaved_frames_take_turns)
{
  g_autofree gchar *got = NULL;
  Fixture f;

  set_up (&f, "drop 1 1");
  add_frame (&f, 0);
  add_frame (&f, 1);
  sim_borescope_video_interleave (&f.video, 3);
  got = describe (&f);
  fail_unless_equals_string (got, "0.0 1.0 0.1 1.2 0.2");
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_fragments_carry_the_frame)
{
  Fixture f;

  set_up (&f, "");
  add_frame (&f, 0);
  fail_unless_equals_int (get_packet (&f, 0)->size, HEADER_A + PAYLOAD);
  fail_unless_equals_int (get_packet (&f, 2)->size, HEADER_A + 50);
  fail_unless_equals_int (get_bytes (&f, 0)[HEADER_A], 0);
  fail_unless_equals_int (get_bytes (&f, 1)[HEADER_A], 100);
  fail_unless_equals_int (get_bytes (&f, 2)[HEADER_A + 49], 249);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_datagrams_are_padded_and_cut)
{
  Fixture f;

  set_up (&f, "pad 0 4; truncate 1 2 30");
  add_frame (&f, 0);
  fail_unless (f.whole);
  fail_unless_equals_int (get_packet (&f, 2)->size, HEADER_A + 50 + 4);
  fail_unless_equals_int (get_bytes (&f, 2)[14], 50);
  fail_unless_equals_int (get_bytes (&f, 2)[HEADER_A + 49], 249);
  fail_unless_equals_int (get_bytes (&f, 2)[HEADER_A + 50], 0);
  add_frame (&f, 1);
  fail_if (f.whole);
  fail_unless_equals_int (get_packet (&f, 5)->size, 30);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_headers_lie)
{
  Fixture f;

  set_up (&f, "size 0 300; format 0 4; mark 0 1 2; corrupt 0 150");
  add_frame (&f, 0);
  fail_if (f.whole);
  fail_unless_equals_int (get_bytes (&f, 0)[4], 300 & 0xff);
  fail_unless_equals_int (get_bytes (&f, 0)[5], 300 >> 8);
  fail_unless_equals_int (get_bytes (&f, 0)[2], 4);
  fail_unless_equals_int (get_bytes (&f, 1)[1], 2);
  fail_unless_equals_int (get_bytes (&f, 1)[HEADER_A + 50], 150 ^ 0xff);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_delays_and_pauses)
{
  Fixture f;

  set_up (&f, "delay 0 1 20");
  add_frame (&f, 0);
  fail_unless_equals_int (get_packet (&f, 0)->delay_us, 0);
  fail_unless_equals_int (get_packet (&f, 1)->delay_us, 20000);
  f.video.paced = TRUE;
  add_frame (&f, 1);
  fail_unless_equals_int (get_packet (&f, 3)->delay_us, 0);
  for (guint i = 4; i < 6; i++)
    fail_unless (get_packet (&f, i)->delay_us >= 1300
        && get_packet (&f, i)->delay_us <= 2700);
  tear_down (&f);
}

GST_END_TEST;

/* Foreign datagrams have the same header, and other bytes behind it. */
GST_START_TEST (test_foreign_payload_differs)
{
  Fixture f;

  set_up (&f, "foreign 0");
  add_frame (&f, 0);
  fail_unless (memcmp (get_bytes (&f, 0), get_bytes (&f, 1), HEADER_A) == 0);
  fail_unless_equals_int (get_bytes (&f, 0)[HEADER_A + 7], 7 ^ 0xff);
  fail_unless_equals_int (get_bytes (&f, 1)[HEADER_A + 7], 7);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_b_joins_messages)
{
  Fixture f;

  set_up (&f, "");
  f.video.variant = SIM_MOLINK_B;
  f.video.invert = SIM_MOLINK_INVERT_NONE;
  f.video.join = 2;
  add_frame (&f, 0);
  fail_unless_equals_int (f.video.packets->len, 2);
  fail_unless_equals_int (get_packet (&f, 0)->size, 2 * (HEADER_B + PAYLOAD));
  fail_unless_equals_int (get_packet (&f, 1)->size, HEADER_B + 50);
  /* index at 33, count at 35 */
  fail_unless_equals_int (get_bytes (&f, 0)[33], 1);
  fail_unless_equals_int (get_bytes (&f, 0)[HEADER_B + PAYLOAD + 33], 2);
  fail_unless_equals_int (get_bytes (&f, 0)[HEADER_B + PAYLOAD + 35], 0);
  fail_unless_equals_int (get_bytes (&f, 1)[33], 3);
  fail_unless_equals_int (get_bytes (&f, 1)[35], 3);
  fail_unless_equals_int (get_bytes (&f, 1)[16], 0x22);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_b_inverts_one_byte)
{
  Fixture f;
  guint n_inverted = 0;

  set_up (&f, "");
  f.video.variant = SIM_MOLINK_B;
  f.video.invert = SIM_MOLINK_INVERT_HALF;
  add_frame (&f, 0);
  for (guint i = 0; i < SIZE; i++)
    n_inverted +=
        get_bytes (&f, i / PAYLOAD)[HEADER_B + i % PAYLOAD] != (guint8) i;
  fail_unless_equals_int (n_inverted, 1);
  fail_unless_equals_int (get_bytes (&f, 1)[HEADER_B + 25], 125 ^ 0xff);
  fail_unless (f.whole);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_c_is_one_piece)
{
  Fixture f;

  set_up (&f, "pad 0 16; truncate 1 0 100");
  f.video.variant = SIM_MOLINK_C;
  f.video.invert = SIM_MOLINK_INVERT_HALF;
  add_frame (&f, 0);
  fail_unless_equals_int (f.video.packets->len, 1);
  fail_unless_equals_int (get_packet (&f, 0)->size, 41 + SIZE + 16 + 9);
  fail_unless_equals_int (get_bytes (&f, 0)[41 + 125], 125 ^ 0xff);
  fail_unless_equals_int (get_bytes (&f, 0)[41 + SIZE], 0);
  fail_unless_equals_int (get_bytes (&f, 0)[41 + SIZE + 16 + 8], 'E');
  add_frame (&f, 1);
  fail_unless_equals_int (get_packet (&f, 1)->size, 100);
  fail_if (f.whole);
  tear_down (&f);
}

GST_END_TEST;

GST_START_TEST (test_script_refuses)
{
  static const gchar *const wrong[] = { "drop", "drop -1", "drop 5-3",
    "drop 1 2 3", "lose", "lose x", "press", "size 1", "swap 1 2", "explode 1",
    "drop 1 drop 2", "refuse 1", "size 1 4294967296", "drop 1-2-3", "lose 101",
    "pad 1 60001", "resize 1 4097 16"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (sim_faults_new (wrong[i], &error) != NULL, "%s", wrong[i]);
    fail_unless (error != NULL);
  }
}

GST_END_TEST;

GST_START_TEST (test_script_finds_the_faults_of_a_frame)
{
  g_autoptr (SimFaults) faults =
      sim_faults_new (" press 3; press 3-5 2 4 ;; late 50;", NULL);
  const SimFault *fault;
  guint position = 0;

  fail_unless (sim_faults_find (faults, SIM_FAULT_PRESS, 2) == NULL);
  fault = sim_faults_next (faults, SIM_FAULT_PRESS, 3, &position);
  fail_unless_equals_int (fault->n_args, 0);
  fault = sim_faults_next (faults, SIM_FAULT_PRESS, 3, &position);
  fail_unless_equals_int (fault->args[1], 4);
  fail_unless (sim_faults_next (faults, SIM_FAULT_PRESS, 3, &position) == NULL);
  fail_unless (sim_faults_find (faults, SIM_FAULT_PRESS, 6) == NULL);
  fail_unless_equals_int (sim_faults_find (faults, SIM_FAULT_LATE, 9)->args[0],
      50);
}

GST_END_TEST;

static Suite *
borescope_faults_suite (void)
{
  Suite *suite = suite_create ("borescope-faults");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_order_of_fragments);
  tcase_add_test (tcase, test_a_seed_says_what_is_lost);
  tcase_add_test (tcase, test_interleaved_frames_take_turns);
  tcase_add_test (tcase, test_fragments_carry_the_frame);
  tcase_add_test (tcase, test_datagrams_are_padded_and_cut);
  tcase_add_test (tcase, test_headers_lie);
  tcase_add_test (tcase, test_delays_and_pauses);
  tcase_add_test (tcase, test_foreign_payload_differs);
  tcase_add_test (tcase, test_b_joins_messages);
  tcase_add_test (tcase, test_b_inverts_one_byte);
  tcase_add_test (tcase, test_c_is_one_piece);
  tcase_add_test (tcase, test_script_refuses);
  tcase_add_test (tcase, test_script_finds_the_faults_of_a_frame);
  return suite;
}

GST_CHECK_MAIN (borescope_faults);
