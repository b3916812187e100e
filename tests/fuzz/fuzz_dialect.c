/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* All but the last byte are a block or a PES payload; the last says which. */

#include "fuzz.h"

#include "wire/dialect.h"
#include "wire/gpsclean.h"

static GpsRecord records[DIALECT_MAX_RECORDS];

static void
fuzz_dialect_clean (GpsClean * clean, const GpsRecord * record)
{
  GpsRecord before = clean->last;
  int had_last = clean->has_last;
  unsigned events = gpsclean_feed (clean, record);
  double distance;

  FUZZ_CHECK (events != 0);
  FUZZ_CHECK (!(events & GPSCLEAN_VOID) ==
      !!(record->fields & GPSRECORD_POSITION));
  FUZZ_CHECK (!(events & (GPSCLEAN_REPLACE | GPSCLEAN_SEGMENT)) ||
      (events & GPSCLEAN_KEEP));
  if (!had_last || !(record->fields & GPSRECORD_POSITION))
    return;
  distance = gpsrecord_distance (&before, record);
  FUZZ_CHECK (distance >= 0.0 && distance <= 20100000.0);
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  const Dialect *dialect, *found;
  DialectMemory memory = { 0 };
  DialectCarrier carrier;
  GpsClean clean;
  size_t n_records;

  if (size < 1)
    return 0;
  carrier = data[--size] & 1 ? DIALECT_CARRIER_TS_PES : DIALECT_CARRIER_FREEGPS;
  found = dialect_find (carrier, data, size);
  gpsclean_init (&clean, 10000000);
  /* decoders must bear with what another entry would have taken */
  for (size_t i = 0; (dialect = dialect_get (i)) != NULL; i++) {
    size_t n;

    FUZZ_CHECK (dialect != found || dialect->probe (data, size));
    if (!dialect->decode)
      continue;
    for (size_t max = 0; max <= DIALECT_MAX_RECORDS; max += 32) {
      n = dialect->decode (data, size, records, max);
      FUZZ_CHECK (n <= max);
      for (size_t j = 0; j < n; j++) {
        fuzz_check_record (&records[j]);
        fuzz_dialect_clean (&clean, &records[j]);
      }
    }
  }
  /* the same block again and again, as a file may have it */
  for (size_t i = 0; i < 3; i++) {
    DialectVerdict verdict = dialect_read (&memory, carrier, data, size,
        &dialect, records, &n_records);

    FUZZ_CHECK (dialect == found);
    FUZZ_CHECK ((verdict == DIALECT_RECORDS) == (n_records > 0));
    FUZZ_CHECK (verdict != DIALECT_RECORDS || dialect);
    for (size_t j = 0; j < n_records; j++)
      fuzz_check_record (&records[j]);
  }
  while (dialect_finish (&memory, &dialect, records, &n_records) !=
      DIALECT_NOTHING_NEW)
    FUZZ_CHECK (dialect && n_records <= DIALECT_MAX_RECORDS);
  return 0;
}
