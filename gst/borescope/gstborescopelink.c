/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <errno.h>

#include "gstborescopelink.h"

GST_DEBUG_CATEGORY_EXTERN (gst_borescope_src_debug);
#define GST_CAT_DEFAULT gst_borescope_src_debug

/* Ports of the family (borescope.md 0). */
static const guint16 udp_ports[] = { 8030, 8031, 8032 };

#define TCP_PORT 7060

#define N_STOPS 3
#define STOP_INTERVAL (5 * GST_MSECOND)

/* A socket that failed is made again after this; a TCP connection gets as long
 * to be made. */
#define RETRY_INTERVAL (500 * GST_MSECOND)
#define TCP_CONNECT_TIME GST_SECOND

#define MAX_PROBES 32
#define PROBE_SIZE 64
#define NEVER G_MAXUINT64

/* A port where the camera may be. */
typedef struct
{
  GstBorescopeSocket socket;
  gboolean tcp;
  guint port;
  guint64 next_open;            /* while there is no socket */
  guint64 connect_end;          /* TCP: give up connecting then */
  gboolean connected;
} GstBorescopePort;

typedef enum
{
  LINK_IDLE,
  LINK_PROBING,
  LINK_STREAMING,
  LINK_STOPPING
} GstBorescopeLinkState;

struct _GstBorescopeLink
{
  const GstBorescopeSettings *settings;
  GstBorescopeReceiver *receiver;
  const GstBorescopeLinkFuncs *funcs;
  gpointer user_data;

  GstBorescopeLinkState state;
  GInetAddress *address;
  GstBorescopePort ports[GST_BORESCOPE_LINK_MAX_FDS];
  guint n_ports;
  guint chosen;                 /* while streaming */
  gboolean was_up;              /* since the start */
  gboolean told_down;
  gboolean had_picture;
  guint64 next_keepalive;
  guint64 connect_end;
  guint64 last_alive;
  guint n_stops;
  guint64 next_stop;
  GstBorescopeLinkCounts counts;
};

GstBorescopeLink *
gst_borescope_link_new (const GstBorescopeSettings * settings,
    GstBorescopeReceiver * receiver, const GstBorescopeLinkFuncs * funcs,
    gpointer user_data)
{
  GstBorescopeLink *self = g_new0 (GstBorescopeLink, 1);

  self->settings = settings;
  self->receiver = receiver;
  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

static void
gst_borescope_link_close (GstBorescopeLink * self)
{
  for (guint i = 0; i < self->n_ports; i++)
    gst_borescope_socket_close (&self->ports[i].socket);
  self->n_ports = 0;
  g_clear_object (&self->address);
  self->state = LINK_IDLE;
}

void
gst_borescope_link_free (GstBorescopeLink * self)
{
  gst_borescope_link_close (self);
  if (self->settings->socket && self->settings->close_socket)
    (void) g_socket_close (self->settings->socket, NULL);
  g_free (self);
}

static void
gst_borescope_link_send_stop (GstBorescopeLink * self)
{
  guint8 command[MOLINK_COMMAND_SIZE];

  molink_write_stop (command);
  for (guint i = 0; i < self->n_ports; i++)
    if (!self->ports[i].tcp && self->ports[i].socket.socket)
      (void) gst_borescope_socket_send (&self->ports[i].socket, command,
          sizeof command);
}

static void
gst_borescope_link_fail (GstBorescopeLink * self, GstResourceError code,
    const GError * error)
{
  gst_borescope_link_send_stop (self);
  gst_borescope_link_close (self);
  self->funcs->failed (self->user_data, code, error);
}

static void
gst_borescope_link_add_port (GstBorescopeLink * self, gboolean tcp,
    guint port, guint64 now)
{
  GstBorescopePort *at = &self->ports[self->n_ports++];

  *at = (GstBorescopePort) {
  0};
  at->tcp = tcp;
  at->port = port;
  at->next_open = now;
  at->connect_end = NEVER;
}

static void
gst_borescope_link_add_ports (GstBorescopeLink * self, guint64 now)
{
  const GstBorescopeSettings *settings = self->settings;
  gboolean tcp_only = settings->protocol == GST_BORESCOPE_PROTOCOL_MOLINK_TCP;
  gboolean may_be_tcp = tcp_only
      || settings->protocol == GST_BORESCOPE_PROTOCOL_AUTO;

  self->n_ports = 0;
  if (!tcp_only && settings->port)
    gst_borescope_link_add_port (self, FALSE, settings->port, now);
  for (guint i = 0; !tcp_only && !settings->port && i < 3; i++)
    gst_borescope_link_add_port (self, FALSE, udp_ports[i], now);
  if (may_be_tcp && !settings->socket)
    gst_borescope_link_add_port (self, TRUE,
        settings->port ? settings->port : TCP_PORT, now);
}

static void
gst_borescope_link_tune (GstBorescopeLink * self, GstBorescopePort * port)
{
  guint wanted = self->settings->buffer_size;
  guint given = gst_borescope_socket_set_buffer (&port->socket, wanted);

  self->counts.receive_buffer = given;
  if (given < wanted)
    GST_WARNING ("the kernel gave a receive buffer of %u bytes instead of "
        "%u: frames may be lost; raise it by sysctl net.core.rmem_max=%u",
        given, wanted, wanted);
}

static gboolean
gst_borescope_link_is_fatal (GstBorescopeLink * self,
    const GstBorescopePort * port, const GError * error)
{
  static const GIOErrorEnum passing[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_TIMED_OUT,
    G_IO_ERROR_CONNECTION_CLOSED
  };

  if (self->was_up || (port->tcp && self->n_ports > 1))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (error, G_IO_ERROR, passing[i]))
      return FALSE;
  return TRUE;
}

