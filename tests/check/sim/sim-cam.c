/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What simulated cameras have in common. */

#include "tests/sim/simcam.h"

#include <gst/check/gstcheck.h>

#define WAIT_MS 10000

GST_START_TEST (test_log_keeps_the_latest)
{
  const guint n = 100000;
  g_autoptr (SimCam) cam = sim_cam_new ("test", 2);
  SimEvent event;

  sim_cam_note (cam, 1, 0, 7, 0);
  for (guint i = 0; i < n; i++)
    sim_cam_note (cam, 0, 0, i, 0);
  fail_unless_equals_int (sim_cam_count (cam, 0), n);
  fail_unless_equals_int (sim_cam_count (cam, 1), 1);
  fail_unless (sim_cam_get_event (cam, 0, n - 1, &event));
  fail_unless_equals_int (event.value, n - 1);
  fail_unless (sim_cam_get_event (cam, 0, n - 30000, &event));
  fail_unless_equals_int (event.value, n - 30000);
  fail_if (sim_cam_get_event (cam, 0, 0, &event));
  fail_if (sim_cam_get_event (cam, 0, n, &event));
}

GST_END_TEST;

static void
log_one (gpointer data)
{
  sim_cam_note (data, 0, 0, 1, 0);
}

GST_START_TEST (test_wait_ends_with_the_event_or_the_time)
{
  g_autoptr (SimCam) cam = sim_cam_new ("test", 1);
  GSource *timer = sim_cam_add_timer (cam, log_one, cam);
  SimEvent event;
  gint64 before;

  fail_if (sim_cam_wait (cam, 0, 1, 1));
  before = g_get_monotonic_time ();
  g_source_set_ready_time (timer, before + 20 * G_TIME_SPAN_MILLISECOND);
  fail_unless (sim_cam_wait (cam, 0, 1, WAIT_MS));
  fail_unless (sim_cam_get_event (cam, 0, 0, &event));
  fail_unless (event.time >= before + 20 * G_TIME_SPAN_MILLISECOND);
  /* once, not again and again */
  fail_if (sim_cam_wait (cam, 0, 2, 20));
  sim_cam_unwatch (&timer);
  fail_unless (timer == NULL);
}

GST_END_TEST;

static void
store_thread (gpointer data)
{
  GThread **thread = data;

  *thread = g_thread_self ();
}

GST_START_TEST (test_call_runs_in_the_thread_of_the_camera)
{
  g_autoptr (SimCam) cam = sim_cam_new ("test", 1);
  GThread *thread = NULL;

  sim_cam_call (cam, store_thread, &thread);
  fail_unless (thread != NULL && thread != g_thread_self ());
}

GST_END_TEST;

GST_START_TEST (test_listens_on_free_ports)
{
  g_autoptr (GSocket) udp =
      sim_cam_listen ("127.0.0.1", 0, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocket) tcp =
      sim_cam_listen ("127.0.0.1", 0, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GError) in_use = NULL, name = NULL;

  fail_unless (sim_cam_get_local_port (udp) > 0);
  fail_unless (sim_cam_get_local_port (tcp) > 0);
  fail_unless (sim_cam_listen ("127.0.0.1", sim_cam_get_local_port (udp),
          G_SOCKET_PROTOCOL_UDP, &in_use) == NULL);
  fail_unless (g_error_matches (in_use, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE));
  fail_unless (sim_cam_listen ("localhost", 0, G_SOCKET_PROTOCOL_UDP,
          &name) == NULL);
  fail_unless (name != NULL);
}

GST_END_TEST;

static Suite *
sim_cam_suite (void)
{
  Suite *suite = suite_create ("sim-cam");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_log_keeps_the_latest);
  tcase_add_test (tcase, test_wait_ends_with_the_event_or_the_time);
  tcase_add_test (tcase, test_call_runs_in_the_thread_of_the_camera);
  tcase_add_test (tcase, test_listens_on_free_ports);
  return suite;
}

GST_CHECK_MAIN (sim_cam);
