/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsbox.h"

#include "wire/bytes.h"
#include "wire/dashtext.h"
#include "wire/text.h"

#include <string.h>

enum
{
  ROW_LATITUDE = 0,
  ROW_LONGITUDE = 8,
  ROW_ALTITUDE = 16,
  ROW_SPEED = 20,
  ROW_YEAR = 22,
  ROW_COURSE = 28,
  ROW_SIZE = 32,
  ROW_HALVES = 180,             /* halves of a course are less */
  ROW_TWICE = 360 - 256,        /* below, there are two courses that leave such a remainder of 256 */
  ROW_VOTES = 3,                /* ways that tell which of both it is */
  ROW_GROUP = 32                /* rows that are asked together */
};

/* Between two rows that tell a course: metres, time, and how far it is off. */
#define ROW_WAY_MIN 4.0
#define ROW_PAUSE_US 5000000
#define ROW_TURN 15.0
/* Metres of a degree of latitude; any way is a speed in these. */
#define ROW_DEGREE 111133.0
#define ROW_SCALE 10.0

enum
{
  MAI_PRESENT = 0,
  MAI_FIX = 4,
  MAI_SECONDS = 8,
  MAI_SPEED = 12,
  MAI_NORTH_SOUTH = 16,
  MAI_LATITUDE = 17,
  MAI_EAST_WEST = 21,
  MAI_LONGITUDE = 22,
  MAI_SIZE = 36,
  MAI_SECONDS_MAX = 7 * 86400
};

/* Behind the two bytes that separate. */
enum
{
  KENWOOD_POSITION = 30,
  KENWOOD_LONGITUDE = 39,
  KENWOOD_ALTITUDE = 49,
  KENWOOD_SPEED = 54,
  KENWOOD_SIZE = 57,            /* of the shortest; then a sign and three digits for each axis */
  KENWOOD_AXIS = 4,
  KENWOOD_WHOLE = KENWOOD_SIZE + 3 * KENWOOD_AXIS
};

/* "210318073213[1][N][52200970][E][006362321][+00152][100][00140][C000000]" */
enum
{
  DENVER_STATUS = 13,
  DENVER_NORTH_SOUTH = 16,
  DENVER_LATITUDE = 19,
  DENVER_EAST_WEST = 29,
  DENVER_LONGITUDE = 32,
  DENVER_ALTITUDE = 43,
  DENVER_SPEED = 51,
  DENVER_COURSE = 56,
  DENVER_SIZE = 63
};

enum
{
  GARMIN_HEAD = 33,             /* the name of the box, and what is unknown */
  GARMIN_SPEED = 4,
  GARMIN_LATITUDE = 12,
  GARMIN_LONGITUDE = 16,
  GARMIN_SIZE = 20
};

/* 1970-01-01 in seconds since 1904. */
#define GPSBOX_EPOCH_1904 INT64_C (2082844800)

enum
{
  VEILED_ROW = 311,
  GPSBOX_LINE_MAX = 256,        /* any sentence is shorter */
  GDAT_GROUPS = 256,            /* of four characters that are looked at together */
  GDAT_OBJECT_MAX = GDAT_GROUPS * 3
};

static bool
gpsbox_set_row (GpsRecord * record, const uint8_t * p)
{
  const uint8_t *date = p + ROW_YEAR;
  double latitude = wire_f64le (p + ROW_LATITUDE);
  double longitude = wire_f64le (p + ROW_LONGITUDE);

  gpsrecord_reset (record);
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, date[0], date[1],
          date[2], date[3], date[4], date[5]))
    return false;
  if (!gpsrecord_set_position_ddmm (record, latitude,
          latitude < 0.0 ? 'S' : 'N', longitude, longitude < 0.0 ? 'W' : 'E'))
    return true;
  (void) gpsrecord_set_altitude (record, wire_i32le (p + ROW_ALTITUDE));
  (void) gpsrecord_set_speed_kmh (record, wire_u16le (p + ROW_SPEED));
  return true;
}

