/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Fixes of one line, for formats that want all its places and then all its
 * times: they cannot be written one by one. Not installed. */

#include <gst/gps/gstgpsfix.h>

G_BEGIN_DECLS

/* No line is longer, however long the drive is, so that memory has a bound.
 * The next one begins where it ends. */
#define GST_GPS_RUN_MAX 1000

typedef void (*GstGpsRunFunc) (gpointer state, const GstGpsFix * fixes,
    guint n_fixes);

/* Of GstGpsFix elements. */
GArray *gst_gps_run_new (void);

/* Calls write with the fixes until now when fix is not of their line: behind a
 * gap, of another clock, beyond the antimeridian, or one too many. */
void gst_gps_run_add (GArray * run, const GstGpsFix * fix,
    gboolean new_segment, GstGpsRunFunc write, gpointer state);

/* Calls write with what is left, if there is anything. */
void gst_gps_run_end (GArray * run, GstGpsRunFunc write, gpointer state);

G_END_DECLS
