/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsmedia.h"

#include "gstgpstags.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_media_debug);
#define GST_CAT_DEFAULT gst_gps_media_debug

struct _GstGpsMedia
{
  /* set in new */
  GstElement *demuxer;
  GstGpsTap *tap;
  GstGpsStream *stream;
  GstGpsCollection *collection;

  GMutex lock;
  GstPad *reference;            /* under the lock */
};

/* One of the demuxer's pads; its streaming thread has it. */
typedef struct
{
  GstGpsMedia *media;
  GstTagList *theirs;           /* what the demuxer says of the recording, or NULL */
  guint generation;             /* of our tags that it was told */
  GstStreamCollection *collection;      /* that it was told, or NULL */
  gboolean telling;             /* the event that passes is ours */
} GstGpsMediaPad;

GstGpsMedia *
gst_gps_media_new (GstElement * demuxer, GstGpsTap * tap,
    GstGpsStream * stream, GstGpsCollection * collection)
{
  GstGpsMedia *self = g_new0 (GstGpsMedia, 1);

  GST_DEBUG_CATEGORY_INIT (gst_gps_media_debug, "gpsmedia", 0,
      "Media beside a GPS track");
  self->demuxer = demuxer;
  self->tap = tap;
  self->stream = stream;
  self->collection = collection;
  g_mutex_init (&self->lock);
  return self;
}

void
gst_gps_media_free (GstGpsMedia * self)
{
  gst_clear_object (&self->reference);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The demuxer's name of the pad tells. */
gboolean
gst_gps_media_is_video (GstPad * pad)
{
  return g_str_has_prefix (GST_OBJECT_NAME (pad), "video");
}

GstPad *
gst_gps_media_ref_reference (GstGpsMedia * self)
{
  GstPad *reference = NULL;

  g_mutex_lock (&self->lock);
  if (self->reference)
    reference = gst_object_ref (self->reference);
  g_mutex_unlock (&self->lock);
  return reference;
}

static gboolean
gst_gps_media_is_at_end (GstPad * pad)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_EOS, 0);

  return event != NULL;
}

/* The first video sets the pace; without one, the first of the others. Whoever
 * is at its end does not: it may go on elsewhere, as a track that is longer, or
 * as the next program. Returns FALSE when none is left. */
static gboolean
gst_gps_media_choose_reference (GstGpsMedia * self)
{
  GstPad *best = NULL;

  GST_OBJECT_LOCK (self->demuxer);
  for (GList * l = self->demuxer->srcpads; l; l = l->next) {
    GstPad *pad = l->data;

    if (gst_gps_media_is_at_end (pad))
      continue;
    if (!best || (gst_gps_media_is_video (pad)
            && !gst_gps_media_is_video (best)))
      best = pad;
  }
  if (best)
    gst_object_ref (best);
  GST_OBJECT_UNLOCK (self->demuxer);
  if (!best)
    return FALSE;

  g_mutex_lock (&self->lock);
  if (gst_object_replace ((GstObject **) & self->reference, GST_OBJECT (best)))
    GST_DEBUG_OBJECT (best, "sets the pace");
  g_mutex_unlock (&self->lock);
  gst_object_unref (best);
  return TRUE;
}

/* The media time at an offset, as the demuxer tells it, or NONE. */
static GstClockTime
gst_gps_media_ask (GstPad * reference, guint64 offset)
{
  gint64 time = -1;

  if (!reference || !gst_pad_query_convert (reference, GST_FORMAT_BYTES,
          (gint64) offset, GST_FORMAT_TIME, &time) || time < 0)
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) time;
}

/* Where all blocks are known, their times can be known before the media come to
 * them; but of a later fragment the demuxer knows nothing yet. */
static void
gst_gps_media_locate_early (GstGpsMedia * self, GstPad * reference)
{
  guint64 from = 0, offset;

  if (!reference || !gst_gps_stream_take_complete (self->stream))
    return;
  while (gst_gps_stream_find_unasked (self->stream, from, &offset)) {
    GstClockTime time = gst_gps_media_ask (reference, offset);

    if (GST_CLOCK_TIME_IS_VALID (time))
      gst_gps_stream_answer (self->stream, offset, time);
    from = offset + 1;
  }
  /* Media time tells something of the clock, too. */
  gst_gps_stream_know (self->stream, NULL, 0);
}

