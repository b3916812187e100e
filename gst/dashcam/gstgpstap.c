/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpstap.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_tap_debug);
#define GST_CAT_DEFAULT gst_gps_tap_debug

/* Range of a read of our own: large enough that its cost is that of copying. */
#define READ_SIZE (256 * 1024)

typedef struct
{
  GstPad *sinkpad;
  GstPad *srcpad;
  const GstGpsTapCallbacks *callbacks;
  gpointer user_data;

  /* streaming thread; the task's, once it runs */
  guint64 position;             /* of the byte that feed() expects next */
  gboolean started;
  gboolean indexed;             /* read_index() told all */

  /* atomic */
  gint alone;
  gint jumped;                  /* a seek: the next read need not follow the last */

  /* OBJECT_LOCK */
  guint64 reach;

  GstTask *task;
  GRecMutex task_lock;
} GstGpsTapPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (GstGpsTap, gst_gps_tap, GST_TYPE_ELEMENT,
    G_ADD_PRIVATE (GstGpsTap);
    GST_DEBUG_CATEGORY_INIT (gst_gps_tap_debug, "gpstap", 0,
        "Looks for GPS records in a recording"););

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

#define PRIVATE(self) \
  ((GstGpsTapPrivate *) gst_gps_tap_get_instance_private (self))

void
gst_gps_tap_set_callbacks (GstGpsTap * self,
    const GstGpsTapCallbacks * callbacks, gpointer user_data)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  priv->callbacks = callbacks;
  priv->user_data = user_data;
}

void
gst_gps_tap_found (GstGpsTap * self, guint64 offset, guint index,
    GstClockTime time, const Dialect * dialect, const GpsRecord * record)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  GST_LOG_OBJECT (self, "%s record at %" G_GUINT64_FORMAT " time %"
      GST_TIME_FORMAT, dialect->name, offset, GST_TIME_ARGS (time));
  priv->callbacks->found (self, offset, index, time, dialect, record,
      priv->user_data);
}

GstFlowReturn
gst_gps_tap_progress (GstGpsTap * self, GstFlowReturn flow)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  return priv->callbacks->progress (self, flow, priv->user_data);
}

gboolean
gst_gps_tap_is_alone (GstGpsTap * self)
{
  return g_atomic_int_get (&PRIVATE (self)->alone);
}

void
gst_gps_tap_seek (GstGpsTap * self)
{
  g_atomic_int_set (&PRIVATE (self)->jumped, 1);
}

guint64
gst_gps_tap_get_reach (GstGpsTap * self)
{
  guint64 reach;

  GST_OBJECT_LOCK (self);
  reach = PRIVATE (self)->reach;
  GST_OBJECT_UNLOCK (self);
  return reach;
}

static void
gst_gps_tap_set_reach (GstGpsTap * self, guint64 reach, gboolean back)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  GST_OBJECT_LOCK (self);
  if (back || reach > priv->reach)
    priv->reach = reach;
  GST_OBJECT_UNLOCK (self);
}

static void
gst_gps_tap_start (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  if (!priv->started) {
    priv->started = TRUE;
    priv->callbacks->started (self, priv->user_data);
  }
}

static void
gst_gps_tap_jump (GstGpsTap * self, guint64 position)
{
  GST_GPS_TAP_GET_CLASS (self)->jump (self, position);
  PRIVATE (self)->position = position;
}

/* Looks through bytes that follow what was seen last. */
static void
gst_gps_tap_feed (GstGpsTap * self, const guint8 * data, gsize size)
{
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);

  PRIVATE (self)->position += size;
  while (size > 0) {
    gsize taken = klass->feed (self, data, size);

    data += taken;
    size -= taken;
  }
}

