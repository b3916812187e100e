/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Which camera made a recording, where its dialect settles that. */

#include <stdbool.h>
#include <stddef.h>

/* dialect: the name of one. *ret_model is null where several models write it.
 * Returns false where several makers do. */
bool dialectcamera_get (const char *dialect, const char **ret_maker,
    const char **ret_model);

/* The name of the dialect at index in the table, or null behind the last. */
const char *dialectcamera_get_name (size_t index);
