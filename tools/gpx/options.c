/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "options.h"

#include <string.h>

#include <gst/gps/gstgpszone-private.h>

#include "files.h"
#include "plot.h"

#define OPTIONS_GAP 10.0
#define OPTIONS_TRIP_GAP 900.0
#define OPTIONS_GAP_MAX 1e9
#define OPTIONS_TIME_OFFSET_MAX 86400
#define OPTIONS_JOBS_MAX 256
#define OPTIONS_FORMATS "gpx, gpx10, csv, geojson, kml, nmea or srt"

/* The names are those of --format, and the ends of OUT that mean it. */
static const struct
{
  const gchar *name;
  GstGpsFormat format;
  const gchar *suffix;
} options_formats[] = {
  {"gpx", GST_GPS_FORMAT_GPX, "gpx"},
  {"gpx10", GST_GPS_FORMAT_GPX10, "gpx"},
  {"csv", GST_GPS_FORMAT_CSV, "csv"},
  {"geojson", GST_GPS_FORMAT_GEOJSON, "geojson"},
  {"kml", GST_GPS_FORMAT_KML, "kml"},
  {"nmea", GST_GPS_FORMAT_NMEA, "nmea"},
  {"srt", GST_GPS_FORMAT_SRT, "srt"},
};

/* As they are on the command line. */
typedef struct
{
  gchar **inputs;
  gchar **rest;
  gchar *format;
  gchar *sort;
  gdouble gap;
  gdouble trip_gap;
  gchar *time_kind;
  gint64 time_offset;
  gchar *time_zone;
  gboolean no_guess;
  gint jobs;
  gboolean deobfuscate;
  gchar *ligo_fuzz;
  gchar *quadrant;
  gdouble bearing_offset;       /* -G_MAXDOUBLE: not given */
} OptionsValues;

