/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dashtext.h"

#include "wire/bytes.h"
#include "wire/nmea.h"
#include "wire/text.h"

#include <string.h>

/* Where the texts begin in a block. */
enum
{
  DASHTEXT_AZDOME = 0x12,
  DASHTEXT_512GW_DATE = 0x34,
  DASHTEXT_512GW_ACCELERATION = 0x44,
  DASHTEXT_512GW_END = 0x50,
  DASHTEXT_SUB16 = 0x3c
};

/* The veiled record, from its two zero bytes on. */
enum
{
  VEILED_KEY = 0xaa,
  VEILED_DATE = 8,
  VEILED_LATITUDE = 38,
  VEILED_LONGITUDE = 47,
  VEILED_ALTITUDE = 57,         /* a sign and four digits, or else the speed */
  VEILED_ALTITUDE_SIZE = 5,
  VEILED_SPEED = 62,
  VEILED_ACCELERATION = 65,
  VEILED_LATE_ACCELERATION = 0xad,
  VEILED_AXIS = 4,              /* a sign and three digits */
  VEILED_END = 65,
  VEILED_SIZE = VEILED_LATE_ACCELERATION + 3 * VEILED_AXIS
};

/* The fields of a Jomise's RMC sentence. */
enum
{
  JOMISE_TALKER,
  JOMISE_TIME,
  JOMISE_STATUS,
  JOMISE_LATITUDE,
  JOMISE_NORTH_SOUTH,
  JOMISE_LONGITUDE,
  JOMISE_EAST_WEST,
  JOMISE_SPEED,                 /* knots */
  JOMISE_COURSE,
  JOMISE_DATE,
  JOMISE_N_FIELDS
};

/* Behind the mark of VSYS, fields that commas separate. */
#define VSYS_MARK "$GPSINFO,"
enum
{
  VSYS_FLAGS,
  VSYS_TIME,
  VSYS_LATITUDE,
  VSYS_LONGITUDE,
  VSYS_SPEED,                   /* km/h */
  VSYS_UNKNOWN,
  VSYS_COURSE,
  VSYS_N_FIELDS
};

#define DASHTEXT_512GW_COUNTS_PER_G 256.0
#define DASHTEXT_SUB16_MAX 128

/* Year, month, day, hour, minute, second: 14 digits. */
static bool
dashtext_set_time (GpsRecord * record, GpsRecordClock clock,
    const uint8_t * data, size_t size, size_t offset)
{
  uint32_t year, n[5];

  if (!text_digits (data, size, offset, 4, &year))
    return false;
  for (size_t i = 0; i < 5; i++)
    if (!text_digits (data, size, offset + 4 + 2 * i, 2, &n[i]))
      return false;
  return gpsrecord_set_time (record, clock, year, n[0], n[1], n[2], n[3], n[4]);
}

/* Takes the veil off up to VEILED_SIZE bytes; returns how many. */
static size_t
dashtext_unveil (const uint8_t * data, size_t size, uint8_t * ret_plain)
{
  if (size > VEILED_SIZE)
    size = VEILED_SIZE;
  for (size_t i = 0; i < size; i++)
    ret_plain[i] = data[i] ^ VEILED_KEY;
  return size;
}

/* A sign and three digits each, 1/100 g. */
static void
dashtext_set_veiled_acceleration (GpsRecord * record, const uint8_t * plain,
    size_t size, size_t offset)
{
  double axis[3];

  if (!wire_has (size, offset, 3 * VEILED_AXIS))
    return;
  for (size_t i = 0; i < 3; i++) {
    const uint8_t *p = plain + offset + VEILED_AXIS * i;

    if ((p[0] != '+' && p[0] != '-') ||
        text_decimal (p, VEILED_AXIS, &axis[i]) != VEILED_AXIS)
      return;
  }
  (void) gpsrecord_set_acceleration (record, axis[0] / 100.0, axis[1] / 100.0,
      axis[2] / 100.0);
}

/* A sign and four digits; some cameras leave it out. */
static void
dashtext_set_veiled_altitude (GpsRecord * record, const uint8_t * plain)
{
  const uint8_t *p = plain + VEILED_ALTITUDE;
  double altitude;

  if ((p[0] == '+' || p[0] == '-') && text_decimal (p, VEILED_ALTITUDE_SIZE,
          &altitude) == VEILED_ALTITUDE_SIZE)
    (void) gpsrecord_set_altitude (record, altitude);
}

