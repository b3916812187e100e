/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Boxes and tracks with positions in an MP4 whose bytes come in order and only
 * once: boxes as they pass, samples of tracks whose index came before them
 * (moov in front of the media, or fragments). Where the index follows the
 * media, their samples are past: needs_file says so. A trailer of LigoGPS is
 * known by its mark where boxes are not. */

#include "wire/mp4sources.h"

enum
{
  MP4STREAM_CARRY = 4096,       /* bytes of a box that wait for others */
  /* What the caller has to give: room for a sample, an index and a fragment. */
  MP4STREAM_MEMORY = 8 * 1024 * 1024
};

typedef enum
{
  MP4STREAM_HEAD,               /* the beginning of a box */
  MP4STREAM_HOLD,               /* of moov or moof, which go to memory */
  MP4STREAM_INNER,              /* moov is held: boxes inside it that have positions */
  MP4STREAM_FEED,               /* of a box with positions */
  MP4STREAM_PASS                /* of any other */
} Mp4StreamState;

typedef struct
{
  /* what came out, while mp4stream_feed() says so */
  const Dialect *dialect;
  uint64_t offset;              /* of the sample, or the place in the box */
  int64_t media_us;             /* when the sample is shown, or -1 */
  size_t n_records;
  GpsRecord records[DIALECT_MAX_RECORDS];
  bool needs_file;              /* a track with positions was past when its index came */

  DialectMemory dialects;
  uint8_t *memory;
  uint64_t position;            /* of the next byte */
  Mp4Sources sources;

  Mp4StreamState state;
  uint64_t box_start;
  uint64_t box_end;
  size_t n_head;
  uint8_t head[MP4SOURCES_HEAD];

  uint64_t moov_start;          /* where in the stream the bytes held were */
  size_t n_moov;
  uint64_t moof_start;
  size_t n_moof;                /* behind those of moov */
  const Dialect *box_dialect;
  GpsBox box;
  bool is_moof;                 /* that is held */
  bool is_carry_due;            /* what is carried may give more */
  bool is_in_sample;
  size_t next_inner;            /* box inside moov that comes next */
  size_t n_carry;
  uint8_t carry[MP4STREAM_CARRY];

  /* the sample that comes next, of each track and of the fragment */
  bool has_next[MP4SOURCES_TRACKS + 1];
  size_t fragment_track;
  Mp4TrackSample next[MP4SOURCES_TRACKS + 1];
  size_t current;               /* of those */
  size_t n_sample;              /* bytes of it that are there */
} Mp4Stream;

/* memory: MP4STREAM_MEMORY bytes, kept as long as self is used. */
void mp4stream_init (Mp4Stream * self, uint8_t * memory);

/* The bytes that come next are from elsewhere: boxes are not known any more,
 * tracks are. */
void mp4stream_jump (Mp4Stream * self, uint64_t position);

/* Takes bytes up to the first that gives something, and returns how many.
 * ret_verdict: NOTHING_NEW when all were taken and gave nothing. */
size_t mp4stream_feed (Mp4Stream * self, const uint8_t * data, size_t size,
    DialectVerdict * ret_verdict);

/* The end of the data. Call until it returns NOTHING_NEW. */
DialectVerdict mp4stream_finish (Mp4Stream * self);
