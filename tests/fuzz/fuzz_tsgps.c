/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* All but the last byte are a transport stream; the last says how it is split,
 * and whether sync bytes are put where packets of a size have them. */

#include "fuzz.h"

#include "wire/tsgps.h"

#include <stdlib.h>
#include <string.h>

static TsGps core;

static uint64_t
fuzz_tsgps_event (uint64_t digest, unsigned events)
{
  digest = fuzz_digest (digest, &events, sizeof events);
  FUZZ_CHECK (!(events & ~(unsigned) (TSGPS_RECORDS | TSGPS_UNKNOWN |
              TSGPS_LOST)));
  FUZZ_CHECK (!((events & TSGPS_RECORDS) && (events & TSGPS_UNKNOWN)));
  if (!(events & (TSGPS_RECORDS | TSGPS_UNKNOWN)))
    return digest;
  /* records of a trailer may have waited until behind a jump */
  FUZZ_CHECK (core.pid >= 0x20 && (core.pid < 0x1fff || core.trailer ||
          (core.dialect && core.dialect->carrier == DIALECT_CARRIER_BOX)));
  FUZZ_CHECK (core.offset < core.position);
  FUZZ_CHECK (!(events & TSGPS_RECORDS) == !core.n_records);
  FUZZ_CHECK (core.n_records <= DIALECT_MAX_RECORDS);
  for (size_t i = 0; i < core.n_records; i++)
    fuzz_check_record (&core.records[i]);
  digest = fuzz_digest (digest, &core.pid, sizeof core.pid);
  digest = fuzz_digest (digest, &core.offset, sizeof core.offset);
  digest = fuzz_digest (digest, &core.pts, sizeof core.pts);
  digest = fuzz_digest (digest, &core.first_pcr, sizeof core.first_pcr);
  digest = fuzz_digest (digest, &core.n_packets, sizeof core.n_packets);
  return fuzz_digest (digest, core.records,
      core.n_records * sizeof core.records[0]);
}

/* In pieces of step bytes; jumps once, at a place of the stream, if asked. */
static uint64_t
fuzz_tsgps_run (const uint8_t * data, size_t size, size_t step, size_t jump)
{
  uint64_t digest = 0, n_events = 0;
  unsigned events;

  tsgps_init (&core);
  for (size_t at = 0; at < size;) {
    size_t end = size - at < step ? size : at + step;

    if (at < jump && end > jump)
      end = jump;
    while (at < end) {
      size_t taken = tsgps_feed (&core, data + at, end - at, &events);

      FUZZ_CHECK (taken <= end - at && (events || taken == end - at));
      if (events)
        digest = fuzz_tsgps_event (digest, events);
      FUZZ_CHECK (!events || ++n_events <= size / 94);
      at += taken;
      FUZZ_CHECK (core.position == at);
    }
    if (at != jump)
      continue;
    /* what is held and whole counts, wherever the pieces end */
    while (tsgps_feed (&core, NULL, 0, &events) == 0 && events)
      digest = fuzz_tsgps_event (digest, events);
    tsgps_jump (&core, at);
  }
  while ((events = tsgps_finish (&core))) {
    digest = fuzz_tsgps_event (digest, events);
    FUZZ_CHECK (++n_events <= size / 94 + TSGPS_N_SLOTS);
  }
  digest = fuzz_digest (digest, &core.n_packets, sizeof core.n_packets);
  return fuzz_digest (digest, &core.media_pts, sizeof core.media_pts);
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  static const unsigned sizes[] = { 0, 188, 192, 204 };
  uint64_t whole, jumped;
  uint8_t *copy;
  unsigned mode;

  if (size < 1)
    return 0;
  mode = data[--size];
  copy = malloc (size ? size : 1);
  if (!copy)
    return 0;
  memcpy (copy, data, size);
  for (size_t at = mode & 32 ? mode : 0; sizes[mode & 3] > 0 && at < size;
      at += sizes[mode & 3])
    copy[at] = 0x47;
  whole = fuzz_tsgps_run (copy, size, SIZE_MAX, SIZE_MAX);
  FUZZ_CHECK (whole == fuzz_tsgps_run (copy, size, 1 + mode, SIZE_MAX));
  FUZZ_CHECK (whole == fuzz_tsgps_run (copy, size, 1 + size / 2, SIZE_MAX));
  jumped = fuzz_tsgps_run (copy, size, SIZE_MAX, size / 3);
  FUZZ_CHECK (jumped == fuzz_tsgps_run (copy, size, 100, size / 3));
  (void) tsgps_probe (copy, size);
  free (copy);
  return 0;
}
