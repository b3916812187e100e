/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The part of the table of dialects that is for tracks and boxes of MP4
 * (docs/wire/dashcam-tracks.md). */

#include "wire/dialect.h"

/* The entry at index, or null behind the last. */
const Dialect *dialecttracks_get (size_t index);
