/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/gps/gstgpsformat-private.h>
#include <gst/gps/gstgpsxml-private.h>

#define GST_GPS_GPX_NAMESPACE "http://www.topografix.com/GPX/1/1"
#define GST_GPS_GPX_TPX_NAMESPACE \
    "http://www.garmin.com/xmlschemas/TrackPointExtension/v2"
#define GST_GPS_GPX_SCHEMA_LOCATION \
    GST_GPS_GPX_NAMESPACE " http://www.topografix.com/GPX/1/1/gpx.xsd " \
    GST_GPS_GPX_TPX_NAMESPACE \
    " http://www.garmin.com/xmlschemas/TrackPointExtensionv2.xsd"
#define GST_GPS_GPX_VIDEO_NAMESPACE \
    "http://www.garmin.com/xmlschemas/VideoExtension/v1"
#define GST_GPS_GPX10_NAMESPACE "http://www.topografix.com/GPX/1/0"
#define GST_GPS_GPX10_SCHEMA_LOCATION \
    GST_GPS_GPX10_NAMESPACE " http://www.topografix.com/GPX/1/0/gpx.xsd"

/* The schema ends below 180, and here stand seven decimals. */
#define GST_GPS_GPX_MAX_LONGITUDE 179.9999999

typedef struct
{
  xmlTextWriterPtr xml;
  gboolean is_gpx10;
  gchar *name;
  GArray *time_index;           /* GstGpsTimeIndex, their paths our own; emptied once written */
  gboolean track_open;
  GstGpsTimeKind track_kind;
  gboolean segment_open;
} GstGpsGpx;

static void
gst_gps_gpx_clear_index (gpointer data)
{
  g_free ((gchar *) ((GstGpsTimeIndex *) data)->movie);
}

static gpointer
gst_gps_gpx_open (GByteArray * out)
{
  GstGpsGpx *self = g_new0 (GstGpsGpx, 1);

  self->xml = gst_gps_xml_new (out);
  self->time_index = g_array_new (FALSE, FALSE, sizeof (GstGpsTimeIndex));
  g_array_set_clear_func (self->time_index, gst_gps_gpx_clear_index);
  return self;
}

static gpointer
gst_gps_gpx10_open (GByteArray * out)
{
  GstGpsGpx *self = gst_gps_gpx_open (out);

  self->is_gpx10 = TRUE;
  return self;
}

static void
gst_gps_gpx_close (gpointer state)
{
  GstGpsGpx *self = state;

  xmlFreeTextWriter (self->xml);
  g_array_unref (self->time_index);
  g_free (self->name);
  g_free (self);
}

static void
gst_gps_gpx_decimal (GstGpsGpx * self, const gchar * element, gdouble value,
    guint decimals)
{
  g_autoptr (GString) number = g_string_new (NULL);

  gst_gps_format_append_decimal (number, value, decimals);
  gst_gps_xml_text (self->xml, element, number->str);
}

static void
gst_gps_gpx_degrees (GstGpsGpx * self, const gchar * attribute, gdouble value)
{
  g_autoptr (GString) number = g_string_new (NULL);

  gst_gps_format_append_decimal (number, value, 7);
  gst_gps_xml_attribute (self->xml, attribute, number->str);
}

static void
gst_gps_gpx_metadata (GstGpsGpx * self, const GstGpsTrackInfo * info,
    const gchar * time)
{
  if (!self->is_gpx10)
    gst_gps_xml_start (self->xml, "metadata");
  if (info->name)
    gst_gps_xml_text (self->xml, "name", info->name);
  if (time)
    gst_gps_xml_text (self->xml, "time", time);
  if (info->has_bounds) {
    gst_gps_xml_start (self->xml, "bounds");
    gst_gps_gpx_degrees (self, "minlat", info->min_latitude);
    gst_gps_gpx_degrees (self, "minlon",
        MIN (info->min_longitude, GST_GPS_GPX_MAX_LONGITUDE));
    gst_gps_gpx_degrees (self, "maxlat", info->max_latitude);
    gst_gps_gpx_degrees (self, "maxlon",
        MIN (info->max_longitude, GST_GPS_GPX_MAX_LONGITUDE));
    gst_gps_xml_stop (self->xml);
  }
  if (!self->is_gpx10)
    gst_gps_xml_stop (self->xml);
}

static void
gst_gps_gpx_root (GstGpsGpx * self)
{
  gboolean is_gpx10 = self->is_gpx10;

  gst_gps_xml_start (self->xml, "gpx");
  gst_gps_xml_attribute (self->xml, "version", is_gpx10 ? "1.0" : "1.1");
  gst_gps_xml_attribute (self->xml, "creator", PACKAGE " " VERSION);
  gst_gps_xml_attribute (self->xml, "xmlns",
      is_gpx10 ? GST_GPS_GPX10_NAMESPACE : GST_GPS_GPX_NAMESPACE);
  if (!is_gpx10)
    gst_gps_xml_attribute (self->xml, "xmlns:gpxtpx",
        GST_GPS_GPX_TPX_NAMESPACE);
  gst_gps_xml_attribute (self->xml, "xmlns:xsi",
      "http://www.w3.org/2001/XMLSchema-instance");
  gst_gps_xml_attribute (self->xml, "xsi:schemaLocation",
      is_gpx10 ? GST_GPS_GPX10_SCHEMA_LOCATION : GST_GPS_GPX_SCHEMA_LOCATION);
}