/* FALSE: the link failed. */
static gboolean
gst_borescope_link_open (GstBorescopeLink * self, GstBorescopePort * port,
    guint64 now)
{
  const GstBorescopeSettings *settings = self->settings;
  g_autoptr (GError) error = NULL;
  gboolean first = port == self->ports, ok;

  port->connected = FALSE;
  if (first && settings->socket)
    ok = gst_borescope_socket_adopt (&port->socket, settings->socket,
        self->address, port->port, &error);
  else
    ok = gst_borescope_socket_open (&port->socket,
        port->tcp ? G_SOCKET_TYPE_STREAM : G_SOCKET_TYPE_DATAGRAM, settings,
        self->address, port->port, first && !port->tcp ?
        settings->bind_port : 0, &error);
  if (ok) {
    port->next_open = NEVER;
    port->connect_end = port->tcp ? now + TCP_CONNECT_TIME : NEVER;
    if (!port->tcp)
      gst_borescope_link_tune (self, port);
    return TRUE;
  }
  if (gst_borescope_link_is_fatal (self, port, error)) {
    gst_borescope_link_fail (self, GST_RESOURCE_ERROR_OPEN_READ, error);
    return FALSE;
  }
  GST_DEBUG ("port %u: %s", port->port, error->message);
  port->next_open = now + RETRY_INTERVAL;
  return TRUE;
}

static void
gst_borescope_link_reopen (GstBorescopePort * port, guint64 when)
{
  gst_borescope_socket_close (&port->socket);
  port->connected = FALSE;
  port->next_open = when;
  port->connect_end = NEVER;
}

/* A UDP socket that works is kept: the camera may still know it. */
static void
gst_borescope_link_probe (GstBorescopeLink * self, guint64 now)
{
  self->state = LINK_PROBING;
  gst_borescope_receiver_reset (self->receiver, MOLINK_VARIANT_UNKNOWN);
  for (guint i = 0; i < self->n_ports; i++)
    if (self->ports[i].tcp || !self->ports[i].socket.socket)
      gst_borescope_link_reopen (&self->ports[i], now);
}

