/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Boxes that hold the positions of a whole drive (docs/wire/dashcam-tracks.md,
 * Boxes). Each function takes a piece of what is behind the header, gives
 * records, and returns how many bytes it is done with: those behind come again
 * with more, if there is more. At the end of the box nothing follows. */

#include "wire/gpsrecord.h"
#include "wire/ligo.h"
#include "wire/nmea.h"

#include <stddef.h>

/* How gps0 writes courses in a byte. */
typedef enum
{
  GPSBOX_COURSE_UNKNOWN,        /* taken for HALF */
  GPSBOX_COURSE_HALF,
  GPSBOX_COURSE_MODULO          /* of 256 */
} GpsBoxCourse;

/* What a box has said so far. All zero at its beginning. */
typedef struct
{
  int64_t creation_us;          /* when the recording began, since 1970, or 0 */
  bool has_begun;               /* a header is behind */
  bool is_other;                /* no header stood where one has to */
  size_t n_skipped;             /* bytes in front of the rows that are behind */
  bool has_newest;
  int64_t newest_us;
  GpsBoxCourse course;
  GpsRecord last;               /* of its rows */
  LigoBlur blur;
  Nmea nmea;
  uint32_t n_rows;              /* given so far, where they have no other time */
} GpsBox;

typedef size_t GpsBoxFeed (GpsBox * self, Ligo * ligo,
    const uint8_t * data, size_t size, bool at_end, GpsRecord * ret_records,
    size_t max, size_t *ret_n_records);

/* gps0: rows of 32 bytes, some of them old (DuDuBell, Navitel). */
GpsBoxFeed gpsbox_feed_rows;

/* gps0: rows of 311 veiled bytes (Lamax S9). */
GpsBoxFeed gpsbox_feed_veiled;

/* GPS: rows of 36 bytes with the seconds since the beginning (70mai Pro). */
GpsBoxFeed gpsbox_feed_70mai;

/* NMEA sentences, whatever stands in front of each (BlackVue, Datakam). */
GpsBoxFeed gpsbox_feed_nmea;

/* The same, checksums left aside (Nextbase). */
GpsBoxFeed gpsbox_feed_unchecked;

/* udat, gps: numbers in brackets (Denver ACG-8050). */
GpsBoxFeed gpsbox_feed_denver;

/* Whether a record of it begins at data. */
bool gpsbox_denver_probe (const uint8_t * data, size_t size);

/* uuid in moov: rows of 20 bytes (Garmin DriveAssist 51). */
GpsBoxFeed gpsbox_feed_garmin;

/* udta: texts that fe fe separates (Kenwood DRV-A301W). */
GpsBoxFeed gpsbox_feed_kenwood;

/* gdat: base64 of JSON (Nextbase software). */
GpsBoxFeed gpsbox_feed_gdat;

/* skip, SKIP: LigoGPS. */
GpsBoxFeed gpsbox_feed_ligo;
