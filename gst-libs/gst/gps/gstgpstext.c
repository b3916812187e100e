/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <string.h>

#include <gst/gps/gstgpsformat-private.h>

#define GST_GPS_TEXT_KMH_PER_MS 3.6

static gpointer
gst_gps_text_open (GByteArray * out)
{
  return out;
}

static void
gst_gps_text_begin (gpointer state, const GstGpsTrackInfo * info)
{
}

static void
gst_gps_text_append_time (GString * line, const GstGpsFix * fix)
{
  g_autofree gchar *time = gst_gps_fix_format_time (fix);

  if (!time)
    return;
  /* A fraction that is now there and now not would make an overlay jump. */
  g_string_append_printf (line, "  %.10s %.8s%s%s", time, time + strlen
      ("YYYY-MM-DDT"), gst_gps_format_is_utc (fix) ? " UTC" : "",
      fix->time_kind == GST_GPS_TIME_KIND_ASSUMED ? " (assumed)" : "");
}

/* The course too, since there is nothing else to say where the car went. */
static void
gst_gps_text_append_encrypted (GString * line, const GstGpsFix * fix)
{
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE) {
    gst_gps_format_append_decimal (line,
        gst_gps_format_round_course (fix->course), 0);
    g_string_append (line, " deg  ");
  }
  g_string_append (line, "position encrypted");
}

void
gst_gps_text_append_line (GString * line, const GstGpsFix * fix)
{
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED) {
    gst_gps_format_append_decimal (line, fix->speed * GST_GPS_TEXT_KMH_PER_MS,
        0);
    g_string_append (line, " km/h  ");
  }
  if (fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED) {
    gst_gps_text_append_encrypted (line, fix);
  } else {
    gst_gps_format_append_decimal (line, fix->latitude, 5);
    g_string_append (line, ", ");
    gst_gps_format_append_decimal (line, fix->longitude, 5);
  }
  gst_gps_text_append_time (line, fix);
  g_string_append_c (line, '\n');
}

static void
gst_gps_text_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  GByteArray *out = state;
  g_autoptr (GString) line = g_string_new (NULL);

  gst_gps_text_append_line (line, fix);
  g_byte_array_append (out, (const guint8 *) line->str, line->len);
}

static void
gst_gps_text_end (gpointer state)
{
}

static void
gst_gps_text_close (gpointer state)
{
}

const GstGpsFormatFunctions gst_gps_text_functions = {
  .caps = "text/x-raw, format=(string)utf8",
  .takes_encrypted = TRUE,
  .open = gst_gps_text_open,
  .begin = gst_gps_text_begin,
  .add = gst_gps_text_add,
  .end = gst_gps_text_end,
  .close = gst_gps_text_close,
};
