/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gps.h>

#include "track.h"

G_BEGIN_DECLS

/* Which moments of the recordings are which moments of the tracks: the first and
 * the last fix of each recording in each segment, and those between where the
 * two clocks part by more than half a second. Recordings whose media do not
 * tell, and standard input, are left out. output: file that the tracks go to,
 * from whose folder paths start, or NULL. Returns GstGpsTimeIndex elements. */
GArray *timeindex_build (GPtrArray * tracks, GPtrArray * recordings,
    const gchar * output);

G_END_DECLS