static bool
dashtext_set_veiled_position (GpsRecord * record, const uint8_t * plain,
    size_t size)
{
  uint32_t latitude, longitude;

  return text_digits (plain, size, VEILED_LATITUDE + 1, 8, &latitude) &&
      text_digits (plain, size, VEILED_LONGITUDE + 1, 9, &longitude) &&
      gpsrecord_set_position_ddmm (record, latitude / 1e4,
      (char) plain[VEILED_LATITUDE], longitude / 1e4,
      (char) plain[VEILED_LONGITUDE]);
}

bool
dashtext_azdome_probe (const uint8_t * data, size_t size)
{
  static const uint8_t mark[] =
      { 0xaa, 0xaa, 0xf2, 0xe1, 0xf0, 0xee, 0x54, 0x54 };

  return wire_has (size, DASHTEXT_AZDOME, VEILED_END) &&
      memcmp (data + DASHTEXT_AZDOME, mark, sizeof mark) == 0;
}

size_t
dashtext_azdome_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  uint8_t plain[VEILED_SIZE];
  uint32_t speed;
  bool has_sign;

  if (max < 1 || !wire_has (size, DASHTEXT_AZDOME, VEILED_END))
    return 0;
  size = dashtext_unveil (data + DASHTEXT_AZDOME, size - DASHTEXT_AZDOME,
      plain);
  gpsrecord_reset (ret_records);
  if (!dashtext_set_time (ret_records, GPSRECORD_CLOCK_UTC, plain, size,
          VEILED_DATE) || !dashtext_set_veiled_position (ret_records, plain,
          size))
    return 1;
  has_sign = plain[VEILED_ALTITUDE] == '+' || plain[VEILED_ALTITUDE] == '-';
  if (has_sign ? text_digits (plain, size, VEILED_SPEED, 3, &speed) :
      text_digits (plain, size, VEILED_ALTITUDE, 8, &speed))
    (void) gpsrecord_set_speed_kmh (ret_records, speed);
  dashtext_set_veiled_acceleration (ret_records, plain, size, has_sign ?
      VEILED_ACCELERATION : VEILED_LATE_ACCELERATION);
  return 1;
}

/* 48515022 are 48 degrees and 515022 / 600000. */
static double
dashtext_from_fraction (uint32_t number)
{
  uint32_t degrees = number / 1000000;

  return degrees + number % 1000000 / 600000.0;
}

static bool
dashtext_set_veiled_degrees (GpsRecord * record, const uint8_t * plain,
    size_t size)
{
  uint32_t latitude, longitude;
  double north, east;

  if (!text_digits (plain, size, VEILED_LATITUDE + 1, 8, &latitude) ||
      !text_digits (plain, size, VEILED_LONGITUDE + 1, 9, &longitude) ||
      latitude % 1000000 >= 600000 || longitude % 1000000 >= 600000)
    return false;
  north = dashtext_from_fraction (latitude);
  east = dashtext_from_fraction (longitude);
  if (plain[VEILED_LATITUDE] == 'S')
    north = -north;
  else if (plain[VEILED_LATITUDE] != 'N')
    return false;
  if (plain[VEILED_LONGITUDE] == 'W')
    east = -east;
  else if (plain[VEILED_LONGITUDE] != 'E')
    return false;
  return gpsrecord_set_position (record, north, east);
}

bool
dashtext_veiled_probe (const uint8_t * data, size_t size)
{
  static const uint8_t name[] = { 0xf2, 0xe1, 0xf0, 0xee };

  return size >= VEILED_END && data[0] == 0 && data[1] == 0 &&
      ((data[4] == VEILED_KEY && data[5] == VEILED_KEY) ||
      memcmp (data + 2, name, sizeof name) == 0);
}

