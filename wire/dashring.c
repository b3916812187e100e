/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dashring.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

/* Where the records begin. */
enum
{
  ATC_FIRST = 0x30,
  DOLLAR_FIRST = 0x30,
  DOLLAR_DOD_FIRST = 32,
  INNOVV_FIRST = 0x10,
  XBHT_FIRST = 0x10
};

/* Dialect L. */
enum
{
  ATC_DATE = 0x04,
  ATC_TIME = 0x08,
  ATC_HOUR = 0x0d,              /* minus 1, then minute and second */
  ATC_LATITUDE = 0x10,
  ATC_KEY_1 = 0x14,             /* zero when it is not enciphered */
  ATC_MARK = 0x15,
  ATC_LONGITUDE = 0x18,
  ATC_KEY_2 = 0x1c,
  ATC_OTHER_MARK = 0x1d,
  ATC_SPEED = 0x20,
  ATC_COURSE = 0x24,
  ATC_ALTITUDE = 0x28,
  ATC_YEAR = 0x2c,              /* then month and day */
  ATC_KEY_2_END = 0x33,
  ATC_SIZE = 52
};

/* Dialect T. */
enum
{
  DOLLAR_SPEED = 2,
  DOLLAR_COURSE = 4,
  DOLLAR_YEAR = 6,
  DOLLAR_MONTH = 8,
  DOLLAR_TENTHS = 12,
  DOLLAR_LATITUDE = 15,
  DOLLAR_LONGITUDE = 19,
  DOLLAR_SIZE = 32
};

/* Dialect N. */
enum
{
  INNOVV_LATITUDE = 4,
  INNOVV_LONGITUDE = 8,
  INNOVV_SPEED = 12,
  INNOVV_COURSE = 16,
  INNOVV_ACCELERATION = 20,
  INNOVV_SIZE = 32
};

/* Dialect O. */
enum
{
  XBHT_YEAR = 1,
  XBHT_HOUR = 4,
  XBHT_TENTHS = 7,
  XBHT_STATUS = 8,
  XBHT_LATITUDE = 16,
  XBHT_LONGITUDE = 20,
  XBHT_SPEED = 28,
  XBHT_SIZE = 36
};

static void
dashring_xor (uint8_t * bytes, size_t start, size_t end, uint8_t key)
{
  for (size_t i = start; i < end; i++)
    bytes[i] ^= key;
}

bool
dashring_atc_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, ATC_FIRST + ATC_MARK, "ATC");
}

/* Date and time are there twice: packed, day 5 bits, month 4, year; second 6,
 * minute 6, hour; and as bytes, of which other software makes use. */
static bool
dashring_set_atc_time (GpsRecord * record, const uint8_t * plain)
{
  uint32_t date = wire_u32le (plain + ATC_DATE);
  uint32_t time = wire_u32le (plain + ATC_TIME);

  return gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC,
      wire_u16le (plain + ATC_YEAR), plain[ATC_YEAR + 2], plain[ATC_YEAR + 3],
      (plain[ATC_HOUR] + 1U) & 255, plain[ATC_HOUR + 1],
      plain[ATC_HOUR + 2]) || gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC,
      date >> 9, date >> 5 & 15, date & 31, time >> 12, time >> 6 & 63,
      time & 63);
}

static bool
dashring_decode_atc (const uint8_t * data, GpsRecord * ret_record)
{
  uint8_t plain[ATC_SIZE];
  uint8_t key_1 = data[ATC_KEY_1], key_2 = data[ATC_KEY_2];

  memcpy (plain, data, sizeof plain);
  dashring_xor (plain, 0, ATC_KEY_1, key_1);
  dashring_xor (plain, ATC_LONGITUDE, ATC_KEY_2, key_1);
  dashring_xor (plain, ATC_SPEED, ATC_KEY_2_END, key_2);
  gpsrecord_reset (ret_record);
  if (!text_has (data, ATC_SIZE, ATC_OTHER_MARK, "001") ||
      !dashring_set_atc_time (ret_record, plain) ||
      !gpsrecord_set_position (ret_record,
          wire_i32le (plain + ATC_LATITUDE) / 1e7,
          wire_i32le (plain + ATC_LONGITUDE) / 1e7) ||
      !gpsrecord_set_speed (ret_record,
          wire_i32le (plain + ATC_SPEED) / 100.0)) {
    gpsrecord_reset (ret_record);
    return false;
  }
  (void) gpsrecord_set_course (ret_record,
      (int16_t) wire_u16le (plain + ATC_COURSE) / 100.0);
  (void) gpsrecord_set_altitude (ret_record,
      wire_i32le (plain + ATC_ALTITUDE) / 1000.0);
  return true;
}

