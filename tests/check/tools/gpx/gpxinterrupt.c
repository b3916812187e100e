/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/interrupt.h"

#include <gst/check/gstcheck.h>

#include <signal.h>
#include <unistd.h>

static gboolean
is_default (int number)
{
  struct sigaction action;

  fail_unless (sigaction (number, NULL, &action) == 0);
  return action.sa_handler == SIG_DFL;
}

GST_START_TEST (test_signal_stays_readable)
{
  static const int numbers[] = { SIGINT, SIGTERM };
  gint stop_fd = interrupt_catch ();

  fail_unless (stop_fd >= 0);
  fail_if (interrupt_is_set (stop_fd));
  fail_unless (raise (numbers[__i__]) == 0);
  for (guint i = 0; i < 3; i++)
    fail_unless (interrupt_is_set (stop_fd));
  /* the second one is not ours any more */
  fail_unless (is_default (numbers[__i__]));
  fail_if (is_default (numbers[1 - __i__]));
  (void) signal (SIGINT, SIG_DFL);
  (void) signal (SIGTERM, SIG_DFL);
}

GST_END_TEST;

GST_START_TEST (test_wait_ends_with_data_or_signal)
{
  gint stop_fd = interrupt_catch ();
  gint fds[2];

  fail_unless (pipe (fds) == 0);
  fail_unless (write (fds[1], "", 1) == 1);
  fail_unless (interrupt_wait (stop_fd, fds[0]));
  fail_unless (interrupt_wait (-1, fds[0]));
  fail_unless (raise (SIGINT) == 0);
  /* also where there is data */
  fail_if (interrupt_wait (stop_fd, fds[0]));
  close (fds[0]);
  close (fds[1]);
  (void) signal (SIGINT, SIG_DFL);
  (void) signal (SIGTERM, SIG_DFL);
}

GST_END_TEST;

GST_START_TEST (test_wait_ends_where_the_writer_goes)
{
  gint fds[2];

  fail_unless (pipe (fds) == 0);
  close (fds[1]);
  fail_unless (interrupt_wait (-1, fds[0]));
  close (fds[0]);
  fail_if (interrupt_is_set (-1));
}

GST_END_TEST;

static Suite *
gpxinterrupt_suite (void)
{
  Suite *s = suite_create ("gpxinterrupt");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_signal_stays_readable, 0, 2);
  tcase_add_test (tc, test_wait_ends_with_data_or_signal);
  tcase_add_test (tc, test_wait_ends_where_the_writer_goes);
  return s;
}

GST_CHECK_MAIN (gpxinterrupt);
