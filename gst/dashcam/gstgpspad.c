/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpspad.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_pad_debug);
#define GST_CAT_DEFAULT gst_gps_pad_debug

/* More than two hours of fixes, then a producer that can wait does. */
#define MAX_WAITING 8192

/* Three days of fixes: beyond, a sink that takes nothing loses some. */
#define MAX_QUEUED (256 * 1024)

/* An overlay shows a fix until the next is expected: after the longest of the
 * last intervals, within these bounds. */
#define N_INTERVALS 4
#define FIRST_INTERVAL GST_SECOND
#define MAX_INTERVAL (2 * GST_SECOND)

typedef struct
{
  GstEvent *event;              /* or, when NULL, a fix: */
  GstGpsFix fix;
  GstClockTime time;
  gboolean new_segment;
  gboolean replace;
} GstGpsPadItem;

struct _GstGpsPad
{
  GstPad parent;
  const GstGpsForms *forms;     /* set in new */

  /* lock */
  GMutex lock;
  GCond cond;
  GQueue items;                 /* GstGpsPadItem */
  gboolean flushing;
  gboolean stopped;             /* for good */
  GstFlowReturn flow;
  GstClockTime position;        /* stream time of the last fix written, or NONE */

  /* task */
  gpointer writer;              /* of the form, or NULL */
  guint form;
  gboolean begun;
  GstGpsPadItem held;           /* the last fix of a document, until it can no longer be replaced */
  gboolean has_held;
  GstSegment segment;           /* its position: time of the last fix written */
  GstClockTime intervals[N_INTERVALS];
  guint n_intervals;            /* counts on */

  gint unlinked;                /* atomic: whoever is linked now knows nothing of the document */
};

G_DEFINE_TYPE_WITH_CODE (GstGpsPad, gst_gps_pad, GST_TYPE_PAD,
    GST_DEBUG_CATEGORY_INIT (gst_gps_pad_debug, "gpspad", 0,
        "GPS source pads"););

static void
gst_gps_pad_item_free (GstGpsPadItem * item)
{
  gst_clear_event (&item->event);
  g_free (item);
}

static gboolean
gst_gps_pad_item_is (const GstGpsPadItem * item, GstEventType type)
{
  return item->event && GST_EVENT_TYPE (item->event) == type;
}

/* The start of the stream stays: it is not told again. */
static void
gst_gps_pad_clear_items (GstGpsPad * self, gboolean all)
{
  GList *next;

  for (GList * l = self->items.head; l; l = next) {
    next = l->next;
    if (all || !gst_gps_pad_item_is (l->data, GST_EVENT_STREAM_START)) {
      gst_gps_pad_item_free (l->data);
      g_queue_delete_link (&self->items, l);
    }
  }
  g_cond_broadcast (&self->cond);
}

/* Of gaps in a row the last says all; it takes the place of those that nobody
 * has taken. */
static gboolean
gst_gps_pad_may_queue (GstGpsPad * self, const GstGpsPadItem * item)
{
  GstGpsPadItem *last = g_queue_peek_tail (&self->items);

  if (self->stopped)
    return FALSE;
  if (self->flushing)
    return gst_gps_pad_item_is (item, GST_EVENT_STREAM_START);
  if (last && gst_gps_pad_item_is (item, GST_EVENT_GAP)
      && gst_gps_pad_item_is (last, GST_EVENT_GAP))
    gst_gps_pad_item_free (g_queue_pop_tail (&self->items));
  return item->event || self->items.length < MAX_QUEUED;
}

static void gst_gps_pad_loop (gpointer user_data);

/* Needs the lock, as whoever pauses the task. */
static void
gst_gps_pad_wake (GstGpsPad * self)
{
  if (!self->flushing && !self->stopped)
    (void) gst_pad_start_task (GST_PAD (self), gst_gps_pad_loop, self, NULL);
}

/* Takes the item. */
static void
gst_gps_pad_queue (GstGpsPad * self, GstGpsPadItem * item)
{
  g_mutex_lock (&self->lock);
  if (gst_gps_pad_may_queue (self, item)) {
    g_queue_push_tail (&self->items, item);
    gst_gps_pad_wake (self);
  } else {
    GST_DEBUG_OBJECT (self, "%s", self->flushing || self->stopped ? "flushing"
        : "too much");
    gst_gps_pad_item_free (item);
  }
  g_mutex_unlock (&self->lock);
}

