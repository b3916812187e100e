/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Reads from its base stream until the budget is used up, or until it shows
 * that the peer speaks HTTP: that gets its answer here, below the library,
 * which would keep it waiting. */

#include "inletstream.h"

#include <string.h>

#define METHOD_SIZE 4
#define MAX_DRAIN (64 * 1024)

struct _CheapcamInletStream
{
  GFilterInputStream parent;

  GSocket *socket;              /* owns the budget */
  CheapcamInletBudget *budget;
  gchar method[METHOD_SIZE];    /* with which the peer begins */
  gsize method_size;
};

static void inlet_stream_pollable_init (GPollableInputStreamInterface * iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CheapcamInletStream, inlet_stream,
    G_TYPE_FILTER_INPUT_STREAM,
    G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
        inlet_stream_pollable_init));

static GInputStream *
inlet_stream_base (gpointer self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

/* What is left unread would have the kernel reset the connection, and the peer
 * lose its answer. */
static void
inlet_stream_answer_http (CheapcamInletStream * self)
{
  static const gchar answer[] = "HTTP/1.1 405 Method Not Allowed\r\n"
      "Allow:\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n"
      "This is an RTSP server: open its rtsp:// URL in a player.\n";
  gchar rest[1024];

  for (gsize i = 0; i < MAX_DRAIN / sizeof rest; i++) {
    if (g_socket_receive_with_blocking (self->socket, rest, sizeof rest, FALSE,
            NULL, NULL) <= 0)
      break;
  }
  g_socket_send_with_blocking (self->socket, answer, sizeof answer - 1, FALSE,
      NULL, NULL);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

static gboolean
inlet_stream_is_http (CheapcamInletStream * self, const gchar * data,
    gsize size)
{
  gsize n = MIN (size, METHOD_SIZE - self->method_size);

  if (n == 0)
    return FALSE;
  memcpy (self->method + self->method_size, data, n);
  self->method_size += n;
  return self->method_size == METHOD_SIZE &&
      (memcmp (self->method, "GET ", METHOD_SIZE) == 0 ||
      memcmp (self->method, "POST", METHOD_SIZE) == 0);
}

/* What was read, passed on or refused. */
static gssize
inlet_stream_check (CheapcamInletStream * self, const gchar * data,
    gssize size, GError ** error)
{
  if (size <= 0)
    return size;
  if (inlet_stream_is_http (self, data, size)) {
    inlet_stream_answer_http (self);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
        "the peer speaks HTTP");
    return -1;
  }
  if (inlet_budget_take (self->budget, size, g_get_monotonic_time ()))
    return size;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
      "the peer sends much and completes no request");
  return -1;
}

static gssize
inlet_stream_read (GInputStream * stream, void *buffer, gsize size,
    GCancellable * cancellable, GError ** error)
{
  return inlet_stream_check (CHEAPCAM_INLET_STREAM (stream), buffer,
      g_input_stream_read (inlet_stream_base (stream), buffer, size,
          cancellable, error), error);
}

static gssize
inlet_stream_read_nonblocking (GPollableInputStream * stream, void *buffer,
    gsize size, GError ** error)
{
  GPollableInputStream *base =
      G_POLLABLE_INPUT_STREAM (inlet_stream_base (stream));

  return inlet_stream_check (CHEAPCAM_INLET_STREAM (stream), buffer,
      g_pollable_input_stream_read_nonblocking (base, buffer, size, NULL,
          error), error);
}

static gboolean
inlet_stream_is_readable (GPollableInputStream * stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM
      (inlet_stream_base (stream)));
}

static GSource *
inlet_stream_create_source (GPollableInputStream * stream,
    GCancellable * cancellable)
{
  g_autoptr (GSource) base =
      g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM
      (inlet_stream_base (stream)), NULL);

  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
inlet_stream_pollable_init (GPollableInputStreamInterface * iface)
{
  iface->is_readable = inlet_stream_is_readable;
  iface->create_source = inlet_stream_create_source;
  iface->read_nonblocking = inlet_stream_read_nonblocking;
}

static void
inlet_stream_finalize (GObject * object)
{
  g_object_unref (CHEAPCAM_INLET_STREAM (object)->socket);
  G_OBJECT_CLASS (inlet_stream_parent_class)->finalize (object);
}

static void
inlet_stream_class_init (CheapcamInletStreamClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = inlet_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = inlet_stream_read;
}

static void
inlet_stream_init (CheapcamInletStream * self)
{
}

GInputStream *
inlet_stream_new (GInputStream * base, GSocket * socket,
    CheapcamInletBudget * budget)
{
  CheapcamInletStream *self = g_object_new (CHEAPCAM_TYPE_INLET_STREAM,
      "base-stream", base, "close-base-stream", FALSE, NULL);

  self->socket = g_object_ref (socket);
  self->budget = budget;
  return G_INPUT_STREAM (self);
}
