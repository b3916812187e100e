/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The button of the camera's handle: messages, events before the exact
 * picture, and the snapshots that they give. */

#include "borescopetest.h"

/* Frames that pass before a test says that nothing more will come. */
#define MANY_FRAMES 40

#define OFTEN "button-poll-interval=20000000 "

static SimBorescope *
new_camera (const gchar * faults)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.fps = 50;
  options.width = 320;
  options.height = 240;
  options.faults = faults;
  return borescopetest_camera (&options);
}

static guint
get_uint (const GstStructure * structure, const gchar * field)
{
  guint value = 0;

  fail_unless (gst_structure_get_uint (structure, field, &value), "%s", field);
  return value;
}

typedef struct
{
  const gchar *key;
  guint key_code, presses, counter;
} Press;

static void
check_press (const GstStructure * told, const Press * press)
{
  assert_equals_string (gst_structure_get_string (told, "key"), press->key);
  assert_equals_int (get_uint (told, "key-code"), press->key_code);
  assert_equals_int (get_uint (told, "presses"), press->presses);
  assert_equals_int (get_uint (told, "counter"), press->counter);
}

/* Index of the i-th button event among what came, or -1. */
static gint
find_event (Borescopetest * test, guint i)
{
  GstMiniObject *item;

  for (guint at = 0; (item = borescopetest_get_item (test, at)); at++) {
    gboolean found = GST_IS_EVENT (item)
        && gst_event_has_name (GST_EVENT (item), "borescope-button");

    gst_mini_object_unref (item);
    if (found && i-- == 0)
      return (gint) at;
  }
  return -1;
}

static guint
count_events (Borescopetest * test)
{
  guint n = 0;

  while (find_event (test, n) >= 0)
    n++;
  return n;
}

static GstClockTime
get_pts (Borescopetest * test, gint at)
{
  GstMiniObject *item = borescopetest_get_item (test, (guint) at);

  fail_unless (GST_IS_BUFFER (item), "item %d is no picture", at);
  GstClockTime pts = GST_BUFFER_PTS (GST_BUFFER (item));
  gst_mini_object_unref (item);
  return pts;
}

typedef struct
{
  const gchar *behaviour;
  const gchar *faults;
  guint n_presses;              /* messages to come */
  Press presses[2];
} ButtonCase;

/* The first presses are late enough for the first reply to be before them. */
static const ButtonCase cases[] = {
  {"a press", "press 40", 1, {{"photo", 1, 1, 1}}},
  {"the other keys", "press 40 2; press 60 4", 2, {{"video", 2, 1, 1},
          {"zoom-out", 4, 1, 2}}},
  {"a key that nobody knows", "press 40 9", 1, {{"unknown", 9, 1, 1}}},
  {"three presses between two polls", "press 40 3 3", 1, {{"zoom-in", 3, 3,
              3}}},
  {"the counter goes from 65535 to 0", "counter 65535; press 40", 1,
      {{"photo", 1, 1, 0}}},
  {"the counter goes from 255 to 256", "counter 255; press 40", 1,
      {{"photo", 1, 1, 256}}},
  {"the camera reboots and forgets its counter",
        "counter 9; press 40; reboot 60; press 100", 2, {{"photo", 1, 1, 10},
          {"photo", 1, 1, 1}}},
  {"replies come late, always", "late 50; press 40", 1, {{"photo", 1, 1, 1}}},
  {"replies come very late", "late 600; press 40", 1, {{"photo", 1, 1, 1}}},
  {"replies tell no length", "reply-length 0; press 40", 1, {{"photo", 1, 1,
              1}}},
  {"another port answers too", "foreign-reply; press 40", 1, {{"photo", 1, 1,
              1}}},
};

GST_START_TEST (test_a_press_gives_one_message_and_one_event)
{
  const ButtonCase *c = &cases[__i__];
  g_autoptr (SimBorescope) camera = new_camera (c->faults);
  Borescopetest *test = borescopetest_new (camera, OFTEN);

  borescopetest_play (test);
  for (guint i = 0; i < c->n_presses; i++) {
    g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
        "borescope-button");

    check_press (gst_message_get_structure (message), &c->presses[i]);
  }
  borescopetest_wait (test, borescopetest_count (test) + MANY_FRAMES);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ELEMENT,
          "borescope-button"), 0);
  assert_equals_int (count_events (test), c->n_presses);
  assert_equals_uint64 (borescopetest_get_stat (test, "button-events"),
      c->n_presses);
  borescopetest_free (test);
}

