/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Accelerations beside the media. */

#include <math.h>

#include <json-glib/json-glib.h>

#include "dashcamtest.h"

#define MP4 "synthetic/mp4_fgps15_vantrue_n4.mp4"
#define MP4_RAW "synthetic/mp4_fgps13_innovv.mp4"
#define TS "synthetic/ts_ligo_0300_160.ts"
#define MP4_NONE "synthetic/mp4_fgps03_viofo_a119v3.mp4"

#define CSV "text/csv"
#define HEADER "time,time_kind,x,y,z,unit"

static const gchar *const samples[] = { MP4, MP4_RAW, TS };

#define N_RUNS (G_N_ELEMENTS (samples) * DASHCAMTEST_BYTES)

static Dashcamtest *
dashcamaccel_new (const gchar * sample, DashcamtestMode mode, guint links,
    const gchar * caps)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (dashcamtest_element (sample), data,
      mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  test->accel_caps = caps;
  return test;
}

static Dashcamtest *
dashcamaccel_run (const gchar * sample, DashcamtestMode mode, guint links,
    const gchar * caps)
{
  Dashcamtest *test = dashcamaccel_new (sample, mode, links, caps);

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  return test;
}

/* The lines that left behind the last flush. */
static gchar **
dashcamaccel_lines (Dashcamtest * test)
{
  g_autoptr (GByteArray) document = dashcamtest_document (test, "accel_0");
  g_autofree gchar *text = g_strndup ((const gchar *) document->data,
      document->len);

  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* The accelerations that a sample is known to have. */
static JsonArray *
dashcamaccel_expect (const gchar * sample)
{
  g_autofree gchar *name = g_strconcat (sample, ".expected.json", NULL);
  g_autofree gchar *path = dashcamtest_path (name);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  fail_unless (json_parser_load_from_file (parser, path, NULL), "%s", path);
  object = json_node_get_object (json_parser_get_root (parser));
  return json_array_ref (json_object_get_array_member (object, "points"));
}

static void
dashcamaccel_check_line (const gchar * line, JsonObject * point, gboolean raw)
{
  g_auto (GStrv) fields = g_strsplit (line, ",", -1);
  JsonArray *axes = json_object_get_array_member (point, "acc");
  const gchar *time = json_object_get_string_member_with_default (point,
      "time", NULL);

  fail_unless_equals_int (g_strv_length (fields), 6);
  fail_unless_equals_int (g_str_equal (fields[1], "media"), raw);
  if (!raw)
    fail_unless (strncmp (fields[0], time, 19) == 0, "%s", line);
  for (guint i = 0; i < 3; i++)
    fail_unless (fabs (g_ascii_strtod (fields[2 + i], NULL)
            - json_array_get_double_element (axes, i)) < 1e-3, "%s", line);
  fail_unless_equals_string (fields[5], raw ? "raw" : "g");
}

GST_START_TEST (test_csv_has_all_accelerations)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  gboolean raw = sample == samples[1];
  g_autoptr (Dashcamtest) test = dashcamaccel_run (sample,
      __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, NULL);
  g_autoptr (JsonArray) points = dashcamaccel_expect (sample);
  g_auto (GStrv) lines = dashcamaccel_lines (test);
  guint n_points = json_array_get_length (points);

  fail_unless_equals_string (lines[0], HEADER);
  fail_unless_equals_int (g_strv_length (lines), 1 + n_points);
  for (guint i = 0; i < n_points; i++)
    dashcamaccel_check_line (lines[1 + i],
        json_array_get_object_element (points, i), raw);
  fail_unless_equals_int (test->n_warnings, 0);
}

GST_END_TEST;

GST_START_TEST (test_alone_it_is_the_same)
{
  static const guint links[] = {
    DASHCAMTEST_ACCEL, DASHCAMTEST_ACCEL | DASHCAMTEST_GPS
  };
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (Dashcamtest) all = dashcamaccel_run (sample, mode,
      DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, CSV);
  g_auto (GStrv) expected = dashcamaccel_lines (all);

  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autoptr (Dashcamtest) test = dashcamaccel_new (sample, mode, links[i],
        CSV);
    g_auto (GStrv) lines = NULL;

    dashcamtest_play (test);
    /* whoever comes in order is found too late to be alone */
    if (!dashcamtest_wait (test)) {
      fail_unless (i == 0 && mode != DASHCAMTEST_PULL);
      continue;
    }
    lines = dashcamaccel_lines (test);
    fail_unless_equals_int (g_strv_length (lines), g_strv_length (expected));
    fail_unless_equals_string (lines[0], expected[0]);
    if (sample != samples[1])
      fail_unless (g_strv_equal ((const gchar * const *) lines,
              (const gchar * const *) expected));
  }
}

GST_END_TEST;

