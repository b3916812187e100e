/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The simulator's bytes against numbers typed from docs/wire/dashcam-gps.md. */

#include "tests/sim/dashcam-record.h"
#include "tests/sim/dashcam-script.h"
#include "tests/sim/dashcam-ts.h"

#include <gst/check/gstcheck.h>

/* 2024-06-01T10:20:30, 36 km/h, 53.1 degrees. */
#define TIME 1717237230
#define HMS_YMD "0a000000" "14000000" "1e000000" "18000000" "06000000" "01000000"
#define SPEED_COURSE "ef819b41" "66665442"

static void
check_bytes (const guint8 * bytes, const gchar * hex)
{
  for (gsize i = 0; hex[2 * i] != '\0'; i++) {
    const gint high = g_ascii_xdigit_value (hex[2 * i]);
    const gint low = g_ascii_xdigit_value (hex[2 * i + 1]);

    fail_unless (bytes[i] == high * 16 + low, "byte %" G_GSIZE_FORMAT
        " is %02x, not %.2s", i, bytes[i], hex + 2 * i);
  }
}

static GByteArray *
make_block (DashcamForm form, gdouble latitude, gdouble longitude)
{
  const DashcamPoint point = { latitude, longitude, 10, 53.1 };
  DashcamRecord record;

  dashcam_record_init (&record, TIME, &point);
  return dashcam_record_to_block (&record, form);
}

GST_START_TEST (test_mp4_e_block)
{
  g_autoptr (GByteArray) block =
      make_block (DASHCAM_FORM_MP4_E, -33.856783, 151.2153);

  fail_unless_equals_int (block->len, 0x4000);
  check_bytes (block->data, "00004000" "66726565" "47505320" "f0030000" HMS_YMD
      "41534500" "83765145" "ac236c46" SPEED_COURSE "00000000");
}

GST_END_TEST;

GST_START_TEST (test_mp4_q_block)
{
  g_autoptr (GByteArray) block =
      make_block (DASHCAM_FORM_MP4_Q, 48.85837, 2.294481);

  fail_unless_equals_int (block->len, 0x8000);
  check_bytes (block->data, "00008000" "66726565" "47505320" "4c000000"
      "0000000000000000000000000000000000000000000000000000000000000000"
      HMS_YMD "414e4500" "059c9745" "3aab5943" SPEED_COURSE "00000000");
}

GST_END_TEST;

GST_START_TEST (test_ts_viofo_packet)
{
  g_autoptr (GByteArray) block =
      make_block (DASHCAM_FORM_TS_VIOFO, -33.856783, 151.2153);

  fail_unless_equals_int (block->len, 6 + 1008);
  check_bytes (block->data, "000001bf" "03f0" HMS_YMD "41534500" "83765145"
      "ac236c46" SPEED_COURSE "00000000");
}

GST_END_TEST;

GST_START_TEST (test_ts_b4k_packet)
{
  g_autoptr (GByteArray) block =
      make_block (DASHCAM_FORM_TS_B4K, 37.81993, -122.478255);

  fail_unless_equals_int (block->len, 6 + 220);
  check_bytes (block->data, "000001bf" "00dc" "0100ff00");
  check_bytes (block->data + 6 + 164, HMS_YMD "414e5700" "22536a45" "c8123f46"
      SPEED_COURSE "010002000300040005000600");
}

GST_END_TEST;

GST_START_TEST (test_void_record_has_time_alone)
{
  DashcamRecord record;
  g_autoptr (GByteArray) block = NULL;

  dashcam_record_init (&record, TIME, NULL);
  block = dashcam_record_to_block (&record, DASHCAM_FORM_MP4_E);
  check_bytes (block->data + 0x10, HMS_YMD
      "56000000" "00000000" "00000000" "00000000" "00000000");
}

GST_END_TEST;

/* Single precision cannot tell 59.9999999 minutes from 60. */
GST_START_TEST (test_minutes_stay_below_60)
{
  const DashcamPoint point = { 59.9999999, -17.9999999, 10, 53.1 };
  DashcamRecord record;

  dashcam_record_init (&record, TIME, &point);
  fail_unless_equals_float ((gdouble) record.latitude, 6000);
  fail_unless_equals_float ((gdouble) record.longitude, 1800);
}

