/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "dashcamtestsrc.h"

typedef struct
{
  GstBaseSrcClass parent_class;
} DashcamtestSrcClass;

static GType dashcamtest_src_get_type (void);
G_DEFINE_TYPE (DashcamtestSrc, dashcamtest_src, GST_TYPE_BASE_SRC);

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

/* Sizes of the pieces: around those of packets and headers, and large ones. */
static const guint chunk_sizes[] = {
  1, 187, 4096, 3, 188, 11, 7, 189, 1, 65536, 12, 512, 2, 31, 1024, 5, 100000
};

static gsize
dashcamtest_src_size (DashcamtestSrc * self, guint asked)
{
  gsize size = asked;

  if (self->mode == DASHCAMTEST_BYTES)
    size = 1 + self->n_reads % 13;
  else if (self->mode == DASHCAMTEST_CHUNKS)
    size = chunk_sizes[self->n_reads % G_N_ELEMENTS (chunk_sizes)];
  self->n_reads++;
  return size;
}

static GstFlowReturn
dashcamtest_src_create (GstBaseSrc * base, guint64 offset, guint length,
    GstBuffer ** ret_buffer)
{
  DashcamtestSrc *self = (DashcamtestSrc *) base;
  gsize size = g_bytes_get_size (self->data);
  GstFlowReturn flow = GST_FLOW_OK;
  gboolean failed = FALSE;

  GST_OBJECT_LOCK (self);
  length = (guint) dashcamtest_src_size (self, length);
  while (offset >= self->silent_from && offset < self->silent_to
      && offset < size && !self->unlocked)
    g_cond_wait (&self->resumed, GST_OBJECT_GET_LOCK (self));
  if (self->unlocked) {
    flow = GST_FLOW_FLUSHING;
  } else if (offset >= size && self->fail_from > size) {
    flow = GST_FLOW_EOS;
  } else if (offset >= self->fail_from) {
    failed = TRUE;
    flow = GST_FLOW_ERROR;
  } else {
    length = MIN (length, size - offset);
    self->n_bytes += length;
  }
  GST_OBJECT_UNLOCK (self);
  if (failed)
    GST_ELEMENT_ERROR (self, RESOURCE, READ, (NULL), ("told to fail"));
  if (flow != GST_FLOW_OK)
    return flow;

  if (!*ret_buffer) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (self->data, offset,
        length);

    *ret_buffer = gst_buffer_new_wrapped_bytes (part);
  } else {
    gst_buffer_fill (*ret_buffer, 0, (const guint8 *)
        g_bytes_get_data (self->data, NULL) + offset, length);
    gst_buffer_set_size (*ret_buffer, length);
  }
  GST_BUFFER_OFFSET (*ret_buffer) = offset;
  GST_BUFFER_OFFSET_END (*ret_buffer) = offset + length;
  return GST_FLOW_OK;
}

static gboolean
dashcamtest_src_set_unlocked (DashcamtestSrc * self, gboolean unlocked)
{
  GST_OBJECT_LOCK (self);
  self->unlocked = unlocked;
  g_cond_broadcast (&self->resumed);
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

static gboolean
dashcamtest_src_unlock (GstBaseSrc * base)
{
  return dashcamtest_src_set_unlocked ((DashcamtestSrc *) base, TRUE);
}

static gboolean
dashcamtest_src_unlock_stop (GstBaseSrc * base)
{
  return dashcamtest_src_set_unlocked ((DashcamtestSrc *) base, FALSE);
}

static gboolean
dashcamtest_src_is_seekable (GstBaseSrc * base)
{
  DashcamtestMode mode = ((DashcamtestSrc *) base)->mode;

  return mode == DASHCAMTEST_PULL || mode == DASHCAMTEST_PUSH;
}

static gboolean
dashcamtest_src_get_size (GstBaseSrc * base, guint64 * size)
{
  *size = g_bytes_get_size (((DashcamtestSrc *) base)->data);
  return dashcamtest_src_is_seekable (base);
}

static gboolean
dashcamtest_src_start (GstBaseSrc * base)
{
  gst_base_src_set_format (base, GST_FORMAT_BYTES);
  gst_base_src_set_dynamic_size (base, FALSE);
  gst_base_src_set_automatic_eos (base, FALSE);
  return TRUE;
}

/* By push it can be sought in too, without a queue to hide that it can be
 * pulled: a queue in front of a demuxer that seeks can stop for good. */
static gboolean
dashcamtest_src_query (GstBaseSrc * base, GstQuery * query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_SCHEDULING
      || ((DashcamtestSrc *) base)->mode != DASHCAMTEST_PUSH)
    return GST_BASE_SRC_CLASS (dashcamtest_src_parent_class)->query (base,
        query);
  gst_query_set_scheduling (query, GST_SCHEDULING_FLAG_SEEKABLE, 1, -1, 0);
  gst_query_add_scheduling_mode (query, GST_PAD_MODE_PUSH);
  return TRUE;
}

static void
dashcamtest_src_finalize (GObject * object)
{
  DashcamtestSrc *self = (DashcamtestSrc *) object;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_cond_clear (&self->resumed);
  G_OBJECT_CLASS (dashcamtest_src_parent_class)->finalize (object);
}

static void
dashcamtest_src_class_init (DashcamtestSrcClass * klass)
{
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dashcamtest_src_finalize;
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
      "Memory source", "Source", "Gives a recording from memory",
      "the gst-plugins-cheapcam authors");
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass),
      &src_template);
  base_class->create = dashcamtest_src_create;
  base_class->start = dashcamtest_src_start;
  base_class->unlock = dashcamtest_src_unlock;
  base_class->unlock_stop = dashcamtest_src_unlock_stop;
  base_class->is_seekable = dashcamtest_src_is_seekable;
  base_class->get_size = dashcamtest_src_get_size;
  base_class->query = dashcamtest_src_query;
}

static void
dashcamtest_src_init (DashcamtestSrc * self)
{
  self->silent_from = G_MAXSIZE;
  self->silent_to = G_MAXSIZE;
  self->fail_from = G_MAXSIZE;
  g_cond_init (&self->resumed);
}

DashcamtestSrc *
dashcamtest_src_new (GBytes * data, DashcamtestMode mode)
{
  DashcamtestSrc *self = g_object_new (dashcamtest_src_get_type (), NULL);

  self->data = g_bytes_ref (data);
  self->mode = mode;
  return self;
}

void
dashcamtest_src_go_on (DashcamtestSrc * self)
{
  GST_OBJECT_LOCK (self);
  self->silent_from = G_MAXSIZE;
  g_cond_broadcast (&self->resumed);
  GST_OBJECT_UNLOCK (self);
}

guint64
dashcamtest_src_get_n_bytes (DashcamtestSrc * self)
{
  guint64 n_bytes;

  GST_OBJECT_LOCK (self);
  n_bytes = self->n_bytes;
  GST_OBJECT_UNLOCK (self);
  return n_bytes;
}