GST_START_TEST (test_lines_leave_with_the_fixes_of_their_records)
{
  g_autoptr (Dashcamtest) test = dashcamaccel_run (MP4, __i__,
      DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, DASHCAMTEST_TEXT);
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  g_autoptr (GPtrArray) items = dashcamtest_items (test, "accel_0");
  guint n = 0;

  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i);
    DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, n);

    if (!GST_IS_BUFFER (buffer))
      continue;
    fail_unless (n++ < fixes->len);
    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer), fix->pts);
    fail_unless_equals_uint64 (GST_BUFFER_DURATION (buffer), fix->duration);
    fail_unless (gst_buffer_get_gps_meta (buffer) == NULL);
    fail_unless (gst_buffer_memcmp (buffer, 0,
            "x -1.04  y 0.07  z 0.00 g\n", 26) == 0);
  }
  fail_unless_equals_int (n, fixes->len);
}

GST_END_TEST;

/* An accelerometer that has rows of its own, by their number or with times. */
static const struct
{
  const gchar *sample;
  GstClockTime interval;
  const gchar *text;
  guint n_rows;
} apart[] = {
  {"synthetic/mp4_free_gps_blackvue.mp4", 100 * GST_MSECOND,
      "x -0.94  y 0.02  z 0.24 g\n", 50},
  {"synthetic/mp4_box_gps0_dudubell.mp4", 200 * GST_MSECOND,
      "x 0.06  y 0.12  z 1.00 g\n", 5}
};

GST_START_TEST (test_rows_of_their_own_keep_their_own_pace)
{
  g_autoptr (Dashcamtest) test = dashcamaccel_run (apart[__i__].sample,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, DASHCAMTEST_TEXT);
  g_autoptr (GPtrArray) items = dashcamtest_items (test, "accel_0");
  g_autoptr (GArray) fixes = dashcamtest_fixes (test, "gps_0");
  guint n = 0;

  for (guint i = 0; i < items->len; i++) {
    GstBuffer *buffer = g_ptr_array_index (items, i);

    if (!GST_IS_BUFFER (buffer))
      continue;
    fail_unless_equals_uint64 (GST_BUFFER_PTS (buffer),
        n++ * apart[__i__].interval);
    fail_unless (gst_buffer_memcmp (buffer, 0, apart[__i__].text,
            strlen (apart[__i__].text)) == 0);
  }
  fail_unless_equals_int (n, apart[__i__].n_rows);
  /* they are none */
  fail_unless_equals_int (fixes->len, 5);
}

GST_END_TEST;

GST_START_TEST (test_without_acceleration_there_is_no_pad)
{
  g_autoptr (Dashcamtest) test = dashcamaccel_run (MP4_NONE, __i__,
      DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, NULL);

  fail_unless (dashcamtest_pad (test, "accel_0") == NULL);
}

GST_END_TEST;

static void
dashcamaccel_list_pad (GstElement * demuxer, GstPad * pad, GString * list)
{
  g_string_append_printf (list, "%s ", GST_OBJECT_NAME (pad));
}

static void
dashcamaccel_list_end (GstElement * demuxer, GString * list)
{
  g_string_append (list, "end ");
}

/* A plain link takes the first pad. */
GST_START_TEST (test_pad_stands_between_the_fixes_and_the_media)
{
  g_autoptr (Dashcamtest) test = dashcamaccel_new (MP4, __i__,
      DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  g_signal_connect (test->demuxer, "pad-added",
      G_CALLBACK (dashcamaccel_list_pad), list);
  g_signal_connect (test->demuxer, "no-more-pads",
      G_CALLBACK (dashcamaccel_list_end), list);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fail_unless (g_str_has_prefix (list->str, "gps_0 "), "%s", list->str);
  if (__i__ == DASHCAMTEST_PULL)
    fail_unless (g_str_has_prefix (list->str, "gps_0 accel_0 "), "%s",
        list->str);
  fail_unless (strstr (list->str, "accel_0 ") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_pad_comes_in_time_without_media_too)
{
  g_autoptr (Dashcamtest) test = dashcamaccel_new (MP4, __i__,
      DASHCAMTEST_GPS | DASHCAMTEST_ACCEL, NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  g_object_set (test->demuxer, "gps-only", TRUE, NULL);
  g_signal_connect (test->demuxer, "pad-added",
      G_CALLBACK (dashcamaccel_list_pad), list);
  g_signal_connect (test->demuxer, "no-more-pads",
      G_CALLBACK (dashcamaccel_list_end), list);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  if (__i__ == DASHCAMTEST_PULL)
    fail_unless_equals_string (list->str, "gps_0 accel_0 end ");
  fail_unless (strstr (list->str, "end ") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_events_are_those_of_the_media)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  g_autoptr (Dashcamtest) test = dashcamaccel_run (sample,
      __i__ % DASHCAMTEST_BYTES, DASHCAMTEST_ALL | DASHCAMTEST_ACCEL, CSV);
  static const gchar *const names[] = { "video_0", "gps_0", "accel_0" };
  static const GstEventType types[] = {
    GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT
  };
  g_autoptr (GPtrArray) items = dashcamtest_items (test, "accel_0");
  GstSegment segments[3];
  guint groups[3];
  GstStreamFlags flags;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstEvent) start = dashcamtest_event (test, names[i],
        GST_EVENT_STREAM_START);
    g_autoptr (GstEvent) segment = dashcamtest_event (test, names[i],
        GST_EVENT_SEGMENT);

    fail_unless (gst_event_parse_group_id (start, &groups[i]));
    gst_event_parse_stream_flags (start, &flags);
    gst_event_copy_segment (segment, &segments[i]);
  }
  fail_unless_equals_int (groups[2], groups[0]);
  fail_unless_equals_int (groups[1], groups[0]);
  fail_unless (flags & GST_STREAM_FLAG_SPARSE);
  fail_unless (gst_segment_is_equal (&segments[2], &segments[0]));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    fail_unless (dashcamtest_is_event (g_ptr_array_index (items, i), types[i]));
    fail_unless_equals_int (dashcamtest_count_events (test, "accel_0",
            types[i]), 1);
  }
  fail_unless (dashcamtest_is_event (g_ptr_array_index (items,
              items->len - 1), GST_EVENT_EOS));
  fail_unless_equals_int (dashcamtest_count_events (test, "accel_0",
          GST_EVENT_EOS), 1);
}