size_t
dashring_atc_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (size_t at = ATC_FIRST; n < max && wire_has (size, at, ATC_SIZE) &&
      text_has (data, size, at + ATC_MARK, "ATC"); at += ATC_SIZE)
    n += dashring_decode_atc (data + at, &ret_records[n]);
  /* a ring that is still empty is void */
  if (n == 0 && max > 0 && wire_has (size, ATC_FIRST, ATC_SIZE)) {
    gpsrecord_reset (ret_records);
    n = 1;
  }
  return n;
}

/* Microseconds to add for tenths of a second. */
static void
dashring_add_tenths (GpsRecord * record, uint32_t tenths)
{
  record->time_us += (int64_t) tenths *100000;
}

static bool
dashring_set_dollar_time (GpsRecord * record, const uint8_t * data)
{
  const uint8_t *p = data + DOLLAR_MONTH;
  uint32_t tenths = wire_u16be (data + DOLLAR_TENTHS);

  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC,
          wire_u16be (data + DOLLAR_YEAR), p[0], p[1], p[2], p[3], tenths / 10))
    return false;
  dashring_add_tenths (record, tenths % 10);
  return true;
}

static bool
dashring_has_dollar (const uint8_t * data, size_t size, size_t offset)
{
  GpsRecord scratch;

  return wire_has (size, offset, DOLLAR_SIZE) &&
      text_has (data, size, offset, "$S") &&
      dashring_set_dollar_time (&scratch, data + offset);
}

static void
dashring_decode_dollar (const uint8_t * data, GpsRecord * ret_record)
{
  int32_t latitude = (int32_t) wire_u32be (data + DOLLAR_LATITUDE);
  int32_t longitude = (int32_t) wire_u32be (data + DOLLAR_LONGITUDE);

  gpsrecord_reset (ret_record);
  (void) dashring_set_dollar_time (ret_record, data);
  if (!gpsrecord_set_position (ret_record, latitude / 1e7, longitude / 1e7))
    return;
  (void) gpsrecord_set_speed (ret_record,
      wire_u16be (data + DOLLAR_SPEED) / 100.0);
  (void) gpsrecord_set_course (ret_record,
      (int16_t) wire_u16be (data + DOLLAR_COURSE) / 100.0);
}

static size_t
dashring_decode_dollars (const uint8_t * data, size_t size, size_t first,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (size_t at = first; n < max && dashring_has_dollar (data, size, at);
      at += DOLLAR_SIZE)
    dashring_decode_dollar (data + at, &ret_records[n++]);
  return n;
}

bool
dashring_512g_probe (const uint8_t * data, size_t size)
{
  return dashring_has_dollar (data, size, DOLLAR_FIRST);
}

size_t
dashring_512g_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashring_decode_dollars (data, size, DOLLAR_FIRST, ret_records, max);
}

bool
dashring_dod_probe (const uint8_t * data, size_t size)
{
  return dashring_has_dollar (data, size, DOLLAR_DOD_FIRST);
}

size_t
dashring_dod_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashring_decode_dollars (data, size, DOLLAR_DOD_FIRST, ret_records,
      max);
}

static bool
dashring_has_innovv (const uint8_t * data, size_t size, size_t offset)
{
  const uint8_t *p;

  if (!wire_has (size, offset, INNOVV_SIZE))
    return false;
  p = data + offset;
  return text_has (data, size, offset, "V00") ? p[3] == 0 :
      p[0] == 'A' && (p[1] == 'N' || p[1] == 'S') &&
      (p[2] == 'E' || p[2] == 'W') && p[3] == 0;
}

