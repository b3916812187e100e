/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/molinkframe.h"

#include "wire/bytes.h"

#define MOLINK_FRAMES_MILLISECOND UINT64_C (1000000)
/* Serials start here, so that frames older than the first have one too. */
#define MOLINK_FRAMES_FIRST_SERIAL (UINT64_C (1) << 40)

enum
{
  MOLINK_FRAMES_MAX_SIZE = 4 << 20,
  MOLINK_FRAMES_SIZE_LIMIT = 1 << 30,   /* twice that has room in 32 bits */
  MOLINK_FRAMES_MAX_BACK = 8    /* ids that go back further are a new order: the camera was restarted */
};

_Static_assert (sizeof (MolinkFrames) <= 136 * 1024, "most of it the pieces");

void
molink_frames_init (MolinkFrames * self)
{
  memset (self, 0, sizeof *self);
  self->max_frame_size = MOLINK_FRAMES_MAX_SIZE;
  self->timeout = 500 * MOLINK_FRAMES_MILLISECOND;
  self->patience = 20 * MOLINK_FRAMES_MILLISECOND;
  molink_frames_reset (self);
}

void
molink_frames_reset (MolinkFrames * self)
{
  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++)
    self->slots[i].used = false;
  /* so the next fragment begins anew */
  self->variant = MOLINK_VARIANT_UNKNOWN;
  self->discont = true;
  self->n_dropped = 0;
  self->n_lost = 0;
}

static uint64_t
molink_frames_elapsed (uint64_t now, uint64_t since)
{
  return now > since ? now - since : 0;
}

static uint64_t
molink_frames_later (uint64_t time, uint64_t duration)
{
  return duration < MOLINK_TIME_NONE - time ? time + duration :
      MOLINK_TIME_NONE;
}

/* FNV-1a: tells fragments of different frames apart. */
static uint64_t
molink_frames_digest (const uint8_t * data, size_t size)
{
  uint64_t digest = UINT64_C (0xcbf29ce484222325);

  for (size_t i = 0; i < size; i++)
    digest = (digest ^ data[i]) * UINT64_C (0x100000001b3);
  return digest;
}

static bool
molink_frames_has (const MolinkSlot * slot, uint32_t index)
{
  return slot->received[index / 32] >> index % 32 & 1;
}

static bool
molink_frames_is_older (const MolinkSlot * a, const MolinkSlot * b)
{
  return a->serial < b->serial ||
      (a->serial == b->serial && a->arrival < b->arrival);
}

/* Index of the oldest frame, or MOLINK_N_SLOTS. */
static unsigned
molink_frames_oldest (const MolinkFrames * self)
{
  unsigned oldest = MOLINK_N_SLOTS;

  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++)
    if (self->slots[i].used && (oldest == MOLINK_N_SLOTS ||
            molink_frames_is_older (&self->slots[i], &self->slots[oldest])))
      oldest = i;
  return oldest;
}

/* Index of the frame that a fragment belongs to, the youngest of several, or
 * MOLINK_N_SLOTS. */
static unsigned
molink_frames_find (const MolinkFrames * self, const MolinkFragment * fragment)
{
  unsigned found = MOLINK_N_SLOTS;

  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++) {
    const MolinkSlot *slot = &self->slots[i];

    if (slot->used && !slot->broken && slot->frame_id == fragment->frame_id &&
        slot->frame_size == fragment->frame_size &&
        (found == MOLINK_N_SLOTS ||
            molink_frames_is_older (&self->slots[found], slot)))
      found = i;
  }
  return found;
}

/* Index of the slot that the next frame gets, or MOLINK_N_SLOTS. */
static unsigned
molink_frames_vacant (const MolinkFrames * self)
{
  unsigned vacant = MOLINK_N_SLOTS;

  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++) {
    if (self->slots[i].used)
      continue;
    if (self->slots[i].data)
      return i;
    if (vacant == MOLINK_N_SLOTS)
      vacant = i;
  }
  return vacant;
}

