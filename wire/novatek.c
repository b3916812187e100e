/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/novatek.h"

#include "wire/bytes.h"

#include <string.h>

/* The record, from its hour on (docs/wire/dashcam-gps.md). */
enum
{
  NOVATEK_HOUR = 0,
  NOVATEK_MINUTE = 4,
  NOVATEK_SECOND = 8,
  NOVATEK_YEAR = 12,
  NOVATEK_MONTH = 16,
  NOVATEK_DAY = 20,
  NOVATEK_STATUS = 24,
  NOVATEK_NORTH_SOUTH = 25,
  NOVATEK_EAST_WEST = 26,
  NOVATEK_LATITUDE = 28,
  NOVATEK_LONGITUDE = 32,
  NOVATEK_SPEED = 36,
  NOVATEK_COURSE = 40,
  NOVATEK_RECORD_SIZE = 44,
  NOVATEK_ACCELERATION = 44,
  NOVATEK_ACCELERATION_SIZE = 12
};

/* Where the record lies. */
enum
{
  NOVATEK_E = 0x10,
  NOVATEK_Q = 0x30,
  NOVATEK_KENWOOD = 0x40,
  NOVATEK_TS = 0,
  NOVATEK_B4K = 164
};

/* The Transcend DrivePro 230 repeats the position of Q as float64. */
enum
{
  NOVATEK_TWIN_LATITUDE = 0x70,
  NOVATEK_TWIN_LONGITUDE = 0x80,
  NOVATEK_TWIN_ALTITUDE = 0xa0,
  NOVATEK_TWIN_END = 0xa8
};

/* E-ACE writes the position as texts. */
enum
{
  NOVATEK_EACE_LATITUDE = 0x2c,
  NOVATEK_EACE_LONGITUDE = 0x40,
  NOVATEK_EACE_TEXT_MAX = 20
};

#define NOVATEK_TWIN_TOLERANCE 0.001
#define NOVATEK_COUNTS_PER_G 256.0

/* Whether bytes are the letters of a record: status, hemispheres, NUL. */
static bool
novatek_has_fix_letters (const uint8_t * letters)
{
  return letters[0] == 'A' && (letters[1] == 'N' || letters[1] == 'S') &&
      (letters[2] == 'E' || letters[2] == 'W') && letters[3] == 0;
}

static bool
novatek_is_void_letter (uint8_t letter)
{
  return letter == 0 || letter == '0' || letter == 'N' || letter == 'S' ||
      letter == 'E' || letter == 'W';
}

/* V, "V00", "00" and NULs, with or without hemispheres. */
static bool
novatek_has_void_letters (const uint8_t * letters)
{
  return (letters[0] == 'V' || letters[0] == '0' || letters[0] == 0) &&
      novatek_is_void_letter (letters[1]) &&
      novatek_is_void_letter (letters[2]) && letters[3] == 0;
}

static bool
novatek_set_time (GpsRecord * record, const uint8_t * data, bool is_local)
{
  uint32_t year = wire_u32le (data + NOVATEK_YEAR);

  return gpsrecord_set_time (record, is_local || year >= 2000 ?
      GPSRECORD_CLOCK_LOCAL : GPSRECORD_CLOCK_UTC, year,
      wire_u32le (data + NOVATEK_MONTH), wire_u32le (data + NOVATEK_DAY),
      wire_u32le (data + NOVATEK_HOUR), wire_u32le (data + NOVATEK_MINUTE),
      wire_u32le (data + NOVATEK_SECOND));
}

/* Whether a record lies at offset. One with a fix is known by its letters,
 * behind a day that is less than 256. One without has less to show and must
 * have a date. */
static bool
novatek_probe (const uint8_t * data, size_t size, size_t offset)
{
  const uint8_t *letters;
  GpsRecord scratch;

  if (!wire_has (size, offset, NOVATEK_RECORD_SIZE))
    return false;
  data += offset;
  letters = data + NOVATEK_STATUS;
  if (novatek_has_fix_letters (letters))
    return letters[-1] == 0 && letters[-2] == 0 && letters[-3] == 0;
  gpsrecord_reset (&scratch);
  return novatek_has_void_letters (letters) &&
      novatek_set_time (&scratch, data, false);
}

/* Whether a record with a fix lies at offset. */
static bool
novatek_probe_fix (const uint8_t * data, size_t size, size_t offset)
{
  return novatek_probe (data, size, offset) &&
      data[offset + NOVATEK_STATUS] == 'A';
}

