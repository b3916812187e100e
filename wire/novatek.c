/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/novatek.h"

#include "wire/bytes.h"
#include "wire/eace.h"
#include "wire/text.h"

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
  NOVATEK_EACE_SPEED = 0x54,
  NOVATEK_EACE_COURSE = 0x58,
  NOVATEK_EACE_ACCELERATION = 0x5c,
  NOVATEK_EACE_END = 0x5c,
  NOVATEK_EACE_CHECK = 0x68,
  NOVATEK_EACE_TEXT_MAX = EACE_TEXT_MAX
};

/* YOUQING firmware has its clock and letters where Q has them. */
enum
{
  NOVATEK_YOUQING_LATITUDE = 0x28,
  NOVATEK_YOUQING_LONGITUDE = 0x2c,
  NOVATEK_YOUQING_SPEED = 0x60,
  NOVATEK_YOUQING_COURSE = 0x64,
  NOVATEK_YOUQING_END = 0x68,
  NOVATEK_YOUQING_ACCELERATION = 0x7c
};

/* Size word of the blocks of the Transcend DrivePro Body. */
#define NOVATEK_DEGREES_BLOCK 0x4000

/* What scaled degrees are shifted by. */
#define NOVATEK_SCALED_LATITUDE 187.982162849635
#define NOVATEK_SCALED_LONGITUDE 2199.19873715495

/* Two records tell the scale when the car moves, in m/s, and no more time is
 * between them. */
#define NOVATEK_SCALED_SPEED 5.0
#define NOVATEK_SCALED_PAUSE_US 10000000

/* Between two records that were found: no more time, and no more speed. */
#define NOVATEK_FOUND_PAUSE_US 60000000
#define NOVATEK_FOUND_SPEED (500.0 / 3.6)

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

/* Three axes in a unit that is not known. Zeros are no sensor. */
static void
novatek_set_raw_acceleration (GpsRecord * record, const uint8_t * data,
    size_t size, size_t offset)
{
  int32_t x, y, z;

  if (!wire_has (size, offset, NOVATEK_ACCELERATION_SIZE))
    return;
  x = wire_i32le (data + offset);
  y = wire_i32le (data + offset + 4);
  z = wire_i32le (data + offset + 8);
  if (x != 0 || y != 0 || z != 0)
    (void) gpsrecord_set_acceleration_raw (record, x, y, z);
}

/* Whether zeros stand behind the latitude: no place has just that longitude,
 * no block that is whole. */
static bool
novatek_is_half (const uint8_t * data)
{
  return wire_u32le (data + NOVATEK_LONGITUDE) == 0 &&
      wire_u32le (data + NOVATEK_SPEED) == 0 &&
      wire_u32le (data + NOVATEK_COURSE) == 0;
}

/* All that a fix must have; false: do not believe the record. */
static bool
novatek_set_fix (GpsRecord * record, const uint8_t * data, bool is_local)
{
  if (novatek_is_half (data) || !novatek_set_time (record, data, is_local) ||
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

/* Letters of Q, then NULs where Q has its latitude, then the first of two f64,
 * whose lower half stands where Q has its longitude: zeros there are those of a
 * position that is not known. Needs no more bytes than Q, or a block that is
 * cut off would pass for it. */
static bool
novatek_has_hidden_position (const uint8_t * data, size_t size)
{
  return novatek_probe_fix (data, size, NOVATEK_Q) &&
      wire_u32le (data + 0x4c) == 0 && wire_u32le (data + 0x50) != 0;
}

bool
novatek_youqing_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  if (text_has (data, size, 0x10, "YOUQINGGPS"))
    return true;
  /* without the banner: the plain position in front of the clock */
  gpsrecord_reset (&scratch);
  return novatek_has_hidden_position (data, size) &&
      gpsrecord_set_position_ddmm (&scratch,
      (double) wire_f32le (data + 0x28), 'N',
      (double) wire_f32le (data + 0x2c), 'E');
}

/* Puts into the record what stands at other places than those of Q. False: do
 * not believe it. */
static bool
novatek_set_youqing (GpsRecord * record, const uint8_t * data)
{
  const uint8_t *letters = data + NOVATEK_Q + NOVATEK_STATUS;

  if (record->clock == GPSRECORD_CLOCK_NONE ||
      !gpsrecord_set_position_ddmm (record,
          (double) wire_f32le (data + NOVATEK_YOUQING_LATITUDE),
          (char) letters[1],
          (double) wire_f32le (data + NOVATEK_YOUQING_LONGITUDE),
          (char) letters[2]) || !gpsrecord_set_speed_knots (record,
          (double) wire_f32le (data + NOVATEK_YOUQING_SPEED)))
    return false;
  (void) gpsrecord_set_course (record,
      (double) wire_f32le (data + NOVATEK_YOUQING_COURSE));
  return true;
}

size_t
novatek_youqing_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *clock = data + NOVATEK_Q;

  if (max < 1 || size < NOVATEK_YOUQING_END)
    return 0;
  gpsrecord_reset (ret_records);
  (void) gpsrecord_set_time (ret_records, GPSRECORD_CLOCK_UTC,
      wire_u32le (clock + NOVATEK_YEAR), wire_u32le (clock + NOVATEK_MONTH),
      wire_u32le (clock + NOVATEK_DAY), wire_u32le (clock + NOVATEK_HOUR),
      wire_u32le (clock + NOVATEK_MINUTE), wire_u32le (clock + NOVATEK_SECOND));
  if (clock[NOVATEK_STATUS] == 'A' && !novatek_set_youqing (ret_records, data))
    gpsrecord_reset (ret_records);
  novatek_set_raw_acceleration (ret_records, data, size,
      NOVATEK_YOUQING_ACCELERATION);
  return 1;
}

