/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <math.h>
#include <string.h>

#include "gstgpsoverlayblend.h"

#define FRACTION 14             /* bits behind the point of a weight */

/* What becomes of each byte of a plane: byte * keep / 255 + add. */
typedef struct
{
  gint left;                    /* bytes */
  gint top;                     /* rows */
  gint row;                     /* bytes */
  gint rows;
  guint8 *keep;
  guint8 *add;
} GstGpsOverlayBlendPlane;

struct _GstGpsOverlayBlend
{
  guint n_planes;
  GstGpsOverlayBlendPlane planes[GST_VIDEO_MAX_PLANES];
};

/* How a component is made of a pixel. With a sum over 16 pixels the products
 * still fit. */
typedef struct
{
  gint red, green, blue, alpha;
  gint opaque;
} GstGpsOverlayBlendWeights;

gboolean
gst_gps_overlay_blend_takes (const GstVideoFormatInfo * format)
{
  const GstVideoFormatFlags others = GST_VIDEO_FORMAT_FLAG_ALPHA |
      GST_VIDEO_FORMAT_FLAG_PALETTE | GST_VIDEO_FORMAT_FLAG_COMPLEX |
      GST_VIDEO_FORMAT_FLAG_TILED;

  if ((format->flags & others) || format->bits != 8)
    return FALSE;
  for (guint c = 0; c < format->n_components; c++) {
    if (format->depth[c] != 8 || format->shift[c] != 0
        || format->w_sub[c] > 2 || format->h_sub[c] > 2)
      return FALSE;
    /* IYU1: its luma samples are not at equal distances */
    if (format->n_planes == 1 && format->w_sub[c] > 1)
      return FALSE;
  }
  return TRUE;
}

/* Of a component of YCbCr, with full range and without its offset. */
static void
gst_gps_overlay_blend_get_luma (const GstVideoInfo * info, guint component,
    gdouble ret_rgb[3])
{
  gdouble red = 0.299, blue = 0.114;
  gdouble luma[3];

  (void) gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &red,
      &blue);
  luma[0] = red;
  luma[1] = 1.0 - red - blue;
  luma[2] = blue;
  for (guint i = 0; i < 3; i++) {
    ret_rgb[i] = luma[i];
    if (component == 1)
      ret_rgb[i] = ((i == 2) - luma[i]) / (2.0 * (1.0 - blue));
    else if (component == 2)
      ret_rgb[i] = ((i == 0) - luma[i]) / (2.0 * (1.0 - red));
  }
}

static GstGpsOverlayBlendWeights
gst_gps_overlay_blend_get_weights (const GstVideoInfo * info, guint component,
    gdouble opacity)
{
  GstGpsOverlayBlendWeights weights;
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];
  gdouble rgb[3] = { 0.0, 0.0, 0.0 };
  gdouble factor = opacity * (1 << FRACTION) / 255.0;

  gst_video_color_range_offsets (info->colorimetry.range, info->finfo, offset,
      scale);
  if (GST_VIDEO_FORMAT_INFO_IS_RGB (info->finfo))
    rgb[component] = 1.0;
  else
    gst_gps_overlay_blend_get_luma (info, component, rgb);
  weights.red = (gint) lrint (rgb[0] * scale[component] * factor);
  weights.green = (gint) lrint (rgb[1] * scale[component] * factor);
  weights.blue = (gint) lrint (rgb[2] * scale[component] * factor);
  weights.alpha = (gint) lrint (offset[component] * factor);
  weights.opaque = (gint) lrint (opacity * (1 << FRACTION));
  return weights;
}

/* The sums over the pixels that share a sample. */
static inline void
gst_gps_overlay_blend_sum (const guint32 * pixels, gint stride, gint width,
    gint height, gint ret_sums[4])
{
  guint32 red_blue = 0, alpha_green = 0;

  /* two sums in one word: 16 times 255 fits into half of it */
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++) {
      red_blue += pixels[x] & 0x00ff00ff;
      alpha_green += (pixels[x] >> 8) & 0x00ff00ff;
    }
    pixels += stride;
  }
  ret_sums[0] = red_blue >> 16;
  ret_sums[1] = alpha_green & 0xffff;
  ret_sums[2] = red_blue & 0xffff;
  ret_sums[3] = alpha_green >> 16;
}

