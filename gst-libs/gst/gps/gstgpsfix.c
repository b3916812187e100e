/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <math.h>

#include <gst/gps/gstgpsformat-private.h>

/* The mean radius of the earth (IUGG), metres. */
#define GST_GPS_FIX_EARTH_RADIUS 6371008.8

/* 0001-01-01T00:00:00 and 9999-12-31T23:59:59, the years that RFC 3339 can
 * write, in seconds since 1970. */
#define GST_GPS_FIX_MIN_SECOND G_GINT64_CONSTANT (-62135596800)
#define GST_GPS_FIX_MAX_SECOND G_GINT64_CONSTANT (253402300799)

#define GST_GPS_FIX_STRUCTURE_NAME "GstGpsFix"

static const gchar *const gst_gps_fix_axis_names[3] = {
  "acceleration-x", "acceleration-y", "acceleration-z"
};

static const gchar *const gst_gps_fix_raw_axis_names[3] = {
  "acceleration-raw-x", "acceleration-raw-y", "acceleration-raw-z"
};

G_DEFINE_BOXED_TYPE (GstGpsFix, gst_gps_fix, gst_gps_fix_copy,
    gst_gps_fix_free);

/**
 * gst_gps_fix_new:
 * @latitude: degrees, WGS 84, north positive, -90 to 90
 * @longitude: degrees, WGS 84, east positive, -180 to 180
 *
 * Makes a fix of a position alone. The position is taken as it is, see
 * gst_gps_fix_is_valid().
 *
 * Returns: (transfer full): a new #GstGpsFix
 *
 * Since: 0.1
 */
GstGpsFix *
gst_gps_fix_new (gdouble latitude, gdouble longitude)
{
  GstGpsFix *fix = g_new0 (GstGpsFix, 1);

  fix->latitude = latitude;
  fix->longitude = longitude;
  return fix;
}

/**
 * gst_gps_fix_copy:
 * @fix: a #GstGpsFix
 *
 * Copies a fix. #GstGpsFix.source is shared, it is never freed.
 *
 * Returns: (transfer full): a new #GstGpsFix
 *
 * Since: 0.1
 */
GstGpsFix *
gst_gps_fix_copy (const GstGpsFix * fix)
{
  g_return_val_if_fail (fix != NULL, NULL);

  return g_memdup2 (fix, sizeof (*fix));
}

/**
 * gst_gps_fix_free:
 * @fix: (transfer full) (nullable): a #GstGpsFix
 *
 * Frees a fix that was made by gst_gps_fix_new(),
 * gst_gps_fix_new_from_structure() or gst_gps_fix_copy().
 *
 * Since: 0.1
 */
void
gst_gps_fix_free (GstGpsFix * fix)
{
  g_free (fix);
}

/**
 * gst_gps_fix_is_valid:
 * @fix: a #GstGpsFix
 *
 * Tells whether @fix has a position on the earth: finite, the latitude within
 * -90 to 90 and the longitude within -180 to 180.
 *
 * Returns: %TRUE if the position can be used
 *
 * Since: 0.1
 */
gboolean
gst_gps_fix_is_valid (const GstGpsFix * fix)
{
  g_return_val_if_fail (fix != NULL, FALSE);

  return fabs (fix->latitude) <= 90.0 && fabs (fix->longitude) <= 180.0;
}

/**
 * gst_gps_fix_format_time:
 * @fix: a #GstGpsFix
 *
 * Writes the time of @fix as RFC 3339 has it, with milliseconds where they are
 * not zero (what is finer is cut off). A UTC time ends in `Z`, one by an
 * assumed time zone too. A local time ends in nothing, for its offset to UTC is
 * not known.
 *
 * Returns: (transfer full) (nullable): the text, such as
 *   `2021-03-18T15:39:34Z`, or %NULL for a fix without time or with a year
 *   outside 1 to 9999
 *
 * Since: 0.1
 */
