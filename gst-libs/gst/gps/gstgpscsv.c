/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Comma-separated values, RFC 4180, but for the lines, that end as those of
 * other text do here. */

#include <string.h>

#include <gst/gps/gstgpsformat-private.h>

#define GST_GPS_CSV_HEADER \
    "time,time_kind,lat,lon,ele,speed_mps,course,sats,hdop,dialect\n"

static gpointer
gst_gps_csv_open (GByteArray * out)
{
  return out;
}

static void
gst_gps_csv_begin (gpointer state, const GstGpsTrackInfo * info)
{
  g_byte_array_append (state, (const guint8 *) GST_GPS_CSV_HEADER,
      strlen (GST_GPS_CSV_HEADER));
}

static void
gst_gps_csv_append_time (GString * line, const GstGpsFix * fix)
{
  g_autofree gchar *time = gst_gps_fix_format_time (fix);

  if (time)
    g_string_append_printf (line, "%s,%s,", time,
        gst_gps_format_get_time_kind (fix));
  else
    g_string_append (line, ",,");
}

/* A field and the comma before it. It is empty when the value is not known. */
static void
gst_gps_csv_append_field (GString * line, const GstGpsFix * fix,
    GstGpsFixFields field, gdouble value, guint decimals)
{
  g_string_append_c (line, ',');
  if (fix->fields & field)
    gst_gps_format_append_decimal (line, value, decimals);
}

/* In quotes where the text would not be one field of one line without. */
static void
gst_gps_csv_append_text (GString * line, const gchar * text)
{
  g_autofree gchar *valid = g_utf8_make_valid (text, -1);
  gboolean quoted = strpbrk (valid, ",\"\r\n") != NULL;

  if (quoted)
    g_string_append_c (line, '"');
  for (const gchar * p = valid; *p; p++) {
    if (*p == '"')
      g_string_append_c (line, '"');
    g_string_append_c (line, *p);
  }
  if (quoted)
    g_string_append_c (line, '"');
}

static void
gst_gps_csv_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  g_autoptr (GString) line = g_string_new (NULL);

  gst_gps_csv_append_time (line, fix);
  if (!(fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED))
    gst_gps_format_append_decimal (line, fix->latitude, 7);
  g_string_append_c (line, ',');
  if (!(fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED))
    gst_gps_format_append_decimal (line, fix->longitude, 7);
  gst_gps_csv_append_field (line, fix, GST_GPS_FIX_FIELD_ALTITUDE,
      fix->altitude, 2);
  gst_gps_csv_append_field (line, fix, GST_GPS_FIX_FIELD_SPEED, fix->speed, 3);
  gst_gps_csv_append_field (line, fix, GST_GPS_FIX_FIELD_COURSE,
      gst_gps_format_round_course (fix->course), 2);
  g_string_append_c (line, ',');
  if (fix->fields & GST_GPS_FIX_FIELD_SATELLITES)
    g_string_append_printf (line, "%u", fix->satellites);
  gst_gps_csv_append_field (line, fix, GST_GPS_FIX_FIELD_HDOP, fix->hdop, 2);
  g_string_append_c (line, ',');
  if (fix->source)
    gst_gps_csv_append_text (line, fix->source);
  g_string_append_c (line, '\n');
  g_byte_array_append (state, (const guint8 *) line->str, line->len);
}

static void
gst_gps_csv_end (gpointer state)
{
}

static void
gst_gps_csv_close (gpointer state)
{
}

const GstGpsFormatFunctions gst_gps_csv_functions = {
  .caps = "text/csv",
  .takes_encrypted = TRUE,
  .open = gst_gps_csv_open,
  .begin = gst_gps_csv_begin,
  .add = gst_gps_csv_add,
  .end = gst_gps_csv_end,
  .close = gst_gps_csv_close,
};
