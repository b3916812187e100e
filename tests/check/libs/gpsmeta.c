/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/check/gstcheck.h>
#include <gst/gps/gps.h>

#define N_FRAMES 8

GST_START_TEST (test_added_fix_is_found)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstGpsFix fix = { 0 };
  GstGpsMeta *meta;

  fail_unless (gst_buffer_get_gps_meta (buffer) == NULL);

  fix.latitude = 48.5;
  fix.source = "viofo";
  meta = gst_buffer_add_gps_meta (buffer, &fix);
  fail_unless_equals_float (meta->fix.latitude, 48.5);
  fail_unless_equals_string (meta->fix.source, "viofo");
  fail_unless (meta->meta.info == GST_GPS_META_INFO);

  fix.latitude = -1.0;
  gst_buffer_add_gps_meta (buffer, &fix);
  fail_unless (gst_buffer_get_gps_meta (buffer) == meta);
  gst_buffer_unref (buffer);
}

GST_END_TEST;

GST_START_TEST (test_meta_has_an_api_type_without_tags)
{
  const GstMetaInfo *info = GST_GPS_META_INFO;
  const gchar *const *tags = gst_meta_api_type_get_tags (info->api);

  fail_unless (info->api == GST_GPS_META_API_TYPE);
  fail_unless (tags == NULL || tags[0] == NULL);
  fail_unless (gst_meta_get_info ("GstGpsMeta") == info);
}

GST_END_TEST;

GST_START_TEST (test_meta_of_any_hand_begins_empty)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstGpsMeta *meta =
      (GstGpsMeta *) gst_buffer_add_meta (buffer, GST_GPS_META_INFO, NULL);

  fail_unless_equals_int (meta->fix.fields, 0);
  fail_unless_equals_int (meta->fix.time_kind, GST_GPS_TIME_KIND_NONE);
  fail_unless_equals_float (meta->fix.latitude, 0.0);
  fail_unless_equals_float (meta->fix.longitude, 0.0);
  fail_unless (meta->fix.source == NULL);
  gst_buffer_unref (buffer);
}

GST_END_TEST;

GST_START_TEST (test_copies_and_parts_keep_the_fix)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  GstGpsFix fix = { 0 };
  GstBuffer *copy, *part;

  fix.longitude = 2.25;
  gst_buffer_add_gps_meta (buffer, &fix);
  copy = gst_buffer_copy_deep (buffer);
  part = gst_buffer_copy_region (buffer, GST_BUFFER_COPY_ALL, 4, 4);
  gst_buffer_unref (buffer);

  fail_unless_equals_float (gst_buffer_get_gps_meta (copy)->fix.longitude,
      2.25);
  fail_unless_equals_float (gst_buffer_get_gps_meta (part)->fix.longitude,
      2.25);
  gst_buffer_unref (part);
  gst_buffer_unref (copy);
}

GST_END_TEST;

GST_START_TEST (test_transforms_other_than_a_copy_are_declined)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstBuffer *other = gst_buffer_new ();
  GstGpsFix fix = { 0 };
  GstGpsMeta *meta = gst_buffer_add_gps_meta (buffer, &fix);

  fail_if (GST_GPS_META_INFO->transform_func (other, &meta->meta, buffer,
          g_quark_from_static_string ("gst-video-scale"), NULL));
  fail_unless (gst_buffer_get_gps_meta (other) == NULL);
  gst_buffer_unref (other);
  gst_buffer_unref (buffer);
}

GST_END_TEST;

/* Frames are marked on the src pad of the element named mark with a fix that
 * tells their running time, and looked at on the sink pad of the one named check. */
static const struct
{
  const gchar *needs;
  const gchar *description;
} gpsmeta_pipelines[] = {
  {"videoconvert", "video/x-raw,format=I420 ! identity name=mark"
        " ! videoconvert ! video/x-raw,format=RGB ! fakesink name=check"},
  {"videoscale", "video/x-raw,width=64,height=48 ! identity name=mark"
        " ! videoscale ! video/x-raw,width=32,height=24 ! fakesink name=check"},
  {"x264enc", "video/x-raw,width=64,height=48 ! identity name=mark ! x264enc"
        " ! fakesink name=check"},
  {"x264enc h264parse", "video/x-raw,width=64,height=48 ! x264enc"
        " ! video/x-h264,stream-format=byte-stream ! identity name=mark"
        " ! h264parse ! video/x-h264,stream-format=avc ! fakesink name=check"},
  {"x264enc h264parse", "video/x-raw,width=64,height=48 ! x264enc"
        " ! video/x-h264,stream-format=avc ! identity name=mark"
        " ! h264parse config-interval=-1"
        " ! video/x-h264,stream-format=byte-stream ! fakesink name=check"},
  {"x264enc avdec_h264", "video/x-raw,width=64,height=48 ! x264enc"
        " ! identity name=mark ! avdec_h264 ! fakesink name=check"},
  {"jpegenc", "video/x-raw,width=64,height=48,format=I420"
        " ! identity name=mark ! jpegenc ! fakesink name=check"},
  {"x264enc h264parse mp4mux", "video/x-raw,width=64,height=48 ! x264enc"
        " ! identity name=mark ! h264parse ! mp4mux name=check ! fakesink"},
  {"x264enc h264parse mpegtsmux", "video/x-raw,width=64,height=48 ! x264enc"
        " ! identity name=mark ! h264parse ! mpegtsmux name=check ! fakesink"},
  {"x264enc h264parse avdec_h264 videoconvert videoscale jpegenc",
      "video/x-raw,width=64,height=48 ! identity name=mark ! x264enc"
        " ! h264parse ! avdec_h264 ! videoconvert ! videoscale"
        " ! video/x-raw,format=I420,width=32,height=24 ! jpegenc"
        " ! fakesink name=check"},
};