static void
gst_borescope_link_send_keepalive (GstBorescopeLink * self, guint64 now)
{
  guint8 command[MOLINK_COMMAND_SIZE];

  molink_write_keepalive (command);
  for (guint i = 0; i < self->n_ports; i++) {
    GstBorescopePort *port = &self->ports[i];

    if (port->tcp || !port->socket.socket)
      continue;
    gint error = gst_borescope_socket_send (&port->socket, command,
        sizeof command);
    if (error == 0)
      self->counts.keepalives++;
    else if (!gst_borescope_socket_is_transient (error)) {
      GST_DEBUG ("port %u: %s", port->port, g_strerror (error));
      gst_borescope_link_reopen (port, now + RETRY_INTERVAL);
    }
  }
}

void
gst_borescope_link_start (GstBorescopeLink * self, GInetAddress * address,
    guint64 now)
{
  gst_borescope_link_close (self);
  self->address = g_object_ref (address);
  self->was_up = FALSE;
  self->told_down = FALSE;
  self->had_picture = FALSE;
  self->last_alive = now;
  self->connect_end =
      gst_borescope_settings_end (self->settings->connect_timeout, now);
  gst_borescope_link_add_ports (self, now);
  gst_borescope_link_probe (self, now);
  for (guint i = 0; i < self->n_ports; i++)
    if (!gst_borescope_link_open (self, &self->ports[i], now))
      return;
  for (guint i = 0; i < self->settings->start_burst; i++)
    gst_borescope_link_send_keepalive (self, now);
  self->next_keepalive = now + self->settings->keepalive_interval;
}

void
gst_borescope_link_stop (GstBorescopeLink * self, guint64 now)
{
  if (self->state == LINK_IDLE || self->state == LINK_STOPPING)
    return;
  self->state = LINK_STOPPING;
  self->n_stops = 0;
  self->next_stop = now;
}

gboolean
gst_borescope_link_is_idle (const GstBorescopeLink * self)
{
  return self->state == LINK_IDLE;
}

void
gst_borescope_link_note_picture (GstBorescopeLink * self)
{
  self->had_picture = TRUE;
  self->told_down = FALSE;
}

guint
gst_borescope_link_get_fds (const GstBorescopeLink * self,
    struct pollfd *ret_fds)
{
  if (self->state == LINK_STOPPING)
    return 0;
  for (guint i = 0; i < self->n_ports; i++) {
    const GstBorescopePort *port = &self->ports[i];
    gboolean connecting = port->tcp && !port->connected;

    ret_fds[i].fd = gst_borescope_socket_fd (&port->socket);
    ret_fds[i].events = connecting ? POLLOUT : POLLIN;
    ret_fds[i].revents = 0;
  }
  return self->n_ports;
}

static void
gst_borescope_link_choose (GstBorescopeLink * self, guint i,
    MolinkVariant variant, guint64 now)
{
  guint8 stop[MOLINK_COMMAND_SIZE];

  molink_write_stop (stop);
  for (guint k = 0; k < self->n_ports; k++) {
    GstBorescopePort *port = &self->ports[k];

    if (k == i)
      continue;
    if (!port->tcp && port->socket.socket)
      (void) gst_borescope_socket_send (&port->socket, stop, sizeof stop);
    gst_borescope_link_reopen (port, NEVER);
  }
  self->chosen = i;
  self->state = LINK_STREAMING;
  self->last_alive = now;
  if (self->was_up)
    self->counts.reconnects++;
  self->was_up = TRUE;
  gst_borescope_receiver_reset (self->receiver, variant);
  self->funcs->up (self->user_data, variant, self->ports[i].port);
}

static gboolean
gst_borescope_link_accepts (GstBorescopeLink * self, MolinkVariant variant)
{
  switch (self->settings->protocol) {
    case GST_BORESCOPE_PROTOCOL_MOLINK_A:
      return variant == MOLINK_VARIANT_A;
    case GST_BORESCOPE_PROTOCOL_MOLINK_B:
      return variant == MOLINK_VARIANT_B;
    default:
      return variant != MOLINK_VARIANT_UNKNOWN;
  }
}

