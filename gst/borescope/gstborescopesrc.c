/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/**
 * SECTION:element-borescopesrc
 * @title: borescopesrc
 *
 * Live pictures of the borescopes, ear cameras and otoscopes of the Molink
 * family (J103-OTG and its kin, iTiMO, Wudaopu, Nidage, Spade, Bebird R1,
 * DEPSTECH WF010 and more), which speak UDP on the ports 8030 to 8032 or TCP on
 * 7060. Which of the three protocols it is, the first bytes of the camera tell.
 *
 * The pictures are JPEG as the camera made them. A thread of its own keeps the
 * camera streaming, also while downstream takes nothing; of what waits, the
 * newest frames are kept. Frames that are not whole are dropped. A camera that
 * goes away is waited for.
 *
 * |[
 * gst-launch-1.0 borescopesrc ! jpegdec ! videoconvert ! autovideosink
 * ]| shows the camera's pictures.
 * |[
 * gst-launch-1.0 -e borescopesrc port=0 ! jpegparse ! matroskamux ! filesink location=inspection.mkv
 * ]| finds the port by itself and records without encoding anew.
 *
 * ## Messages
 * Element messages, by the name of their structure:
 *
 * - `borescope-button`: `key` (photo, video, zoom-in, zoom-out, unknown),
 *   `key-code`, `counter`, `presses`, `running-time` and `timestamp` (ns). The same
 *   structure goes downstream as a custom serialized event, right before the first
 *   picture that was taken after the press.
 * - `borescope-connected`: `protocol`, `host`, `port`, `width`, `height`.
 * - `borescope-disconnected`: `reason`. With it comes one warning for each outage.
 * - `borescope-timeout`: `timeout` (ns), when the camera was silent so long.
 * - `borescope-battery`: `percent`, `charging`, `full`.
 * - `borescope-orientation`: `angle` in degrees, if orientation-events is set.
 *
 * ## Statistics
 * The property stats is a structure: packets-received, bytes-received,
 * packets-invalid, packets-foreign (of other hosts, ignored), packets-duplicate,
 * packets-reordered, packets-late, fragments-lost, frames-pushed,
 * frames-incomplete (dropped, a fragment was lost), frames-expired,
 * frames-corrupt (not a JPEG picture), frames-overrun (downstream too slow),
 * frames-late (dropped for QoS), receive-calls, keepalives-sent, reconnects,
 * button-events, control-requests, control-timeouts, average-fps,
 * average-frame-size, last-assembly-time (ns), rcvbuf-size, protocol.
 *
 * Since: 0.1
 */
#include "gstborescopeio.h"
#include "gstborescopeorientation.h"
#include "gstborescopequeue.h"
#include "gstborescopereport.h"
#include "gstborescopesrc.h"
#include "gstborescopeuri.h"

GST_DEBUG_CATEGORY (gst_borescope_src_debug);
#define GST_CAT_DEFAULT gst_borescope_src_debug

/* NEW_LATENCY messages are no more frequent. */
#define LATENCY_INTERVAL GST_SECOND

enum
{
  PROP_URI = GST_BORESCOPE_SETTINGS_LAST + 1,
  PROP_STATS,
  PROP_DEVICE_INFO,
  PROP_USED_SOCKET
};

struct _GstBorescopeSrc
{
  GstPushSrc parent;

  GstBorescopeQueue *queue;     /* set in init */

  /* OBJECT_LOCK */
  GstBorescopeSettings settings;
  GstBorescopeReportCounts counts;
  GstClockTime latency;
  gboolean latency_changed;
  gboolean has_version;
  guint version;
  MolinkBattery battery;        /* percent -1: not told */
  GstBorescopeIo *io;

  /* start() */
  GstBorescopeSettings used;    /* what the I/O thread works with */

  /* I/O thread */
  GstBorescopeDescrambler descrambler;
  GstBorescopeOrientation orientation;
  gboolean announce;            /* the next picture is the first one of a connection */
  gboolean lost;                /* a frame was no picture since the last one */
  guint port;
  guint64 next_latency_message;

  /* streaming thread */
  guint width;
  guint height;
};

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("image/jpeg, width = (int) [ 1, 65535 ], "
        "height = (int) [ 1, 65535 ], framerate = (fraction) [ 0/1, MAX ], "
        "parsed = (boolean) true"));

