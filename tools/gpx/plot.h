/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

#include "track.h"

G_BEGIN_DECLS
/* A picture of tracks: the way, coloured by speed, and the speed over
 * time, or over the way where no time is known. */

/* Whether this was built in. */
gboolean plot_is_possible (void);

/* Whether a file of that name is one that can be drawn. */
gboolean plot_is_name (const gchar * name);

/* name: of the file, which says whether it becomes SVG or PNG. title: its
 * headline. */
gboolean plot_write (GPtrArray * tracks, const gchar * name,
    const gchar * title, GOutputStream * stream, GError ** error);

G_END_DECLS
