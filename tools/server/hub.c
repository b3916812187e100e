/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What is kept of a camera for its viewers: the caps of each stream and all
 * since its last key frame, so that a viewer can begin at once and without a
 * decoding error. Access units come from the streaming threads of the ingest
 * and are handed on to the queue of each viewer; nothing here waits for one.
 *
 * Lock order: hub, then viewer. */

#include "hub.h"

#include "viewer.h"

/* What is kept of one stream; a camera that sends no key frame for longer has
 * late viewers wait for the next one. */
#define CACHE_MAX_BYTES (16 * 1024 * 1024)
#define CACHE_MAX_TIME (30 * GST_SECOND)
#define CACHE_AUDIO_TIME (GST_SECOND / 2)

/* A stream that is announced but silent does not keep viewers waiting. */
#define GRACE_TIME (2 * G_TIME_SPAN_SECOND)

/* A camera that never sends what counts as a key frame is passed on as is. */
#define KEYLESS_TIME (10 * G_TIME_SPAN_SECOND)

/* How long it is not tried again to send what gave nothing to send. */
#define UNSENDABLE_TIME (30 * G_TIME_SPAN_SECOND)

#define MAX_NEWS 32

typedef struct
{
  gboolean video;
  gboolean present;             /* in this run */
  GstCaps *caps;
  GQueue cache;                 /* HubItem */
  gsize bytes;
  HubGate gate;
  gint64 waiting_since;
  GstClockTime last_end;        /* the highest so far */
} HubStream;

typedef struct
{
  guint id;
  GSource *source;
  GMainContext *context;
} HubWaiter;

struct _CheapcamHub
{
  GObject parent;

  /* set for good in hub_new() */
  gchar *name;
  GstClockTime base_time;

  GMutex lock;
  /* lock */
  HubStream streams[HUB_MAX_STREAMS];
  guint n_streams;
  gboolean complete;
  gboolean live;
  gint64 first_data;
  gint64 unsendable_until;
  GList *viewers;
  GQueue waiters;
  GHashTable *news;
  guint next_waiter;
};

G_DEFINE_FINAL_TYPE (CheapcamHub, hub, G_TYPE_OBJECT);

HubItem *
hub_item_ref (HubItem * item)
{
  g_atomic_ref_count_inc (&item->refs);
  return item;
}

void
hub_item_unref (HubItem * item)
{
  if (!g_atomic_ref_count_dec (&item->refs))
    return;
  gst_buffer_unref (item->buffer);
  gst_caps_unref (item->caps);
  g_free (item);
}

static HubItem *
hub_item_new (GstBuffer * buffer, GstCaps * caps, HubFlags flags)
{
  HubItem *item = g_new (HubItem, 1);

  g_atomic_ref_count_init (&item->refs);
  item->buffer = buffer;
  item->caps = gst_caps_ref (caps);
  item->flags = flags;
  return item;
}

gboolean
hub_gate_pass (HubGate * gate, HubFlags flags)
{
  if (flags & HUB_FLAG_KEY) {
    if (gate->wait_key)
      gate->skip_leading = (flags & HUB_FLAG_OPEN) != 0;
    else
      gate->skip_leading = FALSE;
    gate->wait_key = FALSE;
    return TRUE;
  }
  if (gate->wait_key)
    return FALSE;
  if (gate->skip_leading) {
    if (flags & HUB_FLAG_LEADING)
      return FALSE;
    gate->skip_leading = FALSE;
  }
  return TRUE;
}

static void
hub_stream_clear (HubStream * stream)
{
  HubItem *item;

  while ((item = g_queue_pop_head (&stream->cache)))
    hub_item_unref (item);
  stream->bytes = 0;
}

static void
hub_waiter_free (HubWaiter * waiter)
{
  g_source_unref (waiter->source);
  g_main_context_unref (waiter->context);
  g_free (waiter);
}

static void
hub_finalize (GObject * object)
{
  CheapcamHub *self = CHEAPCAM_HUB (object);

  for (guint i = 0; i < self->n_streams; i++) {
    hub_stream_clear (&self->streams[i]);
    gst_clear_caps (&self->streams[i].caps);
  }
  g_queue_clear_full (&self->waiters, (GDestroyNotify) hub_waiter_free);
  g_hash_table_unref (self->news);
  g_mutex_clear (&self->lock);
  g_free (self->name);
  G_OBJECT_CLASS (hub_parent_class)->finalize (object);
}

static void
hub_class_init (CheapcamHubClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_finalize;
}

