/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* How the camera is held, from the accelerometer word of its frames. */
typedef struct
{
  gboolean known;
  gdouble angle;                /* as told last, degrees */
  gint quarter;                 /* the nearest right angle, -1: not known */
  guint64 last_time;
} GstBorescopeOrientation;

typedef enum
{
  GST_BORESCOPE_ORIENTATION_SAME = 0,
  GST_BORESCOPE_ORIENTATION_ANGLE = 1 << 0,     /* the angle is to be told */
  GST_BORESCOPE_ORIENTATION_QUARTER = 1 << 1    /* and the right angle has changed */
} GstBorescopeOrientationChange;

/* now: monotonic, ns. */
GstBorescopeOrientationChange gst_borescope_orientation_update
    (GstBorescopeOrientation * self, guint32 motion, guint64 now);

/* The value of GST_TAG_IMAGE_ORIENTATION. */
const gchar *gst_borescope_orientation_get_tag (const
    GstBorescopeOrientation * self);

G_END_DECLS
