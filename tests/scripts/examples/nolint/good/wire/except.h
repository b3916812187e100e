/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

static inline int
except_time (void)
{
  /* nolint: an example of two
   * lines */
  return time (0);
}
