/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/gst.h>

#include "gstnvtgpsdemux.h"
#include "gsttsgpsdemux.h"

static gboolean
gst_dashcam_plugin_init (GstPlugin * plugin)
{
  gboolean ok = FALSE;

  ok |= GST_ELEMENT_REGISTER (nvtgpsdemux, plugin);
  ok |= GST_ELEMENT_REGISTER (tsgpsdemux, plugin);
  return ok;
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, dashcam,
    "GPS tracks of dash cam recordings", gst_dashcam_plugin_init, VERSION,
    "LGPL", GST_PACKAGE_NAME, GST_PACKAGE_ORIGIN);