bool
novatek_akaso_v1_probe (const uint8_t * data, size_t size)
{
  return novatek_has_hidden_position (data, size);
}

/* This firmware writes where the car comes from. */
size_t
novatek_akaso_v1_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (max < 1 || size < NOVATEK_YOUQING_END)
    return 0;
  gpsrecord_reset (ret_records);
  if (!novatek_set_time (ret_records, data + NOVATEK_Q, false))
    return 1;
  ret_records->fields |= GPSRECORD_ENCRYPTED;
  (void) gpsrecord_set_speed_kmh (ret_records,
      (double) wire_f32le (data + NOVATEK_YOUQING_SPEED));
  (void) gpsrecord_set_course (ret_records,
      (double) wire_f32le (data + NOVATEK_YOUQING_COURSE) + 180.0);
  return 1;
}

bool
novatek_iqs_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, 0x10, "IQS") &&
      novatek_probe_fix (data, size, NOVATEK_Q);
}

/* A letter makes a number negative. */
static double
novatek_signed (double value, uint8_t letter)
{
  value = value < 0.0 ? -value : value;
  return letter == 'S' || letter == 'W' ? -value : value;
}

size_t
novatek_iqs_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *base = data + NOVATEK_Q;
  float altitude;

  if (max < 1 || !wire_has (size, NOVATEK_Q, NOVATEK_RECORD_SIZE))
    return 0;
  gpsrecord_reset (ret_records);
  if (novatek_is_half (base) || !novatek_set_time (ret_records, base, false) ||
      !gpsrecord_set_position (ret_records,
          novatek_signed (wire_i32le (base + NOVATEK_LATITUDE) / 1e7,
              base[NOVATEK_NORTH_SOUTH]),
          novatek_signed (wire_i32le (base + NOVATEK_LONGITUDE) / 1e7,
              base[NOVATEK_EAST_WEST])) ||
      !gpsrecord_set_speed (ret_records,
          wire_i32le (base + NOVATEK_SPEED) / 100.0)) {
    gpsrecord_reset (ret_records);
    return 1;
  }
  /* millimetres; less than one is an integer that is read as a float */
  altitude = wire_f32le (base + NOVATEK_COURSE);
  if (altitude <= -1.0F || altitude >= 1.0F)
    (void) gpsrecord_set_altitude (ret_records, (double) altitude / 1000.0);
  return 1;
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