/* Steps are powers of two: how many bits is what shifts say. */
static inline void
gst_gps_overlay_blend_fill_row (guint8 * keep, guint8 * add, gint step,
    const GstGpsOverlayBlendWeights * weights, const guint32 * pixels,
    gint width, gint shift_x, gint shift_y)
{
  const gint shift = FRACTION + shift_x + shift_y;
  const gint half = 1 << (shift - 1);
  gint sums[4];

  for (gint x = 0; x < width >> shift_x; x++) {
    gint alpha, value;

    gst_gps_overlay_blend_sum (pixels + ((gsize) x << shift_x), width,
        1 << shift_x, 1 << shift_y, sums);
    value = (weights->red * sums[0] + weights->green * sums[1] +
        weights->blue * sums[2] + weights->alpha * sums[3] + half) >> shift;
    alpha = (weights->opaque * sums[3] + half) >> shift;
    keep[x * step] = (guint8) (255 - alpha);
    add[x * step] = (guint8) CLAMP (value, 0, alpha);
  }
}

/* Words of whole pixels, as nearly all elements that draw give them. All is done
 * at once and in lanes of 32 bits. */
static gboolean
gst_gps_overlay_blend_is_words (const GstVideoInfo * info)
{
  return GST_VIDEO_INFO_IS_RGB (info) && info->finfo->n_components == 3
      && GST_VIDEO_INFO_N_PLANES (info) == 1
      && GST_VIDEO_INFO_COMP_PSTRIDE (info, 0) == 4;
}

/* A byte of a pixel in a word of this machine. */
static guint
gst_gps_overlay_blend_get_shift (const GstVideoInfo * info, guint component)
{
  guint offset = (guint) info->finfo->poffset[component];

  return 8 * (G_BYTE_ORDER == G_LITTLE_ENDIAN ? offset : 3 - offset);
}

static inline guint32
gst_gps_overlay_blend_weigh (gint weight, gint color, gint add, gint alpha)
{
  const gint value = (weight * color + add) >> FRACTION;

  return (guint32) CLAMP (value, 0, alpha);
}

static void
gst_gps_overlay_blend_fill_words (GstGpsOverlayBlendPlane * plane,
    const GstVideoInfo * info, const guint32 * restrict pixels, gdouble opacity)
{
  const GstGpsOverlayBlendWeights red =
      gst_gps_overlay_blend_get_weights (info, 0, opacity);
  const GstGpsOverlayBlendWeights green =
      gst_gps_overlay_blend_get_weights (info, 1, opacity);
  const GstGpsOverlayBlendWeights blue =
      gst_gps_overlay_blend_get_weights (info, 2, opacity);
  const guint to_red = gst_gps_overlay_blend_get_shift (info, 0);
  const guint to_green = gst_gps_overlay_blend_get_shift (info, 1);
  const guint to_blue = gst_gps_overlay_blend_get_shift (info, 2);
  const guint32 each = 1u << to_red | 1u << to_green | 1u << to_blue;
  const gint half = 1 << (FRACTION - 1);
  const gsize n = (gsize) plane->row / 4 * plane->rows;
  guint32 *restrict keep = (guint32 *) (gpointer) plane->keep;
  guint32 *restrict add = (guint32 *) (gpointer) plane->add;

  for (gsize i = 0; i < n; i++) {
    const guint32 pixel = pixels[i];
    const gint opaque = (gint) (pixel >> 24);
    const gint alpha = (red.opaque * opaque + half) >> FRACTION;
    /* the offsets of all three are the same */
    const gint more = red.alpha * opaque + half;

    keep[i] = ~((guint32) alpha * each);
    add[i] = gst_gps_overlay_blend_weigh (red.red, pixel >> 16 & 255, more,
        alpha) << to_red
        | gst_gps_overlay_blend_weigh (green.green, pixel >> 8 & 255, more,
        alpha) << to_green
        | gst_gps_overlay_blend_weigh (blue.blue, pixel & 255, more, alpha)
        << to_blue;
  }
}

static void
gst_gps_overlay_blend_fill (GstGpsOverlayBlendPlane * plane,
    const GstVideoInfo * info, guint component, const guint32 * pixels,
    gint width, gint height, gdouble opacity)
{
  const GstVideoFormatInfo *format = info->finfo;
  const GstGpsOverlayBlendWeights weights =
      gst_gps_overlay_blend_get_weights (info, component, opacity);
  gint shift_x = format->w_sub[component], shift_y = format->h_sub[component];
  gint step = format->pixel_stride[component];

  for (gint y = 0; y < height >> shift_y; y++) {
    const guint32 *row = pixels + ((gsize) (y << shift_y) * width);
    gsize at = (gsize) y * plane->row + format->poffset[component];

    /* the constants are what lets the compiler make vectors of it */
    if (shift_x == 0 && shift_y == 0 && step == 1)
      gst_gps_overlay_blend_fill_row (plane->keep + at, plane->add + at, 1,
          &weights, row, width, 0, 0);
    else if (shift_x == 1 && shift_y == 1)
      gst_gps_overlay_blend_fill_row (plane->keep + at, plane->add + at, step,
          &weights, row, width, 1, 1);
    else
      gst_gps_overlay_blend_fill_row (plane->keep + at, plane->add + at, step,
          &weights, row, width, shift_x, shift_y);
  }
}

