/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsdemuxbin.h"

#include <gst/gps/gps.h>
#include <gst/gps/gstgpszone-private.h>

#include "gstgpsattach.h"
#include "gstgpscollection.h"
#include "gstgpsmedia.h"
#include "gstgpsoutlet.h"
#include "gstgpspad.h"
#include "gstgpssettings.h"
#include "gstgpsstream.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_demux_bin_debug);
#define GST_CAT_DEFAULT gst_gps_demux_bin_debug

/* The streams of one receiver, and their pads. */
typedef struct
{
  GstGpsStream *stream;
  GstGpsOutlet *fixes;
  GstGpsOutlet *acceleration;
} GstGpsDemuxBinTrack;

typedef struct
{
  /* set in init */
  GstPad *sinkpad;
  GstElement *demuxer;          /* NULL: its plugin is missing */
  GstGpsTap *tap;
  GstGpsDemuxBinTrack tracks[GST_GPS_TAP_MAX_TRACKS];
  guint n_tracks;
  GstGpsStream *stream;         /* of the first track; it has the others */
  GstGpsCollection *collection;
  GstGpsMedia *media;           /* NULL without demuxer */

  /* the thread that reads */
  gboolean has_all_pads;        /* without media: that was told */

  /* Held while settings go to the streams, so that the last are those that
   * stay. Nobody is told anything under it. */
  GMutex settings_lock;

  /* OBJECT_LOCK */
  GstGpsSettings settings;
  GstMessage *demuxer_error;    /* kept back while the tap goes on alone */
  guint n_pads[4];              /* per name, see media_names */
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

/* The demuxer's media. */

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

static gboolean
gst_gps_demux_bin_copy_event (GstPad * pad, GstEvent ** event,
    gpointer user_data)
{
  (void) gst_pad_store_sticky_event (GST_PAD (user_data), *event);
  return TRUE;
}

static void
gst_gps_demux_bin_pad_added (GstElement * demuxer, GstPad * pad,
    GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  guint kind = gst_gps_demux_bin_media_kind (pad);
  g_autofree gchar *name = NULL;
  g_autofree gchar *templ_name = NULL;
  GstGpsAttachMeta attach_meta;
  GstPadTemplate *templ;
  GstPad *ghost;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;
  GST_OBJECT_LOCK (self);
  attach_meta = priv->settings.attach_meta;
  name = g_strdup_printf ("%s_%u", media_names[kind], priv->n_pads[kind]++);
  GST_OBJECT_UNLOCK (self);
  templ_name = g_strdup_printf ("%s_%%u", media_names[kind]);
  templ = gst_element_class_get_pad_template (GST_ELEMENT_GET_CLASS (self),
      templ_name);

  gst_gps_media_add_pad (priv->media, pad);
  gst_gps_attach_add_pad (pad, priv->media, priv->stream, attach_meta);

  ghost = gst_ghost_pad_new_from_template (name, pad, templ);
  gst_pad_set_element_private (ghost, pad);
  gst_pad_set_active (ghost, TRUE);
  /* Whoever hears of the pad may ask for its caps at once. */
  gst_pad_sticky_events_foreach (pad, gst_gps_demux_bin_copy_event, ghost);
  gst_element_add_pad (GST_ELEMENT (self), ghost);
}

/* The ghost of a pad of the demuxer, that is unlinked by now. */
static GstPad *
gst_gps_demux_bin_ref_ghost (GstGpsDemuxBin * self, GstPad * pad)
{
  GstPad *ghost = NULL;

  GST_OBJECT_LOCK (self);
  for (GList * l = GST_ELEMENT (self)->srcpads; l && !ghost; l = l->next) {
    if (gst_pad_get_element_private (l->data) == pad)
      ghost = gst_object_ref (l->data);
  }
  GST_OBJECT_UNLOCK (self);
  return ghost;
}

static void
gst_gps_demux_bin_pad_removed (GstElement * demuxer, GstPad * pad,
    GstGpsDemuxBin * self)
{
  g_autoptr (GstPad) ghost = gst_gps_demux_bin_ref_ghost (self, pad);

  gst_gps_media_remove_pad (PRIVATE (self)->media, pad);
  if (!ghost)
    return;
  gst_pad_set_active (ghost, FALSE);
  gst_element_remove_pad (GST_ELEMENT (self), ghost);
}

/* Whether anybody takes what leaves on pads of that kind. */
static gboolean
gst_gps_demux_bin_has_links (GstGpsDemuxBin * self, gboolean gps)
{
  gboolean linked = FALSE;

  GST_OBJECT_LOCK (self);
  for (GList * l = GST_ELEMENT (self)->srcpads; l && !linked; l = l->next) {
    if (GST_IS_GPS_PAD (l->data) == gps)
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
  g_autoptr (GstEvent) event = NULL;
  GstSegment segment;

  if (gst_gps_tap_is_alone (priv->tap))
    return;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  event = gst_event_new_segment (&segment);
  gst_gps_stream_start (priv->stream, start);
  gst_gps_stream_segment (priv->stream, event);
  gst_gps_tap_read_alone (priv->tap);
}

static void
gst_gps_demux_bin_no_more_pads (GstElement * demuxer, GstGpsDemuxBin * self)
{
  gst_element_no_more_pads (GST_ELEMENT (self));
  if (gst_gps_demux_bin_has_links (self, TRUE)
      && !gst_gps_demux_bin_has_links (self, FALSE))
    gst_gps_demux_bin_go_alone (self);
}

/* The tap. */

/* Of the media if the demuxer knows them; otherwise of the track, when it was
 * read to its end. */
static gint64
gst_gps_demux_bin_get_duration (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstPad) reference = gst_gps_media_ref_reference (priv->media);
  gint64 duration;

  if (reference && gst_pad_query_duration (reference, GST_FORMAT_TIME,
          &duration))
    return duration;
  return (gint64) gst_gps_stream_get_end (priv->stream);
}

/* Without media: no demuxer follows what the pads give, nor knows that it can
 * be given again. */
static gboolean
gst_gps_demux_bin_gps_query_alone (GstGpsDemuxBin * self, GstPad * pad,
    GstQuery * query)
{
  gint64 value = -1;
  GstFormat format;

  if (GST_QUERY_TYPE (query) == GST_QUERY_SEEKING) {
    gst_query_parse_seeking (query, &format, NULL, NULL, NULL);
    gst_query_set_seeking (query, format, format == GST_FORMAT_TIME, 0,
        format == GST_FORMAT_TIME ? gst_gps_demux_bin_get_duration (self) : -1);
    return TRUE;
  }
  if (GST_QUERY_TYPE (query) == GST_QUERY_POSITION) {
    gst_query_parse_position (query, &format, NULL);
    value = (gint64) gst_gps_pad_get_position (GST_GPS_PAD (pad));
    gst_query_set_position (query, format, value);
  } else {
    gst_query_parse_duration (query, &format, NULL);
    value = gst_gps_demux_bin_get_duration (self);
    gst_query_set_duration (query, format, value);
  }
  return format == GST_FORMAT_TIME && value >= 0;
}

static gboolean
gst_gps_demux_bin_gps_query (GstPad * pad, GstObject * parent, GstQuery * query)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (parent);
  gboolean is_alone = gst_gps_tap_is_alone (PRIVATE (self)->tap);
  g_autoptr (GstPad) reference = NULL;

  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_DURATION:
    case GST_QUERY_POSITION:
    case GST_QUERY_SEEKING:
      if (is_alone)
        return gst_gps_demux_bin_gps_query_alone (self, pad, query);
      break;
    case GST_QUERY_LATENCY:
      if (!is_alone)
        break;
      return gst_pad_query_default (pad, parent, query);
    default:
      return gst_pad_query_default (pad, parent, query);
  }
  reference = gst_gps_media_ref_reference (PRIVATE (self)->media);
  return reference && gst_pad_query (reference, query);
}

