/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "ask.h"

#include <gio/gio.h>

/* Text behind the header of a reply is as long as this at most: so deep a JSON
 * document cannot exhaust the stack. */
#define ASK_REPLY_MAX 4096

static gboolean
ask_fail (const Target * target, const GError * cause, GError ** error)
{
  const gchar *hint = "is this computer in the camera's network?";

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    hint = "is it the camera, and its control port?";
  g_set_error (error, G_IO_ERROR, cause->domain == G_IO_ERROR ? cause->code :
      G_IO_ERROR_FAILED, "%s port %u: %s; %s", target->host, target->port,
      cause->message, hint);
  return FALSE;
}

/* Connected, so that the kernel drops what others send and tells what the network
 * does. */
static GSocket *
ask_connect (GSocketAddress * address, GError ** error)
{
  g_autoptr (GSocket) socket =
      g_socket_new (g_socket_address_get_family (address),
      G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);

  if (!socket || !g_socket_connect (socket, address, NULL, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

/* By the first of its addresses to which there is a way. */
static GSocket *
ask_open (const Target * target, GError ** error)
{
  g_autoptr (GSocketConnectable) name =
      g_network_address_new (target->host, target->port);
  g_autoptr (GSocketAddressEnumerator) addresses =
      g_socket_connectable_enumerate (name);
  g_autoptr (GError) cause = NULL;

  for (;;) {
    g_autoptr (GError) later = NULL;
    g_autoptr (GSocketAddress) address =
        g_socket_address_enumerator_next (addresses, NULL,
        cause ? &later : &cause);
    GSocket *socket;

    if (!address)
      break;
    socket = ask_connect (address, cause ? &later : &cause);
    if (socket)
      return socket;
  }
  (void) ask_fail (target, cause, error);
  return NULL;
}

static gboolean
ask_is_done (const Question * questions, guint n_questions)
{
  for (guint i = 0; i < n_questions; i++) {
    if (!questions[i].answered)
      return FALSE;
  }
  return TRUE;
}

static gboolean
ask_send (GSocket * socket, const Question * question, GError ** error)
{
  g_autoptr (GError) cause = NULL;

  if (question->answered || g_socket_send (socket,
          (const gchar *) question->request, question->size, NULL, &cause) >= 0)
    return TRUE;
  /* it will be sent again */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Waits for a datagram, if there is time. FALSE without an error: there is not. */
static gboolean
ask_receive (GSocket * socket, gint64 deadline, guint8 * data,
    gssize * ret_size, GError ** error)
{
  g_autoptr (GError) cause = NULL;
  const gint64 left = deadline - g_get_monotonic_time ();

  *ret_size = 0;
  if (left <= 0)
    return FALSE;
  if (g_socket_condition_timed_wait (socket, G_IO_IN, left, NULL, &cause))
    *ret_size = g_socket_receive (socket, (gchar *) data, ASK_REPLY_MAX, NULL,
        &cause);
  if (!cause || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return TRUE;
  if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* One try: sends what is not answered, and takes replies until the deadline. */
static gboolean
ask_try (GSocket * socket, gint64 deadline, Question * button,
    Question * questions, guint n_questions, GError ** error)
{
  guint8 data[ASK_REPLY_MAX];
  g_autoptr (GError) cause = NULL;
  gssize size;

  if (!ask_send (socket, button, error))
    return FALSE;
  for (guint i = 0; i < n_questions; i++) {
    if (!ask_send (socket, &questions[i], error))
      return FALSE;
  }
  while (!ask_is_done (questions, n_questions)
      && ask_receive (socket, deadline, data, &size, &cause)) {
    question_take (button, data, (gsize) MAX (size, 0));
    for (guint i = 0; i < n_questions; i++)
      question_take (&questions[i], data, (gsize) MAX (size, 0));
  }
  if (!cause)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
ask_questions (const Target * target, Question * questions, guint n_questions,
    GError ** error)
{
  g_autoptr (GSocket) socket = ask_open (target, error);
  g_autoptr (GError) cause = NULL;
  const gint64 start = g_get_monotonic_time ();
  g_auto (Question) button = { 0 };
  gboolean is_there;

  if (!socket)
    return FALSE;
  question_init_button (&button);
  for (guint i = 1; i <= ASK_TRIES && !ask_is_done (questions, n_questions);
      i++) {
    const gint64 deadline =
        start + (gint64) target->timeout_ms * 1000 * i / ASK_TRIES;

    if (!ask_try (socket, deadline, &button, questions, n_questions, &cause))
      return ask_fail (target, cause, error);
  }
  is_there = button.answered;
  for (guint i = 0; i < n_questions; i++)
    is_there = is_there || questions[i].answered;
  if (!is_there)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
        "%s port %u: no answer; is the camera on, and this computer in its "
        "network?", target->host, target->port);
  return is_there;
}
