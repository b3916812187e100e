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

#include "interrupt.h"

/* Large enough that the cost is that of copying, small enough for the cache. */
#define READ_SIZE (256 * 1024)

/* A stream that is no longer than this is read like a file. */
#define KEPT_SIZE (8 * 1024 * 1024)

/* Enough to know an MP4, and to know a transport stream. */
#define HEAD_SIZE 4096

/* Fewer packets than are needed to be sure are a transport stream at the
 * beginning of a file alone. */
#define TS_SIZE_SURE (6 * TSGPS_PACKET_MAX)

/* Begins a packet. */
#define TS_SYNC 0x47

/* Units of a presentation time stamp in a second. */
#define TS_CLOCK 90000

/* Eleven days at one record a second, or nine hours at one a frame: a table may
 * name each block again and again. */
#define MAX_RECORDS (1000 * 1000)

G_DEFINE_QUARK (recording - error - quark, recording_error);

/* Where bytes come from. */
typedef struct
{
  gint fd;
  const RecordingOptions *options;
  gboolean seekable;
  gboolean ended;               /* it was stopped, or a stream failed */
  guint64 size;                 /* where seekable */
  guint8 *buffer;               /* READ_SIZE bytes */
  gboolean advised;             /* that all will be read in order */
  const guint8 *kept;           /* the whole of a short stream, size bytes, or NULL */
} RecordingInput;

void
recording_free (Recording * self)
{
  g_free (self->name);
  g_free (self->verdict_text);
  g_free (self->speed_text);
  g_clear_pointer (&self->records, spool_unref);
  g_clear_error (&self->damage);
  g_free (self);
}

/* One block's worth. Returns FALSE when the recording has become too large. */
static gboolean
recording_add (Recording * self, const GpsRecord * records, gsize n_records,
    const Dialect * dialect, guint64 offset, gint64 media_us)
{
  for (gsize i = 0; i < n_records; i++) {
    RecordingRecord record = { records[i], dialect->name, offset, media_us,
      dialect
    };

    if (self->records->len >= MAX_RECORDS) {
      g_clear_error (&self->damage);
      g_set_error (&self->damage, RECORDING_ERROR, RECORDING_ERROR_TOO_LARGE,
          "has more than %d GPS records; the others are left out", MAX_RECORDS);
      return FALSE;
    }
    if ((records[i].fields & GPSRECORD_POSITION) && self->n_fixes++ == 0)
      self->source = dialect->name;
    if ((records[i].fields & GPSRECORD_ENCRYPTED) && self->n_encrypted++ == 0)
      self->encrypted = dialect;
    if ((records[i].fields & GPSRECORD_NO_HEMISPHERE)
        && self->n_no_hemisphere++ == 0)
      self->no_hemisphere = dialect;
    if ((records[i].fields & GPSRECORD_ASSUMED) && self->n_assumed++ == 0)
      self->assumed = dialect;
    spool_add (self->records, &record);
  }
  return TRUE;
}

static void
recording_add_unknown (Recording * self, const Dialect * dialect)
{
  self->n_unknown++;
  if (dialect) {
    self->n_unreadable++;
    self->unreadable = dialect;
  }
}

/* Keeps the first reason why bytes are missing. */
static void
recording_note_damage (Recording * self, gint code)
{
  if (!self->damage)
    g_set_error (&self->damage, G_IO_ERROR, g_io_error_from_errno (code),
        "cannot be read: %s", g_strerror (code));
}

/* Large reads are those of a search from here to the end: the kernel may read
 * further ahead than it does by itself, as for a copy. Small ones go from block
 * to block, where it should not. */
