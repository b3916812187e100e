/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* What a camera's clock shows, as its owner knows it. */
typedef enum
{
  GST_GPS_CLOCK_AUTO,
  GST_GPS_CLOCK_UTC,
  GST_GPS_CLOCK_LOCAL
} GstGpsClock;

#define GST_TYPE_GPS_CLOCK (gst_gps_clock_get_type ())
GType gst_gps_clock_get_type (void);

G_END_DECLS
