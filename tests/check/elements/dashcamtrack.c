/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The track alone: what comes out when only the GPS pad is linked. */

#include "dashcamtest.h"
#include "tests/sim/dashcam-sim.h"

#define GPX_POINT "<trkpt "
#define TRAILER "synthetic/mp4_trailer_ligo_hash.mp4"

/* Recordings of which all fixes are known and can be decoded. */
static const gchar *const samples[] = {
  "real/dcm_viofo_a119v3.TS",
  "synthetic/ts_viofo_a119v3.ts",
  "synthetic/ts_blueskysea_b4k.ts",
  "synthetic/mp4_fgps03_viofo_a119v3.mp4",
  "synthetic/mp4_fgps03_kenwood_a510w.mp4",
  "synthetic/mp4_fgps17_viofo_a119s.mp4",
  "synthetic/mp4_fgps17_transcend_dp230_f64.mp4",
  "synthetic/edge_void_and_gap.mp4",
  "synthetic/edge_no_gps_table.mp4"
};

/* Recordings of cameras that are not read, or that had no reception. */
static const gchar *const others[] = {
  "real/dcm_generic_nogps.TS",
  "real/dcm_juscar_ligo.TS",
  "synthetic/mp4_fgps08_akaso_v1_encrypted.mp4"
};

static guint
dashcamtrack_count (GByteArray * document, const gchar * text)
{
  const gchar *at = (const gchar *) document->data;
  const gchar *end = at + document->len;
  guint n = 0;

  while ((at = g_strstr_len (at, end - at, text))) {
    at++;
    n++;
  }
  return n;
}

static void
dashcamtrack_check_equal (GByteArray * a, GByteArray * b, const gchar * name)
{
  fail_unless (a->len == b->len && memcmp (a->data, b->data, a->len) == 0,
      "%s: %.*s\nis not %.*s", name, (int) a->len, a->data, (int) b->len,
      b->data);
}

/* The last sample is large: byte by byte, qtdemux takes ten seconds for it. */
#define N_RUNS (G_N_ELEMENTS (samples) * DASHCAMTEST_N_MODES - 1)

GST_START_TEST (test_fixes_are_those_that_the_camera_wrote)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_N_MODES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_N_MODES;
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample, mode,
      DASHCAMTEST_GPS, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");

  dashcamtest_check_fixes (fixes, points, sample);
  fail_unless_equals_int (test->n_errors, 0);
  fail_unless_equals_int (test->n_warnings, 0);
  fail_unless_equals_int (test->n_eos, 1);
}

GST_END_TEST;

/* The end of a file tells of it, and of a pipe that is known when all is past. */
GST_START_TEST (test_trailer_is_read_however_the_file_comes)
{
  g_autoptr (GArray) points = dashcamtest_load_points (TRAILER);
  g_autoptr (Dashcamtest) test = dashcamtest_run (TRAILER, __i__,
      DASHCAMTEST_GPS, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");

  dashcamtest_check_fixes (fixes, points, TRAILER);
  fail_unless_equals_int (test->n_warnings, 0);
}

GST_END_TEST;

/* The document that the fixes make when one writes them alone. */
static GByteArray *
dashcamtrack_write (GArray * fixes)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GByteArray *document = g_byte_array_new ();
  GBytes *piece = gst_gps_writer_begin (writer, NULL);

  for (guint i = 0; piece; i++) {
    g_byte_array_append (document, g_bytes_get_data (piece, NULL),
        (guint) g_bytes_get_size (piece));
    g_bytes_unref (piece);
    piece = NULL;
    if (i < fixes->len) {
      DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

      piece = gst_gps_writer_add (writer, &fix->fix, fix->discont);
    } else if (i == fixes->len) {
      piece = gst_gps_writer_end (writer);
    }
  }
  return document;
}