GST_END_TEST;

/* Nobody has to take it, and it may be taken without the fixes. */
GST_START_TEST (test_who_is_not_linked_does_not_matter)
{
  static const guint links[] = {
    DASHCAMTEST_ALL, DASHCAMTEST_MEDIA, DASHCAMTEST_GPS,
    DASHCAMTEST_MEDIA | DASHCAMTEST_ACCEL
  };
  g_autoptr (Dashcamtest) test = dashcamaccel_run
      (samples[__i__ / G_N_ELEMENTS (links) % G_N_ELEMENTS (samples)],
      __i__ % 2 ? DASHCAMTEST_PULL : DASHCAMTEST_PUSH,
      links[__i__ % G_N_ELEMENTS (links)], NULL);

  fail_unless_equals_int (test->n_errors, 0);
  fail_unless_equals_int (test->n_warnings, 0);
}

GST_END_TEST;

/* Seeks. */

static void
dashcamaccel_seek (Dashcamtest * test, gdouble rate, GstClockTime start,
    GstClockTime stop)
{
  fail_unless (gst_element_send_event (test->pipeline, gst_event_new_seek
          (rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET,
              (gint64) start, GST_SEEK_TYPE_SET, (gint64) stop)));
  dashcamtest_wait_event (test, "accel_0", GST_EVENT_EOS);
  dashcamtest_wait_event (test, "gps_0", GST_EVENT_EOS);
}

/* With media, and without. */
GST_START_TEST (test_seeks_go_where_those_of_the_fixes_go)
{
  static const struct
  {
    gdouble rate;
    GstClockTime start;
    GstClockTime stop;
  } seeks[] = {
    {1.0, 2500 * GST_MSECOND, GST_CLOCK_TIME_NONE},
    {1.0, 0, GST_CLOCK_TIME_NONE},
    {1.0, 1200 * GST_MSECOND, 3200 * GST_MSECOND},
    {-1.0, 0, 4 * GST_SECOND},
  };
  gboolean has_media = __i__ == 0;
  g_autoptr (Dashcamtest) test = dashcamaccel_run (MP4, DASHCAMTEST_PULL,
      DASHCAMTEST_ACCEL | (has_media ? DASHCAMTEST_ALL : DASHCAMTEST_GPS),
      DASHCAMTEST_TEXT);

  for (guint i = 0; i < G_N_ELEMENTS (seeks); i++) {
    g_autoptr (GPtrArray) items = NULL;
    g_autoptr (GArray) fixes = NULL;
    guint n = 0;

    /* what needs media is refused without */
    if (seeks[i].rate < 0.0 && !has_media)
      continue;
    dashcamtest_forget (test);
    dashcamaccel_seek (test, seeks[i].rate, seeks[i].start, seeks[i].stop);
    items = dashcamtest_items (test, "accel_0");
    fixes = dashcamtest_fixes (test, "gps_0");
    for (guint j = 0; j < items->len; j++) {
      if (!GST_IS_BUFFER (g_ptr_array_index (items, j)))
        continue;
      fail_unless (n < fixes->len);
      fail_unless_equals_uint64 (GST_BUFFER_PTS (g_ptr_array_index (items,
                  j)), g_array_index (fixes, DashcamtestFix, n).pts);
      n++;
    }
    fail_unless (n > 0);
    fail_unless_equals_int (n, fixes->len);
    /* once, though each sink asks for it */
    fail_unless_equals_int (dashcamtest_count_events (test, "accel_0",
            GST_EVENT_FLUSH_STOP), 1);
  }
}

