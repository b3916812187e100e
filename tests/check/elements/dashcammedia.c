/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The track beside the media. */

#include "dashcamtest.h"

#define TS_HEVC "real/dcm_viofo_a119v3.TS"
#define TS_H264 "synthetic/ts_viofo_a119v3.ts"
#define MP4_H264 "synthetic/mp4_fgps03_viofo_a119v3.mp4"
#define MP4_SCAN "synthetic/edge_no_gps_table.mp4"
#define TS_NO_GPS "real/dcm_generic_nogps.TS"

static const gchar *const samples[] = { TS_HEVC, TS_H264, MP4_H264, MP4_SCAN };

GST_START_TEST (test_media_are_those_of_the_stock_demuxer)
{
  static const gchar *const files[] = {
    TS_HEVC, TS_H264, MP4_H264, MP4_SCAN, TS_NO_GPS, "real/gopro_hero5_2s.mp4",
    "real/dcm_juscar_ligo.TS"
  };
  static const guint links[] = { DASHCAMTEST_ALL, DASHCAMTEST_MEDIA };
  const gchar *sample = files[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  g_autoptr (Dashcamtest) stock = dashcamtest_new (dashcamtest_stock (sample),
      data, mode, DASHCAMTEST_MEDIA);
  g_autofree gchar *video = NULL;
  g_autofree gchar *audio = NULL;

  dashcamtest_play (stock);
  fail_unless (dashcamtest_wait (stock));
  video = dashcamtest_checksum (stock, dashcamtest_find (stock, "video"));
  audio = dashcamtest_checksum (stock, dashcamtest_find (stock, "audio"));

  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autoptr (Dashcamtest) test = dashcamtest_run (sample, mode, links[i],
        NULL);
    g_autofree gchar *our_video = dashcamtest_checksum (test, "video_0");
    g_autofree gchar *our_audio = dashcamtest_checksum (test, "audio_0");

    fail_unless (dashcamtest_count (test, "video_0") > 0);
    fail_unless_equals_string (our_video, video);
    fail_unless_equals_string (our_audio, audio);
    fail_unless_equals_int (test->n_warnings, 0);
  }
}

GST_END_TEST;

static void
dashcammedia_video_range (Dashcamtest * test, GstClockTime * ret_first,
    GstClockTime * ret_last)
{
  DashcamtestPad *pad = dashcamtest_pad (test, "video_0");

  *ret_first = GST_CLOCK_TIME_NONE;
  *ret_last = 0;
  for (guint i = 0; i < pad->items->len; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    if (!GST_IS_BUFFER (item) || !GST_BUFFER_PTS_IS_VALID (item))
      continue;
    *ret_first = MIN (*ret_first, GST_BUFFER_PTS (item));
    *ret_last = MAX (*ret_last, GST_BUFFER_PTS (item));
  }
}

GST_START_TEST (test_fixes_are_in_step_with_the_video)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample, mode,
      DASHCAMTEST_ALL, NULL);
  g_autoptr (Dashcamtest) alone = dashcamtest_run (sample, mode,
      DASHCAMTEST_GPS, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  g_autoptr (GArray) fixes_alone = dashcamtest_fixes (alone, "gps_0");
  GstClockTime begin, end;

  dashcamtest_check_fixes (fixes, points, sample);
  dashcamtest_check_fixes (fixes_alone, points, sample);
  dashcammedia_video_range (test, &begin, &end);
  for (guint i = 0; i < fixes->len; i++) {
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);
    DashcamtestFix *same = &g_array_index (fixes_alone, DashcamtestFix, i);

    fail_unless (fix->pts >= begin && fix->pts <= end, "%" GST_TIME_FORMAT,
        GST_TIME_ARGS (fix->pts));
    fail_unless (i == 0 || fix->pts > (fix - 1)->pts);
    fail_unless (ABS (GST_CLOCK_DIFF (fix->pts, same->pts)) < 300 * GST_MSECOND,
        "%" GST_TIME_FORMAT ", alone %" GST_TIME_FORMAT,
        GST_TIME_ARGS (fix->pts), GST_TIME_ARGS (same->pts));
  }
}

GST_END_TEST;

