/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include "hub.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_FACTORY (factory_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamFactory, factory, CHEAPCAM, FACTORY,
    GstRTSPMediaFactory)

GstRTSPMediaFactory *factory_new (CheapcamHub * hub, gboolean udp);
CheapcamHub *factory_get_hub (CheapcamFactory * self);
CheapcamViewer *factory_get_viewer (GstRTSPMedia * media);

G_END_DECLS
