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

static gint
track_get_clock (const GpsRecord * record, const TrackOptions * options)
{
  if (options->clock == TRACK_CLOCK_UTC)
    return GPSRECORD_CLOCK_UTC;
  if (options->clock == TRACK_CLOCK_LOCAL)
    return GPSRECORD_CLOCK_LOCAL;
  return (gint) record->clock;
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
track_add_clip (GArray * items, const Recording * recording, guint clip,
    const TrackOptions * options)
{
  guint start = items->len;

  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = &g_array_index (recording->records,
        RecordingRecord, i);
    TrackItem item = { record, TRACK_UNTIMED, 0, clip };

    if (!(record->record.fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED)))
      continue;
    if (track_is_timed (&item)) {
      item.clock = track_get_clock (&record->record, options);
      item.time = record->record.time_us;
    }
    g_array_append_val (items, item);
  }
  if (items->len > start)
    track_place_untimed (&g_array_index (items, TrackItem, start),
        items->len - start);
}

static void
track_add_point (GArray * points, const TrackItem * item, GpsClean * clean,
    const TrackOptions * options)
{
  GpsRecord record = item->record->record;
  TrackPoint point = { 0, };
  unsigned events;

  if (track_is_timed (item)) {
    record.clock = (GpsRecordClock) item->clock;
    record.time_us += options->time_offset * G_USEC_PER_SEC;
  }
  events = gpsclean_feed (clean, &record);
  if (!(events & GPSCLEAN_KEEP))
    return;
  gst_gps_fix_init_from_record (&point.fix, &record, item->record->source);
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

GArray *
track_build (GPtrArray * recordings, const TrackOptions * options)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (TrackItem));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (TrackPoint));
  GpsClean clean;
  guint clip = 0;

  for (guint i = 0; i < recordings->len; i++)
    track_add_clip (items, g_ptr_array_index (recordings, i), i, options);
  /* keeps the order of equals */
  g_array_sort (items, track_compare);

  gpsclean_init (&clean, options->gap_us);
  for (guint i = 0; i < items->len; i++) {
    const TrackItem *item = &g_array_index (items, TrackItem, i);

    /* nobody knows how long the pause between two such clips was */
    if (item->clock == TRACK_UNTIMED && item->clip != clip)
      gpsclean_reset (&clean);
    clip = item->clip;
    track_add_point (points, item, &clean, options);
  }
  return points;
}

static void
track_get_info (GArray * points, const gchar * name, GstGpsTrackInfo * info)
{
  *info = (GstGpsTrackInfo) {
  0};
  info->name = name;
  if (points->len > 0)
    info->first_fix = &g_array_index (points, TrackPoint, 0).fix;
  for (guint i = 0; i < points->len; i++) {
    const GstGpsFix *fix = &g_array_index (points, TrackPoint, i).fix;

    if (!gst_gps_fix_is_valid (fix))
      continue;
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
track_is_of_one (GArray * points)
{
  for (guint i = 1; i < points->len; i++) {
    if (g_array_index (points, TrackPoint, i).clip !=
        g_array_index (points, TrackPoint, 0).clip)
      return FALSE;
  }
  return TRUE;
}

gboolean
track_write (GArray * points, GstGpsFormat format, const gchar * name,
    GArray * time_index, GOutputStream * stream, GError ** error)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  gboolean is_of_one = track_is_of_one (points);
  GstGpsTrackInfo info;

  track_get_info (points, name, &info);
  if (time_index) {
    info.time_index = (gconstpointer) time_index->data;
    info.n_time_index = time_index->len;
  }
  if (!track_write_piece (stream, gst_gps_writer_begin (writer, &info), error))
    return FALSE;
  for (guint i = 0; i < points->len; i++) {
    const TrackPoint *point = &g_array_index (points, TrackPoint, i);

    if (is_of_one && point->media_us >= 0)
      gst_gps_writer_set_position (writer,
          (GstClockTime) point->media_us * GST_USECOND);
    if (!track_write_piece (stream, gst_gps_writer_add (writer, &point->fix,
                point->new_segment), error))
      return FALSE;
  }
  return track_write_piece (stream, gst_gps_writer_end (writer), error);
}
