/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Shapes and text for the plates. All lengths are in units: 1080 of them are
 * the height of a picture. */

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* How far the content of a plate keeps from its edge. */
#define GST_GPS_OVERLAY_DRAW_PADDING 22.0

typedef enum
{
  GST_GPS_OVERLAY_DRAW_WHITE,
  GST_GPS_OVERLAY_DRAW_GREY,
  GST_GPS_OVERLAY_DRAW_DARK,
  GST_GPS_OVERLAY_DRAW_AMBER,
  GST_GPS_OVERLAY_DRAW_GREEN
} GstGpsOverlayDrawColor;

void gst_gps_overlay_draw_set_color (cairo_t * cr,
    GstGpsOverlayDrawColor color, gdouble alpha);

/* The dark ground that makes what is on it readable on a bright scene. */
void gst_gps_overlay_draw_plate (cairo_t * cr, gdouble width, gdouble height,
    gdouble opacity);

/* For text that is as wide at each place, so that it does not jump. */
void gst_gps_overlay_draw_set_font (cairo_t * cr, cairo_font_weight_t weight,
    gdouble size);

/* All digits, figure spaces and dashes are equally wide. */
gdouble gst_gps_overlay_draw_get_width (cairo_t * cr, const gchar * text);

/* From x on, on the base line y, with a dark edge. Returns where it ends. */
gdouble gst_gps_overlay_draw_text (cairo_t * cr, const gchar * text,
    gdouble x, gdouble y, GstGpsOverlayDrawColor color);

void gst_gps_overlay_draw_centered (cairo_t * cr, const gchar * text,
    gdouble x, gdouble y, GstGpsOverlayDrawColor color);

/* Strokes the path with a dark edge, and forgets it. */
void gst_gps_overlay_draw_line (cairo_t * cr, gdouble width,
    GstGpsOverlayDrawColor color);

/* The two parts of such a line; the first one keeps the path. */
void gst_gps_overlay_draw_edge (cairo_t * cr, gdouble width);
void gst_gps_overlay_draw_core (cairo_t * cr, gdouble width,
    GstGpsOverlayDrawColor color);

/* Fills the path with a dark edge, and forgets it. */
void gst_gps_overlay_draw_shape (cairo_t * cr, GstGpsOverlayDrawColor color);

G_END_DECLS
