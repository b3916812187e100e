/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The live source at the head of a viewer's pipeline: hands on what the hub
 * put into the viewer's queue of one stream. */

#include "viewersrc.h"

struct _CheapcamViewerSrc
{
  GstPushSrc parent;

  /* set for good in viewer_src_new() */
  CheapcamViewer *viewer;
  guint stream;

  /* streaming thread */
  GstCaps *caps;
};

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_FINAL_TYPE (CheapcamViewerSrc, viewer_src, GST_TYPE_PUSH_SRC);

static GstFlowReturn
viewer_src_create (GstPushSrc * base, GstBuffer ** buffer)
{
  CheapcamViewerSrc *self = CHEAPCAM_VIEWER_SRC (base);
  g_autoptr (HubItem) item = viewer_pop (self->viewer, self->stream);

  if (item == NULL)
    return GST_FLOW_FLUSHING;
  if (item->caps != self->caps) {
    if (!gst_base_src_set_caps (GST_BASE_SRC (self), item->caps))
      return GST_FLOW_NOT_NEGOTIATED;
    gst_caps_replace (&self->caps, item->caps);
  }
  *buffer = gst_buffer_ref (item->buffer);
  return GST_FLOW_OK;
}

static gboolean
viewer_src_start (GstBaseSrc * base)
{
  gst_clear_caps (&CHEAPCAM_VIEWER_SRC (base)->caps);
  return TRUE;
}

/* create() sets the caps, with the first item */
static gboolean
viewer_src_negotiate (GstBaseSrc * base)
{
  return TRUE;
}

static gboolean
viewer_src_unlock (GstBaseSrc * base)
{
  CheapcamViewerSrc *self = CHEAPCAM_VIEWER_SRC (base);

  viewer_set_flushing (self->viewer, self->stream, TRUE);
  return TRUE;
}

static gboolean
viewer_src_unlock_stop (GstBaseSrc * base)
{
  CheapcamViewerSrc *self = CHEAPCAM_VIEWER_SRC (base);

  viewer_set_flushing (self->viewer, self->stream, FALSE);
  return TRUE;
}

static gboolean
viewer_src_query (GstBaseSrc * base, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_LATENCY) {
    /* sent as soon as it is there, and queued without harm */
    gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
    return TRUE;
  }
  return GST_BASE_SRC_CLASS (viewer_src_parent_class)->query (base, query);
}

static void
viewer_src_finalize (GObject * object)
{
  CheapcamViewerSrc *self = CHEAPCAM_VIEWER_SRC (object);

  gst_clear_caps (&self->caps);
  g_clear_object (&self->viewer);
  G_OBJECT_CLASS (viewer_src_parent_class)->finalize (object);
}

static void
viewer_src_class_init (CheapcamViewerSrcClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_src_finalize;
  gst_element_class_set_static_metadata (element_class, "Viewer source",
      "Source", "Stream of a camera for one RTSP viewer",
      "the gst-plugins-cheapcam authors");
  gst_element_class_add_static_pad_template (element_class, &src_template);
  base_class->start = viewer_src_start;
  base_class->negotiate = viewer_src_negotiate;
  base_class->unlock = viewer_src_unlock;
  base_class->unlock_stop = viewer_src_unlock_stop;
  base_class->query = viewer_src_query;
  GST_PUSH_SRC_CLASS (klass)->create = viewer_src_create;
}

static void
viewer_src_init (CheapcamViewerSrc * self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

/* A floating reference. */
GstElement *
viewer_src_new (CheapcamViewer * viewer, guint stream)
{
  CheapcamViewerSrc *self = g_object_new (CHEAPCAM_TYPE_VIEWER_SRC, NULL);

  self->viewer = g_object_ref (viewer);
  self->stream = stream;
  return GST_ELEMENT (self);
}