GST_END_TEST;

static void
check_point (gdouble seconds, gdouble north, gdouble east, gdouble speed,
    gdouble course)
{
  const DashcamPlace place = { 60, 18 };
  const DashcamPoint point = dashcam_drive_at (&place, seconds);

  /* 111.19493 km per degree; half of it along the 60th parallel */
  fail_unless (ABS ((point.latitude - 60) * 111194.93 - north) < 0.01);
  fail_unless (ABS ((point.longitude - 18) * 55597.465 - east) < 0.01);
  fail_unless (ABS (point.speed - speed) < 0.001);
  fail_unless (ABS (point.course - course) < 0.001);
}

/* Radius 600 m / 2 pi = 95.493 m; sin 60 degrees = 0.86603. */
GST_START_TEST (test_drive_is_at_its_thirds)
{
  check_point (0, 95.493, 0, 10, 90);
  check_point (20, -47.746, 82.699, 10, 210);
  check_point (40, -47.746, -82.699, 10, 330);
  check_point (60, 95.493, 0, 10, 90);
}

GST_END_TEST;

/* Half way through a swing the speed is back at 10 m/s, and the car 8 / pi
 * * 20 / 4 = 12.732 m ahead of one that kept to that speed. */
GST_START_TEST (test_drive_speeds_up_first)
{
  const DashcamPlace place = { 60, 18 };
  const DashcamPoint fast = dashcam_drive_at (&place, 5);
  const DashcamPoint half = dashcam_drive_at (&place, 10);

  fail_unless (ABS (fast.speed - 14) < 0.001);
  fail_unless (ABS (half.speed - 10) < 0.001);
  fail_unless (ABS (half.course - (90 + 360 * (100 + 25.465) / 600)) < 0.001);
}

GST_END_TEST;

GST_START_TEST (test_script_says_what_each_second_does)
{
  g_autoptr (DashcamScript) script = dashcam_script_new (20);
  g_autoptr (GError) error = NULL;

  fail_unless (dashcam_script_add_void (script, "4", &error));
  fail_unless (dashcam_script_add_gap (script, "6-8", &error));
  fail_unless (dashcam_script_add_faults (script,
          "drop 3; dup 5;cut 9 100 ; junk 19", &error));
  fail_if (script->seconds[4].fix);
  fail_unless (script->seconds[5].fix);
  fail_unless_equals_int (script->seconds[3].copies, 0);
  fail_unless_equals_int (script->seconds[5].copies, 2);
  for (guint i = 6; i <= 8; i++)
    fail_unless_equals_int (script->seconds[i].copies, 0);
  fail_unless_equals_int (script->seconds[9].cut, 100);
  fail_unless_equals_int (script->seconds[9].copies, 1);
  fail_unless_equals_int (script->seconds[19].junk, 100);
}

GST_END_TEST;

GST_START_TEST (test_script_refuses)
{
  static const gchar *const wrong[] = { "drop", "drop 20", "drop -1", "cut 3",
    "dup 3 4", "lose 3", "cut 3 x", "junk 3 70000", "drop 3 dup 4"
  };
  g_autoptr (DashcamScript) script = dashcam_script_new (20);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    fail_if (dashcam_script_add_faults (script, wrong[i], &error), "%s",
        wrong[i]);
    fail_unless (error != NULL);
  }
  fail_if (dashcam_script_add_gap (script, "3-20", NULL));
  fail_if (dashcam_script_add_void (script, "", NULL));
}

GST_END_TEST;

/* Video access units at 0, 0.5 and 1 s, one TS packet each: PTS 0, 45000 and
 * 90000 in the five bytes behind the PES header. */
static GBytes *
make_stream (void)
{
  static const guint8 pts[][5] = {
    {0x21, 0x00, 0x01, 0x00, 0x01},
    {0x21, 0x00, 0x03, 0x5f, 0x91},
    {0x21, 0x00, 0x05, 0xbf, 0x21}
  };
  static const guint8 head[] = { 0x47, 0x41, 0x00, 0x10, 0, 0, 1, 0xe0, 0, 0,
    0x80, 0x80, 5
  };
  GByteArray *stream = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (pts); i++) {
    g_byte_array_append (stream, head, sizeof head);
    g_byte_array_append (stream, pts[i], 5);
    g_byte_array_set_size (stream, (i + 1) * 188);
  }
  return g_byte_array_free_to_bytes (stream);
}

