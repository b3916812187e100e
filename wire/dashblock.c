/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dashblock.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define DASHBLOCK_MILLI_G 1000.0

/* Dialect H, from the size word on. */
enum
{
  SPACED_BANNER = 0x10,
  SPACED_HOUR = 0x30,
  SPACED_STATUS = 0x3c,
  SPACED_LATITUDE = 0x40,
  SPACED_NORTH_SOUTH = 0x44,
  SPACED_LONGITUDE = 0x48,
  SPACED_EAST_WEST = 0x4c,
  SPACED_SPEED = 0x50,
  SPACED_COURSE = 0x54,
  SPACED_YEAR = 0x58,
  SPACED_END = 0x64,
  SPACED_ACCELERATION = 0x64,
  SPACED_TS = 32                /* of a PES payload: the hour */
};

/* Dialects M and P, from the hour on. */
enum
{
  F64_M = 0x30,
  F64_P = 0x10,
  F64_HOUR = 0,
  F64_STATUS = 12,
  F64_LATITUDE = 16,
  F64_NORTH_SOUTH = 24,
  F64_LONGITUDE = 32,
  F64_EAST_WEST = 40,
  F64_SPEED = 48,
  F64_COURSE = 56,
  F64_YEAR = 64,
  F64_ACCELERATION = 76,
  F64_END = 76
};

/* Dialect K, from the size word on. */
enum
{
  S1_STATUS = 0x40,
  S1_YEAR = 0x44,
  S1_HOUR = 0x50,
  S1_LONGITUDE = 0x5c,
  S1_LATITUDE = 0x60,
  S1_SPEED = 0x64,
  S1_COURSE = 0x68,
  S1_ALTITUDE = 0x6c,
  S1_ACCELERATION = 0x70,
  S1_END = 0x70
};

/* Dialect S, from the size word on. */
enum
{
  MAI_LENGTH = 0x0c,
  MAI_LENGTH_AGAIN = 0x12,
  MAI_STATUS = 0x1e,
  MAI_LATITUDE = 0x1f,
  MAI_LONGITUDE = 0x23,
  MAI_COURSE = 0x27,
  MAI_SPEED = 0x2b,
  MAI_MARK = 0x33,
  MAI_END = 0x35
};

static bool
dashblock_is_one_of (uint8_t byte, char a, char b)
{
  return byte == (uint8_t) a || byte == (uint8_t) b;
}

/* A letter and three zero bytes, as an integer holds it. */
static bool
dashblock_has_letter (const uint8_t * data, char a, char b)
{
  return dashblock_is_one_of (data[0], a, b) && data[1] == 0 && data[2] == 0 &&
      data[3] == 0;
}

static bool
dashblock_set_time (GpsRecord * record, const uint8_t * date,
    const uint8_t * time)
{
  return gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, wire_u32le (date),
      wire_u32le (date + 4), wire_u32le (date + 8), wire_u32le (time),
      wire_u32le (time + 4), wire_u32le (time + 8));
}

/* Three axes in units of 1/1000 g; zeros are no sensor. */
static void
dashblock_set_acceleration (GpsRecord * record, const uint8_t * data,
    size_t size, size_t offset)
{
  int32_t x, y, z;

  if (!wire_has (size, offset, 12))
    return;
  x = wire_i32le (data + offset);
  y = wire_i32le (data + offset + 4);
  z = wire_i32le (data + offset + 8);
  if (x != 0 || y != 0 || z != 0)
    (void) gpsrecord_set_acceleration (record, x / DASHBLOCK_MILLI_G,
        y / DASHBLOCK_MILLI_G, z / DASHBLOCK_MILLI_G);
}

/* What the record at data holds is void, but for its time. */
static size_t
dashblock_give_void (GpsRecord * ret_record, const uint8_t * date,
    const uint8_t * time)
{
  gpsrecord_reset (ret_record);
  (void) dashblock_set_time (ret_record, date, time);
  return 1;
}

