/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the clock of a recording shows: UTC, or the camera's local time, and
 * then how far that is from UTC (docs/wire/dashcam-gps.md, Clocks). Keeps no
 * list, so it serves files and streams alike: feed it each record in the order
 * of the file, read the verdict at any time, and apply it to records. A file
 * feeds all of them before it applies, a stream as they come. */

#include "wire/gpsrecord.h"

/* Of the media, or of anything else: not known. */
#define GPSCLOCK_UNKNOWN_US INT64_C (-1)

/* For gpsclock_apply(): not of a place in the recording, or of one that left
 * before the clock jumped. */
#define GPSCLOCK_NO_INDEX UINT64_MAX

/* What has settled a question. */
typedef enum
{
  GPSCLOCK_BY_NOTHING,
  GPSCLOCK_BY_DIALECT,          /* the records claim it */
  GPSCLOCK_BY_NAME,             /* local time in the file's name */
  GPSCLOCK_BY_CREATION,         /* creation time of the file, UTC */
  GPSCLOCK_BY_JUMP,             /* the clock was set in mid-file */
  GPSCLOCK_BY_OWNER,
  GPSCLOCK_BY_ZONE              /* nothing settles it: a time zone is assumed */
} GpsClockEvidence;

/* What is known beside the records. All zero: nothing. */
typedef struct
{
  bool has_name;
  int64_t name_us;              /* local time that the file's name tells, as if it were UTC */
  bool has_creation;
  int64_t creation_us;          /* creation time of the file, since 1970; maybe local time as if it were UTC */
  GpsRecordClock owner_clock;   /* what the owner says that the clock shows, or NONE */
  int64_t owner_offset_us;      /* what the owner wants added to each time, at most a day */
} GpsClockHints;

typedef struct
{
  GpsRecordClock shows;         /* NONE: no record has had a time */
  GpsClockEvidence shows_by;
  bool has_offset;              /* the next is known: of a local clock, it makes UTC of it */
  int64_t offset_us;            /* local time minus UTC, east of Greenwich positive */
  GpsClockEvidence offset_by;
  /* The clock was set in mid-file: add jump_us to the times of the records
   * before number jump_index, to have those of the clock behind it. */
  bool has_jump;
  uint64_t jump_index;
  int64_t jump_us;
} GpsClockVerdict;

/* Bits of what gpsclock_feed() returns. */
enum
{
  GPSCLOCK_CHANGED = 1 << 0,    /* the verdict is another one */
  GPSCLOCK_JUMPED = 1 << 1      /* the clock was set, a record ago: what follows is another segment for those who cannot go back */
};

/* A record with time, as it is compared with the next one. */
typedef struct
{
  GpsRecord record;
  uint64_t index;
  int64_t media_us;
} GpsClockMark;

/* The first record of a clock that is to be compared with other times. */
typedef struct
{
  bool is_set;
  bool has_position;
  bool is_certain;
  GpsClockMark mark;
} GpsClockAnchor;

typedef struct
{
  GpsClockHints hints;
  GpsClockVerdict verdict;

  /* the core's own */
  uint64_t n_records;
  bool has_position;            /* a record had one */
  bool has_last;
  GpsClockMark last;            /* with time */
  GpsClockMark first;           /* likewise */
  int64_t last_step_us;         /* of its clock, from the one before it */
  uint64_t n_steps;             /* usual ones */
  uint64_t n_step_records;
  int64_t steps_us;             /* their sum */
  GpsClockAnchor utc;           /* of the records that claim UTC */
  GpsClockAnchor local;
  bool has_zone;                /* records of both kinds tell it */
  int64_t zone_us;
  bool has_candidate;           /* the last step is a jump, if the next one is none */
  GpsClockMark candidate;       /* the record behind it */
  int64_t candidate_us;
  bool has_jump_zone;           /* the jump was from local time to UTC */
  bool has_assumed;
  int64_t assumed_us;
} GpsClock;

/* hints: copied. */
void gpsclock_init (GpsClock * self, const GpsClockHints * hints);

/* Looks for a date and time in the base name of a file: YYYYMMDD and HHMMSS,
 * or YYMMDD and HHMMSS, the parts together or with one of "-_. T" between
 * them. It is local time of the camera. False when there is none. */
bool gpsclock_parse_name (const char *name, int64_t * ret_name_us);

/* The next record of the file, voids too. is_certain: its dialect has UTC by
 * specification, so that no name of a file counts against it. media_us: when
 * in the recording it stands, or GPSCLOCK_UNKNOWN_US. */
unsigned gpsclock_feed (GpsClock * self, const GpsRecord * record,
    bool is_certain, int64_t media_us);

/* Whether the clock is a local one of which nothing has told the offset; then
 * ret_local_us is a time that it has shown, as if it were UTC, to look up the
 * offset that is assumed. */
bool gpsclock_wants_zone (const GpsClock * self, int64_t * ret_local_us);

/* Settles that: offset_us is assumed. Holds for the whole recording, since no
 * camera changes its clock on the way. */
void gpsclock_assume_zone (GpsClock * self, int64_t offset_us);

/* Makes of the time of a record what the verdict says: UTC, ASSUMED or LOCAL.
 * index: its number among those fed, from 0. A time that leaves the years from
 * 2000 to 2099 is taken off the record. */
void gpsclock_apply (const GpsClock * self, uint64_t index, GpsRecord * record);
