/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpscalibrate.h"

#include <string.h>

/* Steps between two fixes are looked at that take so long, in seconds. */
#define GPSCALIBRATE_STEP_MIN 0.9
#define GPSCALIBRATE_STEP_MAX 5.5

/* Slower steps are noise of the receiver, in metres per second. */
#define GPSCALIBRATE_SPEED_MIN 4.0
/* Smaller numbers are too coarse where they are whole. */
#define GPSCALIBRATE_NUMBER_MIN 4.0
/* While a car brakes the speed recorded is that of another moment. */
#define GPSCALIBRATE_STEADY 0.2

/* A step agrees with a factor, and all together do. Knots are 1.15 mph. */
#define GPSCALIBRATE_STEP_TOLERANCE 0.12
#define GPSCALIBRATE_TOLERANCE 0.06

/* What is enough: so many steps, so many of ten that agree, so many metres. */
#define GPSCALIBRATE_STEPS_MIN 6
#define GPSCALIBRATE_AGREE 7
#define GPSCALIBRATE_WAY_MIN 50.0
/* As many steps of which less than half agree speak against a unit. */
#define GPSCALIBRATE_AGAINST 3

static const double gpscalibrate_units[GPSCALIBRATE_N_UNITS] = {
  1.0 / 3.6, 1852.0 / 3600.0, 1609.344 / 3600.0, 1.0, 0.1 / 3.6, 0.01
};

/* Mistakes that are made with units, of a speed taken for right. */
static const double gpscalibrate_mistakes[] = {
  1.852, 1.0 / 1.852, 1.609344, 1.0 / 1.609344, 3.6, 1.0 / 3.6
};

static double
gpscalibrate_abs (double value)
{
  return value < 0.0 ? -value : value;
}

static void
gpscalibrate_add_trial (GpsCalibrate * self, double factor, unsigned unit)
{
  GpsCalibrateTrial *trial = &self->trials[self->n_trials++];

  trial->factor = factor;
  trial->unit = unit;
}

/* Metres per second that one of a unit is; 0 for what is none. */
static double
gpscalibrate_get_size (unsigned unit)
{
  for (unsigned i = 0; i < GPSCALIBRATE_N_UNITS; i++)
    if (unit == 1U << i)
      return gpscalibrate_units[i];
  return 0.0;
}

void
gpscalibrate_init (GpsCalibrate * self, GpsCalibrateUnits units)
{
  double used = gpscalibrate_get_size (units.used);

  memset (self, 0, sizeof *self);
  self->factor = 1.0;
  self->is_raw = units.possible != 0 && used <= 0.0;
  self->is_doubted = units.possible != 0;
  self->assumed = self->is_raw ? units.possible & units.assumed : 0;
  if (!self->is_raw) {
    gpscalibrate_add_trial (self, 1.0, units.used);
    units.possible &= ~units.used;
  }
  for (unsigned i = 0; i < GPSCALIBRATE_N_UNITS; i++)
    if (units.possible & 1U << i)
      gpscalibrate_add_trial (self, self->is_raw ? gpscalibrate_units[i] :
          gpscalibrate_units[i] / used, 1U << i);
  for (size_t i = 0; !self->is_doubted && i < sizeof gpscalibrate_mistakes /
      sizeof gpscalibrate_mistakes[0]; i++)
    gpscalibrate_add_trial (self, gpscalibrate_mistakes[i], 0);
}

/* Seconds from the last record to this one; negative: not known. */
static double
gpscalibrate_get_time (const GpsCalibrate * self, const GpsRecord * record,
    int64_t media_us)
{
  double seconds = ((double) record->time_us - (double) self->last.time_us) /
      1e6;

  if (record->clock != self->last.clock)
    return -1.0;
  if (record->clock != GPSRECORD_CLOCK_NONE)
    return seconds;
  return media_us < 0 || self->last_media_us < 0 ? -1.0 :
      ((double) media_us - (double) self->last_media_us) / 1e6;
}

static bool
gpscalibrate_is_same_place (const GpsRecord * a, const GpsRecord * b)
{
  return gpscalibrate_abs (a->latitude - b->latitude) <= 0.0 &&
      gpscalibrate_abs (a->longitude - b->longitude) <= 0.0;
}

/* What one step says to the factors. */
static void
gpscalibrate_try (GpsCalibrate * self, const GpsRecord * record, double seconds)
{
  double a = self->last.speed, b = record->speed;
  double way = gpsrecord_distance (&self->last, record);
  double recorded = (a + b) / 2.0 * seconds;

  if (way < GPSCALIBRATE_SPEED_MIN * seconds || self->n_steps == UINT32_MAX ||
      gpscalibrate_abs (a - b) > GPSCALIBRATE_STEADY * (a > b ? a : b) ||
      (self->is_raw && a < GPSCALIBRATE_NUMBER_MIN))
    return;
  self->n_steps++;
  for (unsigned i = 0; i < self->n_trials; i++) {
    GpsCalibrateTrial *trial = &self->trials[i];
    double expected = recorded * trial->factor;

    if (gpscalibrate_abs (way - expected) >
        GPSCALIBRATE_STEP_TOLERANCE * expected)
      continue;
    trial->n_steps++;
    trial->way += way;
    trial->recorded += recorded;
  }
}

