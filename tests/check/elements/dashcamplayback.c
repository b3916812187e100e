/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* With its rank raised our demuxer is the one that players take; what they show
 * is what they show with the stock demuxer. */

#include "dashcamtest.h"

/* Those whose frames are the same each time that the stock demuxer plays them:
 * those of gopro_hero5_2s.mp4 are not. */
static const gchar *const samples[] = {
  "real/dcm_generic_nogps.TS",
  "real/dcm_juscar_ligo.TS",
  "real/dcm_viofo_a119v3.TS",
  "real/mzdun_70mai_121.MP4",
  "synthetic/ts_viofo_a119v3.ts",
  "synthetic/mp4_fgps03_viofo_a119v3.mp4",
  "synthetic/edge_no_gps_table.mp4"
};

static const gchar *const players[] = {
  "decodebin", "decodebin3", "playbin", "playbin3"
};

#define N_RUNS (G_N_ELEMENTS (samples) * G_N_ELEMENTS (players))

typedef struct
{
  GMutex lock;
  GChecksum *sums[2];           /* of decoded video, of decoded audio */
  guint n_buffers[2];
  gboolean has_ours;            /* our demuxer was taken */
} DashcamplaybackResult;

typedef struct
{
  DashcamplaybackResult *result;
  guint kind;
} DashcamplaybackSink;

static GstPadProbeReturn
dashcamplayback_probe (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  DashcamplaybackSink *sink = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  guint64 pts = GST_BUFFER_PTS (buffer);
  GstMapInfo map;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_mutex_lock (&sink->result->lock);
  g_checksum_update (sink->result->sums[sink->kind], (const guchar *) &pts,
      sizeof pts);
  g_checksum_update (sink->result->sums[sink->kind], map.data,
      (gssize) map.size);
  sink->result->n_buffers[sink->kind]++;
  g_mutex_unlock (&sink->result->lock);
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

static GstElement *
dashcamplayback_make_sink (DashcamplaybackResult * result, guint kind)
{
  GstElement *element = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");
  DashcamplaybackSink *sink = g_new (DashcamplaybackSink, 1);

  sink->result = result;
  sink->kind = kind;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, dashcamplayback_probe,
      sink, g_free);
  return element;
}

/* decodebin3 names its pads by what they give, decodebin only with caps. */
static guint
dashcamplayback_kind (GstPad * pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const gchar *name = caps
      ? gst_structure_get_name (gst_caps_get_structure (caps, 0))
      : GST_OBJECT_NAME (pad);

  if (g_str_has_prefix (name, "video"))
    return 0;
  fail_unless (g_str_has_prefix (name, "audio"), "a pad with %s", name);
  return 1;
}

static void
dashcamplayback_pad_added (GstElement * decodebin, GstPad * pad,
    DashcamplaybackResult * result)
{
  g_autoptr (GstObject) pipeline = gst_element_get_parent (decodebin);
  GstElement *sink = dashcamplayback_make_sink (result,
      dashcamplayback_kind (pad));
  g_autoptr (GstPad) sinkpad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "async", FALSE, NULL);
  gst_bin_add (GST_BIN (pipeline), sink);
  fail_unless (gst_element_sync_state_with_parent (sink));
  fail_unless_equals_int (gst_pad_link (pad, sinkpad), GST_PAD_LINK_OK);
}

static GstElement *
dashcamplayback_make_decoder (const gchar * player, const gchar * path,
    DashcamplaybackResult * result)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_check_setup_element ("filesrc");
  GstElement *decodebin = gst_check_setup_element (player);

  g_object_set (source, "location", path, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, decodebin, NULL);
  fail_unless (gst_element_link (source, decodebin));
  g_signal_connect (decodebin, "pad-added",
      G_CALLBACK (dashcamplayback_pad_added), result);
  return pipeline;
}

/* Video and audio, as the decoders give them. */
#define PLAY_FLAGS (0x1 | 0x2 | 0x20 | 0x40)

