/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Fixes that travel with the pictures. */

#include <math.h>

#include "dashcamtest.h"

#define TS_HEVC "real/dcm_viofo_a119v3.TS"
#define TS_H264 "synthetic/ts_viofo_a119v3.ts"
#define MP4_H264 "synthetic/mp4_fgps03_viofo_a119v3.mp4"
#define MP4_SCAN "synthetic/edge_no_gps_table.mp4"
#define MP4_GAP "synthetic/edge_void_and_gap.mp4"
#define MP4_REPEATS "synthetic/mp4_fgps19_70mai_a810.mp4"

static const gchar *const samples[] = { TS_HEVC, TS_H264, MP4_H264, MP4_SCAN };

/* Byte by byte is no other way for this. */
#define N_MODES DASHCAMTEST_BYTES
#define N_RUNS (G_N_ELEMENTS (samples) * N_MODES)

/* Those of which all is known before the first picture. */
static const gchar *const indexed[] = {
  MP4_H264, "synthetic/mp4_fgps17_viofo_a119s.mp4"
};

static Dashcamtest *
dashcamattach_new (const gchar * sample, DashcamtestMode mode, guint links,
    const gchar * what)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (dashcamtest_element (sample), data,
      mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  gst_util_set_object_arg (G_OBJECT (test->demuxer), "attach-meta", what);
  return test;
}

static Dashcamtest *
dashcamattach_run (const gchar * sample, DashcamtestMode mode, guint links,
    const gchar * what)
{
  Dashcamtest *test = dashcamattach_new (sample, mode, links, what);

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  return test;
}

/* The fixes of the GPS pad. Of two at one time the later word counts. */
static GArray *
dashcamattach_fixes (Dashcamtest * test)
{
  GArray *fixes = dashcamtest_fixes (test, "gps_0");

  for (guint i = fixes->len; i-- > 1;) {
    if (g_array_index (fixes, DashcamtestFix, i).pts ==
        g_array_index (fixes, DashcamtestFix, i - 1).pts)
      g_array_remove_index (fixes, i - 1);
  }
  return fixes;
}

/* The fix that is nearest to a media time, the earlier of two; NULL: none within
 * five seconds. */
static const DashcamtestFix *
dashcamattach_nearest (GArray * fixes, GstClockTime time)
{
  const DashcamtestFix *best = NULL;
  GstClockTimeDiff distance = 5 * GST_SECOND;

  for (guint i = 0; i < fixes->len; i++) {
    const DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);
    GstClockTimeDiff d = ABS (GST_CLOCK_DIFF (fix->pts, time));

    if (best ? d < distance : d <= distance) {
      best = fix;
      distance = d;
    }
  }
  return best;
}

/* What should be with a picture. FALSE: nothing. */
static gboolean
dashcamattach_expect (GArray * fixes, GstClockTime time, gboolean interpolate,
    GstGpsFix * ret_fix)
{
  const DashcamtestFix *nearest = dashcamattach_nearest (fixes, time);

  for (guint i = 1; interpolate && i < fixes->len; i++) {
    const DashcamtestFix *behind = &g_array_index (fixes, DashcamtestFix, i);
    const DashcamtestFix *before = behind - 1;

    if (time < before->pts || time >= behind->pts || behind->discont
        || behind->pts - before->pts > 10 * GST_SECOND)
      continue;
    gst_gps_fix_interpolate (&before->fix, &behind->fix,
        (gdouble) (time - before->pts) / (gdouble) (behind->pts - before->pts),
        ret_fix);
    return TRUE;
  }
  if (nearest)
    *ret_fix = nearest->fix;
  return nearest != NULL;
}

