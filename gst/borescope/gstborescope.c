/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/gst.h>

#include "gstborescopesnapshot.h"
#include "gstborescopesrc.h"

static gboolean
gst_borescope_plugin_init (GstPlugin * plugin)
{
  gboolean ok = FALSE;

  ok |= GST_ELEMENT_REGISTER (borescopesnapshot, plugin);
  ok |= GST_ELEMENT_REGISTER (borescopesrc, plugin);
  return ok;
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, borescope,
    "Borescopes and ear cameras of the Molink family",
    gst_borescope_plugin_init, VERSION, "LGPL", GST_PACKAGE_NAME,
    GST_PACKAGE_ORIGIN);
