/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "config.h"
#include "hub.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_CAMERA (camera_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamCamera, camera, CHEAPCAM, CAMERA, GObject)

CheapcamCamera *camera_new (const CheapcamCameraConfig * config,
    GstClockTime base_time);
CheapcamHub *camera_get_hub (CheapcamCamera * self);
void camera_start (CheapcamCamera * self);
void camera_stop (CheapcamCamera * self);
void camera_wait_stopped (CheapcamCamera * self);

gchar *camera_hide_password (const gchar * text);

G_END_DECLS
