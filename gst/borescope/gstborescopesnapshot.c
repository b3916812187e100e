/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/**
 * SECTION:element-borescopesnapshot
 * @title: borescopesnapshot
 *
 * Lets pass the pictures that the camera's button asks for, and no others: the
 * first one after each `borescope-button` event of #borescopesrc. A button that was
 * pressed several times between two pictures gives one picture.
 *
 * |[
 * gst-launch-1.0 borescopesrc ! borescopesnapshot ! multifilesink location=snapshot-%03d.jpg
 * ]| writes a picture for each press.
 * |[
 * gst-launch-1.0 borescopesrc ! tee name=t
 *   t. ! queue ! jpegdec ! videoconvert ! autovideosink
 *   t. ! queue ! borescopesnapshot ! multifilesink async=false location=snapshot-%03d.jpg
 * ]| shows the pictures too.
 *
 * Since: 0.1
 */
#include "gstborescopesnapshot.h"

GST_DEBUG_CATEGORY_STATIC (gst_borescope_snapshot_debug);
#define GST_CAT_DEFAULT gst_borescope_snapshot_debug

enum
{
  PROP_0,
  PROP_KEY
};

#define DEFAULT_KEY NULL

struct _GstBorescopeSnapshot
{
  GstBaseTransform parent;

  /* OBJECT_LOCK */
  gchar *key;

  /* streaming thread */
  gboolean wanted;
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

#define gst_borescope_snapshot_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE (GstBorescopeSnapshot, gst_borescope_snapshot,
    GST_TYPE_BASE_TRANSFORM,
    GST_DEBUG_CATEGORY_INIT (gst_borescope_snapshot_debug,
        "borescopesnapshot", 0, "Pictures that a button asks for"););

GST_ELEMENT_REGISTER_DEFINE (borescopesnapshot, "borescopesnapshot",
    GST_RANK_NONE, GST_TYPE_BORESCOPE_SNAPSHOT);

static gboolean
gst_borescope_snapshot_is_wanted (GstBorescopeSnapshot * self,
    const GstStructure * button)
{
  const gchar *key = gst_structure_get_string (button, "key");
  gboolean wanted;

  GST_OBJECT_LOCK (self);
  wanted = !self->key || g_strcmp0 (self->key, key) == 0;
  GST_OBJECT_UNLOCK (self);
  return wanted;
}

static gboolean
gst_borescope_snapshot_sink_event (GstBaseTransform * base, GstEvent * event)
{
  GstBorescopeSnapshot *self = GST_BORESCOPE_SNAPSHOT (base);

  if (gst_event_has_name (event, "borescope-button")
      && gst_borescope_snapshot_is_wanted (self,
          gst_event_get_structure (event)))
    self->wanted = TRUE;
  else if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    self->wanted = FALSE;
  return GST_BASE_TRANSFORM_CLASS (parent_class)->sink_event (base, event);
}

static GstFlowReturn
gst_borescope_snapshot_transform_ip (GstBaseTransform * base,
    GstBuffer * buffer)
{
  GstBorescopeSnapshot *self = GST_BORESCOPE_SNAPSHOT (base);

  if (!self->wanted)
    return GST_BASE_TRANSFORM_FLOW_DROPPED;
  GST_INFO_OBJECT (self, "picture at %" GST_TIME_FORMAT,
      GST_TIME_ARGS (GST_BUFFER_PTS (buffer)));
  self->wanted = FALSE;
  return GST_FLOW_OK;
}

static gboolean
gst_borescope_snapshot_start (GstBaseTransform * base)
{
  GST_BORESCOPE_SNAPSHOT (base)->wanted = FALSE;
  return TRUE;
}

static void
gst_borescope_snapshot_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstBorescopeSnapshot *self = GST_BORESCOPE_SNAPSHOT (object);

  if (id != PROP_KEY) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (self);
  g_free (self->key);
  self->key = g_value_dup_string (value);
  GST_OBJECT_UNLOCK (self);
}

static void
gst_borescope_snapshot_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  GstBorescopeSnapshot *self = GST_BORESCOPE_SNAPSHOT (object);

  if (id != PROP_KEY) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (self);
  g_value_set_string (value, self->key);
  GST_OBJECT_UNLOCK (self);
}

static void
gst_borescope_snapshot_finalize (GObject * object)
{
  g_free (GST_BORESCOPE_SNAPSHOT (object)->key);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_borescope_snapshot_class_init (GstBorescopeSnapshotClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *base_class = GST_BASE_TRANSFORM_CLASS (klass);

  object_class->set_property = gst_borescope_snapshot_set_property;
  object_class->get_property = gst_borescope_snapshot_get_property;
  object_class->finalize = gst_borescope_snapshot_finalize;
  g_object_class_install_property (object_class, PROP_KEY,
      g_param_spec_string ("key", "Key",
          "Only presses of this key: photo, video, zoom-in, zoom-out, unknown "
          "(NULL = any)", DEFAULT_KEY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Borescope snapshot", "Filter/Video",
      "Lets pass the pictures that the borescope's button asks for",
      "the gst-plugins-cheapcam authors");
  base_class->start = gst_borescope_snapshot_start;
  base_class->sink_event = gst_borescope_snapshot_sink_event;
  base_class->transform_ip = gst_borescope_snapshot_transform_ip;
  base_class->transform_ip_on_passthrough = TRUE;
}

static void
gst_borescope_snapshot_init (GstBorescopeSnapshot * self)
{
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
}
