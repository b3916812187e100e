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
  guint64 from;                 /* the first byte that feed() was given since the last jump */
  guint64 position;             /* of the byte that it expects next */
  gboolean started;
  gboolean indexed;             /* all that is to be looked for was */
  gboolean has_fix;
  GstGpsScan scan;
  DialectOptions options;
  gboolean rewound;             /* reading alone by push, the start was asked for */

  /* atomic */
  gint alone;
  gint n_flushes;

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
gst_gps_tap_set_settings (GstGpsTap * self, const GstGpsSettings * settings)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  priv->scan = settings->scan;
  priv->options = settings->dialect;
  GST_GPS_TAP_GET_CLASS (self)->reset (self);
}

const DialectOptions *
gst_gps_tap_get_options (GstGpsTap * self)
{
  return &PRIVATE (self)->options;
}

gboolean
gst_gps_tap_is_pulling (GstGpsTap * self)
{
  return GST_PAD_MODE (PRIVATE (self)->sinkpad) == GST_PAD_MODE_PULL;
}

void
gst_gps_tap_created (GstGpsTap * self, gint64 creation_us)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  priv->callbacks->created (self, creation_us, priv->user_data);
}

void
gst_gps_tap_found (GstGpsTap * self, guint track, guint64 offset, guint index,
    GstClockTime time, const Dialect * dialect, const GpsRecord * record)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  GST_LOG_OBJECT (self, "%s record at %" G_GUINT64_FORMAT " time %"
      GST_TIME_FORMAT, dialect->name, offset, GST_TIME_ARGS (time));
  priv->has_fix |= (record->fields & GPSRECORD_POSITION) != 0;
  priv->callbacks->found (self, track, offset, index, time, dialect, record,
      priv->user_data);
}

void
gst_gps_tap_unknown (GstGpsTap * self, guint64 offset, const Dialect * dialect)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  GST_DEBUG_OBJECT (self, "block at %" G_GUINT64_FORMAT " of %s", offset,
      dialect ? dialect->name : "no dialect");
  if (dialect)
    priv->callbacks->unreadable (self, dialect, priv->user_data);
}

GstFlowReturn
gst_gps_tap_progress (GstGpsTap * self, GstFlowReturn flow, guint64 reach)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  return priv->callbacks->progress (self, flow, reach, priv->user_data);
}

gboolean
gst_gps_tap_is_alone (GstGpsTap * self)
{
  return g_atomic_int_get (&PRIVATE (self)->alone);
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
gst_gps_tap_set_reach (GstGpsTap * self, guint64 reach)
{
  GST_OBJECT_LOCK (self);
  PRIVATE (self)->reach = reach;
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
  GstGpsTapPrivate *priv = PRIVATE (self);

  if (position == priv->position)
    return;
  GST_DEBUG_OBJECT (self, "jump from %" G_GUINT64_FORMAT " to %"
      G_GUINT64_FORMAT, priv->position, position);
  GST_GPS_TAP_GET_CLASS (self)->jump (self, position);
  priv->from = position;
  priv->position = position;
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

/* The same, without the first skip bytes. */
static void
gst_gps_tap_feed_buffer (GstGpsTap * self, GstBuffer * buffer, gsize skip)
{
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    GST_WARNING_OBJECT (self, "cannot read a buffer");
    return;
  }
  if (skip < map.size)
    gst_gps_tap_feed (self, map.data + skip, map.size - skip);
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

/* Reads and looks through what comes next, size bytes at most. */
static GstFlowReturn
gst_gps_tap_read_next (GstGpsTap * self, guint size)
{
  GstBuffer *buffer;
  GstFlowReturn flow = gst_gps_tap_pull (self, PRIVATE (self)->position, size,
      &buffer);

  if (flow != GST_FLOW_OK)
    return flow;
  gst_gps_tap_feed_buffer (self, buffer, 0);
  gst_buffer_unref (buffer);
  return flow;
}

GstFlowReturn
gst_gps_tap_read_rest (GstGpsTap * self, guint64 offset)
{
  GstFlowReturn flow = GST_FLOW_OK;

  gst_gps_tap_jump (self, offset);
  while (flow == GST_FLOW_OK) {
    flow = gst_gps_tap_read_next (self, READ_SIZE);
    if (flow == GST_FLOW_OK)
      flow = gst_gps_tap_progress (self, flow, PRIVATE (self)->position);
    else if (flow == GST_FLOW_EOS)
      GST_GPS_TAP_GET_CLASS (self)->finish (self);
  }
  return flow;
}

/* Looks through the file up to end, or up to its first fix. EOS: there was no
 * more to look through. */
static GstFlowReturn
gst_gps_tap_read_ahead (GstGpsTap * self, guint64 end, gboolean to_fix)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstFlowReturn flow = GST_FLOW_OK;

  gst_gps_tap_jump (self, 0);
  while (flow == GST_FLOW_OK && priv->position < end
      && !(to_fix && priv->has_fix))
    flow = gst_gps_tap_read_next (self, READ_SIZE);
  if (flow == GST_FLOW_EOS)
    GST_GPS_TAP_GET_CLASS (self)->finish (self);
  return flow;
}

/* What the index tells, and the whole file if the user wants that. EOS: nothing
 * more is to be looked for. */
static GstFlowReturn
gst_gps_tap_read_index (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);
  GstFlowReturn flow = GST_FLOW_OK;

  if (klass->read_index) {
    flow = klass->read_index (self);
    if (flow == GST_FLOW_OK && priv->scan == GST_GPS_SCAN_INDEX)
      flow = GST_FLOW_EOS;
  }
  if (priv->scan == GST_GPS_SCAN_FULL
      && (flow == GST_FLOW_OK || flow == GST_FLOW_EOS))
    flow = gst_gps_tap_read_ahead (self, G_MAXUINT64, FALSE);
  return flow;
}

