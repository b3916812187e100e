/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsstream.h"

#include "gstgpsnews.h"
#include "gstgpsseek.h"
#include "gstgpstimeline.h"
#include "gstgpstrack.h"

#define FIX (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)
#define ACCELERATION (GPSRECORD_ACCELERATION | GPSRECORD_ACCELERATION_RAW)

/* How long a sparse stream may stay silent before it says that it lives. */
#define GAP_INTERVAL (500 * GST_MSECOND)

struct _GstGpsStream
{
  GMutex lock;                  /* guards all, and so the order of what is queued; nothing waits under it */
  GstGpsStream *beside;         /* of accelerations, or NULL; set before all, never locked with this one */
  GstGpsPad *pad;               /* NULL: nothing to do */
  GstStream *stream;            /* what it gives */
  GstStreamCollection *collection;      /* that this belongs to, or NULL */
  GstGpsTrack *track;
  GstGpsTimeline *timeline;     /* of the track */
  GstGpsNews *news;             /* of the track; NULL for accelerations */
  GstGpsSettings settings;
  gboolean complete;            /* all records are known, and the demuxer is to be asked for them */
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
  gboolean has_held;
  GstGpsTrackEntry held;        /* the latest fix before the segment's start */
};

static GstGpsStream *
gst_gps_stream_make (unsigned wanted)
{
  GstGpsStream *self = g_new0 (GstGpsStream, 1);

  g_mutex_init (&self->lock);
  self->track = gst_gps_track_new (wanted);
  self->timeline = gst_gps_timeline_new (self->track);
  return self;
}

GstGpsStream *
gst_gps_stream_new (void)
{
  GstGpsStream *self = gst_gps_stream_make (FIX);

  self->news = gst_gps_news_new (self->track, &self->settings);
  return self;
}

GstGpsStream *
gst_gps_stream_add_acceleration (GstGpsStream * self)
{
  self->beside = gst_gps_stream_make (ACCELERATION);
  return self->beside;
}

