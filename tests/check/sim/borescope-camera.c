/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The simulated borescope as a client sees it, over the loopback. */

#include "borescope-client.h"

#include <gst/check/gstcheck.h>

#include <string.h>

GST_START_TEST (test_silent_until_a_heartbeat)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, "\x99\x99\x07");
  wait_for (sim, SIM_BORESCOPE_UNKNOWN, 1);
  fail_unless_equals_int (poll_button (sim), 0);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_BEGIN), 0);
  fail_if (g_socket_condition_check (client, G_IO_IN) & G_IO_IN);
  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_FRAME, 1);
}

GST_END_TEST;

/* Row 14 of the behaviour tests, 1.9: the number again, other bytes. */
GST_START_TEST (test_frames_differ_even_with_the_same_number)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("id 1 0");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, 1).argument, 0);
  fail_if (g_bytes_equal (get_event (sim, SIM_BORESCOPE_FRAME, 0).bytes,
          get_event (sim, SIM_BORESCOPE_FRAME, 1).bytes));
}

GST_END_TEST;

/* The next whole frame, put together by the fragments' index. */
static GByteArray *
receive_a (GSocket * client)
{
  GByteArray *frame = g_byte_array_new ();
  guint8 data[MAX_DATAGRAM];

  do {
    const gsize size = receive (client, data);

    fail_unless_equals_int (data[0], 0x66);
    fail_unless_equals_int (size, 24 + get_u16 (data + 14));
    fail_unless_equals_int (get_u16 (data + 12), frame->len / 1400);
    g_byte_array_append (frame, data + 24, (guint) size - 24);
  } while (data[1] != 2);
  return frame;
}

static void
check_frame (SimBorescope * sim, guint i, const guint8 * data, gsize size)
{
  const SimEvent event = get_event (sim, SIM_BORESCOPE_FRAME, i);

  fail_if (event.damaged);
  fail_unless_equals_int (event.value, i);
  fail_unless_equals_int (event.argument, i);
  fail_unless_equals_int (size, g_bytes_get_size (event.bytes));
  fail_unless (memcmp (data, g_bytes_get_data (event.bytes, NULL), size) == 0);
}

GST_START_TEST (test_a_sends_the_frames_of_the_log)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GByteArray) frame = receive_a (client);

    fail_unless_equals_int (sim_borescope_find_frame (sim, 0, frame->data,
            frame->len), i);
    check_frame (sim, i, frame->data, frame->len);
    frame->data[frame->len / 2] ^= 0xff;
    fail_unless_equals_int (sim_borescope_find_frame (sim, 0, frame->data,
            frame->len), -1);
  }
}

GST_END_TEST;

/* Numbers by the formula of 2.2 are checked elsewhere: here the byte is in the
 * middle. */
GST_START_TEST (test_b_sends_the_frames_of_the_log)
{
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) client = NULL;
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 data[MAX_DATAGRAM];
  SimBorescopeOptions options;

  init_options (&options);
  options.variant = SIM_MOLINK_B;
  options.invert = SIM_MOLINK_INVERT_HALF;
  sim = new_camera (&options);
  client = new_client (sim_borescope_get_port (sim), FALSE);
  send_command (client, HEARTBEAT);
  do {
    const gsize size = receive (client, data);

    fail_unless_equals_int (size, 51 + get_u16 (data + 37));
    g_byte_array_append (frame, data + 51, (guint) size - 51);
  } while (get_u16 (data + 35) == 0);
  frame->data[frame->len / 2] ^= 0xff;
  check_frame (sim, 0, frame->data, frame->len);
}

GST_END_TEST;

/* Even if nothing is left of it. */
static void
check_damaged (SimMolinkVariant variant)
{
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) client = NULL;
  SimBorescopeOptions options;

  init_options (&options);
  options.variant = variant;
  options.faults = "drop 1; truncate 3 0 30";
  sim = new_camera (&options);
  client = new_client (sim_borescope_get_port (sim), variant == SIM_MOLINK_C);
  if (variant != SIM_MOLINK_C)
    send_command (client, HEARTBEAT);
  for (guint i = 0; i < 5; i++) {
    fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, i).value, i);
    fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, i).damaged,
        i == 1 || i == 3);
  }
}

GST_START_TEST (test_log_tells_damaged_frames)
{
  check_damaged (SIM_MOLINK_A);
  check_damaged (SIM_MOLINK_B);
  check_damaged (SIM_MOLINK_C);
}

