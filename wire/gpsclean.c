/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsclean.h"

#include <string.h>

/* 300 km/h and 30 km/h, in metres per second. */
#define GPSCLEAN_SPEED_MAX (300.0 / 3.6)
#define GPSCLEAN_SPEED_MIN (30.0 / 3.6)
/* How much faster than its speedometer a car may seem to be. */
#define GPSCLEAN_SPEED_FACTOR 3.0

void
gpsclean_init (GpsClean * self, int64_t gap_us)
{
  memset (self, 0, sizeof *self);
  self->gap_us = gap_us;
  self->filter = GPSCLEAN_FILTER_DUPLICATES;
}

void
gpsclean_reset (GpsClean * self)
{
  self->has_last = false;
}

void
gpsclean_split (GpsClean * self)
{
  self->is_split = true;
}

/* Bit for bit: what a camera repeats, it repeats exactly. */
static bool
gpsclean_equal (const double *a, const double *b, size_t n)
{
  return memcmp (a, b, n * sizeof *a) == 0;
}

static bool
gpsclean_same_place (const GpsRecord * a, const GpsRecord * b)
{
  return gpsclean_equal (&a->latitude, &b->latitude, 1) &&
      gpsclean_equal (&a->longitude, &b->longitude, 1);
}

/* For records without time: only one that says the same in all respects is
 * the same one, written twice. */
static bool
gpsclean_same_record (const GpsRecord * a, const GpsRecord * b)
{
  unsigned fields = a->fields;

  if (fields != b->fields || a->time_us != b->time_us ||
      ((fields & GPSRECORD_POSITION) && !gpsclean_same_place (a, b)))
    return false;
  if ((fields & GPSRECORD_ALTITUDE) &&
      !gpsclean_equal (&a->altitude, &b->altitude, 1))
    return false;
  if ((fields & GPSRECORD_SPEED) && !gpsclean_equal (&a->speed, &b->speed, 1))
    return false;
  if ((fields & GPSRECORD_HDOP) && !gpsclean_equal (&a->hdop, &b->hdop, 1))
    return false;
  if ((fields & GPSRECORD_SATELLITES) && a->satellites != b->satellites)
    return false;
  if ((fields & GPSRECORD_COURSE) &&
      !gpsclean_equal (&a->course, &b->course, 1))
    return false;
  return !(fields & (GPSRECORD_ACCELERATION | GPSRECORD_ACCELERATION_RAW)) ||
      gpsclean_equal (a->acceleration, b->acceleration, 3);
}

/* Two records of the same time. */
static unsigned
gpsclean_judge_twin (const GpsRecord * last, const GpsRecord * record)
{
  if (!(record->fields & GPSRECORD_POSITION))
    return GPSCLEAN_DUPLICATE;
  return (last->fields & GPSRECORD_POSITION) &&
      gpsclean_same_place (last, record) ?
      GPSCLEAN_DUPLICATE : GPSCLEAN_KEEP | GPSCLEAN_REPLACE;
}

static unsigned
gpsclean_judge (const GpsClean * self, const GpsRecord * record)
{
  const GpsRecord *last = &self->last;
  bool is_filter = self->filter != GPSCLEAN_FILTER_NONE;

  if (!(record->fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)))
    return GPSCLEAN_VOID;
  if (!self->has_last || record->clock != last->clock)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;

  if (record->clock == GPSRECORD_CLOCK_NONE)
    return is_filter && gpsclean_same_record (last, record) ?
        GPSCLEAN_DUPLICATE : GPSCLEAN_KEEP;
  if (record->time_us == last->time_us)
    return is_filter ? gpsclean_judge_twin (last, record) : GPSCLEAN_KEEP;
  /* the clock went backwards */
  if (record->time_us < last->time_us)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;
  /* as unsigned, so that the pause between any two times fits */
  if (self->gap_us < 0 || (uint64_t) record->time_us -
      (uint64_t) last->time_us > (uint64_t) self->gap_us)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;
  return GPSCLEAN_KEEP;
}

bool
gpsclean_is_comparable (const GpsRecord * record, const GpsRecord * next)
{
  return (record->fields & next->fields & GPSRECORD_POSITION) &&
      record->clock != GPSRECORD_CLOCK_NONE && next->clock == record->clock &&
      next->time_us > record->time_us;
}

/* Whether no car drives from one to the other in that time. */
static bool
gpsclean_is_too_far (const GpsRecord * a, const GpsRecord * b)
{
  double seconds = ((double) b->time_us - (double) a->time_us) / 1e6;
  double limit = GPSCLEAN_SPEED_MIN;

  if ((a->fields & GPSRECORD_SPEED) && a->speed > limit)
    limit = a->speed;
  if ((b->fields & GPSRECORD_SPEED) && b->speed > limit)
    limit = b->speed;
  limit *= GPSCLEAN_SPEED_FACTOR;
  if (limit < GPSCLEAN_SPEED_MAX)
    limit = GPSCLEAN_SPEED_MAX;
  return gpsrecord_distance (a, b) > limit * seconds;
}

static bool
gpsclean_is_outlier (const GpsClean * self, const GpsRecord * record,
    const GpsRecord * next)
{
  return self->filter == GPSCLEAN_FILTER_OUTLIERS && self->has_last && next &&
      gpsclean_is_comparable (&self->last, record) &&
      gpsclean_is_comparable (record, next) &&
      gpsclean_is_too_far (&self->last, record) &&
      gpsclean_is_too_far (record, next);
}

unsigned
gpsclean_feed_ahead (GpsClean * self, const GpsRecord * record,
    const GpsRecord * next)
{
  unsigned events = gpsclean_judge (self, record);

  if (!(events & GPSCLEAN_KEEP))
    return events;
  if (gpsclean_is_outlier (self, record, next))
    return GPSCLEAN_OUTLIER;
  if (self->is_split && !(events & GPSCLEAN_REPLACE))
    events |= GPSCLEAN_SEGMENT;
  self->is_split = false;
  self->last = *record;
  self->has_last = true;
  return events;
}

unsigned
gpsclean_feed (GpsClean * self, const GpsRecord * record)
{
  return gpsclean_feed_ahead (self, record, NULL);
}
