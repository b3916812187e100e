/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsclock.h"

GType
gst_gps_clock_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_CLOCK_AUTO, "What is known of the camera", "auto"},
    {GST_GPS_CLOCK_UTC, "Coordinated universal time", "utc"},
    {GST_GPS_CLOCK_LOCAL, "Local time of unknown offset", "local"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsClock", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}