static void gst_borescope_src_uri_handler_init (gpointer iface,
    gpointer iface_data);

#define gst_borescope_src_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE (GstBorescopeSrc, gst_borescope_src, GST_TYPE_PUSH_SRC,
    G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER,
        gst_borescope_src_uri_handler_init);
    GST_DEBUG_CATEGORY_INIT (gst_borescope_src_debug, "borescopesrc", 0,
        "Borescopes of the Molink family"););

GST_ELEMENT_REGISTER_DEFINE (borescopesrc, "borescopesrc", GST_RANK_NONE,
    GST_TYPE_BORESCOPE_SRC);

/* I/O thread */

static void
gst_borescope_src_post (GstBorescopeSrc * self, GstStructure * structure)
{
  gst_element_post_message (GST_ELEMENT (self),
      gst_message_new_element (GST_OBJECT (self), structure));
}

static void
gst_borescope_src_note_latency (GstBorescopeSrc * self, guint64 assembly_time,
    guint64 now)
{
  gboolean tell;

  GST_OBJECT_LOCK (self);
  self->counts.assembly_time = assembly_time;
  if (assembly_time > self->latency) {
    self->latency = assembly_time;
    self->latency_changed = TRUE;
  }
  tell = self->latency_changed && now >= self->next_latency_message;
  if (tell)
    self->latency_changed = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (tell) {
    self->next_latency_message = now + LATENCY_INTERVAL;
    gst_element_post_message (GST_ELEMENT (self),
        gst_message_new_latency (GST_OBJECT (self)));
  }
}

static void
gst_borescope_src_note_picture (GstBorescopeSrc * self,
    const GstBorescopeFrame * frame, const GstBorescopePicture * picture)
{
  GST_OBJECT_LOCK (self);
  if (self->counts.n_frames == 0)
    self->counts.first_time = frame->end_time;
  self->counts.last_time = frame->end_time;
  self->counts.n_frames++;
  self->counts.frame_bytes += gst_buffer_get_size (picture->buffer);
  GST_OBJECT_UNLOCK (self);
  if (!self->announce)
    return;
  self->announce = FALSE;
  gst_borescope_src_post (self, gst_structure_new ("borescope-connected",
          "protocol", G_TYPE_STRING,
          gst_borescope_report_protocol (frame->variant), "host",
          G_TYPE_STRING, self->used.host, "port", G_TYPE_UINT, self->port,
          "width", G_TYPE_UINT, picture->width, "height", G_TYPE_UINT,
          picture->height, NULL));
}

static void
gst_borescope_src_note_orientation (GstBorescopeSrc * self,
    const GstBorescopeFrame * frame)
{
  GstBorescopeOrientationChange change;

  if (!self->used.orientation_events || !frame->motion)
    return;
  change = gst_borescope_orientation_update (&self->orientation,
      frame->motion, frame->end_time);
  if (change & GST_BORESCOPE_ORIENTATION_ANGLE)
    gst_borescope_src_post (self, gst_structure_new ("borescope-orientation",
            "angle", G_TYPE_DOUBLE, self->orientation.angle, NULL));
  if (change & GST_BORESCOPE_ORIENTATION_QUARTER)
    gst_borescope_queue_push_event (self->queue,
        gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION,
                gst_borescope_orientation_get_tag (&self->orientation),
                NULL)), GST_CLOCK_TIME_NONE);
}

/* When the first fragment of the frame came, its age ago: closest to the
 * exposure. */
static GstClockTime
gst_borescope_src_get_pts (GstBorescopeSrc * self, guint64 age)
{
  GstClockTime pts = gst_element_get_current_running_time (GST_ELEMENT (self));

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return pts;
  return pts > age ? pts - age : 0;
}

static gboolean
gst_borescope_src_on_frame (gpointer user_data, const GstBorescopeFrame * frame)
{
  GstBorescopeSrc *self = user_data;
  guint64 now = (guint64) g_get_monotonic_time () * 1000;
  guint64 age = now > frame->begin_time ? now - frame->begin_time : 0;
  GstClockTime pts = gst_borescope_src_get_pts (self, age);
  GstBorescopePicture picture;

  gst_borescope_src_note_orientation (self, frame);
  if (!gst_borescope_picture_make (frame, &self->descrambler,
          !self->used.drop_incomplete, &picture)) {
    GST_DEBUG_OBJECT (self, "frame %u is no JPEG picture", frame->id);
    GST_OBJECT_LOCK (self);
    self->counts.frames_corrupt++;
    GST_OBJECT_UNLOCK (self);
    self->lost = TRUE;
    return FALSE;
  }
  if (self->lost)
    GST_BUFFER_FLAG_SET (picture.buffer, GST_BUFFER_FLAG_DISCONT);
  self->lost = FALSE;
  GST_BUFFER_PTS (picture.buffer) = pts;
  gst_borescope_src_note_latency (self, age, now);
  gst_borescope_src_note_picture (self, frame, &picture);
  gst_borescope_queue_push (self->queue, &picture);
  return TRUE;
}

