/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What all simulated cameras have: a thread with a main context of its own, and
 * a log of what happened, on which a test can wait instead of sleeping. */

#include <gio/gio.h>

/* Something that happened. What the fields mean, the camera says of each kind. */
typedef struct
{
  guint kind;
  gint64 time;                  /* g_get_monotonic_time(), set by sim_cam_log() */
  guint16 port;                 /* of the host: where it came from or went to */
  guint64 value;
  guint64 argument;
  gboolean damaged;             /* a fault made it unreadable */
  GBytes *bytes;                /* as long as the camera lives, or NULL */
} SimEvent;

typedef struct _SimCam SimCam;

typedef void (*SimCamFunc) (gpointer data);

/* Called when there is something to read or to write. */
typedef void (*SimCamSocketFunc) (gpointer data, GSocket * socket);

/* Starts the thread. Kinds of events are numbered from 0. */
SimCam *sim_cam_new (const gchar * name, guint n_kinds);

/* Ends the thread and waits for it. NULL is fine. */
void sim_cam_free (SimCam * self);

/* Runs func in the camera's thread, and returns when it has run. */
void sim_cam_call (SimCam * self, SimCamFunc func, gpointer data);

/* A socket that listens on a port, 0 for a free one. */
GSocket *sim_cam_listen (const gchar * address, guint16 port,
    GSocketProtocol protocol, GError ** error);

guint16 sim_cam_get_local_port (GSocket * socket);

/* Calls func in the camera's thread while condition holds. End it with
 * sim_cam_unwatch(). */
GSource *sim_cam_watch (SimCam * self, GSocket * socket, GIOCondition condition,
    SimCamSocketFunc func, gpointer data);

/* A timer that is off. g_source_set_ready_time() arms it for one call of func. */
GSource *sim_cam_add_timer (SimCam * self, SimCamFunc func, gpointer data);

/* Ends a watch or a timer, and clears the pointer. */
void sim_cam_unwatch (GSource ** source);

/* Any thread from here on. The log keeps the latest events of each kind. */
void sim_cam_log (SimCam * self, const SimEvent * event);

/* The same, for an event that has no more than this. */
void sim_cam_note (SimCam * self, guint kind, guint16 port, guint64 value,
    guint64 argument);

/* How many of a kind there have been. */
guint sim_cam_count (SimCam * self, guint kind);

/* Waits until there have been n of a kind. FALSE: not within timeout_ms. */
gboolean sim_cam_wait (SimCam * self, guint kind, guint n, guint timeout_ms);

/* The event of a kind that was the i-th, counted from 0. FALSE: not yet, or the
 * log has dropped it. */
gboolean sim_cam_get_event (SimCam * self, guint kind, guint i,
    SimEvent * ret_event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCam, sim_cam_free)