/* Before the demuxer is given the first byte. */
static void
gst_gps_tap_prepare (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  guint64 max_ahead = GST_GPS_TAP_GET_CLASS (self)->max_ahead;
  GstFlowReturn flow = gst_gps_tap_read_index (self);

  if (flow == GST_FLOW_OK && max_ahead > 0)
    flow = gst_gps_tap_read_ahead (self, max_ahead, TRUE);
  priv->indexed = flow == GST_FLOW_EOS;
  if (priv->indexed)
    priv->callbacks->indexed (self, priv->user_data);
}

/* Looks through what the demuxer reads, and through small holes between; but
 * not again through what it reads again. */
static void
gst_gps_tap_follow (GstGpsTap * self, guint64 offset, GstBuffer * buffer)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);

  if (priv->indexed)
    return;
  if (offset < priv->from || (offset > priv->position
          && offset - priv->position > klass->max_hole))
    gst_gps_tap_jump (self, offset - MIN (offset, klass->max_before));
  while (priv->position < offset) {
    if (gst_gps_tap_read_next (self, (guint) MIN (READ_SIZE,
                offset - priv->position)) != GST_FLOW_OK)
      return;
  }
  gst_gps_tap_feed_buffer (self, buffer, (gsize) (priv->position - offset));
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
    if (gst_gps_tap_is_alone (self))
      return GST_FLOW_EOS;
    gst_gps_tap_prepare (self);
  }

  flow = gst_pad_pull_range (priv->sinkpad, offset, length, buffer);
  if (flow != GST_FLOW_OK)
    return flow;
  gst_gps_tap_set_reach (self, offset);
  gst_gps_tap_follow (self, offset, *buffer);
  return GST_FLOW_OK;
}

static GstFlowReturn
gst_gps_tap_read_all (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);

  if (priv->indexed)
    return klass->has_edits && klass->has_edits (self)
        ? gst_gps_tap_read_index (self) : GST_FLOW_EOS;
  if (priv->scan == GST_GPS_SCAN_FULL
      || (priv->scan == GST_GPS_SCAN_INDEX && klass->read_index))
    return gst_gps_tap_read_index (self);
  return klass->read_all (self);
}