/* When each record stands in the file, by the frames around it. */
GST_START_TEST (test_fixes_have_the_time_of_the_frames_around_them)
{
  static const gdouble seconds[2][10] = {
    {1.63, 2.67, 3.67, 4.63, 5.57, 6.43, 7.2, 8.07, 9.03, 9.73},
    {0.0, 1.0, 2.0, 3.0, 4.0}
  };
  const gchar *sample = __i__ / DASHCAMTEST_BYTES ? MP4_H264 : TS_HEVC;
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample,
      __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_ALL, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");

  for (guint i = 0; i < fixes->len; i++) {
    GstClockTime pts = g_array_index (fixes, DashcamtestFix, i).pts;
    gdouble expected = seconds[__i__ / DASHCAMTEST_BYTES][i];

    fail_unless (ABS (pts / 1e9 - expected) < 0.3, "%u: %f", i, pts / 1e9);
  }
}

GST_END_TEST;

/* Where the records do not stand between the media: at the end of the file, in
 * tracks, or waiting for others to be understood. */
static const gchar *const apart[] = {
  "synthetic/mp4_box_gps0_dudubell.mp4", "synthetic/mp4_box_GPS_70mai_pro.mp4",
  "synthetic/mp4_gdat_nextbase_json.mp4", "synthetic/mp4_trailer_ligo_hash.mp4",
  "synthetic/mp4_free_gps_blackvue.mp4", "synthetic/mp4_text_nmea.mp4",
  "synthetic/mp4_gpmd_gopro_gps5.mp4", "synthetic/mp4_ssmd_ligo_carcam.mp4"
};

GST_START_TEST (test_fixes_apart_from_the_media_keep_their_own_pace)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run (apart[__i__],
      DASHCAMTEST_PULL, DASHCAMTEST_ALL, DASHCAMTEST_TEXT);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  const DashcamtestFix *first = &g_array_index (fixes, DashcamtestFix, 0);

  fail_unless (fixes->len >= 5);
  fail_unless (first->pts <= GST_SECOND, "%" GST_TIME_FORMAT,
      GST_TIME_ARGS (first->pts));
  for (guint i = 1; i < fixes->len; i++) {
    const DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    fail_unless (ABS (GST_CLOCK_DIFF (first->pts, fix->pts) - (fix->fix.time
                - first->fix.time) * 1000) <= 250 * GST_MSECOND, "%u: %"
        GST_TIME_FORMAT, i, GST_TIME_ARGS (fix->pts));
  }
}

GST_END_TEST;

GST_START_TEST (test_events_of_the_track_are_those_of_the_media)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample,
      __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_ALL, NULL);
  g_autoptr (GstEvent) start = dashcamtest_event (test, "gps_0",
      GST_EVENT_STREAM_START);
  g_autoptr (GstEvent) video_start = dashcamtest_event (test, "video_0",
      GST_EVENT_STREAM_START);
  g_autoptr (GstEvent) segment = dashcamtest_event (test, "gps_0",
      GST_EVENT_SEGMENT);
  g_autoptr (GstEvent) video_segment = dashcamtest_event (test, "video_0",
      GST_EVENT_SEGMENT);
  DashcamtestPad *pad = dashcamtest_pad (test, "gps_0");
  const GstSegment *a, *b;
  const gchar *id, *video_id;
  GstStreamFlags flags;
  guint group = 0, video_group = 1;

  fail_unless (gst_event_parse_group_id (start, &group));
  fail_unless (gst_event_parse_group_id (video_start, &video_group));
  fail_unless_equals_int (group, video_group);
  gst_event_parse_stream_flags (start, &flags);
  fail_unless (flags & GST_STREAM_FLAG_SPARSE);
  gst_event_parse_stream_start (start, &id);
  gst_event_parse_stream_start (video_start, &video_id);
  fail_unless (g_strcmp0 (id, video_id) != 0);

  gst_event_parse_segment (segment, &a);
  gst_event_parse_segment (video_segment, &b);
  fail_unless (gst_segment_is_equal (a, b));
  fail_unless_equals_int (gst_event_get_seqnum (segment),
      gst_event_get_seqnum (video_segment));

  /* stream-start, caps, segment, in that order and once; EOS last */
  fail_unless (GST_IS_EVENT (g_ptr_array_index (pad->items, 0))
      && GST_EVENT_TYPE (g_ptr_array_index (pad->items, 0)) ==
      GST_EVENT_STREAM_START);
  fail_unless (GST_EVENT_TYPE (g_ptr_array_index (pad->items, 1)) ==
      GST_EVENT_CAPS);
  fail_unless (GST_EVENT_TYPE (g_ptr_array_index (pad->items, 2)) ==
      GST_EVENT_SEGMENT);
  fail_unless (GST_IS_EVENT (g_ptr_array_index (pad->items,
              pad->items->len - 1)));
  fail_unless_equals_int (dashcamtest_count_events (test, "gps_0",
          GST_EVENT_SEGMENT), 1);
  fail_unless_equals_int (dashcamtest_count_events (test, "gps_0",
          GST_EVENT_CAPS), 1);
  fail_unless_equals_int (dashcamtest_count_events (test, "gps_0",
          GST_EVENT_EOS), 1);
  fail_unless_equals_int (dashcamtest_count_events (test, "video_0",
          GST_EVENT_EOS), 1);
  fail_unless_equals_int (dashcamtest_count_events (test, "audio_0",
          GST_EVENT_EOS), 1);
}

