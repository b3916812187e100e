/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plotspeed.h"

#include <math.h>

/* Of marks below. */
#define PLOTSPEED_N_MARKS 10

/* Where a drive is shorter, there is nothing to see of it. */
#define PLOTSPEED_EXTENT_MIN 1.0

/* From so many metres on the way is told in kilometres. */
#define PLOTSPEED_LONG 5000.0

/* A pause in a long drive is a line, at least. */
#define PLOTSPEED_PAUSE_WIDTH 2.0

typedef struct
{
  const PlotArea *area;
  gdouble extent;               /* seconds or metres from left to right */
  gdouble scale;                /* metres per second from the bottom to the top */
} PlotSpeed;

static gdouble
plotspeed_get_x (const PlotSpeed * self, gdouble at)
{
  return self->area->x + at / self->extent * self->area->width;
}

static gdouble
plotspeed_get_y (const PlotSpeed * self, gdouble speed)
{
  return self->area->y + self->area->height
      - MIN (speed / self->scale, 1.0) * self->area->height;
}

static void
plotspeed_draw_speeds (const PlotSpeed * self, cairo_t * cr)
{
  gdouble kmh = self->scale * 3.6;
  gdouble step = plotdata_round_up (kmh / 8.0);

  for (gint i = 0; i * step <= kmh + step / 2.0; i++) {
    gdouble value = i * step;
    gdouble y = floor (plotspeed_get_y (self, value / 3.6)) + 0.5;
    g_autofree gchar *text = g_strdup_printf ("%g", value);

    cairo_move_to (cr, self->area->x, y);
    cairo_line_to (cr, self->area->x + self->area->width, y);
    cairo_set_source_rgb (cr, 0.85, 0.86, 0.88);
    cairo_set_line_width (cr, 1.0);
    cairo_stroke (cr);
    plotdraw_text (cr, self->area->x - 8.0, y + 4.5, PLOTDRAW_END,
        PLOTDRAW_SMALL, text);
  }
  plotdraw_text (cr, self->area->x - 44.0, self->area->y - 14.0,
      PLOTDRAW_START, PLOTDRAW_SMALL, "km/h");
}

/* No more than the step between marks needs. */
static gchar *
plotspeed_make_time (gdouble seconds, gdouble step)
{
  guint64 s = (guint64) (seconds + 0.5);

  if (step >= 60.0)
    return g_strdup_printf ("%u:%02u", (guint) (s / 3600),
        (guint) (s / 60 % 60));
  return g_strdup_printf ("%u:%02u:%02u", (guint) (s / 3600),
      (guint) (s / 60 % 60), (guint) (s % 60));
}

static const gchar *
plotspeed_get_title (const PlotSpeed * self, const PlotData * data,
    gdouble step)
{
  if (!data->has_time)
    return self->extent < PLOTSPEED_LONG ? "metres since the start"
        : "kilometres since the start";
  if (data->has_pauses)
    return step >= 60.0 ? "hours:minutes, pauses cut short"
        : "hours:minutes:seconds, pauses cut short";
  return step >= 60.0 ? "hours:minutes since the start"
      : "hours:minutes:seconds since the start";
}

static gchar *
plotspeed_make_way (const PlotSpeed * self, gdouble metres)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%g",
          self->extent < PLOTSPEED_LONG ? metres : metres / 1000.0));
}

static void
plotspeed_draw_marks (const PlotSpeed * self, cairo_t * cr,
    const PlotData * data)
{
  gdouble bottom = self->area->y + self->area->height;
  gdouble step = data->has_time
      ? plotdata_get_time_step (self->extent, PLOTSPEED_N_MARKS)
      : plotdata_round_up (self->extent / PLOTSPEED_N_MARKS);

  for (gint i = 0; i * step <= self->extent; i++) {
    gdouble value = i * step;
    gdouble x = floor (plotspeed_get_x (self, value)) + 0.5;
    g_autofree gchar *text = data->has_time ? plotspeed_make_time (value, step)
        : plotspeed_make_way (self, value);

    cairo_move_to (cr, x, bottom);
    cairo_line_to (cr, x, bottom + 5.0);
    cairo_set_source_rgb (cr, 0.5, 0.5, 0.52);
    cairo_set_line_width (cr, 1.0);
    cairo_stroke (cr);
    plotdraw_text (cr, x, bottom + 20.0, PLOTDRAW_MIDDLE, PLOTDRAW_SMALL, text);
  }
  plotdraw_text (cr, self->area->x + self->area->width, bottom + 40.0,
      PLOTDRAW_END, PLOTDRAW_SMALL, plotspeed_get_title (self, data, step));
}

