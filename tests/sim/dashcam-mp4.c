/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-mp4.h"

#include <gst/gst.h>
#include <string.h>

#define SECONDS_1904_TO_1970 2082844800
#define BOX(a) GST_MAKE_FOURCC (a[3], a[2], a[1], a[0])

typedef struct
{
  gsize start;                  /* of the size word */
  gsize end;
} DashcamMp4Box;

typedef struct
{
  gsize position;               /* in the media as they were */
  gsize shift;                  /* of all that is there or behind */
} DashcamMp4Shift;

typedef struct
{
  GBytes *file;
  const guint8 *in;
  gsize size;
  DashcamMp4Box mdat, moov;
  GArray *chunk_offsets;        /* of the video track: gsize */
  GArray *chunk_starts;         /* the same chunks: gdouble, seconds */
  const DashcamScript *script;
  GPtrArray *blocks;
  guint alignment;
  gint64 time;
  GByteArray *out;
  GArray *shifts;
  GByteArray *index;
} DashcamMp4;

static guint32
dashcam_mp4_load (const guint8 * bytes)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);
  return GUINT32_FROM_BE (word);
}

static void
dashcam_mp4_store (guint8 * bytes, guint32 word)
{
  word = GUINT32_TO_BE (word);
  memcpy (bytes, &word, sizeof word);
}

/* The first box of that type among those from start to end. */
static gboolean
dashcam_mp4_find (const guint8 * data, gsize start, gsize end, guint32 type,
    DashcamMp4Box * ret_box)
{
  while (end - start >= 8) {
    const guint32 size = dashcam_mp4_load (data + start);

    if (size < 8 || size > end - start)
      return FALSE;
    if (dashcam_mp4_load (data + start + 4) == type) {
      ret_box->start = start;
      ret_box->end = start + size;
      return TRUE;
    }
    start += size;
  }
  return FALSE;
}

/* The box at the end of a path of types. */
static gboolean
dashcam_mp4_descend (DashcamMp4 * self, const DashcamMp4Box * parent,
    const gchar * path, DashcamMp4Box * ret_box)
{
  DashcamMp4Box box = *parent;

  for (; *path != '\0'; path += 4) {
    if (!dashcam_mp4_find (self->in, box.start + 8, box.end, BOX (path), &box))
      return FALSE;
  }
  *ret_box = box;
  return TRUE;
}

static guint32
dashcam_mp4_word (DashcamMp4 * self, const DashcamMp4Box * box, gsize offset)
{
  if (offset > box->end - box->start - 4)
    return 0;
  return dashcam_mp4_load (self->in + box->start + offset);
}

/* Samples of chunk number, from 1 on, by the sample-to-chunk box. */
static guint32
dashcam_mp4_chunk_samples (DashcamMp4 * self, const DashcamMp4Box * stsc,
    guint32 number)
{
  const guint32 n_entries = dashcam_mp4_word (self, stsc, 12);
  guint32 n_samples = 0;

  for (guint32 i = 0; i < n_entries; i++) {
    if (dashcam_mp4_word (self, stsc, 16 + 12 * i) <= number)
      n_samples = dashcam_mp4_word (self, stsc, 20 + 12 * i);
  }
  return n_samples;
}

/* Offsets and times of the video chunks. All frames last as long as the first,
 * as those of a test source do. */
static gboolean
dashcam_mp4_read_video (DashcamMp4 * self, const DashcamMp4Box * trak)
{
  DashcamMp4Box mdhd, stts, stsc, stco;
  guint32 n_chunks, timescale, duration;
  guint64 n_samples = 0;

  if (!dashcam_mp4_descend (self, trak, "mdiamdhd", &mdhd)
      || !dashcam_mp4_descend (self, trak, "mdiaminfstblstts", &stts)
      || !dashcam_mp4_descend (self, trak, "mdiaminfstblstsc", &stsc)
      || !dashcam_mp4_descend (self, trak, "mdiaminfstblstco", &stco))
    return FALSE;

  timescale = dashcam_mp4_word (self, &mdhd, 20);
  duration = dashcam_mp4_word (self, &stts, 20);
  n_chunks = dashcam_mp4_word (self, &stco, 12);
  for (guint32 i = 0; i < n_chunks && timescale > 0; i++) {
    const gsize offset = dashcam_mp4_word (self, &stco, 16 + 4 * i);
    const gdouble start =
        (gdouble) (n_samples * duration) / (gdouble) timescale;

    g_array_append_val (self->chunk_offsets, offset);
    g_array_append_val (self->chunk_starts, start);
    n_samples += dashcam_mp4_chunk_samples (self, &stsc, i + 1);
  }
  return self->chunk_offsets->len > 0;
}

