/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Properties, statistics, and what the camera tells of itself. */

#include <gio/gio.h>

#include "borescopetest.h"

static void
init_options (SimBorescopeOptions * options)
{
  sim_borescope_options_init (options);
  options->fps = 50;
  options->width = 320;
  options->height = 240;
}

static SimBorescope *
new_camera (void)
{
  SimBorescopeOptions options;

  init_options (&options);
  return borescopetest_camera (&options);
}

/* Waits until the camera was told this brightness. */
static void
wait_led (SimBorescope * camera, guint percent)
{
  SimEvent event = { 0 };

  for (guint i = 0; event.value != SIM_MOLINK_SET_LED
      || event.argument != percent; i++) {
    fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_COMMAND, i + 1,
            BORESCOPETEST_PATIENCE_MS), "the light was not set to %u", percent);
    fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_COMMAND, i,
            &event));
  }
}

GST_START_TEST (test_the_light_is_set_at_the_start_and_while_playing)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, "led-brightness=30");

  borescopetest_play (test);
  wait_led (camera, 30);
  g_object_set (test->source, "led-brightness", 100, NULL);
  wait_led (camera, 100);
  g_object_set (test->source, "led-brightness", 0, NULL);
  wait_led (camera, 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_light_is_set_again_when_the_camera_is_back)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera,
      "led-brightness=30 timeout=400000000");
  SimEvent event;

  borescopetest_play (test);
  wait_led (camera, 30);
  borescopetest_wait (test, 1);
  sim_borescope_unplug (camera);
  gst_message_unref (borescopetest_wait_element_message (test,
          "borescope-disconnected"));
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_COMMAND);
  fail_unless (sim_borescope_plug (camera, NULL));
  do {
    fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_COMMAND, n + 1,
            BORESCOPETEST_PATIENCE_MS));
    fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_COMMAND, n++,
            &event));
  } while (event.value != SIM_MOLINK_SET_LED);
  assert_equals_int (event.argument, 30);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_light_is_left_alone_unless_asked_for)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 20);
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_COMMAND);
  for (guint i = 0; i < n; i++) {
    SimEvent event;

    fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_COMMAND, i,
            &event));
    /* nor is anything else written */
    fail_unless (event.value == SIM_MOLINK_GET_VERSION
        || event.value == SIM_MOLINK_GET_BATTERY, "command 0x%x",
        (guint) event.value);
  }
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_UNKNOWN), 0);
  borescopetest_free (test);
}

GST_END_TEST;

typedef struct
{
  guint battery, millivolts;
  gint percent;
} BatteryCase;

static const BatteryCase battery_cases[] = {
  {80, 0, 80}, {0, 4080, 100}, {0, 3750, 50},
};

GST_START_TEST (test_the_camera_tells_of_itself)
{
  const BatteryCase *c = &battery_cases[__i__];
  SimBorescopeOptions options;
  gint percent = -1;
  guint firmware = 0;

  init_options (&options);
  options.battery = c->battery;
  options.millivolts = c->millivolts;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-battery");
  const GstStructure *told = gst_message_get_structure (message);
  fail_unless (gst_structure_get_int (told, "percent", &percent));
  assert_equals_int (percent, c->percent);
  fail_unless (gst_structure_has_field_typed (told, "charging",
          G_TYPE_BOOLEAN));
  fail_unless (gst_structure_has_field_typed (told, "full", G_TYPE_BOOLEAN));

  g_autoptr (GstStructure) info = NULL;
  g_object_get (test->source, "device-info", &info, NULL);
  fail_unless (gst_structure_get_uint (info, "firmware", &firmware));
  assert_equals_int (firmware, 0x00020005);
  fail_unless (gst_structure_get_int (info, "battery-percent", &percent));
  assert_equals_int (percent, c->percent);
  borescopetest_free (test);
}

GST_END_TEST;

typedef struct
{
  guint32 motion;
  gdouble angle;
  const gchar *tag;
} MotionCase;

/* Vectors of 1.5 of the protocol research. */
static const MotionCase motion_cases[] = {
  {0x3C33D3B2, 107.728, "rotate-90"},
  {0x3F7C1032, 281.222, "rotate-270"},
  {0x8001E240, 123.456, "rotate-90"},
  {0x3FF001F4, 0.0, "rotate-0"},
};

static gchar *
find_orientation_tag (Borescopetest * test)
{
  gchar *orientation = NULL;
  GstMiniObject *item;

  for (guint i = 0; (item = borescopetest_get_item (test, i)); i++) {
    if (!orientation && GST_IS_EVENT (item)
        && GST_EVENT_TYPE (GST_EVENT (item)) == GST_EVENT_TAG) {
      GstTagList *tags;

      gst_event_parse_tag (GST_EVENT (item), &tags);
      (void) gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION,
          &orientation);
    }
    gst_mini_object_unref (item);
  }
  return orientation;
}

