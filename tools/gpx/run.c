/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "run.h"

#include <string.h>

#include "console.h"
#include "interrupt.h"
#include "jobs.h"
#include "output.h"
#include "plan.h"
#include "plot.h"
#include "progress.h"
#include "report.h"
#include "settle.h"
#include "table.h"
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
  gboolean has_table;           /* of what each file was */
  GPtrArray *files;             /* FilesItem */
  GPtrArray *recordings;        /* those of one document, whose records were taken */
  Spool *items;                 /* their fixes, not yet in tracks */
  Spool *points;                /* of all tracks that stay */
  GPtrArray *tracks;            /* those: of one document, or to be drawn */
  Report *report;
  gboolean failed;
} Run;

/* Who stops to read knows that there is more. */
static void
run_fail_output (Run * self, const gchar * name, const GError * error)
{
  self->failed = TRUE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    console_tell_error (&self->console,
        output_is_stdout (name) ? RUN_STDOUT_NAME : name, error->message);
}

/* Of documents. */
static void
run_tell_output (const gchar * name, const gchar * text, gboolean is_error,
    gpointer user_data)
{
  Run *self = user_data;

  self->failed |= is_error;
  console_tell_error (&self->console, name, text);
}

static void
run_fail_file (Run * self, const gchar * name, guint64 size, const gchar * text)
{
  self->failed = TRUE;
  console_tell_error (&self->console, name, text);
  g_ptr_array_add (self->report->summaries, summary_new_failed (name, size,
          text));
}

static void
run_tell_file (const gchar * name, const gchar * text, gboolean is_error,
    gpointer user_data)
{
  Run *self = user_data;

  if (is_error)
    run_fail_file (self, name, 0, text);
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

/* Whether the track of each recording is needed further on. */
static gboolean
run_keeps_each (const Run * self)
{
  return self->one_by_one ? self->options->plot != NULL
      : self->options->multiple;
}

/* The track of one recording, without regard to trips, or none. */
static GPtrArray *
run_build_one (Run * self, const Recording * recording)
{
  TrackOptions options = self->options->track;
  g_autoptr (Spool) items = track_new_items ();
  g_autoptr (Spool) points = run_keeps_each (self) ? spool_ref (self->points)
      : track_new_points ();

  options.trip_gap_us = 0;
  track_add_clip (items, recording, self->recordings->len);
  return track_build (items, &options, points);
}

static void
run_write_one (Run * self, const FilesItem * file, Recording * recording,
    GPtrArray * tracks)
{
  g_autoptr (GPtrArray) list = run_make_list (recording);

  /* an empty document beside each silent recording helps nobody */
  if (tracks->len > 0)
    (void) run_write (self, tracks, list, file->output);
  if (self->options->json)
    report_add_trips (self->report, tracks);
}

/* As a part of the one document. */
static void
run_keep_recording (Run * self, Recording * recording, GPtrArray * tracks)
{
  if (!self->options->multiple)
    track_add_clip (self->items, recording, self->recordings->len);
  for (guint i = 0; self->options->multiple && i < tracks->len; i++)
    ((Track *) g_ptr_array_index (tracks, i))->name = run_make_name (recording);
  g_clear_pointer (&recording->records, spool_unref);
  g_ptr_array_add (self->recordings, recording);
}

static void
run_take_recording (Run * self, const FilesItem * file, Recording * recording)
{
  GPtrArray *tracks;
  Summary *summary;

  settle_recording (recording, &self->options->track);
  tracks = run_build_one (self, recording);
  summary = summary_new (recording, tracks);
  g_ptr_array_add (self->report->summaries, summary);
  self->failed |= summary->error != NULL;
  if (summary->error)
    console_tell_error (&self->console, summary->name, summary->warning);
  else if (summary->warning && !self->has_table)
    console_tell (&self->console, summary->name, summary->warning);
  if (self->one_by_one) {
    run_write_one (self, file, recording, tracks);
    recording_free (recording);
  } else {
    run_keep_recording (self, recording, tracks);
  }
  if (run_keeps_each (self))
    g_ptr_array_extend_and_steal (self->tracks, tracks);
  else
    g_ptr_array_unref (tracks);
}

/* Nobody said that this is a recording. */
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

  self->progress.n_done++;
  if (recording)
    run_take_recording (self, file, recording);
  else if (error && run_is_passed_over (file, error))
    run_tell_file (file->path, error->message, FALSE, self);
  else if (error)
    run_fail_file (self, files_is_stdin (file->path) ? JOBS_STDIN_NAME :
        file->path, file->size, error->message);
}

static void
run_write_all (Run * self)
{
  if (!self->options->multiple) {
    g_ptr_array_unref (self->tracks);
    self->tracks = track_build (self->items, &self->options->track,
        self->points);
    if (self->tracks->len > 1)
      track_name_by_time (self->tracks);
  }
  (void) run_write (self, self->tracks, self->recordings,
      self->options->output);
  if (self->options->json)
    report_add_trips (self->report, self->tracks);
}

