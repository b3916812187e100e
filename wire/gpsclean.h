/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Cleaning of a track as it passes: voids, duplicates, gaps. Keeps two records
 * and no list, so it serves files and streams alike. */

#include "wire/gpsrecord.h"

/* Events of gpsclean_feed(). */
enum
{
  GPSCLEAN_KEEP = 1 << 0,       /* the record belongs to the track */
  GPSCLEAN_REPLACE = 1 << 1,    /* with KEEP: it takes the place of the one kept before (same time, other place) */
  GPSCLEAN_SEGMENT = 1 << 2,    /* with KEEP: a new track segment starts with it */
  GPSCLEAN_VOID = 1 << 3,       /* dropped: no position, not even one that is encrypted */
  GPSCLEAN_DUPLICATE = 1 << 4   /* dropped: same time, same place */
};

typedef struct
{
  int64_t gap_us;               /* a longer pause starts a new segment */
  GpsRecord last;               /* the record kept last */
  bool has_last;
} GpsClean;

/* gap_us: see above; 10 s is the house default. */
void gpsclean_init (GpsClean * self, int64_t gap_us);

/* Forgets the last record: what comes next starts a segment. */
void gpsclean_reset (GpsClean * self);

unsigned gpsclean_feed (GpsClean * self, const GpsRecord * record);