GST_START_TEST (test_document_is_the_same_however_the_file_is_read)
{
  const gchar *sample = samples[__i__];
  g_autoptr (GByteArray) pulled = NULL;

  for (guint mode = 0; mode < DASHCAMTEST_BYTES; mode++) {
    g_autoptr (Dashcamtest) test = dashcamtest_run (sample, mode,
        DASHCAMTEST_GPS, NULL);
    g_autoptr (GByteArray) document = dashcamtest_document (test, "gps_0");
    g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
    g_autoptr (GByteArray) written = dashcamtrack_write (fixes);

    fail_unless (dashcamtest_is_gpx (document), "%s: %.*s", sample,
        (int) document->len, document->data);
    dashcamtrack_check_equal (document, written, sample);
    if (!pulled)
      pulled = g_steal_pointer (&document);
    else
      dashcamtrack_check_equal (document, pulled, sample);
  }
}

GST_END_TEST;

GST_START_TEST (test_gap_of_the_track_starts_a_segment)
{
  g_autoptr (GBytes) data =
      dashcamtest_load ("synthetic/edge_void_and_gap.mp4");
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GByteArray) document = NULL;

  /* there is a pause of five seconds, and one of two */
  g_object_set (test->demuxer, "gap-threshold",
      __i__ == 0 ? 4 * GST_SECOND : __i__ == 1 ? GST_SECOND : 10 * GST_SECOND,
      NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  document = dashcamtest_document (test, "gps_0");
  fail_unless_equals_int (dashcamtrack_count (document, "<trkseg>"),
      __i__ == 0 ? 2 : __i__ == 1 ? 3 : 1);
  fail_unless_equals_int (dashcamtrack_count (document, GPX_POINT), 6);
}

GST_END_TEST;

GST_START_TEST (test_text_is_one_line_for_each_fix)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run (samples[0], __i__,
      DASHCAMTEST_GPS, DASHCAMTEST_TEXT);
  g_autoptr (GByteArray) document = dashcamtest_document (test, "gps_0");
  g_autoptr (GstEvent) event = dashcamtest_event (test, "gps_0",
      GST_EVENT_CAPS);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  fail_unless (gst_structure_has_name (gst_caps_get_structure (caps, 0),
          "text/x-raw"));
  fail_unless_equals_int (dashcamtrack_count (document, "\n"), 10);
  fail_unless_equals_int (dashcamtrack_count (document, "km/h  50.00"), 10);
  fail_unless_equals_int (dashcamtest_count (test, "gps_0"), 10);
  for (guint i = 0; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless (fix->duration >= 900 * GST_MSECOND
        && fix->duration <= 2 * GST_SECOND);
  }
}

GST_END_TEST;

GST_START_TEST (test_recording_without_fixes_gives_an_empty_track)
{
  const gchar *sample = others[__i__ / DASHCAMTEST_N_MODES];
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample,
      __i__ % DASHCAMTEST_N_MODES, DASHCAMTEST_GPS, NULL);
  g_autoptr (GByteArray) document = dashcamtest_document (test, "gps_0");

  fail_unless (dashcamtest_is_gpx (document), "%s", sample);
  fail_unless_equals_int (dashcamtrack_count (document, GPX_POINT), 0);
  fail_unless_equals_int (test->n_errors, 0);
  fail_unless_equals_int (test->n_warnings, 1);
}

GST_END_TEST;

static GBytes *
dashcamtrack_make_garbage (gsize size)
{
  guint8 *data = g_malloc (size);
  guint32 state = 2463534242u;

  for (gsize i = 0; i < size; i++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    data[i] = (guint8) state;
  }
  return g_bytes_new_take (data, size);
}

static const struct
{
  const gchar *name;
  gsize size;
} garbage[] = {
  {"tsgpsdemux", 0},
  {"tsgpsdemux", 1},
  {"tsgpsdemux", 100},
  {"tsgpsdemux", 300000},
  {"tsgpsdemux", 3000000},
  {"nvtgpsdemux", 0},
  {"nvtgpsdemux", 1},
  {"nvtgpsdemux", 100},
  {"nvtgpsdemux", 300000},
  {"nvtgpsdemux", 3000000},
};

