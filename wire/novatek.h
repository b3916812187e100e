/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The records of Novatek chip sets (docs/wire/dashcam-gps.md): H, M, S, Y, M,
 * D, status letters, then floats. Functions for the table in dialect.c. */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* freeGPS, record at 0x10 (dialect E). */
bool novatek_e_probe (const uint8_t * data, size_t size);
size_t novatek_e_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* freeGPS, record at 0x30 (dialect Q), with float64 twins where they agree. */
bool novatek_q_probe (const uint8_t * data, size_t size);
size_t novatek_q_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* PES payload, record at 0. */
bool novatek_ts_probe (const uint8_t * data, size_t size);
size_t novatek_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* PES payload, record at 164 behind the prefix of the NT96670. */
bool novatek_b4k_probe (const uint8_t * data, size_t size);
size_t novatek_b4k_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* freeGPS, record at 0x40 behind a text (dialect D, Kenwood). */
bool novatek_kenwood_probe (const uint8_t * data, size_t size);
size_t novatek_kenwood_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Dialects that look like Q but hold other numbers: recognised only. */
bool novatek_youqing_probe (const uint8_t * data, size_t size);
bool novatek_akaso_v1_probe (const uint8_t * data, size_t size);
bool novatek_atc_probe (const uint8_t * data, size_t size);
bool novatek_iqs_probe (const uint8_t * data, size_t size);
/* Q with numbers that are degrees, scaled and shifted (Rexing). */
bool novatek_scaled_probe (const uint8_t * data, size_t size);
/* Q with numbers that are plain degrees (Transcend Body). */
bool novatek_degrees_probe (const uint8_t * data, size_t size);
/* The same for E. */
bool novatek_eace_probe (const uint8_t * data, size_t size);
