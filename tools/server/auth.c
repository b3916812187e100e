/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What every request passes before the RTSP library acts on it: the login, the
 * guard, whose session it is, and whether the camera is there. */

#include "auth.h"

#include <string.h>

#include "client.h"
#include "factory.h"
#include "guard.h"
#include "throttle.h"

#define REALM "cheapcam"
#define MAX_CREDENTIALS 512

struct _CheapcamAuth
{
  GstRTSPAuth parent;

  /* set for good in auth_new() */
  CheapcamUsers *users;         /* NULL: everybody may watch */
  gboolean udp;
  CheapcamThrottle *throttle;
  gchar *secret;                /* of this process, for what is remembered */
};

G_DEFINE_FINAL_TYPE (CheapcamAuth, auth, GST_TYPE_RTSP_AUTH);

/* Answers and says that the request needs no further handling. wait_s: when to
 * ask again, 0 if that makes no difference. */
static gboolean
auth_refuse_for (GstRTSPContext * context, GstRTSPStatusCode status,
    guint wait_s)
{
  gst_rtsp_message_init_response (context->response, status,
      gst_rtsp_status_as_text (status), context->request);
  if (status == GST_RTSP_STS_UNAUTHORIZED)
    gst_rtsp_message_add_header (context->response,
        GST_RTSP_HDR_WWW_AUTHENTICATE, "Basic realm=\"" REALM "\"");
  if (wait_s != 0)
    gst_rtsp_message_take_header (context->response, GST_RTSP_HDR_RETRY_AFTER,
        g_strdup_printf ("%u", wait_s));
  gst_rtsp_client_send_message (context->client, NULL, context->response);
  return FALSE;
}

static gboolean
auth_refuse (GstRTSPContext * context, GstRTSPStatusCode status)
{
  return auth_refuse_for (context, status, 0);
}

/* The user:password of Basic credentials; NULL if there are none. */
static gchar *
auth_decode (GstRTSPContext * context)
{
  GstRTSPAuthCredential **credentials =
      gst_rtsp_message_parse_auth_credentials (context->request,
      GST_RTSP_HDR_AUTHORIZATION);
  gchar *plain = NULL;

  for (gsize i = 0; credentials && credentials[i] && plain == NULL; i++) {
    const gchar *token = credentials[i]->authorization;
    g_autofree guchar *bytes = NULL;
    gsize size;

    if (credentials[i]->scheme != GST_RTSP_AUTH_BASIC || token == NULL ||
        *token == '\0' || strlen (token) > MAX_CREDENTIALS)
      continue;
    bytes = g_base64_decode (token, &size);
    if (bytes && memchr (bytes, '\0', size) == NULL)
      plain = g_strndup ((gchar *) bytes, size);
  }
  if (credentials)
    gst_rtsp_auth_credentials_free (credentials);
  return plain;
}

static gboolean
auth_verify (CheapcamAuth * self, const gchar * peer, const gchar * user,
    const gchar * password)
{
  g_autofree gchar *shown = NULL;

  if (users_verify (self->users, user, password)) {
    throttle_note_success (self->throttle, peer, user);
    return TRUE;
  }
  throttle_count_failure (self->throttle, peer, user, g_get_monotonic_time ());
  shown = g_strescape (user, NULL);
  g_message ("login from %s as \"%.64s\" failed", peer, shown);
  return FALSE;
}

/* Answers if the login is not good. */
static gboolean
auth_login_with (CheapcamAuth * self, GstRTSPContext * context,
    const gchar * peer, gchar * plain)
{
  gchar *colon = strchr (plain, ':');
  gint64 wait;

  if (colon == NULL)
    return auth_refuse (context, GST_RTSP_STS_UNAUTHORIZED);
  *colon = '\0';
  wait = throttle_wait_time (self->throttle, peer, plain,
      g_get_monotonic_time ());
  if (wait > 0) {
    g_info ("login from %s not looked at: too many have failed", peer);
    return auth_refuse_for (context, GST_RTSP_STS_SERVICE_UNAVAILABLE,
        1 + (wait - 1) / G_TIME_SPAN_SECOND);
  }
  return auth_verify (self, peer, plain, colon + 1) ||
      auth_refuse (context, GST_RTSP_STS_UNAUTHORIZED);
}

/* A connection that has logged in sends the same credentials with each
 * request; they are compared, not hashed at length again. */
static gboolean
auth_login (CheapcamAuth * self, GstRTSPContext * context, const gchar * peer)
{
  CheapcamClient *client = CHEAPCAM_CLIENT (context->client);
  gchar *plain = auth_decode (context);
  g_autofree gchar *login = NULL;
  gboolean good;
  gsize size;

  if (plain == NULL)
    return auth_refuse (context, GST_RTSP_STS_UNAUTHORIZED);
  size = strlen (plain);
  login = g_compute_hmac_for_string (G_CHECKSUM_SHA256,
      (const guchar *) self->secret, strlen (self->secret), plain, -1);
  good = g_strcmp0 (login, client_get_login (client)) == 0;
  if (!good) {
    good = auth_login_with (self, context, peer, plain);
    if (good)
      client_set_login (client, login);
  }
  explicit_bzero (plain, size);
  g_free (plain);
  return good;
}

