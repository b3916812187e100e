/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopecontrol.h"

GST_DEBUG_CATEGORY_EXTERN (gst_borescope_src_debug);
#define GST_CAT_DEFAULT gst_borescope_src_debug

/* A question is repeated so often, so many times (borescope.md 1.4). */
#define RETRY_INTERVAL (500 * GST_MSECOND)
#define MAX_TRIES 4
#define BATTERY_INTERVAL (60 * GST_SECOND)

/* Between polls while the port is refused. */
#define REFUSED_INTERVAL (2 * GST_SECOND)

/* Replies to polls of so long ago still count. */
#define MAX_SEQUENCE_AGE 64

#define REPLY_MAX 4096
#define MAX_READS 32

#define NEVER G_MAXUINT64

/* Something that is asked until it is answered. */
typedef struct
{
  MolinkCommand command;
  guint32 argument;
  guint n_tries;
  gboolean given_up;
  guint64 next;                 /* NEVER: nothing to ask */
} GstBorescopeQuestion;

enum
{
  QUESTION_VERSION,
  QUESTION_BATTERY,
  QUESTION_LED,
  N_QUESTIONS
};

struct _GstBorescopeControl
{
  const GstBorescopeSettings *settings;
  const GstBorescopeControlFuncs *funcs;
  gpointer user_data;

  GstBorescopeSocket socket;
  GInetAddress *address;
  guint64 next_open;            /* the socket is to be made (again) */
  guint64 next_poll;
  gboolean refused;
  guint32 sequence;
  MolinkButton button;
  gint led;
  GstBorescopeQuestion questions[N_QUESTIONS];
  GstBorescopeControlCounts counts;
};

GstBorescopeControl *
gst_borescope_control_new (const GstBorescopeSettings * settings,
    const GstBorescopeControlFuncs * funcs, gpointer user_data)
{
  GstBorescopeControl *self = g_new0 (GstBorescopeControl, 1);

  self->settings = settings;
  self->funcs = funcs;
  self->user_data = user_data;
  self->led = -1;
  self->next_open = NEVER;
  self->next_poll = NEVER;
  self->questions[QUESTION_VERSION].command = MOLINK_GET_VERSION;
  self->questions[QUESTION_BATTERY].command = MOLINK_GET_BATTERY;
  self->questions[QUESTION_LED].command = MOLINK_SET_LED;
  for (guint i = 0; i < N_QUESTIONS; i++)
    self->questions[i].next = NEVER;
  return self;
}

void
gst_borescope_control_free (GstBorescopeControl * self)
{
  gst_borescope_control_stop (self);
  g_free (self);
}

static gboolean
gst_borescope_control_open (GstBorescopeControl * self, guint64 now)
{
  g_autoptr (GError) error = NULL;

  self->next_open = NEVER;
  if (gst_borescope_socket_open (&self->socket, G_SOCKET_TYPE_DATAGRAM,
          self->settings, self->address, self->settings->control_port, 0,
          &error))
    return TRUE;
  GST_INFO ("no control channel: %s", error->message);
  self->next_open = now + REFUSED_INTERVAL;
  return FALSE;
}

void
gst_borescope_control_start (GstBorescopeControl * self,
    GInetAddress * address, guint64 now)
{
  if (self->settings->control_port == 0)
    return;
  gst_borescope_control_stop (self);
  self->address = g_object_ref (address);
  self->next_open = now;
  gst_borescope_control_renew (self, now);
}

void
gst_borescope_control_stop (GstBorescopeControl * self)
{
  gst_borescope_socket_close (&self->socket);
  g_clear_object (&self->address);
  self->next_open = NEVER;
  self->next_poll = NEVER;
  self->refused = FALSE;
  for (guint i = 0; i < N_QUESTIONS; i++)
    self->questions[i].next = NEVER;
}

static void
gst_borescope_control_ask (GstBorescopeControl * self, guint which,
    guint32 argument, guint64 now)
{
  GstBorescopeQuestion *question = &self->questions[which];

  question->argument = argument;
  question->n_tries = 0;
  question->given_up = FALSE;
  question->next = self->address ? now : NEVER;
}

/* There is no need any more to wait for longer after a refusal. */
static void
gst_borescope_control_hasten (GstBorescopeControl * self, guint64 now)
{
  self->refused = FALSE;
  if (self->address && self->settings->button_events)
    self->next_poll = MIN (self->next_poll, now);
}

void
gst_borescope_control_renew (GstBorescopeControl * self, guint64 now)
{
  gst_borescope_control_hasten (self, now);
  molink_ctl_button_forget (&self->button);
  gst_borescope_control_ask (self, QUESTION_VERSION, 0, now);
  gst_borescope_control_ask (self, QUESTION_BATTERY, 0, now);
  if (self->led >= 0)
    gst_borescope_control_ask (self, QUESTION_LED, (guint32) self->led, now);
}

void
gst_borescope_control_resume (GstBorescopeControl * self, guint64 now)
{
  gst_borescope_control_hasten (self, now);
  for (guint i = 0; i < N_QUESTIONS; i++)
    if (self->questions[i].given_up)
      gst_borescope_control_ask (self, i, self->questions[i].argument, now);
}

void
gst_borescope_control_set_led (GstBorescopeControl * self, gint percent,
    guint64 now)
{
  if (self->led == percent)
    return;
  self->led = percent;
  if (percent >= 0) {
    gst_borescope_control_ask (self, QUESTION_LED, (guint32) percent, now);
  } else {
    self->questions[QUESTION_LED].next = NEVER;
    self->questions[QUESTION_LED].given_up = FALSE;
  }
}

