/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A client of the simulated borescope. Whatever fails, fails the test. */

#include "tests/sim/simborescope.h"

#define WAIT_MS 10000
#define MAX_DATAGRAM 2048

/* The first bytes of commands; the other ones are zero. */
#define HEARTBEAT "\x99\x99\x01"
#define STOP "\x99\x99\x02"

/* Requests of 18 and 14 bytes. */
#define POLL "SETCMD\x05\0\0\0\x90\0\x04\0\0\0\0"
#define LIST "SETCMD\x05\0\0\0\x09\0\0"

/* Small pictures, and often: a test should not take long. */
void init_options (SimBorescopeOptions * options);
SimBorescope *new_camera (const SimBorescopeOptions * options);
SimBorescope *new_usual_camera (const gchar * faults);

/* A client that is connected to a port of the camera. */
GSocket *new_client (guint16 port, gboolean stream);

void send_bytes (GSocket * socket, const gchar * bytes, gsize size);

/* The first three bytes of a command. */
void send_command (GSocket * socket, const gchar * head);

/* A datagram of at most MAX_DATAGRAM bytes. */
gsize receive (GSocket * socket, guint8 * data);

guint get_u16 (const guint8 * data);

void wait_for (SimBorescope * sim, SimBorescopeEvent event, guint n);

/* Waits for it. */
SimEvent get_event (SimBorescope * sim, SimBorescopeEvent kind, guint i);

/* Asks the control port, in words of its own or for a command. */
gsize ask (SimBorescope * sim, const gchar * request, gsize size,
    guint8 * reply);
gsize ask_command (SimBorescope * sim, guint16 command, guint8 argument,
    guint8 * reply);

/* What the button poll tells: key << 16 | counter. */
guint poll_button (SimBorescope * sim);

/* Width << 16 | height, of the picture's frame header. */
guint get_size (GBytes * jpeg);
