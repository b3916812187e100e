/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpstrailer.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

enum
{
  AUTOVOX_LATITUDE = 4,
  AUTOVOX_LONGITUDE = 12,
  AUTOVOX_SPEED = 24,
  AUTOVOX_YEAR = 26,
  AUTOVOX_COURSE = 32,
  AUTOVOX_NORTH_SOUTH = 33,
  AUTOVOX_EAST_WEST = 34,
  AUTOVOX_SIZE = 40
};

enum
{
  AUTOVOX_AXES = 4,             /* of the accelerometer's rows */
  AUTOVOX_MS = 8,
  AUTOVOX_AXES_SIZE = 12
};

enum
{
  KENWOOD_MARK = 14,            /* letters C that begin it */
  KENWOOD_DATE = 9,
  KENWOOD_FIELDS = 23,
  KENWOOD_FIELD = 14,           /* bytes of each: latitude, longitude, speed */
  KENWOOD_ACCELERATION = 4,     /* field of the first axis */
  KENWOOD_SIZE = 121
};

bool
gpstrailer_autovox_probe (const uint8_t * data, size_t size)
{
  static const char names[][5] = { "gpsa", "gps0", "gsen", "gsea" };

  /* the length behind it is little-endian, and short */
  for (size_t i = 0; size > 8 && i < sizeof names / sizeof names[0]; i++)
    if (text_has (data, size, 0, names[i]) && data[7] == 0)
      return true;
  return false;
}

/* 1 is north and east, 2 is said to be south and west. */
static bool
gpstrailer_set_autovox (GpsRecord * record, const uint8_t * p)
{
  const uint8_t *date = p + AUTOVOX_YEAR;

  gpsrecord_reset (record);
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, 1900U + date[0],
          date[1], date[2], date[3], date[4], date[5]))
    return false;
  if (!gpsrecord_set_position_ddmm (record, wire_f64le (p + AUTOVOX_LATITUDE),
          p[AUTOVOX_NORTH_SOUTH] == 2 ? 'S' : 'N',
          wire_f64le (p + AUTOVOX_LONGITUDE),
          p[AUTOVOX_EAST_WEST] == 2 ? 'W' : 'E'))
    return true;
  (void) gpsrecord_set_speed_knots (record, wire_u16le (p + AUTOVOX_SPEED));
  (void) gpsrecord_set_course (record, 2.0 * p[AUTOVOX_COURSE]);
  return true;
}

/* About 24 for one g is said to be a guess. */
static bool
gpstrailer_set_autovox_axes (GpsRecord * record, const uint8_t * p)
{
  const int8_t *axes = (const int8_t *) p + AUTOVOX_AXES;

  gpsrecord_reset (record);
  return gpsrecord_set_acceleration_raw (record, axes[0], axes[1], axes[2]) &&
      gpsrecord_set_elapsed (record,
      (int64_t) wire_u32le (p + AUTOVOX_MS) * 1000);
}

/* Records of that many bytes, each with a mark at its beginning, and anything
 * between them. */
static size_t
gpstrailer_feed (const char *mark, size_t record_size,
    bool (*set) (GpsRecord * record, const uint8_t * p), const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  while (n < max && wire_has (size, at, record_size)) {
    if (!text_has (data, size, at, mark)) {
      at++;
      continue;
    }
    n += set (&ret_records[n], data + at);
    at += record_size;
  }
  *ret_n_records = n;
  return at_end && n < max ? size : at;
}

size_t
gpstrailer_feed_autovox (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  (void) self;
  (void) ligo;
  return gpstrailer_feed ("AITG", AUTOVOX_SIZE, gpstrailer_set_autovox, data,
      size, at_end, ret_records, max, ret_n_records);
}

size_t
gpstrailer_feed_autovox_axes (GpsBox * self, Ligo * ligo,
    const uint8_t * data, size_t size, bool at_end, GpsRecord * ret_records,
    size_t max, size_t *ret_n_records)
{
  (void) self;
  (void) ligo;
  return gpstrailer_feed ("AITS", AUTOVOX_AXES_SIZE,
      gpstrailer_set_autovox_axes, data, size, at_end, ret_records, max,
      ret_n_records);
}

bool
gpstrailer_kenwood_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, 0, "CCCCCCCCCCCCCC");
}

/* A number, a letter in front of it or not; fields are filled up with zeros. */
static bool
gpstrailer_get_field (const uint8_t * p, size_t field, char *ret_letter,
    double *ret_number)
{
  size_t size = KENWOOD_FIELD;

  p += KENWOOD_FIELDS + field * KENWOOD_FIELD;
  *ret_letter = 0;
  if (p[0] >= 'A' && p[0] <= 'Z') {
    *ret_letter = (char) p[0];
    p++;
    size--;
  }
  return text_decimal (p, size, ret_number) == size;
}

static bool
gpstrailer_set_kenwood (GpsRecord * record, const uint8_t * p)
{
  uint32_t n[6];
  double number[3];
  char letter[3];

  gpsrecord_reset (record);
  if (!text_digits (p, KENWOOD_SIZE, KENWOOD_DATE, 4, &n[0]))
    return false;
  for (size_t i = 1; i < 6; i++)
    if (!text_digits (p, KENWOOD_SIZE, KENWOOD_DATE + 2 + 2 * i, 2, &n[i]))
      return false;
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, n[0], n[1], n[2],
          n[3], n[4], n[5]))
    return false;
  for (size_t i = 0; i < 2; i++) {
    if (!gpstrailer_get_field (p, i, &letter[i], &number[i]))
      return true;
    if (letter[i] == 'S' || letter[i] == 'W')
      number[i] = -number[i];
    else if (letter[i] != 'N' && letter[i] != 'E')
      return true;
  }
  if (!gpsrecord_set_position (record, number[0], number[1]))
    return true;
  if (gpstrailer_get_field (p, 2, &letter[2], &number[2]))
    (void) gpsrecord_set_speed_kmh (record, number[2]);
  for (size_t i = 0; i < 3; i++)
    if (!gpstrailer_get_field (p, KENWOOD_ACCELERATION + i, &letter[i],
            &number[i]))
      return true;
  (void) gpsrecord_set_acceleration (record, number[0], number[1], number[2]);
  return true;
}

size_t
gpstrailer_feed_kenwood (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  (void) self;
  (void) ligo;
  return gpstrailer_feed ("GPSDATA--", KENWOOD_SIZE, gpstrailer_set_kenwood,
      data, size, at_end, ret_records, max, ret_n_records);
}
