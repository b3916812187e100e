/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsdemuxbin.h"

#include <gst/gps/gps.h>
#include <gst/gps/gstgpsfix-private.h>

#include "gstgpspad.h"
#include "gstgpstrack.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_demux_bin_debug);
#define GST_CAT_DEFAULT gst_gps_demux_bin_debug

#define DEFAULT_TIME_KIND GST_GPS_CLOCK_AUTO
#define DEFAULT_TIME_OFFSET 0
#define DEFAULT_GAP_THRESHOLD (10 * GST_SECOND)

/* How long a sparse stream may stay silent before it says that it lives. */
#define GAP_INTERVAL (500 * GST_MSECOND)

enum
{
  PROP_0,
  PROP_TIME_KIND,
  PROP_TIME_OFFSET,
  PROP_GAP_THRESHOLD
};

typedef enum
{
  GST_GPS_CLOCK_AUTO,
  GST_GPS_CLOCK_UTC,
  GST_GPS_CLOCK_LOCAL
} GstGpsClock;

typedef struct
{
  /* set in init */
  GstPad *sinkpad;
  GstElement *demuxer;          /* NULL: its plugin is missing */
  GstGpsTap *tap;

  /* OBJECT_LOCK */
  GstGpsClock time_kind;
  gint64 time_offset;
  GstClockTime gap_threshold;
  GstPad *gps_pad;              /* a reference, from the first data to READY */
  GstPad *reference;            /* the demuxer's pad that sets the pace */
  gboolean reference_is_video;
  GstMessage *demuxer_error;    /* kept back while the tap goes on alone */
  guint n_pads[4];              /* per name, see media_names */

  /* release_lock: the order in which fixes and events are queued */
  GMutex release_lock;
  GstGpsTrack *track;
  gboolean gps_begun;
  gboolean gps_ended;
  gboolean resend;              /* the fix that holds at the segment's start is due */
  GstSegment segment;
  GstClockTime now;             /* media time that has gone out, or NONE */
  GstClockTime last_gps;        /* of the last thing queued */
} GstGpsDemuxBinPrivate;

static const gchar *const media_names[] = {
  "video", "audio", "subtitle", "meta"
};

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (GstGpsDemuxBin, gst_gps_demux_bin,
    GST_TYPE_BIN, G_ADD_PRIVATE (GstGpsDemuxBin);
    GST_DEBUG_CATEGORY_INIT (gst_gps_demux_bin_debug, "gpsdemuxbin", 0,
        "GPS demuxers of dash cam recordings"););

#define PRIVATE(self) \
  ((GstGpsDemuxBinPrivate *) gst_gps_demux_bin_get_instance_private (self))

#define GST_TYPE_GPS_CLOCK (gst_gps_clock_get_type ())
static GType
gst_gps_clock_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_CLOCK_AUTO, "What is known of the camera", "auto"},
    {GST_GPS_CLOCK_UTC, "Coordinated universal time", "utc"},
    {GST_GPS_CLOCK_LOCAL, "Local time of unknown offset", "local"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsClock", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

/* Fixes. */

static void
gst_gps_demux_bin_make_fix (GstGpsDemuxBin * self,
    const GstGpsTrackEntry * entry, GstGpsFix * ret_fix)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsClock kind;
  gint64 offset;

  gst_gps_fix_init_from_record (ret_fix, &entry->record, entry->source);
  GST_OBJECT_LOCK (self);
  kind = priv->time_kind;
  offset = priv->time_offset;
  GST_OBJECT_UNLOCK (self);

  if (ret_fix->time_kind == GST_GPS_TIME_KIND_NONE)
    return;
  ret_fix->time += offset * G_USEC_PER_SEC;
  if (kind == GST_GPS_CLOCK_UTC)
    ret_fix->time_kind = GST_GPS_TIME_KIND_UTC;
  else if (kind == GST_GPS_CLOCK_LOCAL)
    ret_fix->time_kind = GST_GPS_TIME_KIND_LOCAL;
}

