/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* What a request must be like to reach the RTSP library. That takes some
 * headers as they come: it ends itself on a Scale that is not a number
 * (CVE-2024-44331), sends UDP wherever a Transport says, and leaves a request
 * without an answer when it cannot convert a Range. What is not understood
 * here is refused. */

#include "guard.h"

#include <string.h>

#define MAX_URI 2048
#define MAX_VALUE 1024

/* Of RTP and of its RTCP. */
typedef struct
{
  guint64 first;
  guint64 last;
} GuardPair;

typedef struct
{
  gboolean tcp;
  GuardPair ports;              /* 0-0 if not given */
  GuardPair channels;
} GuardOffer;

/* Whole digits only; TRUE if all of the text is a number of at most max. */
static gboolean
guard_parse_number (const gchar * text, guint64 max, guint64 * ret_number)
{
  gchar *end;
  guint64 number;

  if (!g_ascii_isdigit (*text) || strlen (text) > 10)
    return FALSE;
  number = g_ascii_strtoull (text, &end, 10);
  if (*end != '\0' || number > max)
    return FALSE;
  *ret_number = number;
  return TRUE;
}

/* "4588-4589", two neighbours or one number twice; "4588" is the first of two
 * neighbours. */
static gboolean
guard_parse_pair (const gchar * text, guint64 min, guint64 max,
    GuardPair * ret_pair)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 2);

  if (parts[0] == NULL || !guard_parse_number (g_strstrip (parts[0]), max,
          &ret_pair->first))
    return FALSE;
  ret_pair->last = ret_pair->first + 1;
  if (parts[1] != NULL && !guard_parse_number (g_strstrip (parts[1]), max,
          &ret_pair->last))
    return FALSE;
  return ret_pair->first >= min && ret_pair->last <= max &&
      (ret_pair->last == ret_pair->first ||
      ret_pair->last == ret_pair->first + 1);
}

static gboolean
guard_check_address (const gchar * text, const gchar * peer)
{
  g_autoptr (GInetAddress) given = g_inet_address_new_from_string (text);
  g_autoptr (GInetAddress) real = g_inet_address_new_from_string (peer);

  return given != NULL && real != NULL && g_inet_address_equal (given, real);
}

static gboolean
guard_read_parameter (GuardOffer * offer, const gchar * key,
    const gchar * value, const gchar * peer)
{
  if (g_str_equal (key, "client_port"))
    return value != NULL && guard_parse_pair (value, 1, 65535, &offer->ports);
  if (g_str_equal (key, "interleaved"))
    return value != NULL && guard_parse_pair (value, 0, 255, &offer->channels);
  if (g_str_equal (key, "destination"))
    return value != NULL && guard_check_address (value, peer);
  if (g_str_equal (key, "mode"))
    return value != NULL && (g_ascii_strcasecmp (value, "play") == 0 ||
        g_ascii_strcasecmp (value, "\"play\"") == 0);
  /* a stream is only ever sent to its viewer */
  if (g_str_equal (key, "multicast") || g_str_equal (key, "port") ||
      g_str_equal (key, "ttl") || g_str_equal (key, "layers"))
    return FALSE;
  /* unicast, and what a server ignores */
  return TRUE;
}

/* One way of transport that a viewer offers. */
static gboolean
guard_parse_offer (GuardOffer * offer, const gchar * text, const gchar * peer)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", 32);
  g_autofree gchar *protocol = NULL;

  if (parts[0] == NULL)
    return FALSE;
  protocol = g_ascii_strup (g_strstrip (parts[0]), -1);
  offer->tcp = g_str_equal (protocol, "RTP/AVP/TCP");
  if (!offer->tcp && !g_str_equal (protocol, "RTP/AVP") &&
      !g_str_equal (protocol, "RTP/AVP/UDP"))
    return FALSE;
  for (gsize i = 1; parts[i]; i++) {
    g_auto (GStrv) pair = g_strsplit (g_strstrip (parts[i]), "=", 2);
    g_autofree gchar *key = NULL;

    if (pair[0] == NULL)
      continue;
    key = g_ascii_strdown (g_strstrip (pair[0]), -1);
    if (pair[1])
      g_strstrip (pair[1]);
    if (!guard_read_parameter (offer, key, pair[1], peer))
      return FALSE;
  }
  return offer->tcp || offer->ports.last != 0;
}

/* Written anew, with what was understood and nothing else: the library has
 * its own ideas of blanks and of a single port. */
static void
guard_write_offer (const GuardOffer * offer, GString * out)
{
  const GuardPair *pair = offer->tcp ? &offer->channels : &offer->ports;

  g_string_append_printf (out, "%s%s;unicast", out->len > 0 ? "," : "",
      offer->tcp ? "RTP/AVP/TCP" : "RTP/AVP");
  if (pair->last != 0)
    g_string_append_printf (out, ";%s=%" G_GUINT64_FORMAT "-%"
        G_GUINT64_FORMAT, offer->tcp ? "interleaved" : "client_port",
        pair->first, pair->last);
}

