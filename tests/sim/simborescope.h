/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A Molink borescope that nobody needs to own: video port, control port, and
 * what such cameras do wrong. */

#include "simcam.h"
#include "simmolink.h"

/* Events of the log, with what their fields hold. */
typedef enum
{
  SIM_BORESCOPE_HEARTBEAT,      /* port; of any client */
  SIM_BORESCOPE_STOP,           /* port; of any client */
  SIM_BORESCOPE_POLL,           /* of the button: port, value: sequence */
  SIM_BORESCOPE_COMMAND,        /* port, value: command, argument: its argument,
                                 * of SETCMD 8 width << 16 | height */
  SIM_BORESCOPE_UNKNOWN,        /* port, value: bytes of it */
  SIM_BORESCOPE_BEGIN,          /* a stream began: port where it goes */
  SIM_BORESCOPE_END,            /* it ended: port, value: SimBorescopeEnd */
  SIM_BORESCOPE_FRAME,          /* is sent: port, value: its number in the
                                 * script, argument: its number on the wire,
                                 * damaged, bytes: the JPEG. Before its last
                                 * datagram (C: first byte), so that who has
                                 * received it finds it here */
  SIM_BORESCOPE_N_EVENTS
} SimBorescopeEvent;

typedef enum
{
  SIM_BORESCOPE_END_STOP,       /* asked for, or the connection was closed */
  SIM_BORESCOPE_END_TIMEOUT,    /* no heartbeat */
  SIM_BORESCOPE_END_OTHER_CLIENT,
  SIM_BORESCOPE_END_GONE        /* reboot or unplugged */
} SimBorescopeEnd;

typedef struct
{
  SimMolinkVariant variant;
  const gchar *address;         /* where it listens; default 127.0.0.1 */
  guint16 port;                 /* of the video; 0, the default: a free one */
  guint16 control_port;         /* the same */
  gdouble fps;                  /* default 15 */
  guint16 width, height;        /* of the pictures it draws; default 640x480 */
  const gchar *frames;          /* folder of JPEGs to send instead, or NULL */
  gsize pad;                    /* smaller pictures are filled up to this size */
  guint payload;                /* of a fragment; 0, the default: 1400, B 1390 */
  guint join;                   /* B: messages in a datagram; default 1 */
  gboolean paced;               /* 1.3 to 2.7 ms between fragments, not a burst */
  gboolean ignores_others;      /* later clients are ignored; default: they take over */
  guint timeout_ms;             /* after the last heartbeat; default 5000 */
  SimMolinkInvert invert;       /* B, C; default by formula */
  gboolean dimensions;          /* A: width and height in the headers */
  guint32 motion;               /* accelerometer word; default 0, no sensor */
  guint battery, millivolts;    /* percent, default 80; or what older firmware tells */
  guint press_every_ms;         /* 0, the default: never */
  guint32 seed;                 /* of pauses and losses */
  const gchar *faults;          /* script, see simfaults.h */
} SimBorescopeOptions;

typedef struct _SimBorescope SimBorescope;

void sim_borescope_options_init (SimBorescopeOptions * self);

/* A camera that is switched on. NULL: a port is in use, the script or the
 * folder cannot be read. */
SimBorescope *sim_borescope_new (const SimBorescopeOptions * options,
    GError ** error);

/* Switches it off, and returns when nothing of it is left. NULL is fine. */
void sim_borescope_free (SimBorescope * self);

guint16 sim_borescope_get_port (SimBorescope * self);
guint16 sim_borescope_get_control_port (SimBorescope * self);

/* The log: see sim_cam_count(), sim_cam_wait() and sim_cam_get_event(). */
guint sim_borescope_count (SimBorescope * self, SimBorescopeEvent event);
gboolean sim_borescope_wait (SimBorescope * self, SimBorescopeEvent event,
    guint n, guint timeout_ms);
gboolean sim_borescope_get_event (SimBorescope * self, SimBorescopeEvent event,
    guint i, SimEvent * ret_event);

/* Which SIM_BORESCOPE_FRAME, from the one numbered first on, had these bytes; -1:
 * none of them. Drawn pictures come again after 256 frames. */
gint sim_borescope_find_frame (SimBorescope * self, guint first,
    const guint8 * data, gsize size);

/* Presses a key (1 photo, 2 video, 3 zoom in, 4 zoom out) some times. */
void sim_borescope_press (SimBorescope * self, guint8 key, guint presses);

/* Another script from now on. Frames go on to be counted. */
gboolean sim_borescope_set_faults (SimBorescope * self, const gchar * script,
    GError ** error);

/* While paused, it hears and answers all, but sends no frames. */
void sim_borescope_set_paused (SimBorescope * self, gboolean paused);

/* The ports are closed. */
void sim_borescope_unplug (SimBorescope * self);

/* They are open again, the same ones, and the camera has forgotten its client.
 * FALSE: somebody else has taken a port. */
gboolean sim_borescope_plug (SimBorescope * self, GError ** error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimBorescope, sim_borescope_free)