static void
hub_init (CheapcamHub * self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->waiters);
  self->news = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CheapcamHub *
hub_new (const gchar * name, GstClockTime base_time)
{
  CheapcamHub *self = g_object_new (CHEAPCAM_TYPE_HUB, NULL);

  self->name = g_strdup (name);
  self->base_time = base_time;
  return self;
}

const gchar *
hub_get_name (CheapcamHub * self)
{
  return self->name;
}

/* The hub's time is the running time of a pipeline with this base time on the
 * system clock. */
GstClockTime
hub_get_base_time (CheapcamHub * self)
{
  return self->base_time;
}

static const HubStream *
hub_main_stream (CheapcamHub * self)
{
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].video && self->streams[i].present)
      return &self->streams[i];
  }
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].present)
      return &self->streams[i];
  }
  return NULL;
}

/* with the lock */
static gboolean
hub_ready_locked (CheapcamHub * self)
{
  const HubStream *main_stream = hub_main_stream (self);

  if (!self->live || !self->complete || main_stream == NULL ||
      g_queue_is_empty ((GQueue *) & main_stream->cache))
    return FALSE;
  if (g_get_monotonic_time () - self->first_data > GRACE_TIME)
    return TRUE;
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].present && g_queue_is_empty (&self->streams[i].cache))
      return FALSE;
  }
  return TRUE;
}

/* with the lock */
static void
hub_fire_waiters (CheapcamHub * self)
{
  HubWaiter *waiter;

  while ((waiter = g_queue_pop_head (&self->waiters))) {
    g_source_attach (waiter->source, waiter->context);
    hub_waiter_free (waiter);
  }
}

/* A new connection to the camera, or a new pass over the file: what comes now
 * does not continue what came before, until the next key frame. Returns the
 * end of what was sent, before which nothing has a place any more. */
GstClockTime
hub_begin_run (CheapcamHub * self)
{
  GstClockTime end = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_streams; i++) {
    self->streams[i].present = FALSE;
    self->streams[i].gate.wait_key = self->streams[i].video;
    self->streams[i].waiting_since = 0;
    if (GST_CLOCK_TIME_IS_VALID (self->streams[i].last_end))
      end = MAX (end, self->streams[i].last_end);
  }
  g_mutex_unlock (&self->lock);
  return end;
}

/* The camera is gone; its viewers stay. */
void
hub_end_run (CheapcamHub * self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_streams; i++)
    hub_stream_clear (&self->streams[i]);
  self->live = FALSE;
  self->complete = FALSE;
  self->first_data = 0;
  self->unsendable_until = 0;
  g_mutex_unlock (&self->lock);
}

/* What comes from the camera cannot be sent as it is: each viewer who tried
 * would hold a thread for the time of his patience. */
void
hub_note_unsendable (CheapcamHub * self, gint64 now)
{
  g_mutex_lock (&self->lock);
  if (self->unsendable_until <= now)
    g_warning ("camera %s: what it sends cannot be sent on: 503 for its "
        "viewers for %d s", self->name,
        (int) (UNSENDABLE_TIME / G_TIME_SPAN_SECOND));
  self->unsendable_until = now + UNSENDABLE_TIME;
  g_mutex_unlock (&self->lock);
}

/* Until the time is over, the camera begins anew or sends something else. */
gboolean
hub_is_unsendable (CheapcamHub * self, gint64 now)
{
  gboolean unsendable;

  g_mutex_lock (&self->lock);
  unsendable = now < self->unsendable_until;
  g_mutex_unlock (&self->lock);
  return unsendable;
}

/* TRUE the first time: what is so in each run need be said but once. */
gboolean
hub_is_news (CheapcamHub * self, const gchar * text)
{
  gboolean news;

  g_mutex_lock (&self->lock);
  news = g_hash_table_size (self->news) < MAX_NEWS &&
      g_hash_table_add (self->news, g_strdup (text));
  g_mutex_unlock (&self->lock);
  return news;
}

/* The n-th video stream of a run continues the n-th one of the run before. */
gint
hub_add_stream (CheapcamHub * self, gboolean video)
{
  HubStream *stream = NULL;
  gint index = -1;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->n_streams && stream == NULL; i++) {
    if (self->streams[i].video == video && !self->streams[i].present) {
      stream = &self->streams[i];
      index = i;
    }
  }
  if (stream == NULL && self->n_streams < HUB_MAX_STREAMS) {
    index = self->n_streams++;
    stream = &self->streams[index];
    stream->video = video;
    stream->gate.wait_key = video;
    stream->last_end = GST_CLOCK_TIME_NONE;
    g_queue_init (&stream->cache);
  }
  if (stream)
    stream->present = TRUE;
  g_mutex_unlock (&self->lock);
  return index;
}