GST_END_TEST;

/* The last gap tells how far the media have come. */
static GstClockTime
dashcammedia_last_gap (Dashcamtest * test)
{
  DashcamtestPad *pad = dashcamtest_pad (test, "gps_0");
  GstClockTime time, last = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < pad->items->len; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    if (!GST_IS_EVENT (item) || GST_EVENT_TYPE (item) != GST_EVENT_GAP)
      continue;
    gst_event_parse_gap (item, &time, NULL);
    fail_unless (!GST_CLOCK_TIME_IS_VALID (last) || time > last);
    last = time;
  }
  return last;
}

GST_START_TEST (test_gaps_tell_that_the_stream_lives)
{
  g_autoptr (Dashcamtest) test = dashcamtest_run (TS_NO_GPS, __i__,
      DASHCAMTEST_ALL, NULL);
  g_autoptr (GByteArray) document = dashcamtest_document (test, "gps_0");
  GstClockTime begin, end;

  dashcammedia_video_range (test, &begin, &end);
  fail_unless (dashcammedia_last_gap (test) + 600 * GST_MSECOND >= end);
  fail_unless (dashcamtest_is_gpx (document));
  fail_unless_equals_int (test->n_warnings, 0);
}

GST_END_TEST;

/* Pads that a test makes itself. */

typedef struct
{
  Dashcamtest *test;
  GstFlowReturn flow;           /* what the sink behind the GPS pad returns */
  GstPad *gps_sink;

  /* test->lock */
  GstPad *gps_pad;
  guint hold_at;                /* the video waits before this buffer; 0: never */
  guint n_video;
  gboolean is_held;
} DashcammediaHold;

/* Of the test that runs: here its pads find it also when it has failed. */
static DashcammediaHold the_hold;

static GstFlowReturn
dashcammedia_chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  DashcammediaHold *hold = gst_pad_get_element_private (pad);

  gst_buffer_unref (buffer);
  if (hold->test->memory)
    dashcamtest_src_go_on (hold->test->memory);
  return hold->flow;
}

static GstPadProbeReturn
dashcammedia_hold_video (GstPad * pad, GstPadProbeInfo * info,
    gpointer user_data)
{
  DashcammediaHold *hold = user_data;

  g_mutex_lock (&hold->test->lock);
  hold->n_video++;
  while (hold->hold_at > 0 && hold->n_video >= hold->hold_at) {
    hold->is_held = TRUE;
    g_cond_broadcast (&hold->test->changed);
    g_cond_wait (&hold->test->changed, &hold->test->lock);
  }
  g_mutex_unlock (&hold->test->lock);
  return GST_PAD_PROBE_OK;
}

static void
dashcammedia_release (DashcammediaHold * hold)
{
  g_mutex_lock (&hold->test->lock);
  hold->hold_at = 0;
  g_cond_broadcast (&hold->test->changed);
  g_mutex_unlock (&hold->test->lock);
}

static void
dashcammedia_wait_held (DashcammediaHold * hold)
{
  g_mutex_lock (&hold->test->lock);
  while (!hold->is_held)
    g_cond_wait (&hold->test->changed, &hold->test->lock);
  g_mutex_unlock (&hold->test->lock);
}

