/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

#include "plotdata.h"

G_BEGIN_DECLS

/* Draws all of it: headline, way, speed; or says that there is none. */
gboolean plotpicture_write (const PlotData * data, gboolean is_svg,
    const gchar * title, GOutputStream * stream, GError ** error);

G_END_DECLS