/* How far a factor is from what the track says; negative: it says no. */
static double
gpscalibrate_get_error (const GpsCalibrate * self,
    const GpsCalibrateTrial * trial)
{
  double error;

  if (trial->n_steps < GPSCALIBRATE_STEPS_MIN ||
      trial->way < GPSCALIBRATE_WAY_MIN || (uint64_t) trial->n_steps * 10 <
      (uint64_t) self->n_steps * GPSCALIBRATE_AGREE)
    return -1.0;
  error = gpscalibrate_abs (trial->way / (trial->recorded * trial->factor) -
      1.0);
  return error <= GPSCALIBRATE_TOLERANCE ? error : -1.0;
}

static void
gpscalibrate_judge (GpsCalibrate * self)
{
  const GpsCalibrateTrial *best = NULL;
  double least = 0.0;

  for (unsigned i = 0; i < self->n_trials; i++) {
    double error = gpscalibrate_get_error (self, &self->trials[i]);

    if (error >= 0.0 && (!best || error < least)) {
      best = &self->trials[i];
      least = error;
    }
  }
  self->factor = best ? best->factor : 1.0;
  self->unit = best ? best->unit : 0;
  if (!best)
    self->verdict = GPSCALIBRATE_UNDECIDED;
  else if (best == &self->trials[0] && !self->is_raw)
    self->verdict = GPSCALIBRATE_RIGHT;
  else
    self->verdict = self->is_doubted ? GPSCALIBRATE_CHANGED :
        GPSCALIBRATE_MISMATCH;
}

GpsCalibrateVerdict
gpscalibrate_feed (GpsCalibrate * self, const GpsRecord * record,
    int64_t media_us)
{
  const unsigned needed = GPSRECORD_POSITION | (self->is_raw ?
      GPSRECORD_SPEED_RAW : GPSRECORD_SPEED);
  double seconds;

  if ((record->fields & needed) != needed)
    return self->verdict;
  if (self->has_last) {
    seconds = gpscalibrate_get_time (self, record, media_us);
    /* cameras repeat a fix until they have another one */
    if (seconds >= 0.0 && (seconds < GPSCALIBRATE_STEP_MIN ||
            (seconds <= GPSCALIBRATE_STEP_MAX &&
                gpscalibrate_is_same_place (&self->last, record))))
      return self->verdict;
    if (seconds > 0.0 && seconds <= GPSCALIBRATE_STEP_MAX) {
      gpscalibrate_try (self, record, seconds);
      gpscalibrate_judge (self);
    }
  }
  self->last = *record;
  self->last_media_us = media_us;
  self->has_last = true;
  return self->verdict;
}

/* What a number is to be multiplied by; 0: nobody knows. */
static double
gpscalibrate_get_factor (const GpsCalibrate * self)
{
  if (self->verdict == GPSCALIBRATE_CHANGED)
    return self->factor;
  for (unsigned i = 0; i < self->n_trials; i++)
    if (self->trials[i].unit == self->assumed &&
        (self->n_steps < GPSCALIBRATE_AGAINST ||
            self->trials[i].n_steps >= self->n_steps / 2))
      return gpscalibrate_get_size (self->assumed);
  return 0.0;
}

void
gpscalibrate_apply (const GpsCalibrate * self, GpsRecord * record)
{
  double factor = gpscalibrate_get_factor (self);

  if (factor <= 0.0)
    return;
  if (record->fields & (self->is_raw ? GPSRECORD_SPEED_RAW : GPSRECORD_SPEED)) {
    record->fields &= ~(unsigned) (GPSRECORD_SPEED | GPSRECORD_SPEED_RAW);
    (void) gpsrecord_set_speed (record, record->speed * factor);
  }
}

const char *
gpscalibrate_get_name (unsigned unit)
{
  switch (unit) {
    case GPSCALIBRATE_KMH:
      return "km/h";
    case GPSCALIBRATE_KNOTS:
      return "knots";
    case GPSCALIBRATE_MPH:
      return "mph";
    case GPSCALIBRATE_MPS:
      return "m/s";
    case GPSCALIBRATE_KMH_10:
      return "0.1 km/h";
    case GPSCALIBRATE_MPS_100:
      return "0.01 m/s";
    default:
      return NULL;
  }
}
