/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstgpstap.h"

G_BEGIN_DECLS

/* The tap for MPEG transport streams. */
#define GST_TYPE_TS_GPS_TAP (gst_ts_gps_tap_get_type ())
G_DECLARE_FINAL_TYPE (GstTsGpsTap, gst_ts_gps_tap, GST, TS_GPS_TAP, GstGpsTap)

G_END_DECLS
