/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
int
foo_run (const char *name)
{
  return printf ("%s\n", name);
}
