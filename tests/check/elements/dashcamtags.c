/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What is told of a recording beside its track: the summary on the bus, and
 * tags. */

#include "dashcamtest.h"

#include "wire/dialect.h"
#include "wire/dialectcamera.h"

#define TS "synthetic/ts_viofo_a119v3.ts"
#define MP4 "synthetic/mp4_fgps03_viofo_a119v3.mp4"
#define KENWOOD "synthetic/mp4_fgps03_kenwood_a510w.mp4"
#define GAP "synthetic/edge_void_and_gap.mp4"
#define AKASO "synthetic/mp4_fgps08_akaso_v1_encrypted.mp4"

/* Summaries as they come, before any thread may go on. */
typedef struct
{
  GMutex lock;
  GPtrArray *summaries;         /* GstStructure */
} DashcamtagsTold;

static GstBusSyncReply
dashcamtags_take (GstBus * bus, GstMessage * message, gpointer user_data)
{
  DashcamtagsTold *told = user_data;
  const GstStructure *structure = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT
      && gst_structure_has_name (structure, "dashcam-gps")) {
    g_mutex_lock (&told->lock);
    g_ptr_array_add (told->summaries, gst_structure_copy (structure));
    g_mutex_unlock (&told->lock);
  }
  return GST_BUS_PASS;
}

static Dashcamtest *
dashcamtags_new (const gchar * sample, DashcamtestMode mode, guint links,
    DashcamtagsTold * told)
{
  g_autoptr (GBytes) data = dashcamtest_load (sample);
  Dashcamtest *test = dashcamtest_new (dashcamtest_element (sample), data,
      mode, links);
  g_autoptr (GstBus) bus = gst_element_get_bus (test->pipeline);

  g_mutex_init (&told->lock);
  told->summaries = g_ptr_array_new_with_free_func ((GDestroyNotify)
      gst_structure_free);
  gst_bus_set_sync_handler (bus, dashcamtags_take, told, NULL);
  test->gps_caps = DASHCAMTEST_TEXT;
  return test;
}

static void
dashcamtags_free (Dashcamtest * test, DashcamtagsTold * told)
{
  dashcamtest_free (test);
  g_ptr_array_unref (told->summaries);
  g_mutex_clear (&told->lock);
}

static guint
dashcamtags_uint (const GstStructure * structure, const gchar * name)
{
  guint value;

  fail_unless (gst_structure_get_uint (structure, name, &value), "%s", name);
  return value;
}

static gdouble
dashcamtags_double (const GstStructure * structure, const gchar * name)
{
  gdouble value;

  fail_unless (gst_structure_get_double (structure, name, &value), "%s", name);
  return value;
}

static gboolean
dashcamtags_is_at_end (const GstStructure * structure)
{
  gboolean at_end;

  fail_unless (gst_structure_get_boolean (structure, "at-end", &at_end));
  return at_end;
}

/* Against what is known of the sample. */
static void
dashcamtags_check_summary (const GstStructure * summary, GArray * fixes)
{
  gdouble distance = 0.0, max_speed = 0.0, north = -90.0, west = 180.0;
  guint n_segments = 0;

  for (guint i = 0; i < fixes->len; i++) {
    const DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    max_speed = MAX (max_speed, fix->fix.speed);
    north = MAX (north, fix->fix.latitude);
    west = MIN (west, fix->fix.longitude);
    if (fix->discont)
      n_segments++;
    else if (i > 0)
      distance += gst_gps_fix_distance (&fix[-1].fix, &fix->fix);
  }
  fail_unless_equals_int (dashcamtags_uint (summary, "fixes"), fixes->len);
  fail_unless_equals_int (dashcamtags_uint (summary, "segments"), n_segments);
  fail_unless_equals_float (dashcamtags_double (summary, "max-speed"),
      max_speed);
  fail_unless_equals_float (dashcamtags_double (summary, "max-latitude"),
      north);
  fail_unless_equals_float (dashcamtags_double (summary, "min-longitude"),
      west);
  fail_unless (ABS (dashcamtags_double (summary, "distance") - distance)
      < 0.001);
}

