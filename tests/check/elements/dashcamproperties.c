/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What the properties of the GPS demuxers do. */

#include "dashcamtest.h"

#define TS "synthetic/ts_viofo_a119v3.ts"
#define MP4 "synthetic/mp4_fgps03_viofo_a119v3.mp4"
#define NO_TABLE "synthetic/edge_no_gps_table.mp4"

static const gchar *const samples[] = { TS, MP4, NO_TABLE };

#define N_RUNS (G_N_ELEMENTS (samples) * DASHCAMTEST_BYTES)

/* A pipeline with the fixes as text, that is not started. */
static Dashcamtest *
dashcamproperties_new (const gchar * sample, DashcamtestMode mode, guint links)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (dashcamtest_element (sample), data,
      mode, links);

  test->gps_caps = DASHCAMTEST_TEXT;
  return test;
}

static GArray *
dashcamproperties_play (Dashcamtest * test)
{
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  return dashcamtest_fixes (test, "gps_0");
}

GST_START_TEST (test_gps_only_gives_the_same_track_and_no_media)
{
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  g_autoptr (Dashcamtest) plain = dashcamproperties_new (sample, mode,
      DASHCAMTEST_GPS);
  g_autoptr (Dashcamtest) only = dashcamproperties_new (sample, mode,
      DASHCAMTEST_ALL);
  g_autoptr (GByteArray) a = NULL;
  g_autoptr (GByteArray) b = NULL;

  plain->gps_caps = only->gps_caps = NULL;
  g_object_set (only->demuxer, "gps-only", TRUE, NULL);
  g_array_unref (dashcamproperties_play (plain));
  g_array_unref (dashcamproperties_play (only));
  a = dashcamtest_document (plain, "gps_0");
  b = dashcamtest_document (only, "gps_0");
  fail_unless (a->len > 0);
  fail_unless (a->len == b->len && memcmp (a->data, b->data, a->len) == 0,
      "%s: %.*s", sample, (int) b->len, b->data);
  fail_unless (only->no_more_pads);
  fail_unless_equals_int (only->pads->len, 1);
  fail_unless_equals_int (only->n_errors + only->n_warnings, 0);
}

GST_END_TEST;

/* Appends what was gathered, twice. */
static void
dashcamproperties_append_twice (GByteArray * out, GByteArray * pes,
    guint8 * continuity)
{
  for (guint turn = 0; turn < 2; turn++) {
    for (gsize i = 0; i < pes->len; i += 188)
      pes->data[i + 3] = (pes->data[i + 3] & 0xf0) | ((*continuity)++ & 0xf);
    g_byte_array_append (out, pes->data, pes->len);
  }
  g_byte_array_set_size (pes, 0);
}

/* Each PES packet of the GPS PID twice. */
static GBytes *
dashcamproperties_double (GBytes * data, guint pid)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  g_autoptr (GByteArray) pes = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  guint8 continuity = 0;

  for (gsize at = 0; at + 188 <= size; at += 188) {
    const guint8 *packet = bytes + at;

    if ((guint) ((packet[1] & 0x1f) << 8 | packet[2]) != pid) {
      g_byte_array_append (out, packet, 188);
      continue;
    }
    if (packet[1] & 0x40)
      dashcamproperties_append_twice (out, pes, &continuity);
    g_byte_array_append (pes, packet, 188);
  }
  dashcamproperties_append_twice (out, pes, &continuity);
  return g_byte_array_free_to_bytes (out);
}

