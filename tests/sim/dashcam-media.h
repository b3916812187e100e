/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Video and sound of a simulated recording, made by GStreamer. */

#include <gio/gio.h>

#define DASHCAM_MEDIA_FRAME_RATE 25

typedef enum
{
  DASHCAM_MEDIA_TS,
  DASHCAM_MEDIA_MP4
} DashcamMedia;

/* H.264 with a key frame each second and a clock in the picture, where pango
 * is installed, and AAC that ticks. Runs until all is made. */
GBytes *dashcam_media_make (DashcamMedia media, guint width, guint height,
    guint n_seconds, GError ** error);