/* From the hour on. */
static bool
dashblock_has_spaced (const uint8_t * data, size_t size, size_t offset)
{
  GpsRecord scratch;

  if (!wire_has (size, offset, SPACED_END - SPACED_HOUR))
    return false;
  data += offset;
  return dashblock_has_letter (data + SPACED_STATUS - SPACED_HOUR, 'A', 'V') &&
      dashblock_has_letter (data + SPACED_NORTH_SOUTH - SPACED_HOUR, 'N', 'S')
      && dashblock_has_letter (data + SPACED_EAST_WEST - SPACED_HOUR, 'E',
      'W') && dashblock_set_time (&scratch, data + SPACED_YEAR - SPACED_HOUR,
      data);
}

bool
dashblock_spaced_probe (const uint8_t * data, size_t size)
{
  return dashblock_has_spaced (data, size, SPACED_HOUR);
}

bool
dashblock_spaced_ts_probe (const uint8_t * data, size_t size)
{
  return dashblock_has_spaced (data, size, SPACED_TS);
}

size_t
dashblock_spaced_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  bool is_xxx = text_has (data, size, SPACED_BANNER, "x.xx");
  GpsRecord *record = ret_records;
  double course;

  if (max < 1 || size < SPACED_END)
    return 0;
  (void) dashblock_give_void (record, data + SPACED_YEAR, data + SPACED_HOUR);
  if (data[SPACED_STATUS] != 'A' || record->clock == GPSRECORD_CLOCK_NONE)
    return 1;
  if (!gpsrecord_set_position_ddmm (record,
          (double) wire_f32le (data + SPACED_LATITUDE),
          (char) data[SPACED_NORTH_SOUTH],
          (double) wire_f32le (data + SPACED_LONGITUDE),
          (char) data[SPACED_EAST_WEST]) || !gpsrecord_set_speed_kmh (record,
          (double) wire_f32le (data + SPACED_SPEED))) {
    gpsrecord_reset (record);
    return 1;
  }
  /* this firmware writes where the car comes from */
  course = (double) wire_f32le (data + SPACED_COURSE);
  (void) gpsrecord_set_course (record, is_xxx ? course + 180.0 : course);
  if (!is_xxx)
    dashblock_set_acceleration (record, data, size, SPACED_ACCELERATION);
  return 1;
}

/* The position is encrypted. */
size_t
dashblock_spaced_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (max < 1 || !wire_has (size, SPACED_TS, SPACED_END - SPACED_HOUR))
    return 0;
  data += SPACED_TS - SPACED_HOUR;
  (void) dashblock_give_void (ret_records, data + SPACED_YEAR,
      data + SPACED_HOUR);
  if (data[SPACED_STATUS] != 'A' || ret_records->clock == GPSRECORD_CLOCK_NONE)
    return 1;
  ret_records->fields |= GPSRECORD_ENCRYPTED;
  (void) gpsrecord_set_speed_kmh (ret_records,
      (double) wire_f32le (data + SPACED_SPEED));
  (void) gpsrecord_set_course (ret_records,
      (double) wire_f32le (data + SPACED_COURSE));
  return 1;
}

static bool
dashblock_has_f64 (const uint8_t * data, size_t size, size_t offset)
{
  GpsRecord scratch;

  if (!wire_has (size, offset, F64_END))
    return false;
  data += offset;
  return dashblock_is_one_of (data[F64_STATUS], 'A', 'V') &&
      data[F64_STATUS + 1] == 0 &&
      dashblock_is_one_of (data[F64_NORTH_SOUTH], 'N', 'S') &&
      data[F64_NORTH_SOUTH + 1] == 0 &&
      dashblock_is_one_of (data[F64_EAST_WEST], 'E', 'W') &&
      data[F64_EAST_WEST + 1] == 0 &&
      dashblock_set_time (&scratch, data + F64_YEAR, data + F64_HOUR);
}

