/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopequeue.h"

/* However late downstream is, a picture goes out this often. */
#define MAX_QOS_GAP (200 * GST_MSECOND)

#define MAX_EVENTS 64

/* Pictures that came within so short a time are kept beyond the wanted number: at
 * a high rate that number is gone while a thread sleeps. */
#define GRACE (50 * GST_MSECOND)
#define MAX_PICTURES 64

typedef struct
{
  GstEvent *event;
  GstClockTime running_time;
} GstBorescopeQueuedEvent;

struct _GstBorescopeQueue
{
  /* lock */
  GMutex lock;
  GCond cond;
  guint max_pictures;
  GQueue pictures;              /* GstBorescopePicture */
  GQueue events;                /* GstBorescopeQueuedEvent */
  gboolean open;
  gboolean flushing;
  gboolean failed;
  gboolean discont;
  GstClockTime last_pts;        /* pushed into the queue */
  GstClockTime last_out;
  GstClockTime earliest;        /* what downstream can still use */
  gdouble proportion;
  GstClockTimeDiff jitter;
  GstBorescopeQueueCounts counts;
};

GstBorescopeQueue *
gst_borescope_queue_new (void)
{
  GstBorescopeQueue *self = g_new0 (GstBorescopeQueue, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->pictures);
  g_queue_init (&self->events);
  return self;
}

static void
gst_borescope_queue_free_event (gpointer data)
{
  GstBorescopeQueuedEvent *queued = data;

  gst_clear_event (&queued->event);
  g_free (queued);
}

static void
gst_borescope_queue_free_picture (gpointer data)
{
  GstBorescopePicture *picture = data;

  gst_clear_buffer (&picture->buffer);
  g_free (picture);
}

static void
gst_borescope_queue_clear (GstBorescopeQueue * self)
{
  g_queue_clear_full (&self->pictures, gst_borescope_queue_free_picture);
  g_queue_clear_full (&self->events, gst_borescope_queue_free_event);
}

