/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* A camera that is there, that goes, that comes back, or that never was; and
 * that it is told when nobody looks any more. */

#include "borescopetest.h"

/* Cameras stop streaming some seconds after the last heartbeat. */
#define MAX_HEARTBEAT_GAP G_TIME_SPAN_SECOND

static SimBorescope *
new_camera (SimMolinkVariant variant, const gchar * faults)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.variant = variant;
  options.fps = 25;
  options.width = 320;
  options.height = 240;
  options.faults = faults;
  return borescopetest_camera (&options);
}

static void
wait_events (SimBorescope * camera, SimBorescopeEvent kind, guint n)
{
  fail_unless (sim_borescope_wait (camera, kind, n, BORESCOPETEST_PATIENCE_MS));
}

static gint64
event_time (SimBorescope * camera, SimBorescopeEvent kind, guint i)
{
  SimEvent event;

  fail_unless (sim_borescope_get_event (camera, kind, i, &event));
  return event.time;
}

/* The number of the picture among the camera's frames; they repeat after 256. */
static gint
find_frame (SimBorescope * camera, guint first, GstBuffer * buffer)
{
  GstMapInfo map;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  gint found = sim_borescope_find_frame (camera, first, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return found;
}

/* Longer than the camera streams without a heartbeat. */
GST_START_TEST (test_heartbeats_go_on_while_downstream_takes_nothing)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, NULL);
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 5);
  borescopetest_set_blocked (test, TRUE);
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT) + 12;
  wait_events (camera, SIM_BORESCOPE_HEARTBEAT, n);
  for (guint i = 1; i < n; i++) {
    gint64 gap = event_time (camera, SIM_BORESCOPE_HEARTBEAT, i)
        - event_time (camera, SIM_BORESCOPE_HEARTBEAT, i - 1);

    fail_unless (gap < MAX_HEARTBEAT_GAP, "heartbeat %u came after %d ms", i,
        (gint) (gap / 1000));
  }
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_END), 0);
  fail_unless (borescopetest_get_stat (test, "frames-overrun") > 20);

  /* what comes now is what the camera sent last */
  guint oldest = sim_borescope_count (camera, SIM_BORESCOPE_FRAME) - 5;
  n = borescopetest_count (test);
  borescopetest_set_blocked (test, FALSE);
  borescopetest_wait (test, n + 5);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_FRAME, oldest + 15,
          BORESCOPETEST_PATIENCE_MS));
  for (guint i = n; i < n + 5; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    fail_unless (find_frame (camera, oldest, buffer) >= 0,
        "picture %u is older than frame %u", i, oldest);
    assert_equals_int (GST_BUFFER_FLAG_IS_SET (buffer,
            GST_BUFFER_FLAG_DISCONT), i == n);
  }
  borescopetest_free (test);
}

GST_END_TEST;

/* One warning, and what an application waits for in its order. */
static void
check_outage (Borescopetest * test, SimBorescope * camera)
{
  static const gchar *const names[] = {
    "borescope-connected", "borescope-disconnected", "borescope-connected"
  };
  g_autoptr (GstBus) bus = gst_element_get_bus (test->pipeline);
  guint n_warnings = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names);) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        BORESCOPETEST_PATIENCE_MS * GST_MSECOND,
        GST_MESSAGE_ELEMENT | GST_MESSAGE_WARNING | GST_MESSAGE_ERROR);

    fail_unless (message, "no %s", names[i]);
    fail_if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR);
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
      g_autoptr (GError) error = NULL;

      gst_message_parse_warning (message, &error, NULL);
      fail_unless (g_error_matches (error, GST_RESOURCE_ERROR,
              GST_RESOURCE_ERROR_READ));
      fail_unless (strstr (error->message, "127.0.0.1"), "%s", error->message);
      n_warnings++;
    } else if (!gst_message_has_name (message, "borescope-battery")
        && !gst_message_has_name (message, "borescope-timeout")) {
      fail_unless (gst_message_has_name (message, names[i]), "not %s but %s",
          names[i],
          gst_structure_get_name (gst_message_get_structure (message)));
      if (i == 0)
        sim_borescope_unplug (camera);
      if (i == 1) {
        /* twice the timeout, and nothing more to say */
        fail_if (gst_bus_timed_pop_filtered (bus, 1500 * GST_MSECOND,
                GST_MESSAGE_WARNING | GST_MESSAGE_ERROR));
        fail_unless (sim_borescope_plug (camera, NULL));
      }
      i++;
    }
  }
  n_warnings += borescopetest_take_messages (test, GST_MESSAGE_WARNING, NULL);
  assert_equals_int (n_warnings, 1);
}