/* Fragments known to be missing. */
static uint32_t
molink_frames_count_lost (const MolinkSlot * slot)
{
  uint32_t n = slot->n_fragments;

  if (slot->complete || slot->n_received == 0)
    return 0;
  if (n == 0 && slot->chunk_size > 0 && !slot->ragged)
    n = (slot->frame_size - 1) / slot->chunk_size + 1;
  /* or one at least behind those that came */
  if (n == 0)
    n = slot->highest + 1 + (slot->n_received == slot->highest + 1);
  return n > slot->n_received ? n - slot->n_received : 0;
}

/* The frame is gone, but pieces of it may still come. */
static void
molink_frames_forget (MolinkFrames * self, MolinkSlot * slot, uint64_t now)
{
  MolinkPast *past = &self->past[self->next_past];

  self->next_past = (self->next_past + 1) % MOLINK_N_PAST;
  past->known = true;
  past->complete = slot->complete;
  past->has_first = slot->n_received > 0 && molink_frames_has (slot, 0);
  past->frame_id = slot->frame_id;
  past->frame_size = slot->frame_size;
  past->digest = slot->digest;
  past->time = now;
  if (slot->serial > self->reference_serial) {
    self->reference_serial = slot->serial;
    self->reference_id = slot->frame_id;
  }
  slot->used = false;
}

static void
molink_frames_drop (MolinkFrames * self, MolinkSlot * slot, uint64_t now)
{
  if (slot->n_received > 0) {
    self->n_dropped++;
    self->n_lost += molink_frames_count_lost (slot);
    self->discont = true;
  }
  molink_frames_forget (self, slot, now);
}

static const MolinkPast *
molink_frames_find_past (const MolinkFrames * self,
    const MolinkFragment * fragment, uint64_t now)
{
  /* the last that left first */
  for (unsigned i = MOLINK_N_PAST; i > 0; i--) {
    const MolinkPast *past =
        &self->past[(self->next_past + i - 1) % MOLINK_N_PAST];

    if (past->known && past->frame_id == fragment->frame_id &&
        past->frame_size == fragment->frame_size &&
        molink_frames_elapsed (now, past->time) <= self->timeout)
      return past;
  }
  return NULL;
}

/* The id without wrapping: the serial next to the reference that has it. */
static uint64_t
molink_frames_unwrap (const MolinkFrames * self, uint32_t id)
{
  const uint32_t difference = id - self->reference_id;

  if (self->variant == MOLINK_VARIANT_A)
    return self->reference_serial + (difference & 0x7f) - (difference & 0x80);
  return self->reference_serial + (difference & INT32_MAX) -
      (difference & UINT32_C (0x80000000));
}

/* Ids begin anew with this one. */
static uint64_t
molink_frames_restart (MolinkFrames * self, uint32_t id)
{
  /* one is left out, so that it comes out as discont */
  self->newest_serial += 2;
  self->reference_id = id;
  self->reference_serial = self->newest_serial;
  return self->reference_serial;
}

/* Whether a fragment that belongs to no frame at hand begins one: 0, and where
 * that stands in the order; or DUPLICATE or LATE. */
static unsigned
molink_frames_judge (MolinkFrames * self, const MolinkFragment * fragment,
    uint64_t digest, uint64_t now, uint64_t * ret_serial)
{
  const MolinkPast *past = molink_frames_find_past (self, fragment, now);
  uint64_t serial;

  /* The first fragment with other bytes begins a frame whose id is used again. */
  if (past && !(fragment->index == 0 && past->has_first &&
          past->digest != digest))
    return past->complete ? MOLINK_DUPLICATE : MOLINK_LATE;

  serial = molink_frames_unwrap (self, fragment->frame_id);
  if (serial < self->out_serial) {
    const bool idle =
        molink_frames_elapsed (now, self->last_time) > self->timeout;

    if (!idle && (fragment->index > 0 ||
            self->out_serial - serial <= MOLINK_FRAMES_MAX_BACK))
      return MOLINK_LATE;
    serial = molink_frames_restart (self, fragment->frame_id);
  }
  *ret_serial = serial;
  return 0;
}

