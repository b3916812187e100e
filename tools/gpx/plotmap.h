/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "plotdata.h"
#include "plotdraw.h"

G_BEGIN_DECLS

/* The way from above, north up, with a scale of length and one of colours.
 * data: of at least one fix. scale: speed at which these end. */
void plotmap_draw (cairo_t * cr, const PlotArea * area,
    const PlotData * data, gdouble scale);

G_END_DECLS