/* Only the streaming thread of the probe touches it before EOS. */
typedef struct
{
  guint n_frames;
  guint n_right;
} GpsmetaCount;

/* Not the PTS, that x264enc moves together with the segment. */
static gint64
gpsmeta_running_time (GstPad * pad, GstBuffer * buffer)
{
  g_autoptr (GstEvent) event =
      gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  gst_event_parse_segment (event, &segment);
  return gst_segment_to_running_time (segment, GST_FORMAT_TIME,
      GST_BUFFER_PTS (buffer));
}

static GstPadProbeReturn
gpsmeta_mark (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER
      (info));
  GstGpsFix fix = { 0 };

  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  fix.time = gpsmeta_running_time (pad, buffer);
  fix.latitude = 48.5;
  fix.source = "mark";
  gst_buffer_add_gps_meta (buffer, &fix);
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
gpsmeta_count (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  GpsmetaCount *count = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstGpsMeta *meta = gst_buffer_get_gps_meta (buffer);

  count->n_frames++;
  if (meta && meta->fix.time == gpsmeta_running_time (pad, buffer)
      && meta->fix.latitude == 48.5
      && g_strcmp0 (meta->fix.source, "mark") == 0)
    count->n_right++;
  return GST_PAD_PROBE_OK;
}

static gboolean
gpsmeta_has_elements (const gchar * names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (guint i = 0; list[i]; i++) {
    g_autoptr (GstElementFactory) factory = gst_element_factory_find (list[i]);

    if (!factory) {
      g_printerr ("skipped: there is no element %s\n", list[i]);
      return FALSE;
    }
  }
  return TRUE;
}

/* The sink pad that gets the video: a muxer's is a request pad. */
static GstPad *
gpsmeta_first_sink_pad (GstElement * element)
{
  GstPad *pad = NULL;

  GST_OBJECT_LOCK (element);
  if (element->sinkpads)
    pad = gst_object_ref (element->sinkpads->data);
  GST_OBJECT_UNLOCK (element);
  return pad;
}

static void
gpsmeta_probe (GstPad * pad, GstPadProbeCallback callback, gpointer user_data)
{
  fail_unless (pad != NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, user_data, NULL);
  gst_object_unref (pad);
}

static void
gpsmeta_run (const gchar * description, GpsmetaCount * count)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *whole =
      g_strdup_printf ("videotestsrc num-buffers=%d ! %s", N_FRAMES,
      description);
  g_autoptr (GstElement) pipeline = gst_parse_launch (whole, &error);
  g_autoptr (GstElement) mark = NULL;
  g_autoptr (GstElement) check = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  fail_unless (error == NULL, "%s", error ? error->message : "");
  mark = gst_bin_get_by_name (GST_BIN (pipeline), "mark");
  check = gst_bin_get_by_name (GST_BIN (pipeline), "check");
  gpsmeta_probe (gst_element_get_static_pad (mark, "src"), gpsmeta_mark, NULL);
  gpsmeta_probe (gpsmeta_first_sink_pad (check), gpsmeta_count, count);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  fail_unless_equals_int (GST_MESSAGE_TYPE (message), GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

GST_START_TEST (test_meta_survives)
{
  GpsmetaCount count = { 0 };

  if (!gpsmeta_has_elements (gpsmeta_pipelines[__i__].needs))
    return;

  gpsmeta_run (gpsmeta_pipelines[__i__].description, &count);
  fail_unless_equals_int (count.n_frames, N_FRAMES);
  fail_unless_equals_int (count.n_right, N_FRAMES);
}

GST_END_TEST;

static Suite *
gpsmeta_suite (void)
{
  Suite *suite = suite_create ("gpsmeta");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_added_fix_is_found);
  tcase_add_test (tc, test_meta_has_an_api_type_without_tags);
  tcase_add_test (tc, test_meta_of_any_hand_begins_empty);
  tcase_add_test (tc, test_copies_and_parts_keep_the_fix);
  tcase_add_test (tc, test_transforms_other_than_a_copy_are_declined);
  tcase_add_loop_test (tc, test_meta_survives, 0,
      G_N_ELEMENTS (gpsmeta_pipelines));
  return suite;
}

GST_CHECK_MAIN (gpsmeta);