GST_END_TEST;

static void
receive_all (GSocket * socket, guint8 * data, gsize size)
{
  while (size > 0) {
    const gssize n =
        g_socket_receive (socket, (gchar *) data, size, NULL, NULL);

    fail_unless (n > 0);
    data += n;
    size -= (gsize) n;
  }
}

/* More than the connection holds, so that it is written piece by piece. */
GST_START_TEST (test_c_sends_the_frames_of_the_log)
{
  const gsize size = 8 << 20;
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) client = NULL;
  g_autofree guint8 *data = g_malloc (41 + size + 9);
  SimBorescopeOptions options;

  init_options (&options);
  options.variant = SIM_MOLINK_C;
  options.invert = SIM_MOLINK_INVERT_NONE;
  options.pad = size;
  sim = new_camera (&options);
  client = new_client (sim_borescope_get_port (sim), TRUE);
  for (guint i = 0; i < 2; i++) {
    receive_all (client, data, 41 + size + 9);
    fail_unless (memcmp (data, "Boundary" "S", 9) == 0);
    fail_unless_equals_int (data[21], i);
    fail_unless (memcmp (data + 41 + size, "Boundary" "E", 9) == 0);
    check_frame (sim, i, data + 41, size);
  }
  g_clear_object (&client);
  wait_for (sim, SIM_BORESCOPE_END, 1);
}

GST_END_TEST;

GST_START_TEST (test_streams_to_the_port_of_the_heartbeat)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);
  const guint16 port = sim_cam_get_local_port (client);

  send_command (client, HEARTBEAT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_HEARTBEAT, 0).port,
      port);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_BEGIN, 0).port, port);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, 0).port, port);
}

GST_END_TEST;

GST_START_TEST (test_stops_when_asked)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);
  SimEvent end, frame;

  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_FRAME, 2);
  send_command (client, STOP);
  end = get_event (sim, SIM_BORESCOPE_END, 0);
  fail_unless_equals_int (end.value, SIM_BORESCOPE_END_STOP);
  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_BEGIN, 2);
  for (guint i = 0; sim_borescope_get_event (sim, SIM_BORESCOPE_FRAME, i,
          &frame); i++)
    fail_unless (frame.time <= end.time
        || frame.time >= get_event (sim, SIM_BORESCOPE_BEGIN, 1).time);
}

GST_END_TEST;

GST_START_TEST (test_stops_without_heartbeats)
{
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) client = NULL;
  SimBorescopeOptions options;
  SimEvent end;

  init_options (&options);
  options.timeout_ms = 500;
  sim = new_camera (&options);
  client = new_client (sim_borescope_get_port (sim), FALSE);
  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_FRAME, 1);
  send_command (client, HEARTBEAT);
  end = get_event (sim, SIM_BORESCOPE_END, 0);
  fail_unless_equals_int (end.value, SIM_BORESCOPE_END_TIMEOUT);
  fail_unless (end.time - get_event (sim, SIM_BORESCOPE_HEARTBEAT, 1).time >=
      500 * G_TIME_SPAN_MILLISECOND);
}

GST_END_TEST;

GST_START_TEST (test_later_client_takes_over)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) early = new_client (sim_borescope_get_port (sim), FALSE);
  g_autoptr (GSocket) later = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (early, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_BEGIN, 1);
  send_command (later, HEARTBEAT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_END, 0).value,
      SIM_BORESCOPE_END_OTHER_CLIENT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_BEGIN, 1).port,
      sim_cam_get_local_port (later));
  /* whose stream only its own client stops */
  send_command (early, STOP);
  wait_for (sim, SIM_BORESCOPE_STOP, 1);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_END), 1);
}

GST_END_TEST;

GST_START_TEST (test_later_client_is_ignored)
{
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) early = NULL, later = NULL;
  SimBorescopeOptions options;

  init_options (&options);
  options.ignores_others = TRUE;
  sim = new_camera (&options);
  early = new_client (sim_borescope_get_port (sim), FALSE);
  later = new_client (sim_borescope_get_port (sim), FALSE);
  send_command (early, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_BEGIN, 1);
  send_command (later, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_HEARTBEAT, 2);
  wait_for (sim, SIM_BORESCOPE_FRAME,
      sim_borescope_count (sim, SIM_BORESCOPE_FRAME) + 2);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_BEGIN), 1);
  fail_if (g_socket_condition_check (later, G_IO_IN) & G_IO_IN);
}

