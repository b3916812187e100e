/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsclean.h"

#include <string.h>

void
gpsclean_init (GpsClean * self, int64_t gap_us)
{
  memset (self, 0, sizeof *self);
  self->gap_us = gap_us;
}

void
gpsclean_reset (GpsClean * self)
{
  self->has_last = false;
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

  if (!(record->fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)))
    return GPSCLEAN_VOID;
  if (!self->has_last || record->clock != last->clock)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;

  if (record->clock == GPSRECORD_CLOCK_NONE)
    return gpsclean_same_record (last, record) ?
        GPSCLEAN_DUPLICATE : GPSCLEAN_KEEP;
  if (record->time_us == last->time_us)
    return gpsclean_judge_twin (last, record);
  /* the clock went backwards */
  if (record->time_us < last->time_us)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;
  /* as unsigned, so that the pause between any two times fits */
  if (self->gap_us < 0 || (uint64_t) record->time_us -
      (uint64_t) last->time_us > (uint64_t) self->gap_us)
    return GPSCLEAN_KEEP | GPSCLEAN_SEGMENT;
  return GPSCLEAN_KEEP;
}

unsigned
gpsclean_feed (GpsClean * self, const GpsRecord * record)
{
  unsigned events = gpsclean_judge (self, record);

  if (events & GPSCLEAN_KEEP) {
    self->last = *record;
    self->has_last = true;
  }
  return events;
}