static gboolean
gst_gps_demux_bin_gps_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (parent);
  g_autoptr (GstPad) reference =
      gst_gps_media_ref_reference (PRIVATE (self)->media);
  gboolean ok = FALSE;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
    return gst_pad_event_default (pad, parent, event);
  if (gst_gps_tap_is_alone (PRIVATE (self)->tap))
    ok = gst_gps_stream_seek (PRIVATE (self)->stream, event);
  else if (reference)
    ok = gst_pad_send_event (reference, gst_event_ref (event));
  gst_event_unref (event);
  return ok;
}

/* The user wants the track, whatever is linked. */
static gboolean
gst_gps_demux_bin_wants_no_media (GstGpsDemuxBin * self)
{
  gboolean gps_only;

  GST_OBJECT_LOCK (self);
  gps_only = PRIVATE (self)->settings.gps_only;
  GST_OBJECT_UNLOCK (self);
  return gps_only;
}

/* A camera writes its clock into the name of a file. */
static void
gst_gps_demux_bin_ask_uri (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstQuery) query = gst_query_new_uri ();
  g_autofree gchar *uri = NULL;

  if (gst_pad_peer_query (priv->sinkpad, query))
    gst_query_parse_uri (query, &uri);
  gst_gps_stream_know (priv->stream, uri, 0);
}

