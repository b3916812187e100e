/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpscollection.h"
#include "gstgpsforms.h"
#include "gstgpsstream.h"

G_BEGIN_DECLS
/* A sometimes pad of an element's own, on which a stream leaves. Thread-safe. */
typedef struct _GstGpsOutlet GstGpsOutlet;

/* templ: such as "gps_%u", a template of the element; number: of the pad.
 * The first three outlive the outlet, the others are never freed. */
GstGpsOutlet *gst_gps_outlet_new (GstElement * element, GstGpsStream * stream,
    GstGpsCollection * collection, const gchar * templ,
    guint number, const GstGpsForms * forms);
void gst_gps_outlet_free (GstGpsOutlet * self);

/* What the pad answers to upstream events and queries. Before it is open. */
void gst_gps_outlet_set_functions (GstGpsOutlet * self,
    GstPadEventFunction event, GstPadQueryFunction query);

/* The pad is there from now on, and in the collection. Returns FALSE when it
 * was, or nobody wants one any more. */
gboolean gst_gps_outlet_open (GstGpsOutlet * self);

/* Frees whoever waits for room in the pad's queue. None is opened any more. */
void gst_gps_outlet_stop (GstGpsOutlet * self);

/* The pad is gone, and may come again. */
void gst_gps_outlet_close (GstGpsOutlet * self);

G_END_DECLS
