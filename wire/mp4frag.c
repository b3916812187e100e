/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4frag.h"

#include "wire/bytes.h"
#include "wire/mp4box.h"

#include <string.h>

enum
{
  FRAG_BOX_MIN = 8,
  /* of tfhd */
  FRAG_HAS_BASE = 0x1,
  FRAG_HAS_DESCRIPTION = 0x2,
  FRAG_HAS_DURATION = 0x8,
  FRAG_HAS_SIZE = 0x10,
  /* of a run */
  FRAG_HAS_OFFSET = 0x1,
  FRAG_HAS_FIRST_FLAGS = 0x4,
  FRAG_SAMPLE_DURATION = 0x100,
  FRAG_SAMPLE_SIZE = 0x200,
  FRAG_SAMPLE_FLAGS = 0x400,
  FRAG_SAMPLE_COMPOSITION = 0x800
};

void
mp4frag_init (Mp4Frag * self, uint64_t start, uint64_t end)
{
  memset (self, 0, sizeof *self);
  self->start = start;
  self->position = start;
  self->end = end;
}

/* Behind the flags: numbers that are there or not. False: cut off. */
static bool
mp4frag_take_u32 (const uint8_t * data, size_t size, size_t *at,
    uint32_t * ret_number)
{
  if (!wire_has (size, *at, 4))
    return false;
  *ret_number = wire_u32be (data + *at);
  *at += 4;
  return true;
}

/* tfhd: which track it is. */
static void
mp4frag_set_track (Mp4Frag * self, const Mp4Track * tracks, size_t n_tracks,
    const uint8_t * data, size_t size)
{
  size_t at = 16;
  uint32_t flags, id, unused;

  self->has_track = false;
  if (size < at)
    return;
  flags = wire_u32be (data + 8) & 0xffffff;
  id = wire_u32be (data + 12);
  for (self->track = 0; self->track < n_tracks; self->track++)
    if (tracks[self->track].id == id)
      break;
  if (self->track == n_tracks)
    return;
  self->base = self->start;
  self->duration = tracks[self->track].run_duration;
  self->size = tracks[self->track].run_size;
  if (flags & FRAG_HAS_BASE) {
    if (!wire_has (size, at, 8))
      return;
    self->base = tracks[self->track].start + wire_u64be (data + at);
    at += 8;
  }
  if (((flags & FRAG_HAS_DESCRIPTION) && !mp4frag_take_u32 (data, size, &at,
              &unused)) || ((flags & FRAG_HAS_DURATION) &&
          !mp4frag_take_u32 (data, size, &at, &self->duration)) ||
      ((flags & FRAG_HAS_SIZE) && !mp4frag_take_u32 (data, size, &at,
              &self->size)))
    return;
  self->data = self->base;
  self->has_track = true;
}

/* A run: how many samples there are, and where. */
static void
mp4frag_set_run (Mp4Frag * self, uint64_t box_size, const uint8_t * data,
    size_t size)
{
  size_t at = 16;
  uint32_t offset, unused;

  if (!self->has_track || size < at)
    return;
  self->flags = wire_u32be (data + 8) & 0xffffff;
  if (self->flags & FRAG_HAS_OFFSET) {
    if (!mp4frag_take_u32 (data, size, &at, &offset))
      return;
    self->data = self->base + (uint64_t) (int64_t) (int32_t) offset;
  }
  if ((self->flags & FRAG_HAS_FIRST_FLAGS) && !mp4frag_take_u32 (data, size,
          &at, &unused))
    return;
  self->entry_size = 0;
  for (uint32_t flag = FRAG_SAMPLE_DURATION; flag <= FRAG_SAMPLE_COMPOSITION;
      flag <<= 1)
    if (self->flags & flag)
      self->entry_size += 4;
  self->n_left = wire_u32be (data + 12);
  if (self->entry_size > 0 && self->n_left > (box_size - at) / self->entry_size)
    self->n_left = (uint32_t) ((box_size - at) / self->entry_size);
  self->entries = self->position + at;
  self->at = 0;
  self->n_held = 0;
}

