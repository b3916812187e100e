/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstnvtgpstap.h"

#include "wire/mp4gps.h"

/* Blocks stand between the chunks of media, of which one may have a second of
 * it. The first block stands close before the first. */
#define MAX_HOLE (16 * 1024 * 1024)
#define MAX_BEFORE (256 * 1024)

/* No recording is longer than a day. */
#define MAX_LEAP_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* What a camera writes at once it has made within this time. */
#define MAX_SPAN (2 * GST_SECOND)

/* A recording that is no longer than this is read like a file at its end, if
 * nothing came out of it as it passed. */
#define MAX_KEPT (8 * 1024 * 1024)

struct _GstNvtGpsTap
{
  GstGpsTap parent;

  /* streaming thread; the task's, once it runs */
  Mp4Gps *mp4;
  Mp4Scan *scan;
  guint64 located;              /* offset of the block that was looked for last */
  const Dialect *box_dialect;   /* of the box that was read last, or NULL */
  GpsRecord box_start;          /* its first record with a time */
  Mp4Stream *stream;
  guint8 *memory;               /* of the stream */
  GByteArray *kept;             /* all bytes so far, as long as they are few, or NULL */
  gboolean has_place;           /* a position was among them */
};

G_DEFINE_TYPE (GstNvtGpsTap, gst_nvt_gps_tap, GST_TYPE_GPS_TAP);

/* From one record to another; a clock is no measure when it goes back, or
 * leaps. */
static gboolean
gst_nvt_gps_tap_get_interval (const GpsRecord * from, const GpsRecord * to,
    GstClockTime * ret_interval)
{
  if (from->clock == GPSRECORD_CLOCK_NONE || from->clock != to->clock
      || to->time_us < from->time_us
      || to->time_us - from->time_us > MAX_LEAP_US)
    return FALSE;
  *ret_interval = (GstClockTime) (to->time_us - from->time_us) * GST_USECOND;
  return TRUE;
}

/* Of records that stand in one place the first is that of its time; but the
 * last is where the others had waited for it, to be understood. */
static GstClockTime
gst_nvt_gps_tap_get_place_time (const Mp4GpsBlock * block, gint64 media_us,
    gsize i)
{
  GstClockTime time = (GstClockTime) media_us * GST_USECOND;
  const GpsRecord *first = &block->records[0], *record = &block->records[i];
  const GpsRecord *last = &block->records[block->n_records - 1];
  GstClockTime interval;

  if (gst_nvt_gps_tap_get_interval (first, last, &interval)
      && interval > MAX_SPAN)
    return gst_nvt_gps_tap_get_interval (record, last, &interval)
        ? time - MIN (time, interval) : time;
  return gst_nvt_gps_tap_get_interval (first, record, &interval)
      ? time + interval : time;
}

/* A box has the records of the whole recording, from its beginning on. */
static GstClockTime
gst_nvt_gps_tap_get_box_time (GstNvtGpsTap * self, const Mp4GpsBlock * block,
    gsize i)
{
  const GpsRecord *record = &block->records[i];
  GstClockTime time;

  if (self->box_dialect != block->dialect) {
    if (record->clock == GPSRECORD_CLOCK_NONE)
      return GST_CLOCK_TIME_NONE;
    self->box_dialect = block->dialect;
    self->box_start = *record;
  }
  return gst_nvt_gps_tap_get_interval (&self->box_start, record, &time) ? time
      : GST_CLOCK_TIME_NONE;
}

/* The tables of the pictures tell when the media come to a block, in the order
 * of the file. Where they do not, -1, the demuxer is asked: for each block it
 * goes through all of them. */
static gint64
gst_nvt_gps_tap_locate (GstNvtGpsTap * self, guint64 offset)
{
  Mp4Track *video = &self->mp4->sources.video;
  Mp4TrackSample sample;
  Mp4TrackStep step;
  uint64_t at;
  size_t size;

  if (!self->mp4->sources.has_video || offset < self->located)
    return -1;
  self->located = offset;
  while ((step = mp4track_locate (video, offset, &sample, &at, &size)) ==
      MP4TRACK_READ) {
    GstBuffer *buffer = NULL;
    GstMapInfo map;

    if (gst_gps_tap_pull (GST_GPS_TAP (self), at, (guint) size, &buffer) !=
        GST_FLOW_OK || !gst_buffer_map (buffer, &map, GST_MAP_READ)) {
      mp4track_feed (video, NULL, 0);
    } else {
      mp4track_feed (video, map.data, map.size);
      gst_buffer_unmap (buffer, &map);
    }
    gst_clear_buffer (&buffer);
  }
  return step == MP4TRACK_SAMPLE ? sample.time_us : -1;
}

