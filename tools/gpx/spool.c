/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "spool.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "tools/common/toolexit.h"

/* Bytes from which on a list goes to a file, small enough that hundreds of
 * lists fit in memory. */
#define SPOOL_WINDOW (64 * 1024)

/* Bytes that are sorted at once, and that a run is read by. */
#define SPOOL_PIECE (1024 * 1024)
#define SPOOL_RUN (32 * 1024)

/* Elements in order, on their way into another list. */
typedef struct
{
  Spool *spool;
  guint at;                     /* index of the next element */
  guint end;
  guint8 *buffer;               /* SPOOL_RUN bytes */
  guint n;                      /* elements in it, and how many of them are behind */
  guint n_taken;
} SpoolRun;

Spool *
spool_new (gsize size)
{
  Spool *self = g_rc_box_new0 (Spool);

  self->size = size;
  self->fd = -1;
  return self;
}

Spool *
spool_ref (Spool * self)
{
  return g_rc_box_acquire (self);
}

static void
spool_clear (gpointer data)
{
  Spool *self = data;

  if (self->fd >= 0)
    (void) close (self->fd);
  g_free (self->window);
}

void
spool_unref (Spool * self)
{
  g_rc_box_release_full (self, spool_clear);
}

static gboolean
spool_open (Spool * self)
{
  g_autofree gchar *name = NULL;

  self->fd = g_file_open_tmp ("cheapcam-XXXXXX", &name, NULL);
  if (name)
    (void) g_unlink (name);
  /* the file has nothing yet */
  self->is_changed = TRUE;
  return self->fd >= 0;
}

