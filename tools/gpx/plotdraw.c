/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plotdraw.h"

#include <math.h>

#include "plotdata.h"

/* So that standing still is not drawn like a race: 10 km/h. */
#define PLOTDRAW_SCALE_MIN (10.0 / 3.6)

/* A grey. */
#define PLOTDRAW_UNKNOWN 0.45

/* From slow to fast, all dark enough for a light ground. */
static const gdouble plotdraw_stops[][3] = {
  {0.20, 0.24, 0.66},
  {0.09, 0.55, 0.78},
  {0.13, 0.64, 0.38},
  {0.93, 0.68, 0.10},
  {0.84, 0.15, 0.16},
};

#define PLOTDRAW_LAST_STOP ((gint) G_N_ELEMENTS (plotdraw_stops) - 1)

gdouble
plotdraw_get_scale (gdouble max_speed)
{
  gdouble kmh = MAX (max_speed, PLOTDRAW_SCALE_MIN) * 3.6;
  gdouble step = plotdata_round_up (kmh / 8.0);

  return ceil (kmh / step - 1e-9) * step / 3.6;
}

gint
plotdraw_get_colour (gdouble speed, gdouble scale)
{
  if (speed < 0.0)
    return -1;
  return (gint) CLAMP (speed / scale * PLOTDRAW_N_COLOURS, 0.0,
      PLOTDRAW_N_COLOURS - 1.0);
}

static void
plotdraw_get_rgb (gint colour, gdouble * ret_rgb)
{
  gdouble last = PLOTDRAW_LAST_STOP;
  gdouble at = MAX (colour, 0) * last / (PLOTDRAW_N_COLOURS - 1.0);
  gint stop = MIN ((gint) at, PLOTDRAW_LAST_STOP - 1);
  gdouble part = at - stop;

  for (guint i = 0; i < 3; i++)
    ret_rgb[i] = colour < 0 ? PLOTDRAW_UNKNOWN : plotdraw_stops[stop][i]
        + part * (plotdraw_stops[stop + 1][i] - plotdraw_stops[stop][i]);
}

void
plotdraw_set_colour (cairo_t * cr, gint colour)
{
  gdouble rgb[3];

  plotdraw_get_rgb (colour, rgb);
  cairo_set_source_rgb (cr, rgb[0], rgb[1], rgb[2]);
}

void
plotdraw_add_stop (cairo_pattern_t * pattern, gdouble offset, gint colour)
{
  gdouble rgb[3];

  plotdraw_get_rgb (colour, rgb);
  cairo_pattern_add_color_stop_rgb (pattern, offset, rgb[0], rgb[1], rgb[2]);
}

gdouble
plotdraw_get_width (cairo_t * cr, PlotDrawStyle style, const gchar * text)
{
  static const gdouble sizes[] = { 16.0, 13.0, 24.0 };
  cairo_text_extents_t extents;

  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
      style == PLOTDRAW_TITLE ? CAIRO_FONT_WEIGHT_BOLD
      : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, sizes[style]);
  cairo_text_extents (cr, text, &extents);
  return extents.x_advance;
}

gchar *
plotdraw_shorten (cairo_t * cr, PlotDrawStyle style, const gchar * text,
    gdouble width)
{
  glong n = g_utf8_strlen (text, -1);
  gchar *shorter = g_strdup (text);

  for (glong kept = n - 1; kept > 0
      && plotdraw_get_width (cr, style, shorter) > width; kept--) {
    g_autofree gchar *start = g_utf8_substring (text, 0, (kept + 1) / 2);

    g_free (shorter);
    shorter = g_strconcat (start, "\342\200\246",
        g_utf8_offset_to_pointer (text, n - kept / 2), NULL);
  }
  return shorter;
}

void
plotdraw_text (cairo_t * cr, gdouble x, gdouble y, PlotDrawAlign align,
    PlotDrawStyle style, const gchar * text)
{
  gdouble width = plotdraw_get_width (cr, style, text);

  cairo_set_source_rgb (cr, 0.15, 0.15, 0.18);
  if (align == PLOTDRAW_MIDDLE)
    x -= width / 2.0;
  else if (align == PLOTDRAW_END)
    x -= width;
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

void
plotdraw_frame (cairo_t * cr, const PlotArea * area)
{
  cairo_rectangle (cr, area->x + 0.5, area->y + 0.5, area->width, area->height);
  cairo_set_source_rgb (cr, 0.965, 0.97, 0.975);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.78, 0.79, 0.81);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}
