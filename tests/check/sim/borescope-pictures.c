/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The pictures that simulated cameras send. */

#include "tests/sim/simpictures.h"

#include <gst/check/gstcheck.h>

#include <glib/gstdio.h>
#include <string.h>

/* The markers of a JPEG up to its scan, two hexadecimal digits each. */
static gchar *
list_markers (GBytes * picture)
{
  gsize size, at = 2;
  const guint8 *data = g_bytes_get_data (picture, &size);
  GString *markers = g_string_new (NULL);

  fail_unless (data[0] == 0xff && data[1] == 0xd8);
  fail_unless (data[size - 2] == 0xff && data[size - 1] == 0xd9);
  while (at + 4 < size && data[at] == 0xff && data[at + 1] != 0xda) {
    if (data[at + 1] == 0xff) {
      at++;
      continue;
    }
    g_string_append_printf (markers, "%02x ", data[at + 1]);
    at += 2 + (gsize) (data[at + 2] << 8 | data[at + 3]);
  }
  fail_unless (data[at] == 0xff && data[at + 1] == 0xda);
  return g_string_free (markers, FALSE);
}

static const guint8 *
find_frame_header (GBytes * picture)
{
  const guint8 *data = g_bytes_get_data (picture, NULL);

  while (data[0] != 0xff || data[1] != 0xc0)
    data++;
  return data;
}

/* Two quantisation tables, the frame header, four Huffman tables. */
GST_START_TEST (test_drawn_are_baseline_with_tables)
{
  static const guint8 header[] = { 0xff, 0xc0, 0, 17, 8, 0x01, 0xe0, 0x02,
    0x80, 3, 1, 0x21, 0, 2, 0x11, 1, 3, 0x11, 1
  };
  const SimSize size = { 640, 480 };
  g_autoptr (SimPictures) pictures = sim_pictures_new (size, 0);
  GBytes *picture = sim_pictures_get (pictures, 0);
  g_autofree gchar *markers = list_markers (picture);

  fail_unless_equals_string (markers, "db db c0 c4 c4 c4 c4 ");
  fail_unless (memcmp (find_frame_header (picture), header,
          sizeof header) == 0);
}

GST_END_TEST;

GST_START_TEST (test_drawn_differ_and_come_again)
{
  const SimSize size = { 160, 120 };
  g_autoptr (SimPictures) pictures = sim_pictures_new (size, 0);

  for (guint i = 0; i < SIM_PICTURES_LOOP; i++)
    fail_if (g_bytes_equal (sim_pictures_get (pictures, i),
            sim_pictures_get (pictures, i + 1)));
  fail_unless (sim_pictures_get (pictures, 7)
      == sim_pictures_get (pictures, 7 + SIM_PICTURES_LOOP));
}

GST_END_TEST;

GST_START_TEST (test_padded_to_the_byte)
{
  static const guint more[] = { 1, 3, 4, 5, 65537, 65538, 65541, 200000 };
  const SimSize size = { 64, 48 };
  g_autoptr (SimPictures) plain = sim_pictures_new (size, 0);
  const gsize n_plain = g_bytes_get_size (sim_pictures_get (plain, 9));

  for (guint i = 0; i < G_N_ELEMENTS (more); i++) {
    g_autoptr (SimPictures) padded = sim_pictures_new (size, n_plain + more[i]);
    GBytes *picture = sim_pictures_get (padded, 9);
    g_autofree gchar *markers = list_markers (picture);

    fail_unless_equals_int (g_bytes_get_size (picture), n_plain + more[i]);
    fail_unless (g_str_has_suffix (markers, "db db c0 c4 c4 c4 c4 "));
    fail_unless_equals_int (g_str_has_prefix (markers, "fe"), more[i] >= 4);
  }
}

GST_END_TEST;

static void
write_picture (const gchar * folder, const gchar * name, GBytes * picture)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  gsize size;
  const gchar *data = g_bytes_get_data (picture, &size);

  fail_unless (g_file_set_contents (path, data, (gssize) size, NULL));
}

static void
remove_file (const gchar * folder, const gchar * name)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);

  fail_unless_equals_int (g_unlink (path), 0);
}

GST_START_TEST (test_folder_by_name_and_size)
{
  const SimSize large = { 64, 48 }, small = { 32, 16 }, none = { 33, 16 };
  g_autofree gchar *folder = g_dir_make_tmp ("pictures-XXXXXX", NULL);
  g_autoptr (SimPictures) drawn = sim_pictures_new (large, 0);
  g_autoptr (SimPictures) loaded = NULL;

  fail_unless (sim_pictures_set_size (drawn, small));
  write_picture (folder, "c.jpg", sim_pictures_get (drawn, 3));
  fail_unless (sim_pictures_set_size (drawn, large));
  write_picture (folder, "b.jpg", sim_pictures_get (drawn, 2));
  write_picture (folder, "a.jpg", sim_pictures_get (drawn, 1));
  loaded = sim_pictures_new_from_folder (folder, 0, NULL);
  fail_unless (loaded != NULL);
  fail_unless_equals_int (sim_pictures_get_sizes (loaded)[0].width, 64);
  fail_unless_equals_int (sim_pictures_get_sizes (loaded)[1].width, 32);
  fail_unless_equals_int (sim_pictures_get_sizes (loaded)[2].width, 0);
  fail_if (sim_pictures_set_size (loaded, none));
  fail_unless (sim_pictures_set_size (drawn, large));
  for (guint i = 0; i < 4; i++)
    fail_unless (g_bytes_equal (sim_pictures_get (loaded, i),
            sim_pictures_get (drawn, 1 + i % 2)));
  fail_unless (sim_pictures_set_size (drawn, small));
  fail_unless (sim_pictures_set_size (loaded, small));
  fail_unless (g_bytes_equal (sim_pictures_get (loaded, 5),
          sim_pictures_get (drawn, 3)));
  remove_file (folder, "a.jpg");
  remove_file (folder, "b.jpg");
  remove_file (folder, "c.jpg");
  fail_unless_equals_int (g_rmdir (folder), 0);
}

GST_END_TEST;

GST_START_TEST (test_folder_without_pictures)
{
  g_autofree gchar *folder = g_dir_make_tmp ("pictures-XXXXXX", NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr (GError) empty = NULL, wrong = NULL;

  fail_unless (sim_pictures_new_from_folder (folder, 0, &empty) == NULL);
  fail_unless (strstr (empty->message, folder) != NULL);
  write_picture (folder, "a.jpg", text);
  fail_unless (sim_pictures_new_from_folder (folder, 0, &wrong) == NULL);
  fail_unless (strstr (wrong->message, "a.jpg") != NULL);
  remove_file (folder, "a.jpg");
  fail_unless_equals_int (g_rmdir (folder), 0);
}

GST_END_TEST;

static Suite *
borescope_pictures_suite (void)
{
  Suite *suite = suite_create ("borescope-pictures");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_drawn_are_baseline_with_tables);
  tcase_add_test (tcase, test_drawn_differ_and_come_again);
  tcase_add_test (tcase, test_padded_to_the_byte);
  tcase_add_test (tcase, test_folder_by_name_and_size);
  tcase_add_test (tcase, test_folder_without_pictures);
  return suite;
}

GST_CHECK_MAIN (borescope_pictures);