size_t
dashtext_veiled_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  uint8_t plain[VEILED_SIZE];
  uint32_t speed;

  if (max < 1 || size < VEILED_END)
    return 0;
  size = dashtext_unveil (data, size, plain);
  gpsrecord_reset (ret_records);
  if (!dashtext_set_time (ret_records, GPSRECORD_CLOCK_LOCAL, plain, size,
          VEILED_DATE) || !dashtext_set_veiled_degrees (ret_records, plain,
          size))
    return 1;
  if (text_digits (plain, size, VEILED_SPEED, 3, &speed))
    (void) gpsrecord_set_speed_kmh (ret_records, speed);
  dashtext_set_veiled_altitude (ret_records, plain);
  dashtext_set_veiled_acceleration (ret_records, plain, size,
      VEILED_ACCELERATION);
  dashtext_set_veiled_acceleration (ret_records, plain, size,
      VEILED_LATE_ACCELERATION);
  return 1;
}

bool
dashtext_512gw_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  return size >= DASHTEXT_512GW_END && dashtext_set_time (&scratch,
      GPSRECORD_CLOCK_LOCAL, data, size, DASHTEXT_512GW_DATE);
}

size_t
dashtext_512gw_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *p = data + DASHTEXT_512GW_ACCELERATION;
  Nmea nmea;
  size_t n;

  if (max < 1 || size < DASHTEXT_512GW_END)
    return 0;
  nmea_init (&nmea, NMEA_UNCHECKED);
  n = nmea_decode (&nmea, data + DASHTEXT_512GW_END,
      size - DASHTEXT_512GW_END, ret_records, max);
  if (n == 0) {
    gpsrecord_reset (ret_records);
    (void) dashtext_set_time (ret_records, GPSRECORD_CLOCK_LOCAL, data, size,
        DASHTEXT_512GW_DATE);
    n = 1;
  }
  (void) gpsrecord_set_acceleration (ret_records,
      wire_i32le (p) / DASHTEXT_512GW_COUNTS_PER_G,
      wire_i32le (p + 4) / DASHTEXT_512GW_COUNTS_PER_G,
      wire_i32le (p + 8) / DASHTEXT_512GW_COUNTS_PER_G);
  return n;
}

bool
dashtext_sub16_probe (const uint8_t * data, size_t size)
{
  static const uint8_t mark[] = { 0x34, 0x57, 0x60, 0x62, 0x5d, 0x53, 0x3c };

  return wire_has (size, DASHTEXT_SUB16, sizeof mark) &&
      memcmp (data + DASHTEXT_SUB16, mark, sizeof mark) == 0;
}

size_t
dashtext_sub16_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  uint8_t plain[DASHTEXT_SUB16_MAX];
  Nmea nmea;
  size_t n = 0;

  if (max < 1 || size < DASHTEXT_SUB16)
    return 0;
  for (size_t at = DASHTEXT_SUB16; at < size && n < sizeof plain &&
      data[at] >= 0x20; at++)
    plain[n++] = (uint8_t) (data[at] - 16);
  nmea_init (&nmea, NMEA_UNCHECKED);
  n = nmea_decode (&nmea, plain, n, ret_records, max);
  if (n == 0) {
    gpsrecord_reset (ret_records);
    n = 1;
  }
  return n;
}

bool
dashtext_nmea_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;
  Nmea nmea;

  nmea_init (&nmea, NMEA_UNCHECKED);
  return nmea_decode (&nmea, data, size, &scratch, 1) > 0;
}

size_t
dashtext_nmea_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  Nmea nmea;

  nmea_init (&nmea, NMEA_UNCHECKED);
  return nmea_decode (&nmea, data, size, ret_records, max);
}

bool
dashtext_nmea_ts_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, 0, "$G") && dashtext_nmea_probe (data, size);
}

/* Its status says that there is a fix, and its latitude is no number. */
bool
dashtext_jomise_probe (const uint8_t * data, size_t size)
{
  size_t at = nmea_find (data, size), end;
  double latitude;

  if (!text_has (data, size, 0, "$G") || at >= size ||
      memcmp (data + at + 2, "RMC", 3) != 0)
    return false;
  at += text_find (data + at, size - at, ",A,") + 3;
  if (at >= size)
    return false;
  end = text_find (data + at, size - at, ",");
  return end > 0 && at + end < size &&
      text_decimal (data + at, end, &latitude) != end;
}

