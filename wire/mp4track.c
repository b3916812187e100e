/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4track.h"

#include "wire/bytes.h"
#include "wire/mp4box.h"

#include <string.h>

enum
{
  MP4TRACK_BOX_HEADER = 8,      /* longer ones are not written for such boxes */
  MP4TRACK_STSZ_HEAD = 20,
  MP4TRACK_HEAD = 16,           /* of the other tables: header, version, count */
  MP4TRACK_EDIT = 12,           /* entries of elst */
  MP4TRACK_EDIT_LONG = 20
};

/* No edit list of a camera moves a track further. */
#define MP4TRACK_EDIT_MAX_US (INT64_C (86400) * 1000000)

void
mp4track_init (Mp4Track * self)
{
  memset (self, 0, sizeof *self);
}

static void
mp4track_set_table (Mp4Track * self, Mp4TrackTableId id, uint32_t entry_size,
    uint64_t position, uint64_t room, uint32_t n_entries)
{
  Mp4TrackTable *table = &self->tables[id];
  uint64_t fitting = room / entry_size;

  table->position = position;
  table->entry_size = entry_size;
  table->n_entries = n_entries < fitting ? n_entries : (uint32_t) fitting;
  table->n_held = 0;
}

static void
mp4track_add_sizes (Mp4Track * self, uint64_t position, uint64_t box_size,
    const uint8_t * data, size_t size)
{
  if (size < MP4TRACK_STSZ_HEAD || box_size < MP4TRACK_STSZ_HEAD)
    return;
  self->fixed_size = wire_u32be (data + 12);
  self->first_size = self->fixed_size;
  if (self->fixed_size == 0 && size >= MP4TRACK_STSZ_HEAD + 4)
    self->first_size = wire_u32be (data + MP4TRACK_STSZ_HEAD);
  mp4track_set_table (self, MP4TRACK_SIZES, 4, position + MP4TRACK_STSZ_HEAD,
      box_size - MP4TRACK_STSZ_HEAD, wire_u32be (data + 16));
  /* with one size for all there are no entries */
  if (self->fixed_size > 0)
    self->tables[MP4TRACK_SIZES].n_entries = wire_u32be (data + 16);
}

/* elst: empty edits, then where the track begins. Others behind are not looked
 * at: cameras do not cut. */
static void
mp4track_add_edits (Mp4Track * self, const uint8_t * data, size_t size)
{
  bool is_long = size > 8 && data[8] == 1;
  size_t entry = is_long ? MP4TRACK_EDIT_LONG : MP4TRACK_EDIT;
  uint32_t n_entries = size >= MP4TRACK_HEAD ? wire_u32be (data + 12) : 0;

  self->edit_wait = 0;
  for (size_t at = MP4TRACK_HEAD; n_entries > 0 && wire_has (size, at, entry);
      at += entry, n_entries--) {
    int64_t start = is_long ? (int64_t) wire_u64be (data + at + 8) :
        (int32_t) wire_u32be (data + at + 4);

    if (start >= 0) {
      self->edit_start = start;
      return;
    }
    self->edit_wait += is_long ? wire_u64be (data + at) :
        wire_u32be (data + at);
  }
}

/* Units as microseconds, or more than any edit has. In two parts, so that
 * nothing overflows. */
static int64_t
mp4track_convert (uint64_t units, uint32_t timescale)
{
  if (timescale == 0)
    return 0;
  if (units / timescale > MP4TRACK_EDIT_MAX_US / 1000000)
    return MP4TRACK_EDIT_MAX_US + 1;
  return (int64_t) (units / timescale * 1000000 +
      units % timescale * 1000000 / timescale);
}

void
mp4track_settle_edit (Mp4Track * self, uint32_t movie_timescale)
{
  int64_t wait = mp4track_convert (self->edit_wait, movie_timescale);
  int64_t start = mp4track_convert ((uint64_t) self->edit_start,
      self->timescale);

  self->edit_us = wait <= MP4TRACK_EDIT_MAX_US &&
      start <= MP4TRACK_EDIT_MAX_US ? wait - start : 0;
}

int64_t
mp4track_get_shown_us (const Mp4Track * self, int64_t time_us)
{
  return time_us + self->edit_us > 0 ? time_us + self->edit_us : 0;
}