/* Index of the slot where a frame was begun, or MOLINK_N_SLOTS: all are taken by
 * younger ones. */
static unsigned
molink_frames_begin (MolinkFrames * self, const MolinkFragment * fragment,
    uint64_t serial, uint64_t now)
{
  unsigned index = molink_frames_vacant (self);
  MolinkSlot *slot;

  if (index == MOLINK_N_SLOTS) {
    index = molink_frames_oldest (self);
    if (serial < self->slots[index].serial)
      return MOLINK_N_SLOTS;
    molink_frames_drop (self, &self->slots[index], now);
  }

  slot = &self->slots[index];
  slot->used = true;
  slot->complete = false;
  slot->broken = false;
  slot->ragged = false;
  slot->plain = fragment->plain;
  slot->frame_id = fragment->frame_id;
  slot->frame_size = fragment->frame_size;
  slot->chunk_size = 0;
  slot->n_fragments = 0;
  slot->n_received = 0;
  slot->n_bytes = 0;
  slot->highest = 0;
  slot->latest = 0;
  slot->motion = 0;
  slot->digest = 0;
  slot->begin_time = now;
  slot->last_time = now;
  slot->serial = serial;
  slot->arrival = self->n_arrivals++;
  memset (slot->received, 0, sizeof slot->received);
  if (serial > self->newest_serial)
    self->newest_serial = serial;
  return index;
}

/* Index of the slot for a fragment, or MOLINK_N_SLOTS and why not. */
static unsigned
molink_frames_open (MolinkFrames * self, const MolinkFragment * fragment,
    uint64_t digest, uint64_t now, unsigned *ret_events)
{
  unsigned index = molink_frames_find (self, fragment);
  uint64_t serial;

  if (index == MOLINK_N_SLOTS) {
    unsigned events = molink_frames_judge (self, fragment, digest, now,
        &serial);

    if (events) {
      *ret_events = events;
      return MOLINK_N_SLOTS;
    }
  } else {
    MolinkSlot *slot = &self->slots[index];

    if (!molink_frames_has (slot, fragment->index))
      return index;
    if (fragment->index > 0 || slot->digest == digest) {
      *ret_events = MOLINK_DUPLICATE;
      return MOLINK_N_SLOTS;
    }
    /* other bytes begin a frame of the same id and size */
    slot->broken = !slot->complete;
    serial = slot->serial;
  }
  index = molink_frames_begin (self, fragment, serial, now);
  if (index == MOLINK_N_SLOTS)
    *ret_events = MOLINK_LATE;
  return index;
}

/* Whether the fragment is as long as its index and the others of its frame
 * want it, all but the last being of one size, which is 0 while it is not known. */
static bool
molink_frames_fits (const MolinkFragment * fragment, uint32_t chunk_size,
    uint32_t * ret_chunk_size)
{
  const uint32_t n = fragment->n_bytes;
  uint64_t end;

  if (chunk_size == 0 && (!fragment->last || fragment->index == 0))
    chunk_size = n;
  else if (chunk_size == 0)
    chunk_size = (fragment->frame_size - n) / fragment->index;
  end = (uint64_t) fragment->index * chunk_size + n;
  if (n > chunk_size || end > fragment->frame_size)
    return false;
  if ((n < chunk_size || fragment->last) && end < fragment->frame_size)
    return false;
  *ret_chunk_size = chunk_size;
  return true;
}

static bool
molink_frames_contradicts (const MolinkSlot * slot,
    const MolinkFragment * fragment)
{
  const uint32_t n = slot->n_fragments;

  return (n > 0 && (fragment->index >= n || fragment->last)) ||
      (fragment->last && slot->n_received > 0 &&
      fragment->index < slot->highest) ||
      fragment->n_bytes > slot->frame_size - slot->n_bytes;
}