static void
gst_gps_gpx_begin (gpointer state, const GstGpsTrackInfo * info)
{
  GstGpsGpx *self = state;
  g_autofree gchar *time = NULL;

  if (info->first_fix && gst_gps_format_is_utc (info->first_fix))
    time = gst_gps_fix_format_time (info->first_fix);
  self->name = g_strdup (info->name);
  for (guint i = 0; !self->is_gpx10 && i < info->n_time_index; i++) {
    GstGpsTimeIndex entry = info->time_index[i];

    /* the schema has 32 bits of milliseconds */
    if (entry.movie_time / GST_MSECOND > G_MAXUINT32)
      continue;
    entry.movie = gst_gps_format_clean_text (entry.movie);
    if (entry.movie)
      g_array_append_val (self->time_index, entry);
  }
  xmlTextWriterStartDocument (self->xml, "1.0", "UTF-8", NULL);
  gst_gps_gpx_root (self);
  if (info->name || info->has_bounds || time)
    gst_gps_gpx_metadata (self, info, time);
  else
    /* Closes the start tag, so that this piece is whole. */
    xmlTextWriterWriteString (self->xml, BAD_CAST "\n");
  xmlTextWriterFlush (self->xml);
}

static void
gst_gps_gpx_milliseconds (GstGpsGpx * self, const gchar * attribute,
    GstClockTime time)
{
  gchar text[12];

  if (time / GST_MSECOND > G_MAXUINT32)
    return;
  g_snprintf (text, sizeof text, "%u", (guint) (time / GST_MSECOND));
  gst_gps_xml_attribute (self->xml, attribute, text);
}

static void
gst_gps_gpx_time_index (GstGpsGpx * self, const GstGpsTimeIndex * entry)
{
  gchar segment[12];

  g_snprintf (segment, sizeof segment, "%u", entry->segment);
  gst_gps_xml_start (self->xml, "gpxvid:TimeIndex");
  gst_gps_gpx_milliseconds (self, "MovieTime", entry->movie_time);
  gst_gps_gpx_milliseconds (self, "TrackTime", entry->track_time);
  gst_gps_xml_attribute (self->xml, "TrackSegmentIndex", segment);
  gst_gps_xml_stop (self->xml);
}

/* A table for each recording. */
static void
gst_gps_gpx_time_indexes (GstGpsGpx * self)
{
  const gchar *movie = NULL;

  gst_gps_xml_start (self->xml, "extensions");
  gst_gps_xml_start (self->xml, "gpxvid:VideoExtension");
  gst_gps_xml_attribute (self->xml, "xmlns:gpxvid",
      GST_GPS_GPX_VIDEO_NAMESPACE);
  for (guint i = 0; i < self->time_index->len; i++) {
    const GstGpsTimeIndex *entry = &g_array_index (self->time_index,
        GstGpsTimeIndex, i);

    if (!movie || !g_str_equal (entry->movie, movie)) {
      if (movie)
        gst_gps_xml_stop (self->xml);
      gst_gps_xml_start (self->xml, "gpxvid:TimeIndexTable");
      gst_gps_xml_attribute (self->xml, "MoviePath", entry->movie);
      movie = entry->movie;
    }
    gst_gps_gpx_time_index (self, entry);
  }
  gst_gps_xml_stop (self->xml);
  gst_gps_xml_stop (self->xml);
  gst_gps_xml_stop (self->xml);
  g_array_set_size (self->time_index, 0);
}

/* Not before the first fix, which tells what the times are. */
static void
gst_gps_gpx_open_track (GstGpsGpx * self, GstGpsTimeKind kind)
{
  gst_gps_xml_start (self->xml, "trk");
  if (self->name)
    gst_gps_xml_text (self->xml, "name", self->name);
  if (kind == GST_GPS_TIME_KIND_LOCAL)
    gst_gps_xml_text (self->xml, "desc", "Without times: they are of the "
        "camera's local clock, whose offset to UTC is not known.");
  else if (kind == GST_GPS_TIME_KIND_ASSUMED)
    gst_gps_xml_text (self->xml, "desc", GST_GPS_FORMAT_ASSUMED);
  if (self->time_index->len > 0)
    gst_gps_gpx_time_indexes (self);
  self->track_open = TRUE;
  self->track_kind = kind;
}

static void
gst_gps_gpx_open_segment (GstGpsGpx * self)
{
  gst_gps_xml_start (self->xml, "trkseg");
  self->segment_open = TRUE;
}

