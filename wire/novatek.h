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

/* freeGPS, plain position in front of the clock (dialect A, Redtiger F7N). */
bool novatek_youqing_probe (const uint8_t * data, size_t size);
size_t novatek_youqing_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Like Q, but for a position that nobody can read (dialect J, Akaso V1). */
bool novatek_akaso_v1_probe (const uint8_t * data, size_t size);
size_t novatek_akaso_v1_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Q with integers (dialect Q1, firmware IQS). */
bool novatek_iqs_probe (const uint8_t * data, size_t size);
size_t novatek_iqs_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Q with numbers that are plain degrees (dialect Q3, Transcend Body). */
bool novatek_degrees_probe (const uint8_t * data, size_t size);
size_t novatek_degrees_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* E with the position as texts (dialect F, E-ACE). */
bool novatek_eace_probe (const uint8_t * data, size_t size);
size_t novatek_eace_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* Q with numbers that are degrees, scaled and shifted, or may be (dialect Q2,
 * Rexing). What they are is a matter of several blocks. */
enum
{
  NOVATEK_SCALED_HELD = 32,     /* blocks that wait until it is clear */
  NOVATEK_SCALED_SIZE = 44
};

typedef enum
{
  NOVATEK_SCALED_UNKNOWN,
  NOVATEK_SCALED_YES,
  NOVATEK_SCALED_NO             /* a plain Q, in the midst of Africa */
} NovatekScale;

typedef struct
{
  NovatekScale scale;
  size_t n_held;
  uint8_t held[NOVATEK_SCALED_HELD][NOVATEK_SCALED_SIZE];
} NovatekScaled;

bool novatek_scaled_probe (const uint8_t * data, size_t size);
/* Gives the records of all blocks that waited, or none as long as it is not
 * clear; max must be more than NOVATEK_SCALED_HELD. */
size_t novatek_scaled_follow (NovatekScaled * self, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* A record with a fix anywhere in a block that no other entry knows. It is
 * believed when two blocks in a row have one at the same place, and the way
 * between them can be driven. */
typedef struct
{
  size_t offset;                /* of the record, or 0: none yet */
  bool is_sure;
  GpsRecord last;
} NovatekFound;

bool novatek_found_probe (const uint8_t * data, size_t size);
/* max must be 2 at least. */
size_t novatek_found_follow (NovatekFound * self, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);
