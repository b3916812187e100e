/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/gps/gstgpszone-private.h>

/* Clocks are changed by an hour or so, and not twice in two days. */
#define GST_GPS_ZONE_DAY 86400

GTimeZone *
gst_gps_zone_new (const gchar * name)
{
  if (!name)
    return g_time_zone_new_local ();
  if (*name == '\0')
    return NULL;
  return g_time_zone_new_identifier (name);
}

/* Seconds, at a second of UTC. */
static gint64
gst_gps_zone_get_offset_at (GTimeZone * zone, gint64 utc)
{
  gint interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc);

  return g_time_zone_get_offset (zone, MAX (interval, 0));
}

gint64
gst_gps_zone_get_offset (GTimeZone * zone, gint64 local_us)
{
  gint64 local = local_us / G_USEC_PER_SEC;
  gint64 before = gst_gps_zone_get_offset_at (zone, local - GST_GPS_ZONE_DAY);
  gint64 after = gst_gps_zone_get_offset_at (zone, local + GST_GPS_ZONE_DAY);

  if (gst_gps_zone_get_offset_at (zone, local - before) != before
      && gst_gps_zone_get_offset_at (zone, local - after) == after)
    before = after;
  return before * G_USEC_PER_SEC;
}

void
gst_gps_zone_settle (GTimeZone * zone, GpsClock * clock)
{
  int64_t local_us;

  if (gpsclock_wants_zone (clock, &local_us))
    gpsclock_assume_zone (clock, gst_gps_zone_get_offset (zone, local_us));
}

/* Such as "UTC+5:30". */
static void
gst_gps_zone_append_offset (GString * text, gint64 offset_us)
{
  gint64 seconds = ABS (offset_us) / G_USEC_PER_SEC;

  g_string_append_printf (text, "UTC%c%" G_GINT64_FORMAT,
      offset_us < 0 ? '-' : '+', seconds / 3600);
  if (seconds % 3600 != 0)
    g_string_append_printf (text, ":%02d", (gint) (seconds % 3600 / 60));
  if (seconds % 60 != 0)
    g_string_append_printf (text, ":%02d", (gint) (seconds % 60));
}

static void
gst_gps_zone_append_evidence (GString * text, GpsClockEvidence evidence,
    const gchar * zone_name)
{
  switch (evidence) {
    case GPSCLOCK_BY_DIALECT:
      g_string_append (text, ", as the dialect says");
      break;
    case GPSCLOCK_BY_NAME:
      g_string_append (text, " by the file name");
      break;
    case GPSCLOCK_BY_CREATION:
      g_string_append (text, " by the creation time");
      break;
    case GPSCLOCK_BY_JUMP:
      g_string_append (text, " by a jump of the clock");
      break;
    case GPSCLOCK_BY_OWNER:
      g_string_append (text, ", as the owner says");
      break;
    case GPSCLOCK_BY_ZONE:
      if (zone_name)
        g_string_append_printf (text, " assumed from the time zone %s",
            zone_name);
      else
        g_string_append (text, " assumed from this machine's time zone");
      break;
    case GPSCLOCK_BY_NOTHING:
    default:
      break;
  }
}

gchar *
gst_gps_zone_describe (const GpsClockVerdict * verdict, const gchar * zone_name)
{
  gboolean is_local = verdict->shows == GPSRECORD_CLOCK_LOCAL;
  GString *text = g_string_new (NULL);

  if (verdict->shows == GPSRECORD_CLOCK_NONE)
    g_string_append (text, "no times");
  else
    g_string_append (text, is_local ? "local time" : "UTC");
  gst_gps_zone_append_evidence (text, verdict->shows_by, zone_name);
  if (verdict->has_offset) {
    g_string_append (text, is_local ? "; " : "; local time is ");
    gst_gps_zone_append_offset (text, verdict->offset_us);
    gst_gps_zone_append_evidence (text, verdict->offset_by, zone_name);
  } else if (is_local) {
    g_string_append (text, "; its offset to UTC is not known");
  }
  if (verdict->has_jump)
    g_string_append_printf (text, "; the clock was set by %+" G_GINT64_FORMAT
        " s behind record %" G_GUINT64_FORMAT,
        (gint64) (verdict->jump_us / G_USEC_PER_SEC),
        (guint64) verdict->jump_index);
  return g_string_free (text, FALSE);
}
