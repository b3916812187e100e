/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "report.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Of the document, for who reads it: counts up when a member changes. */
#define REPORT_VERSION 1

Report *
report_new (void)
{
  Report *self = g_new0 (Report, 1);

  self->summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) summary_free);
  self->trip_names = g_ptr_array_new_with_free_func (g_free);
  self->trips = g_array_new (FALSE, TRUE, sizeof (Stats));
  return self;
}

void
report_free (Report * self)
{
  g_ptr_array_unref (self->summaries);
  g_ptr_array_unref (self->trip_names);
  g_array_unref (self->trips);
  g_free (self);
}

void
report_add_trips (Report * self, GPtrArray * tracks)
{
  for (guint i = 0; i < tracks->len; i++) {
    const Track *track = g_ptr_array_index (tracks, i);
    Stats stats = { 0, };

    stats_add (&stats, track);
    g_array_append_val (self->trips, stats);
    g_ptr_array_add (self->trip_names, g_strdup (track->name));
  }
}

static void
report_add_text (JsonBuilder * builder, const gchar * member,
    const gchar * text)
{
  json_builder_set_member_name (builder, member);
  if (text) {
    g_autofree gchar *valid = g_utf8_make_valid (text, -1);

    json_builder_add_string_value (builder, valid);
  } else {
    json_builder_add_null_value (builder);
  }
}