static void
mp4frag_feed_box (Mp4Frag * self, Mp4Track * tracks, size_t n_tracks,
    const uint8_t * data, size_t size)
{
  Mp4Box box;

  if (!mp4box_parse (data, size, self->end - self->position, &box)) {
    self->position = self->end;
    return;
  }
  if (size > box.size)
    size = (size_t) box.size;
  switch (box.type) {
    case MP4BOX_TYPE ('t', 'r', 'a', 'f'):
      self->has_track = false;
      self->position += box.header_size;
      return;
    case MP4BOX_TYPE ('m', 'o', 'o', 'f'):
      self->position += box.header_size;
      return;
    case MP4BOX_TYPE ('t', 'f', 'h', 'd'):
      mp4frag_set_track (self, tracks, n_tracks, data, size);
      break;
    case MP4BOX_TYPE ('t', 'f', 'd', 't'):
      if (self->has_track && wire_has (size, 12, 8))
        tracks[self->track].time = data[8] == 1 ? wire_u64be (data + 12) :
            wire_u32be (data + 12);
      else if (self->has_track && wire_has (size, 12, 4) && data[8] == 0)
        tracks[self->track].time = wire_u32be (data + 12);
      break;
    case MP4BOX_TYPE ('t', 'r', 'u', 'n'):
      mp4frag_set_run (self, box.size, data, size);
      break;
    default:
      break;
  }
  self->position += box.size;
}

void
mp4frag_feed (Mp4Frag * self, Mp4Track * tracks, size_t n_tracks,
    const uint8_t * data, size_t size)
{
  if (!self->is_piece) {
    mp4frag_feed_box (self, tracks, n_tracks, data, size);
    return;
  }
  if (size > MP4FRAG_PIECE)
    size = MP4FRAG_PIECE;
  self->n_held = size / self->entry_size * self->entry_size;
  self->at = 0;
  self->entries += self->n_held;
  if (self->n_held > 0)
    memcpy (self->piece, data, self->n_held);
  else
    self->n_left = 0;
}

/* The next sample of the run. */
static void
mp4frag_take (Mp4Frag * self, Mp4Track * track, Mp4TrackSample * ret_sample)
{
  const uint8_t *p = self->piece + self->at;
  uint32_t duration = self->duration;

  ret_sample->size = self->size;
  if (self->flags & FRAG_SAMPLE_DURATION) {
    duration = wire_u32be (p);
    p += 4;
  }
  if (self->flags & FRAG_SAMPLE_SIZE)
    ret_sample->size = wire_u32be (p);
  ret_sample->offset = self->data;
  ret_sample->time_us = mp4track_get_time_us (track);
  self->data += ret_sample->size;
  self->at += self->entry_size;
  self->n_left--;
  track->time += duration;
  track->sample++;
}

/* Goes on in the run; false: it is at its end, or entries have to be read. */
static bool
mp4frag_step (Mp4Frag * self, Mp4Track * track, Mp4TrackSample * ret_sample)
{
  while (self->n_left > 0 && track->sample < MP4TRACK_SAMPLES_MAX &&
      self->at + self->entry_size <= self->n_held) {
    mp4frag_take (self, track, ret_sample);
    if (ret_sample->size > 0 && ret_sample->size <= MP4TRACK_SAMPLE_MAX)
      return true;
  }
  if (track->sample >= MP4TRACK_SAMPLES_MAX)
    self->n_left = 0;
  return false;
}

Mp4TrackStep
mp4frag_next (Mp4Frag * self, Mp4Track * tracks, size_t *ret_track,
    Mp4TrackSample * ret_sample, uint64_t * ret_offset, size_t *ret_size)
{
  size_t n;

  if (self->n_left > 0 && mp4frag_step (self, &tracks[self->track], ret_sample)) {
    *ret_track = self->track;
    return MP4TRACK_SAMPLE;
  }
  self->is_piece = self->n_left > 0;
  if (self->is_piece) {
    n = MP4FRAG_PIECE / self->entry_size;
    if (n > self->n_left)
      n = self->n_left;
    *ret_offset = self->entries;
    *ret_size = n * self->entry_size;
    return MP4TRACK_READ;
  }
  if (self->end - self->position < FRAG_BOX_MIN)
    return MP4TRACK_END;
  *ret_offset = self->position;
  *ret_size = MP4FRAG_HEAD;
  if (self->end - self->position < MP4FRAG_HEAD)
    *ret_size = (size_t) (self->end - self->position);
  return MP4TRACK_READ;
}