static void
gst_borescope_src_on_up (gpointer user_data, MolinkVariant variant, guint port)
{
  GstBorescopeSrc *self = user_data;

  GST_INFO_OBJECT (self, "%s port %u: %s", self->used.host, port,
      gst_borescope_report_protocol (variant));
  self->announce = TRUE;
  self->port = port;
  GST_OBJECT_LOCK (self);
  self->counts.variant = variant;
  GST_OBJECT_UNLOCK (self);
}

static void
gst_borescope_src_on_down (gpointer user_data, const gchar * why)
{
  GstBorescopeSrc *self = user_data;

  GST_ELEMENT_WARNING (self, RESOURCE, READ,
      ("No pictures from the camera at %s; waiting for it.", self->used.host),
      ("%s", why));
  gst_borescope_src_post (self, gst_structure_new ("borescope-timeout",
          "timeout", G_TYPE_UINT64, self->used.timeout, NULL));
  gst_borescope_src_post (self, gst_structure_new ("borescope-disconnected",
          "reason", G_TYPE_STRING, why, NULL));
}

static void
gst_borescope_src_on_failed (gpointer user_data, GstResourceError code,
    const GError * error)
{
  GstBorescopeSrc *self = user_data;
  const gchar *host = self->used.host;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND,
        ("The camera at %s sends no pictures that can be read.", host),
        ("port %u: %s", self->used.port, error->message));
  else if (code == GST_RESOURCE_ERROR_NOT_FOUND)
    GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND,
        ("No camera at %s. Is this computer in the camera's network?", host),
        ("port %u: %s", self->used.port, error->message));
  else if (code == GST_RESOURCE_ERROR_READ)
    GST_ELEMENT_ERROR (self, RESOURCE, READ,
        ("The camera at %s sends nothing any more.", host), ("%s",
            error->message));
  else
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ,
        ("Cannot talk to the camera at %s: %s.", host, error->message),
        ("port %u", self->used.port));
  gst_borescope_queue_fail (self->queue);
}

static void
gst_borescope_src_on_button (gpointer user_data, guint key, guint counter,
    guint n_presses)
{
  GstBorescopeSrc *self = user_data;
  GstClockTime time = gst_element_get_current_running_time (GST_ELEMENT (self));
  GstStructure *structure = gst_borescope_report_button (key, counter,
      n_presses, time);

  GST_OBJECT_LOCK (self);
  self->counts.button_events++;
  GST_OBJECT_UNLOCK (self);
  gst_borescope_queue_push_event (self->queue,
      gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM,
          gst_structure_copy (structure)), time);
  gst_borescope_src_post (self, structure);
}

static void
gst_borescope_src_on_battery (gpointer user_data, const MolinkBattery * battery)
{
  GstBorescopeSrc *self = user_data;

  GST_OBJECT_LOCK (self);
  self->battery = *battery;
  GST_OBJECT_UNLOCK (self);
  gst_borescope_src_post (self, gst_borescope_report_battery (battery));
}

static void
gst_borescope_src_on_version (gpointer user_data, guint32 version)
{
  GstBorescopeSrc *self = user_data;

  GST_INFO_OBJECT (self, "firmware version %u", version);
  GST_OBJECT_LOCK (self);
  self->has_version = TRUE;
  self->version = version;
  GST_OBJECT_UNLOCK (self);
}

static const GstBorescopeIoFuncs io_funcs = {
  .frame = gst_borescope_src_on_frame,
  .link = {
        .up = gst_borescope_src_on_up,
        .down = gst_borescope_src_on_down,
        .failed = gst_borescope_src_on_failed,
      },
  .control = {
        .button = gst_borescope_src_on_button,
        .battery = gst_borescope_src_on_battery,
        .version = gst_borescope_src_on_version,
      },
};

