/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* One run of a camera: the pipeline from its URI to the hub, which lives until
 * the camera fails or the file ends. */

#include "ingest.h"

#include <gst/app/gstappsink.h>
#include <string.h>

#include "chain.h"
#include "nalunit.h"
#include "picture.h"

/* A live source whose timestamps are further off than this is taken by its
 * arrival: at the start of a run, and when they fall behind later. */
#define MAX_START_SKEW (2 * GST_SECOND)
#define MAX_SKEW (10 * GST_SECOND)

/* One picture may be damaged; so many in a row are what the camera sends. */
#define MAX_ODD 5

typedef struct
{
  CheapcamIngest *ingest;
  guint index;                  /* in the hub */
  gboolean video;
  GstElement *sink;

  /* streaming thread of the stream */
  GstClockTime open_key;        /* PTS of the last key if it was open */
  gboolean linked;              /* JPEG: its chain is chosen */
  gboolean encoded;
  guint n_odd;                  /* pictures that cannot be sent, in a row */
} IngestStream;

struct _CheapcamIngest
{
  CheapcamHub *hub;
  gchar *uri;
  CheapcamTranscode transcode;
  GstElement *pipeline;
  GstClock *clock;

  /* streaming thread of the source */
  gboolean typed;               /* it is known what is read */
  gboolean still;               /* a file of one picture */

  GMutex lock;
  /* lock */
  GPtrArray *streams;           /* IngestStream */
  gint64 last_data;
  gboolean live;
  gboolean anchored;
  GstClockTimeDiff hub_end;     /* of the run before */
  GstClockTime start;           /* hub's time of running time 0 */
  GstClockTimeDiff shift;       /* running time to the hub's time */
  IngestStream *main_stream;
  GstClockTime first_pts;       /* of the main stream, running time */
  GstClockTime last_pts;
  GstClockTime last_end;
  guint64 n_buffers;
};

static GstClockTime
ingest_now (CheapcamIngest * self)
{
  return gst_clock_get_time (self->clock) - hub_get_base_time (self->hub);
}

/* with the lock: running time 0 is at this time of the hub */
static void
ingest_set_start (CheapcamIngest * self, GstClockTime start)
{
  self->start = start;
  self->shift = start;
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (self->pipeline,
      hub_get_base_time (self->hub) + start);
}

/* with the lock: a live source is trusted with its times, within reason */
static void
ingest_anchor (CheapcamIngest * self, GstClockTimeDiff time)
{
  GstClockTimeDiff now = ingest_now (self);
  GstClockTimeDiff behind;

  /* what lies before the segment comes through even in PAUSED */
  if (!GST_CLOCK_TIME_IS_VALID (self->start))
    ingest_set_start (self, now);
  if (!self->live)
    return;
  behind = now - (time + self->shift);
  if (behind > (gint64) MAX_SKEW ||
      (!self->anchored && ABS (behind) > (gint64) MAX_START_SKEW))
    self->shift = now - time;
  /* a camera may begin a run with what it sent in the run before */
  if (!self->anchored)
    self->shift = MAX (self->shift, self->hub_end - time);
  self->anchored = TRUE;
}

/* with the lock */
static void
ingest_measure (CheapcamIngest * self, IngestStream * stream,
    GstClockTime pts, GstClockTime duration)
{
  GstClockTime end = pts;
  gboolean first;

  if (GST_CLOCK_TIME_IS_VALID (duration))
    end += duration;
  first = self->main_stream == NULL;
  if (first || (stream->video && !self->main_stream->video)) {
    self->main_stream = stream;
    self->first_pts = self->last_pts = pts;
    self->last_end = end;
    self->n_buffers = 1;
  } else if (self->main_stream == stream) {
    self->first_pts = MIN (self->first_pts, pts);
    self->last_pts = MAX (self->last_pts, pts);
    self->last_end = MAX (self->last_end, end);
    self->n_buffers++;
  }
}

