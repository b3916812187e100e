/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* udta: LIGOGPSINFO and an object of JSON, again and again (Yada, GKU;
 * docs/wire/dashcam-tracks.md, JSON of LigoGPS). Functions as in gpsbox.h. */

#include "wire/gpsbox.h"

/* The box from its size word on. */
bool ligojson_probe (const uint8_t * data, size_t size);

GpsBoxFeed ligojson_feed;
