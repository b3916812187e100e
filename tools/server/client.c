/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* One connection of a viewer: how long it may take over its requests, which
 * sessions are its own, and a request that waits for its camera. All of it
 * runs in the one thread that the connection belongs to. */

#include "client.h"

#include "factory.h"
#include "inlet.h"
#include "viewer.h"

/* How long a DESCRIBE waits for a camera that is not there yet. */
#define CAMERA_TIME_MS 5000

struct _CheapcamClient
{
  GstRTSPClient parent;

  /* set for good before the connection is served */
  CheapcamClientLimits limits;
  CheapcamConnTicket *ticket;
  GSocket *socket;
  GMainContext *context;

  /* the connection's thread */
  GstRTSPSession *session;      /* the one it made */
  GSource *deadline;
  gboolean extended;            /* the deadline, once for each request */
  gchar *login;                 /* the credentials that were good, hashed */

  GstRTSPMessage *waiting;
  CheapcamHub *waiting_hub;
  guint waiter;
  GSource *waiting_timer;
  gboolean resuming;
};

G_DEFINE_FINAL_TYPE (CheapcamClient, client, GST_TYPE_RTSP_CLIENT);

static void
client_clear_source (GSource ** source)
{
  if (*source) {
    g_source_destroy (*source);
    g_clear_pointer (source, g_source_unref);
  }
}

static void
client_clear_waiting (CheapcamClient * self)
{
  if (self->waiting_hub)
    hub_remove_waiter (self->waiting_hub, self->waiter);
  g_clear_object (&self->waiting_hub);
  client_clear_source (&self->waiting_timer);
  if (self->waiting)
    gst_rtsp_message_free (self->waiting);
  self->waiting = NULL;
}

/* A TLS handshake that waits for its peer holds the socket, whoever lets go of
 * it here: end it for both. */
static void
client_close (CheapcamClient * self)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  gst_rtsp_client_close (GST_RTSP_CLIENT (self));
}

static gboolean
client_close_later (gpointer user_data)
{
  client_close (CHEAPCAM_CLIENT (user_data));
  return G_SOURCE_REMOVE;
}

/* With a session, the session pool knows how long it may last. */
static gboolean
client_deadline (gpointer user_data)
{
  CheapcamClient *self = user_data;

  if (client_has_session (self) || self->waiting)
    return G_SOURCE_CONTINUE;
  /* what waits to be read may have come in time, while the thread was busy */
  if (!self->extended &&
      g_socket_condition_check (self->socket, G_IO_IN) & G_IO_IN) {
    self->extended = TRUE;
    return G_SOURCE_CONTINUE;
  }
  g_info ("a connection is closed: no complete request for %u s",
      self->limits.request_time_s);
  client_close (self);
  return G_SOURCE_REMOVE;
}

static void
client_arm_deadline (CheapcamClient * self)
{
  client_clear_source (&self->deadline);
  self->deadline = g_timeout_source_new_seconds (self->limits.request_time_s);
  g_source_set_callback (self->deadline, client_deadline, self, NULL);
  g_source_attach (self->deadline, self->context);
}

/* Or it would stay in the pool until it times out. */
static void
client_clear_session (CheapcamClient * self)
{
  g_autoptr (GstRTSPSessionPool) pool =
      gst_rtsp_client_get_session_pool (GST_RTSP_CLIENT (self));
  g_autoptr (GstRTSPSession) session = g_steal_pointer (&self->session);

  if (session)
    gst_rtsp_session_pool_remove (pool, session);
}

static void
client_closed (GstRTSPClient * base)
{
  CheapcamClient *self = CHEAPCAM_CLIENT (base);

  client_clear_source (&self->deadline);
  client_clear_waiting (self);
  client_clear_session (self);
  if (GST_RTSP_CLIENT_CLASS (client_parent_class)->closed)
    GST_RTSP_CLIENT_CLASS (client_parent_class)->closed (base);
}

/* A session belongs to the connection that made it. */
static void
client_new_session (GstRTSPClient * base, GstRTSPSession * session)
{
  CheapcamClient *self = CHEAPCAM_CLIENT (base);

  g_set_object (&self->session, session);
  gst_rtsp_session_set_timeout (session, self->limits.session_time_s);
  if (GST_RTSP_CLIENT_CLASS (client_parent_class)->new_session)
    GST_RTSP_CLIENT_CLASS (client_parent_class)->new_session (base, session);
}

static void
client_setup_request (GstRTSPClient * base, GstRTSPContext * context)
{
  CheapcamClient *self = CHEAPCAM_CLIENT (base);
  CheapcamViewer *viewer = factory_get_viewer (context->media);
  const GstRTSPTransport *transport =
      gst_rtsp_stream_transport_get_transport (context->trans);

  if (viewer) {
    viewer_set_gone_func (viewer, self->context, client_close_later,
        g_object_ref (self), g_object_unref);
    if (transport->lower_transport == GST_RTSP_LOWER_TRANS_UDP)
      viewer_set_paced (viewer);
  }
  if (GST_RTSP_CLIENT_CLASS (client_parent_class)->setup_request)
    GST_RTSP_CLIENT_CLASS (client_parent_class)->setup_request (base, context);
}