/* The GPS pad comes before all others, so that a plain link takes it. */
static void
gst_gps_demux_bin_started (GstGpsTap * tap, gpointer user_data)
{
  GstGpsDemuxBin *self = user_data;

  gst_gps_demux_bin_ask_uri (self);
  (void) gst_gps_outlet_open (PRIVATE (self)->tracks[0].fixes);
  if (gst_gps_demux_bin_wants_no_media (self))
    gst_gps_demux_bin_go_alone (self);
}

/* Nobody else says so where the demuxer is not asked. By now the accelerations
 * have a pad, if an index told of them. */
static void
gst_gps_demux_bin_end_pads (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  if (!gst_gps_demux_bin_wants_no_media (self) || priv->has_all_pads)
    return;
  priv->has_all_pads = TRUE;
  gst_element_no_more_pads (GST_ELEMENT (self));
}

/* A stream of ours has come behind those of the demuxer. */
static void
gst_gps_demux_bin_tell_collection (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstStreamCollection) all =
      gst_gps_collection_get (priv->collection);

  if (!all)
    return;
  gst_gps_stream_set_collection (priv->stream, all);
  (void) gst_element_post_message (GST_ELEMENT (self),
      gst_message_new_stream_collection (GST_OBJECT (self), all));
}

static void
gst_gps_demux_bin_found (GstGpsTap * tap, guint track, guint64 offset,
    guint index, GstClockTime time, const Dialect * dialect,
    const GpsRecord * record, gpointer user_data)
{
  const GstGpsDemuxBinTrack *to = &PRIVATE (user_data)->tracks[track];
  gboolean is_new;

  gst_gps_stream_found (to->stream, offset, index, time,
      GST_GPS_TAP_GET_CLASS (tap)->times_are_sure, dialect, record);
  is_new = gst_gps_outlet_open (to->fixes);
  if (record->fields & (GPSRECORD_ACCELERATION | GPSRECORD_ACCELERATION_RAW))
    is_new |= gst_gps_outlet_open (to->acceleration);
  if (is_new)
    gst_gps_demux_bin_tell_collection (user_data);
}

static void
gst_gps_demux_bin_unreadable (GstGpsTap * tap, const Dialect * dialect,
    gpointer user_data)
{
  gst_gps_stream_found_unreadable (PRIVATE (user_data)->stream, dialect);
}

static void
gst_gps_demux_bin_created (GstGpsTap * tap, gint64 creation_us,
    gpointer user_data)
{
  gst_gps_stream_know (PRIVATE (user_data)->stream, NULL, creation_us);
}

static void
gst_gps_demux_bin_indexed (GstGpsTap * tap, gpointer user_data)
{
  GstGpsStream *stream = PRIVATE (user_data)->stream;

  gst_gps_stream_set_complete (stream);
  gst_gps_stream_tell (stream, FALSE);
}

static gboolean
gst_gps_demux_bin_has_media (GstGpsDemuxBin * self)
{
  g_autoptr (GstPad) reference =
      gst_gps_media_ref_reference (PRIVATE (self)->media);

  return reference != NULL;
}

/* The end of reading alone: the demuxer's complaint counts if we, too, found
 * nothing. Whoever failed to give us the data has complained. */
