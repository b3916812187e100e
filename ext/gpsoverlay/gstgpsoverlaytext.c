/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>
#include <string.h>

#include "gstgpsoverlaytext.h"

#define FIGURE_SPACE "\342\200\207"
#define DASH "\342\200\223"
#define MINUS "\342\210\222"
#define DEGREE "\302\260"

typedef struct
{
  const gchar *speed;
  gdouble speed_per_ms;
  const gchar *length;
  gdouble metres;
  const gchar *small_length;
  gdouble small_metres;
  const gchar *altitude;
  gdouble altitude_metres;
} GstGpsOverlayTextUnits;

static const GstGpsOverlayTextUnits gst_gps_overlay_text_units[] = {
  [GST_GPS_OVERLAY_UNITS_METRIC] = {
        .speed = "km/h",
        .speed_per_ms = 3.6,
        .length = "km",
        .metres = 1000.0,
        .small_length = "m",
        .small_metres = 1.0,
        .altitude = "m",
        .altitude_metres = 1.0,
      },
  [GST_GPS_OVERLAY_UNITS_IMPERIAL] = {
        .speed = "mph",
        .speed_per_ms = 3600.0 / 1609.344,
        .length = "mi",
        .metres = 1609.344,
        .small_length = "ft",
        .small_metres = 0.3048,
        .altitude = "ft",
        .altitude_metres = 0.3048,
      },
  [GST_GPS_OVERLAY_UNITS_NAUTICAL] = {
        .speed = "kn",
        .speed_per_ms = 3600.0 / 1852.0,
        .length = "NM",
        .metres = 1852.0,
        .small_length = "m",
        .small_metres = 1.0,
        .altitude = "m",
        .altitude_metres = 1.0,
      },
};

/* A number right in its places, rounded; dashes where it does not fit. */
static void
gst_gps_overlay_text_write_number (gchar * text, gsize size, gdouble value,
    guint places)
{
  gdouble rounded = rint (value);
  gchar digits[16] = "";
  gsize n;

  if (isfinite (rounded) && fabs (rounded) < pow (10.0, places))
    g_snprintf (digits, sizeof digits, "%d", (gint) fabs (rounded));
  *text = '\0';
  n = *digits ? strlen (digits) : 2;
  for (; n < places; n++)
    g_strlcat (text, FIGURE_SPACE, size);
  if (rounded < 0.0)
    g_strlcat (text, MINUS, size);
  g_strlcat (text, *digits ? digits : DASH DASH, size);
}

GstGpsOverlayItems
gst_gps_overlay_text_get_items (const GstGpsFix * fix)
{
  GstGpsOverlayItems items = 0;

  if ((fix->fields & GST_GPS_FIX_FIELD_SPEED) && isfinite (fix->speed))
    items |= GST_GPS_OVERLAY_ITEM_SPEED;
  if ((fix->fields & GST_GPS_FIX_FIELD_COURSE) && isfinite (fix->course))
    items |= GST_GPS_OVERLAY_ITEM_HEADING;
  if ((fix->fields & GST_GPS_FIX_FIELD_ALTITUDE) && isfinite (fix->altitude))
    items |= GST_GPS_OVERLAY_ITEM_ALTITUDE;
  if (fix->time_kind != GST_GPS_TIME_KIND_NONE)
    items |= GST_GPS_OVERLAY_ITEM_TIME;
  if (gst_gps_fix_is_valid (fix))
    items |= GST_GPS_OVERLAY_ITEM_POSITION | GST_GPS_OVERLAY_ITEM_TRACK;
  return items;
}

static void
gst_gps_overlay_text_write_clock (GstGpsOverlayText * self,
    const GstGpsFix * fix, gint utc_offset)
{
  gint minutes = ABS (utc_offset);

  if (!fix || fix->time_kind == GST_GPS_TIME_KIND_NONE)
    return;
  if (fix->time_kind == GST_GPS_TIME_KIND_LOCAL)
    g_strlcpy (self->clock, "local", sizeof self->clock);
  else if (utc_offset == 0)
    g_strlcpy (self->clock, "UTC", sizeof self->clock);
  else
    g_snprintf (self->clock, sizeof self->clock, "UTC%s%02d:%02d",
        utc_offset < 0 ? MINUS : "+", minutes / 60, minutes % 60);
  if (fix->time_kind == GST_GPS_TIME_KIND_ASSUMED)
    g_strlcat (self->clock, "?", sizeof self->clock);
}

static void
gst_gps_overlay_text_write_time (GstGpsOverlayText * self,
    const GstGpsFix * fix, gint utc_offset)
{
  g_autoptr (GDateTime) date_time = NULL;
  gint64 second;
  gint year, month, day;

  g_strlcpy (self->time, DASH DASH ":" DASH DASH ":" DASH DASH,
      sizeof self->time);
  if (fix && fix->time_kind != GST_GPS_TIME_KIND_NONE) {
    second = fix->time / G_USEC_PER_SEC - (fix->time % G_USEC_PER_SEC < 0);
    if (fix->time_kind != GST_GPS_TIME_KIND_LOCAL)
      second += utc_offset * 60;
    date_time = g_date_time_new_from_unix_utc (second);
  }
  if (!date_time)
    return;
  g_date_time_get_ymd (date_time, &year, &month, &day);
  g_snprintf (self->date, sizeof self->date, "%04d-%02d-%02d", year, month,
      day);
  g_snprintf (self->time, sizeof self->time, "%02d:%02d:%02d",
      g_date_time_get_hour (date_time), g_date_time_get_minute (date_time),
      g_date_time_get_second (date_time));
  gst_gps_overlay_text_write_clock (self, fix, utc_offset);
}

