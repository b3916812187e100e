/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/output.h"

#include <gst/check/gstcheck.h>

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static gchar *folder;
static gchar *path;             /* of a file in it */

static void
setup (void)
{
  folder = g_dir_make_tmp ("gpxoutput-XXXXXX", NULL);
  fail_unless (folder != NULL);
  path = g_build_filename (folder, "trip.gpx", NULL);
}

/* What a test leaves behind is a finding: nothing but these may be there. */
static void
teardown (void)
{
  (void) g_unlink (path);
  fail_unless (g_rmdir (folder) == 0, "something was left in %s", folder);
  g_free (path);
  g_free (folder);
}

static void
assert_content (const gchar * file, const gchar * expected)
{
  g_autofree gchar *text = NULL;

  if (!expected) {
    fail_if (g_file_test (file, G_FILE_TEST_EXISTS));
    return;
  }
  fail_unless (g_file_get_contents (file, &text, NULL, NULL));
  assert_equals_string (text, expected);
}

static void
put (Output * output, const gchar * text)
{
  fail_unless (g_output_stream_write_all (output->stream, text, strlen (text),
          NULL, NULL, NULL));
}

static void
write_file (const gchar * name, const gchar * text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_open (name, TRUE, &error);

  fail_unless (output != NULL);
  put (output, text);
  fail_unless (output_commit (output, &error));
  fail_unless (error == NULL);
}

static guint
get_mode (const gchar * file)
{
  struct stat info;

  fail_unless (stat (file, &info) == 0);
  return info.st_mode & 07777;
}

GST_START_TEST (test_new_file_appears_when_it_is_whole)
{
  Output *output = output_open (path, TRUE, NULL);
  mode_t mask = umask (027);

  fail_unless (output != NULL);
  put (output, "new");
  assert_content (path, NULL);
  fail_unless (output_commit (output, NULL));
  assert_content (path, "new");
  output_free (output);
  assert_content (path, "new");

  fail_unless (g_unlink (path) == 0);
  write_file (path, "new");
  assert_equals_int (get_mode (path), 0640);
  umask (mask);
}

GST_END_TEST;

GST_START_TEST (test_old_file_stays_until_then)
{
  Output *output;

  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  output = output_open (path, TRUE, NULL);
  put (output, "new");
  fail_unless (g_output_stream_flush (output->stream, NULL, NULL));
  assert_content (path, "old");
  output_free (output);
  assert_content (path, "old");

  write_file (path, "new");
  assert_content (path, "new");
}

GST_END_TEST;

GST_START_TEST (test_permissions_are_kept)
{
  static const guint modes[] = { 0600, 0666, 0640 };

  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    fail_unless (g_chmod (path, (int) modes[i]) == 0);
    write_file (path, "new");
    assert_equals_int (get_mode (path), modes[i]);
  }
}

GST_END_TEST;

