/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4gps.h"

#include "wire/bytes.h"

#include <string.h>

static const uint8_t mp4scan_magic[] =
    { 'f', 'r', 'e', 'e', 'G', 'P', 'S', ' ' };

enum
{
  MP4SCAN_MAGIC_OFFSET = 4,
  /* a record of GPMF that no track names has the same two letters at the same
   * place: "GP" 06 00, u32 BE length, eight bytes, then the record */
  MP4SCAN_GPMF_OFFSET = 8,
  MP4SCAN_GPMF_LENGTH = 12,
  MP4SCAN_GPMF_HEAD = 24,
  MP4SCAN_GPMF_NEED = 32,       /* bytes that tell whether it is one */
  MP4SCAN_RARE_OFFSET = 4,      /* of the letters of the magic that are looked for */
  MP4SCAN_STRIDE = 256          /* bytes that are searched for them at a time */
};

unsigned
mp4scan_event (DialectVerdict verdict)
{
  switch (verdict) {
    case DIALECT_RECORDS:
      return MP4GPS_RECORDS;
    case DIALECT_NOTHING_NEW:
      return MP4GPS_SILENT;
    case DIALECT_UNREADABLE:
    default:
      return MP4GPS_UNKNOWN;
  }
}

/* Bytes of the record of GPMF whose head begins at data, with the head, or 0:
 * none does. It is one item that fills the length. */
static size_t
mp4scan_get_gpmf (const uint8_t * data, size_t size)
{
  const uint8_t *item = data + MP4SCAN_GPMF_HEAD;
  uint32_t length, filled;

  if (size < MP4SCAN_GPMF_NEED || memcmp (data + MP4SCAN_GPMF_OFFSET,
          "GP\6\0", 4) != 0 || memcmp (item, "DEVC", 4) != 0)
    return 0;
  length = wire_u32be (data + MP4SCAN_GPMF_LENGTH);
  filled = 8 + (uint32_t) item[5] * wire_u16be (item + 6);
  if (length > MP4SCAN_GPMF_MAX - MP4SCAN_GPMF_HEAD || filled > length ||
      length - filled > 16)
    return 0;
  return MP4SCAN_GPMF_HEAD + length;
}

static unsigned
mp4scan_read_gpmf (DialectMemory * memory, const uint8_t * data, size_t size,
    uint64_t offset, Mp4GpsBlock * ret_block)
{
  size_t length = mp4scan_get_gpmf (data, size);

  if (length == 0)
    return 0;
  if (size > length)
    size = length;
  ret_block->offset = offset + MP4SCAN_GPMF_OFFSET;
  ret_block->media_us = -1;
  return mp4scan_event (dialect_read (memory, DIALECT_CARRIER_GPMD,
          data + MP4SCAN_GPMF_HEAD, size - MP4SCAN_GPMF_HEAD,
          &ret_block->dialect, ret_block->records, &ret_block->n_records));
}

unsigned
mp4scan_block (DialectMemory * memory, const uint8_t * data, size_t size,
    uint64_t offset, Mp4GpsBlock * ret_block)
{
  uint32_t block_size;

  if (size < MP4GPS_BLOCK_HEADER || memcmp (data + MP4SCAN_MAGIC_OFFSET,
          mp4scan_magic, sizeof mp4scan_magic) != 0)
    return mp4scan_read_gpmf (memory, data, size, offset, ret_block);
  block_size = wire_u32be (data);
  if (block_size < MP4GPS_BLOCK_MIN || block_size > MP4GPS_BLOCK_MAX)
    return 0;

  if (size > block_size)
    size = block_size;
  if (size > DIALECT_BLOCK_HEAD)
    size = DIALECT_BLOCK_HEAD;
  ret_block->offset = offset;
  ret_block->media_us = -1;
  return mp4scan_event (dialect_read (memory, DIALECT_CARRIER_FREEGPS, data,
          size, &ret_block->dialect, ret_block->records,
          &ret_block->n_records));
}

unsigned
mp4scan_flush (DialectMemory * memory, Mp4GpsBlock * ret_block)
{
  ret_block->media_us = -1;
  return mp4scan_event (dialect_finish (memory, &ret_block->dialect,
          ret_block->records, &ret_block->n_records)) &
      ~(unsigned) MP4GPS_SILENT;
}

void
mp4scan_init (Mp4Scan * self, uint64_t position)
{
  memset (self, 0, sizeof *self);
  self->position = position;
}

void
mp4scan_jump (Mp4Scan * self, uint64_t position)
{
  self->position = position;
  self->n_held = 0;
}

/* Whether the pair of letters that is looked for stands at any of the first
 * MP4SCAN_STRIDE bytes; one byte more is read. Made so that compilers do it with
 * vectors: there is nothing in the loop to leave it for. */
