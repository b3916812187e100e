/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/video/gstvideofilter.h>

G_BEGIN_DECLS

#define GST_TYPE_GPS_OVERLAY (gst_gps_overlay_get_type ())
G_DECLARE_FINAL_TYPE (GstGpsOverlay, gst_gps_overlay, GST, GPS_OVERLAY,
    GstVideoFilter)

GST_ELEMENT_REGISTER_DECLARE (gpsoverlay);

G_END_DECLS
