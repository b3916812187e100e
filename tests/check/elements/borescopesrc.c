/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What leaves the element, of cameras of all protocols. */

#include <unistd.h>

#include "borescopetest.h"

static const SimMolinkVariant variants[] = {
  SIM_MOLINK_A, SIM_MOLINK_B, SIM_MOLINK_C
};

static const gchar *const protocols[] = {
  "molink-a", "molink-b", "molink-tcp"
};

static void
init_options (SimBorescopeOptions * options, SimMolinkVariant variant)
{
  sim_borescope_options_init (options);
  options->variant = variant;
  options->fps = 50;
  options->width = 320;
  options->height = 240;
}

static void
check_pictures (Borescopetest * test, SimBorescope * camera, guint begin,
    guint end)
{
  borescopetest_wait (test, end);
  for (guint i = begin; i < end; i++) {
    g_autoptr (GstBuffer) buffer = borescopetest_get (test, i);

    fail_unless (borescopetest_find_frame (camera, buffer) >= 0,
        "picture %u is none of the camera's", i);
  }
}

GST_START_TEST (test_the_protocol_is_told_by_the_camera)
{
  SimBorescopeOptions options;
  guint port = 0;

  init_options (&options, variants[__i__]);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  borescopetest_play (test);
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-connected");
  const GstStructure *told = gst_message_get_structure (message);
  assert_equals_string (gst_structure_get_string (told, "protocol"),
      protocols[__i__]);
  assert_equals_string (gst_structure_get_string (told, "host"), "127.0.0.1");
  fail_unless (gst_structure_get_uint (told, "port", &port));
  assert_equals_int (port, sim_borescope_get_port (camera));
  fail_unless (gst_structure_get_uint (told, "width", &port) && port == 320);
  fail_unless (gst_structure_get_uint (told, "height", &port) && port == 240);
  check_pictures (test, camera, 0, 10);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_the_protocol_may_be_told_by_the_user)
{
  SimBorescopeOptions options;

  init_options (&options, variants[__i__]);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  gst_util_set_object_arg (G_OBJECT (test->source), "protocol",
      protocols[__i__]);
  borescopetest_play (test);
  check_pictures (test, camera, 0, 10);
  borescopetest_free (test);
}

GST_END_TEST;

GST_START_TEST (test_another_protocol_is_not_listened_to)
{
  static const gchar *const others[] = {
    "protocol=molink-b", "protocol=molink-tcp", "protocol=molink-a"
  };
  SimBorescopeOptions options;

  init_options (&options, variants[__i__]);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, others[__i__]);

  g_object_set (test->source, "connect-timeout", (guint64) 500 * GST_MSECOND,
      NULL);
  borescopetest_play (test);
  borescopetest_expect_error (test, GST_RESOURCE_ERROR,
      GST_RESOURCE_ERROR_NOT_FOUND);
  borescopetest_free (test);
}

GST_END_TEST;

/* An address of its own in 127/8 has all ports free. */
static gchar *
own_address (void)
{
  guint id = (guint) getpid ();

  return g_strdup_printf ("127.%u.%u.%u", 1 + (id >> 15) % 254, id >> 8 & 0x7f,
      1 + (id & 0xff) % 254);
}

typedef struct
{
  SimMolinkVariant variant;
  guint16 port;
} ProbeCase;

static const ProbeCase probe_cases[] = {
  {SIM_MOLINK_A, 8030}, {SIM_MOLINK_B, 8031}, {SIM_MOLINK_A, 8032},
  {SIM_MOLINK_C, 7060}
};

