/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/ligotext.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

enum
{
  LIGOTEXT_XGODY = 0x17,
  LIGOTEXT_LETTER = LIGOTEXT_DATE + 1
};

#define LIGOTEXT_NORMAL "normal:"
#define LIGOTEXT_VIIDURE "Viidure"

/* A text and how far it was read. */
typedef struct
{
  const uint8_t *data;
  size_t size;
} LigoCursor;

static bool
ligotext_set_time (GpsRecord * record, GpsRecordClock clock,
    const uint8_t * data, size_t size)
{
  /* what separates the numbers, and where they begin */
  static const uint8_t marks[] = { '/', '/', ' ', ':', ':' };
  uint32_t year, n[5];

  if (!text_digits (data, size, 0, 4, &year))
    return false;
  for (size_t i = 0; i < 5; i++)
    if (!wire_has (size, 4 + 3 * i, 3) || data[4 + 3 * i] != marks[i] ||
        !text_digits (data, size, 5 + 3 * i, 2, &n[i]))
      return false;
  return gpsrecord_set_time (record, clock, year, n[0], n[1], n[2], n[3], n[4]);
}

bool
ligotext_probe (const uint8_t * data, size_t size)
{
  GpsRecord scratch;

  return wire_has (size, LIGOTEXT_DATE, 1) && data[LIGOTEXT_DATE] == ' ' &&
      ligotext_set_time (&scratch, GPSRECORD_CLOCK_LOCAL, data, size);
}

static void
ligotext_skip_blanks (LigoCursor * cursor)
{
  while (cursor->size > 0 &&
      (cursor->data[0] == ' ' || cursor->data[0] == '\t')) {
    cursor->data++;
    cursor->size--;
  }
}

static void
ligotext_skip (LigoCursor * cursor, size_t n)
{
  cursor->data += n;
  cursor->size -= n;
}

/* A number; its digits before the point are counted too. */
static bool
ligotext_number (LigoCursor * cursor, double *ret_number, size_t *ret_digits)
{
  size_t length;

  ligotext_skip_blanks (cursor);
  length = text_decimal (cursor->data, cursor->size, ret_number);
  *ret_digits = 0;
  for (size_t i = 0; i < length && cursor->data[i] != '.'; i++)
    *ret_digits += cursor->data[i] >= '0';
  ligotext_skip (cursor, length);
  return length > 0;
}

/* "N:12.345" */
static bool
ligotext_coordinate (LigoCursor * cursor, char *ret_letter,
    double *ret_number, size_t *ret_digits)
{
  ligotext_skip_blanks (cursor);
  if (cursor->size < 2 || cursor->data[1] != ':')
    return false;
  *ret_letter = (char) cursor->data[0];
  ligotext_skip (cursor, 2);
  if (!ligotext_number (cursor, ret_number, ret_digits))
    return false;
  if (*ret_number < 0.0)
    *ret_number = -*ret_number;
  return true;
}

/* One value with its name. */
static void
ligotext_set_value (LigoText * text, char name, double value, double *axes,
    unsigned *n_axes)
{
  switch (name) {
    case 'x':
    case 'y':
    case 'z':
      axes[name - 'x'] = value;
      *n_axes |= 1U << (name - 'x');
      break;
    case 'A':
      (void) gpsrecord_set_course (&text->record, value);
      break;
    case 'H':
      (void) gpsrecord_set_altitude (&text->record, value);
      break;
    default:
      break;
  }
}

/* "x:-0.020 y:0.990 z:0.100 A:53.1 H:120.0", in any order, as far as it can be
 * read. */
static void
ligotext_read_values (LigoText * text, LigoCursor * cursor)
{
  double axes[3] = { 0.0, 0.0, 0.0 }, value;
  unsigned n_axes = 0;
  size_t digits;
  char name;

  for (;;) {
    ligotext_skip_blanks (cursor);
    if (cursor->size < 3 || cursor->data[1] != ':')
      break;
    name = (char) cursor->data[0];
    ligotext_skip (cursor, 2);
    if (!ligotext_number (cursor, &value, &digits))
      break;
    ligotext_set_value (text, name, value, axes, &n_axes);
  }
  if (n_axes == 7)
    (void) gpsrecord_set_acceleration (&text->record, axes[0], axes[1],
        axes[2]);
}

/* Reads up to the speed. */
static bool
ligotext_read_position (LigoText * text, LigoCursor * cursor)
{
  size_t latitude, longitude, ignored;

  if (!ligotext_coordinate (cursor, &text->north_south, &text->latitude,
          &latitude) || !ligotext_coordinate (cursor, &text->east_west,
          &text->longitude, &longitude) ||
      !ligotext_number (cursor, &text->speed, &ignored))
    return false;
  /* next to the equator minutes have two digits */
  text->is_ddmm = latitude > 2 || longitude > 3;
  ligotext_skip_blanks (cursor);
  if (!text_has (cursor->data, cursor->size, 0, "km/h"))
    return false;
  ligotext_skip (cursor, 4);
  text->has_position = true;
  return true;
}

