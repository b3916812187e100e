/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A drive that can be checked by hand: clockwise round a circle, 600 m and 60
 * seconds a lap, from its northernmost point. The speed swings between 6 and
 * 14 m/s with a period of 20 s, so that at 0, 20 and 40 s of a lap the car is
 * a third of it further, does 10 m/s, and heads 90, 210 and 330 degrees. */

#include <glib.h>

typedef struct
{
  gdouble latitude;             /* degrees, of the circle's centre */
  gdouble longitude;
} DashcamPlace;

typedef struct
{
  gdouble latitude;             /* degrees */
  gdouble longitude;
  gdouble speed;                /* metres per second */
  gdouble course;               /* degrees from north, below 360 */
} DashcamPoint;

DashcamPoint dashcam_drive_at (const DashcamPlace * place, gdouble seconds);
