/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* KML 2.2 with Google's extensions, whose Track has the times of the places.
 * KML has no time without a zone: tracks of a local clock, or of none, are
 * lines without times. */

#include <gst/gps/gstgpsformat-private.h>
#include <gst/gps/gstgpsrun-private.h>
#include <gst/gps/gstgpsxml-private.h>

typedef struct
{
  xmlTextWriterPtr xml;
  gchar *name;
  gboolean folder_open;
  GArray *run;
} GstGpsKml;

static gpointer
gst_gps_kml_open (GByteArray * out)
{
  GstGpsKml *self = g_new0 (GstGpsKml, 1);

  self->xml = gst_gps_xml_new (out);
  self->run = gst_gps_run_new ();
  return self;
}

static void
gst_gps_kml_close (gpointer state)
{
  GstGpsKml *self = state;

  xmlFreeTextWriter (self->xml);
  g_array_unref (self->run);
  g_free (self->name);
  g_free (self);
}

static void
gst_gps_kml_begin (gpointer state, const GstGpsTrackInfo * info)
{
  GstGpsKml *self = state;

  self->name = g_strdup (info->name);
  xmlTextWriterStartDocument (self->xml, "1.0", "UTF-8", NULL);
  gst_gps_xml_start (self->xml, "kml");
  gst_gps_xml_attribute (self->xml, "xmlns", "http://www.opengis.net/kml/2.2");
  gst_gps_xml_attribute (self->xml, "xmlns:gx",
      "http://www.google.com/kml/ext/2.2");
  gst_gps_xml_start (self->xml, "Document");
  if (self->name)
    gst_gps_xml_text (self->xml, "name", self->name);
  else
    /* Closes the start tag, so that this piece is whole. */
    xmlTextWriterWriteString (self->xml, BAD_CAST "\n");
  xmlTextWriterFlush (self->xml);
}

/* Longitude first. Where the altitude is not known, it is 0 if something has to
 * stand there, and is not used: all is on the ground, the default. */
static void
gst_gps_kml_append_position (GString * text, const GstGpsFix * fix,
    const gchar * separator)
{
  gboolean known = (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE) != 0;

  gst_gps_format_append_decimal (text, fix->longitude, 7);
  g_string_append (text, separator);
  gst_gps_format_append_decimal (text, fix->latitude, 7);
  g_string_append (text, separator);
  gst_gps_format_append_decimal (text, known ? fix->altitude : 0.0, 2);
}

/* The schema wants all times before all places. */
static void
gst_gps_kml_write_track (GstGpsKml * self, const GstGpsFix * fixes,
    guint n_fixes)
{
  gst_gps_xml_start (self->xml, "gx:Track");
  for (guint i = 0; i < n_fixes; i++) {
    g_autofree gchar *time = gst_gps_fix_format_time (&fixes[i]);

    gst_gps_xml_text (self->xml, "when", time ? time : "");
  }
  for (guint i = 0; i < n_fixes; i++) {
    g_autoptr (GString) place = g_string_new (NULL);

    gst_gps_kml_append_position (place, &fixes[i], " ");
    gst_gps_xml_text (self->xml, "gx:coord", place->str);
  }
  gst_gps_xml_stop (self->xml);
}

static void
gst_gps_kml_write_line (GstGpsKml * self, const GstGpsFix * fixes,
    guint n_fixes)
{
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; i < n_fixes; i++) {
    if (i > 0)
      g_string_append_c (places, ' ');
    gst_gps_kml_append_position (places, &fixes[i], ",");
  }
  gst_gps_xml_start (self->xml, n_fixes == 1 ? "Point" : "LineString");
  gst_gps_xml_text (self->xml, "coordinates", places->str);
  gst_gps_xml_stop (self->xml);
}

static void
gst_gps_kml_write_placemark (gpointer state, const GstGpsFix * fixes,
    guint n_fixes)
{
  GstGpsKml *self = state;

  gst_gps_xml_start (self->xml, "Placemark");
  if (self->name)
    gst_gps_xml_text (self->xml, "name", self->name);
  if (fixes->time_kind == GST_GPS_TIME_KIND_LOCAL)
    gst_gps_xml_text (self->xml, "description", "Without times: they are of "
        "the camera's local clock, whose offset to UTC is not known.");
  if (fixes->time_kind == GST_GPS_TIME_KIND_ASSUMED)
    gst_gps_xml_text (self->xml, "description", GST_GPS_FORMAT_ASSUMED);
  if (gst_gps_format_is_utc (fixes))
    gst_gps_kml_write_track (self, fixes, n_fixes);
  else
    gst_gps_kml_write_line (self, fixes, n_fixes);
  gst_gps_xml_stop (self->xml);
}

static void
gst_gps_kml_start_track (gpointer state, const gchar * name)
{
  GstGpsKml *self = state;

  gst_gps_run_end (self->run, gst_gps_kml_write_placemark, self);
  if (self->folder_open)
    gst_gps_xml_stop (self->xml);
  g_free (self->name);
  self->name = g_strdup (name);
  gst_gps_xml_start (self->xml, "Folder");
  if (self->name)
    gst_gps_xml_text (self->xml, "name", self->name);
  self->folder_open = TRUE;
}

static void
gst_gps_kml_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  GstGpsKml *self = state;

  gst_gps_run_add (self->run, fix, new_segment, gst_gps_kml_write_placemark,
      self);
  xmlTextWriterFlush (self->xml);
}

static void
gst_gps_kml_end (gpointer state)
{
  GstGpsKml *self = state;

  gst_gps_run_end (self->run, gst_gps_kml_write_placemark, self);
  xmlTextWriterEndDocument (self->xml);
  xmlTextWriterFlush (self->xml);
}

const GstGpsFormatFunctions gst_gps_kml_functions = {
  .caps = "application/vnd.google-earth.kml+xml",
  .open = gst_gps_kml_open,
  .begin = gst_gps_kml_begin,
  .start_track = gst_gps_kml_start_track,
  .add = gst_gps_kml_add,
  .end = gst_gps_kml_end,
  .close = gst_gps_kml_close,
};