GST_START_TEST (test_summary_says_what_the_track_is)
{
  static const gchar *const samples[] = { TS, MP4, GAP };
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtestMode mode = __i__ % DASHCAMTEST_BYTES;
  DashcamtagsTold told;

  for (guint links = DASHCAMTEST_GPS; links <= DASHCAMTEST_ALL;
      links += DASHCAMTEST_MEDIA) {
    Dashcamtest *test = dashcamtags_new (sample, mode, links, &told);
    g_autoptr (GArray) fixes = NULL;
    const GstStructure *last;

    dashcamtest_play (test);
    fail_unless (dashcamtest_wait (test));
    fixes = dashcamtest_fixes (test, "gps_0");
    fail_unless (fixes->len >= 4);
    fail_unless (told.summaries->len >= 1 && told.summaries->len <= 2);
    last = g_ptr_array_index (told.summaries, told.summaries->len - 1);
    fail_unless (dashcamtags_is_at_end (last));
    dashcamtags_check_summary (last, fixes);
    fail_unless_equals_string (gst_structure_get_string (last, "pad"), "gps_0");
    fail_unless_equals_int (dashcamtags_uint (last, "records"),
        fixes->len + dashcamtags_uint (last, "voids")
        + dashcamtags_uint (last, "duplicates"));
    /* from an index all was known before anything left */
    if (told.summaries->len == 2) {
      fail_if (dashcamtags_is_at_end (told.summaries->pdata[0]));
      dashcamtags_check_summary (told.summaries->pdata[0], fixes);
    }
    fail_unless (mode != DASHCAMTEST_PULL || sample == samples[0]
        || told.summaries->len == 2);
    dashcamtags_free (test, &told);
  }
}

GST_END_TEST;

GST_START_TEST (test_summary_counts_voids_and_times)
{
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (GAP, DASHCAMTEST_PULL, DASHCAMTEST_GPS,
      &told);
  g_autoptr (GArray) points = dashcamtest_load_points (GAP);
  const GstStructure *summary;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  summary = g_ptr_array_index (told.summaries, 0);
  fail_unless (dashcamtags_uint (summary, "voids") > 0);
  fail_unless_equals_int (dashcamtags_uint (summary, "duplicates"), 1);
  fail_unless (gst_structure_has_field_typed (summary, "time-kind",
          GST_TYPE_GPS_TIME_KIND));
  fail_unless (g_str_has_prefix (gst_structure_get_string (summary,
              "first-time"), g_array_index (points, DashcamtestPoint, 0).time));
  fail_unless (g_str_has_prefix (gst_structure_get_string (summary,
              "last-time"), g_array_index (points, DashcamtestPoint,
              points->len - 1).time));
  dashcamtags_free (test, &told);
}

GST_END_TEST;

GST_START_TEST (test_summary_of_encrypted_records_names_their_dialect)
{
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (AKASO, __i__, DASHCAMTEST_GPS, &told);
  const GstStructure *summary;
  const GValue *warnings;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  summary = g_ptr_array_index (told.summaries, told.summaries->len - 1);
  fail_unless_equals_string (gst_structure_get_string (summary, "dialect"),
      "akaso-v1");
  warnings = gst_structure_get_value (summary, "warnings");
  fail_unless (gst_value_array_get_size (warnings) >= 1);
  fail_unless (strstr (g_value_get_string (gst_value_array_get_value (warnings,
                  0)), "encrypted") != NULL);
  fail_if (gst_structure_has_field (summary, "distance"));
  fail_unless (dashcamtags_uint (summary, "fixes") > 0);
  fail_unless_equals_int (dashcamtags_uint (summary, "encrypted"),
      dashcamtags_uint (summary, "fixes"));
  dashcamtags_free (test, &told);
}

GST_END_TEST;

