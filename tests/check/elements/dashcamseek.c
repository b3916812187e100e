/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The track while its recording is sought in. */

#include "dashcamtest.h"

#define FLUSH GST_SEEK_FLAG_FLUSH
#define KEY GST_SEEK_FLAG_KEY_UNIT
#define SECOND ((gint64) GST_SECOND)
#define ACCURATE GST_SEEK_FLAG_ACCURATE
#define SEGMENT GST_SEEK_FLAG_SEGMENT

static const gchar *const samples[] = {
  "real/dcm_viofo_a119v3.TS",
  "synthetic/ts_viofo_a119v3.ts",
  "synthetic/mp4_fgps03_viofo_a119v3.mp4",
  "synthetic/edge_no_gps_table.mp4"
};

/* Those in which a source can be sought in. */
#define N_MODES 2
#define N_RUNS (G_N_ELEMENTS (samples) * N_MODES)

/* A pipeline that waits with its first frames for what the test does next. Where
 * tsdemux is then does not depend on it alone: see dashcamseek_play_through(). */
static Dashcamtest *
dashcamseek_open (const gchar * element, const gchar * sample,
    DashcamtestMode mode, guint links)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (element, data, mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  dashcamtest_pause (test);
  dashcamtest_wait_no_more_pads (test);
  /* beside media the sink of the fixes may wait with a gap */
  if (links & DASHCAMTEST_VIDEO)
    dashcamtest_wait_buffers (test, dashcamtest_find (test, "video"), 1);
  else
    dashcamtest_wait_buffers (test, "gps_0", 1);
  return test;
}

/* A pipeline that has played to the end. Here tsdemux does not run, which may
 * otherwise go on pushing behind a seek, before the segment. */
static Dashcamtest *
dashcamseek_play_through (const gchar * element, const gchar * sample,
    DashcamtestMode mode, guint links)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (element, data, mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  return test;
}

static GstEvent *
dashcamseek_event (gdouble rate, GstSeekFlags flags, GstClockTime start,
    GstClockTime stop)
{
  return gst_event_new_seek (rate, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET,
      (gint64) start, GST_SEEK_TYPE_SET, (gint64) stop);
}

static gboolean
dashcamseek_seek (Dashcamtest * test, gdouble rate, GstSeekFlags flags,
    GstClockTime start, GstClockTime stop)
{
  return gst_element_send_event (test->pipeline, dashcamseek_event (rate,
          flags, start, stop));
}

/* Plays until each pad is at the end behind its last flush. */
static void
dashcamseek_finish (Dashcamtest * test)
{
  dashcamtest_play (test);
  for (guint i = 0; i < test->pads->len; i++)
    dashcamtest_wait_event (test, ((DashcamtestPad *)
            g_ptr_array_index (test->pads, i))->name, GST_EVENT_EOS);
}

/* The last segment of a pad, with the number of the seek that it is from. */
static guint32
dashcamseek_segment (Dashcamtest * test, const gchar * pad,
    GstSegment * ret_segment)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (test, pad);
  guint32 seqnum = GST_SEQNUM_INVALID;

  for (guint i = 0; i < items->len; i++) {
    gpointer item = g_ptr_array_index (items, i);

    if (!dashcamtest_is_event (item, GST_EVENT_SEGMENT))
      continue;
    gst_event_copy_segment (item, ret_segment);
    seqnum = gst_event_get_seqnum (item);
  }
  fail_unless (seqnum != GST_SEQNUM_INVALID, "%s has no segment", pad);
  return seqnum;
}

/* Of all fixes of a recording those that belong into the segment: the one that
 * holds at its start, and what follows. */
static GArray *
dashcamseek_expect (GArray * all, const GstSegment * segment)
{
  GArray *expected = g_array_new (FALSE, FALSE, sizeof (DashcamtestFix));

  for (guint i = 0; i < all->len; i++) {
    DashcamtestFix fix = g_array_index (all, DashcamtestFix, i);

    if (fix.pts <= segment->start) {
      g_array_set_size (expected, 0);
      fix.pts = segment->start;
    }
    if (GST_CLOCK_TIME_IS_VALID (segment->stop) && fix.pts > segment->stop)
      break;
    fix.running_time = gst_segment_to_running_time (segment, GST_FORMAT_TIME,
        fix.pts);
    g_array_append_val (expected, fix);
  }
  return expected;
}

