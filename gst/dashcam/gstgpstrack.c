/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpstrack.h"

#include <gst/gps/gstgpsfix-private.h>

#include "gstgpsfit.h"

/* About three days at a fix a second. Beyond, the oldest that have been read
 * are forgotten, so that a hostile file cannot fill the memory. */
#define MAX_ENTRIES (256 * 1024)

/* What a recording claims is wrong when the media read past the record are
 * further away than this: its clock was set, or runs on where the demuxer
 * closes a gap. */
#define MAX_DEVIATION (5 * GST_SECOND)

/* How many records are looked at for one that can be compared. */
#define MAX_AHEAD 64

/* A fix that is older does not hold any more. */
#define MAX_AGE (10 * GST_SECOND)

/* A camera does not pause for longer within a recording. */
#define MAX_PAUSE_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* What a camera writes at once it has made within this time. */
#define MAX_SPAN_US (2 * G_USEC_PER_SEC)

struct _GstGpsTrack
{
  unsigned wanted;              /* bits of GpsRecord.fields, set in new */
  GArray *entries;              /* GstGpsTrackEntry, by offset and index */
  guint cursor;                 /* of the next entry to give; backwards, of the one behind it */
  guint unasked;                /* no entry before it is UNASKED */
  guint changed;                /* index of the first entry that changed since somebody asked */
  guint n_fixes;                /* the encrypted ones, too */
  guint n_places;               /* those that can be read */
  GstGpsVerdict *verdict;
  GstGpsSpeeds speeds;
  guint64 n_numbered;           /* records that it was fed with */
  GpsClean clean;
  gint64 gap_us;
  gboolean drop_outliers;       /* what no car can reach */
  gboolean keep_all;            /* also what gpsclean drops, but for voids */
  gdouble bearing_offset;       /* degrees; negative: not known */
  GstClockTimeDiff latency;     /* from the time of an entry to that at which it is due */
  GstClockTime from;            /* where the media went on; what comes before they did not pass */
  GstClockTime given;           /* backwards: time of the fix given last, or NONE */
  GstClockTime placed_at;       /* now, when an entry was given a time by it last */
};

GstGpsTrack *
gst_gps_track_new (unsigned wanted)
{
  GstGpsTrack *self = g_new0 (GstGpsTrack, 1);

  self->wanted = wanted;
  self->verdict = gst_gps_verdict_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (GstGpsTrackEntry));
  gpsclean_init (&self->clean, 0);
  return self;
}

void
gst_gps_track_free (GstGpsTrack * self)
{
  g_array_unref (self->entries);
  gst_gps_verdict_free (self->verdict);
  g_free (self);
}

GstGpsVerdict *
gst_gps_track_get_verdict (GstGpsTrack * self)
{
  return self->verdict;
}

const GstGpsSpeeds *
gst_gps_track_get_speeds (GstGpsTrack * self)
{
  return &self->speeds;
}

/* Clock and speeds are judged by the records in order. */
static void
gst_gps_track_feed_verdict (GstGpsTrack * self, GstGpsTrackEntry * entry)
{
  GstClockTime time = entry->state == GST_GPS_TRACK_ASSUMED
      ? GST_CLOCK_TIME_NONE : entry->time;

  entry->number = self->n_numbered++;
  gst_gps_verdict_feed (self->verdict, &entry->record, entry->dialect->is_utc,
      time);
  gst_gps_speeds_feed (&self->speeds, entry->dialect, &entry->record, time);
}

void
gst_gps_track_settle (GstGpsTrack * self, const GstGpsSettings * settings)
{
  gst_gps_verdict_restart (self->verdict, settings);
  gst_gps_speeds_clear (&self->speeds);
  self->bearing_offset = settings->bearing_offset;
  self->n_numbered = 0;
  for (guint at = 0; at < self->entries->len; at++)
    gst_gps_track_feed_verdict (self, &g_array_index (self->entries,
            GstGpsTrackEntry, at));
}

