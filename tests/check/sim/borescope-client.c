/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "borescope-client.h"

#include <gst/check/gstcheck.h>

#include <string.h>

SimBorescope *
new_camera (const SimBorescopeOptions * options)
{
  g_autoptr (GError) error = NULL;
  SimBorescope *sim = sim_borescope_new (options, &error);

  fail_unless (sim != NULL, "%s", error != NULL ? error->message : "");
  return sim;
}

void
init_options (SimBorescopeOptions * options)
{
  sim_borescope_options_init (options);
  options->width = 320;
  options->height = 240;
  options->fps = 100;
}

SimBorescope *
new_usual_camera (const gchar * faults)
{
  SimBorescopeOptions options;

  init_options (&options);
  options.faults = faults;
  return new_camera (&options);
}

GSocket *
new_client (guint16 port, gboolean stream)
{
  g_autoptr (GSocketAddress) camera =
      g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4,
      stream ? G_SOCKET_TYPE_STREAM : G_SOCKET_TYPE_DATAGRAM,
      G_SOCKET_PROTOCOL_DEFAULT, NULL);

  fail_unless (socket != NULL);
  g_socket_set_timeout (socket, WAIT_MS / 1000);
  fail_unless (g_socket_connect (socket, camera, NULL, NULL));
  return socket;
}

void
send_bytes (GSocket * socket, const gchar * bytes, gsize size)
{
  fail_unless_equals_int (g_socket_send (socket, bytes, size, NULL, NULL),
      size);
}

void
send_command (GSocket * socket, const gchar * head)
{
  gchar bytes[24] = { 0 };

  memcpy (bytes, head, 3);
  send_bytes (socket, bytes, sizeof bytes);
}

gsize
receive (GSocket * socket, guint8 * data)
{
  g_autoptr (GError) error = NULL;
  const gssize n = g_socket_receive (socket, (gchar *) data, MAX_DATAGRAM, NULL,
      &error);

  fail_unless (n > 0, "%s", error != NULL ? error->message : "closed");
  return (gsize) n;
}

guint
get_u16 (const guint8 * data)
{
  return data[0] | data[1] << 8;
}

void
wait_for (SimBorescope * sim, SimBorescopeEvent event, guint n)
{
  fail_unless (sim_borescope_wait (sim, event, n, WAIT_MS));
}

SimEvent
get_event (SimBorescope * sim, SimBorescopeEvent kind, guint i)
{
  SimEvent event;

  wait_for (sim, kind, i + 1);
  fail_unless (sim_borescope_get_event (sim, kind, i, &event));
  return event;
}

gsize
ask (SimBorescope * sim, const gchar * request, gsize size, guint8 * reply)
{
  g_autoptr (GSocket) socket =
      new_client (sim_borescope_get_control_port (sim), FALSE);

  send_bytes (socket, request, size);
  return receive (socket, reply);
}

gsize
ask_command (SimBorescope * sim, guint16 command, guint8 argument,
    guint8 * reply)
{
  gchar request[24] = "\x99\x99";

  request[2] = (gchar) (command & 0xff);
  request[3] = (gchar) (command >> 8);
  request[8] = (gchar) argument;
  return ask (sim, request, sizeof request, reply);
}

guint
poll_button (SimBorescope * sim)
{
  guint8 reply[MAX_DATAGRAM];

  fail_unless_equals_int (ask (sim, POLL, 18, reply), 20);
  fail_unless (memcmp (reply, "RETCMD\x05\0\0\0\x90\0\x04", 14) == 0);
  return (guint) reply[15] << 16 | get_u16 (reply + 18);
}

guint
get_size (GBytes * jpeg)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  for (gsize i = 0; i + 9 < size; i++) {
    if (data[i] == 0xff && data[i + 1] == 0xc0)
      return (guint) (data[i + 7] << 8 | data[i + 8]) << 16
          | (guint) (data[i + 5] << 8 | data[i + 6]);
  }
  return 0;
}
