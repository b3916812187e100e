/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "inlet.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_INLET_STREAM (inlet_stream_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamInletStream, inlet_stream, CHEAPCAM,
    INLET_STREAM, GFilterInputStream)

GInputStream *inlet_stream_new (GInputStream * base, GSocket * socket,
    CheapcamInletBudget * budget);

G_END_DECLS
