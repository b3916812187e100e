/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* All but the last byte are a stream; the last says how it is split, and how
 * large frames may be. */

#include "fuzz.h"

#include "wire/molinktcp.h"

#include <stdlib.h>
#include <string.h>

static MolinkTcp core;
static uint8_t *memory;

static void
fuzz_molinktcp_give (void)
{
  uint8_t *given = malloc (core.need);

  FUZZ_CHECK (given && core.need > core.capacity);
  FUZZ_CHECK (core.need <= core.max_frame_size);
  FUZZ_CHECK (core.n_bytes <= core.capacity);
  if (core.n_bytes > 0)
    memcpy (given, memory, core.n_bytes);
  free (memory);
  memory = given;
  molink_tcp_give (&core, memory, core.need);
}

/* Frames, and where they end, in pieces of step bytes of just that size. */
static uint64_t
fuzz_molinktcp_run (const uint8_t * data, size_t size, size_t step,
    uint32_t max_frame_size)
{
  uint64_t digest = 0;
  size_t n_events = 0;

  molink_tcp_init (&core);
  core.max_frame_size = max_frame_size;
  for (size_t begin = 0; begin < size;) {
    size_t length = size - begin < step ? size - begin : step, at = 0;
    uint8_t *piece = malloc (length);

    FUZZ_CHECK (piece);
    memcpy (piece, data + begin, length);
    while (at < length) {
      unsigned events;
      size_t n = molink_tcp_feed (&core, piece + at, length - at, &events);

      FUZZ_CHECK (n <= length - at && (events || n == length - at));
      at += n;
      FUZZ_CHECK (!events || ++n_events <= 2 * size);
      if (events == MOLINK_TCP_WANTS_MEMORY) {
        fuzz_molinktcp_give ();
      } else if (events) {
        const uint64_t position = begin + at;

        FUZZ_CHECK (!(events & (events - 1)));
        digest = fuzz_digest (digest, &events, sizeof events);
        digest = fuzz_digest (digest, &position, sizeof position);
      }
      if (events == MOLINK_TCP_FRAME) {
        FUZZ_CHECK (core.size > 0 && core.size <= max_frame_size);
        digest = fuzz_digest (digest, memory, core.size);
        digest = fuzz_digest (digest, &core.frame_id, sizeof core.frame_id);
        free (memory);
        memory = NULL;
        molink_tcp_give (&core, NULL, 0);
      }
    }
    free (piece);
    begin += length;
  }
  free (memory);
  memory = NULL;
  return fuzz_digest (digest, &core.n_skipped, sizeof core.n_skipped);
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  uint32_t max_frame_size;
  uint64_t whole;
  size_t mode;

  if (size < 1)
    return 0;
  mode = data[--size];
  max_frame_size = mode & 1 ? 1u << 20 : 1 + (uint32_t) mode / 2;
  whole = fuzz_molinktcp_run (data, size, SIZE_MAX, max_frame_size);
  FUZZ_CHECK (whole == fuzz_molinktcp_run (data, size, 1, max_frame_size));
  FUZZ_CHECK (whole == fuzz_molinktcp_run (data, size, 1 + mode,
          max_frame_size));
  FUZZ_CHECK (whole == fuzz_molinktcp_run (data, size, 1 + size / 2,
          max_frame_size));
  return 0;
}
