/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* How the elements and tools of this project make a public fix of a record
 * that a wire core read. Not installed. */

#include <math.h>

#include <gst/gps/gstgpsfix.h>

#include "wire/gpsrecord.h"

static inline GstGpsTimeKind
gst_gps_fix_get_time_kind (GpsRecordClock clock)
{
  switch (clock) {
    case GPSRECORD_CLOCK_UTC:
      return GST_GPS_TIME_KIND_UTC;
    case GPSRECORD_CLOCK_LOCAL:
      return GST_GPS_TIME_KIND_LOCAL;
    case GPSRECORD_CLOCK_ASSUMED:
      return GST_GPS_TIME_KIND_ASSUMED;
    case GPSRECORD_CLOCK_NONE:
    default:
      return GST_GPS_TIME_KIND_NONE;
  }
}

/* Where a camera looks whose offset to the course is known, in degrees, 0 to 360;
 * negative: it is not. */
static inline void
gst_gps_fix_set_bearing (GstGpsFix * fix, gdouble offset)
{
  if (offset < 0.0 || !(fix->fields & GST_GPS_FIX_FIELD_COURSE))
    return;
  fix->fields |= GST_GPS_FIX_FIELD_BEARING;
  fix->bearing = fix->course + offset;
  while (fix->bearing >= 360.0)
    fix->bearing -= 360.0;
}

/* source: a string that is never freed. The record must have a position, be it
 * an encrypted one. */
static inline void
gst_gps_fix_init_from_record (GstGpsFix * fix, const GpsRecord * record,
    const gchar * source)
{
  *fix = (GstGpsFix) {
  0};
  fix->latitude = record->latitude;
  fix->longitude = record->longitude;
  fix->source = source;
  if (!(record->fields & GPSRECORD_POSITION)) {
    fix->fields |= GST_GPS_FIX_FIELD_POSITION_ENCRYPTED;
    fix->latitude = fix->longitude = (gdouble) NAN;
  }

  if (record->clock != GPSRECORD_CLOCK_NONE) {
    fix->time = record->time_us;
    fix->time_kind = gst_gps_fix_get_time_kind (record->clock);
  }
  if (record->fields & GPSRECORD_ALTITUDE) {
    fix->fields |= GST_GPS_FIX_FIELD_ALTITUDE;
    fix->altitude = record->altitude;
  }
  if (record->fields & GPSRECORD_SPEED) {
    fix->fields |= GST_GPS_FIX_FIELD_SPEED;
    fix->speed = record->speed;
  }
  if (record->fields & GPSRECORD_COURSE) {
    fix->fields |= GST_GPS_FIX_FIELD_COURSE;
    fix->course = record->course;
  }
  if (record->fields & GPSRECORD_SATELLITES) {
    fix->fields |= GST_GPS_FIX_FIELD_SATELLITES;
    fix->satellites = record->satellites;
  }
  if (record->fields & GPSRECORD_HDOP) {
    fix->fields |= GST_GPS_FIX_FIELD_HDOP;
    fix->hdop = record->hdop;
  }
  if (record->fields & GPSRECORD_ACCELERATION)
    fix->fields |= GST_GPS_FIX_FIELD_ACCELERATION;
  else if (record->fields & GPSRECORD_ACCELERATION_RAW)
    fix->fields |= GST_GPS_FIX_FIELD_ACCELERATION_RAW;
  if (record->fields & (GPSRECORD_ACCELERATION | GPSRECORD_ACCELERATION_RAW)) {
    for (guint i = 0; i < 3; i++)
      fix->acceleration[i] = record->acceleration[i];
  }
}
