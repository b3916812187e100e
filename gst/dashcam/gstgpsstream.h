/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpspad.h"
#include "gstgpssettings.h"
#include "wire/dialect.h"

G_BEGIN_DECLS
/* The stream of one GPS pad: takes the records as the tap finds them, and gives
 * the pad its events and fixes in step with the media. Thread-safe. */
typedef struct _GstGpsStream GstGpsStream;

GstGpsStream *gst_gps_stream_new (void);
void gst_gps_stream_free (GstGpsStream * self);

/* The first stream of a recording has the others, and frees them: what it is told
 * or asked goes for them, too, but for pads and records, and what is said of
 * pictures and as tags. All are added before anything else is done.
 *
 * One of the accelerations that self's records have: */
GstGpsStream *gst_gps_stream_add_acceleration (GstGpsStream * self);

/* One of records that are another's, of another receiver: */
GstGpsStream *gst_gps_stream_add_track (GstGpsStream * self);

/* A new recording. */
void gst_gps_stream_reset (GstGpsStream * self,
    const GstGpsSettings * settings);

/* What may change while data flows counts from the next fix on. */
void gst_gps_stream_set_settings (GstGpsStream * self,
    const GstGpsSettings * settings);

/* The pad, and what it gives. Takes references; NULL lets them go. One that
 * comes late begins with what holds. */
void gst_gps_stream_set_pad (GstGpsStream * self, GstGpsPad * pad,
    GstStream * stream);

/* All streams of the recording, to be told; takes a reference. */
void gst_gps_stream_set_collection (GstGpsStream * self,
    GstStreamCollection * collection);

/* A record as the tap tells it: see GstGpsTapCallbacks. */
void gst_gps_stream_found (GstGpsStream * self, guint64 offset, guint index,
    GstClockTime time, gboolean is_sure, const Dialect * dialect,
    const GpsRecord * record);
gboolean gst_gps_stream_has_fix (GstGpsStream * self);

/* FALSE: the camera has encrypted the places of all of them. */
gboolean gst_gps_stream_has_place (GstGpsStream * self);

/* A block that nobody can decode. */
void gst_gps_stream_found_unreadable (GstGpsStream * self,
    const Dialect * dialect);

/* Posts the summaries of what was found, unless that was told. Not from under a
 * lock. */
void gst_gps_stream_tell (GstGpsStream * self, gboolean at_end);

/* What the first fix says of the recording, and with the property tag-interval
 * later ones: a reference, or NULL. generation: of those that the caller has,
 * brought up to date; with none newer than these the answer is NULL, too. */
GstTagList *gst_gps_stream_get_tags (GstGpsStream * self, guint * generation);

/* The first block before the offset reach of which the media time was not asked
 * for, if any, and the answer, which may be NONE. */
gboolean gst_gps_stream_get_unasked (GstGpsStream * self, guint64 reach,
    guint64 * ret_offset);
void gst_gps_stream_answer (GstGpsStream * self, guint64 offset,
    GstClockTime time);

/* What is known of the recording: where it comes from, or NULL, and when it was
 * made, in microseconds since 1970, or 0. */
void gst_gps_stream_know (GstGpsStream * self, const gchar * uri,
    gint64 creation_us);

/* Every record of the recording was told. */
void gst_gps_stream_set_complete (GstGpsStream * self);

/* Returns TRUE once, when that is so: time to ask for all of them. The first
 * block from the offset from on that the demuxer was not asked for, if any. */
gboolean gst_gps_stream_take_complete (GstGpsStream * self);
gboolean gst_gps_stream_find_unasked (GstGpsStream * self, guint64 from,
    guint64 * ret_offset);

/* The fix that belongs to media time, of those that are known: the nearest, or
 * what lies between two. Returns FALSE when none is near. */
gboolean gst_gps_stream_get_fix (GstGpsStream * self, GstClockTime time,
    gboolean interpolate, GstGpsFix * ret_fix);

/* The stream begins, unless it has. media_start: STREAM_START of the media that
 * the fixes belong to, or NULL. */
void gst_gps_stream_start (GstGpsStream * self, GstEvent * media_start);

/* A segment begins. One that was told before is ignored. */
void gst_gps_stream_segment (GstGpsStream * self, GstEvent * segment);
gboolean gst_gps_stream_has_segment (GstGpsStream * self);

/* The media were asked to seek: what comes with the next segment comes from
 * elsewhere, and may stop before the end. */
void gst_gps_stream_expect_seek (GstGpsStream * self, GstEvent * seek);

/* The media has come to time, reading the file up to offset reach. */
void gst_gps_stream_advance (GstGpsStream * self, GstClockTime time,
    guint64 reach);

/* No media sets the pace: gives all that stands before the offset reach. Waits
 * while very much was given and not taken; for accelerations only if nobody
 * takes fixes. */
void gst_gps_stream_release (GstGpsStream * self, guint64 reach);

/* The rest, and EOS. The media has been read up to offset reach: so far the
 * rest goes if a seek told where to stop. */
void gst_gps_stream_end (GstGpsStream * self, guint64 reach);

/* Where the last of the recording's streams ended; NONE: no end was seen. */
GstClockTime gst_gps_stream_get_end (GstGpsStream * self);

/* Any other event of the media, to be passed on in its place. */
void gst_gps_stream_event (GstGpsStream * self, GstEvent * event);

/* Without media: gives the track again from where the seek wants it. */
gboolean gst_gps_stream_seek (GstGpsStream * self, GstEvent * seek);

/* What the pad's last push returned; OK also while it is being flushed. Where
 * nobody takes these any more, that of the next stream that somebody takes. */
GstFlowReturn gst_gps_stream_get_flow (GstGpsStream * self);

G_END_DECLS
