/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* cheapcam-gpx: the GPS track of dash cam recordings as a document. */

#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "tools/common/toolexit.h"
#include "tools/common/toolstreams.h"

#include "interrupt.h"
#include "options.h"
#include "output.h"
#include "timeindex.h"

#define STANDARD_INPUT "standard input"

static void
main_complain (const gchar * name, const gchar * text)
{
  g_printerr ("cheapcam-gpx: %s: %s\n", name, text);
}

static Recording *
main_read (const gchar * file, gint stop_fd)
{
  gboolean is_stdin = g_str_equal (file, "-");
  const gchar *name = is_stdin ? STANDARD_INPUT : file;
  g_autoptr (GError) error = NULL;
  Recording *recording = NULL;
  gint fd = is_stdin ? STDIN_FILENO : recording_open (file, &error);

  if (fd >= 0)
    recording = recording_read (fd, name, stop_fd, &error);
  if (fd >= 0 && !is_stdin)
    (void) close (fd);
  if (recording)
    recording->is_stdin = is_stdin;
  else
    main_complain (name, error->message);
  return recording;
}

/* Returns whether all was read well. */
static gboolean
main_read_all (const Options * options, gint stop_fd, GPtrArray * recordings)
{
  gboolean ok = TRUE;

  for (gchar ** file = options->files; *file && !interrupt_is_set (stop_fd);
      file++) {
    g_autofree gchar *text = NULL;
    Recording *recording = main_read (*file, stop_fd);

    ok &= recording && !recording->damage;
    if (!recording)
      continue;
    text = recording_describe (recording, options->verbose);
    if (text)
      main_complain (recording->name, text);
    g_ptr_array_add (recordings, recording);
  }
  return ok;
}

static gboolean
main_write (const Options * options, GPtrArray * recordings, GError ** error)
{
  g_autoptr (GArray) points = track_build (recordings, &options->track);
  g_autoptr (GArray) time_index = timeindex_build (points, recordings,
      options->output);
  g_autoptr (Output) output = output_open (options->output, error);
  g_autofree gchar *name = NULL;

  if (!output)
    return FALSE;
  if (recordings->len == 1) {
    const Recording *only = g_ptr_array_index (recordings, 0);

    if (!only->is_stdin)
      name = g_path_get_basename (only->name);
  }
  return track_write (points, options->format, name, time_index,
      output->stream, error) && output_commit (output, error);
}

static int
main_run (const Options * options)
{
  g_autoptr (GPtrArray) recordings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
  g_autoptr (GError) error = NULL;
  gint stop_fd = interrupt_catch ();
  gboolean ok;

  /* failing to write has to be told, and leaves nothing behind */
  (void) signal (SIGPIPE, SIG_IGN);
  (void) signal (SIGXFSZ, SIG_IGN);

  if (output_check (options->output, &error)) {
    ok = main_read_all (options, stop_fd, recordings);
    if (recordings->len == 0 && !ok)
      return TOOL_EXIT_FAILURE;
    if (main_write (options, recordings, &error))
      return ok ? TOOL_EXIT_OK : TOOL_EXIT_FAILURE;
  }
  /* who stops to read knows that there is more */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    main_complain (options->output ? options->output : "standard output",
        error->message);
  return TOOL_EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  Options options = { NULL, };
  g_autoptr (GError) error = NULL;
  int status = TOOL_EXIT_OK;

  toolstreams_fill ();
  setlocale (LC_ALL, "");
  if (!options_parse (&options, &argc, &argv, &error)) {
    g_printerr ("cheapcam-gpx: %s; --help tells more\n", error->message);
    status = TOOL_EXIT_USAGE;
  } else if (options.version) {
    g_print ("cheapcam-gpx %s\n", VERSION);
  } else {
    status = main_run (&options);
  }
  options_clear (&options);
  return status;
}
