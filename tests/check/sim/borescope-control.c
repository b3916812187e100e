/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The simulated borescope's control port, over the loopback. */

#include "borescope-client.h"

#include <gst/check/gstcheck.h>

#include <string.h>

GST_START_TEST (test_button_counts_presses)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("counter 65534");

  fail_unless_equals_int (poll_button (sim), 65534);
  sim_borescope_press (sim, 1, 1);
  fail_unless_equals_int (poll_button (sim), 1 << 16 | 65535);
  sim_borescope_press (sim, 3, 4);
  fail_unless_equals_int (poll_button (sim), 3 << 16 | 3);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_POLL, 2).value, 5);
}

GST_END_TEST;

GST_START_TEST (test_script_presses_before_a_frame)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("press 2; press 4 3 5");
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);

  send_command (client, HEARTBEAT);
  wait_for (sim, SIM_BORESCOPE_FRAME, 5);
  fail_unless_equals_int (poll_button (sim), 3 << 16 | 6);
}

GST_END_TEST;

GST_START_TEST (test_presses_by_itself)
{
  g_autoptr (SimBorescope) sim = NULL;
  SimBorescopeOptions options;

  init_options (&options);
  options.press_every_ms = 1;
  sim = new_camera (&options);
  while (poll_button (sim) < (1 << 16 | 3));
}

GST_END_TEST;

GST_START_TEST (test_replies_of_other_models)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("cut-reply 12");
  guint8 reply[MAX_DATAGRAM];

  fail_unless_equals_int (ask (sim, POLL, 18, reply), 12);
  fail_unless (sim_borescope_set_faults (sim, "reply-length 0", NULL));
  fail_unless_equals_int (ask (sim, POLL, 18, reply), 20);
  fail_unless_equals_int (get_u16 (reply + 12), 0);
  /* the oldest clients leave the zeros out */
  fail_unless_equals_int (ask (sim, POLL, 15, reply), 20);
}

GST_END_TEST;

GST_START_TEST (test_replies_come_late)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("late 60");

  fail_unless_equals_int (poll_button (sim), 0);
  fail_unless (g_get_monotonic_time () - get_event (sim, SIM_BORESCOPE_POLL,
          0).time >= 60 * G_TIME_SPAN_MILLISECOND);
}

GST_END_TEST;

static void
check_control_refuses (SimBorescope * sim)
{
  g_autoptr (GSocket) client =
      new_client (sim_borescope_get_control_port (sim), FALSE);
  g_autoptr (GError) error = NULL;
  gchar reply[64];

  send_bytes (client, POLL, 18);
  fail_unless (g_socket_receive (client, reply, sizeof reply, NULL,
          &error) < 0);
  fail_unless (g_error_matches (error, G_IO_ERROR,
          G_IO_ERROR_CONNECTION_REFUSED));
}

GST_START_TEST (test_foreign_replies_have_another_port)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("counter 7; foreign-reply");
  const guint16 port = sim_borescope_get_control_port (sim);
  g_autoptr (GSocketAddress) camera =
      g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocket) client = g_socket_new (G_SOCKET_FAMILY_IPV4,
      G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  guint8 reply[MAX_DATAGRAM];

  g_socket_set_timeout (client, WAIT_MS / 1000);
  fail_unless_equals_int (g_socket_send_to (client, camera, POLL, 18, NULL,
          NULL), 18);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GSocketAddress) from = NULL;

    fail_unless_equals_int (g_socket_receive_from (client, &from,
            (gchar *) reply, sizeof reply, NULL, NULL), 20);
    fail_unless_equals_int (g_inet_socket_address_get_port
        (G_INET_SOCKET_ADDRESS (from)) == port, i == 1);
    fail_unless_equals_int (get_u16 (reply + 18), i == 1 ? 7 : 0xffff - 7);
  }
}

GST_END_TEST;

GST_START_TEST (test_control_port_refuses)
{
  g_autoptr (SimBorescope) sim = new_usual_camera ("refuse");

  check_control_refuses (sim);
  fail_unless (sim_borescope_set_faults (sim, NULL, NULL));
  fail_unless_equals_int (poll_button (sim), 0);
  fail_unless (sim_borescope_set_faults (sim, "refuse", NULL));
  check_control_refuses (sim);
}

GST_END_TEST;

