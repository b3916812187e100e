/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsstream.h"

#include "gstgpsnews.h"
#include "gstgpspacer.h"
#include "gstgpstimeline.h"
#include "gstgpstrack.h"

#define FIX (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)
#define ACCELERATION (GPSRECORD_ACCELERATION | GPSRECORD_ACCELERATION_RAW)

struct _GstGpsStream
{
  GMutex lock;                  /* guards all, and so the order of what is queued; nothing waits under it */
  /* both set before all, and never locked with this one */
  GstGpsStream *beside;         /* the next of the recording's streams, or NULL */
  GstGpsStream *acceleration;   /* of the same records: one of those, or NULL */
  GstGpsTrack *track;
  GstGpsTimeline *timeline;     /* of the track */
  GstGpsNews *news;             /* of the track; NULL for accelerations */
  GstGpsPacer *pacer;           /* of the track, and the news */
  GstGpsSettings settings;
  gboolean complete;            /* all records are known, and the demuxer is to be asked for them */
};

static GstGpsStream *
gst_gps_stream_make (unsigned wanted, gboolean has_news)
{
  GstGpsStream *self = g_new0 (GstGpsStream, 1);

  g_mutex_init (&self->lock);
  self->track = gst_gps_track_new (wanted);
  self->timeline = gst_gps_timeline_new (self->track);
  if (has_news)
    self->news = gst_gps_news_new (self->track, &self->settings);
  self->pacer = gst_gps_pacer_new (self->track, self->news, &self->settings);
  return self;
}

GstGpsStream *
gst_gps_stream_new (void)
{
  return gst_gps_stream_make (FIX, TRUE);
}

static void
gst_gps_stream_append (GstGpsStream * self, GstGpsStream * stream)
{
  while (self->beside)
    self = self->beside;
  self->beside = stream;
}

GstGpsStream *
gst_gps_stream_add_acceleration (GstGpsStream * self)
{
  self->acceleration = gst_gps_stream_make (ACCELERATION, FALSE);
  gst_gps_stream_append (self, self->acceleration);
  return self->acceleration;
}

GstGpsStream *
gst_gps_stream_add_track (GstGpsStream * self)
{
  GstGpsStream *track = gst_gps_stream_new ();

  gst_gps_stream_append (self, track);
  return track;
}

void
gst_gps_stream_free (GstGpsStream * self)
{
  g_clear_pointer (&self->beside, gst_gps_stream_free);
  gst_gps_pacer_free (self->pacer);
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
  gst_gps_pacer_clear (self->pacer);
  self->complete = FALSE;
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
  gst_gps_pacer_set_collection (self->pacer, collection);
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
  pad = gst_gps_pacer_get_pad (self->pacer);
  if (pad)
    gst_object_ref (pad);
  g_mutex_unlock (&self->lock);
  return pad;
}

/* A block between the media has the time of its place, that of its records'
 * clock is better. */
static GstGpsTrackState
gst_gps_stream_judge_time (gboolean is_sure, const Dialect * dialect,
    const GpsRecord * record)
{
  if (!is_sure)
    return GST_GPS_TRACK_CLAIMED;
  return dialect->carrier == DIALECT_CARRIER_FREEGPS
      && !(record->fields & GPSRECORD_ELAPSED) ? GST_GPS_TRACK_ANSWERED
      : GST_GPS_TRACK_KNOWN;
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
  entry.state = gst_gps_stream_judge_time (is_sure, dialect, record);
  entry.dialect = dialect;
  entry.record = *record;
  if (!self->acceleration || !dialect->is_acceleration) {
    g_mutex_lock (&self->lock);
    gst_gps_track_insert (self->track, &entry);
    g_mutex_unlock (&self->lock);
  }
  if (self->acceleration && (record->fields & ACCELERATION))
    gst_gps_stream_found (self->acceleration, offset, index, time, is_sure,
        dialect, record);
}

