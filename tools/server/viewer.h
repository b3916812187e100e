/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "hub.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_VIEWER (viewer_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamViewer, viewer, CHEAPCAM, VIEWER, GObject)

CheapcamViewer *viewer_new (CheapcamHub * hub);
CheapcamHub *viewer_get_hub (CheapcamViewer * self);
guint viewer_n_streams (CheapcamViewer * self);
GstCaps *viewer_get_caps (CheapcamViewer * self, guint stream);
void viewer_set_gone_func (CheapcamViewer * self, GMainContext * context,
    GSourceFunc func, gpointer user_data, GDestroyNotify notify);
void viewer_set_paced (CheapcamViewer * self);
void viewer_play (CheapcamViewer * self);
void viewer_hold (CheapcamViewer * self);

/* for the hub, which holds its lock */
void viewer_splice (CheapcamViewer * self, guint index, GQueue * cache,
    gboolean video);
void viewer_push (CheapcamViewer * self, guint index, HubItem * item);
void viewer_kick (CheapcamViewer * self, const gchar * why);

/* for the source elements */
HubItem *viewer_pop (CheapcamViewer * self, guint stream);
void viewer_set_flushing (CheapcamViewer * self, guint stream,
    gboolean flushing);

G_END_DECLS
