/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Cameras that write knots where others of their kind write km/h: the track
 * tells. The car does 36 knots to the north. */

#include "dashcamtest.h"

#include "wire/gpscalibrate.h"

#include "tests/sim/dashcam-sim.h"

#define MP4 "synthetic/mp4_fgps03_viofo_a119v3.mp4"

#define N_FIXES 20
/* A nautical mile is a minute of latitude. */
#define MINUTES 0.01
#define KNOTS (36.0 * 1852.0 / 3600.0)
#define KMH (36.0 / 3.6)

/* Metres per second that a speed may be off. */
#define ROOM 1e-6

static void
dashcamspeeds_put_u32be (GByteArray * file, guint32 value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (file, (const guint8 *) &value, 4);
}

static guint32
dashcamspeeds_get_u32be (const guint8 * data)
{
  guint32 value;

  memcpy (&value, data, 4);
  return GUINT32_FROM_BE (value);
}

static void
dashcamspeeds_add_u32be (guint8 * data, guint32 more)
{
  guint32 value = GUINT32_TO_BE (dashcamspeeds_get_u32be (data) + more);

  memcpy (data, &value, 4);
}

/* A row of gps0: DDMM twice, altitude, speed, date, time, half the course. */
static void
dashcamspeeds_put_row (GByteArray * file, guint second)
{
  guint64 words[4] = { 0 };
  guint8 *row = (guint8 *) words;
  static const guint8 date[] = { 24, 6, 1, 10, 20 };

  GST_WRITE_DOUBLE_LE (row, 4830.0 + second * MINUTES);
  GST_WRITE_DOUBLE_LE (row + 8, 217.0);
  GST_WRITE_UINT32_LE (row + 16, 120);
  GST_WRITE_UINT16_LE (row + 20, 36);
  memcpy (row + 22, date, sizeof date);
  row[27] = (guint8) second;
  g_byte_array_append (file, row, sizeof words);
}

/* What the camera itself has written of places is no longer to be found. */
static void
dashcamspeeds_hide (GByteArray * file)
{
  for (gsize at = 0; at + 4 <= file->len; at++) {
    if (memcmp (file->data + at, "GPS ", 4) == 0
        || memcmp (file->data + at, "gps ", 4) == 0)
      file->data[at] = 'x';
  }
}

/* A recording that plays, with the track in a box behind it. */
static GBytes *
dashcamspeeds_make_box (void)
{
  GByteArray *file = g_bytes_unref_to_array (dashcamtest_load (MP4));

  dashcamspeeds_hide (file);
  dashcamspeeds_put_u32be (file, 8 + 32 * N_FIXES);
  g_byte_array_append (file, (const guint8 *) "gps0", 4);
  for (guint i = 0; i < N_FIXES; i++)
    dashcamspeeds_put_row (file, i);
  return g_byte_array_free_to_bytes (file);
}

/* Writes what stands in a block of the akaso-xxx from 0x30 on: time, status, DDMM
 * twice, speed, course, date. */