static void
gst_gps_tap_feed_buffer (GstGpsTap * self, GstBuffer * buffer)
{
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    GST_WARNING_OBJECT (self, "cannot read a buffer");
    return;
  }
  gst_gps_tap_feed (self, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

/* Pull mode. */

GstFlowReturn
gst_gps_tap_pull (GstGpsTap * self, guint64 offset, guint size,
    GstBuffer ** ret_buffer)
{
  GstBuffer *buffer = NULL;
  GstFlowReturn flow = gst_pad_pull_range (PRIVATE (self)->sinkpad, offset,
      size, &buffer);

  if (flow == GST_FLOW_OK)
    *ret_buffer = buffer;
  return flow;
}

GstFlowReturn
gst_gps_tap_read_rest (GstGpsTap * self, guint64 offset)
{
  GstFlowReturn flow;

  gst_gps_tap_jump (self, offset);
  for (;;) {
    GstBuffer *buffer;

    flow = gst_gps_tap_pull (self, PRIVATE (self)->position, READ_SIZE,
        &buffer);
    if (flow != GST_FLOW_OK)
      break;
    gst_gps_tap_feed_buffer (self, buffer);
    gst_buffer_unref (buffer);
    flow = gst_gps_tap_progress (self, GST_FLOW_OK);
    if (flow != GST_FLOW_OK)
      return flow;
  }
  if (flow == GST_FLOW_EOS)
    GST_GPS_TAP_GET_CLASS (self)->finish (self);
  return flow;
}

/* Looks through what the demuxer reads, and through small holes between. */
static void
gst_gps_tap_follow (GstGpsTap * self, guint64 offset, GstBuffer * buffer)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  gsize max_hole = GST_GPS_TAP_GET_CLASS (self)->max_hole;

  if (priv->indexed)
    return;
  if (offset > priv->position && offset - priv->position <= max_hole) {
    GstBuffer *hole;

    if (gst_gps_tap_pull (self, priv->position,
            (guint) (offset - priv->position), &hole) == GST_FLOW_OK) {
      gst_gps_tap_feed_buffer (self, hole);
      gst_buffer_unref (hole);
    }
  }
  if (offset < priv->position && priv->position - offset <= max_hole)
    return;
  if (offset != priv->position)
    gst_gps_tap_jump (self, offset);
  gst_gps_tap_feed_buffer (self, buffer);
}

static GstFlowReturn
gst_gps_tap_get_range (GstPad * pad, GstObject * parent, guint64 offset,
    guint length, GstBuffer ** buffer)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstFlowReturn flow;

  if (gst_gps_tap_is_alone (self))
    return GST_FLOW_EOS;
  if (!priv->started) {
    gst_gps_tap_start (self);
    if (GST_GPS_TAP_GET_CLASS (self)->read_index)
      priv->indexed = GST_GPS_TAP_GET_CLASS (self)->read_index (self);
  }

  flow = gst_pad_pull_range (priv->sinkpad, offset, length, buffer);
  if (flow != GST_FLOW_OK)
    return flow;

  if (g_atomic_int_compare_and_exchange (&priv->jumped, 1, 0)) {
    gsize before = GST_GPS_TAP_GET_CLASS (self)->max_hole;

    gst_gps_tap_jump (self, offset - MIN (offset, before));
    gst_gps_tap_set_reach (self, offset, TRUE);
  } else {
    gst_gps_tap_set_reach (self, offset, FALSE);
  }
  gst_gps_tap_follow (self, offset, *buffer);
  return GST_FLOW_OK;
}

/* Alone, by pull. Runs once. */
static void
gst_gps_tap_task (gpointer user_data)
{
  GstGpsTap *self = user_data;
  GstFlowReturn flow;

  gst_gps_tap_start (self);
  flow = GST_GPS_TAP_GET_CLASS (self)->read_all (self);
  GST_DEBUG_OBJECT (self, "read all: %s", gst_flow_get_name (flow));
  (void) gst_gps_tap_progress (self, flow);
  gst_task_pause (PRIVATE (self)->task);
}

