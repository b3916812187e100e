/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "track.h"

#include <gst/gps/gstgpsfix-private.h>

#include "wire/gpsclean.h"

/* A fix on its way into the track. */
typedef struct
{
  const RecordingRecord *record;
  gint clock;                   /* what it is sorted by: the clock, then the time */
  gint64 time;
  guint clip;
} TrackItem;

/* So many repeats of a record are looked beyond. */
#define TRACK_AHEAD_MAX 64

/* Behind all clocks. */
#define TRACK_UNTIMED G_MAXINT

static gint
track_compare (gconstpointer a, gconstpointer b)
{
  const TrackItem *x = a;
  const TrackItem *y = b;

  if (x->clock != y->clock)
    return x->clock < y->clock ? -1 : 1;
  return (x->time > y->time) - (x->time < y->time);
}

static gboolean
track_is_timed (const TrackItem * item)
{
  return item->record->record.clock != GPSRECORD_CLOCK_NONE;
}

/* Times by an assumed zone are UTC, as far as anybody knows. */
static gint
track_get_clock (const GpsRecord * record)
{
  return record->clock == GPSRECORD_CLOCK_ASSUMED ? GPSRECORD_CLOCK_UTC
      : (gint) record->clock;
}

/* Places what has no time: with the fix before it, and in front with the first
 * that has one. */
static void
track_place_untimed (TrackItem * items, guint n_items)
{
  guint first = 0;

  while (first < n_items && !track_is_timed (&items[first]))
    first++;
  if (first == n_items)
    return;
  for (guint i = 0; i < n_items; i++) {
    const TrackItem *place = &items[i < first ? first : i - 1];

    if (!track_is_timed (&items[i])) {
      items[i].clock = place->clock;
      items[i].time = place->time;
    }
  }
}

static void
track_add_clip (GArray * items, const Recording * recording, guint clip)
{
  guint start = items->len;

  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = &g_array_index (recording->records,
        RecordingRecord, i);
    TrackItem item = { record, TRACK_UNTIMED, 0, clip };

    if (!(record->record.fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)))
      continue;
    if (track_is_timed (&item)) {
      item.clock = track_get_clock (&record->record);
      item.time = record->record.time_us;
    }
    g_array_append_val (items, item);
  }
  if (items->len > start)
    track_place_untimed (&g_array_index (items, TrackItem, start),
        items->len - start);
}

void
track_free (Track * self)
{
  g_free (self->name);
  g_array_unref (self->points);
  g_free (self);
}

/* What track_build() knows of the fixes until now. */
typedef struct
{
  const TrackOptions *options;
  GPtrArray *tracks;
  GpsClean clean;
  guint clip;                   /* of the last fix */
  gboolean has_time;            /* of a fix before, the last that had one: */
  gint clock;
  gint64 time;
} TrackBuild;

static GArray *
track_get_points (GPtrArray * tracks)
{
  return ((Track *) g_ptr_array_index (tracks, tracks->len - 1))->points;
}

static void
track_start (TrackBuild * self)
{
  Track *track = g_new0 (Track, 1);

  track->points = g_array_new (FALSE, FALSE, sizeof (TrackPoint));
  g_ptr_array_add (self->tracks, track);
}

/* Whether the pause in front of a fix is that between two trips. */
static gboolean
track_is_new_trip (const TrackBuild * self, const TrackItem * item)
{
  guint64 limit = (guint64) self->options->trip_gap_us;
  guint64 pause;

  if (limit == 0 || !self->has_time || !track_is_timed (item))
    return FALSE;
  pause = item->time > self->time
      ? (guint64) item->time - (guint64) self->time
      : (guint64) self->time - (guint64) item->time;
  return item->clock != self->clock || pause > limit;
}

/* Whether a clip that came before has the same time. */
static gboolean
track_is_known (const TrackBuild * self, const TrackItem * item)
{
  return self->has_time && track_is_timed (item) && item->clip != self->clip
      && item->clock == self->clock && item->time == self->time;
}

static void
track_keep (TrackBuild * self, const TrackItem * item,
    const GpsRecord * record, unsigned events)
{
  TrackPoint point = { 0, };
  GArray *points;

  if (self->tracks->len == 0 || track_is_new_trip (self, item)) {
    track_start (self);
    events = (events & ~GPSCLEAN_REPLACE) | GPSCLEAN_SEGMENT;
  }
  points = track_get_points (self->tracks);
  gst_gps_fix_init_from_record (&point.fix, record, item->record->source);
  if (self->options->has_bearing)
    gst_gps_fix_set_bearing (&point.fix, self->options->bearing_offset);
  point.new_segment = (events & GPSCLEAN_SEGMENT) != 0;
  point.clip = item->clip;
  point.media_us = item->record->media_us;
  if ((events & GPSCLEAN_REPLACE) && points->len > 0) {
    TrackPoint *last = &g_array_index (points, TrackPoint, points->len - 1);

    point.new_segment |= last->new_segment;
    *last = point;
    return;
  }
  g_array_append_val (points, point);
}

/* The next record that can be compared with an item, or NULL. */
static const GpsRecord *
track_get_next (GArray * items, guint at)
{
  const TrackItem *item = &g_array_index (items, TrackItem, at);
  guint end = MIN (items->len, at + 1 + TRACK_AHEAD_MAX);

  for (guint i = at + 1; i < end; i++) {
    const TrackItem *next = &g_array_index (items, TrackItem, i);

    if (gpsclean_is_comparable (&item->record->record, &next->record->record))
      return &next->record->record;
  }
  return NULL;
}

