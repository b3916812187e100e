/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/ctl/options.h"

#include <gst/check/gstcheck.h>

/* Returns what options_parse() does, and checks that an error comes with FALSE and
 * never without. */
static gboolean
parse (Options * options, const gchar * line)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  /* the parser takes arguments out of the array */
  g_autofree gchar **left = NULL;
  gint argc;
  gboolean ok;

  *options = (Options) {
  0};
  fail_unless (g_shell_parse_argv (line, &argc, &argv, NULL));
  left = g_memdup2 (argv, sizeof *argv * (gsize) (argc + 1));
  ok = options_parse (options, &argc, &left, &error);
  fail_unless (ok == (error == NULL));
  return ok;
}

GST_START_TEST (test_the_family_says_where_its_cameras_are)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-ctl borescope battery"));
  assert_equals_string (options.command->name, "battery");
  fail_unless (options.words[0] == NULL);
  assert_equals_string (options.target.host, "192.168.10.123");
  assert_equals_int (options.target.port, 50000);
  assert_equals_int (options.target.timeout_ms, 2000);
  fail_if (options.json || options.version);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_options_stand_anywhere)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-ctl --json borescope --host cam led "
          "--timeout=0.5 7 --port 9"));
  assert_equals_string (options.command->name, "led");
  assert_equals_string (options.words[0], "7");
  fail_unless (options.words[1] == NULL);
  assert_equals_string (options.target.host, "cam");
  assert_equals_int (options.target.port, 9);
  assert_equals_int (options.target.timeout_ms, 500);
  fail_unless (options.json);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_what_makes_no_sense_is_refused)
{
  static const gchar *const lines[] = {
    "cheapcam-ctl", "cheapcam-ctl borescope", "cheapcam-ctl led",
    "cheapcam-ctl borescope reboot", "cheapcam-ctl borescope led 1 2",
    "cheapcam-ctl borescope set-resolution", "cheapcam-ctl borescope info --x",
    "cheapcam-ctl borescope info --port 65536",
    "cheapcam-ctl borescope info --port -1",
    "cheapcam-ctl borescope info --timeout inf",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    Options options;

    fail_if (parse (&options, lines[i]), "%s was taken", lines[i]);
    options_clear (&options);
  }
}

GST_END_TEST;

GST_START_TEST (test_the_version_needs_nothing_else)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-ctl --version"));
  fail_unless (options.version);
  options_clear (&options);
}

GST_END_TEST;

/* Whatever is added to the table can be called and explained. */
GST_START_TEST (test_each_command_of_the_table_is_whole)
{
  g_autofree gchar *text = family_describe ();

  for (const Family * const *family = family_list (); *family; family++) {
    fail_unless (family_find ((*family)->name) == *family);
    fail_unless ((*family)->port != 0 && (*family)->host != NULL);
    for (const Command * c = (*family)->commands; c->name; c++) {
      g_autofree gchar *form = g_strconcat ("  ", (*family)->name, " ",
          c->name, " ", c->words, NULL);

      fail_unless (family_find_command (*family, c->name) == c);
      fail_unless (c->run != NULL && c->min_words <= c->max_words);
      fail_unless ((c->words != NULL) == (c->max_words > 0));
      fail_unless (strstr (text, form) && strstr (text, c->summary));
    }
  }
}

GST_END_TEST;

static Suite *
ctloptions_suite (void)
{
  Suite *s = suite_create ("ctloptions");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_the_family_says_where_its_cameras_are);
  tcase_add_test (tc, test_options_stand_anywhere);
  tcase_add_test (tc, test_what_makes_no_sense_is_refused);
  tcase_add_test (tc, test_the_version_needs_nothing_else);
  tcase_add_test (tc, test_each_command_of_the_table_is_whole);
  return s;
}

GST_CHECK_MAIN (ctloptions);