/* What is refused anyway is not advertised either. */
static GstRTSPStatusCode
client_pre_options_request (GstRTSPClient * base, GstRTSPContext * context)
{
  g_autofree gchar *methods = gst_rtsp_options_as_text (GST_RTSP_OPTIONS |
      GST_RTSP_DESCRIBE | GST_RTSP_SETUP | GST_RTSP_PLAY | GST_RTSP_PAUSE |
      GST_RTSP_TEARDOWN | GST_RTSP_GET_PARAMETER | GST_RTSP_SET_PARAMETER);

  gst_rtsp_message_remove_header (context->response, GST_RTSP_HDR_PUBLIC, -1);
  gst_rtsp_message_add_header (context->response, GST_RTSP_HDR_PUBLIC, methods);
  return GST_RTSP_STS_OK;
}

static void
client_finalize (GObject * object)
{
  CheapcamClient *self = CHEAPCAM_CLIENT (object);
  CheapcamConnTicket *ticket = self->ticket;

  client_clear_source (&self->deadline);
  client_clear_waiting (self);
  client_clear_session (self);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->login);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (client_parent_class)->finalize (object);
  /* last: who waits for that may rely on all being gone */
  if (ticket)
    connlimit_leave (ticket);
}

static void
client_class_init (CheapcamClientClass * klass)
{
  GstRTSPClientClass *base_class = GST_RTSP_CLIENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = client_finalize;
  base_class->closed = client_closed;
  base_class->new_session = client_new_session;
  base_class->setup_request = client_setup_request;
  base_class->pre_options_request = client_pre_options_request;
}

static void
client_init (CheapcamClient * self)
{
}

/* Takes the ticket. */
GstRTSPClient *
client_new (const CheapcamClientLimits * limits, CheapcamConnTicket * ticket,
    GSocket * socket)
{
  CheapcamClient *self = g_object_new (CHEAPCAM_TYPE_CLIENT, NULL);

  self->limits = *limits;
  self->ticket = ticket;
  self->socket = g_object_ref (socket);
  return GST_RTSP_CLIENT (self);
}

void
client_set_context (CheapcamClient * self, GMainContext * context)
{
  self->context = g_main_context_ref (context);
  client_arm_deadline (self);
}

static gboolean
client_close_if_there (gpointer user_data)
{
  g_autoptr (CheapcamClient) self = g_weak_ref_get (user_data);

  if (self)
    client_close (self);
  return G_SOURCE_REMOVE;
}

static void
client_free_weak (gpointer user_data)
{
  g_weak_ref_clear (user_data);
  g_free (user_data);
}

/* From any thread: the connection closes in its own. That thread may be about
 * to end, with the connection, and look at nothing any more: what it is told
 * must not keep the connection. */
void
client_close_soon (CheapcamClient * self)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  GWeakRef *weak;

  if (self->context == NULL)
    return;
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_source_set_callback (source, client_close_if_there, weak, client_free_weak);
  g_source_attach (source, self->context);
}

void
client_request_arrived (CheapcamClient * self)
{
  CheapcamInletBudget *budget = inlet_get_budget (self->socket);

  if (budget)
    inlet_budget_refill (budget);
  self->extended = FALSE;
  if (self->deadline)
    client_arm_deadline (self);
}

gboolean
client_owns (CheapcamClient * self, GstRTSPSession * session)
{
  return session == self->session;
}

gboolean
client_has_session (CheapcamClient * self)
{
  GList *sessions =
      gst_rtsp_client_session_filter (GST_RTSP_CLIENT (self), NULL, NULL);
  gboolean has = sessions != NULL;

  g_list_free_full (sessions, g_object_unref);
  return has;
}

static GstRTSPFilterResult
client_filter_session (GstRTSPClient * base, GstRTSPSession * session,
    gpointer foreign)
{
  return session == foreign ? GST_RTSP_FILTER_REMOVE : GST_RTSP_FILTER_KEEP;
}

/* The library has a connection watch each session that it names, and ends
 * them with it: not those of others. */
void
client_forget (CheapcamClient * self, GstRTSPSession * session)
{
  gst_rtsp_client_session_filter (GST_RTSP_CLIENT (self),
      client_filter_session, session);
}

static gboolean
client_resume (gpointer user_data)
{
  g_autoptr (CheapcamClient) self = g_object_ref (user_data);
  GstRTSPMessage *request = g_steal_pointer (&self->waiting);

  if (request == NULL)
    return G_SOURCE_REMOVE;
  client_clear_waiting (self);
  self->resuming = TRUE;
  gst_rtsp_client_handle_message (GST_RTSP_CLIENT (self), request);
  self->resuming = FALSE;
  gst_rtsp_message_free (request);
  return G_SOURCE_REMOVE;
}

/* Handles a copy of the request when the camera is there, or after a time, and
 * holds no thread meanwhile. FALSE if a request is waiting already. */
gboolean
client_defer (CheapcamClient * self, GstRTSPMessage * request,
    CheapcamHub * hub)
{
  if (self->waiting || self->context == NULL ||
      gst_rtsp_message_copy (request, &self->waiting) != GST_RTSP_OK)
    return FALSE;
  self->waiting_timer = g_timeout_source_new (CAMERA_TIME_MS);
  g_source_set_callback (self->waiting_timer, client_resume, self, NULL);
  g_source_attach (self->waiting_timer, self->context);
  self->waiting_hub = g_object_ref (hub);
  self->waiter = hub_add_waiter (hub, self->context, client_resume,
      g_object_ref (self), g_object_unref);
  return TRUE;
}

/* Whether the request that is handled now has waited for its camera. */
gboolean
client_has_waited (CheapcamClient * self)
{
  return self->resuming;
}

const gchar *
client_get_login (CheapcamClient * self)
{
  return self->login;
}

void
client_set_login (CheapcamClient * self, const gchar * login)
{
  g_free (self->login);
  self->login = g_strdup (login);
}
