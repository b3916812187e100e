/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#ifndef GST_GPS_API
#ifdef BUILDING_GST_GPS
#define GST_GPS_API GST_API_EXPORT
#else
#define GST_GPS_API GST_API_IMPORT
#endif
#endif
