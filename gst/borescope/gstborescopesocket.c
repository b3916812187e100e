/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <time.h>

/* needs struct timespec of the above */
#include <linux/errqueue.h>

#include "gstborescopesocket.h"

/* ICMP errors taken in one go: a flood of them must not keep the thread. */
#define MAX_ERRORS 64

static gboolean
gst_borescope_socket_set_peer (GstBorescopeSocket * self,
    GInetAddress * address, guint port, GError ** error)
{
  g_autoptr (GSocketAddress) peer = g_inet_socket_address_new (address,
      (guint16) port);

  self->peer_size = (socklen_t) g_socket_address_get_native_size (peer);
  return g_socket_address_to_native (peer, &self->peer, sizeof self->peer,
      error);
}

static gboolean
gst_borescope_socket_bind_interface (GstBorescopeSocket * self,
    const gchar * interface, GError ** error)
{
  if (setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_BINDTODEVICE,
          interface, (socklen_t) strlen (interface)) == 0)
    return TRUE;

  gint code = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
      "the interface \"%s\" cannot be used: %s", interface, g_strerror (code));
  return FALSE;
}

/* An address of the other family than the camera's does not matter. */
static gboolean
gst_borescope_socket_bind (GstBorescopeSocket * self, const gchar * text,
    guint port, GError ** error)
{
  GSocketFamily family = g_socket_get_family (self->socket);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  if (!address) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "\"%s\" is not an address", text);
    return FALSE;
  }
  if (g_inet_address_get_family (address) != family) {
    if (!g_inet_address_get_is_any (address)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "the address \"%s\" is of another family than the camera's", text);
      return FALSE;
    }
    g_object_unref (address);
    address = g_inet_address_new_any (family);
  }
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new (address,
      (guint16) port);
  return g_socket_bind (self->socket, local, FALSE, error);
}

/* Without it the kernel tells only connected sockets of ICMP errors. */
static void
gst_borescope_socket_report_errors (GstBorescopeSocket * self)
{
  gboolean ip6 = g_socket_get_family (self->socket) == G_SOCKET_FAMILY_IPV6;

  (void) g_socket_set_option (self->socket, ip6 ? IPPROTO_IPV6 : IPPROTO_IP,
      ip6 ? IPV6_RECVERR : IP_RECVERR, 1, NULL);
}

static gboolean
gst_borescope_socket_connect (GstBorescopeSocket * self, GError ** error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GSocketAddress) peer =
      g_socket_address_new_from_native (&self->peer, self->peer_size);

  if (g_socket_connect (self->socket, peer, NULL, &local)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PENDING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
gst_borescope_socket_open (GstBorescopeSocket * self, GSocketType type,
    const GstBorescopeSettings * settings, GInetAddress * address, guint port,
    guint bind_port, GError ** error)
{
  gboolean ok;

  self->keep_open = FALSE;
  self->socket = g_socket_new (g_inet_address_get_family (address), type,
      G_SOCKET_PROTOCOL_DEFAULT, error);
  if (!self->socket)
    return FALSE;
  g_socket_set_blocking (self->socket, FALSE);
  ok = gst_borescope_socket_set_peer (self, address, port, error)
      && (!settings->interface
      || gst_borescope_socket_bind_interface (self, settings->interface, error))
      && gst_borescope_socket_bind (self, settings->bind_address, bind_port,
      error);
  if (ok && type == G_SOCKET_TYPE_STREAM)
    ok = gst_borescope_socket_connect (self, error);
  else if (ok)
    gst_borescope_socket_report_errors (self);
  if (!ok)
    gst_borescope_socket_close (self);
  return ok;
}

gboolean
gst_borescope_socket_adopt (GstBorescopeSocket * self, GSocket * socket,
    gboolean close_socket, GInetAddress * address, guint port, GError ** error)
{
  if (g_socket_is_closed (socket)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
        "the application's socket is closed");
    return FALSE;
  }
  if (g_socket_get_socket_type (socket) != G_SOCKET_TYPE_DATAGRAM
      || g_socket_get_family (socket) != g_inet_address_get_family (address)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "the application's socket is not a UDP socket of the camera's family");
    return FALSE;
  }
  if (!gst_borescope_socket_set_peer (self, address, port, error))
    return FALSE;
  self->socket = g_object_ref (socket);
  self->keep_open = !close_socket;
  g_socket_set_blocking (socket, FALSE);
  gst_borescope_socket_report_errors (self);
  return TRUE;
}

