/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <math.h>

#include <gst/gps/gstgpsrun-private.h>

GArray *
gst_gps_run_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (GstGpsFix));
}

static void
gst_gps_run_write (GArray * run, GstGpsRunFunc write, gpointer state)
{
  write (state, &g_array_index (run, GstGpsFix, 0), run->len);
}

static gboolean
gst_gps_run_is_over (GArray * run, const GstGpsFix * fix, gboolean new_segment)
{
  const GstGpsFix *last = &g_array_index (run, GstGpsFix, run->len - 1);

  return new_segment || fix->time_kind != last->time_kind
      || fabs (fix->longitude - last->longitude) > 180.0;
}

void
gst_gps_run_add (GArray * run, const GstGpsFix * fix, gboolean new_segment,
    GstGpsRunFunc write, gpointer state)
{
  if (run->len > 0 && gst_gps_run_is_over (run, fix, new_segment)) {
    gst_gps_run_write (run, write, state);
    g_array_set_size (run, 0);
  } else if (run->len == GST_GPS_RUN_MAX) {
    gst_gps_run_write (run, write, state);
    g_array_remove_range (run, 0, run->len - 1);
  }
  g_array_append_val (run, *fix);
}

void
gst_gps_run_end (GArray * run, GstGpsRunFunc write, gpointer state)
{
  if (run->len > 0)
    gst_gps_run_write (run, write, state);
  g_array_set_size (run, 0);
}