gchar *
gst_gps_fix_format_time (const GstGpsFix * fix)
{
  g_autoptr (GDateTime) date_time = NULL;
  gchar fraction[8] = "";
  gint64 second, microsecond;
  gint year, month, day;

  g_return_val_if_fail (fix != NULL, NULL);

  if (!gst_gps_format_is_utc (fix)
      && fix->time_kind != GST_GPS_TIME_KIND_LOCAL)
    return NULL;

  second = fix->time / G_USEC_PER_SEC;
  microsecond = fix->time % G_USEC_PER_SEC;
  if (microsecond < 0) {
    microsecond += G_USEC_PER_SEC;
    second--;
  }
  if (second < GST_GPS_FIX_MIN_SECOND || second > GST_GPS_FIX_MAX_SECOND)
    return NULL;
  if (microsecond >= 1000)
    g_snprintf (fraction, sizeof fraction, ".%03d", (gint) microsecond / 1000);

  date_time = g_date_time_new_from_unix_utc (second);
  g_date_time_get_ymd (date_time, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s%s", year, month, day,
      g_date_time_get_hour (date_time), g_date_time_get_minute (date_time),
      g_date_time_get_second (date_time), fraction,
      gst_gps_format_is_utc (fix) ? "Z" : "");
}

static void
gst_gps_fix_write_axes (const GstGpsFix * fix, GstStructure * structure)
{
  const gchar *const *names = NULL;

  if (fix->fields & GST_GPS_FIX_FIELD_ACCELERATION)
    names = gst_gps_fix_axis_names;
  else if (fix->fields & GST_GPS_FIX_FIELD_ACCELERATION_RAW)
    names = gst_gps_fix_raw_axis_names;
  for (guint i = 0; names && i < G_N_ELEMENTS (gst_gps_fix_axis_names); i++)
    gst_structure_set (structure, names[i], G_TYPE_DOUBLE,
        fix->acceleration[i], NULL);
}

/**
 * gst_gps_fix_to_structure:
 * @fix: a #GstGpsFix
 *
 * Makes a #GstStructure of a fix, for messages and bindings. Its name is
 * `GstGpsFix`. Fields that are not known are left out:
 *
 * - `latitude`, `longitude` (#gdouble): degrees, always there, or:
 * - `position-encrypted` (#gboolean): %TRUE
 * - `time` (#gint64): microseconds since 1970, and `time-kind`
 *   (#GstGpsTimeKind): which clock that is
 * - `altitude` (#gdouble): metres
 * - `speed` (#gdouble): metres per second
 * - `course` (#gdouble): degrees, 0 to below 360
 * - `bearing` (#gdouble): degrees, 0 to below 360, where the camera looks
 * - `hdop` (#gdouble)
 * - `satellites` (#guint)
 * - `acceleration-x`, `acceleration-y`, `acceleration-z` (#gdouble): g
 * - `interpolated` (#gboolean): %TRUE if it was computed from others
 * - `acceleration-x`, `acceleration-y`, `acceleration-z` (#gdouble): g, or
 *   `acceleration-raw-x` and so on: units of the camera
 * - `source` (#gchararray): name of the dialect
 *
 * Returns: (transfer full): a new #GstStructure
 *
 * Since: 0.1
 */
