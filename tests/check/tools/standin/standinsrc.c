/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* A camera that sends JPEG pictures as they come: live, at no rate that it
 * knows of, with caps that it has only once there is a picture. The test is
 * the other end of a TCP connection, standin://127.0.0.1:PORT, and sends
 * pictures of four bytes of size (network order) and as many of data. A size of
 * 0 is the end of the stream, a connection that ends is an error. With ?parsed
 * the caps say that each buffer is one picture. */

#include <gio/gio.h>
#include <gst/base/gstpushsrc.h>

#include "wire/jpegscan.h"

#define MAX_SIZE (4 * 1024 * 1024)

#define TYPE_STANDIN_SRC (standin_src_get_type ())
G_DECLARE_FINAL_TYPE (StandinSrc, standin_src, STANDIN, SRC, GstPushSrc);
struct _StandinSrc
{
  GstPushSrc parent;

  gchar *uri;
  gboolean parsed;
  GCancellable *cancellable;
  GSocketConnection *connection;        /* streaming thread */
};

static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("image/jpeg, "
        "framerate = (fraction) 0/1, width = (int) [ 1, 65535 ], "
        "height = (int) [ 1, 65535 ]"));

static void standin_src_uri_init (gpointer iface, gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (StandinSrc, standin_src, GST_TYPE_PUSH_SRC,
    G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER, standin_src_uri_init));

static gboolean
standin_src_connect (StandinSrc * self, GError ** error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  if (self->connection == NULL)
    self->connection = g_socket_client_connect_to_uri (client, self->uri, 1,
        self->cancellable, error);
  return self->connection != NULL;
}

static gboolean
standin_src_read (StandinSrc * self, gpointer data, gsize size, GError ** error)
{
  GInputStream *input =
      g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  gsize got;

  if (!g_input_stream_read_all (input, data, size, &got, self->cancellable,
          error))
    return FALSE;
  if (got == size)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
      "the connection has ended");
  return FALSE;
}

static gboolean
standin_src_announce (StandinSrc * self, const guint8 * data, gsize size)
{
  JpegScan scan = {.width = 16,.height = 16 };
  g_autoptr (GstCaps) caps = NULL;

  /* a broken picture comes with the caps of the one before */
  if (jpegscan (data, size, &scan) != JPEGSCAN_OK &&
      gst_pad_has_current_caps (GST_BASE_SRC_PAD (self)))
    return TRUE;
  caps = gst_caps_new_simple ("image/jpeg",
      "framerate", GST_TYPE_FRACTION, 0, 1,
      "width", G_TYPE_INT, (gint) scan.width,
      "height", G_TYPE_INT, (gint) scan.height, NULL);
  if (self->parsed)
    gst_caps_set_simple (caps, "parsed", G_TYPE_BOOLEAN, TRUE, NULL);
  return gst_base_src_set_caps (GST_BASE_SRC (self), caps);
}

static GstFlowReturn
standin_src_create (GstPushSrc * base, GstBuffer ** ret_buffer)
{
  StandinSrc *self = STANDIN_SRC (base);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = NULL;
  guint8 head[4];
  gsize size;

  if (!standin_src_connect (self, &error) ||
      !standin_src_read (self, head, sizeof head, &error))
    goto failed;
  size = GST_READ_UINT32_BE (head);
  if (size == 0)
    return GST_FLOW_EOS;
  data = g_malloc (MIN (size, MAX_SIZE));
  if (size > MAX_SIZE || !standin_src_read (self, data, size, &error))
    goto failed;
  if (!standin_src_announce (self, data, size))
    return GST_FLOW_NOT_NEGOTIATED;
  *ret_buffer = gst_buffer_new_wrapped (g_steal_pointer (&data), size);
  return GST_FLOW_OK;

failed:
  if (g_cancellable_is_cancelled (self->cancellable))
    return GST_FLOW_FLUSHING;
  GST_ELEMENT_ERROR (self, RESOURCE, READ, ("%s",
          error ? error->message : "a picture is too large"), (NULL));
  return GST_FLOW_ERROR;
}

static GstCaps *
standin_src_get_caps (GstBaseSrc * base, GstCaps * filter)
{
  GstCaps *caps = gst_caps_make_writable
      (gst_pad_get_pad_template_caps (GST_BASE_SRC_PAD (base)));

  if (STANDIN_SRC (base)->parsed)
    gst_caps_set_simple (caps, "parsed", G_TYPE_BOOLEAN, TRUE, NULL);
  return caps;
}

static gboolean
standin_src_unlock (GstBaseSrc * base)
{
  g_cancellable_cancel (STANDIN_SRC (base)->cancellable);
  return TRUE;
}

static gboolean
standin_src_unlock_stop (GstBaseSrc * base)
{
  g_cancellable_reset (STANDIN_SRC (base)->cancellable);
  return TRUE;
}

static gboolean
standin_src_stop (GstBaseSrc * base)
{
  g_clear_object (&STANDIN_SRC (base)->connection);
  return TRUE;
}

/* create() sets the caps, with the first picture */
static gboolean
standin_src_negotiate (GstBaseSrc * base)
{
  return TRUE;
}

static void
standin_src_finalize (GObject * object)
{
  StandinSrc *self = STANDIN_SRC (object);

  g_object_unref (self->cancellable);
  g_free (self->uri);
  G_OBJECT_CLASS (standin_src_parent_class)->finalize (object);
}

static void
standin_src_class_init (StandinSrcClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = standin_src_finalize;
  gst_element_class_set_static_metadata (element_class, "Stand-in camera",
      "Source/Network", "Pictures from a test",
      "the gst-plugins-cheapcam authors");
  gst_element_class_add_static_pad_template (element_class, &src_template);
  base_class->negotiate = standin_src_negotiate;
  base_class->get_caps = standin_src_get_caps;
  base_class->stop = standin_src_stop;
  base_class->unlock = standin_src_unlock;
  base_class->unlock_stop = standin_src_unlock_stop;
  GST_PUSH_SRC_CLASS (klass)->create = standin_src_create;
}

static void
standin_src_init (StandinSrc * self)
{
  self->cancellable = g_cancellable_new ();
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_do_timestamp (GST_BASE_SRC (self), TRUE);
}

static GstURIType
standin_src_uri_type (GType type)
{
  return GST_URI_SRC;
}

static const gchar *const *
standin_src_uri_protocols (GType type)
{
  static const gchar *const protocols[] = { "standin", NULL };

  return protocols;
}

static gchar *
standin_src_get_uri (GstURIHandler * handler)
{
  return g_strdup (STANDIN_SRC (handler)->uri);
}

static gboolean
standin_src_set_uri (GstURIHandler * handler, const gchar * uri,
    GError ** error)
{
  StandinSrc *self = STANDIN_SRC (handler);

  g_free (self->uri);
  self->uri = g_strdup (uri);
  self->parsed = g_str_has_suffix (uri, "?parsed");
  return TRUE;
}

static void
standin_src_uri_init (gpointer iface, gpointer data)
{
  GstURIHandlerInterface *interface = iface;

  interface->get_type = standin_src_uri_type;
  interface->get_protocols = standin_src_uri_protocols;
  interface->get_uri = standin_src_get_uri;
  interface->set_uri = standin_src_set_uri;
}

static gboolean
standin_plugin_init (GstPlugin * plugin)
{
  return gst_element_register (plugin, "standinsrc", GST_RANK_PRIMARY,
      TYPE_STANDIN_SRC);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, standin,
    "A stand-in for a camera", standin_plugin_init, "0", "LGPL", PACKAGE,
    "https://example.org");
