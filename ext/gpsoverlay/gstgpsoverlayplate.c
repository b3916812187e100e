/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>

#include "gstgpsoverlayplate.h"

#define PADDING GST_GPS_OVERLAY_DRAW_PADDING
#define DEGREE "\302\260"

#define SPEED_SIZE 92.0
#define UNIT_SIZE 28.0
#define TIME_SIZE 36.0
#define LINE_SIZE 27.0
#define LABEL_SIZE 20.0
#define LABEL_WIDTH 70.0
#define TIME_HEIGHT 46.0
#define LINE_HEIGHT 38.0
#define SPACE 16.0

/* What the texts are as wide as at most, so that a plate keeps its size. */
#define WIDEST_SPEED "000"
#define WIDEST_TIME "00:00:00"
#define WIDEST_DEGREES "000.00000" DEGREE " W"

#define TRACK_WIDTH 4.0

#define COMPASS_WIDTH 620.0
#define COMPASS_HEIGHT 108.0
#define COMPASS_SPAN 140.0      /* degrees */

static void
gst_gps_overlay_plate_font (cairo_t * cr, gdouble size)
{
  gst_gps_overlay_draw_set_font (cr, size > LINE_SIZE + 1.0
      ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL, size);
}

static gdouble
gst_gps_overlay_plate_width (cairo_t * cr, gdouble size, const gchar * text)
{
  gst_gps_overlay_plate_font (cr, size);
  return gst_gps_overlay_draw_get_width (cr, text);
}

static gdouble
gst_gps_overlay_plate_speed_width (cairo_t * cr, const GstGpsOverlayText * text)
{
  if (!*text->speed)
    return 0.0;
  return gst_gps_overlay_plate_width (cr, SPEED_SIZE, WIDEST_SPEED);
}

static gdouble
gst_gps_overlay_plate_lines_width (cairo_t * cr, const GstGpsOverlayText * text)
{
  gdouble width = 0.0, time;

  if (*text->time) {
    time = gst_gps_overlay_plate_width (cr, TIME_SIZE, WIDEST_TIME);
    width = time + SPACE + gst_gps_overlay_plate_width (cr, LINE_SIZE,
        "UTC+00:00?");
  }
  if (*text->latitude)
    width = MAX (width, LABEL_WIDTH + gst_gps_overlay_plate_width (cr,
            LINE_SIZE, WIDEST_DEGREES));
  if (*text->altitude)
    width = MAX (width, LABEL_WIDTH + gst_gps_overlay_plate_width (cr,
            LINE_SIZE, text->altitude));
  return width;
}

static gdouble
gst_gps_overlay_plate_lines_height (const GstGpsOverlayText * text)
{
  gdouble height = 0.0;

  if (*text->time)
    height += TIME_HEIGHT + LINE_HEIGHT;
  if (*text->latitude)
    height += 2.0 * LINE_HEIGHT;
  if (*text->altitude)
    height += LINE_HEIGHT;
  return height;
}

GstGpsOverlayPlateSize
gst_gps_overlay_plate_measure_text (cairo_t * cr,
    const GstGpsOverlayText * text)
{
  GstGpsOverlayPlateSize size = { 0.0, 0.0 };
  gdouble speed = gst_gps_overlay_plate_speed_width (cr, text);
  gdouble lines = gst_gps_overlay_plate_lines_width (cr, text);

  if (speed <= 0.0 && lines <= 0.0)
    return size;
  size.width = speed + lines + 2.0 * PADDING;
  if (speed > 0.0 && lines > 0.0)
    size.width += 2.0 * PADDING;
  size.height = gst_gps_overlay_plate_lines_height (text);
  if (speed > 0.0)
    size.height = MAX (size.height, SPEED_SIZE + UNIT_SIZE);
  size.height += 2.0 * PADDING;
  return size;
}

static void
gst_gps_overlay_plate_draw_speed (cairo_t * cr, const GstGpsOverlayText * text,
    gdouble height, gdouble width)
{
  gdouble x = PADDING;
  gdouble y = (height - SPEED_SIZE - UNIT_SIZE) / 2.0 + SPEED_SIZE * 0.8;

  gst_gps_overlay_plate_font (cr, SPEED_SIZE);
  (void) gst_gps_overlay_draw_text (cr, text->speed, x, y,
      GST_GPS_OVERLAY_DRAW_WHITE);
  gst_gps_overlay_plate_font (cr, UNIT_SIZE);
  x += width - gst_gps_overlay_draw_get_width (cr, text->speed_unit);
  (void) gst_gps_overlay_draw_text (cr, text->speed_unit, x,
      y + UNIT_SIZE * 1.35, GST_GPS_OVERLAY_DRAW_AMBER);
}

