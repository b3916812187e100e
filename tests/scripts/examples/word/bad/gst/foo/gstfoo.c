/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/gst.h>

static void
gst_foo_run (GstElement * element, const char *text)
{
  g_usleep (1000);
  g_print ("%s %d", text, atoi (text));
  g_assert (element != NULL);
  gst_element_set_state (element, GST_STATE_PLAYING);
  g_message ("%" G_GINT64_FORMAT, g_get_real_time ());
}