static void
gst_gps_track_get_record (GstGpsTrack * self, const GstGpsTrackEntry * entry,
    GpsRecord * ret_record)
{
  *ret_record = entry->record;
  gst_gps_speeds_apply (&self->speeds, entry->dialect, ret_record);
  gst_gps_verdict_apply (self->verdict, entry->number, ret_record);
}

void
gst_gps_track_make_fix (GstGpsTrack * self, const GstGpsTrackEntry * entry,
    GstGpsFix * ret_fix)
{
  GpsRecord record;

  gst_gps_track_get_record (self, entry, &record);
  gst_gps_fix_init_from_record (ret_fix, &record, entry->dialect->name);
  gst_gps_fix_set_bearing (ret_fix, self->bearing_offset);
}

void
gst_gps_track_init_clean (GstGpsTrack * self, GpsClean * clean)
{
  gpsclean_init (clean, self->gap_us);
  if (self->drop_outliers)
    clean->filter = GPSCLEAN_FILTER_OUTLIERS;
}

void
gst_gps_track_clear (GstGpsTrack * self, const GstGpsSettings * settings)
{
  g_array_set_size (self->entries, 0);
  gst_gps_verdict_clear (self->verdict);
  gst_gps_track_settle (self, settings);
  self->cursor = 0;
  self->unasked = 0;
  self->changed = 0;
  self->n_fixes = 0;
  self->n_places = 0;
  self->from = 0;
  self->given = GST_CLOCK_TIME_NONE;
  self->placed_at = GST_CLOCK_TIME_NONE;
  self->gap_us = (gint64) MIN (settings->gap_threshold, G_MAXINT64) / 1000;
  self->drop_outliers = settings->filter == GST_GPS_FILTER_OUTLIERS;
  self->keep_all = settings->filter == GST_GPS_FILTER_NONE;
  self->latency = settings->gps_latency;
  gst_gps_track_init_clean (self, &self->clean);
}

void
gst_gps_track_set_latency (GstGpsTrack * self, GstClockTimeDiff latency)
{
  self->changed = 0;
  self->latency = latency;
}

GstClockTime
gst_gps_track_due (GstGpsTrack * self, const GstGpsTrackEntry * entry)
{
  if (!GST_CLOCK_TIME_IS_VALID (entry->time))
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) MAX ((GstClockTimeDiff) entry->time + self->latency, 0);
}

static GstGpsTrackEntry *
gst_gps_track_get (GstGpsTrack * self, guint at)
{
  return &g_array_index (self->entries, GstGpsTrackEntry, at);
}

GstClockTime
gst_gps_track_get_end (GstGpsTrack * self)
{
  GstClockTime end = GST_CLOCK_TIME_NONE;

  for (guint at = self->entries->len; at-- > 0
      && !GST_CLOCK_TIME_IS_VALID (end);)
    end = gst_gps_track_due (self, gst_gps_track_get (self, at));
  return end;
}

/* Index of the first entry that does not stand before offset and index. */
static guint
gst_gps_track_lookup (GstGpsTrack * self, guint64 offset, guint index)
{
  guint low = 0, high = self->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, middle);

    if (entry->offset < offset
        || (entry->offset == offset && entry->index < index))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
gst_gps_track_set_time (GstGpsTrack * self, guint at, GstClockTime time,
    GstGpsTrackState state)
{
  GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

  self->changed = MIN (self->changed, at);
  entry->time = time;
  entry->state = GST_CLOCK_TIME_IS_VALID (time) ? state : GST_GPS_TRACK_UNKNOWN;
}

/* Makes room where entries were read and not looked at for long. */
static gboolean
gst_gps_track_forget (GstGpsTrack * self, guint * at)
{
  guint n_old = MIN (self->cursor, MAX_ENTRIES / 2);

  if (self->entries->len < MAX_ENTRIES)
    return TRUE;
  if (n_old == 0 || *at < n_old)
    return FALSE;
  g_array_remove_range (self->entries, 0, n_old);
  self->cursor -= n_old;
  self->unasked -= MIN (self->unasked, n_old);
  self->changed = 0;
  *at -= n_old;
  return TRUE;
}