static size_t
dashblock_decode_f64 (const uint8_t * data, size_t size, size_t offset,
    GpsRecord * ret_record, size_t max)
{
  if (max < 1 || !wire_has (size, offset, F64_END))
    return 0;
  data += offset;
  size -= offset;
  (void) dashblock_give_void (ret_record, data + F64_YEAR, data + F64_HOUR);
  if (data[F64_STATUS] != 'A' || ret_record->clock == GPSRECORD_CLOCK_NONE)
    return 1;
  if (!gpsrecord_set_position_ddmm (ret_record,
          wire_f64le (data + F64_LATITUDE), (char) data[F64_NORTH_SOUTH],
          wire_f64le (data + F64_LONGITUDE), (char) data[F64_EAST_WEST]) ||
      !gpsrecord_set_speed_knots (ret_record, wire_f64le (data + F64_SPEED))) {
    gpsrecord_reset (ret_record);
    return 1;
  }
  (void) gpsrecord_set_course (ret_record, wire_f64le (data + F64_COURSE));
  dashblock_set_acceleration (ret_record, data, size, F64_ACCELERATION);
  return 1;
}

bool
dashblock_f64_probe (const uint8_t * data, size_t size)
{
  return dashblock_has_f64 (data, size, F64_M);
}

size_t
dashblock_f64_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashblock_decode_f64 (data, size, F64_M, ret_records, max);
}

bool
dashblock_vantrue_n4_probe (const uint8_t * data, size_t size)
{
  return dashblock_has_f64 (data, size, F64_P);
}

size_t
dashblock_vantrue_n4_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashblock_decode_f64 (data, size, F64_P, ret_records, max);
}

bool
dashblock_vantrue_s1_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  return size >= S1_END &&
      dashblock_is_one_of (data[S1_STATUS], 'A', 'V') &&
      dashblock_is_one_of (data[S1_STATUS + 1], 'N', 'S') &&
      dashblock_is_one_of (data[S1_STATUS + 2], 'E', 'W') &&
      data[S1_STATUS + 3] == 0 &&
      dashblock_set_time (&scratch, data + S1_YEAR, data + S1_HOUR);
}

size_t
dashblock_vantrue_s1_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  GpsRecord *record = ret_records;

  if (max < 1 || size < S1_END)
    return 0;
  (void) dashblock_give_void (record, data + S1_YEAR, data + S1_HOUR);
  if (data[S1_STATUS] != 'A' || record->clock == GPSRECORD_CLOCK_NONE)
    return 1;
  if (!gpsrecord_set_position_ddmm (record,
          (double) wire_f32le (data + S1_LATITUDE), (char) data[S1_STATUS + 1],
          (double) wire_f32le (data + S1_LONGITUDE),
          (char) data[S1_STATUS + 2]) || !gpsrecord_set_speed_knots (record,
          (double) wire_f32le (data + S1_SPEED))) {
    gpsrecord_reset (record);
    return 1;
  }
  (void) gpsrecord_set_course (record, (double) wire_f32le (data + S1_COURSE));
  (void) gpsrecord_set_altitude (record,
      (double) wire_f32le (data + S1_ALTITUDE));
  dashblock_set_acceleration (record, data, size, S1_ACCELERATION);
  return 1;
}

bool
dashblock_70mai_probe (const uint8_t * data, size_t size)
{
  return size >= MAI_END && dashblock_is_one_of (data[MAI_STATUS], 'A', 'V') &&
      data[MAI_MARK] == 'V' && data[MAI_MARK + 1] == 'V' &&
      wire_u16le (data + MAI_LENGTH) == wire_u16le (data + MAI_LENGTH_AGAIN);
}

/* Degrees * 100 + minutes, times 100000; the sign is the hemisphere. */
size_t
dashblock_70mai_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  int32_t latitude, longitude;

  if (max < 1 || size < MAI_END)
    return 0;
  gpsrecord_reset (ret_records);
  if (data[MAI_STATUS] != 'A')
    return 1;
  latitude = wire_i32le (data + MAI_LATITUDE);
  longitude = wire_i32le (data + MAI_LONGITUDE);
  if (!gpsrecord_set_position_ddmm (ret_records, latitude / 1e5,
          latitude < 0 ? 'S' : 'N', longitude / 1e5,
          longitude < 0 ? 'W' : 'E') || !gpsrecord_set_speed_kmh (ret_records,
          wire_i32le (data + MAI_SPEED))) {
    gpsrecord_reset (ret_records);
    return 1;
  }
  (void) gpsrecord_set_course (ret_records, wire_i32le (data + MAI_COURSE));
  return 1;
}
