/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsrecord.h"

#include <string.h>

/* Half-way between the least and the greatest radius of curvature of WGS 84,
 * so that the sphere errs by 0.5 % at most. */
#define GPSRECORD_EARTH_RADIUS 6367500.0
#define GPSRECORD_PI 3.14159265358979323846

/* 500 km/h in m/s: faster is noise. */
#define GPSRECORD_SPEED_MAX (500.0 / 3.6)
/* From 2000-01-01 up to 2100-01-01, in microseconds since 1970. */
#define GPSRECORD_DAY_US INT64_C (86400000000)
#define GPSRECORD_TIME_MIN INT64_C (946684800000000)
#define GPSRECORD_TIME_END INT64_C (4102444800000000)
/* Of any unit. */
#define GPSRECORD_NUMBER_MAX 1e6
/* Degrees around (0, 0), half a metre, that texts make which are read as floats. */
#define GPSRECORD_NOWHERE 5e-6
#define GPSRECORD_ALTITUDE_MIN -1000.0
#define GPSRECORD_ALTITUDE_MAX 20000.0
#define GPSRECORD_SATELLITES_MAX 200
#define GPSRECORD_HDOP_END 50.0
/* No sensor of a camera measures more. */
#define GPSRECORD_ACCELERATION_MAX 64.0
/* What a sensor of 16 bits counts. */
#define GPSRECORD_ACCELERATION_RAW_MAX 32768.0
#define GPSRECORD_ELAPSED_MAX INT64_C (604800000000)

/* False for NaN and infinities too. */
static bool
gpsrecord_within (double value, double least, double most)
{
  return value >= least && value <= most;
}

/* Without the sign of a zero. */
static double
gpsrecord_abs (double value)
{
  return value <= 0.0 ? 0.0 - value : value;
}

void
gpsrecord_reset (GpsRecord * self)
{
  memset (self, 0, sizeof *self);
}