/* With release_lock. */
static void
gst_gps_demux_bin_queue_entry (GstGpsDemuxBin * self,
    const GstGpsTrackEntry * entry, unsigned events)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsFix fix;

  gst_gps_demux_bin_make_fix (self, entry, &fix);
  gst_gps_pad_queue_fix (GST_GPS_PAD (priv->gps_pad), &fix, entry->time,
      (events & GPSCLEAN_SEGMENT) != 0, (events & GPSCLEAN_REPLACE) != 0);
  priv->last_gps = entry->time;
}

/* With release_lock: queues what is due at priv->now. */
static void
gst_gps_demux_bin_release (GstGpsDemuxBin * self, guint64 reach)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsTrackEntry entry;
  unsigned events;

  if (!priv->gps_begun || priv->gps_ended)
    return;
  if (priv->resend) {
    priv->resend = FALSE;
    if (gst_gps_track_seek (priv->track, priv->segment.start, reach, &entry)) {
      entry.time = priv->segment.start;
      gst_gps_demux_bin_queue_entry (self, &entry, GPSCLEAN_SEGMENT);
    }
  }
  while (gst_gps_track_next (priv->track, priv->now, reach, &entry, &events))
    gst_gps_demux_bin_queue_entry (self, &entry, events);
}

/* With release_lock. */
static void
gst_gps_demux_bin_queue_gap (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  if (!priv->gps_begun || priv->gps_ended
      || !GST_CLOCK_TIME_IS_VALID (priv->now))
    return;
  if (GST_CLOCK_TIME_IS_VALID (priv->last_gps)
      && priv->now < priv->last_gps + GAP_INTERVAL)
    return;
  gst_gps_pad_queue_event (GST_GPS_PAD (priv->gps_pad),
      gst_event_new_gap (priv->now, GST_CLOCK_TIME_NONE));
  priv->last_gps = priv->now;
}

/* With release_lock: a stream of its own on the GPS pad. */
static void
gst_gps_demux_bin_begin_gps (GstGpsDemuxBin * self, GstEvent * stream_start)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autofree gchar *stream_id = NULL;
  GstEvent *event;
  guint group_id;

  if (priv->gps_begun || !priv->gps_pad)
    return;
  priv->gps_begun = TRUE;
  if (!stream_start || !gst_event_parse_group_id (stream_start, &group_id))
    group_id = gst_util_group_id_next ();
  stream_id = gst_pad_create_stream_id (priv->gps_pad, GST_ELEMENT (self),
      GST_OBJECT_NAME (priv->gps_pad));
  event = gst_event_new_stream_start (stream_id);
  gst_event_set_group_id (event, group_id);
  gst_event_set_stream_flags (event, GST_STREAM_FLAG_SPARSE);
  gst_gps_pad_queue_event (GST_GPS_PAD (priv->gps_pad), event);
}

/* With release_lock. Takes the event. */
static void
gst_gps_demux_bin_queue_segment (GstGpsDemuxBin * self, GstEvent * event)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  gst_event_copy_segment (event, &priv->segment);
  priv->now = GST_CLOCK_TIME_NONE;
  priv->last_gps = GST_CLOCK_TIME_NONE;
  if (priv->gps_begun && !priv->gps_ended)
    gst_gps_pad_queue_event (GST_GPS_PAD (priv->gps_pad), event);
  else
    gst_event_unref (event);
}

/* With release_lock: what is left, and the end. */
static void
gst_gps_demux_bin_end_gps (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  if (!priv->gps_begun || priv->gps_ended)
    return;
  priv->now = GST_CLOCK_TIME_NONE;
  gst_gps_demux_bin_release (self, G_MAXUINT64);
  priv->gps_ended = TRUE;
  gst_gps_pad_queue_event (GST_GPS_PAD (priv->gps_pad), gst_event_new_eos ());
}

/* The demuxer's media. */