/* From when it is shown to the time that pictures have which are shown then,
 * whose segment the fixes share unless they are read alone. */
static GstClockTime
gst_nvt_gps_tap_get_picture_time (GstNvtGpsTap * self, GstClockTime time)
{
  const Mp4Sources *sources = gst_gps_tap_is_pulling (GST_GPS_TAP (self))
      ? &self->mp4->sources : &self->stream->sources;
  gint64 edit_us = sources->has_video ? sources->video.edit_us : 0;

  if (!GST_CLOCK_TIME_IS_VALID (time)
      || gst_gps_tap_is_alone (GST_GPS_TAP (self)))
    return time;
  if (edit_us <= 0)
    return time + (GstClockTime) - edit_us * GST_USECOND;
  return time - MIN (time, (GstClockTime) edit_us * GST_USECOND);
}

static GstClockTime
gst_nvt_gps_tap_get_time (GstNvtGpsTap * self, const Mp4GpsBlock * block,
    gsize i)
{
  GstClockTime time = GST_CLOCK_TIME_NONE;

  if (block->records[i].fields & GPSRECORD_ELAPSED)
    time = (GstClockTime) block->records[i].elapsed_us * GST_USECOND;
  else if (block->media_us >= 0)
    time = gst_nvt_gps_tap_get_place_time (block, block->media_us, i);
  else if (block->dialect->carrier == DIALECT_CARRIER_BOX)
    time = gst_nvt_gps_tap_get_box_time (self, block, i);
  return gst_nvt_gps_tap_get_picture_time (self, time);
}

/* Of a block whose place among the pictures is known. */
static GstClockTime
gst_nvt_gps_tap_get_located_time (GstNvtGpsTap * self,
    const Mp4GpsBlock * block, gint64 picture_us, gsize i)
{
  if (picture_us < 0 || (block->records[i].fields & GPSRECORD_ELAPSED))
    return gst_nvt_gps_tap_get_time (self, block, i);
  if (gst_gps_tap_is_alone (GST_GPS_TAP (self)))
    picture_us = mp4track_get_shown_us (&self->mp4->sources.video, picture_us);
  return gst_nvt_gps_tap_get_place_time (block, picture_us, i);
}

static void
gst_nvt_gps_tap_emit (GstNvtGpsTap * self, const Mp4GpsBlock * block,
    unsigned events)
{
  gint64 picture_us = -1;

  if (events & MP4GPS_UNKNOWN)
    gst_gps_tap_unknown (GST_GPS_TAP (self), block->offset, block->dialect);
  if (!(events & MP4GPS_RECORDS))
    return;
  if (block->dialect->carrier == DIALECT_CARRIER_FREEGPS)
    picture_us = gst_nvt_gps_tap_locate (self, block->offset);
  for (gsize i = 0; i < block->n_records; i++) {
    self->has_place |= (block->records[i].fields & GPSRECORD_POSITION) != 0;
    gst_gps_tap_found (GST_GPS_TAP (self), 0, block->offset, (guint) i,
        gst_nvt_gps_tap_get_located_time (self, block, picture_us, i),
        block->dialect, &block->records[i]);
  }
}

/* Bytes that come from position on, which no jump led to. */
static void
gst_nvt_gps_tap_keep (GstNvtGpsTap * self, const guint8 * data, gsize size)
{
  if (!self->kept)
    return;
  if (size > MAX_KEPT - self->kept->len)
    g_clear_pointer (&self->kept, g_byte_array_unref);
  else
    g_byte_array_append (self->kept, data, (guint) size);
}