static void
report_add_int (JsonBuilder * builder, const gchar * member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

/* More digits than the receiver has would be noise. */
static void
report_add_number (JsonBuilder * builder, const gchar * member,
    gboolean is_known, gdouble value, gdouble scale)
{
  json_builder_set_member_name (builder, member);
  if (is_known)
    json_builder_add_double_value (builder, round (value * scale) / scale);
  else
    json_builder_add_null_value (builder);
}

static void
report_add_bounds (JsonBuilder * builder, const Stats * stats)
{
  const gdouble bounds[] = { stats->min_longitude, stats->min_latitude,
    stats->max_longitude, stats->max_latitude
  };

  json_builder_set_member_name (builder, "bbox");
  if (!stats->has_bounds) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    json_builder_add_double_value (builder, round (bounds[i] * 1e7) / 1e7);
  json_builder_end_array (builder);
}

static void
report_add_time (JsonBuilder * builder, const gchar * member,
    const GstGpsFix * fix)
{
  g_autofree gchar *time = gst_gps_fix_format_time (fix);

  report_add_text (builder, member, time);
}

static const gchar *
report_get_time_kind (GstGpsTimeKind kind)
{
  switch (kind) {
    case GST_GPS_TIME_KIND_UTC:
      return "utc";
    case GST_GPS_TIME_KIND_LOCAL:
      return "local";
    case GST_GPS_TIME_KIND_ASSUMED:
      return "assumed";
    default:
      return NULL;
  }
}

static void
report_add_stats (JsonBuilder * builder, const Stats * stats)
{
  report_add_text (builder, "time_kind",
      report_get_time_kind (stats->time_kind));
  report_add_time (builder, "first_time", &stats->first);
  report_add_time (builder, "last_time", &stats->last);
  report_add_number (builder, "duration_s",
      stats->time_kind != GST_GPS_TIME_KIND_NONE,
      (gdouble) stats_get_duration (stats) / G_USEC_PER_SEC, 1e3);
  report_add_bounds (builder, stats);
  report_add_number (builder, "distance_m", stats->has_bounds,
      stats->distance, 10.0);
  report_add_number (builder, "max_speed_mps", stats->has_speed,
      stats->max_speed, 1e3);
}

static const gchar *
report_get_evidence (GpsClockEvidence evidence)
{
  switch (evidence) {
    case GPSCLOCK_BY_DIALECT:
      return "dialect";
    case GPSCLOCK_BY_NAME:
      return "name";
    case GPSCLOCK_BY_CREATION:
      return "creation";
    case GPSCLOCK_BY_JUMP:
      return "jump";
    case GPSCLOCK_BY_OWNER:
      return "owner";
    case GPSCLOCK_BY_ZONE:
      return "zone";
    case GPSCLOCK_BY_NOTHING:
    default:
      return NULL;
  }
}

static const gchar *
report_get_clock (GpsRecordClock clock)
{
  switch (clock) {
    case GPSRECORD_CLOCK_UTC:
      return "utc";
    case GPSRECORD_CLOCK_LOCAL:
    case GPSRECORD_CLOCK_ASSUMED:
      return "local";
    case GPSRECORD_CLOCK_NONE:
    default:
      return NULL;
  }
}

/* What the camera's clock shows, and how far it is from UTC. */
static void
report_add_clock (JsonBuilder * builder, const Summary * summary)
{
  const GpsClockVerdict *clock = &summary->clock;

  json_builder_set_member_name (builder, "clock");
  json_builder_begin_object (builder);
  report_add_text (builder, "kind", report_get_clock (clock->shows));
  report_add_text (builder, "evidence", report_get_evidence (clock->shows_by));
  report_add_number (builder, "offset_s", clock->has_offset,
      (gdouble) clock->offset_us / G_USEC_PER_SEC, 1.0);
  report_add_text (builder, "offset_evidence", clock->has_offset
      ? report_get_evidence (clock->offset_by) : NULL);
  report_add_text (builder, "text", summary->clock_text);
  json_builder_end_object (builder);
}

static void
report_add_file (JsonBuilder * builder, const Summary * summary)
{
  json_builder_begin_object (builder);
  report_add_text (builder, "name", summary->name);
  report_add_text (builder, "container", summary->container);
  report_add_int (builder, "bytes", (gint64) summary->size);
  report_add_text (builder, "dialect", summary->dialect);
  report_add_text (builder, "cameras", summary->cameras);
  report_add_int (builder, "fixes", summary->n_fixes);
  report_add_int (builder, "voids", summary->n_voids);
  report_add_int (builder, "duplicates", summary->n_duplicates);
  report_add_int (builder, "unknown_blocks", summary->n_unknown);
  report_add_stats (builder, &summary->stats);
  report_add_clock (builder, summary);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  if (summary->warning)
    json_builder_add_string_value (builder, summary->warning);
  if (summary->speed_text)
    json_builder_add_string_value (builder, summary->speed_text);
  json_builder_end_array (builder);
  report_add_text (builder, "error", summary->error);
  json_builder_end_object (builder);
}

static void
report_add_trip (JsonBuilder * builder, const gchar * name, const Stats * stats)
{
  json_builder_begin_object (builder);
  report_add_text (builder, "name", name);
  report_add_int (builder, "fixes", stats->n_fixes);
  report_add_int (builder, "segments", stats->n_segments);
  report_add_stats (builder, stats);
  json_builder_end_object (builder);
}

static void
report_add_totals (JsonBuilder * builder, const Report * self)
{
  gint64 n_failed = 0;
  gint64 size = 0;
  gint64 n_fixes = 0;
  gdouble distance = 0.0;

  for (guint i = 0; i < self->summaries->len; i++) {
    const Summary *summary = g_ptr_array_index (self->summaries, i);

    n_failed += summary->error != NULL;
    size += (gint64) summary->size;
  }
  for (guint i = 0; i < self->trips->len; i++) {
    const Stats *trip = &g_array_index (self->trips, Stats, i);

    n_fixes += trip->n_fixes;
    distance += trip->distance;
  }
  json_builder_set_member_name (builder, "totals");
  json_builder_begin_object (builder);
  report_add_int (builder, "files", self->summaries->len);
  report_add_int (builder, "failed", n_failed);
  report_add_int (builder, "bytes", size);
  report_add_int (builder, "trips", self->trips->len);
  report_add_int (builder, "fixes", n_fixes);
  report_add_number (builder, "distance_m", TRUE, distance, 10.0);
  json_builder_end_object (builder);
}

gchar *
report_format (const Report * self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree gchar *text = NULL;

  json_builder_begin_object (builder);
  report_add_text (builder, "program", "cheapcam-gpx " VERSION);
  report_add_int (builder, "version", REPORT_VERSION);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->summaries->len; i++)
    report_add_file (builder, g_ptr_array_index (self->summaries, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "trips");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->trips->len; i++)
    report_add_trip (builder, g_ptr_array_index (self->trip_names, i),
        &g_array_index (self->trips, Stats, i));
  json_builder_end_array (builder);
  report_add_totals (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