GST_END_TEST;

/* A sink that waits for ever. */
static void
dashcamaccel_link_blocked (GstPad * pad, gpointer user_data)
{
  Dashcamtest *test = user_data;
  GstElement *sink;
  g_autoptr (GstPad) sinkpad = NULL;

  if (g_str_has_prefix (GST_OBJECT_NAME (pad), "gps")
      || ((test->links & DASHCAMTEST_VIDEO)
          && !g_str_has_prefix (GST_OBJECT_NAME (pad), "accel")))
    dashcamtest_link_sink (test, pad, NULL, FALSE);
  if (!g_str_has_prefix (GST_OBJECT_NAME (pad), "accel"))
    return;
  sink = gst_check_setup_element ("appsink");
  g_object_set (sink, "max-buffers", 1, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (test->pipeline), sink);
  fail_unless (gst_element_sync_state_with_parent (sink));
  sinkpad = gst_element_get_static_pad (sink, "sink");
  fail_unless_equals_int (gst_pad_link (pad, sinkpad), GST_PAD_LINK_OK);
}

GST_START_TEST (test_blocked_it_stops_nothing)
{
  const gchar *sample = samples[__i__ / 4];
  g_autoptr (Dashcamtest) test = dashcamaccel_new (sample,
      __i__ % 2 ? DASHCAMTEST_PULL : DASHCAMTEST_CHUNKS,
      __i__ / 2 % 2 ? DASHCAMTEST_ALL : DASHCAMTEST_GPS, NULL);

  test->link = dashcamaccel_link_blocked;
  test->user_data = test;
  dashcamtest_play (test);
  dashcamtest_wait_event (test, "gps_0", GST_EVENT_EOS);
  if (test->links & DASHCAMTEST_VIDEO)
    dashcamtest_wait_event (test, "video_0", GST_EVENT_EOS);
}

GST_END_TEST;

static void
dashcamaccel_put_u32be (GByteArray * bytes, guint32 value)
{
  guint32 swapped = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &swapped, sizeof swapped);
}

/* More rows than wait in the queue of a pad before whoever fills it does. */
static GBytes *
dashcamaccel_load_many (guint n_rows)
{
  g_autoptr (GBytes) sample = dashcamtest_load (apart[0].sample);
  GByteArray *file = g_bytes_unref_to_array (g_bytes_ref (sample));
  static const guint8 axes[] = { 0x00, 0x80, 0x00, 0x00, 0x00, 0x00 };

  dashcamaccel_put_u32be (file, 16 + 10 * n_rows);
  g_byte_array_append (file, (const guint8 *) "free", 4);
  dashcamaccel_put_u32be (file, 8 + 10 * n_rows);
  g_byte_array_append (file, (const guint8 *) "3gf ", 4);
  for (guint i = 0; i < n_rows; i++) {
    dashcamaccel_put_u32be (file, i);
    g_byte_array_append (file, axes, sizeof axes);
  }
  return g_byte_array_free_to_bytes (file);
}

GST_START_TEST (test_accelerations_alone_are_whole)
{
  g_autoptr (GBytes) data = dashcamaccel_load_many (20000);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_ACCEL);

  test->accel_caps = DASHCAMTEST_TEXT;
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fail_unless_equals_int (dashcamtest_count (test, "accel_0"),
      apart[0].n_rows + 20000);
}

GST_END_TEST;

static Suite *
dashcamaccel_suite (void)
{
  Suite *s = suite_create ("dashcamaccel");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_csv_has_all_accelerations, 0, N_RUNS);
  tcase_add_loop_test (tc, test_alone_it_is_the_same, 0, N_RUNS);
  tcase_add_loop_test (tc, test_lines_leave_with_the_fixes_of_their_records, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_rows_of_their_own_keep_their_own_pace, 0,
      G_N_ELEMENTS (apart));
  tcase_add_loop_test (tc, test_without_acceleration_there_is_no_pad, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_pad_stands_between_the_fixes_and_the_media, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_pad_comes_in_time_without_media_too, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_events_are_those_of_the_media, 0, N_RUNS);
  tcase_add_loop_test (tc, test_who_is_not_linked_does_not_matter, 0, 12);
  tcase_add_loop_test (tc, test_seeks_go_where_those_of_the_fixes_go, 0, 2);
  tcase_add_loop_test (tc, test_blocked_it_stops_nothing, 0, 12);
  tcase_add_test (tc, test_accelerations_alone_are_whole);
  return s;
}

GST_CHECK_MAIN (dashcamaccel);
