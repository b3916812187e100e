/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The borescope simulator's bytes against vectors typed from the protocol
 * research, borescope.md, whose sections the comments name. */

#include "tests/sim/simmolink.h"

#include <gst/check/gstcheck.h>

#define FRAME_B 0x11223344

static GByteArray *
parse_hex (const gchar * hex)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*hex != '\0') {
    if (*hex == ' ') {
      hex++;
    } else {
      const guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) * 16
          + g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
      hex += 2;
    }
  }
  return bytes;
}

/* Takes the bytes. */
static void
check_bytes (GByteArray * bytes, const gchar * hex)
{
  g_autoptr (GByteArray) wanted = parse_hex (hex);

  fail_unless_equals_int (bytes->len, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    fail_unless (bytes->data[i] == wanted->data[i],
        "byte %u is %02x, not %02x", i, bytes->data[i], wanted->data[i]);
  g_byte_array_unref (bytes);
}

static SimMolinkFragment
make_fragment (guint32 number, guint32 size, guint count, guint index,
    guint n_bytes)
{
  SimMolinkFragment fragment = { 0 };

  fragment.number = number;
  fragment.frame_size = size;
  fragment.count = count;
  fragment.index = index;
  fragment.n_bytes = n_bytes;
  fragment.format = 1;
  return fragment;
}

static void
check_a (SimMolinkFragment fragment, const gchar * hex)
{
  GByteArray *bytes = g_byte_array_new ();

  sim_molink_put_a (bytes, &fragment);
  check_bytes (bytes, hex);
}

/* 1.9: three fragments of the frame 0x2a of 12 bytes */
GST_START_TEST (test_a_marks_first_middle_and_last)
{
  check_a (make_fragment (0x2a, 12, 3, 0, 5),
      "66 01 01 2a 0c 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 00 00");
  check_a (make_fragment (0x2a, 12, 3, 1, 5),
      "66 03 01 2a 0c 00 00 00 00 00 00 00 01 00 05 00 00 00 00 00 00 00 00 00");
  check_a (make_fragment (0x2a, 12, 3, 2, 2),
      "66 02 01 2a 0c 00 00 00 00 00 00 00 02 00 02 00 00 00 00 00 00 00 00 00");
}

GST_END_TEST;

/* 1.9: 3000 bytes as 1400 + 1400 + 200, numbers 0xff and, wrapped, 0x00 */
GST_START_TEST (test_a_wraps_its_number)
{
  check_a (make_fragment (0xff, 3000, 3, 0, 1400),
      "66 01 01 ff b8 0b 00 00 00 00 00 00 00 00 78 05 00 00 00 00 00 00 00 00");
  check_a (make_fragment (0xff, 3000, 3, 1, 1400),
      "66 03 01 ff b8 0b 00 00 00 00 00 00 01 00 78 05 00 00 00 00 00 00 00 00");
  check_a (make_fragment (0xff, 3000, 3, 2, 200),
      "66 02 01 ff b8 0b 00 00 00 00 00 00 02 00 c8 00 00 00 00 00 00 00 00 00");
  check_a (make_fragment (0x100, 3000, 3, 0, 1400),
      "66 01 01 00 b8 0b 00 00 00 00 00 00 00 00 78 05 00 00 00 00 00 00 00 00");
}

GST_END_TEST;

/* 1.9: Wudaopu with dimensions and accelerometer, and a YUYV picture */
GST_START_TEST (test_a_tells_dimensions_motion_and_format)
{
  SimMolinkFragment jpeg = make_fragment (7, 23615, 17, 0, 1400);
  SimMolinkFragment yuyv = make_fragment (7, 153600, 110, 0, 1400);

  jpeg.width = 1280;
  jpeg.height = 720;
  jpeg.motion = 0x3C33D3B2;
  check_a (jpeg,
      "66 01 01 07 3f 5c 00 00 00 05 d0 02 00 00 78 05 b2 d3 33 3c 00 00 00 00");
  yuyv.format = 4;
  yuyv.width = 320;
  yuyv.height = 240;
  check_a (yuyv,
      "66 01 04 07 00 58 02 00 40 01 f0 00 00 00 78 05 00 00 00 00 00 00 00 00");
}

GST_END_TEST;

static void
check_b (guint index, guint n_bytes, gboolean plain, const gchar * hex)
{
  SimMolinkFragment fragment =
      make_fragment (FRAME_B, 95030, 69, index, n_bytes);
  GByteArray *bytes = g_byte_array_new ();

  fragment.sequence = 5;
  fragment.width = 1280;
  fragment.height = 720;
  fragment.plain = plain;
  sim_molink_put_b (bytes, &fragment);
  check_bytes (bytes, hex);
}

/* 2.2: first and last chunk of a frame of 95,030 bytes */
GST_START_TEST (test_b_tells_the_count_in_the_last_chunk)
{
  check_b (0, 1390, FALSE,
      "99 99 03 00 05 00 00 00 00 00 00 00 89 05 00 00 00 00 00 00 00 00 00 00 "
      "01 44 33 22 11 36 73 01 00 01 00 00 00 6e 05 44 33 22 11 00 05 d0 02 "
      "44 33 22 11");
  check_b (68, 510, FALSE,
      "99 99 03 00 05 00 00 00 00 00 00 00 19 02 00 00 00 00 00 00 00 00 00 00 "
      "01 44 33 22 11 36 73 01 00 45 00 45 00 fe 01 44 33 22 11 00 05 d0 02 "
      "44 33 22 11");
}

GST_END_TEST;

/* 2.2: the mark at 16 */
GST_START_TEST (test_b_marks_plain_frames)
{
  check_b (1, 1390, TRUE,
      "99 99 03 00 05 00 00 00 00 00 00 00 89 05 00 00 22 00 00 00 00 00 00 00 "
      "01 44 33 22 11 36 73 01 00 02 00 00 00 6e 05 44 33 22 11 00 05 d0 02 "
      "44 33 22 11");
}

GST_END_TEST;

/* 2.3: 20,188 bytes, frame 1, 640x480 */
GST_START_TEST (test_c_stands_between_boundaries)
{
  SimMolinkFragment fragment = make_fragment (1, 20188, 1, 0, 20188);
  GByteArray *head = g_byte_array_new (), *end = g_byte_array_new ();

  fragment.width = 640;
  fragment.height = 480;
  sim_molink_put_c (head, &fragment);
  check_bytes (head,
      "42 6f 75 6e 64 61 72 79 53 00 00 01 00 dc 4e 00 00 00 00 00 00 01 00 00 "
      "00 00 00 00 00 00 00 00 00 80 02 00 00 e0 01 00 00");
  sim_molink_put_c_end (end);
  check_bytes (end, "42 6f 75 6e 64 61 72 79 45");
}

GST_END_TEST;

/* 2.2: number, size, index */
GST_START_TEST (test_inverted_byte)
{
  static const guint32 vectors[][3] = {
    {0, 20188, 13741}, {1, 20188, 13742}, {2, 20188, 13743}, {1, 20189, 13738},
    {257, 95030, 45036}, {0xffffffff, 95030, 0}, {3, 1, 0}, {9, 0, 0}
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    fail_unless_equals_int (sim_molink_inverted_index
        (SIM_MOLINK_INVERT_FORMULA, vectors[i][0], vectors[i][1]),
        vectors[i][2]);
  fail_unless_equals_int (sim_molink_inverted_index (SIM_MOLINK_INVERT_HALF, 7,
          95031), 47515);
}

GST_END_TEST;

static void
check_button (guint32 sequence, guint16 length, guint8 key, guint16 counter,
    const gchar * hex)
{
  GByteArray *bytes = g_byte_array_new ();

  sim_molink_put_retcmd (bytes, sequence, SIM_MOLINK_BUTTON, length);
  sim_molink_put_button (bytes, key, counter);
  check_bytes (bytes, hex);
}

/* 1.9: J103, the same with a key, and Nidage's length field */
GST_START_TEST (test_button_replies)
{
  check_button (1, 4, 0, 7,
      "52 45 54 43 4d 44 01 00 00 00 90 00 04 00 00 00 00 00 07 00");
  check_button (2, 4, 1, 8,
      "52 45 54 43 4d 44 02 00 00 00 90 00 04 00 00 01 00 00 08 00");
  check_button (0x04d5, 0, 0, 0,
      "52 45 54 43 4d 44 d5 04 00 00 90 00 00 00 00 00 00 00 00 00");
}

GST_END_TEST;

/* 1.4: version at 16, supported at 8 */
GST_START_TEST (test_command_reply)
{
  GByteArray *bytes = g_byte_array_new ();

  sim_molink_put_command (bytes, SIM_MOLINK_GET_VERSION, 0, 1, 0, 0x00020005);
  check_bytes (bytes,
      "99 99 02 10 00 00 00 00 01 00 00 00 00 00 00 00 05 00 02 00 00 00 00 00");
}

GST_END_TEST;

static SimMolinkRequest
parse (const gchar * hex)
{
  g_autoptr (GByteArray) bytes = parse_hex (hex);
  SimMolinkRequest request;

  fail_unless (sim_molink_parse (bytes->data, bytes->len, &request));
  return request;
}

/* 1.9: all of the requests */
GST_START_TEST (test_requests_are_read)
{
  SimMolinkRequest request;

  request = parse ("99 99 01 00 00 00 00 00 00 00 00 00 "
      "00 00 00 00 00 00 00 00 00 00 00 00");
  fail_if (request.setcmd);
  fail_unless_equals_int (request.command, SIM_MOLINK_HEARTBEAT);
  request = parse ("99 99 02 00 00 00 00 00 00 00 00 00 "
      "00 00 00 00 00 00 00 00 00 00 00 00");
  fail_unless_equals_int (request.command, SIM_MOLINK_STOP);
  request = parse ("99 99 16 10 00 00 00 00 32 00 00 00 "
      "00 00 00 00 00 00 00 00 00 00 00 00");
  fail_unless_equals_int (request.command, SIM_MOLINK_SET_LED);
  fail_unless_equals_int (request.argument, 50);
  request = parse ("53 45 54 43 4d 44 00 00 01 00 90 00 04 00 00 00 00 00");
  fail_unless (request.setcmd);
  fail_unless_equals_int (request.command, SIM_MOLINK_BUTTON);
  fail_unless_equals_int (request.sequence, 65536);
  request = parse ("53 45 54 43 4d 44 01 00 00 00 08 00 05 00 00 05 d0 02 1e");
  fail_unless_equals_int (request.command, SIM_MOLINK_SET_RESOLUTION);
  fail_unless_equals_int (request.width, 1280);
  fail_unless_equals_int (request.height, 720);
  request = parse ("53 45 54 43 4d 44 d4 04 00 00 09 00 00 00");
  fail_unless_equals_int (request.command, SIM_MOLINK_LIST_RESOLUTIONS);
  fail_unless_equals_int (request.sequence, 0x04d4);
}

GST_END_TEST;

GST_START_TEST (test_other_datagrams_are_no_requests)
{
  static const gchar *const wrong[] = { "", "99", "53 45 54 43 4d 44",
    "99 99 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
    "53 45 54 43 4d 44 01 00 00 00 08 00 05 00 00 05 d0 02",
    "66 01 01 2a 0c 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 00 00"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GByteArray) bytes = parse_hex (wrong[i]);
    SimMolinkRequest request;

    fail_if (sim_molink_parse (bytes->data, bytes->len, &request), "%s",
        wrong[i]);
  }
}

GST_END_TEST;

static Suite *
borescope_bytes_suite (void)
{
  Suite *suite = suite_create ("borescope-bytes");
  TCase *tcase = tcase_create ("all");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_a_marks_first_middle_and_last);
  tcase_add_test (tcase, test_a_wraps_its_number);
  tcase_add_test (tcase, test_a_tells_dimensions_motion_and_format);
  tcase_add_test (tcase, test_b_tells_the_count_in_the_last_chunk);
  tcase_add_test (tcase, test_b_marks_plain_frames);
  tcase_add_test (tcase, test_c_stands_between_boundaries);
  tcase_add_test (tcase, test_inverted_byte);
  tcase_add_test (tcase, test_button_replies);
  tcase_add_test (tcase, test_command_reply);
  tcase_add_test (tcase, test_requests_are_read);
  tcase_add_test (tcase, test_other_datagrams_are_no_requests);
  return suite;
}

GST_CHECK_MAIN (borescope_bytes);