/* A label at the left and its value at the right. */
static void
gst_gps_overlay_plate_draw_line (cairo_t * cr, const gchar * label,
    const gchar * value, gdouble left, gdouble right, gdouble * y)
{
  *y += LINE_HEIGHT;
  gst_gps_overlay_plate_font (cr, LABEL_SIZE);
  (void) gst_gps_overlay_draw_text (cr, label, left, *y - 10.0,
      GST_GPS_OVERLAY_DRAW_AMBER);
  gst_gps_overlay_plate_font (cr, LINE_SIZE);
  right -= gst_gps_overlay_draw_get_width (cr, value);
  (void) gst_gps_overlay_draw_text (cr, value, right, *y - 10.0,
      GST_GPS_OVERLAY_DRAW_WHITE);
}

static void
gst_gps_overlay_plate_draw_time (cairo_t * cr, const GstGpsOverlayText * text,
    gdouble left, gdouble right, gdouble * y)
{
  *y += TIME_HEIGHT;
  gst_gps_overlay_plate_font (cr, TIME_SIZE);
  (void) gst_gps_overlay_draw_text (cr, text->time, left, *y - 12.0,
      GST_GPS_OVERLAY_DRAW_WHITE);
  gst_gps_overlay_plate_font (cr, LINE_SIZE);
  (void) gst_gps_overlay_draw_text (cr, text->clock, right
      - gst_gps_overlay_draw_get_width (cr, text->clock), *y - 12.0,
      GST_GPS_OVERLAY_DRAW_AMBER);
  gst_gps_overlay_plate_draw_line (cr, "DATE", text->date, left, right, y);
}

static void
gst_gps_overlay_plate_draw_lines (cairo_t * cr, const GstGpsOverlayText * text,
    gdouble left, gdouble right, gdouble y)
{
  if (*text->time)
    gst_gps_overlay_plate_draw_time (cr, text, left, right, &y);
  if (*text->latitude) {
    gst_gps_overlay_plate_draw_line (cr, "LAT", text->latitude, left, right,
        &y);
    gst_gps_overlay_plate_draw_line (cr, "LON", text->longitude, left, right,
        &y);
  }
  if (*text->altitude)
    gst_gps_overlay_plate_draw_line (cr, "ALT", text->altitude, left, right,
        &y);
}

void
gst_gps_overlay_plate_draw_text (cairo_t * cr, const GstGpsOverlayText * text)
{
  GstGpsOverlayPlateSize size = gst_gps_overlay_plate_measure_text (cr, text);
  gdouble speed = gst_gps_overlay_plate_speed_width (cr, text);
  gdouble lines = gst_gps_overlay_plate_lines_height (text);
  gdouble x = PADDING;

  if (speed > 0.0) {
    gst_gps_overlay_plate_draw_speed (cr, text, size.height, speed);
    x += speed + 2.0 * PADDING;
  }
  if (speed > 0.0 && lines > 0.0) {
    cairo_move_to (cr, x - PADDING, PADDING);
    cairo_line_to (cr, x - PADDING, size.height - PADDING);
    cairo_set_line_width (cr, 2.0);
    gst_gps_overlay_draw_set_color (cr, GST_GPS_OVERLAY_DRAW_WHITE, 0.25);
    cairo_stroke (cr);
  }
  gst_gps_overlay_plate_draw_lines (cr, text, x, size.width - PADDING,
      (size.height - lines) / 2.0);
}

GstGpsOverlayPlateSize
gst_gps_overlay_plate_measure_compass (void)
{
  return (GstGpsOverlayPlateSize) {
  COMPASS_WIDTH, COMPASS_HEIGHT};
}

/* One mark of the ribbon, and its name if it has one. */
static void
gst_gps_overlay_plate_draw_mark (cairo_t * cr, gint degrees, gdouble x)
{
  static const gchar *const names[] = {
    "N", "NE", "E", "SE", "S", "SW", "W", "NW"
  };
  gint bearing = (degrees % 360 + 360) % 360;
  gboolean main = bearing % 90 == 0;

  cairo_move_to (cr, x, 18.0);
  cairo_line_to (cr, x, bearing % 15 == 0 ? 34.0 : 27.0);
  gst_gps_overlay_draw_line (cr, bearing % 15 == 0 ? 3.0 : 2.0,
      main ? GST_GPS_OVERLAY_DRAW_WHITE : GST_GPS_OVERLAY_DRAW_GREY);
  if (bearing % 45 != 0)
    return;
  gst_gps_overlay_plate_font (cr, main ? TIME_SIZE - 6.0 : LINE_SIZE - 3.0);
  gst_gps_overlay_draw_centered (cr, names[bearing / 45], x, 62.0,
      bearing == 0 ? GST_GPS_OVERLAY_DRAW_AMBER : GST_GPS_OVERLAY_DRAW_WHITE);
}

