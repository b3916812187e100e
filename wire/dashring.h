/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Blocks and payloads that hold several records, some of which are old
 * (docs/wire/dashcam-gps.md, Blocks of several records). Functions for the
 * table in dialect.c. */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* Records that carry the key they are enciphered with (dialect L, DOD LS460W);
 * each block has the camera's whole ring. */
bool dashring_atc_probe (const uint8_t * data, size_t size);
size_t dashring_atc_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* "$S" records in big-endian (dialect T, Nextbase 512G). */
bool dashring_512g_probe (const uint8_t * data, size_t size);
size_t dashring_512g_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* The same in a PES payload (DOD LS600W), a ring. */
bool dashring_dod_probe (const uint8_t * data, size_t size);
size_t dashring_dod_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* float32 without a clock (dialect N, INNOVV), in a block and as PES payload. */
bool dashring_innovv_probe (const uint8_t * data, size_t size);
size_t dashring_innovv_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
bool dashring_innovv_ts_probe (const uint8_t * data, size_t size);
size_t dashring_innovv_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Ten records a second, integers (dialect O, XBHT XB702). */
bool dashring_xbht_probe (const uint8_t * data, size_t size);
size_t dashring_xbht_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