static void
dashcamattach_check_buffer (GstBuffer * buffer, GArray * fixes,
    gboolean interpolate)
{
  GstGpsMeta *meta = gst_buffer_get_gps_meta (buffer);
  GstClockTime time = GST_BUFFER_PTS (buffer);
  GstGpsFix fix = { 0 };

  if (!dashcamattach_expect (fixes, time, interpolate, &fix)) {
    fail_unless (meta == NULL, "a fix at %" GST_TIME_FORMAT,
        GST_TIME_ARGS (time));
    return;
  }
  fail_unless (meta != NULL, "none at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
  fail_unless (fabs (meta->fix.latitude - fix.latitude) < 1e-12
      && fabs (meta->fix.longitude - fix.longitude) < 1e-12
      && meta->fix.time == fix.time && meta->fix.fields == fix.fields,
      "another at %" GST_TIME_FORMAT, GST_TIME_ARGS (time));
}

/* Looks at all that left on the video pad behind its last flush. */
static guint
dashcamattach_check (Dashcamtest * test, GArray * fixes, gboolean interpolate)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (test, "video_0");
  guint n_buffers = 0;

  for (guint i = 0; i < items->len; i++) {
    if (!GST_IS_BUFFER (g_ptr_array_index (items, i)))
      continue;
    dashcamattach_check_buffer (g_ptr_array_index (items, i), fixes,
        interpolate);
    n_buffers++;
  }
  return n_buffers;
}

GST_START_TEST (test_no_picture_carries_a_fix_unless_asked)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run (samples[__i__],
      DASHCAMTEST_PULL, DASHCAMTEST_ALL, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "video_0");

  fail_unless_equals_int (fixes->len, 0);
}

GST_END_TEST;

GST_START_TEST (test_with_an_index_all_is_exact)
{
  gboolean interpolate = __i__ % 2;
  const gchar *sample = indexed[__i__ / 2];
  g_autoptr (Dashcamtest) test = dashcamattach_run (sample, DASHCAMTEST_PULL,
      DASHCAMTEST_ALL, interpolate ? "interpolate" : "nearest");
  g_autoptr (GArray) fixes = dashcamattach_fixes (test);

  fail_unless (fixes->len > 2);
  fail_unless (dashcamattach_check (test, fixes, interpolate) >= 30);
}

GST_END_TEST;

/* A recording without a clock of which all blocks but the last say the same. */
static Dashcamtest *
dashcamattach_new_repeating (const gchar * what)
{
  g_autoptr (GBytes) sample = dashcamtest_load (MP4_REPEATS);
  GByteArray *file = g_bytes_unref_to_array (g_bytes_ref (sample));
  g_autoptr (GBytes) data = NULL;
  Dashcamtest *test;
  guint first = 0, last = 0;

  for (guint at = 0; at + 64 < file->len; at++) {
    if (memcmp (file->data + at, "freeGPS ", 8) != 0)
      continue;
    if (first == 0)
      first = at;
    else if (last > 0)
      memcpy (file->data + last, file->data + first, 64);
    last = at == first ? 0 : at;
  }
  data = g_byte_array_free_to_bytes (file);
  test = dashcamtest_new ("nvtgpsdemux", data, DASHCAMTEST_PULL,
      DASHCAMTEST_ALL);
  test->gps_caps = DASHCAMTEST_TEXT;
  gst_util_set_object_arg (G_OBJECT (test->demuxer), "attach-meta", what);
  return test;
}

GST_START_TEST (test_repeated_fixes_count_once)
{
  g_autoptr (Dashcamtest) test = dashcamattach_new_repeating ("interpolate");
  g_autoptr (GArray) fixes = NULL;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamattach_fixes (test);
  fail_unless_equals_int (fixes->len, 2);
  fail_unless_equals_int (dashcamattach_check (test, fixes, TRUE), 30);
}

GST_END_TEST;

