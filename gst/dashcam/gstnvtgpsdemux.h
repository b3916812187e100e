/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstgpsdemuxbin.h"

G_BEGIN_DECLS

#define GST_TYPE_NVT_GPS_DEMUX (gst_nvt_gps_demux_get_type ())
G_DECLARE_FINAL_TYPE (GstNvtGpsDemux, gst_nvt_gps_demux, GST, NVT_GPS_DEMUX, GstGpsDemuxBin)

GST_ELEMENT_REGISTER_DECLARE (nvtgpsdemux);

G_END_DECLS