GST_END_TEST;

/* The first whose PTS is later than the press: not the one that began before it
 * and was not yet whole. */
GST_START_TEST (test_the_event_stands_before_the_first_picture_after_the_press)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.fps = 10;
  options.faults = "delay * 1 60; press 8; press 11; press 14";
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, OFTEN);

  borescopetest_play (test);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
        "borescope-button");
    guint64 pressed = 0;

    fail_unless (gst_structure_get_uint64 (gst_message_get_structure (message),
            "running-time", &pressed));
    borescopetest_wait (test, borescopetest_count (test) + 3);
    gint at = find_event (test, i);
    fail_unless (at > 0, "no event %u", i);
    GstMiniObject *event = borescopetest_get_item (test, (guint) at);
    fail_unless (gst_structure_is_equal (gst_event_get_structure (GST_EVENT
                (event)), gst_message_get_structure (message)));
    gst_mini_object_unref (event);
    fail_unless (get_pts (test, at - 1) <= pressed);
    fail_unless (get_pts (test, at + 1) > pressed);
  }
  borescopetest_free (test);
}

GST_END_TEST;

/* Old models answer without a counter. */
GST_START_TEST (test_replies_without_a_counter_are_no_presses)
{
  g_autoptr (SimBorescope) camera = new_camera ("cut-reply 12; press 20");
  Borescopetest *test = borescopetest_new (camera, OFTEN);

  borescopetest_play (test);
  borescopetest_wait (test, MANY_FRAMES);
  assert_equals_int (count_events (test), 0);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ERROR |
          GST_MESSAGE_WARNING, NULL), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_refused_control_port_leaves_the_pictures_alone)
{
  g_autoptr (SimBorescope) camera = new_camera ("refuse");
  Borescopetest *test = borescopetest_new (camera, OFTEN
      "max-queued-frames=16");

  borescopetest_play (test);
  borescopetest_wait (test, MANY_FRAMES);
  for (guint i = 0; i < MANY_FRAMES; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    assert_equals_int (borescopetest_find_frame (camera, buffer), i);
  }
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ERROR |
          GST_MESSAGE_WARNING, NULL), 0);
  /* every 20 ms it would have been 40 of them */
  fail_unless (borescopetest_get_stat (test, "control-requests") < 20);

  /* the port opens, and is found */
  fail_unless (sim_borescope_set_faults (camera, "", NULL));
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_POLL, 5,
          BORESCOPETEST_PATIENCE_MS));
  sim_borescope_press (camera, 1, 1);
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-button"));
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_nobody_is_asked_for_the_button_if_not_wanted)
{
  static const gchar *const properties[] = {
    "button-events=false", "control-port=0"
  };
  g_autoptr (SimBorescope) camera = new_camera (NULL);
  Borescopetest *test = borescopetest_new (camera, properties[__i__]);

  borescopetest_play (test);
  borescopetest_wait (test, 20);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_POLL), 0);
  if (__i__ == 1)
    assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_COMMAND), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_press_before_the_camera_comes_back_is_none)
{
  g_autoptr (SimBorescope) camera = new_camera ("counter 7");
  Borescopetest *test = borescopetest_new (camera, OFTEN "timeout=400000000");

  borescopetest_play (test);
  borescopetest_wait (test, 5);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_POLL, 3,
          BORESCOPETEST_PATIENCE_MS));
  sim_borescope_unplug (camera);
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-disconnected"));
  sim_borescope_press (camera, 1, 12);
  guint n_polls = sim_borescope_count (camera, SIM_BORESCOPE_POLL);
  fail_unless (sim_borescope_plug (camera, NULL));
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-connected"));
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_POLL, n_polls + 5,
          BORESCOPETEST_PATIENCE_MS));
  borescopetest_wait (test, borescopetest_count (test) + 10);
  assert_equals_int (count_events (test), 0);
  sim_borescope_press (camera, 1, 1);
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-button");
  assert_equals_int (get_uint (gst_message_get_structure (message),
          "presses"), 1);
  borescopetest_free (test);
}

GST_END_TEST;

/* Snapshots */