GST_START_TEST (test_summary_is_not_told_again_behind_a_seek)
{
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (__i__ == 0 ? MP4 : TS,
      DASHCAMTEST_PULL, DASHCAMTEST_ALL, &told);

  guint n;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  n = told.summaries->len;
  fail_unless (n >= 1);
  for (guint i = 0; i < 3; i++) {
    fail_unless (gst_element_seek_simple (test->pipeline, GST_FORMAT_TIME,
            GST_SEEK_FLAG_FLUSH, 0));
    dashcamtest_wait_event (test, "gps_0", GST_EVENT_EOS);
    fail_unless (dashcamtest_wait (test));
  }
  fail_unless_equals_int (told.summaries->len, n);
  dashcamtags_free (test, &told);
}

GST_END_TEST;

/* Tags. */

/* What is said of the recording on a pad: its last list of that scope. */
static GstTagList *
dashcamtags_global (Dashcamtest * test, const gchar * pad, guint * ret_n)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (test, pad);
  GstTagList *found = NULL;

  *ret_n = 0;
  for (guint i = 0; i < items->len; i++) {
    GstTagList *tags;

    if (!dashcamtest_is_event (g_ptr_array_index (items, i), GST_EVENT_TAG))
      continue;
    gst_event_parse_tag (g_ptr_array_index (items, i), &tags);
    if (gst_tag_list_get_scope (tags) != GST_TAG_SCOPE_GLOBAL)
      continue;
    g_clear_pointer (&found, gst_tag_list_unref);
    found = gst_tag_list_ref (tags);
    (*ret_n)++;
  }
  return found;
}

static void
dashcamtags_check (GstTagList * tags, const gchar * tag, gdouble expected)
{
  gdouble value;

  fail_unless (gst_tag_list_get_double (tags, tag, &value), "no %s", tag);
  fail_unless_equals_float (value, expected);
}

GST_START_TEST (test_first_fix_is_told_as_tags_on_all_pads)
{
  static const gchar *const samples[] = { TS, MP4, KENWOOD };
  const gchar *sample = samples[__i__ / DASHCAMTEST_BYTES];
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (sample, __i__ % DASHCAMTEST_BYTES,
      DASHCAMTEST_ALL, &told);
  g_autoptr (GArray) fixes = NULL;
  const GstGpsFix *fix;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  fix = &g_array_index (fixes, DashcamtestFix, 0).fix;
  for (guint i = 0; i < test->pads->len; i++) {
    DashcamtestPad *pad = g_ptr_array_index (test->pads, i);
    guint n;
    g_autoptr (GstTagList) tags = dashcamtags_global (test, pad->name, &n);
    g_autofree gchar *maker = NULL;

    fail_unless (n >= 1, "%s of %s", pad->name, sample);
    dashcamtags_check (tags, GST_TAG_GEO_LOCATION_LATITUDE, fix->latitude);
    dashcamtags_check (tags, GST_TAG_GEO_LOCATION_LONGITUDE, fix->longitude);
    dashcamtags_check (tags, GST_TAG_GEO_LOCATION_MOVEMENT_SPEED, fix->speed);
    dashcamtags_check (tags, GST_TAG_GEO_LOCATION_MOVEMENT_DIRECTION,
        fix->course);
    if (gst_tag_list_get_string (tags, GST_TAG_DEVICE_MANUFACTURER, &maker))
      fail_unless_equals_string (maker, "Kenwood");
    fail_unless_equals_int (maker != NULL, sample == samples[2]);
    /* on a pad of its own nothing else is said */
    if (g_str_equal (pad->name, "gps_0"))
      fail_unless_equals_int (n, 1);
  }
  dashcamtags_free (test, &told);
}

GST_END_TEST;

/* A box of 3GPP with a place: 12.5 N, 98.25 E, 7 m. */
static const guint8 dashcamtags_place[] = {
  0, 0, 0, 42, 'u', 'd', 't', 'a', 0, 0, 0, 34, 'l', 'o', 'c', 'i',
  0, 0, 0, 0, 0x15, 0xc7, 0, 0,
  0x00, 0x62, 0x40, 0x00, 0x00, 0x0c, 0x80, 0x00, 0x00, 0x07, 0x00, 0x00,
  'x', 0, 'y', 0, 0, 0
};

