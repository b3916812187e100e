/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstgpstap.h"

G_BEGIN_DECLS

/* The tap for MP4 and MOV. */
#define GST_TYPE_NVT_GPS_TAP (gst_nvt_gps_tap_get_type ())
G_DECLARE_FINAL_TYPE (GstNvtGpsTap, gst_nvt_gps_tap, GST, NVT_GPS_TAP,
    GstGpsTap)

G_END_DECLS