/* The three axes, unless the camera has no sensor (zeros) or fills the place
 * with the numbers from 1 to 6. */
static void
novatek_set_acceleration (GpsRecord * record, const uint8_t * data)
{
  static const uint8_t counter[] = { 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0 };
  int32_t x = wire_i32le (data), y = wire_i32le (data + 4);
  int32_t z = wire_i32le (data + 8);

  if ((x == 0 && y == 0 && z == 0) ||
      memcmp (data, counter, sizeof counter) == 0)
    return;
  (void) gpsrecord_set_acceleration (record, x / NOVATEK_COUNTS_PER_G,
      y / NOVATEK_COUNTS_PER_G, z / NOVATEK_COUNTS_PER_G);
}

/* All that a fix must have; false: do not believe the record. */
static bool
novatek_set_fix (GpsRecord * record, const uint8_t * data, bool is_local)
{
  if (!novatek_set_time (record, data, is_local) ||
      !gpsrecord_set_position_ddmm (record,
          (double) wire_f32le (data + NOVATEK_LATITUDE),
          (char) data[NOVATEK_NORTH_SOUTH],
          (double) wire_f32le (data + NOVATEK_LONGITUDE),
          (char) data[NOVATEK_EAST_WEST]) ||
      !gpsrecord_set_speed_knots (record,
          (double) wire_f32le (data + NOVATEK_SPEED)))
    return false;
  /* some receivers give no course at a standstill */
  (void) gpsrecord_set_course (record,
      (double) wire_f32le (data + NOVATEK_COURSE));
  return true;
}

/* Decodes what a probe found at offset. */
static size_t
novatek_decode (const uint8_t * data, size_t size, size_t offset,
    bool is_local, GpsRecord * ret_record, size_t max)
{
  if (max < 1 || !wire_has (size, offset, NOVATEK_RECORD_SIZE))
    return 0;
  data += offset;
  size -= offset;

  gpsrecord_reset (ret_record);
  if (data[NOVATEK_STATUS] != 'A') {
    (void) novatek_set_time (ret_record, data, is_local);
  } else if (!novatek_set_fix (ret_record, data, is_local)) {
    gpsrecord_reset (ret_record);
    return 1;
  }
  if (wire_has (size, NOVATEK_ACCELERATION, NOVATEK_ACCELERATION_SIZE))
    novatek_set_acceleration (ret_record, data + NOVATEK_ACCELERATION);
  return 1;
}

bool
novatek_e_probe (const uint8_t * data, size_t size)
{
  return novatek_probe (data, size, NOVATEK_E);
}

size_t
novatek_e_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return novatek_decode (data, size, NOVATEK_E, false, ret_records, max);
}

bool
novatek_q_probe (const uint8_t * data, size_t size)
{
  return novatek_probe (data, size, NOVATEK_Q);
}

/* Degrees * 100 + minutes of both kinds are the same, but for rounding. */
static bool
novatek_agrees (double twin, float value)
{
  double difference = twin - (double) value;

  return difference >= -NOVATEK_TWIN_TOLERANCE &&
      difference <= NOVATEK_TWIN_TOLERANCE;
}

static void
novatek_q_refine (GpsRecord * record, const uint8_t * data)
{
  const uint8_t *base = data + NOVATEK_Q;
  double latitude = wire_f64le (data + NOVATEK_TWIN_LATITUDE);
  double longitude = wire_f64le (data + NOVATEK_TWIN_LONGITUDE);

  if (!novatek_agrees (latitude, wire_f32le (base + NOVATEK_LATITUDE)) ||
      !novatek_agrees (longitude, wire_f32le (base + NOVATEK_LONGITUDE)))
    return;
  if (gpsrecord_set_position_ddmm (record, latitude,
          (char) base[NOVATEK_NORTH_SOUTH], longitude,
          (char) base[NOVATEK_EAST_WEST]))
    (void) gpsrecord_set_altitude (record,
        wire_f64le (data + NOVATEK_TWIN_ALTITUDE));
}

size_t
novatek_q_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = novatek_decode (data, size, NOVATEK_Q, false, ret_records, max);

  if (n > 0 && (ret_records->fields & GPSRECORD_POSITION) &&
      size >= NOVATEK_TWIN_END)
    novatek_q_refine (ret_records, data);
  return n;
}

bool
novatek_kenwood_probe (const uint8_t * data, size_t size)
{
  return novatek_probe_fix (data, size, NOVATEK_KENWOOD) ||
      (novatek_probe (data, size, NOVATEK_KENWOOD) &&
      memcmp (data + 0x10, "MN:", 3) == 0);
}