/* Puts the buffer into the hub's time; FALSE if it has no place there. */
static gboolean
ingest_stamp (CheapcamIngest * self, IngestStream * stream, GstBuffer * buffer,
    const GstSegment * segment)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  guint64 pts_time = 0, dts_time = 0;
  gint pts_sign, dts_sign = 0;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    pts = GST_BUFFER_DTS (buffer);
  if (!GST_CLOCK_TIME_IS_VALID (pts)) {
    GST_BUFFER_PTS (buffer) = ingest_now (self);
    return TRUE;
  }
  pts_sign = gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, pts,
      &pts_time);
  if (GST_BUFFER_DTS_IS_VALID (buffer))
    dts_sign = gst_segment_to_running_time_full (segment, GST_FORMAT_TIME,
        GST_BUFFER_DTS (buffer), &dts_time);
  if (pts_sign <= 0)
    return FALSE;

  g_mutex_lock (&self->lock);
  ingest_anchor (self, pts_time);
  ingest_measure (self, stream, pts_time, GST_BUFFER_DURATION (buffer));
  GST_BUFFER_PTS (buffer) = pts_time + self->shift;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  if (dts_sign != 0)
    GST_BUFFER_DTS (buffer) = self->shift +
        (dts_sign > 0 ? (gint64) dts_time : -(gint64) dts_time);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static HubFlags
ingest_classify (IngestStream * stream, GstBuffer * buffer, GstCaps * caps)
{
  const gchar *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  HubFlags flags = HUB_FLAG_KEY;
  GstMapInfo map;
  gboolean h264 = g_str_equal (name, "video/x-h264");

  if (!stream->video || (!h264 && !g_str_equal (name, "video/x-h265")))
    return HUB_FLAG_KEY;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return 0;
  flags = h264 ? nalunit_classify_h264 (map.data, map.size) :
      nalunit_classify_h265 (map.data, map.size);
  gst_buffer_unmap (buffer, &map);

  if (flags & HUB_FLAG_KEY)
    stream->open_key = (flags & HUB_FLAG_OPEN) ? GST_BUFFER_PTS (buffer) :
        GST_CLOCK_TIME_NONE;
  else if (h264 && GST_CLOCK_TIME_IS_VALID (stream->open_key) &&
      GST_BUFFER_PTS (buffer) < stream->open_key)
    flags |= HUB_FLAG_LEADING;
  return flags;
}

/* Ends the run. */
static void
ingest_fail (CheapcamIngest * self, const gchar * what, const gchar * why)
{
  GST_ELEMENT_ERROR (self->pipeline, STREAM, WRONG_TYPE,
      ("%s: %s", what, why), (NULL));
}

static GstFlowReturn
ingest_new_sample (GstAppSink * sink, gpointer user_data)
{
  IngestStream *stream = user_data;
  CheapcamIngest *self = stream->ingest;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer;
  GstCaps *caps;

  if (sample == NULL)
    return GST_FLOW_OK;
  caps = gst_sample_get_caps (sample);
  /* shallow: the times change, the bytes stay where they are */
  buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  if (caps == NULL || !ingest_stamp (self, stream, buffer,
          gst_sample_get_segment (sample))) {
    gst_buffer_unref (buffer);
    return GST_FLOW_OK;
  }
  g_mutex_lock (&self->lock);
  self->last_data = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  hub_push (self->hub, stream->index, buffer, caps,
      ingest_classify (stream, buffer, caps));
  return GST_FLOW_OK;
}

static GstElement *
ingest_make_sink (CheapcamIngest * self, IngestStream * stream)
{
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { NULL };

  callbacks.new_sample = ingest_new_sample;
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, stream, NULL);
  g_object_set (sink, "max-buffers", 4, "enable-last-sample", FALSE, NULL);
  return sink;
}

static void
ingest_refuse (CheapcamIngest * self, GstCaps * caps, const gchar * why)
{
  g_autofree gchar *text = gst_caps_to_string (caps);

  if (!hub_is_news (self->hub, text))
    return;
  g_warning ("camera %s: a stream is left out, %s: %s",
      hub_get_name (self->hub), why, text);
}

/* Something has to take what nobody wants, or the demuxer waits for ever. */
static void
ingest_discard (CheapcamIngest * self, GstPad * pad)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  GstPad *sink_pad;

  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample",
      FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_link (pad, sink_pad);
  gst_object_unref (sink_pad);
  gst_element_sync_state_with_parent (sink);
}

static gboolean
ingest_link (CheapcamIngest * self, GstPad * pad, GstElement * chain,
    IngestStream * stream)
{
  GstPad *chain_pad;
  GstPadLinkReturn linked;

  gst_bin_add (GST_BIN (self->pipeline), chain);
  chain_pad = gst_element_get_static_pad (chain, "sink");
  linked = gst_pad_link (pad, chain_pad);
  gst_object_unref (chain_pad);
  return linked == GST_PAD_LINK_OK && gst_element_link (chain, stream->sink) &&
      gst_element_sync_state_with_parent (chain);
}

