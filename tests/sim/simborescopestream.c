/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simborescopestream.h"

#include <string.h>

#define MAX_READ 2048
#define BATCH 64
#define SEND_TIMEOUT (100 * G_TIME_SPAN_MILLISECOND)
/* A machine that is this late does not catch up. */
#define MAX_LAG (G_TIME_SPAN_SECOND / 2)

static void
sim_borescope_stream_forget_packets (SimBorescopeStream * self)
{
  g_array_set_size (self->video.packets, 0);
  g_byte_array_set_size (self->video.bytes, 0);
  self->n_sent = 0;
  self->n_written = 0;
  self->n_frames_made = 0;
}

void
sim_borescope_stream_end (SimBorescopeStream * self, SimBorescopeEnd why)
{
  if (self->client == NULL)
    return;
  g_source_set_ready_time (self->timer, -1);
  sim_cam_unwatch (&self->read_watch);
  sim_cam_unwatch (&self->write_watch);
  g_clear_object (&self->connection);
  g_clear_object (&self->client);
  sim_borescope_stream_forget_packets (self);
  sim_cam_note (self->cam, SIM_BORESCOPE_END, self->client_port, why, 0);
}

void
sim_borescope_stream_reboot (SimBorescopeStream * self)
{
  sim_borescope_stream_end (self, SIM_BORESCOPE_END_GONE);
  self->number = 0;
  sim_borescope_control_reset (self->control);
}

/* What happens before a frame. FALSE: it does not come. */
static gboolean
sim_borescope_stream_run_script (SimBorescopeStream * self)
{
  const guint64 n = self->n_frames;
  const SimFault *fault;
  guint position = 0;

  if (sim_faults_find (self->video.faults, SIM_FAULT_REBOOT, n) != NULL
      && self->rebooted != n + 1) {
    self->rebooted = n + 1;
    sim_borescope_stream_reboot (self);
    return FALSE;
  }
  fault = sim_faults_find (self->video.faults, SIM_FAULT_RESIZE, n);
  if (fault != NULL) {
    const SimSize size = { (guint16) fault->args[0], (guint16) fault->args[1] };

    (void) sim_pictures_set_size (self->pictures, size);
  }
  fault = sim_faults_find (self->video.faults, SIM_FAULT_ID, n);
  if (fault != NULL)
    self->number = fault->args[0];
  while ((fault = sim_faults_next (self->video.faults, SIM_FAULT_PRESS, n,
              &position)) != NULL)
    sim_borescope_control_press (self->control,
        fault->n_args > 0 ? (guint8) fault->args[0] : 1,
        fault->n_args > 1 ? fault->args[1] : 1);
  return TRUE;
}

static gboolean
sim_borescope_stream_is_silent (SimBorescopeStream * self, gint64 now)
{
  const gint64 ms = (now - self->begin) / G_TIME_SPAN_MILLISECOND;
  const SimFault *fault;
  guint position = 0;

  while ((fault = sim_faults_next (self->video.faults, SIM_FAULT_SILENCE, 0,
              &position)) != NULL) {
    if (ms >= fault->args[0] && ms - fault->args[0] < fault->args[1])
      return TRUE;
  }
  return self->paused;
}

static gboolean
sim_borescope_stream_make_frame (SimBorescopeStream * self)
{
  SimEvent *event = &self->sent[self->n_frames_made];
  SimFrame frame = { 0 };
  SimSize size;

  if (!sim_borescope_stream_run_script (self))
    return FALSE;
  size = sim_pictures_get_size (self->pictures);
  frame.count = self->n_frames++;
  frame.number = self->number++;
  frame.width = size.width;
  frame.height = size.height;
  frame.jpeg = sim_pictures_get (self->pictures, frame.count);

  memset (event, 0, sizeof *event);
  event->kind = SIM_BORESCOPE_FRAME;
  event->port = self->client_port;
  event->value = frame.count;
  event->argument = frame.number;
  event->bytes = frame.jpeg;
  event->damaged = !sim_borescope_video_add (&self->video, &frame);
  self->n_frames_made++;
  return TRUE;
}

