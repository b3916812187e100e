/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Cleaning of a track as it passes: voids, duplicates, outliers, gaps. Keeps
 * one record and no list, so it serves files and streams alike. */

#include "wire/gpsrecord.h"

/* What is dropped beside voids. */
typedef enum
{
  GPSCLEAN_FILTER_NONE,         /* nothing */
  GPSCLEAN_FILTER_DUPLICATES,   /* what says the same as the record before */
  GPSCLEAN_FILTER_OUTLIERS      /* that, and what no car can reach */
} GpsCleanFilter;

/* Events of gpsclean_feed(). */
enum
{
  GPSCLEAN_KEEP = 1 << 0,       /* the record belongs to the track */
  GPSCLEAN_REPLACE = 1 << 1,    /* with KEEP: it takes the place of the one kept before (same time, other place) */
  GPSCLEAN_SEGMENT = 1 << 2,    /* with KEEP: a new track segment starts with it */
  GPSCLEAN_VOID = 1 << 3,       /* dropped: no position, not even one that is encrypted */
  GPSCLEAN_DUPLICATE = 1 << 4,  /* dropped: same time, same place */
  GPSCLEAN_OUTLIER = 1 << 5     /* dropped: too far from the one before and the one behind */
};

typedef struct
{
  int64_t gap_us;               /* a longer pause starts a new segment */
  GpsCleanFilter filter;        /* DUPLICATES, unless set after the init */
  GpsRecord last;               /* the record kept last */
  bool has_last;
  bool is_split;                /* the next one kept starts a segment */
} GpsClean;

/* gap_us: see above; 10 s is the house default. */
void gpsclean_init (GpsClean * self, int64_t gap_us);

/* Forgets the last record: what comes next starts a segment. */
void gpsclean_reset (GpsClean * self);

/* What comes next starts a segment, because the clock was set, but repeats of
 * the last record are still known. */
void gpsclean_split (GpsClean * self);

/* Judges a record without knowing the next one: nothing is an outlier. */
unsigned gpsclean_feed (GpsClean * self, const GpsRecord * record);

/* The same, knowing the record that comes next: the first with a position and
 * a later time is the one that counts. Null: the end, or not known. A stream
 * that filters outliers holds one record back until the next one comes. */
unsigned gpsclean_feed_ahead (GpsClean * self, const GpsRecord * record,
    const GpsRecord * next);

/* Whether a record says when and where it was, later than the other one, so
 * that gpsclean_feed_ahead() can compare the two. */
bool gpsclean_is_comparable (const GpsRecord * record, const GpsRecord * next);
