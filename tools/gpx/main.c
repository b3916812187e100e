/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* cheapcam-gpx: the GPS track of dash cam recordings as GPX. */

#include <gio/gio.h>
#include <gio/gunixoutputstream.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/common/toolexit.h"

#include "recording.h"
#include "track.h"

typedef struct
{
  gchar *output;
  gchar *time_kind;
  gint64 time_offset;
  gdouble gap;
  gboolean verbose;
  gboolean version;
  gchar **files;
  TrackOptions track;
} MainOptions;

static volatile sig_atomic_t main_stop;

static void
main_on_signal (int number)
{
  main_stop = 1;
}

/* The first Ctrl-C ends the reading and the file is written whole; the second
 * ends the process. */
static void
main_catch_signals (void)
{
  struct sigaction action = { 0, };

  action.sa_handler = main_on_signal;
  action.sa_flags = (int) SA_RESETHAND;
  (void) sigaction (SIGINT, &action, NULL);
  (void) sigaction (SIGTERM, &action, NULL);
  action.sa_handler = SIG_IGN;
  action.sa_flags = 0;
  (void) sigaction (SIGPIPE, &action, NULL);
}

static gboolean
main_parse (int *argc, char ***argv, MainOptions * options, GError ** error)
{
  const GOptionEntry entries[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
        "Write the track to OUT instead of standard output", "OUT"},
    {"gap", 0, 0, G_OPTION_ARG_DOUBLE, &options->gap,
        "Start a new track segment after a pause of more than SECONDS "
          "(default: 10)", "SECONDS"},
    {"time-kind", 0, 0, G_OPTION_ARG_STRING, &options->time_kind,
          "What the camera's clock shows: auto, utc or local (default: auto)",
        "KIND"},
    {"time-offset", 0, 0, G_OPTION_ARG_INT64, &options->time_offset,
        "Add SECONDS to each time", "SECONDS"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose,
        "Say what each file was", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version,
        "Print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files,
        NULL, "FILE..."},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
      "Reads the GPS track of dash cam recordings (MP4, MOV, MPEG-TS) and "
      "writes it as GPX 1.1.\nFILE may be - for standard input.");
  g_option_context_set_description (context,
      "Example:\n  cheapcam-gpx -o trip.gpx 2021_0318_153934_001.TS\n");
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
main_check (MainOptions * options, GError ** error)
{
  if (!options->files) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "no FILE is given");
    return FALSE;
  }
  if (!(options->gap >= 0.0 && options->gap <= 1e9)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--gap %g is not between 0 and 1e9 seconds", options->gap);
    return FALSE;
  }
  if (ABS (options->time_offset) > 86400) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--time-offset %" G_GINT64_FORMAT " is more than a day",
        options->time_offset);
    return FALSE;
  }
  if (!g_strcmp0 (options->time_kind, "utc"))
    options->track.clock = TRACK_CLOCK_UTC;
  else if (!g_strcmp0 (options->time_kind, "local"))
    options->track.clock = TRACK_CLOCK_LOCAL;
  else if (options->time_kind && !g_str_equal (options->time_kind, "auto")) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--time-kind %s is not auto, utc or local", options->time_kind);
    return FALSE;
  }
  options->track.gap_us = (gint64) (options->gap * 1e6);
  options->track.time_offset = options->time_offset;
  return TRUE;
}

/* One line about a file, where there is something to say. */
static void
main_report (const gchar * name, const Recording * recording, gboolean verbose)
{
  if (recording->n_fixes == 0)
    g_printerr ("%s: no GPS fixes found\n", name);
  else if (verbose)
    g_printerr ("%s: %s, %u fixes in %u records of %s\n", name,
        recording->container, recording->n_fixes, recording->records->len,
        g_array_index (recording->records, RecordingRecord, 0).source);
  if (recording->unreadable)
    g_printerr ("%s: %u GPS blocks of dialect %s (%s) cannot be decoded\n",
        name, recording->n_unknown, recording->unreadable->name,
        recording->unreadable->cameras);
}

