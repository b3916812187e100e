/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The queues between the hub and the pipeline of one viewer, one per stream.
 * The hub only ever appends; a viewer that does not keep up loses what is
 * queued and goes on at the next key frame, and is sent away when it stays
 * behind. */

#include "viewer.h"

#include <gst/base/gstqueuearray.h>

#define MAX_AGE (5 * G_TIME_SPAN_SECOND)
#define MAX_BYTES (32 * 1024 * 1024)
#define MAX_BEHIND (10 * G_TIME_SPAN_SECOND)

/* What is cached for a new viewer leaves at most this fast by UDP, or it would
 * not fit into the viewer's socket buffer. */
#define MIN_PACE (2 * 1024 * 1024)
#define PACE_BURST (64 * 1024)

typedef struct
{
  HubItem *item;
  gint64 queued_at;
} ViewerEntry;

typedef struct
{
  guint index;                  /* in the hub */
  GstCaps *caps;                /* at the start */
  HubItem *last;                /* that was queued */
  GstQueueArray *entries;
  gsize bytes;
  HubGate gate;
  gint64 behind_since;
  gboolean flushing;
  GCond cond;
  gsize pace;                   /* bytes per second, 0 if there is no limit */
  gint64 paced_until;           /* when what was sent is through at this pace */
} ViewerStream;

struct _CheapcamViewer
{
  GObject parent;

  /* set for good in viewer_new() */
  CheapcamHub *hub;
  guint n_streams;

  GMutex lock;
  /* lock */
  ViewerStream streams[HUB_MAX_STREAMS];
  gboolean paced;
  GSource *gone_source;
  GMainContext *gone_context;
};

G_DEFINE_FINAL_TYPE (CheapcamViewer, viewer, G_TYPE_OBJECT);

static void
viewer_entry_clear (ViewerEntry * entry)
{
  hub_item_unref (entry->item);
}

static void
viewer_finalize (GObject * object)
{
  CheapcamViewer *self = CHEAPCAM_VIEWER (object);

  for (guint i = 0; i < self->n_streams; i++) {
    gst_queue_array_free (self->streams[i].entries);
    gst_caps_unref (self->streams[i].caps);
    g_clear_pointer (&self->streams[i].last, hub_item_unref);
    g_cond_clear (&self->streams[i].cond);
  }
  g_clear_pointer (&self->gone_source, g_source_unref);
  g_clear_pointer (&self->gone_context, g_main_context_unref);
  g_object_unref (self->hub);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (viewer_parent_class)->finalize (object);
}

static void
viewer_class_init (CheapcamViewerClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_finalize;
}

static void
viewer_init (CheapcamViewer * self)
{
  g_mutex_init (&self->lock);
}

/* with the lock */
static void
viewer_append (ViewerStream * stream, HubItem * item, gint64 now)
{
  ViewerEntry entry = { hub_item_ref (item), now };

  gst_queue_array_push_tail_struct (stream->entries, &entry);
  g_clear_pointer (&stream->last, hub_item_unref);
  stream->last = hub_item_ref (item);
  stream->bytes += gst_buffer_get_size (item->buffer);
  g_cond_signal (&stream->cond);
}

/* Returns NULL when the camera is not there. */
CheapcamViewer *
viewer_new (CheapcamHub * hub)
{
  CheapcamViewer *self;
  HubItem *items[HUB_MAX_STREAMS];
  guint indexes[HUB_MAX_STREAMS];
  guint n = hub_first_items (hub, indexes, items);

  if (n == 0)
    return NULL;

  self = g_object_new (CHEAPCAM_TYPE_VIEWER, NULL);
  self->hub = g_object_ref (hub);
  self->n_streams = n;
  for (guint i = 0; i < n; i++) {
    ViewerStream *stream = &self->streams[i];

    stream->index = indexes[i];
    stream->caps = gst_caps_ref (items[i]->caps);
    hub_item_unref (items[i]);
    stream->entries = gst_queue_array_new_for_struct (sizeof (ViewerEntry), 64);
    gst_queue_array_set_clear_func (stream->entries,
        (GDestroyNotify) viewer_entry_clear);
    g_cond_init (&stream->cond);
  }
  return self;
}

CheapcamHub *
viewer_get_hub (CheapcamViewer * self)
{
  return self->hub;
}

guint
viewer_n_streams (CheapcamViewer * self)
{
  return self->n_streams;
}

/* transfer none; what the stream begins with */
GstCaps *
viewer_get_caps (CheapcamViewer * self, guint stream)
{
  return self->streams[stream].caps;
}

/* The function is called once in the context when the viewer has to go. */
void
viewer_set_gone_func (CheapcamViewer * self, GMainContext * context,
    GSourceFunc func, gpointer user_data, GDestroyNotify notify)
{
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, func, user_data, notify);
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->gone_source, g_source_unref);
  g_clear_pointer (&self->gone_context, g_main_context_unref);
  self->gone_source = source;
  self->gone_context = g_main_context_ref (context);
  g_mutex_unlock (&self->lock);
}

/* For a viewer by UDP. */
void
viewer_set_paced (CheapcamViewer * self)
{
  g_mutex_lock (&self->lock);
  self->paced = TRUE;
  g_mutex_unlock (&self->lock);
}

void
viewer_play (CheapcamViewer * self)
{
  hub_attach (self->hub, self);
}

/* The viewer has paused or is leaving; it can play again later. */
void
viewer_hold (CheapcamViewer * self)
{
  hub_detach (self->hub, self);
}

/* with the lock */
static ViewerStream *
viewer_find (CheapcamViewer * self, guint index)
{
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].index == index)
      return &self->streams[i];
  }
  return NULL;
}

/* with the lock */
static void
viewer_drop_queued (ViewerStream * stream)
{
  gst_queue_array_clear (stream->entries);
  stream->bytes = 0;
}

