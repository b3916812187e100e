/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* One GPS record as a dash cam wrote it, in SI units, before any cleaning.
 * Every dialect decoder fills this struct and nothing else. */

#include <stdbool.h>
#include <stdint.h>

/* What a record's clock shows (docs/wire/dashcam-gps.md, Clocks). */
typedef enum
{
  GPSRECORD_CLOCK_NONE,         /* no time in the record */
  GPSRECORD_CLOCK_UTC,
  GPSRECORD_CLOCK_LOCAL,        /* the camera's local time, offset unknown */
  GPSRECORD_CLOCK_ASSUMED       /* UTC, made of local time by an offset that is assumed; no decoder says so */
} GpsRecordClock;

/* Bits of GpsRecord.fields: which members hold a value. */
enum
{
  GPSRECORD_POSITION = 1 << 0,  /* without it the record is void: no fix */
  GPSRECORD_ALTITUDE = 1 << 1,
  GPSRECORD_SPEED = 1 << 2,
  GPSRECORD_COURSE = 1 << 3,
  GPSRECORD_ACCELERATION = 1 << 4,
  GPSRECORD_SATELLITES = 1 << 5,
  GPSRECORD_HDOP = 1 << 6,
  GPSRECORD_ACCELERATION_RAW = 1 << 7,  /* acceleration, in units of the camera that nobody knows */
  GPSRECORD_ENCRYPTED = 1 << 8, /* a position was written that nobody can read; POSITION is not set */
  GPSRECORD_NO_HEMISPHERE = 1 << 9,     /* one was written that may be in any quarter of the earth; nor is it then */
  GPSRECORD_ELAPSED = 1 << 10,  /* the record tells when it was made, by the media */
  GPSRECORD_SPEED_RAW = 1 << 11,        /* speed, in a unit that only the track tells (wire/gpscalibrate.h); SPEED is not set then */
  GPSRECORD_ASSUMED = 1 << 12   /* the position was blurred, in a manner that is assumed */
};

typedef struct
{
  unsigned fields;
  GpsRecordClock clock;
  int64_t time_us;              /* microseconds since 1970-01-01T00:00:00 of that clock; without one, a count that tells records apart, or 0 */
  double latitude;              /* degrees, WGS 84, north positive, [-90, 90] */
  double longitude;             /* degrees, WGS 84, east positive, [-180, 180] */
  double altitude;              /* metres */
  double speed;                 /* metres per second over ground, >= 0 */
  double course;                /* degrees true over ground, [0, 360) */
  double acceleration[3];       /* g, or the camera's units; axes as it has them */
  double hdop;                  /* horizontal dilution of precision, > 0 */
  uint32_t satellites;          /* that the fix was made of */
  int64_t elapsed_us;           /* microseconds since the recording began */
} GpsRecord;

/* All zero: a void record without time. */
void gpsrecord_reset (GpsRecord * self);

/* Each setter checks plausibility, sets the member and its bit, and returns
 * true; or returns false and leaves the record as it was. */

/* Calendar time; year 0 to 99 means 2000 + year. False for a date that does
 * not exist, an hour above 23, a minute or second above 59 (60 is taken as
 * 59), a clock of NONE, or a year outside 2000 to 2099. */
bool gpsrecord_set_time (GpsRecord * self, GpsRecordClock clock, uint32_t year,
    uint32_t month, uint32_t day, uint32_t hour, uint32_t minute,
    uint32_t second);

/* The day that a time lies in, of the years from 1970 on. */
void gpsrecord_get_date (int64_t time_us, uint32_t * ret_year,
    uint32_t * ret_month, uint32_t * ret_day);

/* Microseconds since 1970 on that clock. False for a clock of NONE or a year
 * outside 2000 to 2099. */
bool gpsrecord_set_time_us (GpsRecord * self, GpsRecordClock clock,
    int64_t time_us);

/* Decimal degrees. False when not finite, out of range, or exactly (0, 0). */
bool gpsrecord_set_position (GpsRecord * self, double latitude,
    double longitude);

/* NMEA-like degrees * 100 + minutes, the sign from the hemisphere letters (a
 * sign of the value itself is dropped first). False as for
 * gpsrecord_set_position(), for less than half a metre from (0, 0), for letters other than N, S and E, W or
 * minutes above 60. */
bool gpsrecord_set_position_ddmm (GpsRecord * self, double latitude,
    char north_south, double longitude, char east_west);

/* False when not finite, below -1000 m or above 20 km. */
bool gpsrecord_set_altitude (GpsRecord * self, double metres);

/* Metres per second, knots, km/h, miles per hour. False when not finite,
 * negative, or above 500 km/h. */
bool gpsrecord_set_speed (GpsRecord * self, double speed);
bool gpsrecord_set_speed_knots (GpsRecord * self, double knots);
bool gpsrecord_set_speed_kmh (GpsRecord * self, double kmh);
bool gpsrecord_set_speed_mph (GpsRecord * self, double mph);

/* A number in a unit that nobody knows. False when not finite or negative. */
bool gpsrecord_set_speed_raw (GpsRecord * self, double number);

/* Degrees; 360 and negative values are brought into [0, 360). False when not
 * finite or beyond two turns. */
bool gpsrecord_set_course (GpsRecord * self, double degrees);

/* Speed and course from metres per second to the east and to the north. False
 * as for gpsrecord_set_speed(); a velocity of zero has no course. */
bool gpsrecord_set_velocity (GpsRecord * self, double east, double north);

/* In g. False when an axis is not finite or beyond 64 g either way. */
bool gpsrecord_set_acceleration (GpsRecord * self, double x, double y,
    double z);

/* In units that are not known. False when an axis is not finite or beyond
 * 32768 either way. */
bool gpsrecord_set_acceleration_raw (GpsRecord * self, double x, double y,
    double z);

/* Microseconds since the recording began. False when negative, or more than a
 * week. */
bool gpsrecord_set_elapsed (GpsRecord * self, int64_t elapsed_us);

/* False above 200. */
bool gpsrecord_set_satellites (GpsRecord * self, uint32_t satellites);

/* False when not above 0, or 50 and more, which receivers write for "unknown". */
bool gpsrecord_set_hdop (GpsRecord * self, double hdop);

/* Great-circle distance in metres between two records that have a position,
 * good to 0.5 %, without libm. */
double gpsrecord_distance (const GpsRecord * a, const GpsRecord * b);