/* Bytes that belong to no component stay as they are. */
static void
gst_gps_overlay_blend_open (GstGpsOverlayBlendPlane * plane,
    const GstVideoFormatInfo * format, guint component, gint x, gint y,
    gint width, gint height)
{
  gsize size;

  plane->left = (x >> format->w_sub[component])
      * format->pixel_stride[component];
  plane->top = y >> format->h_sub[component];
  plane->row = (width >> format->w_sub[component])
      * format->pixel_stride[component];
  plane->rows = height >> format->h_sub[component];
  size = (gsize) plane->row * plane->rows;
  plane->keep = g_malloc (size);
  plane->add = g_malloc0 (size);
  memset (plane->keep, 255, size);
}

GstGpsOverlayBlend *
gst_gps_overlay_blend_new (const GstVideoInfo * info, const guint32 * pixels,
    gint x, gint y, gint width, gint height, gdouble opacity)
{
  const GstVideoFormatInfo *format = info->finfo;
  GstGpsOverlayBlend *self = g_new0 (GstGpsOverlayBlend, 1);

  self->n_planes = format->n_planes;
  if (gst_gps_overlay_blend_is_words (info)) {
    gst_gps_overlay_blend_open (&self->planes[0], format, 0, x, y, width,
        height);
    gst_gps_overlay_blend_fill_words (&self->planes[0], info, pixels, opacity);
    return self;
  }
  for (guint c = 0; c < format->n_components; c++) {
    GstGpsOverlayBlendPlane *plane = &self->planes[format->plane[c]];

    if (!plane->keep)
      gst_gps_overlay_blend_open (plane, format, c, x, y, width, height);
    gst_gps_overlay_blend_fill (plane, info, c, pixels, width, height, opacity);
  }
  return self;
}

void
gst_gps_overlay_blend_free (GstGpsOverlayBlend * self)
{
  for (guint i = 0; i < self->n_planes; i++) {
    g_free (self->planes[i].keep);
    g_free (self->planes[i].add);
  }
  g_free (self);
}

static void
gst_gps_overlay_blend_row (guint8 * restrict bytes,
    const guint8 * restrict keep, const guint8 * restrict add, gint n)
{
  for (gint i = 0; i < n; i++) {
    /* divides by 255, exactly, without a division */
    guint16 product = (guint16) (bytes[i] * keep[i] + 128);

    bytes[i] = (guint8) (((product + (product >> 8)) >> 8) + add[i]);
  }
}

/* How many bytes of a plane's row, and rows of it, the frame has. */
static void
gst_gps_overlay_blend_get_room (const GstVideoFrame * frame, guint plane,
    gint * ret_row, gint * ret_rows)
{
  const GstVideoFormatInfo *format = frame->info.finfo;

  *ret_row = *ret_rows = 0;
  for (guint c = 0; c < format->n_components; c++) {
    if (format->plane[c] != plane)
      continue;
    *ret_row = MAX (*ret_row, GST_VIDEO_FRAME_COMP_WIDTH (frame, c)
        * format->pixel_stride[c]);
    *ret_rows = MAX (*ret_rows, GST_VIDEO_FRAME_COMP_HEIGHT (frame, c));
  }
  *ret_row = MIN (*ret_row, GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane));
}

void
gst_gps_overlay_blend_draw (const GstGpsOverlayBlend * self,
    GstVideoFrame * frame)
{
  for (guint i = 0; i < self->n_planes; i++) {
    const GstGpsOverlayBlendPlane *plane = &self->planes[i];
    gint stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, i);
    guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, i);
    gint row, rows, skip_x = MAX (-plane->left, 0);

    gst_gps_overlay_blend_get_room (frame, i, &row, &rows);
    row = MIN (row - plane->left, plane->row);
    for (gint y = MAX (-plane->top, 0); y < plane->rows; y++) {
      if (plane->top + y >= rows || row <= skip_x)
        break;
      gst_gps_overlay_blend_row (data + (gssize) stride * (plane->top + y)
          + plane->left + skip_x, plane->keep + (gsize) plane->row * y
          + skip_x, plane->add + (gsize) plane->row * y + skip_x, row - skip_x);
    }
  }
}