void
mp4track_add_box (Mp4Track * self, uint32_t type, uint64_t position,
    uint64_t box_size, const uint8_t * data, size_t size)
{
  static const struct
  {
    uint32_t type;
    Mp4TrackTableId id;
    uint32_t entry_size;
  } tables[] = {
    {MP4BOX_TYPE ('s', 't', 't', 's'), MP4TRACK_TIMES, 8},
    {MP4BOX_TYPE ('s', 't', 's', 'c'), MP4TRACK_CHUNK_RUNS, 12},
    {MP4BOX_TYPE ('s', 't', 'c', 'o'), MP4TRACK_CHUNKS, 4},
    {MP4BOX_TYPE ('c', 'o', '6', '4'), MP4TRACK_CHUNKS, 8},
  };

  if (type == MP4BOX_TYPE ('h', 'd', 'l', 'r') && size >= 20) {
    /* one of a data reference may follow that of the media */
    if (self->handler == 0)
      self->handler = wire_u32be (data + 16);
  } else if (type == MP4BOX_TYPE ('t', 'k', 'h', 'd') && size >= 32) {
    self->id = wire_u32be (data + (data[8] == 1 ? 28 : 20));
  } else if (type == MP4BOX_TYPE ('m', 'd', 'h', 'd') && size >= 32) {
    self->timescale = wire_u32be (data + (data[8] == 1 ? 28 : 20));
  } else if (type == MP4BOX_TYPE ('s', 't', 's', 'd') && size >= 24) {
    self->format = wire_u32be (data + 20);
  } else if (type == MP4BOX_TYPE ('e', 'l', 's', 't')) {
    mp4track_add_edits (self, data, size);
  } else if (type == MP4BOX_TYPE ('c', 't', 't', 's') && size >= 24) {
    self->delay = (int32_t) wire_u32be (data + 20);
  } else if (type == MP4BOX_TYPE ('s', 't', 's', 'z')) {
    mp4track_add_sizes (self, position, box_size, data, size);
  }
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
    if (tables[i].type == type && size >= MP4TRACK_HEAD)
      mp4track_set_table (self, tables[i].id, tables[i].entry_size,
          position + MP4TRACK_HEAD, box_size - MP4TRACK_HEAD,
          wire_u32be (data + 12));
}

bool
mp4track_is_described (const Mp4Track * self)
{
  return self->timescale > 0 && self->format != 0;
}

/* In two parts, so that nothing overflows. */
int64_t
mp4track_get_time_us (const Mp4Track * self)
{
  uint64_t time = self->time, seconds;

  /* pictures are shown in another order than that of their decoding: all of
   * them that much later, or about that */
  if (self->delay >= 0)
    time += (uint32_t) self->delay;
  else
    time -= time < (uint64_t) - (int64_t) self->delay ? time :
        (uint64_t) - (int64_t) self->delay;
  seconds = time / self->timescale;
  /* no recording lasts that long */
  if (seconds > INT32_MAX)
    seconds = INT32_MAX;
  return (int64_t) (seconds * 1000000 +
      time % self->timescale * 1000000 / self->timescale);
}

void
mp4track_rewind (Mp4Track * self)
{
  self->sample = 0;
  self->chunk = 0;
  self->in_chunk = 0;
  self->chunk_run = 0;
  self->time_run = 0;
  self->in_time_run = 0;
  self->offset = 0;
  self->time = 0;
  self->has_located = false;
}

bool
mp4track_is_whole (const Mp4Track * self)
{
  return mp4track_is_described (self) &&
      self->tables[MP4TRACK_SIZES].n_entries > 0 &&
      self->tables[MP4TRACK_CHUNKS].n_entries > 0 &&
      self->tables[MP4TRACK_CHUNK_RUNS].n_entries > 0;
}

static bool
mp4track_holds (const Mp4TrackTable * table, uint32_t index)
{
  return index >= table->first && index - table->first < table->n_held;
}

/* A number of an entry that is held. */
static uint32_t
mp4track_get (const Mp4TrackTable * table, uint32_t index, size_t offset)
{
  return wire_u32be (table->piece +
      (size_t) (index - table->first) * table->entry_size + offset);
}

/* Whether the entry of the table is held; else what is to be read for it. */
static bool
mp4track_want (Mp4Track * self, Mp4TrackTableId id, uint32_t index,
    uint64_t * ret_offset, size_t *ret_size)
{
  Mp4TrackTable *table = &self->tables[id];
  uint32_t n;

  if (mp4track_holds (table, index))
    return true;
  n = MP4TRACK_PIECE / table->entry_size;
  if (n > table->n_entries - index)
    n = table->n_entries - index;
  table->first = index;
  table->n_held = 0;
  self->wanted = id;
  *ret_offset = table->position + (uint64_t) index *table->entry_size;
  *ret_size = (size_t) n *table->entry_size;
  return false;
}

void
mp4track_feed (Mp4Track * self, const uint8_t * data, size_t size)
{
  Mp4TrackTable *table = &self->tables[self->wanted];

  if (size > MP4TRACK_PIECE)
    size = MP4TRACK_PIECE;
  table->n_held = (uint32_t) (size / table->entry_size);
  if (table->n_held > 0)
    memcpy (table->piece, data, (size_t) table->n_held * table->entry_size);
  else
    self->sample = UINT32_MAX;
}

