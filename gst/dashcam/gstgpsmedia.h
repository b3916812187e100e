/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpscollection.h"
#include "gstgpsstream.h"
#include "gstgpstap.h"

G_BEGIN_DECLS

/* Watches the demuxer's source pads, and moves the stream of fixes in step with
 * one of them, the reference, until the tap reads alone. Thread-safe. */
typedef struct _GstGpsMedia GstGpsMedia;

/* All of them outlive it. */
GstGpsMedia *gst_gps_media_new (GstElement * demuxer, GstGpsTap * tap,
    GstGpsStream * stream, GstGpsCollection * collection);
void gst_gps_media_free (GstGpsMedia * self);

/* The demuxer's pads as they come and go. */
void gst_gps_media_add_pad (GstGpsMedia * self, GstPad * pad);
void gst_gps_media_remove_pad (GstGpsMedia * self, GstPad * pad);

/* A reference to the pad that sets the pace, or NULL: there are no media. */
GstPad *gst_gps_media_ref_reference (GstGpsMedia * self);

gboolean gst_gps_media_is_video (GstPad * pad);

/* Asks the demuxer when the media have come to the blocks found before the
 * offset reach. In the demuxer's thread, or when that does not run. */
void gst_gps_media_locate (GstGpsMedia * self, guint64 reach);

/* The same, until the fix behind media time is known. */
void gst_gps_media_locate_ahead (GstGpsMedia * self, GstClockTime time);

G_END_DECLS
