/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpssample.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define SAMPLE_DAY_US INT64_C (86400000000)
/* 1980-01-06, in seconds since 1970: where GPS time begins. */
#define SAMPLE_GPS_EPOCH 315964800.0
/* Garmin: 2^31 are half a turn. */
#define SAMPLE_SEMICIRCLE (180.0 / 2147483648.0)
/* What SigmaStar firmware writes in place of a latitude. */
#define SAMPLE_NO_FIX 4294967295.0

enum
{
  FMAS_YEAR = 0x60,
  FMAS_MONTH = 0x62,
  FMAS_ACCELERATION = 0x6c,
  FMAS_STATUS = 0x78,
  FMAS_LONGITUDE = 0x7b,
  FMAS_LATITUDE = 0x80,
  FMAS_SPEED = 0x84,
  FMAS_COURSE = 0x86,
  FMAS_END = 0x88
};

enum
{
  WOLFBOX_SPEED = 0x48,
  WOLFBOX_COURSE = 0x58,
  WOLFBOX_DAY = 0x68,
  WOLFBOX_MARK = 0x88,
  WOLFBOX_HOUR = 0xa0,
  WOLFBOX_LATITUDE = 0xb0,
  WOLFBOX_LONGITUDE = 0xc0,
  WOLFBOX_ALTITUDE = 0xe8,
  WOLFBOX_END = 0xf8
};

/* The same without a date, and at other places. */
enum
{
  SHENSHU_STATUS = 0,
  SHENSHU_HOUR = 0x10,
  SHENSHU_LATITUDE = 0x28,
  SHENSHU_LONGITUDE = 0x38,
  SHENSHU_SPEED = 0x48,
  SHENSHU_COURSE = 0x58,
  SHENSHU_END = 0x78
};

/* A length of 36, the header of a prefix SEI, and what its kind is. */
enum
{
  UBIA_SECONDS = 8,
  UBIA_MARK = 16,
  UBIA_EAST_WEST = 18,
  UBIA_NORTH_SOUTH = 19,
  UBIA_LONGITUDE = 21,
  UBIA_LATITUDE = 29,
  UBIA_SIZE = 40
};

/* Of ssmd samples; both kinds begin with two f64. */
enum
{
  SSMD_SPEED = 20,
  ROVE_YEAR = 22,
  ROVE_SIZE = 32,
  SSTAR_FLAGS = 22,
  SSTAR_DAY = 24,
  SSTAR_COURSE = 28,
  SSTAR_SIZE = 40,
  SSTAR_FIX = 0x100
};

enum
{
  VUEROID_ACCELERATION = 0x28,
  VUEROID_NORTH = 0x34,
  VUEROID_EAST = 0x35,
  VUEROID_ALTITUDE = 0x36,
  VUEROID_SPEED = 0x38,
  VUEROID_LATITUDE = 0x3c,
  VUEROID_LONGITUDE = 0x40,
  VUEROID_TIME = 0x44,
  VUEROID_SIZE = 72
};

enum
{
  CAMM_HEADER = 4,
  CAMM_N_TYPES = 8
};

enum
{
  RVMI_LATITUDE = 4,
  RVMI_LONGITUDE = 8,
  RVMI_SPEED = 16,
  RVMI_COURSE = 18,
  RVMI_SIZE = 20
};

enum
{
  PNDM_SPEED = 8,
  PNDM_LATITUDE = 12,
  PNDM_LONGITUDE = 16,
  PNDM_SIZE = 20,
  PNDM_LENGTH = 4
};

bool
gpssample_fmas_probe (const uint8_t * data, size_t size)
{
  return size >= FMAS_END && text_has (data, size, 0, "FMAS");
}

