/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The RTSP library takes as many header lines as a peer cares to send, before
 * anybody can look at the request. So the connections that the server accepts
 * get a stream of their own, below TLS, that ends when a peer sends much and
 * completes nothing.
 *
 * The library asks the GTcpConnection that it makes of a socket for its stream
 * while it accepts, so the class is given another answer for connections that
 * are asked between inlet_begin_accept() and inlet_end_accept(). GIO's table of
 * connection types would be the place for a type of ours, but GLib 2.74 frees an
 * entry that is made anew and goes on using it. */

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

typedef GInputStream *(*InletGetStream) (GIOStream * connection);

G_DEFINE_QUARK (cheapcam - inlet - budget, inlet_budget);
static G_DEFINE_QUARK (cheapcam - inlet - stream, inlet_stream_of);

static InletGetStream inlet_get_base_stream;    /* what GTcpConnection answers */
static GPrivate inlet_accepting;

static GInputStream *
inlet_wrap (GIOStream * connection)
{
  GSocket *socket =
      g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  CheapcamInletBudget *budget = inlet_budget_new ();
  GInputStream *stream;

  g_object_set_qdata_full (G_OBJECT (socket), inlet_budget_quark (), budget,
      g_free);
  stream = inlet_stream_new (inlet_get_base_stream (connection), socket,
      budget);
  g_object_set_qdata_full (G_OBJECT (connection), inlet_stream_of_quark (),
      stream, g_object_unref);
  return stream;
}

static GInputStream *
inlet_get_input_stream (GIOStream * connection)
{
  GInputStream *stream = g_object_get_qdata (G_OBJECT (connection),
      inlet_stream_of_quark ());

  if (stream)
    return stream;
  if (g_private_get (&inlet_accepting))
    return inlet_wrap (connection);
  return inlet_get_base_stream (connection);
}

/* Once, before the first connection. */
void
inlet_register (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  /* a type of its own class structure: other streams are not touched. The
   * reference stays, so that the class does. */
  GIOStreamClass *klass = g_type_class_ref (G_TYPE_TCP_CONNECTION);
  inlet_get_base_stream = klass->get_input_stream;
  klass->get_input_stream = inlet_get_input_stream;
  g_once_init_leave (&done, 1);
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
