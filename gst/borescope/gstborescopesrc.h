/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/base/base.h>

G_BEGIN_DECLS

#define GST_TYPE_BORESCOPE_SRC (gst_borescope_src_get_type ())
G_DECLARE_FINAL_TYPE (GstBorescopeSrc, gst_borescope_src, GST, BORESCOPE_SRC,
    GstPushSrc)

GST_ELEMENT_REGISTER_DECLARE (borescopesrc)

G_END_DECLS
