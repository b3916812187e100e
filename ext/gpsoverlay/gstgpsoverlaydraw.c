/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>

#include "gstgpsoverlaydraw.h"

#define FONT "Sans"
#define FIGURE_SPACE 0x2007
#define EN_DASH 0x2013

#define RADIUS 16.0

/* What is read on the plate, and without one as well. */
#define EDGE_ALPHA 0.55
#define EDGE_WIDTH 3.0

static const gdouble gst_gps_overlay_draw_colors[][3] = {
  [GST_GPS_OVERLAY_DRAW_WHITE] = {1.0, 1.0, 1.0},
  [GST_GPS_OVERLAY_DRAW_GREY] = {0.78, 0.82, 0.86},
  [GST_GPS_OVERLAY_DRAW_DARK] = {0.03, 0.04, 0.06},
  [GST_GPS_OVERLAY_DRAW_AMBER] = {1.0, 0.74, 0.18},
  [GST_GPS_OVERLAY_DRAW_GREEN] = {0.35, 0.86, 0.45},
};

void
gst_gps_overlay_draw_set_color (cairo_t * cr, GstGpsOverlayDrawColor color,
    gdouble alpha)
{
  const gdouble *rgb = gst_gps_overlay_draw_colors[color];

  cairo_set_source_rgba (cr, rgb[0], rgb[1], rgb[2], alpha);
}

static void
gst_gps_overlay_draw_rounded (cairo_t * cr, gdouble inset, gdouble width,
    gdouble height)
{
  gdouble r = RADIUS - inset;
  gdouble right = width - inset - r, bottom = height - inset - r;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right, inset + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, right, bottom, r, 0.0, G_PI_2);
  cairo_arc (cr, inset + r, bottom, r, G_PI_2, G_PI);
  cairo_arc (cr, inset + r, inset + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
gst_gps_overlay_draw_plate (cairo_t * cr, gdouble width, gdouble height,
    gdouble opacity)
{
  cairo_save (cr);
  gst_gps_overlay_draw_rounded (cr, 0.0, width, height);
  gst_gps_overlay_draw_set_color (cr, GST_GPS_OVERLAY_DRAW_DARK, opacity);
  cairo_fill (cr);
  gst_gps_overlay_draw_rounded (cr, 1.0, width, height);
  gst_gps_overlay_draw_set_color (cr, GST_GPS_OVERLAY_DRAW_WHITE,
      opacity * 0.28);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
gst_gps_overlay_draw_set_font (cairo_t * cr, cairo_font_weight_t weight,
    gdouble size)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  cairo_select_font_face (cr, FONT, CAIRO_FONT_SLANT_NORMAL, weight);
  cairo_set_font_size (cr, size);
}

static gdouble
gst_gps_overlay_draw_get_advance (cairo_t * cr, const gchar * text)
{
  cairo_text_extents_t extents;

  cairo_text_extents (cr, text, &extents);
  return extents.x_advance;
}

/* The widest digit: not in every font they are all the same. */
static gdouble
gst_gps_overlay_draw_get_cell (cairo_t * cr)
{
  gdouble cell = 0.0;

  for (guint i = 0; i < 10; i++) {
    const gchar digit[] = { (gchar) ('0' + i), '\0' };

    cell = MAX (cell, gst_gps_overlay_draw_get_advance (cr, digit));
  }
  return cell;
}

/* Adds the text to the path, if draw is set. Returns where it ends. */
static gdouble
gst_gps_overlay_draw_lay_out (cairo_t * cr, const gchar * text, gdouble x,
    gdouble y, gboolean draw)
{
  gdouble cell = gst_gps_overlay_draw_get_cell (cr);

  for (const gchar * p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gchar character[8] = "";
    gdouble advance, width;

    (void) g_unichar_to_utf8 (c, character);
    advance = gst_gps_overlay_draw_get_advance (cr, character);
    width = g_ascii_isdigit (c) || c == FIGURE_SPACE || c == EN_DASH
        ? cell : advance;
    if (draw && c != FIGURE_SPACE) {
      cairo_move_to (cr, x + (width - advance) / 2.0, y);
      cairo_text_path (cr, character);
    }
    x += width;
  }
  return x;
}

gdouble
gst_gps_overlay_draw_get_width (cairo_t * cr, const gchar * text)
{
  return gst_gps_overlay_draw_lay_out (cr, text, 0.0, 0.0, FALSE);
}

void
gst_gps_overlay_draw_shape (cairo_t * cr, GstGpsOverlayDrawColor color)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, EDGE_WIDTH);
  gst_gps_overlay_draw_set_color (cr, GST_GPS_OVERLAY_DRAW_DARK, EDGE_ALPHA);
  cairo_stroke_preserve (cr);
  gst_gps_overlay_draw_set_color (cr, color, 1.0);
  cairo_fill (cr);
}

gdouble
gst_gps_overlay_draw_text (cairo_t * cr, const gchar * text, gdouble x,
    gdouble y, GstGpsOverlayDrawColor color)
{
  cairo_new_path (cr);
  x = gst_gps_overlay_draw_lay_out (cr, text, x, y, TRUE);
  gst_gps_overlay_draw_shape (cr, color);
  return x;
}

void
gst_gps_overlay_draw_centered (cairo_t * cr, const gchar * text, gdouble x,
    gdouble y, GstGpsOverlayDrawColor color)
{
  gdouble width = gst_gps_overlay_draw_get_width (cr, text);

  (void) gst_gps_overlay_draw_text (cr, text, x - width / 2.0, y, color);
}

static void
gst_gps_overlay_draw_stroke (cairo_t * cr, gdouble width)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, width);
  cairo_stroke_preserve (cr);
}

void
gst_gps_overlay_draw_edge (cairo_t * cr, gdouble width)
{
  gst_gps_overlay_draw_set_color (cr, GST_GPS_OVERLAY_DRAW_DARK, EDGE_ALPHA);
  gst_gps_overlay_draw_stroke (cr, width + EDGE_WIDTH);
}

void
gst_gps_overlay_draw_core (cairo_t * cr, gdouble width,
    GstGpsOverlayDrawColor color)
{
  gst_gps_overlay_draw_set_color (cr, color, 1.0);
  gst_gps_overlay_draw_stroke (cr, width);
  cairo_new_path (cr);
}

void
gst_gps_overlay_draw_line (cairo_t * cr, gdouble width,
    GstGpsOverlayDrawColor color)
{
  gst_gps_overlay_draw_edge (cr, width);
  gst_gps_overlay_draw_core (cr, width, color);
}