/* Fades out at both ends. */
static void
gst_gps_overlay_plate_draw_ribbon (cairo_t * cr, gdouble course)
{
  const gdouble scale = (COMPASS_WIDTH - 2.0 * PADDING) / COMPASS_SPAN;
  gint first = (gint) floor ((course - COMPASS_SPAN / 2.0) / 5.0) * 5;
  cairo_pattern_t *fade = cairo_pattern_create_linear (PADDING, 0.0,
      COMPASS_WIDTH - PADDING, 0.0);

  cairo_pattern_add_color_stop_rgba (fade, 0.0, 0.0, 0.0, 0.0, 0.0);
  cairo_pattern_add_color_stop_rgba (fade, 0.2, 0.0, 0.0, 0.0, 1.0);
  cairo_pattern_add_color_stop_rgba (fade, 0.8, 0.0, 0.0, 0.0, 1.0);
  cairo_pattern_add_color_stop_rgba (fade, 1.0, 0.0, 0.0, 0.0, 0.0);
  cairo_push_group (cr);
  for (gint i = first; i <= course + COMPASS_SPAN / 2.0 + 5.0; i += 5)
    gst_gps_overlay_plate_draw_mark (cr, i,
        COMPASS_WIDTH / 2.0 + (i - course) * scale);
  cairo_pop_group_to_source (cr);
  cairo_mask (cr, fade);
  cairo_pattern_destroy (fade);
}

void
gst_gps_overlay_plate_draw_compass (cairo_t * cr, const gchar * heading,
    gdouble course)
{
  const gdouble x = COMPASS_WIDTH / 2.0;

  if (isfinite (course))
    gst_gps_overlay_plate_draw_ribbon (cr, course);
  cairo_move_to (cr, x - 10.0, 5.0);
  cairo_line_to (cr, x + 10.0, 5.0);
  cairo_line_to (cr, x, 20.0);
  cairo_close_path (cr);
  gst_gps_overlay_draw_shape (cr, GST_GPS_OVERLAY_DRAW_AMBER);
  gst_gps_overlay_plate_font (cr, UNIT_SIZE);
  /* the digits are in the middle, not the digits with their degree sign */
  (void) gst_gps_overlay_draw_text (cr, heading,
      x - gst_gps_overlay_draw_get_width (cr, WIDEST_SPEED) / 2.0, 97.0,
      GST_GPS_OVERLAY_DRAW_WHITE);
}

static void
gst_gps_overlay_plate_place (const GstGpsOverlayView * view,
    const GstGpsOverlayPoint * point, gdouble * x, gdouble * y)
{
  gst_gps_overlay_track_project (view, point, x, y);
  *x = (*x + 0.5) * GST_GPS_OVERLAY_PLATE_INSET;
  *y = (*y + 0.5) * GST_GPS_OVERLAY_PLATE_INSET;
}

static const GstGpsOverlayPoint *
gst_gps_overlay_plate_get_point (const GstGpsOverlayTrack * track, guint i)
{
  return i == track->points->len ? &track->last
      : &g_array_index (track->points, GstGpsOverlayPoint, i);
}

static void
gst_gps_overlay_plate_trace (cairo_t * cr, const GstGpsOverlayTrack * track,
    const GstGpsOverlayView * view, guint first)
{
  gdouble x, y, last_x = 0.0, last_y = 0.0;

  for (guint i = first; i <= track->points->len; i++) {
    const GstGpsOverlayPoint *point = gst_gps_overlay_plate_get_point (track,
        i);

    gst_gps_overlay_plate_place (view, point, &x, &y);
    if (point->first || i == first)
      cairo_move_to (cr, x, y);
    else if (i < track->points->len && hypot (x - last_x, y - last_y) < 0.7)
      continue;
    /* also behind a move, or a line of one point would not be seen */
    cairo_line_to (cr, x, y);
    last_x = x;
    last_y = y;
  }
}

/* A point of the same line, so far in front of this one that a line from there
 * covers the edge around this one's end. */
static guint
gst_gps_overlay_plate_step_back (const GstGpsOverlayTrack * track,
    const GstGpsOverlayView * view, guint first)
{
  gdouble x, y, x0, y0;

  gst_gps_overlay_plate_place (view, gst_gps_overlay_plate_get_point (track,
          first), &x0, &y0);
  while (first > 0 && !gst_gps_overlay_plate_get_point (track, first)->first) {
    first--;
    gst_gps_overlay_plate_place (view, gst_gps_overlay_plate_get_point (track,
            first), &x, &y);
    if (hypot (x - x0, y - y0) > 2.0 * TRACK_WIDTH)
      break;
  }
  return first;
}

