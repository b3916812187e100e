/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsverdict.h"

#include <gst/gps/gstgpszone-private.h>

struct _GstGpsVerdict
{
  gboolean has_name;
  gint64 name_us;
  gint64 creation_us;           /* 0: not known */
  GTimeZone *zone;              /* that is assumed, or NULL: none is */
  const gchar *zone_name;       /* an interned string, or NULL: this machine's */
  GpsClock clock;
};

GstGpsVerdict *
gst_gps_verdict_new (void)
{
  GstGpsVerdict *self = g_new0 (GstGpsVerdict, 1);
  GstGpsSettings settings;

  gst_gps_settings_init (&settings);
  gst_gps_verdict_restart (self, &settings);
  return self;
}

void
gst_gps_verdict_free (GstGpsVerdict * self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

void
gst_gps_verdict_clear (GstGpsVerdict * self)
{
  self->has_name = FALSE;
  self->creation_us = 0;
}

/* The path alone: what follows a question mark is not the camera's. */
void
gst_gps_verdict_set_uri (GstGpsVerdict * self, const gchar * uri)
{
  g_autoptr (GUri) parsed = uri ? g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED,
      NULL) : NULL;

  self->has_name = parsed && gpsclock_parse_name (g_uri_get_path (parsed),
      &self->name_us);
}

void
gst_gps_verdict_set_creation (GstGpsVerdict * self, gint64 creation_us)
{
  self->creation_us = creation_us;
}

void
gst_gps_verdict_restart (GstGpsVerdict * self, const GstGpsSettings * settings)
{
  static const GpsRecordClock clocks[] = {
    [GST_GPS_CLOCK_AUTO] = GPSRECORD_CLOCK_NONE,
    [GST_GPS_CLOCK_UTC] = GPSRECORD_CLOCK_UTC,
    [GST_GPS_CLOCK_LOCAL] = GPSRECORD_CLOCK_LOCAL
  };
  GpsClockHints hints = { 0, };

  hints.has_name = self->has_name;
  hints.name_us = self->name_us;
  hints.has_creation = self->creation_us > 0;
  hints.creation_us = self->creation_us;
  hints.owner_clock = clocks[settings->time_kind];
  hints.owner_offset_us = settings->time_offset * G_USEC_PER_SEC;
  gpsclock_init (&self->clock, &hints);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (settings->guess_time)
    self->zone = gst_gps_zone_new (settings->time_zone);
  self->zone_name = settings->time_zone;
}

void
gst_gps_verdict_feed (GstGpsVerdict * self, const GpsRecord * record,
    gboolean is_certain, GstClockTime time)
{
  gpsclock_feed (&self->clock, record, is_certain,
      GST_CLOCK_TIME_IS_VALID (time) ? (gint64) (time / GST_USECOND)
      : GPSCLOCK_UNKNOWN_US);
}

/* Assumes only what it has to, and that at the last moment. */
static void
gst_gps_verdict_settle (GstGpsVerdict * self)
{
  if (self->zone)
    gst_gps_zone_settle (self->zone, &self->clock);
}

void
gst_gps_verdict_apply (GstGpsVerdict * self, guint64 number, GpsRecord * record)
{
  gst_gps_verdict_settle (self);
  gpsclock_apply (&self->clock, number, record);
}

static const gchar *
gst_gps_verdict_get_evidence (GpsClockEvidence evidence)
{
  static const gchar *const names[] = {
    [GPSCLOCK_BY_NOTHING] = "nothing",
    [GPSCLOCK_BY_DIALECT] = "dialect",
    [GPSCLOCK_BY_NAME] = "name",
    [GPSCLOCK_BY_CREATION] = "creation",
    [GPSCLOCK_BY_JUMP] = "jump",
    [GPSCLOCK_BY_OWNER] = "owner",
    [GPSCLOCK_BY_ZONE] = "zone"
  };

  return names[evidence];
}

void
gst_gps_verdict_describe (GstGpsVerdict * self, GstStructure * summary)
{
  const GpsClockVerdict *verdict = &self->clock.verdict;
  g_autofree gchar *text = NULL;

  gst_gps_verdict_settle (self);
  text = gst_gps_zone_describe (verdict, self->zone_name);
  gst_structure_set (summary,
      "clock", G_TYPE_STRING, verdict->shows == GPSRECORD_CLOCK_NONE ? "none"
      : verdict->shows == GPSRECORD_CLOCK_UTC ? "utc" : "local",
      "clock-evidence", G_TYPE_STRING,
      gst_gps_verdict_get_evidence (verdict->shows_by),
      "clock-text", G_TYPE_STRING, text, NULL);
  if (verdict->has_offset)
    gst_structure_set (summary,
        "offset", G_TYPE_INT64, verdict->offset_us / G_USEC_PER_SEC,
        "offset-evidence", G_TYPE_STRING,
        gst_gps_verdict_get_evidence (verdict->offset_by), NULL);
}
