/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "track.h"

#include <gst/gps/gstgpsfix-private.h>

#include "wire/gpsclean.h"

static gint
track_compare_times (const GpsRecord * a, const GpsRecord * b)
{
  if (a->clock == GPSRECORD_CLOCK_NONE || b->clock == GPSRECORD_CLOCK_NONE)
    return 0;
  return (a->time_us > b->time_us) - (a->time_us < b->time_us);
}

static gint
track_compare_records (gconstpointer a, gconstpointer b)
{
  const RecordingRecord *x = *(const RecordingRecord * const *) a;
  const RecordingRecord *y = *(const RecordingRecord * const *) b;

  return track_compare_times (&x->record, &y->record);
}

/* The fixes of a clip in the order of time, and between equals in that of the
 * file. A clip of which some have no time keeps the order of its file. */
static GPtrArray *
track_sort_clip (const Recording * recording)
{
  GPtrArray *clip = g_ptr_array_new ();
  gboolean timed = TRUE;

  for (guint i = 0; i < recording->records->len; i++) {
    RecordingRecord *record = &g_array_index (recording->records,
        RecordingRecord, i);

    if (!(record->record.fields & GPSRECORD_POSITION))
      continue;
    timed &= record->record.clock != GPSRECORD_CLOCK_NONE;
    g_ptr_array_add (clip, record);
  }
  if (timed)
    g_ptr_array_sort (clip, track_compare_records);
  return clip;
}

static gint
track_compare_clips (gconstpointer a, gconstpointer b)
{
  const GPtrArray *x = *(GPtrArray * const *) a;
  const GPtrArray *y = *(GPtrArray * const *) b;

  if (x->len == 0 || y->len == 0)
    return (x->len == 0) - (y->len == 0);
  return track_compare_records (&x->pdata[0], &y->pdata[0]);
}

static void
track_set_clock (GstGpsFix * fix, const TrackOptions * options)
{
  if (fix->time_kind == GST_GPS_TIME_KIND_NONE)
    return;
  fix->time += options->time_offset * G_USEC_PER_SEC;
  if (options->clock == TRACK_CLOCK_UTC)
    fix->time_kind = GST_GPS_TIME_KIND_UTC;
  else if (options->clock == TRACK_CLOCK_LOCAL)
    fix->time_kind = GST_GPS_TIME_KIND_LOCAL;
}

static void
track_add (GArray * points, const RecordingRecord * record, GpsClean * clean,
    const TrackOptions * options)
{
  TrackPoint point = { 0, };
  unsigned events = gpsclean_feed (clean, &record->record);

  if (!(events & GPSCLEAN_KEEP))
    return;
  gst_gps_fix_init_from_record (&point.fix, &record->record, record->source);
  track_set_clock (&point.fix, options);
  point.new_segment = (events & GPSCLEAN_SEGMENT) != 0;
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
  g_autoptr (GPtrArray) clips =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (TrackPoint));
  GpsClean clean;

  for (guint i = 0; i < recordings->len; i++)
    g_ptr_array_add (clips, track_sort_clip (g_ptr_array_index (recordings,
                i)));
  g_ptr_array_sort (clips, track_compare_clips);

  gpsclean_init (&clean, options->gap_us);
  for (guint i = 0; i < clips->len; i++) {
    GPtrArray *clip = g_ptr_array_index (clips, i);

    for (guint j = 0; j < clip->len; j++)
      track_add (points, g_ptr_array_index (clip, j), &clean, options);
  }
  return points;
}

static void
track_get_info (GArray * points, const gchar * name, GstGpsTrackInfo * info)
{
  *info = (GstGpsTrackInfo) {
  name,};
  for (guint i = 0; i < points->len; i++) {
    const GstGpsFix *fix = &g_array_index (points, TrackPoint, i).fix;

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

gboolean
track_write (GArray * points, const gchar * name, GOutputStream * stream,
    GError ** error)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  GstGpsTrackInfo info;

  track_get_info (points, name, &info);
  if (!track_write_piece (stream, gst_gps_writer_begin (writer, &info), error))
    return FALSE;
  for (guint i = 0; i < points->len; i++) {
    const TrackPoint *point = &g_array_index (points, TrackPoint, i);

    if (!track_write_piece (stream, gst_gps_writer_add (writer, &point->fix,
                point->new_segment), error))
      return FALSE;
  }
  return track_write_piece (stream, gst_gps_writer_end (writer), error);
}