static void
gst_gps_gpx_close_segment (GstGpsGpx * self)
{
  gst_gps_xml_stop (self->xml);
  self->segment_open = FALSE;
}

static void
gst_gps_gpx_extensions (GstGpsGpx * self, const GstGpsFix * fix)
{
  gst_gps_xml_start (self->xml, "extensions");
  gst_gps_xml_start (self->xml, "gpxtpx:TrackPointExtension");
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    gst_gps_gpx_decimal (self, "gpxtpx:speed", fix->speed, 3);
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    gst_gps_gpx_decimal (self, "gpxtpx:course",
        gst_gps_format_round_course (fix->course), 2);
  if (fix->fields & GST_GPS_FIX_FIELD_BEARING)
    gst_gps_gpx_decimal (self, "gpxtpx:bearing",
        gst_gps_format_round_course (fix->bearing), 2);
  gst_gps_xml_stop (self->xml);
  gst_gps_xml_stop (self->xml);
}

/* In GPX 1.0 they stand here, and in this order. */
static void
gst_gps_gpx10_motion (GstGpsGpx * self, const GstGpsFix * fix)
{
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    gst_gps_gpx_decimal (self, "course",
        gst_gps_format_round_course (fix->course), 2);
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    gst_gps_gpx_decimal (self, "speed", fix->speed, 3);
}

static void
gst_gps_gpx_point (GstGpsGpx * self, const GstGpsFix * fix)
{
  /* the format has no other times than those of UTC */
  g_autofree gchar *time = gst_gps_format_is_utc (fix) ?
      gst_gps_fix_format_time (fix) : NULL;

  gst_gps_xml_start (self->xml, "trkpt");
  gst_gps_gpx_degrees (self, "lat", fix->latitude);
  gst_gps_gpx_degrees (self, "lon",
      fix->longitude > GST_GPS_GPX_MAX_LONGITUDE ? -180.0 : fix->longitude);
  if (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE)
    gst_gps_gpx_decimal (self, "ele", fix->altitude, 2);
  if (time)
    gst_gps_xml_text (self->xml, "time", time);
  if (self->is_gpx10)
    gst_gps_gpx10_motion (self, fix);
  if (fix->fields & GST_GPS_FIX_FIELD_SATELLITES) {
    gchar satellites[12];

    g_snprintf (satellites, sizeof satellites, "%u", fix->satellites);
    gst_gps_xml_text (self->xml, "sat", satellites);
  }
  if (fix->fields & GST_GPS_FIX_FIELD_HDOP)
    gst_gps_gpx_decimal (self, "hdop", fix->hdop, 2);
  if (!self->is_gpx10 && (fix->fields & (GST_GPS_FIX_FIELD_SPEED
              | GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_BEARING)))
    gst_gps_gpx_extensions (self, fix);
  gst_gps_xml_stop (self->xml);
}

static void
gst_gps_gpx_start_track (gpointer state, const gchar * name)
{
  GstGpsGpx *self = state;

  if (self->segment_open)
    gst_gps_gpx_close_segment (self);
  if (self->track_open)
    gst_gps_xml_stop (self->xml);
  self->track_open = FALSE;
  g_free (self->name);
  self->name = g_strdup (name);
}

static void
gst_gps_gpx_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  GstGpsGpx *self = state;
  gboolean other_clock = self->track_open && fix->time_kind != self->track_kind;

  if (self->segment_open && (new_segment || other_clock))
    gst_gps_gpx_close_segment (self);
  /* The description of a track says what its times are. */
  if (other_clock)
    gst_gps_xml_stop (self->xml);
  if (!self->track_open || other_clock)
    gst_gps_gpx_open_track (self, fix->time_kind);
  if (!self->segment_open)
    gst_gps_gpx_open_segment (self);
  gst_gps_gpx_point (self, fix);
  xmlTextWriterFlush (self->xml);
}

static void
gst_gps_gpx_end (gpointer state)
{
  GstGpsGpx *self = state;

  if (!self->track_open)
    gst_gps_gpx_open_track (self, GST_GPS_TIME_KIND_NONE);
  xmlTextWriterEndDocument (self->xml);
  xmlTextWriterFlush (self->xml);
}

const GstGpsFormatFunctions gst_gps_gpx_functions = {
  .caps = "application/gpx+xml, version=(string)1.1",
  .open = gst_gps_gpx_open,
  .begin = gst_gps_gpx_begin,
  .start_track = gst_gps_gpx_start_track,
  .add = gst_gps_gpx_add,
  .end = gst_gps_gpx_end,
  .close = gst_gps_gpx_close,
};

const GstGpsFormatFunctions gst_gps_gpx10_functions = {
  .caps = "application/gpx+xml, version=(string)1.0",
  .open = gst_gps_gpx10_open,
  .begin = gst_gps_gpx_begin,
  .start_track = gst_gps_gpx_start_track,
  .add = gst_gps_gpx_add,
  .end = gst_gps_gpx_end,
  .close = gst_gps_gpx_close,
};