GST_END_TEST;

GST_START_TEST (test_script_changes_number_and_size)
{
  g_autoptr (SimBorescope) sim =
      new_usual_camera ("id 1 255; resize 2 64 48; resize 3 320 240");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);
  static const guint numbers[] = { 0, 255, 256, 257 };
  static const guint widths[] = { 320, 320, 64, 320 };

  send_command (client, HEARTBEAT);
  for (guint i = 0; i < 4; i++) {
    const SimEvent frame = get_event (sim, SIM_BORESCOPE_FRAME, i);

    fail_unless_equals_int (frame.argument, numbers[i]);
    fail_unless_equals_int (get_size (frame.bytes) >> 16, widths[i]);
  }
}

GST_END_TEST;

GST_START_TEST (test_reboot_forgets_client_and_counters)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("press 1 1 9; reboot 3");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_END, 0).value,
      SIM_BORESCOPE_END_GONE);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_FRAME), 3);
  fail_unless_equals_int (poll_button (sim), 0);
  send_command (client, HEARTBEAT);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, 3).argument, 0);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_FRAME, 3).value, 3);
}

GST_END_TEST;

GST_START_TEST (test_silence)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("silence 0 100");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  fail_unless (get_event (sim, SIM_BORESCOPE_FRAME, 0).time - get_event (sim,
          SIM_BORESCOPE_BEGIN, 0).time >= 100 * G_TIME_SPAN_MILLISECOND);
}

GST_END_TEST;

/* From the start of the stream to the end of its first frame. */
static gint64
get_first_frame_time (SimBorescopeOptions * options)
{
  g_autoptr (SimBorescope) sim = new_camera (options);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  return get_event (sim, SIM_BORESCOPE_FRAME, 0).time
      - get_event (sim, SIM_BORESCOPE_BEGIN, 0).time;
}

GST_START_TEST (test_fragments_wait)
{
  SimBorescopeOptions options;

  init_options (&options);
  options.faults = "delay 0 1 50; delay 0 2 20";
  fail_unless (get_first_frame_time (&options) >= 70000);
  options.faults = NULL;
  options.paced = TRUE;
  options.pad = 20 * 1400;
  fail_unless (get_first_frame_time (&options) >= 19 * 1300);
}

GST_END_TEST;

/* The late replies take the time of some frames. */
GST_START_TEST (test_pause)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("late 60");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);
  guint n;

  sim_borescope_set_paused (sim, TRUE);
  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_BEGIN, 1);
  fail_unless_equals_int (poll_button (sim), 0);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_FRAME), 0);
  sim_borescope_set_paused (sim, FALSE);
  wait_for (sim, SIM_BORESCOPE_FRAME, 2);
  sim_borescope_set_paused (sim, TRUE);
  n = sim_borescope_count (sim, SIM_BORESCOPE_FRAME);
  fail_unless_equals_int (poll_button (sim), 0);
  fail_unless_equals_int (sim_borescope_count (sim, SIM_BORESCOPE_FRAME), n);
}

GST_END_TEST;

static void
check_refused (GSocket * client)
{
  g_autoptr (GError) error = NULL;
  guint8 data[MAX_DATAGRAM];

  send_command (client, HEARTBEAT);
  while (g_socket_receive (client, (gchar *) data, sizeof data, NULL,
          &error) > 0);
  fail_unless (g_error_matches (error, G_IO_ERROR,
          G_IO_ERROR_CONNECTION_REFUSED));
}

GST_START_TEST (test_comes_back_on_its_ports)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  const guint16 port = sim_borescope_get_port (sim);
  g_autoptr (GSocket) client = new_client (port, FALSE);

  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_FRAME, 2);
  sim_borescope_press (sim, 1, 5);
  sim_borescope_unplug (sim);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_END, 0).value,
      SIM_BORESCOPE_END_GONE);
  check_refused (client);
  fail_unless (sim_borescope_plug (sim, NULL));
  fail_unless_equals_int (sim_borescope_get_port (sim), port);
  fail_unless_equals_int (poll_button (sim), 0);
  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_BEGIN, 2);
}

GST_END_TEST;

