/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* A transport stream with the records of two receivers, each on a PID of its own:
 * two tracks. */

#include "dashcamtest.h"

#define TS "synthetic/ts_viofo_a119v3.ts"
#define FIRST 0x300
#define SECOND 0x301

/* DDMM.mmmm: a degree. */
#define STEP 100.0f

/* The PES packet again on the other PID, a degree further south. */
static void
dashcamtracks_put_copy (GByteArray * out, GByteArray * pes)
{
  gfloat latitude;

  for (gsize at = 0; at < pes->len; at += 188) {
    pes->data[at + 1] = (pes->data[at + 1] & 0xe0) | (SECOND >> 8);
    pes->data[at + 2] = SECOND & 0xff;
  }
  for (gsize at = 0; at + 7 <= pes->len; at++) {
    if (memcmp (pes->data + at, "ASE", 3) != 0)
      continue;
    memcpy (&latitude, pes->data + at + 4, 4);
    latitude = GFLOAT_TO_LE (GFLOAT_FROM_LE (latitude) + STEP);
    memcpy (pes->data + at + 4, &latitude, 4);
    break;
  }
  g_byte_array_append (out, pes->data, pes->len);
}

/* The sample, and from its second record on another one behind each. */
static GBytes *
dashcamtracks_make (void)
{
  g_autoptr (GBytes) data = dashcamtest_load (TS);
  g_autoptr (GByteArray) pes = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  guint n = 0;

  for (gsize at = 0; at + 188 <= size; at += 188) {
    const guint8 *packet = bytes + at;
    gboolean is_gps = ((packet[1] & 0x1f) << 8 | packet[2]) == FIRST;

    if (pes->len > 0 && (!is_gps || (packet[1] & 0x40))) {
      if (n++ > 0)
        dashcamtracks_put_copy (out, pes);
      g_byte_array_set_size (pes, 0);
    }
    if (is_gps)
      g_byte_array_append (pes, packet, 188);
    g_byte_array_append (out, packet, 188);
  }
  if (pes->len > 0)
    dashcamtracks_put_copy (out, pes);
  return g_byte_array_free_to_bytes (out);
}

static Dashcamtest *
dashcamtracks_new (DashcamtestMode mode, guint links)
{
  g_autoptr (GBytes) data = dashcamtracks_make ();
  Dashcamtest *test = dashcamtest_new ("tsgpsdemux", data, mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  return test;
}

/* Fixes of the second track are those of the sample from the second on. */
static void
dashcamtracks_check_second (Dashcamtest * test, const gchar * pad)
{
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, pad);
  g_autoptr (GArray) points = dashcamtest_load_points (TS);

  g_array_remove_index (points, 0);
  for (guint i = 0; i < points->len; i++)
    g_array_index (points, DashcamtestPoint, i).latitude -= 1.0;
  dashcamtest_check_fixes (fixes, points, pad);
}

static void
dashcamtracks_check_first (Dashcamtest * test)
{
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  g_autoptr (GArray) points = dashcamtest_load_points (TS);

  dashcamtest_check_fixes (fixes, points, "gps_0");
}

GST_START_TEST (test_each_pid_is_a_track_of_its_own)
{
  guint links = __i__ % 2 ? DASHCAMTEST_ALL : DASHCAMTEST_GPS;
  g_autoptr (Dashcamtest) test = dashcamtracks_new (__i__ / 2, links);
  g_autoptr (GstEvent) start = NULL;
  g_autoptr (GstEvent) start_1 = NULL;
  guint group, other;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fail_unless_equals_int (test->n_errors, 0);
  dashcamtracks_check_first (test);
  dashcamtracks_check_second (test, "gps_1");
  fail_unless (dashcamtest_pad (test, "gps_2") == NULL);
  /* so that a plain link takes it */
  fail_unless_equals_string (((DashcamtestPad *) test->pads->pdata[0])->name,
      "gps_0");

  start = dashcamtest_event (test, "gps_0", GST_EVENT_STREAM_START);
  start_1 = dashcamtest_event (test, "gps_1", GST_EVENT_STREAM_START);
  fail_unless (gst_event_parse_group_id (start, &group));
  fail_unless (gst_event_parse_group_id (start_1, &other));
  fail_unless_equals_int (group, other);
  fail_unless_equals_int (dashcamtest_count_events (test, "gps_1",
          GST_EVENT_EOS), 1);
}

