/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/base/gstpushsrc.h>

#include "viewer.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_VIEWER_SRC (viewer_src_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamViewerSrc, viewer_src, CHEAPCAM, VIEWER_SRC,
    GstPushSrc)

GstElement *viewer_src_new (CheapcamViewer * viewer, guint stream);

G_END_DECLS
