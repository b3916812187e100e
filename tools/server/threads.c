/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The threads of the RTSP library: a few that all connections share, and a
 * few that all media share, where the library makes one for each media. */

#include "threads.h"

#include "client.h"

#define CLIENT_THREADS 4
#define MEDIA_THREADS 2

struct _CheapcamThreads
{
  GstRTSPThreadPool parent;

  GMutex lock;
  /* lock */
  GstRTSPThread *media[MEDIA_THREADS];
  guint next;
};

G_DEFINE_FINAL_TYPE (CheapcamThreads, threads, GST_TYPE_RTSP_THREAD_POOL);

static GstRTSPThread *
threads_get_media_thread (CheapcamThreads * self, GstRTSPContext * context)
{
  GstRTSPThread *thread = NULL;
  guint i;

  g_mutex_lock (&self->lock);
  i = self->next++ % MEDIA_THREADS;
  if (self->media[i] && gst_rtsp_thread_reuse (self->media[i])) {
    thread = self->media[i];
  } else {
    /* ends with its last media, unless it is used again before */
    thread = GST_RTSP_THREAD_POOL_CLASS (threads_parent_class)->get_thread
        (GST_RTSP_THREAD_POOL (self), GST_RTSP_THREAD_TYPE_MEDIA, context);
    if (self->media[i])
      gst_rtsp_thread_unref (self->media[i]);
    self->media[i] = thread ? gst_rtsp_thread_ref (thread) : NULL;
  }
  g_mutex_unlock (&self->lock);
  return thread;
}

static GstRTSPThread *
threads_get_thread (GstRTSPThreadPool * pool, GstRTSPThreadType type,
    GstRTSPContext * context)
{
  GstRTSPThread *thread;

  if (type == GST_RTSP_THREAD_TYPE_MEDIA)
    return threads_get_media_thread (CHEAPCAM_THREADS (pool), context);
  thread = GST_RTSP_THREAD_POOL_CLASS (threads_parent_class)->get_thread (pool,
      type, context);
  if (thread)
    client_set_context (CHEAPCAM_CLIENT (context->client), thread->context);
  return thread;
}

static void
threads_finalize (GObject * object)
{
  g_mutex_clear (&CHEAPCAM_THREADS (object)->lock);
  G_OBJECT_CLASS (threads_parent_class)->finalize (object);
}

static void
threads_class_init (CheapcamThreadsClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = threads_finalize;
  GST_RTSP_THREAD_POOL_CLASS (klass)->get_thread = threads_get_thread;
}

static void
threads_init (CheapcamThreads * self)
{
  g_mutex_init (&self->lock);
  gst_rtsp_thread_pool_set_max_threads (GST_RTSP_THREAD_POOL (self),
      CLIENT_THREADS);
}

GstRTSPThreadPool *
threads_new (void)
{
  return g_object_new (CHEAPCAM_TYPE_THREADS, NULL);
}

/* Waits for the threads, which end with the last connection and the last media.
 * Each of them holds this object, which holds those for the next media. */
void
threads_stop (CheapcamThreads * self)
{
  GstRTSPThreadPoolClass *klass = GST_RTSP_THREAD_POOL_GET_CLASS (self);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < MEDIA_THREADS; i++) {
    if (self->media[i])
      gst_rtsp_thread_unref (self->media[i]);
    self->media[i] = NULL;
  }
  g_mutex_unlock (&self->lock);
  if (klass->pool)
    g_thread_pool_free (klass->pool, FALSE, TRUE);
  klass->pool = NULL;
}