static void
gst_gps_demux_bin_conclude (GstGpsDemuxBin * self, GstFlowReturn flow)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  gboolean has_fix = gst_gps_stream_has_fix (priv->stream);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  GST_OBJECT_LOCK (self);
  message = g_steal_pointer (&priv->demuxer_error);
  GST_OBJECT_UNLOCK (self);

  if (message && has_fix) {
    gst_message_parse_error (message, &error, NULL);
    GST_ELEMENT_WARNING (self, STREAM, DEMUX,
        ("The recording is damaged; its GPS track was read without its "
            "media."), ("%s", error->message));
  } else if (message) {
    GST_BIN_CLASS (gst_gps_demux_bin_parent_class)->handle_message (GST_BIN
        (self), g_steal_pointer (&message));
  } else if (has_fix) {
    if (flow == GST_FLOW_EOS && !gst_gps_stream_has_place (priv->stream))
      GST_ELEMENT_WARNING (self, STREAM, DECODE,
          ("The camera has encrypted the positions of this recording."),
          (NULL));
  } else if (flow != GST_FLOW_EOS) {
    return;
  } else if (gst_gps_demux_bin_has_media (self)
      || gst_gps_demux_bin_wants_no_media (self)) {
    GST_ELEMENT_WARNING (self, STREAM, DEMUX,
        ("The recording has no GPS fixes."), (NULL));
  } else {
    GST_ELEMENT_ERROR (self, STREAM, WRONG_TYPE,
        ("This is no recording: it has neither media nor GPS fixes."), (NULL));
  }
}

/* With its stream lock held, the demuxer does not run. */
static void
gst_gps_demux_bin_locate (GstGpsDemuxBin * self, guint64 reach)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (PRIVATE (self)->demuxer,
      "sink");

  GST_PAD_STREAM_LOCK (pad);
  gst_gps_media_locate (PRIVATE (self)->media, reach);
  GST_PAD_STREAM_UNLOCK (pad);
}

static GstFlowReturn
gst_gps_demux_bin_progress (GstGpsTap * tap, GstFlowReturn flow,
    guint64 reach, gpointer user_data)
{
  GstGpsDemuxBin *self = user_data;
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstFlowReturn pad_flow = GST_FLOW_OK;

  gst_gps_demux_bin_end_pads (self);
  if (!gst_gps_tap_is_alone (tap)) {
    /* The end of the data: the media take it from here, if there are any. */
    if (gst_gps_demux_bin_has_media (self))
      return flow;
    gst_gps_demux_bin_go_alone (self);
  }
  gst_gps_demux_bin_locate (self, reach);
  if (flow == GST_FLOW_OK && gst_gps_tap_is_pulling (tap)) {
    /* All records are known soon, and tell more of the clock than the first. */
    pad_flow = gst_gps_stream_get_flow (priv->stream);
  } else if (flow == GST_FLOW_OK) {
    gst_gps_stream_release (priv->stream, reach);
    pad_flow = gst_gps_stream_get_flow (priv->stream);
  } else {
    if (gst_gps_tap_is_pulling (tap))
      gst_gps_stream_set_complete (priv->stream);
    gst_gps_demux_bin_conclude (self, flow);
  }
  if (flow != GST_FLOW_OK || pad_flow == GST_FLOW_EOS)
    gst_gps_stream_end (priv->stream, reach);
  return pad_flow;
}

static const GstGpsTapCallbacks tap_callbacks = {
  .started = gst_gps_demux_bin_started,
  .found = gst_gps_demux_bin_found,
  .unreadable = gst_gps_demux_bin_unreadable,
  .created = gst_gps_demux_bin_created,
  .indexed = gst_gps_demux_bin_indexed,
  .progress = gst_gps_demux_bin_progress
};

/* The bin. */

/* An error of the demuxer does not end the track: while somebody wants it and
 * nobody is given media, the tap goes on alone. Takes the message if it returns
 * TRUE. */
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
  if (!gst_gps_demux_bin_has_links (self, TRUE))
    return FALSE;
  if (gst_gps_demux_bin_has_links (self, FALSE)) {
    /* What was read is a whole track before anybody hears of the error. */
    gst_gps_stream_end (priv->stream, gst_gps_tap_get_reach (priv->tap));
    return FALSE;
  }

  GST_OBJECT_LOCK (self);
  gst_clear_message (&priv->demuxer_error);
  priv->demuxer_error = message;
  GST_OBJECT_UNLOCK (self);
  gst_gps_demux_bin_go_alone (self);
  return TRUE;
}