/* With release_lock. */
static void
gst_gps_demux_bin_media_event (GstGpsDemuxBin * self, GstPad * pad,
    GstEvent * event)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstEvent) start = NULL;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_SEGMENT:
      start = gst_pad_get_sticky_event (pad, GST_EVENT_STREAM_START, 0);
      gst_gps_demux_bin_begin_gps (self, start);
      gst_gps_demux_bin_queue_segment (self, gst_event_ref (event));
      break;
    case GST_EVENT_EOS:
      gst_gps_demux_bin_end_gps (self);
      break;
    default:
      break;
  }
}

static void
gst_gps_demux_bin_media_flush (GstGpsDemuxBin * self, GstEvent * event)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  gst_gps_pad_flush (GST_GPS_PAD (priv->gps_pad), gst_event_ref (event));
  if (GST_EVENT_TYPE (event) != GST_EVENT_FLUSH_STOP)
    return;
  g_mutex_lock (&priv->release_lock);
  priv->gps_ended = FALSE;
  priv->resend = TRUE;
  g_mutex_unlock (&priv->release_lock);
}

/* With release_lock. */
static void
gst_gps_demux_bin_media_buffer (GstGpsDemuxBin * self, GstBuffer * buffer)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstClockTime time = GST_BUFFER_PTS (buffer);

  if (!GST_CLOCK_TIME_IS_VALID (time))
    time = GST_BUFFER_DTS (buffer);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  if (!GST_CLOCK_TIME_IS_VALID (priv->now) || time > priv->now)
    priv->now = time;
  gst_gps_demux_bin_release (self, gst_gps_tap_get_reach (priv->tap));
  gst_gps_demux_bin_queue_gap (self);
}

static GstPadProbeReturn
gst_gps_demux_bin_media_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  GstGpsDemuxBin *self = user_data;
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  gboolean is_reference;

  GST_OBJECT_LOCK (self);
  is_reference = pad == priv->reference && priv->gps_pad;
  GST_OBJECT_UNLOCK (self);
  if (!is_reference || gst_gps_tap_is_alone (priv->tap))
    return GST_PAD_PROBE_OK;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_FLUSH) {
    gst_gps_demux_bin_media_flush (self, GST_PAD_PROBE_INFO_EVENT (info));
    return GST_PAD_PROBE_OK;
  }
  g_mutex_lock (&priv->release_lock);
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    gst_gps_demux_bin_media_buffer (self, GST_PAD_PROBE_INFO_BUFFER (info));
  else if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    gst_gps_demux_bin_media_buffer (self,
        gst_buffer_list_get (GST_PAD_PROBE_INFO_BUFFER_LIST (info), 0));
  else
    gst_gps_demux_bin_media_event (self, pad, GST_PAD_PROBE_INFO_EVENT (info));
  g_mutex_unlock (&priv->release_lock);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
gst_gps_demux_bin_seek_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEEK)
    gst_gps_tap_seek (PRIVATE (user_data)->tap);
  return GST_PAD_PROBE_OK;
}

/* The first video sets the pace; without one, the first of the others. */
static void
gst_gps_demux_bin_choose_reference (GstGpsDemuxBin * self, GstPad * pad,
    gboolean is_video)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  GST_OBJECT_LOCK (self);
  if (!priv->reference || (is_video && !priv->reference_is_video)) {
    gst_object_replace ((GstObject **) & priv->reference, GST_OBJECT (pad));
    priv->reference_is_video = is_video;
  }
  GST_OBJECT_UNLOCK (self);
}

/* "video" of "video_0_0100", or of a name that is not ours, "meta". */
static guint
gst_gps_demux_bin_media_kind (GstPad * pad)
{
  for (guint i = 0; i < G_N_ELEMENTS (media_names); i++) {
    if (g_str_has_prefix (GST_OBJECT_NAME (pad), media_names[i]))
      return i;
  }
  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "subpicture"))
    return 2;
  return 3;
}