GST_START_TEST (test_a_camera_that_goes_and_comes_back_streams_on)
{
  static const SimMolinkVariant variants[] = {
    SIM_MOLINK_A, SIM_MOLINK_B, SIM_MOLINK_C
  };
  g_autoptr (SimBorescope) camera = new_camera (variants[__i__], NULL);
  Borescopetest *test = borescopetest_new (camera,
      "timeout=700000000 keepalive-interval=200000000");

  borescopetest_play (test);
  check_outage (test, camera);
  /* the camera's second stream began, and what it sent comes out */
  wait_events (camera, SIM_BORESCOPE_BEGIN, 2);
  guint n = borescopetest_count (test);
  borescopetest_wait (test, n + 5);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, n + 4);
  fail_unless (borescopetest_find_frame (camera, buffer) >= 0);
  assert_equals_uint64 (borescopetest_get_stat (test, "reconnects"), 1);
  borescopetest_free (test);
}

GST_END_TEST;

/* Within two seconds of its return, by the clock of the camera. */
GST_START_TEST (test_a_camera_that_is_back_is_soon_asked_for_pictures)
{
  static const SimMolinkVariant variants[] = { SIM_MOLINK_A, SIM_MOLINK_C };
  g_autoptr (SimBorescope) camera = new_camera (variants[__i__], NULL);
  Borescopetest *test = borescopetest_new (camera, "timeout=1000000000");

  borescopetest_play (test);
  borescopetest_wait (test, 2);
  sim_borescope_unplug (camera);
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-disconnected"));
  gint64 back = g_get_monotonic_time ();
  fail_unless (sim_borescope_plug (camera, NULL));
  guint n = borescopetest_count (test);
  borescopetest_wait (test, n + 1);
  gint64 picture = g_get_monotonic_time ();
  gint64 begun = event_time (camera, SIM_BORESCOPE_BEGIN, 1);
  fail_unless (begun - back < 2 * G_TIME_SPAN_SECOND, "asked after %d ms",
      (gint) ((begun - back) / 1000));
  fail_unless (picture - back < 2 * G_TIME_SPAN_SECOND, "picture after %d ms",
      (gint) ((picture - back) / 1000));
  borescopetest_free (test);
}

GST_END_TEST;

/* Its numbers begin anew. */
GST_START_TEST (test_a_camera_that_reboots_streams_on)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, "reboot 30");
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  wait_events (camera, SIM_BORESCOPE_FRAME, 40);
  borescopetest_wait (test, 40);
  for (guint i = 0; i < 40; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    assert_equals_int (borescopetest_find_frame (camera, buffer), i);
  }
  assert_equals_int (borescopetest_take_messages (test,
          GST_MESSAGE_WARNING | GST_MESSAGE_ERROR, NULL), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_without_reconnect_a_camera_that_goes_is_an_error)
{
  static const SimMolinkVariant variants[] = { SIM_MOLINK_A, SIM_MOLINK_C };
  g_autoptr (SimBorescope) camera = new_camera (variants[__i__], NULL);
  Borescopetest *test = borescopetest_new (camera,
      "reconnect=false timeout=500000000");

  borescopetest_play (test);
  borescopetest_wait (test, 2);
  sim_borescope_unplug (camera);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_READ);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_camera_that_sends_nothing_is_not_found)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, NULL);
  Borescopetest *test = borescopetest_new (camera,
      "connect-timeout=700000000");

  sim_borescope_set_paused (camera, TRUE);
  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NOT_FOUND);
  fail_unless (sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT) >= 3);
  borescopetest_free (test);
}

GST_END_TEST;

/* The kernel says at once that nobody listens; the camera may still be
 * starting. */
GST_START_TEST (test_a_port_where_nobody_listens_is_not_found)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, NULL);
  Borescopetest *test = borescopetest_new (camera,
      "connect-timeout=700000000");

  sim_borescope_unplug (camera);
  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NOT_FOUND);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_camera_that_comes_late_is_found)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, NULL);
  Borescopetest *test = borescopetest_new (camera, "timeout=300000000");

  sim_borescope_unplug (camera);
  borescopetest_play (test);
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-timeout"));
  fail_unless (sim_borescope_plug (camera, NULL));
  borescopetest_wait (test, 3);
  borescopetest_free (test);
}

GST_END_TEST;

typedef struct
{
  const gchar *property, *value;
  gint code;
} BadSetting;

static const BadSetting bad_settings[] = {
  {"host", "no-such-host.invalid", GST_RESOURCE_ERROR_NOT_FOUND},
  {"interface", "nosuchif0", GST_RESOURCE_ERROR_OPEN_READ},
  {"bind-address", "192.0.2.1", GST_RESOURCE_ERROR_OPEN_READ},
  {"bind-address", "nonsense", GST_RESOURCE_ERROR_OPEN_READ},
};