void
gst_borescope_queue_free (GstBorescopeQueue * self)
{
  gst_borescope_queue_clear (self);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
gst_borescope_queue_start (GstBorescopeQueue * self, guint max_pictures)
{
  g_mutex_lock (&self->lock);
  gst_borescope_queue_clear (self);
  self->max_pictures = max_pictures;
  self->open = FALSE;
  self->failed = FALSE;
  self->discont = TRUE;
  self->last_pts = GST_CLOCK_TIME_NONE;
  self->last_out = GST_CLOCK_TIME_NONE;
  self->earliest = GST_CLOCK_TIME_NONE;
  self->counts = (GstBorescopeQueueCounts) {
  0};
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_queue_set_open (GstBorescopeQueue * self, gboolean open)
{
  g_mutex_lock (&self->lock);
  self->open = open;
  if (!open) {
    g_queue_clear_full (&self->pictures, gst_borescope_queue_free_picture);
    self->discont = TRUE;
    self->earliest = GST_CLOCK_TIME_NONE;
  }
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_queue_set_flushing (GstBorescopeQueue * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_queue_fail (GstBorescopeQueue * self)
{
  g_mutex_lock (&self->lock);
  self->failed = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* Timestamps rise, whatever the clock does. */
static void
gst_borescope_queue_order (GstBorescopeQueue * self, GstBuffer * buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return;
  if (GST_CLOCK_TIME_IS_VALID (self->last_pts) && pts <= self->last_pts)
    pts = self->last_pts + 1;
  GST_BUFFER_PTS (buffer) = pts;
  self->last_pts = pts;
}

/* The mark of a picture that is dropped goes to the next one. */
static void
gst_borescope_queue_drop_oldest (GstBorescopeQueue * self)
{
  gst_borescope_queue_free_picture (g_queue_pop_head (&self->pictures));
  self->discont = TRUE;
}

static gboolean
gst_borescope_queue_is_full (GstBorescopeQueue * self)
{
  GstBorescopePicture *oldest = g_queue_peek_head (&self->pictures);
  GstClockTime pts = GST_BUFFER_PTS (oldest->buffer);

  if (self->pictures.length <= self->max_pictures)
    return FALSE;
  return self->pictures.length > MAX_PICTURES || !GST_CLOCK_TIME_IS_VALID (pts)
      || !GST_CLOCK_TIME_IS_VALID (self->last_pts)
      || self->last_pts - pts >= GRACE;
}

void
gst_borescope_queue_push (GstBorescopeQueue * self,
    const GstBorescopePicture * picture)
{
  g_mutex_lock (&self->lock);
  if (!self->open) {
    gst_buffer_unref (picture->buffer);
  } else {
    gst_borescope_queue_order (self, picture->buffer);
    g_queue_push_tail (&self->pictures, g_memdup2 (picture, sizeof *picture));
    while (gst_borescope_queue_is_full (self)) {
      gst_borescope_queue_drop_oldest (self);
      self->counts.overrun++;
    }
    g_cond_broadcast (&self->cond);
  }
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_queue_push_event (GstBorescopeQueue * self, GstEvent * event,
    GstClockTime running_time)
{
  GstBorescopeQueuedEvent *queued = g_new (GstBorescopeQueuedEvent, 1);

  queued->event = event;
  queued->running_time = running_time;
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->events, queued);
  if (self->events.length > MAX_EVENTS)
    gst_borescope_queue_free_event (g_queue_pop_head (&self->events));
  g_mutex_unlock (&self->lock);
}

void
gst_borescope_queue_set_qos (GstBorescopeQueue * self, gdouble proportion,
    GstClockTimeDiff jitter, GstClockTime timestamp)
{
  g_mutex_lock (&self->lock);
  self->proportion = proportion;
  self->jitter = jitter;
  self->earliest = GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_TIME_IS_VALID (timestamp) && jitter > 0)
    self->earliest = timestamp + (GstClockTime) jitter;
  g_mutex_unlock (&self->lock);
}

static gboolean
gst_borescope_queue_is_late (GstBorescopeQueue * self, GstBuffer * buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);

  return GST_CLOCK_TIME_IS_VALID (self->earliest)
      && GST_CLOCK_TIME_IS_VALID (pts) && pts < self->earliest
      && GST_CLOCK_TIME_IS_VALID (self->last_out)
      && pts < self->last_out + MAX_QOS_GAP;
}

static GstMessage *
gst_borescope_queue_make_qos (GstBorescopeQueue * self, GstObject * owner,
    GstBuffer * buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstMessage *message = gst_message_new_qos (owner, TRUE, pts, pts, pts,
      GST_CLOCK_TIME_NONE);

  gst_message_set_qos_values (message, self->jitter, self->proportion, 1000000);
  gst_message_set_qos_stats (message, GST_FORMAT_BUFFERS, self->counts.pushed,
      self->counts.late);
  return message;
}

static void
gst_borescope_queue_drop_late (GstBorescopeQueue * self, GstObject * owner,
    GstMessage ** qos)
{
  GstBorescopePicture *head;

  while ((head = g_queue_peek_head (&self->pictures))
      && gst_borescope_queue_is_late (self, head->buffer)) {
    self->counts.late++;
    gst_clear_message (qos);
    *qos = gst_borescope_queue_make_qos (self, owner, head->buffer);
    gst_borescope_queue_drop_oldest (self);
  }
}

static GList *
gst_borescope_queue_take_events (GstBorescopeQueue * self, GstClockTime pts)
{
  GList *events = NULL;
  GstBorescopeQueuedEvent *queued;

  while ((queued = g_queue_peek_head (&self->events))) {
    if (GST_CLOCK_TIME_IS_VALID (queued->running_time)
        && GST_CLOCK_TIME_IS_VALID (pts) && queued->running_time >= pts)
      break;
    events = g_list_append (events, g_steal_pointer (&queued->event));
    gst_borescope_queue_free_event (g_queue_pop_head (&self->events));
  }
  return events;
}

/* With the lock held and a picture in the queue. */
static void
gst_borescope_queue_take (GstBorescopeQueue * self,
    GstBorescopeQueueItem * ret_item)
{
  GstBorescopePicture *picture = g_queue_pop_head (&self->pictures);
  GstClockTime pts = GST_BUFFER_PTS (picture->buffer);

  ret_item->picture = *picture;
  g_free (picture);
  ret_item->events = gst_borescope_queue_take_events (self, pts);
  if (self->discont)
    GST_BUFFER_FLAG_SET (ret_item->picture.buffer, GST_BUFFER_FLAG_DISCONT);
  self->discont = FALSE;
  self->last_out = pts;
  GST_BUFFER_OFFSET (ret_item->picture.buffer) = self->counts.pushed++;
  GST_BUFFER_OFFSET_END (ret_item->picture.buffer) = self->counts.pushed;
}

GstFlowReturn
gst_borescope_queue_pop (GstBorescopeQueue * self, GstObject * owner,
    GstBorescopeQueueItem * ret_item)
{
  GstMessage *qos = NULL;
  GstFlowReturn ret = GST_FLOW_OK;

  g_mutex_lock (&self->lock);
  gst_borescope_queue_drop_late (self, owner, &qos);
  while (!self->flushing && !self->failed && self->pictures.length == 0) {
    g_cond_wait (&self->cond, &self->lock);
    gst_borescope_queue_drop_late (self, owner, &qos);
  }
  if (self->flushing)
    ret = GST_FLOW_FLUSHING;
  else if (self->pictures.length == 0)
    ret = GST_FLOW_ERROR;
  else
    gst_borescope_queue_take (self, ret_item);
  g_mutex_unlock (&self->lock);
  if (ret == GST_FLOW_OK)
    ret_item->qos = qos;
  else
    gst_clear_message (&qos);
  return ret;
}

void
gst_borescope_queue_get_counts (GstBorescopeQueue * self,
    GstBorescopeQueueCounts * ret_counts)
{
  g_mutex_lock (&self->lock);
  *ret_counts = self->counts;
  g_mutex_unlock (&self->lock);
}
