/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstgpstap.h"

G_BEGIN_DECLS

/* The tap for MPEG transport streams. */
#define GST_TYPE_TS_GPS_TAP (gst_ts_gps_tap_get_type ())
G_DECLARE_FINAL_TYPE (GstTsGpsTap, gst_ts_gps_tap, GST, TS_GPS_TAP, GstGpsTap)

/* The one PID on which records count, or -1: any. At any time. */
void gst_ts_gps_tap_set_pid (GstTsGpsTap * self, gint pid);

G_END_DECLS