void
gst_gps_track_insert (GstGpsTrack * self, const GstGpsTrackEntry * entry)
{
  guint at = gst_gps_track_lookup (self, entry->offset, entry->index);
  GstGpsTrackEntry new = *entry;

  if (!GST_CLOCK_TIME_IS_VALID (new.time))
    new.state = GST_GPS_TRACK_UNASKED;
  if (at < self->entries->len) {
    GstGpsTrackEntry *old = gst_gps_track_get (self, at);

    if (old->offset == new.offset && old->index == new.index) {
      /* read once more, alone, a time may be another one */
      if (GST_CLOCK_TIME_IS_VALID (new.time) && old->time != new.time
          && (!GST_CLOCK_TIME_IS_VALID (old->time)
              || (at >= self->cursor && new.state == GST_GPS_TRACK_KNOWN))) {
        new.number = old->number;
        *old = new;
        self->changed = MIN (self->changed, at);
      }
      return;
    }
  }
  if (!gst_gps_track_forget (self, &at))
    return;
  /* Behind the cursor it is history, kept for seeks only. */
  if (at < self->cursor)
    self->cursor++;
  self->unasked = MIN (self->unasked, at);
  /* what was passed over is judged by what was found behind it */
  if (at == self->entries->len)
    gst_gps_track_feed_verdict (self, &new);
  else
    new.number = gst_gps_track_get (self, at)->number;
  self->changed = MIN (self->changed, at);
  if (new.record.fields & self->wanted)
    self->n_fixes++;
  if (new.record.fields & GPSRECORD_POSITION)
    self->n_places++;
  g_array_insert_val (self->entries, at, new);
}

gboolean
gst_gps_track_has_fix (GstGpsTrack * self)
{
  return self->n_fixes > 0;
}

gboolean
gst_gps_track_has_place (GstGpsTrack * self)
{
  return self->n_places > 0;
}

gboolean
gst_gps_track_get_unasked (GstGpsTrack * self, guint64 reach,
    guint64 * ret_offset)
{
  GstGpsTrackEntry *entry;

  while (self->unasked < self->entries->len) {
    entry = gst_gps_track_get (self, self->unasked);
    if (entry->offset >= reach)
      return FALSE;
    if (entry->state == GST_GPS_TRACK_UNASKED) {
      *ret_offset = entry->offset;
      return TRUE;
    }
    self->unasked++;
  }
  return FALSE;
}

gboolean
gst_gps_track_find_unasked (GstGpsTrack * self, guint64 from,
    guint64 * ret_offset)
{
  for (guint at = gst_gps_track_lookup (self, from, 0);
      at < self->entries->len; at++) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

    if (entry->state == GST_GPS_TRACK_UNASKED) {
      *ret_offset = entry->offset;
      return TRUE;
    }
  }
  return FALSE;
}

/* The time that the entry before and the records' clock give, or otherwise. */
static GstClockTime
gst_gps_track_extrapolate (GstGpsTrack * self, guint at, gint64 max_us,
    GstClockTime otherwise)
{
  const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);
  const GstGpsTrackEntry *before;
  GstClockTime time;
  gint64 step;

  if (at == 0)
    return otherwise;
  before = entry - 1;
  if (!GST_CLOCK_TIME_IS_VALID (before->time)
      || entry->record.clock == GPSRECORD_CLOCK_NONE
      || entry->record.clock != before->record.clock)
    return otherwise;
  step = entry->record.time_us - before->record.time_us;
  if (step < 0 || step > max_us)
    return otherwise;
  time = before->time + GST_USECOND * (GstClockTime) step;
  return time < G_MAXINT64 ? time : otherwise;
}