/* The course from one row to the next. False: the car stands, or it cannot be
 * told. */
static bool
gpsbox_get_way (const GpsRecord * before, const GpsRecord * now,
    double *ret_course)
{
  GpsRecord corner = *now, way;
  int64_t pause = now->time_us - before->time_us;
  double east;

  if (!(before->fields & now->fields & GPSRECORD_POSITION) || pause <= 0 ||
      pause > ROW_PAUSE_US || gpsrecord_distance (before, now) < ROW_WAY_MIN)
    return false;
  corner.longitude = before->longitude;
  east = gpsrecord_distance (&corner, now);
  /* over the date line as well */
  if ((now->longitude < before->longitude) !=
      (now->longitude - before->longitude > 180.0 ||
          now->longitude - before->longitude < -180.0))
    east = -east;
  gpsrecord_reset (&way);
  if (!gpsrecord_set_velocity (&way, east / ROW_SCALE, (now->latitude -
              before->latitude) * ROW_DEGREE / ROW_SCALE))
    return false;
  *ret_course = way.course;
  return true;
}

/* Degrees between two courses. */
static double
gpsbox_get_turn (double a, double b)
{
  double turn = a > b ? a - b : b - a;

  return turn > 180.0 ? 360.0 - turn : turn;
}

/* The one of two courses that leave the same remainder that is next to a way. */
static double
gpsbox_get_next (uint8_t course, double way)
{
  return course < ROW_TWICE && gpsbox_get_turn (course + 256.0, way) <
      gpsbox_get_turn (course, way) ? course + 256.0 : course;
}

/* Compares the courses with the ways between rows. */
static void
gpsbox_judge_courses (GpsBox * self, const uint8_t * data, size_t size)
{
  unsigned n_halves = 0, n_remainders = 0;
  GpsRecord before = self->last, now;

  for (size_t at = 0; wire_has (size, at, ROW_SIZE); at += ROW_SIZE) {
    uint8_t course = data[at + ROW_COURSE];
    double way;

    if (!gpsbox_set_row (&now, data + at))
      continue;
    if (gpsbox_get_way (&before, &now, &way)) {
      n_halves += course < ROW_HALVES &&
          gpsbox_get_turn (2.0 * course, way) < ROW_TURN;
      n_remainders += gpsbox_get_turn (gpsbox_get_next (course, way), way) <
          ROW_TURN;
    }
    if (now.time_us > before.time_us)
      before = now;
  }
  if (n_halves + n_remainders >= ROW_VOTES)
    self->course = n_remainders > n_halves ? GPSBOX_COURSE_MODULO :
        GPSBOX_COURSE_HALF;
}

static void
gpsbox_set_course (const GpsBox * self, GpsRecord * record, uint8_t course)
{
  double way;

  if (self->course != GPSBOX_COURSE_MODULO) {
    if (course < ROW_HALVES)
      (void) gpsrecord_set_course (record, 2.0 * course);
  } else if (course >= ROW_TWICE) {
    (void) gpsrecord_set_course (record, course);
  } else if (gpsbox_get_way (&self->last, record, &way)) {
    (void) gpsrecord_set_course (record, gpsbox_get_next (course, way));
  }
}

/* Reads one row. Returns whether it is newer than all before: some firmware
 * writes rows of an older ring in between. */
static bool
gpsbox_take_row (GpsBox * self, const uint8_t * data, GpsRecord * ret_record)
{
  if (!gpsbox_set_row (ret_record, data) || (self->has_newest &&
          ret_record->time_us < self->newest_us))
    return false;
  if (ret_record->fields & GPSRECORD_POSITION)
    gpsbox_set_course (self, ret_record, data[ROW_COURSE]);
  self->has_newest = true;
  self->newest_us = ret_record->time_us;
  self->last = *ret_record;
  return true;
}

