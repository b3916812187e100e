/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* nolint: nothing is wrong with it */
int except_count (void);

/* nolint */
void *except_new (int (*malloc) (int));
static inline int
except_time (void)
{
  return time (0);
}