/* How long a record was made before the last one of its block. */
static gint64
gst_gps_track_get_age (GstGpsTrack * self, guint at, guint last)
{
  const GpsRecord *record = &gst_gps_track_get (self, at)->record;
  const GpsRecord *newest = &gst_gps_track_get (self, last)->record;

  if (record->clock == GPSRECORD_CLOCK_NONE || record->clock != newest->clock
      || newest->time_us < record->time_us
      || newest->time_us - record->time_us > MAX_PAUSE_US)
    return 0;
  return newest->time_us - record->time_us;
}

void
gst_gps_track_answer (GstGpsTrack * self, guint64 offset, GstClockTime time)
{
  guint from = gst_gps_track_lookup (self, offset, 0);
  guint to = gst_gps_track_lookup (self, offset, G_MAXUINT);
  gboolean waited = from < to
      && gst_gps_track_get_age (self, from, to - 1) > MAX_SPAN_US;

  for (guint at = from; at < to; at++) {
    GstClockTime due = time;

    if (gst_gps_track_get (self, at)->state != GST_GPS_TRACK_UNASKED)
      continue;
    /* of several records in a block the first stands at its place; but where
     * they repeat older ones, or waited to be understood, the last */
    if (GST_CLOCK_TIME_IS_VALID (time) && waited)
      due -= MIN (due, (GstClockTime) gst_gps_track_get_age (self, at,
              to - 1) * GST_USECOND);
    else if (GST_CLOCK_TIME_IS_VALID (time) && at > from)
      due = time = gst_gps_track_extrapolate (self, at, MAX_PAUSE_US, time);
    gst_gps_track_set_time (self, at, due, GST_GPS_TRACK_ANSWERED);
  }
}

/* Fits the entries from at on that stand between the media and have the same
 * clock. Returns the index of the one behind them. */
static guint
gst_gps_track_fit_run (GstGpsTrack * self, guint at)
{
  GpsRecordClock clock = gst_gps_track_get (self, at)->record.clock;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE,
      sizeof (GstGpsFitPoint));
  guint end;

  for (end = at; end < self->entries->len; end++) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, end);
    GstGpsFitPoint point = { entry->record.time_us, entry->time };

    if (entry->state != GST_GPS_TRACK_ANSWERED || entry->record.clock != clock)
      break;
    g_array_append_val (points, point);
  }
  if (end == at || clock == GPSRECORD_CLOCK_NONE)
    return MAX (end, at + 1);
  gst_gps_fit_points (&g_array_index (points, GstGpsFitPoint, 0), points->len);
  for (guint i = at; i < end; i++)
    gst_gps_track_set_time (self, i, g_array_index (points, GstGpsFitPoint,
            i - at).time, GST_GPS_TRACK_KNOWN);
  return end;
}

void
gst_gps_track_fit (GstGpsTrack * self)
{
  guint at = 0;

  while (at < self->entries->len)
    at = gst_gps_track_fit_run (self, at);
}

void
gst_gps_track_place (GstGpsTrack * self, guint64 reach)
{
  GstClockTime before = 0;

  if (self->cursor > 0 && GST_CLOCK_TIME_IS_VALID (gst_gps_track_get (self,
              self->cursor - 1)->time))
    before = gst_gps_track_get (self, self->cursor - 1)->time;
  for (guint at = self->cursor; at < self->entries->len; at++) {
    GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

    if (entry->offset >= reach)
      break;
    if (!GST_CLOCK_TIME_IS_VALID (entry->time))
      gst_gps_track_set_time (self, at, gst_gps_track_extrapolate (self, at,
              MAX_PAUSE_US, before), GST_GPS_TRACK_ASSUMED);
    before = entry->time;
  }
}

/* Gives an entry that is due a time. Of those that are due at once (the
 * demuxer had read ahead) all but the first follow it by their own clock. */
static void
gst_gps_track_place_by_media (GstGpsTrack * self, guint at, GstClockTime now)
{
  GstClockTime time = now;

  if (self->placed_at == now)
    time = gst_gps_track_extrapolate (self, at, self->gap_us, now);
  self->placed_at = now;
  gst_gps_track_set_time (self, at, time, GST_GPS_TRACK_KNOWN);
}

