/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* From fixes to rectangles on a picture: what is shown when, and what has to be
 * drawn again. For one thread. */

#include <gst/video/video.h>

#include "gstgpsoverlayblend.h"
#include "gstgpsoverlayplate.h"

G_BEGIN_DECLS

typedef enum
{
  GST_GPS_OVERLAY_SCENE_TEXT,
  GST_GPS_OVERLAY_SCENE_COMPASS,
  GST_GPS_OVERLAY_SCENE_TRACK
} GstGpsOverlayScenePlate;

#define GST_GPS_OVERLAY_SCENE_PLATES 3

/* One of both, as the format of the picture asks for; or none. */
typedef struct
{
  GstGpsOverlayBlend *blend;
  GstVideoOverlayComposition *composition;
} GstGpsOverlaySceneDrawing;

typedef struct
{
  GstGpsOverlaySettings settings;       /* with which it was drawn */

  /* the picture */
  GstVideoInfo picture;
  gboolean has_picture;
  gdouble aspect;               /* of its pixels */
  gdouble width, height;        /* the same in units */
  gdouble pixels_x, pixels_y;   /* per unit */

  /* what is known */
  GstGpsOverlayItems seen;      /* that a fix had since the start */
  GstGpsFix fix;
  gboolean has_fix;             /* and it is not too old */
  GstClockTime fix_time;        /* both on the track's clock */
  GstClockTime now;
  GstClockTime base;            /* where this stream begins on it */
  GstGpsOverlayTrack track;

  /* what is drawn */
  GstGpsOverlaySceneDrawing plates[GST_GPS_OVERLAY_SCENE_PLATES];
  cairo_t *ruler;               /* to measure text with */
  GstGpsOverlayText text;
  GstClockTime text_time;
  gdouble course;               /* of the compass, NAN: not known */
  GstGpsOverlayText heading;    /* what stands below it */
  cairo_surface_t *layer;       /* the track without its newest points */
  GstGpsOverlayView view;
  guint layer_points;
  guint layer_generation;
  gdouble camera_x, camera_y, camera_course;    /* of the inset */
  gboolean camera_here;
  cairo_status_t status;        /* the first failure to draw */
} GstGpsOverlayScene;

void gst_gps_overlay_scene_init (GstGpsOverlayScene * self);
void gst_gps_overlay_scene_clear (GstGpsOverlayScene * self);

/* Forgets all but the picture. */
void gst_gps_overlay_scene_reset (GstGpsOverlayScene * self);

void gst_gps_overlay_scene_set_picture (GstGpsOverlayScene * self,
    const GstVideoInfo * info);
void gst_gps_overlay_scene_set_settings (GstGpsOverlayScene * self,
    const GstGpsOverlaySettings * settings);

/* The position changes: what was shown is not what will be. */
void gst_gps_overlay_scene_flush (GstGpsOverlayScene * self);

/* Another stream follows, whose time begins anew. */
void gst_gps_overlay_scene_start_stream (GstGpsOverlayScene * self);

/* A picture at this stream time, with its fix or NULL. */
void gst_gps_overlay_scene_update (GstGpsOverlayScene * self,
    const GstGpsFix * fix, GstClockTime time);

/* Whether nothing belongs on it. */
gboolean gst_gps_overlay_scene_is_empty (const GstGpsOverlayScene * self);

void gst_gps_overlay_scene_blend (const GstGpsOverlayScene * self,
    GstVideoFrame * frame);

G_END_DECLS
