/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp/rtsp.h>

G_BEGIN_DECLS

GstRTSPStatusCode guard_check_request (GstRTSPMessage * request,
    const gchar * peer, gboolean udp);
gchar *guard_filter_transport (const gchar * transport, const gchar * peer,
    gboolean udp);
gboolean guard_check_range (const gchar * range);

G_END_DECLS
