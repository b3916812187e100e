/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "track.h"

#include <gst/gps/gstgpsfix-private.h>

#include "wire/gpsclean.h"

/* A fix on its way into the track. */
typedef struct
{
  GpsRecord record;
  const gchar *source;
  gint64 media_us;
  gint64 time;                  /* what it is sorted by: the clock, then the time */
  gint clock;
  guint clip;
} TrackItem;

/* So many repeats of a record are looked beyond. */
#define TRACK_AHEAD_MAX 64

/* Behind all clocks. */
#define TRACK_UNTIMED G_MAXINT

Spool *
track_new_items (void)
{
  return spool_new (sizeof (TrackItem));
}

Spool *
track_new_points (void)
{
  return spool_new (sizeof (TrackPoint));
}

Track *
track_new (Spool * points)
{
  Track *self = g_new0 (Track, 1);

  self->points = spool_ref (points);
  self->first = points->len;
  return self;
}

void
track_free (Track * self)
{
  g_free (self->name);
  spool_unref (self->points);
  g_free (self);
}

void
track_add (Track * self, const TrackPoint * point)
{
  spool_add (self->points, point);
  self->n_points++;
}

const TrackPoint *
track_get_point (const Track * self, guint at)
{
  return spool_get (self->points, self->first + at);
}

static gint
track_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const TrackItem *x = a;
  const TrackItem *y = b;

  if (x->clock != y->clock)
    return x->clock < y->clock ? -1 : 1;
  return (x->time > y->time) - (x->time < y->time);
}

/* Whether the record becomes a fix. */
static gboolean
track_takes (const GpsRecord * record)
{
  return record->fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED);
}

static gboolean
track_is_timed (const TrackItem * item)
{
  return item->record.clock != GPSRECORD_CLOCK_NONE;
}

/* Times by an assumed zone are UTC, as far as anybody knows. */
static gint
track_get_clock (const GpsRecord * record)
{
  return record->clock == GPSRECORD_CLOCK_ASSUMED ? GPSRECORD_CLOCK_UTC
      : (gint) record->clock;
}

/* Sets clock and time to those of the first fix of the clip that has them. */
static void
track_find_start (const Recording * recording, TrackItem * item)
{
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *entry = spool_get (recording->records, i);

    if (!track_takes (&entry->record)
        || entry->record.clock == GPSRECORD_CLOCK_NONE)
      continue;
    item->clock = track_get_clock (&entry->record);
    item->time = entry->record.time_us;
    return;
  }
}

/* What has no time is placed with the fix before it, and in front with the
 * first that has one. */
void
track_add_clip (Spool * items, const Recording * recording, guint clip)
{
  TrackItem item = { {0}, NULL, -1, 0, TRACK_UNTIMED, clip };

  track_find_start (recording, &item);
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *entry = spool_get (recording->records, i);

    if (!track_takes (&entry->record))
      continue;
    item.record = entry->record;
    item.source = entry->source;
    item.media_us = entry->media_us;
    if (track_is_timed (&item)) {
      item.clock = track_get_clock (&item.record);
      item.time = item.record.time_us;
    }
    spool_add (items, &item);
  }
}

/* What track_build() knows of the fixes until now. */
typedef struct
{
  const TrackOptions *options;
  Spool *items;
  Spool *points;
  GPtrArray *tracks;
  Track *track;                 /* the last one, or NULL: none yet */
  GpsClean clean;
  guint clip;                   /* of the last fix */
  gboolean has_time;            /* of a fix before, the last that had one: */
  gint clock;
  gint64 time;
} TrackBuild;

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
track_keep (TrackBuild * self, const TrackItem * item, unsigned events)
{
  TrackPoint point = { 0, };

  if (!self->track || track_is_new_trip (self, item)) {
    self->track = track_new (self->points);
    g_ptr_array_add (self->tracks, self->track);
    events = (events & ~GPSCLEAN_REPLACE) | GPSCLEAN_SEGMENT;
  }
  gst_gps_fix_init_from_record (&point.fix, &item->record, item->source);
  if (self->options->has_bearing)
    gst_gps_fix_set_bearing (&point.fix, self->options->bearing_offset);
  point.new_segment = (events & GPSCLEAN_SEGMENT) != 0;
  point.clip = item->clip;
  point.media_us = item->media_us;
  if (events & GPSCLEAN_REPLACE) {
    TrackPoint *last = spool_edit (self->points, self->points->len - 1);

    point.new_segment |= last->new_segment;
    *last = point;
    return;
  }
  track_add (self->track, &point);
}

