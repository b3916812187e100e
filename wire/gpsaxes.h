/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Accelerometers that stand beside the receiver, in boxes and samples of their
 * own (docs/wire/dashcam-tracks.md, Acceleration). Their records have nothing
 * else, but for the time since the recording began. */

#include "wire/gpsbox.h"

/* 3gf: rows of 10 bytes with milliseconds (BlackVue). */
bool gpsaxes_3gf_probe (const uint8_t * data, size_t size);
GpsBoxFeed gpsaxes_feed_3gf;

/* gsen: three bytes a row, five rows a second (DuDuBell). */
bool gpsaxes_gsen_probe (const uint8_t * data, size_t size);
GpsBoxFeed gpsaxes_feed_gsen;

/* sReV: a sample in an RVMI track (Datakam). */
bool gpsaxes_rvmi_probe (const uint8_t * data, size_t size);
size_t gpsaxes_rvmi_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* A sample of 12 bytes in an ssmd track (Rove R2-4K). */
bool gpsaxes_ssmd_probe (const uint8_t * data, size_t size);
size_t gpsaxes_ssmd_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
