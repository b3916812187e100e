/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the tests of tsgpsdemux and nvtgpsdemux share: a pipeline that takes down
 * all that leaves on each pad, and the values that a sample is known to have. */

#include <gst/check/gstcheck.h>
#include <gst/gps/gps.h>

#include "dashcamtestsrc.h"

/* Which pads are linked. */
enum
{
  DASHCAMTEST_GPS = 1 << 0,
  DASHCAMTEST_VIDEO = 1 << 1,
  DASHCAMTEST_AUDIO = 1 << 2,
  DASHCAMTEST_ACCEL = 1 << 3,
  DASHCAMTEST_MEDIA = DASHCAMTEST_VIDEO | DASHCAMTEST_AUDIO,
  DASHCAMTEST_ALL = DASHCAMTEST_GPS | DASHCAMTEST_MEDIA
};

#define DASHCAMTEST_TEXT "text/x-raw, format=(string)utf8"

/* What left on a pad: buffers and events in their order. */
typedef struct
{
  gchar *name;
  GPtrArray *items;             /* GstMiniObject */
} DashcamtestPad;

/* A buffer that carries a fix. */
typedef struct
{
  GstClockTime pts;
  GstClockTime running_time;    /* NONE: outside of its segment */
  GstClockTime duration;
  gboolean discont;
  GstGpsFix fix;
} DashcamtestFix;

/* A point that is known to be in a sample. */
typedef struct
{
  gdouble latitude;
  gdouble longitude;
  gdouble speed;                /* km/h; negative: not known */
  gdouble course;               /* negative: not known */
  gchar time[32];               /* empty: not known */
} DashcamtestPoint;

typedef struct
{
  /* set before dashcamtest_play() */
  guint links;
  const gchar *gps_caps;        /* NULL: whatever the element likes */
  const gchar *accel_caps;      /* the same */
  void (*link) (GstPad * pad, gpointer user_data);      /* instead of what links say */
  gpointer user_data;

  GstElement *pipeline;
  GstElement *source;
  DashcamtestSrc *memory;       /* NULL with DASHCAMTEST_PIPE */
  GstElement *demuxer;

  /* of the messages that dashcamtest_wait() has read */
  guint n_errors;
  guint n_warnings;
  guint n_eos;
  GError *error;                /* the first */

  GMutex lock;
  GCond changed;
  GPtrArray *pads;              /* DashcamtestPad */
  gboolean no_more_pads;
  GThread *writer;
  int pipe_fd;
} Dashcamtest;

/* A test case that ends the pipelines of a test that failed. */
TCase *dashcamtest_add_case (Suite * suite);

/* A file below the folder of dash cam samples. */
gchar *dashcamtest_path (const gchar * name);
GBytes *dashcamtest_load (const gchar * name);

/* The points in NAME.expected.json, or in NAME.exiftool.json. */
GArray *dashcamtest_load_points (const gchar * name);

/* The element is tsgpsdemux or nvtgpsdemux, by the sample's name. */
const gchar *dashcamtest_element (const gchar * name);

/* The demuxer of GStreamer for it: tsdemux or qtdemux. */
const gchar *dashcamtest_stock (const gchar * name);

/* A pipeline that is not started. Takes a reference of the data. */
Dashcamtest *dashcamtest_new (const gchar * element, GBytes * data,
    DashcamtestMode mode, guint links);
void dashcamtest_play (Dashcamtest * self);
void dashcamtest_pause (Dashcamtest * self);

/* Waits for EOS or an error. Returns TRUE at EOS. */
gboolean dashcamtest_wait (Dashcamtest * self);

/* Waits until a pad has given that many buffers in all. */
void dashcamtest_wait_buffers (Dashcamtest * self, const gchar * pad,
    guint n_buffers);

/* Waits for such an event behind the last flush of a pad. */
void dashcamtest_wait_event (Dashcamtest * self, const gchar * pad,
    GstEventType type);
void dashcamtest_wait_no_more_pads (Dashcamtest * self);

void dashcamtest_stop (Dashcamtest * self);
void dashcamtest_free (Dashcamtest * self);

/* Forgets what has left on the pads so far. */
void dashcamtest_forget (Dashcamtest * self);

/* Links a pad to a sink that takes everything down. */
void dashcamtest_link_sink (Dashcamtest * self, GstPad * pad,
    const gchar * caps, gboolean with_queue);

/* NULL: no such pad was linked. */
DashcamtestPad *dashcamtest_pad (Dashcamtest * self, const gchar * name);
guint dashcamtest_count (Dashcamtest * self, const gchar * pad);
gboolean dashcamtest_is_event (gpointer item, GstEventType type);
GstEvent *dashcamtest_event (Dashcamtest * self, const gchar * pad,
    GstEventType type);
guint dashcamtest_count_events (Dashcamtest * self, const gchar * pad,
    GstEventType type);

/* The name of the first pad whose name begins like this, or NULL. */
const gchar *dashcamtest_find (Dashcamtest * self, const gchar * prefix);

/* What has left on a pad behind its last flush. */
GPtrArray *dashcamtest_items (Dashcamtest * self, const gchar * name);
GByteArray *dashcamtest_document (Dashcamtest * self, const gchar * pad);
GArray *dashcamtest_fixes (Dashcamtest * self, const gchar * pad);

/* Of the content, times and flags of all buffers behind the last flush. */
gchar *dashcamtest_checksum (Dashcamtest * self, const gchar * pad);

/* Fails when the fixes are not these points. */
void dashcamtest_check_fixes (GArray * fixes, GArray * points,
    const gchar * name);

/* All in one: plays to the end, and fails on an error or without EOS. */
Dashcamtest *dashcamtest_run (const gchar * sample, DashcamtestMode mode,
    guint links, const gchar * gps_caps);

/* Whether the document is GPX 1.1 by its schema. */
gboolean dashcamtest_is_gpx (GByteArray * document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dashcamtest, dashcamtest_free)
