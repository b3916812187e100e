/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dashcue.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define CUE_322GW_COUNTS_PER_G 1280.0

enum
{
  CUE_322GW_DATE = 4,
  CUE_322GW_ACCELERATION = 20,  /* y, x, z */
  CUE_322GW_SENTENCES = 32,
  CUE_322GW_SIZE = 288,
  CUE_EPRANCE_MAX = 256,
  CUE_STAR = 4,                 /* from the end: the "*" of a sentence */
  CUE_ROADHAWK_MIN = 20,
  CUE_ROADHAWK_MAX = 256,
  CUE_ROADHAWK_FIRST = 43,      /* byte that is enciphered */
  CUE_DJI_NUMBERS = 3,
  CUE_FIELDS = 12               /* of Mini 0806 */
};

typedef struct
{
  const uint8_t *data;
  size_t size;
} CueField;

bool
dashcue_nmea_probe (const uint8_t * data, size_t size)
{
  return nmea_find (data, size) < size;
}

size_t
dashcue_nmea_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  return nmea_decode (nmea, data, size, ret_records, max);
}

bool
dashcue_322gw_probe (const uint8_t * data, size_t size)
{
  uint32_t date;

  return size == CUE_322GW_SIZE && wire_u32be (data) == 0 &&
      text_digits (data, size, CUE_322GW_DATE, 8, &date) &&
      dashcue_nmea_probe (data + CUE_322GW_SENTENCES,
      size - CUE_322GW_SENTENCES);
}

size_t
dashcue_322gw_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *p = data + CUE_322GW_ACCELERATION;
  size_t n;

  if (max < 1 || size < CUE_322GW_SIZE)
    return 0;
  n = nmea_decode (nmea, data + CUE_322GW_SENTENCES,
      size - CUE_322GW_SENTENCES, ret_records, max);
  if (n > 0)
    (void) gpsrecord_set_acceleration (ret_records,
        wire_i32le (p + 4) / CUE_322GW_COUNTS_PER_G,
        -(wire_i32le (p) / CUE_322GW_COUNTS_PER_G),
        wire_i32le (p + 8) / CUE_322GW_COUNTS_PER_G);
  return n;
}

/* Splits at commas; returns how many fields there are, CUE_FIELDS at most. */
static size_t
dashcue_split (const uint8_t * data, size_t size, CueField * ret_fields)
{
  size_t n = 0;

  while (n < CUE_FIELDS) {
    const uint8_t *comma = memchr (data, ',', size);

    ret_fields[n].data = data;
    ret_fields[n].size = comma ? (size_t) (comma - data) : size;
    if (!comma)
      return n + 1;
    data += ret_fields[n].size + 1;
    size -= ret_fields[n].size + 1;
    n++;
  }
  return n;
}

/* ddmmyy and hhmmss. */
static bool
dashcue_set_time (GpsRecord * record, const CueField * date,
    const CueField * time)
{
  uint32_t n[6];

  for (size_t i = 0; i < 3; i++)
    if (!text_digits (date->data, date->size, 2 * i, 2, &n[i]) ||
        !text_digits (time->data, time->size, 2 * i, 2, &n[3 + i]))
      return false;
  return gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, n[2], n[1], n[0],
      n[3], n[4], n[5]);
}

bool
dashcue_mini0806_probe (const uint8_t * data, size_t size)
{
  CueField fields[CUE_FIELDS];
  GpsRecord scratch;

  return size > 2 && (data[0] == 'A' || data[0] == 'V') && data[1] == ',' &&
      dashcue_split (data, size, fields) >= 9 && fields[1].size == 6 &&
      dashcue_set_time (&scratch, &fields[1], &fields[2]);
}

static char
dashcue_letter (const CueField * field)
{
  return field->size == 1 ? (char) field->data[0] : 0;
}

/* A field that is a number and nothing else but its last letter, if any, and
 * the end of a line. */
static bool
dashcue_get_number (const CueField * field, char letter, double *ret_number)
{
  size_t size = field->size;

  while (letter != 0 && size > 0 && field->data[size - 1] <= ' ')
    size--;
  if (letter != 0 && (size == 0 || field->data[--size] != (uint8_t) letter))
    return false;
  return size > 0 && text_decimal (field->data, size, ret_number) == size;
}

/* Gravity in metres per second squared. */
#define CUE_GRAVITY 9.80665

