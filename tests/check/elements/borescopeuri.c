/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* borescope:// */

#include "borescopetest.h"

static GstElement *
new_source (void)
{
  GstElement *source = gst_element_factory_make ("borescopesrc", NULL);

  fail_unless (source);
  return gst_object_ref_sink (source);
}

typedef struct
{
  const gchar *uri, *host;
  guint port;
  const gchar *normal;          /* what the element says its URI is */
} GoodUri;

static const GoodUri good_uris[] = {
  {"borescope://192.168.10.123", "192.168.10.123", 8030,
      "borescope://192.168.10.123:8030"},
  {"borescope://cam.example:8032", "cam.example", 8032,
      "borescope://cam.example:8032"},
  {"borescope://192.168.1.1:0", "192.168.1.1", 0, "borescope://192.168.1.1:0"},
  {"borescope://[fe80::1]:8031", "fe80::1", 8031,
      "borescope://[fe80::1]:8031"},
  {"borescope://[::1]", "::1", 8030, "borescope://[::1]:8030"},
  {"borescope://192.168.1.1/", "192.168.1.1", 8030,
      "borescope://192.168.1.1:8030"},
};

GST_START_TEST (test_a_uri_tells_host_and_port)
{
  const GoodUri *good = &good_uris[__i__];
  g_autoptr (GstElement) source = new_source ();
  g_autoptr (GError) error = NULL;
  g_autofree gchar *host = NULL;
  guint port;

  g_object_set (source, "port", 1234, NULL);
  fail_unless (gst_uri_handler_set_uri (GST_URI_HANDLER (source), good->uri,
          &error), "%s: %s", good->uri, error ? error->message : "");
  g_object_get (source, "host", &host, "port", &port, NULL);
  assert_equals_string (host, good->host);
  assert_equals_int (port, good->port);
  g_autofree gchar *uri = gst_uri_handler_get_uri (GST_URI_HANDLER (source));
  assert_equals_string (uri, good->normal);
  g_autofree gchar *property = NULL;
  g_object_get (source, "uri", &property, NULL);
  assert_equals_string (property, good->normal);
}

GST_END_TEST;

GST_START_TEST (test_a_uri_may_set_properties)
{
  g_autoptr (GstElement) source = new_source ();
  g_autoptr (GError) error = NULL;
  guint control_port, max_queued_frames;
  gint protocol, led;
  guint64 timeout;
  gboolean reconnect;

  fail_unless (gst_uri_handler_set_uri (GST_URI_HANDLER (source),
          "borescope://192.168.1.1?protocol=molink-b&control-port=0&"
          "timeout=7000000000&reconnect=false&led-brightness=-1&"
          "max-queued-frames=5", &error), "%s", error ? error->message : "");
  g_object_get (source, "protocol", &protocol, "control-port", &control_port,
      "timeout", &timeout, "reconnect", &reconnect, "led-brightness", &led,
      "max-queued-frames", &max_queued_frames, NULL);
  assert_equals_int (protocol, 2);
  assert_equals_int (control_port, 0);
  assert_equals_uint64 (timeout, 7 * GST_SECOND);
  assert_equals_int (reconnect, FALSE);
  assert_equals_int (led, -1);
  assert_equals_int (max_queued_frames, 5);
}

GST_END_TEST;

typedef struct
{
  const gchar *uri, *named;     /* what the error says */
} BadUri;

static const BadUri bad_uris[] = {
  {"http://192.168.1.1", "http"},
  {"borescope", "borescope"},
  {"borescope://192.168.1.1:65536", "65536"},
  {"borescope://192.168.1.1:4294967296", "4294967296"},
  {"borescope://192.168.1.1:video", "video"},
  {"borescope://192.168.1.1?nonsense=1", "nonsense"},
  {"borescope://192.168.1.1?protocol=zigbee", "zigbee"},
  {"borescope://192.168.1.1?led-brightness=101", "101"},
  {"borescope://192.168.1.1?led-brightness", "led-brightness"},
  {"borescope://192.168.1.1?timeout=", "timeout"},
  {"borescope://192.168.1.1?stats=1", "stats"},
  {"borescope://192.168.1.1?socket=1", "socket"},
  {"borescope://192.168.1.1?host=192.168.1.2", "host"},
  {"borescope://192.168.1.1?uri=borescope://192.168.1.2", "uri"},
  {"borescope://192.168.1.1?name=other", "name"},
};

