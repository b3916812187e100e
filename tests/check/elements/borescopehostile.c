/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Cameras, networks and applications that do what nobody expects. Where the
 * simulator is too well-behaved, the camera is a socket of the test. */

#include <gio/gio.h>

#include "borescopetest.h"

static SimBorescope *
new_camera (SimMolinkVariant variant)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.variant = variant;
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

/* Whether the camera was told to make its light so bright. */
static gboolean
was_lit (SimBorescope * camera, guint percent)
{
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_COMMAND);
  SimEvent event;

  for (guint i = 0; i < n; i++)
    if (sim_borescope_get_event (camera, SIM_BORESCOPE_COMMAND, i, &event)
        && event.value == 0x1016 && event.argument == percent)
      return TRUE;
  return FALSE;
}

GST_START_TEST (test_the_longest_timeouts_are_long)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A);
  Borescopetest *test = borescopetest_new (camera,
      "timeout=18446744073709551615 connect-timeout=18446744073709551615");

  borescopetest_play (test);
  borescopetest_wait (test, 5);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_ERROR,
          NULL), 0);
  assert_equals_int (borescopetest_take_messages (test, GST_MESSAGE_WARNING,
          NULL), 0);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_a_name_with_addresses_of_both_families_is_one_of_ipv4)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A);
  Borescopetest *test = borescopetest_new (camera, NULL);

  g_object_set (test->source, "host", "localhost", NULL);
  borescopetest_play (test);
  borescopetest_wait (test, 1);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_applications_socket_outlives_a_pause)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A);
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4,
      G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  fail_unless (g_socket_bind (socket, address, FALSE, NULL));
  g_object_set (test->source, "socket", socket, NULL);
  borescopetest_play (test);
  borescopetest_wait (test, 2);
  borescopetest_set_state (test, GST_STATE_PAUSED);
  wait_events (camera, SIM_BORESCOPE_END, 1);
  guint n = borescopetest_count (test);
  borescopetest_play (test);
  borescopetest_wait (test, n + 2);
  fail_if (g_socket_is_closed (socket));
  borescopetest_set_state (test, GST_STATE_NULL);
  fail_unless (g_socket_is_closed (socket));
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_light_of_a_camera_that_comes_late_is_set)
{
  g_autoptr (SimBorescope) camera = new_camera (SIM_MOLINK_A);
  Borescopetest *test = borescopetest_new (camera,
      "led-brightness=40 timeout=3000000000");

  sim_borescope_unplug (camera);
  borescopetest_play (test);
  /* that is after the last question */
  gst_message_unref (borescopetest_wait_message (test, GST_MESSAGE_WARNING));
  assert_equals_int (was_lit (camera, 40), FALSE);
  fail_unless (sim_borescope_plug (camera, NULL));
  borescopetest_wait (test, 1);
  for (guint n = 1; !was_lit (camera, 40); n++)
    wait_events (camera, SIM_BORESCOPE_COMMAND, n);
  borescopetest_free (test);
}

GST_END_TEST;

/* A camera of TCP that is a socket of the test. */
typedef struct
{
  GSocketListener *listener;
  guint16 port;
  GstElement *pipeline;
} Server;

static void
server_start (Server * self)
{
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL,
      &error);
  fail_unless (self->port, "%s", error ? error->message : "");
  g_autofree gchar *launch = g_strdup_printf ("borescopesrc name=source "
      "host=127.0.0.1 port=%u control-port=0 protocol=molink-tcp "
      "connect-timeout=0 descramble=none ! fakesink sync=false async=false",
      self->port);
  self->pipeline = gst_parse_launch (launch, &error);
  fail_unless (self->pipeline, "%s", error ? error->message : "");
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
server_stop (Server * self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  g_object_unref (self->listener);
}

static GSocketConnection *
server_accept (Server * self)
{
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
      g_socket_listener_accept (self->listener, NULL, NULL, &error);

  fail_unless (connection, "%s", error ? error->message : "");
  return connection;
}

