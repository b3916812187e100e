/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/**
 * SECTION:element-tsgpsdemux
 * @title: tsgpsdemux
 * @see_also: tsdemux, nvtgpsdemux
 *
 * Demuxes an MPEG transport stream that a dash cam recorded, and reads its GPS
 * track, which stands in private PES packets that tsdemux does not show. The
 * media leave as tsdemux gives them; the fixes leave on a pad of their own, in
 * the form that its peer asks for: GPX (the first choice), plain text for an
 * overlay, CSV, GeoJSON, KML, NMEA 0183, SubRip, or KLV for mpegtsmux. Each
 * buffer of a fix carries it as a #GstGpsMeta, too.
 *
 * Each PID that has places is a track with a pad of its own, in the order in which
 * they have their first: gps_0, which is there from the start, gps_1 and so on,
 * up to four. The property gps-pid chooses one, which leaves on gps_0. What stands
 * behind the last packet belongs to gps_0, and so do the metas of pictures and the
 * tags. A pad other than gps_0 comes when its track is found: who wants that track
 * alone of a stream chooses its PID.
 *
 * With only the GPS pad linked, no media is demuxed and the file is read as
 * fast as it can be. The property gps-only makes sure of that,
 * whatever is linked.
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
 * No picture waits: the fix behind is often not known yet, and then the last
 * one is taken for both, unless scan is `full`. A fix holds for half of
 * gap-threshold; beyond, a picture carries none. Between segments of the track
 * nothing is interpolated.
 *
 * |[
 * gst-launch-1.0 filesrc location=trip.ts ! tsgpsdemux ! filesink location=trip.gpx
 * ]| writes the track of a recording.
 * |[
 * gst-launch-1.0 filesrc location=trip.ts ! tsgpsdemux name=d
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

#include "gsttsgpsdemux.h"

#include "gsttsgpstap.h"

#define DEFAULT_GPS_PID -1

enum
{
  PROP_0,
  PROP_GPS_PID
};

struct _GstTsGpsDemux
{
  GstGpsDemuxBin parent;

  gint gps_pid;                 /* OBJECT_LOCK */
};

G_DEFINE_TYPE (GstTsGpsDemux, gst_ts_gps_demux, GST_TYPE_GPS_DEMUX_BIN);
GST_ELEMENT_REGISTER_DEFINE (tsgpsdemux, "tsgpsdemux", GST_RANK_NONE,
    GST_TYPE_TS_GPS_DEMUX);

static void
gst_ts_gps_demux_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstTsGpsDemux *self = GST_TS_GPS_DEMUX (object);
  g_autoptr (GstElement) tap = NULL;

  if (id != PROP_GPS_PID) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  tap = gst_bin_get_by_name (GST_BIN (self), "tap");
  GST_OBJECT_LOCK (self);
  self->gps_pid = g_value_get_int (value);
  gst_ts_gps_tap_set_pid (GST_TS_GPS_TAP (tap), self->gps_pid);
  GST_OBJECT_UNLOCK (self);
}

static void
gst_ts_gps_demux_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  if (id != PROP_GPS_PID) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (object);
  g_value_set_int (value, GST_TS_GPS_DEMUX (object)->gps_pid);
  GST_OBJECT_UNLOCK (object);
}

static void
gst_ts_gps_demux_class_init (GstTsGpsDemuxClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstGpsDemuxBinClass *bin_class = GST_GPS_DEMUX_BIN_CLASS (klass);

  object_class->set_property = gst_ts_gps_demux_set_property;
  object_class->get_property = gst_ts_gps_demux_get_property;
  g_object_class_install_property (object_class, PROP_GPS_PID,
      g_param_spec_int ("gps-pid", "GPS PID",
          "The PID on which records count (-1: any that has some, each with a "
          "pad of its own)", -1, 0x1ffe,
          DEFAULT_GPS_PID, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_PLAYING));
  bin_class->demuxer = "tsdemux";
  bin_class->get_tap_type = gst_ts_gps_tap_get_type;
  gst_gps_demux_bin_class_add_templates (bin_class,
      "video/mpegts, systemstream=(boolean)true");
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
      "MPEG-TS dash cam demuxer", "Codec/Demuxer",
      "Demuxes dash cam recordings (MPEG-TS) with their GPS track",
      "the gst-plugins-cheapcam authors");
}

static void
gst_ts_gps_demux_init (GstTsGpsDemux * self)
{
  self->gps_pid = DEFAULT_GPS_PID;
}
