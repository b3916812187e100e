/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4gps.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

enum
{
  MP4GPS_HEADER_MIN = 8,        /* the shortest header of a box */
  MP4GPS_TRAILER_END = 8,       /* the end of a trailer: its mark and length */
  MP4GPS_TABLE_HEAD = 8,        /* version, number of entries */
  MP4GPS_ENTRY_SIZE = 8,
  MP4GPS_TRIES = 3,             /* places where the block of an entry may be */
  MP4GPS_PROBE_MAX = 64 * 1024 * 1024,  /* bytes that are searched for a block that is not listed */
  MP4GPS_SHORT = 4 * 1024 * 1024,       /* recordings that are searched as a whole */
  MP4GPS_GAP_MIN = 32 * 1024 * 1024,    /* shorter ways between blocks are usual */
  MP4GPS_GAP_FACTOR = 4         /* so are those up to that many times the mean */
};

_Static_assert (sizeof (Mp4Gps) <= 96 * 1024, "small enough to be a member");

void
mp4gps_init (Mp4Gps * self, uint64_t file_size)
{
  memset (self, 0, sizeof *self);
  self->file_size = file_size;
  self->end = file_size;
  self->state = MP4GPS_STATE_TOP;
  mp4sources_init (&self->sources, file_size);
}

/* Whether the entry that is looked at says anything. Cameras leave zeros where
 * the recording stopped early. */
static bool
mp4gps_has_entry (const Mp4Gps * self)
{
  return self->entry_offset[self->entry] != 0 ||
      self->entry_size[self->entry] != 0;
}

/* File offset of the entry that is looked at, or UINT64_MAX: nothing is left
 * to be tried. The table has 32 bits: where offsets fall, the file has passed
 * the next 4 GiB, unless the table is out of order. So the offset is tried in
 * the same 4 GiB as the last one, in those behind and in those before; first
 * where it goes on from there. */
static uint64_t
mp4gps_entry_position (const Mp4Gps * self)
{
  uint32_t offset = self->entry_offset[self->entry];
  const uint64_t turn = UINT64_C (1) << 32;
  uint64_t tries[MP4GPS_TRIES];
  bool falls = offset < self->last_offset;
  uint64_t same = self->unwrap + offset;
  unsigned n = 0;

  if (falls && self->file_size > turn && same < self->file_size - turn)
    tries[n++] = same + turn;
  if (same < self->file_size)
    tries[n++] = same;
  if (same >= turn)
    tries[n++] = same - turn;
  if (!falls && self->file_size > turn && same < self->file_size - turn)
    tries[n++] = same + turn;
  return self->n_tries < n ? tries[self->n_tries] : UINT64_MAX;
}

/* Searches the bytes from start to end in order, then goes on with the entry
 * that is looked at, or ends. */
static void
mp4gps_start_scan (Mp4Gps * self, uint64_t start, uint64_t end)
{
  self->state = start < end ? MP4GPS_STATE_SCAN : MP4GPS_STATE_DONE;
  self->position = start;
  self->scan_end = end;
  self->scan_fed = 0;
  mp4scan_jump (&self->scan, start);
}

/* What the table does not account for is searched. */
static void
mp4gps_search_lost (Mp4Gps * self)
{
  if (self->n_blocks == 0)
    mp4gps_start_scan (self, 0, self->file_size);
  else if (self->has_lost)
    mp4gps_start_scan (self, self->is_unordered ? 0 : self->block_end,
        self->file_size);
  else
    self->state = MP4GPS_STATE_DONE;
}

/* What follows when the boxes are at their end: without a fix other sources,
 * then the search. */
static void
mp4gps_finish_walk (Mp4Gps * self)
{
  /* what waits is as good as a fix */
  if (self->has_fix || self->scan.memory.holder)
    mp4gps_search_lost (self);
  else
    self->state = self->file_size > MP4GPS_TRAILER_END &&
        self->file_size < UINT64_MAX ? MP4GPS_STATE_TRAILER :
        MP4GPS_STATE_SOURCES;
}

