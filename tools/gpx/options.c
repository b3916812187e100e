/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "options.h"

#include <string.h>

#define OPTIONS_GAP 10.0
#define OPTIONS_GAP_MAX 1e9
#define OPTIONS_TIME_OFFSET_MAX 86400
#define OPTIONS_FORMATS "gpx, gpx10, csv, geojson, kml, nmea or srt"

/* The names are the usual suffixes, too. */
static const struct
{
  const gchar *name;
  GstGpsFormat format;
} options_formats[] = {
  {"gpx", GST_GPS_FORMAT_GPX},
  {"gpx10", GST_GPS_FORMAT_GPX10},
  {"csv", GST_GPS_FORMAT_CSV},
  {"geojson", GST_GPS_FORMAT_GEOJSON},
  {"kml", GST_GPS_FORMAT_KML},
  {"nmea", GST_GPS_FORMAT_NMEA},
  {"srt", GST_GPS_FORMAT_SRT},
};

/* As they are on the command line. */
typedef struct
{
  gchar *format;
  gdouble gap;
  gchar *time_kind;
  gint64 time_offset;
} OptionsValues;

static gboolean
options_read (Options * self, OptionsValues * values, int *argc, char ***argv,
    GError ** error)
{
  const GOptionEntry entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
        "Write the track to OUT instead of standard output", "OUT"},
    {"format", 0, 0, G_OPTION_ARG_STRING, &values->format,
        "What to write: " OPTIONS_FORMATS " (default: by the end of OUT, "
          "or gpx)", "FORMAT"},
    {"gap", 0, 0, G_OPTION_ARG_DOUBLE, &values->gap,
        "Start a new track segment after a pause of more than SECONDS "
          "(default: 10)", "SECONDS"},
    {"time-kind", 0, 0, G_OPTION_ARG_STRING, &values->time_kind,
          "What the camera's clock shows: auto, utc or local (default: auto)",
        "KIND"},
    {"time-offset", 0, 0, G_OPTION_ARG_INT64, &values->time_offset,
        "Add SECONDS to each time", "SECONDS"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
        "Say what each file was", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &self->version,
        "Print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files,
        NULL, "FILE..."},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
      "Reads the GPS track of dash cam recordings (MP4, MOV, MPEG-TS) and "
      "writes it as GPX 1.1 or in another format.\n"
      "FILE may be - for standard input.");
  g_option_context_set_description (context,
      "Example:\n  cheapcam-gpx -o trip.gpx 2021_0318_153934_001.TS\n");
  return g_option_context_parse (context, argc, argv, error);
}

/* FALSE leaves the format as it was. */
static gboolean
options_find_format (Options * self, const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options_formats); i++) {
    if (g_ascii_strcasecmp (name, options_formats[i].name) == 0) {
      self->format = options_formats[i].format;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
options_check_format (Options * self, const gchar * name, GError ** error)
{
  const gchar *suffix = self->output ? strrchr (self->output, '.') : NULL;

  self->format = GST_GPS_FORMAT_GPX;
  if (!name) {
    if (suffix)
      (void) options_find_format (self, suffix + 1);
    return TRUE;
  }
  if (options_find_format (self, name))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "--format %s is not " OPTIONS_FORMATS, name);
  return FALSE;
}

static gboolean
options_check_clock (Options * self, const gchar * kind, GError ** error)
{
  static const struct
  {
    const gchar *name;
    TrackClock clock;
  } kinds[] = {
    {"auto", TRACK_CLOCK_AUTO},
    {"utc", TRACK_CLOCK_UTC},
    {"local", TRACK_CLOCK_LOCAL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (!kind || g_str_equal (kind, kinds[i].name)) {
      self->track.clock = kinds[i].clock;
      return TRUE;
    }
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "--time-kind %s is not auto, utc or local", kind);
  return FALSE;
}

static gboolean
options_check (Options * self, const OptionsValues * values, GError ** error)
{
  if (!self->files) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "no FILE is given");
    return FALSE;
  }
  if (self->output && *self->output == '\0') {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "the name behind --output is empty");
    return FALSE;
  }
  /* written so that NaN fails */
  if (!(values->gap >= 0.0 && values->gap <= OPTIONS_GAP_MAX)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--gap %g is not between 0 and %g seconds", values->gap,
        OPTIONS_GAP_MAX);
    return FALSE;
  }
  if (values->time_offset < -OPTIONS_TIME_OFFSET_MAX
      || values->time_offset > OPTIONS_TIME_OFFSET_MAX) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--time-offset %" G_GINT64_FORMAT " is more than a day",
        values->time_offset);
    return FALSE;
  }
  if (!options_check_format (self, values->format, error)
      || !options_check_clock (self, values->time_kind, error))
    return FALSE;
  self->track.gap_us = (gint64) (values->gap * G_USEC_PER_SEC);
  self->track.time_offset = values->time_offset;
  return TRUE;
}

gboolean
options_parse (Options * self, int *argc, char ***argv, GError ** error)
{
  OptionsValues values = { NULL, OPTIONS_GAP, NULL, 0 };
  gboolean ok = options_read (self, &values, argc, argv, error)
      && (self->version || options_check (self, &values, error));

  g_free (values.format);
  g_free (values.time_kind);
  return ok;
}

void
options_clear (Options * self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->files, g_strfreev);
}