GST_START_TEST (test_c_has_one_client_and_comes_back)
{
  g_autoptr (SimBorescope) sim = NULL;
  g_autoptr (GSocket) client = NULL, other = NULL, again = NULL;
  SimBorescopeOptions options;
  guint8 data[MAX_DATAGRAM];
  guint16 port;

  init_options (&options);
  options.variant = SIM_MOLINK_C;
  options.ignores_others = TRUE;
  sim = new_camera (&options);
  port = sim_borescope_get_port (sim);
  client = new_client (port, TRUE);
  receive_all (client, data, 41);
  other = new_client (port, TRUE);
  fail_unless_equals_int (g_socket_receive (other, (gchar *) data, 1, NULL,
          NULL), 0);
  sim_borescope_unplug (sim);
  while (g_socket_receive (client, (gchar *) data, sizeof data, NULL,
          NULL) > 0);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_END, 0).value,
      SIM_BORESCOPE_END_GONE);
  fail_unless (sim_borescope_plug (sim, NULL));
  again = new_client (port, TRUE);
  receive_all (again, data, 41);
  fail_unless_equals_int (data[21], 0);
}

GST_END_TEST;

GST_START_TEST (test_foreign_datagrams_have_another_port)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("foreign 0");
  g_autoptr (GSocketAddress) any =
      g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) camera =
      g_inet_socket_address_new_from_string ("127.0.0.1",
      sim_borescope_get_port (sim));
  g_autoptr (GSocket) client = g_socket_new (G_SOCKET_FAMILY_IPV4,
      G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  gchar bytes[MAX_DATAGRAM] = HEARTBEAT;

  fail_unless (g_socket_bind (client, any, FALSE, NULL));
  g_socket_set_timeout (client, WAIT_MS / 1000);
  fail_unless_equals_int (g_socket_send_to (client, camera, bytes, 24, NULL,
          NULL), 24);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GSocketAddress) from = NULL;

    fail_unless (g_socket_receive_from (client, &from, bytes, sizeof bytes,
            NULL, NULL) > 24);
    fail_unless_equals_int (g_inet_socket_address_get_port
        (G_INET_SOCKET_ADDRESS (from)) == sim_borescope_get_port (sim), i % 2);
  }
}

GST_END_TEST;

GST_START_TEST (test_refuses_what_it_cannot_do)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  SimBorescopeOptions options;
  g_autoptr (GError) in_use = NULL, script = NULL, folder = NULL;

  init_options (&options);
  options.port = sim_borescope_get_port (sim);
  fail_unless (sim_borescope_new (&options, &in_use) == NULL);
  fail_unless (g_error_matches (in_use, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE));
  options.port = 0;
  options.faults = "explode";
  fail_unless (sim_borescope_new (&options, &script) == NULL);
  options.faults = NULL;
  options.frames = "/nonexistent";
  fail_unless (sim_borescope_new (&options, &folder) == NULL);
  fail_unless (script != NULL && folder != NULL);
}

GST_END_TEST;

static Suite *
borescope_camera_suite (void)
{
  Suite *suite = suite_create ("borescope-camera");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_silent_until_a_heartbeat);
  tcase_add_test (tcase, test_a_sends_the_frames_of_the_log);
  tcase_add_test (tcase, test_frames_differ_even_with_the_same_number);
  tcase_add_test (tcase, test_b_sends_the_frames_of_the_log);
  tcase_add_test (tcase, test_log_tells_damaged_frames);
  tcase_add_test (tcase, test_c_sends_the_frames_of_the_log);
  tcase_add_test (tcase, test_streams_to_the_port_of_the_heartbeat);
  tcase_add_test (tcase, test_stops_when_asked);
  tcase_add_test (tcase, test_stops_without_heartbeats);
  tcase_add_test (tcase, test_later_client_takes_over);
  tcase_add_test (tcase, test_later_client_is_ignored);
  tcase_add_test (tcase, test_script_changes_number_and_size);
  tcase_add_test (tcase, test_reboot_forgets_client_and_counters);
  tcase_add_test (tcase, test_silence);
  tcase_add_test (tcase, test_fragments_wait);
  tcase_add_test (tcase, test_pause);
  tcase_add_test (tcase, test_comes_back_on_its_ports);
  tcase_add_test (tcase, test_c_has_one_client_and_comes_back);
  tcase_add_test (tcase, test_foreign_datagrams_have_another_port);
  tcase_add_test (tcase, test_refuses_what_it_cannot_do);
  return suite;
}

GST_CHECK_MAIN (borescope_camera);