/* Goes on with the top-level box at position. */
static void
mp4gps_walk (Mp4Gps * self, uint64_t position)
{
  self->state = MP4GPS_STATE_TOP;
  self->position = position;
  self->end = self->file_size;
  if (self->end - position < MP4GPS_HEADER_MIN)
    mp4gps_finish_walk (self);
}

static void
mp4gps_finish_moov (Mp4Gps * self)
{
  mp4sources_end_moov (&self->sources);
  mp4gps_walk (self, self->resume);
}

/* The table is at its end: on with the boxes behind it. */
static void
mp4gps_finish_table (Mp4Gps * self)
{
  self->state = MP4GPS_STATE_MOOV;
  self->position = self->end;
  self->end = self->resume;
  if (self->end - self->position < MP4GPS_HEADER_MIN)
    mp4gps_finish_moov (self);
}

/* An entry leads nowhere. */
static void
mp4gps_lose_entry (Mp4Gps * self)
{
  self->has_lost = true;
  self->n_tries = 0;
  self->entry++;
}

/* Goes to the next entry that says anything, or to what comes behind the
 * entries held. */
static void
mp4gps_next_entry (Mp4Gps * self)
{
  while (self->entry < self->n_entries) {
    /* one block that is listed twice in a row is one */
    if (!mp4gps_has_entry (self) || (self->n_blocks > 0 &&
            self->entry_offset[self->entry] == self->last_offset))
      self->entry++;
    else if (mp4gps_entry_position (self) == UINT64_MAX)
      mp4gps_lose_entry (self);
    else
      break;
  }
  if (self->entry < self->n_entries)
    self->state = MP4GPS_STATE_BLOCK;
  else if (self->n_entries_left > 0)
    self->state = MP4GPS_STATE_TABLE;
  else
    mp4gps_finish_table (self);
}

/* All of them are read: when nothing came out of them, bytes are searched. */
static void
mp4gps_finish_sources (Mp4Gps * self)
{
  if (self->sources.has_found)
    self->state = MP4GPS_STATE_DONE;
  else
    mp4gps_search_lost (self);
}

bool
mp4gps_next_read (Mp4Gps * self, uint64_t * ret_offset, size_t *ret_size)
{
  size_t size = MP4GPS_READ_MAX;

  if (self->state == MP4GPS_STATE_SOURCES) {
    if (mp4sources_next_read (&self->sources, ret_offset, ret_size))
      return true;
    mp4gps_finish_sources (self);
  }
  *ret_offset = self->position;
  switch (self->state) {
    case MP4GPS_STATE_TOP:
    case MP4GPS_STATE_MOOV:
    case MP4GPS_STATE_TRAILER_BOX:
      *ret_size = MP4SOURCES_HEAD;
      return true;
    case MP4GPS_STATE_TRAILER:
      *ret_offset = self->file_size - MP4GPS_TRAILER_END;
      *ret_size = MP4GPS_TRAILER_END;
      return true;
    case MP4GPS_STATE_TABLE:
    case MP4GPS_STATE_SURVEY:
      *ret_offset = self->table_position;
      *ret_size = MP4GPS_TABLE_HEAD;
      if (self->has_table)
        *ret_size = MP4GPS_ENTRY_SIZE *
            (self->n_entries_left < MP4GPS_ENTRIES ?
            (size_t) self->n_entries_left : MP4GPS_ENTRIES);
      return true;
    case MP4GPS_STATE_BLOCK:
      *ret_offset = mp4gps_entry_position (self);
      *ret_size = DIALECT_BLOCK_HEAD;
      return true;
    case MP4GPS_STATE_PROBE:
    case MP4GPS_STATE_SCAN:
      if (self->scan_end - self->position < size)
        size = (size_t) (self->scan_end - self->position);
      *ret_size = size;
      return true;
    case MP4GPS_STATE_SOURCES:
    case MP4GPS_STATE_DONE:
    default:
      return false;
  }
}

