/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A drawing, made ready for frames of one format, so that little is left to do
 * for each of them: a multiplication and an addition for each byte. For formats
 * of whole bytes without alpha, which are nearly all that decoders give.
 * gst_video_overlay_composition_blend() takes more than ten times as long for the
 * same. Where a frame has to be copied before, that is most of what BGRx costs,
 * and little is saved there: see docs/benchmarks.md. */

#include <gst/video/video.h>

G_BEGIN_DECLS typedef struct _GstGpsOverlayBlend GstGpsOverlayBlend;

/* A drawing's place is a multiple of it, so that it begins with whole samples
 * of colour. */
#define GST_GPS_OVERLAY_BLEND_ALIGN 4

gboolean gst_gps_overlay_blend_takes (const GstVideoFormatInfo * format);

/* The pixels are cairo's: native words, alpha first, premultiplied. */
GstGpsOverlayBlend *gst_gps_overlay_blend_new (const GstVideoInfo * info,
    const guint32 * pixels, gint x, gint y, gint width, gint height,
    gdouble opacity);
void gst_gps_overlay_blend_free (GstGpsOverlayBlend * self);

/* Cut off where the frame ends. */
void gst_gps_overlay_blend_draw (const GstGpsOverlayBlend * self,
    GstVideoFrame * frame);

G_END_DECLS
