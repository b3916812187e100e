/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpstrack.h"

G_BEGIN_DECLS

/* The fixes of a track that are known so far by media time, to look up which
 * belong to a picture. Not thread-safe, as the track. */
typedef struct _GstGpsTimeline GstGpsTimeline;

/* What belongs to a media time: the entry before or, with a fraction above 0,
 * that part of the way from it to the entry behind. Indices of the track. */
typedef struct
{
  guint before;
  guint behind;
  gdouble fraction;
} GstGpsTimelinePlace;

/* The track outlives it. */
GstGpsTimeline *gst_gps_timeline_new (GstGpsTrack * track);
void gst_gps_timeline_free (GstGpsTimeline * self);

/* Over a longer gap than the track's, or between segments, nothing is
 * interpolated; a fix holds for half of that gap. Returns FALSE when no fix is
 * that near. */
gboolean gst_gps_timeline_find (GstGpsTimeline * self, GstClockTime time,
    gboolean interpolate, GstGpsTimelinePlace * ret_place);

G_END_DECLS