/* The demuxer's streams are told together with ours. */
static GstMessage *
gst_gps_demux_bin_complete_collection (GstGpsDemuxBin * self,
    GstMessage * message)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  g_autoptr (GstStreamCollection) theirs = NULL;
  g_autoptr (GstStreamCollection) all = NULL;
  GstMessage *merged;

  gst_message_parse_stream_collection (message, &theirs);
  gst_gps_collection_set_theirs (priv->collection, theirs);
  all = gst_gps_collection_get (priv->collection);
  gst_gps_stream_set_collection (priv->stream, all);
  merged = gst_message_new_stream_collection (GST_MESSAGE_SRC (message), all);
  gst_message_set_seqnum (merged, gst_message_get_seqnum (message));
  gst_message_unref (message);
  return merged;
}

static void
gst_gps_demux_bin_handle_message (GstBin * bin, GstMessage * message)
{
  GstGpsDemuxBin *self = GST_GPS_DEMUX_BIN (bin);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_COLLECTION)
    message = gst_gps_demux_bin_complete_collection (self, message);
  if (!gst_gps_demux_bin_keep_error (self, message))
    GST_BIN_CLASS (gst_gps_demux_bin_parent_class)->handle_message (bin,
        message);
}

static void
gst_gps_demux_bin_check_zone (GstGpsDemuxBin * self,
    const GstGpsSettings * settings)
{
  g_autoptr (GTimeZone) zone = gst_gps_zone_new (settings->time_zone);

  if (settings->guess_time && !zone)
    GST_ELEMENT_WARNING (self, LIBRARY, SETTINGS,
        ("There is no time zone \"%s\": none is assumed.",
            settings->time_zone), (NULL));
}

static void
gst_gps_demux_bin_reset (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsSettings settings;

  g_mutex_lock (&priv->settings_lock);
  GST_OBJECT_LOCK (self);
  settings = priv->settings;
  memset (priv->n_pads, 0, sizeof priv->n_pads);
  gst_clear_message (&priv->demuxer_error);
  GST_OBJECT_UNLOCK (self);
  gst_gps_stream_reset (priv->stream, &settings);
  g_mutex_unlock (&priv->settings_lock);
  priv->has_all_pads = FALSE;
  gst_gps_demux_bin_check_zone (self, &settings);
  gst_gps_collection_clear (priv->collection);
  gst_gps_tap_set_settings (priv->tap, &settings);
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
      for (guint i = 0; i < priv->n_tracks; i++) {
        gst_gps_outlet_stop (priv->tracks[i].fixes);
        gst_gps_outlet_stop (priv->tracks[i].acceleration);
      }
      break;
    default:
      break;
  }
  ret = GST_ELEMENT_CLASS (gst_gps_demux_bin_parent_class)->change_state
      (element, transition);
  for (guint i = 0; i < priv->n_tracks
      && transition == GST_STATE_CHANGE_PAUSED_TO_READY; i++) {
    gst_gps_outlet_close (priv->tracks[i].fixes);
    gst_gps_outlet_close (priv->tracks[i].acceleration);
  }
  return ret;
}

