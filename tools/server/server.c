/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The cameras, the listening socket, and what connects them. */

#include "server.h"

#include "camera.h"
#include "factory.h"

#define BACKLOG 128
#define CLIENT_THREADS 4
#define STOP_TIME (1500 * G_TIME_SPAN_MILLISECOND)
/* keeps times before the first frame (a DTS, a preroll) positive */
#define TIME_HEADROOM (10 * GST_SECOND)

struct _CheapcamServer
{
  GstRTSPServer parent;

  GPtrArray *cameras;           /* CheapcamCamera */
  GSource *source;
};

G_DEFINE_FINAL_TYPE (CheapcamServer, server, GST_TYPE_RTSP_SERVER);

static void
server_finalize (GObject * object)
{
  g_ptr_array_unref (CHEAPCAM_SERVER (object)->cameras);
  G_OBJECT_CLASS (server_parent_class)->finalize (object);
}

static void
server_class_init (CheapcamServerClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = server_finalize;
}

static void
server_init (CheapcamServer * self)
{
  g_autoptr (GstRTSPThreadPool) pool =
      gst_rtsp_server_get_thread_pool (GST_RTSP_SERVER (self));

  self->cameras = g_ptr_array_new_with_free_func (g_object_unref);
  gst_rtsp_thread_pool_set_max_threads (pool, CLIENT_THREADS);
  gst_rtsp_server_set_backlog (GST_RTSP_SERVER (self), BACKLOG);
}

static void
server_add_camera (CheapcamServer * self, const CheapcamCameraConfig * config,
    GstClockTime base_time)
{
  g_autoptr (GstRTSPMountPoints) mounts =
      gst_rtsp_server_get_mount_points (GST_RTSP_SERVER (self));
  CheapcamCamera *camera = camera_new (config->name, config->uri, base_time);
  g_autofree gchar *path = g_strdup_printf ("/%s", config->name);

  g_ptr_array_add (self->cameras, camera);
  gst_rtsp_mount_points_add_factory (mounts, path,
      factory_new (camera_get_hub (camera)));
}

CheapcamServer *
server_new (const CheapcamConfig * config)
{
  CheapcamServer *self = g_object_new (CHEAPCAM_TYPE_SERVER, NULL);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  GstClockTime now = gst_clock_get_time (clock);
  g_autofree gchar *service = g_strdup_printf ("%u", config->port);

  gst_rtsp_server_set_address (GST_RTSP_SERVER (self), config->address);
  gst_rtsp_server_set_service (GST_RTSP_SERVER (self), service);
  for (guint i = 0; i < config->cameras->len; i++)
    server_add_camera (self, g_ptr_array_index (config->cameras, i),
        now > TIME_HEADROOM ? now - TIME_HEADROOM : 0);
  return self;
}

gboolean
server_start (CheapcamServer * self, GError ** error)
{
  self->source = gst_rtsp_server_create_source (GST_RTSP_SERVER (self), NULL,
      error);
  if (self->source == NULL)
    return FALSE;
  g_source_attach (self->source, NULL);
  for (guint i = 0; i < self->cameras->len; i++)
    camera_start (g_ptr_array_index (self->cameras, i));
  return TRUE;
}

/* What a viewer opens, one for each camera. */
gchar **
server_get_urls (CheapcamServer * self)
{
  gchar **urls = g_new0 (gchar *, self->cameras->len + 1);
  g_autofree gchar *address =
      gst_rtsp_server_get_address (GST_RTSP_SERVER (self));
  gint port = gst_rtsp_server_get_bound_port (GST_RTSP_SERVER (self));
  gboolean ipv6 = strchr (address, ':') != NULL;

  for (guint i = 0; i < self->cameras->len; i++) {
    CheapcamHub *hub =
        camera_get_hub (g_ptr_array_index (self->cameras, i));

    urls[i] = g_strdup_printf ("rtsp://%s%s%s:%d/%s", ipv6 ? "[" : "", address,
        ipv6 ? "]" : "", port, hub_get_name (hub));
  }
  return urls;
}

static GstRTSPFilterResult
server_close_client (GstRTSPServer * server, GstRTSPClient * client,
    gpointer user_data)
{
  return GST_RTSP_FILTER_REMOVE;
}

/* Closes everything, but waits for no camera that hangs. */
void
server_stop (CheapcamServer * self)
{
  gint64 deadline = g_get_monotonic_time () + STOP_TIME;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  for (guint i = 0; i < self->cameras->len; i++)
    camera_stop (g_ptr_array_index (self->cameras, i));
  gst_rtsp_server_client_filter (GST_RTSP_SERVER (self), server_close_client,
      NULL);
  for (guint i = 0; i < self->cameras->len; i++) {
    if (!camera_wait_stopped (g_ptr_array_index (self->cameras, i), deadline))
      g_message ("camera %s does not stop in time", hub_get_name
          (camera_get_hub (g_ptr_array_index (self->cameras, i))));
  }
}
