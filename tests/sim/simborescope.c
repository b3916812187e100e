/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simborescopestream.h"

#include <string.h>

#define MAX_REQUEST 2048

struct _SimBorescope
{
  SimCam *cam;
  SimMolinkVariant variant;
  gboolean ignores_others;
  gchar *address;
  guint16 port, control_port;
  gint64 press_every_us;

  /* camera's thread */
  SimPictures *pictures;
  SimFaults *faults;
  SimBorescopeStream stream;
  SimBorescopeControl control;
  GSocket *video_socket, *control_socket, *foreign_socket;
  GSource *video_watch, *control_watch, *press_timer;
};

void
sim_borescope_options_init (SimBorescopeOptions * self)
{
  memset (self, 0, sizeof *self);
  self->address = "127.0.0.1";
  self->fps = 15;
  self->width = 640;
  self->height = 480;
  self->join = 1;
  self->timeout_ms = 5000;
  self->battery = 80;
}

static void
sim_borescope_take_heartbeat (SimBorescope * self, GSocketAddress * from)
{
  SimBorescopeStream *stream = &self->stream;

  if (sim_borescope_stream_is_to (stream, from)) {
    sim_borescope_stream_keep (stream);
  } else if (stream->client == NULL || !self->ignores_others) {
    sim_borescope_stream_end (stream, SIM_BORESCOPE_END_OTHER_CLIENT);
    sim_borescope_stream_begin (stream, from, NULL);
  }
}

/* One datagram, or FALSE: there is none. */
static gboolean
sim_borescope_receive (GSocket * socket, guint8 * data, gsize * ret_size,
    GSocketAddress ** ret_from)
{
  const gssize n = g_socket_receive_from (socket, ret_from, (gchar *) data,
      MAX_REQUEST, NULL, NULL);

  if (n < 0)
    return FALSE;
  *ret_size = (gsize) n;
  return TRUE;
}

static void
sim_borescope_on_video (gpointer data, GSocket * socket)
{
  SimBorescope *self = data;
  guint8 bytes[MAX_REQUEST];
  g_autoptr (GSocketAddress) from = NULL;
  SimMolinkRequest request;
  guint16 port;
  gsize size;

  if (!sim_borescope_receive (socket, bytes, &size, &from))
    return;
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (from));
  if (!sim_molink_parse (bytes, size, &request) || request.setcmd
      || request.command > SIM_MOLINK_STOP || request.command == 0) {
    sim_cam_note (self->cam, SIM_BORESCOPE_UNKNOWN, port, size, 0);
  } else if (request.command == SIM_MOLINK_HEARTBEAT) {
    sim_cam_note (self->cam, SIM_BORESCOPE_HEARTBEAT, port, 0, 0);
    sim_borescope_take_heartbeat (self, from);
  } else {
    sim_cam_note (self->cam, SIM_BORESCOPE_STOP, port, 0, 0);
    if (sim_borescope_stream_is_to (&self->stream, from))
      sim_borescope_stream_end (&self->stream, SIM_BORESCOPE_END_STOP);
  }
}

static void
sim_borescope_on_accept (gpointer data, GSocket * socket)
{
  SimBorescope *self = data;
  g_autoptr (GSocket) connection = g_socket_accept (socket, NULL, NULL);
  g_autoptr (GSocketAddress) from = NULL;

  if (connection == NULL
      || (from = g_socket_get_remote_address (connection, NULL)) == NULL)
    return;
  if (self->stream.client != NULL && self->ignores_others)
    return;
  g_socket_set_blocking (connection, FALSE);
  sim_borescope_stream_end (&self->stream, SIM_BORESCOPE_END_OTHER_CLIENT);
  sim_borescope_stream_begin (&self->stream, from, connection);
}

typedef struct
{
  GSocket *socket;
  GSocketAddress *to;
  GByteArray *bytes;
} SimBorescopeReply;

static void
sim_borescope_free_reply (gpointer data)
{
  SimBorescopeReply *reply = data;

  g_object_unref (reply->socket);
  g_object_unref (reply->to);
  g_byte_array_unref (reply->bytes);
  g_free (reply);
}

