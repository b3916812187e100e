/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_BORESCOPE_URI_SCHEME "borescope"

/* Sets host, port and any other property that the query names, of an element:
 * borescope://HOST[:PORT][?PROPERTY=VALUE&...]. An address of IPv6 stands in
 * brackets. Nothing is set where something is wrong. */
gboolean gst_borescope_uri_apply (GstElement * element, const gchar * text,
    GError ** error);

/* (transfer full) */
gchar *gst_borescope_uri_make (const gchar * host, guint port);

G_END_DECLS
