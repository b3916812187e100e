/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The first byte is the mode: how many datagrams arrive at once, whether frames
 * that are given up are wanted, how large frames may be. Then datagrams: one byte of
 * length, one of time since the one before, the bytes. */

#include "fuzz.h"

#include "wire/molinkframe.h"

#include <stdlib.h>
#include <string.h>

enum
{
  FUZZ_BATCH = 16,
  FUZZ_DROPPED = FUZZ_BATCH * 4
};

typedef struct
{
  const uint8_t *bytes;
  size_t size;
} FuzzBytes;

static MolinkFrames core;
static uint64_t now;

/* Memory of the slots, of just the size that was wanted, and what must outlive
 * the batch. */
static uint8_t *memory[MOLINK_N_SLOTS];
static uint8_t *dropped[FUZZ_DROPPED];
static size_t n_dropped;

/* What was added to the frame of each slot. */
static FuzzBytes model[MOLINK_N_SLOTS][MOLINK_MAX_FRAGMENTS];
static uint32_t n_model[MOLINK_N_SLOTS];

static void
fuzz_molink_check_frame (const MolinkFrame * frame)
{
  const uint8_t *data = memory[frame->slot];
  size_t at = 0;

  FUZZ_CHECK (frame->slot < MOLINK_N_SLOTS && frame->size > 0);
  FUZZ_CHECK (frame->size <= core.max_frame_size);
  FUZZ_CHECK (core.slots[frame->slot].data == NULL);
  FUZZ_CHECK (frame->complete || core.want_incomplete);
  FUZZ_CHECK (frame->begin_time <= frame->end_time && frame->end_time <= now);
  FUZZ_CHECK (!frame->complete || frame->n_lost == 0);
  for (uint32_t i = 0; frame->complete && i < n_model[frame->slot]; i++) {
    const FuzzBytes *piece = &model[frame->slot][i];

    FUZZ_CHECK (piece->bytes && piece->size <= frame->size - at);
    FUZZ_CHECK (memcmp (data + at, piece->bytes, piece->size) == 0);
    at += piece->size;
  }
  FUZZ_CHECK (!frame->complete || at == frame->size);
  (void) fuzz_digest (0, data, frame->size);
}

static void
fuzz_molink_drain (void)
{
  MolinkFrame frame;
  unsigned n_frames, n_lost;

  while (molink_frames_next (&core, now, &frame, &n_frames, &n_lost)) {
    fuzz_molink_check_frame (&frame);
    FUZZ_CHECK (n_dropped < FUZZ_DROPPED);
    dropped[n_dropped++] = memory[frame.slot];
    memory[frame.slot] = NULL;
  }
  FUZZ_CHECK (molink_frames_deadline (&core) > now);
}

static unsigned
fuzz_molink_give (unsigned slot, size_t need)
{
  const MolinkSlot *wanting = &core.slots[slot];
  uint8_t *given;

  FUZZ_CHECK (slot < MOLINK_N_SLOTS && need > wanting->capacity);
  FUZZ_CHECK (need <= 2 * (size_t) core.max_frame_size);
  FUZZ_CHECK (wanting->data == memory[slot]);
  given = malloc (need);
  FUZZ_CHECK (given);
  memset (given, 0x5a, need);
  if (memory[slot]) {
    memcpy (given, memory[slot], wanting->capacity);
    FUZZ_CHECK (n_dropped < FUZZ_DROPPED);
    dropped[n_dropped++] = memory[slot];
  }
  memory[slot] = given;
  molink_frames_give (&core, slot, given, need);
  return slot;
}

/* payload is where it lies now, bytes where it stands in the input. */
static void
fuzz_molink_add (const MolinkFragment * fragment, const uint8_t * payload,
    const uint8_t * bytes)
{
  unsigned events, slot = MOLINK_N_SLOTS;
  size_t need = 0;

  events = molink_frames_add (&core, fragment, payload, now, &slot, &need);
  if (events == MOLINK_WANTS_MEMORY) {
    fuzz_molink_give (slot, need);
    events = molink_frames_add (&core, fragment, payload, now, &slot, &need);
    FUZZ_CHECK (events & MOLINK_ADDED);
  }
  FUZZ_CHECK (events == MOLINK_DUPLICATE || events == MOLINK_LATE ||
      events == MOLINK_REFUSED || (events & MOLINK_ADDED));
  if (events & MOLINK_ADDED) {
    const unsigned current = core.current;

    if (events & MOLINK_BEGIN) {
      memset (model[current], 0, sizeof model[current]);
      n_model[current] = 0;
    }
    FUZZ_CHECK (!model[current][fragment->index].bytes);
    model[current][fragment->index].bytes = bytes;
    model[current][fragment->index].size = fragment->n_bytes;
    if (fragment->index >= n_model[current])
      n_model[current] = fragment->index + 1;
  }
  fuzz_molink_drain ();
}