/* Fields that commas separate, up to the end of the line. Returns how many. */
static size_t
dashtext_split (const uint8_t * data, size_t size, const uint8_t ** ret_fields,
    size_t *ret_sizes, size_t max)
{
  size_t n = 0, start = 0;

  for (size_t at = 0; n < max; at++) {
    bool at_end = at >= size || data[at] < 0x20;

    if (!at_end && data[at] != ',')
      continue;
    ret_fields[n] = data + start;
    ret_sizes[n++] = at - start;
    start = at + 1;
    if (at_end)
      break;
  }
  return n;
}

/* Degrees as XORed digits, then minutes as a number. */
static bool
dashtext_get_jomise_parts (const uint8_t * data, size_t size,
    const char *keys, size_t n_keys, double *ret_degrees, double *ret_minutes)
{
  double degrees = 0.0, minutes;

  if (size <= n_keys || text_decimal (data + n_keys, size - n_keys, &minutes)
      != size - n_keys)
    return false;
  for (size_t i = 0; i < n_keys; i++) {
    uint8_t c = data[i] ^ (uint8_t) keys[i];

    if (c < '0' || c > '9')
      return false;
    degrees = degrees * 10.0 + (c - '0');
  }
  *ret_degrees = degrees;
  *ret_minutes = minutes;
  return true;
}

/* The formula is a guess from one recording (docs/wire/mpegts-gps.md). */
static void
dashtext_set_jomise_position (GpsRecord * record, bool is_guessed,
    const uint8_t ** fields, const size_t *sizes)
{
  double degrees[2], minutes[2];
  GpsRecord guess = *record;

  record->fields |= GPSRECORD_ENCRYPTED;
  if (!is_guessed || sizes[JOMISE_NORTH_SOUTH] != 1 ||
      sizes[JOMISE_EAST_WEST] != 1 ||
      !dashtext_get_jomise_parts (fields[JOMISE_LATITUDE],
          sizes[JOMISE_LATITUDE], "\x0e\x0e", 2, &degrees[0], &minutes[0]) ||
      !dashtext_get_jomise_parts (fields[JOMISE_LONGITUDE],
          sizes[JOMISE_LONGITUDE], "\x00\x05\x03", 3, &degrees[1], &minutes[1]))
    return;
  minutes[0] = (minutes[0] - 85.95194) / 2.43051724137931 + 42.2568;
  minutes[1] = (minutes[1] - 70.14674) / 1.460987654320988 + 9.2028;
  if (minutes[0] >= 0.0 && minutes[0] < 60.0 && minutes[1] >= 0.0 &&
      minutes[1] < 60.0 &&
      gpsrecord_set_position_ddmm (&guess, degrees[0] * 100.0 + minutes[0],
          (char) fields[JOMISE_NORTH_SOUTH][0], degrees[1] * 100.0 +
          minutes[1], (char) fields[JOMISE_EAST_WEST][0]))
    *record = guess;
}

/* "hhmmss.ss" and "ddmmyy". */
static bool
dashtext_set_jomise_time (GpsRecord * record, const uint8_t ** fields,
    const size_t *sizes)
{
  uint32_t clock[3], date[3];

  for (size_t i = 0; i < 3; i++)
    if (!text_digits (fields[JOMISE_TIME], sizes[JOMISE_TIME], 2 * i, 2,
            &clock[i]) || !text_digits (fields[JOMISE_DATE],
            sizes[JOMISE_DATE], 2 * i, 2, &date[i]))
      return false;
  return gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, date[2], date[1],
      date[0], clock[0], clock[1], clock[2]);
}

size_t
dashtext_jomise_follow (bool is_guessed, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0, at = 0;

  while (n < max && (at += nmea_find (data + at, size - at)) < size) {
    const uint8_t *fields[JOMISE_N_FIELDS];
    size_t sizes[JOMISE_N_FIELDS];
    GpsRecord *record = &ret_records[n];
    double number;

    at++;
    if (dashtext_split (data + at, size - at, fields, sizes, JOMISE_N_FIELDS) <
        JOMISE_N_FIELDS)
      continue;
    gpsrecord_reset (record);
    if (!dashtext_set_jomise_time (record, fields, sizes))
      continue;
    n++;
    if (sizes[JOMISE_STATUS] != 1 || fields[JOMISE_STATUS][0] != 'A')
      continue;
    dashtext_set_jomise_position (record, is_guessed, fields, sizes);
    if (text_decimal (fields[JOMISE_SPEED], sizes[JOMISE_SPEED], &number) > 0)
      (void) gpsrecord_set_speed_knots (record, number);
    if (text_decimal (fields[JOMISE_COURSE], sizes[JOMISE_COURSE], &number) > 0)
      (void) gpsrecord_set_course (record, number);
  }
  return n;
}

