/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <sys/socket.h>

#include "gstborescopesettings.h"

G_BEGIN_DECLS

/* A socket of the camera's network. UDP sockets are not connected, so that what
 * other hosts send can be told apart and counted, and so that a new route or
 * address of this host needs no new socket; ICMP errors are reported all the
 * same. */
typedef struct
{
  GSocket *socket;
  gboolean keep_open;           /* the application's: not ours to close */
  struct sockaddr_storage peer;
  socklen_t peer_size;
} GstBorescopeSocket;

/* Opens a socket to talk to a port of the camera. bind_port is for UDP. A TCP socket
 * is connecting when this returns. */
gboolean gst_borescope_socket_open (GstBorescopeSocket * self,
    GSocketType type, const GstBorescopeSettings * settings,
    GInetAddress * address, guint port, guint bind_port, GError ** error);

/* The same with the UDP socket of the application, which stays open. What waits
 * in it is thrown away. */
gboolean gst_borescope_socket_adopt (GstBorescopeSocket * self,
    GSocket * socket, GInetAddress * address, guint port, GError ** error);
void gst_borescope_socket_close (GstBorescopeSocket * self);

gint gst_borescope_socket_fd (const GstBorescopeSocket * self);

/* Sets the receive buffer and returns the size that the kernel gave. */
guint gst_borescope_socket_set_buffer (GstBorescopeSocket * self, guint size);

/* Sends a datagram to the camera. Returns 0 or an errno; what ICMP said about
 * an earlier one may be among them. */
gint gst_borescope_socket_send (GstBorescopeSocket * self,
    const guint8 * data, gsize size);

/* Whether a datagram from this address is the camera's. */
gboolean gst_borescope_socket_is_peer (const GstBorescopeSocket * self,
    const struct sockaddr_storage *from);

/* Takes all pending ICMP errors. Returns the last one's errno, or 0. */
gint gst_borescope_socket_take_errors (GstBorescopeSocket * self);

/* Whether the errno tells of a state of the network that may pass. */
gboolean gst_borescope_socket_is_transient (gint error);

G_END_DECLS
