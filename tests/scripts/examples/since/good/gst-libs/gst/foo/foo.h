/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Not a documentation block. */

/**
 * gst_foo_count:
 *
 * Returns: how many there are
 *
 * Since: 0.1
 */
int gst_foo_count (void);
