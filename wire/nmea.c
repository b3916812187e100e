/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/nmea.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define NMEA_DAY_US INT64_C (86400000000)

enum
{
  NMEA_FIELDS_MAX = 16,
  NMEA_TALKER = 2,              /* letters in front of the kind */
  NMEA_KIND = 3
};

typedef struct
{
  const uint8_t *data;
  size_t size;
} NmeaField;

typedef struct
{
  NmeaField fields[NMEA_FIELDS_MAX];
  size_t n_fields;
} NmeaSentence;

void
nmea_init (Nmea * self, NmeaChecksum checksum)
{
  memset (self, 0, sizeof *self);
  self->checksum = checksum;
}

size_t
nmea_length (const uint8_t * data, size_t size)
{
  size_t n = 0;

  while (n < size && data[n] >= 0x20 && data[n] < 0x7f)
    n++;
  return n;
}

static bool
nmea_is_kind (const uint8_t * data, const char *kind)
{
  return memcmp (data + NMEA_TALKER, kind, NMEA_KIND) == 0;
}

static bool
nmea_is_letter (uint8_t byte)
{
  return byte >= 'A' && byte <= 'Z';
}

size_t
nmea_find (const uint8_t * data, size_t size)
{
  for (size_t at = 0; wire_has (size, at, NMEA_TALKER + NMEA_KIND + 1); at++)
    if (nmea_is_letter (data[at]) && nmea_is_letter (data[at + 1]) &&
        (nmea_is_kind (data + at, "RMC") || nmea_is_kind (data + at, "GGA")) &&
        data[at + NMEA_TALKER + NMEA_KIND] == ',')
      return at;
  return size;
}

static int
nmea_hex (uint8_t byte)
{
  if (byte >= '0' && byte <= '9')
    return byte - '0';
  if (byte >= 'A' && byte <= 'F')
    return byte - 'A' + 10;
  if (byte >= 'a' && byte <= 'f')
    return byte - 'a' + 10;
  return -1;
}

/* Takes the checksum off the sentence. False: it is there, and wrong. */
static bool
nmea_check (const uint8_t * data, size_t *size, NmeaChecksum checksum)
{
  const uint8_t *star = memchr (data, '*', *size);
  uint8_t sum = 0;
  size_t length;

  if (!star)
    return true;
  length = (size_t) (star - data);
  for (size_t i = 0; i < length; i++)
    sum ^= data[i];
  if (checksum == NMEA_CHECKED && (*size < length + 3 ||
          nmea_hex (star[1]) * 16 + nmea_hex (star[2]) != sum))
    return false;
  *size = length;
  return true;
}

static void
nmea_split (NmeaSentence * sentence, const uint8_t * data, size_t size)
{
  sentence->n_fields = 0;
  while (sentence->n_fields < NMEA_FIELDS_MAX) {
    const uint8_t *comma = memchr (data, ',', size);
    NmeaField *field = &sentence->fields[sentence->n_fields++];

    field->data = data;
    field->size = comma ? (size_t) (comma - data) : size;
    if (!comma)
      return;
    data += field->size + 1;
    size -= field->size + 1;
  }
}

/* Whether the whole field is a number. */
static bool
nmea_number (const NmeaField * field, double *ret_number)
{
  return field->size > 0 &&
      text_decimal (field->data, field->size, ret_number) == field->size;
}

/* hhmmss, with fractions or without. */
static bool
nmea_time_of_day (const NmeaField * field, int64_t * ret_us)
{
  uint32_t hour, minute, second;
  double fraction = 0.0;

  if (!text_digits (field->data, field->size, 0, 2, &hour) ||
      !text_digits (field->data, field->size, 2, 2, &minute) ||
      !text_digits (field->data, field->size, 4, 2, &second) ||
      hour > 23 || minute > 59 || second > 60)
    return false;
  if (field->size > 6 && (text_decimal (field->data + 5, field->size - 5,
              &fraction) != field->size - 5))
    return false;
  fraction -= field->size > 6 ? second % 10 : 0;
  if (second == 60)
    second = 59;
  *ret_us = ((int64_t) (hour * 60 + minute) * 60 + second) * 1000000 +
      (int64_t) (fraction * 1e6 + 0.5);
  return true;
}

static char
nmea_letter (const NmeaField * field)
{
  return field->size == 1 ? (char) field->data[0] : 0;
}

static bool
nmea_set_position (GpsRecord * record, const NmeaField * fields)
{
  double latitude, longitude;

  return nmea_number (&fields[0], &latitude) &&
      nmea_number (&fields[2], &longitude) &&
      gpsrecord_set_position_ddmm (record, latitude, nmea_letter (&fields[1]),
      longitude, nmea_letter (&fields[3]));
}