static bool
mp4scan_has_pair (const uint8_t * data)
{
  uint8_t found = 0;

  for (size_t i = 0; i < MP4SCAN_STRIDE; i++)
    found |= (data[i] == mp4scan_magic[MP4SCAN_RARE_OFFSET]) &
        (data[i + 1] == mp4scan_magic[MP4SCAN_RARE_OFFSET + 1]);
  return found != 0;
}

/* Offset of the first block head in data, or size. Looks for two letters first:
 * in compressed video, where all bytes are about as frequent, a single one
 * stands too often, and all eight take longer to compare. */
static size_t
mp4scan_find (const uint8_t * data, size_t size)
{
  const size_t before = MP4SCAN_MAGIC_OFFSET + MP4SCAN_RARE_OFFSET;
  const size_t behind = sizeof mp4scan_magic - MP4SCAN_RARE_OFFSET;
  size_t at = before;

  while (wire_has (size, at, behind)) {
    size_t n = size - behind - at + 1;
    const uint8_t *hit;

    if (n > MP4SCAN_STRIDE) {
      n = MP4SCAN_STRIDE;
      if (!mp4scan_has_pair (data + at)) {
        at += n;
        continue;
      }
    }
    hit = memchr (data + at, mp4scan_magic[MP4SCAN_RARE_OFFSET], n);
    if (!hit) {
      at += n;
      continue;
    }
    if (memcmp (hit - MP4SCAN_RARE_OFFSET, mp4scan_magic,
            sizeof mp4scan_magic) == 0 || memcmp (hit, "GP\6\0", 4) == 0)
      return (size_t) (hit - data) - before;
    at = (size_t) (hit - data) + 1;
  }
  return size;
}

/* How many bytes of the block at data are to be looked at. */
static size_t
mp4scan_need (const uint8_t * data, size_t size)
{
  uint32_t block_size = wire_u32be (data);

  if (memcmp (data + MP4SCAN_MAGIC_OFFSET, mp4scan_magic,
          sizeof mp4scan_magic) != 0) {
    size_t length = mp4scan_get_gpmf (data, size);

    return size < MP4SCAN_GPMF_NEED ? MP4SCAN_GPMF_NEED : length > 0 ? length :
        MP4GPS_BLOCK_HEADER;
  }
  if (block_size < MP4GPS_BLOCK_MIN || block_size > MP4GPS_BLOCK_MAX)
    return MP4GPS_BLOCK_HEADER;
  return block_size < DIALECT_BLOCK_HEAD ? block_size : DIALECT_BLOCK_HEAD;
}

size_t
mp4scan_find_block (const uint8_t * data, size_t size)
{
  size_t at = 0;

  while ((at += mp4scan_find (data + at, size - at)) < size &&
      (mp4scan_get_gpmf (data + at, size - at) > 0 ||
          mp4scan_need (data + at, size - at) == MP4GPS_BLOCK_HEADER))
    at += MP4SCAN_MAGIC_OFFSET + 1;
  return at < size ? at : size;
}

/* Where the search goes on behind the head at data: with the magic of a block,
 * since a head that stands in a picture may hide a true one, but behind a whole
 * record of GPMF. */
static size_t
mp4scan_get_step (const uint8_t * data, size_t size)
{
  size_t length = mp4scan_get_gpmf (data, size);

  if (length == 0)
    return MP4SCAN_MAGIC_OFFSET + 1;
  /* the next one may begin there */
  length -= MP4SCAN_GPMF_OFFSET;
  return length < size ? length : size;
}

static void
mp4scan_drop (Mp4Scan * self, size_t n)
{
  self->n_held -= n;
  memmove (self->held, self->held + n, self->n_held);
}

static size_t
mp4scan_hold (Mp4Scan * self, const uint8_t * data, size_t size)
{
  size_t room = sizeof self->held - self->n_held;

  if (size > room)
    size = room;
  memcpy (self->held + self->n_held, data, size);
  self->n_held += size;
  self->position += size;
  return size;
}

/* Goes through the bytes held; returns events of the first block that is
 * there as a whole, or, at the end of all data, in part. What may become a
 * block stays. */
static unsigned
mp4scan_held (Mp4Scan * self, bool at_end)
{
  const size_t keep = MP4GPS_BLOCK_HEADER - 1;
  unsigned events;
  size_t at;

  while ((at = mp4scan_find (self->held, self->n_held)) < self->n_held) {
    mp4scan_drop (self, at);
    if (!at_end && self->n_held < mp4scan_need (self->held, self->n_held))
      return 0;
    events = mp4scan_block (&self->memory, self->held, self->n_held,
        self->position - self->n_held, &self->block);
    mp4scan_drop (self, mp4scan_get_step (self->held, self->n_held));
    if (events & ~(unsigned) MP4GPS_SILENT)
      return events;
  }
  if (self->n_held > keep)
    mp4scan_drop (self, self->n_held - keep);
  return 0;
}

