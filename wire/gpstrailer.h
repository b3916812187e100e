/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What cameras write behind the last box of an MP4, which reads like one box
 * up to the end of the file (docs/wire/dashcam-tracks.md, Trailers). Functions
 * as in gpsbox.h. */

#include "wire/gpsbox.h"

/* Chunks of a RIFF file, with rows of 40 bytes in gps0 (Auto-Vox). */
bool gpstrailer_autovox_probe (const uint8_t * data, size_t size);
GpsBoxFeed gpstrailer_feed_autovox;

/* The accelerometer's rows of 12 bytes among the same chunks. */
GpsBoxFeed gpstrailer_feed_autovox_axes;

/* Letters C, and texts of 121 bytes (Kenwood). */
bool gpstrailer_kenwood_probe (const uint8_t * data, size_t size);
GpsBoxFeed gpstrailer_feed_kenwood;
