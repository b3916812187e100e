/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopereport.h"

const gchar *
gst_borescope_report_protocol (MolinkVariant variant)
{
  switch (variant) {
    case MOLINK_VARIANT_A:
      return "molink-a";
    case MOLINK_VARIANT_B:
      return "molink-b";
    case MOLINK_VARIANT_C:
      return "molink-tcp";
    case MOLINK_VARIANT_UNKNOWN:
      break;
  }
  return "unknown";
}

static gdouble
gst_borescope_report_fps (const GstBorescopeReportCounts * counts)
{
  if (counts->n_frames < 2 || counts->last_time <= counts->first_time)
    return 0.0;
  return (gdouble) (counts->n_frames - 1) * GST_SECOND
      / (gdouble) (counts->last_time - counts->first_time);
}

GstStructure *
gst_borescope_report_stats (const GstBorescopeIoCounts * io,
    const GstBorescopeQueueCounts * queue,
    const GstBorescopeReportCounts * other)
{
  const GstBorescopeReceiverCounts *r = &io->receiver;
  guint64 mean_size = other->n_frames ? other->frame_bytes / other->n_frames :
      0;

  return gst_structure_new ("application/x-borescope-stats",
      "packets-received", G_TYPE_UINT64, r->packets,
      "bytes-received", G_TYPE_UINT64, r->bytes,
      "packets-invalid", G_TYPE_UINT64,
      r->invalid + io->link.probes_invalid,
      "packets-foreign", G_TYPE_UINT64, r->foreign + io->control.foreign,
      "packets-duplicate", G_TYPE_UINT64, r->duplicate,
      "packets-reordered", G_TYPE_UINT64, r->reordered,
      "packets-late", G_TYPE_UINT64, r->late,
      "fragments-lost", G_TYPE_UINT64, r->fragments_lost,
      "frames-pushed", G_TYPE_UINT64, queue->pushed,
      "frames-incomplete", G_TYPE_UINT64, r->frames_incomplete,
      "frames-expired", G_TYPE_UINT64, r->frames_expired,
      "frames-corrupt", G_TYPE_UINT64, other->frames_corrupt,
      "frames-overrun", G_TYPE_UINT64, queue->overrun,
      "frames-late", G_TYPE_UINT64, queue->late,
      "receive-calls", G_TYPE_UINT64, r->syscalls,
      "keepalives-sent", G_TYPE_UINT64, io->link.keepalives,
      "reconnects", G_TYPE_UINT64, io->link.reconnects,
      "button-events", G_TYPE_UINT64, other->button_events,
      "control-requests", G_TYPE_UINT64, io->control.requests,
      "control-timeouts", G_TYPE_UINT64, io->control.timeouts,
      "average-fps", G_TYPE_DOUBLE, gst_borescope_report_fps (other),
      "average-frame-size", G_TYPE_UINT64, mean_size,
      "last-assembly-time", G_TYPE_UINT64, other->assembly_time,
      "rcvbuf-size", G_TYPE_UINT, io->link.receive_buffer,
      "protocol", G_TYPE_STRING,
      gst_borescope_report_protocol (other->variant), NULL);
}

/* Codes of the vendor's application (borescope.md 1.4). */
static const gchar *
gst_borescope_report_key (guint key)
{
  static const gchar *const names[] = {
    "unknown", "photo", "video", "zoom-in", "zoom-out"
  };

  return names[key < G_N_ELEMENTS (names) ? key : 0];
}

GstStructure *
gst_borescope_report_button (guint key, guint counter, guint n_presses,
    GstClockTime running_time)
{
  return gst_structure_new ("borescope-button",
      "key", G_TYPE_STRING, gst_borescope_report_key (key),
      "key-code", G_TYPE_UINT, key,
      "counter", G_TYPE_UINT, counter,
      "presses", G_TYPE_UINT, n_presses,
      "running-time", G_TYPE_UINT64, running_time,
      "timestamp", G_TYPE_UINT64, running_time, NULL);
}

GstStructure *
gst_borescope_report_battery (const MolinkBattery * battery)
{
  return gst_structure_new ("borescope-battery",
      "percent", G_TYPE_INT, battery->percent,
      "charging", G_TYPE_BOOLEAN, battery->plugged,
      "full", G_TYPE_BOOLEAN, battery->full, NULL);
}