/* A box inside moov. */
static void
mp4gps_feed_moov (Mp4Gps * self, const uint8_t * data, size_t size)
{
  Mp4Box box;

  if (++self->n_boxes > MP4GPS_BOXES_MAX ||
      !mp4box_parse (data, size, self->end - self->position, &box)) {
    mp4gps_finish_moov (self);
    return;
  }
  /* a table that is cut off is short of blocks: better none */
  if (box.type == MP4BOX_TYPE ('g', 'p', 's', ' ') && !box.truncated &&
      box.size >= box.header_size + MP4GPS_TABLE_HEAD) {
    /* the tracks before it are known whole */
    mp4sources_end_moov (&self->sources);
    self->state = MP4GPS_STATE_TABLE;
    self->has_table = false;
    self->table_position = self->position + box.header_size;
    self->end = self->position + box.size;
    return;
  }
  self->position += mp4sources_add_inner (&self->sources, &box,
      self->position, data, size) ? box.header_size : box.size;
  if (self->end - self->position < MP4GPS_HEADER_MIN)
    mp4gps_finish_moov (self);
}

/* Firmware of this version scales its positions (Rexing). */
static void
mp4gps_check_version (Mp4Gps * self, const Mp4Box * box, const uint8_t * data,
    size_t size)
{
  if (box->size < size)
    size = (size_t) box->size;
  if (box->type == MP4BOX_TYPE ('f', 'r', 'e', 'a') &&
      text_find (data, size, "ver 3.01.054") < size)
    self->scan.memory.scaled.scale = NOVATEK_SCALED_YES;
}

/* A top-level box. */
static void
mp4gps_feed_top (Mp4Gps * self, const uint8_t * data, size_t size)
{
  Mp4Box box;

  if (++self->n_boxes > MP4GPS_BOXES_MAX ||
      !mp4box_parse (data, size, self->end - self->position, &box)) {
    mp4gps_finish_walk (self);
    return;
  }
  mp4gps_check_version (self, &box, data, size);
  if (box.type == MP4BOX_TYPE ('f', 't', 'y', 'p') && self->position > 0) {
    /* recordings that were put one behind the other */
    self->start = self->position;
    mp4sources_begin_file (&self->sources, self->position);
  }
  if (box.type != MP4BOX_TYPE ('m', 'o', 'o', 'v')) {
    mp4gps_walk (self, self->position + (mp4sources_add_top (&self->sources,
                &box, self->position, data, size) ? box.header_size :
            box.size));
    return;
  }
  self->state = MP4GPS_STATE_MOOV;
  self->resume = self->position + box.size;
  self->end = self->resume;
  self->position += box.header_size;
}

/* The last bytes of a file may say where a trailer begins that stands behind
 * what no box accounts for: a mark, and its length. */
static void
mp4gps_feed_trailer (Mp4Gps * self, const uint8_t * data, size_t size)
{
  uint32_t length;

  self->state = MP4GPS_STATE_SOURCES;
  if (size < MP4GPS_TRAILER_END || (memcmp (data, "####", 4) != 0 &&
          memcmp (data, "&&&&", 4) != 0))
    return;
  length = wire_u32be (data + 4);
  if (length <= MP4GPS_TRAILER_END || length > self->file_size)
    return;
  self->position = self->file_size - length;
  self->state = MP4GPS_STATE_TRAILER_BOX;
}

static void
mp4gps_feed_trailer_box (Mp4Gps * self, const uint8_t * data, size_t size)
{
  Mp4Box box;

  self->state = MP4GPS_STATE_SOURCES;
  if (mp4box_parse (data, size, self->file_size - self->position, &box))
    (void) mp4sources_add_top (&self->sources, &box, self->position, data,
        size);
}

static unsigned
mp4gps_feed_sources (Mp4Gps * self, const uint8_t * data, size_t size)
{
  bool is_track = mp4sources_is_track (&self->sources);
  DialectVerdict verdict;
  bool is_more = mp4sources_feed (&self->sources, &self->scan.memory, data,
      size, &verdict, &self->block.dialect, &self->block.offset,
      self->block.records, &self->block.n_records);
  unsigned events = mp4scan_event (verdict) & ~(unsigned) MP4GPS_SILENT;
  uint64_t offset;
  size_t asked;

  self->block.media_us = is_track ?
      mp4track_get_shown_us (&self->sources.tracks[self->sources.track_read],
      self->sources.sample.time_us) : -1;
  if (is_more)
    return events | MP4GPS_MORE;
  if (!mp4sources_next_read (&self->sources, &offset, &asked))
    mp4gps_finish_sources (self);
  return events;
}