gint
gst_borescope_control_fd (const GstBorescopeControl * self)
{
  return gst_borescope_socket_fd (&self->socket);
}

static void
gst_borescope_control_fail (GstBorescopeControl * self, gint error, guint64 now)
{
  GST_DEBUG ("control channel: %s", g_strerror (error));
  self->refused = TRUE;
  if (gst_borescope_socket_is_transient (error))
    return;
  gst_borescope_socket_close (&self->socket);
  self->next_open = now + REFUSED_INTERVAL;
}

static void
gst_borescope_control_send (GstBorescopeControl * self, const guint8 * data,
    gsize size, guint64 now)
{
  gint error = gst_borescope_socket_send (&self->socket, data, size);

  self->counts.requests++;
  if (error)
    gst_borescope_control_fail (self, error, now);
}

static void
gst_borescope_control_on_button (GstBorescopeControl * self,
    const MolinkReply * reply)
{
  /* 16 bits: whether all firmware echoes the upper ones is not known */
  guint16 age = (guint16) (self->sequence - reply->sequence);

  if (age > MAX_SEQUENCE_AGE) {
    self->counts.invalid++;
    return;
  }
  MolinkReply whole = *reply;
  whole.sequence = self->sequence - age;
  guint n_presses = molink_ctl_button_update (&self->button, &whole);
  if (n_presses)
    self->funcs->button (self->user_data, reply->key, reply->counter,
        n_presses);
}

static void
gst_borescope_control_on_command (GstBorescopeControl * self,
    const MolinkReply * reply, guint64 now)
{
  MolinkBattery battery;

  for (guint i = 0; i < N_QUESTIONS; i++)
    if (self->questions[i].command == reply->command) {
      self->questions[i].next = NEVER;
      self->questions[i].given_up = FALSE;
    }
  switch (reply->command) {
    case MOLINK_GET_VERSION:
      if (reply->status)
        self->funcs->version (self->user_data, reply->value);
      break;
    case MOLINK_GET_BATTERY:
      if (molink_ctl_battery (reply, &battery)) {
        self->funcs->battery (self->user_data, &battery);
        gst_borescope_control_ask (self, QUESTION_BATTERY, 0,
            now + BATTERY_INTERVAL);
      }
      break;
    default:
      break;
  }
}

static void
gst_borescope_control_on_datagram (GstBorescopeControl * self,
    const guint8 * data, gsize size, guint64 now)
{
  MolinkReply reply;

  if (!molink_ctl_parse_reply (data, size, &reply)) {
    self->counts.invalid++;
    return;
  }
  self->refused = FALSE;
  if (reply.kind == MOLINK_REPLY_BUTTON)
    gst_borescope_control_on_button (self, &reply);
  else if (reply.kind == MOLINK_REPLY_COMMAND)
    gst_borescope_control_on_command (self, &reply, now);
}

void
gst_borescope_control_read (GstBorescopeControl * self, guint64 now)
{
  guint8 data[REPLY_MAX];
  gint error = gst_borescope_socket_take_errors (&self->socket);

  if (error)
    gst_borescope_control_fail (self, error, now);
  for (guint i = 0; i < MAX_READS; i++) {
    struct sockaddr_storage from = { 0 };
    socklen_t from_size = sizeof from;
    gint fd = gst_borescope_socket_fd (&self->socket);

    if (fd < 0)
      return;
    gssize n = recvfrom (fd, data, sizeof data, MSG_DONTWAIT,
        (struct sockaddr *) &from, &from_size);
    if (n < 0)
      return;
    if (gst_borescope_socket_is_peer (&self->socket, &from))
      gst_borescope_control_on_datagram (self, data, (gsize) n, now);
    else
      self->counts.foreign++;
  }
}

static void
gst_borescope_control_poll (GstBorescopeControl * self, guint64 now)
{
  guint8 request[MOLINK_REQUEST_MAX];
  gsize size = molink_ctl_write_button_poll (request, self->sequence++);

  self->next_poll = now + (self->refused ? REFUSED_INTERVAL :
      self->settings->button_poll_interval);
  gst_borescope_control_send (self, request, size, now);
}

static void
gst_borescope_control_put (GstBorescopeControl * self,
    GstBorescopeQuestion * question, guint64 now)
{
  guint8 request[MOLINK_REQUEST_MAX];

  if (question->n_tries == MAX_TRIES) {
    GST_DEBUG ("no answer to command 0x%04x", question->command);
    question->next = NEVER;
    question->given_up = TRUE;
    self->counts.timeouts++;
    return;
  }
  question->n_tries++;
  question->next = now + RETRY_INTERVAL;
  gsize size = molink_ctl_write_command (request, question->command,
      question->argument);
  gst_borescope_control_send (self, request, size, now);
}

void
gst_borescope_control_turn (GstBorescopeControl * self, guint64 now)
{
  if (!self->address)
    return;
  if (now >= self->next_open)
    (void) gst_borescope_control_open (self, now);
  if (self->socket.socket && now >= self->next_poll)
    gst_borescope_control_poll (self, now);
  for (guint i = 0; i < N_QUESTIONS && self->socket.socket; i++)
    if (now >= self->questions[i].next)
      gst_borescope_control_put (self, &self->questions[i], now);
}

guint64
gst_borescope_control_deadline (const GstBorescopeControl * self)
{
  guint64 deadline = self->next_open;

  if (!self->socket.socket)
    return deadline;
  deadline = MIN (deadline, self->next_poll);
  for (guint i = 0; i < N_QUESTIONS; i++)
    deadline = MIN (deadline, self->questions[i].next);
  return deadline;
}

const GstBorescopeControlCounts *
gst_borescope_control_counts (const GstBorescopeControl * self)
{
  return &self->counts;
}
