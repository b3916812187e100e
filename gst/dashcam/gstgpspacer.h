/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpsnews.h"
#include "gstgpspad.h"
#include "gstgpssettings.h"
#include "gstgpstrack.h"

G_BEGIN_DECLS

/* Gives the pad of a stream its events, and the fixes of the track when the
 * media have come to them. Not thread-safe: its stream's lock guards it, and so
 * the order of what is queued; nothing waits in here. */
typedef struct _GstGpsPacer GstGpsPacer;

/* news: that goes along, or NULL. All outlive it. */
GstGpsPacer *gst_gps_pacer_new (GstGpsTrack * track, GstGpsNews * news,
    const GstGpsSettings * settings);
void gst_gps_pacer_free (GstGpsPacer * self);

/* A new recording. */
void gst_gps_pacer_clear (GstGpsPacer * self);

/* The pad, and what it gives: see gst_gps_stream_set_pad(). */
void gst_gps_pacer_set_pad (GstGpsPacer * self, GstGpsPad * pad,
    GstStream * stream);

/* Not a reference; or NULL. */
GstGpsPad *gst_gps_pacer_get_pad (GstGpsPacer * self);

void gst_gps_pacer_set_collection (GstGpsPacer * self,
    GstStreamCollection * collection);

/* The media have begun: streams of one group belong together. */
void gst_gps_pacer_join (GstGpsPacer * self, guint group_id);
gboolean gst_gps_pacer_has_group (GstGpsPacer * self);

/* A segment begins. One that was told before is ignored. */
void gst_gps_pacer_set_segment (GstGpsPacer * self, GstEvent * event);
gboolean gst_gps_pacer_has_segment (GstGpsPacer * self);

/* The media were asked to seek. */
void gst_gps_pacer_expect_seek (GstGpsPacer * self, GstEvent * seek);

/* The media has come to time, reading the file up to offset reach. */
void gst_gps_pacer_advance (GstGpsPacer * self, GstClockTime time,
    guint64 reach);

/* No media sets the pace: gives all that stands before the offset reach. */
void gst_gps_pacer_release (GstGpsPacer * self, guint64 reach);

/* The rest, and EOS: see gst_gps_stream_end(). */
void gst_gps_pacer_finish (GstGpsPacer * self, guint64 reach);

/* Where the stream ended, as it did so last; or NONE: never yet. */
GstClockTime gst_gps_pacer_get_end (GstGpsPacer * self);

/* Whether the end of the data is the end of the stream. */
gboolean gst_gps_pacer_will_end (GstGpsPacer * self);

/* A flush began or ended. Up to the next segment nothing is queued. */
void gst_gps_pacer_set_flushing (GstGpsPacer * self, gboolean flushing);

/* A seek of our own, without media; the same comes once from each sink. Returns
 * FALSE when it is refused, or was done; ret_ok tells which. */
gboolean gst_gps_pacer_begin_seek (GstGpsPacer * self, GstEvent * seek,
    GstSegment * ret_segment, gboolean * ret_ok);
void gst_gps_pacer_end_seek (GstGpsPacer * self, GstEvent * segment);

G_END_DECLS
