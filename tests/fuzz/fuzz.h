/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the fuzz targets share: a promise that is broken ends the program. */

#include "wire/gpsrecord.h"

#include <stddef.h>
#include <stdint.h>

#define FUZZ_CHECK(promise) do { \
  if (!(promise)) \
    __builtin_trap (); \
} while (0)

int LLVMFuzzerTestOneInput (const uint8_t * data, size_t size);

/* Adds bytes to a digest (FNV-1a). */
static inline uint64_t
fuzz_digest (uint64_t digest, const void *data, size_t size)
{
  const uint8_t *p = data;

  for (size_t i = 0; i < size; i++)
    digest = (digest ^ p[i]) * UINT64_C (0x100000001b3);
  return digest;
}

/* What each record promises. */
static inline void
fuzz_check_record (const GpsRecord * record)
{
  if (record->fields & GPSRECORD_POSITION) {
    FUZZ_CHECK (record->latitude >= -90.0 && record->latitude <= 90.0);
    FUZZ_CHECK (record->longitude >= -180.0 && record->longitude <= 180.0);
    FUZZ_CHECK (record->latitude < 0.0 || record->latitude > 0.0 ||
        record->longitude < 0.0 || record->longitude > 0.0);
  }
  FUZZ_CHECK (!(record->fields & GPSRECORD_POSITION) ||
      !(record->fields & GPSRECORD_ENCRYPTED));
  if (record->fields & GPSRECORD_SPEED)
    FUZZ_CHECK (record->speed >= 0.0 && record->speed <= 500.0 / 3.6);
  if (record->fields & GPSRECORD_COURSE)
    FUZZ_CHECK (record->course >= 0.0 && record->course < 360.0);
  if (record->fields & GPSRECORD_ALTITUDE)
    FUZZ_CHECK (record->altitude >= -1000.0 && record->altitude <= 20000.0);
  if (record->fields & GPSRECORD_ACCELERATION)
    for (int i = 0; i < 3; i++)
      FUZZ_CHECK (record->acceleration[i] >= -64.0 &&
          record->acceleration[i] <= 64.0);
  if (record->fields & GPSRECORD_SATELLITES)
    FUZZ_CHECK (record->satellites <= 200);
  if (record->fields & GPSRECORD_HDOP)
    FUZZ_CHECK (record->hdop > 0.0 && record->hdop < 50.0);
  /* 2000-01-01 to 2099-12-31 */
  if (record->clock != GPSRECORD_CLOCK_NONE)
    FUZZ_CHECK (record->time_us >= INT64_C (946684800000000) &&
        record->time_us < INT64_C (4102444800000000));
  else
    FUZZ_CHECK (record->time_us >= 0 &&
        record->time_us < INT64_C (946684800000000));
}
