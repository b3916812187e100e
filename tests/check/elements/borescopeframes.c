/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What becomes of the frames of a camera when its fragments are lost, doubled,
 * swapped, forged: the rows of table 1.9 of the protocol research. */

#include "borescopetest.h"

/* Each frame has five fragments of 1600 bytes. */
#define FRAME_SIZE 8000
#define N_FRAGMENTS 5

typedef struct
{
  const gchar *behaviour;
  const gchar *script;
  guint last;                   /* frames 0 to this are looked at */
  guint lost;                   /* bits of those that must not come out */
  const gchar *counter;         /* of the statistics, or NULL */
  guint count;                  /* what it counts */
  gboolean only_a;
} FrameCase;

static const FrameCase cases[] = {
  {"fragments in order", "", 7, 0, "packets-invalid", 0, FALSE},
  {"two fragments change places", "swap 3 1 2; swap 4 2 3", 7, 0,
      "packets-reordered", 2, FALSE},
  {"the last fragment comes first", "swap 3 0 4", 7, 0, NULL, 0, FALSE},
  {"the first two change places", "swap 3 0 1", 7, 0, "packets-reordered", 1,
      FALSE},
  {"a middle fragment comes twice", "dup 3 1", 7, 0, "packets-duplicate", 1,
      FALSE},
  {"the first fragment comes twice", "dup 3 0", 7, 0, "packets-duplicate", 1,
      FALSE},
  {"the last fragment comes again after the frame is complete", "dup 3 4", 7,
      0, "frames-incomplete", 0, FALSE},
  {"a middle fragment is lost", "drop 3 1", 7, 1 << 3, "fragments-lost", 1,
      FALSE},
  {"the first fragment is lost", "drop 3 0", 7, 1 << 3, "frames-incomplete", 1,
      FALSE},
  {"the last fragment is lost", "drop 3 4", 7, 1 << 3, "frames-incomplete", 1,
      FALSE},
  {"all fragments of a frame are lost", "drop 3", 7, 1 << 3, NULL, 0, FALSE},
  {"the same part of two frames is lost where they meet",
        "drop 3 3; drop 3 4; drop 4 0; drop 4 1; drop 4 2", 7, 3 << 3,
      "frames-incomplete", 2, FALSE},
  {"two frames take turns", "interleave 3", 7, 0, "frames-incomplete", 0,
      FALSE},
  {"two frames take turns while the number wraps", "id 0 252; interleave 3",
      7, 0, "frames-incomplete", 0, TRUE},
  {"32-bit numbers wrap too", "id 0 4294967292; interleave 3", 7, 0,
      "frames-incomplete", 0, FALSE},
  {"bytes are padded behind the payload", "pad * 4", 7, 0, "packets-invalid",
      0, FALSE},
  {"less is declared than comes", "size 3 100", 7, 1 << 3, NULL, 0, FALSE},
  {"more is declared than comes", "size 3 100000", 7, 1 << 3, NULL, 0, FALSE},
  {"a frame of no bytes", "size 3 0", 7, 1 << 3, "packets-invalid",
      N_FRAGMENTS, FALSE},
  {"a frame of 4 GiB", "size 3 4294967295", 7, 1 << 3, "packets-invalid",
      N_FRAGMENTS, FALSE},
  {"a datagram that ends in its header", "truncate 3 1 23", 7, 1 << 3,
      "packets-invalid", 1, FALSE},
  {"a datagram that ends in its payload", "truncate 3 1 700", 7, 1 << 3,
      "packets-invalid", 1, FALSE},
  {"pictures that are no JPEG", "format 3 4", 7, 1 << 3, "packets-invalid",
      N_FRAGMENTS, TRUE},
  {"a position that does not exist: 0x04", "mark 3 1 4", 7, 1 << 3,
      "packets-invalid", 1, TRUE},
  {"a position that does not exist: 0xff", "mark 3 1 255", 7, 1 << 3,
      "packets-invalid", 1, TRUE},
  {"another port sends the same headers", "foreign 3-4", 7, 0,
      "packets-foreign", 2 * N_FRAGMENTS, FALSE},
  {"the number comes again while its frame lacks a fragment",
      "drop 3 1; id 4 3", 7, 1 << 3, NULL, 0, FALSE},
  {"the start of image is damaged", "corrupt 3 0", 7, 1 << 3,
      "frames-corrupt", 1, FALSE},
};