static void
server_send (GSocketConnection * connection, const guint8 * data, gsize size)
{
  GOutputStream *stream =
      g_io_stream_get_output_stream (G_IO_STREAM (connection));

  fail_unless (g_output_stream_write_all (stream, data, size, NULL, NULL,
          NULL));
}

static guint
count_warnings (Server * self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  guint n = 0;
  GstMessage *message;

  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING))) {
    n++;
    gst_message_unref (message);
  }
  return n;
}

GST_START_TEST (test_a_camera_that_hangs_up_again_and_again_is_one_warning)
{
  Server server;

  server_start (&server);
  for (guint i = 0; i < 4; i++) {
    GSocketConnection *connection = server_accept (&server);

    server_send (connection, (const guint8 *) "B", 1);
    g_object_unref (connection);
  }
  assert_equals_int (count_warnings (&server), 1);
  server_stop (&server);
}

GST_END_TEST;

static const guint8 boundary_start[] = {
  'B', 'o', 'u', 'n', 'd', 'a', 'r', 'y', 'S',
  0x00, 0x00, 0x01, 0x00, 0x1c, 0x00, 0x00, 0x00,       /* 28 bytes */
  0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x08, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00
};

static const guint8 picture[28] = {
  0xff, 0xd8,
  0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x08, 0x00, 0x08, 0x01, 0x01, 0x11, 0x00,
  0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x2a,
  0xff, 0xd9
};

static void
server_send_picture (GSocketConnection * connection)
{
  server_send (connection, boundary_start, sizeof boundary_start);
  server_send (connection, picture, sizeof picture);
  server_send (connection, (const guint8 *) "BoundaryE", 9);
}

static guint64
server_get_stat (Server * self, const gchar * field)
{
  g_autoptr (GstElement) source =
      gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (source, "stats", &stats, NULL);
  fail_unless (gst_structure_get_uint64 (stats, field, &value));
  return value;
}

/* Waits for a message of the element. */
static void
server_wait_message (Server * self, const gchar * name)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gboolean found = FALSE;

  while (!found) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
        BORESCOPETEST_PATIENCE_MS * GST_MSECOND, GST_MESSAGE_ELEMENT);

    fail_unless (message, "no message %s", name);
    found = gst_message_has_name (message, name);
  }
}

GST_START_TEST (test_an_outage_amid_a_frame_is_no_latency)
{
  Server server;

  server_start (&server);
  g_autoptr (GSocketConnection) first = server_accept (&server);
  server_send_picture (first);
  server_wait_message (&server, "borescope-connected");
  server_send (first, boundary_start, sizeof boundary_start);
  server_send (first, picture, 10);
  g_io_stream_close (G_IO_STREAM (first), NULL, NULL);
  g_autoptr (GSocketConnection) second = server_accept (&server);
  gint64 begin = g_get_monotonic_time ();
  server_send_picture (second);
  server_wait_message (&server, "borescope-connected");
  gint64 elapsed = (g_get_monotonic_time () - begin) * 1000;
  fail_unless (server_get_stat (&server, "last-assembly-time") <=
      (guint64) elapsed);
  server_stop (&server);
}

GST_END_TEST;

static Suite *
borescopehostile_suite (void)
{
  Suite *suite = suite_create ("borescopehostile");
  TCase *tc = tcase_create ("hostile");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_the_longest_timeouts_are_long);
  tcase_add_test (tc,
      test_a_name_with_addresses_of_both_families_is_one_of_ipv4);
  tcase_add_test (tc, test_the_applications_socket_outlives_a_pause);
  tcase_add_test (tc, test_the_light_of_a_camera_that_comes_late_is_set);
  tcase_add_test (tc,
      test_a_camera_that_hangs_up_again_and_again_is_one_warning);
  tcase_add_test (tc, test_an_outage_amid_a_frame_is_no_latency);
  return suite;
}

GST_CHECK_MAIN (borescopehostile);