static guint
dashcamproperties_count_doubled (const gchar * filter)
{
  g_autoptr (GBytes) data = dashcamtest_load (TS);
  g_autoptr (GBytes) doubled = dashcamproperties_double (data, 0x300);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("tsgpsdemux", doubled,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  gst_util_set_object_arg (G_OBJECT (test->demuxer), "filter", filter);
  fixes = dashcamproperties_play (test);
  for (guint i = 1; i < fixes->len; i++)
    fail_if (g_array_index (fixes, DashcamtestFix, i).discont, "a segment");
  return fixes->len;
}

GST_START_TEST (test_filter_none_gives_what_the_camera_repeated)
{
  guint n = dashcamproperties_count_doubled ("duplicates");

  fail_unless (n >= 4);
  fail_unless_equals_int (dashcamproperties_count_doubled ("none"), 2 * n);
}

GST_END_TEST;

/* The third record of MP4 one degree further south. */
static GBytes *
dashcamproperties_displace (GBytes * data)
{
  gsize size;
  guint8 *bytes;
  guint n = 0;

  data = g_bytes_new (g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  bytes = g_bytes_unref_to_data (data, &size);
  for (gsize at = 0; at + 8 <= size && n < 3; at++) {
    if (memcmp (bytes + at, "ASE", 4) == 0 && ++n == 3)
      GST_WRITE_FLOAT_LE (bytes + at + 4,
          GST_READ_FLOAT_LE (bytes + at + 4) + 100.0f);
  }
  fail_unless_equals_int (n, 3);
  return g_bytes_new_take (bytes, size);
}

GST_START_TEST (test_filter_outliers_leaves_out_what_no_car_reaches)
{
  g_autoptr (GBytes) data = dashcamtest_load (MP4);
  g_autoptr (GBytes) displaced = dashcamproperties_displace (data);
  DashcamtestMode mode = __i__ / 2;
  gboolean filter = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", displaced,
      mode, DASHCAMTEST_GPS);
  g_autoptr (GArray) points = dashcamtest_load_points (MP4);
  g_autoptr (GArray) fixes = NULL;

  gst_util_set_object_arg (G_OBJECT (test->demuxer), "filter",
      filter ? "outliers" : "duplicates");
  g_object_set (test->demuxer, "gps-only", TRUE, NULL);
  fixes = dashcamproperties_play (test);
  fail_unless_equals_int (fixes->len, points->len - (guint) filter);
}

GST_END_TEST;

GST_START_TEST (test_no_picture_carries_an_outlier_that_is_filtered)
{
  g_autoptr (GBytes) data = dashcamtest_load (MP4);
  g_autoptr (GBytes) displaced = dashcamproperties_displace (data);
  gboolean filter = __i__ % 2;
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", displaced,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL);
  g_autoptr (GArray) pictures = NULL;
  guint n_near = 0, n_far = 0;
  gdouble start;

  gst_util_set_object_arg (G_OBJECT (test->demuxer), "filter",
      filter ? "outliers" : "duplicates");
  gst_util_set_object_arg (G_OBJECT (test->demuxer), "attach-meta",
      __i__ / 2 ? "interpolate" : "nearest");
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  pictures = dashcamtest_fixes (test, "video_0");
  start = g_array_index (pictures, DashcamtestFix, 0).fix.latitude;
  for (guint i = 0; i < pictures->len; i++) {
    gdouble latitude = g_array_index (pictures, DashcamtestFix,
        i).fix.latitude;

    n_near += ABS (latitude - start) < 0.01;
    n_far += ABS (latitude - start) >= 0.01;
  }
  fail_unless (n_near >= 10, "%u", n_near);
  fail_unless_equals_int (n_far == 0, filter);
}

GST_END_TEST;

GST_START_TEST (test_scan_says_how_much_of_a_file_is_searched)
{
  g_autoptr (GArray) points = dashcamtest_load_points (NO_TABLE);

  for (guint links = DASHCAMTEST_GPS; links <= DASHCAMTEST_ALL;
      links += DASHCAMTEST_MEDIA) {
    g_autoptr (Dashcamtest) by_index = dashcamproperties_new (NO_TABLE,
        DASHCAMTEST_PULL, links);
    g_autoptr (Dashcamtest) full = dashcamproperties_new (NO_TABLE,
        DASHCAMTEST_PULL, links);
    g_autoptr (GArray) fixes = NULL;

    gst_util_set_object_arg (G_OBJECT (by_index->demuxer), "scan", "index");
    gst_util_set_object_arg (G_OBJECT (full->demuxer), "scan", "full");
    fixes = dashcamproperties_play (by_index);
    fail_unless_equals_int (fixes->len, 0);
    g_clear_pointer (&fixes, g_array_unref);
    fixes = dashcamproperties_play (full);
    dashcamtest_check_fixes (fixes, points, NO_TABLE);
  }
}

GST_END_TEST;

GST_START_TEST (test_a_full_scan_changes_nothing_in_a_healthy_file)
{
  const gchar *sample = samples[__i__ % 2];
  guint links = __i__ < 2 ? DASHCAMTEST_GPS : DASHCAMTEST_ALL;
  g_autoptr (GArray) points = dashcamtest_load_points (sample);
  g_autoptr (Dashcamtest) test = dashcamproperties_new (sample,
      DASHCAMTEST_PULL, links);
  g_autoptr (GArray) fixes = NULL;

  gst_util_set_object_arg (G_OBJECT (test->demuxer), "scan", "full");
  fixes = dashcamproperties_play (test);
  dashcamtest_check_fixes (fixes, points, sample);
}

GST_END_TEST;

/* The first fix of a sample with a property, or all by default. */
static GstGpsFix
dashcamproperties_first (const gchar * sample, const gchar * property,
    const gchar * value)
{
  g_autoptr (Dashcamtest) test = dashcamproperties_new (sample,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  if (property)
    gst_util_set_object_arg (G_OBJECT (test->demuxer), property, value);
  fixes = dashcamproperties_play (test);
  fail_unless (fixes->len > 0);
  return g_array_index (fixes, DashcamtestFix, 0).fix;
}

GST_START_TEST (test_owner_says_what_records_mean)
{
  static const gchar *const rexing = "synthetic/mp4_fgps17b_rexing_v1_4k.mp4";
  static const gchar *const ligo = "synthetic/mp4_fgps05_ligo_off16_s1.mp4";
  GstGpsFix fix = dashcamproperties_first (rexing, NULL, NULL);

  fail_unless (ABS (fix.latitude - 37.81993) < 1e-4);
  fix = dashcamproperties_first (rexing, "deobfuscate", "off");
  fail_unless (ABS (fix.latitude - 3.02403) < 1e-4);
  fix = dashcamproperties_first (ligo, NULL, NULL);
  fail_unless (ABS (fix.latitude - 37.81993) < 1e-4);
  fix = dashcamproperties_first (ligo, "ligo-fuzz", "none");
  fail_unless (ABS (fix.latitude - 31.62524) < 1e-4);
}

GST_END_TEST;

/* 2024-06-01T10:20:30 */
#define LOCAL_US G_GINT64_CONSTANT (1717237230000000)
#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)

GST_START_TEST (test_local_time_is_made_utc_by_the_zone)
{
  static const gchar *const ligo = "synthetic/mp4_fgps05_ligo_off16_s1.mp4";
  GstGpsFix fix = dashcamproperties_first (ligo, "time-zone", "+05:00");

  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_ASSUMED);
  fail_unless_equals_int64 (fix.time, LOCAL_US - 5 * HOUR_US);
  fix = dashcamproperties_first (ligo, "guess-time", "false");
  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_LOCAL);
  fail_unless_equals_int64 (fix.time, LOCAL_US);
  fix = dashcamproperties_first (ligo, "time-kind", "utc");
  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_UTC);
  fail_unless_equals_int64 (fix.time, LOCAL_US);
  fix = dashcamproperties_first (ligo, "time-offset", "-7200");
  fail_unless_equals_int (fix.time_kind, GST_GPS_TIME_KIND_UTC);
  fail_unless_equals_int64 (fix.time, LOCAL_US - 2 * HOUR_US);
}

