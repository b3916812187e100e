/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
GST_START_TEST (test_waits)
{
  g_usleep (1000);
  g_assert (rand () >= 0);
}

GST_END_TEST;