/* The number of entries is not looked at: some cameras leave it at 0 until the
 * recording ends as it should, and others write it short. What fits in the box
 * is read, and zeros say nothing. */
static void
mp4gps_feed_table_head (Mp4Gps * self, size_t size)
{
  if (size < MP4GPS_TABLE_HEAD) {
    mp4gps_finish_table (self);
    return;
  }
  self->has_table = true;
  self->table_position += MP4GPS_TABLE_HEAD;
  self->table = self->table_position;
  self->n_entries_left = (self->end - self->table_position) / MP4GPS_ENTRY_SIZE;
  if (self->n_entries_left > MP4GPS_TABLE_MAX)
    self->n_entries_left = MP4GPS_TABLE_MAX;
  self->n_entries_all = self->n_entries_left;
  self->unwrap = self->start;
  self->last_offset = 0;
  self->entry = 0;
  self->n_entries = 0;
  memset (&self->survey, 0, sizeof self->survey);
  self->survey.unwrap = self->start;
  if (self->n_entries_left > 0)
    self->state = MP4GPS_STATE_SURVEY;
  else
    mp4gps_finish_table (self);
}

/* The entries are read once more, now for their blocks. */
static void
mp4gps_start_table (Mp4Gps * self)
{
  self->state = MP4GPS_STATE_TABLE;
  self->table_position = self->table;
  self->n_entries_left = self->n_entries_all;
}

static void
mp4gps_survey_entry (Mp4GpsSurvey * survey, uint32_t offset, uint64_t file_size)
{
  uint64_t position = survey->unwrap + offset;

  if (survey->n > 0 && position < survey->last && file_size >
      position + (UINT64_C (1) << 32)) {
    survey->unwrap += UINT64_C (1) << 32;
    position += UINT64_C (1) << 32;
  }
  if (position >= file_size)
    return;
  /* one block that is listed twice in a row is one */
  if (survey->n > 0 && position == survey->last)
    return;
  survey->is_unordered |= survey->n > 0 && position < survey->last;
  if (survey->n++ == 0)
    survey->first = position;
  else if (position > survey->last &&
      position - survey->last > survey->gap_end - survey->gap_start) {
    survey->gap_start = survey->last;
    survey->gap_end = position;
  }
  survey->last = position;
}

/* Where blocks may stand that are not listed: anywhere in a short file; where
 * fewer are than seconds, or where a long way goes without one, on the longest
 * of all ways. False: the table is as it should be. */
static bool
mp4gps_is_doubtful (Mp4Gps * self)
{
  Mp4GpsSurvey *survey = &self->survey;
  uint64_t usual, seconds = self->sources.duration_s;
  /* another recording may follow */
  uint64_t end = self->resume > survey->last ? self->resume : self->file_size;

  if (survey->n == 0 || survey->is_unordered || self->file_size == UINT64_MAX)
    return false;
  if (end - self->start <= MP4GPS_SHORT) {
    survey->gap_start = self->start;
    survey->gap_end = end;
    survey->n_known = survey->n;
    return true;
  }
  usual = (survey->last - survey->first) / survey->n * MP4GPS_GAP_FACTOR +
      MP4GPS_GAP_MIN;
  if (end - survey->last > usual &&
      end - survey->last > survey->gap_end - survey->gap_start) {
    survey->gap_start = survey->last;
    survey->gap_end = end;
  }
  if (survey->first - self->start > usual && survey->first - self->start >
      survey->gap_end - survey->gap_start) {
    survey->gap_start = self->start;
    survey->gap_end = survey->first;
  }
  return survey->gap_end - survey->gap_start > usual ||
      survey->n * 4 < seconds * 3;
}