/* States */

static void
gst_borescope_src_reset (GstBorescopeSrc * self)
{
  GST_OBJECT_LOCK (self);
  gst_borescope_settings_copy (&self->used, &self->settings);
  self->counts = (GstBorescopeReportCounts) {
  0};
  self->latency = self->used.latency * GST_MSECOND;
  self->latency_changed = FALSE;
  self->has_version = FALSE;
  self->battery.percent = -1;
  GST_OBJECT_UNLOCK (self);
  self->descrambler = (GstBorescopeDescrambler) {
  0};
  self->descrambler.setting = self->used.descramble;
  self->orientation = (GstBorescopeOrientation) {
  0};
  self->announce = FALSE;
  self->lost = FALSE;
  self->next_latency_message = 0;
  self->width = 0;
  self->height = 0;
  gst_borescope_queue_start (self->queue, self->used.max_queued_frames);
}

/* Runs in the application's thread: nothing here waits. */
static gboolean
gst_borescope_src_start (GstBaseSrc * base)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (base);
  g_autoptr (GError) error = NULL;

  gst_borescope_src_reset (self);
  GstBorescopeIo *io = gst_borescope_io_new (&self->used, &io_funcs, self,
      &error);
  if (!io) {
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ,
        ("No thread for the camera."), ("%s", error->message));
    return FALSE;
  }
  GST_OBJECT_LOCK (self);
  self->io = io;
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

static gboolean
gst_borescope_src_stop (GstBaseSrc * base)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (base);
  GstBorescopeIo *io;

  GST_OBJECT_LOCK (self);
  io = g_steal_pointer (&self->io);
  GST_OBJECT_UNLOCK (self);
  gst_borescope_queue_set_open (self->queue, FALSE);
  g_clear_pointer (&io, gst_borescope_io_free);
  return TRUE;
}

/* Only a transition of the state calls this, and start() and stop() are in
 * others: the thread stays. */
static void
gst_borescope_src_set_playing (GstBorescopeSrc * self, gboolean playing)
{
  gst_borescope_queue_set_open (self->queue, playing);
  if (self->io)
    gst_borescope_io_set_playing (self->io, playing);
}

static GstStateChangeReturn
gst_borescope_src_change_state (GstElement * element, GstStateChange transition)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (element);

  if (transition == GST_STATE_CHANGE_PAUSED_TO_PLAYING)
    gst_borescope_src_set_playing (self, TRUE);
  else if (transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
    gst_borescope_src_set_playing (self, FALSE);
  return GST_ELEMENT_CLASS (parent_class)->change_state (element, transition);
}

static gboolean
gst_borescope_src_unlock (GstBaseSrc * base)
{
  gst_borescope_queue_set_flushing (GST_BORESCOPE_SRC (base)->queue, TRUE);
  return TRUE;
}

static gboolean
gst_borescope_src_unlock_stop (GstBaseSrc * base)
{
  gst_borescope_queue_set_flushing (GST_BORESCOPE_SRC (base)->queue, FALSE);
  return TRUE;
}

/* Only a picture tells the caps. */
static gboolean
gst_borescope_src_negotiate (GstBaseSrc * base)
{
  return TRUE;
}

static gboolean
gst_borescope_src_is_seekable (GstBaseSrc * base)
{
  return FALSE;
}

static gboolean
gst_borescope_src_query (GstBaseSrc * base, GstQuery * query)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (base);
  GstClockTime latency;

  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return GST_BASE_SRC_CLASS (parent_class)->query (base, query);
  GST_OBJECT_LOCK (self);
  latency = self->latency;
  GST_OBJECT_UNLOCK (self);
  gst_query_set_latency (query, TRUE, latency, GST_CLOCK_TIME_NONE);
  return TRUE;
}

static gboolean
gst_borescope_src_event (GstBaseSrc * base, GstEvent * event)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (base);

  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS) {
    gdouble proportion;
    GstClockTimeDiff jitter;
    GstClockTime timestamp;

    gst_event_parse_qos (event, NULL, &proportion, &jitter, &timestamp);
    gst_borescope_queue_set_qos (self->queue, proportion, jitter, timestamp);
  }
  return GST_BASE_SRC_CLASS (parent_class)->event (base, event);
}

/* Streaming thread */

