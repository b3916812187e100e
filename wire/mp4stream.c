/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4stream.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

enum
{
  STREAM_BOX_MIN = 8,
  STREAM_SAMPLE = MP4TRACK_SAMPLE_MAX,  /* of memory: for the sample at hand */
  STREAM_INDEX = MP4STREAM_MEMORY - STREAM_SAMPLE,      /* for moov and moof */
  STREAM_FRAGMENT = MP4SOURCES_TRACKS,  /* place of the samples of fragments */
  STREAM_MARK = sizeof LIGO_MAGIC - 1,  /* in the box of a trailer that stands behind what is no box */
  STREAM_TRAILER = STREAM_BOX_MIN + STREAM_MARK,        /* what a trailer begins with */
  STREAM_WINDOW = 2 * STREAM_TRAILER    /* last bytes that are kept where no box is known */
};

void
mp4stream_init (Mp4Stream * self, uint8_t * memory)
{
  memset (self, 0, sizeof *self);
  self->memory = memory;
  mp4sources_init (&self->sources, UINT64_MAX);
}

/* Bytes of the index that are held. */
static const uint8_t *
mp4stream_get_index (Mp4Stream * self, uint64_t offset, size_t *size)
{
  uint64_t start = self->moov_start;
  size_t held = self->n_moov, at = 0;

  if (self->n_moof > 0 && offset >= self->moof_start) {
    start = self->moof_start;
    held = self->n_moof;
    at = self->n_moov;
  }
  if (offset < start || offset - start >= held) {
    *size = 0;
    return self->memory;
  }
  if (*size > held - (size_t) (offset - start))
    *size = held - (size_t) (offset - start);
  return self->memory + STREAM_SAMPLE + at + (offset - start);
}

/* A step of a track, or of the fragment; READ: of what is held. */
static Mp4TrackStep
mp4stream_step (Mp4Stream * self, size_t i)
{
  Mp4Sources *sources = &self->sources;
  uint64_t offset;
  size_t size;
  Mp4TrackStep step = i == STREAM_FRAGMENT ?
      mp4frag_next (&sources->fragment, sources->tracks, &self->fragment_track,
      &self->next[i], &offset, &size) :
      mp4track_next (&sources->tracks[i], &self->next[i], &offset, &size);

  if (step == MP4TRACK_READ) {
    const uint8_t *data = mp4stream_get_index (self, offset, &size);

    if (i == STREAM_FRAGMENT)
      mp4frag_feed (&sources->fragment, sources->tracks, sources->n_tracks,
          data, size);
    else
      mp4track_feed (&sources->tracks[i], data, size);
  }
  return step;
}

/* Goes to the next sample that is not past. */
static void
mp4stream_find_next (Mp4Stream * self, size_t i)
{
  Mp4TrackStep step;

  self->has_next[i] = false;
  do {
    step = mp4stream_step (self, i);
    if (step == MP4TRACK_SAMPLE && self->next[i].offset >= self->position) {
      self->has_next[i] = true;
      return;
    }
    self->needs_file |= step == MP4TRACK_SAMPLE && i != STREAM_FRAGMENT;
  } while (step != MP4TRACK_END);
}

void
mp4stream_jump (Mp4Stream * self, uint64_t position)
{
  bool needs_file = self->needs_file;

  if (position == 0) {
    mp4stream_init (self, self->memory);
    return;
  }
  self->position = position;
  memset (&self->dialects, 0, sizeof self->dialects);
  self->state = MP4STREAM_PASS;
  self->box_end = UINT64_MAX;
  self->n_head = 0;
  self->n_carry = 0;
  self->is_carry_due = false;
  self->is_in_sample = false;
  self->n_moof = 0;
  self->has_next[STREAM_FRAGMENT] = false;
  for (size_t i = 0; i < self->sources.n_tracks; i++) {
    mp4track_rewind (&self->sources.tracks[i]);
    mp4stream_find_next (self, i);
  }
  self->needs_file = needs_file;
}

/* Which of the samples comes first; false: none is known. */
static bool
mp4stream_choose (Mp4Stream * self)
{
  bool has_one = false;

  for (size_t i = 0; i <= STREAM_FRAGMENT; i++) {
    if (self->has_next[i] && self->next[i].offset < self->position)
      mp4stream_find_next (self, i);
    if (self->has_next[i] && (!has_one ||
            self->next[i].offset < self->next[self->current].offset)) {
      self->current = i;
      has_one = true;
    }
  }
  return has_one;
}