/* Looks at what came without taking it, unless it is of no use. */
static void
gst_borescope_link_probe_udp (GstBorescopeLink * self, guint i, guint64 now)
{
  GstBorescopePort *port = &self->ports[i];

  (void) gst_borescope_socket_take_errors (&port->socket);
  for (guint k = 0; k < MAX_PROBES; k++) {
    guint8 head[PROBE_SIZE];
    struct sockaddr_storage from = { 0 };
    socklen_t from_size = sizeof from;
    gint fd = gst_borescope_socket_fd (&port->socket);
    gssize n = recvfrom (fd, head, sizeof head,
        MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC, (struct sockaddr *) &from,
        &from_size);

    if (n < 0)
      return;
    gboolean ours = gst_borescope_socket_is_peer (&port->socket, &from);
    MolinkVariant variant = ours ? molink_probe (head, (gsize) MIN (n,
            PROBE_SIZE)) : MOLINK_VARIANT_UNKNOWN;
    if (ours && gst_borescope_link_accepts (self, variant)) {
      gst_borescope_link_choose (self, i, variant, now);
      return;
    }
    self->counts.probes_invalid += ours;
    if (!ours)
      gst_borescope_receiver_counts (self->receiver)->foreign++;
    (void) recv (fd, head, sizeof head, MSG_DONTWAIT);
  }
}

static void
gst_borescope_link_probe_tcp (GstBorescopeLink * self, guint i, guint64 now)
{
  GstBorescopePort *port = &self->ports[i];
  guint8 byte;

  if (!port->connected) {
    g_autoptr (GError) error = NULL;

    if (!g_socket_check_connect_result (port->socket.socket, &error)) {
      GST_DEBUG ("TCP port %u: %s", port->port, error->message);
      gst_borescope_link_reopen (port, now + RETRY_INTERVAL);
      return;
    }
    port->connected = TRUE;
    port->connect_end = NEVER;
    return;
  }
  gssize n = recv (gst_borescope_socket_fd (&port->socket), &byte, 1,
      MSG_DONTWAIT | MSG_PEEK);
  if (n > 0)
    gst_borescope_link_choose (self, i, MOLINK_VARIANT_C, now);
  else if (n == 0 || errno != EAGAIN)
    gst_borescope_link_reopen (port, now + RETRY_INTERVAL);
}

/* FALSE: the link failed. */
static gboolean
gst_borescope_link_go_down (GstBorescopeLink * self, const gchar * why,
    guint64 now)
{
  if (!self->settings->reconnect) {
    g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR,
        G_IO_ERROR_TIMED_OUT, why);
    gst_borescope_link_fail (self, GST_RESOURCE_ERROR_READ, error);
    return FALSE;
  }
  if (!self->told_down)
    self->funcs->down (self->user_data, why);
  self->told_down = TRUE;
  gst_borescope_link_probe (self, now);
  return TRUE;
}

static void
gst_borescope_link_read (GstBorescopeLink * self, guint64 now)
{
  GstBorescopePort *port = &self->ports[self->chosen];
  gboolean alive = FALSE;
  gint error;

  if (port->tcp) {
    error = gst_borescope_receiver_read_tcp (self->receiver, &port->socket,
        now, &alive);
  } else {
    (void) gst_borescope_socket_take_errors (&port->socket);
    error = gst_borescope_receiver_read_udp (self->receiver, &port->socket,
        now, &alive);
  }
  if (alive)
    self->last_alive = now;
  if (error == 0)
    return;
  gboolean anew = port->tcp ? gst_borescope_link_go_down (self,
      "the camera closed the connection", now) :
      !gst_borescope_socket_is_transient (error);
  if (anew)
    gst_borescope_link_reopen (port, now + RETRY_INTERVAL);
}

