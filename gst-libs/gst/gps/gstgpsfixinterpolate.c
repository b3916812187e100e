/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <math.h>

#include <gst/gps/gstgpsfix.h>

/* Below this angle (a fifth of a millimetre on the ground) the arc is a line. */
#define GST_GPS_FIX_INTERPOLATE_MIN_ANGLE 3e-11

static gdouble
gst_gps_fix_interpolate_linear (gdouble a, gdouble b, gdouble fraction)
{
  return a + (b - a) * fraction;
}

/* Unit vector from the middle of the earth: it knows neither poles nor an
 * antimeridian. */
static void
gst_gps_fix_interpolate_get_vector (const GstGpsFix * fix, gdouble * ret_vector)
{
  gdouble latitude = fix->latitude * G_PI / 180.0;
  gdouble longitude = fix->longitude * G_PI / 180.0;

  ret_vector[0] = cos (latitude) * cos (longitude);
  ret_vector[1] = cos (latitude) * sin (longitude);
  ret_vector[2] = sin (latitude);
}

/* The angle between two unit vectors, exact also where it is small. */
static gdouble
gst_gps_fix_interpolate_get_angle (const gdouble * a, const gdouble * b)
{
  gdouble x = a[1] * b[2] - a[2] * b[1];
  gdouble y = a[2] * b[0] - a[0] * b[2];
  gdouble z = a[0] * b[1] - a[1] * b[0];

  return atan2 (sqrt (x * x + y * y + z * z),
      a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/* Along the great circle. Two points that face each other have no such way
 * between them: ret_fix stays where it is. */
static void
gst_gps_fix_interpolate_position (const GstGpsFix * a, const GstGpsFix * b,
    gdouble fraction, GstGpsFix * ret_fix)
{
  gdouble from[3], to[3], at[3], angle, part_a, part_b;

  gst_gps_fix_interpolate_get_vector (a, from);
  gst_gps_fix_interpolate_get_vector (b, to);
  angle = gst_gps_fix_interpolate_get_angle (from, to);
  if (angle < GST_GPS_FIX_INTERPOLATE_MIN_ANGLE
      || angle > G_PI - GST_GPS_FIX_INTERPOLATE_MIN_ANGLE)
    return;

  part_a = sin ((1.0 - fraction) * angle) / sin (angle);
  part_b = sin (fraction * angle) / sin (angle);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    at[i] = part_a * from[i] + part_b * to[i];
  ret_fix->latitude = atan2 (at[2], hypot (at[0], at[1])) * 180.0 / G_PI;
  ret_fix->longitude = atan2 (at[1], at[0]) * 180.0 / G_PI;
}

/* The short way round. */
static gdouble
gst_gps_fix_interpolate_course (gdouble a, gdouble b, gdouble fraction)
{
  gdouble turn = fmod (b - a + 540.0, 360.0) - 180.0;
  gdouble course = fmod (a + turn * fraction + 360.0, 360.0);

  return course < 360.0 ? course : 0.0;
}

/* A double holds the microseconds of three centuries. */
static gint64
gst_gps_fix_interpolate_time (gint64 a, gint64 b, gdouble fraction)
{
  gdouble time = gst_gps_fix_interpolate_linear ((gdouble) a, (gdouble) b,
      fraction);

  return (gint64) CLAMP (time, -9e18, 9e18);
}

/**
 * gst_gps_fix_interpolate:
 * @a: a #GstGpsFix
 * @b: the one after it
 * @fraction: of the way from @a to @b, 0 to 1
 * @fix: (out caller-allocates): where the fix between goes; may be @a or @b
 *
 * Computes where a receiver was between two fixes: the position along the great
 * circle; time, speed and altitude in proportion; course and bearing by the short
 * way round. What only one of them has, or what has no values between (dilution,
 * satellites, acceleration), is that of the nearer fix. @fix is marked with
 * %GST_GPS_FIX_FIELD_INTERPOLATED unless @fraction is 0 or 1, where it is @a or
 * @b.
 *
 * Since: 0.1
 */
void
gst_gps_fix_interpolate (const GstGpsFix * a, const GstGpsFix * b,
    gdouble fraction, GstGpsFix * fix)
{
  GstGpsFix between;
  GstGpsFixFields both;

  g_return_if_fail (a != NULL && b != NULL && fix != NULL);

  between = fraction <= 0.5 ? *a : *b;
  if (!(fraction > 0.0 && fraction < 1.0)) {
    *fix = between;
    return;
  }
  both = a->fields & b->fields;
  between.fields |= GST_GPS_FIX_FIELD_INTERPOLATED;
  if (gst_gps_fix_is_valid (a) && gst_gps_fix_is_valid (b))
    gst_gps_fix_interpolate_position (a, b, fraction, &between);
  if (a->time_kind == b->time_kind)
    between.time = gst_gps_fix_interpolate_time (a->time, b->time, fraction);
  if (both & GST_GPS_FIX_FIELD_ALTITUDE)
    between.altitude = gst_gps_fix_interpolate_linear (a->altitude,
        b->altitude, fraction);
  if (both & GST_GPS_FIX_FIELD_SPEED)
    between.speed = gst_gps_fix_interpolate_linear (a->speed, b->speed,
        fraction);
  if (both & GST_GPS_FIX_FIELD_COURSE)
    between.course = gst_gps_fix_interpolate_course (a->course, b->course,
        fraction);
  if (both & GST_GPS_FIX_FIELD_BEARING)
    between.bearing = gst_gps_fix_interpolate_course (a->bearing, b->bearing,
        fraction);
  *fix = between;
}
