/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpsmedia.h"
#include "gstgpssettings.h"
#include "gstgpsstream.h"

G_BEGIN_DECLS

/* From now on each buffer that leaves on the pad of the demuxer, one that media
 * watches already, carries a fix of the stream. Both outlive the pad. */
void gst_gps_attach_add_pad (GstPad * pad, GstGpsMedia * media,
    GstGpsStream * stream, GstGpsAttachMeta what);

G_END_DECLS