/* Of a year without a 29th of February. */
static const uint16_t gpsrecord_days_before[] =
    { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

static bool
gpsrecord_is_leap (uint32_t year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970-01-01 to the first of January of a year from 1970 on. */
static int64_t
gpsrecord_days_before_year (uint32_t year)
{
  int64_t y = (int64_t) year - 1;

  return 365 * ((int64_t) year - 1970) + (y / 4 - 492) - (y / 100 - 19) +
      (y / 400 - 4);
}

void
gpsrecord_get_date (int64_t time_us, uint32_t * ret_year,
    uint32_t * ret_month, uint32_t * ret_day)
{
  int64_t days = time_us / GPSRECORD_DAY_US, rest;
  uint32_t year = 1970 + (uint32_t) (days / 366), month = 12, leap;

  while (gpsrecord_days_before_year (year + 1) <= days)
    year++;
  leap = gpsrecord_is_leap (year) ? 1 : 0;
  rest = days - gpsrecord_days_before_year (year);
  while (month > 1 && rest < gpsrecord_days_before[month - 1] +
      (month > 2 ? leap : 0))
    month--;
  *ret_year = year;
  *ret_month = month;
  *ret_day = (uint32_t) (rest - gpsrecord_days_before[month - 1] -
      (month > 2 ? leap : 0)) + 1;
}

bool
gpsrecord_set_time (GpsRecord * self, GpsRecordClock clock, uint32_t year,
    uint32_t month, uint32_t day, uint32_t hour, uint32_t minute,
    uint32_t second)
{
  const uint16_t *days_before = gpsrecord_days_before;
  int64_t days;
  uint32_t leap;

  if (clock == GPSRECORD_CLOCK_NONE)
    return false;
  if (year < 100)
    year += 2000;
  if (year < 2000 || year > 2099 || month < 1 || month > 12 || hour > 23 ||
      minute > 59 || second > 60)
    return false;
  leap = gpsrecord_is_leap (year) ? 1 : 0;
  if (day < 1 || day > (uint32_t) days_before[month] - days_before[month - 1] +
      (month == 2 ? leap : 0))
    return false;

  days = gpsrecord_days_before_year (year) + days_before[month - 1] + day - 1 +
      (month > 2 ? leap : 0);
  if (second == 60)
    second = 59;
  self->clock = clock;
  self->time_us = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000000;
  return true;
}

bool
gpsrecord_set_time_us (GpsRecord * self, GpsRecordClock clock, int64_t time_us)
{
  if (clock == GPSRECORD_CLOCK_NONE || time_us < GPSRECORD_TIME_MIN ||
      time_us >= GPSRECORD_TIME_END)
    return false;

  self->clock = clock;
  self->time_us = time_us;
  return true;
}

bool
gpsrecord_set_position (GpsRecord * self, double latitude, double longitude)
{
  if (!gpsrecord_within (latitude, -90.0, 90.0) ||
      !gpsrecord_within (longitude, -180.0, 180.0))
    return false;
  /* what receivers give before their first fix */
  if (gpsrecord_abs (latitude) <= 0.0 && gpsrecord_abs (longitude) <= 0.0)
    return false;

  self->latitude = latitude;
  self->longitude = longitude;
  self->fields |= GPSRECORD_POSITION;
  return true;
}

/* Degrees of value, which is degrees * 100 + minutes; negative if it is not. */
static double
gpsrecord_from_ddmm (double value)
{
  double minutes;
  int degrees;

  value = gpsrecord_abs (value);
  if (!gpsrecord_within (value, 0.0, 18000.0))
    return -1.0;
  degrees = (int) (value / 100.0);
  minutes = value - 100.0 * degrees;
  /* 60: a float has rounded what was just below it */
  return minutes <= 60.0 ? degrees + minutes / 60.0 : -1.0;
}

bool
gpsrecord_set_position_ddmm (GpsRecord * self, double latitude,
    char north_south, double longitude, char east_west)
{
  latitude = gpsrecord_from_ddmm (latitude);
  longitude = gpsrecord_from_ddmm (longitude);
  if (latitude < 0.0 || longitude < 0.0 ||
      (latitude < GPSRECORD_NOWHERE && longitude < GPSRECORD_NOWHERE))
    return false;

  if (north_south == 'S')
    latitude = -latitude;
  else if (north_south != 'N')
    return false;
  if (east_west == 'W')
    longitude = -longitude;
  else if (east_west != 'E')
    return false;
  return gpsrecord_set_position (self, latitude, longitude);
}

bool
gpsrecord_set_altitude (GpsRecord * self, double metres)
{
  if (!gpsrecord_within (metres, GPSRECORD_ALTITUDE_MIN,
          GPSRECORD_ALTITUDE_MAX))
    return false;

  self->altitude = metres;
  self->fields |= GPSRECORD_ALTITUDE;
  return true;
}

bool
gpsrecord_set_speed_knots (GpsRecord * self, double knots)
{
  return gpsrecord_set_speed (self, knots * (1852.0 / 3600.0));
}

bool
gpsrecord_set_speed_kmh (GpsRecord * self, double kmh)
{
  return gpsrecord_set_speed (self, kmh / 3.6);
}

bool
gpsrecord_set_speed_mph (GpsRecord * self, double mph)
{
  return gpsrecord_set_speed (self, mph * (1609.344 / 3600.0));
}

bool
gpsrecord_set_speed (GpsRecord * self, double speed)
{
  if (!gpsrecord_within (speed, 0.0, GPSRECORD_SPEED_MAX))
    return false;

  self->speed = gpsrecord_abs (speed);
  self->fields |= GPSRECORD_SPEED;
  return true;
}

bool
gpsrecord_set_speed_raw (GpsRecord * self, double number)
{
  if (!gpsrecord_within (number, 0.0, GPSRECORD_NUMBER_MAX))
    return false;

  self->speed = gpsrecord_abs (number);
  self->fields = (self->fields & ~(unsigned) GPSRECORD_SPEED) |
      GPSRECORD_SPEED_RAW;
  return true;
}

bool
gpsrecord_set_course (GpsRecord * self, double degrees)
{
  if (!gpsrecord_within (degrees, -720.0, 720.0))
    return false;

  while (degrees < 0.0)
    degrees += 360.0;
  while (degrees >= 360.0)
    degrees -= 360.0;
  self->course = gpsrecord_abs (degrees);
  self->fields |= GPSRECORD_COURSE;
  return true;
}

bool
gpsrecord_set_acceleration (GpsRecord * self, double x, double y, double z)
{
  const double most = GPSRECORD_ACCELERATION_MAX;

  if (!gpsrecord_within (x, -most, most) || !gpsrecord_within (y, -most, most)
      || !gpsrecord_within (z, -most, most))
    return false;

  self->acceleration[0] = x;
  self->acceleration[1] = y;
  self->acceleration[2] = z;
  self->fields |= GPSRECORD_ACCELERATION;
  return true;
}

bool
gpsrecord_set_acceleration_raw (GpsRecord * self, double x, double y, double z)
{
  const double most = GPSRECORD_ACCELERATION_RAW_MAX;

  if (!gpsrecord_within (x, -most, most) || !gpsrecord_within (y, -most, most)
      || !gpsrecord_within (z, -most, most))
    return false;

  self->acceleration[0] = x;
  self->acceleration[1] = y;
  self->acceleration[2] = z;
  self->fields |= GPSRECORD_ACCELERATION_RAW;
  return true;
}

bool
gpsrecord_set_elapsed (GpsRecord * self, int64_t elapsed_us)
{
  if (elapsed_us < 0 || elapsed_us > GPSRECORD_ELAPSED_MAX)
    return false;

  self->elapsed_us = elapsed_us;
  self->fields |= GPSRECORD_ELAPSED;
  return true;
}

bool
gpsrecord_set_satellites (GpsRecord * self, uint32_t satellites)
{
  if (satellites > GPSRECORD_SATELLITES_MAX)
    return false;

  self->satellites = satellites;
  self->fields |= GPSRECORD_SATELLITES;
  return true;
}

bool
gpsrecord_set_hdop (GpsRecord * self, double hdop)
{
  if (!(hdop > 0.0 && hdop < GPSRECORD_HDOP_END))
    return false;

  self->hdop = hdop;
  self->fields |= GPSRECORD_HDOP;
  return true;
}

/* Newton's method; value in [0, 1]. */
static double
gpsrecord_sqrt (double value)
{
  double root = value, next;

  if (value <= 0.0)
    return 0.0;
  /* from above it falls until it stands still; 600 halvings reach the least
   * double */
  if (root < 1.0)
    root = 1.0;
  for (int i = 0; i < 600; i++) {
    next = 0.5 * (root + value / root);
    if (next >= root)
      break;
    root = next;
  }
  return root;
}

/* Sine of degrees in [-90, 90], by its series. */
static double
gpsrecord_sin (double degrees)
{
  double x = degrees * (GPSRECORD_PI / 180.0);
  double term = x, sum = x;

  for (int n = 2; n < 24; n += 2) {
    term *= -x * x / (n * (n + 1));
    sum += term;
  }
  return sum;
}

/* Cosine of degrees in [-180, 180]. */
static double
gpsrecord_cos (double degrees)
{
  return gpsrecord_sin (90.0 - gpsrecord_abs (degrees));
}

/* Arc sine of x in [0, 1]. */
static double
gpsrecord_asin (double x)
{
  double term, sum;

  if (x >= 1.0)
    return GPSRECORD_PI / 2.0;
  if (x > 0.5)
    return GPSRECORD_PI / 2.0 -
        2.0 * gpsrecord_asin (gpsrecord_sqrt ((1.0 - x) / 2.0));
  term = x;
  sum = x;
  for (int n = 1; n < 40; n += 2) {
    term *= x * x * n / (n + 1);
    sum += term / (n + 2);
  }
  return sum;
}

bool
gpsrecord_set_velocity (GpsRecord * self, double east, double north)
{
  double x = gpsrecord_abs (east), y = gpsrecord_abs (north);
  double scale = GPSRECORD_SPEED_MAX, speed, course;

  if (!gpsrecord_within (x, 0.0, scale) || !gpsrecord_within (y, 0.0, scale))
    return false;
  /* what the square root is good for: 1 at most */
  speed = 2.0 * scale * gpsrecord_sqrt (x / (2.0 * scale) * x / (2.0 * scale) +
      y / (2.0 * scale) * y / (2.0 * scale));
  if (!gpsrecord_set_speed (self, speed))
    return false;
  if (speed <= 0.0)
    return true;

  course = gpsrecord_asin (x / speed) * (180.0 / GPSRECORD_PI);
  if (north < 0.0)
    course = 180.0 - course;
  return gpsrecord_set_course (self, east < 0.0 ? 360.0 - course : course);
}

double
gpsrecord_distance (const GpsRecord * a, const GpsRecord * b)
{
  double half_latitude, half_longitude, square;

  half_latitude = gpsrecord_sin ((b->latitude - a->latitude) / 2.0);
  /* the longitudes may differ by a whole turn, half of it is 180 degrees */
  half_longitude = gpsrecord_abs (b->longitude - a->longitude) / 2.0;
  if (half_longitude > 90.0)
    half_longitude = 180.0 - half_longitude;
  half_longitude = gpsrecord_sin (half_longitude);
  square = half_latitude * half_latitude + gpsrecord_cos (a->latitude) *
      gpsrecord_cos (b->latitude) * half_longitude * half_longitude;
  return 2.0 * GPSRECORD_EARTH_RADIUS *
      gpsrecord_asin (gpsrecord_sqrt (square));
}
