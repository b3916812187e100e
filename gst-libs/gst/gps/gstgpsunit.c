/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsunit-private.h"

gchar *
gst_gps_unit_describe (const GpsCalibrate * calibrate)
{
  switch (calibrate->verdict) {
    case GPSCALIBRATE_CHANGED:
      return g_strdup_printf ("the track says that speeds are in %s",
          gpscalibrate_get_name (calibrate->unit));
    case GPSCALIBRATE_MISMATCH:
      return g_strdup_printf ("the recorded speed is %.2f times that of the "
          "track", 1.0 / calibrate->factor);
    case GPSCALIBRATE_UNDECIDED:
    case GPSCALIBRATE_RIGHT:
    default:
      return NULL;
  }
}
