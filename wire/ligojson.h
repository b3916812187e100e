/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* udta: LIGOGPSINFO and an object of JSON, again and again (Yada, GKU;
 * docs/wire/dashcam-tracks.md, JSON of LigoGPS). Functions as in gpsbox.h. */

#include "wire/gpsbox.h"

/* The box from its size word on. */
bool ligojson_probe (const uint8_t * data, size_t size);

size_t ligojson_feed (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t * ret_n_records);
