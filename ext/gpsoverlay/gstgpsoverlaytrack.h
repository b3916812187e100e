/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The track so far, in a memory that has a bound, and the part of the earth
 * that a picture of it shows. Draws nothing. */

#include <gst/gst.h>

G_BEGIN_DECLS

/* When there are so many points, those that matter least are dropped. More
 * could not be told apart in the small picture. */
#define GST_GPS_OVERLAY_TRACK_MAX 4096

typedef struct
{
  GstClockTime time;            /* stream time */
  gdouble latitude;             /* degrees */
  gdouble longitude;            /* degrees, without a jump at 180 */
  gboolean first;               /* no line leads here */
} GstGpsOverlayPoint;

typedef struct
{
  GArray *points;               /* of GstGpsOverlayPoint */
  gdouble step;                 /* metres; what is closer to the last point is no new one */
  guint generation;             /* another one: points went, not only came */
  GstGpsOverlayPoint last;      /* where the camera is, if has_last is set */
  gboolean has_last;
  GstGpsOverlayPoint start;     /* the first point of all, if there are points */
  gdouble south, north, west, east;     /* of what the points and the last one span */
} GstGpsOverlayTrack;

void gst_gps_overlay_track_init (GstGpsOverlayTrack * self);
void gst_gps_overlay_track_clear (GstGpsOverlayTrack * self);

/* Forgets everything. */
void gst_gps_overlay_track_reset (GstGpsOverlayTrack * self);

/* Forgets what is not before this time. */
void gst_gps_overlay_track_rewind (GstGpsOverlayTrack * self,
    GstClockTime time);

/* Takes a valid position. One that is not later than the last one rewinds. */
void gst_gps_overlay_track_add (GstGpsOverlayTrack * self, GstClockTime time,
    gdouble latitude, gdouble longitude);

/* A square of the earth, north up, with one scale in all directions. */
typedef struct
{
  gdouble extent;               /* metres along an edge; 0: not fitted yet */
  gdouble latitude;             /* of the centre */
  gdouble longitude;
} GstGpsOverlayView;

/* Makes the view show the whole track. It stays as it is as long as that is
 * still true, so that the picture does not creep. Returns whether it changed. */
gboolean gst_gps_overlay_track_fit (const GstGpsOverlayTrack * self,
    GstGpsOverlayView * view);

/* Where a point is in the view: x and y from -0.5 to 0.5, y down. */
void gst_gps_overlay_track_project (const GstGpsOverlayView * view,
    const GstGpsOverlayPoint * point, gdouble * ret_x, gdouble * ret_y);

/* Metres between two positions that are not far from each other. */
gdouble gst_gps_overlay_track_distance (const GstGpsOverlayPoint * a,
    const GstGpsOverlayPoint * b);

G_END_DECLS
