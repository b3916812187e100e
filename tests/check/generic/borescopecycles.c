/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 *
 * CYCLES in the environment sets another number of state cycles.
 */
#include <gst/check/gstcheck.h>

#include <gio/gio.h>

#include <malloc.h>
#include <signal.h>

#define CYCLES 100
#define WARM_UP 10
#define PATIENCE_MS 30000

/* What the heap of a process that repeats itself may waver by. */
#define SLACK (48 * 1024)

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  fail_unless (dir != NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
on_handoff (GstElement * sink, GstBuffer * buffer, GstPad * pad, gpointer data)
{
  g_async_queue_push (data, GINT_TO_POINTER (1));
}

/* A camera that is another process: its log and its pictures grow, too. */
static GSubprocess *
start_camera (guint * ret_port, guint * ret_control_port)
{
  g_autofree gchar *program = g_build_filename (g_getenv ("CHEAPCAM_BUILD"),
      "tests", "sim", "borescope-sim", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *camera = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
      &error, program, "--fps", "200", NULL);

  fail_unless (camera != NULL, "%s", error ? error->message : "");
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (camera));
  g_autofree gchar *line = g_data_input_stream_read_line (out, NULL, NULL,
      NULL);
  g_auto (GStrv) words = g_strsplit (line ? line : "", " ", 3);
  fail_unless (g_strv_length (words) == 3, "no ports: %s", line);
  *ret_port = (guint) g_ascii_strtoull (words[1], NULL, 10);
  *ret_control_port = (guint) g_ascii_strtoull (words[2], NULL, 10);
  return camera;
}

/* A pipeline of its own plays until there is a picture. */
static void
run_cycle (guint port, guint control_port)
{
  g_autoptr (GAsyncQueue) pictures = g_async_queue_new ();
  g_autofree gchar *launch = g_strdup_printf ("borescopesrc host=127.0.0.1 "
      "port=%u control-port=%u ! fakesink name=sink signal-handoffs=true "
      "sync=false async=false", port, control_port);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (launch, &error);

  fail_unless (pipeline && !error, "%s", error ? error->message : "");
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_signal_connect (sink, "handoff", G_CALLBACK (on_handoff), pictures);
  fail_if (gst_element_set_state (pipeline, GST_STATE_PLAYING) ==
      GST_STATE_CHANGE_FAILURE);
  fail_unless (g_async_queue_timeout_pop (pictures, PATIENCE_MS * 1000));
  fail_unless_equals_int (gst_element_set_state (pipeline, GST_STATE_NULL),
      GST_STATE_CHANGE_SUCCESS);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
}

GST_START_TEST (test_cycles_leave_nothing_behind)
{
  const gchar *wanted = g_getenv ("CYCLES");
  guint n_cycles = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10)
      : CYCLES;
  guint port, control_port;
  g_autoptr (GSubprocess) camera = start_camera (&port, &control_port);

  for (guint i = 0; i < WARM_UP; i++)
    run_cycle (port, control_port);
  guint descriptors = count_descriptors ();
  gsize memory = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  for (guint i = 0; i < n_cycles; i++)
    run_cycle (port, control_port);
  gsize after = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;

  GST_INFO ("%u cycles: heap %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT,
      n_cycles, memory, after);
  fail_unless_equals_int (count_descriptors (), descriptors);
  fail_unless (after < memory + SLACK,
      "the heap grew from %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT " bytes",
      memory, after);
  g_subprocess_send_signal (camera, SIGTERM);
  fail_unless (g_subprocess_wait_check (camera, NULL, NULL));
}

GST_END_TEST;

static Suite *
borescopecycles_suite (void)
{
  Suite *s = suite_create ("borescopecycles");
  TCase *tc = tcase_create ("cycles");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_cycles_leave_nothing_behind);
  return s;
}

GST_CHECK_MAIN (borescopecycles);