/* Predicted places are inside what the slots have, and not in use. */
static unsigned
fuzz_molink_predict (MolinkPlace * places)
{
  unsigned n = molink_frames_predict (&core, places, FUZZ_BATCH);

  FUZZ_CHECK (n <= FUZZ_BATCH);
  for (unsigned i = 0; i < n; i++) {
    unsigned slot = 0;

    FUZZ_CHECK (places[i].size > 0);
    while (slot < MOLINK_N_SLOTS && !(memory[slot] &&
            places[i].data >= memory[slot] && places[i].data < memory[slot] +
            core.slots[slot].capacity))
      slot++;
    FUZZ_CHECK (slot < MOLINK_N_SLOTS);
    FUZZ_CHECK (places[i].size <= core.slots[slot].capacity -
        (size_t) (places[i].data - memory[slot]));
    memset (places[i].data, 0xee, places[i].size);
  }
  return n;
}

static void
fuzz_molink_batch (const MolinkFragment * fragments,
    const uint8_t * const *payloads, unsigned n)
{
  MolinkPlace places[FUZZ_BATCH];
  const uint8_t *at[FUZZ_BATCH];
  uint8_t *copies[FUZZ_BATCH];
  unsigned n_places = fuzz_molink_predict (places), n_in_place = 0;

  for (unsigned i = 0; i < n && i < n_places; i++)
    memcpy (places[i].data, payloads[i],
        fragments[i].n_bytes < places[i].size ? fragments[i].n_bytes :
        places[i].size);
  for (unsigned i = 0; i < n; i++) {
    const uint8_t *where = molink_frames_where (&core, &fragments[i]);

    copies[i] = NULL;
    if (n_in_place == i && i < n_places && where == places[i].data &&
        fragments[i].n_bytes <= places[i].size) {
      at[i] = places[i].data;
      n_in_place++;
      continue;
    }
    copies[i] = malloc (fragments[i].n_bytes);
    FUZZ_CHECK (copies[i]);
    memcpy (copies[i], payloads[i], fragments[i].n_bytes);
    at[i] = copies[i];
  }
  for (unsigned i = 0; i < n; i++)
    fuzz_molink_add (&fragments[i], at[i], payloads[i]);

  for (unsigned i = 0; i < n; i++)
    free (copies[i]);
  while (n_dropped > 0)
    free (dropped[--n_dropped]);
}

static bool
fuzz_molink_parse (const uint8_t * data, size_t size, MolinkFragment * fragment,
    const uint8_t ** ret_payload)
{
  MolinkVariant variant = molink_probe (data, size);
  const size_t head = variant == MOLINK_VARIANT_B ?
      (size_t) MOLINK_B_HEADER_SIZE : (size_t) MOLINK_A_HEADER_SIZE;
  double degrees;
  uint16_t axes[3];

  if (variant == MOLINK_VARIANT_C) {
    if (molink_parse (variant, data, size, size, fragment) == MOLINK_OK)
      FUZZ_CHECK (molink_inverted_index (fragment->frame_id,
              fragment->frame_size) < fragment->frame_size);
    return false;
  }
  if (molink_parse (variant, data, size < head ? size : head, size,
          fragment) != MOLINK_OK)
    return false;
  FUZZ_CHECK (fragment->n_bytes > 0 && fragment->n_bytes <= size - head);
  FUZZ_CHECK (fragment->n_bytes <= fragment->frame_size);
  FUZZ_CHECK (fragment->index < MOLINK_MAX_FRAGMENTS);
  if (molink_angle (fragment->motion, &degrees, axes))
    FUZZ_CHECK (degrees >= 0.0 && degrees < 360.0 && axes[0] < 1024);
  *ret_payload = data + head;
  return true;
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  MolinkFragment fragments[FUZZ_BATCH];
  const uint8_t *payloads[FUZZ_BATCH];
  unsigned n = 0, batch;
  size_t at = 1;

  if (size < 1)
    return 0;
  batch = 1 + (data[0] & (FUZZ_BATCH - 1));
  molink_frames_init (&core);
  core.want_incomplete = data[0] & 0x10;
  core.max_frame_size = data[0] & 0x20 ? 64 : 65536;
  now = 0;
  while (size - at >= 2) {
    size_t length = data[at] < size - at - 2 ? data[at] : size - at - 2;

    /* up to the time-out of a frame, and then some */
    now += (uint64_t) data[at + 1] * data[at + 1] * UINT64_C (10000);
    at += 2;
    if (fuzz_molink_parse (data + at, length, &fragments[n], &payloads[n]))
      n++;
    at += length;
    if (n == batch) {
      fuzz_molink_batch (fragments, payloads, n);
      n = 0;
    }
  }
  fuzz_molink_batch (fragments, payloads, n);
  now += core.timeout;
  fuzz_molink_drain ();
  FUZZ_CHECK (molink_frames_deadline (&core) == MOLINK_TIME_NONE);

  while (n_dropped > 0)
    free (dropped[--n_dropped]);
  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++) {
    free (memory[i]);
    memory[i] = NULL;
  }
  return 0;
}