/* It is still there. */
GST_START_TEST (test_a_fix_holds_while_it_is_repeated)
{
  g_autoptr (Dashcamtest) test = dashcamattach_new_repeating ("nearest");
  g_autoptr (GArray) pictures = NULL;
  guint n_held = 0;

  g_object_set (test->demuxer, "gap-threshold", 2 * GST_SECOND, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  pictures = dashcamtest_fixes (test, "video_0");
  for (guint i = 0; i < pictures->len; i++)
    n_held += g_array_index (pictures, DashcamtestFix, i).pts <= 3 * GST_SECOND;
  /* five pictures a second */
  fail_unless_equals_int (n_held, 16);
}

GST_END_TEST;

GST_START_TEST (test_fixes_do_not_need_the_gps_pad)
{
  g_autoptr (Dashcamtest) all = dashcamattach_run (MP4_H264, DASHCAMTEST_PULL,
      DASHCAMTEST_ALL, "interpolate");
  g_autoptr (GArray) fixes = dashcamattach_fixes (all);
  g_autoptr (Dashcamtest) test = dashcamattach_run (MP4_H264,
      DASHCAMTEST_PULL, DASHCAMTEST_VIDEO, "interpolate");

  fail_unless (dashcamattach_check (test, fixes, TRUE) >= 30);
}

GST_END_TEST;

/* Settings of the element hold for these fixes, too. */
GST_START_TEST (test_time_offset_counts)
{
  g_autoptr (Dashcamtest) plain = dashcamattach_run (MP4_H264,
      DASHCAMTEST_PULL, DASHCAMTEST_VIDEO, "nearest");
  g_autoptr (Dashcamtest) test = dashcamattach_new (MP4_H264,
      DASHCAMTEST_PULL, DASHCAMTEST_VIDEO, "nearest");
  g_autoptr (GArray) before = dashcamtest_fixes (plain, "video_0");
  g_autoptr (GArray) fixes = NULL;

  g_object_set (test->demuxer, "time-offset", G_GINT64_CONSTANT (3600), NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "video_0");
  fail_unless_equals_int64 (g_array_index (fixes, DashcamtestFix, 0).fix.time,
      g_array_index (before, DashcamtestFix, 0).fix.time
      + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
}

GST_END_TEST;

GST_START_TEST (test_gap_threshold_bounds_how_long_a_fix_holds)
{
  g_autoptr (Dashcamtest) test = dashcamattach_new (MP4_H264,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL, __i__ ? "interpolate" : "nearest");
  g_autoptr (GArray) fixes = NULL;
  g_autoptr (GPtrArray) items = NULL;
  guint n_with = 0, n_without = 0;

  g_object_set (test->demuxer, "gap-threshold", 500 * GST_MSECOND, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamattach_fixes (test);
  items = dashcamtest_items (test, "video_0");
  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i);
    const DashcamtestFix *nearest;
    GstGpsMeta *meta;
    GstClockTime time;

    if (!GST_IS_BUFFER (buffer))
      continue;
    meta = gst_buffer_get_gps_meta (buffer);
    time = GST_BUFFER_PTS (buffer);
    nearest = dashcamattach_nearest (fixes, time);
    fail_unless_equals_int (meta != NULL, nearest
        && ABS (GST_CLOCK_DIFF (time, nearest->pts)) <= 250 * GST_MSECOND);
    fail_if (meta && (meta->fix.fields & GST_GPS_FIX_FIELD_INTERPOLATED));
    n_with += meta != NULL;
    n_without += meta == NULL;
  }
  fail_unless (n_with >= 5 && n_without >= 5, "%u %u", n_with, n_without);
}

GST_END_TEST;

/* Five seconds without a fix. */
GST_START_TEST (test_nothing_is_made_up_between_segments)
{
  g_autoptr (Dashcamtest) test = dashcamattach_new (MP4_GAP, DASHCAMTEST_PULL,
      DASHCAMTEST_VIDEO, "interpolate");
  g_autoptr (GArray) fixes = NULL;
  guint n_between[2] = { 0, 0 };

  if (__i__)
    g_object_set (test->demuxer, "gap-threshold", 3 * GST_SECOND, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "video_0");
  for (guint i = 0; i < fixes->len; i++) {
    const GstGpsFix *fix = &g_array_index (fixes, DashcamtestFix, i).fix;

    n_between[0] += fix->time > 1717237233000000 && fix->time
        < 1717237238000000;
    n_between[1] += fix->time > 1717237231000000 && fix->time
        < 1717237232000000;
  }
  fail_unless_equals_int (n_between[0] > 0, __i__ == 0);
  fail_unless (n_between[1] > 0);
}

GST_END_TEST;

/* However the recording comes: what is known is used, and nothing waits. A fix
 * is read with the picture before it, at the latest. */
GST_START_TEST (test_pictures_carry_what_is_known)
{
  const gchar *sample = samples[__i__ / N_MODES];
  gboolean interpolate = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamattach_run (sample,
      __i__ % N_MODES, DASHCAMTEST_ALL,
      interpolate ? "interpolate" : "nearest");
  g_autoptr (GArray) fixes = dashcamattach_fixes (test);
  g_autoptr (GPtrArray) items = dashcamtest_items (test, "video_0");
  GstClockTime first = g_array_index (fixes, DashcamtestFix, 0).pts;

  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i);
    GstGpsMeta *meta = NULL;
    GstClockTime time;

    if (!GST_IS_BUFFER (buffer))
      continue;
    time = GST_BUFFER_PTS (buffer);
    meta = gst_buffer_get_gps_meta (buffer);
    if (time > first + 300 * GST_MSECOND) {
      const DashcamtestFix *nearest = dashcamattach_nearest (fixes, time);

      fail_unless (meta != NULL, "none at %" GST_TIME_FORMAT,
          GST_TIME_ARGS (time));
      /* at most the one before the nearest */
      fail_unless (nearest != NULL);
      fail_unless (ABS (meta->fix.time - nearest->fix.time) <= 1000000);
    }
    if (meta && !interpolate)
      fail_if (meta->fix.fields & GST_GPS_FIX_FIELD_INTERPOLATED);
  }
}