GST_START_TEST (test_the_orientation_is_told)
{
  const MotionCase *c = &motion_cases[__i__];
  SimBorescopeOptions options;
  gdouble angle = -1;

  init_options (&options);
  options.motion = c->motion;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "orientation-events=true");

  borescopetest_play (test);
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-orientation");
  fail_unless (gst_structure_get_double (gst_message_get_structure (message),
          "angle", &angle));
  fail_unless (ABS (angle - c->angle) < 0.001, "%f", angle);
  borescopetest_wait (test, 20);
  g_autofree gchar *tag = find_orientation_tag (test);
  assert_equals_string (tag, c->tag);
  /* it did not move */
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ELEMENT,
          "borescope-orientation"), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_without_a_sensor_or_a_wish_no_orientation_is_told)
{
  static const guint32 motions[] = { 0, 1, 0x3C33D3B2 };
  SimBorescopeOptions options;

  init_options (&options);
  options.motion = motions[__i__];
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera,
      __i__ < 2 ? "orientation-events=true" : NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 20);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ELEMENT,
          "borescope-orientation"), 0);
  g_autofree gchar *tag = find_orientation_tag (test);
  fail_if (tag);
  borescopetest_free (test);
}

GST_END_TEST;

/* Sockets */

static guint16
stream_port (SimBorescope * camera)
{
  SimEvent event;

  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_BEGIN, 1,
          BORESCOPETEST_PATIENCE_MS));
  fail_unless (sim_borescope_get_event (camera, SIM_BORESCOPE_BEGIN, 0,
          &event));
  return event.port;
}

GST_START_TEST (test_the_socket_in_use_can_be_had)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GSocket) none = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocket) gone = NULL;

  g_object_get (test->source, "used-socket", &none, NULL);
  fail_if (none);
  borescopetest_play (test);
  borescopetest_wait (test, 3);
  g_object_get (test->source, "used-socket", &socket, NULL);
  fail_unless (socket);
  assert_equals_int (sim_cam_get_local_port (socket), stream_port (camera));
  borescopetest_set_state (test, GST_STATE_NULL);
  fail_unless (g_socket_is_closed (socket));
  g_object_get (test->source, "used-socket", &gone, NULL);
  fail_if (gone);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_applications_socket_is_used_and_kept_if_wanted)
{
  gboolean close_socket = __i__ == 1;
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GSocket) socket = sim_cam_listen ("127.0.0.1", 0,
      G_SOCKET_PROTOCOL_UDP, NULL);
  guint16 port = sim_cam_get_local_port (socket);

  g_object_set (test->source, "socket", socket, "close-socket", close_socket,
      NULL);
  borescopetest_play (test);
  borescopetest_wait (test, 3);
  assert_equals_int (stream_port (camera), port);
  borescopetest_free (test);
  assert_equals_int (g_socket_is_closed (socket), close_socket);
}

GST_END_TEST;

GST_START_TEST (test_a_socket_of_another_kind_is_an_error)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4,
      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_object_set (test->source, "socket", socket, NULL);
  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_OPEN_READ);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_own_port_can_be_chosen)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, "bind-address=127.0.0.1");
  g_autoptr (GSocket) socket = sim_cam_listen ("127.0.0.1", 0,
      G_SOCKET_PROTOCOL_UDP, NULL);
  guint port = sim_cam_get_local_port (socket);

  fail_unless (g_socket_close (socket, NULL));
  g_object_set (test->source, "bind-port", port, NULL);
  borescopetest_play (test);
  assert_equals_int (stream_port (camera), port);
  borescopetest_free (test);
}

GST_END_TEST;

/* How the camera is asked */

GST_START_TEST (test_the_start_is_a_burst)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera,
      "start-burst=7 keepalive-interval=5000000000");

  borescopetest_play (test);
  borescopetest_wait (test, 10);
  assert_equals_int (sim_borescope_count (camera, SIM_BORESCOPE_HEARTBEAT), 7);
  assert_equals_uint64 (borescopetest_get_stat (test, "keepalives-sent"), 7);
  borescopetest_free (test);
}

GST_END_TEST;

/* Statistics */

