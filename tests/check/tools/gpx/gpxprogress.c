/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/console.h"
#include "tools/gpx/progress.h"

#include <gst/check/gstcheck.h>

#define S G_GINT64_CONSTANT (1000000)

/* Ten files of 1 GB, of which a quarter is read after 100 seconds. */
static void
init (Progress * progress)
{
  progress_init (progress, 10, 10 * G_GUINT64_CONSTANT (1000000000), 7 * S);
  progress->n_done = 2;
  progress->n_bytes = 2500000000;
}

static void
assert_line (const Progress * progress, gint64 now, guint width,
    const gchar * expected)
{
  g_autofree gchar *line = progress_format (progress, now, width);

  assert_equals_string (line, expected);
}

GST_START_TEST (test_rate_and_estimate)
{
  Progress progress;
  g_autofree gchar *line = NULL;

  init (&progress);
  line = progress_format (&progress, 107 * S, 100);
  fail_unless (g_str_has_prefix (line, "[#########---"), "%s", line);
  fail_unless (strstr (line, "]  25 %  2/10 files  5:00 left  25.0") != NULL,
      "%s", line);
  fail_unless (g_str_has_suffix (line, "MB/s  2.5\302\240GB"), "%s", line);
}

GST_END_TEST;

/* The least important goes first, and no line is ever too long. */
GST_START_TEST (test_any_width)
{
  Progress progress;

  init (&progress);
  assert_line (&progress, 107 * S, 60, "[##--------]  25 %  2/10 files  "
      "5:00 left  25.0\302\240MB/s  2.5\302\240GB");
  assert_line (&progress, 107 * S, 40, " 25 %  2/10 files  5:00 left  "
      "25.0\302\240MB/s");
  assert_line (&progress, 107 * S, 17, " 25 %  2/10 files");
  assert_line (&progress, 107 * S, 16, "[##------]  25 %");
  assert_line (&progress, 107 * S, 15, " 25 %");
  for (guint width = 5; width < 200; width++) {
    g_autofree gchar *line = progress_format (&progress, 107 * S, width);

    fail_unless (g_utf8_strlen (line, -1) <= (glong) width, "%u: %s", width,
        line);
  }
}

GST_END_TEST;

GST_START_TEST (test_ends_and_unknown_sizes)
{
  Progress progress;

  progress_init (&progress, 4, 0, 0);
  assert_line (&progress, 0, 30, "[-----------]   0 %  0/4 files");
  progress.n_done = 1;
  assert_line (&progress, 3600 * S, 30, " 25 %  1/4 files  3:00:00 left");
  progress_init (&progress, 0, 0, 0);
  assert_line (&progress, S, 17, "  0 %  0/0 files");
  /* what grows while it is read is not more than all */
  progress_init (&progress, 1, 1000, 0);
  progress.n_bytes = 2000;
  assert_line (&progress, S, 28, "100 %  0/1 files  0:00 left");
}

GST_END_TEST;

GST_START_TEST (test_ten_times_a_second_at_most)
{
  Progress progress;
  guint n = 0;

  progress_init (&progress, 1, 0, 5 * S);
  fail_if (progress_is_due (&progress, 5 * S + S / 4));
  for (gint64 now = 6 * S; now < 8 * S; now += 1000)
    n += progress_is_due (&progress, now);
  assert_equals_int (n, 20);
}

GST_END_TEST;

GST_START_TEST (test_names_are_one_line)
{
  static const gchar *const names[][2] = {
    {"a.MP4", "a.MP4"},
    {"\303\244\n\t\033[31m", "\303\244\\n\\t\\x1b[31m"},
    {"x\377", "x\357\277\275"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree gchar *shown = console_escape (names[i][0]);

    assert_equals_string (shown, names[i][1]);
  }
}

GST_END_TEST;

static Suite *
gpxprogress_suite (void)
{
  Suite *s = suite_create ("gpxprogress");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_rate_and_estimate);
  tcase_add_test (tc, test_any_width);
  tcase_add_test (tc, test_ends_and_unknown_sizes);
  tcase_add_test (tc, test_ten_times_a_second_at_most);
  tcase_add_test (tc, test_names_are_one_line);
  return s;
}

GST_CHECK_MAIN (gpxprogress);
