/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* GeoJSON, RFC 7946. Strings and what holds them are json-glib's work. Numbers
 * are not: it writes all 17 digits of a double, where section 11.2 has seven
 * decimals as more than enough. */

#include <string.h>

#include <json-glib/json-glib.h>

#include <gst/gps/gstgpsformat-private.h>
#include <gst/gps/gstgpsrun-private.h>

typedef struct
{
  GByteArray *out;
  gchar *name;
  guint track;                  /* from 1 on; 0: there is one alone */
  GArray *run;
  gboolean has_feature;
} GstGpsGeojson;

static gpointer
gst_gps_geojson_open (GByteArray * out)
{
  GstGpsGeojson *self = g_new0 (GstGpsGeojson, 1);

  self->out = out;
  self->run = gst_gps_run_new ();
  return self;
}

static void
gst_gps_geojson_close (gpointer state)
{
  GstGpsGeojson *self = state;

  g_array_unref (self->run);
  g_free (self->name);
  g_free (self);
}

static void
gst_gps_geojson_write (GstGpsGeojson * self, const gchar * text)
{
  g_byte_array_append (self->out, (const guint8 *) text, strlen (text));
}

static void
gst_gps_geojson_begin (gpointer state, const GstGpsTrackInfo * info)
{
  GstGpsGeojson *self = state;

  self->name = g_strdup (info->name);
  gst_gps_geojson_write (self,
      "{\"type\":\"FeatureCollection\",\"features\":[");
}

/* Section 3.1.1: longitude first. */
static void
gst_gps_geojson_append_position (GString * text, const GstGpsFix * fix)
{
  g_string_append_c (text, '[');
  gst_gps_format_append_decimal (text, fix->longitude, 7);
  g_string_append_c (text, ',');
  gst_gps_format_append_decimal (text, fix->latitude, 7);
  if (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE) {
    g_string_append_c (text, ',');
    gst_gps_format_append_decimal (text, fix->altitude, 2);
  }
  g_string_append_c (text, ']');
}

/* Section 3.1.4: a line has two positions or more. */
static void
gst_gps_geojson_append_geometry (GString * text, const GstGpsFix * fixes,
    guint n_fixes)
{
  if (n_fixes == 1) {
    g_string_append (text, "{\"type\":\"Point\",\"coordinates\":");
    gst_gps_geojson_append_position (text, fixes);
    g_string_append_c (text, '}');
    return;
  }
  g_string_append (text, "{\"type\":\"LineString\",\"coordinates\":[");
  for (guint i = 0; i < n_fixes; i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    gst_gps_geojson_append_position (text, &fixes[i]);
  }
  g_string_append (text, "]}");
}

static void
gst_gps_geojson_build_times (JsonBuilder * builder, const GstGpsFix * fixes,
    guint n_fixes)
{
  json_builder_set_member_name (builder, "timeKind");
  json_builder_add_string_value (builder, gst_gps_format_get_time_kind (fixes));
  json_builder_set_member_name (builder, "coordTimes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_fixes; i++) {
    g_autofree gchar *time = gst_gps_fix_format_time (&fixes[i]);

    if (time)
      json_builder_add_string_value (builder, time);
    else
      json_builder_add_null_value (builder);
  }
  json_builder_end_array (builder);
}

static gchar *
gst_gps_geojson_make_properties (GstGpsGeojson * self, const GstGpsFix * fixes,
    guint n_fixes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (self->name) {
    json_builder_set_member_name (builder, "name");
    json_builder_add_string_value (builder, self->name);
  }
  if (self->track > 0) {
    json_builder_set_member_name (builder, "track");
    json_builder_add_int_value (builder, self->track);
  }
  if (gst_gps_format_is_utc (fixes)
      || fixes->time_kind == GST_GPS_TIME_KIND_LOCAL)
    gst_gps_geojson_build_times (builder, fixes, n_fixes);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
gst_gps_geojson_write_feature (gpointer state, const GstGpsFix * fixes,
    guint n_fixes)
{
  GstGpsGeojson *self = state;
  g_autoptr (GString) text = g_string_new (self->has_feature ? ",\n" : "\n");
  g_autofree gchar *properties =
      gst_gps_geojson_make_properties (self, fixes, n_fixes);

  self->has_feature = TRUE;
  g_string_append (text, "{\"type\":\"Feature\",\"geometry\":");
  gst_gps_geojson_append_geometry (text, fixes, n_fixes);
  g_string_append_printf (text, ",\"properties\":%s}", properties);
  gst_gps_geojson_write (self, text->str);
}

static void
gst_gps_geojson_start_track (gpointer state, const gchar * name)
{
  GstGpsGeojson *self = state;

  gst_gps_run_end (self->run, gst_gps_geojson_write_feature, self);
  g_free (self->name);
  self->name = g_strdup (name);
  self->track++;
}

static void
gst_gps_geojson_add (gpointer state, const GstGpsFix * fix,
    gboolean new_segment)
{
  GstGpsGeojson *self = state;

  gst_gps_run_add (self->run, fix, new_segment, gst_gps_geojson_write_feature,
      self);
}

static void
gst_gps_geojson_end (gpointer state)
{
  GstGpsGeojson *self = state;

  gst_gps_run_end (self->run, gst_gps_geojson_write_feature, self);
  gst_gps_geojson_write (self, "\n]}\n");
}

const GstGpsFormatFunctions gst_gps_geojson_functions = {
  .caps = "application/geo+json",
  .open = gst_gps_geojson_open,
  .begin = gst_gps_geojson_begin,
  .start_track = gst_gps_geojson_start_track,
  .add = gst_gps_geojson_add,
  .end = gst_gps_geojson_end,
  .close = gst_gps_geojson_close,
};