GST_START_TEST (test_the_statistics_have_their_fields)
{
  static const gchar *const counters[] = {
    "packets-received", "bytes-received", "packets-invalid", "packets-foreign",
    "packets-duplicate", "packets-reordered", "packets-late", "fragments-lost",
    "frames-pushed", "frames-incomplete", "frames-expired", "frames-corrupt",
    "frames-overrun", "frames-late", "receive-calls", "keepalives-sent",
    "reconnects", "button-events", "control-requests", "control-timeouts",
    "average-frame-size", "last-assembly-time"
  };
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GstStructure) stats = NULL;
  guint receive_buffer = 0;
  gdouble fps = 0;

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    assert_equals_uint64 (borescopetest_get_stat (test, counters[i]), 0);
  borescopetest_play (test);
  borescopetest_wait (test, 20);
  g_object_get (test->source, "stats", &stats, NULL);
  fail_unless (gst_structure_has_name (stats, "application/x-borescope-stats"));
  fail_unless (gst_structure_get_double (stats, "average-fps", &fps));
  fail_unless (fps > 0);
  fail_unless (gst_structure_get_uint (stats, "rcvbuf-size", &receive_buffer));
  fail_unless (receive_buffer > 0);
  assert_equals_string (gst_structure_get_string (stats, "protocol"),
      "molink-a");
  fail_unless (borescopetest_get_stat (test, "packets-received") >= 20);
  fail_unless (borescopetest_get_stat (test, "frames-pushed") >= 20);
  fail_unless (borescopetest_get_stat (test, "bytes-received") >
      10 * borescopetest_get_stat (test, "average-frame-size"));
  fail_unless (borescopetest_get_stat (test, "control-requests") > 0);
  borescopetest_free (test);
}

GST_END_TEST;

/* From another thread while data flows: all of them, and back. */
static gpointer
set_properties (gpointer data)
{
  static const gchar *const ports[] = { "port", "control-port", "bind-port" };
  Borescopetest *test = data;

  for (guint i = 0; i < 300; i++) {
    g_autoptr (GstStructure) stats = NULL;
    g_autoptr (GstStructure) info = NULL;
    g_autoptr (GSocket) socket = NULL;
    g_autofree gchar *host = NULL;

    g_object_set (test->source, "host", i % 2 ? "192.0.2.1" : "192.0.2.222",
        ports[i % 3], i, "bind-address", i % 2 ? "127.0.0.1" : NULL,
        "interface", i % 2 ? "nosuchif0" : NULL, "protocol", i % 4,
        "led-brightness", (gint) (i % 102) - 1, "timeout",
        (guint64) i * GST_MSECOND, "latency", i, "max-queued-frames",
        i % 16 + 1, "drop-incomplete", i % 2, "reconnect", i % 2,
        "max-frame-size", 1024 + i, "button-events", i % 2,
        "orientation-events", i % 2, "descramble", i % 4, NULL);
    if (i % 50 == 0)
      g_object_set (test->source, "uri", "borescope://192.0.2.9?latency=7",
          NULL);
    g_object_get (test->source, "stats", &stats, "device-info", &info,
        "used-socket", &socket, "host", &host, NULL);
  }
  return NULL;
}

GST_START_TEST (test_properties_may_be_set_while_data_flows)
{
  g_autoptr (SimBorescope) camera = new_camera ();
  Borescopetest *test = borescopetest_new (camera, "timeout=0");

  borescopetest_play (test);
  borescopetest_wait (test, 3);
  g_autoptr (GThread) thread = g_thread_new ("set", set_properties, test);
  borescopetest_wait (test, 20);
  g_thread_join (g_steal_pointer (&thread));
  /* none but that of the light changes anything before READY */
  guint n = borescopetest_count (test);
  borescopetest_wait (test, n + 5);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ERROR |
          GST_MESSAGE_WARNING, NULL), 0);
  borescopetest_free (test);
}

GST_END_TEST;

static Suite *
borescopeproperties_suite (void)
{
  Suite *suite = suite_create ("borescopeproperties");
  TCase *tc = tcase_create ("device");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_the_light_is_set_at_the_start_and_while_playing);
  tcase_add_test (tc, test_the_light_is_set_again_when_the_camera_is_back);
  tcase_add_test (tc, test_the_light_is_left_alone_unless_asked_for);
  tcase_add_loop_test (tc, test_the_camera_tells_of_itself, 0,
      (gint) G_N_ELEMENTS (battery_cases));
  tcase_add_loop_test (tc, test_the_orientation_is_told, 0,
      (gint) G_N_ELEMENTS (motion_cases));
  tcase_add_loop_test (tc,
      test_without_a_sensor_or_a_wish_no_orientation_is_told, 0, 3);

  tc = tcase_create ("network");
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_the_socket_in_use_can_be_had);
  tcase_add_loop_test (tc,
      test_the_applications_socket_is_used_and_kept_if_wanted, 0, 2);
  tcase_add_test (tc, test_a_socket_of_another_kind_is_an_error);
  tcase_add_test (tc, test_the_own_port_can_be_chosen);
  tcase_add_test (tc, test_the_start_is_a_burst);

  tc = tcase_create ("all");
  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_the_statistics_have_their_fields);
  tcase_add_test (tc, test_properties_may_be_set_while_data_flows);
  return suite;
}

GST_CHECK_MAIN (borescopeproperties);
