/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/**
 * SECTION:element-nvtgpsdemux
 * @title: nvtgpsdemux
 * @see_also: qtdemux, tsgpsdemux
 *
 * Demuxes an MP4 or MOV that a dash cam recorded, and reads its GPS track,
 * which stands in boxes that qtdemux does not show. The media leave as qtdemux
 * gives them; the fixes leave on a pad of their own, in the form that its peer
 * asks for: GPX (the first choice), plain text for an overlay, CSV, GeoJSON,
 * KML, NMEA 0183, SubRip, or KLV for mpegtsmux. Each buffer of a fix carries it
 * as a #GstGpsMeta, too.
 *
 * With only the GPS pad linked, no media is read: of a healthy file, a few
 * hundred bytes for each fix. The property gps-only makes sure of that,
 * whatever is linked. With it, fixes also come as they pass where a recording
 * cannot be sought in, as through a pipe or from a server without ranges: there
 * qtdemux waits for the index, which most cameras write last.
 *
 * Where the records have accelerations these leave on a pad of their own, that
 * comes with the first of them: as CSV (time, axes, and `g`, or `raw` where the
 * camera's unit is not known; a record without a clock has the seconds of the
 * media as its time), or as a line of text for an overlay. All come, also those
 * of records without a position, and none is needed for anything else.
 *
 * With attach-meta each buffer of video carries the fix of its moment as a
 * #GstGpsMeta, which parsers, decoders, converters and encoders hand on:
 * `nearest` is the fix that is nearest in time, `interpolate` what lies between
 * the fixes before and behind, marked with %GST_GPS_FIX_FIELD_INTERPOLATED.
 * No picture waits: where the recording comes in order, or has no index, the
 * fix behind is often not known yet, and the last one is taken for both.
 * A fix holds for half of gap-threshold; beyond, a picture carries none. Between
 * segments of the track nothing is interpolated.
 *
 * |[
 * gst-launch-1.0 filesrc location=trip.mp4 ! nvtgpsdemux ! filesink location=trip.gpx
 * ]| writes the track of a recording.
 * |[
 * gst-launch-1.0 filesrc location=trip.mp4 ! nvtgpsdemux name=d
 *   d.video_0 ! queue ! decodebin ! videoconvert ! textoverlay name=o ! autovideosink
 *   d.gps_0 ! queue ! o.text_sink
 * ]| plays it with speed and position on the picture.
 *
 * Fixes are few, and a muxer that waits for the next one takes no video meanwhile:
 * qtmux and mp4mux want the streams in one multiqueue, for a queue of a second is
 * full before. Players that have no decoder for a track say so, and play on.
 *
 * ## Messages
 * Element messages, by the name of their structure:
 *
 * - `dashcam-gps`: what is known of the track of one pad. It is posted when an
 *   index in the file has told all records, before anything leaves (`at-end` is
 *   false), and at the end (`at-end` is true); after a seek only if more was
 *   found since. `pad`, `at-end`, the counts `records`, `fixes`, `voids`
 *   (without a position), `duplicates`, `outliers`,
 *   `encrypted` and `segments`; `dialect` and `cameras`;
 *   `time-kind` (#GstGpsTimeKind), `first-time` and `last-time` (ISO 8601, with
 *   a Z if they are UTC); `min-latitude`, `max-latitude`, `min-longitude`,
 *   `max-longitude` (degrees), `distance` (m) and `max-speed` (m/s); what the
 *   camera's `clock` shows (none, utc or local) and `clock-evidence` for it,
 *   `offset` (seconds that its local time is ahead of UTC) and `offset-evidence`
 *   (dialect, name, creation, jump, owner, zone or nothing), `clock-text` for
 *   people; `speed-verdict` (undecided, right, changed or mismatch): what the
 *   track says of the unit of speeds, with `speed-unit` of changed ones,
 *   `speed-factor` (the recorded speed by that of the track) of a mismatch, which
 *   is left as it is, and `speed-text` for people; `warnings` (array of strings).
 *   What is not known is left out.
 *
 * ## Tags
 * The first fix is told as tags of the recording, on all pads: its place, speed,
 * course and time, and the camera if the dialect settles that. What the stock
 * demuxer says itself stays. The property tag-interval tells later fixes, too.
 *
 * Since: 0.1
 */

#include "gstnvtgpsdemux.h"

#include "gstnvtgpstap.h"

struct _GstNvtGpsDemux
{
  GstGpsDemuxBin parent;
};

G_DEFINE_TYPE (GstNvtGpsDemux, gst_nvt_gps_demux, GST_TYPE_GPS_DEMUX_BIN);
GST_ELEMENT_REGISTER_DEFINE (nvtgpsdemux, "nvtgpsdemux", GST_RANK_NONE,
    GST_TYPE_NVT_GPS_DEMUX);

static void
gst_nvt_gps_demux_class_init (GstNvtGpsDemuxClass * klass)
{
  GstGpsDemuxBinClass *bin_class = GST_GPS_DEMUX_BIN_CLASS (klass);

  bin_class->demuxer = "qtdemux";
  bin_class->get_tap_type = gst_nvt_gps_tap_get_type;
  gst_gps_demux_bin_class_add_templates (bin_class,
      "video/quicktime; audio/x-m4a; application/x-3gp");
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
      "MP4 dash cam demuxer", "Codec/Demuxer",
      "Demuxes dash cam recordings (MP4, MOV) with their GPS track",
      "the gst-plugins-cheapcam authors");
}

static void
gst_nvt_gps_demux_init (GstNvtGpsDemux * self)
{
}
