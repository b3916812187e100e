/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpstrack.h"
#include "wire/dialect.h"

G_BEGIN_DECLS

/* What is told of a recording beside its fixes: tags, and a summary. Not
 * thread-safe: its stream's lock guards it. */
typedef struct _GstGpsNews GstGpsNews;

/* Both outlive it. */
GstGpsNews *gst_gps_news_new (GstGpsTrack * track,
    const GstGpsSettings * settings);
void gst_gps_news_free (GstGpsNews * self);

/* A new recording. */
void gst_gps_news_clear (GstGpsNews * self);

/* A block that nobody can decode. */
void gst_gps_news_found_unreadable (GstGpsNews * self,
    const Dialect * dialect);

/* The summary of a pad's track, or NULL: that was told. */
GstStructure *gst_gps_news_summarize (GstGpsNews * self, const gchar * pad,
    gboolean at_end);

/* Tags that are to be told before the fix that leaves at time, or NULL. */
GstTagList *gst_gps_news_take_tags (GstGpsNews * self, const GstGpsFix * fix,
    GstClockTime time);

/* Those of now, unless the caller has that generation, or there are none. */
GstTagList *gst_gps_news_get_tags (GstGpsNews * self, guint * generation);

G_END_DECLS