/* How many of the next size bytes can be taken before something is to be done
 * for the samples. */
static size_t
mp4stream_limit_sample (Mp4Stream * self, size_t size)
{
  const Mp4TrackSample *sample;
  uint64_t left;

  if (!self->is_in_sample) {
    if (!mp4stream_choose (self))
      return size;
    sample = &self->next[self->current];
    if (sample->offset > self->position) {
      left = sample->offset - self->position;
      return left < size ? (size_t) left : size;
    }
    self->is_in_sample = true;
    self->n_sample = 0;
  }
  left = self->next[self->current].size - self->n_sample;
  return left < size ? (size_t) left : size;
}

/* The sample is there, or as much of it as ever will be. */
static DialectVerdict
mp4stream_end_sample (Mp4Stream * self)
{
  size_t i = self->current;
  const Mp4TrackSample *sample = &self->next[i];
  size_t track = i == STREAM_FRAGMENT ? self->fragment_track : i;
  DialectVerdict verdict;

  self->is_in_sample = false;
  self->offset = sample->offset;
  self->media_us = mp4track_get_shown_us (&self->sources.tracks[track],
      sample->time_us);
  verdict = mp4sources_read_sample (&self->sources, &self->dialects,
      track, sample->time_us,
      self->memory, self->n_sample, &self->dialect, self->records,
      &self->n_records);
  mp4stream_find_next (self, i);
  return verdict;
}

/* Walks through moov, whose bytes are held. */
static void
mp4stream_read_moov (Mp4Stream * self)
{
  uint64_t position = self->moov_start, end = position + self->n_moov;
  Mp4Box box;

  for (unsigned n = 0; end - position >= STREAM_BOX_MIN &&
      n < MP4SOURCES_FRAGMENTS; n++) {
    size_t size = MP4SOURCES_HEAD;
    const uint8_t *data = mp4stream_get_index (self, position, &size);

    if (!mp4box_parse (data, size, end - position, &box))
      break;
    position += n == 0 || mp4sources_add_inner (&self->sources, &box,
        position, data, size) ? box.header_size : box.size;
  }
  mp4sources_end_moov (&self->sources);
  for (size_t i = 0; i < self->sources.n_tracks; i++)
    mp4stream_find_next (self, i);
}

/* Feeds what is carried; at_end: nothing follows. */
static DialectVerdict
mp4stream_feed_carry (Mp4Stream * self, bool at_end)
{
  const Dialect *dialect = self->box_dialect;
  Ligo *ligo = dialect_get_ligo (&self->dialects);
  size_t taken = dialect->feed (&self->box, ligo, self->carry, self->n_carry,
      at_end, self->records, DIALECT_MAX_RECORDS, &self->n_records);

  /* a box whose rows are longer than what is kept does not exist */
  if (taken == 0 && self->n_records == 0 && self->n_carry == MP4STREAM_CARRY)
    taken = MP4STREAM_CARRY / 2;
  self->dialects.holder = ligo_is_waiting (ligo) ? dialect : NULL;
  self->n_carry -= taken;
  memmove (self->carry, self->carry + taken, self->n_carry);
  self->is_carry_due = self->n_records > 0 || (taken > 0 && at_end);
  self->dialect = dialect;
  self->offset = self->position;
  self->media_us = -1;
  return self->n_records > 0 ? DIALECT_RECORDS : DIALECT_NOTHING_NEW;
}

/* The next box of those inside moov that have positions themselves. */
static bool
mp4stream_begin_inner (Mp4Stream * self)
{
  const Mp4SourceBox *box;

  if (self->next_inner >= self->sources.n_boxes)
    return false;
  box = &self->sources.boxes[self->next_inner++];
  memset (&self->box, 0, sizeof self->box);
  self->box.creation_us = self->sources.creation_us;
  self->box_dialect = box->dialect;
  self->n_carry = 0;
  self->box_start = box->start;
  self->box_end = box->end;
  return true;
}

