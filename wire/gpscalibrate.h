/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Compares the speed that a camera records with the way between its fixes, and
 * tells by that in which unit it is. Firmware of one dialect differs there. */

#include "wire/gpsrecord.h"

/* Bits: units that a number may have. */
enum
{
  GPSCALIBRATE_KMH = 1 << 0,
  GPSCALIBRATE_KNOTS = 1 << 1,
  GPSCALIBRATE_MPH = 1 << 2,
  GPSCALIBRATE_MPS = 1 << 3,    /* metres per second */
  GPSCALIBRATE_KMH_10 = 1 << 4, /* tenths of km/h */
  GPSCALIBRATE_MPS_100 = 1 << 5,        /* hundredths of a metre per second */
  GPSCALIBRATE_N_UNITS = 6
};

/* So many records settle it, if the car drives: what a stream that wants the
 * right speed from its first fix on has to hold back, and no more. */
enum
{
  GPSCALIBRATE_HOLD = 16
};

/* What a dialect says of its speeds. All zero: nobody doubts them. */
typedef struct
{
  unsigned used;                /* the unit that the decoder takes them for; 0: none, it gives GPSRECORD_SPEED_RAW */
  unsigned possible;            /* the units that are known of such cameras */
  unsigned assumed;             /* where used is 0: the possible unit that is believed as long as the track says nothing; 0: none */
} GpsCalibrateUnits;

typedef enum
{
  GPSCALIBRATE_UNDECIDED,       /* the car stands, or too few fixes */
  GPSCALIBRATE_RIGHT,           /* it fits as it is */
  GPSCALIBRATE_CHANGED,         /* another possible unit fits: see gpscalibrate_apply() */
  GPSCALIBRATE_MISMATCH         /* nobody doubts it, and it is wrong by a factor that tells of a unit */
} GpsCalibrateVerdict;

/* What the track says to one factor. */
typedef struct
{
  double factor;                /* from the number recorded, or the speed decoded, to metres per second */
  unsigned unit;                /* 0: of MISMATCH */
  uint32_t n_steps;             /* that agree with it */
  double way;                   /* in these, in metres */
  double recorded;              /* the same by speed and time, before the factor */
} GpsCalibrateTrial;

typedef struct
{
  GpsCalibrateVerdict verdict;
  double factor;                /* of the verdict; 1 where there is none */
  unsigned unit;                /* that is the right one: of CHANGED */

  /* the core's own */
  unsigned assumed;
  bool is_raw;
  bool is_doubted;
  uint32_t n_steps;
  unsigned n_trials;
  GpsCalibrateTrial trials[8];
  bool has_last;
  GpsRecord last;
  int64_t last_media_us;
} GpsCalibrate;

void gpscalibrate_init (GpsCalibrate * self, GpsCalibrateUnits units);

/* The next record, in the order of the file and before anything else is done
 * with its speed. media_us: when in the recording it stands, or -1; it counts
 * where the record has no time. Returns the verdict of all records until now:
 * it is only for want of steps that it becomes UNDECIDED again. */
GpsCalibrateVerdict gpscalibrate_feed (GpsCalibrate * self,
    const GpsRecord * record, int64_t media_us);

/* Makes metres per second of the record's speed, by the verdict, or by the unit
 * that is assumed, unless the track speaks against it. A raw one of which
 * nothing is known stays out. */
void gpscalibrate_apply (const GpsCalibrate * self, GpsRecord * record);

/* For people: "km/h". NULL for what is not one unit. */
const char *gpscalibrate_get_name (unsigned unit);
