/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Puts GPS blocks between the chunks of an MP4's mdat and an index of them
 * behind its moov, as the cameras do. */

#include "dashcam-script.h"

#include <glib.h>

/* file: ftyp, mdat, moov, as mp4mux writes them without faststart. blocks: the
 * box of each second of the script. A block comes before the first video chunk
 * that starts at its second or later, at a multiple of alignment. The file's
 * and tracks' times become time, seconds since 1970. */
GByteArray *dashcam_mp4_insert (GBytes * file, const DashcamScript * script,
    GPtrArray * blocks, guint alignment, gint64 time, GError ** error);