#define N_CASES ((gint) G_N_ELEMENTS (cases))

static void
init_options (SimBorescopeOptions * options, SimMolinkVariant variant,
    const gchar * script)
{
  sim_borescope_options_init (options);
  options->variant = variant;
  options->fps = 25;
  options->width = 320;
  options->height = 240;
  options->pad = FRAME_SIZE;
  options->payload = 1600;
  options->faults = script;
}

/* Frames 0 to last without the lost ones come out: once, in order, byte for byte,
 * with DISCONT where some are missing. */
static void
check_frames (Borescopetest * test, SimBorescope * camera, guint last,
    guint lost, const gchar * behaviour)
{
  gboolean gap = TRUE;
  guint n = 0;

  for (guint i = 0; i <= last; i++)
    n += !(lost & 1u << i);
  borescopetest_wait (test, n);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_FRAME, last + 1,
          BORESCOPETEST_PATIENCE_MS));
  n = 0;
  for (guint i = 0; i <= last; i++) {
    if (lost & 1u << i) {
      gap = TRUE;
      continue;
    }
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, n++);
    gint found = borescopetest_find_frame (camera, buffer);
    gboolean discont = GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT);

    fail_unless (found == (gint) i, "%s: %d instead of %u", behaviour, found,
        i);
    fail_unless (discont == gap, "%s: frame %u: DISCONT %d instead of %d",
        behaviour, i, discont, gap);
    fail_if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_CORRUPTED));
    gap = FALSE;
  }
}

static void
check_case (const FrameCase * c, SimMolinkVariant variant)
{
  SimBorescopeOptions options;

  init_options (&options, variant, c->script);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  check_frames (test, camera, c->last, c->lost, c->behaviour);
  guint64 count = c->counter ? borescopetest_get_stat (test, c->counter) : 0;
  fail_unless (count == c->count, "%s: %s is %" G_GUINT64_FORMAT, c->behaviour,
      c->counter, count);
  borescopetest_free (test);
}

GST_START_TEST (test_whole_frames_come_out_of_variant_a)
{
  check_case (&cases[__i__], SIM_MOLINK_A);
}

GST_END_TEST;

GST_START_TEST (test_whole_frames_come_out_of_variant_b)
{
  if (!cases[__i__].only_a)
    check_case (&cases[__i__], SIM_MOLINK_B);
}

GST_END_TEST;

GST_START_TEST (test_a_lone_fragment_is_a_frame_however_marked)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_A, "mark 1-3 0 1; mark 4-6 0 2");
  options.payload = 9000;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  check_frames (test, camera, 8, 0, "one fragment");
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_datagram_of_variant_b_may_hold_several_messages)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_B, "drop 3 2");
  options.join = 3;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  check_frames (test, camera, 8, 1 << 3, "three messages in a datagram");
  borescopetest_free (test);
}

GST_END_TEST;

