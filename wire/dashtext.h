/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* freeGPS blocks and samples that hold a record as text, plain or thinly veiled
 * (docs/wire/dashcam-gps.md, Texts). Functions for the table in dialect.c. */

#include "wire/dialectoptions.h"
#include "wire/gpsrecord.h"

#include <stddef.h>

/* Veiled by 0xaa, degrees and minutes (dialect B, Azdome). */
bool dashtext_azdome_probe (const uint8_t * data, size_t size);
size_t dashtext_azdome_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* A date, then NMEA sentences (dialect C, Nextbase 512GW). */
bool dashtext_512gw_probe (const uint8_t * data, size_t size);
size_t dashtext_512gw_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* An RMC sentence whose bytes are 16 too large (dialect I, EACHPAI). */
bool dashtext_sub16_probe (const uint8_t * data, size_t size);
size_t dashtext_sub16_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* NMEA sentences anywhere. */
bool dashtext_nmea_probe (const uint8_t * data, size_t size);
size_t dashtext_nmea_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Veiled by 0xaa, degrees and fractions of them: samples of text and gpmd
 * tracks (BlueSkySea, Ambarella A12, Rove Stealth), rows of gps0 (Lamax S9). */
bool dashtext_veiled_probe (const uint8_t * data, size_t size);
size_t dashtext_veiled_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* PES payloads: NMEA sentences. */
bool dashtext_nmea_ts_probe (const uint8_t * data, size_t size);

/* PES payloads: an RMC sentence with other characters in place of digits (Jomise
 * T860S). Its position is encrypted, unless a guess is wanted. */
bool dashtext_jomise_probe (const uint8_t * data, size_t size);
size_t dashtext_jomise_follow (bool is_guessed, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* "$GPSINFO," without hemispheres (VSYS A6L). */
bool dashtext_vsys_probe (const uint8_t * data, size_t size);
size_t dashtext_vsys_follow (DialectQuadrant quadrant, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);
