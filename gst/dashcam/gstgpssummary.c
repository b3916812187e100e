/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpssummary.h"

#include "wire/gpsclean.h"

void
gst_gps_summary_init (GstGpsSummary * self)
{
  memset (self, 0, sizeof *self);
  self->max_speed = -1.0;
}

static void
gst_gps_summary_add_place (GstGpsSummary * self, const GstGpsFix * fix,
    unsigned events)
{
  if (!self->has_place) {
    self->min_latitude = self->max_latitude = fix->latitude;
    self->min_longitude = self->max_longitude = fix->longitude;
  }
  self->min_latitude = MIN (self->min_latitude, fix->latitude);
  self->max_latitude = MAX (self->max_latitude, fix->latitude);
  self->min_longitude = MIN (self->min_longitude, fix->longitude);
  self->max_longitude = MAX (self->max_longitude, fix->longitude);
  if (self->has_place && !(events & GPSCLEAN_SEGMENT))
    self->distance += gst_gps_fix_distance (&self->last, fix);
  self->has_place = TRUE;
  self->last = *fix;
}

static void
gst_gps_summary_add_time (GstGpsSummary * self, const GstGpsFix * fix)
{
  if (fix->time_kind == GST_GPS_TIME_KIND_NONE)
    return;
  if (self->first_timed.time_kind == GST_GPS_TIME_KIND_NONE)
    self->first_timed = *fix;
  else if (fix->time < self->last_timed.time)
    self->is_backward = TRUE;
  self->last_timed = *fix;
}

void
gst_gps_summary_add (GstGpsSummary * self, const GstGpsFix * fix,
    unsigned events)
{
  self->n_records++;
  if (!fix) {
    self->n_voids++;
    return;
  }
  if (!(events & GPSCLEAN_KEEP)) {
    if (events & GPSCLEAN_OUTLIER)
      self->n_outliers++;
    else
      self->n_duplicates++;
    return;
  }
  /* Of two with the same time the later counts; what the first one added to
   * the distance is little, and its place was passed. */
  if (fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED)
    self->n_encrypted++;
  else
    gst_gps_summary_add_place (self, fix, events);
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    self->max_speed = MAX (self->max_speed, fix->speed);
  if (!self->source)
    self->source = fix->source;
  gst_gps_summary_add_time (self, fix);
  if (events & GPSCLEAN_REPLACE)
    self->n_duplicates++;
  else
    self->n_fixes++;
  if (events & GPSCLEAN_SEGMENT)
    self->n_segments++;
}

static void
gst_gps_summary_append (GValue * list, const gchar * text)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  gst_value_array_append_and_take_value (list, &value);
}

static void
gst_gps_summary_set_warnings (const GstGpsSummary * self,
    GstStructure * structure)
{
  GValue list = G_VALUE_INIT;

  gst_value_array_init (&list, 4);
  if (self->unreadable) {
    g_autofree gchar *text = g_strdup_printf ("The records of dialect %s (%s) "
        "cannot be decoded.", self->unreadable->name,
        self->unreadable->cameras);

    gst_gps_summary_append (&list, text);
  }
  if (self->n_encrypted > 0)
    gst_gps_summary_append (&list, "The camera has encrypted its positions.");
  if (self->is_assumed)
    gst_gps_summary_append (&list, "The camera blurs its positions in a manner "
        "that is assumed.");
  if (self->n_records > 0 && self->n_fixes == 0)
    gst_gps_summary_append (&list, "The receiver had no fix.");
  if (self->is_backward)
    gst_gps_summary_append (&list, "The camera's clock went back.");
  if (gst_value_array_get_size (&list) > 0)
    gst_structure_take_value (structure, "warnings", &list);
  else
    g_value_unset (&list);
}

static void
gst_gps_summary_set_times (const GstGpsSummary * self, GstStructure * structure)
{
  g_autofree gchar *first = gst_gps_fix_format_time (&self->first_timed);
  g_autofree gchar *last = gst_gps_fix_format_time (&self->last_timed);

  gst_structure_set (structure, "time-kind", GST_TYPE_GPS_TIME_KIND,
      self->first_timed.time_kind, NULL);
  if (first && last)
    gst_structure_set (structure, "first-time", G_TYPE_STRING, first,
        "last-time", G_TYPE_STRING, last, NULL);
}

static const Dialect *
gst_gps_summary_find_dialect (const GstGpsSummary * self)
{
  const Dialect *dialect;

  if (!self->source)
    return self->unreadable;
  for (gsize i = 0; (dialect = dialect_get (i)) != NULL; i++) {
    if (g_str_equal (dialect->name, self->source))
      return dialect;
  }
  return NULL;
}

GstStructure *
gst_gps_summary_to_structure (const GstGpsSummary * self, const gchar * pad,
    gboolean at_end)
{
  const Dialect *dialect = gst_gps_summary_find_dialect (self);
  GstStructure *structure = gst_structure_new (GST_GPS_SUMMARY_NAME,
      "pad", G_TYPE_STRING, pad, "at-end", G_TYPE_BOOLEAN, at_end,
      "records", G_TYPE_UINT, self->n_records,
      "fixes", G_TYPE_UINT, self->n_fixes, "voids", G_TYPE_UINT, self->n_voids,
      "duplicates", G_TYPE_UINT, self->n_duplicates,
      "outliers", G_TYPE_UINT, self->n_outliers,
      "encrypted", G_TYPE_UINT, self->n_encrypted,
      "segments", G_TYPE_UINT, self->n_segments, NULL);

  if (dialect)
    gst_structure_set (structure, "dialect", G_TYPE_STRING, dialect->name,
        "cameras", G_TYPE_STRING, dialect->cameras, NULL);
  gst_gps_summary_set_times (self, structure);
  if (self->has_place)
    gst_structure_set (structure,
        "min-latitude", G_TYPE_DOUBLE, self->min_latitude,
        "max-latitude", G_TYPE_DOUBLE, self->max_latitude,
        "min-longitude", G_TYPE_DOUBLE, self->min_longitude,
        "max-longitude", G_TYPE_DOUBLE, self->max_longitude,
        "distance", G_TYPE_DOUBLE, self->distance, NULL);
  if (self->max_speed >= 0.0)
    gst_structure_set (structure, "max-speed", G_TYPE_DOUBLE, self->max_speed,
        NULL);
  gst_gps_summary_set_warnings (self, structure);
  return structure;
}
