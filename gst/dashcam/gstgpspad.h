/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

G_BEGIN_DECLS

/* A source pad that gives GPS fixes in the form that its peer wants, from a
 * task of its own: whatever hangs behind it never stops the media. */
#define GST_TYPE_GPS_PAD (gst_gps_pad_get_type ())
G_DECLARE_FINAL_TYPE (GstGpsPad, gst_gps_pad, GST, GPS_PAD, GstPad)

GstPad *gst_gps_pad_new (GstPadTemplate * templ, const gchar * name);

/* The producer's side; any one thread at a time. What goes in comes out in
 * order. Blocks while very much is queued, until it is taken or flushed. */

/* Takes the event, a serialized one. */
void gst_gps_pad_queue_event (GstGpsPad * self, GstEvent * event);

/* replace: in place of the fix queued before, which was not written yet if the
 * form is a document. */
void gst_gps_pad_queue_fix (GstGpsPad * self, const GstGpsFix * fix,
    GstClockTime time, gboolean new_segment, gboolean replace);

/* Takes the event (FLUSH_START, FLUSH_STOP), forwards it at once, and drops
 * what is queued. */
void gst_gps_pad_flush (GstGpsPad * self, GstEvent * event);

/* What the last push returned: OK while nothing was pushed. */
GstFlowReturn gst_gps_pad_get_flow (GstGpsPad * self);

/* The track's name in documents, such as that of the file. */
void gst_gps_pad_set_track_name (GstGpsPad * self, const gchar * name);

G_END_DECLS