/* with the lock */
static void
viewer_kick_locked (CheapcamViewer * self, const gchar * why)
{
  if (self->gone_source == NULL)
    return;
  g_message ("camera %s: a viewer is sent away: %s",
      hub_get_name (self->hub), why);
  g_source_attach (self->gone_source, self->gone_context);
  g_clear_pointer (&self->gone_source, g_source_unref);
}

void
viewer_kick (CheapcamViewer * self, const gchar * why)
{
  g_mutex_lock (&self->lock);
  viewer_kick_locked (self, why);
  g_mutex_unlock (&self->lock);
}

/* with the lock */
static void
viewer_overflow (CheapcamViewer * self, ViewerStream * stream, gint64 now)
{
  for (guint i = 0; i < self->n_streams; i++) {
    viewer_drop_queued (&self->streams[i]);
    self->streams[i].gate.wait_key = TRUE;
  }
  if (stream->behind_since == 0)
    stream->behind_since = now;
}

/* with the lock: faster than the stream itself, by far if that is slow */
static void
viewer_set_pace (CheapcamViewer * self, ViewerStream * stream, GQueue * cache)
{
  HubItem *first = g_queue_peek_head (cache);
  HubItem *last = g_queue_peek_tail (cache);
  gsize bytes = 0;
  GstClockTime span;

  stream->pace = 0;
  if (!self->paced || first == NULL)
    return;
  for (GList * l = cache->head; l; l = l->next)
    bytes += gst_buffer_get_size (((HubItem *) l->data)->buffer);
  span = GST_BUFFER_PTS (last->buffer) - GST_BUFFER_PTS (first->buffer);
  span = CLAMP (span, GST_SECOND / 10, 100 * GST_SECOND);
  stream->pace = MAX (MIN_PACE, 2 * gst_util_uint64_scale (bytes, GST_SECOND,
          span));
}

/* with the lock: what is queued is as good as new */
static void
viewer_renew_queued (ViewerStream * stream, gint64 now)
{
  guint n = gst_queue_array_get_length (stream->entries);

  for (guint i = 0; i < n; i++) {
    ViewerEntry *entry = gst_queue_array_peek_nth_struct (stream->entries, i);

    entry->queued_at = now;
  }
}

/* Joins, for the first time or again: what the hub has cached after what was
 * queued last, or else all that it has cached. */
void
viewer_splice (CheapcamViewer * self, guint index, GQueue * cache,
    gboolean video)
{
  ViewerStream *stream;
  GList *link;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  stream = viewer_find (self, index);
  if (stream) {
    link = g_queue_find (cache, stream->last);
    stream->behind_since = 0;
    viewer_set_pace (self, stream, cache);
    if (link) {
      viewer_renew_queued (stream, now);
      link = link->next;
    } else {
      viewer_drop_queued (stream);
      stream->gate.wait_key = video;
      link = cache->head;
    }
    for (; link; link = link->next) {
      HubItem *item = link->data;

      if (hub_gate_pass (&stream->gate, item->flags))
        viewer_append (stream, item, now);
    }
  }
  g_mutex_unlock (&self->lock);
}

void
viewer_push (CheapcamViewer * self, guint index, HubItem * item)
{
  ViewerStream *stream;
  ViewerEntry *head;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  stream = viewer_find (self, index);
  if (stream) {
    head = gst_queue_array_peek_head_struct (stream->entries);
    if (head && (now - head->queued_at > MAX_AGE || stream->bytes > MAX_BYTES))
      viewer_overflow (self, stream, now);
    if (stream->behind_since != 0 && now - stream->behind_since > MAX_BEHIND)
      viewer_kick_locked (self, "it does not keep up");
    else if (hub_gate_pass (&stream->gate, item->flags))
      viewer_append (stream, item, now);
  }
  g_mutex_unlock (&self->lock);
}

/* with the lock: waits until what was sent before has had its time */
static void
viewer_wait_pace (CheapcamViewer * self, ViewerStream * stream)
{
  while (!stream->flushing && stream->pace != 0 &&
      g_get_monotonic_time () < stream->paced_until) {
    if (!g_cond_wait_until (&stream->cond, &self->lock, stream->paced_until))
      break;
  }
}

/* with the lock */
static void
viewer_count_pace (ViewerStream * stream, gsize size)
{
  gint64 now = g_get_monotonic_time ();
  gint64 burst;

  if (stream->pace == 0)
    return;
  burst = PACE_BURST * G_TIME_SPAN_SECOND / stream->pace;
  stream->paced_until = MAX (stream->paced_until, now - burst) +
      size * G_TIME_SPAN_SECOND / stream->pace;
}

/* Waits for the next item of a stream; NULL when flushing. */
HubItem *
viewer_pop (CheapcamViewer * self, guint stream_number)
{
  ViewerStream *stream = &self->streams[stream_number];
  HubItem *item = NULL;

  g_mutex_lock (&self->lock);
  viewer_wait_pace (self, stream);
  while (!stream->flushing && gst_queue_array_is_empty (stream->entries)) {
    stream->behind_since = 0;
    g_cond_wait (&stream->cond, &self->lock);
  }
  if (!stream->flushing) {
    ViewerEntry *entry = gst_queue_array_pop_head_struct (stream->entries);

    item = entry->item;
    stream->bytes -= gst_buffer_get_size (item->buffer);
    viewer_count_pace (stream, gst_buffer_get_size (item->buffer));
  }
  g_mutex_unlock (&self->lock);
  return item;
}

void
viewer_set_flushing (CheapcamViewer * self, guint stream, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->streams[stream].flushing = flushing;
  g_cond_signal (&self->streams[stream].cond);
  g_mutex_unlock (&self->lock);
}
