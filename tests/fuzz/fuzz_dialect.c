/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* All but the last byte are a block, a PES payload, a box or a sample; the last
 * byte says which, and what the owner of the camera knows. */

#include "fuzz.h"

#include <string.h>

#include "wire/dialect.h"
#include "wire/gpsclean.h"

static GpsRecord records[DIALECT_MAX_RECORDS];

static DialectOptions
fuzz_dialect_options (unsigned choice)
{
  DialectOptions options;

  options.ligo_fuzz = (DialectLigoFuzz) (choice % 5);
  options.quadrant = (DialectQuadrant) (choice / 5 % 5);
  options.deobfuscate = (DialectDeobfuscate) (choice / 25 % 3);
  return options;
}

static void
fuzz_dialect_clean (GpsClean * clean, const GpsRecord * record)
{
  GpsRecord before = clean->last;
  int had_last = clean->has_last;
  unsigned events = gpsclean_feed (clean, record);
  double distance;

  FUZZ_CHECK (events != 0);
  FUZZ_CHECK (!(events & GPSCLEAN_VOID) ==
      !!(record->fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)));
  FUZZ_CHECK (!(events & (GPSCLEAN_REPLACE | GPSCLEAN_SEGMENT)) ||
      (events & GPSCLEAN_KEEP));
  if (!had_last || !(record->fields & GPSRECORD_POSITION))
    return;
  distance = gpsrecord_distance (&before, record);
  FUZZ_CHECK (distance >= 0.0 && distance <= 20100000.0);
}

/* A box in pieces of step bytes; bytes that it is not done with come again. */
static uint64_t
fuzz_dialect_feed (const Dialect * dialect, const DialectOptions * options,
    const uint8_t * data, size_t size, size_t step)
{
  static DialectMemory memory;
  GpsBox box = { 0 };
  uint64_t digest = 0;
  size_t at = 0, end = 0, n = 0;

  memset (&memory, 0, sizeof memory);
  memory.ligo.options = *options;
  for (;;) {
    size_t taken;

    if (end < size)
      end = size - end < step ? size : end + step;
    taken = dialect->feed (&box, &memory.ligo, data + at, end - at,
        end == size, records, DIALECT_MAX_RECORDS, &n);
    FUZZ_CHECK (taken <= end - at && n <= DIALECT_MAX_RECORDS);
    at += taken;
    for (size_t i = 0; i < n; i++)
      fuzz_check_record (&records[i]);
    digest = fuzz_digest (digest, records, n * sizeof records[0]);
    if (end == size && taken == 0 && n == 0)
      break;
  }
  do {
    n = ligo_finish (&memory.ligo, records, DIALECT_MAX_RECORDS);
    digest = fuzz_digest (digest, records, n * sizeof records[0]);
  } while (ligo_is_waiting (&memory.ligo));
  return digest;
}

/* What holds for an entry whatever it is given. */
static void
fuzz_dialect_try (const Dialect * dialect, const DialectOptions * options,
    GpsClean * clean, const uint8_t * data, size_t size)
{
  static DialectMemory memory;
  size_t n = 0;

  memset (&memory, 0, sizeof memory);
  memory.options = *options;
  if (dialect->follow) {
    memory.creation_us = INT64_C (1717237230000000);
    memory.sample_us = memory.creation_us;
    n = dialect->follow (&memory, dialect, data, size, records,
        DIALECT_MAX_RECORDS);
    FUZZ_CHECK (n <= DIALECT_MAX_RECORDS);
    for (size_t j = 0; j < n; j++)
      fuzz_check_record (&records[j]);
  }
  for (size_t max = 0; dialect->decode && max <= DIALECT_MAX_RECORDS; max += 32) {
    n = dialect->decode (data, size, records, max);
    FUZZ_CHECK (n <= max);
    for (size_t j = 0; j < n; j++) {
      fuzz_check_record (&records[j]);
      fuzz_dialect_clean (clean, &records[j]);
    }
  }
  if (dialect->feed)
    FUZZ_CHECK (fuzz_dialect_feed (dialect, options, data, size, SIZE_MAX) ==
        fuzz_dialect_feed (dialect, options, data, size, 1024));
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  const Dialect *dialect, *found;
  static DialectMemory memory;
  DialectCarrier carrier;
  GpsClean clean;
  size_t n_records;

  memset (&memory, 0, sizeof memory);
  if (size < 1)
    return 0;
  carrier = (DialectCarrier) (data[--size] % DIALECT_N_CARRIERS);
  memory.options = fuzz_dialect_options (data[size] / DIALECT_N_CARRIERS);
  found = dialect_find (carrier, data, size);
  gpsclean_init (&clean, 10000000);
  /* decoders must bear with what another entry would have taken */
  for (size_t i = 0; (dialect = dialect_get (i)) != NULL; i++) {
    FUZZ_CHECK (dialect != found || dialect->probe (data, size));
    fuzz_dialect_try (dialect, &memory.options, &clean, data, size);
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