GST_END_TEST;

GST_START_TEST (test_media_stay_as_they_are)
{
  const gchar *sample = samples[__i__ / N_MODES];
  DashcamtestMode mode = __i__ % N_MODES;
  g_autoptr (Dashcamtest) plain = dashcamtest_run (sample, mode,
      DASHCAMTEST_ALL, DASHCAMTEST_TEXT);
  g_autoptr (Dashcamtest) test = dashcamattach_run (sample, mode,
      DASHCAMTEST_ALL, "interpolate");
  static const gchar *const pads[] = { "video_0", "audio_0" };

  for (guint i = 0; i < G_N_ELEMENTS (pads); i++) {
    g_autofree gchar *before = dashcamtest_checksum (plain, pads[i]);
    g_autofree gchar *behind = dashcamtest_checksum (test, pads[i]);

    fail_unless_equals_string (behind, before);
  }
}

GST_END_TEST;

/* What the stock demuxer pushes, before anybody else sees it. */
typedef struct
{
  GstElement *demuxer;
  gboolean as_lists;
  GPtrArray *buffers;
} DashcamattachWatch;

static GstPadProbeReturn
dashcamattach_watch_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  DashcamattachWatch *watch = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstBufferList *list;

  g_ptr_array_add (watch->buffers, gst_buffer_ref (buffer));
  if (!watch->as_lists)
    return GST_PAD_PROBE_OK;
  list = gst_buffer_list_new ();
  gst_buffer_list_add (list, buffer);
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = gst_pad_push_list (pad, list);
  return GST_PAD_PROBE_HANDLED;
}

/* Runs before who has connected to the signal. */
static gboolean
dashcamattach_watch_hook (GSignalInvocationHint * hint, guint n_values,
    const GValue * values, gpointer user_data)
{
  DashcamattachWatch *watch = user_data;
  GstPad *pad = g_value_get_object (&values[1]);

  if (g_value_get_object (&values[0]) == watch->demuxer
      && g_str_has_prefix (GST_OBJECT_NAME (pad), "video"))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER,
        dashcamattach_watch_probe, watch, NULL);
  return TRUE;
}

/* Somebody else has a reference of each buffer: that it is marked must not
 * change it for him, nor copy what is in it. */
GST_START_TEST (test_content_is_not_copied)
{
  const gchar *sample = samples[__i__ / 2];
  g_autoptr (Dashcamtest) test = dashcamattach_new (sample, DASHCAMTEST_PULL,
      DASHCAMTEST_VIDEO, "nearest");
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) originals = g_ptr_array_new_with_free_func
      ((GDestroyNotify) gst_buffer_unref);
  DashcamattachWatch watch = {.as_lists = __i__ % 2,.buffers = originals };
  guint signal = g_signal_lookup ("pad-added", GST_TYPE_ELEMENT), n = 0;
  gulong hook;

  watch.demuxer = gst_bin_get_by_name (GST_BIN (test->demuxer), "demuxer");
  hook = g_signal_add_emission_hook (signal, 0, dashcamattach_watch_hook,
      &watch, NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  g_signal_remove_emission_hook (signal, hook);

  items = dashcamtest_items (test, "video_0");
  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i), *original;

    if (!GST_IS_BUFFER (buffer))
      continue;
    original = g_ptr_array_index (originals, n++);
    fail_unless (gst_buffer_get_gps_meta (original) == NULL);
    fail_unless (gst_buffer_get_gps_meta (buffer) != NULL || n < 60);
    fail_unless_equals_int (gst_buffer_n_memory (buffer),
        gst_buffer_n_memory (original));
    for (guint j = 0; j < gst_buffer_n_memory (buffer); j++)
      fail_unless (gst_buffer_peek_memory (buffer, j) ==
          gst_buffer_peek_memory (original, j));
  }
  fail_unless_equals_int (n, originals->len);
  gst_object_unref (watch.demuxer);
}

