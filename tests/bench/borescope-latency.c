/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 *
 * Usage: borescope-latency FPS SIZE SECONDS
 * Prints how long after the last datagram of a frame its buffer is out of an
 * appsink. Fails where a buffer is not a frame that was sent.
 */

#include "tests/sim/simborescope.h"

#include <gst/app/gstappsink.h>

#define PATIENCE (30 * GST_SECOND)

static gint
latency_compare (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* The log has a frame just before its last datagram is sent. Returns the frame's
 * number in the log; -1: no such frame was sent. */
static gint
latency_note (SimBorescope * sim, guint first, GstSample * sample, gint64 now,
    GArray * times)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;
  SimEvent event;
  gint found = -1;

  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    found = sim_borescope_find_frame (sim, first, map.data, map.size);
    gst_buffer_unmap (buffer, &map);
  }
  if (found >= 0 && sim_borescope_get_event (sim, SIM_BORESCOPE_FRAME,
          (guint) found, &event)) {
    const gint64 took = now - event.time;

    g_array_append_val (times, took);
  }
  return found;
}

/* Number of buffers that are no frame of the camera. */
static guint
latency_run (SimBorescope * sim, GstAppSink * sink, guint n_frames,
    GArray * times)
{
  guint next = 0, n_wrong = 0;

  for (guint i = 0; i < n_frames; i++) {
    g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (sink,
        PATIENCE);
    const gint64 now = g_get_monotonic_time ();
    gint found;

    if (sample == NULL)
      return n_wrong + 1;
    found = latency_note (sim, next, sample, now, times);
    if (found < 0)
      n_wrong++;
    else
      next = (guint) found + 1;
  }
  return n_wrong;
}

static void
latency_print (GArray * times)
{
  const guint n = times->len;

  g_array_sort (times, latency_compare);
  if (n > 0)
    g_print ("last datagram to appsink: p50 %" G_GINT64_FORMAT " us, p99 %"
        G_GINT64_FORMAT " us, of %u frames\n", g_array_index (times, gint64,
            n / 2), g_array_index (times, gint64, n * 99 / 100), n);
}

int
main (int argc, char **argv)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autofree gchar *launch = NULL;
  SimBorescopeOptions options;
  guint n_wrong;

  gst_init (&argc, &argv);
  if (argc != 4) {
    g_printerr ("Usage: borescope-latency FPS SIZE SECONDS\n");
    return 2;
  }
  sim_borescope_options_init (&options);
  options.fps = g_ascii_strtod (argv[1], NULL);
  options.pad = (gsize) g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (SimBorescope) sim = sim_borescope_new (&options, &error);
  if (sim == NULL) {
    g_printerr ("borescope-latency: %s\n", error->message);
    return 1;
  }
  launch = g_strdup_printf ("borescopesrc host=127.0.0.1 port=%u "
      "control-port=%u ! appsink name=sink sync=false",
      sim_borescope_get_port (sim), sim_borescope_get_control_port (sim));
  g_autoptr (GstElement) pipeline = gst_parse_launch (launch, &error);
  if (error != NULL) {
    g_printerr ("borescope-latency: %s\n", error->message);
    return 1;
  }
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
      "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  n_wrong = latency_run (sim, GST_APP_SINK (sink), (guint) (options.fps
          * g_ascii_strtod (argv[3], NULL)), times);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  latency_print (times);
  if (n_wrong > 0)
    g_printerr ("borescope-latency: %u frames missing or wrong\n", n_wrong);
  return n_wrong > 0 ? 1 : 0;
}
