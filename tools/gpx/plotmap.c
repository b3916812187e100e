/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plotmap.h"

#include <math.h>

/* Between the frame and the way, where the key is, and where the scales are. */
#define PLOTMAP_PADDING 36.0
#define PLOTMAP_ABOVE 56.0
#define PLOTMAP_BELOW 72.0

/* A car that stood still is not blown up to the whole picture. */
#define PLOTMAP_EXTENT_MIN 50.0

#define PLOTMAP_LINE 4.0
/* The circle of the start fits into the square of the end. */
#define PLOTMAP_CIRCLE 5.5
#define PLOTMAP_SQUARE 18.0

#define PLOTMAP_LEGEND_WIDTH 200.0
#define PLOTMAP_LEGEND_HEIGHT 12.0

/* Nearer than that nobody sees a difference. */
#define PLOTMAP_STEP 0.6

/* From metres to the picture. */
typedef struct
{
  gdouble x, y;                 /* of the first fix */
  gdouble scale;                /* per metre */
} PlotMap;

static void
plotmap_init (PlotMap * self, const PlotArea * area, const PlotData * data)
{
  gdouble width = MAX (data->max_x - data->min_x, PLOTMAP_EXTENT_MIN);
  gdouble height = MAX (data->max_y - data->min_y, PLOTMAP_EXTENT_MIN);

  self->scale = MIN ((area->width - 2.0 * PLOTMAP_PADDING) / width,
      (area->height - PLOTMAP_ABOVE - PLOTMAP_BELOW) / height);
  self->x = area->x + area->width / 2.0
      - (data->min_x + data->max_x) / 2.0 * self->scale;
  self->y = area->y
      + (area->height + PLOTMAP_ABOVE - PLOTMAP_BELOW) / 2.0 + (data->min_y +
      data->max_y) / 2.0 * self->scale;
}

static gdouble
plotmap_get_x (const PlotMap * self, const PlotPoint * point)
{
  return self->x + point->x * self->scale;
}

static gdouble
plotmap_get_y (const PlotMap * self, const PlotPoint * point)
{
  return self->y - point->y * self->scale;
}

static gboolean
plotmap_is_near (const PlotMap * self, const PlotPoint * a, const PlotPoint * b)
{
  return fabs (a->x - b->x) * self->scale < PLOTMAP_STEP
      && fabs (a->y - b->y) * self->scale < PLOTMAP_STEP;
}

static void
plotmap_stroke (cairo_t * cr, gint colour)
{
  plotdraw_set_colour (cr, colour);
  cairo_stroke (cr);
}

/* A line through the fixes, in pieces of one colour each. */
static void
plotmap_draw_way (const PlotMap * self, cairo_t * cr, const PlotData * data,
    gdouble scale)
{
  gboolean has_last = FALSE;
  PlotPoint last = { 0, };
  gint colour = -1;

  cairo_set_line_width (cr, PLOTMAP_LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < data->points->len; i++) {
    const PlotPoint *point = spool_get (data->points, i);
    gint next = plotdraw_get_colour (point->speed, scale);
    gdouble x = plotmap_get_x (self, point);
    gdouble y = plotmap_get_y (self, point);

    if (has_last && !point->new_segment && plotmap_is_near (self, &last, point)
        && i + 1 < data->points->len)
      continue;
    if (!has_last || point->new_segment) {
      plotmap_stroke (cr, colour);
      cairo_move_to (cr, x, y);
      /* a dot, if nothing follows */
      cairo_line_to (cr, x, y);
    } else if (next != colour) {
      plotmap_stroke (cr, colour);
      cairo_move_to (cr, plotmap_get_x (self, &last),
          plotmap_get_y (self, &last));
    }
    cairo_line_to (cr, x, y);
    colour = next;
    last = *point;
    has_last = TRUE;
  }
  plotmap_stroke (cr, colour);
}

