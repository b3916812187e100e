/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Makes the media of a viewer. Each viewer has its own: a source and a
 * payloader per stream of the hub. Media that viewers share and use again are
 * broken in gst-rtsp-server 1.22, and cannot begin at a key frame for each. */

#include "factory.h"

#include <gst/base/gstbasesink.h>

#include "chain.h"
#include "viewer.h"
#include "viewersrc.h"

#define VIEWER_KEY "cheapcam-viewer"
#define PREPARED_KEY "cheapcam-prepared"
#define PREPARE_TIME_MS 5000
#define FIRST_DYNAMIC_TYPE 96

struct _CheapcamFactory
{
  GstRTSPMediaFactory parent;

  CheapcamHub *hub;             /* set for good in factory_new() */
};

G_DEFINE_FINAL_TYPE (CheapcamFactory, factory, GST_TYPE_RTSP_MEDIA_FACTORY);

static gboolean
factory_add_stream (GstBin * bin, CheapcamViewer * viewer, guint stream,
    guint number)
{
  GstElement *payloader =
      chain_new_payloader (viewer_get_caps (viewer, stream));
  GstElement *source;
  guint type;
  g_autofree gchar *name = g_strdup_printf ("pay%u", number);

  if (payloader == NULL)
    return FALSE;
  source = viewer_src_new (viewer, stream);
  gst_object_set_name (GST_OBJECT (payloader), name);
  /* what has a payload type of its own (RFC 3551) keeps it */
  g_object_get (payloader, "pt", &type, NULL);
  if (type >= FIRST_DYNAMIC_TYPE)
    g_object_set (payloader, "pt", FIRST_DYNAMIC_TYPE + number, NULL);
  gst_bin_add_many (bin, source, payloader, NULL);
  return gst_element_link (source, payloader);
}

/* However the media comes to its end, the hub must not keep its viewer. */
static void
factory_drop_viewer (gpointer viewer)
{
  viewer_hold (viewer);
  g_object_unref (viewer);
}

static GstElement *
factory_create_element (GstRTSPMediaFactory * base, const GstRTSPUrl * url)
{
  CheapcamFactory *self = CHEAPCAM_FACTORY (base);
  CheapcamViewer *viewer = viewer_new (self->hub);
  GstElement *bin;
  guint n = 0;

  if (viewer == NULL)
    return NULL;
  bin = gst_bin_new (NULL);
  for (guint i = 0; i < viewer_n_streams (viewer); i++) {
    if (factory_add_stream (GST_BIN (bin), viewer, i, n))
      n++;
  }
  g_object_set_data_full (G_OBJECT (bin), VIEWER_KEY, viewer,
      factory_drop_viewer);
  viewer_play (viewer);
  return bin;
}

/* The library is loud about an element that it does not get: ask before. */
static GstRTSPMedia *
factory_construct (GstRTSPMediaFactory * base, const GstRTSPUrl * url)
{
  if (!hub_is_ready (CHEAPCAM_FACTORY (base)->hub))
    return NULL;
  return GST_RTSP_MEDIA_FACTORY_CLASS (factory_parent_class)->construct (base,
      url);
}

/* The camera sets the pace: what comes from the hub is due already. */
static void
factory_element_added (GstBin * pipeline, GstElement * element,
    gpointer user_data)
{
  if (GST_IS_BASE_SINK (element))
    g_object_set (element, "sync", FALSE, "enable-last-sample", FALSE, NULL);
}

