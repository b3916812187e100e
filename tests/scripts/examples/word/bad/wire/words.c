/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/words.h"

void *
words_new (void)
{
  guint size = 8;

  return malloc (size);
}
