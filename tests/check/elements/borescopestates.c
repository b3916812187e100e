/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Changes of the state of a pipeline with a borescope, and its end. */

#include "borescopetest.h"

static SimBorescope *
new_camera (void)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.fps = 50;
  options.width = 320;
  options.height = 240;
  return borescopetest_camera (&options);
}

static void
wait_events (SimBorescope * camera, SimBorescopeEvent kind, guint n)
{
  fail_unless (sim_borescope_wait (camera, kind, n, BORESCOPETEST_PATIENCE_MS));
}

static guint
count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  fail_unless (dir);
  while (g_dir_read_name (dir))
    n++;
  return n;
}

GST_START_TEST (test_a_pipeline_plays_twenty_times)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);
  guint n_fds = 0;

  for (guint i = 0; i < 20; i++) {
    guint n = borescopetest_count (test);

    borescopetest_play (test);
    borescopetest_wait (test, n + 2);
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, n);
    fail_unless (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT));
    assert_equals_uint64 (GST_BUFFER_OFFSET (buffer), 0);
    borescopetest_set_state (test, GST_STATE_NULL);
    wait_events (camera, SIM_BORESCOPE_STOP, 3 * (i + 1));
    if (i == 0)
      n_fds = count_fds ();
  }
  assert_equals_int (count_fds (), n_fds);
  wait_events (camera, SIM_BORESCOPE_END, 20);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_BEGIN), 20);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_properties_are_read_anew_in_ready)
{
  g_autoptr (SimBorescope) one = new_camera ();
  g_autoptr (SimBorescope) other = new_camera ();
  Borescopetest *test = borescopetest_new (one, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 3);
  borescopetest_set_state (test, GST_STATE_READY);
  wait_events (one, SIM_BORESCOPE_END, 1);
  guint n = borescopetest_count (test);
  g_object_set (test->source, "port", (guint) sim_borescope_get_port (other),
      "control-port", (guint) sim_borescope_get_control_port (other), NULL);
  borescopetest_play (test);
  borescopetest_wait (test, n + 3);
  assert_equals_int (sim_borescope_count (one, SIM_BORESCOPE_BEGIN), 1);
  assert_equals_int (sim_borescope_count (other, SIM_BORESCOPE_BEGIN), 1);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, n);
  assert_equals_int (borescopetest_find_frame (other, buffer), 0);
  assert_equals_uint64 (borescopetest_get_stat (test, "reconnects"), 0);
  borescopetest_free (test);
}

GST_END_TEST;

static GstClockTime
running_time (Borescopetest * test)
{
  return gst_element_get_current_running_time (test->source);
}

/* Timestamps rise, and none is of the future. */
static void
check_times (Borescopetest * test, guint n)
{
  GstClockTime last = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < n; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);
    GstClockTime pts = GST_BUFFER_PTS (buffer);

    fail_unless (GST_CLOCK_TIME_IS_VALID (pts));
    fail_unless (i == 0 || pts > last);
    fail_if (GST_BUFFER_DURATION_IS_VALID (buffer));
    last = pts;
  }
  fail_unless (last <= running_time (test));
}

