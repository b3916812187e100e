/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "borescopetest.h"

/* A camera that sends nothing more logs no frame. */
#define BORESCOPETEST_LOG_MS 2000

SimBorescope *
borescopetest_camera (SimBorescopeOptions * options)
{
  g_autoptr (GError) error = NULL;
  SimBorescope *camera = sim_borescope_new (options, &error);

  fail_unless (camera, "%s", error ? error->message : "");
  return camera;
}

static void
borescopetest_note (Borescopetest * self, gpointer item, gboolean is_buffer)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->items, gst_mini_object_ref (item));
  self->n_buffers += is_buffer;
  g_cond_broadcast (&self->changed);
  while (is_buffer && self->blocked)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

static GstPadProbeReturn
borescopetest_on_data (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  gboolean is_buffer = (info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0;

  if (is_buffer || GST_EVENT_IS_SERIALIZED (info->data))
    borescopetest_note (data, info->data, is_buffer);
  return GST_PAD_PROBE_OK;
}

Borescopetest *
borescopetest_new (SimBorescope * camera, const gchar * description)
{
  Borescopetest *self = g_new0 (Borescopetest, 1);
  g_autofree gchar *launch = g_strdup_printf ("borescopesrc name=source "
      "host=127.0.0.1 port=%u control-port=%u %s "
      "! fakesink name=sink sync=false async=false",
      sim_borescope_get_port (camera), sim_borescope_get_control_port (camera),
      description ? description : "");
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)
      gst_mini_object_unref);
  self->pipeline = gst_parse_launch (launch, &error);
  fail_unless (self->pipeline && !error, "%s", error ? error->message : "");
  self->source = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->source, "src");
  gst_pad_add_probe (pad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      borescopetest_on_data, self, NULL);
  return self;
}

void
borescopetest_free (Borescopetest * self)
{
  borescopetest_set_blocked (self, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->source);
  gst_object_unref (self->pipeline);
  g_ptr_array_unref (self->items);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
borescopetest_set_state (Borescopetest * self, GstState state)
{
  fail_unless (gst_element_set_state (self->pipeline, state) !=
      GST_STATE_CHANGE_FAILURE);
}

void
borescopetest_play (Borescopetest * self)
{
  borescopetest_set_state (self, GST_STATE_PLAYING);
}

void
borescopetest_wait (Borescopetest * self, guint n)
{
  gint64 end = g_get_monotonic_time () + BORESCOPETEST_PATIENCE_MS * 1000;
  gboolean more = TRUE;

  g_mutex_lock (&self->lock);
  while (self->n_buffers < n && more)
    more = g_cond_wait_until (&self->changed, &self->lock, end);
  guint seen = self->n_buffers;
  g_mutex_unlock (&self->lock);
  fail_unless (seen >= n, "%u of %u pictures", seen, n);
}

guint
borescopetest_count (Borescopetest * self)
{
  g_mutex_lock (&self->lock);
  guint n = self->n_buffers;
  g_mutex_unlock (&self->lock);
  return n;
}

void
borescopetest_set_blocked (Borescopetest * self, gboolean blocked)
{
  g_mutex_lock (&self->lock);
  self->blocked = blocked;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

GstBuffer *
borescopetest_get (Borescopetest * self, guint i)
{
  GstBuffer *found = NULL;
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint k = 0; k < self->items->len && !found; k++)
    if (GST_IS_BUFFER (self->items->pdata[k]) && n++ == i)
      found = gst_buffer_ref (self->items->pdata[k]);
  g_mutex_unlock (&self->lock);
  fail_unless (found, "there is no picture %u", i);
  return found;
}

GstMiniObject *
borescopetest_get_item (Borescopetest * self, guint i)
{
  GstMiniObject *item = NULL;

  g_mutex_lock (&self->lock);
  if (i < self->items->len)
    item = gst_mini_object_ref (self->items->pdata[i]);
  g_mutex_unlock (&self->lock);
  return item;
}

GstMessage *
borescopetest_wait_message (Borescopetest * self, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  GstMessage *message = gst_bus_timed_pop_filtered (bus,
      BORESCOPETEST_PATIENCE_MS * GST_MSECOND, type);

  fail_unless (message, "no message %s", gst_message_type_get_name (type));
  return message;
}

GstMessage *
borescopetest_wait_element_message (Borescopetest * self, const gchar * name)
{
  for (;;) {
    GstMessage *message = borescopetest_wait_message (self,
        GST_MESSAGE_ELEMENT);

    if (gst_message_has_name (message, name))
      return message;
    gst_message_unref (message);
  }
}

guint
borescopetest_take_messages (Borescopetest * self, GstMessageType type,
    const gchar * name)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  GstMessage *message;
  guint n = 0;

  while ((message = gst_bus_pop (bus))) {
    n += (GST_MESSAGE_TYPE (message) & type) != 0
        && (!name || gst_message_has_name (message, name));
    gst_message_unref (message);
  }
  return n;
}

gchar *
borescopetest_wait_error (Borescopetest * self, GQuark domain, gint code)
{
  g_autoptr (GstMessage) message = borescopetest_wait_message (self,
      GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  fail_unless (g_error_matches (error, domain, code), "%s, code %d: %s",
      g_quark_to_string (error->domain), error->code, error->message);
  fail_unless (GST_MESSAGE_SRC (message) == GST_OBJECT (self->source));
  return g_strdup_printf ("%s (%s)", error->message, debug);
}

void
borescopetest_expect_error (Borescopetest * self, GQuark domain, gint code)
{
  g_free (borescopetest_wait_error (self, domain, code));
}

guint64
borescopetest_get_stat (Borescopetest * self, const gchar * field)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (self->source, "stats", &stats, NULL);
  fail_unless (gst_structure_get_uint64 (stats, field, &value), "%s", field);
  return value;
}

static gint
borescopetest_look_up (SimBorescope * camera, GstBuffer * buffer, guint n)
{
  gint found = -1;

  for (guint i = 0; i < n && found < 0; i++) {
    SimEvent event;

    if (!sim_borescope_get_event (camera, SIM_BORESCOPE_FRAME, i, &event))
      continue;
    gsize size = g_bytes_get_size (event.bytes);
    if (size == gst_buffer_get_size (buffer)
        && gst_buffer_memcmp (buffer, 0, g_bytes_get_data (event.bytes, NULL),
            size) == 0)
      found = (gint) event.value;
  }
  return found;
}

gint
borescopetest_find_frame (SimBorescope * camera, GstBuffer * buffer)
{
  guint n = sim_borescope_count (camera, SIM_BORESCOPE_FRAME);
  gint found = borescopetest_look_up (camera, buffer, n);

  /* the camera logs a frame after it has sent it */
  if (found < 0 && sim_borescope_wait (camera, SIM_BORESCOPE_FRAME, n + 1,
          BORESCOPETEST_LOG_MS))
    found = borescopetest_look_up (camera, buffer, n + 1);
  return found;
}