static gboolean
gst_borescope_src_set_size (GstBorescopeSrc * self,
    const GstBorescopePicture * picture)
{
  if (self->width == picture->width && self->height == picture->height)
    return TRUE;

  g_autoptr (GstCaps) caps = gst_caps_new_simple ("image/jpeg",
      "parsed", G_TYPE_BOOLEAN, TRUE, "width", G_TYPE_INT,
      (gint) picture->width, "height", G_TYPE_INT, (gint) picture->height,
      "framerate", GST_TYPE_FRACTION, 0, 1, "pixel-aspect-ratio",
      GST_TYPE_FRACTION, 1, 1, NULL);
  self->width = picture->width;
  self->height = picture->height;
  return gst_base_src_set_caps (GST_BASE_SRC (self), caps);
}

static GstFlowReturn
gst_borescope_src_create (GstPushSrc * push, GstBuffer ** ret_buffer)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (push);
  GstBorescopeQueueItem item = { 0 };
  GstFlowReturn ret = gst_borescope_queue_pop (self->queue, GST_OBJECT (self),
      &item);

  if (ret != GST_FLOW_OK)
    return ret;
  if (item.qos)
    gst_element_post_message (GST_ELEMENT (self), item.qos);
  /* the base class pushes them right before the buffer */
  for (GList * l = item.events; l; l = l->next)
    (void) gst_element_send_event (GST_ELEMENT (self), l->data);
  g_list_free (item.events);
  gst_object_sync_values (GST_OBJECT (self),
      GST_BUFFER_PTS (item.picture.buffer));
  if (!gst_borescope_src_set_size (self, &item.picture)) {
    gst_buffer_unref (item.picture.buffer);
    return GST_PAD_IS_FLUSHING (GST_BASE_SRC_PAD (self)) ?
        GST_FLOW_FLUSHING : GST_FLOW_NOT_NEGOTIATED;
  }
  *ret_buffer = item.picture.buffer;
  return GST_FLOW_OK;
}

/* URI */

static GstURIType
gst_borescope_src_uri_get_type (GType type)
{
  return GST_URI_SRC;
}

static const gchar *const *
gst_borescope_src_uri_get_protocols (GType type)
{
  static const gchar *const protocols[] = { GST_BORESCOPE_URI_SCHEME, NULL };

  return protocols;
}

static gchar *
gst_borescope_src_uri_get_uri (GstURIHandler * handler)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (handler);
  gchar *uri;

  GST_OBJECT_LOCK (self);
  uri = gst_borescope_uri_make (self->settings.host, self->settings.port);
  GST_OBJECT_UNLOCK (self);
  return uri;
}

static gboolean
gst_borescope_src_uri_set_uri (GstURIHandler * handler, const gchar * uri,
    GError ** error)
{
  GstElement *element = GST_ELEMENT (handler);

  if (GST_STATE (element) > GST_STATE_READY) {
    g_set_error_literal (error, GST_URI_ERROR, GST_URI_ERROR_BAD_STATE,
        "the URI of borescopesrc cannot be changed while it runs");
    return FALSE;
  }
  return gst_borescope_uri_apply (element, uri, error);
}

static void
gst_borescope_src_uri_handler_init (gpointer iface, gpointer iface_data)
{
  GstURIHandlerInterface *handler = iface;

  handler->get_type = gst_borescope_src_uri_get_type;
  handler->get_protocols = gst_borescope_src_uri_get_protocols;
  handler->get_uri = gst_borescope_src_uri_get_uri;
  handler->set_uri = gst_borescope_src_uri_set_uri;
}

/* Properties */

static void
gst_borescope_src_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (object);
  g_autoptr (GError) error = NULL;
  gboolean known;

  if (id == PROP_URI) {
    const gchar *uri = g_value_get_string (value);

    if (uri && !gst_borescope_uri_apply (GST_ELEMENT (self), uri, &error))
      GST_WARNING_OBJECT (self, "%s", error->message);
    return;
  }
  GST_OBJECT_LOCK (self);
  known = gst_borescope_settings_set (&self->settings, id, value);
  if (self->io)
    gst_borescope_io_set_led (self->io, self->settings.led_brightness);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static GstStructure *