static gboolean
dashcam_mp4_read (DashcamMp4 * self)
{
  DashcamMp4Box trak, hdlr;
  gsize start;

  if (!dashcam_mp4_find (self->in, 0, self->size, BOX ("mdat"), &self->mdat)
      || !dashcam_mp4_find (self->in, 0, self->size, BOX ("moov"), &self->moov)
      || self->moov.start != self->mdat.end || self->moov.end != self->size)
    return FALSE;

  for (start = self->moov.start + 8;
      dashcam_mp4_find (self->in, start, self->moov.end, BOX ("trak"), &trak);
      start = trak.end) {
    if (dashcam_mp4_descend (self, &trak, "mdiahdlr", &hdlr)
        && dashcam_mp4_word (self, &hdlr, 16) == BOX ("vide"))
      return dashcam_mp4_read_video (self, &trak);
  }
  return FALSE;
}

/* Where the block of a second goes, in the file as it was. */
static gsize
dashcam_mp4_place (DashcamMp4 * self, guint second)
{
  for (guint i = 0; i < self->chunk_starts->len; i++) {
    if (g_array_index (self->chunk_starts, gdouble, i) > second - 0.001)
      return g_array_index (self->chunk_offsets, gsize, i);
  }
  return self->mdat.end;
}

static void
dashcam_mp4_put_zeros (DashcamMp4 * self, gsize n)
{
  const guint len = self->out->len;

  g_byte_array_set_size (self->out, len + (guint) n);
  memset (self->out->data + len, 0, n);
}

static void
dashcam_mp4_put_word (GByteArray * out, guint32 value)
{
  const guint32 word = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &word, sizeof word);
}

static void
dashcam_mp4_put_second (DashcamMp4 * self, guint second)
{
  const DashcamSecond *what = &self->script->seconds[second];
  const GByteArray *block = g_ptr_array_index (self->blocks, second);
  const gsize n_kept = MIN (what->cut, block->len);

  for (gsize i = 0; i < what->junk; i++) {
    const guint8 byte = (guint8) (i * 37 + 11);

    g_byte_array_append (self->out, &byte, 1);
  }
  for (guint copy = 0; copy < what->copies; copy++) {
    dashcam_mp4_put_zeros (self,
        (self->alignment - self->out->len % self->alignment)
        % self->alignment);
    dashcam_mp4_put_word (self->index, self->out->len);
    dashcam_mp4_put_word (self->index, block->len);
    g_byte_array_append (self->out, block->data, (guint) n_kept);
    dashcam_mp4_put_zeros (self, block->len - n_kept);
  }
}

/* The media with the blocks between them, and behind them the moov as it
 * was. */
static void
dashcam_mp4_put_media (DashcamMp4 * self)
{
  gsize done = 0;

  for (guint second = 0; second < self->script->n_seconds; second++) {
    const gsize place = dashcam_mp4_place (self, second);
    DashcamMp4Shift shift = { place, 0 };

    g_byte_array_append (self->out, self->in + done, (guint) (place - done));
    done = place;
    dashcam_mp4_put_second (self, second);
    shift.shift = self->out->len - done;
    g_array_append_val (self->shifts, shift);
  }
  g_byte_array_append (self->out, self->in + done, (guint) (self->size - done));
}