static Recording *
main_read (const gchar * name, GError ** error)
{
  Recording *recording;
  gint fd;

  if (g_str_equal (name, "-"))
    return recording_read (STDIN_FILENO, "standard input", &main_stop, error);
  fd = open (name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "%s: cannot be opened: %s", name, g_strerror (errno));
    return NULL;
  }
  recording = recording_read (fd, name, &main_stop, error);
  (void) close (fd);
  return recording;
}

/* Returns how many files could not be read. */
static guint
main_read_all (const MainOptions * options, GPtrArray * recordings)
{
  guint n_failed = 0;

  for (gchar ** file = options->files; *file && !main_stop; file++) {
    g_autoptr (GError) error = NULL;
    Recording *recording = main_read (*file, &error);

    if (!recording) {
      g_printerr ("cheapcam-gpx: %s\n", error->message);
      n_failed++;
      continue;
    }
    main_report (*file, recording, options->verbose);
    g_ptr_array_add (recordings, recording);
  }
  return n_failed;
}

/* A regular file is written beside and takes its place when it is whole. */
static gboolean
main_write (const MainOptions * options, GArray * points, GError ** error)
{
  g_autofree gchar *name = g_path_get_basename (options->files[0]);
  g_autoptr (GOutputStream) stream = NULL;
  struct stat info;

  if (!options->output || g_str_equal (options->output, "-")) {
    stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  } else if (stat (options->output, &info) == 0 && !S_ISREG (info.st_mode)
      && !S_ISDIR (info.st_mode)) {
    gint fd = open (options->output, O_WRONLY | O_CLOEXEC);

    if (fd < 0) {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
          "cannot be opened: %s", g_strerror (errno));
      return FALSE;
    }
    stream = g_unix_output_stream_new (fd, TRUE);
  } else {
    g_autoptr (GFile) file = g_file_new_for_path (options->output);

    stream = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE,
            G_FILE_CREATE_NONE, NULL, error));
    if (!stream)
      return FALSE;
  }

  if (!track_write (points, name, stream, error)) {
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();

    /* Closing like this leaves a file that was there as it was. */
    g_cancellable_cancel (cancelled);
    (void) g_output_stream_close (stream, cancelled, NULL);
    return FALSE;
  }
  return g_output_stream_close (stream, NULL, error);
}

static int
main_run (MainOptions * options)
{
  g_autoptr (GPtrArray) recordings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
  g_autoptr (GArray) points = NULL;
  g_autoptr (GError) error = NULL;
  guint n_failed = main_read_all (options, recordings);

  if (recordings->len == 0)
    return TOOL_EXIT_FAILURE;
  points = track_build (recordings, &options->track);
  if (!main_write (options, points, &error)) {
    g_printerr ("cheapcam-gpx: %s: %s\n",
        options->output ? options->output : "standard output", error->message);
    return TOOL_EXIT_FAILURE;
  }
  return n_failed ? TOOL_EXIT_FAILURE : TOOL_EXIT_OK;
}

int
main (int argc, char **argv)
{
  MainOptions options = { NULL, };
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  options.gap = 10.0;
  if (!main_parse (&argc, &argv, &options, &error)) {
    g_printerr ("cheapcam-gpx: %s\n", error->message);
    status = TOOL_EXIT_USAGE;
  } else if (options.version) {
    g_print ("cheapcam-gpx %s\n", VERSION);
    status = TOOL_EXIT_OK;
  } else if (!main_check (&options, &error)) {
    g_printerr ("cheapcam-gpx: %s; --help tells more\n", error->message);
    status = TOOL_EXIT_USAGE;
  } else {
    main_catch_signals ();
    status = main_run (&options);
  }
  g_free (options.output);
  g_free (options.time_kind);
  g_strfreev (options.files);
  return status;
}
