/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gstgpsfix.h>

G_BEGIN_DECLS

/**
 * GstGpsFormat:
 * @GST_GPS_FORMAT_GPX: GPX 1.1 with Garmin's TrackPointExtension v2 for speed
 *   and course, application/gpx+xml
 * @GST_GPS_FORMAT_TEXT: a line for people per fix (speed, position, time), as
 *   an overlay shows it, text/x-raw; the line ends in a newline
 * @GST_GPS_FORMAT_CSV: a line of comma-separated values per fix below a line of
 *   their names, text/csv; a value that is not known is empty
 * @GST_GPS_FORMAT_GEOJSON: GeoJSON (RFC 7946), application/geo+json; a line per
 *   segment, with its times as the property `coordTimes`. Comes at the end of a
 *   segment, or when a thousand fixes have come
 * @GST_GPS_FORMAT_KML: KML 2.2 with the Track of Google's extensions,
 *   application/vnd.google-earth.kml+xml, in pieces like those of GeoJSON. Times
 *   that are not UTC are left out
 * @GST_GPS_FORMAT_NMEA: the sentences GGA and RMC of NMEA 0183 for each fix,
 *   application/x-nmea0183. Times that are not UTC are empty
 * @GST_GPS_FORMAT_SRT: SubRip subtitles with the line of %GST_GPS_FORMAT_TEXT,
 *   application/x-subtitle. A fix is written when the next one comes, see also
 *   gst_gps_writer_set_position()
 * @GST_GPS_FORMAT_GPX10: GPX 1.0, which has speed and course itself, for
 *   programs that know nothing newer, application/gpx+xml
 * @GST_GPS_FORMAT_KLV: a UAS Datalink Local Set of MISB ST 0601 per fix, as
 *   MPEG-TS carries them, meta/x-klv. Times that are not UTC are left out
 *
 * Forms in which a track can be written.
 *
 * Since: 0.1
 */
typedef enum
{
  GST_GPS_FORMAT_GPX,
  GST_GPS_FORMAT_TEXT,
  GST_GPS_FORMAT_CSV,
  GST_GPS_FORMAT_GEOJSON,
  GST_GPS_FORMAT_KML,
  GST_GPS_FORMAT_NMEA,
  GST_GPS_FORMAT_SRT,
  GST_GPS_FORMAT_GPX10,
  GST_GPS_FORMAT_KLV
} GstGpsFormat;

#define GST_TYPE_GPS_FORMAT (gst_gps_format_get_type ())
GST_GPS_API
GType gst_gps_format_get_type (void);

GST_GPS_API
GstCaps *gst_gps_format_get_caps (GstGpsFormat format);

GST_GPS_API
GstCaps *gst_gps_format_get_all_caps (void);

GST_GPS_API
gboolean gst_gps_format_from_caps (const GstCaps * caps,
    GstGpsFormat * format);

typedef struct _GstGpsTimeIndex GstGpsTimeIndex;

/**
 * GstGpsTimeIndex:
 * @movie: path of a recording, relative to the document, or its URI
 * @movie_time: nanoseconds since the start of that recording
 * @segment: of the track, counted from 0
 * @track_time: nanoseconds since the first fix of that segment, or
 *   %GST_CLOCK_TIME_NONE
 *
 * Which moment of a recording is which moment of a track.
 *
 * Since: 0.1
 */
struct _GstGpsTimeIndex
{
  const gchar *movie;
  GstClockTime movie_time;
  guint segment;
  GstClockTime track_time;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

typedef struct _GstGpsTrackInfo GstGpsTrackInfo;

/**
 * GstGpsTrackInfo:
 * @name: (nullable): of the track, such as the recording's file name
 * @has_bounds: whether the four bounds are known
 * @min_latitude: degrees
 * @min_longitude: degrees
 * @max_latitude: degrees
 * @max_longitude: degrees
 * @first_fix: (nullable): the first fix of the track. Its time, if that is UTC,
 *   is the time of the document
 * @n_time_index: number of entries of @time_index
 * @time_index: (array length=n_time_index) (nullable): moments of the
 *   recordings that the track was read from, those of one recording behind one
 *   another. %GST_GPS_FORMAT_GPX writes them as Garmin's VideoExtension v1
 *
 * What is known of a track before its first fix is written.
 *
 * Since: 0.1
 */
struct _GstGpsTrackInfo
{
  const gchar *name;
  gboolean has_bounds;
  gdouble min_latitude;
  gdouble min_longitude;
  gdouble max_latitude;
  gdouble max_longitude;
  const GstGpsFix *first_fix;
  guint n_time_index;
  const GstGpsTimeIndex *time_index;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_GPS_WRITER (gst_gps_writer_get_type ())
GST_GPS_API
G_DECLARE_FINAL_TYPE (GstGpsWriter, gst_gps_writer, GST, GPS_WRITER, GObject)

GST_GPS_API
GstGpsWriter *gst_gps_writer_new (GstGpsFormat format);

GST_GPS_API
GstGpsFormat gst_gps_writer_get_format (GstGpsWriter * self);

GST_GPS_API
GBytes *gst_gps_writer_begin (GstGpsWriter * self,
    const GstGpsTrackInfo * info);

GST_GPS_API
void gst_gps_writer_start_track (GstGpsWriter * self, const gchar * name);

GST_GPS_API
void gst_gps_writer_set_position (GstGpsWriter * self, GstClockTime position);

GST_GPS_API
GBytes *gst_gps_writer_add (GstGpsWriter * self, const GstGpsFix * fix,
    gboolean new_segment);

GST_GPS_API
GBytes *gst_gps_writer_end (GstGpsWriter * self);

G_END_DECLS