static void
dashcamspeeds_set_block (guint8 * block, guint second, gboolean drives)
{
  guint32 words[13] = { 10, second / 60, second % 60, 'A', 0, 'N', 0, 'E', 0, 0,
    24, 6, 1
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = GUINT32_TO_LE (words[i]);
  GST_WRITE_FLOAT_LE ((guint8 *) & words[4],
      30.0f + (drives ? second * 0.01f : 0.0f));
  GST_WRITE_FLOAT_LE ((guint8 *) & words[6], 217.0f);
  GST_WRITE_FLOAT_LE ((guint8 *) & words[8], drives ? 36.0f : 0.0f);
  memcpy (block + 0x30, words, sizeof words);
}

/* No media: blocks alone. */
static GByteArray *
dashcamspeeds_make_blocks (guint n_blocks, gboolean drives)
{
  GByteArray *file = g_byte_array_new ();

  dashcamspeeds_put_u32be (file, 16);
  g_byte_array_append (file, (const guint8 *) "ftypisom\0\0\0\0", 12);
  for (guint i = 0; i < n_blocks; i++) {
    guint8 block[0x100] =
        { 0, 0, 1, 0, 'f', 'r', 'e', 'e', 'G', 'P', 'S', ' ' };

    dashcamspeeds_set_block (block, i, drives);
    g_byte_array_append (file, block, sizeof block);
  }
  return file;
}

/* A recording with such blocks between its media, and the index behind. */
static GByteArray *
dashcamspeeds_make_media (void)
{
  g_autoptr (DashcamScript) script = dashcam_script_new (N_FIXES);
  DashcamSimOptions options;
  g_autoptr (GError) error = NULL;
  GByteArray *file;
  guint n = 0;

  dashcam_sim_options_init (&options);
  options.form = DASHCAM_FORM_MP4_E;
  options.script = script;
  /* nobody looks at them */
  options.width = 96;
  options.height = 64;
  file = dashcam_sim_make (&options, &error);
  g_assert_no_error (error);
  for (gsize at = 0; at + 0x100 <= file->len; at++) {
    if (memcmp (file->data + at, "freeGPS ", 8) == 0) {
      memset (file->data + at + 8, 0, 0x90);
      dashcamspeeds_set_block (file->data + at - 4, n++, TRUE);
    }
  }
  fail_unless_equals_int (n, N_FIXES);
  return file;
}

/* The same without a table of blocks, and the index of the media before them. */
static GByteArray *
dashcamspeeds_make_stream (void)
{
  g_autoptr (GByteArray) file = dashcamspeeds_make_media ();
  GByteArray *stream = g_byte_array_new ();
  guint32 first = dashcamspeeds_get_u32be (file->data);
  gsize moov = 0;

  for (gsize at = 0; at + 4 <= file->len; at++) {
    if (memcmp (file->data + at, "moov", 4) == 0)
      moov = at - 4;
    else if (memcmp (file->data + at, "gps ", 4) == 0)
      file->data[at] = 'x';
  }
  fail_unless (moov > first);
  for (gsize at = moov; at + 12 <= file->len; at++) {
    guint8 *box = file->data + at;

    if (memcmp (box, "stco", 4) != 0)
      continue;
    for (guint i = 0; i < dashcamspeeds_get_u32be (box + 8); i++)
      dashcamspeeds_add_u32be (box + 12 + 4 * i, file->len - (guint32) moov);
  }
  g_byte_array_append (stream, file->data, first);
  g_byte_array_append (stream, file->data + moov, (guint) (file->len - moov));
  g_byte_array_append (stream, file->data + first, (guint) (moov - first));
  return stream;
}

static gdouble
dashcamspeeds_get (GArray * fixes, guint at)
{
  return g_array_index (fixes, DashcamtestFix, at).fix.speed;
}

static void
dashcamspeeds_check_all (GArray * fixes)
{
  fail_unless_equals_int (fixes->len, N_FIXES);
  for (guint i = 0; i < N_FIXES; i++)
    fail_unless (ABS (dashcamspeeds_get (fixes, i) - KNOTS) < ROOM, "%u: %f",
        i, dashcamspeeds_get (fixes, i));
}

static GArray *
dashcamspeeds_play (GBytes * data, DashcamtestMode mode, guint links,
    gboolean gps_only)
{
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data, mode,
      links);

  test->gps_caps = DASHCAMTEST_TEXT;
  g_object_set (test->demuxer, "gps-only", gps_only, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fail_unless_equals_int (test->n_errors, 0);
  return dashcamtest_fixes (test, "gps_0");
}

/* With an index all is known before the first fix leaves. */
GST_START_TEST (test_an_index_tells_the_unit_from_the_first_fix_on)
{
  g_autoptr (GBytes) data = __i__ < 2 ? dashcamspeeds_make_box ()
      : g_byte_array_free_to_bytes (dashcamspeeds_make_media ());
  g_autoptr (GArray) fixes = dashcamspeeds_play (data, DASHCAMTEST_PULL,
      __i__ % 2 ? DASHCAMTEST_ALL : DASHCAMTEST_GPS, FALSE);

  dashcamspeeds_check_all (fixes);
}

GST_END_TEST;

/* Without media the fixes wait until the unit is known. */
GST_START_TEST (test_a_stream_alone_waits_for_the_unit)
{
  g_autoptr (GBytes) data = g_byte_array_free_to_bytes
      (dashcamspeeds_make_blocks (N_FIXES, TRUE));
  g_autoptr (GArray) fixes = dashcamspeeds_play (data, __i__, DASHCAMTEST_GPS,
      TRUE);

  dashcamspeeds_check_all (fixes);
}

GST_END_TEST;

/* The car stands: so many fixes wait, and no more. */
GST_START_TEST (test_a_stream_waits_for_few_fixes)
{
  const guint n_blocks = 40;
  g_autoptr (GByteArray) file = dashcamspeeds_make_blocks (n_blocks, FALSE);
  g_autoptr (GBytes) data = g_bytes_new (file->data, file->len);
  g_autoptr (GstBuffer) buffer = gst_buffer_new_wrapped_bytes (data);
  g_autoptr (GstElement) pipeline = gst_parse_launch ("appsrc name=src ! "
      "nvtgpsdemux gps-only=true filter=none ! text/x-raw ! "
      "appsink name=sink sync=false", NULL);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline),
      "src");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
      "sink");
  GstFlowReturn flow;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
  fail_unless_equals_int (flow, GST_FLOW_OK);
  for (guint i = 0; i < n_blocks - GPSCALIBRATE_HOLD; i++) {
    g_autoptr (GstSample) sample = NULL;

    g_signal_emit_by_name (sink, "try-pull-sample", 60 * GST_SECOND, &sample);
    fail_unless (sample != NULL, "%u", i);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

GST_END_TEST;

/* Beside media nothing waits: the unit counts from when it is known on. */
GST_START_TEST (test_beside_media_no_fix_waits_for_the_unit)
{
  g_autoptr (GBytes) data = g_byte_array_free_to_bytes
      (dashcamspeeds_make_stream ());
  g_autoptr (GArray) fixes = dashcamspeeds_play (data, DASHCAMTEST_CHUNKS,
      DASHCAMTEST_ALL, FALSE);

  fail_unless_equals_int (fixes->len, N_FIXES);
  fail_unless (ABS (dashcamspeeds_get (fixes, 0) - KMH) < ROOM, "%f",
      dashcamspeeds_get (fixes, 0));
  for (guint i = GPSCALIBRATE_HOLD; i < N_FIXES; i++)
    fail_unless (ABS (dashcamspeeds_get (fixes, i) - KNOTS) < ROOM, "%u: %f",
        i, dashcamspeeds_get (fixes, i));
}

GST_END_TEST;

static GstBusSyncReply
dashcamspeeds_take (GstBus * bus, GstMessage * message, gpointer user_data)
{
  GstStructure **summary = user_data;
  const GstStructure *structure = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT
      && gst_structure_has_name (structure, "dashcam-gps")) {
    g_clear_pointer (summary, gst_structure_free);
    *summary = gst_structure_copy (structure);
  }
  return GST_BUS_PASS;
}

