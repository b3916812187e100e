/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4sources.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

/* 1970-01-01 in seconds since 1904. */
#define MP4SOURCES_EPOCH INT64_C (2082844800)

/* Tables may name the same bytes again and again. */
#define MP4SOURCES_SAMPLE_BYTES_MAX (UINT64_C (512) << 20)

enum
{
  MP4SOURCES_PIECE = 65536,     /* bytes of a box that are read at a time */
  MP4SOURCES_MISSED_MAX = 1000, /* samples that are not there before the track is given up */
  MP4SOURCES_SEI = 40,          /* samples of a video track that has positions */
  MP4SOURCES_CREATION = 12      /* in mvhd */
};

void
mp4sources_init (Mp4Sources * self, uint64_t file_size)
{
  memset (self, 0, sizeof *self);
  self->file_size = file_size;
}

void
mp4sources_begin_file (Mp4Sources * self, uint64_t position)
{
  self->start = position;
}

/* BlackVue puts boxes into a free box. */
bool
mp4sources_has_boxes (const Mp4Box * box, const uint8_t * data, size_t size)
{
  static const char types[][5] =
      { "cprt", "sttm", "ptnm", "gps ", "3gf ", "thum" };
  size_t at = (size_t) box->header_size + 4;

  if (box->type != MP4BOX_TYPE ('f', 'r', 'e', 'e'))
    return false;
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
    if (text_has (data, size, at, types[i]))
      return true;
  return false;
}

static void
mp4sources_put_box (Mp4Sources * self, const Dialect * dialect,
    const Mp4Box * box, uint64_t position)
{
  Mp4SourceBox *found;

  if (self->n_boxes == MP4SOURCES_BOXES)
    return;
  found = &self->boxes[self->n_boxes++];
  found->dialect = dialect;
  found->start = position + 8;
  found->end = position + box->size;
}

/* A box that is one with positions as a whole; some hold acceleration too. */
static void
mp4sources_add_box (Mp4Sources * self, const Mp4Box * box, uint64_t position,
    const uint8_t * data, size_t size)
{
  const Dialect *dialect, *other;

  if (box->header_size != 8 || box->size <= 8)
    return;
  dialect = dialect_find (DIALECT_CARRIER_BOX, data, size);
  /* a trailer is found from both sides */
  if (!dialect || (self->n_boxes > 0 &&
          self->boxes[self->n_boxes - 1].start == position + 8))
    return;
  mp4sources_put_box (self, dialect, box, position);
  for (size_t i = 0; (other = dialect_get (i)) != NULL; i++)
    if (other->carrier == DIALECT_CARRIER_BOX && other->is_acceleration &&
        other != dialect && other->probe (data, size))
      mp4sources_put_box (self, other, box, position);
}

bool
mp4sources_add_top (Mp4Sources * self, const Mp4Box * box, uint64_t position,
    const uint8_t * data, size_t size)
{
  if (mp4sources_has_boxes (box, data, size))
    return true;
  if (box->type == MP4BOX_TYPE ('m', 'o', 'o', 'f') && !self->has_fragments) {
    self->has_fragments = true;
    self->fragments = position;
  }
  mp4sources_add_box (self, box, position, data, size);
  return false;
}

/* How the samples of the track look, or TS_PES: not like positions. */
static DialectCarrier
mp4sources_get_carrier (const Mp4Track * track)
{
  switch (track->format) {
    case MP4BOX_TYPE ('g', 'p', 'm', 'd'):
      return DIALECT_CARRIER_GPMD;
    case MP4BOX_TYPE ('s', 's', 'm', 'd'):
      return DIALECT_CARRIER_SSMD;
    case MP4BOX_TYPE ('c', 'a', 'm', 'm'):
      return DIALECT_CARRIER_CAMM;
    case MP4BOX_TYPE ('R', 'V', 'M', 'I'):
      return DIALECT_CARRIER_RVMI;
    case MP4BOX_TYPE ('t', 'e', 'x', 't'):
    case MP4BOX_TYPE ('t', 'x', '3', 'g'):
      return DIALECT_CARRIER_TEXT;
    case MP4BOX_TYPE ('h', 'v', 'c', '1'):
      /* pictures, but for those that are too small to be one */
      return track->first_size == MP4SOURCES_SEI ? DIALECT_CARRIER_HVC1 :
          DIALECT_CARRIER_TS_PES;
    default:
      return track->handler == MP4BOX_TYPE ('t', 'v', 'x', 't') ?
          DIALECT_CARRIER_TVXT : DIALECT_CARRIER_TS_PES;
  }
}