void
gst_gps_tap_read_alone (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  if (!g_atomic_int_compare_and_exchange (&priv->alone, 0, 1))
    return;
  GST_DEBUG_OBJECT (self, "reading alone");
  if (GST_PAD_MODE (priv->sinkpad) == GST_PAD_MODE_PULL)
    gst_task_start (priv->task);
}

/* Push mode. */

/* Hands data to the demuxer, unless it is no longer wanted there. */
static GstFlowReturn
gst_gps_tap_push (GstGpsTap * self, GstBuffer * buffer)
{
  if (gst_gps_tap_is_alone (self)) {
    gst_buffer_unref (buffer);
    return GST_FLOW_OK;
  }
  return gst_pad_push (PRIVATE (self)->srcpad, buffer);
}

static GstBuffer *
gst_gps_tap_part (GstBuffer * buffer, gsize from, gsize to)
{
  GstBuffer *part;

  if (from == 0 && to == gst_buffer_get_size (buffer))
    return gst_buffer_ref (buffer);
  part = gst_buffer_copy_region (buffer, GST_BUFFER_COPY_ALL, from, to - from);
  if (from > 0)
    GST_BUFFER_FLAG_UNSET (part, GST_BUFFER_FLAG_DISCONT);
  if (GST_BUFFER_OFFSET_IS_VALID (buffer)) {
    GST_BUFFER_OFFSET (part) = GST_BUFFER_OFFSET (buffer) + from;
    GST_BUFFER_OFFSET_END (part) = GST_BUFFER_OFFSET (buffer) + to;
  }
  return part;
}

/* Cuts the buffer behind each block found, so that a fix is known exactly when
 * the media before it has gone out. */
static GstFlowReturn
gst_gps_tap_split (GstGpsTap * self, GstBuffer * buffer)
{
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);
  GstFlowReturn flow = GST_FLOW_OK;
  GstMapInfo map;
  gsize sent = 0, seen = 0;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return gst_gps_tap_push (self, gst_buffer_ref (buffer));

  while (seen < map.size && flow == GST_FLOW_OK) {
    gsize taken = klass->feed (self, map.data + seen, map.size - seen);

    seen += taken;
    PRIVATE (self)->position += taken;
    flow = gst_gps_tap_push (self, gst_gps_tap_part (buffer, sent, seen));
    sent = seen;
  }
  gst_buffer_unmap (buffer, &map);
  return flow;
}

static GstFlowReturn
gst_gps_tap_chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstFlowReturn flow;

  gst_gps_tap_start (self);
  /* What comes by push is seen before the demuxer has it. */
  gst_gps_tap_set_reach (self, G_MAXUINT64, TRUE);
  if (GST_BUFFER_OFFSET_IS_VALID (buffer)
      && GST_BUFFER_OFFSET (buffer) != priv->position
      && GST_BUFFER_IS_DISCONT (buffer))
    gst_gps_tap_jump (self, GST_BUFFER_OFFSET (buffer));

  if (gst_gps_tap_is_alone (self)) {
    gst_gps_tap_feed_buffer (self, buffer);
    flow = GST_FLOW_OK;
  } else {
    flow = gst_gps_tap_split (self, buffer);
  }
  gst_buffer_unref (buffer);
  /* The demuxer may have failed in there, and the bin have decided to go on. */
  if (gst_gps_tap_is_alone (self))
    flow = gst_gps_tap_progress (self, GST_FLOW_OK);
  return flow;
}

static gboolean
gst_gps_tap_sink_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstSegment segment;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment (event, &segment);
      if (segment.format == GST_FORMAT_BYTES)
        gst_gps_tap_jump (self, segment.start);
      break;
    case GST_EVENT_EOS:
      gst_gps_tap_start (self);
      GST_GPS_TAP_GET_CLASS (self)->finish (self);
      if (gst_gps_tap_is_alone (self)) {
        gst_event_unref (event);
        (void) gst_gps_tap_progress (self, GST_FLOW_EOS);
        return TRUE;
      }
      break;
    default:
      break;
  }
  return gst_pad_event_default (pad, parent, event);
}

