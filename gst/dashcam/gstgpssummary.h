/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

#include "wire/dialect.h"

G_BEGIN_DECLS

#define GST_GPS_SUMMARY_NAME "dashcam-gps"

/* What there is to say of a track. */
typedef struct
{
  guint n_records;
  guint n_fixes;
  guint n_voids;
  guint n_duplicates;
  guint n_outliers;
  guint n_encrypted;            /* of the fixes, those whose place nobody can read */
  guint n_segments;
  gboolean is_backward;         /* the camera's clock went back */
  gboolean is_assumed;          /* the places are blurred, in a manner that is assumed */
  const Dialect *unreadable;    /* of blocks that nobody can decode, or NULL */

  /* of the fixes */
  const gchar *source;          /* dialect of the first */
  gboolean has_place;
  GstGpsFix last;               /* with a place */
  GstGpsFix first_timed;        /* time_kind NONE: there is none */
  GstGpsFix last_timed;
  gdouble min_latitude;
  gdouble max_latitude;
  gdouble min_longitude;
  gdouble max_longitude;
  gdouble distance;             /* metres */
  gdouble max_speed;            /* metres per second; negative: not known */
} GstGpsSummary;

void gst_gps_summary_init (GstGpsSummary * self);

/* The next record, NULL without a position, and what gpsclean said of it. */
void gst_gps_summary_add (GstGpsSummary * self, const GstGpsFix * fix,
    unsigned events);

/* For the message; pad: the name of the pad that gives the track. */
GstStructure *gst_gps_summary_to_structure (const GstGpsSummary * self,
    const gchar * pad, gboolean at_end);

G_END_DECLS