static void
gst_gps_demux_bin_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));
  GstGpsSettings settings;

  g_mutex_lock (&priv->settings_lock);
  GST_OBJECT_LOCK (object);
  if (!gst_gps_settings_set (&priv->settings, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  settings = priv->settings;
  GST_OBJECT_UNLOCK (object);
  gst_gps_stream_set_settings (priv->stream, &settings);
  g_mutex_unlock (&priv->settings_lock);
}

static void
gst_gps_demux_bin_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  GST_OBJECT_LOCK (object);
  if (!gst_gps_settings_get (&priv->settings, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  GST_OBJECT_UNLOCK (object);
}

static GstGpsOutlet *
gst_gps_demux_bin_make_outlet (GstGpsDemuxBin * self, GstGpsStream * stream,
    const gchar * templ, const GstGpsForms * forms)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsOutlet *outlet = gst_gps_outlet_new (GST_ELEMENT (self), stream,
      priv->collection, templ, priv->n_tracks, forms);

  gst_gps_outlet_set_functions (outlet, gst_gps_demux_bin_gps_event,
      gst_gps_demux_bin_gps_query);
  return outlet;
}

static void
gst_gps_demux_bin_add_track (GstGpsDemuxBin * self, GstGpsStream * stream)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);
  GstGpsDemuxBinTrack *track = &priv->tracks[priv->n_tracks];

  track->stream = stream;
  track->fixes = gst_gps_demux_bin_make_outlet (self, stream, "gps_%u",
      gst_gps_forms_get_track ());
  track->acceleration = gst_gps_demux_bin_make_outlet (self,
      gst_gps_stream_add_acceleration (stream), "accel_%u",
      gst_gps_forms_get_acceleration ());
  priv->n_tracks++;
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
  while (priv->n_tracks < GST_GPS_TAP_GET_CLASS (priv->tap)->n_tracks)
    gst_gps_demux_bin_add_track (self, gst_gps_stream_add_track (priv->stream));
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
  priv->media = gst_gps_media_new (priv->demuxer, priv->tap, priv->stream,
      priv->collection);
  /* Whoever holds a message of the demuxer lets it outlive us. */
  g_signal_connect_object (priv->demuxer, "pad-added",
      G_CALLBACK (gst_gps_demux_bin_pad_added), self, 0);
  g_signal_connect_object (priv->demuxer, "pad-removed",
      G_CALLBACK (gst_gps_demux_bin_pad_removed), self, 0);
  g_signal_connect_object (priv->demuxer, "no-more-pads",
      G_CALLBACK (gst_gps_demux_bin_no_more_pads), self, 0);
}

static void
gst_gps_demux_bin_finalize (GObject * object)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (GST_GPS_DEMUX_BIN (object));

  gst_clear_message (&priv->demuxer_error);
  g_clear_pointer (&priv->media, gst_gps_media_free);
  for (guint i = 0; i < priv->n_tracks; i++) {
    gst_gps_outlet_free (priv->tracks[i].fixes);
    gst_gps_outlet_free (priv->tracks[i].acceleration);
  }
  gst_gps_stream_free (priv->stream);
  gst_gps_collection_free (priv->collection);
  g_mutex_clear (&priv->settings_lock);
  G_OBJECT_CLASS (gst_gps_demux_bin_parent_class)->finalize (object);
}

void
gst_gps_demux_bin_class_add_templates (GstGpsDemuxBinClass * klass,
    const gchar * sink_caps)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  g_autoptr (GstCaps) caps = gst_caps_from_string (sink_caps);
  g_autoptr (GstCaps) gps_caps = gst_gps_format_get_all_caps ();
  g_autoptr (GstCaps) acceleration_caps =
      gst_gps_forms_get_acceleration ()->get_caps ();
  g_autoptr (GstCaps) any = gst_caps_new_any ();

  gst_element_class_add_pad_template (element_class,
      gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, caps));
  gst_element_class_add_pad_template (element_class,
      gst_pad_template_new ("gps_%u", GST_PAD_SRC, GST_PAD_SOMETIMES,
          gps_caps));
  gst_element_class_add_pad_template (element_class,
      gst_pad_template_new ("accel_%u", GST_PAD_SRC, GST_PAD_SOMETIMES,
          acceleration_caps));
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
  object_class->finalize = gst_gps_demux_bin_finalize;

  gst_gps_settings_install (object_class);

  GST_ELEMENT_CLASS (klass)->change_state = gst_gps_demux_bin_change_state;
  GST_BIN_CLASS (klass)->handle_message = gst_gps_demux_bin_handle_message;
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_DEMUX_BIN, 0);
}

static void
gst_gps_demux_bin_init (GstGpsDemuxBin * self)
{
  GstGpsDemuxBinPrivate *priv = PRIVATE (self);

  g_mutex_init (&priv->settings_lock);
  gst_gps_settings_init (&priv->settings);
  priv->stream = gst_gps_stream_new ();
  priv->collection = gst_gps_collection_new ();
  gst_gps_demux_bin_add_track (self, priv->stream);
}