static gboolean
sim_borescope_send_reply (gpointer data)
{
  SimBorescopeReply *reply = data;

  /* Lost like any datagram: the socket may be closed by now. */
  (void) g_socket_send_to (reply->socket, reply->to,
      (const gchar *) reply->bytes->data, reply->bytes->len, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
sim_borescope_reply_from (SimBorescope * self, GSocket * socket,
    GSocketAddress * to, GByteArray * bytes)
{
  const SimFault *late = sim_faults_find (self->faults, SIM_FAULT_LATE, 0);
  g_autoptr (GSource) source =
      g_timeout_source_new (late != NULL ? late->args[0] : 0);
  SimBorescopeReply *reply = g_new (SimBorescopeReply, 1);

  reply->socket = g_object_ref (socket);
  reply->to = g_object_ref (to);
  reply->bytes = g_byte_array_ref (bytes);
  g_source_set_callback (source, sim_borescope_send_reply, reply,
      sim_borescope_free_reply);
  g_source_attach (source, g_main_context_get_thread_default ());
  /* cppcheck-suppress memleak; the source has it */
}

static void
sim_borescope_reply (SimBorescope * self, GSocketAddress * to,
    GByteArray * bytes)
{
  if (sim_faults_find (self->faults, SIM_FAULT_FOREIGN_REPLY, 0) != NULL) {
    g_autoptr (GByteArray) foreign = g_byte_array_new ();

    g_byte_array_append (foreign, bytes->data, bytes->len);
    for (guint i = 1; i <= 2 && i <= foreign->len; i++)
      foreign->data[foreign->len - i] ^= 0xff;
    sim_borescope_reply_from (self, self->foreign_socket, to, foreign);
  }
  sim_borescope_reply_from (self, self->control_socket, to, bytes);
}

static void
sim_borescope_on_control (gpointer data, GSocket * socket)
{
  SimBorescope *self = data;
  guint8 bytes[MAX_REQUEST];
  g_autoptr (GSocketAddress) from = NULL;
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  SimMolinkRequest request;
  guint16 port;
  gsize size;

  if (!sim_borescope_receive (socket, bytes, &size, &from))
    return;
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (from));
  if (!sim_molink_parse (bytes, size, &request)
      || !sim_borescope_control_answer (&self->control, &request, reply)) {
    sim_cam_note (self->cam, SIM_BORESCOPE_UNKNOWN, port, size, 0);
    return;
  }
  if (request.setcmd && request.command == SIM_MOLINK_BUTTON)
    sim_cam_note (self->cam, SIM_BORESCOPE_POLL, port, request.sequence, 0);
  else
    sim_cam_note (self->cam, SIM_BORESCOPE_COMMAND, port, request.command,
        request.setcmd ? (guint) request.width << 16 | request.height :
        request.argument);
  sim_borescope_reply (self, from, reply);
}

static void
sim_borescope_close_control (SimBorescope * self)
{
  sim_cam_unwatch (&self->control_watch);
  if (self->control_socket != NULL)
    (void) g_socket_close (self->control_socket, NULL);
  g_clear_object (&self->control_socket);
}

static gboolean
sim_borescope_open_control (SimBorescope * self, GError ** error)
{
  if (self->control_socket != NULL)
    return TRUE;
  self->control_socket = sim_cam_listen (self->address, self->control_port,
      G_SOCKET_PROTOCOL_UDP, error);
  if (self->control_socket == NULL)
    return FALSE;
  self->control_port = sim_cam_get_local_port (self->control_socket);
  self->control_watch = sim_cam_watch (self->cam, self->control_socket,
      G_IO_IN, sim_borescope_on_control, self);
  return TRUE;
}

static void
sim_borescope_close (gpointer data)
{
  SimBorescope *self = data;

  sim_borescope_stream_reboot (&self->stream);
  sim_borescope_close_control (self);
  sim_cam_unwatch (&self->video_watch);
  g_clear_object (&self->video_socket);
  g_clear_object (&self->foreign_socket);
  self->stream.socket = self->stream.foreign_socket = NULL;
}

static gboolean
sim_borescope_open (SimBorescope * self, GError ** error)
{
  const gboolean stream = self->variant == SIM_MOLINK_C;

  self->video_socket = sim_cam_listen (self->address, self->port,
      stream ? G_SOCKET_PROTOCOL_TCP : G_SOCKET_PROTOCOL_UDP, error);
  if (self->video_socket == NULL)
    return FALSE;
  self->port = sim_cam_get_local_port (self->video_socket);
  self->video_watch = sim_cam_watch (self->cam, self->video_socket, G_IO_IN,
      stream ? sim_borescope_on_accept : sim_borescope_on_video, self);
  self->foreign_socket = sim_cam_listen (self->address, 0,
      G_SOCKET_PROTOCOL_UDP, error);
  if (self->foreign_socket == NULL || !sim_borescope_open_control (self, error))
    return FALSE;
  self->stream.socket = self->video_socket;
  self->stream.foreign_socket = self->foreign_socket;
  /* Opened even so: its port must be this camera's. */
  if (sim_faults_find (self->faults, SIM_FAULT_REFUSE, 0) != NULL)
    sim_borescope_close_control (self);
  return TRUE;
}

typedef struct
{
  SimBorescope *self;
  GError **error;
  gboolean ok;
  SimFaults *faults;
  guint8 key;
  guint presses;
  gboolean paused;
} SimBorescopeCall;

static void
sim_borescope_call_open (gpointer data)
{
  SimBorescopeCall *call = data;

  call->ok = sim_borescope_open (call->self, call->error);
  if (!call->ok)
    sim_borescope_close (call->self);
}

gboolean
sim_borescope_plug (SimBorescope * self, GError ** error)
{
  SimBorescopeCall call = {.self = self,.error = error };

  sim_cam_call (self->cam, sim_borescope_call_open, &call);
  return call.ok;
}

void
sim_borescope_unplug (SimBorescope * self)
{
  sim_cam_call (self->cam, sim_borescope_close, self);
}

static void
sim_borescope_on_press_timer (gpointer data)
{
  SimBorescope *self = data;

  sim_borescope_control_press (&self->control, 1, 1);
  g_source_set_ready_time (self->press_timer,
      g_get_monotonic_time () + self->press_every_us);
}

static void
sim_borescope_call_start (gpointer data)
{
  SimBorescopeCall *call = data;
  SimBorescope *self = call->self;
  const SimFault *counter =
      sim_faults_find (self->faults, SIM_FAULT_COUNTER, 0);

  if (counter != NULL)
    self->control.counter = (guint16) counter->args[0];
  sim_borescope_stream_init (&self->stream, self->cam);
  self->press_timer =
      sim_cam_add_timer (self->cam, sim_borescope_on_press_timer, self);
  if (self->press_every_us > 0)
    g_source_set_ready_time (self->press_timer,
        g_get_monotonic_time () + self->press_every_us);
  sim_borescope_call_open (call);
}

/* Takes over what the options say. */
static void
sim_borescope_set_up (SimBorescope * self, const SimBorescopeOptions * options)
{
  SimBorescopeVideo *video = &self->stream.video;

  self->variant = options->variant;
  self->ignores_others = options->ignores_others;
  self->press_every_us = options->press_every_ms * G_TIME_SPAN_MILLISECOND;
  self->stream.fps = options->fps;
  self->stream.timeout_ms = options->timeout_ms;
  self->stream.control = &self->control;
  self->address = g_strdup (options->address);
  self->port = options->port;
  self->control_port = options->control_port;
  sim_borescope_video_init (video, options->seed);
  video->variant = options->variant;
  video->invert = options->invert;
  video->payload = options->payload;
  if (video->payload == 0)
    video->payload = options->variant == SIM_MOLINK_B ? 1390 : 1400;
  video->join = MAX (options->join, 1);
  video->dimensions = options->dimensions;
  video->paced = options->paced;
  video->motion = options->motion;
  sim_borescope_control_init (&self->control);
  self->control.battery = options->battery;
  self->control.millivolts = options->millivolts;
}

static void
sim_borescope_use_faults (SimBorescope * self, SimFaults * faults)
{
  sim_faults_free (self->faults);
  self->faults = faults;
  self->stream.video.faults = faults;
  self->control.faults = faults;
}

SimBorescope *
sim_borescope_new (const SimBorescopeOptions * options, GError ** error)
{
  g_autoptr (SimBorescope) self = g_new0 (SimBorescope, 1);
  SimBorescopeCall call = {.self = self,.error = error };
  const SimSize size = { options->width, options->height };
  SimFaults *faults;

  sim_borescope_set_up (self, options);
  faults = sim_faults_new (options->faults, error);
  if (faults == NULL)
    return NULL;
  sim_borescope_use_faults (self, faults);
  self->pictures = options->frames == NULL
      ? sim_pictures_new (size, options->pad)
      : sim_pictures_new_from_folder (options->frames, options->pad, error);
  if (self->pictures == NULL)
    return NULL;
  self->control.pictures = self->stream.pictures = self->pictures;
  self->cam = sim_cam_new ("borescope-sim", SIM_BORESCOPE_N_EVENTS);
  sim_cam_call (self->cam, sim_borescope_call_start, &call);
  return call.ok ? g_steal_pointer (&self) : NULL;
}

static void
sim_borescope_call_stop (gpointer data)
{
  SimBorescope *self = data;

  sim_borescope_close (self);
  sim_borescope_stream_clear (&self->stream);
  sim_cam_unwatch (&self->press_timer);
}

void
sim_borescope_free (SimBorescope * self)
{
  if (self == NULL)
    return;
  if (self->cam != NULL)
    sim_cam_call (self->cam, sim_borescope_call_stop, self);
  sim_cam_free (self->cam);
  sim_borescope_video_clear (&self->stream.video);
  sim_pictures_free (self->pictures);
  sim_faults_free (self->faults);
  g_free (self->address);
  g_free (self);
}

guint16
sim_borescope_get_port (SimBorescope * self)
{
  return self->port;
}

guint16
sim_borescope_get_control_port (SimBorescope * self)
{
  return self->control_port;
}

guint
sim_borescope_count (SimBorescope * self, SimBorescopeEvent event)
{
  return sim_cam_count (self->cam, event);
}

gboolean
sim_borescope_wait (SimBorescope * self, SimBorescopeEvent event, guint n,
    guint timeout_ms)
{
  return sim_cam_wait (self->cam, event, n, timeout_ms);
}

gboolean
sim_borescope_get_event (SimBorescope * self, SimBorescopeEvent event, guint i,
    SimEvent * ret_event)
{
  return sim_cam_get_event (self->cam, event, i, ret_event);
}

gint
sim_borescope_find_frame (SimBorescope * self, guint first, const guint8 * data,
    gsize size)
{
  SimEvent event;

  for (guint i = first; sim_borescope_get_event (self, SIM_BORESCOPE_FRAME, i,
          &event); i++) {
    if (g_bytes_get_size (event.bytes) == size
        && memcmp (g_bytes_get_data (event.bytes, NULL), data, size) == 0)
      return (gint) i;
  }
  return -1;
}

static void
sim_borescope_call_press (gpointer data)
{
  SimBorescopeCall *call = data;

  sim_borescope_control_press (&call->self->control, call->key, call->presses);
}

void
sim_borescope_press (SimBorescope * self, guint8 key, guint presses)
{
  SimBorescopeCall call = {.self = self,.key = key,.presses = presses };

  sim_cam_call (self->cam, sim_borescope_call_press, &call);
}

static void
sim_borescope_call_set_faults (gpointer data)
{
  SimBorescopeCall *call = data;
  SimBorescope *self = call->self;

  sim_borescope_use_faults (self, call->faults);
  if (sim_faults_find (self->faults, SIM_FAULT_REFUSE, 0) != NULL)
    sim_borescope_close_control (self);
  else if (self->video_socket != NULL)
    call->ok = sim_borescope_open_control (self, call->error);
}

gboolean
sim_borescope_set_faults (SimBorescope * self, const gchar * script,
    GError ** error)
{
  SimBorescopeCall call = {.self = self,.error = error,.ok = TRUE };

  call.faults = sim_faults_new (script, error);
  if (call.faults == NULL)
    return FALSE;
  sim_cam_call (self->cam, sim_borescope_call_set_faults, &call);
  return call.ok;
}

static void
sim_borescope_call_set_paused (gpointer data)
{
  SimBorescopeCall *call = data;

  call->self->stream.paused = call->paused;
}

void
sim_borescope_set_paused (SimBorescope * self, gboolean paused)
{
  SimBorescopeCall call = {.self = self,.paused = paused };

  sim_cam_call (self->cam, sim_borescope_call_set_paused, &call);
}