void
gst_gps_stream_free (GstGpsStream * self)
{
  g_clear_pointer (&self->beside, gst_gps_stream_free);
  gst_clear_object (&self->pad);
  gst_clear_object (&self->stream);
  gst_clear_object (&self->collection);
  gst_clear_event (&self->segment_event);
  gst_gps_timeline_free (self->timeline);
  g_clear_pointer (&self->news, gst_gps_news_free);
  gst_gps_track_free (self->track);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gst_gps_stream_reset (GstGpsStream * self, const GstGpsSettings * settings)
{
  g_mutex_lock (&self->lock);
  self->settings = *settings;
  gst_gps_track_clear (self->track, settings);
  if (self->news)
    gst_gps_news_clear (self->news);
  gst_clear_event (&self->segment_event);
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  self->complete = FALSE;
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
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_reset (self->beside, settings);
}

void
gst_gps_stream_set_settings (GstGpsStream * self,
    const GstGpsSettings * settings)
{
  g_mutex_lock (&self->lock);
  self->settings = *settings;
  gst_gps_track_settle (self->track, settings);
  gst_gps_track_set_latency (self->track, settings->gps_latency);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_set_settings (self->beside, settings);
}

void
gst_gps_stream_set_collection (GstGpsStream * self,
    GstStreamCollection * collection)
{
  g_mutex_lock (&self->lock);
  if (gst_object_replace ((GstObject **) & self->collection,
          GST_OBJECT (collection)) && self->begun && self->pad)
    gst_gps_pad_queue_event (self->pad,
        gst_event_new_stream_collection (collection));
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_set_collection (self->beside, collection);
}

/* A reference, to use without the lock. */
static GstGpsPad *
gst_gps_stream_ref_pad (GstGpsStream * self)
{
  GstGpsPad *pad;

  g_mutex_lock (&self->lock);
  pad = self->pad ? gst_object_ref (self->pad) : NULL;
  g_mutex_unlock (&self->lock);
  return pad;
}

void
gst_gps_stream_found (GstGpsStream * self, guint64 offset, guint index,
    GstClockTime time, gboolean is_sure, const Dialect * dialect,
    const GpsRecord * record)
{
  GstGpsTrackEntry entry = { 0, };

  entry.offset = offset;
  entry.index = index;
  entry.time = time;
  entry.state = is_sure ? GST_GPS_TRACK_KNOWN : GST_GPS_TRACK_CLAIMED;
  entry.source = dialect->name;
  entry.is_utc = dialect->is_utc;
  entry.record = *record;
  if (!self->beside || !dialect->is_acceleration) {
    g_mutex_lock (&self->lock);
    gst_gps_track_insert (self->track, &entry);
    g_mutex_unlock (&self->lock);
  }
  if (self->beside && (record->fields & ACCELERATION))
    gst_gps_stream_found (self->beside, offset, index, time, is_sure, dialect,
        record);
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

gboolean
gst_gps_stream_has_place (GstGpsStream * self)
{
  gboolean has_place;

  g_mutex_lock (&self->lock);
  has_place = gst_gps_track_has_place (self->track);
  g_mutex_unlock (&self->lock);
  return has_place;
}

gboolean
gst_gps_stream_get_unasked (GstGpsStream * self, guint64 reach,
    guint64 * ret_offset)
{
  gboolean found;

  g_mutex_lock (&self->lock);
  found = gst_gps_track_get_unasked (self->track, reach, ret_offset);
  g_mutex_unlock (&self->lock);
  return found;
}

void
gst_gps_stream_answer (GstGpsStream * self, guint64 offset, GstClockTime time)
{
  g_mutex_lock (&self->lock);
  gst_gps_track_answer (self->track, offset, time);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_answer (self->beside, offset, time);
}

void
gst_gps_stream_know (GstGpsStream * self, const gchar * uri, gint64 creation_us)
{
  GstGpsVerdict *verdict;

  g_mutex_lock (&self->lock);
  verdict = gst_gps_track_get_verdict (self->track);
  if (uri)
    gst_gps_verdict_set_uri (verdict, uri);
  if (creation_us > 0)
    gst_gps_verdict_set_creation (verdict, creation_us);
  gst_gps_track_settle (self->track, &self->settings);
  gst_gps_track_fit (self->track);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_know (self->beside, uri, creation_us);
}

void
gst_gps_stream_set_complete (GstGpsStream * self)
{
  g_mutex_lock (&self->lock);
  self->complete = TRUE;
  gst_gps_track_settle (self->track, &self->settings);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_set_complete (self->beside);
}

gboolean
gst_gps_stream_take_complete (GstGpsStream * self)
{
  gboolean complete;

  g_mutex_lock (&self->lock);
  complete = self->complete;
  self->complete = FALSE;
  g_mutex_unlock (&self->lock);
  return complete;
}

gboolean
gst_gps_stream_find_unasked (GstGpsStream * self, guint64 from,
    guint64 * ret_offset)
{
  gboolean found;

  g_mutex_lock (&self->lock);
  found = gst_gps_track_find_unasked (self->track, from, ret_offset);
  g_mutex_unlock (&self->lock);
  return found;
}

/* The functions that follow, up to the next of the header, need the lock. */

static gboolean
gst_gps_stream_is_open (GstGpsStream * self)
{
  return self->pad && self->segment_event && !self->ended;
}

static void
gst_gps_stream_queue_fix (GstGpsStream * self, const GstGpsTrackEntry * entry,
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
gst_gps_stream_queue_held (GstGpsStream * self)
{
  if (self->has_held)
    gst_gps_stream_queue_fix (self, &self->held, self->segment.start,
        GPSCLEAN_SEGMENT);
  self->has_held = FALSE;
}

/* Of what comes before the segment's start only the last is told, at the
 * start, so that an overlay is never without. */
static void
gst_gps_stream_take_fix (GstGpsStream * self, const GstGpsTrackEntry * entry,
    unsigned events)
{
  GstClockTime time = entry->time;

  if (time < self->segment.start) {
    self->held = *entry;
    self->has_held = self->settings.resend_last;
    return;
  }
  gst_gps_stream_queue_held (self);
  if (self->limited && time > self->segment.stop)
    return;
  /* Never back behind a gap that was told: a fix's time is that of the frame
   * read before it, and frames leave out of order. */
  if (GST_CLOCK_TIME_IS_VALID (self->last) && time < self->last)
    time = self->last;
  gst_gps_stream_queue_fix (self, entry, time, events);
}

/* Backwards the frames of a group go forward: its first tells how far the
 * fixes go. */
static void
gst_gps_stream_queue_backwards (GstGpsStream * self, guint64 reach)
{
  GstGpsTrackEntry entry;

  if (self->moved)
    gst_gps_track_seek_back (self->track, self->segment.stop, reach);
  self->moved = FALSE;
  while (gst_gps_track_previous (self->track, self->now, &entry))
    gst_gps_stream_queue_fix (self, &entry, MAX (entry.time,
            self->segment.start), GPSCLEAN_SEGMENT);
}

/* Queues what is due. */
static void
gst_gps_stream_queue_due (GstGpsStream * self, guint64 reach)
{
  GstGpsTrackEntry entry;
  unsigned events;

  if (!gst_gps_stream_is_open (self))
    return;
  if (self->segment.rate < 0.0) {
    if (GST_CLOCK_TIME_IS_VALID (self->now))
      gst_gps_stream_queue_backwards (self, reach);
    return;
  }
  if (self->moved)
    gst_gps_track_seek (self->track, self->segment.start, reach);
  self->moved = FALSE;
  while (gst_gps_track_next (self->track, self->now, reach, &entry, &events))
    gst_gps_stream_take_fix (self, &entry, events);
  if (GST_CLOCK_TIME_IS_VALID (self->now) && self->now >= self->segment.start)
    gst_gps_stream_queue_held (self);
}

/* What comes before the segment's start counts as its start: a sink that waits
 * for this stream may be what keeps the media from getting there. */
static void
gst_gps_stream_queue_gap (GstGpsStream * self)
{
  GstClockTime time = MAX (self->now, self->segment.start);

  if (!gst_gps_stream_is_open (self) || self->segment.rate < 0.0)
    return;
  if (GST_CLOCK_TIME_IS_VALID (self->last)
      && time < self->last + GAP_INTERVAL)
    return;
  gst_gps_pad_queue_event (self->pad, gst_event_new_gap (time,
          GST_CLOCK_TIME_NONE));
  self->last = time;
}

static void
gst_gps_stream_begin (GstGpsStream * self)
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
gst_gps_stream_is_same (GstGpsStream * self, const GstSegment * segment)
{
  const GstSegment *own = &self->segment;

  return self->segment_event && own->rate == segment->rate
      && own->format == segment->format && own->base == segment->base
      && own->start == segment->start && own->stop == segment->stop
      && own->time == segment->time;
}

static void
gst_gps_stream_set_segment (GstGpsStream * self, GstEvent * event)
{
  GstSegment segment;

  gst_event_copy_segment (event, &segment);
  if (self->flushing || event == self->segment_event
      || (!self->seeking && gst_gps_stream_is_same (self, &segment)))
    return;
  gst_event_replace (&self->segment_event, event);
  self->segment = segment;
  self->moved |= self->seeking;
  self->has_held &= !self->moved;
  self->seeking = FALSE;
  self->now = GST_CLOCK_TIME_NONE;
  self->last = GST_CLOCK_TIME_NONE;
  if (gst_gps_stream_is_open (self))
    gst_gps_pad_queue_event (self->pad, gst_event_ref (event));
}

static void
gst_gps_stream_finish (GstGpsStream * self, guint64 reach)
{
  self->end_due = self->in_seek;
  if (!self->pad || self->ended || self->in_seek || self->flushing)
    return;
  if (!self->segment_event) {
    g_autoptr (GstEvent) event = NULL;

    gst_segment_init (&self->segment, GST_FORMAT_TIME);
    event = gst_event_new_segment (&self->segment);
    gst_gps_stream_set_segment (self, event);
  }
  self->now = GST_CLOCK_TIME_NONE;
  gst_gps_stream_queue_due (self, self->limited ? reach : G_MAXUINT64);
  if (self->segment.rate > 0.0)
    gst_gps_stream_queue_held (self);
  self->ended = TRUE;
  gst_gps_pad_queue_event (self->pad, gst_event_new_eos ());
}

gboolean
gst_gps_stream_get_fix (GstGpsStream * self, GstClockTime time,
    gboolean interpolate, GstGpsFix * ret_fix)
{
  GstGpsTimelinePlace place;
  gboolean found;

  g_mutex_lock (&self->lock);
  found = gst_gps_timeline_find (self->timeline, time, interpolate, &place);
  if (found) {
    GstGpsFix behind;

    gst_gps_track_make_fix (self->track, gst_gps_track_peek (self->track,
            place.before), ret_fix);
    gst_gps_track_make_fix (self->track, gst_gps_track_peek (self->track,
            place.behind), &behind);
    gst_gps_fix_interpolate (ret_fix, &behind, place.fraction, ret_fix);
  }
  g_mutex_unlock (&self->lock);
  return found;
}

void
gst_gps_stream_set_pad (GstGpsStream * self, GstGpsPad * pad,
    GstStream * stream)
{
  g_mutex_lock (&self->lock);
  gst_object_replace ((GstObject **) & self->pad, GST_OBJECT (pad));
  gst_object_replace ((GstObject **) & self->stream, GST_OBJECT (stream));
  gst_clear_object (&self->collection);
  if (pad && self->has_group) {
    gst_gps_stream_begin (self);
    if (gst_gps_stream_is_open (self))
      gst_gps_pad_queue_event (pad, gst_event_ref (self->segment_event));
  }
  g_mutex_unlock (&self->lock);
}

/* Streams of one group belong together. */
static void
gst_gps_stream_join (GstGpsStream * self, guint group_id)
{
  g_mutex_lock (&self->lock);
  self->group_id = group_id;
  self->has_group = TRUE;
  gst_gps_stream_begin (self);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_join (self->beside, group_id);
}

void
gst_gps_stream_start (GstGpsStream * self, GstEvent * media_start)
{
  gboolean has_group;
  guint group_id;

  g_mutex_lock (&self->lock);
  has_group = self->has_group;
  g_mutex_unlock (&self->lock);
  if (has_group)
    return;
  if (!media_start || !gst_event_parse_group_id (media_start, &group_id))
    group_id = gst_util_group_id_next ();
  gst_gps_stream_join (self, group_id);
}

void
gst_gps_stream_segment (GstGpsStream * self, GstEvent * segment)
{
  g_mutex_lock (&self->lock);
  gst_gps_stream_set_segment (self, segment);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_segment (self->beside, segment);
}

gboolean
gst_gps_stream_has_segment (GstGpsStream * self)
{
  gboolean has_segment;

  g_mutex_lock (&self->lock);
  has_segment = self->segment_event != NULL;
  g_mutex_unlock (&self->lock);
  return has_segment;
}

/* Needs the lock. */
static void
gst_gps_stream_note_seek (GstGpsStream * self, GstEvent * seek)
{
  GstSeekType stop_type;
  gint64 stop;

  gst_event_parse_seek (seek, NULL, NULL, NULL, NULL, NULL, &stop_type, &stop);
  if (stop_type != GST_SEEK_TYPE_NONE)
    self->limited = stop_type == GST_SEEK_TYPE_END || stop != -1;
  self->seeking = TRUE;
}

void
gst_gps_stream_expect_seek (GstGpsStream * self, GstEvent * seek)
{
  g_mutex_lock (&self->lock);
  gst_gps_stream_note_seek (self, seek);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_expect_seek (self->beside, seek);
}

void
gst_gps_stream_advance (GstGpsStream * self, GstClockTime time, guint64 reach)
{
  g_mutex_lock (&self->lock);
  /* Frames leave in decoding order: the furthest time is what counts. */
  if (!GST_CLOCK_TIME_IS_VALID (self->now)
      || (self->segment.rate < 0.0 ? time < self->now : time > self->now))
    self->now = time;
  gst_gps_stream_queue_due (self, reach);
  gst_gps_stream_queue_gap (self);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_advance (self->beside, time, reach);
}

/* Whoever takes nothing but fixes is not to wait for the others. */
static void
gst_gps_stream_wait (GstGpsStream * self)
{
  g_autoptr (GstGpsPad) pad = gst_gps_stream_ref_pad (self);

  if (pad)
    gst_gps_pad_wait (pad);
  if (self->beside && (!pad || !gst_pad_is_linked (GST_PAD (pad))))
    gst_gps_stream_wait (self->beside);
}

static void
gst_gps_stream_queue_before (GstGpsStream * self, guint64 reach)
{
  g_mutex_lock (&self->lock);
  gst_gps_track_place (self->track, reach);
  gst_gps_stream_queue_due (self, reach);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_queue_before (self->beside, reach);
}

void
gst_gps_stream_release (GstGpsStream * self, guint64 reach)
{
  gst_gps_stream_wait (self);
  gst_gps_stream_queue_before (self, reach);
}

void
gst_gps_stream_found_unreadable (GstGpsStream * self, const Dialect * dialect)
{
  g_mutex_lock (&self->lock);
  gst_gps_news_found_unreadable (self->news, dialect);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_tell (GstGpsStream * self, gboolean at_end)
{
  GstStructure *structure = NULL;
  g_autoptr (GstElement) parent = NULL;

  g_mutex_lock (&self->lock);
  if (self->pad)
    parent = gst_pad_get_parent_element (GST_PAD (self->pad));
  if (parent)
    structure = gst_gps_news_summarize (self->news,
        GST_OBJECT_NAME (self->pad), at_end);
  g_mutex_unlock (&self->lock);
  if (structure)
    (void) gst_element_post_message (parent, gst_message_new_element
        (GST_OBJECT (parent), structure));
}

GstTagList *
gst_gps_stream_get_tags (GstGpsStream * self, guint * generation)
{
  GstTagList *tags;

  g_mutex_lock (&self->lock);
  tags = gst_gps_news_get_tags (self->news, generation);
  g_mutex_unlock (&self->lock);
  return tags;
}

/* Whether the end of the data is the end of the stream. */
static gboolean
gst_gps_stream_will_end (GstGpsStream * self)
{
  gboolean will_end;

  g_mutex_lock (&self->lock);
  will_end = self->news && self->pad && !self->ended && !self->in_seek
      && !self->flushing;
  g_mutex_unlock (&self->lock);
  return will_end;
}

void
gst_gps_stream_end (GstGpsStream * self, guint64 reach)
{
  gst_gps_stream_start (self, NULL);
  if (gst_gps_stream_will_end (self))
    gst_gps_stream_tell (self, TRUE);
  g_mutex_lock (&self->lock);
  gst_gps_stream_finish (self, reach);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_end (self->beside, reach);
}

/* Up to the next segment nothing is queued. */
static void
gst_gps_stream_set_flushing (GstGpsStream * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  gst_clear_event (&self->segment_event);
  self->ended = FALSE;
  self->seeking = TRUE;
  g_mutex_unlock (&self->lock);
}

void
gst_gps_stream_event (GstGpsStream * self, GstEvent * event)
{
  g_autoptr (GstGpsPad) pad = gst_gps_stream_ref_pad (self);

  if (self->beside)
    gst_gps_stream_event (self->beside, event);
  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_START
      || GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    gst_gps_stream_set_flushing (self,
        GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_START);
  if (!pad)
    return;
  if (GST_EVENT_IS_SERIALIZED (event)
      && GST_EVENT_TYPE (event) != GST_EVENT_FLUSH_STOP)
    gst_gps_pad_queue_event (pad, gst_event_ref (event));
  else
    gst_gps_pad_send_event (pad, gst_event_ref (event));
}

/* An event of the seek's own. Takes it. */
static void
gst_gps_stream_answer_seek (GstGpsStream * self, GstEvent * seek,
    GstEvent * event)
{
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_stream_event (self, event);
  gst_event_unref (event);
}

/* The same seek comes once from each sink. Returns FALSE when it is refused, or
 * was done; ret_ok tells which. */
static gboolean
gst_gps_stream_begin_seek (GstGpsStream * self, GstEvent * seek,
    GstSegment * ret_segment, gboolean * ret_ok)
{
  gboolean is_new;

  g_mutex_lock (&self->lock);
  *ret_segment = self->segment;
  is_new = gst_event_get_seqnum (seek) != self->seqnum;
  *ret_ok = !is_new || gst_gps_seek_move_segment (ret_segment, seek);
  if (is_new && *ret_ok) {
    self->seqnum = gst_event_get_seqnum (seek);
    self->in_seek = TRUE;
    self->was_ended = self->ended;
    gst_gps_stream_note_seek (self, seek);
  }
  g_mutex_unlock (&self->lock);
  return is_new && *ret_ok;
}

static void
gst_gps_stream_end_seek (GstGpsStream * self, GstEvent * segment)
{
  g_mutex_lock (&self->lock);
  self->in_seek = FALSE;
  gst_gps_stream_set_segment (self, segment);
  if (self->was_ended || self->end_due)
    gst_gps_stream_finish (self, G_MAXUINT64);
  g_mutex_unlock (&self->lock);
}

gboolean
gst_gps_stream_seek (GstGpsStream * self, GstEvent * seek)
{
  GstSegment segment;
  gboolean ok;
  g_autoptr (GstEvent) event = NULL;

  if (!gst_gps_stream_begin_seek (self, seek, &segment, &ok))
    return ok;
  if (self->beside)
    (void) gst_gps_stream_begin_seek (self->beside, seek, &segment, &ok);

  gst_gps_stream_answer_seek (self, seek, gst_event_new_flush_start ());
  gst_gps_stream_answer_seek (self, seek, gst_event_new_flush_stop (TRUE));

  event = gst_event_new_segment (&segment);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_stream_end_seek (self, event);
  if (self->beside)
    gst_gps_stream_end_seek (self->beside, event);
  return TRUE;
}

static gboolean
gst_gps_stream_is_wanted (GstGpsStream * self)
{
  g_autoptr (GstGpsPad) pad = gst_gps_stream_ref_pad (self);

  return pad && gst_pad_is_linked (GST_PAD (pad));
}

GstFlowReturn
gst_gps_stream_get_flow (GstGpsStream * self)
{
  g_autoptr (GstGpsPad) pad = gst_gps_stream_ref_pad (self);
  GstFlowReturn flow = pad ? gst_gps_pad_get_flow (pad) : GST_FLOW_OK;

  if (flow == GST_FLOW_FLUSHING)
    return GST_FLOW_OK;
  if ((flow == GST_FLOW_NOT_LINKED || flow == GST_FLOW_EOS) && self->beside
      && gst_gps_stream_is_wanted (self->beside))
    return gst_gps_stream_get_flow (self->beside);
  return flow;
}
