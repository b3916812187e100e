/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "gstborescopeio.h"

/* A name that does not resolve is asked again after this. */
#define RESOLVE_INTERVAL (2 * GST_SECOND)

#define NEVER G_MAXUINT64

struct _GstBorescopeIo
{
  const GstBorescopeSettings *settings;
  const GstBorescopeIoFuncs *funcs;
  gpointer user_data;
  GThread *thread;
  gint wake_fd;

  /* lock */
  GMutex lock;
  gboolean playing;
  gboolean quit;
  guint generation;             /* counts the starts to play */
  gint led;
  GCancellable *resolving;
  GSocket *socket;
  GstBorescopeIoCounts counts;

  /* I/O thread */
  GstBorescopeReceiver *receiver;
  GstBorescopeLink *link;
  GstBorescopeControl *control;
  gboolean ending;
  gboolean running;
  gboolean failed;              /* until playing starts anew */
  guint started;                /* generation */
  gboolean was_up;
  guint64 next_resolve;
  guint64 resolve_end;
};

static guint64
gst_borescope_io_now (void)
{
  return (guint64) g_get_monotonic_time () * 1000;
}

static void
gst_borescope_io_on_frame (gpointer user_data, const GstBorescopeFrame * frame)
{
  GstBorescopeIo *self = user_data;

  if (self->funcs->frame (self->user_data, frame))
    gst_borescope_link_note_picture (self->link);
}

static void
gst_borescope_io_on_up (gpointer user_data, MolinkVariant variant, guint port)
{
  GstBorescopeIo *self = user_data;
  guint64 now = gst_borescope_io_now ();

  if (self->was_up)
    gst_borescope_control_renew (self->control, now);
  else
    gst_borescope_control_resume (self->control, now);
  self->was_up = TRUE;
  self->funcs->link.up (self->user_data, variant, port);
}

static void
gst_borescope_io_on_down (gpointer user_data, const gchar * why)
{
  GstBorescopeIo *self = user_data;

  self->funcs->link.down (self->user_data, why);
}

static void
gst_borescope_io_on_failed (gpointer user_data, GstResourceError code,
    const GError * error)
{
  GstBorescopeIo *self = user_data;

  self->failed = TRUE;
  self->funcs->link.failed (self->user_data, code, error);
}

static const GstBorescopeLinkFuncs link_funcs = {
  .up = gst_borescope_io_on_up,
  .down = gst_borescope_io_on_down,
  .failed = gst_borescope_io_on_failed,
};

/* Of a name's addresses: such cameras speak IPv4. */
static GInetAddress *
gst_borescope_io_choose (GList * addresses)
{
  for (GList * l = addresses; l; l = l->next)
    if (g_inet_address_get_family (l->data) == G_SOCKET_FAMILY_IPV4)
      return l->data;
  return addresses->data;
}

/* NULL: no such host, or told to stop. */
static GInetAddress *
gst_borescope_io_resolve (GstBorescopeIo * self, GError ** error)
{
  const gchar *host = self->settings->host;
  GInetAddress *address = g_inet_address_new_from_string (host);

  if (address)
    return address;

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_mutex_lock (&self->lock);
  if (self->playing && !self->quit)
    self->resolving = cancellable;
  else
    g_cancellable_cancel (cancellable);
  g_mutex_unlock (&self->lock);

  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList *found = g_resolver_lookup_by_name (resolver, host, cancellable,
      error);
  if (found)
    address = g_object_ref (gst_borescope_io_choose (found));
  g_resolver_free_addresses (found);

  g_mutex_lock (&self->lock);
  self->resolving = NULL;
  g_mutex_unlock (&self->lock);
  return address;
}

static void
gst_borescope_io_start (GstBorescopeIo * self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) address = gst_borescope_io_resolve (self, &error);
  guint64 now = gst_borescope_io_now ();

  if (address) {
    self->running = TRUE;
    self->was_up = FALSE;
    self->next_resolve = 0;
    gst_borescope_link_start (self->link, address, now);
    gst_borescope_control_start (self->control, address, now);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->next_resolve == 0)
    self->funcs->link.down (self->user_data, error->message);
  self->next_resolve = now + RESOLVE_INTERVAL;
  if (now >= self->resolve_end)
    gst_borescope_io_on_failed (self, GST_RESOURCE_ERROR_NOT_FOUND, error);
}

static void
gst_borescope_io_stop (GstBorescopeIo * self)
{
  self->running = FALSE;
  gst_borescope_control_stop (self->control);
  gst_borescope_link_stop (self->link, gst_borescope_io_now ());
}

/* Does what was asked for. */
static void
gst_borescope_io_obey (GstBorescopeIo * self)
{
  guint64 now = gst_borescope_io_now ();

  g_mutex_lock (&self->lock);
  self->ending = self->quit;
  gboolean wanted = self->playing && !self->ending;
  gboolean anew = self->generation != self->started;
  gint led = self->led;
  self->started = self->generation;
  g_mutex_unlock (&self->lock);

  if (anew) {
    self->failed = FALSE;
    self->next_resolve = 0;
    self->resolve_end =
        gst_borescope_settings_end (self->settings->connect_timeout, now);
  }
  if (self->running && (!wanted || anew || self->failed))
    gst_borescope_io_stop (self);
  gst_borescope_control_set_led (self->control, led, now);
  if (wanted && !self->running && !self->failed && now >= self->next_resolve)
    gst_borescope_io_start (self);
}

