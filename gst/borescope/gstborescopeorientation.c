/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>

#include "gstborescopeorientation.h"
#include "wire/molink.h"

/* Degrees that are worth a message, and how often there may be one. */
#define MIN_CHANGE 3.0
#define MIN_INTERVAL (100 * GST_MSECOND)

/* A picture turns when the camera is held so far beyond the diagonal. */
#define HYSTERESIS 10.0

static gdouble
gst_borescope_orientation_distance (gdouble a, gdouble b)
{
  gdouble d = fabs (a - b);

  return d > 180.0 ? 360.0 - d : d;
}

GstBorescopeOrientationChange
gst_borescope_orientation_update (GstBorescopeOrientation * self,
    guint32 motion, guint64 now)
{
  GstBorescopeOrientationChange change = GST_BORESCOPE_ORIENTATION_SAME;
  gdouble angle;

  if (!molink_angle (motion, &angle, NULL))
    return change;
  if (self->known && (now - self->last_time < MIN_INTERVAL
          || gst_borescope_orientation_distance (angle,
              self->angle) < MIN_CHANGE))
    return change;
  if (!self->known)
    self->quarter = -1;
  self->known = TRUE;
  self->angle = angle;
  self->last_time = now;
  change = GST_BORESCOPE_ORIENTATION_ANGLE;
  if (self->quarter < 0 || gst_borescope_orientation_distance (angle,
          90.0 * self->quarter) > 45.0 + HYSTERESIS) {
    self->quarter = (gint) floor (angle / 90.0 + 0.5) % 4;
    change |= GST_BORESCOPE_ORIENTATION_QUARTER;
  }
  return change;
}

const gchar *
gst_borescope_orientation_get_tag (const GstBorescopeOrientation * self)
{
  static const gchar *const tags[] = {
    "rotate-0", "rotate-90", "rotate-180", "rotate-270"
  };

  return tags[self->quarter & 3];
}