static void
options_add_files (Options * self, OptionsValues * values,
    GOptionContext * context)
{
  const GOptionEntry entries[] = {
    {"input", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &values->inputs,
        "Read FILE; the same as FILE alone", "FILE"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
        "Write the track to OUT instead of standard output", "OUT"},
    {"stdout", 0, 0, G_OPTION_ARG_NONE, &self->to_stdout,
        "Write to standard output; the same as -o -", NULL},
    {"force", 'f', 0, G_OPTION_ARG_NONE, &self->force,
        "Overwrite files that exist already", NULL},
    {"multiple", 'm', 0, G_OPTION_ARG_NONE, &self->multiple,
        "A track for each FILE: in a document of its own, beside it or in "
          "the folder OUT, or all in the file OUT", NULL},
    {"format", 0, 0, G_OPTION_ARG_STRING, &values->format,
        "What to write: " OPTIONS_FORMATS " (default: by the end of OUT, "
          "or gpx)", "FORMAT"},
    {"json", 0, 0, G_OPTION_ARG_FILENAME, &self->json,
        "Write what each file and trip was to REPORT, as JSON", "REPORT"},
    {"plot", 0, 0, G_OPTION_ARG_FILENAME, &self->plot,
        "Draw the way and the speed as PICTURE, whose name ends in .svg or "
          ".png", "PICTURE"},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &values->jobs,
        "Read N files at a time (default: one for each processor)", "N"},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet,
        "Say nothing but what has failed", NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
        "Say what each file was, and what was passed over", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &self->version,
        "Print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &values->rest,
        NULL, "FILE..."},
    {NULL}
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static void
options_add_track (TrackOptions * track, OptionsValues * values,
    GOptionContext * context)
{
  const GOptionEntry entries[] = {
    {"sort", 's', 0, G_OPTION_ARG_STRING, &values->sort,
        "Order of the fixes: d by date, f by file name, n as they come "
          "(default: d)", "d|f|n"},
    {"gap", 0, 0, G_OPTION_ARG_DOUBLE, &values->gap,
        "Start a new track segment after a pause of more than SECONDS "
          "(default: 10)", "SECONDS"},
    {"trip-gap", 0, 0, G_OPTION_ARG_DOUBLE, &values->trip_gap,
        "Start a new track after a pause of more than SECONDS, 0: never "
          "(default: 900)", "SECONDS"},
    {"exclude-outliers", 'e', 0, G_OPTION_ARG_NONE, &track->drop_outliers,
        "Leave out fixes that no car could have reached", NULL},
    {"time-kind", 0, 0, G_OPTION_ARG_STRING, &values->time_kind,
          "What the camera's clock shows: auto, utc or local (default: auto)",
        "KIND"},
    {"time-offset", 0, 0, G_OPTION_ARG_INT64, &values->time_offset,
        "Add SECONDS to each time", "SECONDS"},
    {"time-zone", 0, 0, G_OPTION_ARG_STRING, &values->time_zone,
        "Take local time whose offset to UTC nothing tells for that of NAME, "
          "such as Europe/Berlin (default: this machine's)", "NAME"},
    {"no-guess", 0, 0, G_OPTION_ARG_NONE, &values->no_guess,
        "Leave such local time as it is", NULL},
    {NULL}
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static void
options_add_camera (OptionsValues * values, GOptionContext * context)
{
  const GOptionEntry entries[] = {
    {"deobfuscate", 'd', 0, G_OPTION_ARG_NONE, &values->deobfuscate,
          "Positions are scaled and shifted, as some Rexing cameras write "
          "them, whose recordings only JMSPlayer shows (default: found out)",
        NULL},
    {"ligo-fuzz", 0, 0, G_OPTION_ARG_STRING, &values->ligo_fuzz,
        "How positions of LigoGPS are blurred: auto, none, 1, 2 or 3 "
          "(default: auto)", "FUZZ"},
    {"quadrant", 0, 0, G_OPTION_ARG_STRING, &values->quadrant,
        "Quarter of the earth, for cameras that do not write it: NE, NW, SE "
          "or SW", "QUARTER"},
    {"bearing-offset", 0, 0, G_OPTION_ARG_DOUBLE, &values->bearing_offset,
        "Where the camera looks: 0 ahead, 90 to the right, 180 behind; GPX "
          "has the bearing, then", "DEGREES"},
    {NULL}
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
options_read (Options * self, OptionsValues * values, int *argc, char ***argv,
    GError ** error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  options_add_files (self, values, context);
  options_add_track (&self->track, values, context);
  options_add_camera (values, context);
  g_option_context_set_summary (context,
      "Reads the GPS track of dash cam recordings (MP4, MOV, MPEG-TS) and "
      "writes it as GPX 1.1 or in another format.\n"
      "FILE may be a folder, a pattern in quotes, or - for standard input.");
  g_option_context_set_description (context,
      "Examples:\n"
      "  cheapcam-gpx -o trip.gpx 2021_0318_153934_001.TS\n"
      "  cheapcam-gpx -o trips.kml /media/card/DCIM\n"
      "  cheapcam-gpx -m -o tracks/ '/media/card/*.MP4'\n"
      "  cheapcam-gpx -o trip.gpx --json report.json --plot trip.svg /media/card"
      "\n");
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
options_fail (GError ** error, const gchar * text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static void
options_append (GPtrArray * files, gchar ** names)
{
  for (guint i = 0; names && names[i]; i++)
    g_ptr_array_add (files, names[i]);
  g_free (names);
}

static gboolean
options_check_files (Options * self, OptionsValues * values, GError ** error)
{
  GPtrArray *files = g_ptr_array_new ();

  options_append (files, g_steal_pointer (&values->inputs));
  options_append (files, g_steal_pointer (&values->rest));
  g_ptr_array_add (files, NULL);
  self->files = (gchar **) g_ptr_array_free (files, FALSE);
  if (!self->files[0])
    return options_fail (error, "no FILE is given");
  for (guint i = 0; self->files[i]; i++) {
    if (*self->files[i] == '\0')
      return options_fail (error, "the name of a FILE is empty");
  }
  return TRUE;
}

static gboolean
options_check_output (Options * self, GError ** error)
{
  if (self->output && *self->output == '\0')
    return options_fail (error, "the name behind --output is empty");
  if (self->output && self->to_stdout)
    return options_fail (error, "--output and --stdout exclude each other");
  if (self->quiet && self->verbose)
    return options_fail (error, "--quiet and --verbose exclude each other");
  if (self->to_stdout)
    self->output = g_strdup ("-");
  if (self->multiple && !self->output
      && g_strv_contains ((const gchar * const *) self->files, "-"))
    return options_fail (error, "with --multiple standard input needs "
        "--output or --stdout");
  return TRUE;
}

/* Whether two names, each of which may be NULL, are those of one document. */
static gboolean
options_is_same (const gchar * a, const gchar * b)
{
  g_autofree gchar *a_path = a ? g_canonicalize_filename (a, NULL) : NULL;
  g_autofree gchar *b_path = b ? g_canonicalize_filename (b, NULL) : NULL;

  return a && g_strcmp0 (a_path, b_path) == 0;
}

static gboolean
options_check_plot (Options * self, GError ** error)
{
  if (!self->plot)
    return TRUE;
  if (!plot_is_name (self->plot))
    return options_fail (error, "the name behind --plot does not end in .svg "
        "or .png");
  if (!plot_is_possible ())
    return options_fail (error, "--plot is not possible: this program was "
        "built without cairo");
  if (options_is_same (self->plot, self->output)
      || options_is_same (self->plot, self->json))
    return options_fail (error, "--plot must differ from --output and "
        "--json");
  return TRUE;
}

/* Whether two of the documents are one. */
static gboolean
options_check_documents (Options * self, GError ** error)
{
  gboolean is_stdout = !self->multiple && !self->output;

  if (self->json && *self->json == '\0')
    return options_fail (error, "the name behind --json is empty");
  if (self->json && ((is_stdout && g_str_equal (self->json, "-"))
          || options_is_same (self->json, self->output)))
    return options_fail (error, "--json and --output must differ");
  return TRUE;
}

/* FALSE leaves the format as it was. */
static gboolean
options_find_format (Options * self, const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options_formats); i++) {
    if (g_ascii_strcasecmp (name, options_formats[i].name) == 0) {
      self->format = options_formats[i].format;
      self->suffix = options_formats[i].suffix;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
options_check_format (Options * self, const gchar * name, GError ** error)
{
  const gchar *suffix = self->output ? strrchr (self->output, '.') : NULL;

  (void) options_find_format (self, "gpx");
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

/* Which of the words it is; the first where none is given. */
static gboolean
options_check_word (const gchar * option, const gchar * word,
    const gchar * const *words, guint * ret_index, GError ** error)
{
  g_autofree gchar *list = NULL;

  for (guint i = 0; words[i]; i++) {
    if (!word || g_str_equal (word, words[i])) {
      *ret_index = i;
      return TRUE;
    }
  }
  list = g_strjoinv (", ", (gchar **) words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "%s %s is none of %s", option, word, list);
  return FALSE;
}

static gboolean
options_check_words (Options * self, const OptionsValues * values,
    GError ** error)
{
  static const gchar *const kinds[] = { "auto", "utc", "local", NULL };
  static const gchar *const sorts[] = { "d", "f", "n", NULL };
  static const gchar *const fuzzes[] = { "auto", "none", "1", "2", "3", NULL };
  static const gchar *const quadrants[] =
      { "auto", "NE", "NW", "SE", "SW", NULL };
  guint kind, sort, fuzz, quadrant;

  if (!options_check_word ("--time-kind", values->time_kind, kinds, &kind,
          error) || !options_check_word ("--sort", values->sort, sorts, &sort,
          error)
      || !options_check_word ("--ligo-fuzz", values->ligo_fuzz, fuzzes, &fuzz,
          error)
      || !options_check_word ("--quadrant", values->quadrant, quadrants,
          &quadrant, error))
    return FALSE;
  self->dialect.ligo_fuzz = (DialectLigoFuzz) fuzz;
  self->dialect.quadrant = (DialectQuadrant) quadrant;
  self->dialect.deobfuscate = values->deobfuscate
      ? DIALECT_DEOBFUSCATE_ALL : DIALECT_DEOBFUSCATE_AUTO;
  self->track.clock = (TrackClock) kind;
  self->sort = (OptionsSort) sort;
  self->track.keep_order = self->sort != OPTIONS_SORT_DATE;
  return TRUE;
}

static gboolean
options_check_seconds (const gchar * option, gdouble seconds, gint64 * ret_us,
    GError ** error)
{
  /* written so that NaN fails */
  if (!(seconds >= 0.0 && seconds <= OPTIONS_GAP_MAX)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%s %g is not between 0 and %g seconds", option, seconds,
        OPTIONS_GAP_MAX);
    return FALSE;
  }
  *ret_us = (gint64) (seconds * G_USEC_PER_SEC);
  return TRUE;
}

static gboolean
options_check_bearing (Options * self, gdouble offset, GError ** error)
{
  if (offset <= -G_MAXDOUBLE)
    return TRUE;
  /* written so that NaN fails */
  if (!(offset >= 0.0 && offset <= 360.0)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--bearing-offset %g is not between 0 and 360 degrees", offset);
    return FALSE;
  }
  self->track.has_bearing = TRUE;
  self->track.bearing_offset = offset;
  return TRUE;
}

static gboolean
options_check_numbers (Options * self, const OptionsValues * values,
    GError ** error)
{
  if (!options_check_seconds ("--gap", values->gap, &self->track.gap_us, error)
      || !options_check_seconds ("--trip-gap", values->trip_gap,
          &self->track.trip_gap_us, error)
      || !options_check_bearing (self, values->bearing_offset, error))
    return FALSE;
  if (values->time_offset < -OPTIONS_TIME_OFFSET_MAX
      || values->time_offset > OPTIONS_TIME_OFFSET_MAX) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--time-offset %" G_GINT64_FORMAT " is more than a day",
        values->time_offset);
    return FALSE;
  }
  if (values->jobs < 1 || values->jobs > OPTIONS_JOBS_MAX) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--jobs %d is not between 1 and %d", values->jobs, OPTIONS_JOBS_MAX);
    return FALSE;
  }
  self->track.time_offset = values->time_offset;
  self->jobs = (guint) values->jobs;
  return TRUE;
}

static gboolean
options_check_zone (Options * self, const OptionsValues * values,
    GError ** error)
{
  if (values->no_guess && values->time_zone)
    return options_fail (error,
        "--no-guess and --time-zone exclude each other");
  if (values->no_guess)
    return TRUE;
  self->track.zone = gst_gps_zone_new (values->time_zone);
  self->track.zone_name = g_strdup (values->time_zone);
  if (self->track.zone)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "--time-zone %s is no time zone", values->time_zone);
  return FALSE;
}

gboolean
options_parse (Options * self, int *argc, char ***argv, GError ** error)
{
  OptionsValues values = { NULL, };
  gboolean ok;

  values.gap = OPTIONS_GAP;
  values.trip_gap = OPTIONS_TRIP_GAP;
  values.bearing_offset = -G_MAXDOUBLE;
  values.jobs = (gint) CLAMP (g_get_num_processors (), 1, OPTIONS_JOBS_MAX);
  ok = options_read (self, &values, argc, argv, error)
      && (self->version || (options_check_files (self, &values, error)
          && options_check_output (self, error)
          && options_check_documents (self, error)
          && options_check_plot (self, error)
          && options_check_format (self, values.format, error)
          && options_check_words (self, &values, error)
          && options_check_zone (self, &values, error)
          && options_check_numbers (self, &values, error)));
  g_strfreev (values.inputs);
  g_strfreev (values.rest);
  g_free (values.format);
  g_free (values.sort);
  g_free (values.ligo_fuzz);
  g_free (values.quadrant);
  g_free (values.time_kind);
  g_free (values.time_zone);
  return ok;
}

void
options_clear (Options * self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->plot, g_free);
  g_clear_pointer (&self->files, g_strfreev);
  g_clear_pointer (&self->track.zone, g_time_zone_unref);
  g_clear_pointer (&self->track.zone_name, g_free);
}
