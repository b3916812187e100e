/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "files.h"
#include "recording.h"

G_BEGIN_DECLS
/* Many recordings, several of them read at a time. */

#define JOBS_STDIN_NAME "standard input"

/* Takes a result, in the order of the files and in the thread of jobs_run().
 * recording is given away; NULL with the error set says why there is none, and
 * without an error that the reading was stopped before. */
typedef void (*JobsTake) (const FilesItem * file, Recording * recording,
    const GError * error, gpointer user_data);

/* Called now and then while nothing comes. */
typedef void (*JobsWait) (gpointer user_data);

typedef struct
{
  guint n_threads;
  RecordingOptions options;     /* whose count is not used */
  _Atomic guint64 *n_bytes;     /* how far it is, or NULL: see FilesItem.size */
  JobsTake take;
  JobsWait wait;                /* or NULL */
  gpointer user_data;
} Jobs;

/* Reads FilesItem elements. */
void jobs_run (const Jobs * self, GPtrArray * files);

G_END_DECLS