void
hub_no_more_streams (CheapcamHub * self)
{
  g_mutex_lock (&self->lock);
  self->complete = TRUE;
  if (hub_ready_locked (self))
    hub_fire_waiters (self);
  g_mutex_unlock (&self->lock);
}

static GstClockTime
hub_item_pts (const HubItem * item)
{
  return GST_BUFFER_PTS (item->buffer);
}

/* with the lock: the time from which audio is worth keeping */
static GstClockTime
hub_audio_start (CheapcamHub * self, GstClockTime now)
{
  for (guint i = 0; i < self->n_streams; i++) {
    HubItem *key = g_queue_peek_head (&self->streams[i].cache);

    if (self->streams[i].video && key)
      return hub_item_pts (key);
  }
  return now > CACHE_AUDIO_TIME ? now - CACHE_AUDIO_TIME : 0;
}

/* with the lock */
static void
hub_trim (CheapcamHub * self, HubStream * stream, const HubItem * item)
{
  GstClockTime pts = hub_item_pts (item);
  GstClockTime start;
  HubItem *head;

  if (stream->video) {
    head = g_queue_peek_head (&stream->cache);
    if ((item->flags & HUB_FLAG_KEY) || (head != NULL &&
            (stream->bytes > CACHE_MAX_BYTES ||
                pts > hub_item_pts (head) + CACHE_MAX_TIME)))
      hub_stream_clear (stream);
    return;
  }

  start = hub_audio_start (self, pts);
  while ((head = g_queue_peek_head (&stream->cache)) != NULL &&
      (hub_item_pts (head) < start || stream->bytes > CACHE_MAX_BYTES ||
          pts > hub_item_pts (head) + CACHE_MAX_TIME)) {
    stream->bytes -= gst_buffer_get_size (head->buffer);
    hub_item_unref (g_queue_pop_head (&stream->cache));
  }
}

/* with the lock */
static void
hub_store (CheapcamHub * self, HubStream * stream, HubItem * item)
{
  hub_trim (self, stream, item);
  if (stream->video && g_queue_is_empty (&stream->cache) &&
      !(item->flags & HUB_FLAG_KEY))
    return;
  g_queue_push_tail (&stream->cache, hub_item_ref (item));
  stream->bytes += gst_buffer_get_size (item->buffer);
}

/* with the lock */
static void
hub_take_caps (CheapcamHub * self, HubStream * stream, GstCaps * caps)
{
  if (stream->caps == caps)
    return;
  if (stream->caps != NULL &&
      !gst_structure_has_name (gst_caps_get_structure (caps, 0),
          gst_structure_get_name (gst_caps_get_structure (stream->caps, 0)))) {
    hub_stream_clear (stream);
    for (GList * l = self->viewers; l; l = l->next)
      viewer_kick (l->data, "the camera now sends another format");
  }
  if (stream->caps == NULL || !gst_caps_is_equal (stream->caps, caps))
    self->unsendable_until = 0;
  gst_caps_replace (&stream->caps, caps);
}

/* with the lock: whether the buffer has its place after what was sent */
static gboolean
hub_in_order (HubStream * stream, GstBuffer * buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTime duration = GST_BUFFER_DURATION (buffer);

  if (!stream->video && GST_CLOCK_TIME_IS_VALID (stream->last_end) &&
      pts + (GST_CLOCK_TIME_IS_VALID (duration) ? duration / 2 : 0) <
      stream->last_end)
    return FALSE;
  if (GST_CLOCK_TIME_IS_VALID (duration))
    pts += duration;
  if (!GST_CLOCK_TIME_IS_VALID (stream->last_end) || pts > stream->last_end)
    stream->last_end = pts;
  return TRUE;
}

/* with the lock */
static gboolean
hub_stream_pass (CheapcamHub * self, HubStream * stream, HubFlags * flags)
{
  gint64 now;

  if (hub_gate_pass (&stream->gate, *flags))
    return TRUE;
  if (!stream->gate.wait_key)
    return FALSE;
  now = g_get_monotonic_time ();
  if (stream->waiting_since == 0)
    stream->waiting_since = now;
  if (now - stream->waiting_since < KEYLESS_TIME)
    return FALSE;
  g_message ("camera %s: no key frame for %d s, the picture may be broken "
      "at first", self->name, (int) (KEYLESS_TIME / G_TIME_SPAN_SECOND));
  *flags |= HUB_FLAG_KEY;
  return hub_gate_pass (&stream->gate, *flags);
}