/* More of that box; its bytes are held. False: it is at its end. */
static bool
mp4stream_carry_inner (Mp4Stream * self)
{
  size_t size = MP4STREAM_CARRY - self->n_carry;
  const uint8_t *data;

  if (self->box_end - self->box_start < size)
    size = (size_t) (self->box_end - self->box_start);
  data = mp4stream_get_index (self, self->box_start, &size);
  if (size == 0)
    return false;
  memcpy (self->carry + self->n_carry, data, size);
  self->n_carry += size;
  self->box_start += size;
  return true;
}

static DialectVerdict
mp4stream_read_inner (Mp4Stream * self)
{
  for (;;) {
    bool has_more;
    DialectVerdict verdict;

    if (!self->box_dialect && !mp4stream_begin_inner (self))
      return DIALECT_NOTHING_NEW;
    has_more = mp4stream_carry_inner (self);
    verdict = mp4stream_feed_carry (self, self->box_start == self->box_end);
    if (verdict != DIALECT_NOTHING_NEW)
      return verdict;
    if (!has_more && !self->is_carry_due)
      self->box_dialect = NULL;
  }
}

/* How many bytes of the head are needed to know what the box is. Of free, which
 * may have others inside, no byte of the second. */
static size_t
mp4stream_get_need (const Mp4Stream * self)
{
  size_t most = MP4SOURCES_HEAD;
  Mp4Box box;

  if (self->n_head < STREAM_BOX_MIN)
    return STREAM_BOX_MIN;
  if (wire_u32be (self->head) == 1 && self->n_head < MP4BOX_HEADER_MAX)
    return MP4BOX_HEADER_MAX;
  if (!mp4box_parse (self->head, self->n_head, UINT64_MAX - self->box_start,
          &box))
    return 0;
  if (box.type == MP4BOX_TYPE ('f', 'r', 'e', 'e'))
    most = (size_t) box.header_size + STREAM_BOX_MIN;
  return box.size < most ? (size_t) box.size : most;
}

/* Forgets n bytes of the head. */
static void
mp4stream_drop_head (Mp4Stream * self, size_t n)
{
  self->n_head -= n;
  memmove (self->head, self->head + n, self->n_head);
}

/* Bytes of moov or of moof begin: there is room for them, or not. */
static bool
mp4stream_begin_hold (Mp4Stream * self, const Mp4Box * box)
{
  size_t at;

  self->is_moof = box->type == MP4BOX_TYPE ('m', 'o', 'o', 'f');
  if (self->is_moof ? self->sources.n_tracks == 0 :
      box->type != MP4BOX_TYPE ('m', 'o', 'o', 'v') || self->n_moov > 0)
    return false;
  if (box->size > STREAM_INDEX - self->n_moov) {
    self->needs_file = true;
    return false;
  }
  /* what the fragment before said is lost */
  self->has_next[STREAM_FRAGMENT] = false;
  self->is_in_sample &= self->current != STREAM_FRAGMENT;
  self->n_moof = 0;
  at = self->is_moof ? self->n_moov : 0;
  memcpy (self->memory + STREAM_SAMPLE + at, self->head, self->n_head);
  if (self->is_moof) {
    self->moof_start = self->box_start;
    self->n_moof = self->n_head;
  } else {
    self->moov_start = self->box_start;
    self->n_moov = self->n_head;
  }
  return true;
}

/* Whether the type is made of letters, as that of all boxes. */
static bool
mp4stream_has_type (const uint8_t * head)
{
  for (size_t i = 4; i < STREAM_BOX_MIN; i++)
    if ((head[i] < 0x20 || head[i] > 0x7e) && head[i] != 0xa9)
      return false;
  return true;
}