GST_END_TEST;

/* Seeks. */

static const struct
{
  gdouble rate;
  GstSeekFlags flags;
  GstClockTime start;
  GstClockTime stop;
} seeks[] = {
  {1.0, GST_SEEK_FLAG_FLUSH, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
  {1.0, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, 4200 * GST_MSECOND,
      GST_CLOCK_TIME_NONE},
  {1.0, GST_SEEK_FLAG_FLUSH, 0, GST_CLOCK_TIME_NONE},
  {2.0, GST_SEEK_FLAG_FLUSH, 1200 * GST_MSECOND, 3200 * GST_MSECOND},
  {-1.0, GST_SEEK_FLAG_FLUSH, 0, 4 * GST_SECOND},
};

static void
dashcamattach_seek (Dashcamtest * test, guint at)
{
  dashcamtest_pause (test);
  fail_unless (gst_element_send_event (test->pipeline,
          gst_event_new_seek (seeks[at].rate, GST_FORMAT_TIME, seeks[at].flags,
              GST_SEEK_TYPE_SET, (gint64) seeks[at].start, GST_SEEK_TYPE_SET,
              (gint64) seeks[at].stop)));
  dashcamtest_play (test);
  dashcamtest_wait_event (test, "video_0", GST_EVENT_EOS);
}

GST_START_TEST (test_seeks_keep_it_exact)
{
  gboolean interpolate = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamattach_run (MP4_H264,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL,
      interpolate ? "interpolate" : "nearest");
  g_autoptr (GArray) fixes = dashcamattach_fixes (test);

  /* forward, back, and backwards */
  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    dashcamattach_seek (test, i);
    fail_unless (dashcamattach_check (test, fixes, interpolate) >= 5);
  }
}

GST_END_TEST;

/* Where the track is found with the media, a seek back knows it, as far as it
 * was read. */
GST_START_TEST (test_what_was_read_once_is_known)
{
  const gchar *sample = samples[__i__ / 2];
  gboolean interpolate = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamattach_run (sample, DASHCAMTEST_PUSH,
      DASHCAMTEST_ALL, interpolate ? "interpolate" : "nearest");
  g_autoptr (GArray) fixes = dashcamattach_fixes (test);
  g_autoptr (GPtrArray) items = NULL;
  guint n_buffers = 0, n_same = 0;

  dashcamattach_seek (test, 2);
  items = dashcamtest_items (test, "video_0");
  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i);
    GstGpsMeta *meta = GST_IS_BUFFER (buffer)
        ? gst_buffer_get_gps_meta (buffer) : NULL;
    GstGpsFix fix = { 0 };

    if (!GST_IS_BUFFER (buffer))
      continue;
    fail_unless (meta != NULL);
    fail_unless (dashcamattach_expect (fixes, GST_BUFFER_PTS (buffer),
            interpolate, &fix));
    n_same += ABS (meta->fix.time - fix.time) < 300000;
    n_buffers++;
  }
  /* where two are equally near, or the pad gave one later */
  fail_unless (n_buffers >= 25 && n_same >= n_buffers * 9 / 10, "%u of %u",
      n_same, n_buffers);
}

GST_END_TEST;

/* Through a decoder and an encoder, with the frame rate doubled. */

static GstPadProbeReturn
dashcamattach_count_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  guint *counts = user_data;

  counts[0]++;
  counts[1] += gst_buffer_get_gps_meta (GST_PAD_PROBE_INFO_BUFFER (info))
      != NULL;
  return GST_PAD_PROBE_OK;
}

