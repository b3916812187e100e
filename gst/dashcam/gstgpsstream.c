/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsstream.h"

#include <gst/gps/gstgpsfix-private.h>

#include "gstgpstrack.h"

/* How long a sparse stream may stay silent before it says that it lives. */
#define GAP_INTERVAL (500 * GST_MSECOND)

struct _GstGpsStream
{
  GMutex lock;                  /* guards all, and so the order of what is queued */
  GstGpsPad *pad;               /* NULL: nothing to do */
  GstGpsTrack *track;
  GstGpsClock clock;
  gint64 time_offset;
  gboolean begun;               /* STREAM_START is queued */
  gboolean ended;               /* EOS is queued */
  gboolean resend;              /* the fix that holds at the segment's start is due */
  GstSegment segment;
  GstClockTime now;             /* media time that has gone out, or NONE */
  GstClockTime last;            /* of the last fix or gap queued, or NONE */
};

GstGpsStream *
gst_gps_stream_new (void)
{
  GstGpsStream *self = g_new0 (GstGpsStream, 1);

  g_mutex_init (&self->lock);
  self->track = gst_gps_track_new ();
  return self;
}

void
gst_gps_stream_free (GstGpsStream * self)
{
  gst_clear_object (&self->pad);
  gst_gps_track_free (self->track);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gst_gps_stream_reset (GstGpsStream * self, GstClockTime gap)
{
  g_mutex_lock (&self->lock);
  gst_gps_track_clear (self->track, gap);
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  self->begun = FALSE;
  self->ended = FALSE;
  self->resend = FALSE;
  self->now = GST_CLOCK_TIME_NONE;
  self->last = GST_CLOCK_TIME_NONE;
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_set_clock (GstGpsStream * self, GstGpsClock clock, gint64 offset)
{
  g_mutex_lock (&self->lock);
  self->clock = clock;
  self->time_offset = offset;
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_set_pad (GstGpsStream * self, GstGpsPad * pad)
{
  g_mutex_lock (&self->lock);
  gst_object_replace ((GstObject **) & self->pad, GST_OBJECT (pad));
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_found (GstGpsStream * self, guint64 offset, guint index,
    GstClockTime time, const Dialect * dialect, const GpsRecord * record)
{
  GstGpsTrackEntry entry = { 0, };

  entry.offset = offset;
  entry.index = index;
  entry.time = time;
  entry.source = dialect->name;
  entry.record = *record;
  g_mutex_lock (&self->lock);
  gst_gps_track_insert (self->track, &entry);
  g_mutex_unlock (&self->lock);
}

gboolean
gst_gps_stream_has_fix (GstGpsStream * self)
{
  gboolean has_fix;

  g_mutex_lock (&self->lock);
  has_fix = gst_gps_track_has_fix (self->track);
  g_mutex_unlock (&self->lock);
  return has_fix;
}

/* The functions that follow, up to the next of the header, need the lock. */

static gboolean
gst_gps_stream_is_open (GstGpsStream * self)
{
  return self->pad && self->begun && !self->ended;
}

static void
gst_gps_stream_queue_entry (GstGpsStream * self,
    const GstGpsTrackEntry * entry, unsigned events)
{
  GstClockTime time;
  GstGpsFix fix;

  gst_gps_fix_init_from_record (&fix, &entry->record, entry->source);
  if (fix.time_kind != GST_GPS_TIME_KIND_NONE) {
    fix.time += self->time_offset * G_USEC_PER_SEC;
    if (self->clock == GST_GPS_CLOCK_UTC)
      fix.time_kind = GST_GPS_TIME_KIND_UTC;
    else if (self->clock == GST_GPS_CLOCK_LOCAL)
      fix.time_kind = GST_GPS_TIME_KIND_LOCAL;
  }
  /* Never back behind a gap that was told: a fix's time is that of the frame
   * read before it, and frames leave out of order. */
  time = entry->time;
  if (GST_CLOCK_TIME_IS_VALID (self->last) && time < self->last)
    time = self->last;
  gst_gps_pad_queue_fix (self->pad, &fix, time,
      (events & GPSCLEAN_SEGMENT) != 0, (events & GPSCLEAN_REPLACE) != 0);
  self->last = time;
}

/* Queues what is due. */
static void
gst_gps_stream_queue_due (GstGpsStream * self, guint64 reach)
{
  GstGpsTrackEntry entry;
  unsigned events;

  if (!gst_gps_stream_is_open (self))
    return;
  if (self->resend) {
    self->resend = FALSE;
    if (gst_gps_track_seek (self->track, self->segment.start, reach, &entry)) {
      entry.time = self->segment.start;
      gst_gps_stream_queue_entry (self, &entry, GPSCLEAN_SEGMENT);
    }
  }
  while (gst_gps_track_next (self->track, self->now, reach, &entry, &events))
    gst_gps_stream_queue_entry (self, &entry, events);
}

static void
gst_gps_stream_queue_gap (GstGpsStream * self)
{
  if (!gst_gps_stream_is_open (self))
    return;
  if (GST_CLOCK_TIME_IS_VALID (self->last)
      && self->now < self->last + GAP_INTERVAL)
    return;
  gst_gps_pad_queue_event (self->pad, gst_event_new_gap (self->now,
          GST_CLOCK_TIME_NONE));
  self->last = self->now;
}

static void
gst_gps_stream_begin (GstGpsStream * self, GstEvent * media_start)
{
  g_autoptr (GstElement) parent = gst_pad_get_parent_element (GST_PAD
      (self->pad));
  g_autofree gchar *stream_id = NULL;
  GstEvent *event;
  guint group_id;

  if (self->begun || !parent)
    return;
  self->begun = TRUE;
  if (!media_start || !gst_event_parse_group_id (media_start, &group_id))
    group_id = gst_util_group_id_next ();
  stream_id = gst_pad_create_stream_id (GST_PAD (self->pad), parent,
      GST_OBJECT_NAME (self->pad));
  event = gst_event_new_stream_start (stream_id);
  gst_event_set_group_id (event, group_id);
  gst_event_set_stream_flags (event, GST_STREAM_FLAG_SPARSE
      | GST_STREAM_FLAG_UNSELECT);
  gst_gps_pad_queue_event (self->pad, event);
}

static void
gst_gps_stream_set_segment (GstGpsStream * self, GstEvent * event)
{
  gst_event_copy_segment (event, &self->segment);
  self->now = GST_CLOCK_TIME_NONE;
  self->last = GST_CLOCK_TIME_NONE;
  if (gst_gps_stream_is_open (self))
    gst_gps_pad_queue_event (self->pad, gst_event_ref (event));
}

static void
gst_gps_stream_finish (GstGpsStream * self)
{
  if (!gst_gps_stream_is_open (self))
    return;
  self->now = GST_CLOCK_TIME_NONE;
  gst_gps_stream_queue_due (self, G_MAXUINT64);
  self->ended = TRUE;
  gst_gps_pad_queue_event (self->pad, gst_event_new_eos ());
}

void
gst_gps_stream_segment (GstGpsStream * self, GstEvent * segment,
    GstEvent * media_start)
{
  g_mutex_lock (&self->lock);
  if (self->pad)
    gst_gps_stream_begin (self, media_start);
  gst_gps_stream_set_segment (self, segment);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_advance (GstGpsStream * self, GstClockTime time, guint64 reach)
{
  g_mutex_lock (&self->lock);
  /* Frames leave in decoding order: the latest time is what counts. */
  if (!GST_CLOCK_TIME_IS_VALID (self->now) || time > self->now)
    self->now = time;
  gst_gps_stream_queue_due (self, reach);
  gst_gps_stream_queue_gap (self);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_release (GstGpsStream * self)
{
  g_mutex_lock (&self->lock);
  gst_gps_stream_queue_due (self, G_MAXUINT64);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_end (GstGpsStream * self)
{
  g_mutex_lock (&self->lock);
  gst_gps_stream_finish (self);
  g_mutex_unlock (&self->lock);
}

/* The lock must not be taken for FLUSH_START: who holds it may be waiting for
 * room in the pad's queue. */
void
gst_gps_stream_flush (GstGpsStream * self, GstEvent * event)
{
  gst_gps_pad_flush (self->pad, gst_event_ref (event));
  if (GST_EVENT_TYPE (event) != GST_EVENT_FLUSH_STOP)
    return;
  g_mutex_lock (&self->lock);
  self->ended = FALSE;
  self->resend = TRUE;
  g_mutex_unlock (&self->lock);
}

/* A flush event of the seek's own. */
static void
gst_gps_stream_push_flush (GstGpsStream * self, GstEvent * event,
    GstEvent * seek)
{
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_pad_flush (self->pad, event);
}

gboolean
gst_gps_stream_seek (GstGpsStream * self, GstEvent * seek)
{
  GstSeekFlags flags;
  GstSeekType start_type, stop_type;
  GstFormat format;
  gint64 start, stop;
  gdouble rate;
  GstSegment segment;
  gboolean was_ended;
  g_autoptr (GstEvent) event = NULL;

  gst_event_parse_seek (seek, &rate, &format, &flags, &start_type, &start,
      &stop_type, &stop);
  if (format != GST_FORMAT_TIME || rate <= 0.0
      || !(flags & GST_SEEK_FLAG_FLUSH))
    return FALSE;

  gst_gps_stream_push_flush (self, gst_event_new_flush_start (), seek);
  g_mutex_lock (&self->lock);
  segment = self->segment;
  if (!gst_segment_do_seek (&segment, rate, format, flags, start_type,
          (guint64) start, stop_type, (guint64) stop, NULL))
    GST_DEBUG_OBJECT (self->pad, "the seek changes nothing");
  gst_gps_stream_push_flush (self, gst_event_new_flush_stop (TRUE), seek);

  was_ended = self->ended;
  self->ended = FALSE;
  event = gst_event_new_segment (&segment);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_stream_set_segment (self, event);
  self->resend = TRUE;
  if (was_ended)
    gst_gps_stream_finish (self);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

GstFlowReturn
gst_gps_stream_get_flow (GstGpsStream * self)
{
  GstFlowReturn flow = gst_gps_pad_get_flow (self->pad);

  return flow == GST_FLOW_FLUSHING ? GST_FLOW_OK : flow;
}