/* Moves what was placed by index behind the room for the frame, from where it
 * is put in order when the frame leaves. */
static void
molink_frames_make_ragged (MolinkSlot * slot)
{
  uint32_t end = slot->frame_size;

  slot->ragged = true;
  for (uint32_t i = 0; slot->n_received > 0 && i <= slot->highest; i++) {
    MolinkPiece *piece = &slot->pieces[i];

    if (!molink_frames_has (slot, i))
      continue;
    memcpy (slot->data + end, slot->data + piece->offset, piece->n_bytes);
    piece->offset = end;
    end += piece->n_bytes;
  }
}

static unsigned
molink_frames_place (MolinkSlot * slot, const MolinkFragment * fragment,
    const uint8_t * payload)
{
  const uint32_t index = fragment->index;
  MolinkPiece *piece = &slot->pieces[index];
  unsigned events = MOLINK_ADDED;

  piece->n_bytes = fragment->n_bytes;
  piece->offset = slot->ragged ? slot->frame_size + slot->n_bytes :
      index * slot->chunk_size;
  if (payload != slot->data + piece->offset)
    memmove (slot->data + piece->offset, payload, piece->n_bytes);

  slot->received[index / 32] |= UINT32_C (1) << index % 32;
  if (slot->n_received == 0)
    events |= MOLINK_BEGIN;
  else if (index < slot->highest)
    events |= MOLINK_REORDERED;
  if (index > slot->highest)
    slot->highest = index;
  if (fragment->last)
    slot->n_fragments = index + 1;
  if (fragment->motion != 0)
    slot->motion = fragment->motion;
  slot->latest = index;
  slot->n_received++;
  slot->n_bytes += fragment->n_bytes;

  /* by the bytes: not all cameras mark the last one */
  if (slot->n_bytes == slot->frame_size) {
    slot->complete = slot->n_received == slot->highest + 1;
    slot->broken = !slot->complete;
  } else {
    slot->broken = slot->n_received == slot->n_fragments;
  }
  return slot->complete ? events | MOLINK_COMPLETED : events;
}

/* What no frame may have. */
static bool
molink_frames_is_possible (const MolinkFrames * self,
    const MolinkFragment * fragment)
{
  return fragment->variant != MOLINK_VARIANT_UNKNOWN &&
      fragment->index < MOLINK_MAX_FRAGMENTS && fragment->n_bytes > 0 &&
      fragment->n_bytes <= fragment->frame_size &&
      fragment->frame_size <= self->max_frame_size &&
      fragment->frame_size <= MOLINK_FRAMES_SIZE_LIMIT;
}

/* Ids of another variant have nothing to do with those that were. */
static void
molink_frames_set_variant (MolinkFrames * self,
    const MolinkFragment * fragment, uint64_t now)
{
  if (fragment->variant == self->variant)
    return;
  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++)
    if (self->slots[i].used)
      molink_frames_drop (self, &self->slots[i], now);
  memset (self->past, 0, sizeof self->past);
  self->variant = fragment->variant;
  self->discont = true;
  self->reference_id = fragment->frame_id;
  self->reference_serial = MOLINK_FRAMES_FIRST_SERIAL;
  self->newest_serial = MOLINK_FRAMES_FIRST_SERIAL;
  self->out_serial = 0;
}

