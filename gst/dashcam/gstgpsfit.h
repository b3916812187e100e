/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A record, and where its block stands between the media. */
typedef struct
{
  gint64 clock_us;              /* by the camera's clock */
  GstClockTime time;            /* of the media; never NONE */
} GstGpsFitPoint;

/* Spaces the media times of records in a row as the camera's clock does, where
 * that runs on steadily: a block stands behind the chunk of media that was being
 * written, so its place is off by up to a chunk. No time moves by more than a
 * second, and none goes back behind the one before it. */
void gst_gps_fit_points (GstGpsFitPoint * points, guint n_points);

G_END_DECLS