/* The video goes through without a queue, so that who holds a buffer holds the
 * demuxer. */
static void
dashcammedia_link_held (GstPad * pad, gpointer user_data)
{
  DashcammediaHold *hold = user_data;

  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "gps")) {
    g_mutex_lock (&hold->test->lock);
    hold->gps_pad = gst_object_ref (pad);
    g_mutex_unlock (&hold->test->lock);
    if (!hold->test->user_data)
      return;
  }
  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "video"))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER,
        dashcammedia_hold_video, hold, NULL);
  dashcamtest_link_sink (hold->test, pad, NULL, FALSE);
}

static void
dashcammedia_hold_init (DashcammediaHold * hold, const gchar * sample,
    DashcamtestMode mode, guint hold_at)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);

  memset (hold, 0, sizeof *hold);
  hold->hold_at = hold_at;
  hold->test = dashcamtest_new (dashcamtest_element (sample), data, mode,
      DASHCAMTEST_ALL);
  hold->test->link = dashcammedia_link_held;
  hold->test->user_data = hold;
}

static void
dashcammedia_hold_clear (DashcammediaHold * hold)
{
  dashcamtest_free (hold->test);
  hold->test = NULL;
  gst_clear_object (&hold->gps_pad);
  gst_clear_object (&hold->gps_sink);
}

/* A test that failed holds its video no longer. */
static void
dashcammedia_teardown (void)
{
  if (!the_hold.test)
    return;
  dashcammedia_release (&the_hold);
  dashcammedia_hold_clear (&the_hold);
}