GST_END_TEST;

GST_START_TEST (test_a_zone_that_does_not_exist_is_told)
{
  g_autoptr (Dashcamtest) test = dashcamproperties_new (MP4, DASHCAMTEST_PULL,
      DASHCAMTEST_GPS);

  g_object_set (test->demuxer, "time-zone", "Nowhere/At all", NULL);
  g_array_unref (dashcamproperties_play (test));
  fail_unless_equals_int (test->n_warnings, 1);
}

GST_END_TEST;

static guint
dashcamproperties_count_on (GBytes * data, gint pid)
{
  g_autoptr (Dashcamtest) test = dashcamtest_new ("tsgpsdemux", data,
      DASHCAMTEST_PULL, DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;
  gint value;

  g_object_set (test->demuxer, "gps-pid", pid, "gps-only", TRUE, NULL);
  g_object_get (test->demuxer, "gps-pid", &value, NULL);
  fail_unless_equals_int (value, pid);
  fixes = dashcamproperties_play (test);
  return fixes->len;
}

GST_START_TEST (test_gps_pid_leaves_out_other_pids)
{
  g_autoptr (GBytes) data = dashcamtest_load (TS);
  guint n = dashcamproperties_count_on (data, -1);

  fail_unless (n >= 4);
  fail_unless_equals_int (dashcamproperties_count_on (data, 0x300), n);
  fail_unless_equals_int (dashcamproperties_count_on (data, 0x301), 0);
}

GST_END_TEST;

/* Where the camera looks follows from where the car goes. */
GST_START_TEST (test_bearing_is_the_course_and_an_offset)
{
  static const gdouble offsets[] = { -1.0, 0.0, 90.5, 180.0, 360.0 };
  gdouble offset = offsets[__i__];
  g_autoptr (Dashcamtest) test = dashcamproperties_new (TS, DASHCAMTEST_PULL,
      DASHCAMTEST_GPS);
  g_autoptr (GArray) fixes = NULL;

  g_object_set (test->demuxer, "bearing-offset", offset, NULL);
  fixes = dashcamproperties_play (test);
  fail_unless (fixes->len >= 4);
  for (guint i = 0; i < fixes->len; i++) {
    const GstGpsFix *fix = &g_array_index (fixes, DashcamtestFix, i).fix;
    gdouble turn = fix->bearing - fix->course - offset;

    fail_unless (fix->fields & GST_GPS_FIX_FIELD_COURSE);
    if (offset < 0.0) {
      fail_if (fix->fields & GST_GPS_FIX_FIELD_BEARING);
      continue;
    }
    fail_unless (fix->fields & GST_GPS_FIX_FIELD_BEARING);
    fail_unless (fix->bearing >= 0.0 && fix->bearing < 360.0);
    fail_unless (ABS (turn) < 1e-9 || ABS (turn + 360.0) < 1e-9, "%f", turn);
  }
}

GST_END_TEST;

/* Fixes beside the media, and where their segment begins. */
static GArray *
dashcamproperties_play_late (const gchar * sample, GstClockTimeDiff latency,
    GstClockTime * ret_start)
{
  GArray *fixes;
  g_autoptr (GstEvent) event = NULL;
  const GstSegment *segment;

  g_autoptr (Dashcamtest) test = dashcamproperties_new (sample,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL);

  g_object_set (test->demuxer, "gps-latency", latency, NULL);
  fixes = dashcamproperties_play (test);
  event = dashcamtest_event (test, "gps_0", GST_EVENT_SEGMENT);
  gst_event_parse_segment (event, &segment);
  *ret_start = segment->start;
  return fixes;
}

GST_START_TEST (test_latency_moves_each_fix)
{
  static const GstClockTimeDiff latencies[] = {
    GST_SECOND, -(GstClockTimeDiff) GST_SECOND, 300 * GST_MSECOND
  };
  const gchar *sample = samples[__i__ % 2];
  GstClockTimeDiff latency = latencies[__i__ / 2];
  GstClockTime start;
  g_autoptr (GArray) plain = dashcamproperties_play_late (sample, 0, &start);
  g_autoptr (GArray) moved = dashcamproperties_play_late (sample, latency,
      &start);

  fail_unless (plain->len >= 4);
  fail_unless_equals_int (moved->len, plain->len);
  for (guint i = 0; i < plain->len; i++) {
    GstClockTime a = g_array_index (plain, DashcamtestFix, i).pts;
    GstClockTime b = g_array_index (moved, DashcamtestFix, i).pts;

    /* nothing comes before the start */
    fail_unless_equals_uint64 (b, (GstClockTime)
        MAX ((GstClockTimeDiff) a + latency, (GstClockTimeDiff) start));
  }
}

GST_END_TEST;

/* The first fix behind a seek to between two fixes. */
static GstClockTime
dashcamproperties_seek (gboolean resend_last)
{
  g_autoptr (Dashcamtest) test = dashcamproperties_new (MP4, DASHCAMTEST_PULL,
      DASHCAMTEST_ALL);
  g_autoptr (GArray) fixes = NULL;
  GstClockTime target;

  g_object_set (test->demuxer, "resend-last", resend_last, NULL);
  fixes = dashcamproperties_play (test);
  target = g_array_index (fixes, DashcamtestFix, 1).pts + 200 * GST_MSECOND;
  g_clear_pointer (&fixes, g_array_unref);
  fail_unless (gst_element_seek_simple (test->pipeline, GST_FORMAT_TIME,
          GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64) target));
  dashcamtest_wait_event (test, "gps_0", GST_EVENT_EOS);
  fixes = dashcamtest_fixes (test, "gps_0");
  fail_unless (fixes->len > 0);
  return g_array_index (fixes, DashcamtestFix, 0).pts - target;
}

