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

gboolean
gst_borescope_uri_apply (GstElement * element, const gchar * text,
    GError ** error)
{
  g_autoptr (GstUri) uri = gst_uri_from_string (text);
  g_autofree gchar *host = NULL;
  gint port = -1;

  if (!uri || g_strcmp0 (gst_uri_get_scheme (uri), GST_BORESCOPE_URI_SCHEME)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "\"%s\" is not a URI like borescope://192.168.10.123", text);
    return FALSE;
  }
  /* for GstUri port 0 is none, and it wraps large ones */
  if (!g_uri_split (text, G_URI_FLAGS_NONE, NULL, NULL, &host, &port, NULL,
          NULL, NULL, NULL)) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "%s: a host, and a port of at most 65535, are wanted", text);
    return FALSE;
  }
  if (port < 0)
    port = GST_BORESCOPE_DEFAULT_PORT;
  g_autoptr (GHashTable) query = gst_uri_get_query_table (uri);
  if (!gst_borescope_uri_check (element, query, text, error))
    return FALSE;
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
