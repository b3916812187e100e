/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_SESSIONS (sessions_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamSessions, sessions, CHEAPCAM, SESSIONS,
    GstRTSPSessionPool)

GstRTSPSessionPool *sessions_new (guint max_sessions);

G_END_DECLS