/* The times of the hub are running times of the viewer's pipeline. */
static GstElement *
factory_create_pipeline (GstRTSPMediaFactory * base, GstRTSPMedia * media)
{
  CheapcamFactory *self = CHEAPCAM_FACTORY (base);
  GstElement *pipeline = GST_RTSP_MEDIA_FACTORY_CLASS
      (factory_parent_class)->create_pipeline (base, media);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  if (pipeline == NULL)
    return NULL;
  g_signal_connect (pipeline, "element-added",
      G_CALLBACK (factory_element_added), NULL);
  gst_pipeline_use_clock (GST_PIPELINE (pipeline), clock);
  gst_element_set_start_time (pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (pipeline, hub_get_base_time (self->hub));
  return pipeline;
}

/* Data flow until there is enough for an SDP, and again from PLAY on. */
static void
factory_prepared (GstRTSPMedia * media, CheapcamViewer * viewer)
{
  g_object_set_data (G_OBJECT (media), PREPARED_KEY, viewer);
  viewer_hold (viewer);
}

static void
factory_target_state (GstRTSPMedia * media, gint state, CheapcamViewer * viewer)
{
  if (state == GST_STATE_PLAYING)
    viewer_play (viewer);
}

static void
factory_new_state (GstRTSPMedia * media, gint state, CheapcamViewer * viewer)
{
  if (state != GST_STATE_PLAYING)
    viewer_hold (viewer);
}

/* The library would wait for 20 s, and its thread with it. */
static gboolean
factory_prepare_timeout (gpointer user_data)
{
  g_autoptr (GstRTSPMedia) media = g_weak_ref_get (user_data);
  g_autoptr (GstElement) element = NULL;

  if (media && !g_object_get_data (G_OBJECT (media), PREPARED_KEY)) {
    element = gst_rtsp_media_get_element (media);
    hub_note_unsendable (viewer_get_hub (factory_get_viewer (media)),
        g_get_monotonic_time ());
    GST_ELEMENT_ERROR (element, STREAM, FAILED, (NULL),
        ("a stream gives nothing to send"));
  }
  return G_SOURCE_REMOVE;
}

static void
factory_weak_ref_free (gpointer user_data)
{
  g_weak_ref_clear (user_data);
  g_free (user_data);
}

static void
factory_watch_prepare (GstRTSPMedia * media)
{
  GWeakRef *ref = g_new (GWeakRef, 1);

  g_weak_ref_init (ref, media);
  g_timeout_add_full (G_PRIORITY_DEFAULT, PREPARE_TIME_MS,
      factory_prepare_timeout, ref, factory_weak_ref_free);
}

static void
factory_configure (GstRTSPMediaFactory * base, GstRTSPMedia * media)
{
  CheapcamViewer *viewer = factory_get_viewer (media);

  GST_RTSP_MEDIA_FACTORY_CLASS (factory_parent_class)->configure (base, media);
  if (viewer == NULL)
    return;
  g_signal_connect_object (media, "prepared", G_CALLBACK (factory_prepared),
      viewer, 0);
  g_signal_connect_object (media, "target-state",
      G_CALLBACK (factory_target_state), viewer, 0);
  g_signal_connect_object (media, "new-state", G_CALLBACK (factory_new_state),
      viewer, 0);
  factory_watch_prepare (media);
}

/* One media for each viewer: no key, nothing to find again. */
static gchar *
factory_gen_key (GstRTSPMediaFactory * base, const GstRTSPUrl * url)
{
  return NULL;
}

static void
factory_finalize (GObject * object)
{
  g_object_unref (CHEAPCAM_FACTORY (object)->hub);
  G_OBJECT_CLASS (factory_parent_class)->finalize (object);
}

static void
factory_class_init (CheapcamFactoryClass * klass)
{
  GstRTSPMediaFactoryClass *base_class = GST_RTSP_MEDIA_FACTORY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = factory_finalize;
  base_class->construct = factory_construct;
  base_class->create_element = factory_create_element;
  base_class->create_pipeline = factory_create_pipeline;
  base_class->configure = factory_configure;
  base_class->gen_key = factory_gen_key;
}

static void
factory_init (CheapcamFactory * self)
{
  GstRTSPMediaFactory *base = GST_RTSP_MEDIA_FACTORY (self);

  gst_rtsp_media_factory_set_shared (base, FALSE);
  gst_rtsp_media_factory_set_eos_shutdown (base, FALSE);
  gst_rtsp_media_factory_set_stop_on_disconnect (base, TRUE);
  gst_rtsp_media_factory_set_suspend_mode (base, GST_RTSP_SUSPEND_MODE_NONE);
  gst_rtsp_media_factory_set_profiles (base, GST_RTSP_PROFILE_AVP);
  gst_rtsp_media_factory_set_transport_mode (base,
      GST_RTSP_TRANSPORT_MODE_PLAY);
}

GstRTSPMediaFactory *
factory_new (CheapcamHub * hub, gboolean udp)
{
  CheapcamFactory *self = g_object_new (CHEAPCAM_TYPE_FACTORY, NULL);

  self->hub = g_object_ref (hub);
  gst_rtsp_media_factory_set_protocols (GST_RTSP_MEDIA_FACTORY (self),
      GST_RTSP_LOWER_TRANS_TCP | (udp ? GST_RTSP_LOWER_TRANS_UDP : 0));
  return GST_RTSP_MEDIA_FACTORY (self);
}

CheapcamHub *
factory_get_hub (CheapcamFactory * self)
{
  return self->hub;
}

/* The viewer behind a media, without a reference; NULL if it has none. */
CheapcamViewer *
factory_get_viewer (GstRTSPMedia * media)
{
  g_autoptr (GstElement) element = gst_rtsp_media_get_element (media);

  return g_object_get_data (G_OBJECT (element), VIEWER_KEY);
}