static void
dashring_decode_innovv (const uint8_t * data, GpsRecord * ret_record)
{
  const uint8_t *axes = data + INNOVV_ACCELERATION;

  gpsrecord_reset (ret_record);
  (void) gpsrecord_set_acceleration_raw (ret_record, wire_i32le (axes),
      wire_i32le (axes + 4), wire_i32le (axes + 8));
  if (data[0] != 'A')
    return;
  if (!gpsrecord_set_position_ddmm (ret_record,
          (double) wire_f32le (data + INNOVV_LATITUDE), (char) data[1],
          (double) wire_f32le (data + INNOVV_LONGITUDE), (char) data[2]) ||
      !gpsrecord_set_speed_knots (ret_record,
          (double) wire_f32le (data + INNOVV_SPEED))) {
    gpsrecord_reset (ret_record);
    return;
  }
  (void) gpsrecord_set_course (ret_record,
      (double) wire_f32le (data + INNOVV_COURSE));
}

static size_t
dashring_decode_innovvs (const uint8_t * data, size_t size, size_t first,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (size_t at = first; n < max && dashring_has_innovv (data, size, at);
      at += INNOVV_SIZE)
    dashring_decode_innovv (data + at, &ret_records[n++]);
  return n;
}

bool
dashring_innovv_probe (const uint8_t * data, size_t size)
{
  return dashring_has_innovv (data, size, INNOVV_FIRST);
}

size_t
dashring_innovv_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashring_decode_innovvs (data, size, INNOVV_FIRST, ret_records, max);
}

bool
dashring_innovv_ts_probe (const uint8_t * data, size_t size)
{
  return dashring_has_innovv (data, size, 0);
}

size_t
dashring_innovv_ts_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return dashring_decode_innovvs (data, size, 0, ret_records, max);
}

static bool
dashring_has_xbht (const uint8_t * data, size_t size, size_t offset)
{
  const uint8_t *p;
  GpsRecord scratch;

  if (!wire_has (size, offset, XBHT_SIZE))
    return false;
  p = data + offset;
  return p[XBHT_TENTHS] <= 9 &&
      (p[XBHT_STATUS] == 'A' || p[XBHT_STATUS] == 'V') &&
      (p[XBHT_STATUS + 1] == 'N' || p[XBHT_STATUS + 1] == 'S') &&
      (p[XBHT_STATUS + 2] == 'E' || p[XBHT_STATUS + 2] == 'W') &&
      gpsrecord_set_time (&scratch, GPSRECORD_CLOCK_UTC, p[XBHT_YEAR],
      p[XBHT_YEAR + 1], p[XBHT_YEAR + 2], p[XBHT_HOUR], p[XBHT_HOUR + 1],
      p[XBHT_HOUR + 2]);
}

static void
dashring_decode_xbht (const uint8_t * p, GpsRecord * ret_record)
{
  gpsrecord_reset (ret_record);
  (void) gpsrecord_set_time (ret_record, GPSRECORD_CLOCK_UTC, p[XBHT_YEAR],
      p[XBHT_YEAR + 1], p[XBHT_YEAR + 2], p[XBHT_HOUR], p[XBHT_HOUR + 1],
      p[XBHT_HOUR + 2]);
  dashring_add_tenths (ret_record, p[XBHT_TENTHS]);
  if (p[XBHT_STATUS] == 'A' && gpsrecord_set_position_ddmm (ret_record,
          wire_u32le (p + XBHT_LATITUDE) / 1e4, (char) p[XBHT_STATUS + 1],
          wire_u32le (p + XBHT_LONGITUDE) / 1e4, (char) p[XBHT_STATUS + 2]))
    (void) gpsrecord_set_speed_raw (ret_record, wire_u16le (p + XBHT_SPEED));
}

bool
dashring_xbht_probe (const uint8_t * data, size_t size)
{
  return dashring_has_xbht (data, size, XBHT_FIRST);
}

size_t
dashring_xbht_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (size_t at = XBHT_FIRST; n < max && dashring_has_xbht (data, size, at);
      at += XBHT_SIZE)
    dashring_decode_xbht (data + at, &ret_records[n++]);
  return n;
}
