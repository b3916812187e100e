/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>
#include <string.h>

#include "gstgpsoverlayscene.h"

/* A picture has this height in units, and is at least so wide. */
#define UNITS_HEIGHT 1080.0
#define UNITS_WIDTH 1240.0

/* No plate is larger in units, whatever scale is asked for. */
#define LARGEST_WIDTH 800.0
#define LARGEST_HEIGHT 340.0

#define MARGIN 30.0

/* Numbers that change faster cannot be read. */
#define TEXT_INTERVAL (250 * GST_MSECOND)

/* Smaller changes would not be seen, degrees and units. */
#define COURSE_STEP 0.25
#define CAMERA_STEP 0.5

/* So many new points are drawn with each picture, before they go where the
 * others are. */
#define NEW_POINTS 32

#define TEXT_ITEMS (GST_GPS_OVERLAY_ITEM_SPEED | GST_GPS_OVERLAY_ITEM_TIME | \
    GST_GPS_OVERLAY_ITEM_POSITION | GST_GPS_OVERLAY_ITEM_ALTITUDE)

#define INSET GST_GPS_OVERLAY_PLATE_INSET

typedef void (*GstGpsOverlaySceneDrawFunc) (GstGpsOverlayScene * self,
    cairo_t * cr);

static void
gst_gps_overlay_scene_drop_layer (GstGpsOverlayScene * self)
{
  g_clear_pointer (&self->layer, cairo_surface_destroy);
}

static void
gst_gps_overlay_scene_drop_plate (GstGpsOverlayScene * self,
    GstGpsOverlayScenePlate plate)
{
  GstGpsOverlaySceneDrawing *drawing = &self->plates[plate];

  g_clear_pointer (&drawing->blend, gst_gps_overlay_blend_free);
  g_clear_pointer (&drawing->composition, gst_video_overlay_composition_unref);
}

static gboolean
gst_gps_overlay_scene_has_plate (const GstGpsOverlayScene * self,
    GstGpsOverlayScenePlate plate)
{
  return self->plates[plate].blend || self->plates[plate].composition;
}

static void
gst_gps_overlay_scene_drop_drawings (GstGpsOverlayScene * self)
{
  for (guint i = 0; i < GST_GPS_OVERLAY_SCENE_PLATES; i++)
    gst_gps_overlay_scene_drop_plate (self, i);
  gst_gps_overlay_scene_drop_layer (self);
}

void
gst_gps_overlay_scene_init (GstGpsOverlayScene * self)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1,
      1);

  memset (self, 0, sizeof *self);
  self->ruler = cairo_create (surface);
  cairo_surface_destroy (surface);
  gst_gps_overlay_track_init (&self->track);
  gst_gps_overlay_scene_reset (self);
}

void
gst_gps_overlay_scene_clear (GstGpsOverlayScene * self)
{
  gst_gps_overlay_scene_drop_drawings (self);
  gst_gps_overlay_track_clear (&self->track);
  g_clear_pointer (&self->ruler, cairo_destroy);
}

void
gst_gps_overlay_scene_reset (GstGpsOverlayScene * self)
{
  gst_gps_overlay_scene_drop_drawings (self);
  gst_gps_overlay_track_reset (&self->track);
  self->seen = 0;
  self->has_fix = FALSE;
  self->now = self->base = 0;
  self->view.extent = 0.0;
  self->status = CAIRO_STATUS_SUCCESS;
}

/* Square units, whatever form the picture's pixels have. */
static void
gst_gps_overlay_scene_measure (GstGpsOverlayScene * self)
{
  gdouble width = GST_VIDEO_INFO_WIDTH (&self->picture) * self->aspect;
  gdouble height = GST_VIDEO_INFO_HEIGHT (&self->picture);
  gdouble pixels;

  if (!self->has_picture)
    return;
  pixels = MIN (height / UNITS_HEIGHT, width / UNITS_WIDTH);
  pixels *= self->settings.scale;
  pixels = MIN (pixels, MIN (height / LARGEST_HEIGHT, width / LARGEST_WIDTH));
  self->pixels_y = pixels;
  self->pixels_x = pixels / self->aspect;
  self->width = width / pixels;
  self->height = height / pixels;
}