/* The speed is taken for km/h, as others do; the sensor shows gravity as 9.8. */
size_t
dashcue_mini0806_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  CueField fields[CUE_FIELDS];
  double latitude, longitude, number, axes[3];
  size_t n;

  if (max < 1 || !dashcue_mini0806_probe (data, size))
    return 0;
  n = dashcue_split (data, size, fields);
  gpsrecord_reset (ret_records);
  (void) dashcue_set_time (ret_records, &fields[1], &fields[2]);
  if (data[0] != 'A' || !dashcue_get_number (&fields[3], 0, &latitude) ||
      !dashcue_get_number (&fields[5], 0, &longitude) ||
      !gpsrecord_set_position_ddmm (ret_records, latitude,
          dashcue_letter (&fields[4]), longitude, dashcue_letter (&fields[6])))
    return 1;
  if (dashcue_get_number (&fields[7], 0, &number))
    (void) gpsrecord_set_speed_kmh (ret_records, number);
  if (dashcue_get_number (&fields[8], 'M', &number))
    (void) gpsrecord_set_altitude (ret_records, number);
  if (n >= 12 && dashcue_get_number (&fields[9], 0, &axes[0]) &&
      dashcue_get_number (&fields[10], 0, &axes[1]) &&
      dashcue_get_number (&fields[11], ';', &axes[2]))
    (void) gpsrecord_set_acceleration (ret_records, axes[0] / CUE_GRAVITY,
        axes[1] / CUE_GRAVITY, axes[2] / CUE_GRAVITY);
  return 1;
}

/* Takes the constant off; returns the size of the text, or 0. */
static size_t
dashcue_eprance_unveil (const uint8_t * data, size_t size, uint8_t * ret_plain)
{
  uint8_t added;

  if (size < 2 + CUE_STAR || size > CUE_EPRANCE_MAX || data[0] != 0 ||
      data[size - 1] != 0x0a)
    return 0;
  added = (uint8_t) (data[size - CUE_STAR] - '*');
  for (size_t i = 1; i < size - 1; i++)
    ret_plain[i - 1] = (uint8_t) (data[i] - added);
  return size - 2;
}

bool
dashcue_eprance_probe (const uint8_t * data, size_t size)
{
  uint8_t plain[CUE_EPRANCE_MAX];
  size_t n = dashcue_eprance_unveil (data, size, plain);

  return n > 0 && nmea_find (plain, n) < n;
}

size_t
dashcue_eprance_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  uint8_t plain[CUE_EPRANCE_MAX];
  size_t n = dashcue_eprance_unveil (data, size, plain);

  return nmea_decode (nmea, plain, n, ret_records, max);
}

/* What the bytes from 43 on stand for. */
static const char dashcue_roadhawk_letters[] =
    "-I8XQWRVNZOYPUTA0B1C2SJ9K.L,M$D3E4F5G6H7";

/* Returns the size of the text in front of its checksum, or 0. */
static size_t
dashcue_roadhawk_unveil (const uint8_t * data, size_t size, uint8_t * ret_plain)
{
  const size_t n_letters = sizeof dashcue_roadhawk_letters - 1;
  size_t n;

  /* a line end may follow */
  while (size > 0 && (data[size - 1] == '\n' || data[size - 1] == '\r' ||
          data[size - 1] == 0))
    size--;
  if (size < CUE_ROADHAWK_MIN || size > CUE_ROADHAWK_MAX ||
      data[size - 1] != '~' || data[size - CUE_STAR] != '*')
    return 0;
  n = size - CUE_STAR;
  for (size_t i = 0; i < n; i++) {
    size_t index = (size_t) data[i] - CUE_ROADHAWK_FIRST;

    ret_plain[i] = data[i] >= CUE_ROADHAWK_FIRST && index < n_letters ?
        (uint8_t) dashcue_roadhawk_letters[index] : data[i];
  }
  return n;
}

bool
dashcue_roadhawk_probe (const uint8_t * data, size_t size)
{
  uint8_t plain[CUE_ROADHAWK_MAX];
  size_t n = dashcue_roadhawk_unveil (data, size, plain);

  return n > 0 && plain[0] == 'X' && nmea_find (plain, n) < n;
}

/* "X0000.2340Y-000.0720Z0000.9900G...": in g. */
static void
dashcue_set_axes (GpsRecord * record, const uint8_t * data, size_t size)
{
  static const char names[] = { 'X', 'Y', 'Z' };
  double axes[3];

  for (size_t i = 0; i < 3; i++) {
    const uint8_t *p = memchr (data, names[i], size);
    size_t length = p ? text_decimal (p + 1, size - (size_t) (p + 1 - data),
        &axes[i]) : 0;

    if (length == 0)
      return;
    size -= (size_t) (p + 1 - data) + length;
    data = p + 1 + length;
  }
  (void) gpsrecord_set_acceleration (record, axes[0], axes[1], axes[2]);
}

size_t
dashcue_axes_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = nmea_decode (nmea, data, size, ret_records, max);

  if (n > 0 && size > 0 && data[0] == 'X')
    dashcue_set_axes (ret_records, data, size);
  return n;
}

size_t
dashcue_roadhawk_follow (Nmea * nmea, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  uint8_t plain[CUE_ROADHAWK_MAX];
  size_t length = dashcue_roadhawk_unveil (data, size, plain);

  return dashcue_axes_follow (nmea, plain, length, ret_records, max);
}