/* Only blocks of the size of that camera: others may be anything. */
size_t
novatek_degrees_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *base = data + NOVATEK_Q;

  if (max < 1 || !wire_has (size, NOVATEK_Q, NOVATEK_RECORD_SIZE) ||
      wire_u32be (data) != NOVATEK_DEGREES_BLOCK)
    return 0;
  gpsrecord_reset (ret_records);
  if (!novatek_set_time (ret_records, base, false) ||
      !gpsrecord_set_position (ret_records,
          novatek_signed ((double) wire_f32le (base + NOVATEK_LATITUDE),
              base[NOVATEK_NORTH_SOUTH]),
          novatek_signed ((double) wire_f32le (base + NOVATEK_LONGITUDE),
              base[NOVATEK_EAST_WEST])) ||
      !gpsrecord_set_speed_kmh (ret_records,
          (double) wire_f32le (base + NOVATEK_SPEED))) {
    gpsrecord_reset (ret_records);
    return 1;
  }
  (void) gpsrecord_set_course (ret_records,
      (double) wire_f32le (base + NOVATEK_COURSE));
  return 1;
}

/* The record at data with its numbers taken for scaled degrees. */
static bool
novatek_set_scaled (GpsRecord * record, const uint8_t * data)
{
  gpsrecord_reset (record);
  if (!novatek_set_time (record, data, false) ||
      !gpsrecord_set_position (record,
          novatek_signed (((double) wire_f32le (data + NOVATEK_LATITUDE) -
                  NOVATEK_SCALED_LATITUDE) / 3.0, data[NOVATEK_NORTH_SOUTH]),
          novatek_signed (((double) wire_f32le (data + NOVATEK_LONGITUDE) -
                  NOVATEK_SCALED_LONGITUDE) / 2.0,
              data[NOVATEK_EAST_WEST])) || !gpsrecord_set_speed_knots (record,
          (double) wire_f32le (data + NOVATEK_SPEED)))
    return false;
  (void) gpsrecord_set_course (record,
      (double) wire_f32le (data + NOVATEK_COURSE));
  return true;
}

/* What the way between two records says, where they are read in the one manner
 * and in the other. The two ways differ by a factor of 20 or more. */
static NovatekScale
novatek_compare_scales (const uint8_t * before, const uint8_t * now)
{
  GpsRecord plain[2], scaled[2];
  double way, plain_way, scaled_way;
  int64_t pause;

  for (size_t i = 0; i < 2; i++) {
    const uint8_t *data = i == 0 ? before : now;

    gpsrecord_reset (&plain[i]);
    if (!novatek_set_scaled (&scaled[i], data) ||
        !novatek_set_fix (&plain[i], data, false))
      return NOVATEK_SCALED_UNKNOWN;
  }
  pause = plain[1].time_us - plain[0].time_us;
  if (pause <= 0 || pause > NOVATEK_SCALED_PAUSE_US ||
      plain[0].speed < NOVATEK_SCALED_SPEED ||
      plain[1].speed < NOVATEK_SCALED_SPEED)
    return NOVATEK_SCALED_UNKNOWN;
  way = (plain[0].speed + plain[1].speed) / 2.0 * (double) pause / 1e6;
  plain_way = gpsrecord_distance (&plain[0], &plain[1]);
  scaled_way = gpsrecord_distance (&scaled[0], &scaled[1]);
  if (scaled_way > way / 2.0 && scaled_way < way * 2.0 && plain_way < way / 5.0)
    return NOVATEK_SCALED_YES;
  if (plain_way > way / 2.0 && plain_way < way * 2.0 && scaled_way > way * 5.0)
    return NOVATEK_SCALED_NO;
  return NOVATEK_SCALED_UNKNOWN;
}

/* What a record says by itself. As degrees and minutes the numbers are a place
 * in Africa, on either side of the equator, so a western one, and more than 60
 * minutes, speak against it. */
static NovatekScale
novatek_judge_scale (const uint8_t * data)
{
  GpsRecord scratch;

  gpsrecord_reset (&scratch);
  return data[NOVATEK_EAST_WEST] != 'E' ||
      !gpsrecord_set_position_ddmm (&scratch,
      (double) wire_f32le (data + NOVATEK_LATITUDE), 'N',
      (double) wire_f32le (data + NOVATEK_LONGITUDE), 'E') ?
      NOVATEK_SCALED_YES : NOVATEK_SCALED_UNKNOWN;
}

/* Keeps the block, or, when there are many, the last ones. */
static void
novatek_hold_scaled (NovatekScaled * self, const uint8_t * data)
{
  if (self->n_held == NOVATEK_SCALED_HELD) {
    memmove (self->held[0], self->held[1], sizeof self->held -
        sizeof self->held[0]);
    self->n_held--;
  }
  memcpy (self->held[self->n_held++], data, NOVATEK_SCALED_SIZE);
}