/* The camera tells which of its frames lost something. */
GST_START_TEST (test_random_loss_costs_only_the_frames_that_it_hits)
{
  static const SimMolinkVariant variants[] = { SIM_MOLINK_A, SIM_MOLINK_B };
  SimBorescopeOptions options;
  guint n = 0, n_lost = 0;

  init_options (&options, variants[__i__], "lose 3; swap * 1 2; dup * 3");
  options.fps = 50;
  options.seed = 4711;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_FRAME, 100,
          BORESCOPETEST_PATIENCE_MS));
  for (guint i = 0; i < 100; i++) {
    SimEvent frame;

    fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_FRAME, i,
            &frame));
    n_lost += frame.damaged;
    if (frame.damaged)
      continue;
    borescopetest_wait (test, n + 1);
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, n++);
    assert_equals_int (borescopetest_find_frame (camera, buffer), i);
  }
  fail_unless (n_lost > 2 && n > 2, "%u lost, %u whole", n_lost, n);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_frames_that_lack_something_come_out_marked_if_wanted)
{
  SimBorescopeOptions options;
  GstMapInfo map;
  SimEvent frame;

  init_options (&options, SIM_MOLINK_A, "drop 3 2");
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera,
      "drop-incomplete=false max-queued-frames=16");

  borescopetest_play (test);
  borescopetest_wait (test, 6);
  for (guint i = 0; i < 6; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_FRAME, i + 1,
            BORESCOPETEST_PATIENCE_MS));
    assert_equals_int (GST_BUFFER_FLAG_IS_SET (buffer,
            GST_BUFFER_FLAG_CORRUPTED), i == 3);
    if (i != 3)
      assert_equals_int (borescopetest_find_frame (camera, buffer), i);
  }
  g_autoptr (GstBuffer) damaged = borescopetest_get (test, 3);
  fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_FRAME, 3,
          &frame));
  const guint8 *whole = g_bytes_get_data (frame.bytes, NULL);
  fail_unless (gst_buffer_map (damaged, &map, GST_MAP_READ));
  assert_equals_int (map.size, FRAME_SIZE);
  fail_unless (memcmp (map.data, whole, 3200) == 0);
  fail_unless (memcmp (map.data + 4800, whole + 4800, 3200) == 0);
  gst_buffer_unmap (damaged, &map);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_frame_that_nothing_follows_expires)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_A, "drop 5 4; drop 6-999999");
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera,
      "max-queued-frames=16 frame-timeout=50000000 timeout=400000000");

  borescopetest_play (test);
  check_frames (test, camera, 4, 0, "before");
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-timeout");
  guint64 timeout = 0;
  fail_unless (gst_structure_get_uint64 (gst_message_get_structure (message),
          "timeout", &timeout));
  assert_equals_uint64 (timeout, 400 * GST_MSECOND);
  assert_equals_uint64 (borescopetest_get_stat (test, "frames-expired"), 1);
  assert_equals_uint64 (borescopetest_get_stat (test, "frames-incomplete"), 0);
  assert_equals_uint64 (borescopetest_get_stat (test, "fragments-lost"), 1);
  assert_equals_int (borescopetest_count (test), 5);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_frames_beyond_the_limit_are_refused)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_A, NULL);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera,
      "max-frame-size=7999 connect-timeout=500000000");

  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NOT_FOUND);
  assert_equals_int (borescopetest_count (test), 0);
  borescopetest_free (test);
}

GST_END_TEST;

/* Datagrams typed by hand. */

/* A JPEG picture of 16x16 in 28 bytes: SOI, SOF0, SOS, a byte, EOI. */
#define JPEG_SIZE 28
static const guint8 jpeg[JPEG_SIZE] = {
  0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x10, 0x00, 0x10, 0x01, 0x01,
  0x11, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x2a,
  0xff, 0xd9
};

/* A header of variant A, and how much of the picture follows from where. */
typedef struct
{
  guint8 header[24];
  guint from, n_bytes;
} HandFragment;