static void
dashcamseek_check (GArray * fixes, GArray * expected)
{
  fail_unless (fixes->len == expected->len, "%u fixes, not %u", fixes->len,
      expected->len);
  for (guint i = 0; i < expected->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);
    DashcamtestFix *other = &g_array_index (expected, DashcamtestFix, i);

    fail_unless_equals_int64 (fix->fix.time, other->fix.time);
    fail_unless (GST_CLOCK_TIME_IS_VALID (fix->running_time));
    fail_unless (i == 0 || fix->pts >= (fix - 1)->pts);
    fail_unless (ABS (GST_CLOCK_DIFF (fix->pts, other->pts)) < 300 *
        GST_MSECOND, "%u: %" GST_TIME_FORMAT " is not %" GST_TIME_FORMAT, i,
        GST_TIME_ARGS (fix->pts), GST_TIME_ARGS (other->pts));
  }
}

/* The fixes of a segment of the media, in a pipeline that has played it. */
static void
dashcamseek_check_segment (Dashcamtest * test, GArray * all)
{
  GstSegment segment, video;
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  g_autoptr (GArray) expected = NULL;

  fail_unless_equals_int (dashcamseek_segment (test, "gps_0", &segment),
      dashcamseek_segment (test, "video_0", &video));
  fail_unless_equals_float (segment.rate, video.rate);
  fail_unless_equals_uint64 (segment.start, video.start);
  fail_unless_equals_uint64 (segment.stop, video.stop);
  fail_unless_equals_uint64 (segment.base, video.base);
  expected = dashcamseek_expect (all, &segment);
  dashcamseek_check (fixes, expected);
}

/* All fixes of a recording, with their times. */
static GArray *
dashcamseek_all (const gchar * sample, DashcamtestMode mode)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample, mode,
      DASHCAMTEST_ALL, DASHCAMTEST_TEXT);

  return dashcamtest_fixes (test, "gps_0");
}

