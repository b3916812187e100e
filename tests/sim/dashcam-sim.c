/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-sim.h"

#include "dashcam-media.h"
#include "dashcam-mp4.h"
#include "dashcam-ts.h"

#include <json-glib/json-glib.h>

/* Readers start a new segment behind a longer silence. */
#define SEGMENT_GAP 10

void
dashcam_sim_options_init (DashcamSimOptions * self)
{
  *self = (DashcamSimOptions) {
  0};
  self->place.latitude = 60;
  self->place.longitude = 18;
  self->start = 1717237230;
  self->width = 640;
  self->height = 360;
}

static gboolean
dashcam_sim_is_ts (DashcamForm form)
{
  return form == DASHCAM_FORM_TS_VIOFO || form == DASHCAM_FORM_TS_B4K;
}

static void
dashcam_sim_record (const DashcamSimOptions * options, guint second,
    DashcamRecord * ret_record)
{
  const DashcamPoint point = dashcam_drive_at (&options->place, second);

  dashcam_record_init (ret_record, options->start + second,
      options->script->seconds[second].fix ? &point : NULL);
}

static GPtrArray *
dashcam_sim_blocks (const DashcamSimOptions * options)
{
  GPtrArray *blocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < options->script->n_seconds; i++) {
    DashcamRecord record;

    dashcam_sim_record (options, i, &record);
    g_ptr_array_add (blocks, dashcam_record_to_block (&record, options->form));
  }
  return blocks;
}

/* A block of an MP4 that is cut inside its numbers would give wrong ones, and
 * no reader could tell. */
static gboolean
dashcam_sim_check_cuts (const DashcamSimOptions * options, GError ** error)
{
  const gsize offset = dashcam_record_offset (options->form);

  if (dashcam_sim_is_ts (options->form))
    return TRUE;
  for (guint i = 0; i < options->script->n_seconds; i++) {
    const gsize cut = options->script->seconds[i].cut;

    if (cut > offset + DASHCAM_RECORD_COORDINATES
        && cut < offset + DASHCAM_RECORD_SIZE) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "cut %u %" G_GSIZE_FORMAT " would leave half a position", i, cut);
      return FALSE;
    }
  }
  return TRUE;
}

GByteArray *
dashcam_sim_make (const DashcamSimOptions * options, GError ** error)
{
  const gboolean is_ts = dashcam_sim_is_ts (options->form);
  g_autoptr (GPtrArray) blocks = dashcam_sim_blocks (options);
  g_autoptr (GBytes) media = NULL;

  if (!dashcam_sim_check_cuts (options, error))
    return NULL;
  media = dashcam_media_make (is_ts ? DASHCAM_MEDIA_TS : DASHCAM_MEDIA_MP4,
      options->width, options->height, options->script->n_seconds, error);
  if (media == NULL)
    return NULL;
  if (is_ts)
    return dashcam_ts_insert (media, options->script, blocks, error);
  return dashcam_mp4_insert (media, options->script, blocks,
      options->form == DASHCAM_FORM_MP4_E ? 512 : 0x8000, options->start,
      error);
}

/* Whether a reader gets a position of that second. */
static gboolean
dashcam_sim_survives (const DashcamSimOptions * options, guint second)
{
  const DashcamSecond *what = &options->script->seconds[second];

  if (!what->fix || what->copies == 0)
    return FALSE;
  if (dashcam_sim_is_ts (options->form)) {
    DashcamRecord record;
    g_autoptr (GByteArray) block = NULL;

    dashcam_sim_record (options, second, &record);
    block = dashcam_record_to_block (&record, options->form);
    return dashcam_ts_survives (block->len, what->cut);
  }
  return what->cut >= dashcam_record_offset (options->form)
      + DASHCAM_RECORD_SIZE;
}

static void
dashcam_sim_put_double (JsonBuilder * builder, const gchar * name,
    gdouble value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
dashcam_sim_put_string (JsonBuilder * builder, const gchar * name,
    const gchar * value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
dashcam_sim_put_point (const DashcamSimOptions * options, guint second,
    JsonBuilder * builder)
{
  DashcamRecord record;
  DashcamPoint point;
  g_autoptr (GDateTime) when = NULL;
  g_autofree gchar *time = NULL;

  dashcam_sim_record (options, second, &record);
  dashcam_record_get_point (&record, &point);
  when = g_date_time_new_from_unix_utc (record.time);
  time = g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ");

  json_builder_begin_object (builder);
  dashcam_sim_put_string (builder, "time", time);
  dashcam_sim_put_string (builder, "time_kind", "utc");
  dashcam_sim_put_double (builder, "media_time", second);
  dashcam_sim_put_double (builder, "lat", point.latitude);
  dashcam_sim_put_double (builder, "lon", point.longitude);
  dashcam_sim_put_double (builder, "speed_kmh", point.speed * 3.6);
  dashcam_sim_put_double (builder, "track_deg", point.course);
  json_builder_end_object (builder);
}

static void
dashcam_sim_put_segments (const DashcamSimOptions * options,
    JsonBuilder * builder)
{
  guint n_points = 0, last = 0;

  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < options->script->n_seconds; i++) {
    if (!dashcam_sim_survives (options, i))
      continue;
    if (n_points > 0 && i - last > SEGMENT_GAP) {
      json_builder_add_int_value (builder, n_points);
      n_points = 0;
    }
    n_points++;
    last = i;
  }
  if (n_points > 0)
    json_builder_add_int_value (builder, n_points);
  json_builder_end_array (builder);
}

gchar *
dashcam_sim_expect (const DashcamSimOptions * options)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_int_value (builder, options->script->n_seconds);
  dashcam_sim_put_segments (options, builder);
  json_builder_set_member_name (builder, "points");
  json_builder_begin_array (builder);
  for (guint i = 0; i < options->script->n_seconds; i++) {
    if (dashcam_sim_survives (options, i))
      dashcam_sim_put_point (options, i, builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}