GST_START_TEST (test_port_0_finds_the_port_of_the_camera)
{
  const ProbeCase *c = &probe_cases[__i__];
  g_autofree gchar *address = own_address ();
  SimBorescopeOptions options;
  guint port = 0;

  init_options (&options, c->variant);
  options.address = address;
  options.port = c->port;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  g_object_set (test->source, "host", address, "port", 0, NULL);
  borescopetest_play (test);
  g_autoptr (GstMessage) message = borescopetest_wait_element_message (test,
      "borescope-connected");
  fail_unless (gst_structure_get_uint (gst_message_get_structure (message),
          "port", &port));
  assert_equals_int (port, c->port);
  check_pictures (test, camera, 0, 5);
  borescopetest_free (test);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_END, 1,
          BORESCOPETEST_PATIENCE_MS));
}

GST_END_TEST;

typedef struct
{
  SimMolinkVariant variant;
  SimMolinkInvert invert;
  const gchar *descramble;
  guint settled;                /* pictures from this one on are right */
} DescrambleCase;

/* What auto learns costs the first pictures, of firmware that is not the usual. */
static const DescrambleCase descramble_cases[] = {
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_FORMULA, "descramble=formula", 0},
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_HALF, "descramble=middle", 0},
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_NONE, "descramble=none", 0},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_FORMULA, "descramble=formula", 0},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_HALF, "descramble=middle", 0},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_NONE, "descramble=none", 0},
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_FORMULA, "descramble=auto", 20},
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_HALF, "descramble=auto", 20},
  {SIM_MOLINK_B, SIM_MOLINK_INVERT_NONE, "descramble=auto", 0},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_FORMULA, "descramble=auto", 20},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_HALF, "descramble=auto", 20},
  {SIM_MOLINK_C, SIM_MOLINK_INVERT_NONE, "descramble=auto", 20},
};

GST_START_TEST (test_the_inverted_byte_is_put_right)
{
  const DescrambleCase *c = &descramble_cases[__i__];
  SimBorescopeOptions options;

  init_options (&options, c->variant);
  options.invert = c->invert;
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, c->descramble);

  borescopetest_play (test);
  check_pictures (test, camera, c->settled, c->settled + 10);
  borescopetest_free (test);
}

GST_END_TEST;

/* So the tests above would see it. */
GST_START_TEST (test_the_wrong_setting_damages_pictures)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_B);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "descramble=middle");

  borescopetest_play (test);
  borescopetest_wait (test, 1);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, 0);
  assert_equals_int (borescopetest_find_frame (camera, buffer), -1);
  borescopetest_free (test);
}

GST_END_TEST;

/* Of a CAPS event, or 0. */
static gint
get_width (GstMiniObject * item)
{
  GstCaps *caps;
  gint width = 0;

  if (!GST_IS_EVENT (item)
      || GST_EVENT_TYPE (GST_EVENT (item)) != GST_EVENT_CAPS)
    return 0;
  gst_event_parse_caps (GST_EVENT (item), &caps);
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  fail_unless (gst_structure_has_name (structure, "image/jpeg"));
  fail_unless (gst_structure_get_int (structure, "width", &width));
  return width;
}

/* From 320x240 to 640x480 before frame 10, and back before frame 20. */
GST_START_TEST (test_caps_change_right_before_the_picture_of_another_size)
{
  SimBorescopeOptions options;
  gint width = 0;
  guint n_caps = 0;
  GstMiniObject *item;

  init_options (&options, variants[__i__]);
  options.fps = 25;
  options.faults = "resize 10 640 480; resize 20 320 240";
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "max-queued-frames=16");

  borescopetest_play (test);
  borescopetest_wait (test, 30);
  for (guint i = 0; (item = borescopetest_get_item (test, i)); i++) {
    if (get_width (item)) {
      width = get_width (item);
      n_caps++;
    } else if (GST_IS_BUFFER (item)) {
      gint frame = borescopetest_find_frame (camera, GST_BUFFER (item));

      assert_equals_int (width, frame >= 10 && frame < 20 ? 640 : 320);
    }
    gst_mini_object_unref (item);
  }
  assert_equals_int (n_caps, 3);
  borescopetest_free (test);
}

GST_END_TEST;

