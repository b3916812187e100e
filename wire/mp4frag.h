/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The samples that one movie fragment (moof) names, of tracks that are known.
 * Its boxes are read in pieces, through the caller. */

#include "wire/mp4track.h"

enum
{
  MP4FRAG_HEAD = 128,           /* bytes of a box that are looked at */
  MP4FRAG_PIECE = 512           /* bytes of a run that are held at a time */
};

typedef struct
{
  uint64_t start;               /* of moof in the file */
  uint64_t position;            /* of the next box inside */
  uint64_t end;
  bool is_piece;                /* entries were asked for, not a box */

  /* the track fragment */
  bool has_track;               /* one of those that are known */
  size_t track;
  uint64_t base;                /* offsets of its runs count from here */
  uint64_t data;                /* behind the run before */
  uint32_t duration;            /* of samples that do not say */
  uint32_t size;

  /* the run */
  uint32_t flags;
  uint32_t n_left;              /* samples */
  uint32_t entry_size;
  uint64_t entries;             /* in the file, of those not held */
  size_t at;                    /* in the piece */
  size_t n_held;
  uint8_t piece[MP4FRAG_PIECE];
} Mp4Frag;

/* The moof from start to end, its header included. */
void mp4frag_init (Mp4Frag * self, uint64_t start, uint64_t end);

/* Goes to the next sample. READ: ret_offset and ret_size are to be read and
 * given to mp4frag_feed(). SAMPLE: of the track at ret_track. */
Mp4TrackStep mp4frag_next (Mp4Frag * self, Mp4Track * tracks,
    size_t *ret_track, Mp4TrackSample * ret_sample, uint64_t * ret_offset,
    size_t *ret_size);

/* The bytes that were asked for, or fewer. */
void mp4frag_feed (Mp4Frag * self, Mp4Track * tracks, size_t n_tracks,
    const uint8_t * data, size_t size);
