/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopeio.h"
#include "gstborescopequeue.h"

G_BEGIN_DECLS

/* The structures that applications see: messages, events, statistics. */

typedef struct
{
  MolinkVariant variant;
  guint64 frames_corrupt;
  guint64 button_events;
  guint64 assembly_time;        /* of the last frame, ns */
  guint64 n_frames;
  guint64 frame_bytes;
  guint64 first_time;           /* monotonic, ns */
  guint64 last_time;
} GstBorescopeReportCounts;

const gchar *gst_borescope_report_protocol (MolinkVariant variant);

GstStructure *gst_borescope_report_stats (const GstBorescopeIoCounts * io,
    const GstBorescopeQueueCounts * queue,
    const GstBorescopeReportCounts * other);

GstStructure *gst_borescope_report_button (guint key, guint counter,
    guint n_presses, GstClockTime running_time);

GstStructure *gst_borescope_report_battery (const MolinkBattery * battery);

G_END_DECLS
