/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/files.h"
#include "tools/gpx/plan.h"

#include <gst/check/gstcheck.h>

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gchar *start;            /* where the test came from */
static gchar *folder;           /* where it works */
static GString *told;           /* errors, and behind "?" what is no error */

static void
setup (void)
{
  start = g_get_current_dir ();
  folder = g_dir_make_tmp ("gpxfiles-XXXXXX", NULL);
  fail_unless (folder != NULL && g_chdir (folder) == 0);
  told = g_string_new (NULL);
}

static void
remove_below (const gchar * path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *below = g_build_filename (path, name, NULL);

    if (g_file_test (below, G_FILE_TEST_IS_DIR)
        && !g_file_test (below, G_FILE_TEST_IS_SYMLINK))
      remove_below (below);
    else
      (void) g_unlink (below);
  }
  g_clear_pointer (&dir, g_dir_close);
  (void) g_rmdir (path);
}

static void
teardown (void)
{
  fail_unless (g_chdir (start) == 0);
  remove_below (folder);
  g_free (folder);
  g_free (start);
  g_string_free (told, TRUE);
}

static void
put (const gchar * path, const gchar * text)
{
  g_autofree gchar *parent = g_path_get_dirname (path);

  fail_unless (g_mkdir_with_parents (parent, 0755) == 0);
  fail_unless (g_file_set_contents (path, text, -1, NULL));
}

static void
tell (const gchar * name, const gchar * text, gboolean is_error,
    gpointer user_data)
{
  g_string_append_printf (told, "%s%s;", is_error ? "" : "?", name);
}

/* Paths, "+" in front of those that were found in a folder. */
static void
assert_found (const gchar * line, const gchar * expected,
    const gchar * expected_told)
{
  g_autofree gchar *command = g_strconcat ("tool ", line, NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) argv = NULL;

  g_string_truncate (told, 0);
  fail_unless (g_shell_parse_argv (command, NULL, &argv, NULL));
  items = files_find (argv + 1, tell, NULL);
  for (guint i = 0; i < items->len; i++) {
    const FilesItem *item = g_ptr_array_index (items, i);

    g_string_append_printf (text, "%s%s%s", i ? " " : "",
        item->is_found ? "+" : "", item->path);
  }
  assert_equals_string (text->str, expected);
  assert_equals_string (told->str, expected_told);
}

GST_START_TEST (test_files_in_their_order_each_once)
{
  put ("b.mp4", "");
  put ("a.ts", "four");
  fail_unless (symlink ("a.ts", "link") == 0);
  assert_found ("b.mp4 a.ts ./b.mp4 link - -", "b.mp4 a.ts -", "");
  assert_found ("none b.mp4 a.ts/x", "b.mp4", "none;a.ts/x;");
}

GST_END_TEST;

GST_START_TEST (test_patterns_that_nobody_expanded)
{
  put ("a1.mp4", "");
  put ("a2.mp4", "");
  put ("b[1].mp4", "");
  assert_found ("'a?.mp4'", "a1.mp4 a2.mp4", "");
  assert_found ("'[ab]1.mp4'", "a1.mp4", "");
  /* a name where there is such a file */
  assert_found ("'b[1].mp4'", "b[1].mp4", "");
  assert_found ("'c*'", "", "c*;");
}

GST_END_TEST;

GST_START_TEST (test_folders_with_all_below)
{
  put ("card/b/2.TS", "x");
  put ("card/b/1.TS", "x");
  put ("card/a.MOV", "x");
  put ("card/notes.txt", "nothing");
  put ("card/.hidden.mp4", "x");
  put ("card/._a.MOV", "x");
  /* by what it begins with */
  put ("card/z", "\001\001\001\020ftypmp42");
  fail_unless (mkfifo ("card/pipe.mp4", 0600) == 0);
  assert_found ("card", "+card/a.MOV +card/b/1.TS +card/b/2.TS +card/z",
      "?card/notes.txt;");
  assert_found ("card/b/2.TS card/",
      "card/b/2.TS +card/a.MOV +card/b/1.TS +card/z", "?card/notes.txt;");
  /* those of the folder came before: it is not empty */
  assert_found ("card/b card/b/1.TS card/b", "+card/b/1.TS +card/b/2.TS", "");
}

GST_END_TEST;

GST_START_TEST (test_links_that_lead_round_in_a_ring)
{
  put ("card/a.mp4", "x");
  fail_unless (symlink ("..", "card/up") == 0);
  fail_unless (symlink (".", "card/self") == 0);
  fail_unless (symlink ("nowhere", "card/broken.mp4") == 0);
  fail_unless (symlink ("ring.mp4", "card/ring.mp4") == 0);
  assert_found ("card", "+card/a.mp4", "?card/broken.mp4;?card/ring.mp4;");
}

