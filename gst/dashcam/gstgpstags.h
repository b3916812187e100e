/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

G_BEGIN_DECLS

/* What a fix says of the whole recording. earlier: what was told before and
 * still holds, or NULL. */
GstTagList *gst_gps_tags_new (const GstGpsFix * fix, const GstTagList * earlier);

/* What the media say, and ours where they say nothing; theirs may be NULL. */
GstTagList *gst_gps_tags_merge (const GstTagList * theirs,
    const GstTagList * ours);

G_END_DECLS