static GstElement *
ingest_new_jpeg_encoder (CheapcamIngest * self, PictureKind picture,
    const gchar * why, GError ** error)
{
  g_autofree gchar *text = NULL;

  if (picture == PICTURE_ODD && !self->still) {
    text = g_strdup_printf ("its JPEG is encoded to H.264, RTP cannot carry "
        "it: %s", why);
    if (hub_is_news (self->hub, text))
      g_message ("camera %s: %s", hub_get_name (self->hub), text);
  }
  return chain_new_encoder (self->still ? CHAIN_STILL_JPEG : CHAIN_JPEG, error);
}

/* A chain for JPEG of which this is one picture; NULL if there is none. */
static GstElement *
ingest_new_jpeg_chain (IngestStream * stream, GstCaps * caps,
    PictureKind picture, const gchar * why, GError ** error)
{
  CheapcamIngest *self = stream->ingest;
  g_autofree gchar *text = NULL;

  stream->encoded = picture != PICTURE_FITS_RTP || self->still ||
      self->transcode == TRANSCODE_ALWAYS;
  if (!stream->encoded)
    return chain_new (caps, error);
  if (picture == PICTURE_HUGE)
    why = "it has more than 64 megapixels";
  else if (self->transcode != TRANSCODE_NEVER)
    return ingest_new_jpeg_encoder (self, picture, why, error);
  else if (self->still)
    why = "it is a single picture, and transcode is never";
  else
    text = g_strdup_printf ("RTP cannot carry it (%s), and transcode is never",
        why);
  g_set_error_literal (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE,
      text ? text : why);
  return NULL;
}

static gboolean
ingest_link_jpeg (IngestStream * stream, GstPad * pad, PictureKind picture,
    const gchar * why)
{
  CheapcamIngest *self = stream->ingest;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GError) error = NULL;
  GstElement *chain;

  if (caps == NULL)
    return FALSE;
  chain = ingest_new_jpeg_chain (stream, caps, picture, why, &error);
  if (chain == NULL || !ingest_link (self, pad, chain, stream))
    ingest_fail (self, "its JPEG cannot be sent",
        error ? error->message : "the elements do not link");
  else
    stream->linked = TRUE;
  return stream->linked;
}

/* Looks at each JPEG picture before anybody else does. What is to be done to
 * them shows in the first that is whole: RTP has no place for most of what a
 * JPEG may have in it. */
static GstPadProbeReturn
ingest_picture (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  IngestStream *stream = user_data;
  const gchar *why = NULL;
  PictureKind picture =
      picture_check_jpeg (GST_PAD_PROBE_INFO_BUFFER (info), &why);
  gboolean good = picture != PICTURE_BROKEN;

  if (good && !stream->linked) {
    good = ingest_link_jpeg (stream, pad, picture, why);
  } else if (picture == PICTURE_ODD && !stream->encoded) {
    good = FALSE;
    if (++stream->n_odd == MAX_ODD)
      ingest_fail (stream->ingest, "its JPEG can no longer be sent as it is",
          why);
  } else if (picture == PICTURE_HUGE) {
    good = FALSE;
  } else if (good) {
    stream->n_odd = 0;
  }
  return good ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* The sink is in the pipeline before its chain is: the pipeline waits for it
 * on its way to PLAYING. */
static IngestStream *
ingest_new_stream (CheapcamIngest * self, guint index, gboolean video)
{
  IngestStream *stream = g_new0 (IngestStream, 1);

  stream->ingest = self;
  stream->index = index;
  stream->video = video;
  stream->open_key = GST_CLOCK_TIME_NONE;
  stream->sink = ingest_make_sink (self, stream);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->streams, stream);
  g_object_set (stream->sink, "sync", !self->live, NULL);
  g_mutex_unlock (&self->lock);
  gst_bin_add (GST_BIN (self->pipeline), stream->sink);
  gst_element_sync_state_with_parent (stream->sink);
  return stream;
}

/* Video that need not be looked at to know what is to be done. */
static GstElement *
ingest_new_chain (CheapcamIngest * self, GstCaps * caps, gboolean video,
    GError ** error)
{
  if (!video || !chain_encodes (caps))
    return chain_new (caps, error);
  if (self->transcode != TRANSCODE_NEVER)
    return chain_new_encoder (self->still ? CHAIN_STILL : CHAIN_RAW, error);
  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE,
      "RTP cannot carry it, and transcode is never");
  return NULL;
}