/* Whether the entry is due; gives it a time if so. */
static gboolean
gst_gps_track_is_due (GstGpsTrack * self, guint at, GstClockTime now,
    guint64 reach)
{
  GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

  if (!GST_CLOCK_TIME_IS_VALID (now)) {
    if (entry->offset >= reach)
      return FALSE;
    if (!GST_CLOCK_TIME_IS_VALID (entry->time))
      gst_gps_track_place (self, entry->offset + 1);
    return TRUE;
  }

  if (!GST_CLOCK_TIME_IS_VALID (entry->time)) {
    if (entry->offset >= reach)
      return FALSE;
    gst_gps_track_place_by_media (self, at, now);
  } else if (entry->state == GST_GPS_TRACK_CLAIMED && entry->offset < reach
      && entry->time >= self->from
      && ABS (GST_CLOCK_DIFF (entry->time, now)) > MAX_DEVIATION) {
    gst_gps_track_place_by_media (self, at, now);
  }
  return gst_gps_track_due (self, entry) <= now;
}

/* The next record that can be compared with the one at. */
static gboolean
gst_gps_track_find_next (GstGpsTrack * self, guint at,
    const GpsRecord * record, GpsRecord * ret_next)
{
  guint end = MIN (self->entries->len, at + 1 + MAX_AHEAD);

  for (guint i = at + 1; i < end; i++) {
    gst_gps_track_get_record (self, gst_gps_track_get (self, i), ret_next);
    if (gpsclean_is_comparable (record, ret_next))
      return TRUE;
  }
  return FALSE;
}

/* What becomes of a record: events of gpsclean. */
static unsigned
gst_gps_track_judge (GstGpsTrack * self, GpsClean * clean, guint at,
    gboolean ahead)
{
  const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);
  GpsRecord record, next;
  unsigned events;

  if (!(self->wanted & GPSRECORD_POSITION))
    return entry->record.fields & self->wanted ? GPSCLEAN_KEEP : GPSCLEAN_VOID;
  gst_gps_track_get_record (self, entry, &record);
  if (ahead && self->drop_outliers
      && gst_gps_track_find_next (self, at, &record, &next))
    events = gpsclean_feed_ahead (clean, &record, &next);
  else
    events = gpsclean_feed (clean, &record);
  if (!self->keep_all || (events & GPSCLEAN_VOID))
    return events;
  return GPSCLEAN_KEEP | (events & GPSCLEAN_SEGMENT);
}

unsigned
gst_gps_track_judge_raw (GstGpsTrack * self, GpsClean * clean, guint at)
{
  const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);
  guint end = MIN (self->entries->len, at + 1 + MAX_AHEAD);
  GpsRecord record = entry->record, next;

  gst_gps_speeds_apply (&self->speeds, entry->dialect, &record);
  for (guint i = at + 1; self->drop_outliers && i < end; i++) {
    entry = gst_gps_track_get (self, i);
    next = entry->record;
    gst_gps_speeds_apply (&self->speeds, entry->dialect, &next);
    if (gpsclean_is_comparable (&record, &next))
      return gpsclean_feed_ahead (clean, &record, &next);
  }
  return gpsclean_feed (clean, &record);
}

void
gst_gps_track_foreach (GstGpsTrack * self, GstGpsTrackFunc func,
    gpointer user_data)
{
  GpsClean clean;

  gst_gps_track_init_clean (self, &clean);
  for (guint at = 0; at < self->entries->len; at++) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

    if (!func (entry, gst_gps_track_judge (self, &clean, at, TRUE), user_data))
      break;
  }
}

/* Whether the record behind the next one is to tell if that is an outlier, or
 * some more the unit of its speed. Beside media nothing waits. */
static gboolean
gst_gps_track_waits (GstGpsTrack * self, GstClockTime now, guint64 reach)
{
  guint n_ahead = self->entries->len - self->cursor;

  if (GST_CLOCK_TIME_IS_VALID (now) || reach == G_MAXUINT64
      || !(self->wanted & GPSRECORD_POSITION))
    return FALSE;
  return (self->drop_outliers && n_ahead == 1)
      || (n_ahead < GPSCALIBRATE_HOLD
      && gst_gps_speeds_are_open (&self->speeds));
}

