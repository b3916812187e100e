/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* GPMF, the metadata of GoPro cameras: keys, lengths and values, nested
 * (docs/wire/dashcam-tracks.md, GPMF). */

#include "wire/gpsrecord.h"

#include <stddef.h>

bool gpmf_probe (const uint8_t * data, size_t size);

/* The positions of one sample, which covers a second or so. Their times are
 * spread over it, from its time stamp on. */
size_t gpmf_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
