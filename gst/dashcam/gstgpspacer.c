/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpspacer.h"

#include "gstgpsseek.h"

/* How long a sparse stream may stay silent before it says that it lives. */
#define GAP_INTERVAL (500 * GST_MSECOND)

struct _GstGpsPacer
{
  /* set in new */
  GstGpsTrack *track;
  GstGpsNews *news;             /* NULL for accelerations */
  const GstGpsSettings *settings;

  GstGpsPad *pad;               /* NULL: nothing to do */
  GstStream *stream;            /* what it gives */
  GstStreamCollection *collection;      /* that this belongs to, or NULL */
  gboolean has_group;           /* the media have begun */
  guint group_id;
  gboolean begun;               /* STREAM_START is queued */
  gboolean ended;               /* EOS is queued */
  gboolean flushing;            /* what the media say is still of before, and ignored */
  gboolean seeking;             /* the next segment comes from a seek */
  gboolean limited;             /* the last seek told where to stop */
  gboolean in_seek;             /* one of our own is under way */
  gboolean was_ended;           /* before it */
  gboolean end_due;             /* the end came meanwhile */
  gboolean moved;               /* the place in the track is to be found */
  guint32 seqnum;               /* of the last seek of our own */
  GstEvent *segment_event;      /* NULL: none yet, or none since a flush */
  GstSegment segment;
  GstClockTime now;             /* media time to which the media have come, or NONE */
  GstClockTime last;            /* of the last fix or gap queued, or NONE */
  GstClockTime end;             /* see gst_gps_pacer_get_end() */
  gboolean has_held;
  GstGpsTrackEntry held;        /* the latest fix before the segment's start */
};

GstGpsPacer *
gst_gps_pacer_new (GstGpsTrack * track, GstGpsNews * news,
    const GstGpsSettings * settings)
{
  GstGpsPacer *self = g_new0 (GstGpsPacer, 1);

  self->track = track;
  self->news = news;
  self->settings = settings;
  return self;
}

void
gst_gps_pacer_free (GstGpsPacer * self)
{
  gst_clear_object (&self->pad);
  gst_clear_object (&self->stream);
  gst_clear_object (&self->collection);
  gst_clear_event (&self->segment_event);
  g_free (self);
}

void
gst_gps_pacer_clear (GstGpsPacer * self)
{
  gst_clear_event (&self->segment_event);
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  self->has_group = FALSE;
  self->begun = FALSE;
  self->ended = FALSE;
  self->flushing = FALSE;
  self->seeking = FALSE;
  self->limited = FALSE;
  self->in_seek = FALSE;
  self->end_due = FALSE;
  self->moved = FALSE;
  self->has_held = FALSE;
  self->seqnum = GST_SEQNUM_INVALID;
  self->now = GST_CLOCK_TIME_NONE;
  self->last = GST_CLOCK_TIME_NONE;
  self->end = GST_CLOCK_TIME_NONE;
}

GstGpsPad *
gst_gps_pacer_get_pad (GstGpsPacer * self)
{
  return self->pad;
}

static gboolean
gst_gps_pacer_is_open (GstGpsPacer * self)
{
  return self->pad && self->segment_event && !self->ended;
}

static void
gst_gps_pacer_queue_fix (GstGpsPacer * self, const GstGpsTrackEntry * entry,
    GstClockTime time, unsigned events)
{
  GstTagList *tags = NULL;
  GstGpsFix fix;

  gst_gps_track_make_fix (self->track, entry, &fix);
  if (self->news)
    tags = gst_gps_news_take_tags (self->news, &fix, time);
  if (tags)
    gst_gps_pad_queue_event (self->pad, gst_event_new_tag (tags));
  gst_gps_pad_queue_fix (self->pad, &fix, time,
      (events & GPSCLEAN_SEGMENT) != 0, (events & GPSCLEAN_REPLACE) != 0);
  self->last = time;
}

static void
gst_gps_pacer_queue_held (GstGpsPacer * self)
{
  if (self->has_held)
    gst_gps_pacer_queue_fix (self, &self->held, self->segment.start,
        GPSCLEAN_SEGMENT);
  self->has_held = FALSE;
}

/* Of what comes before the segment's start only the last is told, at the
 * start, so that an overlay is never without. */