gboolean
gst_gps_track_next (GstGpsTrack * self, GstClockTime now, guint64 reach,
    GstGpsTrackEntry * ret_entry, unsigned *ret_events)
{
  while (self->cursor < self->entries->len
      && !gst_gps_track_waits (self, now, reach)
      && gst_gps_track_is_due (self, self->cursor, now, reach)) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, self->cursor);
    unsigned events =
        gst_gps_track_judge (self, &self->clean, self->cursor, TRUE);

    self->cursor++;
    if (events & GPSCLEAN_KEEP) {
      *ret_entry = *entry;
      ret_entry->time = gst_gps_track_due (self, entry);
      *ret_events = events;
      return TRUE;
    }
  }
  return FALSE;
}

/* Index of the first entry that comes after media time now. */
static guint
gst_gps_track_bisect (GstGpsTrack * self, GstClockTime now, guint64 reach)
{
  guint at = 0;

  while (at < self->entries->len) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, at);

    if (GST_CLOCK_TIME_IS_VALID (entry->time)
        ? gst_gps_track_due (self, entry) > now : entry->offset >= reach)
      break;
    at++;
  }
  return at;
}

/* Index of the fix that holds before the entry at, or at if there is none. */
static guint
gst_gps_track_find_before (GstGpsTrack * self, guint at, GstClockTime now)
{
  for (guint i = at; i-- > 0;) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, i);
    GstClockTime due = gst_gps_track_due (self, entry);

    if (GST_CLOCK_TIME_IS_VALID (due) && due < now && now - due > MAX_AGE)
      break;
    if (entry->record.fields & self->wanted)
      return i;
  }
  return at;
}

void
gst_gps_track_seek (GstGpsTrack * self, GstClockTime now, guint64 reach)
{
  self->cursor = gst_gps_track_find_before (self, gst_gps_track_bisect (self,
          now, reach), now);
  self->from = now;
  self->placed_at = GST_CLOCK_TIME_NONE;
  gpsclean_reset (&self->clean);
}

void
gst_gps_track_seek_back (GstGpsTrack * self, GstClockTime stop, guint64 reach)
{
  self->cursor = gst_gps_track_bisect (self, stop, reach);
  self->given = GST_CLOCK_TIME_NONE;
  gpsclean_reset (&self->clean);
}

gboolean
gst_gps_track_previous (GstGpsTrack * self, GstClockTime now,
    GstGpsTrackEntry * ret_entry)
{
  while (self->cursor > 0 && self->given > now) {
    const GstGpsTrackEntry *entry = gst_gps_track_get (self, self->cursor - 1);
    GstClockTime due = gst_gps_track_due (self, entry);

    if (GST_CLOCK_TIME_IS_VALID (due) && due < now && now - due > MAX_AGE)
      return FALSE;
    self->cursor--;
    if (!GST_CLOCK_TIME_IS_VALID (due)
        || !(gst_gps_track_judge (self, &self->clean, self->cursor,
                FALSE) & GPSCLEAN_KEEP))
      continue;
    self->given = due;
    *ret_entry = *entry;
    ret_entry->time = due;
    return TRUE;
  }
  return FALSE;
}

guint
gst_gps_track_get_n_entries (GstGpsTrack * self)
{
  return self->entries->len;
}

const GstGpsTrackEntry *
gst_gps_track_peek (GstGpsTrack * self, guint at)
{
  return gst_gps_track_get (self, at);
}

guint
gst_gps_track_take_changed (GstGpsTrack * self)
{
  guint changed = self->changed;

  self->changed = self->entries->len;
  return changed;
}

gboolean
gst_gps_track_drops_outliers (GstGpsTrack * self)
{
  return self->drop_outliers;
}

gint64
gst_gps_track_get_gap (GstGpsTrack * self)
{
  return self->gap_us;
}