gst_borescope_src_get_stats (GstBorescopeSrc * self)
{
  GstBorescopeIoCounts io = { 0 };
  GstBorescopeQueueCounts queue;
  GstBorescopeReportCounts counts;

  gst_borescope_queue_get_counts (self->queue, &queue);
  GST_OBJECT_LOCK (self);
  counts = self->counts;
  if (self->io)
    gst_borescope_io_get_counts (self->io, &io);
  GST_OBJECT_UNLOCK (self);
  return gst_borescope_report_stats (&io, &queue, &counts);
}

static GstStructure *
gst_borescope_src_get_device_info (GstBorescopeSrc * self)
{
  GstStructure *info = gst_structure_new_empty
      ("application/x-borescope-device");

  GST_OBJECT_LOCK (self);
  if (self->has_version)
    gst_structure_set (info, "firmware", G_TYPE_UINT, self->version, NULL);
  if (self->battery.percent >= 0)
    gst_structure_set (info, "battery-percent", G_TYPE_INT,
        self->battery.percent, "battery-charging", G_TYPE_BOOLEAN,
        self->battery.plugged, NULL);
  GST_OBJECT_UNLOCK (self);
  return info;
}

static void
gst_borescope_src_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (object);
  gboolean known = TRUE;

  switch (id) {
    case PROP_URI:
      g_value_take_string (value,
          gst_borescope_src_uri_get_uri (GST_URI_HANDLER (self)));
      break;
    case PROP_STATS:
      g_value_take_boxed (value, gst_borescope_src_get_stats (self));
      break;
    case PROP_DEVICE_INFO:
      g_value_take_boxed (value, gst_borescope_src_get_device_info (self));
      break;
    case PROP_USED_SOCKET:
      GST_OBJECT_LOCK (self);
      g_value_take_object (value, self->io ?
          gst_borescope_io_get_socket (self->io) : NULL);
      GST_OBJECT_UNLOCK (self);
      break;
    default:
      GST_OBJECT_LOCK (self);
      known = gst_borescope_settings_get (&self->settings, id, value);
      GST_OBJECT_UNLOCK (self);
      break;
  }
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_borescope_src_finalize (GObject * object)
{
  GstBorescopeSrc *self = GST_BORESCOPE_SRC (object);

  gst_borescope_settings_clear (&self->settings);
  gst_borescope_settings_clear (&self->used);
  gst_borescope_queue_free (self->queue);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_borescope_src_install_properties (GObjectClass * object_class)
{
  gst_borescope_settings_install (object_class);
  g_object_class_install_property (object_class, PROP_URI,
      g_param_spec_string ("uri", "URI",
          "borescope://HOST[:PORT][?PROPERTY=VALUE&...]",
          "borescope://192.168.10.123:8030",
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (object_class, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
          "What came and what became of it", GST_TYPE_STRUCTURE,
          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_DEVICE_INFO,
      g_param_spec_boxed ("device-info", "Device info",
          "What the camera tells of itself: firmware, battery",
          GST_TYPE_STRUCTURE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_USED_SOCKET,
      g_param_spec_object ("used-socket", "Used socket",
          "The socket of the video, while there is one", G_TYPE_SOCKET,
          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
gst_borescope_src_class_init (GstBorescopeSrcClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  object_class->set_property = gst_borescope_src_set_property;
  object_class->get_property = gst_borescope_src_get_property;
  object_class->finalize = gst_borescope_src_finalize;
  gst_borescope_src_install_properties (object_class);

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Borescope source", "Source/Video/Network",
      "Live pictures of Molink borescopes and ear cameras",
      "the gst-plugins-cheapcam authors");
  element_class->change_state = gst_borescope_src_change_state;

  base_class->start = gst_borescope_src_start;
  base_class->stop = gst_borescope_src_stop;
  base_class->unlock = gst_borescope_src_unlock;
  base_class->unlock_stop = gst_borescope_src_unlock_stop;
  base_class->negotiate = gst_borescope_src_negotiate;
  base_class->is_seekable = gst_borescope_src_is_seekable;
  base_class->query = gst_borescope_src_query;
  base_class->event = gst_borescope_src_event;
  GST_PUSH_SRC_CLASS (klass)->create = gst_borescope_src_create;
}

static void
gst_borescope_src_init (GstBorescopeSrc * self)
{
  gst_borescope_settings_init (&self->settings);
  gst_borescope_settings_init (&self->used);
  self->queue = gst_borescope_queue_new ();
  self->battery.percent = -1;
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_do_timestamp (GST_BASE_SRC (self), FALSE);
}
