/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gps.h>

#include "recording.h"

G_BEGIN_DECLS
/* What the owner of a camera knows of its clock. */

typedef enum
{
  TRACK_CLOCK_AUTO,
  TRACK_CLOCK_UTC,
  TRACK_CLOCK_LOCAL
} TrackClock;

typedef struct
{
  TrackClock clock;
  gint64 time_offset;           /* seconds, at most a day, added to each time */
  gint64 gap_us;                /* a longer pause starts a new segment */
} TrackOptions;

typedef struct
{
  GstGpsFix fix;
  gboolean new_segment;
  guint clip;                   /* index of its recording */
  gint64 media_us;              /* when the media of that come to it, or -1 */
} TrackPoint;

/* Makes one clean track of the records of several clips, in the order of time
 * whatever that of the clips, without voids and duplicates. Times of UTC and
 * such of a local clock cannot be compared: the former come first. What has no
 * time stays behind the fix that is before it in its clip; clips without any
 * time come last, as they are, each with a segment of its own. Returns
 * TrackPoint elements. */
GArray *track_build (GPtrArray * recordings, const TrackOptions * options);

/* Writes the track as a document. name: of the track, or NULL. time_index: of
 * GstGpsTimeIndex elements, or NULL. */
gboolean track_write (GArray * points, GstGpsFormat format,
    const gchar * name, GArray * time_index, GOutputStream * stream,
    GError ** error);

G_END_DECLS
