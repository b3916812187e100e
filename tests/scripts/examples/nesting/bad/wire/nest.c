/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
int
nest_find (const int *values, int n)
{
  while (n > 0) {
    if (values[n]) {
      for (int i = 0; i < n; i++) {
        if (values[i] > values[n]) {
          return i;
        }
      }
    }
    n--;
  }
  return n;
}
