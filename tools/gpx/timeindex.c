/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "timeindex.h"

#include <gio/gio.h>

/* How far apart the clock of the media and that of the fixes may be until it
 * is told anew. */
#define TIMEINDEX_TOLERANCE_US (G_USEC_PER_SEC / 2)

/* What is told of one recording. */
typedef struct
{
  GArray *entries;              /* GstGpsTimeIndex, without paths; NULL: none yet */
  guint segment;
  gint64 start_us;              /* time of the segment's first fix */
  gint64 told_us;               /* what lay between both clocks when last told */
  gboolean has_last;            /* in the segment and not told yet: */
  TrackPoint last;
} TimeIndexMovie;

static void
timeindex_clear (gpointer data)
{
  g_free ((gchar *) ((GstGpsTimeIndex *) data)->movie);
}

static void
timeindex_tell (TimeIndexMovie * movie, const TrackPoint * point)
{
  GstGpsTimeIndex entry = { NULL, };
  gint64 track_us = point->fix.time - movie->start_us;

  entry.movie_time = (GstClockTime) point->media_us * GST_USECOND;
  entry.segment = movie->segment;
  entry.track_time = GST_CLOCK_TIME_NONE;
  if (point->fix.time_kind != GST_GPS_TIME_KIND_NONE && track_us >= 0)
    entry.track_time = (GstClockTime) track_us *GST_USECOND;
  movie->told_us = point->media_us - point->fix.time;
  movie->has_last = FALSE;
  g_array_append_val (movie->entries, entry);
}

static void
timeindex_end (TimeIndexMovie * movie)
{
  if (movie->has_last)
    timeindex_tell (movie, &movie->last);
}

/* The fix is of that recording, and of a segment that began at that time. */
static void
timeindex_add (TimeIndexMovie * movie, const TrackPoint * point, guint segment,
    gint64 start_us)
{
  gint64 apart_us = point->media_us - point->fix.time - movie->told_us;

  if (!movie->entries || segment != movie->segment) {
    if (!movie->entries)
      movie->entries = g_array_new (FALSE, FALSE, sizeof (GstGpsTimeIndex));
    timeindex_end (movie);
    movie->segment = segment;
    movie->start_us = start_us;
    timeindex_tell (movie, point);
  } else if (point->fix.time_kind != GST_GPS_TIME_KIND_NONE
      && ABS (apart_us) > TIMEINDEX_TOLERANCE_US) {
    timeindex_tell (movie, point);
  } else {
    movie->last = *point;
    movie->has_last = TRUE;
  }
}

/* The path of the recording, seen from the folder of the output. */
static gchar *
timeindex_get_path (const gchar * name, const gchar * output)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFile) target = NULL;
  g_autoptr (GFile) folder = NULL;
  gchar *path;

  if (!output || g_str_equal (output, "-"))
    return g_strdup (name);
  target = g_file_new_for_path (output);
  folder = g_file_get_parent (target);
  path = folder ? g_file_get_relative_path (folder, file) : NULL;
  return path ? path : g_file_get_path (file);
}

/* Moves what is told of the recording to all that is told. */
static void
timeindex_take (GArray * entries, TimeIndexMovie * movie, const gchar * name,
    const gchar * output)
{
  g_autofree gchar *path = NULL;

  if (!movie->entries)
    return;
  timeindex_end (movie);
  path = timeindex_get_path (name, output);
  for (guint i = 0; i < movie->entries->len; i++) {
    g_array_append_val (entries, g_array_index (movie->entries,
            GstGpsTimeIndex, i));
    g_array_index (entries, GstGpsTimeIndex, entries->len - 1).movie =
        g_strdup (path);
  }
  g_array_unref (movie->entries);
}

/* Segments are counted over all tracks. */
static void
timeindex_add_track (TimeIndexMovie * movies, const Track * track,
    guint * segment)
{
  gint64 start_us = 0;

  for (guint i = 0; i < track->n_points; i++) {
    const TrackPoint *point = track_get_point (track, i);

    if (i > 0 && point->new_segment)
      (*segment)++;
    if (i == 0 || point->new_segment)
      start_us = point->fix.time;
    if (point->media_us >= 0)
      timeindex_add (&movies[point->clip], point, *segment, start_us);
  }
}

GArray *
timeindex_build (GPtrArray * tracks, GPtrArray * recordings,
    const gchar * output)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (GstGpsTimeIndex));
  g_autofree TimeIndexMovie *movies = g_new0 (TimeIndexMovie, recordings->len);
  guint segment = 0;

  g_array_set_clear_func (entries, timeindex_clear);
  for (guint i = 0; i < tracks->len; i++, segment++)
    timeindex_add_track (movies, g_ptr_array_index (tracks, i), &segment);
  for (guint i = 0; i < recordings->len; i++) {
    const Recording *recording = g_ptr_array_index (recordings, i);

    if (recording->is_stdin)
      g_clear_pointer (&movies[i].entries, g_array_unref);
    timeindex_take (entries, &movies[i], recording->name, output);
  }
  return entries;
}