/* Writes the window to its place. */
static gboolean
spool_write (const Spool * self)
{
  gsize size = self->n * self->size;
  gsize done = 0;

  while (done < size) {
    gssize n = pwrite (self->fd, self->window + done, size - done,
        (off_t) (self->start * self->size + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += (gsize) n;
  }
  return TRUE;
}

/* What was in the file cannot be had again: the same as when memory fails. */
static G_GNUC_NORETURN void
spool_fail (gint code)
{
  g_printerr ("A temporary file cannot be read: %s\n", g_strerror (code));
  _exit (TOOL_EXIT_FAILURE);
}

static void
spool_read (const Spool * self, guint at, guint n_elements, guint8 * data)
{
  gsize size = n_elements * self->size;
  gsize done = 0;

  while (done < size) {
    gssize n = pread (self->fd, data + done, size - done,
        (off_t) (at * self->size + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      spool_fail (n < 0 ? errno : EIO);
    done += (gsize) n;
  }
}

/* The disk is full: the window takes all. */
static void
spool_take_back (Spool * self)
{
  guint8 *all = g_malloc_n (self->len, self->size);
  guint end = self->start + self->n;

  spool_read (self, 0, self->start, all);
  memcpy (all + self->start * self->size, self->window, self->n * self->size);
  spool_read (self, end, self->len - end, all + end * self->size);
  (void) close (self->fd);
  self->fd = -1;
  g_free (self->window);
  self->window = all;
  self->start = 0;
  self->n = self->capacity = self->len;
}

/* Behind it either the file has all elements or there is none. */
static void
spool_save (Spool * self)
{
  if (self->fd >= 0 && self->is_changed && !spool_write (self))
    spool_take_back (self);
  self->is_changed = FALSE;
}

/* Moves the window, if it is one. */
static void
spool_go (Spool * self, guint at)
{
  spool_save (self);
  if (self->fd < 0)
    return;
  self->start = at;
  self->n = MIN (self->capacity, self->len - at);
  spool_read (self, at, self->n, self->window);
}

static void
spool_make_room (Spool * self)
{
  if (self->capacity * self->size >= SPOOL_WINDOW
      && (self->fd >= 0 || spool_open (self)))
    spool_go (self, self->len);
  if (self->n < self->capacity)
    return;
  self->capacity = MAX (2 * self->capacity, 16);
  self->window = g_realloc_n (self->window, self->capacity, self->size);
}

void
spool_add (Spool * self, gconstpointer element)
{
  if (self->start + self->n != self->len)
    spool_go (self, self->len);
  if (self->n == self->capacity)
    spool_make_room (self);
  memcpy (self->window + self->n * self->size, element, self->size);
  self->n++;
  self->len++;
  self->is_changed = TRUE;
}

gconstpointer
spool_get (Spool * self, guint at)
{
  g_return_val_if_fail (at < self->len, NULL);

  if (at < self->start || at - self->start >= self->n)
    spool_go (self, at);
  return self->window + (at - self->start) * self->size;
}

gpointer
spool_edit (Spool * self, guint at)
{
  gconstpointer element = spool_get (self, at);

  self->is_changed = TRUE;
  return (gpointer) element;
}

static gboolean
spool_is_sorted (Spool * self, GCompareDataFunc compare)
{
  g_autofree guint8 *last = g_malloc (self->size);

  for (guint i = 0; i < self->len; i++) {
    gconstpointer element = spool_get (self, i);

    if (i > 0 && compare (last, element, NULL) > 0)
      return FALSE;
    memcpy (last, element, self->size);
  }
  return TRUE;
}

static void
spool_copy (Spool * self, guint at, guint n, guint8 * ret)
{
  spool_save (self);
  if (self->fd >= 0)
    spool_read (self, at, n, ret);
  else
    memcpy (ret, self->window + at * self->size, n * self->size);
}

static void
spool_swap (Spool * self, Spool * other)
{
  Spool all = *self;

  *self = *other;
  *other = all;
}

/* Puts each piece of n elements in order. */
static void
spool_sort_pieces (Spool * self, guint n, GCompareDataFunc compare)
{
  g_autoptr (Spool) sorted = spool_new (self->size);
  g_autofree guint8 *piece = g_malloc_n (n, self->size);

  for (guint at = 0; at < self->len; at += n) {
    n = MIN (n, self->len - at);
    spool_copy (self, at, n, piece);
    g_qsort_with_data (piece, (gint) n, self->size, compare, NULL);
    for (guint i = 0; i < n; i++)
      spool_add (sorted, piece + i * self->size);
  }
  spool_swap (self, sorted);
}

/* NULL at the end. */
static gconstpointer
spool_run_get (SpoolRun * run)
{
  gsize size = run->spool->size;

  if (run->at == run->end)
    return NULL;
  if (run->n_taken == run->n) {
    run->n = MIN ((guint) (SPOOL_RUN / size), run->end - run->at);
    run->n_taken = 0;
    spool_copy (run->spool, run->at, run->n, run->buffer);
  }
  return run->buffer + run->n_taken * size;
}

static void
spool_run_start (SpoolRun * run, guint64 at, guint64 end)
{
  run->at = (guint) MIN (at, run->spool->len);
  run->end = (guint) MIN (end, run->spool->len);
  run->n = run->n_taken = 0;
}

static void
spool_run_give (SpoolRun * run, gconstpointer element, Spool * to)
{
  spool_add (to, element);
  run->at++;
  run->n_taken++;
}

static void
spool_merge_two (SpoolRun runs[2], Spool * to, GCompareDataFunc compare)
{
  for (;;) {
    gconstpointer first = spool_run_get (&runs[0]);
    gconstpointer second = spool_run_get (&runs[1]);

    if (first && (!second || compare (first, second, NULL) <= 0))
      spool_run_give (&runs[0], first, to);
    else if (second)
      spool_run_give (&runs[1], second, to);
    else
      return;
  }
}

/* Makes one run of each two of n elements. */
static void
spool_merge (Spool * self, guint64 n, GCompareDataFunc compare)
{
  g_autoptr (Spool) merged = spool_new (self->size);
  g_autofree guint8 *buffers = g_malloc (2 * SPOOL_RUN);
  SpoolRun runs[2] = {
    {self, 0, 0, buffers},
    {self, 0, 0, buffers + SPOOL_RUN}
  };

  for (guint64 at = 0; at < self->len; at += 2 * n) {
    spool_run_start (&runs[0], at, at + n);
    spool_run_start (&runs[1], at + n, at + 2 * n);
    spool_merge_two (runs, merged, compare);
  }
  spool_swap (self, merged);
}

void
spool_sort (Spool * self, GCompareDataFunc compare)
{
  guint piece = (guint) (SPOOL_PIECE / self->size);

  if (spool_is_sorted (self, compare))
    return;
  if (self->fd < 0) {
    g_qsort_with_data (self->window, (gint) self->len, self->size, compare,
        NULL);
    return;
  }
  spool_sort_pieces (self, piece, compare);
  for (guint64 n = piece; n < self->len; n *= 2)
    spool_merge (self, n, compare);
}