/* Alone, by pull. Runs once. */
static void
gst_gps_tap_task (gpointer user_data)
{
  GstGpsTap *self = user_data;
  GstFlowReturn flow;

  gst_gps_tap_start (self);
  flow = gst_gps_tap_read_all (self);
  GST_DEBUG_OBJECT (self, "read all: %s", gst_flow_get_name (flow));
  if (flow != GST_FLOW_FLUSHING)
    (void) gst_gps_tap_progress (self, flow, G_MAXUINT64);
  /* To pause would undo it if somebody else has stopped us by now. */
  gst_task_stop (PRIVATE (self)->task);
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
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstGpsTapClass *klass = GST_GPS_TAP_GET_CLASS (self);
  GstFlowReturn flow = GST_FLOW_OK;
  GstMapInfo map;
  gsize sent = 0, seen = 0;
  gint n_flushes = g_atomic_int_get (&priv->n_flushes);

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return gst_gps_tap_push (self, gst_buffer_ref (buffer));

  while (seen < map.size && flow == GST_FLOW_OK) {
    gsize taken = klass->feed (self, map.data + seen, map.size - seen);

    seen += taken;
    priv->position += taken;
    flow = gst_gps_tap_push (self, gst_gps_tap_part (buffer, sent, seen));
    sent = seen;
    /* The demuxer seeks: the rest is not what it waits for. */
    if (g_atomic_int_get (&priv->n_flushes) != n_flushes)
      seen = map.size;
    else
      gst_gps_tap_set_reach (self, priv->position);
  }
  /* The demuxer may have failed in there, and we be alone with the rest. */
  if (seen < map.size && gst_gps_tap_is_alone (self))
    gst_gps_tap_feed (self, map.data + seen, map.size - seen);
  gst_buffer_unmap (buffer, &map);
  return flow;
}

/* A demuxer that can seek may have passed over the media before it told that
 * there is some; what stands there is to be read after all. Not from inside the
 * demuxer, that holds locks. */
static gboolean
gst_gps_tap_rewind (GstGpsTap * self)
{
  GstGpsTapPrivate *priv = PRIVATE (self);

  if (!gst_gps_tap_is_alone (self) || priv->rewound || priv->from == 0)
    return FALSE;
  priv->rewound = TRUE;
  GST_DEBUG_OBJECT (self, "back to the start");
  return gst_pad_push_event (priv->sinkpad, gst_event_new_seek (1.0,
          GST_FORMAT_BYTES, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET, 0,
          GST_SEEK_TYPE_NONE, -1));
}

static GstFlowReturn
gst_gps_tap_chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstGpsTapPrivate *priv = PRIVATE (self);
  GstFlowReturn flow = GST_FLOW_OK;

  gst_gps_tap_start (self);
  if (GST_BUFFER_OFFSET_IS_VALID (buffer) && GST_BUFFER_IS_DISCONT (buffer))
    gst_gps_tap_jump (self, GST_BUFFER_OFFSET (buffer));
  gst_gps_tap_set_reach (self, priv->position);

  if (gst_gps_tap_is_alone (self))
    gst_gps_tap_feed_buffer (self, buffer, 0);
  else
    flow = gst_gps_tap_split (self, buffer);
  gst_buffer_unref (buffer);
  if (gst_gps_tap_rewind (self))
    flow = GST_FLOW_OK;
  else if (gst_gps_tap_is_alone (self))
    flow = gst_gps_tap_progress (self, GST_FLOW_OK, priv->position);
  return flow;
}

/* The demuxer may find out only now that it can do nothing, and leave us
 * alone. */
static gboolean
gst_gps_tap_end (GstGpsTap * self, GstEvent * event)
{
  gboolean ok = TRUE;

  gst_gps_tap_start (self);
  GST_GPS_TAP_GET_CLASS (self)->finish (self);
  if (gst_gps_tap_is_alone (self))
    gst_event_unref (event);
  else
    ok = gst_pad_push_event (PRIVATE (self)->srcpad, event);
  if (!gst_gps_tap_rewind (self))
    (void) gst_gps_tap_progress (self, GST_FLOW_EOS, G_MAXUINT64);
  return ok || gst_gps_tap_is_alone (self);
}

static gboolean
gst_gps_tap_sink_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  GstGpsTap *self = GST_GPS_TAP (parent);
  GstSegment segment;

  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS)
    return gst_gps_tap_end (self, event);
  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_START)
    g_atomic_int_inc (&PRIVATE (self)->n_flushes);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT) {
    gst_event_copy_segment (event, &segment);
    if (segment.format == GST_FORMAT_BYTES) {
      gst_gps_tap_jump (self, segment.start);
      gst_gps_tap_set_reach (self, segment.start);
    }
  }
  if (gst_gps_tap_is_alone (self)) {
    gst_event_unref (event);
    return TRUE;
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
  priv->from = 0;
  priv->position = 0;
  priv->started = FALSE;
  priv->indexed = FALSE;
  priv->has_fix = FALSE;
  priv->rewound = FALSE;
  g_atomic_int_set (&priv->alone, 0);
  gst_gps_tap_set_reach (self, 0);
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