/* The next frame, or two that are interleaved. */
static void
sim_borescope_stream_make_packets (SimBorescopeStream * self)
{
  const guint64 n = self->n_frames;

  sim_borescope_stream_forget_packets (self);
  if (!sim_borescope_stream_make_frame (self))
    return;
  if (sim_faults_find (self->video.faults, SIM_FAULT_INTERLEAVE, n) != NULL) {
    const guint second = self->video.packets->len;

    if (sim_borescope_stream_make_frame (self))
      sim_borescope_video_interleave (&self->video, second);
  }
}

/* Before the last of them is sent: who has received it finds it in the log. */
static void
sim_borescope_stream_log_frames (SimBorescopeStream * self)
{
  for (guint i = 0; i < self->n_frames_made; i++)
    sim_cam_log (self->cam, &self->sent[i]);
}

/* A lost datagram is what UDP is for: errors of the network are no errors. */
static void
sim_borescope_stream_send_messages (GSocket * socket, GOutputMessage * messages,
    guint n_messages)
{
  while (n_messages > 0) {
    g_autoptr (GError) error = NULL;
    gint n = g_socket_send_messages (socket, messages, n_messages, 0, NULL,
        &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)
        && g_socket_condition_timed_wait (socket, G_IO_OUT, SEND_TIMEOUT, NULL,
            NULL))
      continue;
    if (n <= 0)
      n = 1;
    messages += n;
    n_messages -= (guint) n;
  }
}

/* Sends the packets from n_sent on that go in one system call. */
static void
sim_borescope_stream_send_batch (SimBorescopeStream * self)
{
  const SimPacket *packets = &g_array_index (self->video.packets, SimPacket, 0);
  GOutputVector vectors[BATCH];
  GOutputMessage messages[BATCH] = { 0 };
  const SimPacket *first = &packets[self->n_sent];
  guint n = 0;

  do {
    const SimPacket *packet = &packets[self->n_sent++];

    vectors[n].buffer = self->video.bytes->data + packet->offset;
    vectors[n].size = packet->size;
    messages[n].address = self->client;
    messages[n].vectors = &vectors[n];
    messages[n].num_vectors = 1;
    n++;
  } while (n < BATCH && self->n_sent < self->video.packets->len
      && packets[self->n_sent].delay_us == 0
      && packets[self->n_sent].foreign == first->foreign);
  if (self->n_sent == self->video.packets->len)
    sim_borescope_stream_log_frames (self);
  sim_borescope_stream_send_messages (first->foreign ? self->foreign_socket :
      self->socket, messages, n);
}

static void
sim_borescope_stream_send_packets (SimBorescopeStream * self, gint64 now)
{
  const GArray *packets = self->video.packets;

  if (packets->len == 0)
    sim_borescope_stream_log_frames (self);
  while (self->n_sent < packets->len && self->next_packet <= now) {
    sim_borescope_stream_send_batch (self);
    if (self->n_sent < packets->len)
      self->next_packet +=
          g_array_index (packets, SimPacket, self->n_sent).delay_us;
  }
  if (self->n_sent == packets->len)
    sim_borescope_stream_forget_packets (self);
}

static void sim_borescope_stream_on_writable (gpointer data, GSocket * socket);

/* Variant C: writes what the connection takes. */
static void
sim_borescope_stream_write_packets (SimBorescopeStream * self)
{
  while (self->n_sent < self->video.packets->len) {
    const SimPacket *packet =
        &g_array_index (self->video.packets, SimPacket, self->n_sent);
    g_autoptr (GError) error = NULL;
    const gssize n = g_socket_send (self->connection,
        (const gchar *) self->video.bytes->data + packet->offset +
        self->n_written, packet->size - self->n_written, NULL, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
      if (self->write_watch == NULL)
        self->write_watch = sim_cam_watch (self->cam, self->connection,
            G_IO_OUT, sim_borescope_stream_on_writable, self);
      return;
    }
    /* Of a connection that is gone the other watch hears too. */
    if (n < 0)
      return;
    self->n_written += (gsize) n;
    if (self->n_written == packet->size) {
      self->n_written = 0;
      self->n_sent++;
    }
  }
  sim_cam_unwatch (&self->write_watch);
  sim_borescope_stream_forget_packets (self);
  g_source_set_ready_time (self->timer, self->next_frame);
}

