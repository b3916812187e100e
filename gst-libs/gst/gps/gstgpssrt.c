/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* SubRip: the line of the text format as a subtitle. A fix is shown until the
 * next one comes, and so is written when that has come. */

#include <gst/gps/gstgpsformat-private.h>

/* How long a fix is shown behind which there is none, or a gap, and how far
 * the next one is away when no clock tells. */
#define GST_GPS_SRT_INTERVAL GST_SECOND

/* Clocks that jump farther are set, and tell nothing. Microseconds. */
#define GST_GPS_SRT_MAX_STEP (24 * 3600 * (guint64) G_USEC_PER_SEC)

typedef struct
{
  GByteArray *out;
  GstClockTime position;        /* of the next fix, or GST_CLOCK_TIME_NONE */
  GstClockTime start;           /* of the held one */
  GstGpsFix held;
  guint64 n_fixes;
} GstGpsSrt;

static gpointer
gst_gps_srt_open (GByteArray * out)
{
  GstGpsSrt *self = g_new0 (GstGpsSrt, 1);

  self->out = out;
  self->position = GST_CLOCK_TIME_NONE;
  return self;
}

static void
gst_gps_srt_begin (gpointer state, const GstGpsTrackInfo * info)
{
}

static void
gst_gps_srt_set_position (gpointer state, GstClockTime position)
{
  GstGpsSrt *self = state;

  self->position = position;
}

static void
gst_gps_srt_append_time (GString * cue, GstClockTime time)
{
  g_string_append_printf (cue, "%02" G_GUINT64_FORMAT ":%02u:%02u,%03u",
      time / (3600 * GST_SECOND), (guint) (time / (60 * GST_SECOND) % 60),
      (guint) (time / GST_SECOND % 60), (guint) (time / GST_MSECOND % 1000));
}

static void
gst_gps_srt_write_held (GstGpsSrt * self, GstClockTime end)
{
  g_autoptr (GString) cue = g_string_new (NULL);

  if (self->n_fixes == 0)
    return;
  g_string_append_printf (cue, "%" G_GUINT64_FORMAT "\n", self->n_fixes);
  gst_gps_srt_append_time (cue, self->start);
  g_string_append (cue, " --> ");
  gst_gps_srt_append_time (cue, end);
  g_string_append_c (cue, '\n');
  gst_gps_text_append_line (cue, &self->held);
  g_string_append_c (cue, '\n');
  g_byte_array_append (self->out, (const guint8 *) cue->str, cue->len);
}

/* Not before the start of the held one. */
static GstClockTime
gst_gps_srt_place (GstGpsSrt * self, const GstGpsFix * fix)
{
  /* right where fix is the later one, however far */
  guint64 step = (guint64) fix->time - (guint64) self->held.time;

  if (GST_CLOCK_TIME_IS_VALID (self->position))
    return MAX (self->position, self->start);
  if (self->n_fixes == 0)
    return 0;
  if (fix->time_kind != self->held.time_kind
      || fix->time_kind == GST_GPS_TIME_KIND_NONE
      || fix->time <= self->held.time || step > GST_GPS_SRT_MAX_STEP)
    return self->start + GST_GPS_SRT_INTERVAL;
  return self->start + step * GST_USECOND;
}

static void
gst_gps_srt_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  GstGpsSrt *self = state;
  GstClockTime start = gst_gps_srt_place (self, fix);

  gst_gps_srt_write_held (self, new_segment
      ? MIN (start, self->start + GST_GPS_SRT_INTERVAL) : start);
  self->held = *fix;
  self->start = start;
  self->n_fixes++;
}

static void
gst_gps_srt_end (gpointer state)
{
  GstGpsSrt *self = state;

  gst_gps_srt_write_held (self, self->start + GST_GPS_SRT_INTERVAL);
}

static void
gst_gps_srt_close (gpointer state)
{
  g_free (state);
}

const GstGpsFormatFunctions gst_gps_srt_functions = {
  .caps = "application/x-subtitle",
  .takes_encrypted = TRUE,
  .open = gst_gps_srt_open,
  .begin = gst_gps_srt_begin,
  .set_position = gst_gps_srt_set_position,
  .add = gst_gps_srt_add,
  .end = gst_gps_srt_end,
  .close = gst_gps_srt_close,
};