static void
ingest_add_stream (CheapcamIngest * self, GstPad * pad, GstCaps * caps,
    gboolean video)
{
  g_autoptr (GError) error = NULL;
  gboolean jpeg = gst_structure_has_name (gst_caps_get_structure (caps, 0),
      "image/jpeg");
  GstElement *chain = NULL;
  gint index;

  if (!jpeg) {
    chain = ingest_new_chain (self, caps, video, &error);
    if (chain == NULL) {
      if (video && self->transcode == TRANSCODE_NEVER)
        ingest_fail (self, "its video cannot be sent", error->message);
      else
        ingest_refuse (self, caps, error->message);
      ingest_discard (self, pad);
      return;
    }
    gst_object_ref_sink (chain);
  }
  index = hub_add_stream (self->hub, video);
  if (index < 0) {
    ingest_refuse (self, caps, "the camera has too many");
    ingest_discard (self, pad);
  } else {
    IngestStream *stream = ingest_new_stream (self, index, video);

    if (jpeg)
      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, ingest_picture, stream,
          NULL);
    else if (!ingest_link (self, pad, chain, stream))
      ingest_refuse (self, caps, "its elements do not link");
  }
  if (chain)
    gst_object_unref (chain);
}

static void
ingest_pad_added (GstElement * source, GstPad * pad, CheapcamIngest * self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  switch (chain_kind (caps)) {
    case CHAIN_VIDEO:
      ingest_add_stream (self, pad, caps, TRUE);
      break;
    case CHAIN_AUDIO:
      ingest_add_stream (self, pad, caps, FALSE);
      break;
    case CHAIN_NONE:
      ingest_discard (self, pad);
      break;
  }
}

/* What a file is shows in the first caps; a GIF may have many pictures. */
static gboolean
ingest_autoplug_continue (GstElement * source, GstPad * pad, GstCaps * caps,
    CheapcamIngest * self)
{
  const gchar *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (!self->typed)
    self->still = g_ascii_strncasecmp (self->uri, "file:", 5) == 0 &&
        g_str_has_prefix (name, "image/") && !g_str_equal (name, "image/gif");
  self->typed = TRUE;
  return TRUE;
}

static void
ingest_unknown_type (GstElement * source, GstPad * pad, GstCaps * caps,
    CheapcamIngest * self)
{
  const gchar *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "audio/") ||
      g_str_has_prefix (name, "image/"))
    ingest_refuse (self, caps, "no decoder is installed");
}

static void
ingest_no_more_pads (GstElement * source, CheapcamIngest * self)
{
  hub_no_more_streams (self->hub);
}

/* A relay has nothing to gain from a jitter buffer where TCP keeps order, and
 * hands on the camera's own timestamps. */
static void
ingest_source_setup (GstElement * bin, GstElement * source,
    CheapcamIngest * self)
{
  GstElementFactory *factory = gst_element_get_factory (source);

  if (factory == NULL || !g_str_equal (GST_OBJECT_NAME (factory), "rtspsrc"))
    return;
  if (g_str_has_prefix (self->uri, "rtspu:")) {
    g_object_set (source, "latency", 100, NULL);
    return;
  }
  gst_util_set_object_arg (G_OBJECT (source), "protocols", "tcp+tls");
  gst_util_set_object_arg (G_OBJECT (source), "buffer-mode", "none");
  g_object_set (source, "latency", 0, NULL);
}

/* A camera that sends pictures by HTTP never says that there are no streams of
 * other kinds. */
static void
ingest_element_added (GstBin * pipeline, GstBin * bin, GstElement * element,
    gpointer user_data)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  if (factory && g_str_equal (GST_OBJECT_NAME (factory), "multipartdemux"))
    g_object_set (element, "single-stream", TRUE, NULL);
}

