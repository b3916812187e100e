/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

#include "gstgpsforms.h"

G_BEGIN_DECLS

/* A source pad that gives GPS fixes, or what else comes with them, in the form
 * that its peer wants, from a task of its own: whatever hangs behind it never
 * stops the media. */
#define GST_TYPE_GPS_PAD (gst_gps_pad_get_type ())
G_DECLARE_FINAL_TYPE (GstGpsPad, gst_gps_pad, GST, GPS_PAD, GstPad)

/* forms: never freed. */
GstPad *gst_gps_pad_new (GstPadTemplate * templ, const gchar * name,
    const GstGpsForms * forms);

/* The producer's side. What goes in comes out in order. None of it blocks. */

/* Takes the event, a serialized one. */
void gst_gps_pad_queue_event (GstGpsPad * self, GstEvent * event);

/* replace: in place of the fix queued before, which was not written yet if the
 * form is a document. */
void gst_gps_pad_queue_fix (GstGpsPad * self, const GstGpsFix * fix,
    GstClockTime time, gboolean new_segment, gboolean replace);

/* Waits until less than very much is queued, or the pad is flushed or stopped. */
void gst_gps_pad_wait (GstGpsPad * self);

/* Nothing is taken or given any more, whatever becomes of the pad: it may be
 * activated just now, by the thread that made it. */
void gst_gps_pad_stop (GstGpsPad * self);

/* Takes the event, and sends it past what is queued. FLUSH_START and FLUSH_STOP
 * drop that; a document begins anew behind them. */
void gst_gps_pad_send_event (GstGpsPad * self, GstEvent * event);

/* Stream time of what was given last, or NONE. */
GstClockTime gst_gps_pad_get_position (GstGpsPad * self);

/* What the last push returned: OK while nothing was pushed. */
GstFlowReturn gst_gps_pad_get_flow (GstGpsPad * self);

G_END_DECLS
