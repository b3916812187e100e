/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_THREADS (threads_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamThreads, threads, CHEAPCAM, THREADS,
    GstRTSPThreadPool)

GstRTSPThreadPool *threads_new (void);
void threads_stop (CheapcamThreads * self);

G_END_DECLS
