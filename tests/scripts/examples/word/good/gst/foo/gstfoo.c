/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/gst.h>

static void
gst_foo_run (GstElement * element, const char *text)
{
  /* nolint: a child that leaves the bin has no parent to follow */
  gst_element_set_state (element, GST_STATE_NULL);
  GST_DEBUG_OBJECT (element, "g_usleep (%s)", text);
  fatal_atoi (text);
}