static gsize
dashcam_mp4_shift_of (DashcamMp4 * self, gsize position)
{
  gsize shift = 0;

  for (guint i = 0; i < self->shifts->len; i++) {
    const DashcamMp4Shift *s =
        &g_array_index (self->shifts, DashcamMp4Shift, i);

    if (s->position <= position)
      shift = s->shift;
  }
  return shift;
}

/* Makes the chunk offsets and times of all boxes from start to end right. */
static void
dashcam_mp4_fix_boxes (DashcamMp4 * self, gsize start, gsize end)
{
  guint8 *data = self->out->data;

  while (end - start >= 16) {
    const guint32 size = dashcam_mp4_load (data + start);
    const guint32 type = dashcam_mp4_load (data + start + 4);

    if (size < 16 || size > end - start)
      return;
    if (type == BOX ("trak") || type == BOX ("mdia") || type == BOX ("minf")
        || type == BOX ("stbl")) {
      dashcam_mp4_fix_boxes (self, start + 8, start + size);
    } else if (type == BOX ("stco")) {
      for (guint32 i = 16; i + 4 <= size; i += 4) {
        const guint32 offset = dashcam_mp4_load (data + start + i);

        dashcam_mp4_store (data + start + i,
            offset + (guint32) dashcam_mp4_shift_of (self, offset));
      }
    } else if (type == BOX ("mvhd") || type == BOX ("tkhd")
        || type == BOX ("mdhd")) {
      const guint32 time = (guint32) (self->time + SECONDS_1904_TO_1970);

      dashcam_mp4_store (data + start + 12, time);
      dashcam_mp4_store (data + start + 16, time);
    } else if (type == BOX ("udta")) {
      /* No camera says which encoder GStreamer used; and exiftool does not
       * read the index behind such a box. */
      dashcam_mp4_store (data + start + 4, BOX ("free"));
      memset (data + start + 8, 0, size - 8);
    }
    start += size;
  }
}

static void
dashcam_mp4_grow_box (DashcamMp4 * self, gsize start, gsize by)
{
  guint8 *word = self->out->data + start;

  dashcam_mp4_store (word, dashcam_mp4_load (word) + (guint32) by);
}

static void
dashcam_mp4_put_index (DashcamMp4 * self)
{
  const guint32 size = 16 + self->index->len;

  dashcam_mp4_put_word (self->out, size);
  g_byte_array_append (self->out, (const guint8 *) "gps ", 4);
  dashcam_mp4_put_word (self->out, 0x0101);
  dashcam_mp4_put_word (self->out, self->index->len / 8);
  g_byte_array_append (self->out, self->index->data, self->index->len);
}

GByteArray *
dashcam_mp4_insert (GBytes * file, const DashcamScript * script,
    GPtrArray * blocks, guint alignment, gint64 time, GError ** error)
{
  DashcamMp4 self = { file };

  self.in = g_bytes_get_data (file, &self.size);
  self.chunk_offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self.chunk_starts = g_array_new (FALSE, FALSE, sizeof (gdouble));
  self.shifts = g_array_new (FALSE, FALSE, sizeof (DashcamMp4Shift));
  self.index = g_byte_array_new ();
  self.script = script;
  self.blocks = blocks;
  self.alignment = alignment;
  self.time = time;

  if (dashcam_mp4_read (&self)) {
    gsize grown, moov;

    self.out = g_byte_array_new ();
    dashcam_mp4_put_media (&self);
    grown = self.out->len - self.size;
    moov = self.moov.start + grown;
    dashcam_mp4_fix_boxes (&self, moov + 8, self.out->len);
    dashcam_mp4_grow_box (&self, self.mdat.start, grown);
    dashcam_mp4_grow_box (&self, moov, 16 + self.index->len);
    dashcam_mp4_put_index (&self);
  } else {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        "The media are not laid out as ftyp, mdat, moov");
  }

  g_array_unref (self.chunk_offsets);
  g_array_unref (self.chunk_starts);
  g_array_unref (self.shifts);
  g_byte_array_unref (self.index);
  return self.out;
}
