/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopepicture.h"

G_BEGIN_DECLS

/* Pictures, and the events that go before them, on their way from the I/O
 * thread to the streaming thread. Of pictures the newest are kept. */
typedef struct _GstBorescopeQueue GstBorescopeQueue;

GstBorescopeQueue *gst_borescope_queue_new (void);
void gst_borescope_queue_free (GstBorescopeQueue * self);

/* Empties the queue. */
void gst_borescope_queue_start (GstBorescopeQueue * self, guint max_pictures);

/* While closed it takes nothing; closing empties it of pictures. */
void gst_borescope_queue_set_open (GstBorescopeQueue * self, gboolean open);

/* Makes gst_borescope_queue_pop() return, now and until it is unset. */
void gst_borescope_queue_set_flushing (GstBorescopeQueue * self,
    gboolean flushing);

/* No picture will follow: gst_borescope_queue_pop() returns GST_FLOW_ERROR. */
void gst_borescope_queue_fail (GstBorescopeQueue * self);

/* Takes the buffer, which has its PTS. */
void gst_borescope_queue_push (GstBorescopeQueue * self,
    const GstBorescopePicture * picture);

/* Takes the event; it goes before the first picture whose PTS is later than the
 * running time, or before the next one if that is GST_CLOCK_TIME_NONE. */
void gst_borescope_queue_push_event (GstBorescopeQueue * self,
    GstEvent * event, GstClockTime running_time);

/* What downstream tells of its lateness. */
void gst_borescope_queue_set_qos (GstBorescopeQueue * self,
    gdouble proportion, GstClockTimeDiff jitter, GstClockTime timestamp);

typedef struct
{
  GstBorescopePicture picture;
  GList *events;                /* GstEvent, to be pushed first; (transfer full) */
  GstMessage *qos;              /* (nullable), to be posted */
} GstBorescopeQueueItem;

/* Waits for a picture: OK, FLUSHING or ERROR. */
GstFlowReturn gst_borescope_queue_pop (GstBorescopeQueue * self,
    GstObject * owner, GstBorescopeQueueItem * ret_item);

typedef struct
{
  guint64 pushed;
  guint64 overrun;              /* dropped for newer ones */
  guint64 late;                 /* dropped as downstream is late */
} GstBorescopeQueueCounts;

void gst_borescope_queue_get_counts (GstBorescopeQueue * self,
    GstBorescopeQueueCounts * ret_counts);

G_END_DECLS