static CheapcamHub *
auth_find_hub (GstRTSPContext * context)
{
  g_autoptr (GstRTSPMountPoints) mounts =
      gst_rtsp_client_get_mount_points (context->client);
  g_autofree gchar *path = NULL;
  GstRTSPMediaFactory *factory;
  CheapcamHub *hub = NULL;
  gint matched;

  if (context->uri == NULL)
    return NULL;
  path = gst_rtsp_mount_points_make_path (mounts, context->uri);
  factory = gst_rtsp_mount_points_match (mounts, path, &matched);
  if (factory) {
    /* the factory lasts as long as the server */
    hub = factory_get_hub (CHEAPCAM_FACTORY (factory));
    g_object_unref (factory);
  }
  return hub;
}

/* A request for the stream of a camera that is not there waits for a while,
 * and without holding up the thread that many connections share. */
static gboolean
auth_await_camera (GstRTSPContext * context, const gchar * peer)
{
  CheapcamClient *client = CHEAPCAM_CLIENT (context->client);
  CheapcamHub *hub;

  if (context->method != GST_RTSP_DESCRIBE &&
      (context->method != GST_RTSP_SETUP || context->session != NULL))
    return TRUE;
  hub = auth_find_hub (context);
  if (hub == NULL)
    return TRUE;
  if (hub_is_unsendable (hub, g_get_monotonic_time ()))
    return auth_refuse (context, GST_RTSP_STS_SERVICE_UNAVAILABLE);
  if (hub_is_ready (hub))
    return TRUE;
  if (!client_has_waited (client) &&
      client_defer (client, context->request, hub))
    return FALSE;
  g_message ("camera %s is not there: 503 for %s", hub_get_name (hub), peer);
  return auth_refuse (context, GST_RTSP_STS_SERVICE_UNAVAILABLE);
}

static gboolean
auth_check_request (CheapcamAuth * self, GstRTSPContext * context)
{
  CheapcamClient *client = CHEAPCAM_CLIENT (context->client);
  const gchar *peer = gst_rtsp_connection_get_ip (context->conn);
  gboolean foreign = context->session &&
      !client_owns (client, context->session);
  GstRTSPStatusCode status;

  if (foreign)
    client_forget (client, context->session);
  /* who has not logged in gains no time by asking */
  if (self->users && !auth_login (self, context, peer))
    return FALSE;
  client_request_arrived (client);
  if (foreign)
    return auth_refuse (context, GST_RTSP_STS_SESSION_NOT_FOUND);

  status = guard_check_request (context->request, peer, self->udp);
  if (status != GST_RTSP_STS_OK)
    return auth_refuse (context, status);
  if (context->method == GST_RTSP_SETUP && context->session == NULL &&
      client_has_session (client))
    return auth_refuse (context, GST_RTSP_STS_METHOD_NOT_VALID_IN_THIS_STATE);
  return auth_await_camera (context, peer);
}

static gboolean
auth_check (GstRTSPAuth * base, GstRTSPContext * context, const gchar * check)
{
  if (g_str_equal (check, GST_RTSP_AUTH_CHECK_URL))
    return auth_check_request (CHEAPCAM_AUTH (base), context);
  if (g_str_equal (check, GST_RTSP_AUTH_CHECK_CONNECT))
    return GST_RTSP_AUTH_CLASS (auth_parent_class)->check (base, context,
        check);
  /* who has come so far may watch, and choose nothing for others */
  return !g_str_equal (check, GST_RTSP_AUTH_CHECK_TRANSPORT_CLIENT_SETTINGS);
}

static void
auth_finalize (GObject * object)
{
  CheapcamAuth *self = CHEAPCAM_AUTH (object);

  g_clear_pointer (&self->users, users_free);
  throttle_free (self->throttle);
  g_free (self->secret);
  G_OBJECT_CLASS (auth_parent_class)->finalize (object);
}

static void
auth_class_init (CheapcamAuthClass * klass)
{
  G_OBJECT_CLASS (klass)->finalize = auth_finalize;
  GST_RTSP_AUTH_CLASS (klass)->check = auth_check;
}

static void
auth_init (CheapcamAuth * self)
{
  self->throttle = throttle_new ();
  self->secret = g_uuid_string_random ();
}

/* Takes the users. */
GstRTSPAuth *
auth_new (CheapcamUsers * users, gboolean udp)
{
  CheapcamAuth *self = g_object_new (CHEAPCAM_TYPE_AUTH, NULL);

  self->users = users;
  self->udp = udp;
  return GST_RTSP_AUTH (self);
}