bool
dashtext_vsys_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, 0, VSYS_MARK);
}

/* "YYYY.MM.DD HH:MM:SS", the clock is not known. */
static bool
dashtext_set_vsys_time (GpsRecord * record, const uint8_t * data, size_t size)
{
  static const char form[] = "0000.00.00 00:00:00";
  uint32_t year, n[5];

  if (size != sizeof form - 1)
    return false;
  for (size_t i = 0; i < size; i++)
    if (form[i] != '0' && data[i] != (uint8_t) form[i])
      return false;
  if (!text_digits (data, size, 0, 4, &year))
    return false;
  for (size_t i = 0; i < 5; i++)
    if (!text_digits (data, size, 5 + 3 * i, 2, &n[i]))
      return false;
  return gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, year, n[0], n[1],
      n[2], n[3], n[4]);
}

/* Where the position is, as far as the owner says so. */
static void
dashtext_set_vsys_position (GpsRecord * record, DialectQuadrant quadrant,
    double latitude, double longitude)
{
  bool is_south = quadrant == DIALECT_QUADRANT_SE ||
      quadrant == DIALECT_QUADRANT_SW;
  bool is_west = quadrant == DIALECT_QUADRANT_NW ||
      quadrant == DIALECT_QUADRANT_SW;

  if (!gpsrecord_set_position_ddmm (record, latitude, is_south ? 'S' : 'N',
          longitude, is_west ? 'W' : 'E') || quadrant != DIALECT_QUADRANT_AUTO)
    return;
  record->fields &= ~(unsigned) GPSRECORD_POSITION;
  record->fields |= GPSRECORD_NO_HEMISPHERE;
  record->latitude = record->longitude = 0.0;
}

/* "$GSNRINFO,x,y,z" on the next line. */
static void
dashtext_set_vsys_axes (GpsRecord * record, const uint8_t * data, size_t size)
{
  static const char mark[] = "$GSNRINFO,";
  size_t at = text_find (data, size, mark) + sizeof mark - 1;
  const uint8_t *fields[3];
  size_t sizes[3];
  double axes[3];

  if (at > size || dashtext_split (data + at, size - at, fields, sizes, 3) < 3)
    return;
  for (size_t i = 0; i < 3; i++)
    if (sizes[i] == 0 || text_decimal (fields[i], sizes[i], &axes[i]) !=
        sizes[i])
      return;
  (void) gpsrecord_set_acceleration_raw (record, axes[0], axes[1], axes[2]);
}

size_t
dashtext_vsys_follow (DialectQuadrant quadrant, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  const size_t skip = sizeof VSYS_MARK - 1;
  const uint8_t *fields[VSYS_N_FIELDS];
  double numbers[VSYS_N_FIELDS] = { 0 };
  size_t sizes[VSYS_N_FIELDS];

  if (max < 1 || size < skip || dashtext_split (data + skip, size - skip,
          fields, sizes, VSYS_N_FIELDS) < VSYS_N_FIELDS)
    return 0;
  gpsrecord_reset (ret_records);
  if (!dashtext_set_vsys_time (ret_records, fields[VSYS_TIME],
          sizes[VSYS_TIME]))
    return 1;
  for (size_t i = VSYS_LATITUDE; i < VSYS_N_FIELDS; i++)
    if (sizes[i] == 0 || text_decimal (fields[i], sizes[i], &numbers[i]) !=
        sizes[i])
      return 1;
  dashtext_set_vsys_position (ret_records, quadrant, numbers[VSYS_LATITUDE],
      numbers[VSYS_LONGITUDE]);
  if (ret_records->fields == 0)
    return 1;
  (void) gpsrecord_set_speed_kmh (ret_records, numbers[VSYS_SPEED]);
  (void) gpsrecord_set_course (ret_records, numbers[VSYS_COURSE]);
  dashtext_set_vsys_axes (ret_records, data, size);
  return 1;
}
