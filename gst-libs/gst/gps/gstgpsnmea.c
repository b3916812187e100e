/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* NMEA 0183: the sentences GGA and RMC for each fix. Their time is UTC by
 * definition: any other is left out. */

#include <math.h>

#include <gst/gps/gstgpsformat-private.h>

#define GST_GPS_NMEA_KNOTS_PER_MS (3600.0 / 1852.0)

/* Steps of a minute: finer than seven decimals of a degree. */
#define GST_GPS_NMEA_MINUTE 1000000

/* 1980-01-01, where GPS begins, and 2080-01-01: a year of two digits lies
 * between them. Seconds since 1970. */
#define GST_GPS_NMEA_FIRST_SECOND G_GINT64_CONSTANT (315532800)
#define GST_GPS_NMEA_END_SECOND G_GINT64_CONSTANT (3471292800)

/* As in the sentences; empty when there is no UTC. */
typedef struct
{
  gchar clock[40];
  gchar date[40];
} GstGpsNmeaTime;

static gpointer
gst_gps_nmea_open (GByteArray * out)
{
  return out;
}

static void
gst_gps_nmea_begin (gpointer state, const GstGpsTrackInfo * info)
{
}

static void
gst_gps_nmea_init_time (GstGpsNmeaTime * self, const GstGpsFix * fix)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 second = fix->time / G_USEC_PER_SEC;

  *self = (GstGpsNmeaTime) {
  "", ""};
  if (!gst_gps_format_is_utc (fix)
      || second < GST_GPS_NMEA_FIRST_SECOND
      || second >= GST_GPS_NMEA_END_SECOND)
    return;
  time = g_date_time_new_from_unix_utc (second);
  g_snprintf (self->clock, sizeof self->clock, "%02d%02d%02d.%03d",
      g_date_time_get_hour (time), g_date_time_get_minute (time),
      g_date_time_get_second (time),
      (gint) (fix->time % G_USEC_PER_SEC / 1000));
  g_snprintf (self->date, sizeof self->date, "%02d%02d%02d",
      g_date_time_get_day_of_month (time), g_date_time_get_month (time),
      g_date_time_get_year (time) % 100);
}

/* Degrees and minutes without anything between them, and a letter. */
static void
gst_gps_nmea_append_angle (GString * sentence, gdouble degrees,
    gint degree_digits, const gchar * letters)
{
  gint64 steps = (gint64) llround (fabs (degrees) * 60.0 * GST_GPS_NMEA_MINUTE);
  gint minutes = (gint) (steps / GST_GPS_NMEA_MINUTE);

  g_string_append_printf (sentence, ",%0*d%02d.%06d,%c", degree_digits,
      minutes / 60, minutes % 60, (gint) (steps % GST_GPS_NMEA_MINUTE),
      degrees < 0.0 && steps > 0 ? letters[1] : letters[0]);
}

static void
gst_gps_nmea_append_position (GString * sentence, const GstGpsFix * fix)
{
  gst_gps_nmea_append_angle (sentence, fix->latitude, 2, "NS");
  gst_gps_nmea_append_angle (sentence, fix->longitude, 3, "EW");
}

/* A field and the comma before it. It is empty when the value is not known. */
static void
gst_gps_nmea_append_field (GString * sentence, const GstGpsFix * fix,
    GstGpsFixFields field, gdouble value, guint decimals)
{
  g_string_append_c (sentence, ',');
  if (fix->fields & field)
    gst_gps_format_append_decimal (sentence, value, decimals);
}

/* The checksum is over what is between $ and *. */
static void
gst_gps_nmea_write (GByteArray * out, GString * sentence)
{
  guint8 checksum = 0;

  for (gsize i = 1; i < sentence->len; i++)
    checksum ^= (guint8) sentence->str[i];
  g_string_append_printf (sentence, "*%02X\r\n", checksum);
  g_byte_array_append (out, (const guint8 *) sentence->str, sentence->len);
}

static void
gst_gps_nmea_write_rmc (GByteArray * out, const GstGpsFix * fix,
    const GstGpsNmeaTime * time)
{
  g_autoptr (GString) sentence = g_string_new ("$GPRMC,");

  g_string_append_printf (sentence, "%s,A", time->clock);
  gst_gps_nmea_append_position (sentence, fix);
  gst_gps_nmea_append_field (sentence, fix, GST_GPS_FIX_FIELD_SPEED,
      fix->speed * GST_GPS_NMEA_KNOTS_PER_MS, 3);
  gst_gps_nmea_append_field (sentence, fix, GST_GPS_FIX_FIELD_COURSE,
      gst_gps_format_round_course (fix->course), 2);
  /* without magnetic variation; A: autonomous */
  g_string_append_printf (sentence, ",%s,,,A", time->date);
  gst_gps_nmea_write (out, sentence);
}

static void
gst_gps_nmea_write_gga (GByteArray * out, const GstGpsFix * fix,
    const GstGpsNmeaTime * time)
{
  g_autoptr (GString) sentence = g_string_new ("$GPGGA,");

  g_string_append (sentence, time->clock);
  gst_gps_nmea_append_position (sentence, fix);
  /* 1: a fix of GPS */
  g_string_append (sentence, ",1,");
  if (fix->fields & GST_GPS_FIX_FIELD_SATELLITES)
    g_string_append_printf (sentence, "%02u", fix->satellites);
  gst_gps_nmea_append_field (sentence, fix, GST_GPS_FIX_FIELD_HDOP, fix->hdop,
      2);
  gst_gps_nmea_append_field (sentence, fix, GST_GPS_FIX_FIELD_ALTITUDE,
      fix->altitude, 2);
  /* without the height of the geoid and differential data */
  g_string_append (sentence, ",M,,M,,");
  gst_gps_nmea_write (out, sentence);
}

static void
gst_gps_nmea_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  GstGpsNmeaTime time;

  gst_gps_nmea_init_time (&time, fix);
  /* In this order, as receivers do: gpsbabel would take a GGA behind its RMC
   * for the next fix. */
  gst_gps_nmea_write_gga (state, fix, &time);
  gst_gps_nmea_write_rmc (state, fix, &time);
}

static void
gst_gps_nmea_end (gpointer state)
{
}

static void
gst_gps_nmea_close (gpointer state)
{
}

const GstGpsFormatFunctions gst_gps_nmea_functions = {
  .caps = "application/x-nmea0183",
  .open = gst_gps_nmea_open,
  .begin = gst_gps_nmea_begin,
  .add = gst_gps_nmea_add,
  .end = gst_gps_nmea_end,
  .close = gst_gps_nmea_close,
};
