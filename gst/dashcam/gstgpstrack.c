/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpstrack.h"

/* About three days at a fix a second. Beyond, the oldest that have been read
 * are forgotten, so that a hostile file cannot fill the memory. */
#define MAX_ENTRIES (256 * 1024)

struct _GstGpsTrack
{
  GArray *entries;              /* GstGpsTrackEntry, by offset and index */
  guint cursor;                 /* of the next entry to give */
  guint n_fixes;
  GpsClean clean;
  gint64 gap_us;

  /* Of the entry given last, to place those that carry no media time. */
  gboolean has_anchor;
  GstClockTime anchor_time;
  GstClockTime anchor_now;
  GpsRecord anchor;
};

GstGpsTrack *
gst_gps_track_new (void)
{
  GstGpsTrack *self = g_new0 (GstGpsTrack, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (GstGpsTrackEntry));
  gst_gps_track_clear (self, 10 * GST_SECOND);
  return self;
}

void
gst_gps_track_free (GstGpsTrack * self)
{
  g_array_unref (self->entries);
  g_free (self);
}

void
gst_gps_track_clear (GstGpsTrack * self, GstClockTime gap)
{
  g_array_set_size (self->entries, 0);
  self->cursor = 0;
  self->n_fixes = 0;
  self->has_anchor = FALSE;
  self->gap_us = (gint64) MIN (gap, G_MAXINT64) / 1000;
  gpsclean_init (&self->clean, self->gap_us);
}

static gint
gst_gps_track_compare (const GstGpsTrackEntry * a, guint64 offset, guint index)
{
  if (a->offset != offset)
    return a->offset < offset ? -1 : 1;
  if (a->index != index)
    return a->index < index ? -1 : 1;
  return 0;
}

/* Index of the first entry that does not stand before offset and index. */
static guint
gst_gps_track_find (GstGpsTrack * self, guint64 offset, guint index)
{
  guint low = 0, high = self->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (gst_gps_track_compare (&g_array_index (self->entries, GstGpsTrackEntry,
                middle), offset, index) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void
gst_gps_track_insert (GstGpsTrack * self, const GstGpsTrackEntry * entry)
{
  guint at = gst_gps_track_find (self, entry->offset, entry->index);

  if (at < self->entries->len
      && gst_gps_track_compare (&g_array_index (self->entries,
              GstGpsTrackEntry, at), entry->offset, entry->index) == 0)
    return;

  if (self->entries->len >= MAX_ENTRIES) {
    guint n_old = MIN (self->cursor, MAX_ENTRIES / 2);

    if (n_old == 0 || at < n_old)
      return;
    g_array_remove_range (self->entries, 0, n_old);
    self->cursor -= n_old;
    at -= n_old;
  }
  /* Behind the cursor it is history, kept for seeks only. */
  if (at < self->cursor)
    self->cursor++;
  if (entry->record.fields & GPSRECORD_POSITION)
    self->n_fixes++;
  g_array_insert_val (self->entries, at, *entry);
}

gboolean
gst_gps_track_has_fix (GstGpsTrack * self)
{
  return self->n_fixes > 0;
}

/* Media time of a record that has none of its own. One that comes with others
 * in one burst (the demuxer had buffered the file, or all blocks stand
 * together) is spread by the records' own clock. */
static GstClockTime
gst_gps_track_place (GstGpsTrack * self, const GstGpsTrackEntry * entry,
    GstClockTime now)
{
  gboolean burst = !GST_CLOCK_TIME_IS_VALID (now) || self->anchor_now == now;

  if (self->has_anchor && burst
      && entry->record.clock != GPSRECORD_CLOCK_NONE
      && entry->record.clock == self->anchor.clock) {
    gint64 step = entry->record.time_us - self->anchor.time_us;

    if (step >= 0 && (step <= self->gap_us || !GST_CLOCK_TIME_IS_VALID (now)))
      return self->anchor_time + (GstClockTime) step *GST_USECOND;
  }
  if (GST_CLOCK_TIME_IS_VALID (now))
    return now;
  return self->has_anchor ? self->anchor_time : 0;
}

static void
gst_gps_track_set_anchor (GstGpsTrack * self, const GstGpsTrackEntry * entry,
    GstClockTime now)
{
  self->has_anchor = TRUE;
  self->anchor_time = entry->time;
  self->anchor_now = now;
  self->anchor = entry->record;
}

gboolean
gst_gps_track_next (GstGpsTrack * self, GstClockTime now, guint64 reach,
    GstGpsTrackEntry * ret_entry, unsigned *ret_events)
{
  while (self->cursor < self->entries->len) {
    GstGpsTrackEntry *stored = &g_array_index (self->entries,
        GstGpsTrackEntry, self->cursor);
    GstGpsTrackEntry entry = *stored;
    unsigned events;

    if (!GST_CLOCK_TIME_IS_VALID (entry.time)) {
      if (entry.offset > reach)
        return FALSE;
      entry.time = stored->time = gst_gps_track_place (self, &entry, now);
    }
    if (GST_CLOCK_TIME_IS_VALID (now) && entry.time > now)
      return FALSE;

    self->cursor++;
    gst_gps_track_set_anchor (self, &entry, now);
    events = gpsclean_feed (&self->clean, &entry.record);
    if (events & GPSCLEAN_KEEP) {
      *ret_entry = entry;
      *ret_events = events;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
gst_gps_track_seek (GstGpsTrack * self, GstClockTime time, guint64 offset,
    GstGpsTrackEntry * ret_entry)
{
  guint at = gst_gps_track_find (self, offset, 0);

  /* Media times are the better guide, where the entries have them. */
  if (GST_CLOCK_TIME_IS_VALID (time)) {
    while (at < self->entries->len) {
      GstGpsTrackEntry *entry = &g_array_index (self->entries,
          GstGpsTrackEntry, at);

      if (!GST_CLOCK_TIME_IS_VALID (entry->time) || entry->time > time)
        break;
      at++;
    }
    while (at > 0) {
      GstGpsTrackEntry *entry = &g_array_index (self->entries,
          GstGpsTrackEntry, at - 1);

      if (!GST_CLOCK_TIME_IS_VALID (entry->time) || entry->time <= time)
        break;
      at--;
    }
  }
  self->cursor = at;
  self->has_anchor = FALSE;
  gpsclean_reset (&self->clean);

  while (at-- > 0) {
    GstGpsTrackEntry *entry = &g_array_index (self->entries,
        GstGpsTrackEntry, at);

    if (entry->record.fields & GPSRECORD_POSITION) {
      *ret_entry = *entry;
      return TRUE;
    }
  }
  return FALSE;
}
