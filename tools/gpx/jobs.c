/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "jobs.h"

#include <unistd.h>

#include "interrupt.h"

/* How long nothing may come before the waiting is told of, in microseconds. */
#define JOBS_PATIENCE (100 * 1000)

typedef struct
{
  const FilesItem *file;
  guint index;
  Recording *recording;
  GError *error;
} JobsItem;

/* So many recordings that are done may wait for one in front of them. */
#define JOBS_AHEAD 64

typedef struct
{
  const Jobs *jobs;
  GAsyncQueue *done;            /* JobsItem */
} JobsPool;

static void
jobs_item_free (gpointer data)
{
  JobsItem *self = data;

  g_clear_pointer (&self->recording, recording_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* Of one file. */
typedef struct
{
  guint64 size;
  guint64 n_bytes;
  _Atomic guint64 *all;
} JobsCount;

static void
jobs_count (guint64 n_bytes, gpointer user_data)
{
  JobsCount *self = user_data;

  /* a file may be read twice in parts, and no size is known of a pipe */
  n_bytes = MIN (n_bytes, self->size - self->n_bytes);
  self->n_bytes += n_bytes;
  *self->all += n_bytes;
}

static void
jobs_read (JobsItem * item, const RecordingOptions * options)
{
  const gchar *path = item->file->path;
  gboolean is_stdin = files_is_stdin (path);
  gint fd = is_stdin ? STDIN_FILENO : recording_open (path, &item->error);

  if (fd < 0)
    return;
  item->recording = recording_read (fd, is_stdin ? JOBS_STDIN_NAME : path,
      options, &item->error);
  if (item->recording)
    item->recording->is_stdin = is_stdin;
  if (!is_stdin)
    (void) close (fd);
}

static void
jobs_work (gpointer data, gpointer user_data)
{
  JobsPool *pool = user_data;
  JobsItem *item = data;
  RecordingOptions options = pool->jobs->options;
  JobsCount count = { item->file->size, 0, pool->jobs->n_bytes };

  if (count.all) {
    options.count = jobs_count;
    options.count_data = &count;
  }
  if (!interrupt_is_set (options.stop_fd)) {
    jobs_read (item, &options);
    /* what a reader did not have to look at counts, too */
    if (count.all)
      jobs_count (count.size, &count);
  }
  g_async_queue_push (pool->done, item);
}

/* The next one that is done, whichever that is. */
static JobsItem *
jobs_wait (const JobsPool * pool)
{
  const Jobs *self = pool->jobs;
  JobsItem *item = NULL;

  if (!self->wait)
    return g_async_queue_pop (pool->done);
  while (!item) {
    item = g_async_queue_timeout_pop (pool->done, JOBS_PATIENCE);
    self->wait (self->user_data);
  }
  return item;
}

/* Gives away what is done, as far as all in front of it is. */
static void
jobs_give (const Jobs * self, GPtrArray * items, guint * next)
{
  for (; *next < items->len && items->pdata[*next]; (*next)++) {
    JobsItem *item = items->pdata[*next];

    self->take (item->file, g_steal_pointer (&item->recording), item->error,
        self->user_data);
    g_clear_pointer (&items->pdata[*next], jobs_item_free);
  }
}

static JobsItem *
jobs_item_new (GPtrArray * files, guint index)
{
  JobsItem *item = g_new0 (JobsItem, 1);

  item->file = g_ptr_array_index (files, index);
  item->index = index;
  return item;
}

void
jobs_run (const Jobs * self, GPtrArray * files)
{
  JobsPool pool = { self, g_async_queue_new () };
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  guint n_ahead = self->n_threads + JOBS_AHEAD;
  GThreadPool *threads = g_thread_pool_new (jobs_work, &pool,
      (gint) MAX (self->n_threads, 1), FALSE, NULL);
  guint n_started = 0;
  guint next = 0;

  g_ptr_array_set_size (items, (gint) files->len);
  while (next < files->len) {
    JobsItem *item;

    for (; n_started < MIN (files->len, next + n_ahead); n_started++)
      g_thread_pool_push (threads, jobs_item_new (files, n_started), NULL);
    item = jobs_wait (&pool);
    items->pdata[item->index] = item;
    jobs_give (self, items, &next);
  }
  g_thread_pool_free (threads, FALSE, TRUE);
  g_async_queue_unref (pool.done);
}
