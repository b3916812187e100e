/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What a format brings: a file gstgps<format>.c with these functions, a line
 * here, and an entry in the table of gstgpsformat.c. Not installed. */

#include <math.h>

#include <gst/gps/gstgpswriter.h>

G_BEGIN_DECLS typedef struct
{
  const gchar *caps;

  /* Makes the state of one track. What the other functions write they append
   * to out, which outlives the state. */
    gpointer (*open) (GByteArray * out);

  /* Called once, first. The name is valid text of at least one character that
   * is not a space, or NULL; the bounds are in order and in range, or absent. */
  void (*begin) (gpointer state, const GstGpsTrackInfo * info);

  /* Called before a fix that starts another track, and also before the first
   * one, with a name like that of begin; the fix starts a segment, too. NULL
   * for a format that has one track. */
  void (*start_track) (gpointer state, const gchar * name);

  /* Called before each fix, with GST_CLOCK_TIME_NONE where it is not known.
   * NULL for a format that does not need it. */
  void (*set_position) (gpointer state, GstClockTime position);

  /* Whether fixes with an encrypted position are written, too. */
  gboolean takes_encrypted;

  /* The position is valid, or encrypted; the course in [0, 360), the other
   * members finite and below GST_GPS_FORMAT_LIMIT. */
  void (*add) (gpointer state, const GstGpsFix * fix, gboolean new_segment);

  /* Called once, last. */
  void (*end) (gpointer state);

  void (*close) (gpointer state);
} GstGpsFormatFunctions;

/* Magnitudes from here on are no measurement, and would not fit in a buffer of
 * G_ASCII_DTOSTR_BUF_SIZE. */
#define GST_GPS_FORMAT_LIMIT 1e9

/* The nearest multiple of 1 / scale, and never -0. */
static inline gdouble
gst_gps_format_round (gdouble value, gdouble scale)
{
  return round (value * scale) / scale + 0.0;
}

/* Two decimals, still below 360. */
static inline gdouble
gst_gps_format_round_course (gdouble course)
{
  gdouble rounded = gst_gps_format_round (course, 1e2);

  return rounded >= 360.0 ? 0.0 : rounded;
}

/* Whether the time can be written as UTC, be it by a time zone that was
 * assumed. */
static inline gboolean
gst_gps_format_is_utc (const GstGpsFix * fix)
{
  return fix->time_kind == GST_GPS_TIME_KIND_UTC
      || fix->time_kind == GST_GPS_TIME_KIND_ASSUMED;
}

#define GST_GPS_FORMAT_ASSUMED "Times were made of the camera's local clock " \
    "by a time zone that is assumed."

/* In a word. */
const gchar *gst_gps_format_get_time_kind (const GstGpsFix * fix);

/* Text of one line that any format can hold, or NULL when there is none, or
 * nothing of it is left. */
gchar *gst_gps_format_clean_text (const gchar * text);

/* Rounds to 0 to 9 decimals, with a point in every locale. */
void gst_gps_format_append_decimal (GString * text, gdouble value,
    guint decimals);

/* A line for people, with its newline. */
void gst_gps_text_append_line (GString * line, const GstGpsFix * fix);

extern const GstGpsFormatFunctions gst_gps_csv_functions;
extern const GstGpsFormatFunctions gst_gps_geojson_functions;
extern const GstGpsFormatFunctions gst_gps_gpx_functions;
extern const GstGpsFormatFunctions gst_gps_gpx10_functions;
extern const GstGpsFormatFunctions gst_gps_klv_functions;
extern const GstGpsFormatFunctions gst_gps_kml_functions;
extern const GstGpsFormatFunctions gst_gps_nmea_functions;
extern const GstGpsFormatFunctions gst_gps_srt_functions;
extern const GstGpsFormatFunctions gst_gps_text_functions;

/* NULL for a format that does not exist. */
const GstGpsFormatFunctions *gst_gps_format_get_functions (GstGpsFormat format);

G_END_DECLS