GST_START_TEST (test_a_bad_uri_is_refused_and_changes_nothing)
{
  const BadUri *bad = &bad_uris[__i__];
  g_autoptr (GstElement) source = new_source ();
  g_autoptr (GError) error = NULL;

  g_object_set (source, "host", "192.0.2.7", "port", 1234, NULL);
  fail_if (gst_uri_handler_set_uri (GST_URI_HANDLER (source), bad->uri,
          &error), "%s was taken", bad->uri);
  fail_unless (error && error->domain == GST_URI_ERROR);
  fail_unless (strstr (error->message, bad->named), "%s", error->message);
  g_autofree gchar *uri = gst_uri_handler_get_uri (GST_URI_HANDLER (source));
  assert_equals_string (uri, "borescope://192.0.2.7:1234");
}

GST_END_TEST;

GST_START_TEST (test_an_element_is_made_from_a_uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) source = gst_element_make_from_uri (GST_URI_SRC,
      "borescope://192.168.10.123:8031", "source", &error);
  guint port;

  fail_unless (source, "%s", error ? error->message : "");
  gst_object_ref_sink (source);
  assert_equals_string (GST_OBJECT_NAME (gst_element_get_factory (source)),
      "borescopesrc");
  g_object_get (source, "port", &port, NULL);
  assert_equals_int (port, 8031);
}

GST_END_TEST;

GST_START_TEST (test_a_uri_is_not_taken_while_playing)
{
  SimBorescopeOptions options;
  g_autoptr (GError) error = NULL;

  sim_borescope_options_init (&options);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);
  g_autofree gchar *before =
      gst_uri_handler_get_uri (GST_URI_HANDLER (test->source));

  borescopetest_play (test);
  fail_if (gst_uri_handler_set_uri (GST_URI_HANDLER (test->source),
          "borescope://192.0.2.7", &error));
  fail_unless (g_error_matches (error, GST_URI_ERROR, GST_URI_ERROR_BAD_STATE));
  g_autofree gchar *after =
      gst_uri_handler_get_uri (GST_URI_HANDLER (test->source));
  assert_equals_string (after, before);
  borescopetest_free (test);
}

GST_END_TEST;

static void
play_with_playbin (const gchar * uri)
{
  g_autoptr (GstElement) playbin = gst_element_factory_make ("playbin", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  fail_unless (playbin && sink);
  gst_object_ref_sink (playbin);
  g_object_set (sink, "num-buffers", 3, "sync", FALSE, NULL);
  g_object_set (playbin, "uri", uri, "video-sink", sink, NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (playbin);
  fail_if (gst_element_set_state (playbin, GST_STATE_PLAYING) ==
      GST_STATE_CHANGE_FAILURE);
  /* the sink ends the stream after three pictures */
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      BORESCOPETEST_PATIENCE_MS * GST_MSECOND,
      GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  fail_unless (message);
  assert_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  gst_element_set_state (playbin, GST_STATE_NULL);
}

GST_START_TEST (test_playbin_plays_a_uri)
{
  static const gchar *const addresses[] = { "127.0.0.1", "::1" };
  static const gchar *const hosts[] = { "127.0.0.1", "[::1]" };
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  options.address = addresses[__i__];
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  g_autofree gchar *uri = g_strdup_printf ("borescope://%s:%u?control-port=%u",
      hosts[__i__], sim_borescope_get_port (camera),
      sim_borescope_get_control_port (camera));
  play_with_playbin (uri);
  fail_unless (sim_borescope_wait (camera, SIM_BORESCOPE_STOP, 1,
          BORESCOPETEST_PATIENCE_MS));
}

GST_END_TEST;

/* Whichever address the name has first. */
GST_START_TEST (test_a_camera_is_found_by_its_name)
{
  SimBorescopeOptions options;

  sim_borescope_options_init (&options);
  g_autoptr (SimBorescope) camera = borescopetest_camera (&options);
  Borescopetest *test = borescopetest_new (camera, NULL);

  g_object_set (test->source, "host", "localhost", NULL);
  borescopetest_play (test);
  borescopetest_wait (test, 2);
  borescopetest_free (test);
}

GST_END_TEST;

static Suite *
borescopeuri_suite (void)
{
  Suite *suite = suite_create ("borescopeuri");
  TCase *tc = tcase_create ("uri");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_a_uri_tells_host_and_port, 0,
      (gint) G_N_ELEMENTS (good_uris));
  tcase_add_test (tc, test_a_uri_may_set_properties);
  tcase_add_loop_test (tc, test_a_bad_uri_is_refused_and_changes_nothing, 0,
      (gint) G_N_ELEMENTS (bad_uris));
  tcase_add_test (tc, test_an_element_is_made_from_a_uri);
  tcase_add_test (tc, test_a_uri_is_not_taken_while_playing);
  tcase_add_loop_test (tc, test_playbin_plays_a_uri, 0, 2);
  tcase_add_test (tc, test_a_camera_is_found_by_its_name);
  return suite;
}

GST_CHECK_MAIN (borescopeuri);
