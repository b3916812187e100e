/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The cameras, the listening socket, and what connects them. */

#include "server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "auth.h"
#include "camera.h"
#include "chain.h"
#include "client.h"
#include "connlimit.h"
#include "factory.h"
#include "inlet.h"
#include "secretfile.h"
#include "sessions.h"
#include "threads.h"
#include "users.h"

#define BACKLOG 128
#define MAX_BODY (64 * 1024)
#define SEND_BUFFER (256 * 1024)
#define DEAD_PEER_MS 30000
/* Connections are waited for so long when the server stops. */
#define CLOSE_TIME (2 * G_TIME_SPAN_SECOND)
/* keeps times before the first frame (a DTS, a preroll) positive */
#define TIME_HEADROOM (10 * GST_SECOND)

struct _CheapcamServer
{
  GstRTSPServer parent;

  /* set for good in server_new() */
  GPtrArray *cameras;           /* CheapcamCamera */
  CheapcamConnLimit *limit;
  CheapcamClientLimits client_limits;
  guint session_timeout_s;
  gboolean tls;

  /* main thread */
  GSocket *socket;
  GSource *source;
  GSource *session_source;
  gint64 refused_at;
};

G_DEFINE_FINAL_TYPE (CheapcamServer, server, GST_TYPE_RTSP_SERVER);

static void
server_finalize (GObject * object)
{
  CheapcamServer *self = CHEAPCAM_SERVER (object);

  g_ptr_array_unref (self->cameras);
  g_clear_pointer (&self->limit, connlimit_unref);
  G_OBJECT_CLASS (server_parent_class)->finalize (object);
}

/* Small packets leave at once; a viewer that is slow or dead shows soon. */
static void
server_prepare_socket (GSocket * socket)
{
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, DEAD_PEER_MS,
      NULL);
}

static void
server_log_refused (CheapcamServer * self, const gchar * peer)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->refused_at < G_TIME_SPAN_SECOND)
    return;
  self->refused_at = now;
  g_message ("connection from %s refused: there are too many", peer);
}

static GstRTSPClient *
server_create_client (GstRTSPServer * base)
{
  CheapcamServer *self = CHEAPCAM_SERVER (base);
  GstRTSPContext *context = gst_rtsp_context_get_current ();
  const gchar *peer = gst_rtsp_connection_get_ip (context->conn);
  CheapcamConnTicket *ticket = connlimit_enter (self->limit, peer);
  g_autoptr (GstRTSPSessionPool) sessions = NULL;
  g_autoptr (GstRTSPMountPoints) mounts = NULL;
  g_autoptr (GstRTSPAuth) auth = NULL;
  g_autoptr (GstRTSPThreadPool) threads = NULL;
  GstRTSPClient *client;
  GSocket *socket;

  if (ticket == NULL) {
    server_log_refused (self, peer);
    return NULL;
  }
  socket = gst_rtsp_connection_get_read_socket (context->conn);
  server_prepare_socket (socket);
  /* hands HTTP on, to where nobody takes it, instead of opening tunnels */
  gst_rtsp_connection_set_http_mode (context->conn, TRUE);

  sessions = gst_rtsp_server_get_session_pool (base);
  mounts = gst_rtsp_server_get_mount_points (base);
  auth = gst_rtsp_server_get_auth (base);
  threads = gst_rtsp_server_get_thread_pool (base);
  client = client_new (&self->client_limits, ticket, socket);
  gst_rtsp_client_set_session_pool (client, sessions);
  gst_rtsp_client_set_mount_points (client, mounts);
  gst_rtsp_client_set_auth (client, auth);
  gst_rtsp_client_set_thread_pool (client, threads);
  gst_rtsp_client_set_content_length_limit (client, MAX_BODY);
  return client;
}

static void
server_class_init (CheapcamServerClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = server_finalize;
  GST_RTSP_SERVER_CLASS (klass)->create_client = server_create_client;
}

static void
server_init (CheapcamServer * self)
{
  g_autoptr (GstRTSPThreadPool) threads = threads_new ();

  self->cameras = g_ptr_array_new_with_free_func (g_object_unref);
  gst_rtsp_server_set_thread_pool (GST_RTSP_SERVER (self), threads);
  gst_rtsp_server_set_backlog (GST_RTSP_SERVER (self), BACKLOG);
  inlet_register ();
  chain_init ();
}

static void
server_add_camera (CheapcamServer * self, const CheapcamCameraConfig * config,
    gboolean udp, GstClockTime base_time)
{
  g_autoptr (GstRTSPMountPoints) mounts =
      gst_rtsp_server_get_mount_points (GST_RTSP_SERVER (self));
  CheapcamCamera *camera = camera_new (config, base_time);
  g_autofree gchar *path = g_strdup_printf ("/%s", config->name);

  g_ptr_array_add (self->cameras, camera);
  gst_rtsp_mount_points_add_factory (mounts, path,
      factory_new (camera_get_hub (camera), udp));
}

