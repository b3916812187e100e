/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Keeps one camera running: a thread of its own, because taking a camera up
 * or down may block in its driver or in the network, and that is no business
 * of the other cameras or of the viewers. */

#include "camera.h"

#include <string.h>

#include "ingest.h"

#define SILENCE_TIME (10 * G_TIME_SPAN_SECOND)
#define RETRY_FIRST_S 1
#define RETRY_MAX_S 30
/* Only a camera that ran for so long is tried again without delay growing. */
#define STEADY_TIME (10 * G_TIME_SPAN_SECOND)

struct _CheapcamCamera
{
  GObject parent;

  /* set for good in camera_new() */
  gchar *uri;
  gchar *shown_uri;
  CheapcamTranscode transcode;
  CheapcamHub *hub;
  gboolean loops;
  GMainContext *context;
  GMainLoop *loop;

  /* camera thread */
  CheapcamIngest *ingest;
  GSource *bus_source;
  GSource *timer;
  guint retry_s;
  gint64 started_at;
  gint64 gone_at;               /* 0 while the camera is there */
  gboolean seen;

  GThread *thread;              /* main thread */
};

G_DEFINE_FINAL_TYPE (CheapcamCamera, camera, G_TYPE_OBJECT);

static void camera_begin (CheapcamCamera * self, GstClockTime start);

/* A copy of the text with every "user:secret@" after "://" made harmless. */
gchar *
camera_hide_password (const gchar * text)
{
  GString *out = g_string_new (NULL);
  const gchar *scheme_end;

  while ((scheme_end = strstr (text, "://")) != NULL) {
    const gchar *host = scheme_end + 3;
    gsize length = strcspn (host, "? \t\r\n\"'");
    const gchar *end = host + strcspn (host, " \t\r\n\"'");
    const gchar *at = NULL;
    const gchar *colon;

    for (gsize i = 0; i < length; i++) {
      if (host[i] == '@')
        at = host + i;
    }
    g_string_append_len (out, text, host - text);
    text = at ? at : host;
    colon = at ? memchr (host, ':', at - host) : NULL;
    if (colon) {
      g_string_append_len (out, host, colon - host);
      g_string_append (out, ":***");
    } else {
      g_string_append_len (out, host, text - host);
    }
    /* cheap cameras take the password there */
    if (host[length] == '?') {
      g_string_append_len (out, text, host + length - text);
      g_string_append (out, "?***");
      text = end;
    }
  }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static void
camera_clear_source (GSource ** source)
{
  if (*source) {
    g_source_destroy (*source);
    g_clear_pointer (source, g_source_unref);
  }
}

static void
camera_clear_ingest (CheapcamCamera * self)
{
  camera_clear_source (&self->bus_source);
  camera_clear_source (&self->timer);
  g_clear_pointer (&self->ingest, ingest_free);
}

static void
camera_set_timer (CheapcamCamera * self, guint seconds, GSourceFunc func)
{
  camera_clear_source (&self->timer);
  self->timer = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, self->context);
}

static gboolean
camera_retry (gpointer user_data)
{
  camera_begin (user_data, GST_CLOCK_TIME_NONE);
  return G_SOURCE_REMOVE;
}

/* One warning for each outage, whatever happens during it. */
static void
camera_lost (CheapcamCamera * self, const gchar * why)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree gchar *safe = camera_hide_password (why);

  if (self->gone_at == 0) {
    self->gone_at = now;
    g_warning ("camera %s (%s) is gone: %s", hub_get_name (self->hub),
        self->shown_uri, safe);
  } else {
    g_info ("camera %s: still gone: %s", hub_get_name (self->hub), safe);
  }
  camera_clear_ingest (self);
  hub_end_run (self->hub);

  if (self->seen && now - self->started_at > STEADY_TIME)
    self->retry_s = 0;
  self->seen = FALSE;
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_MAX_S);
  camera_set_timer (self, self->retry_s, camera_retry);
}

static void
camera_check_data (CheapcamCamera * self)
{
  gint64 last = ingest_last_data (self->ingest);

  if (last == 0 || self->seen)
    return;
  self->seen = TRUE;
  if (self->gone_at != 0)
    g_message ("camera %s is back after %" G_GINT64_FORMAT " s",
        hub_get_name (self->hub), (last - self->gone_at) / G_TIME_SPAN_SECOND);
  self->gone_at = 0;
}