GST_START_TEST (test_resend_last_tells_what_holds_behind_a_seek)
{
  fail_unless_equals_uint64 (dashcamproperties_seek (TRUE), 0);
  fail_unless (dashcamproperties_seek (FALSE) > 0);
}

GST_END_TEST;

/* A value that is allowed, another one each time. */
static void
dashcamproperties_set (GstElement * element, GParamSpec * spec, guint turn)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, spec->value_type);
  if (G_IS_PARAM_SPEC_ENUM (spec)) {
    GEnumClass *values = G_PARAM_SPEC_ENUM (spec)->enum_class;

    g_value_set_enum (&value, values->values[turn % values->n_values].value);
  } else if (G_IS_PARAM_SPEC_BOOLEAN (spec)) {
    g_value_set_boolean (&value, turn % 2 == 0);
  } else if (turn % 2 == 0 && G_IS_PARAM_SPEC_INT64 (spec)) {
    g_value_set_int64 (&value, turn % 4 ? -3600 : 3600);
  } else if (turn % 2 == 0 && G_IS_PARAM_SPEC_UINT64 (spec)) {
    g_value_set_uint64 (&value, turn * GST_MSECOND);
  } else if (turn % 2 == 0 && G_IS_PARAM_SPEC_INT (spec)) {
    g_value_set_int (&value, 0x300);
  } else if (turn % 2 == 0 && G_IS_PARAM_SPEC_STRING (spec)) {
    g_value_set_static_string (&value, turn % 4 ? "+02:00" : "Europe/Berlin");
  } else {
    g_param_value_set_default (spec, &value);
  }
  g_object_set_property (G_OBJECT (element), spec->name, &value);
}