static void
mp4gps_finish_survey (Mp4Gps * self)
{
  uint64_t start, end;

  mp4gps_start_table (self);
  if (!mp4gps_is_doubtful (self))
    return;
  start = self->survey.gap_start;
  /* a block is listed where a way begins */
  if (self->survey.n_known == 0 && start > self->start)
    start += MP4GPS_BLOCK_HEADER;
  end = self->survey.gap_end;
  if (end > start + MP4GPS_PROBE_MAX)
    end = start + MP4GPS_PROBE_MAX;
  mp4gps_start_scan (self, start, end);
  self->state = start < end ? MP4GPS_STATE_PROBE : MP4GPS_STATE_TABLE;
}

static void
mp4gps_feed_survey (Mp4Gps * self, const uint8_t * data, size_t size)
{
  size_t n = size / MP4GPS_ENTRY_SIZE;

  if (n > self->n_entries_left)
    n = (size_t) self->n_entries_left;
  for (size_t i = 0; i < n; i++) {
    uint32_t offset = wire_u32be (data + i * MP4GPS_ENTRY_SIZE);

    if (offset != 0)
      mp4gps_survey_entry (&self->survey, offset, self->file_size);
  }
  self->table_position += n * MP4GPS_ENTRY_SIZE;
  self->n_entries_left = n > 0 ? self->n_entries_left - n : 0;
  if (self->n_entries_left == 0)
    mp4gps_finish_survey (self);
}

/* More blocks there than are listed mean that the table names a part of them:
 * all bytes are searched instead. */
static void
mp4gps_feed_probe (Mp4Gps * self, const uint8_t * data, size_t size)
{
  Mp4GpsSurvey *survey = &self->survey;
  bool at_end = size < MP4GPS_READ_MAX ||
      self->scan_end - self->position <= MP4GPS_READ_MAX;

  for (size_t at = 0; (at += mp4scan_find_block (data + at, size - at)) < size;
      at += MP4GPS_BLOCK_HEADER)
    survey->n_found++;
  if (survey->n_found > survey->n_known) {
    mp4sources_end_moov (&self->sources);
    mp4gps_start_scan (self, 0, self->file_size);
  } else if (at_end) {
    mp4gps_start_table (self);
  } else {
    /* one may stand across the border */
    self->position += size - (MP4GPS_BLOCK_HEADER - 1);
  }
}

static void
mp4gps_feed_table (Mp4Gps * self, const uint8_t * data, size_t size)
{
  size_t n = size / MP4GPS_ENTRY_SIZE;

  if (n > MP4GPS_ENTRIES)
    n = MP4GPS_ENTRIES;
  if (n > self->n_entries_left)
    n = (size_t) self->n_entries_left;
  for (size_t i = 0; i < n; i++) {
    self->entry_offset[i] = wire_u32be (data + i * MP4GPS_ENTRY_SIZE);
    self->entry_size[i] = wire_u32be (data + i * MP4GPS_ENTRY_SIZE + 4);
  }
  self->entry = 0;
  self->n_entries = n;
  self->table_position += n * MP4GPS_ENTRY_SIZE;
  /* none: the table is cut off */
  self->has_lost |= n == 0;
  self->n_entries_left = n > 0 ? self->n_entries_left - n : 0;
  mp4gps_next_entry (self);
}

/* A block is there: the places of the next ones follow from it. */
static void
mp4gps_find_block (Mp4Gps * self, uint64_t position)
{
  uint32_t offset = self->entry_offset[self->entry];

  self->is_unordered |= position < self->block_end;
  self->unwrap = position - offset;
  self->last_offset = offset;
  self->block_end = position + MP4GPS_BLOCK_HEADER;
  self->n_blocks++;
  self->n_tries = 0;
  self->entry++;
}

static void
mp4gps_note_fix (Mp4Gps * self, unsigned events)
{
  for (size_t i = 0; (events & MP4GPS_RECORDS) && i < self->block.n_records;
      i++)
    self->has_fix |= (self->block.records[i].fields & (GPSRECORD_POSITION |
            GPSRECORD_ENCRYPTED)) != 0;
}