void
gst_gps_overlay_plate_draw_track (cairo_t * cr,
    const GstGpsOverlayTrack * track, const GstGpsOverlayView * view,
    guint first)
{
  gst_gps_overlay_plate_trace (cr, track, view, first);
  gst_gps_overlay_draw_edge (cr, TRACK_WIDTH);
  cairo_new_path (cr);
  gst_gps_overlay_plate_trace (cr, track, view,
      gst_gps_overlay_plate_step_back (track, view, first));
  gst_gps_overlay_draw_core (cr, TRACK_WIDTH, GST_GPS_OVERLAY_DRAW_AMBER);
}

static void
gst_gps_overlay_plate_draw_camera (cairo_t * cr, gdouble x, gdouble y,
    gdouble course)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (isfinite (course)) {
    cairo_rotate (cr, course * G_PI / 180.0);
    cairo_move_to (cr, 0.0, -17.0);
    cairo_line_to (cr, 11.0, 12.0);
    cairo_line_to (cr, 0.0, 6.0);
    cairo_line_to (cr, -11.0, 12.0);
    cairo_close_path (cr);
  } else {
    cairo_new_sub_path (cr);
    cairo_arc (cr, 0.0, 0.0, 9.0, 0.0, 2.0 * G_PI);
  }
  gst_gps_overlay_draw_shape (cr, GST_GPS_OVERLAY_DRAW_WHITE);
  cairo_restore (cr);
}

static void
gst_gps_overlay_plate_draw_north (cairo_t * cr)
{
  const gdouble x = GST_GPS_OVERLAY_PLATE_INSET - 20.0;

  cairo_move_to (cr, x, 9.0);
  cairo_line_to (cr, x + 9.0, 29.0);
  cairo_line_to (cr, x, 24.0);
  cairo_line_to (cr, x - 9.0, 29.0);
  cairo_close_path (cr);
  gst_gps_overlay_draw_shape (cr, GST_GPS_OVERLAY_DRAW_WHITE);
  gst_gps_overlay_draw_set_font (cr, CAIRO_FONT_WEIGHT_BOLD, 22.0);
  gst_gps_overlay_draw_centered (cr, "N", x, 50.0, GST_GPS_OVERLAY_DRAW_WHITE);
}

static void
gst_gps_overlay_plate_draw_scale (cairo_t * cr, const GstGpsOverlayView * view,
    GstGpsOverlayUnits units)
{
  const gdouble y = GST_GPS_OVERLAY_PLATE_INSET - 18.0;
  const gdouble right = GST_GPS_OVERLAY_PLATE_INSET - 18.0;
  gchar label[32];
  gdouble length = gst_gps_overlay_text_write_scale (label, sizeof label,
      view->extent * 0.4, units);
  gdouble left = right - length / view->extent * GST_GPS_OVERLAY_PLATE_INSET;

  cairo_move_to (cr, left, y - 7.0);
  cairo_line_to (cr, left, y);
  cairo_line_to (cr, right, y);
  cairo_line_to (cr, right, y - 7.0);
  gst_gps_overlay_draw_line (cr, 3.0, GST_GPS_OVERLAY_DRAW_WHITE);
  gst_gps_overlay_draw_set_font (cr, CAIRO_FONT_WEIGHT_BOLD, 22.0);
  left = right - gst_gps_overlay_draw_get_width (cr, label);
  (void) gst_gps_overlay_draw_text (cr, label, left, y - 13.0,
      GST_GPS_OVERLAY_DRAW_WHITE);
}

void
gst_gps_overlay_plate_draw_marks (cairo_t * cr,
    const GstGpsOverlayTrack * track, const GstGpsOverlayView * view,
    gdouble course, gboolean here, GstGpsOverlayUnits units)
{
  gdouble x, y;

  gst_gps_overlay_plate_draw_north (cr);
  gst_gps_overlay_plate_draw_scale (cr, view, units);
  gst_gps_overlay_plate_place (view, &track->start, &x, &y);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, 8.0, 0.0, 2.0 * G_PI);
  gst_gps_overlay_draw_shape (cr, GST_GPS_OVERLAY_DRAW_GREEN);
  gst_gps_overlay_plate_place (view, &track->last, &x, &y);
  if (here)
    gst_gps_overlay_plate_draw_camera (cr, x, y, course);
}
