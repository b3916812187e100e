/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-media.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <unistd.h>

#define SOUND_RATE 48000
#define SOUND_BLOCK 1024

static gboolean
dashcam_media_has (const gchar * element)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  return factory != NULL;
}

static gchar *
dashcam_media_describe (DashcamMedia media, guint width, guint height,
    guint n_seconds)
{
  const gchar *clock = dashcam_media_has ("timeoverlay")
      ? "timeoverlay valignment=top halignment=right ! " : "";
  /* Chunks of 0.2 s: each second starts one. */
  const gchar *mux = media == DASHCAM_MEDIA_TS
      ? "mpegtsmux" : "mp4mux interleave-time=200000000";

  return g_strdup_printf ("%s name=mux ! filesink name=sink"
      " videotestsrc pattern=ball motion=sweep background-color=0xff203040"
      " num-buffers=%u"
      " ! video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1"
      " ! %sx264enc speed-preset=ultrafast tune=zerolatency threads=1 bframes=0"
      " key-int-max=%u option-string=scenecut=0 bitrate=1000 ! h264parse"
      " ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux."
      " audiotestsrc wave=ticks num-buffers=%u samplesperbuffer=%u"
      " ! audio/x-raw,rate=%u,channels=1 ! audioconvert ! voaacenc ! aacparse"
      " ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux.",
      mux, n_seconds * DASHCAM_MEDIA_FRAME_RATE, width, height,
      DASHCAM_MEDIA_FRAME_RATE, clock, DASHCAM_MEDIA_FRAME_RATE,
      n_seconds * SOUND_RATE / SOUND_BLOCK, SOUND_BLOCK, SOUND_RATE);
}

/* Runs the pipeline to its end. */
static gboolean
dashcam_media_run (GstElement * pipeline, GError ** error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  gboolean done;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  done = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (!done)
    gst_message_parse_error (message, error, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return done;
}

GBytes *
dashcam_media_make (DashcamMedia media, guint width, guint height,
    guint n_seconds, GError ** error)
{
  g_autofree gchar *description =
      dashcam_media_describe (media, width, height, n_seconds);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, error);
  g_autoptr (GstElement) sink = NULL;
  g_autofree gchar *name = NULL;
  GBytes *bytes = NULL;
  gchar *data;
  gsize size;
  gint fd;

  if (pipeline == NULL)
    return NULL;
  fd = g_file_open_tmp ("dashcam-sim-XXXXXX", &name, error);
  if (fd < 0)
    return NULL;
  close (fd);

  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (sink, "location", name, NULL);
  if (dashcam_media_run (pipeline, error)
      && g_file_get_contents (name, &data, &size, error))
    bytes = g_bytes_new_take (data, size);
  g_unlink (name);
  return bytes;
}