/* Goes to the entry of stsc that is for the chunk. False: it has to be read. */
static bool
mp4track_find_chunk_run (Mp4Track * self, uint64_t * ret_offset,
    size_t *ret_size)
{
  const Mp4TrackTable *runs = &self->tables[MP4TRACK_CHUNK_RUNS];

  while (self->chunk_run + 1 < runs->n_entries) {
    if (!mp4track_want (self, MP4TRACK_CHUNK_RUNS, self->chunk_run + 1,
            ret_offset, ret_size))
      return false;
    /* they count from 1 */
    if (mp4track_get (runs, self->chunk_run + 1, 0) - 1 > self->chunk)
      break;
    self->chunk_run++;
  }
  return mp4track_want (self, MP4TRACK_CHUNK_RUNS, self->chunk_run,
      ret_offset, ret_size);
}

/* The same for stts. */
static bool
mp4track_find_time_run (Mp4Track * self, uint64_t * ret_offset,
    size_t *ret_size)
{
  const Mp4TrackTable *runs = &self->tables[MP4TRACK_TIMES];

  while (self->time_run < runs->n_entries) {
    if (!mp4track_want (self, MP4TRACK_TIMES, self->time_run, ret_offset,
            ret_size))
      return false;
    if (self->in_time_run < mp4track_get (runs, self->time_run, 0))
      break;
    self->time_run++;
    self->in_time_run = 0;
  }
  return true;
}

/* What is known of the sample; steps behind it. */
static void
mp4track_take (Mp4Track * self, Mp4TrackSample * ret_sample)
{
  const Mp4TrackTable *chunks = &self->tables[MP4TRACK_CHUNKS];
  const Mp4TrackTable *times = &self->tables[MP4TRACK_TIMES];
  uint64_t start = mp4track_get (chunks, self->chunk, 0);

  if (chunks->entry_size == 8)
    start = start << 32 | mp4track_get (chunks, self->chunk, 4);

  ret_sample->offset = self->start + start + self->offset;
  ret_sample->size = self->fixed_size > 0 ? self->fixed_size :
      mp4track_get (&self->tables[MP4TRACK_SIZES], self->sample, 0);
  ret_sample->time_us = mp4track_get_time_us (self);

  self->sample++;
  self->offset += ret_sample->size;
  self->in_chunk++;
  if (self->time_run < times->n_entries) {
    self->time += mp4track_get (times, self->time_run, 4);
    self->in_time_run++;
  }
  if (self->in_chunk >= mp4track_get (&self->tables[MP4TRACK_CHUNK_RUNS],
          self->chunk_run, 4)) {
    self->chunk++;
    self->in_chunk = 0;
    self->offset = 0;
  }
}

/* A step to the next sample, of whatever size. */
static Mp4TrackStep
mp4track_step (Mp4Track * self, Mp4TrackSample * ret_sample,
    uint64_t * ret_offset, size_t *ret_size)
{
  if (!mp4track_is_whole (self)
      || self->sample >= self->tables[MP4TRACK_SIZES].n_entries
      || self->sample >= MP4TRACK_SAMPLES_MAX
      || self->chunk >= self->tables[MP4TRACK_CHUNKS].n_entries)
    return MP4TRACK_END;
  if (!mp4track_want (self, MP4TRACK_CHUNKS, self->chunk, ret_offset,
          ret_size) || !mp4track_find_chunk_run (self, ret_offset, ret_size)
      || !mp4track_find_time_run (self, ret_offset, ret_size) ||
      (self->fixed_size == 0 && !mp4track_want (self, MP4TRACK_SIZES,
              self->sample, ret_offset, ret_size)))
    return MP4TRACK_READ;
  mp4track_take (self, ret_sample);
  return MP4TRACK_SAMPLE;
}

Mp4TrackStep
mp4track_next (Mp4Track * self, Mp4TrackSample * ret_sample,
    uint64_t * ret_offset, size_t *ret_size)
{
  Mp4TrackStep step;

  do
    step = mp4track_step (self, ret_sample, ret_offset, ret_size);
  while (step == MP4TRACK_SAMPLE && (ret_sample->size == 0 ||
          ret_sample->size > MP4TRACK_SAMPLE_MAX));
  return step;
}

Mp4TrackStep
mp4track_locate (Mp4Track * self, uint64_t offset,
    Mp4TrackSample * ret_sample, uint64_t * ret_offset, size_t *ret_size)
{
  Mp4TrackStep step = MP4TRACK_SAMPLE;

  while (step == MP4TRACK_SAMPLE && (!self->has_located ||
          self->located.offset < offset)) {
    step = mp4track_step (self, &self->located, ret_offset, ret_size);
    self->has_located |= step == MP4TRACK_SAMPLE;
  }
  if (step == MP4TRACK_SAMPLE)
    *ret_sample = self->located;
  return step;
}
