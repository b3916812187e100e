/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "config.h"
#include "hub.h"

G_BEGIN_DECLS

typedef struct _CheapcamIngest CheapcamIngest;

CheapcamIngest *ingest_new (CheapcamHub * hub, const gchar * uri,
    CheapcamTranscode transcode, GstClockTime start, GError ** error);
void ingest_free (CheapcamIngest * self);
GstBus *ingest_get_bus (CheapcamIngest * self);
gboolean ingest_start (CheapcamIngest * self);
gboolean ingest_play (CheapcamIngest * self);
gint64 ingest_last_data (CheapcamIngest * self);
GstClockTime ingest_next_start (CheapcamIngest * self);

G_END_DECLS
