/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* NMEA 0183 sentences as dash cams write them: RMC and GGA of any talker. Those
 * of the same time of day make one record (docs/wire/dashcam-gps.md, NMEA). */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* What a wrong checksum means. */
typedef enum
{
  NMEA_CHECKED,                 /* the sentence is damaged: left out */
  NMEA_UNCHECKED                /* nothing: the camera makes them all wrong */
} NmeaChecksum;

typedef struct
{
  NmeaChecksum checksum;
  bool has_date;
  int64_t date_us;              /* midnight of the last RMC, since 1970 */
  int64_t last_us;              /* time of day of the last sentence */
  bool is_pending;
  GpsRecord pending;            /* of the last sentence; others may add to it */
} Nmea;

void nmea_init (Nmea * self, NmeaChecksum checksum);

/* Takes one sentence, from its talker on ("GPRMC,..."; a "$" may stand before),
 * up to its line end. Returns true when it is of another time than the ones
 * before, whose record is then in ret_record. */
bool nmea_feed (Nmea * self, const uint8_t * data, size_t size,
    GpsRecord * ret_record);

/* The record of the last sentences, at the end of all. False: there is none. */
bool nmea_finish (Nmea * self, GpsRecord * ret_record);

/* Bytes of the sentence that begins at data: up to a line end, a NUL, or what
 * cannot be text. */
size_t nmea_length (const uint8_t * data, size_t size);

/* Offset of the first RMC or GGA sentence in data, with "$" or without, or
 * size. */
size_t nmea_find (const uint8_t * data, size_t size);

/* All the sentences in data, which is a whole: up to max records. */
size_t nmea_decode (Nmea * self, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