/* The head of a box is there. */
static void
mp4stream_begin_box (Mp4Stream * self)
{
  Mp4Box box;

  self->state = MP4STREAM_PASS;
  self->box_end = UINT64_MAX;
  if (!mp4box_parse (self->head, self->n_head, UINT64_MAX - self->box_start,
          &box)) {
    /* so that no trailer is found twice */
    mp4stream_drop_head (self, 1);
    return;
  }
  if (mp4sources_has_boxes (&box, self->head, self->n_head)) {
    self->state = MP4STREAM_HEAD;
    self->box_start += box.header_size;
    mp4stream_drop_head (self, box.header_size);
    return;
  }
  self->box_end = self->box_start + box.size;
  if (mp4stream_begin_hold (self, &box)) {
    self->state = MP4STREAM_HOLD;
    return;
  }
  self->box_dialect = box.header_size == STREAM_BOX_MIN ?
      dialect_find (DIALECT_CARRIER_BOX, self->head, self->n_head) : NULL;
  if (!self->box_dialect) {
    if (!mp4stream_has_type (self->head))
      self->box_end = UINT64_MAX;
    mp4stream_drop_head (self, 1);
    return;
  }
  self->state = MP4STREAM_FEED;
  memset (&self->box, 0, sizeof self->box);
  self->box.creation_us = self->sources.creation_us;
  self->n_carry = self->n_head - STREAM_BOX_MIN;
  memcpy (self->carry, self->head + STREAM_BOX_MIN, self->n_carry);
}

static void
mp4stream_end_box (Mp4Stream * self)
{
  bool is_moov = self->state == MP4STREAM_HOLD && !self->is_moof;

  if (self->state == MP4STREAM_HOLD && self->is_moof) {
    mp4frag_init (&self->sources.fragment, self->moof_start, self->box_end);
    mp4stream_find_next (self, STREAM_FRAGMENT);
  } else if (is_moov) {
    mp4stream_read_moov (self);
    self->box_dialect = NULL;
  }
  self->state = is_moov ? MP4STREAM_INNER : MP4STREAM_HEAD;
  self->box_start = self->position;
  self->n_head = 0;
}

/* Whether it is not known what box the bytes belong to, or where that ends. */
static bool
mp4stream_is_lost (const Mp4Stream * self)
{
  return self->state == MP4STREAM_PASS && self->box_end == UINT64_MAX;
}

/* How many bytes of data behind those taken can be passed at once, so that the
 * next mark is at the end of those that are kept, or among them. */
static size_t
mp4stream_limit_search (const uint8_t * data, size_t taken, size_t size)
{
  size_t start = taken < STREAM_TRAILER ? 0 : taken - STREAM_TRAILER;
  size_t at;

  /* one may have begun in the bytes before */
  if (taken == 0)
    return size < STREAM_TRAILER ? size : STREAM_TRAILER;
  do {
    at = start + text_find (data + start, size - start, LIGO_MAGIC);
    start = at + 1;
  } while (at < size && at + STREAM_MARK <= taken);
  return (at < size ? at + STREAM_MARK : size) - taken;
}

static void
mp4stream_keep_window (Mp4Stream * self, const uint8_t * data, size_t size)
{
  size_t drop;

  if (size > STREAM_WINDOW) {
    data += size - STREAM_WINDOW;
    size = STREAM_WINDOW;
  }
  drop = self->n_head + size > STREAM_WINDOW ?
      self->n_head + size - STREAM_WINDOW : 0;
  mp4stream_drop_head (self, drop);
  memcpy (self->head + self->n_head, data, size);
  self->n_head += size;
}

/* Whether a mark at that place of what is kept has a box in front. */
static bool
mp4stream_is_trailer (const Mp4Stream * self, size_t at)
{
  return at >= STREAM_BOX_MIN && (text_has (self->head, self->n_head, at - 4,
          "skip") || text_has (self->head, self->n_head, at - 4, "SKIP"));
}

/* Goes on with the box of a trailer, if one begins in what is kept. */
static bool
mp4stream_find_trailer (Mp4Stream * self)
{
  size_t at;

  while ((at = text_find (self->head, self->n_head, LIGO_MAGIC)) < self->n_head) {
    if (mp4stream_is_trailer (self, at)) {
      mp4stream_drop_head (self, at - STREAM_BOX_MIN);
      self->box_start = self->position - self->n_head;
      self->state = MP4STREAM_HEAD;
      return true;
    }
    mp4stream_drop_head (self, at + 1);
  }
  return false;
}

/* What is to be done of the box before more bytes come. Returns whether there
 * was something. */
