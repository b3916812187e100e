/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Moves the segment to where the seek wants it. Returns FALSE when that cannot
 * be, or needs media. */
gboolean gst_gps_seek_move_segment (GstSegment * segment, GstEvent * seek);

G_END_DECLS
