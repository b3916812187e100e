/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "interrupt.h"

#include <glib-unix.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

/* A pipe, since a flag alone would be missed by a read that begins behind the
 * look at it. */
static gint interrupt_pipe[2] = { -1, -1 };

static void
interrupt_on_signal (int number)
{
  int saved = errno;

  /* if it is full, it is readable too */
  (void) !write (interrupt_pipe[1], "", 1);
  errno = saved;
}

gint
interrupt_catch (void)
{
  struct sigaction action = { 0, };

  if (!g_unix_open_pipe (interrupt_pipe, FD_CLOEXEC, NULL))
    return -1;
  (void) g_unix_set_fd_nonblocking (interrupt_pipe[1], TRUE, NULL);
  action.sa_handler = interrupt_on_signal;
  action.sa_flags = (int) SA_RESETHAND;
  if (sigaction (SIGINT, &action, NULL) < 0
      || sigaction (SIGTERM, &action, NULL) < 0)
    return -1;
  return interrupt_pipe[0];
}

gboolean
interrupt_is_set (gint stop_fd)
{
  struct pollfd stop = { stop_fd, POLLIN, 0 };

  return poll (&stop, 1, 0) > 0;
}

gboolean
interrupt_wait (gint stop_fd, gint fd)
{
  struct pollfd fds[] = { {stop_fd, POLLIN, 0}, {fd, POLLIN, 0} };

  while (poll (fds, G_N_ELEMENTS (fds), -1) < 0) {
    /* a failure that is not that of a signal is for the reader to see */
    if (errno != EINTR && errno != EAGAIN)
      return TRUE;
  }
  return fds[0].revents == 0;
}
