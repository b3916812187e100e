/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpsclock.h"
#include "gstgpspad.h"
#include "wire/dialect.h"

G_BEGIN_DECLS

/* The stream of one GPS pad: takes the records as the tap finds them, and gives
 * the pad its events and fixes in step with the media. Thread-safe. */
typedef struct _GstGpsStream GstGpsStream;

GstGpsStream *gst_gps_stream_new (void);
void gst_gps_stream_free (GstGpsStream * self);

/* A new recording. gap: a longer pause between fixes starts a segment. */
void gst_gps_stream_reset (GstGpsStream * self, GstClockTime gap);

/* offset: seconds that are added to each fix's time. */
void gst_gps_stream_set_clock (GstGpsStream * self, GstGpsClock clock,
    gint64 offset);

/* Takes a reference; NULL lets the pad go. */
void gst_gps_stream_set_pad (GstGpsStream * self, GstGpsPad * pad);

/* A record as the tap tells it: see GstGpsTapCallbacks. */
void gst_gps_stream_found (GstGpsStream * self, guint64 offset, guint index,
    GstClockTime time, const Dialect * dialect, const GpsRecord * record);
gboolean gst_gps_stream_has_fix (GstGpsStream * self);

/* A segment begins. media_start: STREAM_START of the media that the fixes
 * belong to, or NULL; used the first time. */
void gst_gps_stream_segment (GstGpsStream * self, GstEvent * segment,
    GstEvent * media_start);

/* The media has come to time, reading the file up to offset reach. */
void gst_gps_stream_advance (GstGpsStream * self, GstClockTime time,
    guint64 reach);

/* No media sets the pace: gives all that is there. */
void gst_gps_stream_release (GstGpsStream * self);

/* The rest, and EOS. */
void gst_gps_stream_end (GstGpsStream * self);

/* The media was flushed, or starts to be. */
void gst_gps_stream_flush (GstGpsStream * self, GstEvent * event);

/* Without media: gives the track again from where the seek wants it. */
gboolean gst_gps_stream_seek (GstGpsStream * self, GstEvent * seek);

/* What the pad's last push returned; OK also while it is being flushed. */
GstFlowReturn gst_gps_stream_get_flow (GstGpsStream * self);

G_END_DECLS