static void
plotmap_draw_mark (const PlotMap * self, cairo_t * cr,
    const PlotPoint * point, gboolean is_start)
{
  gdouble x = plotmap_get_x (self, point);
  gdouble y = plotmap_get_y (self, point);

  cairo_new_path (cr);
  if (is_start)
    cairo_arc (cr, x, y, PLOTMAP_CIRCLE, 0.0, 2.0 * G_PI);
  else
    cairo_rectangle (cr, x - PLOTMAP_SQUARE / 2.0, y - PLOTMAP_SQUARE / 2.0,
        PLOTMAP_SQUARE, PLOTMAP_SQUARE);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.12);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

/* What the marks mean, and where north is. */
static void
plotmap_draw_key (cairo_t * cr, const PlotArea * area)
{
  const PlotMap here = { area->x + 22.0, area->y + 24.0, 1.0 };
  const PlotPoint start = { 0, };
  PlotPoint end = { 0, };

  end.x = 80.0;
  plotmap_draw_mark (&here, cr, &start, TRUE);
  plotdraw_text (cr, here.x + 15.0, here.y + 5.0, PLOTDRAW_START,
      PLOTDRAW_SMALL, "start");
  plotmap_draw_mark (&here, cr, &end, FALSE);
  plotdraw_text (cr, here.x + 95.0, here.y + 5.0, PLOTDRAW_START,
      PLOTDRAW_SMALL, "end");
  plotdraw_text (cr, here.x + 145.0, here.y + 5.0, PLOTDRAW_START,
      PLOTDRAW_SMALL, "north is up");
}

/* A length that is a round number, and at most a quarter of the width. */
static void
plotmap_draw_scale (const PlotMap * self, cairo_t * cr, const PlotArea * area)
{
  gdouble metres = plotdata_round_up (area->width / 10.0 / self->scale);
  gdouble width = metres * self->scale;
  gdouble x = area->x + 20.5;
  gdouble y = area->y + area->height - 18.5;
  g_autofree gchar *text = metres < 1000.0 ? g_strdup_printf ("%g m", metres)
      : g_strdup_printf ("%g km", metres / 1000.0);

  cairo_set_source_rgb (cr, 0.15, 0.15, 0.18);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 2.0);
  cairo_move_to (cr, x, y - 6.0);
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_line_to (cr, x + width, y - 6.0);
  cairo_stroke (cr);
  plotdraw_text (cr, x + width / 2.0, y - 8.0, PLOTDRAW_MIDDLE,
      PLOTDRAW_SMALL, text);
}

static void
plotmap_draw_legend (cairo_t * cr, const PlotArea * area, gdouble scale)
{
  gdouble x = area->x + area->width - PLOTMAP_LEGEND_WIDTH - 24.0;
  gdouble y = area->y + area->height - 40.0;
  gdouble step = PLOTMAP_LEGEND_WIDTH / PLOTDRAW_N_COLOURS;
  g_autofree gchar *text = g_strdup_printf ("%.0f km/h", scale * 3.6);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (gint i = 0; i < PLOTDRAW_N_COLOURS; i++) {
    plotdraw_set_colour (cr, i);
    cairo_rectangle (cr, x + i * step, y, step + 0.5, PLOTMAP_LEGEND_HEIGHT);
    cairo_fill (cr);
  }
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  plotdraw_text (cr, x, y + 27.0, PLOTDRAW_START, PLOTDRAW_SMALL, "0");
  plotdraw_text (cr, x + PLOTMAP_LEGEND_WIDTH, y + 27.0, PLOTDRAW_END,
      PLOTDRAW_SMALL, text);
}

void
plotmap_draw (cairo_t * cr, const PlotArea * area, const PlotData * data,
    gdouble scale)
{
  PlotMap map;

  plotdraw_frame (cr, area);
  plotmap_init (&map, area, data);
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  plotmap_draw_way (&map, cr, data, scale);
  plotmap_draw_mark (&map, cr, spool_get (data->points,
          data->points->len - 1), FALSE);
  plotmap_draw_mark (&map, cr, spool_get (data->points, 0), TRUE);
  plotmap_draw_key (cr, area);
  plotmap_draw_scale (&map, cr, area);
  if (data->max_speed >= 0.0)
    plotmap_draw_legend (cr, area, scale);
  cairo_restore (cr);
}
