/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsforms.h"

#include <string.h>

/* Fixes. */

static gpointer
gst_gps_forms_open_track (guint form)
{
  /* the caps are in the order of the enumeration */
  return gst_gps_writer_new ((GstGpsFormat) form);
}

static gboolean
gst_gps_forms_is_track_document (gpointer writer)
{
  GstGpsFormat format = gst_gps_writer_get_format (writer);

  return format != GST_GPS_FORMAT_TEXT && format != GST_GPS_FORMAT_KLV;
}

static GBytes *
gst_gps_forms_begin_track (gpointer writer)
{
  return gst_gps_writer_begin (writer, NULL);
}

static GBytes *
gst_gps_forms_add_track (gpointer writer, const GstGpsFix * fix,
    GstClockTime time, gboolean new_segment)
{
  gst_gps_writer_set_position (writer, time);
  return gst_gps_writer_add (writer, fix, new_segment);
}

static GBytes *
gst_gps_forms_end_track (gpointer writer)
{
  return gst_gps_writer_end (writer);
}

const GstGpsForms *
gst_gps_forms_get_track (void)
{
  static const GstGpsForms forms = {
    .get_caps = gst_gps_format_get_all_caps,
    .open = gst_gps_forms_open_track,
    .close = g_object_unref,
    .is_document = gst_gps_forms_is_track_document,
    .begin = gst_gps_forms_begin_track,
    .add = gst_gps_forms_add_track,
    .end = gst_gps_forms_end_track,
    .are_fixes = TRUE
  };

  return &forms;
}

/* Acceleration. The writer is the form's number. */

enum
{
  ACCELERATION_CSV,
  ACCELERATION_TEXT
};

static GstCaps *
gst_gps_forms_get_acceleration_caps (void)
{
  return gst_caps_from_string ("text/csv; text/x-raw, format=(string)utf8");
}

static gpointer
gst_gps_forms_open_acceleration (guint form)
{
  gint *writer = g_new (gint, 1);

  *writer = (gint) form;
  return writer;
}

static gboolean
gst_gps_forms_is_csv (gpointer writer)
{
  return *(gint *) writer == ACCELERATION_CSV;
}

static GBytes *
gst_gps_forms_begin_acceleration (gpointer writer)
{
  static const gchar header[] = "time,time_kind,x,y,z,unit\n";

  if (!gst_gps_forms_is_csv (writer))
    return NULL;
  return g_bytes_new_static (header, sizeof header - 1);
}

/* With a point in every locale, and without a -0. */
static void
gst_gps_forms_append_number (GString * line, gdouble value, guint decimals)
{
  gchar format[] = { '%', '.', '0' + decimals, 'f', '\0' };
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (number, sizeof number, format, value);
  length = strlen (number);
  g_string_append (line, number[0] == '-' && strspn (number + 1,
          "0.") == length - 1 ? number + 1 : number);
}

/* Where the record has no clock, the seconds of the media. */
static void
gst_gps_forms_append_time (GString * line, const GstGpsFix * fix,
    GstClockTime time)
{
  g_autofree gchar *text = gst_gps_fix_format_time (fix);
  g_autoptr (GEnumClass) kinds = g_type_class_ref (GST_TYPE_GPS_TIME_KIND);
  const GEnumValue *kind = g_enum_get_value (kinds, fix->time_kind);

  if (text && kind) {
    g_string_append_printf (line, "%s,%s,", text, kind->value_nick);
  } else if (GST_CLOCK_TIME_IS_VALID (time)) {
    gst_gps_forms_append_number (line, time / 1e9, 3);
    g_string_append (line, ",media,");
  } else {
    g_string_append (line, ",,");
  }
}

/* What a camera counts in is a whole number, mostly. */
static guint
gst_gps_forms_get_decimals (const GstGpsFix * fix, gdouble value)
{
  return (fix->fields & GST_GPS_FIX_FIELD_ACCELERATION_RAW)
      && value == (gint) value ? 0 : 4;
}

static void
gst_gps_forms_append_csv (GString * line, const GstGpsFix * fix,
    GstClockTime time)
{
  gst_gps_forms_append_time (line, fix, time);
  for (guint i = 0; i < G_N_ELEMENTS (fix->acceleration); i++) {
    gst_gps_forms_append_number (line, fix->acceleration[i],
        gst_gps_forms_get_decimals (fix, fix->acceleration[i]));
    g_string_append_c (line, ',');
  }
  g_string_append (line, fix->fields & GST_GPS_FIX_FIELD_ACCELERATION_RAW
      ? "raw\n" : "g\n");
}

static void
gst_gps_forms_append_text (GString * line, const GstGpsFix * fix)
{
  static const gchar axes[] = "xyz";
  gboolean is_raw = (fix->fields & GST_GPS_FIX_FIELD_ACCELERATION_RAW) != 0;

  for (guint i = 0; i < G_N_ELEMENTS (fix->acceleration); i++) {
    g_string_append_printf (line, "%s%c ", i > 0 ? "  " : "", axes[i]);
    gst_gps_forms_append_number (line, fix->acceleration[i], is_raw ? 0 : 2);
  }
  g_string_append (line, is_raw ? "\n" : " g\n");
}

static GBytes *
gst_gps_forms_add_acceleration (gpointer writer, const GstGpsFix * fix,
    GstClockTime time, gboolean new_segment)
{
  GString *line = g_string_new (NULL);

  if (gst_gps_forms_is_csv (writer))
    gst_gps_forms_append_csv (line, fix, time);
  else
    gst_gps_forms_append_text (line, fix);
  return g_string_free_to_bytes (line);
}

static GBytes *
gst_gps_forms_end_acceleration (gpointer writer)
{
  return NULL;
}

const GstGpsForms *
gst_gps_forms_get_acceleration (void)
{
  static const GstGpsForms forms = {
    .get_caps = gst_gps_forms_get_acceleration_caps,
    .open = gst_gps_forms_open_acceleration,
    .close = g_free,
    .is_document = gst_gps_forms_is_csv,
    .begin = gst_gps_forms_begin_acceleration,
    .add = gst_gps_forms_add_acceleration,
    .end = gst_gps_forms_end_acceleration,
    .are_fixes = FALSE
  };

  return &forms;
}