void
gst_borescope_socket_close (GstBorescopeSocket * self)
{
  if (self->socket && !self->keep_open)
    (void) g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
}

gint
gst_borescope_socket_fd (const GstBorescopeSocket * self)
{
  return self->socket ? g_socket_get_fd (self->socket) : -1;
}

guint
gst_borescope_socket_set_buffer (GstBorescopeSocket * self, guint size)
{
  gint given = 0;

  if (size)
    (void) g_socket_set_option (self->socket, SOL_SOCKET, SO_RCVBUF,
        (gint) size, NULL);
  (void) g_socket_get_option (self->socket, SOL_SOCKET, SO_RCVBUF, &given,
      NULL);
  /* the kernel tells twice what it was asked for: half is its own */
  return (guint) MAX (given, 0) / 2;
}

gint
gst_borescope_socket_send (GstBorescopeSocket * self, const guint8 * data,
    gsize size)
{
  if (sendto (gst_borescope_socket_fd (self), data, size,
          MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *) &self->peer,
          self->peer_size) >= 0)
    return 0;
  return errno;
}

gboolean
gst_borescope_socket_is_peer (const GstBorescopeSocket * self,
    const struct sockaddr_storage *from)
{
  if (from->ss_family != self->peer.ss_family)
    return FALSE;
  if (from->ss_family == AF_INET) {
    const struct sockaddr_in *a = (const struct sockaddr_in *) from;
    const struct sockaddr_in *b = (const struct sockaddr_in *) &self->peer;
    return a->sin_port == b->sin_port
        && a->sin_addr.s_addr == b->sin_addr.s_addr;
  }
  const struct sockaddr_in6 *a = (const struct sockaddr_in6 *) from;
  const struct sockaddr_in6 *b = (const struct sockaddr_in6 *) &self->peer;
  return a->sin6_port == b->sin6_port
      && IN6_ARE_ADDR_EQUAL (&a->sin6_addr, &b->sin6_addr);
}

static gint
gst_borescope_socket_take_error (GstBorescopeSocket * self)
{
  union
  {
    struct cmsghdr header;      /* for its alignment */
    guint8 bytes[512];
  } control;
  struct msghdr message = { 0 };

  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  if (recvmsg (gst_borescope_socket_fd (self), &message,
          MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
    return 0;
  for (struct cmsghdr * c = CMSG_FIRSTHDR (&message); c;
      c = CMSG_NXTHDR (&message, c)) {
    struct sock_extended_err told;

    if (c->cmsg_len < CMSG_LEN (sizeof told))
      continue;
    memcpy (&told, CMSG_DATA (c), sizeof told);
    return told.ee_errno ? (gint) told.ee_errno : EIO;
  }
  return EIO;
}

gint
gst_borescope_socket_take_errors (GstBorescopeSocket * self)
{
  gint last = 0;

  for (guint i = 0; i < MAX_ERRORS; i++) {
    gint error = gst_borescope_socket_take_error (self);

    if (error == 0)
      break;
    last = error;
  }
  /* the copy that the socket keeps besides the queue */
  gint pending = 0;
  (void) g_socket_get_option (self->socket, SOL_SOCKET, SO_ERROR, &pending,
      NULL);
  return last ? last : pending;
}

gboolean
gst_borescope_socket_is_transient (gint error)
{
  switch (error) {
    case EAGAIN:
    case ECONNREFUSED:
    case ECONNRESET:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case EINTR:
    case ENETDOWN:
    case ENETUNREACH:
    case ENOBUFS:
    case EPERM:                /* a firewall, which may change its mind */
    case ETIMEDOUT:
      return TRUE;
    default:
      return FALSE;
  }
}
