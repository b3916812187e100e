/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

#include <gst/gps/gps.h>
#include <gst/video/video.h>

#include <math.h>
#include <string.h>

#define WIDTH 1280
#define HEIGHT 720
#define GREY 128
#define METRES_PER_DEGREE 111195.0

typedef struct
{
  guint x, y, width, height;
} Area;

/* Parts of the picture, generously: where plates are in the default
 * placement, and where none is. */
static const Area text_area = { 0, 500, 480, 220 };
static const Area compass_area = { 400, 0, 480, 120 };
static const Area track_area = { 1000, 440, 280, 280 };
static const Area middle_area = { 0, 130, 1280, 300 };
static const Area whole_area = { 0, 0, WIDTH, HEIGHT };

static GstHarness *
overlay_new_with_caps (const gchar * caps)
{
  GstHarness *harness = gst_harness_new ("gpsoverlay");

  gst_harness_set_src_caps_str (harness, caps);
  return harness;
}

#define CAPS "video/x-raw, format=(string)GRAY8, width=(int)1280, " \
    "height=(int)720, framerate=(fraction)30/1"

static GstHarness *
overlay_new (void)
{
  return overlay_new_with_caps (CAPS);
}

/* Drives north-east at 25 m/s from an hour on. */
static GstGpsFix
overlay_fix (gdouble seconds)
{
  GstGpsFix fix = { 0 };

  fix.fields = GST_GPS_FIX_FIELD_SPEED | GST_GPS_FIX_FIELD_COURSE |
      GST_GPS_FIX_FIELD_ALTITUDE;
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  fix.time = G_GINT64_CONSTANT (1616081974) * G_USEC_PER_SEC +
      (gint64) (seconds * G_USEC_PER_SEC);
  fix.latitude = 25.0 * seconds * G_SQRT2 / 2.0 / METRES_PER_DEGREE;
  fix.longitude = fix.latitude;
  fix.altitude = 120.0;
  fix.speed = 25.0;
  fix.course = 45.0;
  return fix;
}

static GstBuffer *
overlay_buffer (gsize size, gdouble seconds, const GstGpsFix * fix)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);

  gst_buffer_memset (buffer, 0, GREY, size);
  GST_BUFFER_PTS (buffer) = (GstClockTime) (seconds * GST_SECOND);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  if (fix)
    gst_buffer_add_gps_meta (buffer, fix);
  return buffer;
}

/* What comes out for a grey picture. */
static GstBuffer *
overlay_push (GstHarness * harness, gdouble seconds, const GstGpsFix * fix)
{
  GstBuffer *buffer = gst_harness_push_and_pull (harness,
      overlay_buffer (WIDTH * HEIGHT, seconds, fix));

  fail_unless (buffer != NULL);
  fail_unless_equals_uint64 (gst_buffer_get_size (buffer), WIDTH * HEIGHT);
  return buffer;
}

static GstBuffer *
overlay_drive (GstHarness * harness, gdouble seconds)
{
  GstGpsFix fix = overlay_fix (seconds);

  return overlay_push (harness, seconds, &fix);
}

/* How many pixels of an area differ from another picture's, or from grey. */
static guint
overlay_count (GstBuffer * buffer, GstBuffer * other, Area area)
{
  GstMapInfo map, other_map = { 0 };
  guint n = 0;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  if (other)
    fail_unless (gst_buffer_map (other, &other_map, GST_MAP_READ));
  for (guint y = area.y; y < area.y + area.height; y++) {
    for (guint x = area.x; x < area.x + area.width; x++)
      n += map.data[y * WIDTH + x] !=
          (other ? other_map.data[y * WIDTH + x] : GREY);
  }
  gst_buffer_unmap (buffer, &map);
  if (other)
    gst_buffer_unmap (other, &other_map);
  return n;
}

static guint8
overlay_pixel (GstBuffer * buffer, guint x, guint y)
{
  guint8 pixel = 0;

  fail_unless_equals_int (gst_buffer_extract (buffer, y * WIDTH + x, &pixel,
          1), 1);
  return pixel;
}