/* ddmmyy: midnight of that day. */
static void
nmea_set_date (Nmea * self, const NmeaField * field)
{
  uint32_t day, month, year;
  GpsRecord scratch;

  if (field->size != 6 || !text_digits (field->data, 6, 0, 2, &day) ||
      !text_digits (field->data, 6, 2, 2, &month) ||
      !text_digits (field->data, 6, 4, 2, &year) ||
      !gpsrecord_set_time (&scratch, GPSRECORD_CLOCK_UTC, year, month, day,
          0, 0, 0))
    return;
  self->has_date = true;
  self->date_us = scratch.time_us;
}

static void
nmea_add_rmc (Nmea * self, const NmeaSentence * sentence)
{
  const NmeaField *fields = sentence->fields;
  GpsRecord *record = &self->pending;
  double number;

  nmea_set_date (self, &fields[9]);
  if (nmea_letter (&fields[2]) != 'A' ||
      !nmea_set_position (record, fields + 3))
    return;
  if (nmea_number (&fields[7], &number))
    (void) gpsrecord_set_speed_knots (record, number);
  if (nmea_number (&fields[8], &number))
    (void) gpsrecord_set_course (record, number);
}

static void
nmea_add_gga (Nmea * self, const NmeaSentence * sentence)
{
  const NmeaField *fields = sentence->fields;
  GpsRecord *record = &self->pending;
  double number;
  uint32_t satellites;
  char quality = nmea_letter (&fields[6]);

  /* 0: no fix */
  if (quality < '1' || quality > '9')
    return;
  if (!(record->fields & GPSRECORD_POSITION) &&
      !nmea_set_position (record, fields + 2))
    return;
  if (nmea_number (&fields[9], &number))
    (void) gpsrecord_set_altitude (record, number);
  if (nmea_number (&fields[8], &number))
    (void) gpsrecord_set_hdop (record, number);
  if (fields[7].size > 0 && text_digits (fields[7].data, fields[7].size, 0,
          fields[7].size, &satellites))
    (void) gpsrecord_set_satellites (record, satellites);
}

/* Gives the pending record its time, as far as the date is known. */
static bool
nmea_take (Nmea * self, GpsRecord * ret_record)
{
  if (!self->is_pending)
    return false;
  self->is_pending = false;
  *ret_record = self->pending;
  if (self->has_date)
    (void) gpsrecord_set_time_us (ret_record, GPSRECORD_CLOCK_UTC,
        self->date_us + self->last_us);
  return true;
}

bool
nmea_feed (Nmea * self, const uint8_t * data, size_t size,
    GpsRecord * ret_record)
{
  NmeaSentence sentence;
  int64_t time_us;
  bool is_rmc, is_complete = false;

  if (size > 0 && data[0] == '$') {
    data++;
    size--;
  }
  if (size < NMEA_TALKER + NMEA_KIND || !nmea_check (data, &size,
          self->checksum) || size < NMEA_TALKER + NMEA_KIND)
    return false;
  is_rmc = nmea_is_kind (data, "RMC");
  if (!is_rmc && !nmea_is_kind (data, "GGA"))
    return false;
  nmea_split (&sentence, data, size);
  if (sentence.n_fields < 10 || !nmea_time_of_day (&sentence.fields[1],
          &time_us))
    return false;

  if (!self->is_pending || time_us != self->last_us) {
    is_complete = nmea_take (self, ret_record);
    /* past midnight, and only RMC says the new date */
    if (time_us + NMEA_DAY_US / 2 < self->last_us)
      self->date_us += NMEA_DAY_US;
    gpsrecord_reset (&self->pending);
    self->is_pending = true;
    self->last_us = time_us;
  }
  if (is_rmc)
    nmea_add_rmc (self, &sentence);
  else
    nmea_add_gga (self, &sentence);
  return is_complete;
}

bool
nmea_finish (Nmea * self, GpsRecord * ret_record)
{
  return nmea_take (self, ret_record);
}

size_t
nmea_decode (Nmea * self, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t at, n = 0;

  while (n < max && (at = nmea_find (data, size)) < size) {
    size_t length;

    data += at;
    size -= at;
    length = nmea_length (data, size);
    n += nmea_feed (self, data, length, &ret_records[n]);
    data += length;
    size -= length;
  }
  if (n < max)
    n += nmea_finish (self, &ret_records[n]);
  return n;
}
