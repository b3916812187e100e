/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpstimeline.h"

typedef struct
{
  GstClockTime first;           /* media time; never before that of the fix before */
  GstClockTime last;            /* of the last record that says the same */
  guint at;                     /* index of its entry */
  guint last_at;                /* of the last entry that belongs to it */
  gboolean new_segment;
} GstGpsTimelineFix;

struct _GstGpsTimeline
{
  GstGpsTrack *track;
  GArray *fixes;                /* GstGpsTimelineFix, by time */
  guint n_seen;                 /* entries that are in there */
  GpsClean clean;
};

GstGpsTimeline *
gst_gps_timeline_new (GstGpsTrack * track)
{
  GstGpsTimeline *self = g_new0 (GstGpsTimeline, 1);

  self->track = track;
  self->fixes = g_array_new (FALSE, FALSE, sizeof (GstGpsTimelineFix));
  return self;
}

void
gst_gps_timeline_free (GstGpsTimeline * self)
{
  g_array_unref (self->fixes);
  g_free (self);
}

static GstGpsTimelineFix *
gst_gps_timeline_get (GstGpsTimeline * self, guint index)
{
  return &g_array_index (self->fixes, GstGpsTimelineFix, index);
}

static GstGpsTimelineFix *
gst_gps_timeline_get_last (GstGpsTimeline * self)
{
  return self->fixes->len > 0 ? gst_gps_timeline_get (self,
      self->fixes->len - 1) : NULL;
}

/* Forgets the entries from at on, that have changed. */
static void
gst_gps_timeline_rewind (GstGpsTimeline * self, guint at)
{
  GstGpsTimelineFix *last;

  if (at >= self->n_seen && self->n_seen > 0)
    return;
  while ((last = gst_gps_timeline_get_last (self)) && last->last_at >= at)
    g_array_set_size (self->fixes, self->fixes->len - 1);
  self->n_seen = last ? last->last_at + 1 : 0;
  gst_gps_track_init_clean (self->track, &self->clean);
  if (last)
    (void) gst_gps_track_judge_raw (self->track, &self->clean, last->at);
}

/* A camera without a clock that says the same again still is there. One with a
 * clock would say a later time. */
static void
gst_gps_timeline_repeat (GstGpsTimeline * self, guint at, GstClockTime time)
{
  GstGpsTimelineFix *last = gst_gps_timeline_get_last (self);

  if (!last)
    return;
  last->last_at = at;
  if (gst_gps_track_peek (self->track, at)->record.clock
      == GPSRECORD_CLOCK_NONE)
    last->last = MAX (last->last, time);
}

static void
gst_gps_timeline_take (GstGpsTimeline * self, guint at)
{
  const GstGpsTrackEntry *entry = gst_gps_track_peek (self->track, at);
  GstClockTime time = gst_gps_track_due (self->track, entry);
  const GstGpsTimelineFix *last;
  GstGpsTimelineFix fix;
  unsigned events;

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  events = gst_gps_track_judge_raw (self->track, &self->clean, at);
  if (events & GPSCLEAN_DUPLICATE)
    gst_gps_timeline_repeat (self, at, time);
  if (!(events & GPSCLEAN_KEEP))
    return;

  fix.at = at;
  fix.last_at = at;
  fix.new_segment = (events & GPSCLEAN_SEGMENT) != 0;
  last = gst_gps_timeline_get_last (self);
  fix.first = last ? MAX (time, last->first) : time;
  fix.last = fix.first;
  /* Two places at one time: the later word counts. */
  if (last && last->first == fix.first) {
    fix.new_segment |= last->new_segment;
    g_array_set_size (self->fixes, self->fixes->len - 1);
  }
  g_array_append_val (self->fixes, fix);
}

/* Takes what the track has learned since the last time. That may also be what
 * becomes of the last fix. */
static void
gst_gps_timeline_update (GstGpsTimeline * self)
{
  guint n_entries = gst_gps_track_get_n_entries (self->track);
  guint changed = gst_gps_track_take_changed (self->track);
  const GstGpsTimelineFix *last = gst_gps_timeline_get_last (self);

  if (last && n_entries > self->n_seen
      && gst_gps_track_drops_outliers (self->track))
    changed = MIN (changed, last->at);
  gst_gps_timeline_rewind (self, changed);
  while (self->n_seen < n_entries)
    gst_gps_timeline_take (self, self->n_seen++);
}

/* Index of the first fix behind time. */
static guint
gst_gps_timeline_bisect (GstGpsTimeline * self, GstClockTime time)
{
  guint low = 0, high = self->fixes->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (gst_gps_timeline_get (self, middle)->first <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
gst_gps_timeline_find_nearest (const GstGpsTimelineFix * before,
    const GstGpsTimelineFix * behind, GstClockTime time, GstClockTime reach,
    GstGpsTimelinePlace * ret_place)
{
  GstClockTime since = GST_CLOCK_TIME_NONE, until = GST_CLOCK_TIME_NONE;
  const GstGpsTimelineFix *nearest;

  if (before)
    since = time > before->last ? time - before->last : 0;
  if (behind)
    until = behind->first - time;
  nearest = since <= until ? before : behind;
  if (!nearest || MIN (since, until) > reach)
    return FALSE;
  ret_place->before = ret_place->behind = nearest->at;
  ret_place->fraction = 0.0;
  return TRUE;
}

gboolean
gst_gps_timeline_find (GstGpsTimeline * self, GstClockTime time,
    gboolean interpolate, GstGpsTimelinePlace * ret_place)
{
  GstClockTime gap =
      (GstClockTime) gst_gps_track_get_gap (self->track) * GST_USECOND;
  const GstGpsTimelineFix *before = NULL, *behind = NULL;
  guint index;

  gst_gps_timeline_update (self);
  index = gst_gps_timeline_bisect (self, time);
  if (index > 0)
    before = gst_gps_timeline_get (self, index - 1);
  if (index < self->fixes->len)
    behind = gst_gps_timeline_get (self, index);

  if (!interpolate || !before || !behind || behind->new_segment
      || behind->first - before->first > gap)
    return gst_gps_timeline_find_nearest (before, behind, time, gap / 2,
        ret_place);
  ret_place->before = before->at;
  ret_place->behind = behind->at;
  ret_place->fraction = (gdouble) (time - before->first)
      / (gdouble) (behind->first - before->first);
  return TRUE;
}