static void
track_add_point (TrackBuild * self, GArray * items, guint at)
{
  const TrackItem *item = &g_array_index (items, TrackItem, at);
  const GpsRecord *record = &item->record->record;
  unsigned events;

  if (track_is_known (self, item))
    return;
  events = gpsclean_feed_ahead (&self->clean, record,
      self->options->drop_outliers ? track_get_next (items, at) : NULL);
  if (!(events & GPSCLEAN_KEEP))
    return;
  track_keep (self, item, record, events);
  self->clip = item->clip;
  if (track_is_timed (item)) {
    self->has_time = TRUE;
    self->clock = item->clock;
    self->time = item->time;
  }
}

GPtrArray *
track_build (GPtrArray * recordings, const TrackOptions * options)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (TrackItem));
  TrackBuild build = { options, NULL, };
  guint clip = 0;

  for (guint i = 0; i < recordings->len; i++)
    track_add_clip (items, g_ptr_array_index (recordings, i), i);
  /* keeps the order of equals */
  if (!options->keep_order)
    g_array_sort (items, track_compare);

  build.tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  gpsclean_init (&build.clean, options->gap_us);
  if (options->drop_outliers)
    build.clean.filter = GPSCLEAN_FILTER_OUTLIERS;
  for (guint i = 0; i < items->len; i++) {
    const TrackItem *item = &g_array_index (items, TrackItem, i);

    /* nobody knows how long the pause between two such clips was */
    if (item->clock == TRACK_UNTIMED && item->clip != clip)
      gpsclean_reset (&build.clean);
    clip = item->clip;
    track_add_point (&build, items, i);
  }
  return build.tracks;
}

void
track_name_by_time (GPtrArray * tracks)
{
  for (guint i = 0; i < tracks->len; i++) {
    Track *track = g_ptr_array_index (tracks, i);
    const GstGpsFix *first = &g_array_index (track->points, TrackPoint, 0).fix;

    g_free (track->name);
    track->name = gst_gps_fix_format_time (first);
  }
}

static void
track_add_bounds (GstGpsTrackInfo * info, const GstGpsFix * fix)
{
  if (!gst_gps_fix_is_valid (fix))
    return;
  if (!info->has_bounds) {
    info->min_latitude = info->max_latitude = fix->latitude;
    info->min_longitude = info->max_longitude = fix->longitude;
    info->has_bounds = TRUE;
  }
  info->min_latitude = MIN (info->min_latitude, fix->latitude);
  info->max_latitude = MAX (info->max_latitude, fix->latitude);
  info->min_longitude = MIN (info->min_longitude, fix->longitude);
  info->max_longitude = MAX (info->max_longitude, fix->longitude);
}

static void
track_get_info (GPtrArray * tracks, const gchar * name, GstGpsTrackInfo * info)
{
  *info = (GstGpsTrackInfo) {
  0};
  info->name = name;
  for (guint i = 0; i < tracks->len; i++) {
    const GArray *points = ((Track *) g_ptr_array_index (tracks, i))->points;

    for (guint j = 0; j < points->len; j++)
      track_add_bounds (info, &g_array_index (points, TrackPoint, j).fix);
    if (i == 0)
      info->first_fix = &g_array_index (points, TrackPoint, 0).fix;
  }
}

/* Takes the bytes. */
static gboolean
track_write_piece (GOutputStream * stream, GBytes * bytes, GError ** error)
{
  gconstpointer data;
  gsize size;
  gboolean ok;

  if (!bytes)
    return TRUE;
  data = g_bytes_get_data (bytes, &size);
  ok = size == 0 || g_output_stream_write_all (stream, data, size, NULL, NULL,
      error);
  g_bytes_unref (bytes);
  return ok;
}

/* Whether all fixes are of one recording. */
static gboolean
track_is_of_one (GPtrArray * tracks)
{
  for (guint i = 0; i < tracks->len; i++) {
    const GArray *points = ((Track *) g_ptr_array_index (tracks, i))->points;
    const Track *first = g_ptr_array_index (tracks, 0);

    for (guint j = 0; j < points->len; j++) {
      if (g_array_index (points, TrackPoint, j).clip !=
          g_array_index (first->points, TrackPoint, 0).clip)
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
track_write_points (const Track * self, GstGpsWriter * writer,
    gboolean has_positions, GOutputStream * stream, GError ** error)
{
  for (guint i = 0; i < self->points->len; i++) {
    const TrackPoint *point = &g_array_index (self->points, TrackPoint, i);

    if (has_positions && point->media_us >= 0)
      gst_gps_writer_set_position (writer,
          (GstClockTime) point->media_us * GST_USECOND);
    if (!track_write_piece (stream, gst_gps_writer_add (writer, &point->fix,
                point->new_segment), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
track_write (GPtrArray * tracks, GstGpsFormat format, const gchar * name,
    GArray * time_index, GOutputStream * stream, GError ** error)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  gboolean has_positions = track_is_of_one (tracks);
  GstGpsTrackInfo info;

  track_get_info (tracks, name, &info);
  if (time_index) {
    info.time_index = (gconstpointer) time_index->data;
    info.n_time_index = time_index->len;
  }
  if (!track_write_piece (stream, gst_gps_writer_begin (writer, &info), error))
    return FALSE;
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    if (tracks->len > 1 || track->name)
      gst_gps_writer_start_track (writer, track->name);
    if (!track_write_points (track, writer, has_positions, stream, error))
      return FALSE;
  }
  return track_write_piece (stream, gst_gps_writer_end (writer), error);
}
