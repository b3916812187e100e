/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include "users.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_AUTH (auth_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamAuth, auth, CHEAPCAM, AUTH, GstRTSPAuth)

GstRTSPAuth *auth_new (CheapcamUsers * users, gboolean udp);

G_END_DECLS