GST_START_TEST (test_resolution_is_set)
{
  static const gchar set[] = "SETCMD\x01\0\0\0\x08\0\x05\0\x80\x02\xe0\x01";
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client = new_client (sim_borescope_get_port (sim), FALSE);
  guint8 reply[MAX_DATAGRAM];
  guint n;

  send_command (client, HEARTBEAT);
  fail_unless_equals_int (get_size (get_event (sim, SIM_BORESCOPE_FRAME,
              0).bytes), 320 << 16 | 240);
  /* 320x240, 640x480, 1280x720 */
  fail_unless_equals_int (ask (sim, LIST, 14, reply), 15 + 3 * 5);
  fail_unless_equals_int (get_u16 (reply + 10), 9);
  fail_unless_equals_int (get_u16 (reply + 12), 1 + 3 * 5);
  fail_unless_equals_int (reply[14], 3);
  fail_unless_equals_int (get_u16 (reply + 20), 640);
  fail_unless_equals_int (get_u16 (reply + 22), 480);
  fail_unless_equals_int (reply[24], 30);
  fail_unless_equals_int (ask (sim, set, 19, reply), 14);
  fail_unless_equals_int (get_u16 (reply + 10), 8);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_COMMAND, 1).argument,
      640 << 16 | 480);
  n = sim_borescope_count (sim, SIM_BORESCOPE_FRAME);
  /* one may have been on its way */
  fail_unless_equals_int (get_size (get_event (sim, SIM_BORESCOPE_FRAME,
              n + 1).bytes), 640 << 16 | 480);
}

GST_END_TEST;

GST_START_TEST (test_commands)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  guint8 reply[MAX_DATAGRAM];
  gsize size;

  fail_unless_equals_int (ask_command (sim, 0x1002, 0, reply), 24);
  fail_unless (memcmp (reply, "\x99\x99\x02\x10", 4) == 0);
  fail_unless_equals_int (reply[8], 1);
  fail_unless_equals_int (get_u16 (reply + 16), 5);
  fail_unless_equals_int (get_u16 (reply + 18), 2);
  fail_unless_equals_int (ask_command (sim, 0x1016, 70, reply), 24);
  fail_unless_equals_int (ask_command (sim, 0x1015, 0, reply), 24);
  fail_unless_equals_int (reply[8], 70);
  fail_unless_equals_int (ask_command (sim, 0x1017, 0, reply), 24);
  fail_unless_equals_int (get_u16 (reply + 16), 80);
  size = ask_command (sim, 0x1060, 0, reply);
  fail_unless_equals_int (size, 32 + get_u16 (reply + 12));
  fail_unless (memcmp (reply + 32, "{\"model\":\"J103-OTG\"", 19) == 0);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_COMMAND, 1).value,
      0x1016);
  fail_unless_equals_int (get_event (sim, SIM_BORESCOPE_COMMAND, 1).argument,
      70);
}

GST_END_TEST;

GST_START_TEST (test_older_firmware_tells_millivolts)
{
  g_autoptr (SimBorescope) sim = NULL;
  SimBorescopeOptions options;
  guint8 reply[MAX_DATAGRAM];

  init_options (&options);
  options.millivolts = 3800;
  sim = new_camera (&options);
  fail_unless_equals_int (ask_command (sim, 0x1017, 0, reply), 24);
  fail_unless_equals_int (get_u16 (reply + 8), 3800);
  fail_unless_equals_int (get_u16 (reply + 16), 0);
}

GST_END_TEST;

/* 1.4: what would change the device is not even read. */
GST_START_TEST (test_other_commands_are_not_answered)
{
  g_autoptr (SimBorescope) sim = new_usual_camera (NULL);
  g_autoptr (GSocket) client =
      new_client (sim_borescope_get_control_port (sim), FALSE);

  for (gchar command = 1; command <= 4; command++) {
    gchar request[15] = "SETCMD";

    request[10] = command;
    send_bytes (client, request, sizeof request);
  }
  wait_for (sim, SIM_BORESCOPE_UNKNOWN, 4);
  fail_unless_equals_int (poll_button (sim), 0);
  fail_if (g_socket_condition_check (client, G_IO_IN) & G_IO_IN);
}

GST_END_TEST;

static Suite *
borescope_control_suite (void)
{
  Suite *suite = suite_create ("borescope-control");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_button_counts_presses);
  tcase_add_test (tcase, test_script_presses_before_a_frame);
  tcase_add_test (tcase, test_presses_by_itself);
  tcase_add_test (tcase, test_replies_of_other_models);
  tcase_add_test (tcase, test_replies_come_late);
  tcase_add_test (tcase, test_foreign_replies_have_another_port);
  tcase_add_test (tcase, test_control_port_refuses);
  tcase_add_test (tcase, test_resolution_is_set);
  tcase_add_test (tcase, test_commands);
  tcase_add_test (tcase, test_older_firmware_tells_millivolts);
  tcase_add_test (tcase, test_other_commands_are_not_answered);
  return suite;
}

GST_CHECK_MAIN (borescope_control);