GST_START_TEST (test_a_setting_that_cannot_be_used_is_an_error_that_names_it)
{
  const BadSetting *bad = &bad_settings[__i__];
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, NULL);
  Borescopetest *test = borescopetest_new (camera,
      "connect-timeout=100000000");

  g_object_set (test->source, bad->property, bad->value, NULL);
  borescopetest_play (test);
  g_autofree gchar *text = borescopetest_wait_error (test,
      GST_RESOURCE_ERROR, bad->code);
  fail_unless (strstr (text, bad->value), "%s", text);
  borescopetest_free (test);
}

GST_END_TEST;

/* When the pipeline is stopped in one of these moments... */
typedef enum
{
  STOP_STREAMING,
  STOP_CONNECTING,
  STOP_BLOCKED,
  STOP_HALF_A_FRAME,
  STOP_SILENT,
  N_STOPS
} StopMoment;

static void
wait_moment (Borescopetest * test, SimBorescope * camera, StopMoment moment)
{
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT);

  if (moment == STOP_CONNECTING) {
    wait_events (camera, SIM_BORESCOPE_HEARTBEAT, 3);
    return;
  }
  borescopetest_wait (test, 3);
  if (moment == STOP_BLOCKED) {
    g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN
        (test->pipeline), "sink");

    /* it waits an hour for the next picture's time to come */
    g_object_set (sink, "ts-offset", (gint64) GST_SECOND * 3600, "sync", TRUE,
        NULL);
    wait_events (camera, SIM_BORESCOPE_FRAME, 20);
  } else if (moment == STOP_HALF_A_FRAME) {
    wait_events (camera, SIM_BORESCOPE_FRAME, 6);
  } else if (moment == STOP_SILENT) {
    sim_borescope_set_paused (camera, TRUE);
    wait_events (camera, SIM_BORESCOPE_HEARTBEAT, n + 4);
  }
}

/* ...the camera hears a stop, and nothing after it. */
GST_START_TEST (test_the_camera_is_told_to_stop_whatever_the_moment)
{
  const gchar *faults = __i__ == STOP_HALF_A_FRAME ? "drop 5-9999 2" : NULL;
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A, faults);
  Borescopetest *test = borescopetest_new (camera, NULL);

  sim_borescope_set_paused (camera, __i__ == STOP_CONNECTING);
  borescopetest_play (test);
  wait_moment (test, camera, (StopMoment) __i__);
  borescopetest_free (test);

  wait_events (camera, SIM_BORESCOPE_STOP, 3);
  wait_events (camera, SIM_BORESCOPE_END, 1);
  gint64 stop = event_time (camera, SIM_BORESCOPE_STOP, 0);
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT);
  fail_unless (event_time (camera, SIM_BORESCOPE_HEARTBEAT, n - 1) <= stop);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_STOP), 3);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_UNKNOWN), 0);
}

GST_END_TEST;

GST_START_TEST (test_a_connection_is_closed_when_the_pipeline_stops)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_C, NULL);
  Borescopetest *test = borescopetest_new (camera, NULL);
  SimEvent end;

  borescopetest_play (test);
  borescopetest_wait (test, 3);
  borescopetest_free (test);
  wait_events (camera, SIM_BORESCOPE_END, 1);
  fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_END, 0, &end));
  assert_equals_int (end.value, SIM_BORESCOPE_END_STOP);
}

GST_END_TEST;

static Suite *
borescopelink_suite (void)
{
  Suite *suite = suite_create ("borescopelink");
  TCase *tc = tcase_create ("alive");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_heartbeats_go_on_while_downstream_takes_nothing);
  tcase_add_loop_test (tc, test_a_camera_that_goes_and_comes_back_streams_on,
      0, 3);
  tcase_add_loop_test (tc,
      test_a_camera_that_is_back_is_soon_asked_for_pictures, 0, 2);
  tcase_add_test (tc, test_a_camera_that_reboots_streams_on);
  tcase_add_loop_test (tc,
      test_without_reconnect_a_camera_that_goes_is_an_error, 0, 2);

  tc = tcase_create ("errors");
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_a_camera_that_sends_nothing_is_not_found);
  tcase_add_test (tc, test_a_port_where_nobody_listens_is_not_found);
  tcase_add_test (tc, test_a_camera_that_comes_late_is_found);
  tcase_add_loop_test (tc,
      test_a_setting_that_cannot_be_used_is_an_error_that_names_it, 0,
      (gint) G_N_ELEMENTS (bad_settings));

  tc = tcase_create ("stop");
  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc,
      test_the_camera_is_told_to_stop_whatever_the_moment, 0, N_STOPS);
  tcase_add_test (tc, test_a_connection_is_closed_when_the_pipeline_stops);
  return suite;
}

GST_CHECK_MAIN (borescopelink);