static bool
mp4stream_step_box (Mp4Stream * self, DialectVerdict * ret_verdict)
{
  switch (self->state) {
    case MP4STREAM_HEAD:
      if (self->n_head < mp4stream_get_need (self))
        return false;
      mp4stream_begin_box (self);
      return true;
    case MP4STREAM_INNER:
      *ret_verdict = mp4stream_read_inner (self);
      if (*ret_verdict != DIALECT_NOTHING_NEW)
        return true;
      self->state = MP4STREAM_HEAD;
      self->box_start = self->position;
      return true;
    case MP4STREAM_FEED:
      if (self->n_carry == MP4STREAM_CARRY || self->is_carry_due ||
          (self->position == self->box_end && self->n_carry > 0)) {
        size_t before = self->n_carry;

        *ret_verdict = mp4stream_feed_carry (self,
            self->position == self->box_end);
        if (*ret_verdict != DIALECT_NOTHING_NEW || self->n_carry < before)
          return true;
      }
      break;
    case MP4STREAM_PASS:
      if (mp4stream_is_lost (self))
        return mp4stream_find_trailer (self);
      break;
    case MP4STREAM_HOLD:
    default:
      break;
  }
  if (self->position < self->box_end)
    return false;
  mp4stream_end_box (self);
  return true;
}

/* How many of size bytes the box can take before something is to be done. */
static size_t
mp4stream_limit_box (const Mp4Stream * self, size_t size)
{
  uint64_t left = self->box_end - self->position;

  if (self->state == MP4STREAM_HEAD)
    left = mp4stream_get_need (self) - self->n_head;
  else if (self->state == MP4STREAM_FEED &&
      left > MP4STREAM_CARRY - self->n_carry)
    left = MP4STREAM_CARRY - self->n_carry;
  return left < size ? (size_t) left : size;
}

static void
mp4stream_take (Mp4Stream * self, const uint8_t * data, size_t size)
{
  uint8_t *index = self->memory + STREAM_SAMPLE + self->n_moov;

  if (self->is_in_sample) {
    memcpy (self->memory + self->n_sample, data, size);
    self->n_sample += size;
  }
  if (mp4stream_is_lost (self)) {
    mp4stream_keep_window (self, data, size);
  } else if (self->state == MP4STREAM_HEAD) {
    memcpy (self->head + self->n_head, data, size);
    self->n_head += size;
  } else if (self->state == MP4STREAM_FEED) {
    memcpy (self->carry + self->n_carry, data, size);
    self->n_carry += size;
  } else if (self->state == MP4STREAM_HOLD && self->is_moof) {
    memcpy (index + self->n_moof, data, size);
    self->n_moof += size;
  } else if (self->state == MP4STREAM_HOLD) {
    memcpy (index, data, size);
    self->n_moov += size;
  }
  self->position += size;
}

size_t
mp4stream_feed (Mp4Stream * self,
    const uint8_t * data, size_t size, DialectVerdict * ret_verdict)
{
  size_t taken = 0;

  for (;;) {
    size_t n;

    *ret_verdict = DIALECT_NOTHING_NEW;
    self->n_records = 0;
    if (self->is_in_sample && self->n_sample == self->next[self->current].size)
      *ret_verdict = mp4stream_end_sample (self);
    while (*ret_verdict == DIALECT_NOTHING_NEW &&
        mp4stream_step_box (self, ret_verdict));
    if (*ret_verdict != DIALECT_NOTHING_NEW || taken == size)
      return taken;
    n = mp4stream_is_lost (self) ? mp4stream_limit_search (data, taken, size) :
        mp4stream_limit_box (self, size - taken);
    n = mp4stream_limit_sample (self, n);
    mp4stream_take (self, data + taken, n);
    taken += n;
  }
}

DialectVerdict
mp4stream_finish (Mp4Stream * self)
{
  DialectVerdict verdict = DIALECT_NOTHING_NEW;

  self->n_records = 0;
  if (self->is_in_sample && self->n_sample > 0)
    verdict = mp4stream_end_sample (self);
  self->is_in_sample = false;
  /* a short box may not even have been looked at */
  if (self->state == MP4STREAM_HEAD && self->n_head >= STREAM_BOX_MIN)
    mp4stream_begin_box (self);
  self->box_end = self->position;
  while (verdict == DIALECT_NOTHING_NEW && self->state == MP4STREAM_FEED) {
    size_t before = self->n_carry;

    verdict = mp4stream_feed_carry (self, true);
    if (verdict == DIALECT_NOTHING_NEW && self->n_carry == before)
      self->state = MP4STREAM_PASS;
  }
  return verdict;
}