/* Degrees with five decimals, which are a metre. */
static void
gst_gps_overlay_text_write_degrees (gchar * text, gsize size, gdouble degrees,
    const gchar * hemispheres)
{
  gint64 parts = llrint (fabs (degrees) * 1e5);
  gint whole = parts / 100000;

  g_snprintf (text, size, "%s%s%d.%05d" DEGREE " %c",
      whole < 100 ? FIGURE_SPACE : "", whole < 10 ? FIGURE_SPACE : "", whole,
      (gint) (parts % 100000), hemispheres[degrees < 0.0 && parts > 0]);
}

static void
gst_gps_overlay_text_write_position (GstGpsOverlayText * self,
    const GstGpsFix * fix)
{
  if (fix && gst_gps_fix_is_valid (fix)) {
    gst_gps_overlay_text_write_degrees (self->latitude, sizeof self->latitude,
        fix->latitude, "NS");
    gst_gps_overlay_text_write_degrees (self->longitude,
        sizeof self->longitude, fix->longitude, "EW");
    return;
  }
  g_strlcpy (self->latitude, FIGURE_SPACE DASH DASH, sizeof self->latitude);
  g_strlcpy (self->longitude, FIGURE_SPACE DASH DASH, sizeof self->longitude);
}

/* The course as whole degrees, 0 to 359. */
static gdouble
gst_gps_overlay_text_round_course (gdouble course)
{
  gdouble rounded = fmod (rint (course), 360.0);

  return rounded < 0.0 ? rounded + 360.0 : rounded;
}

static void
gst_gps_overlay_text_write_heading (GstGpsOverlayText * self, gdouble course)
{
  if (isfinite (course))
    g_snprintf (self->heading, sizeof self->heading, "%03d" DEGREE,
        (gint) gst_gps_overlay_text_round_course (course));
  else
    g_strlcpy (self->heading, DASH DASH DASH DEGREE, sizeof self->heading);
}

void
gst_gps_overlay_text_write (GstGpsOverlayText * self, const GstGpsFix * fix,
    GstGpsOverlayItems items, const GstGpsOverlaySettings * settings)
{
  const GstGpsOverlayTextUnits *units =
      &gst_gps_overlay_text_units[settings->units];
  GstGpsOverlayItems known = fix ? gst_gps_overlay_text_get_items (fix) : 0;

  memset (self, 0, sizeof *self);
  if (items & GST_GPS_OVERLAY_ITEM_SPEED) {
    gst_gps_overlay_text_write_number (self->speed, sizeof self->speed,
        known & GST_GPS_OVERLAY_ITEM_SPEED
        && fix->speed >= 0.0 ? fix->speed * units->speed_per_ms : (gdouble) NAN,
        3);
    g_strlcpy (self->speed_unit, units->speed, sizeof self->speed_unit);
  }
  if (items & GST_GPS_OVERLAY_ITEM_HEADING)
    gst_gps_overlay_text_write_heading (self,
        known & GST_GPS_OVERLAY_ITEM_HEADING ? fix->course : (gdouble) NAN);
  if (items & GST_GPS_OVERLAY_ITEM_TIME)
    gst_gps_overlay_text_write_time (self, fix, settings->utc_offset);
  if (items & GST_GPS_OVERLAY_ITEM_POSITION)
    gst_gps_overlay_text_write_position (self, fix);
  if (items & GST_GPS_OVERLAY_ITEM_ALTITUDE) {
    gst_gps_overlay_text_write_number (self->altitude, sizeof self->altitude,
        known & GST_GPS_OVERLAY_ITEM_ALTITUDE ? fix->altitude /
        units->altitude_metres : (gdouble) NAN, 5);
    g_strlcat (self->altitude, " ", sizeof self->altitude);
    g_strlcat (self->altitude, units->altitude, sizeof self->altitude);
  }
}

/* 1, 2 or 5 times a power of ten. */
static gdouble
gst_gps_overlay_text_round_down (gdouble limit)
{
  gdouble power = pow (10.0, floor (log10 (limit)));

  if (limit >= 5.0 * power)
    return 5.0 * power;
  return limit >= 2.0 * power ? 2.0 * power : power;
}

gdouble
gst_gps_overlay_text_write_scale (gchar * label, gsize size, gdouble limit,
    GstGpsOverlayUnits units)
{
  const GstGpsOverlayTextUnits *unit = &gst_gps_overlay_text_units[units];
  gboolean small = limit < unit->metres;
  gdouble metres = small ? unit->small_metres : unit->metres;
  gdouble length = gst_gps_overlay_text_round_down (limit / metres);

  g_snprintf (label, size, "%.0f %s", length,
      small ? unit->small_length : unit->length);
  return length * metres;
}