/* The number behind the text, or none. */
static bool
dashcue_find_number (const uint8_t * data, size_t size, const char *text,
    double *ret_number)
{
  size_t at = text_find (data, size, text);

  if (at >= size)
    return false;
  at += strlen (text);
  while (at < size && data[at] == ' ')
    at++;
  return text_decimal (data + at, size - at, ret_number) > 0;
}

/* Longitude, latitude, and maybe a third number. Returns how many. */
static size_t
dashcue_get_dji (const uint8_t * data, size_t size, double *ret_numbers)
{
  size_t at = text_find (data, size, "GPS ("), n = 0;

  if (at >= size)
    return 0;
  at += strlen ("GPS (");
  while (n < CUE_DJI_NUMBERS) {
    size_t length = text_decimal (data + at, size - at, &ret_numbers[n]);

    if (length == 0)
      break;
    n++;
    at += length;
    if (at >= size || data[at] != ',')
      break;
    at++;
    while (at < size && data[at] == ' ')
      at++;
  }
  return n;
}

bool
dashcue_dji_probe (const uint8_t * data, size_t size)
{
  double numbers[CUE_DJI_NUMBERS];

  return dashcue_get_dji (data, size, numbers) >= 2;
}

/* The height above the start is what those have that write it. */
size_t
dashcue_dji_follow (int64_t sample_us, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  double numbers[CUE_DJI_NUMBERS], speed;
  size_t n = dashcue_get_dji (data, size, numbers);

  if (max < 1 || n < 2)
    return 0;
  gpsrecord_reset (ret_records);
  (void) gpsrecord_set_time_us (ret_records, GPSRECORD_CLOCK_LOCAL, sample_us);
  if (!gpsrecord_set_position (ret_records, numbers[1], numbers[0]))
    return 1;
  if (dashcue_find_number (data, size, ", H ", &numbers[2]) || n > 2)
    (void) gpsrecord_set_altitude (ret_records, numbers[2]);
  if (dashcue_find_number (data, size, "H.S ", &speed))
    (void) gpsrecord_set_speed (ret_records, speed);
  return 1;
}

/* Date and time behind "$G:". */
static bool
dashcue_set_dollar_time (GpsRecord * record, const uint8_t * data, size_t size)
{
  static const size_t places[] = { 5, 8, 11, 14, 17 };
  uint32_t year, n[5];

  if (!text_digits (data, size, 0, 4, &year))
    return false;
  for (size_t i = 0; i < 5; i++)
    if (!text_digits (data, size, places[i], 2, &n[i]))
      return false;
  return data[4] == '-' && data[10] == ' ' && data[13] == ':' &&
      gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, year, n[0], n[1],
      n[2], n[3], n[4]);
}

static size_t
dashcue_find_dollar_g (const uint8_t * data, size_t size)
{
  size_t at = text_find (data, size, "$G:");
  GpsRecord scratch;

  return at < size && dashcue_set_dollar_time (&scratch, data + at + 3,
      size - at - 3) ? at + 3 : size;
}

bool
dashcue_dollar_g_probe (const uint8_t * data, size_t size)
{
  return dashcue_find_dollar_g (data, size) < size;
}

/* "-N48.858370": a number behind a dash and one of the letters. Returns how
 * many bytes it has, or 0. */
static size_t
dashcue_dollar_number (const uint8_t * data, size_t size, char a, char b,
    double *ret_number)
{
  size_t length;

  if (size < 3 || data[0] != '-' || (data[1] != (uint8_t) a &&
          data[1] != (uint8_t) b))
    return 0;
  length = text_decimal (data + 2, size - 2, ret_number);
  if (length == 0)
    return 0;
  if (data[1] == (uint8_t) b)
    *ret_number = -*ret_number;
  return 2 + length;
}

size_t
dashcue_dollar_g_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t at = dashcue_find_dollar_g (data, size), n[3];
  double number[3];

  if (max < 1 || at >= size)
    return 0;
  gpsrecord_reset (ret_records);
  (void) dashcue_set_dollar_time (ret_records, data + at, size - at);
  at += 19;
  n[0] = dashcue_dollar_number (data + at, size - at, 'N', 'S', &number[0]);
  at += n[0];
  n[1] = dashcue_dollar_number (data + at, size - at, 'E', 'W', &number[1]);
  at += n[1];
  if (n[0] == 0 || n[1] == 0 ||
      !gpsrecord_set_position (ret_records, number[0], number[1]))
    return 1;
  n[2] = dashcue_dollar_number (data + at, size - at, 'S', 'S', &number[2]);
  /* the letter makes it negative */
  if (n[2] > 0)
    (void) gpsrecord_set_speed_kmh (ret_records, -number[2]);
  return 1;
}
