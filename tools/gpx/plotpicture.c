/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plotpicture.h"

#include <cairo-svg.h>

#include "plotdraw.h"
#include "plotmap.h"
#include "plotspeed.h"

#define PLOTPICTURE_WIDTH 1200.0
#define PLOTPICTURE_HEIGHT 1000.0
#define PLOTPICTURE_MARGIN 40.0
#define PLOTPICTURE_HEAD 64.0
#define PLOTPICTURE_SPEED_HEIGHT 240.0

/* Around the axes of the speed: the numbers at the left, those below. */
#define PLOTPICTURE_LEFT 48.0
#define PLOTPICTURE_BELOW 44.0

typedef struct
{
  GOutputStream *stream;
  GError **error;
} PlotPictureSink;

static cairo_status_t
plotpicture_put (void *closure, const unsigned char *data, unsigned int size)
{
  PlotPictureSink *self = closure;

  if (*self->error)
    return CAIRO_STATUS_WRITE_ERROR;
  return g_output_stream_write_all (self->stream, data, size, NULL, NULL,
      self->error) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void
plotpicture_append_duration (GString * text, gdouble seconds)
{
  guint64 s = (guint64) (seconds + 0.5);

  g_string_append_printf (text,
      " \302\267 %" G_GUINT64_FORMAT ":%02u:%02u h", s / 3600,
      (guint) (s / 60 % 60), (guint) (s % 60));
}

/* When it was, how far, how long, and how fast at most. */
static gchar *
plotpicture_make_line (const PlotData * data)
{
  g_autofree gchar *time = gst_gps_fix_format_time (&data->first);
  GString *text = g_string_new (NULL);
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  if (time)
    g_string_append_printf (text, "%s \302\267 ", time);
  if (data->length < 1000.0)
    g_string_append_printf (text, "%.0f m", data->length);
  else
    g_string_append_printf (text, "%s km", g_ascii_formatd (number,
            sizeof number, "%.1f", data->length / 1000.0));
  if (data->recorded > 0.0)
    plotpicture_append_duration (text, data->recorded);
  if (data->max_speed >= 0.0)
    g_string_append_printf (text, " \302\267 at most %.0f km/h",
        data->max_speed * 3.6);
  g_string_append_printf (text, " \302\267 %u %s", data->points->len,
      data->points->len == 1 ? "fix" : "fixes");
  return g_string_free (text, FALSE);
}

/* In place of axes where there is nothing to draw. */
static void
plotpicture_draw_nothing (cairo_t * cr, const PlotData * data)
{
  const PlotArea area = { PLOTPICTURE_MARGIN, PLOTPICTURE_HEAD,
    PLOTPICTURE_WIDTH - 2.0 * PLOTPICTURE_MARGIN,
    PLOTPICTURE_HEIGHT - PLOTPICTURE_HEAD - PLOTPICTURE_MARGIN
  };
  g_autofree gchar *text = data->n_hidden > 0
      ? g_strdup_printf ("None of %u fixes has a position that can be decoded.",
      data->n_hidden) : g_strdup ("No GPS fixes were found.");

  plotdraw_frame (cr, &area);
  plotdraw_text (cr, area.x + area.width / 2.0, area.y + area.height / 2.0,
      PLOTDRAW_MIDDLE, PLOTDRAW_NORMAL, text);
}

static void
plotpicture_draw_parts (cairo_t * cr, const PlotData * data)
{
  const PlotArea map =
      { PLOTPICTURE_MARGIN, PLOTPICTURE_HEAD + PLOTPICTURE_MARGIN / 2.0,
    PLOTPICTURE_WIDTH - 2.0 * PLOTPICTURE_MARGIN,
    PLOTPICTURE_HEIGHT - PLOTPICTURE_HEAD - PLOTPICTURE_SPEED_HEIGHT -
        2.0 * PLOTPICTURE_MARGIN - PLOTPICTURE_BELOW
  };
  const PlotArea speed = { PLOTPICTURE_MARGIN + PLOTPICTURE_LEFT,
    PLOTPICTURE_HEIGHT - PLOTPICTURE_SPEED_HEIGHT - PLOTPICTURE_BELOW -
        PLOTPICTURE_MARGIN / 2.0,
    PLOTPICTURE_WIDTH - 2.0 * PLOTPICTURE_MARGIN - PLOTPICTURE_LEFT,
    PLOTPICTURE_SPEED_HEIGHT
  };
  g_autofree gchar *line = plotpicture_make_line (data);
  gdouble scale = plotdraw_get_scale (data->max_speed);

  plotdraw_text (cr, PLOTPICTURE_MARGIN, 60, PLOTDRAW_START, PLOTDRAW_NORMAL,
      line);
  plotmap_draw (cr, &map, data, scale);
  plotspeed_draw (cr, &speed, data, scale);
}

static void
plotpicture_draw (cairo_t * cr, const PlotData * data, const gchar * title)
{
  g_autofree gchar *shown = plotdraw_shorten (cr, PLOTDRAW_TITLE, title,
      PLOTPICTURE_WIDTH - 2.0 * PLOTPICTURE_MARGIN);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  plotdraw_text (cr, PLOTPICTURE_MARGIN, 34, PLOTDRAW_START, PLOTDRAW_TITLE,
      shown);
  if (data->points->len > 0)
    plotpicture_draw_parts (cr, data);
  else
    plotpicture_draw_nothing (cr, data);
}

static gboolean
plotpicture_finish (cairo_surface_t * surface, gboolean is_svg,
    PlotPictureSink * sink)
{
  cairo_status_t status;

  if (is_svg) {
    cairo_surface_finish (surface);
    status = cairo_surface_status (surface);
  } else {
    status = cairo_surface_write_to_png_stream (surface, plotpicture_put, sink);
  }
  if (status != CAIRO_STATUS_SUCCESS && !*sink->error)
    g_set_error_literal (sink->error, G_IO_ERROR, G_IO_ERROR_FAILED,
        cairo_status_to_string (status));
  cairo_surface_destroy (surface);
  return *sink->error == NULL;
}

gboolean
plotpicture_write (const PlotData * data, gboolean is_svg, const gchar * title,
    GOutputStream * stream, GError ** error)
{
  g_autoptr (GError) failure = NULL;
  PlotPictureSink sink = { stream, &failure };
  cairo_surface_t *surface = is_svg
      ? cairo_svg_surface_create_for_stream (plotpicture_put, &sink,
      PLOTPICTURE_WIDTH,
      PLOTPICTURE_HEIGHT)
      : cairo_image_surface_create (CAIRO_FORMAT_RGB24,
      (gint) PLOTPICTURE_WIDTH,
      (gint) PLOTPICTURE_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  plotpicture_draw (cr, data, title);
  cairo_destroy (cr);
  if (plotpicture_finish (surface, is_svg, &sink))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
