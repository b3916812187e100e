/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/**
 * gst_foo_count:
 *
 * Returns: how many there are
 */
int gst_foo_count (void);
