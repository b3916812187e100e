/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/words.h"

/* No malloc () here: g_free () is for others. */
const char *
words_name (void)
{
  return "malloc (8)";
}
