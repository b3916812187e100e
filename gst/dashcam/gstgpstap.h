/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpssettings.h"
#include "wire/dialect.h"

G_BEGIN_DECLS

/* At most so many tracks of one recording are told apart. */
#define GST_GPS_TAP_MAX_TRACKS 4

/* Stands in front of a stock demuxer, hands the recording on unchanged, by
 * push and by pull, and looks for GPS records in what passes. When no media is
 * wanted (or the demuxer gave up) it reads on alone. */
#define GST_TYPE_GPS_TAP (gst_gps_tap_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstGpsTap, gst_gps_tap, GST, GPS_TAP, GstElement)

/* How the tap tells its bin. All are called from the thread that reads. */
typedef struct
{
  /* Data begins to flow. */
  void (*started) (GstGpsTap * tap, gpointer user_data);
  /* A record of a track, index in its block at offset; time is on the media's
   * timeline, or NONE: not known. May come more than once for the same place. */
  void (*found) (GstGpsTap * tap, guint track, guint64 offset, guint index,
      GstClockTime time, const Dialect * dialect, const GpsRecord * record,
      gpointer user_data);
  /* A block of a dialect that nobody can decode. */
  void (*unreadable) (GstGpsTap * tap, const Dialect * dialect,
      gpointer user_data);
  /* When the recording was made, in microseconds since 1970. */
  void (*created) (GstGpsTap * tap, gint64 creation_us, gpointer user_data);
  /* Pull mode: every record of the file was told before anything leaves. */
  void (*indexed) (GstGpsTap * tap, gpointer user_data);
  /* Reading alone: all up to the offset reach was seen (flow OK), or the end is
   * reached (EOS), or reading failed. What it returns other than OK ends the
   * reading. By push also, once, at the end of what the demuxer was given. */
  GstFlowReturn (*progress) (GstGpsTap * tap, GstFlowReturn flow,
      guint64 reach, gpointer user_data);
} GstGpsTapCallbacks;

struct _GstGpsTapClass
{
  GstElementClass parent_class;

  /* How many tracks it tells apart; 0 is as good as 1. */
  guint n_tracks;
  /* Forget all that is known of a recording. */
  void (*reset) (GstGpsTap * tap);
  /* The next byte comes from position. */
  void (*jump) (GstGpsTap * tap, guint64 position);
  /* Takes bytes up to and including the first block that has records; says
   * them by gst_gps_tap_found(). Returns how many bytes were taken. */
  gsize (*feed) (GstGpsTap * tap, const guint8 * data, gsize size);
  /* The data ended. */
  void (*finish) (GstGpsTap * tap);
  /* Pull mode, before the demuxer reads: what an index in the file tells at
   * small cost. EOS: all records are known; OK: there may be more. Optional. */
  GstFlowReturn (*read_index) (GstGpsTap * tap);
  /* Pull mode, alone: find all records. */
  GstFlowReturn (*read_all) (GstGpsTap * tap);
  /* Pull mode: how many bytes that the demuxer skips are read to look for
   * records between those that it reads, and before the first. */
  guint64 max_hole;
  guint64 max_before;
  /* The times of records are those of the sample tables, not clocks of the
   * recording that the demuxer may read otherwise. */
  gboolean times_are_sure;
  /* Whether times beside the media differ from those of fixes alone, so that
   * what the index tells is read once more; or NULL. */
  gboolean (*has_edits) (GstGpsTap * self);
  /* Pull mode, without an index: how far to look for the first fix before the
   * demuxer reads. */
  guint64 max_ahead;
};

void gst_gps_tap_set_callbacks (GstGpsTap * self,
    const GstGpsTapCallbacks * callbacks, gpointer user_data);

/* Before data flows. */
void gst_gps_tap_set_settings (GstGpsTap * self,
    const GstGpsSettings * settings);

/* Whether it reads where it likes. */
gboolean gst_gps_tap_is_pulling (GstGpsTap * self);

/* From now on the demuxer is given no more data, and the tap reads alone to
 * the end. By push, that happens as the data comes; by pull, in a task that
 * this starts. */
void gst_gps_tap_read_alone (GstGpsTap * self);

/* Whether gst_gps_tap_read_alone() was called. */
gboolean gst_gps_tap_is_alone (GstGpsTap * self);

/* Offset in the file that the demuxer has come to. By pull, what it reads at
 * reach is what it is about to give out. */
guint64 gst_gps_tap_get_reach (GstGpsTap * self);

/* For subclasses. */

/* Reads size bytes at offset, fewer at the end of the file. The caller unrefs
 * the buffer. EOS behind the end. */
GstFlowReturn gst_gps_tap_pull (GstGpsTap * self, guint64 offset, guint size,
    GstBuffer ** ret_buffer);

/* Reads on in order from offset to the end of the file, through feed(). */
GstFlowReturn gst_gps_tap_read_rest (GstGpsTap * self, guint64 offset);

void gst_gps_tap_found (GstGpsTap * self, guint track, guint64 offset,
    guint index, GstClockTime time, const Dialect * dialect,
    const GpsRecord * record);

/* What the owner knows of the records; another way of saying them begins with
 * reset(). */
const DialectOptions *gst_gps_tap_get_options (GstGpsTap * self);

void gst_gps_tap_created (GstGpsTap * self, gint64 creation_us);

/* A block that gave no records; dialect may be NULL. */
void gst_gps_tap_unknown (GstGpsTap * self, guint64 offset,
    const Dialect * dialect);

GstFlowReturn gst_gps_tap_progress (GstGpsTap * self, GstFlowReturn flow,
    guint64 reach);

G_END_DECLS
