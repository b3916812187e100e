/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "run.h"

#include "console.h"
#include "interrupt.h"
#include "jobs.h"
#include "output.h"
#include "plan.h"
#include "progress.h"
#include "settle.h"
#include "timeindex.h"

#define RUN_STDOUT_NAME "standard output"

typedef struct
{
  const Options *options;
  gint stop_fd;
  Console console;
  Progress progress;
  _Atomic guint64 n_bytes;
  gboolean one_by_one;          /* a document for each file */
  GPtrArray *files;             /* FilesItem */
  GPtrArray *recordings;        /* those of one document */
  gboolean failed;
} Run;

static void
run_fail (Run * self, const gchar * name, const gchar * text)
{
  self->failed = TRUE;
  console_tell_error (&self->console, name, text);
}

/* Who stops to read knows that there is more. */
static void
run_fail_output (Run * self, const gchar * name, const GError * error)
{
  self->failed = TRUE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    console_tell_error (&self->console,
        output_is_stdout (name) ? RUN_STDOUT_NAME : name, error->message);
}

static void
run_tell_name (const gchar * name, const gchar * text, gboolean is_error,
    gpointer user_data)
{
  Run *self = user_data;

  if (is_error)
    run_fail (self, name, text);
  else if (self->console.verbose)
    console_tell (&self->console, name, text);
}

static void
run_wait (gpointer user_data)
{
  Run *self = user_data;
  gint64 now = g_get_monotonic_time ();
  g_autofree gchar *bar = NULL;

  if (!progress_is_due (&self->progress, now))
    return;
  self->progress.n_bytes = self->n_bytes;
  bar = progress_format (&self->progress, now, console_get_width () - 1);
  console_draw_bar (&self->console, bar);
}

/* What names a recording in a document, or NULL. */
static gchar *
run_make_name (const Recording * recording)
{
  return recording->is_stdin ? NULL : g_path_get_basename (recording->name);
}

static gboolean
run_write (Run * self, GPtrArray * tracks, GPtrArray * recordings,
    const gchar * output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) time_index = timeindex_build (tracks, recordings, output);
  g_autoptr (Output) out = output_open (output, self->options->force, &error);
  g_autofree gchar *name = NULL;

  if (recordings->len == 1)
    name = run_make_name (g_ptr_array_index (recordings, 0));
  if (out && track_write (tracks, self->options->format, name, time_index,
          out->stream, &error) && output_commit (out, &error))
    return TRUE;
  run_fail_output (self, output, error);
  return FALSE;
}

static GPtrArray *
run_make_list (Recording * recording)
{
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (list, recording);
  return list;
}

/* A track without regard to trips, or none. */
static GPtrArray *
run_build_one (Run * self, GPtrArray * recordings)
{
  TrackOptions options = self->options->track;

  options.trip_gap_us = 0;
  return track_build (recordings, &options);
}

static void
run_write_one (Run * self, const FilesItem * file, Recording * recording)
{
  g_autoptr (GPtrArray) recordings = run_make_list (recording);
  g_autoptr (GPtrArray) tracks = run_build_one (self, recordings);

  /* an empty document beside each silent recording helps nobody */
  if (tracks->len > 0)
    (void) run_write (self, tracks, recordings, file->output);
}

/* A recording that somebody said is one, or that was one. */
static gboolean
run_is_passed_over (const FilesItem * file, const GError * error)
{
  return file->is_found
      && g_error_matches (error, RECORDING_ERROR, RECORDING_ERROR_FORMAT);
}

static void
run_take (const FilesItem * file, Recording * recording, const GError * error,
    gpointer user_data)
{
  Run *self = user_data;
  g_autofree gchar *text = NULL;

  self->progress.n_done++;
  if (!recording) {
    if (error)
      run_tell_name (files_is_stdin (file->path) ? JOBS_STDIN_NAME :
          file->path, error->message, !run_is_passed_over (file, error), self);
    return;
  }
  self->failed |= recording->damage != NULL;
  settle_recording (recording, &self->options->track);
  text = recording_describe (recording, self->options->verbose);
  if (text && (recording->damage || !self->options->quiet))
    console_tell_error (&self->console, recording->name, text);
  if (!self->one_by_one) {
    g_ptr_array_add (self->recordings, recording);
    return;
  }
  run_write_one (self, file, recording);
  recording_free (recording);
}

/* As the track of the recording of that index among several. */
static void
run_mark_track (Track * track, const Recording * recording, guint clip)
{
  track->name = run_make_name (recording);
  for (guint i = 0; i < track->points->len; i++)
    g_array_index (track->points, TrackPoint, i).clip = clip;
}

/* Of all recordings, or of each for itself. */
static GPtrArray *
run_build_all (Run * self)
{
  GPtrArray *tracks;

  if (!self->options->multiple) {
    tracks = track_build (self->recordings, &self->options->track);
    if (tracks->len > 1)
      track_name_by_time (tracks);
    return tracks;
  }
  tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  for (guint i = 0; i < self->recordings->len; i++) {
    g_autoptr (GPtrArray) list =
        run_make_list (g_ptr_array_index (self->recordings, i));
    g_autoptr (GPtrArray) one = run_build_one (self, list);

    for (guint j = 0; j < one->len; j++)
      run_mark_track (g_ptr_array_index (one, j), list->pdata[0], i);
    g_ptr_array_extend_and_steal (tracks, g_steal_pointer (&one));
  }
  return tracks;
}

static void
run_write_all (Run * self)
{
  g_autoptr (GPtrArray) tracks = run_build_all (self);

  (void) run_write (self, tracks, self->recordings, self->options->output);
}

static void
run_read (Run * self)
{
  Jobs jobs = { self->options->jobs, {0,}, &self->n_bytes, run_take, NULL,
  self
  };
  guint64 size = 0;

  jobs.options.stop_fd = self->stop_fd;
  for (guint i = 0; i < self->files->len; i++)
    size += ((FilesItem *) g_ptr_array_index (self->files, i))->size;
  progress_init (&self->progress, self->files->len, size,
      g_get_monotonic_time ());
  if (self->console.is_terminal && !self->options->quiet)
    jobs.wait = run_wait;
  jobs_run (&jobs, self->files);
  console_clear_bar (&self->console);
}

/* Before hours of reading. */
static gboolean
run_check_outputs (Run * self)
{
  const Options *options = self->options;
  g_autoptr (GError) error = NULL;

  if (self->one_by_one)
    return plan_outputs (self->files, options->output, options->suffix,
        options->force, run_tell_name, self);
  if (output_check (options->output, options->force, &error))
    return TRUE;
  run_fail_output (self, options->output, error);
  return FALSE;
}

gboolean
run_all (const Options * options, gint stop_fd)
{
  Run self = { options, stop_fd, };

  console_init (&self.console, options->quiet, options->verbose);
  self.one_by_one = options->multiple && plan_is_folder (options->output);
  self.recordings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
  if (!self.one_by_one && !run_check_outputs (&self)) {
    g_ptr_array_unref (self.recordings);
    return FALSE;
  }
  self.files = files_find (options->files, run_tell_name, &self);
  if (options->sort == OPTIONS_SORT_NAME)
    files_sort_by_name (self.files);
  if (!self.one_by_one || run_check_outputs (&self)) {
    run_read (&self);
    if (!self.one_by_one && (self.recordings->len > 0 || !self.failed))
      run_write_all (&self);
  }
  g_ptr_array_unref (self.files);
  g_ptr_array_unref (self.recordings);
  return !self.failed;
}