void
gst_gps_media_locate (GstGpsMedia * self, guint64 reach)
{
  g_autoptr (GstPad) reference = gst_gps_media_ref_reference (self);
  guint64 offset;

  gst_gps_media_locate_early (self, reference);
  while (gst_gps_stream_get_unasked (self->stream, reach, &offset))
    gst_gps_stream_answer (self->stream, offset, gst_gps_media_ask (reference,
            offset));
}

static void
gst_gps_media_time (GstGpsMedia * self, GstClockTime time)
{
  guint64 reach = gst_gps_tap_get_reach (self->tap);

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  gst_gps_media_locate (self, reach);
  gst_gps_stream_advance (self->stream, time, reach);
}

static void
gst_gps_media_segment (GstGpsMedia * self, GstPad * pad, GstEvent * event)
{
  g_autoptr (GstEvent) start = gst_pad_get_sticky_event (pad,
      GST_EVENT_STREAM_START, 0);

  gst_gps_stream_start (self->stream, start);
  gst_gps_stream_segment (self->stream, event);
}

/* The reference has ended. */
static void
gst_gps_media_end (GstGpsMedia * self)
{
  if (gst_gps_media_choose_reference (self))
    return;
  gst_gps_media_locate (self, G_MAXUINT64);
  gst_gps_stream_end (self->stream, gst_gps_tap_get_reach (self->tap));
}

/* Where a gap leads to. One that fills its segment is an empty edit: the media
 * begin behind it, with times of their own. */
static GstClockTime
gst_gps_media_get_gap_end (GstPad * pad, GstEvent * gap)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad,
      GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstClockTime start, end, duration;

  gst_event_parse_gap (gap, &start, &duration);
  end = start;
  if (GST_CLOCK_TIME_IS_VALID (start) && GST_CLOCK_TIME_IS_VALID (duration))
    end += duration;
  if (!event)
    return end;
  gst_event_parse_segment (event, &segment);
  return start <= segment->start && end >= segment->stop
      ? GST_CLOCK_TIME_NONE : end;
}

static void
gst_gps_media_event (GstGpsMedia * self, GstPad * pad, GstEvent * event)
{
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_SEGMENT:
      gst_gps_media_segment (self, pad, event);
      break;
    case GST_EVENT_EOS:
      gst_gps_media_end (self);
      break;
    case GST_EVENT_GAP:
      gst_gps_media_time (self, gst_gps_media_get_gap_end (pad, event));
      break;
    case GST_EVENT_FLUSH_STOP:
      /* A track that had ended may go on. */
      (void) gst_gps_media_choose_reference (self);
      gst_gps_stream_event (self->stream, event);
      break;
    case GST_EVENT_FLUSH_START:
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_INSTANT_RATE_CHANGE:
      gst_gps_stream_event (self->stream, event);
      break;
    default:
      break;
  }
}

static void
gst_gps_media_buffer (GstGpsMedia * self, GstPad * pad, GstBuffer * buffer)
{
  GstClockTime time = GST_BUFFER_PTS (buffer);
  g_autoptr (GstEvent) segment = NULL;

  /* It was no reference yet when its segment began. */
  if (!gst_gps_stream_has_segment (self->stream)) {
    segment = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
    if (segment)
      gst_gps_media_segment (self, pad, segment);
  }
  if (!GST_CLOCK_TIME_IS_VALID (time))
    time = GST_BUFFER_DTS (buffer);
  gst_gps_media_time (self, time);
}

static gboolean
gst_gps_media_is_global (GstEvent * event)
{
  GstTagList *tags;

  if (GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return FALSE;
  gst_event_parse_tag (event, &tags);
  return gst_tag_list_get_scope (tags) == GST_TAG_SCOPE_GLOBAL;
}

/* The demuxer tells what it knows of the recording: what we know goes with
 * that, for the last list of a stream is the one that counts. */
static void
gst_gps_media_complete_tags (GstGpsMediaPad * self, GstPadProbeInfo * info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstTagList) ours = NULL;
  GstTagList *tags;
  GstEvent *merged;

  gst_event_parse_tag (event, &tags);
  g_clear_pointer (&self->theirs, gst_tag_list_unref);
  self->theirs = gst_tag_list_ref (tags);
  self->generation = 0;
  ours = gst_gps_stream_get_tags (self->media->stream, &self->generation);
  if (!ours)
    return;
  merged = gst_event_new_tag (gst_gps_tags_merge (self->theirs, ours));
  gst_event_set_seqnum (merged, gst_event_get_seqnum (event));
  GST_PAD_PROBE_INFO_DATA (info) = merged;
  gst_event_unref (event);
}