/* The last summary: alone, one thread posts all. */
static GstStructure *
dashcamspeeds_summarize (GBytes * data)
{
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GstBus) bus = gst_element_get_bus (test->pipeline);
  GstStructure *summary = NULL;

  gst_bus_set_sync_handler (bus, dashcamspeeds_take, &summary, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  dashcamtest_stop (test);
  fail_unless (summary != NULL);
  return summary;
}

static void
dashcamspeeds_check_string (const GstStructure * summary, const gchar * name,
    const gchar * expected)
{
  fail_unless_equals_string (gst_structure_get_string (summary, name),
      expected);
}

GST_START_TEST (test_summary_tells_of_speeds)
{
  g_autoptr (GBytes) knots = dashcamspeeds_make_box ();
  g_autoptr (GBytes) wrong = dashcamtest_load ("synthetic/mp4_fgps11_atc.mp4");
  g_autoptr (GBytes) few = dashcamtest_load (MP4);
  g_autoptr (GstStructure) changed = dashcamspeeds_summarize (knots);
  g_autoptr (GstStructure) mismatch = dashcamspeeds_summarize (wrong);
  g_autoptr (GstStructure) undecided = dashcamspeeds_summarize (few);
  gdouble value;

  dashcamspeeds_check_string (changed, "speed-verdict", "changed");
  dashcamspeeds_check_string (changed, "speed-unit", "knots");
  dashcamspeeds_check_string (changed, "speed-text",
      "the track says that speeds are in knots");
  fail_if (gst_structure_has_field (changed, "speed-factor"));
  fail_unless (gst_structure_get_double (changed, "max-speed", &value));
  fail_unless (ABS (value - KNOTS) < ROOM);

  dashcamspeeds_check_string (mismatch, "speed-verdict", "mismatch");
  fail_unless (gst_structure_get_double (mismatch, "speed-factor", &value));
  fail_unless (ABS (value - 1.0 / 3.6) < 0.01, "%f", value);
  fail_if (gst_structure_has_field (mismatch, "speed-unit"));

  dashcamspeeds_check_string (undecided, "speed-verdict", "undecided");
  fail_if (gst_structure_has_field (undecided, "speed-text"));
}

GST_END_TEST;

static Suite *
dashcamspeeds_suite (void)
{
  Suite *s = suite_create ("dashcamspeeds");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_an_index_tells_the_unit_from_the_first_fix_on,
      0, 4);
  tcase_add_loop_test (tc, test_a_stream_alone_waits_for_the_unit, 0,
      DASHCAMTEST_N_MODES);
  tcase_add_test (tc, test_a_stream_waits_for_few_fixes);
  tcase_add_test (tc, test_beside_media_no_fix_waits_for_the_unit);
  tcase_add_test (tc, test_summary_tells_of_speeds);
  return s;
}

GST_CHECK_MAIN (dashcamspeeds);