unsigned
molink_frames_add (MolinkFrames * self, const MolinkFragment * fragment,
    const uint8_t * payload, uint64_t now, unsigned *ret_slot, size_t *ret_need)
{
  uint64_t digest = 0;
  uint32_t chunk_size = 0;
  unsigned index, events = 0;
  MolinkSlot *slot;
  bool fits;
  size_t need;

  if (!molink_frames_is_possible (self, fragment))
    return MOLINK_REFUSED;
  molink_frames_set_variant (self, fragment, now);
  if (fragment->index == 0)
    digest = molink_frames_digest (payload, fragment->n_bytes);
  index = molink_frames_open (self, fragment, digest, now, &events);
  if (index == MOLINK_N_SLOTS)
    return events;
  slot = &self->slots[index];
  if (molink_frames_contradicts (slot, fragment))
    return MOLINK_REFUSED;

  fits = !slot->ragged && molink_frames_fits (fragment, slot->chunk_size,
      &chunk_size);
  need = (size_t) slot->frame_size * (fits ? 1 : 2);
  if (slot->capacity < need) {
    *ret_slot = index;
    *ret_need = need;
    return MOLINK_WANTS_MEMORY;
  }
  if (!fits && !slot->ragged)
    molink_frames_make_ragged (slot);
  if (fits && slot->chunk_size == 0) {
    slot->chunk_size = chunk_size;
    if (chunk_size < slot->frame_size)
      self->chunk_size = chunk_size;
  }
  if (fragment->index == 0)
    slot->digest = digest;
  slot->last_time = now;
  self->last_time = now;
  self->current = index;
  return molink_frames_place (slot, fragment, payload);
}

void
molink_frames_give (MolinkFrames * self, unsigned slot, uint8_t * data,
    size_t capacity)
{
  MolinkSlot *given;

  if (slot >= MOLINK_N_SLOTS)
    return;
  given = &self->slots[slot];
  given->data = data;
  given->capacity = data ? capacity : 0;
  if (given->used && given->n_received > 0 &&
      given->capacity / (given->ragged ? 2 : 1) < given->frame_size)
    molink_frames_drop (self, given, given->last_time);
}

/* Whether a younger frame waits for this one. */
static bool
molink_frames_is_awaited (const MolinkFrames * self, const MolinkSlot * slot)
{
  for (unsigned i = 0; i < MOLINK_N_SLOTS; i++)
    if (self->slots[i].used && self->slots[i].complete &&
        molink_frames_is_older (slot, &self->slots[i]))
      return true;
  return false;
}

/* When the oldest frame leaves, whatever arrives. */
static uint64_t
molink_frames_due (const MolinkFrames * self, const MolinkSlot * slot)
{
  uint64_t due;

  if (slot->complete || slot->broken)
    return 0;
  due = molink_frames_later (slot->begin_time, self->timeout);
  if (molink_frames_is_awaited (self, slot)) {
    uint64_t over = molink_frames_later (slot->last_time, self->patience);

    if (over < due)
      due = over;
  }
  return due;
}

/* Puts the frame into order at the start of its memory, with zeros for what is
 * missing. Where fragments are of unequal size that is behind the rest, for
 * want of knowing where. */
static void
molink_frames_finish (MolinkSlot * slot)
{
  uint32_t end = 0;

  for (uint32_t i = 0; i <= slot->highest; i++) {
    const MolinkPiece *piece = &slot->pieces[i];

    if (!molink_frames_has (slot, i))
      continue;
    if (slot->ragged) {
      memcpy (slot->data + end, slot->data + piece->offset, piece->n_bytes);
      end += piece->n_bytes;
    } else {
      memset (slot->data + end, 0, piece->offset - end);
      end = piece->offset + piece->n_bytes;
    }
  }
  memset (slot->data + end, 0, slot->frame_size - end);
}

static void
molink_frames_leave (MolinkFrames * self, unsigned index, uint64_t now,
    MolinkFrame * ret_frame)
{
  MolinkSlot *slot = &self->slots[index];

  molink_frames_finish (slot);
  ret_frame->slot = index;
  ret_frame->complete = slot->complete;
  ret_frame->discont = self->discont || slot->serial > self->out_serial + 1;
  ret_frame->plain = slot->plain;
  ret_frame->frame_id = slot->frame_id;
  ret_frame->size = slot->frame_size;
  ret_frame->motion = slot->motion;
  ret_frame->n_lost = molink_frames_count_lost (slot);
  ret_frame->begin_time = slot->begin_time;
  ret_frame->end_time = slot->last_time;

  self->discont = false;
  self->out_serial = slot->serial;
  molink_frames_forget (self, slot, now);
  slot->data = NULL;
  slot->capacity = 0;
}