GST_START_TEST (test_fixes_wait_for_the_video)
{
  DashcammediaHold *hold = &the_hold;
  const gchar *sample = __i__ / DASHCAMTEST_BYTES ? MP4_H264 : TS_H264;
  g_autoptr (GArray) fixes = NULL;

  /* at 5 frames a second, the twelfth comes at 2.2 s */
  dashcammedia_hold_init (hold, sample, __i__ % DASHCAMTEST_BYTES, 12);
  dashcamtest_play (hold->test);
  dashcammedia_wait_held (hold);
  /* the header and the fixes of the seconds so far, and no more */
  dashcamtest_wait_buffers (hold->test, "gps_0", 2);
  fixes = dashcamtest_fixes (hold->test, "gps_0");
  fail_unless (fixes->len <= 3, "%u", fixes->len);
  dashcammedia_release (hold);
  fail_unless (dashcamtest_wait (hold->test));
  g_array_unref (fixes);
  fixes = dashcamtest_fixes (hold->test, "gps_0");
  fail_unless_equals_int (fixes->len, 5);
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

static void
dashcammedia_link_late (GstPad * pad, gpointer user_data)
{
  DashcammediaHold *hold = user_data;

  if (!g_str_has_prefix (GST_OBJECT_NAME (pad), "gps")) {
    dashcammedia_link_held (pad, user_data);
    return;
  }
  g_mutex_lock (&hold->test->lock);
  hold->gps_pad = gst_object_ref (pad);
  g_mutex_unlock (&hold->test->lock);
}

GST_START_TEST (test_late_link_gets_a_whole_document)
{
  DashcammediaHold *hold = &the_hold;
  g_autoptr (GByteArray) document = NULL;
  g_autoptr (GArray) fixes = NULL;

  dashcammedia_hold_init (hold, TS_HEVC, __i__, 100);
  hold->test->link = dashcammedia_link_late;
  dashcamtest_play (hold->test);
  dashcammedia_wait_held (hold);
  dashcamtest_link_sink (hold->test, hold->gps_pad, NULL, FALSE);
  dashcammedia_release (hold);
  fail_unless (dashcamtest_wait (hold->test));

  document = dashcamtest_document (hold->test, "gps_0");
  fixes = dashcamtest_fixes (hold->test, "gps_0");
  fail_unless (dashcamtest_is_gpx (document), "%.*s", (int) document->len,
      document->data);
  /* more, if the track had not been written yet */
  fail_unless (fixes->len > 3, "%u", fixes->len);
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

GST_START_TEST (test_link_after_unlink_gets_a_new_document)
{
  DashcammediaHold *hold = &the_hold;
  g_autoptr (GByteArray) document = NULL;
  g_autoptr (GstPad) peer = NULL;

  dashcammedia_hold_init (hold, TS_HEVC, __i__, 100);
  dashcamtest_play (hold->test);
  dashcammedia_wait_held (hold);
  dashcamtest_wait_buffers (hold->test, "gps_0", 2);
  peer = gst_pad_get_peer (hold->gps_pad);
  fail_unless (gst_pad_unlink (hold->gps_pad, peer));
  g_mutex_lock (&hold->test->lock);
  hold->hold_at = 200;
  hold->is_held = FALSE;
  g_cond_broadcast (&hold->test->changed);
  g_mutex_unlock (&hold->test->lock);
  dashcammedia_wait_held (hold);

  dashcamtest_forget (hold->test);
  fail_unless_equals_int (gst_pad_link (hold->gps_pad, peer), GST_PAD_LINK_OK);
  dashcammedia_release (hold);
  fail_unless (dashcamtest_wait (hold->test));
  document = dashcamtest_document (hold->test, "gps_0");
  fail_unless (dashcamtest_is_gpx (document), "%.*s", (int) document->len,
      document->data);
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

static void
dashcammedia_link_flow (GstPad * pad, gpointer user_data)
{
  DashcammediaHold *hold = user_data;

  if (!g_str_has_prefix (GST_OBJECT_NAME (pad), "gps")) {
    if (hold->test->links & DASHCAMTEST_MEDIA)
      dashcamtest_link_sink (hold->test, pad, NULL, TRUE);
    return;
  }
  hold->gps_sink = gst_object_ref_sink (gst_pad_new ("sink", GST_PAD_SINK));
  gst_pad_set_chain_function (hold->gps_sink, dashcammedia_chain);
  gst_pad_set_element_private (hold->gps_sink, hold);
  gst_pad_set_active (hold->gps_sink, TRUE);
  fail_unless_equals_int (gst_pad_link (pad, hold->gps_sink), GST_PAD_LINK_OK);
}

static const GstFlowReturn flows[] = {
  GST_FLOW_ERROR, GST_FLOW_EOS, GST_FLOW_NOT_LINKED, GST_FLOW_FLUSHING
};

GST_START_TEST (test_what_the_track_meets_does_not_stop_the_media)
{
  DashcammediaHold *hold = &the_hold;
  g_autoptr (Dashcamtest) plain = NULL;
  const gchar *sample = __i__ / 4 % 2 ? MP4_H264 : TS_H264;
  DashcamtestMode mode = __i__ / 8;

  dashcammedia_hold_init (hold, sample, mode, 0);
  hold->test->link = dashcammedia_link_flow;
  hold->flow = flows[__i__ % 4];
  dashcamtest_play (hold->test);
  fail_unless (dashcamtest_wait (hold->test));
  plain = dashcamtest_run (sample, mode, DASHCAMTEST_MEDIA, NULL);
  fail_unless_equals_int (dashcamtest_count (hold->test, "video_0"),
      dashcamtest_count (plain, "video_0"));
  fail_unless_equals_int (hold->test->n_warnings, 0);
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

static gboolean
dashcammedia_refuse_caps (GstPad * pad, GstObject * parent, GstEvent * event)
{
  gboolean is_caps = GST_EVENT_TYPE (event) == GST_EVENT_CAPS;

  gst_event_unref (event);
  return !is_caps;
}

static void
dashcammedia_link_refusing (GstPad * pad, gpointer user_data)
{
  dashcammedia_link_flow (pad, user_data);
  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "gps"))
    gst_pad_set_event_function (((DashcammediaHold *) user_data)->gps_sink,
        dashcammedia_refuse_caps);
}

GST_START_TEST (test_refused_caps_are_an_error)
{
  DashcammediaHold *hold = &the_hold;

  dashcammedia_hold_init (hold, TS_H264, DASHCAMTEST_PULL, 0);
  hold->test->link = dashcammedia_link_refusing;
  hold->test->links = __i__ ? DASHCAMTEST_GPS : DASHCAMTEST_ALL;
  dashcamtest_play (hold->test);
  /* the media may be at their end before the track complains */
  if (dashcamtest_wait (hold->test))
    fail_if (dashcamtest_wait (hold->test));
  fail_unless (g_error_matches (hold->test->error, GST_STREAM_ERROR,
          GST_STREAM_ERROR_FORMAT));
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

/* EOS behind what was refused. */
static gboolean
dashcammedia_take_eos (GstPad * pad, GstObject * parent, GstEvent * event)
{
  DashcammediaHold *hold = gst_pad_get_element_private (pad);

  if (GST_EVENT_TYPE (event) == GST_EVENT_EOS) {
    g_mutex_lock (&hold->test->lock);
    hold->is_held = TRUE;
    g_cond_broadcast (&hold->test->changed);
    g_mutex_unlock (&hold->test->lock);
  }
  gst_event_unref (event);
  return TRUE;
}

static void
dashcammedia_link_eos (GstPad * pad, gpointer user_data)
{
  dashcammedia_link_flow (pad, user_data);
  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "gps"))
    gst_pad_set_event_function (((DashcammediaHold *) user_data)->gps_sink,
        dashcammedia_take_eos);
}

/* Alone, nothing is read for a sink that takes nothing. Upstream hears of it,
 * if it pushes. */
GST_START_TEST (test_alone_reading_stops_with_the_sink)
{
  DashcammediaHold *hold = &the_hold;
  GByteArray *large = g_byte_array_new ();
  g_autoptr (GBytes) one = dashcamtest_load (TS_H264);
  g_autoptr (GBytes) data = NULL;
  DashcamtestMode mode = __i__ < 2 ? (DashcamtestMode) __i__
      : DASHCAMTEST_CHUNKS;

  for (guint i = 0; i < 400; i++)
    g_byte_array_append (large, g_bytes_get_data (one, NULL),
        (guint) g_bytes_get_size (one));
  data = g_byte_array_free_to_bytes (large);
  memset (hold, 0, sizeof *hold);
  hold->flow = __i__ < 3 ? GST_FLOW_EOS : flows[__i__ - 3];
  hold->test = dashcamtest_new ("tsgpsdemux", data, mode, DASHCAMTEST_GPS);
  hold->test->link = dashcammedia_link_eos;
  hold->test->user_data = hold;
  /* reading waits for the sink, and has much to read then */
  hold->test->memory->silent_from = 1000000;
  hold->test->memory->silent_to = g_bytes_get_size (data) - 3000000;
  dashcamtest_play (hold->test);
  if (hold->flow == GST_FLOW_EOS)
    dashcammedia_wait_held (hold);
  else
    fail_if (dashcamtest_wait (hold->test));
  dashcamtest_stop (hold->test);
  fail_unless (dashcamtest_src_get_n_bytes (hold->test->memory) <
      g_bytes_get_size (data));
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

static void
dashcammedia_link_appsink (GstPad * pad, gpointer user_data)
{
  DashcammediaHold *hold = user_data;
  GstElement *sink;

  if (!g_str_has_prefix (GST_OBJECT_NAME (pad), "gps")) {
    dashcamtest_link_sink (hold->test, pad, NULL, FALSE);
    return;
  }
  sink = gst_check_setup_element ("appsink");
  g_object_set (sink, "max-buffers", 1, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (hold->test->pipeline), sink);
  fail_unless (gst_element_sync_state_with_parent (sink));
  hold->gps_sink = gst_element_get_static_pad (sink, "sink");
  fail_unless_equals_int (gst_pad_link (pad, hold->gps_sink), GST_PAD_LINK_OK);
}

/* appsink waits for the application, which here never comes. */
GST_START_TEST (test_blocked_track_does_not_stop_the_media)
{
  DashcammediaHold *hold = &the_hold;
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  g_autoptr (Dashcamtest) plain = dashcamtest_run (sample,
      __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_MEDIA, NULL);

  dashcammedia_hold_init (hold, sample, __i__ % DASHCAMTEST_BYTES, 0);
  hold->test->link = dashcammedia_link_appsink;
  dashcamtest_play (hold->test);
  dashcamtest_wait_buffers (hold->test, "video_0", dashcamtest_count (plain,
          "video_0"));
  dashcammedia_hold_clear (hold);
}

GST_END_TEST;

GST_START_TEST (test_audio_alone_has_fixes_beside_it)
{
  const gchar *sample = samples[__i__];
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamtest_run (sample, DASHCAMTEST_PULL,
      DASHCAMTEST_AUDIO | DASHCAMTEST_GPS, NULL);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");

  dashcamtest_check_fixes (fixes, points, sample);
}

GST_END_TEST;

GST_START_TEST (test_buffers_outlive_the_pipeline)
{
  Dashcamtest *test = dashcamtest_run (TS_HEVC, DASHCAMTEST_PULL,
      DASHCAMTEST_GPS, DASHCAMTEST_TEXT);
  DashcamtestPad *pad = dashcamtest_pad (test, "gps_0");
  GstBuffer *kept = NULL;
  GstMapInfo map;

  for (guint i = 0; i < pad->items->len; i++) {
    gpointer item = g_ptr_array_index (pad->items, i);

    if (GST_IS_BUFFER (item))
      kept = item;
  }
  gst_buffer_ref (kept);
  dashcamtest_free (test);

  fail_unless_equals_string (gst_buffer_get_gps_meta (kept)->fix.source,
      "novatek-ts");
  fail_unless (gst_buffer_map (kept, &map, GST_MAP_READ));
  fail_unless (g_strstr_len ((const gchar *) map.data, (gssize) map.size,
          "50.00"));
  gst_buffer_unmap (kept, &map);
  gst_buffer_unref (kept);
}

GST_END_TEST;

/* What an application does first with a pad. */
static void
dashcammedia_ask_caps (GstPad * pad, gpointer user_data)
{
  guint *n_pads = user_data;
  g_autoptr (GstCaps) caps = NULL;

  /* as decodebin does, for as long as it looks at the pad */
  GST_PAD_STREAM_LOCK (pad);
  GST_PAD_STREAM_UNLOCK (pad);
  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "gps"))
    return;
  caps = gst_pad_get_current_caps (pad);
  fail_unless (caps != NULL && gst_caps_is_fixed (caps));
  ++*n_pads;
}