/* As long as it is not known how courses are written, as many rows are judged
 * together however the bytes are cut. */
size_t
gpsbox_feed_rows (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  const size_t most = ROW_GROUP * ROW_SIZE;
  size_t at = 0, n = 0;

  (void) ligo;
  while (n < max && wire_has (size, at, ROW_SIZE)) {
    size_t group = size - at;

    if (self->course == GPSBOX_COURSE_UNKNOWN) {
      if ((group < most && !at_end) || (n > 0 && max - n < ROW_GROUP))
        break;
      if (group > most)
        group = most;
      gpsbox_judge_courses (self, data + at, group);
    }
    for (size_t end = at + group; n < max && wire_has (end, at, ROW_SIZE);
        at += ROW_SIZE)
      n += gpsbox_take_row (self, data + at, &ret_records[n]);
  }
  *ret_n_records = n;
  return at;
}

size_t
gpsbox_feed_veiled (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  (void) at_end;
  for (; n < max && wire_has (size, at, VEILED_ROW); at += VEILED_ROW)
    if (dashtext_veiled_probe (data + at, VEILED_ROW))
      n += dashtext_veiled_decode (data + at, VEILED_ROW, &ret_records[n], 1);
  *ret_n_records = n;
  return at;
}

static void
gpsbox_set_70mai (const GpsBox * self, GpsRecord * record, const uint8_t * p)
{
  uint32_t seconds = wire_u32le (p + MAI_SECONDS);

  gpsrecord_reset (record);
  if (self->creation_us > 0 && seconds < MAI_SECONDS_MAX)
    (void) gpsrecord_set_time_us (record, GPSRECORD_CLOCK_LOCAL,
        self->creation_us + (int64_t) seconds * 1000000);
  if (wire_u32le (p + MAI_FIX) != 0 && gpsrecord_set_position_ddmm (record,
          wire_u32le (p + MAI_LATITUDE) / 1e3, (char) p[MAI_NORTH_SOUTH],
          wire_u32le (p + MAI_LONGITUDE) / 1e3, (char) p[MAI_EAST_WEST]))
    (void) gpsrecord_set_speed_kmh (record,
        wire_u32le (p + MAI_SPEED) / 1000.0);
}

size_t
gpsbox_feed_70mai (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) ligo;
  (void) at_end;
  for (; n < max && wire_has (size, at, MAI_SIZE); at += MAI_SIZE) {
    /* the rows behind the last one are zeros */
    if (wire_u32le (data + at + MAI_PRESENT) == 0)
      continue;
    gpsbox_set_70mai (self, &ret_records[n++], data + at);
  }
  *ret_n_records = n;
  return at;
}

static size_t
gpsbox_feed_sentences (GpsBox * self, NmeaChecksum checksum,
    const uint8_t * data, size_t size, bool at_end, GpsRecord * ret_records,
    size_t max, size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  if (!self->has_begun)
    nmea_init (&self->nmea, checksum);
  self->has_begun = true;
  while (n < max) {
    size_t start = at + nmea_find (data + at, size - at), length;

    /* what may become a sentence comes again */
    if (start >= size) {
      if (at_end)
        n += nmea_finish (&self->nmea, &ret_records[n]);
      at = at_end || size - at < GPSBOX_LINE_MAX ? (at_end ? size : at) :
          size - GPSBOX_LINE_MAX / 2;
      break;
    }
    at = start;
    length = nmea_length (data + at, size - at < GPSBOX_LINE_MAX ? size - at :
        GPSBOX_LINE_MAX);
    if (length == GPSBOX_LINE_MAX) {
      /* none, but one may begin in it */
      at++;
      continue;
    }
    if (length == size - at && !at_end)
      break;
    n += nmea_feed (&self->nmea, data + at, length, &ret_records[n]);
    at += length;
  }
  *ret_n_records = n;
  return at;
}