GST_START_TEST (test_a_long_pause_is_no_outage_and_leaves_nothing_stale)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera,
      "timeout=300000000 connect-timeout=300000000");
  g_autoptr (GstBus) bus = gst_element_get_bus (test->pipeline);

  borescopetest_play (test);
  borescopetest_wait (test, 5);
  /* pictures wait to go downstream */
  borescopetest_set_blocked (test, TRUE);
  wait_events (camera, SIM_BORESCOPE_FRAME,
      sim_borescope_count (camera, SIM_BORESCOPE_FRAME) + 10);
  assert_equals_int (gst_element_set_state (test->pipeline, GST_STATE_PAUSED),
      GST_STATE_CHANGE_NO_PREROLL);
  borescopetest_set_blocked (test, FALSE);
  wait_events (camera, SIM_BORESCOPE_STOP, 3);
  wait_events (camera, SIM_BORESCOPE_END, 1);
  guint n_heartbeats = sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT);

  /* much longer than the timeout nothing happens */
  fail_if (gst_bus_timed_pop_filtered (bus, GST_SECOND,
          GST_MESSAGE_ERROR | GST_MESSAGE_WARNING));
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT),
      n_heartbeats);
  guint n_sent = sim_borescope_count (camera, SIM_BORESCOPE_FRAME);
  guint n = borescopetest_count (test);
  borescopetest_play (test);
  GstClockTime resumed = running_time (test);
  borescopetest_wait (test, n + 5);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, n);
  fail_unless (borescopetest_find_frame (camera, buffer) >= (gint) n_sent,
      "a frame from before the pause");
  fail_unless (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT));
  fail_unless (GST_BUFFER_PTS (buffer) + 100 * GST_MSECOND >= resumed);
  check_times (test, n + 5);
  assert_equals_int (borescopetest_take_messages (test,
          GST_MESSAGE_ERROR | GST_MESSAGE_WARNING, NULL), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_pipeline_that_is_paused_often_still_plays)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  for (guint i = 0; i < 50; i++) {
    borescopetest_play (test);
    borescopetest_set_state (test, GST_STATE_PAUSED);
  }
  borescopetest_play (test);
  guint n = borescopetest_count (test);
  borescopetest_wait (test, n + 5);
  check_times (test, n + 5);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_pipeline_may_end_before_it_played)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_set_state (test, GST_STATE_READY);
  borescopetest_set_state (test, GST_STATE_PAUSED);
  borescopetest_set_state (test, GST_STATE_NULL);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT), 0);
  borescopetest_play (test);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_after_an_error_it_plays_again)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera,
      "connect-timeout=200000000");

  sim_borescope_unplug (camera);
  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NOT_FOUND);
  borescopetest_set_state (test, GST_STATE_NULL);
  fail_unless (sim_borescope_plug (camera, NULL));
  g_object_set (test->source, "connect-timeout", (guint64) 0, NULL);
  borescopetest_play (test);
  borescopetest_wait (test, 3);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_an_eos_event_ends_the_stream)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 3);
  fail_unless (gst_element_send_event (test->source, gst_event_new_eos ()));
  g_autoptr (GstMessage) message = borescopetest_wait_message (test,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  assert_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  borescopetest_free (test);
  wait_events (camera, SIM_BORESCOPE_END, 1);
}

GST_END_TEST;

/* Also while no picture comes. */
GST_START_TEST (test_an_eos_event_ends_a_silent_stream)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  sim_borescope_set_paused (camera, TRUE);
  borescopetest_play (test);
  wait_events (camera, SIM_BORESCOPE_HEARTBEAT, 3);
  fail_unless (gst_element_send_event (test->source, gst_event_new_eos ()));
  g_autoptr (GstMessage) message = borescopetest_wait_message (test,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  assert_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_num_buffers_ends_the_stream)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, "num-buffers=4");

  borescopetest_play (test);
  g_autoptr (GstMessage) message = borescopetest_wait_message (test,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  assert_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  assert_equals_int (borescopetest_count (test), 4);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_picture_outlives_its_pipeline)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 3);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, 2);
  borescopetest_free (test);
  fail_unless (borescopetest_find_frame (camera, buffer) >= 0);
}

GST_END_TEST;

GST_START_TEST (test_it_is_a_live_source)
{
  static const GstEventType types[] = {
    GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT
  };
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  assert_equals_int (gst_element_set_state (test->pipeline, GST_STATE_PAUSED),
      GST_STATE_CHANGE_NO_PREROLL);
  borescopetest_play (test);
  borescopetest_wait (test, 1);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    GstMiniObject *item = borescopetest_get_item (test, i);

    fail_unless (GST_IS_EVENT (item));
    assert_equals_int (GST_EVENT_TYPE (item), types[i]);
    if (types[i] == GST_EVENT_SEGMENT) {
      const GstSegment *segment;

      gst_event_parse_segment (GST_EVENT (item), &segment);
      assert_equals_int (segment->format, GST_FORMAT_TIME);
    }
    gst_mini_object_unref (item);
  }
  fail_if (gst_element_seek_simple (test->pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH, 0));
  borescopetest_free (test);
}

GST_END_TEST;

static Suite *
borescopestates_suite (void)
{
  Suite *suite = suite_create ("borescopestates");
  TCase *tc = tcase_create ("states");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_it_is_a_live_source);
  tcase_add_test (tc, test_a_pipeline_plays_twenty_times);
  tcase_add_test (tc, test_properties_are_read_anew_in_ready);
  tcase_add_test (tc, test_a_long_pause_is_no_outage_and_leaves_nothing_stale);
  tcase_add_test (tc, test_a_pipeline_that_is_paused_often_still_plays);
  tcase_add_test (tc, test_a_pipeline_may_end_before_it_played);
  tcase_add_test (tc, test_after_an_error_it_plays_again);

  tc = tcase_create ("end");
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_an_eos_event_ends_the_stream);
  tcase_add_test (tc, test_an_eos_event_ends_a_silent_stream);
  tcase_add_test (tc, test_num_buffers_ends_the_stream);
  tcase_add_test (tc, test_a_picture_outlives_its_pipeline);
  return suite;
}

GST_CHECK_MAIN (borescopestates);