static void
gst_gps_demux_bin_pad_added (GstElement * demuxer, GstPad * pad,
    GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  guint kind = gst_gps_demux_bin_media_kind (pad);
  g_autofree gchar *name = NULL;
  g_autofree gchar *templ_name = NULL;
  GstPadTemplate *templ;
  GstPad *ghost;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;
  GST_OBJECT_LOCK (self);
  name = g_strdup_printf ("%s_%u", media_names[kind], priv->n_pads[kind]++);
  GST_OBJECT_UNLOCK (self);
  templ_name = g_strdup_printf ("%s_%%u", media_names[kind]);
  templ = gst_element_class_get_pad_template (GST_ELEMENT_GET_CLASS (self),
      templ_name);

  gst_gps_demux_bin_choose_reference (self, pad, kind == 0);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM
      | GST_PAD_PROBE_TYPE_EVENT_FLUSH, gst_gps_demux_bin_media_probe, self,
      NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
      gst_gps_demux_bin_seek_probe, self, NULL);

  ghost = gst_ghost_pad_new_from_template (name, pad, templ);
  gst_pad_set_active (ghost, TRUE);
  gst_element_add_pad (GST_ELEMENT (self), ghost);
}

static void
gst_gps_demux_bin_pad_removed (GstElement * demuxer, GstPad * pad,
    GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstPad) ghost = NULL;
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;
  GST_OBJECT_LOCK (self);
  if (pad == priv->reference)
    gst_clear_object (&priv->reference);
  GST_OBJECT_UNLOCK (self);
  if (peer && GST_IS_PROXY_PAD (peer))
    ghost = GST_PAD (gst_proxy_pad_get_internal (GST_PROXY_PAD (peer)));
  if (ghost) {
    gst_pad_set_active (ghost, FALSE);
    gst_element_remove_pad (GST_ELEMENT (self), ghost);
  }
}

/* Whether anybody takes what leaves on pads of that kind. */
static gboolean
gst_gps_demux_bin_has_links (GstGpsDemuxBin * self, gboolean gps)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  gboolean linked = FALSE;

  GST_OBJECT_LOCK (self);
  for (GList * l = GST_ELEMENT (self)->srcpads; l && !linked; l = l->next) {
    if ((GST_PAD (l->data) == priv->gps_pad) == gps)
      linked = gst_pad_is_linked (GST_PAD (l->data));
  }
  GST_OBJECT_UNLOCK (self);
  return linked;
}

/* Only fixes are wanted, or only they can be had: no media is read. */
static void
gst_gps_demux_bin_go_alone (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstEvent) start = gst_pad_get_sticky_event (priv->sinkpad,
      GST_EVENT_STREAM_START, 0);
  GstSegment segment;

  if (gst_gps_tap_is_alone (priv->tap))
    return;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_mutex_lock (&priv->release_lock);
  gst_gps_demux_bin_begin_gps (self, start);
  gst_gps_demux_bin_queue_segment (self, gst_event_new_segment (&segment));
  g_mutex_unlock (&priv->release_lock);
  gst_gps_tap_read_alone (priv->tap);
}

static void
gst_gps_demux_bin_no_more_pads (GstElement * demuxer, GstGpsDemuxBin * self)
{
  gst_element_no_more_pads (GST_ELEMENT (self));
  gst_gps_tap_seek (PRIVATE (self)->tap);
  if (gst_gps_demux_bin_has_links (self, TRUE)
      && !gst_gps_demux_bin_has_links (self, FALSE))
    gst_gps_demux_bin_go_alone (self);
}

/* The tap. */

static gboolean
gst_gps_demux_bin_gps_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (parent);
  GstPad *reference = NULL;
  gboolean ok;

  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_DURATION:
    case GST_QUERY_POSITION:
    case GST_QUERY_SEEKING:
      GST_OBJECT_LOCK (self);
      if (PRIVATE (self)->reference)
        reference = gst_object_ref (PRIVATE (self)->reference);
      GST_OBJECT_UNLOCK (self);
      if (!reference)
        return FALSE;
      ok = gst_pad_query (reference, query);
      gst_object_unref (reference);
      return ok;
    default:
      return gst_pad_query_default (pad, parent, query);
  }
}