static void
recording_advise (RecordingInput * input, gsize size)
{
  if (input->advised || !input->seekable || size < READ_SIZE)
    return;
  input->advised = TRUE;
  /* where that is not understood, it is slower */
  (void) posix_fadvise (input->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

/* The same as recording_fill(), of what is in memory. */
static gsize
recording_fill_kept (RecordingInput * input, guint64 offset, gsize have,
    gsize size)
{
  gsize n = size - have;

  if (offset >= input->size)
    return have;
  if (n > input->size - offset)
    n = (gsize) (input->size - offset);
  memcpy (input->buffer + have, input->kept + offset, n);
  return have + n;
}

/* Fills the buffer, in which have bytes are, up to size; the bytes that follow
 * are at offset, if the input can seek. Returns how many bytes are there:
 * fewer at the end of the input, which is also that of being stopped, and where
 * it cannot be read. */
static gsize
recording_fill (Recording * self, RecordingInput * input, guint64 offset,
    gsize have, gsize size)
{
  if (input->kept)
    return recording_fill_kept (input, offset, have, size);
  recording_advise (input, size);
  while (have < size && !input->ended) {
    gssize n;

    if (input->seekable ? interrupt_is_set (input->options->stop_fd)
        : !interrupt_wait (input->options->stop_fd, input->fd)) {
      input->ended = TRUE;
      break;
    }
    n = input->seekable
        ? pread (input->fd, input->buffer + have, size - have, (off_t) offset)
        : read (input->fd, input->buffer + have, size - have);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
      continue;
    if (n < 0) {
      recording_note_damage (self, errno);
      input->ended = !input->seekable;
    }
    if (n <= 0)
      break;
    if (input->options->count)
      input->options->count ((guint64) n, input->options->count_data);
    if (!input->seekable)
      self->size += (guint64) n;
    have += (gsize) n;
    offset += (guint64) n;
  }
  return have;
}

/* Takes what was found in a block. Returns FALSE when that was enough. */
static gboolean
recording_take_block (Recording * self, const Mp4GpsBlock * block,
    unsigned events)
{
  if (events & MP4GPS_UNKNOWN)
    recording_add_unknown (self, block->dialect);
  return !(events & MP4GPS_RECORDS) || block->dialect->is_acceleration
      || recording_add (self, block->records, block->n_records, block->dialect,
      block->offset, block->media_us);
}

/* A record whose time is still to be found. */
typedef struct
{
  guint64 offset;
  gint64 media_us;
  guint index;                  /* of the record */
} RecordingPlace;

static gint
recording_compare_offsets (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RecordingPlace *x = a;
  const RecordingPlace *y = b;

  return (x->offset > y->offset) - (x->offset < y->offset);
}

static gint
recording_compare_indexes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RecordingPlace *x = a;
  const RecordingPlace *y = b;

  return (x->index > y->index) - (x->index < y->index);
}

/* The time of the pictures that stand at offset or behind it, or -1. */
static gint64
recording_locate (Recording * self, RecordingInput * input, Mp4Track * video,
    guint64 offset)
{
  Mp4TrackSample sample;
  uint64_t at;
  size_t size;
  Mp4TrackStep step;

  while ((step = mp4track_locate (video, offset, &sample, &at, &size)) ==
      MP4TRACK_READ)
    mp4track_feed (video, input->buffer, at < input->size ?
        recording_fill (self, input, at, 0, size) : 0);
  return step == MP4TRACK_SAMPLE
      ? mp4track_get_shown_us (video, sample.time_us) : -1;
}

/* Blocks between the pictures have no time of their own. */
static void
recording_place (Recording * self, RecordingInput * input, Mp4Track * video)
{
  g_autoptr (Spool) places = spool_new (sizeof (RecordingPlace));

  for (guint i = 0; i < self->records->len; i++) {
    const RecordingRecord *record = spool_get (self->records, i);
    RecordingPlace place = { record->offset, -1, i };

    if (record->media_us < 0)
      spool_add (places, &place);
  }
  spool_sort (places, recording_compare_offsets);
  for (guint i = 0; i < places->len; i++) {
    RecordingPlace *place = spool_edit (places, i);

    place->media_us = recording_locate (self, input, video, place->offset);
  }
  spool_sort (places, recording_compare_indexes);
  for (guint i = 0; i < places->len; i++) {
    const RecordingPlace *place = spool_get (places, i);
    RecordingRecord *record = spool_edit (self->records, place->index);

    record->media_us = place->media_us;
  }
}

static void
recording_read_blocks (Recording * self, RecordingInput * input, Mp4Gps * mp4)
{
  guint64 offset;
  size_t size;

  while (!input->ended && mp4gps_next_read (mp4, &offset, &size)) {
    unsigned events;
    gsize n = 0;

    if (offset < input->size)
      n = recording_fill (self, input, offset, 0, MIN (size, READ_SIZE));
    do {
      events = mp4gps_feed (mp4, input->buffer, n);
      if (!recording_take_block (self, &mp4->block, events))
        return;
    } while (events & MP4GPS_MORE);
  }
}

/* A healthy MP4: a few hundred bytes per fix. */
static void
recording_read_mp4_file (Recording * self, RecordingInput * input)
{
  g_autofree Mp4Gps *mp4 = g_new (Mp4Gps, 1);

  mp4gps_init (mp4, input->size);
  mp4->scan.memory.options = input->options->dialect;
  recording_read_blocks (self, input, mp4);
  self->creation_us = mp4->sources.creation_us;
  if (mp4->sources.has_video)
    recording_place (self, input, &mp4->sources.video);
}

static gboolean
recording_feed_scan (Recording * self, Mp4Scan * scan, const guint8 * data,
    gsize size)
{
  while (size > 0) {
    unsigned events;
    gsize taken = mp4scan_feed (scan, data, size, &events);

    if (!recording_take_block (self, &scan->block, events))
      return FALSE;
    data += taken;
    size -= taken;
  }
  return TRUE;
}

static void
recording_finish_scan (Recording * self, Mp4Scan * scan)
{
  unsigned events;

  while ((events = mp4scan_finish (scan)) != 0) {
    if (!recording_take_block (self, &scan->block, events))
      return;
  }
}

/* In microseconds, or -1. */
static gint64
recording_get_media_time (const TsGps * ts)
{
  gint64 time;

  if (ts->pts == TSGPS_PTS_NONE || ts->first_pcr == TSGPS_PTS_NONE
      || ts->pts < ts->first_pcr)
    return -1;
  time = ts->pts - ts->first_pcr;
  return time / TS_CLOCK * G_USEC_PER_SEC
      + time % TS_CLOCK * G_USEC_PER_SEC / TS_CLOCK;
}

static gboolean
recording_take_pes (Recording * self, const TsGps * ts, unsigned events)
{
  if (events & TSGPS_UNKNOWN)
    recording_add_unknown (self, ts->dialect);
  return !(events & TSGPS_RECORDS)
      || recording_add (self, ts->records, ts->n_records, ts->dialect,
      ts->offset, recording_get_media_time (ts));
}

/* A transport stream, n bytes of which are in the buffer; the others follow at
 * offset. */
static void
recording_read_ts (Recording * self, RecordingInput * input, guint64 offset,
    gsize n)
{
  g_autofree TsGps *ts = g_new (TsGps, 1);
  unsigned events;

  self->container = "MPEG-TS";
  tsgps_init (ts);
  ts->memory.options = input->options->dialect;
  while (n > 0) {
    gsize done = 0;

    while (done < n) {
      done += tsgps_feed (ts, input->buffer + done, n - done, &events);
      if (!recording_take_pes (self, ts, events))
        return;
    }
    n = recording_fill (self, input, offset, 0, READ_SIZE);
    offset += n;
  }
  while ((events = tsgps_finish (ts)) != 0) {
    if (!recording_take_pes (self, ts, events))
      return;
  }
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

/* Whether data begins with at least two packets: a text may begin like one. */
static gboolean
recording_begins_as_ts (const guint8 * data, gsize size)
{
  gsize packet_size = tsgps_probe (data, size);
  gsize at = packet_size == 192 ? 4 : 0;

  return packet_size > 0 && size > at + packet_size && data[at] == TS_SYNC
      && data[at + packet_size] == TS_SYNC;
}

/* Whether packets of a transport stream begin anywhere in data, or, where that
 * is short, with it. */
static gboolean
recording_is_ts (const guint8 * data, gsize size)
{
  if (recording_begins_as_ts (data, size))
    return TRUE;
  for (; size >= TS_SIZE_SURE; data += TSGPS_PACKET_MAX,
      size -= TSGPS_PACKET_MAX) {
    if (tsgps_probe (data, size) != 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
recording_is_empty (const Recording * self)
{
  return self->records->len == 0 && self->n_unknown == 0;
}

/* Reads an MP4 that comes through a pipe to its end, up to KEPT_SIZE bytes, n of
 * which are in the buffer. Returns them, or NULL: it was all, and was read. */
static GByteArray *
recording_keep_stream (Recording * self, RecordingInput * input, gsize n)
{
  g_autoptr (GByteArray) kept = g_byte_array_new ();

  while (n > 0) {
    g_byte_array_append (kept, input->buffer, (guint) n);
    if (kept->len >= KEPT_SIZE)
      return g_steal_pointer (&kept);
    n = recording_fill (self, input, 0, 0, READ_SIZE);
  }
  input->kept = kept->data;
  input->size = kept->len;
  /* being stopped ended the stream, not what came until then */
  input->ended = FALSE;
  recording_read_mp4_file (self, input);
  input->kept = NULL;
  return NULL;
}

/* What came of a stream is at its end. */
static void
recording_end_stream (Recording * self, Mp4Scan * scan, gboolean is_mp4)
{
  recording_finish_scan (self, scan);
  if (is_mp4 || !recording_is_empty (self))
    self->container = "MP4";
  if (scan->stream) {
    self->creation_us = scan->stream->sources.creation_us;
    self->needs_file = scan->stream->needs_file;
  }
}

/* An MP4 from first to last: blocks, boxes, and tracks whose index came
 * first. */
static void
recording_read_mp4_stream (Recording * self, RecordingInput * input, gsize n)
{
  g_autoptr (GByteArray) kept = NULL;
  g_autofree Mp4Scan *scan = NULL;
  g_autofree Mp4Stream *stream = NULL;
  g_autofree guint8 *memory = NULL;

  self->container = "MP4";
  kept = recording_keep_stream (self, input, n);
  if (!kept)
    return;
  scan = g_new (Mp4Scan, 1);
  stream = g_new (Mp4Stream, 1);
  memory = g_malloc (MP4STREAM_MEMORY);
  mp4scan_init (scan, 0);
  scan->memory.options = input->options->dialect;
  mp4stream_init (stream, memory);
  mp4scan_set_stream (scan, stream);
  if (!recording_feed_scan (self, scan, kept->data, kept->len))
    return;
  g_clear_pointer (&kept, g_byte_array_unref);
  while ((n = recording_fill (self, input, 0, 0, READ_SIZE)) > 0) {
    if (!recording_feed_scan (self, scan, input->buffer, n))
      return;
  }
  recording_end_stream (self, scan, TRUE);
}

/* Bytes from first to last: pieces of an MP4, or a transport stream behind lost
 * sectors. n bytes are in the buffer; the others follow at offset. */
static void
recording_read_stream (Recording * self, RecordingInput * input,
    guint64 offset, gsize n)
{
  g_autofree Mp4Scan *scan = g_new (Mp4Scan, 1);

  mp4scan_init (scan, 0);
  scan->memory.options = input->options->dialect;
  while (n > 0) {
    if (recording_is_empty (self) && recording_is_ts (input->buffer, n)) {
      recording_read_ts (self, input, offset, n);
      return;
    }
    if (!recording_feed_scan (self, scan, input->buffer, n))
      return;
    n = recording_fill (self, input, offset, 0, READ_SIZE);
    offset += n;
  }
  recording_end_stream (self, scan, FALSE);
}

/* Reads by what the first bytes look like. Returns FALSE when there are none. */
static gboolean
recording_read_input (Recording * self, RecordingInput * input)
{
  gsize n = recording_fill (self, input, 0, 0, HEAD_SIZE);
  gboolean is_mp4 = recording_is_mp4 (input->buffer, n);

  if (is_mp4 && input->seekable) {
    self->container = "MP4";
    recording_read_mp4_file (self, input);
    return TRUE;
  }
  if (n == HEAD_SIZE)
    n = recording_fill (self, input, n, n, READ_SIZE);
  if (is_mp4)
    recording_read_mp4_stream (self, input, n);
  else
    recording_read_stream (self, input, n, n);
  return n > 0;
}

/* Being stopped is no failure, whatever came until then. */
static gboolean
recording_check (Recording * self, const RecordingInput * input,
    gboolean has_bytes, GError ** error)
{
  if (self->damage && recording_is_empty (self)) {
    g_propagate_error (error, g_steal_pointer (&self->damage));
    return FALSE;
  }
  if (self->container || input->ended)
    return TRUE;
  g_set_error (error, RECORDING_ERROR, RECORDING_ERROR_FORMAT, "%s",
      has_bytes ? "is no recording: neither MP4 or MOV nor MPEG-TS"
      : "is empty");
  return FALSE;
}

/* A file whose size or place says that it is not to be read like one is a
 * stream, such as those of /proc. */
static gboolean
recording_init_input (RecordingInput * input, GError ** error)
{
  struct stat info;
  gint code = 0;

  if (fstat (input->fd, &info) < 0)
    code = errno;
  else if (S_ISDIR (info.st_mode))
    code = EISDIR;
  if (code) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
        "cannot be read: %s", g_strerror (code));
    return FALSE;
  }
  input->seekable = S_ISREG (info.st_mode) && info.st_size > 0
      && lseek (input->fd, 0, SEEK_CUR) == 0;
  input->size = input->seekable ? (guint64) info.st_size : 0;
  return TRUE;
}

Recording *
recording_read (gint fd, const gchar * name, const RecordingOptions * options,
    GError ** error)
{
  g_autoptr (Recording) self = g_new0 (Recording, 1);
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  RecordingInput input = { fd, options, FALSE, FALSE, 0, buffer };
  gboolean has_bytes;

  G_STATIC_ASSERT (MP4GPS_READ_MAX <= READ_SIZE);
  G_STATIC_ASSERT (TS_SIZE_SURE <= HEAD_SIZE);
  self->name = g_strdup (name);
  self->records = spool_new (sizeof (RecordingRecord));
  if (!recording_init_input (&input, error))
    return NULL;
  self->size = input.size;
  has_bytes = recording_read_input (self, &input);
  if (!recording_check (self, &input, has_bytes, error))
    return NULL;
  return g_steal_pointer (&self);
}

gint
recording_open (const gchar * name, GError ** error)
{
  gint fd = open (name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "cannot be opened: %s", g_strerror (errno));
  return fd;
}

gboolean
recording_probe (const gchar * name)
{
  guint8 head[HEAD_SIZE];
  gint fd = recording_open (name, NULL);
  gssize n;

  if (fd < 0)
    return FALSE;
  n = pread (fd, head, sizeof head, 0);
  (void) close (fd);
  return n > 0 && (recording_is_mp4 (head, (gsize) n)
      || recording_is_ts (head, (gsize) n));
}

/* Positions that are there, and cannot be given, or not for sure. */
static void
recording_describe_hidden (const Recording * self, GString * text)
{
  if (self->encrypted)
    g_string_append_printf (text,
        "%spositions are encrypted and %s: %u records of dialect"
        " %s (%s) have time, speed and course alone", text->len ? "; " : "",
        self->encrypted->is_guessed ? "come by a guess, with -d alone" :
        "cannot be decoded", self->n_encrypted, self->encrypted->name,
        self->encrypted->cameras);
  if (self->no_hemisphere)
    g_string_append_printf (text,
        "%sdialect %s (%s) writes no hemisphere: say --quadrant, or %u records"
        " have no position", text->len ? "; " : "", self->no_hemisphere->name,
        self->no_hemisphere->cameras, self->n_no_hemisphere);
  if (self->assumed)
    g_string_append_printf (text,
        "%sdialect %s (%s) blurs positions, and the car drives too little to"
        " tell how: if these %u are elsewhere, say --ligo-fuzz",
        text->len ? "; " : "", self->assumed->name, self->assumed->cameras,
        self->n_assumed);
}

gchar *
recording_describe (const Recording * self)
{
  GString *text = g_string_new (NULL);

  if (self->n_fixes == 0 && self->n_encrypted + self->n_no_hemisphere == 0)
    g_string_append (text, self->needs_file ? "no GPS fixes found; a track "
        "of this recording can be read from a file only, not from a pipe"
        : "no GPS fixes found");
  recording_describe_hidden (self, text);
  if (self->unreadable)
    g_string_append_printf (text,
        "%s%u GPS blocks of dialect %s (%s) cannot be decoded",
        text->len ? "; " : "", self->n_unreadable, self->unreadable->name,
        self->unreadable->cameras);
  if (self->n_unknown > self->n_unreadable)
    g_string_append_printf (text, "%s%u GPS blocks of an unknown dialect",
        text->len ? "; " : "", self->n_unknown - self->n_unreadable);
  if (self->damage)
    g_string_append_printf (text, "%s%s", text->len ? "; " : "",
        self->damage->message);
  return g_string_free (text, text->len == 0);
}
