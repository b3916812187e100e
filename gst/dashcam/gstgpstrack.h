/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

#include "gstgpssettings.h"
#include "gstgpsspeeds.h"
#include "gstgpsverdict.h"
#include "wire/dialect.h"
#include "wire/gpsclean.h"
#include "wire/gpsrecord.h"

G_BEGIN_DECLS
/* The records of a recording in the order of the file, each with the media
 * time at which it leaves, as far as that is known. Fed by the tap as it finds
 * them, in any order and more than once; read in step with the media. Not
 * thread-safe: its stream's lock guards it. */
typedef struct _GstGpsTrack GstGpsTrack;

/* How much is known of the time of an entry. */
typedef enum
{
  GST_GPS_TRACK_UNASKED,        /* nothing: see gst_gps_track_get_unasked() */
  GST_GPS_TRACK_UNKNOWN,        /* nothing, and nobody knows */
  GST_GPS_TRACK_ASSUMED,        /* by the records' own clock, for want of media */
  GST_GPS_TRACK_CLAIMED,        /* told by the recording, true if the media agree */
  GST_GPS_TRACK_ANSWERED,       /* where its block stands between the media */
  GST_GPS_TRACK_KNOWN
} GstGpsTrackState;

/* Where a record stands, and when it is due. */
typedef struct
{
  guint64 offset;               /* of its block in the file */
  guint index;                  /* in the block */
  GstGpsTrackState state;
  GstClockTime time;            /* on the media's timeline, or NONE */
  const Dialect *dialect;
  guint64 number;               /* set by the track: of the record, as its clock is judged */
  GpsRecord record;             /* as the camera wrote it */
} GstGpsTrackEntry;

/* wanted: the bits of GpsRecord.fields of which a record that is given has one.
 * Of those with a position, or with one that nobody can read, what is repeated
 * is left out; acceleration is given as it comes. */
GstGpsTrack *gst_gps_track_new (unsigned wanted);
void gst_gps_track_free (GstGpsTrack * self);

/* What an entry is to the world, with what is known of its clock and of the unit
 * of its speed by now. */
void gst_gps_track_make_fix (GstGpsTrack * self,
    const GstGpsTrackEntry * entry, GstGpsFix * ret_fix);

/* What is known of the clock beside the records: to be added to by the caller,
 * who settles it anew then. */
GstGpsVerdict *gst_gps_track_get_verdict (GstGpsTrack * self);

/* The same of the speeds. */
const GstGpsSpeeds *gst_gps_track_get_speeds (GstGpsTrack * self);

/* Judges clock and speeds anew, by all records that are known. */
void gst_gps_track_settle (GstGpsTrack * self, const GstGpsSettings * settings);

/* Forgets all records. */
void gst_gps_track_clear (GstGpsTrack * self, const GstGpsSettings * settings);

/* When the last entry is due of those of which that is known, or NONE. */
GstClockTime gst_gps_track_get_end (GstGpsTrack * self);

/* What is added to the time of each entry that is given from now on. */
void gst_gps_track_set_latency (GstGpsTrack * self, GstClockTimeDiff latency);

/* An entry with a time is CLAIMED or KNOWN, one without UNASKED, whatever its
 * state says. One that is there already (same offset and index) is ignored, unless
 * only now its time is known. */
void gst_gps_track_insert (GstGpsTrack * self, const GstGpsTrackEntry * entry);

/* Whether any record has a position. */
gboolean gst_gps_track_has_fix (GstGpsTrack * self);

/* Whether any of them can be read. */
gboolean gst_gps_track_has_place (GstGpsTrack * self);

/* Calls func with each record in order, and what becomes of it where the track
 * is given from its start: events of gpsclean_feed(). FALSE from func ends that. */
typedef gboolean (*GstGpsTrackFunc) (const GstGpsTrackEntry * entry,
    unsigned events, gpointer user_data);
void gst_gps_track_foreach (GstGpsTrack * self, GstGpsTrackFunc func,
    gpointer user_data);

/* The first block before the offset reach of which the time was not asked for.
 * Returns FALSE when there is none. */
gboolean gst_gps_track_get_unasked (GstGpsTrack * self, guint64 reach,
    guint64 * ret_offset);

/* The same from the offset from on, however often that was asked. */
gboolean gst_gps_track_find_unasked (GstGpsTrack * self, guint64 from,
    guint64 * ret_offset);

/* The answer: time of the block at offset, or NONE. */
void gst_gps_track_answer (GstGpsTrack * self, guint64 offset,
    GstClockTime time);

/* All that can be answered was: spaces the records as their clock does. */
void gst_gps_track_fit (GstGpsTrack * self);

/* Without media: what stands before the offset reach and has no time gets one,
 * by the records' own clock. */
void gst_gps_track_place (GstGpsTrack * self, guint64 reach);

/* The next fix that is due at media time now (NONE: whatever stands before
 * reach), when the media read has come to the offset reach. Voids and
 * duplicates are left out; ret_entry->time is always valid, ret_events are
 * those of gpsclean_feed(). Returns FALSE when nothing is due. */
gboolean gst_gps_track_next (GstGpsTrack * self, GstClockTime now,
    guint64 reach, GstGpsTrackEntry * ret_entry, unsigned *ret_events);

/* Playback goes on elsewhere: the next fix that gst_gps_track_next() gives is
 * the one that holds at media time now. What has no time is judged by whether it
 * stands before the offset reach. */
void gst_gps_track_seek (GstGpsTrack * self, GstClockTime now, guint64 reach);

/* The same, backwards from media time stop. */
void gst_gps_track_seek_back (GstGpsTrack * self, GstClockTime stop,
    guint64 reach);

/* Backwards: the fix before, down to the one that holds at media time now, to
 * which the media have come. Returns FALSE when there is none. */
gboolean gst_gps_track_previous (GstGpsTrack * self, GstClockTime now,
    GstGpsTrackEntry * ret_entry);

/* For who reads the track by himself: entries by index, in the order of the
 * file. What an index means stays until gst_gps_track_take_changed() says
 * otherwise. */
guint gst_gps_track_get_n_entries (GstGpsTrack * self);
const GstGpsTrackEntry *gst_gps_track_peek (GstGpsTrack * self, guint at);

/* The media time at which an entry is due, or NONE. */
GstClockTime gst_gps_track_due (GstGpsTrack * self,
    const GstGpsTrackEntry * entry);

/* Index of the first entry that is new, or another, since the last call. */
guint gst_gps_track_take_changed (GstGpsTrack * self);

/* What becomes of an entry, beside others of which none is given twice: events
 * of gpsclean. The clock counts as the camera wrote it, so that what is learned
 * of it later starts no segment. */
void gst_gps_track_init_clean (GstGpsTrack * self, GpsClean * clean);
unsigned gst_gps_track_judge_raw (GstGpsTrack * self, GpsClean * clean,
    guint at);

/* Whether what comes behind an entry may show that it is none of the track. */
gboolean gst_gps_track_drops_outliers (GstGpsTrack * self);

/* Microseconds: a longer pause between fixes starts a segment. */
gint64 gst_gps_track_get_gap (GstGpsTrack * self);

G_END_DECLS