/* Those of the offers that can be granted without harm; NULL if none can. */
gchar *
guard_filter_transport (const gchar * transport, const gchar * peer,
    gboolean udp)
{
  g_auto (GStrv) offers = NULL;
  g_autoptr (GString) good = g_string_new (NULL);

  if (strlen (transport) > MAX_VALUE)
    return NULL;
  offers = g_strsplit (transport, ",", 16);
  for (gsize i = 0; offers[i]; i++) {
    GuardOffer offer = { FALSE };

    if (guard_parse_offer (&offer, offers[i], peer) && (offer.tcp || udp))
      guard_write_offer (&offer, good);
  }
  return good->len > 0 ? g_string_free (g_steal_pointer (&good), FALSE) : NULL;
}

/* Seconds as NPT writes them: digits, or h:m:s, with a fraction. */
static gboolean
guard_check_npt (const gchar * text)
{
  return strlen (text) <= 32 && strspn (text, "0123456789.:") == strlen (text);
}

/* A live stream has no other place than now; but players ask for the start. */
gboolean
guard_check_range (const gchar * range)
{
  g_auto (GStrv) parts = NULL;
  GstRTSPTimeRange *parsed = NULL;

  if (!g_str_has_prefix (range, "npt=") || strlen (range) > 80)
    return FALSE;
  parts = g_strsplit (range + 4, "-", 2);
  if (g_strv_length (parts) != 2 || (!g_str_equal (parts[0], "now") &&
          !guard_check_npt (parts[0])) || !guard_check_npt (parts[1]))
    return FALSE;
  if (gst_rtsp_range_parse (range, &parsed) != GST_RTSP_OK)
    return FALSE;
  gst_rtsp_range_free (parsed);
  return TRUE;
}

/* A speed of 1 changes nothing and is taken out; others cannot be had. */
static gboolean
guard_take_out_rate (GstRTSPMessage * request, GstRTSPHeaderField field)
{
  static const gchar *const one[] = { "1", "1.0", "1.00", "1.000", "1.000000",
    NULL
  };
  gchar *value;

  for (gint i = 0;
      gst_rtsp_message_get_header (request, field, &value, i) == GST_RTSP_OK;
      i++) {
    if (!g_strv_contains (one, value))
      return FALSE;
  }
  gst_rtsp_message_remove_header (request, field, -1);
  return TRUE;
}

/* The library looks at the first Transport header only. */
static GstRTSPStatusCode
guard_check_setup (GstRTSPMessage * request, const gchar * peer, gboolean udp)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree gchar *good = NULL;
  gchar *value;

  for (gint i = 0; all->len <= MAX_VALUE &&
      gst_rtsp_message_get_header (request, GST_RTSP_HDR_TRANSPORT, &value,
          i) == GST_RTSP_OK; i++) {
    if (i > 0)
      g_string_append_c (all, ',');
    g_string_append (all, value);
  }
  good = guard_filter_transport (all->str, peer, udp);
  if (good == NULL)
    return GST_RTSP_STS_UNSUPPORTED_TRANSPORT;
  gst_rtsp_message_remove_header (request, GST_RTSP_HDR_TRANSPORT, -1);
  gst_rtsp_message_add_header (request, GST_RTSP_HDR_TRANSPORT, good);
  gst_rtsp_message_remove_header (request, GST_RTSP_HDR_BLOCKSIZE, -1);
  return GST_RTSP_STS_OK;
}

static GstRTSPStatusCode
guard_check_play (GstRTSPMessage * request)
{
  gchar *value;

  for (gint i = 0; gst_rtsp_message_get_header (request, GST_RTSP_HDR_RANGE,
          &value, i) == GST_RTSP_OK; i++) {
    if (i > 0 || !guard_check_range (value))
      return GST_RTSP_STS_INVALID_RANGE;
  }
  if (!guard_take_out_rate (request, GST_RTSP_HDR_SCALE) ||
      !guard_take_out_rate (request, GST_RTSP_HDR_SPEED))
    return GST_RTSP_STS_HEADER_FIELD_NOT_VALID_FOR_RESOURCE;
  return GST_RTSP_STS_OK;
}

/* Takes out of the request what is harmless and not wanted. */
GstRTSPStatusCode
guard_check_request (GstRTSPMessage * request, const gchar * peer, gboolean udp)
{
  GstRTSPMethod method;
  GstRTSPVersion version;
  const gchar *uri;

  if (gst_rtsp_message_parse_request (request, &method, &uri, &version) !=
      GST_RTSP_OK)
    return GST_RTSP_STS_BAD_REQUEST;
  if (version != GST_RTSP_VERSION_1_0)
    return GST_RTSP_STS_RTSP_VERSION_NOT_SUPPORTED;
  if (uri == NULL || strlen (uri) > MAX_URI)
    return GST_RTSP_STS_REQUEST_URI_TOO_LARGE;

  switch (method) {
    case GST_RTSP_OPTIONS:
    case GST_RTSP_DESCRIBE:
    case GST_RTSP_PAUSE:
    case GST_RTSP_TEARDOWN:
    case GST_RTSP_GET_PARAMETER:
    case GST_RTSP_SET_PARAMETER:
      return GST_RTSP_STS_OK;
    case GST_RTSP_SETUP:
      return guard_check_setup (request, peer, udp);
    case GST_RTSP_PLAY:
      return guard_check_play (request);
    default:
      return GST_RTSP_STS_METHOD_NOT_ALLOWED;
  }
}