size_t
gpssample_fmas_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *p = data + FMAS_LONGITUDE, *q = data + FMAS_LATITUDE;

  if (max < 1 || size < FMAS_END)
    return 0;
  gpsrecord_reset (ret_records);
  (void) gpsrecord_set_acceleration (ret_records,
      (double) wire_f32le (data + FMAS_ACCELERATION),
      (double) wire_f32le (data + FMAS_ACCELERATION + 4),
      (double) wire_f32le (data + FMAS_ACCELERATION + 8));
  if (!gpsrecord_set_time (ret_records, GPSRECORD_CLOCK_LOCAL,
          wire_u16le (data + FMAS_YEAR), data[FMAS_MONTH],
          data[FMAS_MONTH + 1], data[FMAS_MONTH + 2], data[FMAS_MONTH + 3],
          data[FMAS_MONTH + 4]) || data[FMAS_STATUS] != 'A' || p[1] >= 60 ||
      q[1] >= 60)
    return 1;
  /* degrees, minutes and 1/6000 minutes; a byte more before the latter here */
  if (!gpsrecord_set_position_ddmm (ret_records, q[0] * 100.0 + q[1] +
          wire_u16le (q + 2) / 6000.0, (char) data[FMAS_STATUS + 2],
          p[0] * 100.0 + p[1] + wire_u16le (p + 3) / 6000.0,
          (char) data[FMAS_STATUS + 1]))
    return 1;
  (void) gpsrecord_set_speed_mph (ret_records, wire_u16le (data + FMAS_SPEED));
  (void) gpsrecord_set_course (ret_records, wire_u16le (data + FMAS_COURSE));
  return 1;
}

/* A value and what it is to be divided by. */
static double
gpssample_wolfbox_value (const uint8_t * data)
{
  int64_t value = (int64_t) wire_u64le (data);
  int64_t scale = (int64_t) wire_u64le (data + 8);

  return (double) value / (scale == 0 ? 1.0 : (double) scale);
}

bool
gpssample_wolfbox_probe (const uint8_t * data, size_t size)
{
  return size >= WOLFBOX_END && (text_has (data, size, WOLFBOX_MARK,
          "0000000000000000") || text_has (data, size, WOLFBOX_MARK,
          "https://www.redtiger"));
}

size_t
gpssample_wolfbox_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *date = data + WOLFBOX_DAY, *time = data + WOLFBOX_HOUR;
  double latitude, longitude;

  if (max < 1 || size < WOLFBOX_END)
    return 0;
  gpsrecord_reset (ret_records);
  if (!gpsrecord_set_time (ret_records, GPSRECORD_CLOCK_UTC,
          wire_u32le (date + 8), wire_u32le (date + 4), wire_u32le (date),
          wire_u32le (time), wire_u32le (time + 4), wire_u32le (time + 8)))
    return 1;
  latitude = gpssample_wolfbox_value (data + WOLFBOX_LATITUDE);
  longitude = gpssample_wolfbox_value (data + WOLFBOX_LONGITUDE);
  if (!gpsrecord_set_position_ddmm (ret_records, latitude,
          latitude < 0.0 ? 'S' : 'N', longitude, longitude < 0.0 ? 'W' : 'E'))
    return 1;
  (void) gpsrecord_set_speed_knots (ret_records,
      gpssample_wolfbox_value (data + WOLFBOX_SPEED));
  (void) gpsrecord_set_course (ret_records,
      gpssample_wolfbox_value (data + WOLFBOX_COURSE));
  (void) gpsrecord_set_altitude (ret_records,
      gpssample_wolfbox_value (data + WOLFBOX_ALTITUDE));
  return 1;
}

/* Whether what a value is to be divided by is a power of ten. */
static bool
gpssample_has_scale (const uint8_t * data)
{
  uint64_t scale = wire_u64le (data + 8);

  for (uint64_t power = 1; power <= 1000000000; power *= 10)
    if (scale == power)
      return true;
  return false;
}

bool
gpssample_shenshu_probe (const uint8_t * data, size_t size)
{
  return size >= SHENSHU_END && wire_u32le (data + SHENSHU_STATUS) <= 1 &&
      wire_u32le (data + SHENSHU_HOUR) < 24 &&
      gpssample_has_scale (data + SHENSHU_LATITUDE) &&
      gpssample_has_scale (data + SHENSHU_LONGITUDE);
}

/* The time of day, on the day that brings it next to the beginning of the
 * recording. */
static void
gpssample_shenshu_set_time (GpsRecord * record, int64_t creation_us,
    const uint8_t * data)
{
  const uint8_t *p = data + SHENSHU_HOUR;
  uint32_t year, month, day;
  int64_t away;

  if (creation_us < SAMPLE_DAY_US)
    return;
  gpsrecord_get_date (creation_us, &year, &month, &day);
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, year, month, day,
          wire_u32le (p), wire_u32le (p + 4), wire_u32le (p + 8)))
    return;
  away = record->time_us - creation_us;
  if (away > SAMPLE_DAY_US / 2)
    record->time_us -= SAMPLE_DAY_US;
  else if (away < -SAMPLE_DAY_US / 2)
    record->time_us += SAMPLE_DAY_US;
}