static const struct
{
  gdouble rate;
  GstSeekFlags flags;
  GstClockTime start;
  GstClockTime stop;
} seeks[] = {
  {1.0, FLUSH, 0, GST_CLOCK_TIME_NONE},
  {1.0, FLUSH, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
  {1.0, FLUSH | KEY, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
  {1.0, FLUSH | ACCURATE, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
  {1.0, FLUSH | ACCURATE, 1200 * GST_MSECOND, 3200 * GST_MSECOND},
  {1.0, FLUSH | ACCURATE, 4900 * GST_MSECOND, GST_CLOCK_TIME_NONE},
  {2.0, FLUSH, 0, GST_CLOCK_TIME_NONE},
  {2.0, FLUSH | ACCURATE, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
};

/* Seeks, and plays to the end. FALSE: the seek was refused. */
static gboolean
dashcamseek_play (Dashcamtest * test, guint at)
{
  if (!dashcamseek_seek (test, seeks[at].rate, seeks[at].flags,
          seeks[at].start, seeks[at].stop))
    return FALSE;
  dashcamseek_finish (test);
  return TRUE;
}

GST_START_TEST (test_fixes_follow_a_flushing_seek)
{
  const gchar *sample = samples[__i__ / N_MODES];
  DashcamtestMode mode = __i__ % N_MODES;
  g_autoptr (GArray) all = dashcamseek_all (sample, mode);

  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    g_autoptr (Dashcamtest) stock = dashcamseek_play_through (dashcamtest_stock
        (sample), sample, mode, DASHCAMTEST_MEDIA);
    g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
        (sample), sample, mode, DASHCAMTEST_ALL);
    g_autofree gchar *video = NULL;
    g_autofree gchar *stock_video = NULL;

    GST_INFO ("%s, mode %d, seek %u", sample, mode, i);
    fail_unless (dashcamseek_play (stock, i));
    fail_unless (dashcamseek_play (test, i));
    dashcamseek_check_segment (test, all);
    video = dashcamtest_checksum (test, "video_0");
    stock_video = dashcamtest_checksum (stock, dashcamtest_find (stock,
            "video"));
    fail_unless_equals_string (video, stock_video);
  }
}

GST_END_TEST;

/* Samples of which the demuxer stands a seek in the midst of its work: by push,
 * tsdemux does not. */
GST_START_TEST (test_fixes_follow_a_seek_in_the_midst)
{
  const gchar *sample = samples[__i__ / N_MODES];
  DashcamtestMode mode = __i__ % N_MODES;
  g_autoptr (GArray) all = NULL;

  if (mode == DASHCAMTEST_PUSH)
    sample = samples[2 + __i__ / N_MODES % 2];
  all = dashcamseek_all (sample, mode);
  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    g_autoptr (Dashcamtest) test = dashcamseek_open (dashcamtest_element
        (sample), sample, mode, DASHCAMTEST_ALL);

    GST_INFO ("%s, mode %d, seek %u", sample, mode, i);
    fail_unless (dashcamseek_play (test, i));
    dashcamseek_check_segment (test, all);
  }
}

GST_END_TEST;

GST_START_TEST (test_seek_may_come_by_the_gps_pad)
{
  const gchar *sample = samples[__i__ / N_MODES];
  DashcamtestMode mode = __i__ % N_MODES;
  g_autoptr (GArray) all = dashcamseek_all (sample, mode);
  g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
      (sample), sample, mode, DASHCAMTEST_ALL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (test->demuxer, "gps_0");

  fail_unless (gst_pad_send_event (pad, dashcamseek_event (1.0,
              FLUSH | ACCURATE, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE)));
  dashcamseek_finish (test);
  dashcamseek_check_segment (test, all);
}

GST_END_TEST;

/* Without media the fixes themselves are sought in, however they came. */
GST_START_TEST (test_track_alone_can_be_sought_in)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
      (sample), sample, mode, DASHCAMTEST_GPS);
  g_autoptr (GArray) all = dashcamtest_fixes (test, "gps_0");

  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    GstSegment segment;
    g_autoptr (GArray) fixes = NULL;
    g_autoptr (GArray) expected = NULL;

    GST_INFO ("%s, mode %d, seek %u", sample, mode, i);
    fail_unless (dashcamseek_play (test, i));
    fixes = dashcamtest_fixes (test, "gps_0");
    (void) dashcamseek_segment (test, "gps_0", &segment);
    fail_unless_equals_float (segment.rate, seeks[i].rate);
    fail_unless_equals_uint64 (segment.start, seeks[i].start);
    expected = dashcamseek_expect (all, &segment);
    dashcamseek_check (fixes, expected);
  }
}

GST_END_TEST;

GST_START_TEST (test_track_alone_refuses_a_start_behind_the_stop)
{
  g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
      (samples[__i__]), samples[__i__], DASHCAMTEST_PULL, DASHCAMTEST_GPS);

  fail_if (dashcamseek_seek (test, 1.0, FLUSH, 2 * GST_SECOND, GST_SECOND));
  fail_unless (dashcamseek_seek (test, 1.0, FLUSH, GST_SECOND, 2 * GST_SECOND));
  /* the stop stays */
  fail_if (gst_element_seek (test->pipeline, 1.0, GST_FORMAT_TIME, FLUSH,
          GST_SEEK_TYPE_SET, 3 * SECOND, GST_SEEK_TYPE_NONE, 0));
  dashcamseek_finish (test);
}

GST_END_TEST;

