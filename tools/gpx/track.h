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
  gint64 time_offset;           /* seconds, at most a day, added to each time: see settle_recording() */
  gint64 gap_us;                /* a longer pause starts a new segment */
  gint64 trip_gap_us;           /* a longer one starts a new track; 0: none does */
  gboolean keep_order;          /* of the clips and of what is in them */
  gboolean drop_outliers;       /* what no car can reach */
  GTimeZone *zone;              /* assumed of a local clock, or NULL: none is */
  gchar *zone_name;             /* its name, or NULL: that of this machine */
  gboolean has_bearing;         /* it is known where the camera looks: */
  gdouble bearing_offset;       /* degrees from the course, clockwise, 0 to 360 */
} TrackOptions;

typedef struct
{
  GstGpsFix fix;
  gboolean new_segment;
  guint clip;                   /* index of its recording */
  gint64 media_us;              /* when the media of that come to it, or -1 */
} TrackPoint;

/* One trip. */
typedef struct
{
  gchar *name;                  /* or NULL */
  Spool *points;                /* TrackPoint, also those of other tracks: */
  guint first;                  /* index of the first of this one */
  guint n_points;               /* at least one */
} Track;

/* Fixes on their way into tracks. */
Spool *track_new_items (void);

/* Adds the fixes of a clip; clip: its index. */
void track_add_clip (Spool * items, const Recording * recording, guint clip);

/* A list for the points of any number of tracks. */
Spool *track_new_points (void);

/* Makes clean tracks of the fixes of several clips, in the order of time
 * whatever that of the clips, without voids and duplicates. Where clips have
 * the same time, such as those of two cameras in one car, the first clip
 * counts. Times of UTC, be it by an assumed time zone, and such of a local clock
 * cannot be compared: the former come first, and are tracks of their own. What has no time stays behind the
 * fix that is before it in its clip; clips without any time come last, as they
 * are, each with a segment of its own. Sorts items, and adds to points, which the
 * tracks share. Returns Track elements without names. */
GPtrArray *track_build (Spool * items, const TrackOptions * options,
    Spool * points);

/* A track without points; those that it gets are added to points, which has
 * none of a later track. */
Track *track_new (Spool * points);
void track_add (Track * self, const TrackPoint * point);

/* A point of the track, until the next call for the points of any. */
const TrackPoint *track_get_point (const Track * self, guint at);

/* Gives each track the time of its first fix as its name, if it has one. */
void track_name_by_time (GPtrArray * tracks);

/* Writes all tracks as one document. name: its own, or NULL. time_index: of
 * GstGpsTimeIndex elements, or NULL. */
gboolean track_write (GPtrArray * tracks, GstGpsFormat format,
    const gchar * name, GArray * time_index, GOutputStream * stream,
    GError ** error);

void track_free (Track * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Track, track_free)
    G_END_DECLS
