/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "recording.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wire/mp4gps.h"
#include "wire/tsgps.h"

/* Large enough that the cost is that of copying, small enough for the cache. */
#define READ_SIZE (256 * 1024)

/* Six weeks at one record a second. */
#define MAX_RECORDS (4 * 1024 * 1024)

G_DEFINE_QUARK (recording - error - quark, recording_error);

/* Where bytes come from. */
typedef struct
{
  gint fd;
  const gchar *name;
  const volatile sig_atomic_t *stop;
  gboolean seekable;
  guint64 size;                 /* G_MAXUINT64: not known */
  guint8 *buffer;               /* READ_SIZE bytes */
} RecordingInput;

void
recording_free (Recording * self)
{
  g_array_unref (self->records);
  g_free (self);
}

static gboolean
recording_add (Recording * self, const GpsRecord * records, gsize n_records,
    const Dialect * dialect, GError ** error)
{
  for (gsize i = 0; i < n_records; i++) {
    RecordingRecord record = { records[i], dialect->name };

    if (self->records->len >= MAX_RECORDS) {
      g_set_error (error, RECORDING_ERROR, RECORDING_ERROR_TOO_LARGE,
          "more than %d GPS records", MAX_RECORDS);
      return FALSE;
    }
    if (records[i].fields & GPSRECORD_POSITION)
      self->n_fixes++;
    g_array_append_val (self->records, record);
  }
  return TRUE;
}

static void
recording_add_unknown (Recording * self, const Dialect * dialect)
{
  self->n_unknown++;
  if (dialect)
    self->unreadable = dialect;
}

/* Reads up to size bytes, fewer only at the end; at offset, if the input can
 * seek. Returns -1 on error. Being stopped is the end, too. */
static gssize
recording_read_bytes (const RecordingInput * input, guint64 offset, gsize size,
    GError ** error)
{
  gsize n_read = 0;

  while (n_read < size && !*input->stop) {
    gssize n = input->seekable
        ? pread (input->fd, input->buffer + n_read, size - n_read,
        (off_t) (offset + n_read))
        : read (input->fd, input->buffer + n_read, size - n_read);

    if (n == 0)
      break;
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
          "cannot be read: %s", g_strerror (errno));
      return -1;
    }
    n_read += (gsize) n;
  }
  return (gssize) n_read;
}

/* A healthy MP4: a few hundred bytes per fix. */
static gboolean
recording_read_mp4_file (Recording * self, const RecordingInput * input,
    GError ** error)
{
  g_autofree Mp4Gps *mp4 = g_new (Mp4Gps, 1);
  guint64 offset;
  size_t size;

  mp4gps_init (mp4, input->size);
  while (mp4gps_next_read (mp4, &offset, &size)) {
    unsigned events;
    gssize n = offset > G_MAXINT64 - READ_SIZE ? 0
        : recording_read_bytes (input, offset, MIN (size, READ_SIZE), error);

    if (n < 0)
      return FALSE;
    do {
      events = mp4gps_feed (mp4, input->buffer, (gsize) n);
      if (events & MP4GPS_UNKNOWN)
        recording_add_unknown (self, mp4->block.dialect);
      if ((events & MP4GPS_RECORDS)
          && !recording_add (self, mp4->block.records, mp4->block.n_records,
              mp4->block.dialect, error))
        return FALSE;
    } while (events & MP4GPS_MORE);
    if (*input->stop)
      break;
  }
  return TRUE;
}

static gboolean
recording_take_scan (Recording * self, const Mp4Scan * scan, unsigned events,
    GError ** error)
{
  if (events & MP4GPS_UNKNOWN)
    recording_add_unknown (self, scan->block.dialect);
  if (!(events & MP4GPS_RECORDS))
    return TRUE;
  return recording_add (self, scan->block.records, scan->block.n_records,
      scan->block.dialect, error);
}

/* An MP4 that comes through a pipe; n bytes are in the buffer already. */
static gboolean
recording_read_mp4_pipe (Recording * self, const RecordingInput * input,
    gssize n, GError ** error)
{
  g_autofree Mp4Scan *scan = g_new (Mp4Scan, 1);

  mp4scan_init (scan, 0);
  while (n > 0) {
    gsize done = 0;

    while (done < (gsize) n) {
      unsigned events;

      done += mp4scan_feed (scan, input->buffer + done, (gsize) n - done,
          &events);
      if (!recording_take_scan (self, scan, events, error))
        return FALSE;
    }
    n = recording_read_bytes (input, 0, READ_SIZE, error);
  }
  if (n < 0)
    return FALSE;
  return recording_take_scan (self, scan, mp4scan_finish (scan), error);
}

