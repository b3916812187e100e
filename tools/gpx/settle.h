/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "track.h"

G_BEGIN_DECLS

/* Judges by all records of a file what they show, and makes of them what that
 * says: times of UTC where they can be had. For once, when it was read. */
void settle_recording (Recording * recording, const TrackOptions * options);

G_END_DECLS