/* Alone there is no demuxer to seek in, but the track can be given again from
 * any of its times. Takes the event. */
static gboolean
gst_gps_demux_bin_seek_alone (GstGpsDemuxBin * self, GstEvent * seek)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstSeekFlags flags;
  GstSeekType start_type, stop_type;
  GstFormat format;
  gint64 start, stop;
  gdouble rate;
  GstSegment segment;
  gboolean was_ended;
  GstEvent *event;

  gst_event_parse_seek (seek, &rate, &format, &flags, &start_type, &start,
      &stop_type, &stop);
  if (format != GST_FORMAT_TIME || rate <= 0.0
      || !(flags & GST_SEEK_FLAG_FLUSH)) {
    gst_event_unref (seek);
    return FALSE;
  }
  event = gst_event_new_flush_start ();
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_pad_flush (GST_GPS_PAD (priv->gps_pad), event);

  g_mutex_lock (&priv->release_lock);
  event = gst_event_new_flush_stop (TRUE);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_pad_flush (GST_GPS_PAD (priv->gps_pad), event);

  segment = priv->segment;
  (void) gst_segment_do_seek (&segment, rate, format, flags, start_type,
      (guint64) start, stop_type, (guint64) stop, NULL);
  was_ended = priv->gps_ended;
  priv->gps_ended = FALSE;
  event = gst_event_new_segment (&segment);
  gst_event_set_seqnum (event, gst_event_get_seqnum (seek));
  gst_gps_demux_bin_queue_segment (self, event);
  priv->resend = TRUE;
  if (was_ended)
    gst_gps_demux_bin_end_gps (self);
  g_mutex_unlock (&priv->release_lock);
  gst_event_unref (seek);
  return TRUE;
}

static gboolean
gst_gps_demux_bin_gps_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (parent);
  GstPad *reference = NULL;
  gboolean ok;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
    return gst_pad_event_default (pad, parent, event);
  if (gst_gps_tap_is_alone (PRIVATE (self)->tap))
    return gst_gps_demux_bin_seek_alone (self, event);

  GST_OBJECT_LOCK (self);
  if (PRIVATE (self)->reference)
    reference = gst_object_ref (PRIVATE (self)->reference);
  GST_OBJECT_UNLOCK (self);
  if (!reference) {
    gst_event_unref (event);
    return FALSE;
  }
  ok = gst_pad_send_event (reference, event);
  gst_object_unref (reference);
  return ok;
}

/* The GPS pad comes before all others, so that a plain link takes it. */
static void
gst_gps_demux_bin_started (GstGpsTap * tap, gpointer user_data)
{
  GstGpsDemuxBin *self = user_data;
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstPadTemplate *templ = gst_element_class_get_pad_template
      (GST_ELEMENT_GET_CLASS (self), "gps_%u");
  GstPad *pad = gst_gps_pad_new (templ, "gps_0");

  gst_pad_set_event_function (pad, gst_gps_demux_bin_gps_event);
  gst_pad_set_query_function (pad, gst_gps_demux_bin_gps_query);
  GST_OBJECT_LOCK (self);
  priv->gps_pad = gst_object_ref (pad);
  GST_OBJECT_UNLOCK (self);
  gst_pad_set_active (pad, TRUE);
  gst_element_add_pad (GST_ELEMENT (self), pad);
}

static void
gst_gps_demux_bin_found (GstGpsTap * tap, guint64 offset, guint index,
    GstClockTime time, const Dialect * dialect, const GpsRecord * record,
    gpointer user_data)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (user_data);
  GstGpsTrackEntry entry = { 0, };

  entry.offset = offset;
  entry.index = index;
  entry.time = time;
  entry.source = dialect->name;
  entry.record = *record;
  g_mutex_lock (&priv->release_lock);
  gst_gps_track_insert (priv->track, &entry);
  g_mutex_unlock (&priv->release_lock);
}