GstStructure *
gst_gps_fix_to_structure (const GstGpsFix * fix)
{
  GstStructure *structure;

  g_return_val_if_fail (fix != NULL, NULL);

  structure = gst_structure_new_empty (GST_GPS_FIX_STRUCTURE_NAME);
  if (fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED)
    gst_structure_set (structure, "position-encrypted", G_TYPE_BOOLEAN, TRUE,
        NULL);
  else
    gst_structure_set (structure, "latitude", G_TYPE_DOUBLE, fix->latitude,
        "longitude", G_TYPE_DOUBLE, fix->longitude, NULL);

  if (fix->time_kind != GST_GPS_TIME_KIND_NONE)
    gst_structure_set (structure, "time", G_TYPE_INT64, fix->time,
        "time-kind", GST_TYPE_GPS_TIME_KIND, fix->time_kind, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE)
    gst_structure_set (structure, "altitude", G_TYPE_DOUBLE, fix->altitude,
        NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    gst_structure_set (structure, "speed", G_TYPE_DOUBLE, fix->speed, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    gst_structure_set (structure, "course", G_TYPE_DOUBLE, fix->course, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_BEARING)
    gst_structure_set (structure, "bearing", G_TYPE_DOUBLE, fix->bearing, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_HDOP)
    gst_structure_set (structure, "hdop", G_TYPE_DOUBLE, fix->hdop, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_SATELLITES)
    gst_structure_set (structure, "satellites", G_TYPE_UINT, fix->satellites,
        NULL);
  gst_gps_fix_write_axes (fix, structure);
  if (fix->fields & GST_GPS_FIX_FIELD_INTERPOLATED)
    gst_structure_set (structure, "interpolated", G_TYPE_BOOLEAN, TRUE, NULL);
  if (fix->source)
    gst_structure_set (structure, "source", G_TYPE_STRING, fix->source, NULL);

  return structure;
}

static gboolean
gst_gps_fix_read_double (const GstStructure * structure, const gchar * name,
    gdouble minimum, gdouble * ret_value)
{
  gdouble value;

  if (!gst_structure_get_double (structure, name, &value) || !isfinite (value)
      || value < minimum)
    return FALSE;
  *ret_value = value;
  return TRUE;
}

/* The enum's value, or its nick, as an application may write it. */
static GstGpsTimeKind
gst_gps_fix_read_time_kind (const GstStructure * structure)
{
  const gchar *nick = gst_structure_get_string (structure, "time-kind");
  gint kind = GST_GPS_TIME_KIND_NONE;

  if (nick) {
    GEnumClass *kinds = g_type_class_ref (GST_TYPE_GPS_TIME_KIND);
    const GEnumValue *value = g_enum_get_value_by_nick (kinds, nick);

    if (value)
      kind = value->value;
    g_type_class_unref (kinds);
  } else {
    gst_structure_get_enum (structure, "time-kind", GST_TYPE_GPS_TIME_KIND,
        &kind);
  }
  return kind;
}

static void
gst_gps_fix_read_time (GstGpsFix * fix, const GstStructure * structure)
{
  GstGpsTimeKind kind = gst_gps_fix_read_time_kind (structure);

  if ((kind == GST_GPS_TIME_KIND_UTC || kind == GST_GPS_TIME_KIND_LOCAL
          || kind == GST_GPS_TIME_KIND_ASSUMED)
      && gst_structure_get_int64 (structure, "time", &fix->time))
    fix->time_kind = kind;
}

static gboolean
gst_gps_fix_read_axes (GstGpsFix * fix, const GstStructure * structure,
    const gchar * const *names)
{
  gdouble axes[3];

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    if (!gst_gps_fix_read_double (structure, names[i], -G_MAXDOUBLE, &axes[i]))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    fix->acceleration[i] = axes[i];
  return TRUE;
}

static void
gst_gps_fix_read_fields (GstGpsFix * fix, const GstStructure * structure)
{
  gboolean interpolated;

  if (gst_gps_fix_read_double (structure, "altitude", -G_MAXDOUBLE,
          &fix->altitude))
    fix->fields |= GST_GPS_FIX_FIELD_ALTITUDE;
  if (gst_gps_fix_read_double (structure, "speed", 0.0, &fix->speed))
    fix->fields |= GST_GPS_FIX_FIELD_SPEED;
  if (gst_gps_fix_read_double (structure, "course", 0.0, &fix->course)
      && fix->course < 360.0)
    fix->fields |= GST_GPS_FIX_FIELD_COURSE;
  if (gst_gps_fix_read_double (structure, "bearing", 0.0, &fix->bearing)
      && fix->bearing < 360.0)
    fix->fields |= GST_GPS_FIX_FIELD_BEARING;
  if (gst_gps_fix_read_double (structure, "hdop", 0.0, &fix->hdop))
    fix->fields |= GST_GPS_FIX_FIELD_HDOP;
  if (gst_structure_get_uint (structure, "satellites", &fix->satellites))
    fix->fields |= GST_GPS_FIX_FIELD_SATELLITES;

  if (gst_gps_fix_read_axes (fix, structure, gst_gps_fix_axis_names))
    fix->fields |= GST_GPS_FIX_FIELD_ACCELERATION;
  if (gst_structure_get_boolean (structure, "interpolated", &interpolated)
      && interpolated)
    fix->fields |= GST_GPS_FIX_FIELD_INTERPOLATED;
  else if (gst_gps_fix_read_axes (fix, structure, gst_gps_fix_raw_axis_names))
    fix->fields |= GST_GPS_FIX_FIELD_ACCELERATION_RAW;
}

static gboolean
gst_gps_fix_read_position (GstGpsFix * fix, const GstStructure * structure)
{
  gboolean is_encrypted = FALSE;

  gst_structure_get_boolean (structure, "position-encrypted", &is_encrypted);
  if (is_encrypted) {
    fix->fields |= GST_GPS_FIX_FIELD_POSITION_ENCRYPTED;
    fix->latitude = fix->longitude = (gdouble) NAN;
    return TRUE;
  }
  return gst_structure_get_double (structure, "latitude", &fix->latitude)
      && gst_structure_get_double (structure, "longitude", &fix->longitude)
      && gst_gps_fix_is_valid (fix);
}

/**
 * gst_gps_fix_new_from_structure:
 * @structure: a #GstStructure as gst_gps_fix_to_structure() makes it
 *
 * Makes a fix of a #GstStructure. `time-kind` may also be the nick of a
 * #GstGpsTimeKind, as a string. A field of another type, or that is not finite,
 * or a speed, course or dilution outside its range, counts as not known.
 *
 * Returns: (transfer full) (nullable): a new #GstGpsFix, or %NULL if the name
 *   of @structure is another, or it has no position on the earth and none that
 *   is encrypted
 *
 * Since: 0.1
 */
GstGpsFix *
gst_gps_fix_new_from_structure (const GstStructure * structure)
{
  GstGpsFix fix = { 0 };

  g_return_val_if_fail (structure != NULL, NULL);

  if (!gst_structure_has_name (structure, GST_GPS_FIX_STRUCTURE_NAME)
      || !gst_gps_fix_read_position (&fix, structure))
    return NULL;

  gst_gps_fix_read_time (&fix, structure);
  gst_gps_fix_read_fields (&fix, structure);
  fix.source = g_intern_string (gst_structure_get_string (structure, "source"));
  return gst_gps_fix_copy (&fix);
}

/**
 * gst_gps_fix_distance:
 * @a: a #GstGpsFix
 * @b: another
 *
 * Computes how far two fixes lie apart on a sphere of the earth's mean radius,
 * which is right to 0.6 %. Altitude does not count.
 *
 * Returns: the distance in metres
 *
 * Since: 0.1
 */
gdouble
gst_gps_fix_distance (const GstGpsFix * a, const GstGpsFix * b)
{
  gdouble latitude_a, latitude_b, sine_latitude, sine_longitude, haversine;

  g_return_val_if_fail (a != NULL && b != NULL, 0.0);

  latitude_a = a->latitude * G_PI / 180.0;
  latitude_b = b->latitude * G_PI / 180.0;
  sine_latitude = sin ((latitude_b - latitude_a) / 2.0);
  sine_longitude = sin ((b->longitude - a->longitude) * G_PI / 360.0);
  haversine = sine_latitude * sine_latitude
      + cos (latitude_a) * cos (latitude_b) * sine_longitude * sine_longitude;
  return 2.0 * GST_GPS_FIX_EARTH_RADIUS * asin (sqrt (MIN (haversine, 1.0)));
}