GST_END_TEST;

GST_START_TEST (test_folder_without_recordings)
{
  put ("card/notes.txt", "nothing");
  assert_found ("card", "", "?card/notes.txt;card;");
  fail_unless (g_chmod ("card", 0) == 0);
  if (g_access ("card", R_OK) < 0)
    assert_found ("card", "", "card;card;");
  fail_unless (g_chmod ("card", 0755) == 0);
}

GST_END_TEST;

GST_START_TEST (test_odd_names)
{
  put ("a\nb\377.mp4", "x");
  put ("-o", "x");
  assert_found ("-o", "-o", "");
  assert_found (".", "+./a\nb\377.mp4", "?./-o;");
}

GST_END_TEST;

GST_START_TEST (test_sorting_by_name)
{
  g_autoptr (GPtrArray) items = NULL;
  g_auto (GStrv) argv = g_strsplit ("y/1.ts x/2.ts x/1.ts", " ", -1);

  for (guint i = 0; argv[i]; i++)
    put (argv[i], "x");
  items = files_find (argv, tell, NULL);
  files_sort_by_name (items);
  for (guint i = 0; i < 3; i++) {
    static const gchar *expected[] = { "x/1.ts", "y/1.ts", "x/2.ts" };
    const FilesItem *item = g_ptr_array_index (items, i);

    assert_equals_string (item->path, expected[i]);
    assert_equals_int (item->size, 1);
  }
}

GST_END_TEST;

/* Documents of the files, in their order. */
static void
assert_plan (const gchar * line, const gchar * output, gboolean force,
    const gchar * expected, const gchar * expected_told)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GPtrArray) items = files_find (argv, tell, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_truncate (told, 0);
  fail_unless (plan_outputs (items, output, "gpx", force, tell, NULL));
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((FilesItem *) g_ptr_array_index (items, i))->output);
  assert_equals_string (text->str, expected);
  assert_equals_string (told->str, expected_told);
}

GST_START_TEST (test_documents_beside_their_files)
{
  put ("x/a.MP4", "x");
  put ("x/a.TS", "x");
  put ("x/b.part", "x");
  put ("x/a-2.mp4", "x");
  assert_plan ("x/a.MP4 x/b.part", NULL, FALSE, "x/a.gpx x/b.part.gpx", "");
  assert_plan ("x/a.MP4 x/a.TS x/a-2.mp4", NULL, FALSE,
      "x/a.gpx x/a-2.gpx x/a-2-2.gpx", "");
}

GST_END_TEST;

GST_START_TEST (test_documents_in_a_folder)
{
  put ("x/a.mp4", "x");
  put ("y/A.mp4", "x");
  assert_plan ("x/a.mp4 y/A.mp4 -", "out/new/", FALSE,
      "out/new/a.gpx out/new/A-2.gpx out/new/stdin.gpx", "");
  put ("out/new/a.gpx", "precious");
  assert_plan ("x/a.mp4 y/A.mp4", "out/new", FALSE, "out/new/A-2.gpx",
      "out/new/a.gpx;");
  assert_plan ("x/a.mp4 y/A.mp4", "out/new", TRUE,
      "out/new/a.gpx out/new/A-2.gpx", "");
}

GST_END_TEST;

GST_START_TEST (test_what_is_a_folder)
{
  put ("x/a.mp4", "x");
  fail_unless (plan_is_folder (NULL));
  fail_unless (plan_is_folder ("x"));
  fail_unless (plan_is_folder ("new/"));
  fail_if (plan_is_folder ("new"));
  fail_if (plan_is_folder ("-"));
  fail_if (plan_is_folder ("x/a.mp4"));
}

GST_END_TEST;

static Suite *
gpxfiles_suite (void)
{
  Suite *s = suite_create ("gpxfiles");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_add_test (tc, test_files_in_their_order_each_once);
  tcase_add_test (tc, test_patterns_that_nobody_expanded);
  tcase_add_test (tc, test_folders_with_all_below);
  tcase_add_test (tc, test_links_that_lead_round_in_a_ring);
  tcase_add_test (tc, test_folder_without_recordings);
  tcase_add_test (tc, test_odd_names);
  tcase_add_test (tc, test_sorting_by_name);
  tcase_add_test (tc, test_documents_beside_their_files);
  tcase_add_test (tc, test_documents_in_a_folder);
  tcase_add_test (tc, test_what_is_a_folder);
  return s;
}

GST_CHECK_MAIN (gpxfiles);
