/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The RTSP library takes as many header lines as a peer cares to send, before
 * anybody can look at the request. So the connections that the server accepts
 * get a stream of their own, below TLS, that ends when a peer sends much and
 * completes nothing.
 *
 * GIO makes a connection from a socket by a table of types. Ours replaces
 * GTcpConnection in it, and does nothing for sockets that were not accepted
 * between inlet_begin_accept() and inlet_end_accept(). */

#include "inlet.h"

#include "inletstream.h"

/* A request of the longest kind: 64 KiB of body, headers, a TLS handshake. */
#define BUDGET_BYTES (96 * 1024)
/* RTCP that comes between requests. */
#define BUDGET_BYTES_PER_S (8 * 1024)

struct _CheapcamInletBudget
{
  gint64 left;
  gint64 refilled_at;
};

struct _CheapcamInlet
{
  GTcpConnection parent;

  GInputStream *stream;         /* NULL: the connection is none of ours */
};

G_DEFINE_FINAL_TYPE (CheapcamInlet, inlet, G_TYPE_TCP_CONNECTION);
G_DEFINE_QUARK (cheapcam - inlet - budget, inlet_budget);

static GPrivate inlet_accepting;

static GInputStream *
inlet_get_input_stream (GIOStream * base)
{
  CheapcamInlet *self = CHEAPCAM_INLET (base);

  if (self->stream)
    return self->stream;
  return G_IO_STREAM_CLASS (inlet_parent_class)->get_input_stream (base);
}

static void
inlet_constructed (GObject * object)
{
  CheapcamInlet *self = CHEAPCAM_INLET (object);
  GSocket *socket;
  CheapcamInletBudget *budget;

  G_OBJECT_CLASS (inlet_parent_class)->constructed (object);
  if (!g_private_get (&inlet_accepting))
    return;
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (self));
  budget = inlet_budget_new ();
  g_object_set_qdata_full (G_OBJECT (socket), inlet_budget_quark (), budget,
      g_free);
  self->stream =
      inlet_stream_new (G_IO_STREAM_CLASS (inlet_parent_class)->get_input_stream
      (G_IO_STREAM (self)), socket, budget);
}

static void
inlet_dispose (GObject * object)
{
  g_clear_object (&CHEAPCAM_INLET (object)->stream);
  G_OBJECT_CLASS (inlet_parent_class)->dispose (object);
}

static void
inlet_class_init (CheapcamInletClass * klass)
{
  G_OBJECT_CLASS (klass)->constructed = inlet_constructed;
  G_OBJECT_CLASS (klass)->dispose = inlet_dispose;
  G_IO_STREAM_CLASS (klass)->get_input_stream = inlet_get_input_stream;
}

static void
inlet_init (CheapcamInlet * self)
{
}

void
inlet_register (void)
{
  const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4,
    G_SOCKET_FAMILY_IPV6
  };
  const gint protocols[] = { G_SOCKET_PROTOCOL_DEFAULT,
    G_SOCKET_PROTOCOL_TCP
  };

  /* its own registration must not come after ours */
  g_type_ensure (G_TYPE_TCP_CONNECTION);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (protocols); k++)
      g_socket_connection_factory_register_type (CHEAPCAM_TYPE_INLET,
          families[i], G_SOCKET_TYPE_STREAM, protocols[k]);
  }
}

void
inlet_begin_accept (void)
{
  g_private_set (&inlet_accepting, GINT_TO_POINTER (1));
}

void
inlet_end_accept (void)
{
  g_private_set (&inlet_accepting, NULL);
}

/* Belongs to the socket; NULL if the connection is none of ours. To be used
 * only in the thread that reads from the socket. */
CheapcamInletBudget *
inlet_get_budget (GSocket * socket)
{
  return g_object_get_qdata (G_OBJECT (socket), inlet_budget_quark ());
}

CheapcamInletBudget *
inlet_budget_new (void)
{
  CheapcamInletBudget *budget = g_new (CheapcamInletBudget, 1);

  inlet_budget_refill (budget);
  return budget;
}

void
inlet_budget_refill (CheapcamInletBudget * budget)
{
  budget->left = BUDGET_BYTES;
  budget->refilled_at = 0;
}

/* now: monotonic time in microseconds. */
gboolean
inlet_budget_take (CheapcamInletBudget * budget, gsize size, gint64 now)
{
  gint64 seconds;

  if (budget->refilled_at == 0)
    budget->refilled_at = now;
  seconds = (now - budget->refilled_at) / G_TIME_SPAN_SECOND;
  if (seconds > 0) {
    budget->left = MIN (BUDGET_BYTES, budget->left +
        MIN (seconds, BUDGET_BYTES) * BUDGET_BYTES_PER_S);
    budget->refilled_at += seconds * G_TIME_SPAN_SECOND;
  }
  budget->left -= MIN (size, BUDGET_BYTES + 1);
  return budget->left >= 0;
}