static void
gst_gps_pacer_take_fix (GstGpsPacer * self, const GstGpsTrackEntry * entry,
    unsigned events)
{
  GstClockTime time = entry->time;

  if (time < self->segment.start) {
    self->held = *entry;
    self->has_held = self->settings->resend_last;
    return;
  }
  gst_gps_pacer_queue_held (self);
  if (self->limited && time > self->segment.stop)
    return;
  /* Never back behind a gap that was told: a fix's time is that of the frame
   * read before it, and frames leave out of order. */
  if (GST_CLOCK_TIME_IS_VALID (self->last) && time < self->last)
    time = self->last;
  gst_gps_pacer_queue_fix (self, entry, time, events);
}

/* Backwards the frames of a group go forward: its first tells how far the
 * fixes go. */
static void
gst_gps_pacer_queue_backwards (GstGpsPacer * self, guint64 reach)
{
  GstGpsTrackEntry entry;

  if (self->moved)
    gst_gps_track_seek_back (self->track, self->segment.stop, reach);
  self->moved = FALSE;
  while (gst_gps_track_previous (self->track, self->now, &entry))
    gst_gps_pacer_queue_fix (self, &entry, MAX (entry.time,
            self->segment.start), GPSCLEAN_SEGMENT);
}

/* Queues what is due. */
static void
gst_gps_pacer_queue_due (GstGpsPacer * self, guint64 reach)
{
  GstGpsTrackEntry entry;
  unsigned events;

  if (!gst_gps_pacer_is_open (self))
    return;
  if (self->segment.rate < 0.0) {
    if (GST_CLOCK_TIME_IS_VALID (self->now))
      gst_gps_pacer_queue_backwards (self, reach);
    return;
  }
  if (self->moved)
    gst_gps_track_seek (self->track, self->segment.start, reach);
  self->moved = FALSE;
  while (gst_gps_track_next (self->track, self->now, reach, &entry, &events))
    gst_gps_pacer_take_fix (self, &entry, events);
  if (GST_CLOCK_TIME_IS_VALID (self->now) && self->now >= self->segment.start)
    gst_gps_pacer_queue_held (self);
}

/* What comes before the segment's start counts as its start: a sink that waits
 * for this stream may be what keeps the media from getting there. */
static void
gst_gps_pacer_queue_gap (GstGpsPacer * self)
{
  GstClockTime time = MAX (self->now, self->segment.start);

  if (!gst_gps_pacer_is_open (self) || self->segment.rate < 0.0)
    return;
  if (GST_CLOCK_TIME_IS_VALID (self->last)
      && time < self->last + GAP_INTERVAL)
    return;
  gst_gps_pad_queue_event (self->pad, gst_event_new_gap (time,
          GST_CLOCK_TIME_NONE));
  self->last = time;
}

static void
gst_gps_pacer_begin (GstGpsPacer * self)
{
  GstEvent *event;

  if (self->begun || !self->pad)
    return;
  self->begun = TRUE;
  event = gst_event_new_stream_start (gst_stream_get_stream_id (self->stream));
  gst_event_set_group_id (event, self->group_id);
  gst_event_set_stream_flags (event, gst_stream_get_stream_flags
      (self->stream));
  gst_event_set_stream (event, self->stream);
  gst_gps_pad_queue_event (self->pad, event);
  if (self->collection)
    gst_gps_pad_queue_event (self->pad, gst_event_new_stream_collection
        (self->collection));
}

static gboolean
gst_gps_pacer_is_same (GstGpsPacer * self, const GstSegment * segment)
{
  const GstSegment *own = &self->segment;

  return self->segment_event && own->rate == segment->rate
      && own->format == segment->format && own->base == segment->base
      && own->start == segment->start && own->stop == segment->stop
      && own->time == segment->time;
}

void
gst_gps_pacer_set_segment (GstGpsPacer * self, GstEvent * event)
{
  GstSegment segment;

  gst_event_copy_segment (event, &segment);
  if (self->flushing || event == self->segment_event
      || (!self->seeking && gst_gps_pacer_is_same (self, &segment)))
    return;
  gst_event_replace (&self->segment_event, event);
  self->segment = segment;
  self->moved |= self->seeking;
  self->has_held &= !self->moved;
  self->seeking = FALSE;
  self->now = GST_CLOCK_TIME_NONE;
  self->last = GST_CLOCK_TIME_NONE;
  if (gst_gps_pacer_is_open (self))
    gst_gps_pad_queue_event (self->pad, gst_event_ref (event));
}