/* The track that was collected is at its end. */
static void
mp4sources_end_track (Mp4Sources * self)
{
  mp4track_settle_edit (&self->track, self->timescale);
  if (!self->has_video && mp4track_is_whole (&self->track) &&
      self->track.handler == MP4BOX_TYPE ('v', 'i', 'd', 'e')) {
    self->video = self->track;
    self->has_video = true;
  }
  if (self->n_tracks < MP4SOURCES_TRACKS &&
      mp4track_is_described (&self->track) &&
      mp4sources_get_carrier (&self->track) != DIALECT_CARRIER_TS_PES) {
    self->track.start = self->start;
    self->tracks[self->n_tracks++] = self->track;
  }
  mp4track_init (&self->track);
}

/* trex: what samples in fragments are like that do not say. */
static void
mp4sources_add_defaults (Mp4Sources * self, const uint8_t * data, size_t size)
{
  if (!wire_has (size, 12, 16))
    return;
  for (size_t i = 0; i < self->n_tracks; i++)
    if (self->tracks[i].id == wire_u32be (data + 12)) {
      self->tracks[i].run_duration = wire_u32be (data + 20);
      self->tracks[i].run_size = wire_u32be (data + 24);
    }
}

/* mvhd: when the recording began, and how long it is. */
static void
mp4sources_add_times (Mp4Sources * self, const uint8_t * data, size_t size)
{
  bool is_long = size > 8 && data[8] == 1;
  size_t at = MP4SOURCES_CREATION + (is_long ? 16 : 8);
  uint64_t seconds, duration;
  uint32_t timescale;

  if (!wire_has (size, MP4SOURCES_CREATION, 8))
    return;
  seconds = is_long ? wire_u64be (data + MP4SOURCES_CREATION) :
      wire_u32be (data + MP4SOURCES_CREATION);
  if (seconds > MP4SOURCES_EPOCH && seconds <= UINT32_MAX)
    self->creation_us = ((int64_t) seconds - MP4SOURCES_EPOCH) * 1000000;
  if (!wire_has (size, at, is_long ? 12 : 8))
    return;
  timescale = wire_u32be (data + at);
  duration = is_long ? wire_u64be (data + at + 4) : wire_u32be (data + at + 4);
  self->timescale = timescale;
  /* all ones: not known */
  if (timescale > 0 && duration < UINT32_MAX)
    self->duration_s = duration / timescale;
}

bool
mp4sources_add_inner (Mp4Sources * self, const Mp4Box * box,
    uint64_t position, const uint8_t * data, size_t size)
{
  if (size > box->size)
    size = (size_t) box->size;
  switch (box->type) {
    case MP4BOX_TYPE ('t', 'r', 'a', 'k'):
    case MP4BOX_TYPE ('m', 'v', 'e', 'x'):
      mp4sources_end_track (self);
      return true;
    case MP4BOX_TYPE ('t', 'r', 'e', 'x'):
      mp4sources_add_defaults (self, data, size);
      return false;
    case MP4BOX_TYPE ('m', 'd', 'i', 'a'):
    case MP4BOX_TYPE ('m', 'i', 'n', 'f'):
    case MP4BOX_TYPE ('s', 't', 'b', 'l'):
    case MP4BOX_TYPE ('e', 'd', 't', 's'):
      return true;
    case MP4BOX_TYPE ('m', 'v', 'h', 'd'):
      mp4sources_add_times (self, data, size);
      return false;
    case MP4BOX_TYPE ('u', 'u', 'i', 'd'):
      mp4sources_add_box (self, box, position, data, size);
      return false;
    default:
      if (box->header_size == 8)
        mp4track_add_box (&self->track, box->type, position, box->size, data,
            size);
      return false;
  }
}

void
mp4sources_end_moov (Mp4Sources * self)
{
  mp4sources_end_track (self);
}

/* The next piece of the box. */
static bool
mp4sources_next_piece (Mp4Sources * self)
{
  const Mp4SourceBox *box = &self->boxes[self->current];

  if (!self->has_begun) {
    memset (&self->box, 0, sizeof self->box);
    self->box.creation_us = self->creation_us;
    self->position = box->start;
    self->has_begun = true;
  }
  if (self->position >= box->end)
    return false;
  self->asked = MP4SOURCES_READ_BOX;
  self->read_offset = self->position;
  self->read_size = MP4SOURCES_PIECE;
  if (box->end - self->position < MP4SOURCES_PIECE)
    self->read_size = (size_t) (box->end - self->position);
  return true;
}