void
gst_gps_overlay_scene_set_picture (GstGpsOverlayScene * self,
    const GstVideoInfo * info)
{
  gint par_n = GST_VIDEO_INFO_PAR_N (info);
  gint par_d = GST_VIDEO_INFO_PAR_D (info);

  self->picture = *info;
  self->has_picture = TRUE;
  self->aspect = par_n > 0 && par_d > 0 ? (gdouble) par_n / par_d : 1.0;
  self->aspect = CLAMP (self->aspect, 0.1, 10.0);
  gst_gps_overlay_scene_measure (self);
  gst_gps_overlay_scene_drop_drawings (self);
}

void
gst_gps_overlay_scene_set_settings (GstGpsOverlayScene * self,
    const GstGpsOverlaySettings * settings)
{
  self->settings = *settings;
  gst_gps_overlay_scene_measure (self);
  gst_gps_overlay_scene_drop_drawings (self);
}

void
gst_gps_overlay_scene_flush (GstGpsOverlayScene * self)
{
  self->has_fix = FALSE;
  self->text_time = GST_CLOCK_TIME_NONE;
}

void
gst_gps_overlay_scene_start_stream (GstGpsOverlayScene * self)
{
  self->base = self->now;
}

/* Where plates are */

static void
gst_gps_overlay_scene_place (GstGpsOverlayScene * self,
    GstGpsOverlayScenePlate plate, GstGpsOverlayPlateSize size, gdouble * x,
    gdouble * y)
{
  gdouble right = self->width - size.width - MARGIN;
  gdouble bottom = self->height - size.height - MARGIN;
  GstGpsOverlayPlacement placement = self->settings.placement;
  gboolean track = plate == GST_GPS_OVERLAY_SCENE_TRACK;

  if (plate == GST_GPS_OVERLAY_SCENE_COMPASS) {
    *x = (self->width - size.width) / 2.0;
    *y = placement == GST_GPS_OVERLAY_PLACEMENT_TOP ? bottom : MARGIN;
    return;
  }
  switch (placement) {
    case GST_GPS_OVERLAY_PLACEMENT_TOP:
      *x = track ? right : MARGIN;
      *y = MARGIN;
      break;
    case GST_GPS_OVERLAY_PLACEMENT_LEFT:
      *x = MARGIN;
      *y = track ? MARGIN : bottom;
      break;
    case GST_GPS_OVERLAY_PLACEMENT_RIGHT:
      *x = right;
      *y = track ? MARGIN : bottom;
      break;
    case GST_GPS_OVERLAY_PLACEMENT_BOTTOM:
    default:
      *x = track ? right : MARGIN;
      *y = bottom;
      break;
  }
}

/* Drawing */

static cairo_t *
gst_gps_overlay_scene_create_context (GstGpsOverlayScene * self,
    cairo_surface_t * surface)
{
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, self->pixels_x, self->pixels_y);
  return cr;
}

static void
gst_gps_overlay_scene_close_context (GstGpsOverlayScene * self, cairo_t * cr)
{
  if (self->status == CAIRO_STATUS_SUCCESS)
    self->status = cairo_status (cr);
  cairo_destroy (cr);
}

static void
gst_gps_overlay_scene_draw_pixels (GstGpsOverlayScene * self, guint8 * data,
    gint width, gint height, GstGpsOverlayPlateSize size,
    GstGpsOverlaySceneDrawFunc draw)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (data,
      CAIRO_FORMAT_ARGB32, width, height, width * 4);
  cairo_t *cr = gst_gps_overlay_scene_create_context (self, surface);

  gst_gps_overlay_draw_plate (cr, size.width, size.height,
      self->settings.plate_opacity);
  draw (self, cr);
  gst_gps_overlay_scene_close_context (self, cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
}