gboolean
gst_gps_stream_has_fix (GstGpsStream * self)
{
  gboolean has_fix;

  g_mutex_lock (&self->lock);
  has_fix = self->news && gst_gps_track_has_fix (self->track);
  g_mutex_unlock (&self->lock);
  return has_fix || (self->beside && gst_gps_stream_has_fix (self->beside));
}

gboolean
gst_gps_stream_has_place (GstGpsStream * self)
{
  gboolean has_place;

  g_mutex_lock (&self->lock);
  has_place = self->news && gst_gps_track_has_place (self->track);
  g_mutex_unlock (&self->lock);
  return has_place || (self->beside && gst_gps_stream_has_place (self->beside));
}

gboolean
gst_gps_stream_get_unasked (GstGpsStream * self, guint64 reach,
    guint64 * ret_offset)
{
  gboolean found;

  g_mutex_lock (&self->lock);
  found = self->news && gst_gps_track_get_unasked (self->track, reach,
      ret_offset);
  g_mutex_unlock (&self->lock);
  return found || (self->beside && gst_gps_stream_get_unasked (self->beside,
          reach, ret_offset));
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
  guint64 offset;
  gboolean found;

  g_mutex_lock (&self->lock);
  found = self->news && gst_gps_track_find_unasked (self->track, from,
      ret_offset);
  g_mutex_unlock (&self->lock);
  if (!self->beside || !gst_gps_stream_find_unasked (self->beside, from,
          &offset))
    return found;
  *ret_offset = found ? MIN (*ret_offset, offset) : offset;
  return TRUE;
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
  gst_gps_pacer_set_pad (self->pacer, pad, stream);
  g_mutex_unlock (&self->lock);
}

static void
gst_gps_stream_join (GstGpsStream * self, guint group_id)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_join (self->pacer, group_id);
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
  has_group = gst_gps_pacer_has_group (self->pacer);
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
  gst_gps_pacer_set_segment (self->pacer, segment);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_segment (self->beside, segment);
}

gboolean
gst_gps_stream_has_segment (GstGpsStream * self)
{
  gboolean has_segment;

  g_mutex_lock (&self->lock);
  has_segment = gst_gps_pacer_has_segment (self->pacer);
  g_mutex_unlock (&self->lock);
  return has_segment;
}

void
gst_gps_stream_expect_seek (GstGpsStream * self, GstEvent * seek)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_expect_seek (self->pacer, seek);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_expect_seek (self->beside, seek);
}

void
gst_gps_stream_advance (GstGpsStream * self, GstClockTime time, guint64 reach)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_advance (self->pacer, time, reach);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_advance (self->beside, time, reach);
}

/* For fixes, or for accelerations. Returns whether anybody takes them. */
static gboolean
gst_gps_stream_wait_for (GstGpsStream * self, gboolean fixes)
{
  gboolean linked = FALSE;

  for (; self; self = self->beside) {
    g_autoptr (GstGpsPad) pad = (self->news != NULL) == fixes
        ? gst_gps_stream_ref_pad (self) : NULL;

    if (!pad)
      continue;
    gst_gps_pad_wait (pad);
    linked |= gst_pad_is_linked (GST_PAD (pad));
  }
  return linked;
}

static void
gst_gps_stream_queue_before (GstGpsStream * self, guint64 reach)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_release (self->pacer, reach);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_queue_before (self->beside, reach);
}

void
gst_gps_stream_release (GstGpsStream * self, guint64 reach)
{
  /* Whoever takes nothing but fixes is not to wait for the others. */
  if (!gst_gps_stream_wait_for (self, TRUE))
    (void) gst_gps_stream_wait_for (self, FALSE);
  gst_gps_stream_queue_before (self, reach);
}

void
gst_gps_stream_found_unreadable (GstGpsStream * self, const Dialect * dialect)
{
  g_mutex_lock (&self->lock);
  gst_gps_news_found_unreadable (self->news, dialect);
  g_mutex_unlock (&self->lock);
}

