/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Binary samples of metadata tracks (docs/wire/dashcam-tracks.md). Functions
 * for the table in dialect.c. Those that follow take what the recording says of
 * the time: microseconds since 1970, or 0 when it does not. */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* gpmd: FMAS (Vantrue N2S). */
bool gpssample_fmas_probe (const uint8_t * data, size_t size);
size_t gpssample_fmas_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* gpmd: pairs of value and scale (Wolfbox, Redtiger F9). */
bool gpssample_wolfbox_probe (const uint8_t * data, size_t size);
size_t gpssample_wolfbox_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* ssmd of 32 bytes (Rove R2-4K). */
bool gpssample_rove_probe (const uint8_t * data, size_t size);
size_t gpssample_rove_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* ssmd of 40 bytes (Neoline, IZEEKER): the day is known, not the month. */
bool gpssample_sstar_probe (const uint8_t * data, size_t size);
size_t gpssample_sstar_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* tvxt: 72 bytes (Vueroid S1). */
bool gpssample_vueroid_probe (const uint8_t * data, size_t size);
size_t gpssample_vueroid_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* camm: packets of type 5, without a clock, and 6. */
bool gpssample_camm_probe (const uint8_t * data, size_t size);
size_t gpssample_camm_follow (int64_t sample_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* RVMI: gReV (Datakam). */
bool gpssample_rvmi_probe (const uint8_t * data, size_t size);
size_t gpssample_rvmi_follow (int64_t sample_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* gpmd: the same without a date, which is that of the recording (Wolfbox with
 * firmware of 2026). */
bool gpssample_shenshu_probe (const uint8_t * data, size_t size);
size_t gpssample_shenshu_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* hvc1: an SEI of 40 bytes with the seconds since the beginning (UBIA). */
bool gpssample_ubia_probe (const uint8_t * data, size_t size);
size_t gpssample_ubia_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* Text tracks: PNDM (Garmin). */
bool gpssample_pndm_probe (const uint8_t * data, size_t size);
size_t gpssample_pndm_follow (int64_t sample_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);
