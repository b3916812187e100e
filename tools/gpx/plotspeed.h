/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "plotdata.h"
#include "plotdraw.h"

G_BEGIN_DECLS

/* The speed over time, or over the way where no time is known, with axes at the
 * left and below the area. scale: speed at the top. */
void plotspeed_draw (cairo_t * cr, const PlotArea * area,
    const PlotData * data, gdouble scale);

G_END_DECLS