static GstPadProbeReturn
on_snapshot (GstPad * pad, GstPadProbeInfo * info, gpointer queue)
{
  g_async_queue_push (queue, gst_buffer_ref (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

static GAsyncQueue *
new_snapshots (Borescopetest * test)
{
  GAsyncQueue *queue =
      g_async_queue_new_full ((GDestroyNotify) gst_buffer_unref);
  g_autoptr (GstElement) snapshot = gst_bin_get_by_name (GST_BIN
      (test->pipeline), "snapshot");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (snapshot, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_snapshot, queue, NULL);
  return queue;
}

static GstBuffer *
wait_snapshot (GAsyncQueue * snapshots)
{
  GstBuffer *buffer = g_async_queue_timeout_pop (snapshots,
      BORESCOPETEST_PATIENCE_MS * 1000);

  fail_unless (buffer, "no snapshot");
  return buffer;
}

GST_START_TEST (test_each_press_gives_one_snapshot_with_the_cameras_bytes)
{
  g_autoptr (SimBorescope) camera = new_camera (NULL);
  Borescopetest *test = borescopetest_new (camera, OFTEN
      "! borescopesnapshot name=snapshot");
  GAsyncQueue *snapshots = new_snapshots (test);

  borescopetest_play (test);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_POLL, 3,
          BORESCOPETEST_PATIENCE_MS));
  borescopetest_wait (test, 10);
  for (guint i = 0; i < 3; i++) {
    sim_borescope_press (camera, 1, 1);
    g_autoptr (GstBuffer) snapshot = wait_snapshot (snapshots);
    fail_unless (borescopetest_find_frame (camera, snapshot) >= 10);
    GstMiniObject *picture = borescopetest_get_item (test,
        (guint) find_event (test, i) + 1);
    fail_unless (GST_IS_BUFFER (picture));
    assert_equals_uint64 (GST_BUFFER_PTS (snapshot),
        GST_BUFFER_PTS (GST_BUFFER (picture)));
    gst_mini_object_unref (picture);
  }
  borescopetest_wait (test, borescopetest_count (test) + 10);
  assert_equals_int (g_async_queue_length (snapshots), 0);
  borescopetest_free (test);
  g_async_queue_unref (snapshots);
}

GST_END_TEST;

GST_START_TEST (test_snapshots_of_one_key)
{
  g_autoptr (SimBorescope) camera = new_camera ("press 40 1; press 60 2; "
      "press 80 1");
  Borescopetest *test = borescopetest_new (camera, OFTEN
      "! borescopesnapshot name=snapshot key=video");
  GAsyncQueue *snapshots = new_snapshots (test);

  borescopetest_play (test);
  for (guint i = 0; i < 3; i++)
    gst_message_unref (borescopetest_wait_element_message (test,
            "borescope-button"));
  borescopetest_wait (test, borescopetest_count (test) + 10);
  assert_equals_int (count_events (test), 3);
  assert_equals_int (g_async_queue_length (snapshots), 1);
  g_autoptr (GstBuffer) snapshot = wait_snapshot (snapshots);
  fail_unless (borescopetest_find_frame (camera, snapshot) >= 60);
  fail_unless (borescopetest_find_frame (camera, snapshot) < 80);
  borescopetest_free (test);
  g_async_queue_unref (snapshots);
}

GST_END_TEST;

static Suite *
borescopebutton_suite (void)
{
  Suite *suite = suite_create ("borescopebutton");
  TCase *tc = tcase_create ("button");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_a_press_gives_one_message_and_one_event, 0,
      (gint) G_N_ELEMENTS (cases));
  tcase_add_test (tc,
      test_the_event_stands_before_the_first_picture_after_the_press);
  tcase_add_test (tc, test_replies_without_a_counter_are_no_presses);
  tcase_add_test (tc, test_a_refused_control_port_leaves_the_pictures_alone);
  tcase_add_loop_test (tc, test_nobody_is_asked_for_the_button_if_not_wanted, 0,
      2);
  tcase_add_test (tc, test_a_press_before_the_camera_comes_back_is_none);

  tc = tcase_create ("snapshot");
  suite_add_tcase (suite, tc);
  tcase_add_test (tc,
      test_each_press_gives_one_snapshot_with_the_cameras_bytes);
  tcase_add_test (tc, test_snapshots_of_one_key);
  return suite;
}

GST_CHECK_MAIN (borescopebutton);