typedef struct
{
  GstElement *element;
  gint done;                    /* atomic */
} DashcampropertiesSetter;

static gpointer
dashcamproperties_set_all (gpointer user_data)
{
  DashcampropertiesSetter *setter = user_data;
  guint n_specs;
  g_autofree GParamSpec **specs = g_object_class_list_properties
      (G_OBJECT_GET_CLASS (setter->element), &n_specs);

  for (guint turn = 0; !g_atomic_int_get (&setter->done); turn++) {
    for (guint i = 0; i < n_specs; i++) {
      if ((specs[i]->flags & G_PARAM_WRITABLE)
          && !(specs[i]->flags & G_PARAM_CONSTRUCT_ONLY)
          && g_type_is_a (specs[i]->owner_type, GST_TYPE_BIN)
          && specs[i]->owner_type != GST_TYPE_BIN)
        dashcamproperties_set (setter->element, specs[i], turn);
    }
    g_thread_yield ();
  }
  return NULL;
}

GST_START_TEST (test_properties_can_be_set_while_data_flow)
{
  const gchar *sample = samples[__i__ / 2];
  g_autoptr (Dashcamtest) test = dashcamproperties_new (sample,
      __i__ % 2 ? DASHCAMTEST_CHUNKS : DASHCAMTEST_PULL, DASHCAMTEST_ALL);
  DashcampropertiesSetter setter = { test->demuxer, 0 };
  GThread *thread = g_thread_new ("setter", dashcamproperties_set_all, &setter);
  g_autoptr (GArray) fixes = dashcamproperties_play (test);

  g_atomic_int_set (&setter.done, 1);
  g_thread_join (thread);
  fail_unless_equals_int (test->n_errors, 0);
  for (guint i = 1; i < fixes->len; i++)
    fail_unless (g_array_index (fixes, DashcamtestFix, i).pts
        >= g_array_index (fixes, DashcamtestFix, i - 1).pts);
}

GST_END_TEST;

static Suite *
dashcamproperties_suite (void)
{
  Suite *s = suite_create ("dashcamproperties");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_gps_only_gives_the_same_track_and_no_media, 0,
      N_RUNS);
  tcase_add_test (tc, test_filter_none_gives_what_the_camera_repeated);
  tcase_add_test (tc, test_owner_says_what_records_mean);
  tcase_add_test (tc, test_local_time_is_made_utc_by_the_zone);
  tcase_add_test (tc, test_a_zone_that_does_not_exist_is_told);
  tcase_add_loop_test (tc,
      test_filter_outliers_leaves_out_what_no_car_reaches, 0,
      2 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc,
      test_no_picture_carries_an_outlier_that_is_filtered, 0, 4);
  tcase_add_test (tc, test_gps_pid_leaves_out_other_pids);
  tcase_add_loop_test (tc, test_bearing_is_the_course_and_an_offset, 0, 5);
  tcase_add_test (tc, test_scan_says_how_much_of_a_file_is_searched);
  tcase_add_loop_test (tc, test_a_full_scan_changes_nothing_in_a_healthy_file,
      0, 4);
  tcase_add_loop_test (tc, test_latency_moves_each_fix, 0, 6);
  tcase_add_test (tc, test_resend_last_tells_what_holds_behind_a_seek);
  tcase_add_loop_test (tc, test_properties_can_be_set_while_data_flow, 0,
      2 * G_N_ELEMENTS (samples));
  return s;
}

GST_CHECK_MAIN (dashcamproperties);