static gboolean
gst_gps_tap_sink_activate_mode (GstPad * pad, GstObject * parent,
    GstPadMode mode, gboolean active)
{
  /* Both modes: by push the data comes, by pull the source pad asks. */
  return TRUE;
}

/* The demuxer chooses the mode; the sink pad follows it. */
static gboolean
gst_gps_tap_src_activate_mode (GstPad * pad, GstObject * parent,
    GstPadMode mode, gboolean active)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstGpsTapPrivate *priv = PRIVATE (self);
  gboolean ok;

  if (mode != GST_PAD_MODE_PULL)
    return TRUE;
  ok = gst_pad_activate_mode (priv->sinkpad, mode, active);
  if (!active) {
    gst_task_stop (priv->task);
    (void) gst_task_join (priv->task);
  }
  return ok;
}

static void
gst_gps_tap_reset (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  GST_GPS_TAP_GET_CLASS (self)->reset (self);
  priv->position = 0;
  priv->started = FALSE;
  priv->indexed = FALSE;
  g_atomic_int_set (&priv->alone, 0);
  g_atomic_int_set (&priv->jumped, 0);
  gst_gps_tap_set_reach (self, 0, TRUE);
}

static GstStateChangeReturn
gst_gps_tap_change_state (GstElement * element, GstStateChange transition)
{
  GstGpsTap *self = GST_GPS_TAP (element);
  GstStateChangeReturn ret;

  if (transition == GST_STATE_CHANGE_NULL_TO_READY)
    gst_gps_tap_reset (self);
  ret = GST_ELEMENT_CLASS (gst_gps_tap_parent_class)->change_state (element,
      transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY) {
    gst_task_stop (PRIVATE (self)->task);
    (void) gst_task_join (PRIVATE (self)->task);
    /* Not on the way up: there the demuxer runs before us. */
    gst_gps_tap_reset (self);
  }
  return ret;
}

static void
gst_gps_tap_finalize (GObject * object)
{
  GstGpsTapPrivate *priv = PRIVATE (GST_GPS_TAP (object));

  gst_object_unref (priv->task);
  g_rec_mutex_clear (&priv->task_lock);
  G_OBJECT_CLASS (gst_gps_tap_parent_class)->finalize (object);
}

static void
gst_gps_tap_class_init (GstGpsTapClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_gps_tap_finalize;
  element_class->change_state = gst_gps_tap_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
}

static void
gst_gps_tap_init (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  priv->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (priv->sinkpad, gst_gps_tap_chain);
  gst_pad_set_event_function (priv->sinkpad, gst_gps_tap_sink_event);
  gst_pad_set_activatemode_function (priv->sinkpad,
      gst_gps_tap_sink_activate_mode);
  GST_PAD_SET_PROXY_CAPS (priv->sinkpad);
  GST_PAD_SET_PROXY_ALLOCATION (priv->sinkpad);
  GST_PAD_SET_PROXY_SCHEDULING (priv->sinkpad);
  gst_element_add_pad (GST_ELEMENT (self), priv->sinkpad);

  priv->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_getrange_function (priv->srcpad, gst_gps_tap_get_range);
  gst_pad_set_activatemode_function (priv->srcpad,
      gst_gps_tap_src_activate_mode);
  GST_PAD_SET_PROXY_CAPS (priv->srcpad);
  GST_PAD_SET_PROXY_SCHEDULING (priv->srcpad);
  gst_element_add_pad (GST_ELEMENT (self), priv->srcpad);

  g_rec_mutex_init (&priv->task_lock);
  priv->task = gst_task_new (gst_gps_tap_task, self, NULL);
  gst_task_set_lock (priv->task, &priv->task_lock);
}
