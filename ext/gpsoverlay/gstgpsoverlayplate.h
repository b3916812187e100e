/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The plates: what is on each of them, and how large it is. */

#include "gstgpsoverlaydraw.h"
#include "gstgpsoverlaytext.h"
#include "gstgpsoverlaytrack.h"

G_BEGIN_DECLS

typedef struct
{
  gdouble width;
  gdouble height;
} GstGpsOverlayPlateSize;

#define GST_GPS_OVERLAY_PLATE_INSET 330.0

/* Speed, time, position, altitude: what of the text is not empty. The context
 * is one to measure text with. */
GstGpsOverlayPlateSize gst_gps_overlay_plate_measure_text (cairo_t * cr,
    const GstGpsOverlayText * text);
void gst_gps_overlay_plate_draw_text (cairo_t * cr,
    const GstGpsOverlayText * text);

/* A ribbon of the horizon with the heading in its middle. NAN: not known. */
GstGpsOverlayPlateSize gst_gps_overlay_plate_measure_compass (void);
void gst_gps_overlay_plate_draw_compass (cairo_t * cr, const gchar * heading,
    gdouble course);

/* Draws the points from first on into a square of the inset's size. */
void gst_gps_overlay_plate_draw_track (cairo_t * cr,
    const GstGpsOverlayTrack * track, const GstGpsOverlayView * view,
    guint first);

/* The rest of the inset: start, camera, north, scale bar. The camera is where
 * the track ends; course NAN: a dot; here FALSE: it is not known where. */
void gst_gps_overlay_plate_draw_marks (cairo_t * cr,
    const GstGpsOverlayTrack * track, const GstGpsOverlayView * view,
    gdouble course, gboolean here, GstGpsOverlayUnits units);

G_END_DECLS
