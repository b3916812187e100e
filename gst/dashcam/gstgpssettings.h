/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpsclock.h"
#include "wire/dialectoptions.h"

G_BEGIN_DECLS
/* Which records belong to a track. */
    typedef enum
{
  GST_GPS_FILTER_NONE,          /* all that have a position */
  GST_GPS_FILTER_DUPLICATES,    /* each time and place once */
  GST_GPS_FILTER_OUTLIERS       /* the same, without what no car can reach */
} GstGpsFilter;

/* How a file that can be read anywhere is searched. */
typedef enum
{
  GST_GPS_SCAN_AUTO,
  GST_GPS_SCAN_INDEX,
  GST_GPS_SCAN_FULL
} GstGpsScan;

/* Which fix travels with a picture. */
typedef enum
{
  GST_GPS_ATTACH_META_NONE,
  GST_GPS_ATTACH_META_NEAREST,
  GST_GPS_ATTACH_META_INTERPOLATE
} GstGpsAttachMeta;

/* What all GPS demuxers let their user choose. A plain struct: whoever holds
 * one guards it. */
typedef struct
{
  GstGpsClock time_kind;
  gint64 time_offset;           /* seconds */
  const gchar *time_zone;       /* an interned string, or NULL */
  gboolean guess_time;
  DialectOptions dialect;
  GstClockTime gap_threshold;
  GstGpsFilter filter;
  GstGpsScan scan;
  GstClockTimeDiff gps_latency;
  GstClockTime tag_interval;    /* 0: never again */
  gboolean resend_last;
  gboolean gps_only;
  GstGpsAttachMeta attach_meta;
  gdouble bearing_offset;       /* degrees; negative: not known */
} GstGpsSettings;

void gst_gps_settings_init (GstGpsSettings * self);

/* Installs a property for each member. */
void gst_gps_settings_install (GObjectClass * klass);

/* FALSE: the property is none of ours. */
gboolean gst_gps_settings_set (GstGpsSettings * self, guint id,
    const GValue * value);
gboolean gst_gps_settings_get (const GstGpsSettings * self, guint id,
    GValue * value);

#define GST_TYPE_GPS_FILTER (gst_gps_settings_get_filter_type ())
GType gst_gps_settings_get_filter_type (void);

#define GST_TYPE_GPS_DEOBFUSCATE (gst_gps_settings_get_deobfuscate_type ())
GType gst_gps_settings_get_deobfuscate_type (void);

#define GST_TYPE_GPS_LIGO_FUZZ (gst_gps_settings_get_ligo_fuzz_type ())
GType gst_gps_settings_get_ligo_fuzz_type (void);

#define GST_TYPE_GPS_QUADRANT (gst_gps_settings_get_quadrant_type ())
GType gst_gps_settings_get_quadrant_type (void);

#define GST_TYPE_GPS_SCAN (gst_gps_settings_get_scan_type ())
GType gst_gps_settings_get_scan_type (void);

#define GST_TYPE_GPS_ATTACH_META (gst_gps_settings_get_attach_meta_type ())
GType gst_gps_settings_get_attach_meta_type (void);

G_END_DECLS