size_t
gpsbox_feed_nmea (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  (void) ligo;
  return gpsbox_feed_sentences (self, NMEA_CHECKED, data, size, at_end,
      ret_records, max, ret_n_records);
}

size_t
gpsbox_feed_unchecked (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  (void) ligo;
  return gpsbox_feed_sentences (self, NMEA_UNCHECKED, data, size, at_end,
      ret_records, max, ret_n_records);
}

/* In 1/1000 g; more of them follow, as they come several times a second. */
static void
gpsbox_set_kenwood_axes (GpsRecord * record, const uint8_t * p, size_t size)
{
  double axes[3];

  for (size_t i = 0; i < 3; i++) {
    size_t at = KENWOOD_SIZE + KENWOOD_AXIS * i;

    if (!wire_has (size, at, KENWOOD_AXIS) || (p[at] != '+' && p[at] != '-') ||
        text_decimal (p + at, KENWOOD_AXIS, &axes[i]) != KENWOOD_AXIS)
      return;
  }
  (void) gpsrecord_set_acceleration (record, axes[0] / 1000.0,
      axes[1] / 1000.0, axes[2] / 1000.0);
}

/* The text of one record, from its date on. */
static bool
gpsbox_set_kenwood (GpsRecord * record, const uint8_t * p, size_t size)
{
  uint32_t n[6], latitude, longitude, speed;
  double altitude;

  gpsrecord_reset (record);
  if (!text_digits (p, size, 0, 4, &n[0]))
    return false;
  for (size_t i = 1; i < 6; i++)
    if (!text_digits (p, size, 2 + 2 * i, 2, &n[i]))
      return false;
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, n[0], n[1], n[2],
          n[3], n[4], n[5]))
    return false;
  gpsbox_set_kenwood_axes (record, p, size);
  if (!text_digits (p, size, KENWOOD_POSITION + 1, 8, &latitude) ||
      !text_digits (p, size, KENWOOD_LONGITUDE + 1, 9, &longitude) ||
      !gpsrecord_set_position_ddmm (record, latitude / 1e4,
          (char) p[KENWOOD_POSITION], longitude / 1e4,
          (char) p[KENWOOD_LONGITUDE]))
    return true;
  if (text_digits (p, size, KENWOOD_SPEED, 3, &speed))
    (void) gpsrecord_set_speed_kmh (record, speed);
  if (text_decimal (p + KENWOOD_ALTITUDE, 5, &altitude) == 5)
    (void) gpsrecord_set_altitude (record, altitude);
  return true;
}

size_t
gpsbox_feed_kenwood (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  while (n < max && wire_has (size, at, 2)) {
    if (data[at] != 0xfe || data[at + 1] != 0xfe) {
      at++;
      continue;
    }
    if (!wire_has (size, at + 2, at_end ? KENWOOD_SIZE : KENWOOD_WHOLE)) {
      at = at_end ? size : at;
      break;
    }
    at += 2;
    n += gpsbox_set_kenwood (&ret_records[n], data + at, size - at <
        KENWOOD_WHOLE ? size - at : KENWOOD_WHOLE);
  }
  *ret_n_records = n;
  return at;
}

static int
gpsbox_base64_digit (uint8_t byte)
{
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *hit = memchr (digits, byte, sizeof digits - 1);

  return hit ? (int) (hit - digits) : 0;
}