static void
gst_gps_stream_tell_one (GstGpsStream * self, gboolean at_end)
{
  GstStructure *structure = NULL;
  g_autoptr (GstElement) parent = NULL;
  GstGpsPad *pad;

  g_mutex_lock (&self->lock);
  pad = gst_gps_pacer_get_pad (self->pacer);
  if (pad)
    parent = gst_pad_get_parent_element (GST_PAD (pad));
  if (parent)
    structure = gst_gps_news_summarize (self->news,
        GST_OBJECT_NAME (pad), at_end);
  g_mutex_unlock (&self->lock);
  if (structure)
    (void) gst_element_post_message (parent, gst_message_new_element
        (GST_OBJECT (parent), structure));
}

void
gst_gps_stream_tell (GstGpsStream * self, gboolean at_end)
{
  for (; self; self = self->beside) {
    if (self->news)
      gst_gps_stream_tell_one (self, at_end);
  }
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
  will_end = self->news && gst_gps_pacer_will_end (self->pacer);
  g_mutex_unlock (&self->lock);
  return will_end;
}

void
gst_gps_stream_end (GstGpsStream * self, guint64 reach)
{
  gst_gps_stream_start (self, NULL);
  if (gst_gps_stream_will_end (self))
    gst_gps_stream_tell_one (self, TRUE);
  g_mutex_lock (&self->lock);
  gst_gps_pacer_finish (self->pacer, reach);
  g_mutex_unlock (&self->lock);
  if (self->beside)
    gst_gps_stream_end (self->beside, reach);
}

GstClockTime
gst_gps_stream_get_end (GstGpsStream * self)
{
  GstClockTime end = GST_CLOCK_TIME_NONE;

  for (; self; self = self->beside) {
    GstClockTime own;

    g_mutex_lock (&self->lock);
    own = gst_gps_pacer_get_end (self->pacer);
    g_mutex_unlock (&self->lock);
    if (GST_CLOCK_TIME_IS_VALID (own))
      end = GST_CLOCK_TIME_IS_VALID (end) ? MAX (end, own) : own;
  }
  return end;
}

static void
gst_gps_stream_set_flushing (GstGpsStream * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_set_flushing (self->pacer, flushing);
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

static gboolean
gst_gps_stream_begin_seek (GstGpsStream * self, GstEvent * seek,
    GstSegment * ret_segment, gboolean * ret_ok)
{
  gboolean begins;

  g_mutex_lock (&self->lock);
  begins = gst_gps_pacer_begin_seek (self->pacer, seek, ret_segment, ret_ok);
  g_mutex_unlock (&self->lock);
  return begins;
}

static void
gst_gps_stream_end_seek (GstGpsStream * self, GstEvent * segment)
{
  g_mutex_lock (&self->lock);
  gst_gps_pacer_end_seek (self->pacer, segment);
  g_mutex_unlock (&self->lock);
}

gboolean
gst_gps_stream_seek (GstGpsStream * self, GstEvent * seek)
{
  GstSegment segment, other;
  gboolean ok, other_ok;
  g_autoptr (GstEvent) event = NULL;

  if (!gst_gps_stream_begin_seek (self, seek, &segment, &ok))
    return ok;
  for (GstGpsStream * next = self->beside; next; next = next->beside)
    (void) gst_gps_stream_begin_seek (next, seek, &other, &other_ok);

  gst_gps_stream_answer_seek (self, seek, gst_event_new_flush_start ());
  gst_gps_stream_answer_seek (self, seek, gst_event_new_flush_stop (TRUE));

  event = gst_event_new_segment (&segment);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  for (GstGpsStream * next = self; next; next = next->beside)
    gst_gps_stream_end_seek (next, event);
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
  if (flow != GST_FLOW_NOT_LINKED && flow != GST_FLOW_EOS)
    return flow;
  for (GstGpsStream * next = self->beside; next; next = next->beside) {
    if (gst_gps_stream_is_wanted (next))
      return gst_gps_stream_get_flow (next);
  }
  return flow;
}