#define HEADER(position, id, size, index, n_bytes) \
    {0x66, position, 0x01, id, size, 0, 0, 0, 0, 0, 0, 0, (index) & 0xff, \
    (index) >> 8, n_bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/* The video port of a camera, and who asked it for pictures. */
typedef struct
{
  Borescopetest *test;
  SimBorescope *camera;         /* only its control port is used */
  GSocket *socket;
  GSocketAddress *client;
} Hand;

static void
hand_init (Hand * self, const gchar * properties)
{
  SimBorescopeOptions options;
  gchar heartbeat[24];

  sim_borescope_options_init (&options);
  self->camera = borescopetest_camera (&options);
  self->socket = sim_cam_listen ("127.0.0.1", 0, G_SOCKET_PROTOCOL_UDP, NULL);
  fail_unless (self->socket);
  g_socket_set_blocking (self->socket, TRUE);
  g_socket_set_timeout (self->socket, BORESCOPETEST_PATIENCE_MS / 1000);
  self->test = borescopetest_new (self->camera, properties);
  g_object_set (self->test->source, "port",
      sim_cam_get_local_port (self->socket), "protocol", 1, NULL);
  borescopetest_play (self->test);
  assert_equals_int (g_socket_receive_from (self->socket, &self->client,
          heartbeat, sizeof heartbeat, NULL, NULL), 24);
}

static void
hand_send_from (Hand * self, GSocket * socket, const guint8 * data, gsize size)
{
  assert_equals_int (g_socket_send_to (socket, self->client,
          (const gchar *) data, size, NULL, NULL), size);
}

static void
hand_send (Hand * self, const HandFragment * fragment)
{
  guint8 datagram[24 + JPEG_SIZE];

  memcpy (datagram, fragment->header, 24);
  memcpy (datagram + 24, jpeg + fragment->from, fragment->n_bytes);
  hand_send_from (self, self->socket, datagram, 24 + fragment->n_bytes);
}

static void
hand_send_picture (Hand * self, guint8 id)
{
  HandFragment fragment = { HEADER (2, 0, 28, 0, 28), 0, 28 };

  fragment.header[3] = id;
  hand_send (self, &fragment);
}

/* The n-th buffer is the picture, and no other came before it. */
static void
hand_check (Hand * self, guint n)
{
  borescopetest_wait (self->test, n);
  g_autoptr (GstBuffer) buffer = borescopetest_get (self->test, n - 1);

  gst_check_buffer_data (buffer, jpeg, JPEG_SIZE);
}

/* The n-th buffer is out, and counted is what came before it: the statistics
 * follow each time the socket is empty. */
static void
hand_settle (Hand * self, guint n)
{
  hand_check (self, n);
  hand_send_picture (self, 200);
  hand_check (self, n + 1);
}

static void
hand_clear (Hand * self)
{
  borescopetest_free (self->test);
  sim_borescope_free (self->camera);
  g_object_unref (self->socket);
  g_object_unref (self->client);
}

/* The three fragments of 1.9, with a picture in them. */
GST_START_TEST (test_three_fragments_by_hand_are_a_picture)
{
  static const HandFragment fragments[] = {
    {HEADER (1, 0x2a, 28, 0, 10), 0, 10},
    {HEADER (3, 0x2a, 28, 1, 10), 10, 10},
    {HEADER (2, 0x2a, 28, 2, 8), 20, 8},
  };
  static const guint8 orders[6][3] = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  Hand hand;

  hand_init (&hand, NULL);
  for (guint i = 0; i < 3; i++)
    hand_send (&hand, &fragments[orders[__i__][i]]);
  hand_check (&hand, 1);
  hand_clear (&hand);
}

GST_END_TEST;

typedef struct
{
  const gchar *what;
  HandFragment fragments[3];
} HandCase;

/* None of these gives a frame, and the next one is not harmed. */
static const HandCase hand_cases[] = {
  {"sizes that differ", {{HEADER (1, 7, 28, 0, 14), 0, 14},
          {HEADER (2, 7, 27, 1, 14), 14, 14}}},
  {"index 0xffff", {{HEADER (1, 7, 28, 0, 14), 0, 14},
          {HEADER (2, 7, 28, 0xffff, 14), 14, 14}}},
  {"no payload", {{HEADER (1, 7, 28, 0, 14), 0, 14},
          {HEADER (2, 7, 28, 1, 0), 14, 0}}},
  {"payload that is not there", {{HEADER (1, 7, 28, 0, 14), 0, 14},
          {HEADER (2, 7, 28, 1, 14), 14, 13}}},
  {"more payload than the frame has", {{HEADER (1, 7, 20, 0, 14), 0, 14},
          {HEADER (2, 7, 20, 1, 14), 14, 14}}},
  {"position 0", {{HEADER (1, 7, 28, 0, 14), 0, 14},
          {HEADER (0, 7, 28, 1, 14), 14, 14}}},
  {"a lone last fragment", {{HEADER (2, 7, 28, 1, 14), 14, 14}}},
};

GST_START_TEST (test_forged_fragments_give_no_frame)
{
  const HandCase *c = &hand_cases[__i__];
  Hand hand;

  hand_init (&hand, NULL);
  hand_send_picture (&hand, 6);
  hand_check (&hand, 1);
  for (guint i = 0; i < 3 && c->fragments[i].header[0]; i++)
    hand_send (&hand, &c->fragments[i]);
  hand_send_picture (&hand, 8);
  hand_check (&hand, 2);
  assert_equals_uint64 (borescopetest_get_stat (hand.test, "frames-pushed"), 2);
  assert_equals_uint64 (borescopetest_get_stat (hand.test, "frames-corrupt"),
      0);
  hand_clear (&hand);
}

GST_END_TEST;

GST_START_TEST (test_datagrams_that_are_none_of_the_cameras_are_counted)
{
  static const guint8 junk[][26] = {
    {0x67, 1, 1, 9, 28, 0, 0, 0}, {0x00}, {0x99, 0x99, 3, 0}
  };
  Hand hand;

  hand_init (&hand, NULL);
  hand_send_picture (&hand, 6);
  hand_check (&hand, 1);
  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    hand_send_from (&hand, hand.socket, junk[i], sizeof junk[i]);
  hand_send_from (&hand, hand.socket, junk[0], 0);
  hand_send_from (&hand, hand.socket, junk[0], 1);
  hand_send_picture (&hand, 7);
  hand_settle (&hand, 2);
  assert_equals_uint64 (borescopetest_get_stat (hand.test, "packets-invalid"),
      5);
  hand_clear (&hand);
}

GST_END_TEST;

/* The same port of another host: all of 127/8 is this one. */
GST_START_TEST (test_another_host_is_not_listened_to)
{
  HandFragment foreign = { HEADER (2, 7, 28, 0, 28), 0, 28 };
  guint8 datagram[24 + JPEG_SIZE];
  Hand hand;

  hand_init (&hand, NULL);
  g_autoptr (GSocket) other = sim_cam_listen ("127.0.0.2",
      sim_cam_get_local_port (hand.socket), G_SOCKET_PROTOCOL_UDP, NULL);
  fail_unless (other, "no second address");
  memcpy (datagram, foreign.header, 24);
  memcpy (datagram + 24, jpeg, JPEG_SIZE);
  hand_send_from (&hand, other, datagram, sizeof datagram);
  hand_send_picture (&hand, 6);
  hand_check (&hand, 1);
  hand_send_from (&hand, other, datagram, sizeof datagram);
  hand_send_picture (&hand, 8);
  hand_settle (&hand, 2);
  assert_equals_uint64 (borescopetest_get_stat (hand.test, "packets-foreign"),
      2);
  assert_equals_uint64 (borescopetest_get_stat (hand.test, "frames-pushed"), 3);
  hand_clear (&hand);
}

GST_END_TEST;

static Suite *
borescopeframes_suite (void)
{
  Suite *suite = suite_create ("borescopeframes");
  TCase *tc = tcase_create ("simulated");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_whole_frames_come_out_of_variant_a, 0, N_CASES);
  tcase_add_loop_test (tc, test_whole_frames_come_out_of_variant_b, 0, N_CASES);
  tcase_add_test (tc, test_a_lone_fragment_is_a_frame_however_marked);
  tcase_add_test (tc, test_a_datagram_of_variant_b_may_hold_several_messages);
  tcase_add_loop_test (tc, test_random_loss_costs_only_the_frames_that_it_hits,
      0, 2);
  tcase_add_test (tc,
      test_frames_that_lack_something_come_out_marked_if_wanted);
  tcase_add_test (tc, test_a_frame_that_nothing_follows_expires);
  tcase_add_test (tc, test_frames_beyond_the_limit_are_refused);

  tc = tcase_create ("by hand");
  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_three_fragments_by_hand_are_a_picture, 0, 6);
  tcase_add_loop_test (tc, test_forged_fragments_give_no_frame, 0,
      (gint) G_N_ELEMENTS (hand_cases));
  tcase_add_test (tc, test_datagrams_that_are_none_of_the_cameras_are_counted);
  tcase_add_test (tc, test_another_host_is_not_listened_to);
  return suite;
}

GST_CHECK_MAIN (borescopeframes);