/* One object of the list: "datetime", "lat", "lon", and so on. */
static bool
gpsbox_set_gdat (GpsRecord * record, const uint8_t * json, size_t size)
{
  static const size_t places[] = { 5, 8, 11, 14, 17 };
  size_t at = text_find_member (json, size, "\"datetime\"");
  double latitude, longitude, number, axes[3];
  uint32_t year, n[5];

  gpsrecord_reset (record);
  if (!text_digits (json, size, at, 4, &year))
    return false;
  for (size_t i = 0; i < 5; i++)
    if (!text_digits (json, size, at + places[i], 2, &n[i]))
      return false;
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_LOCAL, year, n[0], n[1],
          n[2], n[3], n[4]))
    return false;
  at = text_find_member (json, size, "\"gpsStatus\"");
  if (!text_has (json, size, at, "A\"") ||
      !text_get_member (json, size, "\"lat\"", &latitude) ||
      !text_get_member (json, size, "\"lon\"", &longitude) ||
      !gpsrecord_set_position (record, latitude, longitude))
    return true;
  if (text_get_member (json, size, "\"speed\"", &number))
    (void) gpsrecord_set_speed_mph (record, number);
  if (text_get_member (json, size, "\"bearing\"", &number))
    (void) gpsrecord_set_course (record, number);
  if (text_get_member (json, size, "\"xAcc\"", &axes[0]) &&
      text_get_member (json, size, "\"yAcc\"", &axes[1]) &&
      text_get_member (json, size, "\"zAcc\"", &axes[2]))
    (void) gpsrecord_set_acceleration (record, axes[0], axes[1], axes[2]);
  return true;
}

/* Groups of four characters, from data on. */
static size_t
gpsbox_unpack (const uint8_t * data, size_t size, uint8_t * ret_json)
{
  size_t n_groups = size / 4 < GDAT_GROUPS ? size / 4 : GDAT_GROUPS;

  for (size_t i = 0; i < n_groups; i++) {
    const uint8_t *p = data + 4 * i;
    unsigned bits = (unsigned) (gpsbox_base64_digit (p[0]) << 18 |
        gpsbox_base64_digit (p[1]) << 12 | gpsbox_base64_digit (p[2]) << 6 |
        gpsbox_base64_digit (p[3]));

    ret_json[3 * i] = (uint8_t) (bits >> 16);
    ret_json[3 * i + 1] = (uint8_t) (bits >> 8);
    ret_json[3 * i + 2] = (uint8_t) bits;
  }
  return 3 * n_groups;
}

/* Where the object begins that ends at end: objects of the list have none
 * inside. */
static size_t
gpsbox_find_object (const uint8_t * json, size_t end)
{
  size_t at = end;

  while (at > 0 && json[at] != '{')
    at--;
  return at;
}

/* Goes on behind whole groups, so that the bytes of an object come again as
 * long as its end is not there. */
size_t
gpsbox_feed_gdat (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  uint8_t json[GDAT_OBJECT_MAX];
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  while (n < max && size - at >= 4) {
    size_t length = gpsbox_unpack (data + at, size - at, json);
    size_t end = text_find (json, length, "}");

    if (end < length) {
      size_t start = gpsbox_find_object (json, end);

      n += gpsbox_set_gdat (&ret_records[n], json + start, end - start);
      /* the brace may stand at the beginning of a group */
      at += end / 3 * 4 + 4;
    } else if (length == sizeof json) {
      at += GDAT_GROUPS / 2 * 4;
    } else {
      at = at_end ? size : at;
      break;
    }
  }
  if (at_end && size - at < 4)
    at = size;
  *ret_n_records = n;
  return at;
}

size_t
gpsbox_feed_ligo (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  *ret_n_records = 0;
  if (self->is_other)
    return size;
  if (!self->has_begun) {
    if (size < LIGO_HEADER && !at_end)
      return 0;
    self->is_other = !ligo_probe (data, size);
    if (self->is_other)
      return size;
    self->has_begun = true;
    self->blur = ligo_get_blur (data, LIGO_BLUR_1);
    at = LIGO_HEADER;
  }
  for (; n < max && wire_has (size, at, LIGO_SLOT); at += LIGO_SLOT)
    n += ligo_follow_slot (ligo, self->blur, data + at, LIGO_SLOT,
        ret_records + n, max - n);
  *ret_n_records = n;
  return at;
}