static GstClockTime
query_latency (Borescopetest * test)
{
  g_autoptr (GstQuery) query = gst_query_new_latency ();
  GstClockTime min, max;
  gboolean live;

  fail_unless (gst_element_query (test->source, query));
  gst_query_parse_latency (query, &live, &min, &max);
  fail_unless (live);
  fail_unless (max == GST_CLOCK_TIME_NONE || max >= min);
  return min;
}

/* Sinks post such ones too. */
static void
wait_latency_message (Borescopetest * test)
{
  gboolean is_ours;

  do {
    g_autoptr (GstMessage) message = borescopetest_wait_message (test,
        GST_MESSAGE_LATENCY);

    is_ours = GST_MESSAGE_SRC (message) == GST_OBJECT (test->source);
  } while (!is_ours);
}

GST_START_TEST (test_latency_grows_with_the_time_that_frames_take)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_A);
  options.fps = 10;
  options.faults = "delay 5-9999 1 300";
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, "latency=250");

  borescopetest_play (test);
  borescopetest_wait (test, 2);
  assert_equals_uint64 (query_latency (test), 250 * GST_MSECOND);
  wait_latency_message (test);
  /* a fragment may have waited for its reader */
  fail_unless (query_latency (test) > 270 * GST_MSECOND);
  borescopetest_free (test);
}

GST_END_TEST;

/* What downstream says it is late by is not sent to it. */
GST_START_TEST (test_late_pictures_are_dropped)
{
  SimBorescopeOptions options;

  init_options (&options, SIM_MOLINK_A);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (test->source, "src");

  borescopetest_play (test);
  borescopetest_wait (test, 5);
  g_autoptr (GstBuffer) buffer = borescopetest_get (test, 4);
  GstClockTime late_until = GST_BUFFER_PTS (buffer) + 150 * GST_MSECOND;
  fail_unless (gst_pad_send_event (pad,
          gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 2.0, 150 * GST_MSECOND,
              GST_BUFFER_PTS (buffer))));
  guint n = borescopetest_count (test);
  g_autoptr (GstMessage) message = borescopetest_wait_message (test,
      GST_MESSAGE_QOS);
  GstFormat format;
  guint64 processed, dropped;
  gst_message_parse_qos_stats (message, &format, &processed, &dropped);
  assert_equals_int (format, GST_FORMAT_BUFFERS);
  fail_unless (dropped > 0);
  borescopetest_wait (test, n + 2);
  g_autoptr (GstBuffer) next = borescopetest_get (test, n + 1);
  fail_unless (GST_BUFFER_PTS (next) >= late_until);
  fail_unless (borescopetest_get_stat (test, "frames-late") > 0);
  borescopetest_free (test);
}

GST_END_TEST;

static Suite *
borescopesrc_suite (void)
{
  Suite *suite = suite_create ("borescopesrc");
  TCase *tc = tcase_create ("protocols");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_the_protocol_is_told_by_the_camera, 0, 3);
  tcase_add_loop_test (tc, test_the_protocol_may_be_told_by_the_user, 0, 3);
  tcase_add_loop_test (tc, test_another_protocol_is_not_listened_to, 0, 3);
  tcase_add_loop_test (tc, test_port_0_finds_the_port_of_the_camera, 0,
      (gint) G_N_ELEMENTS (probe_cases));
  tcase_add_loop_test (tc, test_the_inverted_byte_is_put_right, 0,
      (gint) G_N_ELEMENTS (descramble_cases));
  tcase_add_test (tc, test_the_wrong_setting_damages_pictures);

  tc = tcase_create ("stream");
  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc,
      test_caps_change_right_before_the_picture_of_another_size, 0, 3);
  tcase_add_test (tc, test_latency_grows_with_the_time_that_frames_take);
  tcase_add_test (tc, test_late_pictures_are_dropped);
  return suite;
}

GST_CHECK_MAIN (borescopesrc);
