/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The stream of a borescope to its one client: when which frame is sent. Runs in
 * the camera's thread. */

#include "simborescope.h"
#include "simborescopecontrol.h"
#include "simborescopevideo.h"

typedef struct
{
  /* set by the owner */
  SimCam *cam;
  SimBorescopeControl *control; /* its button is pressed by the script */
  SimPictures *pictures;
  SimBorescopeVideo video;
  gdouble fps;
  guint timeout_ms;
  GSocket *socket, *foreign_socket;     /* of A and B, NULL while unplugged */
  gboolean paused;

  GSource *timer;
  GSocketAddress *client;       /* NULL: none */
  guint16 client_port;
  GSocket *connection;          /* C */
  GSource *read_watch, *write_watch;    /* C */
  gint64 begin, heartbeat, next_frame, next_packet;     /* monotonic times */

  guint64 n_frames;             /* of all streams */
  guint64 rebooted;             /* 1 + the frame before which it did, once */
  guint32 number;
  guint n_sent;                 /* packets of the frames in the making */
  gsize n_written;              /* C: bytes of the next one */
  SimEvent sent[2];             /* what is logged of them */
  guint n_frames_made;
} SimBorescopeStream;

/* Adds its timer to the camera's thread. */
void sim_borescope_stream_init (SimBorescopeStream * self, SimCam * cam);

/* Ends the stream and its timer. */
void sim_borescope_stream_clear (SimBorescopeStream * self);

/* The only client from now on, and of variant C the connection to it. */
void sim_borescope_stream_begin (SimBorescopeStream * self,
    GSocketAddress * client, GSocket * connection);

void sim_borescope_stream_end (SimBorescopeStream * self, SimBorescopeEnd why);

gboolean sim_borescope_stream_is_to (SimBorescopeStream * self,
    GSocketAddress * client);

/* The client is still there. */
void sim_borescope_stream_keep (SimBorescopeStream * self);

/* The camera starts anew, and has no client. */
void sim_borescope_stream_reboot (SimBorescopeStream * self);