GST_START_TEST (test_track_alone_refuses_what_needs_media)
{
  static const struct
  {
    gdouble rate;
    GstFormat format;
    GstSeekFlags flags;
  } refused[] = {
    {-1.0, GST_FORMAT_TIME, FLUSH},
    {1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_NONE},
    {1.0, GST_FORMAT_TIME, FLUSH | SEGMENT},
    {1.0, GST_FORMAT_BYTES, FLUSH}
  };
  g_autoptr (GArray) points = dashcamtest_load_points (samples[__i__]);
  g_autoptr (Dashcamtest) test = dashcamseek_open (dashcamtest_element
      (samples[__i__]), samples[__i__], DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (test->demuxer, "gps_0");
  g_autoptr (GArray) fixes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    fail_if (gst_pad_send_event (pad, gst_event_new_seek (refused[i].rate,
                refused[i].format, refused[i].flags, GST_SEEK_TYPE_SET, 0,
                GST_SEEK_TYPE_NONE, 0)), "%u", i);
  dashcamseek_finish (test);
  fixes = dashcamtest_fixes (test, "gps_0");
  dashcamtest_check_fixes (fixes, points, samples[__i__]);
}

GST_END_TEST;

/* What a player asks for, of a pad beside which there is none of the media. */
GST_START_TEST (test_track_alone_tells_where_it_is_and_how_long)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_new (dashcamtest_element (sample),
      data, __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_GPS);
  g_autoptr (GstQuery) seeking = gst_query_new_seeking (GST_FORMAT_TIME);
  g_autoptr (GstQuery) latency = gst_query_new_latency ();
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GArray) fixes = NULL;
  gint64 position, duration, end;
  GstFormat format;
  gboolean is_seekable;

  g_object_set (test->demuxer, "gps-only", TRUE, NULL);
  test->gps_caps = DASHCAMTEST_TEXT;
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  end = (gint64) g_array_index (fixes, DashcamtestFix, fixes->len - 1).pts;

  pad = gst_element_get_static_pad (test->demuxer, "gps_0");
  fail_unless (gst_pad_query_position (pad, GST_FORMAT_TIME, &position));
  fail_unless_equals_int64 (position, end);
  fail_unless (gst_pad_query_duration (pad, GST_FORMAT_TIME, &duration));
  fail_unless_equals_int64 (duration, end);
  fail_if (gst_pad_query_duration (pad, GST_FORMAT_BYTES, &duration));
  fail_unless (gst_pad_query (pad, seeking));
  gst_query_parse_seeking (seeking, &format, &is_seekable, NULL, &duration);
  fail_unless_equals_int (format, GST_FORMAT_TIME);
  fail_unless (is_seekable);
  fail_unless_equals_int64 (duration, end);
  fail_unless (gst_pad_query (pad, latency));
}

GST_END_TEST;

#define N_STORM 50

/* Here and there, the last back to the start. */
static gpointer
dashcamseek_storm (gpointer user_data)
{
  Dashcamtest *test = user_data;
  gboolean ok = FALSE;

  for (guint i = 0; i < N_STORM; i++) {
    GstClockTime start = i * 1700 % 5000 * GST_MSECOND;

    ok = dashcamseek_seek (test, 1.0, i % 3 ? FLUSH | KEY : FLUSH,
        i + 1 < N_STORM ? start : 0, GST_CLOCK_TIME_NONE);
  }
  return GINT_TO_POINTER (ok);
}

GST_START_TEST (test_storm_of_seeks_leaves_a_whole_track)
{
  static const guint links[] = { DASHCAMTEST_ALL, DASHCAMTEST_GPS };
  guint link = links[__i__ / G_N_ELEMENTS (samples)];
  const gchar *sample = samples[__i__ % G_N_ELEMENTS (samples)];
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamseek_open (dashcamtest_element
      (sample), sample, DASHCAMTEST_PULL, link);
  g_autoptr (GArray) fixes = NULL;
  GThread *thread;

  dashcamtest_play (test);
  thread = g_thread_new ("storm", dashcamseek_storm, test);
  fail_unless (GPOINTER_TO_INT (g_thread_join (thread)));
  dashcamseek_finish (test);
  fixes = dashcamtest_fixes (test, "gps_0");
  dashcamtest_check_fixes (fixes, points, sample);
  fail_unless_equals_int (test->n_errors, 0);
}

GST_END_TEST;

/* The end of a segment is told, and is no end of the stream: what follows
 * without a flush goes on in running time. */