/* The whole recording is kept: its index may stand at the end. */
static void
gst_nvt_gps_tap_read_kept (GstNvtGpsTap * self)
{
  uint64_t offset;
  size_t size;
  unsigned events;

  /* nothing can be pulled to look for the times of blocks */
  self->located = G_MAXUINT64;
  mp4gps_init (self->mp4, self->kept->len);
  self->mp4->scan.memory.options =
      *gst_gps_tap_get_options (GST_GPS_TAP (self));
  while (mp4gps_next_read (self->mp4, &offset, &size)) {
    gsize start = MIN (offset, self->kept->len);
    const guint8 *data;

    size = MIN (size, self->kept->len - start);
    data = size > 0 ? self->kept->data + start : NULL;
    do {
      events = mp4gps_feed (self->mp4, data, size);
      gst_nvt_gps_tap_emit (self, &self->mp4->block, events);
    } while (events & MP4GPS_MORE);
  }
}

static gsize
gst_nvt_gps_tap_feed (GstGpsTap * tap, const guint8 * data, gsize size)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);
  unsigned events;
  gsize taken = mp4scan_feed (self->scan, data, size, &events);

  gst_nvt_gps_tap_keep (self, data, taken);
  gst_nvt_gps_tap_emit (self, &self->scan->block, events);
  return taken;
}

static void
gst_nvt_gps_tap_finish (GstGpsTap * tap)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);
  unsigned events;

  while ((events = mp4scan_finish (self->scan)) != 0)
    gst_nvt_gps_tap_emit (self, &self->scan->block, events);
  if (self->scan->has_fix || self->has_place)
    return;
  /* a trailer is told by the last bytes alone */
  if (self->kept)
    gst_nvt_gps_tap_read_kept (self);
  else if (self->stream->needs_file)
    GST_INFO_OBJECT (self, "a track was past when its index came");
  g_clear_pointer (&self->kept, g_byte_array_unref);
}

/* By push, the stream keeps what it knows of the tracks. By pull, boxes and tracks
 * are read by their index, and not a second time as they pass. */
static void
gst_nvt_gps_tap_jump (GstGpsTap * tap, guint64 position)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);

  g_clear_pointer (&self->kept, g_byte_array_unref);
  self->has_place = FALSE;
  mp4scan_init (self->scan, position);
  self->scan->memory.options = *gst_gps_tap_get_options (tap);
  if (gst_gps_tap_is_pulling (tap))
    return;
  if (position == 0)
    self->kept = g_byte_array_new ();
  mp4stream_jump (self->stream, position);
  mp4scan_set_stream (self->scan, self->stream);
}

static void
gst_nvt_gps_tap_reset (GstGpsTap * tap)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);

  mp4gps_init (self->mp4, G_MAXUINT64);
  self->mp4->scan.memory.options = *gst_gps_tap_get_options (tap);
  self->located = 0;
  self->box_dialect = NULL;
  gst_nvt_gps_tap_jump (tap, 0);
}

/* Feeds one range, of which nothing may be there. */
static void
gst_nvt_gps_tap_feed_range (GstNvtGpsTap * self, GstBuffer * buffer)
{
  GstMapInfo map = { NULL, };
  gboolean mapped = buffer && gst_buffer_map (buffer, &map, GST_MAP_READ);
  unsigned events;

  do {
    events = mp4gps_feed (self->mp4, mapped ? map.data : NULL,
        mapped ? map.size : 0);
    gst_nvt_gps_tap_emit (self, &self->mp4->block, events);
  } while (events & MP4GPS_MORE);
  if (mapped)
    gst_buffer_unmap (buffer, &map);
}

/* Follows the table, and the whole file if there is none and all is set. EOS
 * when everything was read that there is to read. */
static GstFlowReturn
gst_nvt_gps_tap_read (GstNvtGpsTap * self, gboolean all)
{
  GstGpsTap *tap = GST_GPS_TAP (self);
  guint64 offset;
  size_t size;

  while (mp4gps_next_read (self->mp4, &offset, &size)) {
    GstBuffer *buffer = NULL;
    GstFlowReturn flow;

    if (self->mp4->state == MP4GPS_STATE_SCAN && !all)
      return GST_FLOW_OK;
    flow = gst_gps_tap_pull (tap, offset, (guint) size, &buffer);
    if (flow != GST_FLOW_OK && flow != GST_FLOW_EOS)
      return flow;
    gst_nvt_gps_tap_feed_range (self, buffer);
    gst_clear_buffer (&buffer);
    /* A table may be out of order: its blocks leave when all are known. */
    if (all && self->mp4->state == MP4GPS_STATE_SCAN)
      flow = gst_gps_tap_progress (tap, GST_FLOW_OK, self->mp4->position);
    if (flow != GST_FLOW_OK && flow != GST_FLOW_EOS)
      return flow;
  }
  return GST_FLOW_EOS;
}