void
gst_borescope_link_on_fds (GstBorescopeLink * self, const struct pollfd *fds,
    guint n_fds, guint64 now)
{
  for (guint i = 0; i < n_fds && i < self->n_ports; i++) {
    if (!fds[i].revents || fds[i].fd < 0
        || fds[i].fd != gst_borescope_socket_fd (&self->ports[i].socket))
      continue;
    if (self->state == LINK_STREAMING && i == self->chosen)
      gst_borescope_link_read (self, now);
    else if (self->state == LINK_PROBING && self->ports[i].tcp)
      gst_borescope_link_probe_tcp (self, i, now);
    else if (self->state == LINK_PROBING)
      gst_borescope_link_probe_udp (self, i, now);
    else if (!self->ports[i].tcp)
      (void) gst_borescope_socket_take_errors (&self->ports[i].socket);
  }
}

static void
gst_borescope_link_say_stop (GstBorescopeLink * self, guint64 now)
{
  gst_borescope_link_send_stop (self);
  self->n_stops++;
  self->next_stop = now + STOP_INTERVAL;
  if (self->n_stops == N_STOPS)
    gst_borescope_link_close (self);
}

static void
gst_borescope_link_turn_ports (GstBorescopeLink * self, guint64 now)
{
  for (guint i = 0; i < self->n_ports; i++) {
    GstBorescopePort *port = &self->ports[i];

    if (now >= port->connect_end)
      gst_borescope_link_reopen (port, now);
    if (!port->socket.socket && now >= port->next_open
        && !gst_borescope_link_open (self, port, now))
      return;
  }
}

/* When the camera has been silent for too long. */
static guint64
gst_borescope_link_silence_end (const GstBorescopeLink * self)
{
  gboolean watched = self->state == LINK_STREAMING || !self->told_down;

  if (!watched || (!self->was_up && !self->settings->reconnect))
    return NEVER;
  return gst_borescope_settings_end (self->settings->timeout, self->last_alive);
}

void
gst_borescope_link_turn (GstBorescopeLink * self, guint64 now)
{
  if (self->state == LINK_STOPPING && now >= self->next_stop)
    gst_borescope_link_say_stop (self, now);
  if (self->state != LINK_PROBING && self->state != LINK_STREAMING)
    return;
  if (!self->had_picture && now >= self->connect_end) {
    g_autoptr (GError) error = self->was_up ?
        g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        "the camera sends, but no whole picture") :
        g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
        "the camera does not answer");
    gst_borescope_link_fail (self, GST_RESOURCE_ERROR_NOT_FOUND, error);
    return;
  }
  if (now >= gst_borescope_link_silence_end (self)
      && !gst_borescope_link_go_down (self, self->was_up ?
          "the camera went silent" : "the camera does not answer", now))
    return;
  gst_borescope_link_turn_ports (self, now);
  if (now >= self->next_keepalive
      && (self->state == LINK_PROBING || self->state == LINK_STREAMING)) {
    gst_borescope_link_send_keepalive (self, now);
    self->next_keepalive = now + self->settings->keepalive_interval;
  }
}

guint64
gst_borescope_link_deadline (const GstBorescopeLink * self)
{
  guint64 deadline;

  if (self->state == LINK_STOPPING)
    return self->next_stop;
  if (self->state == LINK_IDLE)
    return NEVER;
  deadline = self->next_keepalive;
  if (!self->had_picture)
    deadline = MIN (deadline, self->connect_end);
  deadline = MIN (deadline, gst_borescope_link_silence_end (self));
  for (guint i = 0; i < self->n_ports; i++) {
    if (!self->ports[i].socket.socket)
      deadline = MIN (deadline, self->ports[i].next_open);
    deadline = MIN (deadline, self->ports[i].connect_end);
  }
  return deadline;
}

GSocket *
gst_borescope_link_get_socket (const GstBorescopeLink * self)
{
  guint i = self->state == LINK_STREAMING ? self->chosen : 0;

  return i < self->n_ports ? self->ports[i].socket.socket : NULL;
}

const GstBorescopeLinkCounts *
gst_borescope_link_counts (const GstBorescopeLink * self)
{
  return &self->counts;
}
