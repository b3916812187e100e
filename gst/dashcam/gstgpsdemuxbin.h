/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpstap.h"

G_BEGIN_DECLS

/* A stock demuxer with a tap in front: media on video_%u, audio_%u and so on,
 * GPS fixes on gps_%u, accelerations on accel_%u. Base of nvtgpsdemux and
 * tsgpsdemux. */
#define GST_TYPE_GPS_DEMUX_BIN (gst_gps_demux_bin_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstGpsDemuxBin, gst_gps_demux_bin, GST,
    GPS_DEMUX_BIN, GstBin)

struct _GstGpsDemuxBinClass
{
  GstBinClass parent_class;

  const gchar *demuxer;         /* factory name */
  GType (*get_tap_type) (void);
};

/* Adds the pad templates that all GPS demuxers share; sink_caps: what the
 * sink pad takes. */
void gst_gps_demux_bin_class_add_templates (GstGpsDemuxBinClass * klass,
    const gchar * sink_caps);

G_END_DECLS
