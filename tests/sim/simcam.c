/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simcam.h"

/* A program may run for days: beyond this the older half of a kind goes. */
#define MAX_EVENTS 65536

typedef struct
{
  GArray *events;               /* of SimEvent */
  guint n_dropped;              /* events before the first one in the array */
} SimCamLog;

struct _SimCam
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  guint n_kinds;

  GMutex lock;
  GCond changed;
  SimCamLog *logs;              /* lock */
};

typedef struct
{
  SimCam *cam;
  SimCamFunc func;
  gpointer data;
  gboolean done;                /* lock of the camera */
} SimCamCall;

typedef struct
{
  SimCamSocketFunc func;
  gpointer data;
} SimCamWatch;

static gpointer
sim_cam_run (gpointer data)
{
  SimCam *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SimCam *
sim_cam_new (const gchar * name, guint n_kinds)
{
  SimCam *self = g_new0 (SimCam, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->n_kinds = n_kinds;
  self->logs = g_new0 (SimCamLog, n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    self->logs[i].events = g_array_new (FALSE, FALSE, sizeof (SimEvent));
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new (name, sim_cam_run, self);
  return self;
}

static void
sim_cam_quit (gpointer data)
{
  SimCam *self = data;

  g_main_loop_quit (self->loop);
}

void
sim_cam_free (SimCam * self)
{
  if (self == NULL)
    return;
  sim_cam_call (self, sim_cam_quit, self);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  for (guint i = 0; i < self->n_kinds; i++)
    g_array_unref (self->logs[i].events);
  g_free (self->logs);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
sim_cam_run_call (gpointer data)
{
  SimCamCall *call = data;

  call->func (call->data);
  g_mutex_lock (&call->cam->lock);
  call->done = TRUE;
  g_cond_broadcast (&call->cam->changed);
  g_mutex_unlock (&call->cam->lock);
  return G_SOURCE_REMOVE;
}

void
sim_cam_call (SimCam * self, SimCamFunc func, gpointer data)
{
  SimCamCall call = { self, func, data, FALSE };
  g_autoptr (GSource) source = NULL;

  if (g_thread_self () == self->thread) {
    func (data);
    return;
  }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, sim_cam_run_call, &call, NULL);
  g_source_attach (source, self->context);

  g_mutex_lock (&self->lock);
  while (!call.done)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

GSocket *
sim_cam_listen (const gchar * address, guint16 port, GSocketProtocol protocol,
    GError ** error)
{
  const gboolean stream = protocol == G_SOCKET_PROTOCOL_TCP;
  g_autoptr (GSocketAddress) where = NULL;
  g_autoptr (GSocket) socket = NULL;

  where = g_inet_socket_address_new_from_string (address, port);
  if (where == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "\"%s\" is no IP address", address);
    return NULL;
  }
  socket = g_socket_new (g_socket_address_get_family (where),
      stream ? G_SOCKET_TYPE_STREAM : G_SOCKET_TYPE_DATAGRAM, protocol, error);
  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  /* Of UDP it would let two cameras share a port. */
  if (!g_socket_bind (socket, where, stream, error)
      || (stream && !g_socket_listen (socket, error))) {
    g_prefix_error (error, "Port %u: ", port);
    return NULL;
  }
  return g_steal_pointer (&socket);
}

guint16
sim_cam_get_local_port (GSocket * socket)
{
  g_autoptr (GSocketAddress) address =
      g_socket_get_local_address (socket, NULL);

  return address == NULL ? 0 :
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static gboolean
sim_cam_on_socket (GSocket * socket, GIOCondition condition, gpointer data)
{
  SimCamWatch *watch = data;

  watch->func (watch->data, socket);
  return G_SOURCE_CONTINUE;
}

GSource *
sim_cam_watch (SimCam * self, GSocket * socket, GIOCondition condition,
    SimCamSocketFunc func, gpointer data)
{
  GSource *source = g_socket_create_source (socket, condition, NULL);
  SimCamWatch *watch = g_new0 (SimCamWatch, 1);

  watch->func = func;
  watch->data = data;
  g_source_set_callback (source, G_SOURCE_FUNC (sim_cam_on_socket), watch,
      g_free);
  g_source_attach (source, self->context);
  /* cppcheck-suppress memleak; the source has it */
  return source;
}

static gboolean
sim_cam_run_timer (gpointer data)
{
  SimCamCall *call = data;

  call->func (call->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
sim_cam_dispatch_timer (GSource * source, GSourceFunc func, gpointer data)
{
  g_source_set_ready_time (source, -1);
  return func (data);
}

GSource *
sim_cam_add_timer (SimCam * self, SimCamFunc func, gpointer data)
{
  static GSourceFuncs funcs = {.dispatch = sim_cam_dispatch_timer };
  GSource *source = g_source_new (&funcs, sizeof (GSource));
  SimCamCall *call = g_new0 (SimCamCall, 1);

  call->cam = self;
  call->func = func;
  call->data = data;
  g_source_set_callback (source, sim_cam_run_timer, call, g_free);
  g_source_attach (source, self->context);
  /* cppcheck-suppress memleak; the source has it */
  return source;
}

void
sim_cam_unwatch (GSource ** source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
sim_cam_log (SimCam * self, const SimEvent * event)
{
  SimCamLog *log = &self->logs[event->kind];
  SimEvent timed = *event;

  timed.time = g_get_monotonic_time ();
  g_mutex_lock (&self->lock);
  if (log->events->len == MAX_EVENTS) {
    g_array_remove_range (log->events, 0, MAX_EVENTS / 2);
    log->n_dropped += MAX_EVENTS / 2;
  }
  g_array_append_val (log->events, timed);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
sim_cam_note (SimCam * self, guint kind, guint16 port, guint64 value,
    guint64 argument)
{
  SimEvent event = { 0 };

  event.kind = kind;
  event.port = port;
  event.value = value;
  event.argument = argument;
  sim_cam_log (self, &event);
}

static guint
sim_cam_count_unlocked (SimCam * self, guint kind)
{
  return self->logs[kind].n_dropped + self->logs[kind].events->len;
}

guint
sim_cam_count (SimCam * self, guint kind)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = sim_cam_count_unlocked (self, kind);
  g_mutex_unlock (&self->lock);
  return n;
}

gboolean
sim_cam_wait (SimCam * self, guint kind, guint n, guint timeout_ms)
{
  const gint64 end =
      g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  gboolean in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (in_time && sim_cam_count_unlocked (self, kind) < n)
    in_time = g_cond_wait_until (&self->changed, &self->lock, end);
  in_time = sim_cam_count_unlocked (self, kind) >= n;
  g_mutex_unlock (&self->lock);
  return in_time;
}

gboolean
sim_cam_get_event (SimCam * self, guint kind, guint i, SimEvent * ret_event)
{
  SimCamLog *log = &self->logs[kind];
  gboolean found;

  g_mutex_lock (&self->lock);
  found = i >= log->n_dropped && i - log->n_dropped < log->events->len;
  if (found)
    *ret_event = g_array_index (log->events, SimEvent, i - log->n_dropped);
  g_mutex_unlock (&self->lock);
  return found;
}
