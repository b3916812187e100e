/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What elements and tools say of the unit of speeds. Not installed. */

#include <glib.h>

#include "wire/gpscalibrate.h"

G_BEGIN_DECLS
/* What the track says of the speeds, for people; NULL: nothing that anybody has
 * to know. */
    gchar * gst_gps_unit_describe (const GpsCalibrate * calibrate);

G_END_DECLS
