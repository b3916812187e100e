/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What holds positions in an MP4 beside freeGPS blocks: boxes and tracks
 * (docs/wire/dashcam-tracks.md). Collects them while the boxes of a file are
 * walked, then reads them through the caller. */

#include "wire/dialect.h"
#include "wire/mp4box.h"
#include "wire/mp4frag.h"
#include "wire/mp4track.h"

enum
{
  MP4SOURCES_BOXES = 32,        /* most that are read */
  MP4SOURCES_TRACKS = 16,
  MP4SOURCES_HEAD = 128,        /* bytes of a box that are looked at */
  MP4SOURCES_FRAGMENTS = 1000000        /* boxes that are walked for fragments */
};

typedef struct
{
  const Dialect *dialect;
  uint64_t start;               /* behind its header */
  uint64_t end;
} Mp4SourceBox;

/* What was asked for. */
typedef enum
{
  MP4SOURCES_READ_BOX,          /* a piece of a box */
  MP4SOURCES_READ_TABLE,        /* a piece of a table of a track */
  MP4SOURCES_READ_SAMPLE,
  MP4SOURCES_READ_TOP,          /* the header of a box that may be a fragment */
  MP4SOURCES_READ_FRAGMENT      /* of what is inside */
} Mp4SourcesRead;

typedef struct
{
  size_t n_boxes;
  Mp4SourceBox boxes[MP4SOURCES_BOXES];
  size_t n_tracks;
  Mp4Track tracks[MP4SOURCES_TRACKS];
  Mp4Track track;               /* that the boxes now belong to */
  Mp4Track video;               /* the first of pictures, for when the media come where */
  uint32_t timescale;           /* of the movie, or 0 */
  uint64_t duration_s;          /* of the recording, or 0 */
  int64_t creation_us;          /* when the recording began, since 1970, or 0 */
  bool has_video;               /* that track is there */
  bool has_found;               /* something came out, and not accelerations alone */

  /* the reading */
  size_t current;               /* box, or behind them track */
  GpsBox box;
  uint64_t position;            /* in the box */
  size_t fed;                   /* of the bytes read last */
  Mp4SourcesRead asked;
  size_t track_read;            /* track that the sample asked for is of */
  uint64_t start;               /* of this file in a file of several */
  bool has_begun;               /* the box */
  bool has_fragments;
  uint64_t fragments;           /* the first of them; then the next box */
  uint64_t file_size;
  uint32_t n_tops;              /* boxes walked for fragments */
  bool is_in_fragment;
  Mp4Frag fragment;
  Mp4TrackSample sample;
  uint64_t n_sample_bytes;      /* of all samples so far */
  uint32_t n_missed;            /* samples in a row that are not in the file */
  uint64_t read_offset;
  size_t read_size;
} Mp4Sources;

void mp4sources_init (Mp4Sources * self, uint64_t file_size);

/* What follows is a file of its own, behind another: offsets count from here. */
void mp4sources_begin_file (Mp4Sources * self, uint64_t position);

/* Whether it is a box that has others inside which are to be walked as if they
 * stood in its place. */
bool mp4sources_has_boxes (const Mp4Box * box, const uint8_t * data,
    size_t size);

/* A sample of one of the tracks. */
DialectVerdict mp4sources_read_sample (Mp4Sources * self,
    DialectMemory * memory, size_t track, int64_t time_us,
    const uint8_t * data, size_t size, const Dialect ** ret_dialect,
    GpsRecord * ret_records, size_t *ret_n_records);

/* A box of the file itself; data begins with its header. Returns whether the
 * boxes inside of it are to be walked as if they stood in its place. */
bool mp4sources_add_top (Mp4Sources * self, const Mp4Box * box,
    uint64_t position, const uint8_t * data, size_t size);

/* A box inside moov, at any depth. Returns whether the boxes inside of it are
 * to be walked. */
bool mp4sources_add_inner (Mp4Sources * self, const Mp4Box * box,
    uint64_t position, const uint8_t * data, size_t size);

/* moov is at its end. */
void mp4sources_end_moov (Mp4Sources * self);

/* What to read next: false when all is done. */
bool mp4sources_next_read (Mp4Sources * self, uint64_t * ret_offset,
    size_t *ret_size);

/* Whether that is of a track, whose sample it stands in then. */
bool mp4sources_is_track (const Mp4Sources * self);

/* The bytes of that range, or fewer. ret_verdict says what came out. Returns
 * whether to call again with the same bytes. */
bool mp4sources_feed (Mp4Sources * self, DialectMemory * memory,
    const uint8_t * data, size_t size, DialectVerdict * ret_verdict,
    const Dialect ** ret_dialect, uint64_t * ret_offset,
    GpsRecord * ret_records, size_t *ret_n_records);