/* Takes the buffer, whose PTS is valid and in the hub's time. */
void
hub_push (CheapcamHub * self, guint index, GstBuffer * buffer, GstCaps * caps,
    HubFlags flags)
{
  HubStream *stream;
  HubItem *item;

  g_mutex_lock (&self->lock);
  stream = &self->streams[index];
  hub_take_caps (self, stream, caps);
  if (!hub_stream_pass (self, stream, &flags) || !hub_in_order (stream, buffer))
    goto dropped;

  item = hub_item_new (buffer, caps, flags);
  hub_store (self, stream, item);
  self->live = TRUE;
  if (self->first_data == 0)
    self->first_data = g_get_monotonic_time ();
  for (GList * l = self->viewers; l; l = l->next)
    viewer_push (l->data, index, item);
  if (!g_queue_is_empty (&self->waiters) && hub_ready_locked (self))
    hub_fire_waiters (self);
  g_mutex_unlock (&self->lock);
  hub_item_unref (item);
  return;

dropped:
  g_mutex_unlock (&self->lock);
  gst_buffer_unref (buffer);
}

gboolean
hub_is_ready (CheapcamHub * self)
{
  gboolean ready;

  g_mutex_lock (&self->lock);
  ready = hub_ready_locked (self);
  g_mutex_unlock (&self->lock);
  return ready;
}

/* with the lock */
static guint
hub_add_first_items (CheapcamHub * self, gboolean video, guint n,
    guint * ret_indexes, HubItem ** ret_items)
{
  for (guint i = 0; i < self->n_streams; i++) {
    HubItem *head = g_queue_peek_head (&self->streams[i].cache);

    if (head == NULL || self->streams[i].video != video)
      continue;
    ret_indexes[n] = i;
    ret_items[n++] = hub_item_ref (head);
  }
  return n;
}

/* What a viewer begins with: the first item of each stream that has data,
 * video first, with references. Returns their number, 0 when the camera is
 * not there. */
guint
hub_first_items (CheapcamHub * self, guint * ret_indexes, HubItem ** ret_items)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  if (hub_ready_locked (self)) {
    n = hub_add_first_items (self, TRUE, n, ret_indexes, ret_items);
    n = hub_add_first_items (self, FALSE, n, ret_indexes, ret_items);
  }
  g_mutex_unlock (&self->lock);
  return n;
}

void
hub_attach (CheapcamHub * self, CheapcamViewer * viewer)
{
  g_mutex_lock (&self->lock);
  if (!g_list_find (self->viewers, viewer)) {
    for (guint i = 0; i < self->n_streams; i++)
      viewer_splice (viewer, i, &self->streams[i].cache,
          self->streams[i].video);
    self->viewers = g_list_prepend (self->viewers, g_object_ref (viewer));
  }
  g_mutex_unlock (&self->lock);
}

void
hub_detach (CheapcamHub * self, CheapcamViewer * viewer)
{
  GList *link;

  g_mutex_lock (&self->lock);
  link = g_list_find (self->viewers, viewer);
  if (link)
    self->viewers = g_list_delete_link (self->viewers, link);
  g_mutex_unlock (&self->lock);
  if (link)
    g_object_unref (viewer);
}

/* Calls func once in the context when the camera is there, perhaps at once. */
guint
hub_add_waiter (CheapcamHub * self, GMainContext * context, GSourceFunc func,
    gpointer user_data, GDestroyNotify notify)
{
  HubWaiter *waiter = g_new (HubWaiter, 1);
  guint id;

  waiter->source = g_idle_source_new ();
  g_source_set_priority (waiter->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (waiter->source, func, user_data, notify);
  waiter->context = g_main_context_ref (context);

  g_mutex_lock (&self->lock);
  id = waiter->id = ++self->next_waiter;
  g_queue_push_tail (&self->waiters, waiter);
  if (hub_ready_locked (self))
    hub_fire_waiters (self);
  g_mutex_unlock (&self->lock);
  return id;
}

void
hub_remove_waiter (CheapcamHub * self, guint id)
{
  HubWaiter *found = NULL;

  g_mutex_lock (&self->lock);
  for (GList * l = self->waiters.head; l; l = l->next) {
    HubWaiter *waiter = l->data;

    if (waiter->id == id) {
      found = waiter;
      g_queue_delete_link (&self->waiters, l);
      break;
    }
  }
  g_mutex_unlock (&self->lock);
  if (found)
    hub_waiter_free (found);
}
