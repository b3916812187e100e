/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the parts of a picture have in common. */

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gdouble x, y;                 /* upper left corner */
  gdouble width, height;
} PlotArea;

typedef enum
{
  PLOTDRAW_START,
  PLOTDRAW_MIDDLE,
  PLOTDRAW_END
} PlotDrawAlign;

typedef enum
{
  PLOTDRAW_NORMAL,
  PLOTDRAW_SMALL,
  PLOTDRAW_TITLE
} PlotDrawStyle;

/* Colours there are. */
#define PLOTDRAW_N_COLOURS 32

/* The speed at which the colours, and the axis, end: metres per second. */
gdouble plotdraw_get_scale (gdouble max_speed);

/* Which colour a speed has; -1: that of speeds that are not known. */
gint plotdraw_get_colour (gdouble speed, gdouble scale);
void plotdraw_set_colour (cairo_t * cr, gint colour);
void plotdraw_add_stop (cairo_pattern_t * pattern, gdouble offset,
    gint colour);

/* y is that of the base line. */
void plotdraw_text (cairo_t * cr, gdouble x, gdouble y, PlotDrawAlign align,
    PlotDrawStyle style, const gchar * text);

/* The text, or the beginning and the end of it, so that it is no wider. */
gchar *plotdraw_shorten (cairo_t * cr, PlotDrawStyle style,
    const gchar * text, gdouble width);

gdouble plotdraw_get_width (cairo_t * cr, PlotDrawStyle style,
    const gchar * text);

/* A grey frame, filled with a lighter grey. */
void plotdraw_frame (cairo_t * cr, const PlotArea * area);

G_END_DECLS
