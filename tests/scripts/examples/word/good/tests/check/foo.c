/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
GST_START_TEST (test_waits)
{
  g_assert_cmpint (wait_for_it (), ==, 1);
}

GST_END_TEST;
