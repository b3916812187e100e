/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gsttsgpstap.h"

#include "wire/tsgps.h"

/* PTS and PCR count at 90 kHz. */
#define CLOCK_RATE 90000

/* Media time goes on steadily from fix to fix, but that a fix may follow a frame
 * that is shown later. Otherwise the stream's clock was set. */
#define MAX_STEP (60 * GST_SECOND)
#define MAX_STEP_BACK GST_SECOND

/* Some seconds: whoever looks at a recording without playing it hears of its
 * first fix. */
#define MAX_AHEAD (4 * 1024 * 1024)

/* What stands behind the last packet. */
#define PID_TRAILER 0x1fff

struct _GstTsGpsTap
{
  GstGpsTap parent;

  gint pid;                     /* atomic; -1: any */

  /* streaming thread */
  TsGps *ts;                    /* large: on the heap, from PAUSED on */
  GstClockTime last_time;
  guint16 pids[GST_GPS_TAP_MAX_TRACKS]; /* that have places, by track */
  guint n_pids;
  gboolean was_set;             /* the stream's clock; it tells nothing any more */
};

G_DEFINE_TYPE (GstTsGpsTap, gst_ts_gps_tap, GST_TYPE_GPS_TAP);

/* tsdemux counts its timestamps from the first PCR, and so do we. Where the
 * clock is set, as between recordings in one file, tsdemux guesses how long the
 * gap was. */
static GstClockTime
gst_ts_gps_tap_time (GstTsGpsTap * self)
{
  GstClockTime time, last = self->last_time;

  if (self->ts->pts == TSGPS_PTS_NONE || self->ts->first_pcr == TSGPS_PTS_NONE)
    return GST_CLOCK_TIME_NONE;

  time = gst_util_uint64_scale ((guint64) MAX (self->ts->pts -
          self->ts->first_pcr, 0), GST_SECOND, CLOCK_RATE);
  self->last_time = time;
  if (GST_CLOCK_TIME_IS_VALID (last)
      && (time + MAX_STEP_BACK < last || time > last + MAX_STEP)) {
    GST_DEBUG_OBJECT (self, "clock was set");
    self->was_set = TRUE;
  }
  return self->was_set ? GST_CLOCK_TIME_NONE : time;
}

void
gst_ts_gps_tap_set_pid (GstTsGpsTap * self, gint pid)
{
  g_atomic_int_set (&self->pid, pid);
}

/* Others have what the user does not want: another receiver, say. */
static gboolean
gst_ts_gps_tap_wants_pid (GstTsGpsTap * self)
{
  gint pid = g_atomic_int_get (&self->pid);

  return pid < 0 || pid == self->ts->pid;
}

/* Each PID is a track of its own, numbered when it has its first place; what stands
 * behind the last packet goes with the first. Returns FALSE when the record
 * belongs to none. */
static gboolean
gst_ts_gps_tap_get_track (GstTsGpsTap * self, const GpsRecord * record,
    guint * ret_track)
{
  *ret_track = 0;
  if (g_atomic_int_get (&self->pid) >= 0 || self->ts->pid == PID_TRAILER)
    return TRUE;
  for (guint i = 0; i < self->n_pids; i++) {
    if (self->pids[i] == self->ts->pid) {
      *ret_track = i;
      return TRUE;
    }
  }
  /* an accelerometer is nobody's, and a receiver may have to be waited for */
  if (!(record->fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)))
    return self->n_pids == 0 || (record->fields & (GPSRECORD_ACCELERATION
            | GPSRECORD_ACCELERATION_RAW));
  if (self->n_pids == GST_GPS_TAP_MAX_TRACKS)
    return FALSE;
  GST_INFO_OBJECT (self, "track %u is that of PID 0x%x", self->n_pids,
      self->ts->pid);
  *ret_track = self->n_pids;
  self->pids[self->n_pids++] = self->ts->pid;
  return TRUE;
}

static void
gst_ts_gps_tap_emit (GstTsGpsTap * self, unsigned events)
{
  GstClockTime time;
  guint track;

  if (!gst_ts_gps_tap_wants_pid (self))
    return;
  if (events & TSGPS_UNKNOWN)
    gst_gps_tap_unknown (GST_GPS_TAP (self), self->ts->offset,
        self->ts->dialect);
  if (!(events & TSGPS_RECORDS))
    return;
  time = gst_ts_gps_tap_time (self);
  for (gsize i = 0; i < self->ts->n_records; i++) {
    if (gst_ts_gps_tap_get_track (self, &self->ts->records[i], &track))
      gst_gps_tap_found (GST_GPS_TAP (self), track, self->ts->offset,
          (guint) i, time, self->ts->dialect, &self->ts->records[i]);
  }
}

static gsize
gst_ts_gps_tap_feed (GstGpsTap * tap, const guint8 * data, gsize size)
{
  GstTsGpsTap *self = GST_TS_GPS_TAP (tap);
  unsigned events;
  gsize taken = tsgps_feed (self->ts, data, size, &events);

  gst_ts_gps_tap_emit (self, events);
  return taken;
}

static void
gst_ts_gps_tap_finish (GstGpsTap * tap)
{
  GstTsGpsTap *self = GST_TS_GPS_TAP (tap);
  unsigned events;

  while ((events = tsgps_finish (self->ts)) != 0)
    gst_ts_gps_tap_emit (self, events);
}

static void
gst_ts_gps_tap_jump (GstGpsTap * tap, guint64 position)
{
  GstTsGpsTap *self = GST_TS_GPS_TAP (tap);

  tsgps_jump (self->ts, position);
  self->last_time = GST_CLOCK_TIME_NONE;
}

static void
gst_ts_gps_tap_reset (GstGpsTap * tap)
{
  GstTsGpsTap *self = GST_TS_GPS_TAP (tap);

  if (!self->ts)
    self->ts = g_new (TsGps, 1);
  tsgps_init (self->ts);
  self->ts->memory.options = *gst_gps_tap_get_options (tap);
  self->last_time = GST_CLOCK_TIME_NONE;
  self->was_set = FALSE;
  self->n_pids = 0;
}

static GstFlowReturn
gst_ts_gps_tap_read_all (GstGpsTap * tap)
{
  return gst_gps_tap_read_rest (tap, 0);
}

static void
gst_ts_gps_tap_finalize (GObject * object)
{
  g_free (GST_TS_GPS_TAP (object)->ts);
  G_OBJECT_CLASS (gst_ts_gps_tap_parent_class)->finalize (object);
}

static void
gst_ts_gps_tap_class_init (GstTsGpsTapClass * klass)
{
  GstGpsTapClass *tap_class = GST_GPS_TAP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_ts_gps_tap_finalize;
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
      "MPEG-TS GPS tap", "Codec/Parser",
      "Looks for GPS records in a transport stream that passes",
      "the gst-plugins-cheapcam authors");
  tap_class->reset = gst_ts_gps_tap_reset;
  tap_class->jump = gst_ts_gps_tap_jump;
  tap_class->feed = gst_ts_gps_tap_feed;
  tap_class->finish = gst_ts_gps_tap_finish;
  tap_class->read_all = gst_ts_gps_tap_read_all;
  tap_class->max_ahead = MAX_AHEAD;
  tap_class->n_tracks = GST_GPS_TAP_MAX_TRACKS;
}

static void
gst_ts_gps_tap_init (GstTsGpsTap * self)
{
  self->pid = -1;
}
