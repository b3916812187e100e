/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "wire/gpsclean.h"
#include "wire/gpsrecord.h"

G_BEGIN_DECLS

/* The records of a recording in the order of the file, each with the media
 * time at which it leaves, as far as that is known. Fed by the tap as it finds
 * them, in any order and more than once; read in step with the media. Not
 * thread-safe: the bin's track lock guards it. */
typedef struct _GstGpsTrack GstGpsTrack;

/* Where a record stands, and when it is due. */
typedef struct
{
  guint64 offset;               /* of its block in the file */
  guint index;                  /* in the block */
  GstClockTime time;            /* on the media's timeline, or NONE: when the media read passes offset */
  const gchar *source;          /* dialect, never freed */
  GpsRecord record;
} GstGpsTrackEntry;

GstGpsTrack *gst_gps_track_new (void);
void gst_gps_track_free (GstGpsTrack * self);

/* Forgets all records. gap: a longer pause between fixes starts a segment. */
void gst_gps_track_clear (GstGpsTrack * self, GstClockTime gap);

/* A record that is there already (same offset and index) is ignored. */
void gst_gps_track_insert (GstGpsTrack * self, const GstGpsTrackEntry * entry);

/* Whether any record has a position. */
gboolean gst_gps_track_has_fix (GstGpsTrack * self);

/* The next fix that is due at media time now (NONE: whatever there is), when
 * the media read has come to the offset reach. Voids and duplicates are left
 * out; ret_entry->time is always valid when now is, ret_events are those of
 * gpsclean_feed(). Returns FALSE when nothing is due. */
gboolean gst_gps_track_next (GstGpsTrack * self, GstClockTime now,
    guint64 reach, GstGpsTrackEntry * ret_entry, unsigned *ret_events);

/* Playback goes on elsewhere: at media time time (NONE: not known) and file
 * offset offset. Returns TRUE, and the fix that holds there, when one is
 * known; the next one that gst_gps_track_next() gives follows it. */
gboolean gst_gps_track_seek (GstGpsTrack * self, GstClockTime time,
    guint64 offset, GstGpsTrackEntry * ret_entry);

G_END_DECLS