static void
sim_borescope_stream_on_writable (gpointer data, GSocket * socket)
{
  sim_borescope_stream_write_packets (data);
}

/* Begins a frame if it is time for one and the last one is out. */
static void
sim_borescope_stream_advance (SimBorescopeStream * self, gint64 now)
{
  if (now < self->next_frame || self->n_frames_made > 0)
    return;
  if (now > self->next_frame + MAX_LAG)
    self->next_frame = now;
  self->next_frame += (gint64) (G_TIME_SPAN_SECOND / self->fps);
  if (sim_borescope_stream_is_silent (self, now))
    return;
  sim_borescope_stream_make_packets (self);
  self->next_packet = now;
  if (self->video.packets->len > 0)
    self->next_packet +=
        g_array_index (self->video.packets, SimPacket, 0).delay_us;
}

static void
sim_borescope_stream_on_timer (gpointer data)
{
  SimBorescopeStream *self = data;
  const gint64 now = g_get_monotonic_time ();
  const gboolean stream = self->video.variant == SIM_MOLINK_C;
  const gint64 end = stream ? G_MAXINT64 : self->heartbeat
      + self->timeout_ms * G_TIME_SPAN_MILLISECOND;

  if (self->client == NULL)
    return;
  if (now >= end) {
    sim_borescope_stream_end (self, SIM_BORESCOPE_END_TIMEOUT);
    return;
  }
  sim_borescope_stream_advance (self, now);
  if (self->n_frames_made == 0) {
    if (self->client != NULL)
      g_source_set_ready_time (self->timer, MIN (self->next_frame, end));
  } else if (stream) {
    sim_borescope_stream_log_frames (self);
    sim_borescope_stream_write_packets (self);
  } else {
    sim_borescope_stream_send_packets (self, now);
    g_source_set_ready_time (self->timer, MIN (self->n_frames_made > 0 ?
            self->next_packet : self->next_frame, end));
  }
}

static void
sim_borescope_stream_on_connection (gpointer data, GSocket * socket)
{
  SimBorescopeStream *self = data;
  gchar bytes[MAX_READ];
  g_autoptr (GError) error = NULL;
  const gssize n = g_socket_receive (socket, bytes, sizeof bytes, NULL, &error);

  /* What a client says here is not listened to. */
  if (n > 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return;
  sim_borescope_stream_end (self, SIM_BORESCOPE_END_STOP);
}

void
sim_borescope_stream_begin (SimBorescopeStream * self, GSocketAddress * client,
    GSocket * connection)
{
  if (connection != NULL) {
    self->connection = g_object_ref (connection);
    self->read_watch = sim_cam_watch (self->cam, connection, G_IO_IN,
        sim_borescope_stream_on_connection, self);
  }
  self->client = g_object_ref (client);
  self->client_port =
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (client));
  self->begin = self->next_frame = self->heartbeat = g_get_monotonic_time ();
  sim_cam_note (self->cam, SIM_BORESCOPE_BEGIN, self->client_port, 0, 0);
  g_source_set_ready_time (self->timer, 0);
}

gboolean
sim_borescope_stream_is_to (SimBorescopeStream * self, GSocketAddress * client)
{
  GInetSocketAddress *a, *b;

  if (self->client == NULL)
    return FALSE;
  a = G_INET_SOCKET_ADDRESS (self->client);
  b = G_INET_SOCKET_ADDRESS (client);
  return g_inet_socket_address_get_port (a) ==
      g_inet_socket_address_get_port (b)
      && g_inet_address_equal (g_inet_socket_address_get_address (a),
      g_inet_socket_address_get_address (b));
}

void
sim_borescope_stream_keep (SimBorescopeStream * self)
{
  self->heartbeat = g_get_monotonic_time ();
}

void
sim_borescope_stream_init (SimBorescopeStream * self, SimCam * cam)
{
  self->cam = cam;
  self->timer = sim_cam_add_timer (cam, sim_borescope_stream_on_timer, self);
}

void
sim_borescope_stream_clear (SimBorescopeStream * self)
{
  sim_borescope_stream_end (self, SIM_BORESCOPE_END_GONE);
  sim_cam_unwatch (&self->timer);
}