void
gst_gps_pad_wait (GstGpsPad * self)
{
  g_mutex_lock (&self->lock);
  while (self->items.length >= MAX_WAITING && !self->flushing && !self->stopped)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_pad_stop (GstGpsPad * self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_pad_queue_event (GstGpsPad * self, GstEvent * event)
{
  GstGpsPadItem *item = g_new0 (GstGpsPadItem, 1);

  item->event = event;
  gst_gps_pad_queue (self, item);
}

void
gst_gps_pad_queue_fix (GstGpsPad * self, const GstGpsFix * fix,
    GstClockTime time, gboolean new_segment, gboolean replace)
{
  GstGpsPadItem *item = g_new0 (GstGpsPadItem, 1);

  item->fix = *fix;
  item->time = time;
  item->new_segment = new_segment;
  item->replace = replace;
  gst_gps_pad_queue (self, item);
}

GstClockTime
gst_gps_pad_get_position (GstGpsPad * self)
{
  GstClockTime position;

  g_mutex_lock (&self->lock);
  position = self->position;
  g_mutex_unlock (&self->lock);
  return position;
}

GstFlowReturn
gst_gps_pad_get_flow (GstGpsPad * self)
{
  GstFlowReturn flow;

  g_mutex_lock (&self->lock);
  flow = self->flow;
  g_mutex_unlock (&self->lock);
  return flow;
}

/* Which of our forms those caps are. */
static guint
gst_gps_pad_find_form (GstCaps * ours, GstCaps * wanted)
{
  guint form = 0;

  while (form + 1 < gst_caps_get_size (ours)
      && !gst_structure_can_intersect (gst_caps_get_structure (wanted, 0),
          gst_caps_get_structure (ours, form)))
    form++;
  return form;
}

/* The form that the peer likes best of ours. A peer that answers nothing of use
 * (there is none, or a queue that nobody has linked) gets our first choice. */
static guint
gst_gps_pad_choose_form (GstGpsPad * self, GstCaps * ours)
{
  g_autoptr (GstCaps) theirs = gst_pad_peer_query_caps (GST_PAD (self), ours);
  g_autoptr (GstCaps) common = NULL;

  if (gst_caps_is_any (theirs))
    return 0;
  common = gst_caps_intersect_full (ours, theirs, GST_CAPS_INTERSECT_FIRST);
  return gst_caps_is_empty (common) ? 0 : gst_gps_pad_find_form (ours, common);
}

static void
gst_gps_pad_drop_document (GstGpsPad * self)
{
  if (self->writer)
    self->forms->close (g_steal_pointer (&self->writer));
  self->begun = FALSE;
  self->has_held = FALSE;
}

static void
gst_gps_pad_negotiate (GstGpsPad * self)
{
  g_autoptr (GstCaps) ours = self->forms->get_caps ();
  guint form = gst_gps_pad_choose_form (self, ours);
  g_autoptr (GstCaps) caps = gst_caps_copy_nth (ours, form);
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (GST_PAD (self));

  if (self->writer && self->form == form)
    return;
  gst_gps_pad_drop_document (self);
  self->writer = self->forms->open (form);
  self->form = form;
  GST_DEBUG_OBJECT (self, "caps %" GST_PTR_FORMAT, caps);
  /* A peer that refuses says so when it is given a buffer. */
  if (!current || !gst_caps_is_equal (caps, current))
    (void) gst_pad_push_event (GST_PAD (self), gst_event_new_caps (caps));
}

/* How long the fix at time is likely to hold. */
static GstClockTime
gst_gps_pad_predict_duration (GstGpsPad * self, GstClockTime time)
{
  GstClockTime longest = 0;

  if (self->n_intervals == 0)
    self->intervals[self->n_intervals++] = FIRST_INTERVAL;
  else if (time > self->segment.position)
    self->intervals[self->n_intervals++ % N_INTERVALS] =
        MIN (time - self->segment.position, MAX_INTERVAL);
  for (guint i = 0; i < MIN (self->n_intervals, N_INTERVALS); i++)
    longest = MAX (longest, self->intervals[i]);
  return longest;
}

static void
gst_gps_pad_set_position (GstGpsPad * self, GstClockTime time)
{
  self->segment.position = time;
  g_mutex_lock (&self->lock);
  self->position = gst_segment_to_stream_time (&self->segment,
      GST_FORMAT_TIME, time);
  g_mutex_unlock (&self->lock);
}

static GstFlowReturn
gst_gps_pad_push_bytes (GstGpsPad * self, GBytes * bytes,
    const GstGpsPadItem * item)
{
  GstBuffer *buffer;

  if (!bytes)
    return GST_FLOW_OK;
  if (g_bytes_get_size (bytes) == 0) {
    g_bytes_unref (bytes);
    return GST_FLOW_OK;
  }
  buffer = gst_buffer_new_wrapped_bytes (bytes);
  g_bytes_unref (bytes);
  if (item) {
    GST_BUFFER_PTS (buffer) = item->time;
    if (!self->forms->is_document (self->writer))
      GST_BUFFER_DURATION (buffer) =
          gst_gps_pad_predict_duration (self, item->time);
    gst_gps_pad_set_position (self, item->time);
    if (self->forms->are_fixes)
      gst_buffer_add_gps_meta (buffer, &item->fix);
    if (item->new_segment)
      GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  } else {
    GST_BUFFER_PTS (buffer) = self->segment.position;
  }
  return gst_pad_push (GST_PAD (self), buffer);
}

/* The start of the document, as soon as there is a segment to send it in. */
static GstFlowReturn
gst_gps_pad_begin (GstGpsPad * self)
{
  if (g_atomic_int_compare_and_exchange (&self->unlinked, 1, 0))
    gst_gps_pad_drop_document (self);
  if (gst_pad_check_reconfigure (GST_PAD (self)) || !self->writer)
    gst_gps_pad_negotiate (self);
  if (self->begun)
    return GST_FLOW_OK;

  self->begun = TRUE;
  return gst_gps_pad_push_bytes (self, self->forms->begin (self->writer), NULL);
}

static GstFlowReturn
gst_gps_pad_write_held (GstGpsPad * self)
{
  if (!self->has_held)
    return GST_FLOW_OK;
  self->has_held = FALSE;
  return gst_gps_pad_push_bytes (self, self->forms->add (self->writer,
          &self->held.fix, self->held.time, self->held.new_segment),
      &self->held);
}

/* A fix of a document waits for its successor, that may take its place. */
static GstFlowReturn
gst_gps_pad_process_fix (GstGpsPad * self, const GstGpsPadItem * item)
{
  GstFlowReturn flow = gst_gps_pad_begin (self);
  gboolean new_segment = item->new_segment;

  if (flow != GST_FLOW_OK)
    return flow;
  if (item->replace && self->has_held)
    new_segment |= self->held.new_segment;
  else
    flow = gst_gps_pad_write_held (self);

  self->held = *item;
  self->held.new_segment = new_segment;
  self->has_held = TRUE;
  if (flow == GST_FLOW_OK && (!self->forms->are_fixes
          || !self->forms->is_document (self->writer)))
    flow = gst_gps_pad_write_held (self);
  return flow;
}

static GstFlowReturn
gst_gps_pad_finish (GstGpsPad * self)
{
  GstFlowReturn flow = gst_gps_pad_begin (self);

  if (flow == GST_FLOW_OK)
    flow = gst_gps_pad_write_held (self);
  if (flow == GST_FLOW_OK)
    flow = gst_gps_pad_push_bytes (self, self->forms->end (self->writer), NULL);
  gst_gps_pad_drop_document (self);
  return flow;
}

static GstFlowReturn
gst_gps_pad_process_event (GstGpsPad * self, GstEvent * event)
{
  GstFlowReturn flow = GST_FLOW_OK;
  gboolean is_segment = GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT;

  if (is_segment) {
    /* Caps come first, as in every stream. */
    if (gst_pad_check_reconfigure (GST_PAD (self)) || !self->writer)
      gst_gps_pad_negotiate (self);
    gst_event_copy_segment (event, &self->segment);
    gst_gps_pad_set_position (self, self->segment.start);
    self->n_intervals = 0;
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    flow = gst_gps_pad_finish (self);
  }
  (void) gst_pad_push_event (GST_PAD (self), event);
  return is_segment ? gst_gps_pad_begin (self) : flow;
}

/* Whoever is linked later, or again behind a flush, gets a whole document. */
static GstFlowReturn
gst_gps_pad_process (GstGpsPad * self, GstGpsPadItem * item)
{
  GstFlowReturn flow;

  if (item->event)
    flow = gst_gps_pad_process_event (self, g_steal_pointer (&item->event));
  else
    flow = gst_gps_pad_process_fix (self, item);
  if (flow == GST_FLOW_NOT_LINKED || flow == GST_FLOW_FLUSHING)
    gst_gps_pad_drop_document (self);
  return flow;
}

/* Nobody else tells, for the task has no element of its own that could. */
static void
gst_gps_pad_complain (GstGpsPad * self)
{
  g_autoptr (GstElement) parent = gst_pad_get_parent_element (GST_PAD (self));

  if (parent)
    GST_ELEMENT_ERROR (parent, STREAM, FORMAT,
        ("What follows the pad %s takes none of the forms that it has.",
            GST_OBJECT_NAME (self)), (NULL));
}

static void
gst_gps_pad_set_flow (GstGpsPad * self, GstFlowReturn flow)
{
  gboolean is_new;

  g_mutex_lock (&self->lock);
  is_new = self->flow != flow;
  self->flow = flow;
  g_mutex_unlock (&self->lock);

  if (is_new)
    GST_DEBUG_OBJECT (self, "flow is now %s", gst_flow_get_name (flow));
  if (is_new && flow == GST_FLOW_NOT_NEGOTIATED)
    gst_gps_pad_complain (self);
}

/* It does not wait, but is paused: whoever is told of the pad may want its
 * STREAM_LOCK, as decodebin does. */
static void
gst_gps_pad_loop (gpointer user_data)
{
  GstGpsPad *self = user_data;
  GstGpsPadItem *item;
  GstFlowReturn flow;

  g_mutex_lock (&self->lock);
  if (self->flushing || self->stopped || g_queue_is_empty (&self->items)) {
    (void) gst_pad_pause_task (GST_PAD (self));
    g_mutex_unlock (&self->lock);
    return;
  }
  item = g_queue_pop_head (&self->items);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);

  flow = gst_gps_pad_process (self, item);
  gst_gps_pad_item_free (item);
  gst_gps_pad_set_flow (self, flow);
}

static void
gst_gps_pad_set_flushing (GstGpsPad * self, gboolean flushing)
{
  g_mutex_lock (&self->lock);
  self->flushing = flushing;
  gst_gps_pad_clear_items (self, FALSE);
  if (!flushing)
    self->flow = GST_FLOW_OK;
  gst_gps_pad_wake (self);
  g_mutex_unlock (&self->lock);
}

void
gst_gps_pad_send_event (GstGpsPad * self, GstEvent * event)
{
  GstPad *pad = GST_PAD (self);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      gst_gps_pad_set_flushing (self, TRUE);
      (void) gst_pad_push_event (pad, event);
      break;
    case GST_EVENT_FLUSH_STOP:
      /* Waits for the task, that has the document. */
      GST_PAD_STREAM_LOCK (pad);
      gst_gps_pad_drop_document (self);
      (void) gst_pad_push_event (pad, event);
      gst_gps_pad_set_flushing (self, FALSE);
      GST_PAD_STREAM_UNLOCK (pad);
      break;
    default:
      (void) gst_pad_push_event (pad, event);
      break;
  }
}

