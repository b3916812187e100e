/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The units of a dialect, then records: times in milliseconds, places as steps
 * of 1e-5 degrees from the one before. */

#include "fuzz.h"

#include "wire/bytes.h"
#include "wire/gpscalibrate.h"

enum
{
  FUZZ_UNITS = 2,
  FUZZ_RECORD = 9,              /* flags, time, two steps, speed */
  FUZZ_HAS_TIME = 1 << 0,
  FUZZ_HAS_POSITION = 1 << 1,
  FUZZ_HAS_SPEED = 1 << 2,
  FUZZ_IS_RAW = 1 << 3,
  FUZZ_HAS_MEDIA = 1 << 4
};

typedef struct
{
  int64_t time_us;
  double latitude;
  double longitude;
} FuzzPlace;

static void
fuzz_gpscalibrate_record (const uint8_t * p, FuzzPlace * place,
    GpsRecord * record)
{
  place->time_us += (int16_t) wire_u16le (p + 1) * INT64_C (1000);
  place->latitude += (int16_t) wire_u16le (p + 3) / 1e5;
  place->longitude += (int16_t) wire_u16le (p + 5) / 1e5;
  gpsrecord_reset (record);
  if (p[0] & FUZZ_HAS_TIME)
    (void) gpsrecord_set_time_us (record, GPSRECORD_CLOCK_UTC, place->time_us);
  if (p[0] & FUZZ_HAS_POSITION)
    (void) gpsrecord_set_position (record, place->latitude, place->longitude);
  if ((p[0] & FUZZ_HAS_SPEED) && (p[0] & FUZZ_IS_RAW)) {
    record->fields |= GPSRECORD_SPEED_RAW;
    record->speed = wire_u16le (p + 7);
  } else if (p[0] & FUZZ_HAS_SPEED) {
    (void) gpsrecord_set_speed (record, wire_u16le (p + 7) / 100.0);
  }
}

static void
fuzz_gpscalibrate_check (const GpsCalibrate * core, GpsCalibrateUnits units,
    const GpsRecord * record)
{
  GpsRecord changed = *record;

  FUZZ_CHECK (core->verdict != GPSCALIBRATE_CHANGED ||
      (core->unit & units.possible));
  FUZZ_CHECK (core->factor > 0.0 && core->factor < 1000.0);
  gpscalibrate_apply (core, &changed);
  fuzz_check_record (&changed);
  FUZZ_CHECK (core->verdict != GPSCALIBRATE_CHANGED || units.used != 0 ||
      !(changed.fields & GPSRECORD_SPEED_RAW));
  FUZZ_CHECK (!((changed.fields ^ record->fields) &
          ~(unsigned) (GPSRECORD_SPEED | GPSRECORD_SPEED_RAW)));
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  FuzzPlace place = { INT64_C (1717237230000000), 48.85, 2.29 };
  GpsCalibrateUnits units;
  GpsCalibrate core;

  if (size < FUZZ_UNITS)
    return 0;
  units.used = data[0] % (GPSCALIBRATE_N_UNITS + 1);
  units.used = units.used > 0 ? 1u << (units.used - 1) : 0;
  units.possible = data[1] % (1u << GPSCALIBRATE_N_UNITS);
  units.assumed = units.possible & ~(units.possible - 1);
  gpscalibrate_init (&core, units);
  for (data += FUZZ_UNITS, size -= FUZZ_UNITS; size >= FUZZ_RECORD;
      data += FUZZ_RECORD, size -= FUZZ_RECORD) {
    GpsRecord record;

    fuzz_gpscalibrate_record (data, &place, &record);
    FUZZ_CHECK (gpscalibrate_feed (&core, &record, data[0] & FUZZ_HAS_MEDIA ?
            place.time_us - INT64_C (1717230000000000) : -1) == core.verdict);
    fuzz_gpscalibrate_check (&core, units, &record);
  }
  return 0;
}