/* The end of reading alone: the demuxer's complaint counts if we, too, found
 * nothing. */
static void
gst_gps_demux_bin_conclude (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstMessage *message;
  gboolean has_fix;

  GST_OBJECT_LOCK (self);
  message = g_steal_pointer (&priv->demuxer_error);
  GST_OBJECT_UNLOCK (self);
  g_mutex_lock (&priv->release_lock);
  has_fix = gst_gps_track_has_fix (priv->track);
  g_mutex_unlock (&priv->release_lock);

  if (message && has_fix) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_error (message, &error, NULL);
    GST_ELEMENT_WARNING (self, STREAM, DEMUX,
        ("The recording is damaged; its GPS track was read without its "
            "media."), ("%s", error->message));
    gst_message_unref (message);
  } else if (message) {
    GST_BIN_CLASS (gst_gps_demux_bin_parent_class)->handle_message (GST_BIN
        (self), message);
  } else if (!has_fix) {
    GST_ELEMENT_WARNING (self, STREAM, DEMUX,
        ("The recording has no GPS fixes."), (NULL));
  }
}

static GstFlowReturn
gst_gps_demux_bin_progress (GstGpsTap * tap, GstFlowReturn flow,
    gpointer user_data)
{
  GstGpsDemuxBin *self = user_data;
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstFlowReturn pad_flow;

  if (flow == GST_FLOW_FLUSHING)
    return flow;
  if (flow != GST_FLOW_OK)
    gst_gps_demux_bin_conclude (self);
  g_mutex_lock (&priv->release_lock);
  if (flow == GST_FLOW_OK)
    gst_gps_demux_bin_release (self, G_MAXUINT64);
  else
    gst_gps_demux_bin_end_gps (self);
  g_mutex_unlock (&priv->release_lock);

  pad_flow = gst_gps_pad_get_flow (GST_GPS_PAD (priv->gps_pad));
  return pad_flow == GST_FLOW_FLUSHING ? GST_FLOW_OK : pad_flow;
}

static const GstGpsTapCallbacks tap_callbacks = {
  .started = gst_gps_demux_bin_started,
  .found = gst_gps_demux_bin_found,
  .progress = gst_gps_demux_bin_progress
};

/* The bin. */

/* An error of the demuxer does not end the track: while somebody wants it and
 * nobody is given media, the tap goes on alone. Takes the message. */
static gboolean
gst_gps_demux_bin_keep_error (GstGpsDemuxBin * self, GstMessage * message)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstObject *demuxer = GST_OBJECT_CAST (priv->demuxer);

  if (!demuxer || GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR
      || GST_MESSAGE_SRC (message) != demuxer)
    return FALSE;
  if (gst_gps_tap_is_alone (priv->tap)) {
    GST_DEBUG_OBJECT (self, "left behind: %" GST_PTR_FORMAT, message);
    gst_message_unref (message);
    return TRUE;
  }
  if (!gst_gps_demux_bin_has_links (self, TRUE)
      || gst_gps_demux_bin_has_links (self, FALSE))
    return FALSE;

  GST_OBJECT_LOCK (self);
  gst_clear_message (&priv->demuxer_error);
  priv->demuxer_error = message;
  GST_OBJECT_UNLOCK (self);
  gst_gps_demux_bin_go_alone (self);
  return TRUE;
}

static void
gst_gps_demux_bin_handle_message (GstBin * bin, GstMessage * message)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (bin);

  if (!gst_gps_demux_bin_keep_error (self, message))
    GST_BIN_CLASS (gst_gps_demux_bin_parent_class)->handle_message (bin,
        message);
}

