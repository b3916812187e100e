/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Numbers, eight bytes each, for the setters of a record. */

#include "fuzz.h"

#include "wire/bytes.h"
#include "wire/gpscalibrate.h"
#include "wire/gpsclean.h"
#include "wire/gpsclock.h"

enum
{
  FUZZ_N_NUMBERS = 8
};

static void
fuzz_gpsrecord_set (GpsRecord * record, const uint8_t * data)
{
  double v[FUZZ_N_NUMBERS];
  uint32_t w[2 * FUZZ_N_NUMBERS];

  for (int i = 0; i < FUZZ_N_NUMBERS; i++)
    v[i] = wire_f64le (data + 8 * i);
  for (int i = 0; i < 2 * FUZZ_N_NUMBERS; i++)
    w[i] = wire_u32le (data + 4 * i);
  (void) gpsrecord_set_time (record, data[0] % 3, w[0], w[1], w[2], w[3], w[4],
      w[5]);
  (void) gpsrecord_set_time (record, data[0] % 3, data[1], data[2] % 14,
      data[3] % 33, data[4] % 25, data[5] % 61, data[6] % 62);
  if (!gpsrecord_set_position (record, v[0], v[1]))
    (void) gpsrecord_set_position_ddmm (record, v[0], (char) data[0], v[1],
        (char) data[1]);
  (void) gpsrecord_set_altitude (record, v[2]);
  (void) gpsrecord_set_speed_knots (record, v[3]);
  (void) gpsrecord_set_course (record, v[4]);
  (void) gpsrecord_set_acceleration (record, v[5], v[6], v[7]);
  fuzz_check_record (record);
}

/* What is made of a record stays one. */
static void
fuzz_gpsrecord_settle (GpsClock * clock, GpsCalibrate * calibrate,
    GpsRecord record, const uint8_t * data)
{
  int64_t media_us = data[7] & 1 ? (int64_t) wire_u64le (data + 8) : -1;
  int64_t local_us;

  (void) gpscalibrate_feed (calibrate, &record, media_us);
  gpscalibrate_apply (calibrate, &record);
  (void) gpsclock_feed (clock, &record, data[7] & 2, media_us);
  if ((data[7] & 4) && gpsclock_wants_zone (clock, &local_us))
    gpsclock_assume_zone (clock, (int64_t) wire_u64le (data + 16));
  gpsclock_apply (clock, data[6], &record);
  fuzz_check_record (&record);
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  GpsRecord record, last;
  static const GpsCalibrateUnits units =
      { GPSCALIBRATE_KMH, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS };
  /* 2024-06-01 10:20:30 */
  const GpsClockHints hints = {.has_name = true,.name_us = 1717237230000000 };
  GpsCalibrate calibrate;
  GpsClock clock;
  GpsClean clean;

  gpsclock_init (&clock, &hints);
  gpscalibrate_init (&calibrate, units);
  gpsrecord_reset (&last);
  gpsclean_init (&clean, 10000000);
  for (; size >= 8 * FUZZ_N_NUMBERS; size -= 8 * FUZZ_N_NUMBERS) {
    gpsrecord_reset (&record);
    fuzz_gpsrecord_set (&record, data);
    FUZZ_CHECK (gpsclean_feed (&clean, &record) != 0);
    /* what was kept comes again: nothing new */
    if (clean.has_last)
      FUZZ_CHECK (gpsclean_feed (&clean, &clean.last) == GPSCLEAN_DUPLICATE);
    if (record.fields & last.fields & GPSRECORD_POSITION) {
      double there = gpsrecord_distance (&last, &record);
      double back = gpsrecord_distance (&record, &last);

      FUZZ_CHECK (there >= 0.0 && there <= 20100000.0);
      FUZZ_CHECK (there - back <= 1e-3 && back - there <= 1e-3);
    }
    fuzz_gpsrecord_settle (&clock, &calibrate, record, data);
    last = record;
    data += 8 * FUZZ_N_NUMBERS;
  }
  return 0;
}
