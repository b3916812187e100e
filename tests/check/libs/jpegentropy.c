/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <stdio.h>

#include <gst/check/gstcheck.h>
#include <jpeglib.h>

#include "wire/jpegentropy.h"

typedef struct
{
  int components;
  int h, v;                     /* sampling of the first component */
  unsigned restart;             /* MCUs */
  boolean optimised;
  boolean progressive;
  unsigned width, height;
} Kind;

static const Kind kinds[] = {
  {3, 2, 1, 0, FALSE, FALSE, 64, 48},
  {3, 2, 2, 0, FALSE, FALSE, 61, 43},
  {3, 1, 1, 0, TRUE, FALSE, 40, 40},
  {3, 2, 1, 4, FALSE, FALSE, 160, 24},
  {3, 2, 2, 1, TRUE, FALSE, 33, 17},
  {1, 1, 1, 0, FALSE, FALSE, 50, 20},
  {1, 1, 1, 3, FALSE, FALSE, 80, 40},
};

/* A picture with something in every block, by a foreign encoder. */
static void
encode (const Kind * kind, unsigned char **ret_data, unsigned long *ret_size)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char row[3 * 256];
  JSAMPROW rows[1] = { row };

  *ret_data = NULL;
  *ret_size = 0;
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, ret_data, ret_size);
  jpeg.image_width = kind->width;
  jpeg.image_height = kind->height;
  jpeg.input_components = kind->components;
  jpeg.in_color_space = kind->components == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults (&jpeg);
  jpeg.comp_info[0].h_samp_factor = kind->h;
  jpeg.comp_info[0].v_samp_factor = kind->v;
  jpeg.restart_interval = kind->restart;
  jpeg.optimize_coding = kind->optimised;
  if (kind->progressive)
    jpeg_simple_progression (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  for (unsigned y = 0; y < kind->height; y++) {
    for (unsigned x = 0; x < kind->width * (unsigned) kind->components; x++)
      row[x] = (unsigned char) (x * 7 + y * 13 + (x * y) % 31);
    jpeg_write_scanlines (&jpeg, rows, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
}

static JpegEntropyStatus
check (const unsigned char *data, size_t size)
{
  JpegScan scan;

  if (jpegscan (data, size, &scan) != JPEGSCAN_OK)
    return JPEGENTROPY_DAMAGED;
  return jpegentropy_check (data, size, &scan);
}

GST_START_TEST (test_whole_picture_is_clean)
{
  unsigned char *data;
  unsigned long size;

  encode (&kinds[__i__], &data, &size);
  fail_unless_equals_int (check (data, size), JPEGENTROPY_CLEAN);
  free (data);
}

GST_END_TEST;

/* Codes fall into step again after some of the bytes; enough for who asks several
 * pictures. */
GST_START_TEST (test_inverted_byte_is_seen)
{
  unsigned char *data;
  unsigned long size;
  unsigned n = 0, n_missed = 0;
  JpegScan scan;

  encode (&kinds[__i__], &data, &size);
  fail_unless_equals_int (jpegscan (data, size, &scan), JPEGSCAN_OK);
  for (size_t i = scan.scan; i < scan.end - 2; i++) {
    data[i] ^= 0xff;
    n++;
    n_missed += check (data, size) == JPEGENTROPY_CLEAN;
    data[i] ^= 0xff;
  }
  fail_unless (n > 100
      && n_missed * 3 <= n * 2, "%u of %u missed", n_missed, n);
  free (data);
}

GST_END_TEST;

GST_START_TEST (test_cut_picture_is_damaged)
{
  unsigned char *data, *copy;
  unsigned long size;
  JpegScan scan;

  encode (&kinds[__i__], &data, &size);
  fail_unless_equals_int (jpegscan (data, size, &scan), JPEGSCAN_OK);
  for (size_t n = scan.scan; n < scan.end - 2; n += 3) {
    /* exactly as long as what is left: a read beyond is seen */
    copy = g_memdup2 (data, n);
    fail_unless (check (copy, n) != JPEGENTROPY_CLEAN, "cut at %zu", n);
    g_free (copy);
  }
  free (data);
}

GST_END_TEST;

GST_START_TEST (test_progressive_picture_is_not_judged)
{
  Kind kind = kinds[0];
  unsigned char *data;
  unsigned long size;

  kind.progressive = TRUE;
  encode (&kind, &data, &size);
  fail_unless_equals_int (check (data, size), JPEGENTROPY_UNKNOWN);
  free (data);
}

GST_END_TEST;

GST_START_TEST (test_picture_without_tables_is_not_judged)
{
  unsigned char *data;
  unsigned long size;

  encode (&kinds[0], &data, &size);
  for (size_t i = 0; i + 1 < size; i++)
    if (data[i] == 0xff && data[i + 1] == 0xc4)
      data[i + 1] = 0xfe;       /* a comment instead of Huffman tables */
  fail_unless_equals_int (check (data, size), JPEGENTROPY_UNKNOWN);
  free (data);
}

GST_END_TEST;

static Suite *
jpegentropy_suite (void)
{
  Suite *suite = suite_create ("jpegentropy");
  TCase *tc = tcase_create ("all");
  int n = G_N_ELEMENTS (kinds);

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_whole_picture_is_clean, 0, n);
  tcase_add_loop_test (tc, test_inverted_byte_is_seen, 0, n);
  tcase_add_loop_test (tc, test_cut_picture_is_damaged, 0, n);
  tcase_add_test (tc, test_progressive_picture_is_not_judged);
  tcase_add_test (tc, test_picture_without_tables_is_not_judged);
  return suite;
}

GST_CHECK_MAIN (jpegentropy);
