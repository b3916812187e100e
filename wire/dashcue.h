/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Samples of text tracks, without the length in front
 * (docs/wire/dashcam-tracks.md, Text tracks). Functions for the table in
 * dialect.c. */

#include "wire/gpsrecord.h"
#include "wire/nmea.h"

#include <stddef.h>

/* NMEA sentences, with "$" or without, binary bytes around them or not. */
bool dashcue_nmea_probe (const uint8_t * data, size_t size);
size_t dashcue_nmea_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* 288 bytes with a date, acceleration and sentences (Nextbase 322GW). */
bool dashcue_322gw_probe (const uint8_t * data, size_t size);
size_t dashcue_322gw_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* "A,010624,102030.000,..." (Mini 0806). */
bool dashcue_mini0806_probe (const uint8_t * data, size_t size);
size_t dashcue_mini0806_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* A sentence that a constant was added to (E-PRANCE B47FS). */
bool dashcue_eprance_probe (const uint8_t * data, size_t size);
size_t dashcue_eprance_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* A sentence in an alphabet of its own, which ends with "*hh~" (Roadhawk). */
bool dashcue_roadhawk_probe (const uint8_t * data, size_t size);
size_t dashcue_roadhawk_follow (Nmea * nmea, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* NMEA sentences, and "X0000.2340Y-000.0720Z0000.9900" in front of them, in g,
 * or nothing. */
size_t dashcue_axes_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* "GPS (lon, lat, alt), ... H 6.00m, H.S 2.10m/s" of DJI drones; the time is
 * that of the sample. */
bool dashcue_dji_probe (const uint8_t * data, size_t size);
size_t dashcue_dji_follow (int64_t sample_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* "$G:2024-06-01 10:20:30-N48.8-E2.2-S36". */
bool dashcue_dollar_g_probe (const uint8_t * data, size_t size);
size_t dashcue_dollar_g_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