static gboolean
server_add_auth (CheapcamServer * self, const CheapcamConfig * config,
    GError ** error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GstRTSPAuth) auth = NULL;
  CheapcamUsers *users = NULL;

  if (config->tls_certificate) {
    if (!secretfile_check (config->tls_key, error)) {
      g_prefix_error (error, "[server] tls-key: ");
      return FALSE;
    }
    certificate = g_tls_certificate_new_from_files (config->tls_certificate,
        config->tls_key, error);
    if (certificate == NULL) {
      g_prefix_error (error, "TLS certificate %s with key %s: ",
          config->tls_certificate, config->tls_key);
      return FALSE;
    }
  }
  if (config->users_file) {
    users = users_load (config->users_file, error);
    if (users == NULL)
      return FALSE;
  }
  auth = auth_new (users, config->udp);
  if (certificate)
    gst_rtsp_auth_set_tls_certificate (auth, certificate);
  gst_rtsp_server_set_auth (GST_RTSP_SERVER (self), auth);
  self->tls = certificate != NULL;
  return TRUE;
}

/* The configuration has passed config_check(). */
CheapcamServer *
server_new (const CheapcamConfig * config, GError ** error)
{
  g_autoptr (CheapcamServer) self = g_object_new (CHEAPCAM_TYPE_SERVER, NULL);
  GstRTSPServer *base = GST_RTSP_SERVER (self);
  g_autoptr (GstRTSPSessionPool) sessions =
      sessions_new (config->max_connections);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  GstClockTime now = gst_clock_get_time (clock);
  g_autofree gchar *service = g_strdup_printf ("%u", config->port);

  self->limit = connlimit_new (config->max_connections,
      config->max_connections_per_address);
  self->client_limits.request_time_s = config->request_timeout_s;
  self->client_limits.session_time_s = config->session_timeout_s;
  if (!server_add_auth (self, config, error))
    return NULL;
  gst_rtsp_server_set_session_pool (base, sessions);
  gst_rtsp_server_set_address (base, config->address);
  gst_rtsp_server_set_service (base, service);
  for (guint i = 0; i < config->cameras->len; i++)
    server_add_camera (self, g_ptr_array_index (config->cameras, i),
        config->udp, now > TIME_HEADROOM ? now - TIME_HEADROOM : 0);
  return g_steal_pointer (&self);
}

static gboolean
server_accept (GSocket * socket, GIOCondition condition, gpointer user_data)
{
  gboolean again;

  inlet_begin_accept ();
  again = gst_rtsp_server_io_func (socket, condition, user_data);
  inlet_end_accept ();
  return again;
}

static gboolean
server_end_sessions (GstRTSPSessionPool * sessions, gpointer user_data)
{
  gst_rtsp_session_pool_cleanup (sessions);
  return G_SOURCE_CONTINUE;
}

gboolean
server_start (CheapcamServer * self, GError ** error)
{
  GstRTSPServer *base = GST_RTSP_SERVER (self);
  g_autoptr (GstRTSPSessionPool) sessions =
      gst_rtsp_server_get_session_pool (base);
  g_autofree gchar *address = gst_rtsp_server_get_address (base);
  g_autofree gchar *service = gst_rtsp_server_get_service (base);

  self->socket = gst_rtsp_server_create_socket (base, NULL, error);
  if (self->socket == NULL) {
    g_prefix_error (error, "address %s, port %s: ", address, service);
    return FALSE;
  }
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (server_accept), self,
      NULL);
  g_source_attach (self->source, NULL);
  self->session_source = gst_rtsp_session_pool_create_watch (sessions);
  g_source_set_callback (self->session_source,
      G_SOURCE_FUNC (server_end_sessions), NULL, NULL);
  g_source_attach (self->session_source, NULL);
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
  g_autoptr (GSocketAddress) bound =
      g_socket_get_local_address (self->socket, NULL);
  guint port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  gboolean ipv6 = strchr (address, ':') != NULL;

  for (guint i = 0; i < self->cameras->len; i++) {
    CheapcamHub *hub = camera_get_hub (g_ptr_array_index (self->cameras, i));

    urls[i] = g_strdup_printf ("%s://%s%s%s:%u/%s",
        self->tls ? "rtsps" : "rtsp", ipv6 ? "[" : "", address,
        ipv6 ? "]" : "", port, hub_get_name (hub));
  }
  return urls;
}

static GstRTSPFilterResult
server_close_client (GstRTSPServer * server, GstRTSPClient * client,
    gpointer user_data)
{
  client_close_soon (CHEAPCAM_CLIENT (client));
  return GST_RTSP_FILTER_KEEP;
}

/* Closes everything, and waits for it. */
void
server_stop (CheapcamServer * self)
{
  g_autoptr (GstRTSPThreadPool) threads =
      gst_rtsp_server_get_thread_pool (GST_RTSP_SERVER (self));

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  g_source_destroy (self->session_source);
  g_clear_pointer (&self->session_source, g_source_unref);
  for (guint i = 0; i < self->cameras->len; i++)
    camera_stop (g_ptr_array_index (self->cameras, i));
  gst_rtsp_server_client_filter (GST_RTSP_SERVER (self), server_close_client,
      NULL);
  /* a connection whose thread ended while it was told to close is left to the
   * end of the process */
  gboolean closed = connlimit_wait_empty (self->limit,
      g_get_monotonic_time () + CLOSE_TIME);
  for (guint i = 0; i < self->cameras->len; i++)
    camera_wait_stopped (g_ptr_array_index (self->cameras, i));
  if (closed)
    threads_stop (CHEAPCAM_THREADS (threads));
  else
    g_info ("some connections did not close");
}
