/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* freeGPS blocks with one binary record that is not Novatek's
 * (docs/wire/dashcam-gps.md, Blocks of one record). Functions for the table in
 * dialect.c. */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* float32 with a letter behind each coordinate (dialect H, Akaso "x.xx"). */
bool dashblock_spaced_probe (const uint8_t * data, size_t size);
size_t dashblock_spaced_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* The same in a PES payload, with numbers that nobody can read: recognised
 * only. */
bool dashblock_spaced_ts_probe (const uint8_t * data, size_t size);
size_t dashblock_spaced_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* float64 with a letter behind each coordinate, at 0x30 (dialect M). */
bool dashblock_f64_probe (const uint8_t * data, size_t size);
size_t dashblock_f64_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* The same at 0x10 (dialect P, Vantrue N4). */
bool dashblock_vantrue_n4_probe (const uint8_t * data, size_t size);
size_t dashblock_vantrue_n4_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Longitude before latitude (dialect K, Vantrue S1). */
bool dashblock_vantrue_s1_probe (const uint8_t * data, size_t size);
size_t dashblock_vantrue_s1_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Integers at odd offsets, no clock (dialect S, 70mai A810). */
bool dashblock_70mai_probe (const uint8_t * data, size_t size);
size_t dashblock_70mai_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