/* Finds the next record that can be compared with the item at that index. */
static gboolean
track_find_next (TrackBuild * self, const TrackItem * item, guint at,
    GpsRecord * ret_record)
{
  guint end = MIN (self->items->len, at + 1 + TRACK_AHEAD_MAX);

  for (guint i = at + 1; i < end; i++) {
    const TrackItem *next = spool_get (self->items, i);

    if (gpsclean_is_comparable (&item->record, &next->record)) {
      *ret_record = next->record;
      return TRUE;
    }
  }
  return FALSE;
}

static void
track_add_item (TrackBuild * self, const TrackItem * item, guint at)
{
  gboolean has_next = FALSE;
  GpsRecord next;
  unsigned events;

  if (track_is_known (self, item))
    return;
  if (self->options->drop_outliers)
    has_next = track_find_next (self, item, at, &next);
  events = gpsclean_feed_ahead (&self->clean, &item->record,
      has_next ? &next : NULL);
  if (!(events & GPSCLEAN_KEEP))
    return;
  track_keep (self, item, events);
  self->clip = item->clip;
  if (track_is_timed (item)) {
    self->has_time = TRUE;
    self->clock = item->clock;
    self->time = item->time;
  }
}

GPtrArray *
track_build (Spool * items, const TrackOptions * options, Spool * points)
{
  TrackBuild build = { options, items, points, };
  guint clip = 0;

  if (!options->keep_order)
    spool_sort (items, track_compare);

  build.tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  gpsclean_init (&build.clean, options->gap_us);
  if (options->drop_outliers)
    build.clean.filter = GPSCLEAN_FILTER_OUTLIERS;
  for (guint i = 0; i < items->len; i++) {
    const TrackItem item = *(const TrackItem *) spool_get (items, i);

    /* nobody knows how long the pause between two such clips was */
    if (item.clock == TRACK_UNTIMED && item.clip != clip)
      gpsclean_reset (&build.clean);
    clip = item.clip;
    track_add_item (&build, &item, i);
  }
  return build.tracks;
}

void
track_name_by_time (GPtrArray * tracks)
{
  for (guint i = 0; i < tracks->len; i++) {
    Track *track = g_ptr_array_index (tracks, i);
    const GstGpsFix *first = &track_get_point (track, 0)->fix;

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

/* What a document says in front of its fixes. */
typedef struct
{
  GstGpsTrackInfo info;
  GstGpsFix first_fix;
  gboolean has_positions;       /* all fixes are of one recording */
} TrackHead;

static void
track_get_head (GPtrArray * tracks, TrackHead * head)
{
  guint clip = 0;

  *head = (TrackHead) {
  0};
  head->has_positions = TRUE;
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    for (guint j = 0; j < track->n_points; j++) {
      const TrackPoint *point = track_get_point (track, j);

      if (i == 0 && j == 0) {
        head->first_fix = point->fix;
        head->info.first_fix = &head->first_fix;
        clip = point->clip;
      }
      head->has_positions &= point->clip == clip;
      track_add_bounds (&head->info, &point->fix);
    }
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

static gboolean
track_write_points (const Track * self, GstGpsWriter * writer,
    gboolean has_positions, GOutputStream * stream, GError ** error)
{
  for (guint i = 0; i < self->n_points; i++) {
    const TrackPoint *point = track_get_point (self, i);

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
  TrackHead head;

  track_get_head (tracks, &head);
  head.info.name = name;
  if (time_index) {
    head.info.time_index = (gconstpointer) time_index->data;
    head.info.n_time_index = time_index->len;
  }
  if (!track_write_piece (stream, gst_gps_writer_begin (writer, &head.info),
          error))
    return FALSE;
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);

    if (tracks->len > 1 || track->name)
      gst_gps_writer_start_track (writer, track->name);
    if (!track_write_points (track, writer, head.has_positions, stream, error))
      return FALSE;
  }
  return track_write_piece (stream, gst_gps_writer_end (writer), error);
}