GST_START_TEST (test_without_fixes_buffers_pass_untouched)
{
  GstHarness *harness = overlay_new ();

  for (guint i = 0; i < 3; i++) {
    GstBuffer *in = overlay_buffer (WIDTH * HEIGHT, i, NULL);
    g_autoptr (GstBuffer) out = NULL;

    /* neither written to, nor copied to be written to */
    gst_buffer_ref (in);
    out = gst_harness_push_and_pull (harness, in);
    fail_unless (out == in);
    fail_unless_equals_int (overlay_count (out, NULL, whole_area), 0);
    gst_buffer_unref (in);
  }
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_plates_are_drawn_and_nothing_else)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) out = overlay_drive (harness, 0.0);

  fail_unless (overlay_count (out, NULL, text_area) > 50000);
  fail_unless (overlay_count (out, NULL, compass_area) > 25000);
  fail_unless (overlay_count (out, NULL, track_area) > 40000);
  fail_unless_equals_int (overlay_count (out, NULL, middle_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* Half as bright, for the ground is half transparent and nearly black. */
GST_START_TEST (test_a_plate_lets_the_picture_through)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) half = overlay_drive (harness, 0.0);
  g_autoptr (GstBuffer) opaque = NULL;
  g_autoptr (GstBuffer) none = NULL;
  g_autoptr (GstBuffer) clear = NULL;

  fail_unless (ABS (overlay_pixel (half, 26, 690) - 72) <= 6, "%u",
      overlay_pixel (half, 26, 690));
  g_object_set (harness->element, "plate-opacity", 1.0, NULL);
  opaque = overlay_drive (harness, 0.1);
  fail_unless (overlay_pixel (opaque, 26, 690) < 30, "%u",
      overlay_pixel (opaque, 26, 690));
  g_object_set (harness->element, "plate-opacity", 0.0, NULL);
  clear = overlay_drive (harness, 0.2);
  fail_unless_equals_int (overlay_pixel (clear, 26, 690), GREY);
  fail_unless (overlay_count (clear, NULL, text_area) > 5000);
  g_object_set (harness->element, "plate-opacity", 1.0, "opacity", 0.0, NULL);
  none = overlay_drive (harness, 0.3);
  fail_unless_equals_int (overlay_count (none, NULL, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_items_are_chosen)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) speed = NULL;
  g_autoptr (GstBuffer) heading = NULL;
  g_autoptr (GstBuffer) track = NULL;
  g_autoptr (GstBuffer) none = NULL;

  gst_util_set_object_arg (G_OBJECT (harness->element), "items", "speed");
  speed = overlay_drive (harness, 0.0);
  fail_unless (overlay_count (speed, NULL, text_area) > 5000);
  fail_unless_equals_int (overlay_count (speed, NULL, compass_area), 0);
  fail_unless_equals_int (overlay_count (speed, NULL, track_area), 0);
  gst_util_set_object_arg (G_OBJECT (harness->element), "items", "heading");
  heading = overlay_drive (harness, 0.1);
  fail_unless_equals_int (overlay_count (heading, NULL, text_area), 0);
  fail_unless (overlay_count (heading, NULL, compass_area) > 5000);
  gst_util_set_object_arg (G_OBJECT (harness->element), "items", "track");
  track = overlay_drive (harness, 0.2);
  fail_unless_equals_int (overlay_count (track, NULL, compass_area), 0);
  fail_unless (overlay_count (track, NULL, track_area) > 5000);
  g_object_set (harness->element, "items", 0, NULL);
  none = overlay_drive (harness, 0.3);
  fail_unless_equals_int (overlay_count (none, NULL, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_placement_moves_the_plates)
{
  GstHarness *harness = overlay_new ();
  const Area left = { 0, 0, 500, HEIGHT }, right = { 780, 0, 500, HEIGHT };
  const Area upper = { 0, 0, WIDTH, 360 };
  g_autoptr (GstBuffer) top = NULL;
  g_autoptr (GstBuffer) at_left = NULL;
  g_autoptr (GstBuffer) at_right = NULL;

  gst_util_set_object_arg (G_OBJECT (harness->element), "items",
      "speed+time+track");
  gst_util_set_object_arg (G_OBJECT (harness->element), "placement", "top");
  top = overlay_drive (harness, 0.0);
  fail_unless_equals_int (overlay_count (top, NULL, upper),
      overlay_count (top, NULL, whole_area));
  gst_util_set_object_arg (G_OBJECT (harness->element), "placement", "left");
  at_left = overlay_drive (harness, 0.1);
  fail_unless_equals_int (overlay_count (at_left, NULL, left),
      overlay_count (at_left, NULL, whole_area));
  gst_util_set_object_arg (G_OBJECT (harness->element), "placement", "right");
  at_right = overlay_drive (harness, 0.2);
  fail_unless_equals_int (overlay_count (at_right, NULL, right),
      overlay_count (at_right, NULL, whole_area));
  fail_unless (overlay_count (at_right, NULL, whole_area) > 50000);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* Each frame has another speed, as with fixes between fixes. */
GST_START_TEST (test_numbers_change_four_times_a_second)
{
  GstHarness *harness = overlay_new ();
  GstBuffer *last = NULL;
  guint changes = 0;

  for (guint i = 0; i < 60; i++) {
    GstGpsFix fix = overlay_fix (i / 30.0);
    GstBuffer *out;

    fix.speed = 20.0 + i;
    out = overlay_push (harness, i / 30.0, &fix);
    if (last)
      changes += overlay_count (out, last, text_area) > 0;
    gst_clear_buffer (&last);
    last = out;
  }
  gst_clear_buffer (&last);
  fail_unless (changes >= 7 && changes <= 9, "%u changes", changes);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* And the compass with each frame. */
GST_START_TEST (test_the_compass_turns_smoothly)
{
  GstHarness *harness = overlay_new ();
  GstBuffer *last = NULL;

  for (guint i = 0; i < 10; i++) {
    GstGpsFix fix = overlay_fix (i / 30.0);
    GstBuffer *out;

    fix.course = fmod (358.0 + i * 0.5, 360.0);
    out = overlay_push (harness, i / 30.0, &fix);
    if (last)
      fail_unless (overlay_count (out, last, compass_area) > 100);
    gst_clear_buffer (&last);
    last = out;
  }
  gst_clear_buffer (&last);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_a_fix_is_held_and_then_not_known)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) start = NULL;
  g_autoptr (GstBuffer) held = NULL;
  g_autoptr (GstBuffer) lost = NULL;
  g_autoptr (GstBuffer) back = NULL;

  g_object_set (harness->element, "hold", 3 * GST_SECOND, NULL);
  start = overlay_drive (harness, 0.0);
  held = overlay_push (harness, 3.0, NULL);
  fail_unless_equals_int (overlay_count (held, start, whole_area), 0);
  lost = overlay_push (harness, 3.1, NULL);
  fail_unless (overlay_count (lost, start, text_area) > 1000);
  fail_unless (overlay_count (lost, start, compass_area) > 1000);
  fail_unless (overlay_count (lost, start, track_area) > 50);
  fail_unless (overlay_count (lost, NULL, track_area) > 40000);
  back = overlay_push (harness, 3.2, NULL);
  fail_unless_equals_int (overlay_count (back, lost, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_an_encrypted_fix_shows_all_but_its_position)
{
  GstHarness *harness = overlay_new ();
  GstHarness *other = overlay_new ();
  GstGpsFix fix = overlay_fix (0.0);
  g_autoptr (GstBuffer) encrypted = NULL;
  g_autoptr (GstBuffer) expected = NULL;

  gst_util_set_object_arg (G_OBJECT (other->element), "items",
      "speed+heading+time+altitude");
  expected = overlay_push (other, 0.0, &fix);
  fix.fields |= GST_GPS_FIX_FIELD_POSITION_ENCRYPTED;
  fix.latitude = fix.longitude = (gdouble) NAN;
  encrypted = overlay_push (harness, 0.0, &fix);
  fail_unless (overlay_count (encrypted, NULL, text_area) > 10000);
  fail_unless_equals_int (overlay_count (encrypted, expected, whole_area), 0);
  gst_harness_teardown (harness);
  gst_harness_teardown (other);
}

GST_END_TEST;

static const gdouble odd_numbers[] = {
  (gdouble) NAN, (gdouble) INFINITY, -(gdouble) INFINITY, 1e300, -1e300, -0.0
};

/* Alone, and behind a good one. */
GST_START_TEST (test_any_number_is_drawn_or_left_out)
{
  GstHarness *harness = overlay_new ();
  gdouble odd = odd_numbers[__i__];

  for (guint i = 0; i < 20; i++) {
    GstGpsFix fix = overlay_fix (i);

    if (i != 5) {
      fix.latitude = i & 1 ? odd : fix.latitude;
      fix.longitude = i & 2 ? odd : fix.longitude;
      fix.speed = fix.course = fix.altitude = odd;
      fix.time = i & 4 ? G_MAXINT64 : G_MININT64;
    }
    gst_buffer_unref (overlay_push (harness, i, &fix));
  }
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_a_fix_of_nothing_draws_nothing)
{
  GstHarness *harness = overlay_new ();
  GstGpsFix fix = { 0 };
  g_autoptr (GstBuffer) out = NULL;

  fix.latitude = fix.longitude = (gdouble) NAN;
  out = overlay_push (harness, 0.0, &fix);
  fail_unless_equals_int (overlay_count (out, NULL, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

static void
overlay_seek (GstHarness * harness, gdouble seconds)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = segment.position =
      (GstClockTime) (seconds * GST_SECOND);
  fail_unless (gst_harness_push_event (harness, gst_event_new_flush_start ()));
  fail_unless (gst_harness_push_event (harness,
          gst_event_new_flush_stop (TRUE)));
  fail_unless (gst_harness_push_event (harness,
          gst_event_new_segment (&segment)));
}

/* The picture is that of the start time. */
GST_START_TEST (test_a_seek_back_shows_only_what_is_before)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) start = overlay_drive (harness, 0.0);
  g_autoptr (GstBuffer) later = NULL;
  g_autoptr (GstBuffer) middle = NULL;
  g_autoptr (GstBuffer) again = NULL;

  for (guint i = 1; i < 100; i++) {
    gst_clear_buffer (&later);
    later = overlay_drive (harness, i);
  }
  fail_unless (overlay_count (later, start, track_area) > 500);
  /* also before a fix comes */
  overlay_seek (harness, 50.0);
  middle = overlay_push (harness, 50.0, NULL);
  fail_unless (overlay_count (middle, later, track_area) > 500);
  overlay_seek (harness, 0.0);
  again = overlay_drive (harness, 0.0);
  fail_unless_equals_int (overlay_count (again, start, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* The numbers of what was seen before it are not shown. */
GST_START_TEST (test_a_flush_forgets_the_fix)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) start = overlay_drive (harness, 5.0);
  g_autoptr (GstBuffer) held = overlay_push (harness, 5.1, NULL);
  g_autoptr (GstBuffer) flushed = NULL;

  fail_unless_equals_int (overlay_count (held, start, whole_area), 0);
  overlay_seek (harness, 5.2);
  flushed = overlay_push (harness, 5.2, NULL);
  fail_unless (overlay_count (flushed, start, text_area) > 1000);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_the_track_goes_on_in_the_next_stream)
{
  GstHarness *harness = overlay_new ();
  GstHarness *other = overlay_new ();
  g_autoptr (GstBuffer) next = NULL;
  g_autoptr (GstBuffer) expected = NULL;
  GstGpsFix fix;

  for (guint i = 0; i < 30; i++) {
    gst_buffer_unref (overlay_drive (harness, i));
    gst_buffer_unref (overlay_drive (other, i));
  }
  fail_unless (gst_harness_push_event (harness,
          gst_event_new_stream_start ("next")));
  gst_harness_set_src_caps_str (harness, CAPS);
  fix = overlay_fix (30.0);
  next = overlay_push (harness, 1.0, &fix);
  expected = overlay_push (other, 30.0, &fix);
  fail_unless_equals_int (overlay_count (next, expected, whole_area), 0);
  gst_harness_teardown (harness);
  gst_harness_teardown (other);
}

GST_END_TEST;

/* Buffers without a time do not make it run out, nor do they harm. */
GST_START_TEST (test_buffers_without_time)
{
  GstHarness *harness = overlay_new ();
  GstGpsFix fix = overlay_fix (0.0);

  for (guint i = 0; i < 3; i++) {
    GstBuffer *in = overlay_buffer (WIDTH * HEIGHT, 0.0, i ? NULL : &fix);
    GstBuffer *out;

    GST_BUFFER_PTS (in) = GST_CLOCK_TIME_NONE;
    out = gst_harness_push_and_pull (harness, in);
    fail_unless (overlay_count (out, NULL, text_area) > 10000);
    gst_buffer_unref (out);
  }
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* The decoder in front hears of it, and drops where that saves something. */
GST_START_TEST (test_a_late_frame_is_drawn_too)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) start = overlay_drive (harness, 0.0);
  g_autoptr (GstBuffer) late = NULL;
  g_autoptr (GstEvent) event = NULL;

  fail_unless (gst_harness_push_upstream_event (harness,
          gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, GST_SECOND,
              10 * GST_SECOND)));
  late = overlay_drive (harness, 1.0);
  fail_unless (overlay_count (late, start, text_area) > 0);
  while ((event = gst_harness_try_pull_upstream_event (harness))
      && GST_EVENT_TYPE (event) != GST_EVENT_QOS)
    g_clear_pointer (&event, gst_event_unref);
  fail_unless (event != NULL);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* Forms of pictures */

static void
overlay_draw_on (const gchar * format, guint width, guint height,
    const gchar * more, gboolean must_draw)
{
  g_autofree gchar *text = g_strdup_printf ("video/x-raw, format=(string)%s, "
      "width=(int)%u, height=(int)%u, framerate=(fraction)30/1%s", format,
      width, height, more);
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);
  GstHarness *harness = overlay_new_with_caps (text);
  GstGpsFix fix = overlay_fix (0.0);
  GstBuffer *in, *out, *before;
  GstVideoInfo info;
  GstMapInfo map;

  fail_unless (gst_video_info_from_caps (&info, caps), "%s", text);
  in = overlay_buffer (info.size, 0.0, &fix);
  before = gst_buffer_copy_deep (in);
  out = gst_harness_push_and_pull (harness, in);
  fail_unless (out != NULL, "%s", text);
  fail_unless (gst_buffer_map (before, &map, GST_MAP_READ));
  if (must_draw)
    fail_if (gst_buffer_memcmp (out, 0, map.data, map.size) == 0, "%s", text);
  gst_buffer_unmap (before, &map);
  gst_buffer_unref (before);
  gst_buffer_unref (out);
  gst_harness_teardown (harness);
}

GST_START_TEST (test_all_formats_of_the_pads_are_drawn_on)
{
  g_autoptr (GstElement) element = gst_element_factory_make ("gpsoverlay",
      NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_pad_template_caps (pad);
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure
      (caps, 0), "format");
  guint n = gst_value_list_get_size (formats);

  fail_unless (n > 30);
  for (guint i = 0; i < n; i++)
    overlay_draw_on (g_value_get_string (gst_value_list_get_value (formats,
                i)), 320, 240, "", TRUE);
}

GST_END_TEST;

/* The picture of a fix, in a format. */
static GstBuffer *
overlay_make (const gchar * format, GstVideoInfo * ret_info)
{
  g_autofree gchar *text = g_strdup_printf ("video/x-raw, format=(string)%s, "
      "width=(int)640, height=(int)360, framerate=(fraction)30/1", format);
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);
  GstHarness *harness = overlay_new_with_caps (text);
  GstGpsFix fix = overlay_fix (0.0);
  GstBuffer *out;

  fail_unless (gst_video_info_from_caps (ret_info, caps), "%s", text);
  out = gst_harness_push_and_pull (harness, overlay_buffer (ret_info->size, 0.0,
          &fix));
  gst_harness_teardown (harness);
  return out;
}

/* Not checked one by one: there are millions. */
static guint
overlay_count_other (GstVideoFrame * a, GstVideoFrame * b, guint component)
{
  const gint step_a = GST_VIDEO_FRAME_COMP_PSTRIDE (a, component);
  const gint step_b = GST_VIDEO_FRAME_COMP_PSTRIDE (b, component);
  guint n = 0;

  for (gint y = 0; y < GST_VIDEO_FRAME_HEIGHT (a); y++) {
    const guint8 *row_a = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (a,
        component) + y * GST_VIDEO_FRAME_COMP_STRIDE (a, component);
    const guint8 *row_b = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (b,
        component) + y * GST_VIDEO_FRAME_COMP_STRIDE (b, component);

    for (gint x = 0; x < GST_VIDEO_FRAME_WIDTH (a); x++)
      n += row_a[x * step_a] != row_b[x * step_b];
  }
  return n;
}

/* Words have a way of their own; it gives what bytes give. */
GST_START_TEST (test_words_have_the_colours_of_bytes)
{
  static const gchar *const formats[] = { "BGRx", "RGBx", "xRGB", "xBGR" };
  GstVideoInfo info, bytes_info;
  g_autoptr (GstBuffer) bytes = overlay_make ("RGB", &bytes_info);
  g_autoptr (GstBuffer) words = overlay_make (formats[__i__], &info);
  GstVideoFrame a, b;

  fail_unless (gst_video_frame_map (&a, &bytes_info, bytes, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&b, &info, words, GST_MAP_READ));
  for (guint c = 0; c < 3; c++)
    fail_unless_equals_int (overlay_count_other (&a, &b, c), 0);
  gst_video_frame_unmap (&a);
  gst_video_frame_unmap (&b);
}

GST_END_TEST;

static const guint sizes[][2] = {
  {1, 1}, {1, 1080}, {1920, 1}, {16, 16}, {17, 33}, {641, 359}, {720, 1280},
  {3840, 2160}, {8192, 4320}, {8192, 16}, {16, 8192}
};

GST_START_TEST (test_pictures_of_any_size)
{
  guint width = sizes[__i__][0], height = sizes[__i__][1];
  gboolean large = width > 300 && height > 300;

  overlay_draw_on ("I420", width, height, "", large);
  overlay_draw_on ("BGRx", width, height, "", large);
  overlay_draw_on ("NV12", width, height,
      ", pixel-aspect-ratio=(fraction)64/45", large);
  overlay_draw_on ("NV12", width, height,
      ", pixel-aspect-ratio=(fraction)1/1000000", FALSE);
  overlay_draw_on ("NV12", width, height,
      ", interlace-mode=(string)interleaved", large);
}

GST_END_TEST;

/* As wide as on square pixels, to the eye. */
GST_START_TEST (test_wide_pixels_make_narrow_plates)
{
  GstHarness *harness = overlay_new_with_caps (CAPS
      ", pixel-aspect-ratio=(fraction)2/1");
  const Area left = { 0, 500, 230, 220 }, right = { 230, 500, 600, 220 };
  g_autoptr (GstBuffer) out = overlay_drive (harness, 0.0);

  fail_unless (overlay_count (out, NULL, left) > 20000);
  fail_unless_equals_int (overlay_count (out, NULL, right), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_caps_change_in_mid_stream)
{
  GstHarness *harness = overlay_new ();
  GstGpsFix fix = overlay_fix (1.0);
  g_autoptr (GstBuffer) start = overlay_drive (harness, 0.0);
  g_autoptr (GstBuffer) small = NULL;
  g_autoptr (GstBuffer) again = NULL;

  fail_unless (overlay_count (start, NULL, text_area) > 10000);
  gst_harness_set_src_caps_str (harness, "video/x-raw, format=(string)I420, "
      "width=(int)640, height=(int)360, framerate=(fraction)30/1");
  small = gst_harness_push_and_pull (harness, overlay_buffer (640 * 360 * 3 / 2,
          1.0, &fix));
  fail_unless (small != NULL);
  gst_harness_set_src_caps_str (harness, CAPS);
  again = overlay_push (harness, 1.05, NULL);
  fail_unless (overlay_count (again, NULL, text_area) > 10000);
  fail_unless_equals_int (overlay_count (again, NULL, middle_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

GST_START_TEST (test_a_new_run_begins_anew)
{
  GstHarness *harness = overlay_new ();
  g_autoptr (GstBuffer) start = overlay_drive (harness, 0.0);
  g_autoptr (GstBuffer) untouched = NULL;

  fail_unless (overlay_count (start, NULL, whole_area) > 0);
  fail_unless (gst_element_set_state (harness->element, GST_STATE_READY)
      == GST_STATE_CHANGE_SUCCESS);
  gst_harness_play (harness);
  gst_harness_set_src_caps_str (harness, CAPS);
  untouched = overlay_push (harness, 1.0, NULL);
  fail_unless_equals_int (overlay_count (untouched, NULL, whole_area), 0);
  gst_harness_teardown (harness);
}

GST_END_TEST;

/* Properties are written while frames are drawn. */
GST_START_TEST (test_properties_change_while_frames_are_drawn)
{
  GstHarness *harness = overlay_new ();
  GstHarnessThread *threads[3];
  g_auto (GValue) scale = G_VALUE_INIT;
  g_auto (GValue) offset = G_VALUE_INIT;
  g_auto (GValue) opacity = G_VALUE_INIT;

  g_value_init (&scale, G_TYPE_DOUBLE);
  g_value_set_double (&scale, 4.0);
  g_value_init (&offset, G_TYPE_INT);
  g_value_set_int (&offset, 60);
  g_value_init (&opacity, G_TYPE_DOUBLE);
  g_value_set_double (&opacity, 0.5);
  threads[0] = gst_harness_stress_property_start (harness, "scale", &scale);
  threads[1] = gst_harness_stress_property_start (harness, "utc-offset",
      &offset);
  threads[2] = gst_harness_stress_property_start (harness, "opacity", &opacity);
  for (guint i = 0; i < 100; i++)
    gst_buffer_unref (overlay_drive (harness, i / 30.0));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    (void) gst_harness_stress_thread_stop (threads[i]);
  gst_harness_teardown (harness);
}

GST_END_TEST;

static Suite *
gpsoverlay_suite (void)
{
  Suite *s = suite_create ("gpsoverlay");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_without_fixes_buffers_pass_untouched);
  tcase_add_test (tc, test_plates_are_drawn_and_nothing_else);
  tcase_add_test (tc, test_a_plate_lets_the_picture_through);
  tcase_add_test (tc, test_items_are_chosen);
  tcase_add_test (tc, test_placement_moves_the_plates);
  tcase_add_test (tc, test_numbers_change_four_times_a_second);
  tcase_add_test (tc, test_the_compass_turns_smoothly);
  tcase_add_test (tc, test_a_fix_is_held_and_then_not_known);
  tcase_add_test (tc, test_an_encrypted_fix_shows_all_but_its_position);
  tcase_add_loop_test (tc, test_any_number_is_drawn_or_left_out, 0,
      G_N_ELEMENTS (odd_numbers));
  tcase_add_test (tc, test_a_fix_of_nothing_draws_nothing);
  tcase_add_test (tc, test_a_seek_back_shows_only_what_is_before);
  tcase_add_test (tc, test_a_flush_forgets_the_fix);
  tcase_add_test (tc, test_the_track_goes_on_in_the_next_stream);
  tcase_add_test (tc, test_buffers_without_time);
  tcase_add_test (tc, test_a_late_frame_is_drawn_too);
  tcase_add_test (tc, test_all_formats_of_the_pads_are_drawn_on);
  tcase_add_loop_test (tc, test_words_have_the_colours_of_bytes, 0, 4);
  tcase_add_loop_test (tc, test_pictures_of_any_size, 0, G_N_ELEMENTS (sizes));
  tcase_add_test (tc, test_wide_pixels_make_narrow_plates);
  tcase_add_test (tc, test_caps_change_in_mid_stream);
  tcase_add_test (tc, test_a_new_run_begins_anew);
  tcase_add_test (tc, test_properties_change_while_frames_are_drawn);
  return s;
}

GST_CHECK_MAIN (gpsoverlay);
