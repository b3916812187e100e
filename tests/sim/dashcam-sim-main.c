/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-sim.h"

#include <gst/gst.h>
#include <string.h>

#define MAX_SECONDS 3600
#define MAX_SIZE 4096

/* The command line as it was read. */
static struct
{
  gchar *form, *start, *place, *size, *expect, *output;
  gchar **voids, **gaps, **faults;
  gint seconds;
} args = {.seconds = 20 };

static const GOptionEntry entries[] = {
  {"form", 0, 0, G_OPTION_ARG_STRING, &args.form,
      "ts-viofo (default), ts-b4k, mp4-e or mp4-q", "FORM"},
  {"seconds", 0, 0, G_OPTION_ARG_INT, &args.seconds,
      "Length of the recording (default 20)", "N"},
  {"start", 0, 0, G_OPTION_ARG_STRING, &args.start,
        "Camera's clock at the start, ISO 8601 (default 2024-06-01T10:20:30Z)",
      "TIME"},
  {"place", 0, 0, G_OPTION_ARG_STRING, &args.place,
      "Centre of the drive in degrees (default 60,18)", "LAT,LON"},
  {"size", 0, 0, G_OPTION_ARG_STRING, &args.size,
      "Size of the picture (default 640x360)", "WxH"},
  {"void-at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.voids,
      "Seconds without a fix, counted from 0; may be repeated", "N[-M]"},
  {"gap-at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.gaps,
      "Seconds without a record; may be repeated", "N[-M]"},
  {"fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.faults,
      "drop N; dup N; cut N BYTES; junk N [BYTES]", "FAULTS"},
  {"expect", 0, 0, G_OPTION_ARG_FILENAME, &args.expect,
      "Write what a reader should find, as JSON", "FILE"},
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &args.output,
      "The recording", "FILE"},
  {NULL}
};

static gboolean
dashcam_sim_main_invalid (GError ** error, const gchar * option,
    const gchar * value)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "%s: cannot use \"%s\"", option, value);
  return FALSE;
}

static gboolean
dashcam_sim_main_read_form (DashcamSimOptions * options, GError ** error)
{
  static const gchar *const names[] = {
    [DASHCAM_FORM_TS_VIOFO] = "ts-viofo",
    [DASHCAM_FORM_TS_B4K] = "ts-b4k",
    [DASHCAM_FORM_MP4_E] = "mp4-e",
    [DASHCAM_FORM_MP4_Q] = "mp4-q"
  };

  if (args.form == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (args.form, names[i])) {
      options->form = (DashcamForm) i;
      return TRUE;
    }
  }
  return dashcam_sim_main_invalid (error, "--form", args.form);
}

static gboolean
dashcam_sim_main_read_place (DashcamSimOptions * options, GError ** error)
{
  gchar *end;

  if (args.place == NULL)
    return TRUE;
  options->place.latitude = g_ascii_strtod (args.place, &end);
  if (*end == ',') {
    const gchar *longitude = end + 1;

    options->place.longitude = g_ascii_strtod (longitude, &end);
    if (end != longitude && *end == '\0'
        && ABS (options->place.latitude) < 89
        && ABS (options->place.longitude) < 179)
      return TRUE;
  }
  return dashcam_sim_main_invalid (error, "--place", args.place);
}

static gboolean
dashcam_sim_main_read_size (DashcamSimOptions * options, GError ** error)
{
  g_auto (GStrv) sides = NULL;
  guint64 width, height;

  if (args.size == NULL)
    return TRUE;
  sides = g_strsplit (args.size, "x", 2);
  if (g_strv_length (sides) != 2
      || !g_ascii_string_to_unsigned (sides[0], 10, 16, MAX_SIZE, &width, NULL)
      || !g_ascii_string_to_unsigned (sides[1], 10, 16, MAX_SIZE, &height,
          NULL) || width % 2 != 0 || height % 2 != 0)
    return dashcam_sim_main_invalid (error, "--size", args.size);
  options->width = (guint) width;
  options->height = (guint) height;
  return TRUE;
}

static gboolean
dashcam_sim_main_read_start (DashcamSimOptions * options, GError ** error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) when = NULL;

  if (args.start == NULL)
    return TRUE;
  when = g_date_time_new_from_iso8601 (args.start, utc);
  if (when == NULL)
    return dashcam_sim_main_invalid (error, "--start", args.start);
  options->start = g_date_time_to_unix (when);
  return TRUE;
}

static DashcamScript *
dashcam_sim_main_read_script (GError ** error)
{
  g_autoptr (DashcamScript) script = NULL;

  if (args.seconds < 1 || args.seconds > MAX_SECONDS) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--seconds: 1 to %d", MAX_SECONDS);
    return NULL;
  }
  script = dashcam_script_new ((guint) args.seconds);
  for (gchar ** s = args.voids; s != NULL && *s != NULL; s++) {
    if (!dashcam_script_add_void (script, *s, error))
      return NULL;
  }
  for (gchar ** s = args.gaps; s != NULL && *s != NULL; s++) {
    if (!dashcam_script_add_gap (script, *s, error))
      return NULL;
  }
  for (gchar ** s = args.faults; s != NULL && *s != NULL; s++) {
    if (!dashcam_script_add_faults (script, *s, error))
      return NULL;
  }
  return g_steal_pointer (&script);
}

static gboolean
dashcam_sim_main_write (const DashcamSimOptions * options, GError ** error)
{
  g_autoptr (GByteArray) recording = dashcam_sim_make (options, error);

  if (recording == NULL)
    return FALSE;
  if (args.expect != NULL) {
    g_autofree gchar *expected = dashcam_sim_expect (options);

    if (!g_file_set_contents (args.expect, expected, -1, error))
      return FALSE;
  }
  return g_file_set_contents (args.output, (const gchar *) recording->data,
      recording->len, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (DashcamScript) script = NULL;
  g_autoptr (GError) error = NULL;
  DashcamSimOptions options;

  g_option_context_set_summary (context,
      "Makes a playable recording of a dash cam with the GPS track of a drive\n"
      "round a circle.");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  dashcam_sim_options_init (&options);

  if (!g_option_context_parse (context, &argc, &argv, &error)
      || !dashcam_sim_main_read_form (&options, &error)
      || !dashcam_sim_main_read_place (&options, &error)
      || !dashcam_sim_main_read_size (&options, &error)
      || !dashcam_sim_main_read_start (&options, &error)
      || (script = dashcam_sim_main_read_script (&error)) == NULL) {
    g_printerr ("dashcam-sim: %s\n", error->message);
    return 2;
  }
  if (args.output == NULL || argc > 1) {
    g_printerr ("Usage: dashcam-sim [OPTION...] -o FILE\n");
    return 2;
  }
  options.script = script;
  if (!dashcam_sim_main_write (&options, &error)) {
    g_printerr ("dashcam-sim: %s\n", error->message);
    return 1;
  }
  return 0;
}