static gboolean
recording_take_ts (Recording * self, const TsGps * ts, unsigned events,
    GError ** error)
{
  if (events & TSGPS_UNKNOWN)
    recording_add_unknown (self, ts->dialect);
  if (!(events & TSGPS_RECORDS))
    return TRUE;
  return recording_add (self, ts->records, ts->n_records, ts->dialect, error);
}

/* A transport stream, from a file or a pipe; n bytes are in the buffer. */
static gboolean
recording_read_ts (Recording * self, const RecordingInput * input, gssize n,
    GError ** error)
{
  g_autofree TsGps *ts = g_new (TsGps, 1);
  guint64 position = 0;
  unsigned events;

  tsgps_init (ts);
  while (n > 0) {
    gsize done = 0;

    while (done < (gsize) n) {
      done += tsgps_feed (ts, input->buffer + done, (gsize) n - done, &events);
      if (!recording_take_ts (self, ts, events, error))
        return FALSE;
    }
    position += (gsize) n;
    n = recording_read_bytes (input, position, READ_SIZE, error);
  }
  if (n < 0)
    return FALSE;
  while ((events = tsgps_finish (ts)) != 0) {
    if (!recording_take_ts (self, ts, events, error))
      return FALSE;
  }
  return TRUE;
}

/* What a recording begins with, or would, if its first part were not lost. */
static gboolean
recording_is_mp4 (const guint8 * data, gsize size)
{
  static const gchar types[][5] = {
    "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "udta", "uuid"
  };

  for (gsize i = 0; size >= 8 && i < G_N_ELEMENTS (types); i++) {
    if (memcmp (data + 4, types[i], 4) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
recording_open (RecordingInput * input, GError ** error)
{
  struct stat info;

  if (fstat (input->fd, &info) < 0 || S_ISDIR (info.st_mode)) {
    gint code = S_ISDIR (info.st_mode) ? EISDIR : errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
        "cannot be read: %s", g_strerror (code));
    return FALSE;
  }
  input->seekable = S_ISREG (info.st_mode) || S_ISBLK (info.st_mode);
  input->size = S_ISREG (info.st_mode) ? (guint64) info.st_size : G_MAXUINT64;
  return TRUE;
}

/* Reads by what the first bytes look like. A file that looks like neither may
 * be a piece of an MP4: blocks that are in it count. */
static gboolean
recording_read_input (Recording * self, const RecordingInput * input,
    GError ** error)
{
  gssize n = recording_read_bytes (input, 0, READ_SIZE, error);
  gboolean ok;

  if (n < 0)
    return FALSE;
  if (!recording_is_mp4 (input->buffer, (gsize) n)
      && tsgps_probe (input->buffer, (gsize) n) != 0) {
    self->container = "MPEG-TS";
    return recording_read_ts (self, input, n, error);
  }
  self->container = "MP4";
  if (recording_is_mp4 (input->buffer, (gsize) n)) {
    if (input->seekable)
      return recording_read_mp4_file (self, input, error);
    return recording_read_mp4_pipe (self, input, n, error);
  }

  ok = input->seekable ? recording_read_mp4_file (self, input, error)
      : recording_read_mp4_pipe (self, input, n, error);
  if (ok && self->n_fixes == 0) {
    g_set_error (error, RECORDING_ERROR, RECORDING_ERROR_FORMAT,
        n == 0 ? "is empty" : "is no recording: neither MP4 or MOV nor "
        "MPEG-TS");
    return FALSE;
  }
  return ok;
}

Recording *
recording_read (gint fd, const gchar * name,
    const volatile sig_atomic_t * stop, GError ** error)
{
  g_autoptr (Recording) self = g_new0 (Recording, 1);
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  RecordingInput input = { fd, name, stop, FALSE, 0, buffer };

  G_STATIC_ASSERT (MP4GPS_READ_MAX <= READ_SIZE);
  self->records = g_array_new (FALSE, FALSE, sizeof (RecordingRecord));
  if (!recording_open (&input, error)
      || !recording_read_input (self, &input, error)) {
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  return g_steal_pointer (&self);
}