/* At any address. */
static guint32
dashcamtags_read_size (const guint8 * box)
{
  return (guint32) box[0] << 24 | (guint32) box[1] << 16
      | (guint32) box[2] << 8 | box[3];
}

/* The recording with it in moov, at the end of the file. */
static GBytes *
dashcamtags_add_place (GBytes * data)
{
  GByteArray *out = g_byte_array_new ();
  gsize size, at = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  guint8 header[4];
  guint32 box;

  while (at + 8 <= size && memcmp (bytes + at + 4, "moov", 4) != 0)
    at += dashcamtags_read_size (bytes + at);
  box = dashcamtags_read_size (bytes + at);
  fail_unless_equals_int (at + box, size);
  GST_WRITE_UINT32_BE (header, box + sizeof dashcamtags_place);
  g_byte_array_append (out, bytes, (guint) at);
  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, bytes + at + 4, box - 4);
  g_byte_array_append (out, dashcamtags_place, sizeof dashcamtags_place);
  return g_byte_array_free_to_bytes (out);
}

GST_START_TEST (test_what_the_file_says_itself_stays)
{
  g_autoptr (GBytes) data = dashcamtest_load (MP4);
  g_autoptr (GBytes) placed = dashcamtags_add_place (data);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", placed,
      __i__, DASHCAMTEST_ALL);
  g_autoptr (GstTagList) tags = NULL;
  guint n;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  tags = dashcamtags_global (test, dashcamtest_find (test, "video"), &n);
  dashcamtags_check (tags, GST_TAG_GEO_LOCATION_LATITUDE, 12.5);
  dashcamtags_check (tags, GST_TAG_GEO_LOCATION_LONGITUDE, 98.25);
  dashcamtags_check (tags, GST_TAG_GEO_LOCATION_ELEVATION, 7.0);
  fail_unless (gst_tag_list_get_tag_size (tags,
          GST_TAG_GEO_LOCATION_MOVEMENT_SPEED) == 1);
}

GST_END_TEST;

/* How many fixes are told, when that is not done more often. */
static guint
dashcamtags_count (GArray * fixes, GstClockTime interval)
{
  GstClockTime told = GST_CLOCK_TIME_NONE;
  guint n = 0;

  for (guint i = 0; i < fixes->len; i++) {
    GstClockTime pts = g_array_index (fixes, DashcamtestFix, i).pts;

    if (n > 0 && (interval == 0 || pts - told < interval))
      continue;
    told = pts;
    n++;
  }
  return n;
}

GST_START_TEST (test_tag_interval_tells_later_fixes)
{
  static const GstClockTime intervals[] = {
    0, 1, 900 * GST_MSECOND, 2500 * GST_MSECOND
  };
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (TS, DASHCAMTEST_PULL, DASHCAMTEST_ALL,
      &told);
  g_autoptr (GArray) fixes = NULL;
  g_autoptr (GstTagList) tags = NULL;
  guint n;

  g_object_set (test->demuxer, "tag-interval", intervals[__i__], NULL);
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  tags = dashcamtags_global (test, "gps_0", &n);
  fail_unless_equals_int (n, dashcamtags_count (fixes, intervals[__i__]));
  if (intervals[__i__] == 1)
    dashcamtags_check (tags, GST_TAG_GEO_LOCATION_LATITUDE,
        g_array_index (fixes, DashcamtestFix, fixes->len - 1).fix.latitude);
  g_clear_pointer (&tags, gst_tag_list_unref);
  tags = dashcamtags_global (test, dashcamtest_find (test, "video"), &n);
  fail_unless_equals_int (n > 1, intervals[__i__] > 0);
  dashcamtags_free (test, &told);
}

GST_END_TEST;