/* Asks for what a step needs. */
static void
mp4sources_ask (Mp4Sources * self, Mp4TrackStep step, Mp4SourcesRead read)
{
  self->asked = read;
  if (step != MP4TRACK_SAMPLE)
    return;
  self->asked = MP4SOURCES_READ_SAMPLE;
  self->read_offset = self->sample.offset;
  self->read_size = self->sample.size;
  self->n_sample_bytes += self->sample.size;
}

/* The next sample of the track, or a piece of a table on the way there. */
static bool
mp4sources_next_sample (Mp4Sources * self)
{
  Mp4TrackStep step;

  if (self->n_sample_bytes > MP4SOURCES_SAMPLE_BYTES_MAX)
    return false;
  self->track_read = self->current - self->n_boxes;
  step = mp4track_next (&self->tracks[self->track_read], &self->sample,
      &self->read_offset, &self->read_size);
  mp4sources_ask (self, step, MP4SOURCES_READ_TABLE);
  return step != MP4TRACK_END;
}

/* The same of the fragments, box by box. */
static bool
mp4sources_next_fragment (Mp4Sources * self)
{
  Mp4TrackStep step = MP4TRACK_END;

  if (!self->has_fragments || self->n_tracks == 0 ||
      self->n_sample_bytes > MP4SOURCES_SAMPLE_BYTES_MAX)
    return false;
  if (self->is_in_fragment)
    step = mp4frag_next (&self->fragment, self->tracks, &self->track_read,
        &self->sample, &self->read_offset, &self->read_size);
  if (step != MP4TRACK_END) {
    mp4sources_ask (self, step, MP4SOURCES_READ_FRAGMENT);
    return true;
  }
  self->is_in_fragment = false;
  if (self->n_tops++ >= MP4SOURCES_FRAGMENTS ||
      self->fragments >= self->file_size)
    return false;
  self->asked = MP4SOURCES_READ_TOP;
  self->read_offset = self->fragments;
  self->read_size = MP4BOX_HEADER_MAX;
  return true;
}

static void
mp4sources_feed_top (Mp4Sources * self, const uint8_t * data, size_t size)
{
  Mp4Box box;

  if (!mp4box_parse (data, size, self->file_size - self->fragments, &box)) {
    self->fragments = self->file_size;
    return;
  }
  if (box.type == MP4BOX_TYPE ('m', 'o', 'o', 'f')) {
    mp4frag_init (&self->fragment, self->fragments, self->fragments + box.size);
    self->is_in_fragment = true;
  }
  self->fragments += box.size;
}

bool
mp4sources_next_read (Mp4Sources * self, uint64_t * ret_offset,
    size_t *ret_size)
{
  while (self->read_size == 0) {
    bool is_box = self->current < self->n_boxes;

    if (self->current >= self->n_boxes + self->n_tracks) {
      if (!mp4sources_next_fragment (self))
        return false;
      break;
    }
    if (is_box ? mp4sources_next_piece (self) : mp4sources_next_sample (self))
      break;
    self->current++;
    self->has_begun = false;
  }
  *ret_offset = self->read_offset;
  *ret_size = self->read_size;
  return true;
}

bool
mp4sources_is_track (const Mp4Sources * self)
{
  return self->current >= self->n_boxes;
}

/* The range that was asked for is done with. */
static void
mp4sources_end_read (Mp4Sources * self)
{
  self->read_size = 0;
  self->fed = 0;
}

static bool
mp4sources_feed_box (Mp4Sources * self, DialectMemory * memory,
    const uint8_t * data, size_t size, GpsRecord * ret_records,
    size_t *ret_n_records)
{
  const Mp4SourceBox *box = &self->boxes[self->current];
  bool at_end = size < self->read_size || self->position + size >= box->end;
  size_t taken;

  taken = box->dialect->feed (&self->box, dialect_get_ligo (memory),
      data + self->fed,
      size - self->fed, at_end, ret_records, DIALECT_MAX_RECORDS,
      ret_n_records);
  memory->holder = ligo_is_waiting (&memory->ligo) ? box->dialect : NULL;
  self->fed += taken;
  if (*ret_n_records > 0)
    return true;
  /* nothing more in these bytes: those behind come again, with others */
  if (taken > 0 && self->fed < size)
    return true;
  self->position = at_end || self->fed == 0 ? box->end :
      self->position + self->fed;
  mp4sources_end_read (self);
  return false;
}

