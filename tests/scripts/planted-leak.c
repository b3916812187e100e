/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Must fail: it proves that the leaks tracer, and the leak checker of a
 * sanitizer build, see a lost buffer in this environment. */

#include <gst/check/gstcheck.h>

GST_START_TEST (test_buffer_is_lost)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);

  fail_unless (buffer != NULL);
}

GST_END_TEST;

static Suite *
planted_leak_suite (void)
{
  Suite *s = suite_create ("planted-leak");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_buffer_is_lost);
  return s;
}

GST_CHECK_MAIN (planted_leak);
