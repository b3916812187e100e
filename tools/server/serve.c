/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The life of the process around the server: signals, the URLs on standard
 * output, what systemd wants to know. */

#include "serve.h"

#include <glib-unix.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "tools/common/toolexit.h"

#define MAX_FILES 65536
#define MAX_ARENAS 2
#define STOP_TIME (4 * G_TIME_SPAN_SECOND)

static void
serve_notify (const gchar * state)
{
#ifdef HAVE_SYSTEMD
  sd_notify (0, state);
#endif
}

/* To be called before there are threads. Pictures and passwords are in memory:
 * no core dumps. Many threads allocate a little each: few heaps. Each viewer
 * takes some descriptors: as many as there can be. */
void
serve_prepare_process (void)
{
  struct rlimit files;

  /* GIO reads both when it first needs them: no TLS before 1.2, and no search
   * of the network for a proxy on the way to a camera */
  g_setenv ("G_TLS_GNUTLS_PRIORITY",
      "NORMAL:%COMPAT:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", FALSE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", FALSE);
  prctl (PR_SET_DUMPABLE, 0);
  mallopt (M_ARENA_MAX, MAX_ARENAS);
  if (getrlimit (RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = MIN (files.rlim_max, MAX_FILES);
    if (setrlimit (RLIMIT_NOFILE, &files) != 0)
      g_info ("the limit of open files stays as it is");
  }
}

static gboolean
serve_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Whatever hangs then is left to the kernel: the user wants an end. That may
 * be the log too, for which the alarm ends the process. */
static gpointer
serve_watchdog (gpointer user_data)
{
  gint64 deadline = g_get_monotonic_time () + STOP_TIME;
  GMutex mutex;
  GCond cond;

  g_mutex_init (&mutex);
  g_cond_init (&cond);
  g_mutex_lock (&mutex);
  while (g_cond_wait_until (&cond, &mutex, deadline));
  alarm (1);
  g_warning ("a camera or a viewer has not stopped within %d s: gives up",
      (int) (STOP_TIME / G_TIME_SPAN_SECOND));
  _exit (TOOL_EXIT_FAILURE);
}

/* Returns the exit code. */
int
serve_until_signal (CheapcamServer * server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_auto (GStrv) urls = NULL;
  guint sigint, sigterm;

  if (!server_start (server, &error)) {
    fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);
    return TOOL_EXIT_FAILURE;
  }
  sigint = g_unix_signal_add (SIGINT, serve_quit, loop);
  sigterm = g_unix_signal_add (SIGTERM, serve_quit, loop);
  urls = server_get_urls (server);
  for (gsize i = 0; urls[i]; i++)
    printf ("%s\n", urls[i]);
  fflush (stdout);
  serve_notify ("READY=1");
  g_main_loop_run (loop);

  serve_notify ("STOPPING=1");
  g_thread_unref (g_thread_new ("watchdog", serve_watchdog, NULL));
  server_stop (server);
  g_source_remove (sigint);
  g_source_remove (sigterm);
  return TOOL_EXIT_OK;
}

/* Takes the server. So that what is left behind can be found, by those that
 * look into a process when it ends. */
void
serve_finish (CheapcamServer * server)
{
  g_object_unref (server);
  gst_deinit ();
  prctl (PR_SET_DUMPABLE, 1);
}