GST_START_TEST (test_link_stays_a_link)
{
  g_autofree gchar *link = g_build_filename (folder, "link", NULL);

  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  fail_unless (symlink ("trip.gpx", link) == 0);
  write_file (link, "new");
  assert_content (path, "new");
  fail_unless (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  fail_unless (g_unlink (link) == 0);
}

GST_END_TEST;

GST_START_TEST (test_longest_name)
{
  g_autofree gchar *name = g_strnfill (255, 'n');
  g_autofree gchar *file = g_build_filename (folder, name, NULL);

  write_file (file, "new");
  assert_content (file, "new");
  fail_unless (g_unlink (file) == 0);
}

GST_END_TEST;

/* The disk is full when the buffer is flushed at the latest. */
GST_START_TEST (test_failing_to_write_leaves_the_old_file)
{
  g_autofree gchar *text = g_strnfill (100000, 'x');
  struct rlimit limit, small;

  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  fail_unless (getrlimit (RLIMIT_FSIZE, &limit) == 0);
  small = limit;
  small.rlim_cur = 1024;
  (void) signal (SIGXFSZ, SIG_IGN);

  for (gsize size = 1025; size <= 100000; size += 98975) {
    g_autoptr (Output) output = output_open (path, TRUE, NULL);
    g_autoptr (GError) error = NULL;
    gboolean ok;

    fail_unless (setrlimit (RLIMIT_FSIZE, &small) == 0);
    ok = g_output_stream_write_all (output->stream, text, size, NULL, NULL,
        &error) && output_commit (output, &error);
    fail_unless (setrlimit (RLIMIT_FSIZE, &limit) == 0);
    fail_if (ok);
    fail_unless (error != NULL);
  }
  (void) signal (SIGXFSZ, SIG_DFL);
  assert_content (path, "old");
}

GST_END_TEST;

static void
assert_fails (const gchar * name, gint code)
{
  g_autoptr (GError) checked = NULL;
  g_autoptr (GError) opened = NULL;

  fail_if (output_check (name, TRUE, &checked));
  fail_unless (g_error_matches (checked, G_IO_ERROR, code), "%s: %s", name,
      checked->message);
  fail_if (output_open (name, TRUE, &opened));
  fail_unless (g_error_matches (opened, G_IO_ERROR, code), "%s: %s", name,
      opened->message);
}

GST_START_TEST (test_places_that_cannot_be_written)
{
  g_autofree gchar *missing = g_build_filename (folder, "no", "trip.gpx",
      NULL);
  g_autofree gchar *below = g_build_filename (path, "trip.gpx", NULL);

  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  assert_fails (folder, G_IO_ERROR_IS_DIRECTORY);
  assert_fails (missing, G_IO_ERROR_NOT_FOUND);
  assert_fails (below, G_IO_ERROR_NOT_DIRECTORY);
}

GST_END_TEST;

GST_START_TEST (test_devices_are_written_in_place)
{
  g_autoptr (Output) null = output_open ("/dev/null", TRUE, NULL);
  g_autoptr (Output) full = output_open ("/dev/full", TRUE, NULL);
  g_autoptr (GError) error = NULL;

  fail_unless (output_check ("/dev/null", TRUE, NULL));
  fail_unless (null != NULL && null->path == NULL);
  put (null, "new");
  fail_unless (output_commit (null, NULL));

  fail_unless (full != NULL && full->path == NULL);
  put (full, "new");
  fail_if (output_commit (full, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE));
}

GST_END_TEST;

GST_START_TEST (test_standard_output_needs_no_check)
{
  fail_unless (output_check (NULL, TRUE, NULL));
  fail_unless (output_check ("-", TRUE, NULL));
}

GST_END_TEST;

GST_START_TEST (test_recordings_are_not_overwritten)
{
  static const gchar mp4[] = "\0\0\0\020ftypmp42\0\0\0\0";
  g_autofree gchar *ts = g_malloc0 (188 * 20);
  g_autoptr (GError) error = NULL;

  fail_unless (g_file_set_contents (path, mp4, sizeof mp4, NULL));
  fail_if (output_check (path, TRUE, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS));

  for (guint i = 0; i < 20; i++)
    memcpy (ts + i * 188, "\x47\x01\x00\x10", 4);
  fail_unless (g_file_set_contents (path, ts, 188 * 20, NULL));
  fail_if (output_check (path, TRUE, NULL));

  fail_unless (g_file_set_contents (path, "<?xml version=\"1.0\"?>", -1, NULL));
  fail_unless (output_check (path, TRUE, NULL));
}

GST_END_TEST;

GST_START_TEST (test_old_file_is_not_replaced_unless_asked)
{
  g_autoptr (GError) checked = NULL;
  g_autoptr (GError) opened = NULL;

  fail_unless (output_check (path, FALSE, NULL));
  fail_unless (g_file_set_contents (path, "old", -1, NULL));
  fail_if (output_check (path, FALSE, &checked));
  fail_unless (g_error_matches (checked, G_IO_ERROR, G_IO_ERROR_EXISTS));
  fail_unless (strstr (checked->message, "-f") != NULL);
  fail_if (output_open (path, FALSE, &opened));
  fail_unless (g_error_matches (opened, G_IO_ERROR, G_IO_ERROR_EXISTS));
  assert_content (path, "old");
}

GST_END_TEST;

/* Not even one that somebody else has written meanwhile. */
GST_START_TEST (test_file_that_came_late_is_not_replaced)
{
  g_autoptr (GError) error = NULL;
  Output *output = output_open (path, FALSE, NULL);

  put (output, "new");
  fail_unless (g_file_set_contents (path, "other", -1, NULL));
  fail_if (output_commit (output, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS));
  output_free (output);
  assert_content (path, "other");
}

GST_END_TEST;

GST_START_TEST (test_new_file_needs_no_force)
{
  Output *output = output_open (path, FALSE, NULL);

  put (output, "new");
  fail_unless (output_commit (output, NULL));
  output_free (output);
  assert_content (path, "new");
}

GST_END_TEST;

static Suite *
gpxoutput_suite (void)
{
  Suite *s = suite_create ("gpxoutput");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_checked_fixture (tc, setup, teardown);
  tcase_add_test (tc, test_new_file_appears_when_it_is_whole);
  tcase_add_test (tc, test_old_file_stays_until_then);
  tcase_add_test (tc, test_permissions_are_kept);
  tcase_add_test (tc, test_link_stays_a_link);
  tcase_add_test (tc, test_longest_name);
  tcase_add_test (tc, test_failing_to_write_leaves_the_old_file);
  tcase_add_test (tc, test_places_that_cannot_be_written);
  tcase_add_test (tc, test_devices_are_written_in_place);
  tcase_add_test (tc, test_standard_output_needs_no_check);
  tcase_add_test (tc, test_recordings_are_not_overwritten);
  tcase_add_test (tc, test_old_file_is_not_replaced_unless_asked);
  tcase_add_test (tc, test_file_that_came_late_is_not_replaced);
  tcase_add_test (tc, test_new_file_needs_no_force);
  return s;
}

GST_CHECK_MAIN (gpxoutput);
