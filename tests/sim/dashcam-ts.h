/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Puts GPS packets into an MPEG transport stream as the cameras do. */

#include "dashcam-script.h"

#include <glib.h>

/* blocks: the PES packet of each second of the script. A second's packet comes
 * behind the video access unit of that time and before the next one. */
GByteArray *dashcam_ts_insert (GBytes * stream, const DashcamScript * script,
    GPtrArray * blocks, GError ** error);

/* Whether a reader gets a packet of size bytes of which only the TS packets
 * with the first cut bytes are there. */
gboolean dashcam_ts_survives (gsize size, gsize cut);