GST_START_TEST (test_media_pads_come_with_their_caps)
{
  guint n_pads = 0;
  g_autoptr (GBytes) data = dashcamtest_load (samples[__i__]);
  g_autoptr (Dashcamtest) test = dashcamtest_new (dashcamtest_element
      (samples[__i__]), data, DASHCAMTEST_PULL, 0);

  test->link = dashcammedia_ask_caps;
  test->user_data = &n_pads;
  dashcamtest_play (test);
  dashcamtest_wait_no_more_pads (test);
  fail_unless_equals_int (n_pads, 2);
}

GST_END_TEST;

static Suite *
dashcammedia_suite (void)
{
  Suite *s = suite_create ("dashcammedia");
  TCase *tc = dashcamtest_add_case (s);
  int n_runs = G_N_ELEMENTS (samples) * DASHCAMTEST_BYTES;

  /* runs before the one that ends the pipeline */
  tcase_add_checked_fixture (tc, NULL, dashcammedia_teardown);
  tcase_add_loop_test (tc, test_media_are_those_of_the_stock_demuxer, 0,
      7 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_fixes_are_in_step_with_the_video, 0, n_runs);
  tcase_add_loop_test (tc, test_fixes_have_the_time_of_the_frames_around_them,
      0, 2 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc,
      test_fixes_apart_from_the_media_keep_their_own_pace, 0,
      G_N_ELEMENTS (apart));
  tcase_add_loop_test (tc, test_events_of_the_track_are_those_of_the_media, 0,
      n_runs);
  tcase_add_loop_test (tc, test_gaps_tell_that_the_stream_lives, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_fixes_wait_for_the_video, 0,
      2 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_late_link_gets_a_whole_document, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_link_after_unlink_gets_a_new_document, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_what_the_track_meets_does_not_stop_the_media,
      0, 8 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_refused_caps_are_an_error, 0, 2);
  tcase_add_loop_test (tc, test_alone_reading_stops_with_the_sink, 0, 6);
  tcase_add_loop_test (tc, test_blocked_track_does_not_stop_the_media, 0,
      n_runs);
  tcase_add_loop_test (tc, test_audio_alone_has_fixes_beside_it, 0,
      G_N_ELEMENTS (samples));
  tcase_add_test (tc, test_buffers_outlive_the_pipeline);
  tcase_add_loop_test (tc, test_media_pads_come_with_their_caps, 0,
      G_N_ELEMENTS (samples));
  return s;
}

GST_CHECK_MAIN (dashcammedia);