/* start: the hub's time at which a file begins, or NONE for now. */
CheapcamIngest *
ingest_new (CheapcamHub * hub, const gchar * uri, CheapcamTranscode transcode,
    GstClockTime start, GError ** error)
{
  g_autoptr (GstCaps) caps = chain_wanted_caps (transcode == TRANSCODE_ALWAYS);
  GstElement *source = gst_element_factory_make ("uridecodebin", "source");
  CheapcamIngest *self;

  if (source == NULL) {
    g_set_error (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN,
        "the GStreamer element uridecodebin is not installed");
    return NULL;
  }
  self = g_new0 (CheapcamIngest, 1);
  g_mutex_init (&self->lock);
  self->hub = g_object_ref (hub);
  self->uri = g_strdup (uri);
  self->transcode = transcode;
  self->clock = gst_system_clock_obtain ();
  self->streams = g_ptr_array_new_with_free_func (g_free);
  self->first_pts = self->last_end = GST_CLOCK_TIME_NONE;

  self->pipeline = gst_pipeline_new (hub_get_name (hub));
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), self->clock);
  g_signal_connect (self->pipeline, "deep-element-added",
      G_CALLBACK (ingest_element_added), NULL);
  self->start = GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_TIME_IS_VALID (start))
    ingest_set_start (self, start);
  g_object_set (source, "uri", uri, "caps", caps, NULL);
  g_signal_connect (source, "pad-added", G_CALLBACK (ingest_pad_added), self);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (ingest_no_more_pads),
      self);
  g_signal_connect (source, "autoplug-continue",
      G_CALLBACK (ingest_autoplug_continue), self);
  g_signal_connect (source, "unknown-type", G_CALLBACK (ingest_unknown_type),
      self);
  g_signal_connect (source, "source-setup", G_CALLBACK (ingest_source_setup),
      self);
  gst_bin_add (GST_BIN (self->pipeline), source);
  return self;
}

/* Waits until the elements have stopped. */
void
ingest_free (CheapcamIngest * self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  gst_object_unref (self->clock);
  g_ptr_array_unref (self->streams);
  g_object_unref (self->hub);
  g_mutex_clear (&self->lock);
  g_free (self->uri);
  g_free (self);
}

GstBus *
ingest_get_bus (CheapcamIngest * self)
{
  return gst_element_get_bus (self->pipeline);
}

/* A live source sends in its own time; anything else is held back to play at
 * its own pace. Which of both it is shows only in PAUSED. What is not live goes
 * on with ingest_play(), on ASYNC_DONE and no sooner: a sink that is added
 * while the pipeline is bound for PLAYING would run ahead of its clock. */
gboolean
ingest_start (CheapcamIngest * self)
{
  GstStateChangeReturn ret;

  self->hub_end = hub_begin_run (self->hub);
  ret = gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (ret == GST_STATE_CHANGE_NO_PREROLL) {
    g_mutex_lock (&self->lock);
    self->live = TRUE;
    self->anchored = FALSE;
    ingest_set_start (self, 0);
    for (guint i = 0; i < self->streams->len; i++) {
      IngestStream *stream = g_ptr_array_index (self->streams, i);

      g_object_set (stream->sink, "sync", FALSE, NULL);
    }
    g_mutex_unlock (&self->lock);
  }
  if (ret == GST_STATE_CHANGE_FAILURE)
    return FALSE;
  return ret == GST_STATE_CHANGE_ASYNC || ingest_play (self);
}

gboolean
ingest_play (CheapcamIngest * self)
{
  g_mutex_lock (&self->lock);
  if (!GST_CLOCK_TIME_IS_VALID (self->start))
    ingest_set_start (self, ingest_now (self));
  g_mutex_unlock (&self->lock);
  return gst_element_set_state (self->pipeline, GST_STATE_PLAYING) !=
      GST_STATE_CHANGE_FAILURE;
}

/* Monotonic time of the last access unit, 0 before the first. */
gint64
ingest_last_data (CheapcamIngest * self)
{
  gint64 last;

  g_mutex_lock (&self->lock);
  last = self->last_data;
  g_mutex_unlock (&self->lock);
  return last;
}

/* After the end of a file: the start for its next pass, so that its video goes
 * on without a gap. NONE when there was nothing to play. */
GstClockTime
ingest_next_start (CheapcamIngest * self)
{
  GstClockTime start = GST_CLOCK_TIME_NONE;

  g_mutex_lock (&self->lock);
  if (self->n_buffers > 1 && self->last_pts > self->first_pts) {
    /* a last picture without a duration lasts as long as the others */
    if (self->last_end == self->last_pts)
      self->last_end +=
          (self->last_pts - self->first_pts) / (self->n_buffers - 1);
    start = self->start + (self->last_end - self->first_pts);
  }
  g_mutex_unlock (&self->lock);
  return start;
}