static gboolean
camera_watch (gpointer user_data)
{
  CheapcamCamera *self = user_data;

  camera_check_data (self);
  if (g_get_monotonic_time () - MAX (ingest_last_data (self->ingest),
          self->started_at) > SILENCE_TIME) {
    camera_lost (self, "it sends nothing");
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

static void
camera_ended (CheapcamCamera * self)
{
  GstClockTime next = ingest_next_start (self->ingest);

  camera_check_data (self);
  if (!self->loops || !GST_CLOCK_TIME_IS_VALID (next)) {
    camera_lost (self, self->loops ? "nothing in it can be played" :
        "the stream has ended");
    return;
  }
  camera_clear_ingest (self);
  camera_begin (self, next);
}

static void
camera_failed (CheapcamCamera * self, GstMessage * message)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;
  g_autofree gchar *why = NULL;

  gst_message_parse_error (message, &error, &debug);
  why = g_strdup (error->message);
  g_info ("camera %s: %s", hub_get_name (self->hub), debug);
  camera_check_data (self);
  camera_lost (self, why);
}

static gboolean
camera_message (GstBus * bus, GstMessage * message, gpointer user_data)
{
  CheapcamCamera *self = user_data;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
      camera_failed (self, message);
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_EOS:
      camera_ended (self);
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_ASYNC_DONE:
      ingest_play (self->ingest);
      return G_SOURCE_CONTINUE;
    default:
      return G_SOURCE_CONTINUE;
  }
}

static void
camera_begin (CheapcamCamera * self, GstClockTime start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;

  camera_clear_source (&self->timer);
  self->started_at = g_get_monotonic_time ();
  self->ingest = ingest_new (self->hub, self->uri, self->transcode, start,
      &error);
  if (self->ingest == NULL) {
    camera_lost (self, error->message);
    return;
  }
  bus = ingest_get_bus (self->ingest);
  self->bus_source = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_source, G_SOURCE_FUNC (camera_message),
      self, NULL);
  g_source_attach (self->bus_source, self->context);
  camera_set_timer (self, 1, camera_watch);
  /* a failure shows on the bus, with its reason */
  ingest_start (self->ingest);
}

static gpointer
camera_thread (gpointer user_data)
{
  CheapcamCamera *self = user_data;

  g_main_context_push_thread_default (self->context);
  camera_begin (self, GST_CLOCK_TIME_NONE);
  g_main_loop_run (self->loop);
  camera_clear_ingest (self);
  hub_end_run (self->hub);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
camera_finalize (GObject * object)
{
  CheapcamCamera *self = CHEAPCAM_CAMERA (object);

  g_object_unref (self->hub);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->uri);
  g_free (self->shown_uri);
  G_OBJECT_CLASS (camera_parent_class)->finalize (object);
}

static void
camera_class_init (CheapcamCameraClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = camera_finalize;
}

static void
camera_init (CheapcamCamera * self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

CheapcamCamera *
camera_new (const CheapcamCameraConfig * config, GstClockTime base_time)
{
  CheapcamCamera *self = g_object_new (CHEAPCAM_TYPE_CAMERA, NULL);

  self->uri = g_strdup (config->uri);
  self->shown_uri = camera_hide_password (config->uri);
  self->transcode = config->transcode;
  self->loops = g_ascii_strncasecmp (config->uri, "file:", 5) == 0;
  self->hub = hub_new (config->name, base_time);
  return self;
}

CheapcamHub *
camera_get_hub (CheapcamCamera * self)
{
  return self->hub;
}

void
camera_start (CheapcamCamera * self)
{
  g_autofree gchar *name = g_strdup_printf ("cam-%s", hub_get_name (self->hub));

  self->thread = g_thread_new (name, camera_thread, self);
}

static gboolean
camera_quit (gpointer user_data)
{
  g_main_loop_quit (CHEAPCAM_CAMERA (user_data)->loop);
  return G_SOURCE_REMOVE;
}

/* Asks the camera to stop; camera_wait_stopped() waits until it has. */
void
camera_stop (CheapcamCamera * self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, camera_quit, g_object_ref (self),
      g_object_unref);
  g_source_attach (source, self->context);
}

void
camera_wait_stopped (CheapcamCamera * self)
{
  g_thread_join (g_steal_pointer (&self->thread));
}