/* For formats that need it. */
static GstVideoOverlayComposition *
gst_gps_overlay_scene_compose (const GstGpsOverlayScene * self,
    GstBuffer * pixels, gint x, gint y, gint width, gint height)
{
  GstVideoOverlayRectangle *rectangle;
  GstVideoOverlayComposition *composition;

  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, width, height);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, x, y, width, height,
      GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  gst_video_overlay_rectangle_set_global_alpha (rectangle,
      (gfloat) self->settings.opacity);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  return composition;
}

/* A length in pixels, up to the next place where samples begin together. */
static gint
gst_gps_overlay_scene_align (gdouble pixels)
{
  return (gint) ceil (pixels / GST_GPS_OVERLAY_BLEND_ALIGN)
      * GST_GPS_OVERLAY_BLEND_ALIGN;
}

static void
gst_gps_overlay_scene_draw (GstGpsOverlayScene * self,
    GstGpsOverlayScenePlate plate, GstGpsOverlayPlateSize size,
    GstGpsOverlaySceneDrawFunc draw)
{
  gint width = gst_gps_overlay_scene_align (size.width * self->pixels_x);
  gint height = gst_gps_overlay_scene_align (size.height * self->pixels_y);
  gdouble left, top;
  gint x, y;
  GstMapInfo map;
  g_autoptr (GstBuffer) buffer = NULL;

  gst_gps_overlay_scene_drop_plate (self, plate);
  if (width <= 0 || height <= 0)
    return;
  gst_gps_overlay_scene_place (self, plate, size, &left, &top);
  x = (gint) rint (left * self->pixels_x / GST_GPS_OVERLAY_BLEND_ALIGN)
      * GST_GPS_OVERLAY_BLEND_ALIGN;
  y = (gint) rint (top * self->pixels_y / GST_GPS_OVERLAY_BLEND_ALIGN)
      * GST_GPS_OVERLAY_BLEND_ALIGN;
  buffer = gst_buffer_new_allocate (NULL, (gsize) width * height * 4, NULL);
  if (!buffer || !gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return;
  memset (map.data, 0, map.size);
  gst_gps_overlay_scene_draw_pixels (self, map.data, width, height, size, draw);
  if (gst_gps_overlay_blend_takes (self->picture.finfo))
    self->plates[plate].blend = gst_gps_overlay_blend_new (&self->picture,
        (const guint32 *) (gpointer) map.data, x, y, width, height,
        self->settings.opacity);
  gst_buffer_unmap (buffer, &map);
  if (!self->plates[plate].blend)
    self->plates[plate].composition = gst_gps_overlay_scene_compose (self,
        buffer, x, y, width, height);
}

static GstGpsOverlayItems
gst_gps_overlay_scene_get_items (const GstGpsOverlayScene * self)
{
  return self->seen & self->settings.items;
}

static const GstGpsFix *
gst_gps_overlay_scene_get_fix (const GstGpsOverlayScene * self)
{
  return self->has_fix ? &self->fix : NULL;
}

static gdouble
gst_gps_overlay_scene_get_course (const GstGpsOverlayScene * self)
{
  if (!self->has_fix || !(gst_gps_overlay_text_get_items (&self->fix)
          & GST_GPS_OVERLAY_ITEM_HEADING))
    return (gdouble) NAN;
  return fmod (self->fix.course, 360.0);
}

/* Two courses that look the same, or two that are not known. */
static gboolean
gst_gps_overlay_scene_same_course (gdouble a, gdouble b)
{
  if (!isfinite (a) || !isfinite (b))
    return isfinite (a) == isfinite (b);
  return fabs (a - b) < COURSE_STEP;
}

static void
gst_gps_overlay_scene_draw_text (GstGpsOverlayScene * self, cairo_t * cr)
{
  gst_gps_overlay_plate_draw_text (cr, &self->text);
}

static gboolean
gst_gps_overlay_scene_text_is_due (const GstGpsOverlayScene * self,
    const GstGpsOverlayText * text)
{
  if (!gst_gps_overlay_scene_has_plate (self, GST_GPS_OVERLAY_SCENE_TEXT)
      || !GST_CLOCK_TIME_IS_VALID (self->text_time)
      || self->now < self->text_time
      || self->now - self->text_time >= TEXT_INTERVAL)
    return TRUE;
  /* a second is shown when it begins */
  return !g_str_equal (text->time, self->text.time);
}

static void
gst_gps_overlay_scene_update_text (GstGpsOverlayScene * self)
{
  GstGpsOverlayItems items =
      gst_gps_overlay_scene_get_items (self) & TEXT_ITEMS;
  GstGpsOverlayText text;

  if (!items)
    return;
  gst_gps_overlay_text_write (&text, gst_gps_overlay_scene_get_fix (self),
      items, &self->settings);
  if (gst_gps_overlay_scene_has_plate (self, GST_GPS_OVERLAY_SCENE_TEXT)
      && memcmp (&text, &self->text, sizeof text) == 0)
    return;
  if (!gst_gps_overlay_scene_text_is_due (self, &text))
    return;
  self->text = text;
  self->text_time = self->now;
  gst_gps_overlay_scene_draw (self, GST_GPS_OVERLAY_SCENE_TEXT,
      gst_gps_overlay_plate_measure_text (self->ruler, &text),
      gst_gps_overlay_scene_draw_text);
}

static void
gst_gps_overlay_scene_draw_compass (GstGpsOverlayScene * self, cairo_t * cr)
{
  gst_gps_overlay_plate_draw_compass (cr, self->heading.heading, self->course);
}

static void
gst_gps_overlay_scene_update_compass (GstGpsOverlayScene * self)
{
  gdouble course = gst_gps_overlay_scene_get_course (self);

  if (!(gst_gps_overlay_scene_get_items (self)
          & GST_GPS_OVERLAY_ITEM_HEADING))
    return;
  if (gst_gps_overlay_scene_has_plate (self, GST_GPS_OVERLAY_SCENE_COMPASS)
      && gst_gps_overlay_scene_same_course (course, self->course))
    return;
  self->course = course;
  gst_gps_overlay_text_write (&self->heading,
      gst_gps_overlay_scene_get_fix (self), GST_GPS_OVERLAY_ITEM_HEADING,
      &self->settings);
  gst_gps_overlay_scene_draw (self, GST_GPS_OVERLAY_SCENE_COMPASS,
      gst_gps_overlay_plate_measure_compass (),
      gst_gps_overlay_scene_draw_compass);
}

/* The track */

/* Draws all of the track into the layer. */
static void
gst_gps_overlay_scene_draw_layer (GstGpsOverlayScene * self)
{
  gint width = (gint) ceil (INSET * self->pixels_x);
  gint height = (gint) ceil (INSET * self->pixels_y);
  cairo_t *cr;

  gst_gps_overlay_scene_drop_layer (self);
  self->layer = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = gst_gps_overlay_scene_create_context (self, self->layer);
  gst_gps_overlay_plate_draw_track (cr, &self->track, &self->view, 0);
  gst_gps_overlay_scene_close_context (self, cr);
  self->layer_points = self->track.points->len;
  self->layer_generation = self->track.generation;
}

static void
gst_gps_overlay_scene_draw_track (GstGpsOverlayScene * self, cairo_t * cr)
{
  cairo_save (cr);
  cairo_scale (cr, 1.0 / self->pixels_x, 1.0 / self->pixels_y);
  cairo_set_source_surface (cr, self->layer, 0.0, 0.0);
  cairo_paint (cr);
  cairo_restore (cr);
  gst_gps_overlay_plate_draw_track (cr, &self->track, &self->view,
      self->layer_points - 1);
  gst_gps_overlay_plate_draw_marks (cr, &self->track, &self->view,
      self->camera_course, self->camera_here, self->settings.units);
}

/* Returns whether the camera is elsewhere in the inset, or points elsewhere. */
static gboolean
gst_gps_overlay_scene_move_camera (GstGpsOverlayScene * self)
{
  gdouble course = gst_gps_overlay_scene_get_course (self);
  gboolean here = self->has_fix && gst_gps_fix_is_valid (&self->fix);
  gdouble x, y;

  gst_gps_overlay_track_project (&self->view, &self->track.last, &x, &y);
  x *= INSET;
  y *= INSET;
  if (here == self->camera_here
      && hypot (x - self->camera_x, y - self->camera_y) < CAMERA_STEP
      && gst_gps_overlay_scene_same_course (course, self->camera_course))
    return FALSE;
  self->camera_x = x;
  self->camera_y = y;
  self->camera_course = course;
  self->camera_here = here;
  return TRUE;
}

static void
gst_gps_overlay_scene_update_track (GstGpsOverlayScene * self)
{
  GstGpsOverlayPlateSize size = { INSET, INSET };
  gboolean changed;

  if (!(gst_gps_overlay_scene_get_items (self) & GST_GPS_OVERLAY_ITEM_TRACK))
    return;
  if (!self->track.has_last) {
    gst_gps_overlay_scene_drop_plate (self, GST_GPS_OVERLAY_SCENE_TRACK);
    return;
  }
  changed = gst_gps_overlay_track_fit (&self->track, &self->view);
  if (changed || !self->layer
      || self->layer_generation != self->track.generation
      || self->track.points->len > self->layer_points + NEW_POINTS) {
    gst_gps_overlay_scene_draw_layer (self);
    changed = TRUE;
  }
  changed |= gst_gps_overlay_scene_move_camera (self);
  if (changed
      || !gst_gps_overlay_scene_has_plate (self, GST_GPS_OVERLAY_SCENE_TRACK))
    gst_gps_overlay_scene_draw (self, GST_GPS_OVERLAY_SCENE_TRACK, size,
        gst_gps_overlay_scene_draw_track);
}

/* What is known */

static void
gst_gps_overlay_scene_take_fix (GstGpsOverlayScene * self,
    const GstGpsFix * fix)
{
  self->seen |= gst_gps_overlay_text_get_items (fix);
  self->fix = *fix;
  self->has_fix = TRUE;
  self->fix_time = self->now;
  if (gst_gps_fix_is_valid (fix))
    gst_gps_overlay_track_add (&self->track, self->now, fix->latitude,
        fix->longitude);
}

void
gst_gps_overlay_scene_update (GstGpsOverlayScene * self,
    const GstGpsFix * fix, GstClockTime time)
{
  GstGpsOverlayItems seen = self->seen;

  if (GST_CLOCK_TIME_IS_VALID (time)) {
    self->now = self->base + time;
    gst_gps_overlay_track_rewind (&self->track, self->now);
  }
  if (fix)
    gst_gps_overlay_scene_take_fix (self, fix);
  else if (self->has_fix && (self->now < self->fix_time
          || self->now - self->fix_time > self->settings.hold))
    self->has_fix = FALSE;
  if (!self->has_picture)
    return;
  if (seen != self->seen)
    gst_gps_overlay_scene_drop_plate (self, GST_GPS_OVERLAY_SCENE_TEXT);
  gst_gps_overlay_scene_update_text (self);
  gst_gps_overlay_scene_update_compass (self);
  gst_gps_overlay_scene_update_track (self);
}

gboolean
gst_gps_overlay_scene_is_empty (const GstGpsOverlayScene * self)
{
  for (guint i = 0; i < GST_GPS_OVERLAY_SCENE_PLATES; i++) {
    if (gst_gps_overlay_scene_has_plate (self, i))
      return FALSE;
  }
  return TRUE;
}

void
gst_gps_overlay_scene_blend (const GstGpsOverlayScene * self,
    GstVideoFrame * frame)
{
  for (guint i = 0; i < GST_GPS_OVERLAY_SCENE_PLATES; i++) {
    const GstGpsOverlaySceneDrawing *drawing = &self->plates[i];

    if (drawing->blend)
      gst_gps_overlay_blend_draw (drawing->blend, frame);
    else if (drawing->composition)
      /* false: it is outside of the picture */
      (void) gst_video_overlay_composition_blend (drawing->composition, frame);
  }
}