static gboolean
gst_gps_pad_activate_mode (GstPad * pad, GstObject * parent, GstPadMode mode,
    gboolean active)
{
  GstGpsPad *self = GST_GPS_PAD (pad);

  if (mode != GST_PAD_MODE_PUSH)
    return FALSE;
  if (active) {
    gst_segment_init (&self->segment, GST_FORMAT_TIME);
    /* A new task is announced by a message: not under the lock. */
    (void) gst_pad_start_task (pad, gst_gps_pad_loop, self, NULL);
  }
  gst_gps_pad_set_flushing (self, !active);
  if (active)
    return TRUE;
  (void) gst_pad_stop_task (pad);
  gst_gps_pad_drop_document (self);
  return TRUE;
}

static void
gst_gps_pad_unlink (GstPad * pad, GstObject * parent)
{
  g_atomic_int_set (&GST_GPS_PAD (pad)->unlinked, 1);
}

static void
gst_gps_pad_finalize (GObject * object)
{
  GstGpsPad *self = GST_GPS_PAD (object);

  gst_gps_pad_clear_items (self, TRUE);
  gst_gps_pad_drop_document (self);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (gst_gps_pad_parent_class)->finalize (object);
}

static void
gst_gps_pad_class_init (GstGpsPadClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = gst_gps_pad_finalize;
}

static void
gst_gps_pad_init (GstGpsPad * self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->items);
  self->flushing = TRUE;
  self->flow = GST_FLOW_OK;
  self->position = GST_CLOCK_TIME_NONE;
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
}

GstPad *
gst_gps_pad_new (GstPadTemplate * templ, const gchar * name,
    const GstGpsForms * forms)
{
  GstPad *pad = g_object_new (GST_TYPE_GPS_PAD, "name", name, "template",
      templ, "direction", templ->direction, NULL);

  GST_GPS_PAD (pad)->forms = forms;
  gst_pad_set_activatemode_function (pad, gst_gps_pad_activate_mode);
  gst_pad_set_unlink_function (pad, gst_gps_pad_unlink);
  return pad;
}