static void
gst_nvt_gps_tap_open (GstNvtGpsTap * self)
{
  GstPad *sinkpad = gst_element_get_static_pad (GST_ELEMENT (self), "sink");
  gint64 size = -1;

  if (!gst_pad_peer_query_duration (sinkpad, GST_FORMAT_BYTES, &size))
    size = -1;
  gst_object_unref (sinkpad);
  gst_nvt_gps_tap_jump (GST_GPS_TAP (self), 0);
  mp4gps_init (self->mp4, size < 0 ? G_MAXUINT64 : (guint64) size);
  self->mp4->scan.memory.options =
      *gst_gps_tap_get_options (GST_GPS_TAP (self));
  self->located = 0;
}

/* What the boxes have told beside the records. */
static GstFlowReturn
gst_nvt_gps_tap_end (GstNvtGpsTap * self, GstFlowReturn flow)
{
  if (self->mp4->sources.creation_us > 0)
    gst_gps_tap_created (GST_GPS_TAP (self), self->mp4->sources.creation_us);
  return flow;
}

static GstFlowReturn
gst_nvt_gps_tap_read_index (GstGpsTap * tap)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);

  gst_nvt_gps_tap_open (self);
  return gst_nvt_gps_tap_end (self, gst_nvt_gps_tap_read (self, FALSE));
}

static GstFlowReturn
gst_nvt_gps_tap_read_all (GstGpsTap * tap)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (tap);

  gst_nvt_gps_tap_open (self);
  return gst_nvt_gps_tap_end (self, gst_nvt_gps_tap_read (self, TRUE));
}

static gboolean
gst_nvt_gps_tap_has_edits (GstGpsTap * tap)
{
  const Mp4Sources *sources = &GST_NVT_GPS_TAP (tap)->mp4->sources;

  return sources->has_video && sources->video.edit_us != 0;
}

static void
gst_nvt_gps_tap_finalize (GObject * object)
{
  GstNvtGpsTap *self = GST_NVT_GPS_TAP (object);

  g_free (self->mp4);
  g_free (self->scan);
  g_free (self->stream);
  g_free (self->memory);
  g_clear_pointer (&self->kept, g_byte_array_unref);
  G_OBJECT_CLASS (gst_nvt_gps_tap_parent_class)->finalize (object);
}

static void
gst_nvt_gps_tap_class_init (GstNvtGpsTapClass * klass)
{
  GstGpsTapClass *tap_class = GST_GPS_TAP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_nvt_gps_tap_finalize;

  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
      "MP4 GPS tap", "Codec/Parser",
      "Looks for GPS records in an MP4 or MOV that passes",
      "the gst-plugins-cheapcam authors");
  tap_class->reset = gst_nvt_gps_tap_reset;
  tap_class->jump = gst_nvt_gps_tap_jump;
  tap_class->feed = gst_nvt_gps_tap_feed;
  tap_class->finish = gst_nvt_gps_tap_finish;
  tap_class->read_index = gst_nvt_gps_tap_read_index;
  tap_class->read_all = gst_nvt_gps_tap_read_all;
  tap_class->has_edits = gst_nvt_gps_tap_has_edits;
  tap_class->max_hole = MAX_HOLE;
  tap_class->max_before = MAX_BEFORE;
  tap_class->times_are_sure = TRUE;
}

static void
gst_nvt_gps_tap_init (GstNvtGpsTap * self)
{
  /* too large for an instance */
  self->mp4 = g_new0 (Mp4Gps, 1);
  self->scan = g_new0 (Mp4Scan, 1);
  self->stream = g_new0 (Mp4Stream, 1);
  self->memory = g_malloc (MP4STREAM_MEMORY);
  mp4stream_init (self->stream, self->memory);
  mp4scan_set_stream (self->scan, self->stream);
}
