/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* All streams of a recording: those that the demuxer collects, and ours. With
 * two collections in one group decodebin3 may stop for good. Thread-safe. */
typedef struct _GstGpsCollection GstGpsCollection;

GstGpsCollection *gst_gps_collection_new (void);
void gst_gps_collection_free (GstGpsCollection * self);

/* A new recording. */
void gst_gps_collection_clear (GstGpsCollection * self);

/* One of ours. */
void gst_gps_collection_add (GstGpsCollection * self, GstStream * stream);

/* Those of the demuxer. */
void gst_gps_collection_set_theirs (GstGpsCollection * self,
    GstStreamCollection * theirs);

/* A reference to all of them, the same one until something changes; or NULL:
 * the demuxer collects nothing. */
GstStreamCollection *gst_gps_collection_get (GstGpsCollection * self);

G_END_DECLS