size_t
novatek_kenwood_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return novatek_decode (data, size, NOVATEK_KENWOOD, false, ret_records, max);
}

bool
novatek_ts_probe (const uint8_t * data, size_t size)
{
  return novatek_probe (data, size, NOVATEK_TS);
}

size_t
novatek_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return novatek_decode (data, size, NOVATEK_TS, true, ret_records, max);
}

bool
novatek_b4k_probe (const uint8_t * data, size_t size)
{
  return novatek_probe (data, size, NOVATEK_B4K);
}

size_t
novatek_b4k_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return novatek_decode (data, size, NOVATEK_B4K, false, ret_records, max);
}

/* Whether the text lies at offset. */
static bool
novatek_has_text (const uint8_t * data, size_t size, size_t offset,
    const char *text)
{
  size_t length = strlen (text);

  return wire_has (size, offset, length) &&
      memcmp (data + offset, text, length) == 0;
}

/* Letters of Q, then NULs where Q has its latitude, then numbers. Needs no more
 * bytes than Q, or a block that is cut off would pass for it. */
static bool
novatek_has_hidden_position (const uint8_t * data, size_t size)
{
  return novatek_probe_fix (data, size, NOVATEK_Q) &&
      wire_u32le (data + 0x4c) == 0 &&
      (wire_u64le (data + 0x50) != 0 || wire_u32le (data + 0x58) != 0);
}

bool
novatek_youqing_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  if (novatek_has_text (data, size, 0x10, "YOUQINGGPS"))
    return true;
  /* without the banner: the plain position in front of the clock */
  gpsrecord_reset (&scratch);
  return novatek_has_hidden_position (data, size) &&
      gpsrecord_set_position_ddmm (&scratch,
      (double) wire_f32le (data + 0x28), 'N',
      (double) wire_f32le (data + 0x2c), 'E');
}

bool
novatek_akaso_v1_probe (const uint8_t * data, size_t size)
{
  return novatek_has_hidden_position (data, size);
}

bool
novatek_atc_probe (const uint8_t * data, size_t size)
{
  return novatek_has_text (data, size, 0x45, "ATC");
}

bool
novatek_iqs_probe (const uint8_t * data, size_t size)
{
  return novatek_has_text (data, size, 0x10, "IQS") &&
      novatek_probe_fix (data, size, NOVATEK_Q);
}

bool
novatek_scaled_probe (const uint8_t * data, size_t size)
{
  double latitude, longitude;

  if (!novatek_probe_fix (data, size, NOVATEK_Q))
    return false;
  latitude = (double) wire_f32le (data + NOVATEK_Q + NOVATEK_LATITUDE);
  longitude = (double) wire_f32le (data + NOVATEK_Q + NOVATEK_LONGITUDE);
  return latitude >= 187.9 && latitude <= 458.0 &&
      longitude >= 2199.1 && longitude <= 2559.3;
}

bool
novatek_degrees_probe (const uint8_t * data, size_t size)
{
  double latitude, longitude;

  if (!novatek_probe_fix (data, size, NOVATEK_Q))
    return false;
  latitude = (double) wire_f32le (data + NOVATEK_Q + NOVATEK_LATITUDE);
  longitude = (double) wire_f32le (data + NOVATEK_Q + NOVATEK_LONGITUDE);
  return latitude >= -90.0 && latitude <= 90.0 && longitude >= -180.0 &&
      longitude <= 180.0 && !(latitude == 0.0 && longitude == 0.0);
}

/* Whether a text of 8 to 20 printable characters lies at data, where there is
 * room for 20, NULs behind it. Of one that is cut off the beginning counts. */
static bool
novatek_eace_is_text (const uint8_t * data, size_t size)
{
  size_t length = 0;

  if (size > NOVATEK_EACE_TEXT_MAX)
    size = NOVATEK_EACE_TEXT_MAX;
  while (length < size && data[length] >= 0x20 && data[length] < 0x7f)
    length++;
  return length == size || (length >= 8 && data[length] == 0);
}

bool
novatek_eace_probe (const uint8_t * data, size_t size)
{
  return novatek_probe_fix (data, size, NOVATEK_E) &&
      novatek_eace_is_text (data + NOVATEK_EACE_LATITUDE,
      size - NOVATEK_EACE_LATITUDE) && (size < NOVATEK_EACE_LONGITUDE ||
      novatek_eace_is_text (data + NOVATEK_EACE_LONGITUDE,
          size - NOVATEK_EACE_LONGITUDE));
}