/* A text stands behind its length, mostly. Others begin with bytes that look
 * like one. */
static void
mp4sources_strip (const uint8_t ** data, size_t *size)
{
  size_t length;

  if (*size < 2)
    return;
  length = wire_u16be (*data);
  if (length == 0 || length > *size - 2 || (length < *size - 2 &&
          !dialect_find (DIALECT_CARRIER_TEXT, *data + 2, length)))
    return;
  *data += 2;
  *size = length;
}

DialectVerdict
mp4sources_read_sample (Mp4Sources * self, DialectMemory * memory,
    size_t track, int64_t time_us, const uint8_t * data, size_t size,
    const Dialect ** ret_dialect, GpsRecord * ret_records,
    size_t *ret_n_records)
{
  DialectCarrier carrier = mp4sources_get_carrier (&self->tracks[track]);
  DialectVerdict verdict;

  if (carrier == DIALECT_CARRIER_TEXT)
    mp4sources_strip (&data, &size);
  memory->creation_us = self->creation_us;
  memory->sample_us = self->creation_us > 0 ? self->creation_us + time_us : 0;
  verdict = dialect_read (memory, carrier, data, size, ret_dialect,
      ret_records, ret_n_records);
  /* most texts are just that */
  return *ret_dialect ? verdict : DIALECT_NOTHING_NEW;
}

/* One sample may be said to be where nothing is; where that is so of many, the
 * file ends before its tables do. */
static void
mp4sources_count_missed (Mp4Sources * self, size_t size)
{
  self->n_missed = size == 0 ? self->n_missed + 1 : 0;
  if (self->n_missed < MP4SOURCES_MISSED_MAX)
    return;
  self->n_missed = 0;
  if (self->current < self->n_boxes + self->n_tracks)
    self->current++;
  else
    self->has_fragments = false;
}

/* Whatever was asked for, but a piece of a box. */
static DialectVerdict
mp4sources_feed_other (Mp4Sources * self, DialectMemory * memory,
    const uint8_t * data, size_t size, const Dialect ** ret_dialect,
    GpsRecord * ret_records, size_t *ret_n_records)
{
  DialectVerdict verdict = DIALECT_NOTHING_NEW;

  switch (self->asked) {
    case MP4SOURCES_READ_TABLE:
      mp4track_feed (&self->tracks[self->track_read], data, size);
      break;
    case MP4SOURCES_READ_TOP:
      mp4sources_feed_top (self, data, size);
      break;
    case MP4SOURCES_READ_FRAGMENT:
      mp4frag_feed (&self->fragment, self->tracks, self->n_tracks, data, size);
      break;
    case MP4SOURCES_READ_SAMPLE:
      verdict = mp4sources_read_sample (self, memory, self->track_read,
          self->sample.time_us, data, size, ret_dialect, ret_records,
          ret_n_records);
      break;
    case MP4SOURCES_READ_BOX:
    default:
      break;
  }
  if (self->asked == MP4SOURCES_READ_SAMPLE)
    mp4sources_count_missed (self, size);
  mp4sources_end_read (self);
  return verdict;
}

bool
mp4sources_feed (Mp4Sources * self, DialectMemory * memory,
    const uint8_t * data, size_t size, DialectVerdict * ret_verdict,
    const Dialect ** ret_dialect, uint64_t * ret_offset,
    GpsRecord * ret_records, size_t *ret_n_records)
{
  bool is_more = false;

  *ret_verdict = DIALECT_NOTHING_NEW;
  *ret_n_records = 0;
  *ret_offset = self->read_offset + self->fed;
  if (size > self->read_size)
    size = self->read_size;
  if (self->asked == MP4SOURCES_READ_BOX) {
    *ret_dialect = self->boxes[self->current].dialect;
    is_more = mp4sources_feed_box (self, memory, data, size, ret_records,
        ret_n_records);
    if (*ret_n_records > 0)
      *ret_verdict = DIALECT_RECORDS;
  } else {
    *ret_verdict = mp4sources_feed_other (self, memory, data, size,
        ret_dialect, ret_records, ret_n_records);
  }
  self->has_found |= memory->holder != NULL || (*ret_n_records > 0 &&
      *ret_dialect && !(*ret_dialect)->is_acceleration);
  return is_more;
}
