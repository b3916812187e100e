/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/molinktcp.h"

#include "wire/bytes.h"

enum
{
  MOLINK_TCP_BOUNDARY = 9,
  MOLINK_TCP_SOI = 3,           /* FF D8, and the FF of the next marker */
  MOLINK_TCP_MAX_STRAY = 16,    /* bytes between the end by size and the boundary */
  MOLINK_TCP_BARE_MEMORY = 64 * 1024,
  MOLINK_TCP_MAX_SIZE = 4 << 20
};

static const uint8_t molink_tcp_start[MOLINK_TCP_BOUNDARY] = "BoundaryS";
static const uint8_t molink_tcp_end[MOLINK_TCP_BOUNDARY] = "BoundaryE";
static const uint8_t molink_tcp_soi[MOLINK_TCP_SOI] = { 0xff, 0xd8, 0xff };

void
molink_tcp_init (MolinkTcp * self)
{
  memset (self, 0, sizeof *self);
  self->max_frame_size = MOLINK_TCP_MAX_SIZE;
}

void
molink_tcp_reset (MolinkTcp * self)
{
  self->state = MOLINK_TCP_SEARCH;
  self->n_bytes = 0;
  self->n_held = 0;
  self->seen_boundary = false;
  self->skipping = false;
}

/* Whether what is held, up to the length of the pattern, begins the pattern. */
static bool
molink_tcp_begins (const MolinkTcp * self, const uint8_t * pattern, size_t size)
{
  return memcmp (self->held, pattern,
      self->n_held < size ? self->n_held : size) == 0;
}

/* Drops bytes held up to one that may begin a frame, and sets the state by what
 * is left. */
static unsigned
molink_tcp_search (MolinkTcp * self)
{
  unsigned events = 0;

  self->state = MOLINK_TCP_SEARCH;
  while (self->n_held > 0) {
    const bool boundary = molink_tcp_begins (self, molink_tcp_start,
        MOLINK_TCP_BOUNDARY);
    const bool soi = !self->seen_boundary &&
        molink_tcp_begins (self, molink_tcp_soi, MOLINK_TCP_SOI);

    if (boundary || soi) {
      if (boundary && self->n_held >= MOLINK_TCP_BOUNDARY)
        self->state = MOLINK_TCP_HEADER;
      if (soi && self->n_held >= MOLINK_TCP_SOI)
        self->state = MOLINK_TCP_BARE;
      break;
    }
    self->n_held--;
    memmove (self->held, self->held + 1, self->n_held);
    /* once for all that is skipped in a row */
    if (!self->skipping)
      events = MOLINK_TCP_SKIPPED;
    self->skipping = true;
  }
  if (self->state != MOLINK_TCP_SEARCH)
    self->skipping = false;
  return events;
}

/* The frame in the making is no frame; what is held may begin one. */
static unsigned
molink_tcp_give_up (MolinkTcp * self)
{
  self->n_skipped++;
  self->n_bytes = 0;
  self->skipping = true;
  (void) molink_tcp_search (self);      /* told by this event */
  return MOLINK_TCP_SKIPPED;
}

/* A frame header is whole, or it begins a JPEG without one. */
static unsigned
molink_tcp_begin (MolinkTcp * self)
{
  MolinkFragment fragment;

  self->n_bytes = 0;
  if (self->state == MOLINK_TCP_BARE) {
    self->walk = 2;
    self->in_scan = false;
    return 0;
  }
  self->seen_boundary = true;
  if (molink_parse (MOLINK_VARIANT_C, self->held, self->n_held, self->n_held,
          &fragment) != MOLINK_OK
      || fragment.frame_size > self->max_frame_size) {
    /* not the same boundary again */
    self->n_held--;
    memmove (self->held, self->held + 1, self->n_held);
    return molink_tcp_give_up (self);
  }
  self->coming_id = fragment.frame_id;
  self->coming_size = fragment.frame_size;
  self->n_held = 0;
  self->state = MOLINK_TCP_PAYLOAD;
  return 0;
}

static unsigned
molink_tcp_finish (MolinkTcp * self, bool bare)
{
  self->bare = bare;
  self->frame_id = bare ? 0 : self->coming_id;
  self->size = bare ? (uint32_t) self->n_bytes : self->coming_size;
  self->n_bytes = 0;
  self->n_held = 0;
  self->state = MOLINK_TCP_SEARCH;
  return MOLINK_TCP_FRAME;
}

/* One byte of what stands between payloads. */
static unsigned
molink_tcp_hold (MolinkTcp * self, uint8_t byte)
{
  unsigned events = 0;

  self->held[self->n_held++] = byte;
  if (self->state == MOLINK_TCP_SEARCH)
    events = molink_tcp_search (self);
  if (self->state == MOLINK_TCP_BARE || (self->state == MOLINK_TCP_HEADER &&
          self->n_held == MOLINK_C_HEADER_SIZE))
    events |= molink_tcp_begin (self);
  return events;
}

/* One byte of what stands behind a payload: the boundary, after a few stray bytes
 * at most. */
static unsigned
molink_tcp_hold_end (MolinkTcp * self, uint8_t byte)
{
  size_t n_stray = 0;

  self->held[self->n_held++] = byte;
  while (n_stray < self->n_held &&
      memcmp (self->held + n_stray, molink_tcp_end,
          self->n_held - n_stray < MOLINK_TCP_BOUNDARY ?
          self->n_held - n_stray : MOLINK_TCP_BOUNDARY) != 0)
    n_stray++;
  if (n_stray > MOLINK_TCP_MAX_STRAY)
    return molink_tcp_give_up (self);
  return self->n_held - n_stray == MOLINK_TCP_BOUNDARY ?
      molink_tcp_finish (self, false) : 0;
}