GST_START_TEST (test_what_is_no_recording_is_an_error)
{
  guint at = __i__ / DASHCAMTEST_BYTES;
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (GBytes) data = dashcamtrack_make_garbage (garbage[at].size);
  static const guint links[] = { DASHCAMTEST_GPS, DASHCAMTEST_ALL };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autoptr (Dashcamtest) test = dashcamtest_new (garbage[at].name, data,
        mode, links[i]);

    /* it may come so early that the change of state fails as well */
    (void) gst_element_set_state (test->pipeline, GST_STATE_PLAYING);
    fail_if (dashcamtest_wait (test));
    fail_unless (test->error->domain == GST_STREAM_ERROR
        || test->error->domain == GST_CORE_ERROR, "%s", test->error->message);
  }
}

GST_END_TEST;

/* The same recording with that many bytes of media more. */
static GBytes *
dashcamtrack_enlarge_mp4 (const gchar * sample, gsize more)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  gsize size, mdat_end;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  guint8 *large = g_malloc (size + more);

  fail_unless (memcmp (bytes + 36, "mdat", 4) == 0);
  mdat_end = 32 + GST_READ_UINT32_BE (bytes + 32);
  memcpy (large, bytes, mdat_end);
  memset (large + mdat_end, 0x55, more);
  memcpy (large + mdat_end + more, bytes + mdat_end, size - mdat_end);
  GST_WRITE_UINT32_BE (large + 32, (guint32) (mdat_end - 32 + more));
  return g_bytes_new_take (large, size + more);
}

static GBytes *
dashcamtrack_enlarge_ts (const gchar * sample, guint n_packets)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  GByteArray *large = g_bytes_unref_to_array (g_bytes_ref (data));
  guint8 packet[188] = { 0x47, 0x1f, 0xff, 0x10 };

  for (guint i = 0; i < n_packets; i++)
    g_byte_array_append (large, packet, sizeof packet);
  return g_byte_array_free_to_bytes (large);
}

/* In a longer way between two blocks one might be that the table forgot. */
GST_START_TEST (test_with_a_table_no_media_is_read)
{
  const gchar *sample = "synthetic/mp4_fgps03_viofo_a119v3.mp4";
  g_autoptr (GBytes) data = dashcamtrack_enlarge_mp4 (sample, 7000000);
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  dashcamtest_check_fixes (fixes, points, sample);
  fail_unless (dashcamtest_src_get_n_bytes (test->memory) < 20000);
}

GST_END_TEST;

GST_START_TEST (test_transport_stream_is_read_once)
{
  const gchar *sample = "synthetic/ts_viofo_a119v3.ts";
  g_autoptr (GBytes) data = dashcamtrack_enlarge_ts (sample, 100000);
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("tsgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  dashcamtest_check_fixes (fixes, points, sample);
  /* tsdemux looks for clock references at the start and in the last 2 MiB */
  fail_unless (dashcamtest_src_get_n_bytes (test->memory) <
      g_bytes_get_size (data) + 2500000);
}

GST_END_TEST;

/* By push, tsdemux and qtdemux have seen only part of it when the element
 * decides that no media is wanted. */
GST_START_TEST (test_large_file_gives_all_fixes_by_push)
{
  DashcamtestMode mode = 1 + __i__ / 2;
  const gchar *sample = __i__ % 2 ? "synthetic/mp4_fgps03_viofo_a119v3.mp4"
      : "synthetic/ts_viofo_a119v3.ts";
  g_autoptr (GBytes) data = __i__ % 2
      ? dashcamtrack_enlarge_mp4 (sample, 30000000)
      : dashcamtrack_enlarge_ts (sample, 100000);
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_new (dashcamtest_element (sample),
      data, mode, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  dashcamtest_check_fixes (fixes, points, sample);
}

GST_END_TEST;

/* Fixes that stand in what tsdemux reads first, at the end of the file, come
 * in their place. */
GST_START_TEST (test_fixes_come_in_the_order_of_the_file)
{
  g_autoptr (GBytes) one = dashcamtest_load ("synthetic/ts_viofo_a119v3.ts");
  g_autoptr (GArray) points =
      dashcamtest_load_points ("synthetic/ts_viofo_a119v3.ts");
  g_autoptr (GBytes) data = NULL;
  GByteArray *both = g_bytes_unref_to_array (g_bytes_ref (one));
  g_autoptr (Dashcamtest) test = NULL;
  g_autoptr (GArray) fixes = NULL;

  for (guint i = 0; i < 20; i++)
    g_byte_array_append (both, g_bytes_get_data (one, NULL),
        (guint) g_bytes_get_size (one));
  data = g_byte_array_free_to_bytes (both);
  test = dashcamtest_new ("tsgpsdemux", data, __i__, DASHCAMTEST_GPS);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));

  fixes = dashcamtest_fixes (test, "gps_0");
  fail_unless_equals_int (fixes->len, 21 * points->len);
  for (guint i = 0; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless_equals_int64 (fix->fix.time,
        g_array_index (fixes, DashcamtestFix, i % points->len).fix.time);
    fail_unless (fix->discont == (i % points->len == 0));
    fail_unless (i == 0 || fix->pts >= (fix - 1)->pts);
  }
}