/* Tags come before the data that they belong to. */
static void
gst_gps_media_tell_tags (GstGpsMediaPad * self, GstPad * pad)
{
  g_autoptr (GstTagList) ours = gst_gps_stream_get_tags (self->media->stream,
      &self->generation);

  if (!ours)
    return;
  self->telling = TRUE;
  (void) gst_pad_push_event (pad, gst_event_new_tag (gst_gps_tags_merge
          (self->theirs, ours)));
  self->telling = FALSE;
}

/* In place of what the demuxer collects. */
static void
gst_gps_media_complete_collection (GstGpsMediaPad * self,
    GstPadProbeInfo * info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GstStreamCollection) theirs = NULL;
  GstEvent *merged;

  gst_event_parse_stream_collection (event, &theirs);
  gst_gps_collection_set_theirs (self->media->collection, theirs);
  gst_clear_object (&self->collection);
  self->collection = gst_gps_collection_get (self->media->collection);
  merged = gst_event_new_stream_collection (self->collection);
  gst_event_set_seqnum (merged, gst_event_get_seqnum (event));
  GST_PAD_PROBE_INFO_DATA (info) = merged;
  gst_event_unref (event);
}

/* Another stream of ours has come. */
static void
gst_gps_media_tell_collection (GstGpsMediaPad * self, GstPad * pad)
{
  g_autoptr (GstStreamCollection) now = NULL;

  if (!self->collection)
    return;
  now = gst_gps_collection_get (self->media->collection);
  if (!now || now == self->collection)
    return;
  gst_object_replace ((GstObject **) & self->collection, GST_OBJECT (now));
  self->telling = TRUE;
  (void) gst_pad_push_event (pad, gst_event_new_stream_collection (now));
  self->telling = FALSE;
}

static void
gst_gps_media_pad_free (gpointer user_data)
{
  GstGpsMediaPad *self = user_data;

  gst_clear_object (&self->collection);
  g_clear_pointer (&self->theirs, gst_tag_list_unref);
  g_free (self);
}

/* What is told of the recording is told on each pad, and before the data. */
static GstPadProbeReturn
gst_gps_media_tell_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  GstGpsMediaPad *self = user_data;

  if (self->telling)
    return GST_PAD_PROBE_OK;
  if (!(info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)) {
    gst_gps_media_tell_collection (self, pad);
    gst_gps_media_tell_tags (self, pad);
  } else if (gst_gps_media_is_global (GST_PAD_PROBE_INFO_EVENT (info))) {
    gst_gps_media_complete_tags (self, info);
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info))
      == GST_EVENT_STREAM_COLLECTION) {
    gst_gps_media_complete_collection (self, info);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
gst_gps_media_probe (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstGpsMedia *self = user_data;
  gboolean is_reference;

  g_mutex_lock (&self->lock);
  is_reference = pad == self->reference;
  g_mutex_unlock (&self->lock);
  if (!is_reference || gst_gps_tap_is_alone (self->tap))
    return GST_PAD_PROBE_OK;

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    gst_gps_media_buffer (self, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    gst_gps_media_buffer (self, pad,
        gst_buffer_list_get (GST_PAD_PROBE_INFO_BUFFER_LIST (info), 0));
  else
    gst_gps_media_event (self, pad, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
gst_gps_media_seek_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK)
    gst_gps_stream_expect_seek (((GstGpsMedia *) user_data)->stream, event);
  return GST_PAD_PROBE_OK;
}

void
gst_gps_media_add_pad (GstGpsMedia * self, GstPad * pad)
{
  GstGpsMediaPad *data = g_new0 (GstGpsMediaPad, 1);

  data->media = self;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM,
      gst_gps_media_tell_probe, data, gst_gps_media_pad_free);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM
      | GST_PAD_PROBE_TYPE_EVENT_FLUSH, gst_gps_media_probe, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
      gst_gps_media_seek_probe, self, NULL);
  (void) gst_gps_media_choose_reference (self);
}

void
gst_gps_media_remove_pad (GstGpsMedia * self, GstPad * pad)
{
  GstPad *reference = NULL;

  g_mutex_lock (&self->lock);
  if (pad == self->reference)
    reference = g_steal_pointer (&self->reference);
  g_mutex_unlock (&self->lock);
  if (!reference)
    return;
  gst_object_unref (reference);
  (void) gst_gps_media_choose_reference (self);
}