static void
gst_borescope_io_publish (GstBorescopeIo * self)
{
  g_mutex_lock (&self->lock);
  self->counts.receiver = *gst_borescope_receiver_counts (self->receiver);
  self->counts.link = *gst_borescope_link_counts (self->link);
  self->counts.control = *gst_borescope_control_counts (self->control);
  g_set_object (&self->socket, gst_borescope_link_get_socket (self->link));
  g_mutex_unlock (&self->lock);
}

static guint64
gst_borescope_io_deadline (GstBorescopeIo * self)
{
  guint64 deadline = gst_borescope_link_deadline (self->link);

  deadline = MIN (deadline, gst_borescope_control_deadline (self->control));
  deadline = MIN (deadline, gst_borescope_receiver_deadline (self->receiver));
  if (!self->running && !self->failed && self->next_resolve)
    deadline = MIN (deadline, self->next_resolve);
  return deadline;
}

/* Waits for something to happen, then for all that has. */
static void
gst_borescope_io_wait (GstBorescopeIo * self)
{
  struct pollfd fds[GST_BORESCOPE_LINK_MAX_FDS + 2];
  guint n = gst_borescope_link_get_fds (self->link, fds);
  guint64 deadline = gst_borescope_io_deadline (self);
  guint64 now = gst_borescope_io_now ();
  struct timespec left;

  fds[n].fd = gst_borescope_control_fd (self->control);
  fds[n].events = POLLIN;
  fds[n].revents = 0;
  fds[n + 1].fd = self->wake_fd;
  fds[n + 1].events = POLLIN;
  fds[n + 1].revents = 0;
  guint64 wait = deadline > now ? deadline - now : 0;
  left.tv_sec = (time_t) (wait / GST_SECOND);
  left.tv_nsec = (long) (wait % GST_SECOND);
  if (ppoll (fds, n + 2, deadline == NEVER ? NULL : &left, NULL) <= 0)
    return;

  now = gst_borescope_io_now ();
  if (fds[n + 1].revents) {
    guint64 count;
    (void) !read (self->wake_fd, &count, sizeof count);
  }
  if (fds[n].revents)
    gst_borescope_control_read (self->control, now);
  gst_borescope_link_on_fds (self->link, fds, n, now);
}

static gpointer
gst_borescope_io_run (gpointer data)
{
  GstBorescopeIo *self = data;

  for (;;) {
    gst_borescope_io_obey (self);
    guint64 now = gst_borescope_io_now ();

    gst_borescope_link_turn (self->link, now);
    gst_borescope_control_turn (self->control, now);
    gst_borescope_receiver_expire (self->receiver, now);
    gst_borescope_io_publish (self);
    /* the last goodbye has been said */
    if (self->ending && gst_borescope_link_is_idle (self->link))
      return NULL;
    gst_borescope_io_wait (self);
  }
}

static void
gst_borescope_io_destroy (GstBorescopeIo * self)
{
  g_clear_pointer (&self->link, gst_borescope_link_free);
  g_clear_pointer (&self->control, gst_borescope_control_free);
  g_clear_pointer (&self->receiver, gst_borescope_receiver_free);
  g_clear_object (&self->socket);
  g_mutex_clear (&self->lock);
  if (self->wake_fd >= 0)
    (void) close (self->wake_fd);
  g_free (self);
}

GstBorescopeIo *
gst_borescope_io_new (const GstBorescopeSettings * settings,
    const GstBorescopeIoFuncs * funcs, gpointer user_data, GError ** error)
{
  GstBorescopeIo *self = g_new0 (GstBorescopeIo, 1);

  self->settings = settings;
  self->funcs = funcs;
  self->user_data = user_data;
  self->led = settings->led_brightness;
  g_mutex_init (&self->lock);
  self->receiver = gst_borescope_receiver_new (settings,
      gst_borescope_io_on_frame, self);
  self->link = gst_borescope_link_new (settings, self->receiver, &link_funcs,
      self);
  self->control = gst_borescope_control_new (settings, &funcs->control,
      user_data);
  self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->wake_fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "no eventfd: %s", g_strerror (errno));
  else
    self->thread = g_thread_try_new ("borescope-io", gst_borescope_io_run,
        self, error);
  if (!self->thread) {
    gst_borescope_io_destroy (self);
    return NULL;
  }
  return self;
}

/* With the lock held. */
static void
gst_borescope_io_wake (GstBorescopeIo * self)
{
  guint64 one = 1;

  (void) !write (self->wake_fd, &one, sizeof one);
  if (self->resolving && (!self->playing || self->quit))
    g_cancellable_cancel (self->resolving);
}

void
gst_borescope_io_free (GstBorescopeIo * self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  gst_borescope_io_wake (self);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  gst_borescope_io_destroy (self);
}

void
gst_borescope_io_set_playing (GstBorescopeIo * self, gboolean playing)
{
  g_mutex_lock (&self->lock);
  if (playing && !self->playing)
    self->generation++;
  self->playing = playing;
  gst_borescope_io_wake (self);
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_io_set_led (GstBorescopeIo * self, gint percent)
{
  g_mutex_lock (&self->lock);
  self->led = percent;
  gst_borescope_io_wake (self);
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_io_get_counts (GstBorescopeIo * self,
    GstBorescopeIoCounts * ret_counts)
{
  g_mutex_lock (&self->lock);
  *ret_counts = self->counts;
  g_mutex_unlock (&self->lock);
}

GSocket *
gst_borescope_io_get_socket (GstBorescopeIo * self)
{
  GSocket *socket;

  g_mutex_lock (&self->lock);
  socket = self->socket ? g_object_ref (self->socket) : NULL;
  g_mutex_unlock (&self->lock);
  return socket;
}