static size_t
molink_tcp_feed_payload (MolinkTcp * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t n = self->coming_size - self->n_bytes;

  if (self->capacity < self->coming_size) {
    self->need = self->coming_size;
    *ret_events = MOLINK_TCP_WANTS_MEMORY;
    return 0;
  }
  if (n > size)
    n = size;
  if (n > 0)
    memcpy (self->data + self->n_bytes, data, n);
  self->n_bytes += n;
  if (self->n_bytes == self->coming_size)
    self->state = MOLINK_TCP_END;
  return n;
}

/* Passes entropy-coded data of a bare JPEG. Returns false when more is needed. */
static bool
molink_tcp_walk_scan (MolinkTcp * self)
{
  while (self->in_scan && wire_has (self->n_bytes, self->walk, 2)) {
    const uint8_t *p = self->data + self->walk;
    const uint8_t *hit = memchr (p, 0xff, self->n_bytes - 1 - self->walk);

    if (!hit) {
      self->walk = self->n_bytes - 1;
      return false;
    }
    self->walk += (size_t) (hit - p);
    self->in_scan = hit[1] == 0 || (hit[1] >= 0xd0 && hit[1] <= 0xd7);
    if (self->in_scan)
      self->walk += 2;
  }
  return !self->in_scan;
}

/* Walks the markers of a bare JPEG from where it stands. Returns false when more
 * is needed; else *ret_good says whether the picture ends at *ret_end, or that is
 * the first byte that cannot be of one. It lies in what was added last. */
static bool
molink_tcp_walk (MolinkTcp * self, size_t *ret_end, bool *ret_good)
{
  *ret_good = false;
  while (molink_tcp_walk_scan (self) && self->walk < self->n_bytes) {
    const uint8_t *p = self->data + self->walk;
    size_t length;

    *ret_end = self->walk;
    if (p[0] != 0xff)
      return true;
    if (!wire_has (self->n_bytes, self->walk, 2))
      return false;
    *ret_end = self->walk + 1;
    if (p[1] == 0 || p[1] == 0xd8)
      return true;
    if (p[1] == 0xff || p[1] == 0x01 || (p[1] >= 0xd0 && p[1] <= 0xd7)) {
      self->walk += p[1] == 0xff ? 1 : 2;
      continue;
    }
    *ret_end = self->walk + 2;
    *ret_good = p[1] == 0xd9;
    if (*ret_good)
      return true;
    if (!wire_has (self->n_bytes, self->walk, 4))
      return false;
    length = wire_u16be (p + 2);
    *ret_end = self->walk + 3;
    if (length < 2)
      return true;
    self->in_scan = p[1] == 0xda;
    self->walk += 2 + length;
  }
  return false;
}

/* Memory for more of a picture whose size is not known, or 0: it is too long. */
static size_t
molink_tcp_grow (const MolinkTcp * self)
{
  size_t need = self->capacity < MOLINK_TCP_BARE_MEMORY / 2 ?
      (size_t) MOLINK_TCP_BARE_MEMORY : self->capacity * 2;

  if (need > self->max_frame_size)
    need = self->max_frame_size;
  return need > self->n_bytes + self->n_held ? need : 0;
}

static size_t
molink_tcp_feed_bare (MolinkTcp * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t had, n, end;
  bool good;

  if (self->capacity <= self->n_bytes + self->n_held) {
    self->need = molink_tcp_grow (self);
    *ret_events = MOLINK_TCP_WANTS_MEMORY;
    if (self->need == 0) {
      self->n_held = 0;
      *ret_events = molink_tcp_give_up (self);
    }
    return 0;
  }
  if (self->n_held > 0) {
    memcpy (self->data, self->held, self->n_held);
    self->n_bytes = self->n_held;
    self->n_held = 0;
  }
  had = self->n_bytes;
  n = self->capacity - had;
  if (n > size)
    n = size;
  if (n > 0)
    memcpy (self->data + had, data, n);
  self->n_bytes += n;
  if (!molink_tcp_walk (self, &end, &good))
    return n;
  /* what lies behind was not meant */
  self->n_bytes = end;
  *ret_events = good ? molink_tcp_finish (self, true) :
      molink_tcp_give_up (self);
  return end - had;
}

void
molink_tcp_give (MolinkTcp * self, uint8_t * data, size_t capacity)
{
  self->data = data;
  self->capacity = data ? capacity : 0;
  if (self->capacity < self->n_bytes)
    (void) molink_tcp_give_up (self);
}

size_t
molink_tcp_feed (MolinkTcp * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t at = 0;

  *ret_events = 0;
  while (at < size && *ret_events == 0) {
    switch (self->state) {
      case MOLINK_TCP_PAYLOAD:
        at += molink_tcp_feed_payload (self, data + at, size - at, ret_events);
        break;
      case MOLINK_TCP_BARE:
        at += molink_tcp_feed_bare (self, data + at, size - at, ret_events);
        break;
      case MOLINK_TCP_END:
        *ret_events = molink_tcp_hold_end (self, data[at++]);
        break;
      case MOLINK_TCP_SEARCH:
      case MOLINK_TCP_HEADER:
      default:
        *ret_events = molink_tcp_hold (self, data[at++]);
        break;
    }
  }
  return at;
}