/* 52200970 are 52 degrees and 200970 / 600000. */
static double
gpsbox_from_fraction (uint32_t number, bool is_negative)
{
  uint32_t whole = number / 1000000;
  double degrees = whole + number % 1000000 / 600000.0;

  return is_negative ? -degrees : degrees;
}

/* The text of one record, from its date on, up to its calories. */
static bool
gpsbox_set_denver (GpsRecord * record, const uint8_t * p, size_t size)
{
  uint32_t n[6], latitude, longitude, speed, course;
  double north, east, altitude;

  gpsrecord_reset (record);
  for (size_t i = 0; i < 6; i++)
    if (!text_digits (p, size, 2 * i, 2, &n[i]))
      return false;
  if (!gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, n[0], n[1], n[2],
          n[3], n[4], n[5]))
    return false;
  if (p[DENVER_STATUS] != '1' ||
      !text_digits (p, size, DENVER_LATITUDE, 8, &latitude) ||
      !text_digits (p, size, DENVER_LONGITUDE, 9, &longitude))
    return true;
  north = gpsbox_from_fraction (latitude, p[DENVER_NORTH_SOUTH] == 'S');
  east = gpsbox_from_fraction (longitude, p[DENVER_EAST_WEST] == 'W');
  if (!gpsrecord_set_position (record, north, east))
    return true;
  if (text_decimal (p + DENVER_ALTITUDE, 6, &altitude) == 6)
    (void) gpsrecord_set_altitude (record, altitude / 10.0);
  if (text_digits (p, size, DENVER_SPEED, 3, &speed))
    (void) gpsrecord_set_speed_kmh (record, speed);
  if (text_digits (p, size, DENVER_COURSE, 5, &course))
    (void) gpsrecord_set_course (record, course);
  return true;
}

bool
gpsbox_denver_probe (const uint8_t * data, size_t size)
{
  static const struct
  {
    size_t at;
    const char *text;
  } marks[] = {
    {12, "["}, {14, "]["}, {17, "]["}, {27, "]["}, {30, "]["}, {41, "]["},
    {49, "]["}, {54, "]["}, {61, "]["}
  };
  uint32_t date;

  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (!text_has (data, size, marks[i].at, marks[i].text))
      return false;
  return text_digits (data, size, 0, 6, &date) &&
      text_digits (data, size, 6, 6, &date);
}

size_t
gpsbox_feed_denver (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  for (; n < max && wire_has (size, at, DENVER_SIZE); at++)
    if (gpsbox_denver_probe (data + at, size - at)) {
      n += gpsbox_set_denver (&ret_records[n], data + at, size - at);
      at += DENVER_SIZE - 1;
    }
  *ret_n_records = n;
  return at_end && n < max ? size : at;
}

/* Without a fix both halves are 0x80000000. */
static bool
gpsbox_set_garmin (GpsRecord * record, const uint8_t * p)
{
  const double half_turn = 180.0 / 2147483648.0;

  gpsrecord_reset (record);
  if (!gpsrecord_set_time_us (record, GPSRECORD_CLOCK_UTC,
          ((int64_t) wire_u32be (p) - GPSBOX_EPOCH_1904) * 1000000))
    return false;
  if (gpsrecord_set_position (record,
          (int32_t) wire_u32be (p + GARMIN_LATITUDE) * half_turn,
          (int32_t) wire_u32be (p + GARMIN_LONGITUDE) * half_turn))
    (void) gpsrecord_set_speed_mph (record, wire_u16be (p + GARMIN_SPEED));
  return true;
}

size_t
gpsbox_feed_garmin (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) ligo;
  (void) at_end;
  if (self->n_skipped < GARMIN_HEAD) {
    at = GARMIN_HEAD - self->n_skipped;
    at = at < size ? at : size;
    self->n_skipped += at;
  }
  for (; n < max && wire_has (size, at, GARMIN_SIZE); at += GARMIN_SIZE)
    n += gpsbox_set_garmin (&ret_records[n], data + at);
  *ret_n_records = n;
  return at;
}