size_t
novatek_scaled_follow (NovatekScaled * self, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (max <= NOVATEK_SCALED_HELD ||
      !wire_has (size, NOVATEK_Q, NOVATEK_RECORD_SIZE))
    return 0;
  data += NOVATEK_Q;
  if (self->scale == NOVATEK_SCALED_UNKNOWN)
    self->scale = novatek_judge_scale (data);
  if (self->scale == NOVATEK_SCALED_UNKNOWN && self->n_held > 0)
    self->scale = novatek_compare_scales (self->held[self->n_held - 1], data);
  novatek_hold_scaled (self, data);
  if (self->scale == NOVATEK_SCALED_UNKNOWN)
    return 0;
  for (; n < self->n_held; n++)
    if (self->scale == NOVATEK_SCALED_NO)
      (void) novatek_decode (self->held[n], NOVATEK_SCALED_SIZE, 0, false,
          &ret_records[n], 1);
    else if (!novatek_set_scaled (&ret_records[n], self->held[n]))
      gpsrecord_reset (&ret_records[n]);
  self->n_held = 0;
  return n;
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

size_t
novatek_eace_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *base = data + NOVATEK_E;
  double latitude, longitude;

  if (max < 1 || size < NOVATEK_EACE_END)
    return 0;
  gpsrecord_reset (ret_records);
  if (!eace_read_position (data + NOVATEK_EACE_LATITUDE,
          data + NOVATEK_EACE_LONGITUDE,
          wire_has (size, NOVATEK_EACE_CHECK, NOVATEK_EACE_TEXT_MAX) ?
          data + NOVATEK_EACE_CHECK : NULL, &latitude, &longitude))
    return 0;
  if (!novatek_set_time (ret_records, base, false) ||
      !gpsrecord_set_position_ddmm (ret_records, latitude,
          (char) base[NOVATEK_NORTH_SOUTH], longitude,
          (char) base[NOVATEK_EAST_WEST]) ||
      !gpsrecord_set_speed_knots (ret_records,
          (double) wire_f32le (data + NOVATEK_EACE_SPEED))) {
    gpsrecord_reset (ret_records);
    return 1;
  }
  (void) gpsrecord_set_course (ret_records,
      (double) wire_f32le (data + NOVATEK_EACE_COURSE));
  /* about 250 to 300 for one g */
  novatek_set_raw_acceleration (ret_records, data, size,
      NOVATEK_EACE_ACCELERATION);
  return 1;
}

/* Offset of the last record with a fix, or 0. The one of another block behind
 * this one is none. */
static size_t
novatek_find (const uint8_t * data, size_t size, GpsRecord * ret_record)
{
  size_t at;

  if (size <= NOVATEK_E)
    return 0;
  size = NOVATEK_E + text_find (data + NOVATEK_E, size - NOVATEK_E, "freeGPS");
  at = size < NOVATEK_RECORD_SIZE ? 0 : size - NOVATEK_RECORD_SIZE;
  for (; at >= NOVATEK_E; at--) {
    if (data[at + NOVATEK_STATUS] != 'A' || !novatek_probe_fix (data, size, at))
      continue;
    gpsrecord_reset (ret_record);
    if (novatek_set_fix (ret_record, data + at, false))
      return at;
  }
  return 0;
}

bool
novatek_found_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  return novatek_find (data, size, &scratch) > 0;
}

/* Whether a car can get from the one to the other. */
static bool
novatek_can_follow (const GpsRecord * before, const GpsRecord * now)
{
  int64_t pause = now->time_us - before->time_us;

  return now->clock == before->clock && pause > 0 &&
      pause <= NOVATEK_FOUND_PAUSE_US && gpsrecord_distance (before, now) <=
      NOVATEK_FOUND_SPEED * (double) pause / 1e6;
}

size_t
novatek_found_follow (NovatekFound * self, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  GpsRecord record, last = self->last;
  size_t offset = novatek_find (data, size, &record), n = 0;
  bool follows = offset > 0 && offset == self->offset &&
      novatek_can_follow (&last, &record);

  if (offset == 0 || max < 2)
    return 0;
  if (follows && !self->is_sure)
    ret_records[n++] = last;
  if (follows)
    ret_records[n++] = record;
  self->is_sure = follows;
  self->offset = offset;
  self->last = record;
  return n;
}
