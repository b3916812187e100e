/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gps-prelude.h>

G_BEGIN_DECLS

/**
 * GstGpsTimeKind:
 * @GST_GPS_TIME_KIND_NONE: the fix has no time
 * @GST_GPS_TIME_KIND_UTC: coordinated universal time
 * @GST_GPS_TIME_KIND_LOCAL: the camera's local time, of unknown offset to UTC
 * @GST_GPS_TIME_KIND_ASSUMED: UTC, made of the camera's local time by a time
 *   zone that is assumed
 *
 * What the clock of a #GstGpsFix shows.
 *
 * Since: 0.1
 */
typedef enum
{
  GST_GPS_TIME_KIND_NONE,
  GST_GPS_TIME_KIND_UTC,
  GST_GPS_TIME_KIND_LOCAL,
  GST_GPS_TIME_KIND_ASSUMED
} GstGpsTimeKind;

/**
 * GstGpsFixFields:
 * @GST_GPS_FIX_FIELD_ALTITUDE: #GstGpsFix.altitude is known
 * @GST_GPS_FIX_FIELD_SPEED: #GstGpsFix.speed is known
 * @GST_GPS_FIX_FIELD_COURSE: #GstGpsFix.course is known
 * @GST_GPS_FIX_FIELD_HDOP: #GstGpsFix.hdop is known
 * @GST_GPS_FIX_FIELD_SATELLITES: #GstGpsFix.satellites is known
 * @GST_GPS_FIX_FIELD_ACCELERATION: #GstGpsFix.acceleration is known
 * @GST_GPS_FIX_FIELD_INTERPOLATED: no receiver said this: it was computed from
 *   the fixes before and behind, see gst_gps_fix_interpolate()
 * @GST_GPS_FIX_FIELD_ACCELERATION_RAW: #GstGpsFix.acceleration holds the
 *   camera's own numbers, whose unit is not known
 * @GST_GPS_FIX_FIELD_POSITION_ENCRYPTED: the camera wrote a position that
 *   cannot be deciphered: latitude and longitude are NaN
 * @GST_GPS_FIX_FIELD_BEARING: #GstGpsFix.bearing is known
 *
 * Which members of a #GstGpsFix hold a value, beside the position, that each
 * fix has but an encrypted one, and the time, for which #GstGpsFix.time_kind
 * speaks.
 *
 * Since: 0.1
 */
typedef enum
{
  GST_GPS_FIX_FIELD_ALTITUDE = 1 << 0,
  GST_GPS_FIX_FIELD_SPEED = 1 << 1,
  GST_GPS_FIX_FIELD_COURSE = 1 << 2,
  GST_GPS_FIX_FIELD_HDOP = 1 << 3,
  GST_GPS_FIX_FIELD_SATELLITES = 1 << 4,
  GST_GPS_FIX_FIELD_ACCELERATION = 1 << 5,
  GST_GPS_FIX_FIELD_ACCELERATION_RAW = 1 << 6,
  GST_GPS_FIX_FIELD_INTERPOLATED = 1 << 7,
  GST_GPS_FIX_FIELD_POSITION_ENCRYPTED = 1 << 8,
  GST_GPS_FIX_FIELD_BEARING = 1 << 9
} GstGpsFixFields;

typedef struct _GstGpsFix GstGpsFix;

/**
 * GstGpsFix:
 * @fields: which of the optional members are known
 * @time_kind: what @time shows
 * @time: microseconds since 1970-01-01T00:00:00 of that clock
 * @latitude: degrees, WGS 84, north positive, -90 to 90
 * @longitude: degrees, WGS 84, east positive, -180 to 180
 * @altitude: metres above mean sea level
 * @speed: metres per second over ground
 * @course: degrees from true north over ground, 0 to below 360
 * @hdop: horizontal dilution of precision
 * @satellites: satellites used
 * @acceleration: (array fixed-size=3): in g, or in units of the camera (see
 *   #GstGpsFixFields), on its own axes
 * @source: (nullable): name of the dialect that the fix was read from, a
 *   string that is never freed
 * @bearing: degrees from true north to where the camera looks, 0 to below 360
 *
 * One position of a GPS receiver.
 *
 * Since: 0.1
 */
struct _GstGpsFix
{
  GstGpsFixFields fields;
  GstGpsTimeKind time_kind;
  gint64 time;
  gdouble latitude;
  gdouble longitude;
  gdouble altitude;
  gdouble speed;
  gdouble course;
  gdouble hdop;
  guint satellites;
  gdouble acceleration[3];
  const gchar *source;
  gdouble bearing;

  /*< private > */
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_GPS_FIX (gst_gps_fix_get_type ())
GST_GPS_API GType gst_gps_fix_get_type (void);

#define GST_TYPE_GPS_TIME_KIND (gst_gps_time_kind_get_type ())
GST_GPS_API GType gst_gps_time_kind_get_type (void);

#define GST_TYPE_GPS_FIX_FIELDS (gst_gps_fix_fields_get_type ())
GST_GPS_API GType gst_gps_fix_fields_get_type (void);

GST_GPS_API GstGpsFix *gst_gps_fix_new (gdouble latitude, gdouble longitude);

GST_GPS_API GstGpsFix *gst_gps_fix_copy (const GstGpsFix * fix);

GST_GPS_API void gst_gps_fix_free (GstGpsFix * fix);

GST_GPS_API gboolean gst_gps_fix_is_valid (const GstGpsFix * fix);

GST_GPS_API gchar *gst_gps_fix_format_time (const GstGpsFix * fix);

GST_GPS_API GstStructure *gst_gps_fix_to_structure (const GstGpsFix * fix);

GST_GPS_API
    GstGpsFix * gst_gps_fix_new_from_structure (const GstStructure * structure);

GST_GPS_API
    gdouble gst_gps_fix_distance (const GstGpsFix * a, const GstGpsFix * b);

GST_GPS_API
    void gst_gps_fix_interpolate (const GstGpsFix * a, const GstGpsFix * b,
    gdouble fraction, GstGpsFix * fix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstGpsFix, gst_gps_fix_free)

G_END_DECLS
