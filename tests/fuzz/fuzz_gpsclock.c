/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Hints, records and at last a file name. Times are seconds since 2000, places
 * hundredths of a degree. */

#include "fuzz.h"

#include "wire/bytes.h"
#include "wire/gpsclock.h"

#include <string.h>

enum
{
  FUZZ_HINTS = 17,              /* flags, offset of the owner, name, creation, zone */
  FUZZ_RECORD = 15,             /* flags, time, fraction, media, position, speed */
  FUZZ_HAS_NAME = 1 << 0,
  FUZZ_HAS_CREATION = 1 << 1,
  FUZZ_OWNER = 2,               /* how far up in the flags the owner's clock stands */
  FUZZ_HAS_POSITION = 1 << 2,
  FUZZ_IS_CERTAIN = 1 << 3,
  FUZZ_HAS_MEDIA = 1 << 4,
  FUZZ_HAS_SPEED = 1 << 5,
  FUZZ_N_APPLIED = 64
};

static const int64_t fuzz_second = INT64_C (1000000);
static const int64_t fuzz_epoch = INT64_C (946684800000000);
static const int64_t fuzz_day = INT64_C (86400000000);

static int64_t
fuzz_gpsclock_time (const uint8_t * p)
{
  return fuzz_epoch + wire_u32le (p) * fuzz_second;
}

static void
fuzz_gpsclock_hints (const uint8_t * p, GpsClockHints * hints)
{
  memset (hints, 0, sizeof *hints);
  hints->has_name = p[0] & FUZZ_HAS_NAME;
  hints->has_creation = p[0] & FUZZ_HAS_CREATION;
  hints->owner_clock = (GpsRecordClock) (p[0] >> FUZZ_OWNER) % 3;
  hints->owner_offset_us = wire_i32le (p + 1) * fuzz_second;
  hints->name_us = fuzz_gpsclock_time (p + 5);
  hints->creation_us = fuzz_gpsclock_time (p + 9);
}

static void
fuzz_gpsclock_record (const uint8_t * p, GpsRecord * record)
{
  gpsrecord_reset (record);
  (void) gpsrecord_set_time_us (record, (GpsRecordClock) (p[0] & 3) % 3,
      fuzz_gpsclock_time (p + 1) + p[5] * (fuzz_second / 256));
  if (p[0] & FUZZ_HAS_POSITION)
    (void) gpsrecord_set_position (record,
        (int16_t) wire_u16le (p + 10) / 100.0,
        (int16_t) wire_u16le (p + 12) / 100.0);
  if (p[0] & FUZZ_HAS_SPEED)
    (void) gpsrecord_set_speed (record, p[14] / 2.0);
}

/* What holds for a verdict at any time. */
static void
fuzz_gpsclock_check (const GpsClock * clock)
{
  const GpsClockVerdict *verdict = &clock->verdict;

  FUZZ_CHECK (verdict->shows != GPSRECORD_CLOCK_ASSUMED);
  FUZZ_CHECK ((verdict->shows == GPSRECORD_CLOCK_NONE) ==
      (verdict->shows_by == GPSCLOCK_BY_NOTHING));
  FUZZ_CHECK (verdict->has_offset ==
      (verdict->offset_by != GPSCLOCK_BY_NOTHING));
  FUZZ_CHECK (verdict->offset_us >= -fuzz_day
      && verdict->offset_us <= fuzz_day);
  FUZZ_CHECK (!verdict->has_jump || verdict->jump_index < clock->n_records);
}

/* What is made of a record. */
static void
fuzz_gpsclock_apply (const GpsClock * clock, uint64_t index,
    const GpsRecord * record)
{
  GpsRecord changed = *record;

  gpsclock_apply (clock, index, &changed);
  fuzz_check_record (&changed);
  FUZZ_CHECK (changed.fields == record->fields);
  FUZZ_CHECK (record->clock != GPSRECORD_CLOCK_NONE ||
      changed.clock == GPSRECORD_CLOCK_NONE);
}

static void
fuzz_gpsclock_finish (GpsClock * clock, int64_t zone_us,
    const GpsRecord * records, uint64_t n_records)
{
  int64_t local_us = 0;

  if (gpsclock_wants_zone (clock, &local_us)) {
    FUZZ_CHECK (local_us >= fuzz_epoch);
    gpsclock_assume_zone (clock, zone_us);
    fuzz_gpsclock_check (clock);
  }
  for (uint64_t i = 0; i < n_records; i++)
    fuzz_gpsclock_apply (clock, i, &records[i]);
}

static void
fuzz_gpsclock_name (const uint8_t * data, size_t size)
{
  char name[FUZZ_RECORD + 1] = { 0 };
  int64_t time_us;

  memcpy (name, data, size);
  if (gpsclock_parse_name (name, &time_us))
    FUZZ_CHECK (time_us >= fuzz_epoch && time_us < INT64_C (4102444800000000));
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  static GpsRecord records[FUZZ_N_APPLIED];
  GpsClockHints hints;
  GpsClock clock;
  uint64_t n = 0;
  int64_t zone_us;

  if (size < FUZZ_HINTS)
    return 0;
  fuzz_gpsclock_hints (data, &hints);
  zone_us = wire_i32le (data + 13) * fuzz_second;
  gpsclock_init (&clock, &hints);
  for (data += FUZZ_HINTS, size -= FUZZ_HINTS; size >= FUZZ_RECORD;
      data += FUZZ_RECORD, size -= FUZZ_RECORD) {
    GpsRecord record;
    unsigned events;

    fuzz_gpsclock_record (data, &record);
    events = gpsclock_feed (&clock, &record, data[0] & FUZZ_IS_CERTAIN,
        data[0] & FUZZ_HAS_MEDIA ? wire_u32le (data + 6) * (fuzz_second / 100) :
        GPSCLOCK_UNKNOWN_US);
    FUZZ_CHECK (!(events & GPSCLOCK_JUMPED) || (events & GPSCLOCK_CHANGED));
    fuzz_gpsclock_check (&clock);
    fuzz_gpsclock_apply (&clock, GPSCLOCK_NO_INDEX, &record);
    if (n < FUZZ_N_APPLIED)
      records[n++] = record;
  }
  fuzz_gpsclock_finish (&clock, zone_us, records, n);
  fuzz_gpsclock_name (data, size);
  return 0;
}