static unsigned
mp4gps_feed_block (Mp4Gps * self, const uint8_t * data, size_t size)
{
  uint64_t position = mp4gps_entry_position (self);
  uint32_t entry_size = self->entry_size[self->entry];
  unsigned events;

  /* files that were cut and put together again have other sizes here than in
   * the block: both are upper limits */
  if (entry_size > 0 && entry_size < size)
    size = entry_size;
  if (self->has_lost && position > self->block_end && !self->is_unordered &&
      mp4scan_find_block (data, size) == 0) {
    /* between the last block and this one some were lost; dialects want them in
     * order */
    self->has_lost = false;
    mp4gps_start_scan (self, self->block_end, position);
    return 0;
  }
  events = mp4scan_block (&self->scan.memory, data, size, position,
      &self->block);
  if (events)
    mp4gps_find_block (self, position);
  else
    self->n_tries++;
  mp4gps_note_fix (self, events);
  mp4gps_next_entry (self);
  return events & ~(unsigned) MP4GPS_SILENT;
}

/* The bytes between two blocks are searched, or all: the table follows, or the
 * end. */
static void
mp4gps_finish_scan (Mp4Gps * self)
{
  self->state = self->entry < self->n_entries ? MP4GPS_STATE_BLOCK :
      MP4GPS_STATE_DONE;
  self->block_end = self->scan_end;
}

/* One call per block of the range, and one that takes the rest of it. */
static unsigned
mp4gps_feed_scan (Mp4Gps * self, const uint8_t * data, size_t size)
{
  uint64_t left = self->scan_end - self->position;
  bool at_end = size < MP4GPS_READ_MAX || size >= left;
  unsigned events = 0;

  if (size > MP4GPS_READ_MAX)
    size = MP4GPS_READ_MAX;
  if (self->scan_fed < size)
    self->scan_fed += mp4scan_feed (&self->scan, data + self->scan_fed,
        size - self->scan_fed, &events);
  if (!events && at_end)
    events = mp4scan_finish_range (&self->scan);
  if (events) {
    self->block = self->scan.block;
    return events | MP4GPS_MORE;
  }

  self->position += size;
  self->scan_fed = 0;
  if (at_end)
    mp4gps_finish_scan (self);
  return 0;
}

static unsigned
mp4gps_feed_state (Mp4Gps * self, const uint8_t * data, size_t size)
{
  switch (self->state) {
    case MP4GPS_STATE_TOP:
      mp4gps_feed_top (self, data, size);
      return 0;
    case MP4GPS_STATE_MOOV:
      mp4gps_feed_moov (self, data, size);
      return 0;
    case MP4GPS_STATE_TABLE:
      if (self->has_table)
        mp4gps_feed_table (self, data, size);
      else
        mp4gps_feed_table_head (self, size);
      return 0;
    case MP4GPS_STATE_SURVEY:
      mp4gps_feed_survey (self, data, size);
      return 0;
    case MP4GPS_STATE_PROBE:
      mp4gps_feed_probe (self, data, size);
      return 0;
    case MP4GPS_STATE_BLOCK:
      return mp4gps_feed_block (self, data, size);
    case MP4GPS_STATE_TRAILER:
      mp4gps_feed_trailer (self, data, size);
      return 0;
    case MP4GPS_STATE_TRAILER_BOX:
      mp4gps_feed_trailer_box (self, data, size);
      return 0;
    case MP4GPS_STATE_SOURCES:
      return mp4gps_feed_sources (self, data, size);
    case MP4GPS_STATE_SCAN:
      return mp4gps_feed_scan (self, data, size);
    case MP4GPS_STATE_DONE:
    default:
      return 0;
  }
}

unsigned
mp4gps_feed (Mp4Gps * self, const uint8_t * data, size_t size)
{
  unsigned events = mp4gps_feed_state (self, data, size);

  if (self->state != MP4GPS_STATE_DONE || !self->scan.memory.holder)
    return events;
  /* the end: what waits comes with calls of its own */
  if (!events)
    events = mp4scan_flush (&self->scan.memory, &self->block);
  else
    return events | MP4GPS_MORE;
  return self->scan.memory.holder ? events | MP4GPS_MORE : events;
}
