/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpscollection.h"

struct _GstGpsCollection
{
  GMutex lock;                  /* a leaf, guards all */
  GPtrArray *ours;              /* GstStream */
  GstStreamCollection *theirs;
  GstStreamCollection *merged;  /* NULL: not made yet */
};

GstGpsCollection *
gst_gps_collection_new (void)
{
  GstGpsCollection *self = g_new0 (GstGpsCollection, 1);

  g_mutex_init (&self->lock);
  self->ours = g_ptr_array_new_with_free_func (gst_object_unref);
  return self;
}

void
gst_gps_collection_free (GstGpsCollection * self)
{
  gst_gps_collection_clear (self);
  g_ptr_array_unref (self->ours);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gst_gps_collection_clear (GstGpsCollection * self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->ours, 0);
  gst_clear_object (&self->theirs);
  gst_clear_object (&self->merged);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_collection_add (GstGpsCollection * self, GstStream * stream)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->ours, gst_object_ref (stream));
  gst_clear_object (&self->merged);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_collection_set_theirs (GstGpsCollection * self,
    GstStreamCollection * theirs)
{
  g_mutex_lock (&self->lock);
  if (gst_object_replace ((GstObject **) & self->theirs, GST_OBJECT (theirs)))
    gst_clear_object (&self->merged);
  g_mutex_unlock (&self->lock);
}

/* Needs the lock. */
static void
gst_gps_collection_merge (GstGpsCollection * self)
{
  self->merged = gst_stream_collection_new
      (gst_stream_collection_get_upstream_id (self->theirs));
  for (guint i = 0; i < gst_stream_collection_get_size (self->theirs); i++)
    (void) gst_stream_collection_add_stream (self->merged, gst_object_ref
        (gst_stream_collection_get_stream (self->theirs, i)));
  for (guint i = 0; i < self->ours->len; i++)
    (void) gst_stream_collection_add_stream (self->merged, gst_object_ref
        (g_ptr_array_index (self->ours, i)));
}

GstStreamCollection *
gst_gps_collection_get (GstGpsCollection * self)
{
  GstStreamCollection *merged = NULL;

  g_mutex_lock (&self->lock);
  if (self->theirs) {
    if (!self->merged)
      gst_gps_collection_merge (self);
    merged = gst_object_ref (self->merged);
  }
  g_mutex_unlock (&self->lock);
  return merged;
}