static void
dashcamattach_add_probe (GstElement * pipeline, const gchar * name,
    GstPadProbeCallback probe, gpointer user_data)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline),
      name);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, probe, user_data, NULL);
}

static void
dashcamattach_run_pipeline (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
      GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  fail_unless_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

GST_START_TEST (test_fix_survives_transcoding)
{
  g_autofree gchar *path = dashcamtest_path (MP4_H264);
  g_autofree gchar *description = g_strdup_printf ("filesrc location=%s "
      "! nvtgpsdemux attach-meta=interpolate name=d d.video_0 ! queue "
      "! h264parse ! avdec_h264 ! videoconvert ! video/x-raw,format=RGB "
      "! videoconvert ! videoscale ! video/x-raw,width=64,height=48 "
      "! videorate ! video/x-raw,framerate=10/1 ! x264enc "
      "! fakesink name=end", path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
  guint counts[2] = { 0, 0 };

  dashcamattach_add_probe (pipeline, "end", dashcamattach_count_probe, counts);
  dashcamattach_run_pipeline (pipeline);
  fail_unless (counts[0] >= 58, "%u", counts[0]);
  fail_unless_equals_int (counts[1], counts[0]);
}

GST_END_TEST;

static GstPadProbeReturn
dashcamattach_sum_probe (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstMapInfo map;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_checksum_update (user_data, map.data, (gssize) map.size);
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

static gchar *
dashcamattach_decode (const gchar * sample, const gchar * what)
{
  g_autofree gchar *path = dashcamtest_path (sample);
  g_autofree gchar *description = g_strdup_printf ("filesrc location=%s "
      "! %s attach-meta=%s name=d d.video_0 ! queue ! %s ! video/x-raw "
      "! fakesink name=end", path, dashcamtest_element (sample), what,
      g_str_equal (sample, TS_HEVC) ? "h265parse ! avdec_h265"
      : "h264parse ! avdec_h264");
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  dashcamattach_add_probe (pipeline, "end", dashcamattach_sum_probe, sum);
  dashcamattach_run_pipeline (pipeline);
  return g_strdup (g_checksum_get_string (sum));
}

GST_START_TEST (test_decoded_pictures_are_the_same)
{
  const gchar *sample = samples[__i__];
  g_autofree gchar *before = dashcamattach_decode (sample, "none");
  g_autofree gchar *behind = dashcamattach_decode (sample, "interpolate");

  fail_unless_equals_string (behind, before);
}

GST_END_TEST;

static Suite *
dashcamattach_suite (void)
{
  Suite *s = suite_create ("dashcamattach");
  TCase *tc = dashcamtest_add_case (s);
  int n_samples = G_N_ELEMENTS (samples);

  tcase_add_loop_test (tc, test_no_picture_carries_a_fix_unless_asked, 0,
      n_samples);
  tcase_add_loop_test (tc, test_with_an_index_all_is_exact, 0,
      2 * G_N_ELEMENTS (indexed));
  tcase_add_test (tc, test_repeated_fixes_count_once);
  tcase_add_test (tc, test_a_fix_holds_while_it_is_repeated);
  tcase_add_test (tc, test_fixes_do_not_need_the_gps_pad);
  tcase_add_test (tc, test_time_offset_counts);
  tcase_add_loop_test (tc, test_gap_threshold_bounds_how_long_a_fix_holds, 0,
      2);
  tcase_add_loop_test (tc, test_nothing_is_made_up_between_segments, 0, 2);
  tcase_add_loop_test (tc, test_pictures_carry_what_is_known, 0, N_RUNS);
  tcase_add_loop_test (tc, test_media_stay_as_they_are, 0, N_RUNS);
  tcase_add_loop_test (tc, test_content_is_not_copied, 0, 2 * n_samples);
  tcase_add_loop_test (tc, test_seeks_keep_it_exact, 0, 2);
  tcase_add_loop_test (tc, test_what_was_read_once_is_known, 0, 2 * n_samples);
  tcase_add_test (tc, test_fix_survives_transcoding);
  tcase_add_loop_test (tc, test_decoded_pictures_are_the_same, 0, n_samples);
  return s;
}

GST_CHECK_MAIN (dashcamattach);