bool
molink_frames_next (MolinkFrames * self, uint64_t now,
    MolinkFrame * ret_frame, unsigned *ret_n_dropped, unsigned *ret_n_lost)
{
  bool found = false;

  while (!found) {
    unsigned index = molink_frames_oldest (self);
    MolinkSlot *slot;

    if (index == MOLINK_N_SLOTS ||
        now < molink_frames_due (self, &self->slots[index]))
      break;
    slot = &self->slots[index];
    found = slot->complete || (self->want_incomplete && slot->n_received > 0);
    if (found)
      molink_frames_leave (self, index, now, ret_frame);
    else
      molink_frames_drop (self, slot, now);
  }
  *ret_n_dropped = self->n_dropped;
  *ret_n_lost = self->n_lost;
  self->n_dropped = 0;
  self->n_lost = 0;
  return found;
}

uint64_t
molink_frames_deadline (const MolinkFrames * self)
{
  unsigned index = molink_frames_oldest (self);

  return index < MOLINK_N_SLOTS ?
      molink_frames_due (self, &self->slots[index]) : MOLINK_TIME_NONE;
}

unsigned
molink_frames_predict (const MolinkFrames * self, MolinkPlace * ret_places,
    unsigned max)
{
  const MolinkSlot *slot = &self->slots[self->current];
  unsigned n = 0, vacant = molink_frames_vacant (self);

  if (slot->used && slot->data && !slot->complete && !slot->broken &&
      !slot->ragged && slot->chunk_size > 0 &&
      slot->capacity >= slot->frame_size)
    for (uint32_t i = slot->latest + 1; n < max && i < MOLINK_MAX_FRAGMENTS &&
        (uint64_t) i * slot->chunk_size < slot->frame_size; i++) {
      const uint32_t offset = i * slot->chunk_size;
      const uint32_t rest = slot->frame_size - offset;

      if (molink_frames_has (slot, i))
        continue;
      ret_places[n].data = slot->data + offset;
      ret_places[n++].size = rest < slot->chunk_size ? rest : slot->chunk_size;
    }
  if (vacant == MOLINK_N_SLOTS || self->chunk_size == 0)
    return n;
  slot = &self->slots[vacant];
  for (size_t i = 0; n < max && i < MOLINK_MAX_FRAGMENTS &&
      wire_has (slot->capacity, i * self->chunk_size, self->chunk_size); i++) {
    ret_places[n].data = slot->data + i * self->chunk_size;
    ret_places[n++].size = self->chunk_size;
  }
  return n;
}

const uint8_t *
molink_frames_where (const MolinkFrames * self, const MolinkFragment * fragment)
{
  unsigned index = molink_frames_find (self, fragment);
  const MolinkSlot *slot;
  uint32_t chunk_size = 0;

  if (!molink_frames_is_possible (self, fragment))
    return NULL;
  if (index < MOLINK_N_SLOTS) {
    slot = &self->slots[index];
    chunk_size = slot->chunk_size;
    if (slot->ragged || molink_frames_has (slot, fragment->index) ||
        molink_frames_contradicts (slot, fragment))
      return NULL;
  } else {
    index = molink_frames_vacant (self);
    if (index == MOLINK_N_SLOTS)
      return NULL;
    slot = &self->slots[index];
  }
  if (slot->capacity < fragment->frame_size ||
      !molink_frames_fits (fragment, chunk_size, &chunk_size))
    return NULL;
  return slot->data + (size_t) fragment->index * chunk_size;
}