static GstElement *
dashcamplayback_make_player (const gchar * player, const gchar * path,
    DashcamplaybackResult * result)
{
  GstElement *playbin = gst_check_setup_element (player);
  g_autofree gchar *uri = gst_filename_to_uri (path, NULL);

  g_object_set (playbin, "uri", uri, "flags", PLAY_FLAGS,
      "video-sink", dashcamplayback_make_sink (result, 0),
      "audio-sink", dashcamplayback_make_sink (result, 1), NULL);
  return playbin;
}

static void
dashcamplayback_element_added (GstBin * pipeline, GstBin * bin,
    GstElement * element, DashcamplaybackResult * result)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const gchar *name = factory ? GST_OBJECT_NAME (factory) : "";

  if (!g_str_equal (name, "tsgpsdemux") && !g_str_equal (name, "nvtgpsdemux"))
    return;
  g_mutex_lock (&result->lock);
  result->has_ours = TRUE;
  g_mutex_unlock (&result->lock);
}

/* FALSE: it ended with an error. */
static gboolean
dashcamplayback_wait (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus,
      GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  GST_INFO ("%" GST_PTR_FORMAT, message);
  return GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
}

static gboolean
dashcamplayback_play (const gchar * player, const gchar * sample,
    DashcamplaybackResult * result)
{
  g_autofree gchar *path = dashcamtest_path (sample);
  g_autoptr (GstElement) pipeline = g_str_has_prefix (player, "play")
      ? dashcamplayback_make_player (player, path, result)
      : dashcamplayback_make_decoder (player, path, result);
  gboolean ok;

  g_mutex_init (&result->lock);
  for (guint i = 0; i < 2; i++)
    result->sums[i] = g_checksum_new (G_CHECKSUM_SHA256);
  g_signal_connect (pipeline, "deep-element-added",
      G_CALLBACK (dashcamplayback_element_added), result);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  ok = dashcamplayback_wait (pipeline);
  fail_unless_equals_int (gst_element_set_state (pipeline, GST_STATE_NULL),
      GST_STATE_CHANGE_SUCCESS);
  return ok;
}

static void
dashcamplayback_clear (DashcamplaybackResult * result)
{
  for (guint i = 0; i < 2; i++)
    g_checksum_free (result->sums[i]);
  g_mutex_clear (&result->lock);
}

static void
dashcamplayback_set_rank (guint rank)
{
  static const gchar *const ours[] = { "tsgpsdemux", "nvtgpsdemux" };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++) {
    g_autoptr (GstPluginFeature) feature = gst_registry_lookup_feature
        (gst_registry_get (), ours[i]);

    gst_plugin_feature_set_rank (feature, rank);
  }
}

GST_START_TEST (test_players_show_what_they_show_with_the_stock_demuxer)
{
  const gchar *sample = samples[__i__ / G_N_ELEMENTS (players)];
  const gchar *player = players[__i__ % G_N_ELEMENTS (players)];
  DashcamplaybackResult stock = { 0, };
  DashcamplaybackResult ours = { 0, };

  dashcamplayback_set_rank (GST_RANK_NONE);
  fail_unless (dashcamplayback_play (player, sample, &stock));
  fail_if (stock.has_ours);
  fail_unless (stock.n_buffers[0] > 0);

  dashcamplayback_set_rank (GST_RANK_PRIMARY + 100);
  fail_unless (dashcamplayback_play (player, sample, &ours));
  fail_unless (ours.has_ours);
  for (guint i = 0; i < 2; i++) {
    GST_INFO ("%s of %s: %u buffers", player, sample, stock.n_buffers[i]);
    fail_unless_equals_int (ours.n_buffers[i], stock.n_buffers[i]);
    fail_unless_equals_string (g_checksum_get_string (ours.sums[i]),
        g_checksum_get_string (stock.sums[i]));
  }
  dashcamplayback_set_rank (GST_RANK_NONE);
  dashcamplayback_clear (&stock);
  dashcamplayback_clear (&ours);
}

GST_END_TEST;

static Suite *
dashcamplayback_suite (void)
{
  Suite *s = suite_create ("dashcamplayback");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc,
      test_players_show_what_they_show_with_the_stock_demuxer, 0, N_RUNS);
  return s;
}

GST_CHECK_MAIN (dashcamplayback);