size_t
gpssample_shenshu_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  double latitude, longitude;

  if (max < 1 || size < SHENSHU_END)
    return 0;
  gpsrecord_reset (ret_records);
  gpssample_shenshu_set_time (ret_records, creation_us, data);
  latitude = gpssample_wolfbox_value (data + SHENSHU_LATITUDE);
  longitude = gpssample_wolfbox_value (data + SHENSHU_LONGITUDE);
  if (wire_u32le (data + SHENSHU_STATUS) != 1 ||
      !gpsrecord_set_position_ddmm (ret_records, latitude,
          latitude < 0.0 ? 'S' : 'N', longitude, longitude < 0.0 ? 'W' : 'E'))
    return 1;
  (void) gpsrecord_set_speed_knots (ret_records,
      gpssample_wolfbox_value (data + SHENSHU_SPEED));
  (void) gpsrecord_set_course (ret_records,
      gpssample_wolfbox_value (data + SHENSHU_COURSE));
  return 1;
}

bool
gpssample_ubia_probe (const uint8_t * data, size_t size)
{
  static const uint8_t head[] = { 0, 0, 0, 36, 0x4e, 0x01, 0xf0, 0x00 };

  return size == UBIA_SIZE && memcmp (data, head, sizeof head) == 0 &&
      wire_u16be (data + UBIA_MARK) == 0xff04;
}

/* Its clock counts seconds; those of the samples are said to be wrong. */
size_t
gpssample_ubia_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  double latitude, longitude;

  if (max < 1 || size < UBIA_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  if (creation_us > 0)
    (void) gpsrecord_set_time_us (ret_records, GPSRECORD_CLOCK_UTC,
        creation_us + (int64_t) wire_u16be (data + UBIA_SECONDS) * 1000000);
  latitude = wire_f64le (data + UBIA_LATITUDE);
  longitude = wire_f64le (data + UBIA_LONGITUDE);
  if (data[UBIA_NORTH_SOUTH] == 'S' && latitude > 0.0)
    latitude = -latitude;
  if (data[UBIA_EAST_WEST] == 'W' && longitude > 0.0)
    longitude = -longitude;
  if ((data[UBIA_NORTH_SOUTH] == 'N' || data[UBIA_NORTH_SOUTH] == 'S') &&
      (data[UBIA_EAST_WEST] == 'E' || data[UBIA_EAST_WEST] == 'W'))
    (void) gpsrecord_set_position (ret_records, latitude, longitude);
  return 1;
}

/* Whether the latitude is what says that there is none. */
static bool
gpssample_has_no_fix (const uint8_t * data)
{
  double latitude = wire_f64le (data);

  return latitude >= SAMPLE_NO_FIX && latitude <= SAMPLE_NO_FIX;
}

static bool
gpssample_rove_set_time (GpsRecord * record, const uint8_t * data)
{
  const uint8_t *p = data + ROVE_YEAR;

  return gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, p[0], p[1], p[2],
      p[3], p[4], p[5]);
}

bool
gpssample_rove_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  return size == ROVE_SIZE && (gpssample_has_no_fix (data) ||
      gpssample_rove_set_time (&scratch, data));
}

size_t
gpssample_rove_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  double latitude, longitude;

  if (max < 1 || size < ROVE_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  if (!gpssample_rove_set_time (ret_records, data) ||
      gpssample_has_no_fix (data))
    return 1;
  latitude = wire_f64le (data);
  longitude = wire_f64le (data + 8);
  if (gpsrecord_set_position_ddmm (ret_records, latitude,
          latitude < 0.0 ? 'S' : 'N', longitude, longitude < 0.0 ? 'W' : 'E'))
    (void) gpsrecord_set_speed_knots (ret_records,
        wire_u16le (data + SSMD_SPEED));
  return 1;
}

