/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstgpsdemuxbin.h"

G_BEGIN_DECLS

#define GST_TYPE_TS_GPS_DEMUX (gst_ts_gps_demux_get_type ())
G_DECLARE_FINAL_TYPE (GstTsGpsDemux, gst_ts_gps_demux, GST, TS_GPS_DEMUX, GstGpsDemuxBin)

GST_ELEMENT_REGISTER_DECLARE (tsgpsdemux);

G_END_DECLS
