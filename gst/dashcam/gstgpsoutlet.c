/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsoutlet.h"

#include "gstgpspad.h"

struct _GstGpsOutlet
{
  /* set in new */
  GstElement *element;
  GstGpsStream *stream;
  GstGpsCollection *collection;
  const gchar *templ;
  guint number;
  const GstGpsForms *forms;
  GstPadEventFunction event;
  GstPadQueryFunction query;

  GMutex lock;
  GstPad *pad;                  /* under the lock; a reference, while open */
  gboolean stopped;             /* the same */
};

GstGpsOutlet *
gst_gps_outlet_new (GstElement * element, GstGpsStream * stream,
    GstGpsCollection * collection, const gchar * templ,
    guint number, const GstGpsForms * forms)
{
  GstGpsOutlet *self = g_new0 (GstGpsOutlet, 1);

  self->element = element;
  self->stream = stream;
  self->collection = collection;
  self->templ = templ;
  self->number = number;
  self->forms = forms;
  g_mutex_init (&self->lock);
  return self;
}

void
gst_gps_outlet_free (GstGpsOutlet * self)
{
  gst_clear_object (&self->pad);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gst_gps_outlet_set_functions (GstGpsOutlet * self, GstPadEventFunction event,
    GstPadQueryFunction query)
{
  self->event = event;
  self->query = query;
}

static GstPad *
gst_gps_outlet_make_pad (GstGpsOutlet * self)
{
  GstPadTemplate *templ = gst_element_class_get_pad_template
      (GST_ELEMENT_GET_CLASS (self->element), self->templ);
  gsize stem = strlen (self->templ) - strlen ("%u");
  g_autofree gchar *name = g_strdup_printf ("%.*s%u", (gint) stem, self->templ,
      self->number);
  GstPad *pad = gst_gps_pad_new (templ, name, self->forms);

  gst_pad_set_event_function (pad, self->event);
  gst_pad_set_query_function (pad, self->query);
  return pad;
}

/* Takes down the pad that is about to come, or returns FALSE. */
static gboolean
gst_gps_outlet_set_pad (GstGpsOutlet * self, GstPad * pad)
{
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = !self->pad && !self->stopped;
  if (ok)
    self->pad = gst_object_ref (pad);
  g_mutex_unlock (&self->lock);
  return ok;
}

static gboolean
gst_gps_outlet_is_open (GstGpsOutlet * self)
{
  gboolean is_open;

  g_mutex_lock (&self->lock);
  is_open = self->pad != NULL;
  g_mutex_unlock (&self->lock);
  return is_open;
}

static GstStream *
gst_gps_outlet_make_stream (GstGpsOutlet * self, GstPad * pad)
{
  g_autofree gchar *id = gst_pad_create_stream_id (pad, self->element,
      GST_OBJECT_NAME (pad));

  return gst_stream_new (id, NULL, GST_STREAM_TYPE_UNKNOWN,
      GST_STREAM_FLAG_SPARSE | GST_STREAM_FLAG_UNSELECT);
}

gboolean
gst_gps_outlet_open (GstGpsOutlet * self)
{
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstStream) stream = NULL;

  if (gst_gps_outlet_is_open (self))
    return FALSE;
  pad = gst_object_ref_sink (gst_gps_outlet_make_pad (self));
  if (!gst_gps_outlet_set_pad (self, pad))
    return FALSE;
  stream = gst_gps_outlet_make_stream (self, pad);
  gst_gps_collection_add (self->collection, stream);
  gst_pad_set_active (pad, TRUE);
  gst_element_add_pad (self->element, pad);
  /* Only now: a pad that is not active takes nothing. */
  gst_gps_stream_set_pad (self->stream, GST_GPS_PAD (pad), stream);
  return TRUE;
}

void
gst_gps_outlet_stop (GstGpsOutlet * self)
{
  g_autoptr (GstPad) pad = NULL;

  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  if (self->pad)
    pad = gst_object_ref (self->pad);
  g_mutex_unlock (&self->lock);
  if (pad)
    gst_gps_pad_stop (GST_GPS_PAD (pad));
}

void
gst_gps_outlet_close (GstGpsOutlet * self)
{
  GstPad *pad;

  g_mutex_lock (&self->lock);
  pad = g_steal_pointer (&self->pad);
  self->stopped = FALSE;
  g_mutex_unlock (&self->lock);
  if (!pad)
    return;
  gst_gps_stream_set_pad (self->stream, NULL, NULL);
  gst_element_remove_pad (self->element, pad);
  gst_object_unref (pad);
}
