/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The samples of one track of an MP4: where they are, how long, and when. The
 * tables are read in pieces, through the caller. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  MP4TRACK_PIECE = 240,         /* bytes of a table that are held at a time */
  MP4TRACK_SAMPLE_MAX = 65536,  /* longer samples are passed over by mp4track_next() */
  MP4TRACK_SAMPLES_MAX = 1000000        /* of a track that are looked at */
};

/* The tables, each made of entries of one size. */
typedef enum
{
  MP4TRACK_TIMES,               /* stts */
  MP4TRACK_CHUNK_RUNS,          /* stsc */
  MP4TRACK_SIZES,               /* stsz */
  MP4TRACK_CHUNKS,              /* stco, co64 */
  MP4TRACK_N_TABLES
} Mp4TrackTableId;

typedef struct
{
  uint64_t position;            /* of the first entry in the file */
  uint32_t n_entries;
  uint32_t entry_size;          /* 0: there is no such table */
  uint32_t first;               /* entry that the piece begins with */
  uint32_t n_held;
  uint8_t piece[MP4TRACK_PIECE];
} Mp4TrackTable;

typedef struct
{
  uint64_t offset;              /* in the file */
  uint32_t size;
  int64_t time_us;              /* in the track: see mp4track_get_shown_us() */
} Mp4TrackSample;

typedef struct
{
  uint32_t id;
  uint64_t start;               /* of its file in a file of several: offsets count from here */
  uint32_t run_duration;        /* of samples in fragments that do not say */
  uint32_t run_size;
  uint32_t handler;             /* MP4BOX_TYPE ('m', 'e', 't', 'a') */
  uint32_t format;              /* of the first sample entry */
  uint32_t timescale;
  uint32_t fixed_size;          /* of all samples, or 0 */
  uint32_t first_size;          /* of the first one */
  int32_t delay;                /* of the first sample, from its decoding on, in units of timescale */
  uint64_t edit_wait;           /* before anything of the track is shown, in units of the movie */
  int64_t edit_start;           /* time in the track that is shown first, in units of timescale */
  int64_t edit_us;              /* both: from times in the track to those of the recording */
  Mp4TrackTable tables[MP4TRACK_N_TABLES];
  Mp4TrackTableId wanted;       /* the one whose piece was asked for */

  /* where the walk through the samples is */
  uint32_t sample;
  uint32_t chunk;
  uint32_t in_chunk;            /* samples of the chunk that are behind */
  uint32_t chunk_run;           /* entry of stsc */
  uint32_t time_run;            /* entry of stts */
  uint32_t in_time_run;
  uint64_t offset;              /* of the sample in its chunk */
  uint64_t time;                /* of the sample, in units of timescale */
  bool has_located;
  Mp4TrackSample located;       /* that mp4track_locate() has come to */
} Mp4Track;

typedef enum
{
  MP4TRACK_END,
  MP4TRACK_READ,                /* a piece of a table is needed */
  MP4TRACK_SAMPLE
} Mp4TrackStep;

void mp4track_init (Mp4Track * self);

/* Takes what a box inside trak says, of which size bytes are there, header
 * included; others are passed over. position: of the box in the file; box_size:
 * all its bytes. */
void mp4track_add_box (Mp4Track * self, uint32_t type, uint64_t position,
    uint64_t box_size, const uint8_t * data, size_t size);

/* Whether it is known what its samples are, though they may stand in
 * fragments. */
bool mp4track_is_described (const Mp4Track * self);

/* The time of the sample that comes next. */
int64_t mp4track_get_time_us (const Mp4Track * self);

/* All boxes were added: settles what the edit list says. movie_timescale: units
 * of its durations in a second, or 0. */
void mp4track_settle_edit (Mp4Track * self, uint32_t movie_timescale);

/* When what has that time in the track is shown, since the beginning of the
 * recording. What the edit list cuts off is shown at once. */
int64_t mp4track_get_shown_us (const Mp4Track * self, int64_t time_us);

/* Back to the first sample. */
void mp4track_rewind (Mp4Track * self);

/* Whether it has all that is needed to find samples. */
bool mp4track_is_whole (const Mp4Track * self);

/* Goes to the next sample. READ: ret_offset and ret_size are to be read and
 * given to mp4track_feed(). */
Mp4TrackStep mp4track_next (Mp4Track * self, Mp4TrackSample * ret_sample,
    uint64_t * ret_offset, size_t *ret_size);

/* Goes to the first sample that stands at offset of the file or behind it:
 * what the media come to when they have passed the offset. Offsets of calls
 * rise, and samples are of any size. READ and END are as above. */
Mp4TrackStep mp4track_locate (Mp4Track * self, uint64_t offset,
    Mp4TrackSample * ret_sample, uint64_t * ret_offset, size_t *ret_size);

/* The bytes that were asked for; fewer end the track. */
void mp4track_feed (Mp4Track * self, const uint8_t * data, size_t size);
