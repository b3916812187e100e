/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "hub.h"

G_BEGIN_DECLS

HubFlags nalunit_classify_h264 (const guint8 * data, gsize size);
HubFlags nalunit_classify_h265 (const guint8 * data, gsize size);

G_END_DECLS