/* The last collection on a pad, or NULL. */
static GstStreamCollection *
dashcamtags_collection (Dashcamtest * test, const gchar * pad)
{
  g_autoptr (GPtrArray) items = dashcamtest_items (test, pad);
  GstStreamCollection *collection = NULL;

  for (guint i = 0; i < items->len; i++) {
    if (!dashcamtest_is_event (g_ptr_array_index (items, i),
            GST_EVENT_STREAM_COLLECTION))
      continue;
    gst_clear_object (&collection);
    gst_event_parse_stream_collection (g_ptr_array_index (items, i),
        &collection);
  }
  return collection;
}

static gboolean
dashcamtags_has_stream (GstStreamCollection * collection, const gchar * id)
{
  for (guint i = 0; i < gst_stream_collection_get_size (collection); i++) {
    if (g_str_equal (gst_stream_get_stream_id (gst_stream_collection_get_stream
                (collection, i)), id))
      return TRUE;
  }
  return FALSE;
}

/* With two collections in a group playbin3 stops for good now and then. */
GST_START_TEST (test_all_streams_are_in_one_collection)
{
  DashcamtagsTold told;
  Dashcamtest *test = dashcamtags_new (TS, __i__, DASHCAMTEST_ALL, &told);
  g_autoptr (GstStreamCollection) all = NULL;

  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  all = dashcamtags_collection (test, "gps_0");
  fail_unless (all != NULL);
  fail_unless_equals_int (gst_stream_collection_get_size (all),
      test->pads->len);
  for (guint i = 0; i < test->pads->len; i++) {
    DashcamtestPad *pad = g_ptr_array_index (test->pads, i);
    g_autoptr (GstStreamCollection) collection = dashcamtags_collection (test,
        pad->name);
    g_autoptr (GstEvent) event = dashcamtest_event (test, pad->name,
        GST_EVENT_STREAM_START);
    const gchar *id;

    fail_unless (collection == all, "%s", pad->name);
    gst_event_parse_stream_start (event, &id);
    fail_unless (dashcamtags_has_stream (all, id), "%s", pad->name);
  }
  dashcamtags_free (test, &told);
}

GST_END_TEST;

GST_START_TEST (test_cameras_are_those_of_dialects)
{
  const char *name, *maker, *model;
  guint n = 0;

  for (gsize i = 0; (name = dialectcamera_get_name (i)) != NULL; i++) {
    const Dialect *dialect = NULL;
    gboolean found = FALSE;

    for (gsize k = 0; (dialect = dialect_get (k)) != NULL && !found; k++)
      found = g_str_equal (dialect->name, name);
    fail_unless (found, "%s is no dialect", name);
    fail_unless (dialectcamera_get (name, &maker, &model));
    n++;
  }
  fail_unless (n > 20);
  fail_if (dialectcamera_get ("novatek-e", &maker, &model));
  fail_if (dialectcamera_get ("", &maker, &model));
}

GST_END_TEST;

static Suite *
dashcamtags_suite (void)
{
  Suite *s = suite_create ("dashcamtags");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_summary_says_what_the_track_is, 0,
      3 * DASHCAMTEST_BYTES);
  tcase_add_test (tc, test_summary_counts_voids_and_times);
  tcase_add_loop_test (tc,
      test_summary_of_encrypted_records_names_their_dialect, 0,
      DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_summary_is_not_told_again_behind_a_seek, 0, 2);
  tcase_add_loop_test (tc, test_first_fix_is_told_as_tags_on_all_pads, 0,
      3 * DASHCAMTEST_BYTES);
  tcase_add_loop_test (tc, test_what_the_file_says_itself_stays, 0, 3);
  tcase_add_loop_test (tc, test_tag_interval_tells_later_fixes, 0, 4);
  tcase_add_loop_test (tc, test_all_streams_are_in_one_collection, 0,
      DASHCAMTEST_BYTES);
  tcase_add_test (tc, test_cameras_are_those_of_dialects);
  return s;
}

GST_CHECK_MAIN (dashcamtags);