bool
gpssample_sstar_probe (const uint8_t * data, size_t size)
{
  return size == SSTAR_SIZE && data[SSTAR_DAY] >= 1 &&
      data[SSTAR_DAY] <= 31 && data[SSTAR_DAY + 1] <= 23 &&
      data[SSTAR_DAY + 2] <= 59 && data[SSTAR_DAY + 3] <= 60;
}

/* The day that the sample names, of those around the one on which the
 * recording began. Of a recording that does not say when, the time of the day
 * is what tells the samples of a standing car apart. */
static void
gpssample_sstar_set_time (GpsRecord * record, GpsRecordClock clock,
    int64_t creation_us, const uint8_t * data)
{
  const uint8_t *p = data + SSTAR_DAY;

  for (int i = -1; creation_us >= SAMPLE_DAY_US && i <= 1; i++) {
    uint32_t year, month, day;

    gpsrecord_get_date (creation_us + i * SAMPLE_DAY_US, &year, &month, &day);
    if (day == p[0]) {
      (void) gpsrecord_set_time (record, clock, year, month, day, p[1], p[2],
          p[3]);
      return;
    }
  }
  record->time_us = (((p[0] * INT64_C (24) + p[1]) * 60 + p[2]) * 60 + p[3]) *
      1000000;
}