static void
gst_gps_demux_bin_reset (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstClockTime gap;

  GST_OBJECT_LOCK (self);
  gap = priv->gap_threshold;
  memset (priv->n_pads, 0, sizeof priv->n_pads);
  priv->reference_is_video = FALSE;
  gst_clear_message (&priv->demuxer_error);
  GST_OBJECT_UNLOCK (self);

  g_mutex_lock (&priv->release_lock);
  gst_gps_track_clear (priv->track, gap);
  gst_segment_init (&priv->segment, GST_FORMAT_TIME);
  priv->gps_begun = FALSE;
  priv->gps_ended = FALSE;
  priv->resend = FALSE;
  priv->now = GST_CLOCK_TIME_NONE;
  priv->last_gps = GST_CLOCK_TIME_NONE;
  g_mutex_unlock (&priv->release_lock);
}

static void
gst_gps_demux_bin_remove_gps_pad (GstGpsDemuxBin * self)
{
  GstPad *pad;

  GST_OBJECT_LOCK (self);
  pad = g_steal_pointer (&PRIVATE (self)->gps_pad);
  GST_OBJECT_UNLOCK (self);
  if (!pad)
    return;
  gst_element_remove_pad (GST_ELEMENT (self), pad);
  gst_object_unref (pad);
}

static GstStateChangeReturn
gst_gps_demux_bin_change_state (GstElement * element, GstStateChange transition)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (element);
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstStateChangeReturn ret;

  switch (transition) {
    case GST_STATE_CHANGE_NULL_TO_READY:
      if (!priv->demuxer) {
        GST_ELEMENT_ERROR (self, CORE, MISSING_PLUGIN,
            ("The element \"%s\" is missing; install its GStreamer plugin.",
                GST_GPS_DEMUX_BIN_GET_CLASS (self)->demuxer), (NULL));
        return GST_STATE_CHANGE_FAILURE;
      }
      break;
    case GST_STATE_CHANGE_READY_TO_PAUSED:
      gst_gps_demux_bin_reset (self);
      break;
    case GST_STATE_CHANGE_PAUSED_TO_READY:
      /* Frees whoever waits for room in its queue. */
      if (priv->gps_pad)
        gst_pad_set_active (priv->gps_pad, FALSE);
      break;
    default:
      break;
  }
  ret = GST_ELEMENT_CLASS (gst_gps_demux_bin_parent_class)->change_state
      (element, transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    gst_gps_demux_bin_remove_gps_pad (self);
  return ret;
}

static void
gst_gps_demux_bin_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  GST_OBJECT_LOCK (object);
  switch (id) {
    case PROP_TIME_KIND:
      priv->time_kind = g_value_get_enum (value);
      break;
    case PROP_TIME_OFFSET:
      priv->time_offset = g_value_get_int64 (value);
      break;
    case PROP_GAP_THRESHOLD:
      priv->gap_threshold = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (object);
}

static void
gst_gps_demux_bin_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  GST_OBJECT_LOCK (object);
  switch (id) {
    case PROP_TIME_KIND:
      g_value_set_enum (value, priv->time_kind);
      break;
    case PROP_TIME_OFFSET:
      g_value_set_int64 (value, priv->time_offset);
      break;
    case PROP_GAP_THRESHOLD:
      g_value_set_uint64 (value, priv->gap_threshold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (object);
}

/* The class's demuxer and tap are known only once the instance is whole. */
static void
gst_gps_demux_bin_constructed (GObject * object)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (object);
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsDemuxBinClass *klass = GST_GPS_DEMUX_BIN_GET_CLASS (self);
  g_autoptr (GstPad) target = NULL;

  G_OBJECT_CLASS (gst_gps_demux_bin_parent_class)->constructed (object);
  priv->tap = g_object_new (klass->get_tap_type (), "name", "tap", NULL);
  gst_gps_tap_set_callbacks (priv->tap, &tap_callbacks, self);
  gst_bin_add (GST_BIN (self), GST_ELEMENT (priv->tap));
  target = gst_element_get_static_pad (GST_ELEMENT (priv->tap), "sink");
  priv->sinkpad = gst_ghost_pad_new_from_template ("sink", target,
      gst_element_class_get_pad_template (GST_ELEMENT_CLASS (klass), "sink"));
  gst_element_add_pad (GST_ELEMENT (self), priv->sinkpad);

  priv->demuxer = gst_element_factory_make (klass->demuxer, "demuxer");
  if (!priv->demuxer)
    return;
  gst_bin_add (GST_BIN (self), priv->demuxer);
  (void) gst_element_link_pads (GST_ELEMENT (priv->tap), "src",
      priv->demuxer, "sink");
  g_signal_connect (priv->demuxer, "pad-added",
      G_CALLBACK (gst_gps_demux_bin_pad_added), self);
  g_signal_connect (priv->demuxer, "pad-removed",
      G_CALLBACK (gst_gps_demux_bin_pad_removed), self);
  g_signal_connect (priv->demuxer, "no-more-pads",
      G_CALLBACK (gst_gps_demux_bin_no_more_pads), self);
}