void
gst_gps_pacer_finish (GstGpsPacer * self, guint64 reach)
{
  self->end_due = self->in_seek;
  if (!self->pad || self->ended || self->in_seek || self->flushing)
    return;
  if (!self->segment_event) {
    g_autoptr (GstEvent) event = NULL;

    gst_segment_init (&self->segment, GST_FORMAT_TIME);
    event = gst_event_new_segment (&self->segment);
    gst_gps_pacer_set_segment (self, event);
  }
  self->now = GST_CLOCK_TIME_NONE;
  gst_gps_pacer_queue_due (self, self->limited ? reach : G_MAXUINT64);
  if (self->segment.rate > 0.0)
    gst_gps_pacer_queue_held (self);
  self->ended = TRUE;
  self->end = gst_gps_track_get_end (self->track);
  gst_gps_pad_queue_event (self->pad, gst_event_new_eos ());
}

void
gst_gps_pacer_set_pad (GstGpsPacer * self, GstGpsPad * pad, GstStream * stream)
{
  gst_object_replace ((GstObject **) & self->pad, GST_OBJECT (pad));
  gst_object_replace ((GstObject **) & self->stream, GST_OBJECT (stream));
  gst_clear_object (&self->collection);
  if (pad && self->has_group) {
    gst_gps_pacer_begin (self);
    if (gst_gps_pacer_is_open (self))
      gst_gps_pad_queue_event (pad, gst_event_ref (self->segment_event));
  }
}

void
gst_gps_pacer_set_collection (GstGpsPacer * self,
    GstStreamCollection * collection)
{
  if (gst_object_replace ((GstObject **) & self->collection,
          GST_OBJECT (collection)) && self->begun && self->pad)
    gst_gps_pad_queue_event (self->pad,
        gst_event_new_stream_collection (collection));
}

gboolean
gst_gps_pacer_has_group (GstGpsPacer * self)
{
  return self->has_group;
}

void
gst_gps_pacer_join (GstGpsPacer * self, guint group_id)
{
  self->group_id = group_id;
  self->has_group = TRUE;
  gst_gps_pacer_begin (self);
}

gboolean
gst_gps_pacer_has_segment (GstGpsPacer * self)
{
  return self->segment_event != NULL;
}

void
gst_gps_pacer_advance (GstGpsPacer * self, GstClockTime time, guint64 reach)
{
  /* Frames leave in decoding order: the furthest time is what counts. */
  if (!GST_CLOCK_TIME_IS_VALID (self->now)
      || (self->segment.rate < 0.0 ? time < self->now : time > self->now))
    self->now = time;
  gst_gps_pacer_queue_due (self, reach);
  gst_gps_pacer_queue_gap (self);
}

void
gst_gps_pacer_release (GstGpsPacer * self, guint64 reach)
{
  gst_gps_track_place (self->track, reach);
  gst_gps_pacer_queue_due (self, reach);
}

GstClockTime
gst_gps_pacer_get_end (GstGpsPacer * self)
{
  return self->end;
}

gboolean
gst_gps_pacer_will_end (GstGpsPacer * self)
{
  return self->pad && !self->ended && !self->in_seek && !self->flushing;
}

void
gst_gps_pacer_set_flushing (GstGpsPacer * self, gboolean flushing)
{
  self->flushing = flushing;
  gst_clear_event (&self->segment_event);
  self->ended = FALSE;
  self->seeking = TRUE;
}

void
gst_gps_pacer_expect_seek (GstGpsPacer * self, GstEvent * seek)
{
  GstSeekType stop_type;
  gint64 stop;

  gst_event_parse_seek (seek, NULL, NULL, NULL, NULL, NULL, &stop_type, &stop);
  if (stop_type != GST_SEEK_TYPE_NONE)
    self->limited = stop_type == GST_SEEK_TYPE_END || stop != -1;
  self->seeking = TRUE;
}

gboolean
gst_gps_pacer_begin_seek (GstGpsPacer * self, GstEvent * seek,
    GstSegment * ret_segment, gboolean * ret_ok)
{
  gboolean is_new = gst_event_get_seqnum (seek) != self->seqnum;

  *ret_segment = self->segment;
  *ret_ok = !is_new || gst_gps_seek_move_segment (ret_segment, seek);
  if (!is_new || !*ret_ok)
    return FALSE;
  self->seqnum = gst_event_get_seqnum (seek);
  self->in_seek = TRUE;
  self->was_ended = self->ended;
  gst_gps_pacer_expect_seek (self, seek);
  return TRUE;
}

void
gst_gps_pacer_end_seek (GstGpsPacer * self, GstEvent * segment)
{
  self->in_seek = FALSE;
  gst_gps_pacer_set_segment (self, segment);
  if (self->was_ended || self->end_due)
    gst_gps_pacer_finish (self, G_MAXUINT64);
}
