/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-drive.h"

#include <math.h>

#define LAP_METRES 600.
#define MEAN_SPEED 10.
#define SPEED_SWING 4.
#define SWING_SECONDS 20.
/* One degree of a great circle on a sphere of 6371 km. */
#define METRES_PER_DEGREE 111194.93

DashcamPoint
dashcam_drive_at (const DashcamPlace * place, gdouble seconds)
{
  const gdouble radius = LAP_METRES / (2 * G_PI);
  const gdouble phase = 2 * G_PI * seconds / SWING_SECONDS;
  /* the integral of the speed */
  const gdouble metres = MEAN_SPEED * seconds
      + SPEED_SWING * SWING_SECONDS / (2 * G_PI) * (1 - cos (phase));
  const gdouble angle = metres / radius;
  DashcamPoint point;

  point.latitude = place->latitude + radius * cos (angle) / METRES_PER_DEGREE;
  point.longitude = place->longitude + radius * sin (angle)
      / (METRES_PER_DEGREE * cos (place->latitude * G_PI / 180));
  point.speed = MEAN_SPEED + SPEED_SWING * sin (phase);
  point.course = fmod (90 + angle * 180 / G_PI, 360);
  return point;
}