/* How long it was, in the largest unit that it has. */
static gchar *
plotspeed_make_pause (gdouble seconds)
{
  if (seconds < 90.0)
    return g_strdup_printf ("%.0f s", seconds);
  if (seconds < 90.0 * 60.0)
    return g_strdup_printf ("%.0f min", seconds / 60.0);
  if (seconds < 36.0 * 3600.0)
    return g_strdup_printf ("%.0f h", seconds / 3600.0);
  return g_strdup_printf ("%.0f d", seconds / 86400.0);
}

/* A grey band in front of the fix, with the true length above if there is room
 * for it from free_x on. Returns where there is room then. */
static gdouble
plotspeed_draw_pause (const PlotSpeed * self, cairo_t * cr,
    const PlotPoint * point, gdouble free_x)
{
  gdouble x = plotspeed_get_x (self, point->at - PLOTDATA_PAUSE_MAX);
  gdouble width = MAX (plotspeed_get_x (self, point->at) - x,
      PLOTSPEED_PAUSE_WIDTH);
  g_autofree gchar *text = plotspeed_make_pause (point->pause);
  gdouble room = plotdraw_get_width (cr, PLOTDRAW_SMALL, text);

  cairo_rectangle (cr, x, self->area->y, width, self->area->height);
  cairo_set_source_rgb (cr, 0.85, 0.86, 0.88);
  cairo_fill (cr);
  x += (width - room) / 2.0;
  if (x < free_x || x + room > self->area->x + self->area->width)
    return free_x;
  plotdraw_text (cr, x, self->area->y - 6.0, PLOTDRAW_START, PLOTDRAW_SMALL,
      text);
  return x + room + 8.0;
}

/* Where pauses were cut short. */
static void
plotspeed_draw_pauses (const PlotSpeed * self, cairo_t * cr,
    const PlotData * data)
{
  gdouble free_x = self->area->x;

  for (guint i = 0; i < data->points->len; i++) {
    const PlotPoint *point = spool_get (data->points, i);

    if (point->pause > 0.0)
      free_x = plotspeed_draw_pause (self, cr, point, free_x);
  }
}

/* Fixes that fall on one column of the picture. */
typedef struct
{
  gdouble x;
  gdouble low, high;            /* speeds */
  gboolean is_set;
  gboolean starts;              /* nothing connects it with the one before */
} PlotSpeedColumn;

static void
plotspeed_put (const PlotSpeed * self, cairo_t * cr, PlotSpeedColumn * column)
{
  gdouble low = plotspeed_get_y (self, column->low);
  gdouble high = plotspeed_get_y (self, column->high);

  if (!column->is_set)
    return;
  if (column->starts)
    cairo_move_to (cr, column->x, low);
  else
    cairo_line_to (cr, column->x, low);
  /* also of one fix alone there is a dot */
  cairo_line_to (cr, column->x, high);
  column->is_set = FALSE;
}

static void
plotspeed_draw_line (const PlotSpeed * self, cairo_t * cr,
    const PlotData * data)
{
  PlotSpeedColumn column = { 0, };
  gboolean starts = TRUE;

  for (guint i = 0; i < data->points->len; i++) {
    const PlotPoint *point = spool_get (data->points, i);
    gdouble x = plotspeed_get_x (self, point->at);

    starts |= point->new_segment || point->speed < 0.0;
    if (point->speed < 0.0)
      continue;
    if (!column.is_set || starts || x - column.x >= 1.0) {
      plotspeed_put (self, cr, &column);
      column = (PlotSpeedColumn) {
      x, point->speed, point->speed, TRUE, starts};
    }
    column.low = MIN (column.low, point->speed);
    column.high = MAX (column.high, point->speed);
    starts = FALSE;
  }
  plotspeed_put (self, cr, &column);
  cairo_set_line_width (cr, 1.8);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
}

/* As the legend of the way has them, from the bottom to the top. */
static void
plotspeed_set_colours (const PlotSpeed * self, cairo_t * cr)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0.0,
      self->area->y + self->area->height, 0.0, self->area->y);

  for (gint i = 0; i < PLOTDRAW_N_COLOURS; i++)
    plotdraw_add_stop (pattern, (i + 0.5) / PLOTDRAW_N_COLOURS, i);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
}

void
plotspeed_draw (cairo_t * cr, const PlotArea * area, const PlotData * data,
    gdouble scale)
{
  PlotSpeed speed = { area, MAX (data->extent, PLOTSPEED_EXTENT_MIN),
    scale
  };

  plotdraw_frame (cr, area);
  plotspeed_draw_pauses (&speed, cr, data);
  plotspeed_draw_speeds (&speed, cr);
  plotspeed_draw_marks (&speed, cr, data);
  if (data->max_speed < 0.0) {
    plotdraw_text (cr, area->x + area->width / 2.0,
        area->y + area->height / 2.0, PLOTDRAW_MIDDLE, PLOTDRAW_NORMAL,
        "no speed is known");
    return;
  }
  cairo_new_path (cr);
  plotspeed_draw_line (&speed, cr, data);
  plotspeed_set_colours (&speed, cr);
  cairo_stroke (cr);
}