static void
gst_gps_demux_bin_dispose (GObject * object)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  gst_clear_object (&priv->reference);
  G_OBJECT_CLASS (gst_gps_demux_bin_parent_class)->dispose (object);
}

static void
gst_gps_demux_bin_finalize (GObject * object)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  gst_clear_message (&priv->demuxer_error);
  gst_gps_track_free (priv->track);
  g_mutex_clear (&priv->release_lock);
  G_OBJECT_CLASS (gst_gps_demux_bin_parent_class)->finalize (object);
}

void
gst_gps_demux_bin_class_add_templates (GstGpsDemuxBinClass * klass,
    const gchar * sink_caps)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string (sink_caps);
  g_autoptr (GstCaps) gps_caps = gst_gps_format_get_all_caps ();
  g_autoptr (GstCaps) any = gst_caps_new_any ();

  gst_element_class_add_pad_template (element_class,
      gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, caps));
  gst_element_class_add_pad_template (element_class,
      gst_pad_template_new ("gps_%u", GST_PAD_SRC, GST_PAD_SOMETIMES,
          gps_caps));
  for (guint i = 0; i < G_N_ELEMENTS (media_names); i++) {
    g_autofree gchar *name = g_strdup_printf ("%s_%%u", media_names[i]);

    gst_element_class_add_pad_template (element_class,
        gst_pad_template_new (name, GST_PAD_SRC, GST_PAD_SOMETIMES, any));
  }
}

static void
gst_gps_demux_bin_class_init (GstGpsDemuxBinClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gst_gps_demux_bin_set_property;
  object_class->get_property = gst_gps_demux_bin_get_property;
  object_class->constructed = gst_gps_demux_bin_constructed;
  object_class->dispose = gst_gps_demux_bin_dispose;
  object_class->finalize = gst_gps_demux_bin_finalize;

  g_object_class_install_property (object_class, PROP_TIME_KIND,
      g_param_spec_enum ("time-kind", "Time kind",
          "What the camera's clock shows", GST_TYPE_GPS_CLOCK,
          DEFAULT_TIME_KIND, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (object_class, PROP_TIME_OFFSET,
      g_param_spec_int64 ("time-offset", "Time offset",
          "Seconds that are added to the time of each fix", -86400, 86400,
          DEFAULT_TIME_OFFSET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (object_class, PROP_GAP_THRESHOLD,
      g_param_spec_uint64 ("gap-threshold", "Gap threshold",
          "A longer pause between fixes starts a new track segment, in "
          "nanoseconds", 0, G_MAXINT64, DEFAULT_GAP_THRESHOLD,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_READY));

  GST_ELEMENT_CLASS (klass)->change_state = gst_gps_demux_bin_change_state;
  GST_BIN_CLASS (klass)->handle_message = gst_gps_demux_bin_handle_message;
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_CLOCK, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_DEMUX_BIN, 0);
}

static void
gst_gps_demux_bin_init (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  priv->time_kind = DEFAULT_TIME_KIND;
  priv->time_offset = DEFAULT_TIME_OFFSET;
  priv->gap_threshold = DEFAULT_GAP_THRESHOLD;
  priv->track = gst_gps_track_new ();
  g_mutex_init (&priv->release_lock);
}