GST_END_TEST;

/* A camera writes a block a second, sooner or later between its pictures. */
GST_START_TEST (test_fixes_of_blocks_keep_the_pace_of_their_clock)
{
  const guint n_fixes = 8;
  g_autoptr (DashcamScript) script = dashcam_script_new (n_fixes);
  DashcamSimOptions options;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (Dashcamtest) test = NULL;
  g_autoptr (GArray) fixes = NULL;

  dashcam_sim_options_init (&options);
  options.form = DASHCAM_FORM_MP4_E;
  options.script = script;
  options.width = 96;
  options.height = 64;
  data = g_byte_array_free_to_bytes (dashcam_sim_make (&options, NULL));
  test = dashcamtest_new ("nvtgpsdemux", data, DASHCAMTEST_PULL,
      __i__ ? DASHCAMTEST_ALL : DASHCAMTEST_GPS);
  test->gps_caps = DASHCAMTEST_TEXT;
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  fail_unless_equals_int (fixes->len, n_fixes);
  for (guint i = 1; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless_equals_uint64 (fix->pts - (fix - 1)->pts, GST_SECOND);
  }
}

GST_END_TEST;

static Suite *
dashcamtrack_suite (void)
{
  Suite *s = suite_create ("dashcamtrack");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_fixes_are_those_that_the_camera_wrote, 0,
      N_RUNS);
  tcase_add_loop_test (tc, test_trailer_is_read_however_the_file_comes, 0,
      DASHCAMTEST_N_MODES);
  tcase_add_loop_test (tc, test_document_is_the_same_however_the_file_is_read,
      0, G_N_ELEMENTS (samples));
  tcase_add_loop_test (tc, test_gap_of_the_track_starts_a_segment, 0, 3);
  tcase_add_loop_test (tc, test_text_is_one_line_for_each_fix, 0,
      DASHCAMTEST_N_MODES);
  tcase_add_loop_test (tc, test_recording_without_fixes_gives_an_empty_track,
      0, G_N_ELEMENTS (others) * DASHCAMTEST_N_MODES);
  tcase_add_loop_test (tc, test_what_is_no_recording_is_an_error, 0,
      G_N_ELEMENTS (garbage) * DASHCAMTEST_BYTES);
  tcase_add_test (tc, test_with_a_table_no_media_is_read);
  tcase_add_test (tc, test_transport_stream_is_read_once);
  tcase_add_loop_test (tc, test_large_file_gives_all_fixes_by_push, 0, 6);
  tcase_add_loop_test (tc, test_fixes_come_in_the_order_of_the_file, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_fixes_of_blocks_keep_the_pace_of_their_clock, 0,
      2);
  return s;
}

GST_CHECK_MAIN (dashcamtrack);