GST_END_TEST;

GST_START_TEST (test_gps_pid_chooses_one)
{
  gboolean is_second = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamtracks_new (__i__ / 2, DASHCAMTEST_GPS);

  g_object_set (test->demuxer, "gps-pid", is_second ? SECOND : FIRST, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  if (is_second)
    dashcamtracks_check_second (test, "gps_0");
  else
    dashcamtracks_check_first (test);
  fail_unless (dashcamtest_pad (test, "gps_1") == NULL);
}

GST_END_TEST;

static void
dashcamtracks_link_second (GstPad * pad, gpointer user_data)
{
  if (g_str_equal (GST_OBJECT_NAME (pad), "gps_1"))
    dashcamtest_link_sink (user_data, pad, DASHCAMTEST_TEXT, FALSE);
}

/* A file is read to its end before anybody can know who wants what. */
GST_START_TEST (test_second_track_can_be_taken_alone)
{
  g_autoptr (Dashcamtest) test = dashcamtracks_new (DASHCAMTEST_PULL,
      DASHCAMTEST_GPS);

  test->link = dashcamtracks_link_second;
  test->user_data = test;
  g_object_set (test->demuxer, "gps-only", TRUE, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fail_unless_equals_int (test->n_errors, 0);
  dashcamtracks_check_second (test, "gps_1");
}

GST_END_TEST;

/* Both, at the next start from the beginning, as often as anybody likes. */
GST_START_TEST (test_tracks_come_again)
{
  g_autoptr (Dashcamtest) test = dashcamtracks_new (DASHCAMTEST_PULL,
      DASHCAMTEST_GPS);

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  dashcamtest_forget (test);
  fail_unless (gst_element_seek_simple (test->pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH, 0));
  fail_unless (dashcamtest_wait (test));
  dashcamtracks_check_first (test);
  dashcamtracks_check_second (test, "gps_1");
}

GST_END_TEST;

static GstBusSyncReply
dashcamtracks_take (GstBus * bus, GstMessage * message, gpointer user_data)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const gchar *pad;
  guint n_fixes;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT
      || !gst_structure_has_name (structure, "dashcam-gps"))
    return GST_BUS_PASS;
  pad = gst_structure_get_string (structure, "pad");
  if (gst_structure_get_uint (structure, "fixes", &n_fixes))
    ((guint *) user_data)[pad[strlen ("gps_")] - '0'] = n_fixes;
  return GST_BUS_PASS;
}

GST_START_TEST (test_each_track_has_a_summary)
{
  guint n_fixes[4] = { 0, };
  g_autoptr (Dashcamtest) test = dashcamtracks_new (__i__, DASHCAMTEST_GPS);
  g_autoptr (GstBus) bus = gst_element_get_bus (test->pipeline);
  g_autoptr (GArray) points = dashcamtest_load_points (TS);

  gst_bus_set_sync_handler (bus, dashcamtracks_take, n_fixes, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  dashcamtest_stop (test);
  fail_unless_equals_int (n_fixes[0], points->len);
  fail_unless_equals_int (n_fixes[1], points->len - 1);
}

GST_END_TEST;

/* Twins on one PID are one track: what they say twice is left out. */
GST_START_TEST (test_twins_on_a_pid_are_one_track)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run ("real/dcm_juscar_ligo.TS",
      __i__, DASHCAMTEST_GPS, DASHCAMTEST_TEXT);

  fail_unless (dashcamtest_pad (test, "gps_0") != NULL);
  fail_unless (dashcamtest_pad (test, "gps_1") == NULL);
}

GST_END_TEST;

static Suite *
dashcamtracks_suite (void)
{
  Suite *s = suite_create ("dashcamtracks");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_each_pid_is_a_track_of_its_own, 0,
      2 * DASHCAMTEST_N_MODES);
  tcase_add_loop_test (tc, test_gps_pid_chooses_one, 0, 2 * DASHCAMTEST_BYTES);
  tcase_add_test (tc, test_second_track_can_be_taken_alone);
  tcase_add_test (tc, test_tracks_come_again);
  tcase_add_loop_test (tc, test_each_track_has_a_summary, 0, DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_twins_on_a_pid_are_one_track, 0,
      DASHCAMTEST_CHUNKS);
  return s;
}

GST_CHECK_MAIN (dashcamtracks);
