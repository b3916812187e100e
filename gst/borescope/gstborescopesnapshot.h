/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/base/base.h>

G_BEGIN_DECLS

#define GST_TYPE_BORESCOPE_SNAPSHOT (gst_borescope_snapshot_get_type ())
G_DECLARE_FINAL_TYPE (GstBorescopeSnapshot, gst_borescope_snapshot, GST,
    BORESCOPE_SNAPSHOT, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (borescopesnapshot)

G_END_DECLS