size_t
gpssample_sstar_follow (int64_t creation_us, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  bool has_fix;

  if (max < 1 || size < SSTAR_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  has_fix = (wire_u16le (data + SSTAR_FLAGS) & SSTAR_FIX) &&
      !gpssample_has_no_fix (data);
  /* without a fix the clock is the camera's */
  gpssample_sstar_set_time (ret_records, has_fix ?
      GPSRECORD_CLOCK_UTC : GPSRECORD_CLOCK_LOCAL, creation_us, data);
  if (!has_fix || !gpsrecord_set_position (ret_records, wire_f64le (data),
          wire_f64le (data + 8)))
    return 1;
  (void) gpsrecord_set_speed_kmh (ret_records, wire_u16le (data + SSMD_SPEED));
  (void) gpsrecord_set_course (ret_records, 2.0 * data[SSTAR_COURSE]);
  return 1;
}

bool
gpssample_vueroid_probe (const uint8_t * data, size_t size)
{
  return size == VUEROID_SIZE && data[VUEROID_NORTH] <= 1 &&
      data[VUEROID_EAST] <= 1;
}

/* The last row is zeros. */
size_t
gpssample_vueroid_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (max < 1 || size < VUEROID_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  if (!gpsrecord_set_time_us (ret_records, GPSRECORD_CLOCK_LOCAL,
          (int64_t) wire_u32le (data + VUEROID_TIME) * 1000000))
    return 1;
  (void) gpsrecord_set_acceleration_raw (ret_records,
      (double) wire_f32le (data + VUEROID_ACCELERATION),
      (double) wire_f32le (data + VUEROID_ACCELERATION + 4),
      (double) wire_f32le (data + VUEROID_ACCELERATION + 8));
  if (!gpsrecord_set_position_ddmm (ret_records,
          (double) wire_f32le (data + VUEROID_LATITUDE),
          data[VUEROID_NORTH] ? 'N' : 'S',
          (double) wire_f32le (data + VUEROID_LONGITUDE),
          data[VUEROID_EAST] ? 'E' : 'W'))
    return 1;
  (void) gpsrecord_set_speed_kmh (ret_records,
      (double) wire_f32le (data + VUEROID_SPEED));
  (void) gpsrecord_set_altitude (ret_records,
      wire_u16le (data + VUEROID_ALTITUDE));
  return 1;
}

/* Bytes of a packet that begins at data, with its header; 0: none does. */
static size_t
gpssample_camm_packet (const uint8_t * data, size_t size)
{
  static const uint8_t sizes[CAMM_N_TYPES] = { 12, 8, 12, 12, 12, 24, 56, 12 };
  uint16_t type;

  if (size < CAMM_HEADER || wire_u16le (data) != 0)
    return 0;
  type = wire_u16le (data + 2);
  if (type >= CAMM_N_TYPES || size - CAMM_HEADER < sizes[type])
    return 0;
  return CAMM_HEADER + (size_t) sizes[type];
}

bool
gpssample_camm_probe (const uint8_t * data, size_t size)
{
  return gpssample_camm_packet (data, size) > 0;
}

/* Seconds of GPS time are written as if they were those of UTC; some cameras
 * write those since 1970. */
static void
gpssample_camm_set_time (GpsRecord * record, double seconds)
{
  if (!(seconds >= 0.0 && seconds < 5e9))
    return;
  if (seconds < 1.5e9)
    seconds += SAMPLE_GPS_EPOCH;
  (void) gpsrecord_set_time_us (record, GPSRECORD_CLOCK_UTC,
      (int64_t) (seconds * 1e6 + 0.5));
}

static void
gpssample_camm_decode (int64_t sample_us, const uint8_t * data,
    bool is_full, GpsRecord * ret_record)
{
  gpsrecord_reset (ret_record);
  if (!is_full) {
    if (gpsrecord_set_position (ret_record, wire_f64le (data),
            wire_f64le (data + 8)))
      (void) gpsrecord_set_altitude (ret_record, wire_f64le (data + 16));
    (void) gpsrecord_set_time_us (ret_record, GPSRECORD_CLOCK_LOCAL, sample_us);
    return;
  }
  gpssample_camm_set_time (ret_record, wire_f64le (data));
  /* 2: a fix of two dimensions, 3: of three */
  if (wire_u32le (data + 8) < 2 || !gpsrecord_set_position (ret_record,
          wire_f64le (data + 12), wire_f64le (data + 20)))
    return;
  if (wire_u32le (data + 8) > 2)
    (void) gpsrecord_set_altitude (ret_record, (double) wire_f32le (data + 28));
  (void) gpsrecord_set_velocity (ret_record, (double) wire_f32le (data + 40),
      (double) wire_f32le (data + 44));
}

size_t
gpssample_camm_follow (int64_t sample_us, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0, length;

  for (; n < max && (length = gpssample_camm_packet (data, size)) > 0;
      data += length, size -= length) {
    uint16_t type = wire_u16le (data + 2);

    if (type == 5 || type == 6)
      gpssample_camm_decode (sample_us, data + CAMM_HEADER, type == 6,
          &ret_records[n++]);
  }
  return n;
}

bool
gpssample_rvmi_probe (const uint8_t * data, size_t size)
{
  return size >= RVMI_SIZE && text_has (data, size, 0, "gReV");
}

size_t
gpssample_rvmi_follow (int64_t sample_us, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (max < 1 || size < RVMI_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  (void) gpsrecord_set_time_us (ret_records, GPSRECORD_CLOCK_LOCAL, sample_us);
  if (!gpsrecord_set_position (ret_records,
          wire_i32le (data + RVMI_LATITUDE) / 1e6,
          wire_i32le (data + RVMI_LONGITUDE) / 1e6))
    return 1;
  (void) gpsrecord_set_speed_kmh (ret_records,
      (int16_t) wire_u16le (data + RVMI_SPEED) / 10.0);
  (void) gpsrecord_set_course (ret_records,
      2.0 * wire_u16le (data + RVMI_COURSE));
  return 1;
}

/* Some write a length of four bytes in front of it. */
static size_t
gpssample_pndm_find (const uint8_t * data, size_t size)
{
  return size >= PNDM_SIZE + PNDM_LENGTH && text_has (data, size, PNDM_LENGTH,
      "PNDM") ? PNDM_LENGTH : 0;
}

bool
gpssample_pndm_probe (const uint8_t * data, size_t size)
{
  return size >= PNDM_SIZE && text_has (data, size, gpssample_pndm_find (data,
          size), "PNDM");
}

/* Garmin writes the time of the recording in UTC. */
size_t
gpssample_pndm_follow (int64_t sample_us, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (max < 1 || size < PNDM_SIZE)
    return 0;
  data += gpssample_pndm_find (data, size);
  gpsrecord_reset (ret_records);
  (void) gpsrecord_set_time_us (ret_records, GPSRECORD_CLOCK_UTC, sample_us);
  if (gpsrecord_set_position (ret_records,
          (int32_t) wire_u32be (data + PNDM_LATITUDE) * SAMPLE_SEMICIRCLE,
          (int32_t) wire_u32be (data + PNDM_LONGITUDE) * SAMPLE_SEMICIRCLE))
    (void) gpsrecord_set_speed_mph (ret_records,
        wire_u16be (data + PNDM_SPEED));
  return 1;
}