/* Takes what is needed to finish what is held. */
static size_t
mp4scan_feed_held (Mp4Scan * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t taken = 0;

  while ((*ret_events = mp4scan_held (self, false)) == 0 && taken < size) {
    size_t want = MP4GPS_BLOCK_HEADER - 1;

    if (self->n_held >= MP4GPS_BLOCK_HEADER)
      want = mp4scan_need (self->held, self->n_held) - self->n_held;
    else if (taken >= self->n_held)
      break;                    /* what is held was taken from data */
    if (want > size - taken)
      want = size - taken;
    taken += mp4scan_hold (self, data + taken, want);
  }
  return taken;
}

static size_t
mp4scan_feed_blocks (Mp4Scan * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  const size_t keep = MP4GPS_BLOCK_HEADER - 1;
  size_t taken = 0, at;

  *ret_events = 0;
  if (size == 0)
    data = self->held;          /* may be null */
  if (self->n_held > 0) {
    taken = mp4scan_feed_held (self, data, size, ret_events);
    if (*ret_events || taken == size)
      return taken;
    /* the rest of what is held was read from data: go on there */
    taken -= self->n_held;
    self->position -= self->n_held;
    self->n_held = 0;
  }

  while ((at = mp4scan_find (data + taken, size - taken)) < size - taken) {
    size_t need = mp4scan_need (data + taken + at, size - taken - at);

    if (need > size - taken - at)
      break;
    *ret_events = mp4scan_block (&self->memory, data + taken + at, need,
        self->position + at, &self->block) & ~(unsigned) MP4GPS_SILENT;
    at += mp4scan_get_step (data + taken + at, need);
    taken += at;
    self->position += at;
    if (*ret_events)
      return taken;
  }

  /* a block that is cut off, or what may become one */
  if (at == size - taken)
    at -= at < keep ? at : keep;
  taken += at;
  self->position += at;
  return taken + mp4scan_hold (self, data + taken, size - taken);
}

void
mp4scan_set_stream (Mp4Scan * self, Mp4Stream * stream)
{
  self->stream = stream;
  stream->dialects.options = self->memory.options;
  self->stream_events = 0;
  self->has_fix = false;
}

/* What a box or a track gave. Blocks go before it, as in a file. */
static unsigned
mp4scan_take_stream (Mp4Scan * self)
{
  unsigned events = self->has_fix ? 0 : self->stream_events;

  self->stream_events = 0;
  if (!events)
    return 0;
  self->block.offset = self->stream->offset;
  self->block.media_us = self->stream->media_us;
  self->block.dialect = self->stream->dialect;
  self->block.n_records = self->stream->n_records;
  memcpy (self->block.records, self->stream->records,
      self->stream->n_records * sizeof self->block.records[0]);
  return events;
}

static void
mp4scan_note_fix (Mp4Scan * self, unsigned events)
{
  for (size_t i = 0; (events & MP4GPS_RECORDS) && i < self->block.n_records;
      i++)
    self->has_fix |= (self->block.records[i].fields & (GPSRECORD_POSITION |
            GPSRECORD_ENCRYPTED)) != 0;
}

/* The stream goes first, to where it has something; then the search up to
 * there, which may stop before. */
static size_t
mp4scan_feed_both (Mp4Scan * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t taken, ahead = (size_t) (self->stream->position - self->position);
  DialectVerdict verdict;

  if (!self->stream_events && ahead <= size) {
    ahead += mp4stream_feed (self->stream, data + ahead, size - ahead,
        &verdict);
    self->stream_events = mp4scan_event (verdict) & ~(unsigned) MP4GPS_SILENT;
  }
  taken = mp4scan_feed_blocks (self, data, ahead < size ? ahead : size,
      ret_events);
  mp4scan_note_fix (self, *ret_events);
  if (!*ret_events && self->position == self->stream->position)
    *ret_events = mp4scan_take_stream (self);
  return taken;
}

size_t
mp4scan_feed (Mp4Scan * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t taken = 0;

  if (!self->stream)
    return mp4scan_feed_blocks (self, data, size, ret_events);
  do
    taken += mp4scan_feed_both (self, data + taken, size - taken, ret_events);
  while (!*ret_events && taken < size);
  return taken;
}

unsigned
mp4scan_finish_range (Mp4Scan * self)
{
  return mp4scan_held (self, true);
}

/* What blocks said goes first, as in mp4scan_feed(). */
unsigned
mp4scan_finish (Mp4Scan * self)
{
  unsigned events = mp4scan_finish_range (self);

  if (!events)
    events = mp4scan_flush (&self->memory, &self->block);
  mp4scan_note_fix (self, events);
  while (!events && self->stream && !self->has_fix) {
    DialectVerdict verdict = mp4stream_finish (self->stream);

    if (verdict == DIALECT_NOTHING_NEW)
      return mp4scan_flush (&self->stream->dialects, &self->block);
    self->stream_events = mp4scan_event (verdict) & ~(unsigned) MP4GPS_SILENT;
    events = mp4scan_take_stream (self);
  }
  return events;
}
