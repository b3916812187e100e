/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopesettings.h"
#include "gstborescopeuri.h"

/* Objects, and what the URI says by itself. */
static gboolean
gst_borescope_uri_is_key (GstElement * element, const gchar * key)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS
      (element), key);

  return spec && (spec->flags & G_PARAM_WRITABLE)
      && spec->owner_type == G_OBJECT_TYPE (element)
      && !G_TYPE_IS_OBJECT (spec->value_type) && !g_str_equal (key, "uri")
      && !g_str_equal (key, "host") && !g_str_equal (key, "port");
}

/* A value that is no value of the property's type is refused, as is one out of
 * its range. */
static gboolean
gst_borescope_uri_parse_value (GstElement * element, const gchar * key,
    const gchar * text, GValue * ret_value)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS
      (element), key);
  g_auto (GValue) copy = G_VALUE_INIT;

  g_value_init (ret_value, spec->value_type);
  g_value_init (&copy, spec->value_type);
  if (!text || (!*text && spec->value_type != G_TYPE_STRING)
      || !gst_value_deserialize_with_pspec (ret_value, text, spec))
    return FALSE;
  g_value_copy (ret_value, &copy);
  return !g_param_value_validate (spec, &copy);
}

static gboolean
gst_borescope_uri_check (GstElement * element, GHashTable * query,
    const gchar * uri, GError ** error)
{
  GHashTableIter iter;
  gpointer key, text;

  if (!query)
    return TRUE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &key, &text)) {
    g_auto (GValue) value = G_VALUE_INIT;

    if (!gst_borescope_uri_is_key (element, key)) {
      g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
          "\"%s\" in %s is not a setting; gst-inspect-1.0 borescopesrc "
          "lists them", (const gchar *) key, uri);
      return FALSE;
    }
    if (!gst_borescope_uri_parse_value (element, key, text, &value)) {
      g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
          "\"%s\" in %s is not a value of \"%s\"",
          text ? (const gchar *) text : "", uri, (const gchar *) key);
      return FALSE;
    }
  }
  return TRUE;
}

static void
gst_borescope_uri_set (GstElement * element, GHashTable * query)
{
  GHashTableIter iter;
  gpointer key, text;

  if (!query)
    return;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &key, &text)) {
    g_auto (GValue) value = G_VALUE_INIT;

    if (gst_borescope_uri_parse_value (element, key, text, &value))
      g_object_set_property (G_OBJECT (element), key, &value);
  }
}

/* By GLib: GstUri of 1.22 leaks queries that it refuses, takes port 0 for none,
 * and wraps large ones. FALSE: there is an error; *ret_query may be NULL. */
static gboolean
gst_borescope_uri_split (const gchar * text, gchar ** ret_host,
    gint * ret_port, GHashTable ** ret_query, GError ** error)
{
  g_autofree gchar *scheme = NULL, *query = NULL;
  g_autoptr (GError) wrong = NULL;

  if (!g_uri_split (text, G_URI_FLAGS_ENCODED_QUERY, &scheme, NULL, ret_host,
          ret_port, NULL, &query, NULL, &wrong)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "\"%s\": %s", text, wrong->message);
    return FALSE;
  }
  if (g_strcmp0 (scheme, GST_BORESCOPE_URI_SCHEME) != 0) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "\"%s\" is not a URI like borescope://192.168.10.123", text);
    return FALSE;
  }
  if (!query || !*query)
    return TRUE;
  *ret_query = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, &wrong);
  if (!*ret_query)
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE,
        "\"%s\": %s", text, wrong->message);
  return *ret_query != NULL;
}

gboolean
gst_borescope_uri_apply (GstElement * element, const gchar * text,
    GError ** error)
{
  g_autoptr (GHashTable) query = NULL;
  g_autofree gchar *host = NULL;
  gint port = -1;

  if (!gst_borescope_uri_split (text, &host, &port, &query, error)
      || !gst_borescope_uri_check (element, query, text, error))
    return FALSE;
  if (port < 0)
    port = GST_BORESCOPE_DEFAULT_PORT;
  g_object_set (element, "host", host, "port", (guint) port, NULL);
  gst_borescope_uri_set (element, query);
  return TRUE;
}

gchar *
gst_borescope_uri_make (const gchar * host, guint port)
{
  gboolean ip6 = strchr (host, ':') != NULL;

  return g_strdup_printf (GST_BORESCOPE_URI_SCHEME "://%s%s%s:%u",
      ip6 ? "[" : "", host, ip6 ? "]" : "", port);
}
