/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The position texts of E-ACE cameras, plain or enciphered
 * (docs/wire/dashcam-gps.md, E-ACE). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  EACE_TEXT_MAX = 20            /* of each text; shorter ones end with NUL */
};

/* Reads the two numbers, degrees * 100 + minutes. check is the text by which
 * the key is known, or null where the block ends before it. All have room for
 * EACE_TEXT_MAX bytes. Returns false when they are neither numbers nor
 * enciphered with a key that is known. */
bool eace_read_position (const uint8_t * latitude, const uint8_t * longitude,
    const uint8_t * check, double *ret_latitude, double *ret_longitude);