static GByteArray *
insert (DashcamForm form, const gchar * faults)
{
  g_autoptr (GBytes) stream = make_stream ();
  g_autoptr (DashcamScript) script = dashcam_script_new (2);
  g_autoptr (GPtrArray) blocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GError) error = NULL;
  GByteArray *out;

  fail_unless (dashcam_script_add_faults (script, faults, &error));
  g_ptr_array_add (blocks, make_block (form, 37.81993, -122.478255));
  g_ptr_array_add (blocks, make_block (form, 37.81993, -122.478255));
  out = dashcam_ts_insert (stream, script, blocks, &error);
  fail_unless (out != NULL);
  return out;
}

/* Video, GPS of second 0, video, video, GPS of second 1. */
GST_START_TEST (test_ts_packets_of_b4k)
{
  g_autoptr (GByteArray) out = insert (DASHCAM_FORM_TS_B4K, "");

  fail_unless_equals_int (out->len, 7 * 188);
  check_bytes (out->data + 188, "47430010" "000001bf" "00dc" "0100ff00");
  /* the first 14 bytes of the record end the packet */
  check_bytes (out->data + 2 * 188 - 14, "0a000000" "14000000" "1e000000"
      "1800");
  check_bytes (out->data + 2 * 188, "47030031" "8d00" "ffff");
  check_bytes (out->data + 3 * 188 - 42, "0000" "06000000" "01000000"
      "414e5700" "22536a45" "c8123f46" SPEED_COURSE "010002000300040005000600");
  check_bytes (out->data + 3 * 188, "47410010");
  check_bytes (out->data + 4 * 188, "47410010");
  check_bytes (out->data + 5 * 188, "47430012");
  check_bytes (out->data + 6 * 188, "47030033");
}

GST_END_TEST;

GST_START_TEST (test_ts_packets_of_viofo)
{
  g_autoptr (GByteArray) out = insert (DASHCAM_FORM_TS_VIOFO, "drop 1");

  /* 1014 bytes are five packets of 184 and one of 94 with 90 of stuffing */
  fail_unless_equals_int (out->len, (3 + 6) * 188);
  check_bytes (out->data + 188, "47430010" "000001bf" "03f0" HMS_YMD);
  for (guint i = 1; i < 5; i++)
    fail_unless_equals_int (out->data[188 * (i + 1) + 3], 0x10 + i);
  check_bytes (out->data + 6 * 188, "47030035" "5900" "ffff");
}

GST_END_TEST;

GST_START_TEST (test_ts_faults)
{
  g_autoptr (GByteArray) out =
      insert (DASHCAM_FORM_TS_B4K, "cut 0 100; junk 1 3; dup 1");

  /* one packet of the first record, none of its second; three bytes of
   * rubbish; two packets twice */
  fail_unless_equals_int (out->len, (3 + 1 + 4) * 188 + 3);
  check_bytes (out->data + 2 * 188, "47410010");
  check_bytes (out->data + 4 * 188, "0b3055" "47430012");
  check_bytes (out->data + 6 * 188 + 3, "47430014");
}

GST_END_TEST;

static Suite *
dashcam_record_suite (void)
{
  Suite *s = suite_create ("dashcam-record");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_mp4_e_block);
  tcase_add_test (tc, test_mp4_q_block);
  tcase_add_test (tc, test_ts_viofo_packet);
  tcase_add_test (tc, test_ts_b4k_packet);
  tcase_add_test (tc, test_void_record_has_time_alone);
  tcase_add_test (tc, test_minutes_stay_below_60);
  tcase_add_test (tc, test_drive_is_at_its_thirds);
  tcase_add_test (tc, test_drive_speeds_up_first);
  tcase_add_test (tc, test_script_says_what_each_second_does);
  tcase_add_test (tc, test_script_refuses);
  tcase_add_test (tc, test_ts_packets_of_b4k);
  tcase_add_test (tc, test_ts_packets_of_viofo);
  tcase_add_test (tc, test_ts_faults);
  return s;
}

GST_CHECK_MAIN (dashcam_record);