GST_START_TEST (test_segments_follow_each_other)
{
  const gchar *sample = samples[2 + __i__ % 2];
  DashcamtestMode mode = __i__ / 2;
  g_autoptr (GArray) all = dashcamseek_all (sample, mode);
  g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
      (sample), sample, mode, DASHCAMTEST_ALL);
  GstSegment segment;
  g_autoptr (GArray) fixes = NULL;

  fail_unless (dashcamseek_seek (test, 1.0, FLUSH | SEGMENT, 0, 2 *
          GST_SECOND));
  dashcamtest_wait_event (test, "gps_0", GST_EVENT_SEGMENT_DONE);
  dashcamtest_wait_event (test, "video_0", GST_EVENT_SEGMENT_DONE);
  fail_unless (dashcamseek_seek (test, 1.0, GST_SEEK_FLAG_NONE, 0,
          all->len * GST_SECOND));
  dashcamseek_finish (test);

  fixes = dashcamtest_fixes (test, "gps_0");
  (void) dashcamseek_segment (test, "gps_0", &segment);
  fail_unless (segment.base > 0);
  fail_unless (fixes->len > all->len);
  for (guint i = 0; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless (GST_CLOCK_TIME_IS_VALID (fix->running_time));
    fail_unless (i == 0 || fix->running_time >= (fix - 1)->running_time);
  }
}

GST_END_TEST;

/* What the stock demuxer refuses is refused; backwards the fixes come with the
 * frames to which they belong. */
GST_START_TEST (test_backwards_the_track_follows_the_media)
{
  const gchar *sample = samples[__i__ / N_MODES];
  DashcamtestMode mode = __i__ % N_MODES;
  g_autoptr (Dashcamtest) stock = dashcamseek_play_through (dashcamtest_stock
      (sample), sample, mode, DASHCAMTEST_MEDIA);
  g_autoptr (Dashcamtest) test = dashcamseek_play_through (dashcamtest_element
      (sample), sample, mode, DASHCAMTEST_ALL);
  gboolean ok = dashcamseek_seek (stock, -1.0, FLUSH, 0, 4500 * GST_MSECOND);
  GstSegment segment, video;
  g_autoptr (GArray) fixes = NULL;

  fail_unless_equals_int (dashcamseek_seek (test, -1.0, FLUSH, 0,
          4500 * GST_MSECOND), ok);
  if (!ok)
    return;
  dashcamseek_finish (test);
  fixes = dashcamtest_fixes (test, "gps_0");
  (void) dashcamseek_segment (test, "gps_0", &segment);
  (void) dashcamseek_segment (test, "video_0", &video);
  fail_unless (gst_segment_is_equal (&segment, &video));
  fail_unless (fixes->len > 1, "%u", fixes->len);
  for (guint i = 0; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless (GST_CLOCK_TIME_IS_VALID (fix->running_time));
    fail_unless (i == 0 || fix->pts <= (fix - 1)->pts);
    fail_unless (i == 0 || fix->fix.time < (fix - 1)->fix.time);
  }
}

GST_END_TEST;

static Suite *
dashcamseek_suite (void)
{
  Suite *s = suite_create ("dashcamseek");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_fixes_follow_a_flushing_seek, 0, N_RUNS);
  tcase_add_loop_test (tc, test_fixes_follow_a_seek_in_the_midst, 0, N_RUNS);
  tcase_add_loop_test (tc, test_seek_may_come_by_the_gps_pad, 0, N_RUNS);
  tcase_add_loop_test (tc, test_track_alone_can_be_sought_in, 0,
      G_N_ELEMENTS (samples) * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_track_alone_refuses_a_start_behind_the_stop, 0,
      G_N_ELEMENTS (samples));
  tcase_add_loop_test (tc, test_track_alone_refuses_what_needs_media, 0,
      G_N_ELEMENTS (samples));
  tcase_add_loop_test (tc, test_track_alone_tells_where_it_is_and_how_long, 0,
      G_N_ELEMENTS (samples) * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_storm_of_seeks_leaves_a_whole_track, 0,
      2 * G_N_ELEMENTS (samples));
  tcase_add_loop_test (tc, test_segments_follow_each_other, 0, 2 * N_MODES);
  tcase_add_loop_test (tc, test_backwards_the_track_follows_the_media, 0,
      N_RUNS);
  return s;
}

GST_CHECK_MAIN (dashcamseek);