/* The text up to its NUL, behind its date. */
static bool
ligotext_begin (const uint8_t * data, size_t size, GpsRecordClock clock,
    LigoText * ret_text, LigoCursor * ret_cursor)
{
  const uint8_t *nul;

  memset (ret_text, 0, sizeof *ret_text);
  if (!ligotext_probe (data, size) ||
      !ligotext_set_time (&ret_text->record, clock, data, size))
    return false;
  nul = memchr (data, 0, size);
  ret_cursor->data = data + LIGOTEXT_DATE;
  ret_cursor->size = (nul ? (size_t) (nul - data) : size) - LIGOTEXT_DATE;
  return true;
}

bool
ligotext_parse (const uint8_t * data, size_t size, GpsRecordClock clock,
    LigoText * ret_text)
{
  LigoCursor cursor;

  if (!ligotext_begin (data, size, clock, ret_text, &cursor))
    return false;
  if (ligotext_read_position (ret_text, &cursor))
    ligotext_read_values (ret_text, &cursor);
  return true;
}

/* Degrees from degrees and a letter. */
static bool
ligotext_set_position (const LigoText * text, GpsRecord * record)
{
  bool is_south = text->north_south == 'S', is_west = text->east_west == 'W';

  if (text->is_ddmm)
    return gpsrecord_set_position_ddmm (record, text->latitude,
        text->north_south, text->longitude, text->east_west);
  if ((!is_south && text->north_south != 'N') ||
      (!is_west && text->east_west != 'E'))
    return false;
  return gpsrecord_set_position (record,
      is_south ? -text->latitude : text->latitude,
      is_west ? -text->longitude : text->longitude);
}

void
ligotext_get_plain (const LigoText * text, GpsRecord * ret_record)
{
  *ret_record = text->record;
  if (!text->has_position || !ligotext_set_position (text, ret_record))
    return;
  (void) gpsrecord_set_speed_kmh (ret_record, text->speed);
}

bool
ligotext_xgody_probe (const uint8_t * data, size_t size)
{
  return size > LIGOTEXT_XGODY && ligotext_probe (data + LIGOTEXT_XGODY,
      size - LIGOTEXT_XGODY);
}

/* The speed is in knots, whatever the text says. */
size_t
ligotext_xgody_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  LigoText text;

  if (max < 1 || size <= LIGOTEXT_XGODY || !ligotext_parse (data +
          LIGOTEXT_XGODY, size - LIGOTEXT_XGODY, GPSRECORD_CLOCK_LOCAL, &text))
    return 0;
  ligotext_get_plain (&text, ret_records);
  ret_records->fields &= ~(unsigned) GPSRECORD_SPEED;
  if (ret_records->fields & GPSRECORD_POSITION)
    (void) gpsrecord_set_speed_knots (ret_records, text.speed);
  return 1;
}

/* A text behind a word. */
static bool
ligotext_is_behind (const uint8_t * data, size_t size, const char *word)
{
  size_t length = strlen (word);

  return text_has (data, size, 0, word) && ligotext_probe (data + length,
      size - length);
}

bool
ligotext_normal_probe (const uint8_t * data, size_t size)
{
  return ligotext_is_behind (data, size, LIGOTEXT_NORMAL);
}

size_t
ligotext_normal_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const size_t skip = sizeof LIGOTEXT_NORMAL - 1;
  LigoText text;

  if (max < 1 || size <= skip || !ligotext_parse (data + skip, size - skip,
          GPSRECORD_CLOCK_LOCAL, &text))
    return 0;
  ligotext_get_plain (&text, ret_records);
  return 1;
}

bool
ligotext_viidure_probe (const uint8_t * data, size_t size)
{
  return ligotext_is_behind (data, size, LIGOTEXT_VIIDURE);
}

/* Course, altitude and satellites stand between speed and acceleration, without
 * names. */
size_t
ligotext_viidure_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const size_t skip = sizeof LIGOTEXT_VIIDURE - 1;
  double number[3];
  size_t digits;
  LigoCursor cursor;
  LigoText text;

  if (max < 1 || size <= skip || !ligotext_begin (data + skip, size - skip,
          GPSRECORD_CLOCK_UTC, &text, &cursor))
    return 0;
  if (ligotext_read_position (&text, &cursor) &&
      ligotext_number (&cursor, &number[0], &digits) &&
      ligotext_number (&cursor, &number[1], &digits) &&
      ligotext_number (&cursor, &number[2], &digits)) {
    (void) gpsrecord_set_course (&text.record, number[0]);
    (void) gpsrecord_set_altitude (&text.record, number[1]);
    if (number[2] >= 0.0 && number[2] <= 99.0)
      (void) gpsrecord_set_satellites (&text.record, (uint32_t) number[2]);
    ligotext_read_values (&text, &cursor);
  }
  ligotext_get_plain (&text, ret_records);
  return 1;
}
