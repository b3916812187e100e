/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "borescopetest.h"

GST_START_TEST (test_pictures_are_those_of_the_camera)
{
  static const SimMolinkVariant variants[] = {
    SIM_MOLINK_A, SIM_MOLINK_B, SIM_MOLINK_C
  };
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.variant = variants[__i__];
  options.fps = 50;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  borescopetest_wait (test, 10);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    fail_unless (borescopetest_find_frame (camera, buffer) >= 0,
        "picture %u is none of the camera's", i);
  }
  borescopetest_free (test);
}

GST_END_TEST;

static Suite *
borescopesrc_suite (void)
{
  Suite *suite = suite_create ("borescopesrc");
  TCase *tc = tcase_create ("stream");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_pictures_are_those_of_the_camera, 0, 3);
  return suite;
}

GST_CHECK_MAIN (borescopesrc);
