/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/gst.h>

#include "gstgpsoverlay.h"

static gboolean
gst_gps_overlay_plugin_init (GstPlugin * plugin)
{
  return GST_ELEMENT_REGISTER (gpsoverlay, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, gpsoverlay,
    "GPS fixes drawn on video", gst_gps_overlay_plugin_init, VERSION,
    "LGPL", GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN);
