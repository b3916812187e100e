/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include "config.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_SERVER (server_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamServer, server, CHEAPCAM, SERVER, GstRTSPServer)

CheapcamServer *server_new (const CheapcamConfig * config, GError ** error);
gboolean server_start (CheapcamServer * self, GError ** error);
gchar **server_get_urls (CheapcamServer * self);
void server_stop (CheapcamServer * self);

G_END_DECLS