static gboolean
run_put (Output * output, const gchar * text, GError ** error)
{
  return g_output_stream_write_all (output->stream, text, strlen (text), NULL,
      NULL, error) && output_commit (output, error);
}

static void
run_write_report (Run * self)
{
  g_autofree gchar *text = report_format (self->report);
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_open (self->options->json,
      self->options->force, &error);

  if (!output || !run_put (output, text, &error))
    run_fail_output (self, self->options->json, error);
}

/* Of the recording, or of how many. */
static gchar *
run_make_title (const Run * self)
{
  guint n = self->report->summaries->len;

  if (n != 1)
    return g_strdup_printf ("%u recordings", n);
  return console_escape (((Summary *) self->report->summaries->pdata[0])->name);
}

static void
run_write_plot (Run * self)
{
  const gchar *name = self->options->plot;
  g_autofree gchar *title = run_make_title (self);
  g_autofree gchar *short_title = g_path_get_basename (title);
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_open (name, self->options->force, &error);

  if (!output || !plot_write (self->tracks, name, short_title, output->stream,
          &error) || !output_commit (output, &error))
    run_fail_output (self, name, error);
}

static void
run_read (Run * self)
{
  Jobs jobs = { self->options->jobs, {0,}, &self->n_bytes, run_take, NULL,
  self
  };
  guint64 size = 0;

  jobs.options.stop_fd = self->stop_fd;
  jobs.options.dialect = self->options->dialect;
  for (guint i = 0; i < self->files->len; i++)
    size += ((FilesItem *) g_ptr_array_index (self->files, i))->size;
  progress_init (&self->progress, self->files->len, size,
      g_get_monotonic_time ());
  if (self->console.is_terminal && !self->options->quiet)
    jobs.wait = run_wait;
  jobs_run (&jobs, self->files);
  console_clear_bar (&self->console);
}

static gboolean
run_check_output (Run * self, const gchar * name)
{
  g_autoptr (GError) error = NULL;

  if (output_check (name, self->options->force, &error))
    return TRUE;
  run_fail_output (self, name, error);
  return FALSE;
}

/* Before hours of reading. */
static gboolean
run_check_outputs (Run * self)
{
  const Options *options = self->options;

  return (self->one_by_one || run_check_output (self, options->output))
      && (!options->json || run_check_output (self, options->json))
      && (!options->plot || run_check_output (self, options->plot));
}

static gboolean
run_check_input (Run * self, const gchar * name)
{
  g_autoptr (GError) error = NULL;

  if (plan_check_input (self->files, name, &error))
    return TRUE;
  run_fail_output (self, name, error);
  return FALSE;
}

/* The same when it is known what is to be read. */
static gboolean
run_check_inputs (Run * self)
{
  const Options *options = self->options;

  return (self->one_by_one || run_check_input (self, options->output))
      && run_check_input (self, options->json)
      && run_check_input (self, options->plot);
}

static void
run_tell_table (Run * self)
{
  g_autofree gchar *table = NULL;

  if (self->report->summaries->len == 0 || !self->has_table)
    return;
  table = table_format (self->report->summaries, self->console.is_terminal);
  console_print (&self->console, table);
}

static void
run_files (Run * self)
{
  const Options *options = self->options;

  self->files = files_find (options->files, run_tell_file, self);
  self->has_table = options->verbose
      || self->files->len + self->report->summaries->len > 1;
  if (options->sort == OPTIONS_SORT_NAME)
    files_sort_by_name (self->files);
  if (!run_check_inputs (self))
    return;
  if (self->one_by_one && !plan_outputs (self->files, options->output,
          options->suffix, options->force, run_tell_output, self))
    return;
  run_read (self);
  if (!self->one_by_one && (self->recordings->len > 0 || !self->failed))
    run_write_all (self);
  if (options->json)
    run_write_report (self);
  if (options->plot)
    run_write_plot (self);
  run_tell_table (self);
}

gboolean
run_all (const Options * options, gint stop_fd)
{
  Run self = { options, stop_fd, };

  console_init (&self.console, options->quiet, options->verbose);
  self.one_by_one = options->multiple && plan_is_folder (options->output);
  self.recordings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recording_free);
  self.report = report_new ();
  self.items = track_new_items ();
  self.points = track_new_points ();
  self.tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  if (run_check_outputs (&self))
    run_files (&self);
  g_clear_pointer (&self.files, g_ptr_array_unref);
  g_ptr_array_unref (self.recordings);
  report_free (self.report);
  g_ptr_array_unref (self.tracks);
  spool_unref (self.points);
  spool_unref (self.items);
  return !self.failed;
}
