/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/check/gstcheck.h>
#include <gst/gps/gstgpszone-private.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define HOUR (3600 * SECOND)

static gint64
gpszone_time (gint year, gint month, gint day, gint hour, gint minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour,
      minute, 0);

  return g_date_time_to_unix (time) * SECOND;
}

static const struct
{
  const gchar *zone;
  gint date[5];
  gint minutes;                 /* east of Greenwich */
} gpszone_offsets[] = {
  {"Europe/Berlin", {2024, 1, 15, 12, 0}, 60},
  {"Europe/Berlin", {2024, 7, 15, 12, 0}, 120},
  {"Asia/Kathmandu", {2024, 7, 15, 12, 0}, 345},
  {"America/New_York", {2024, 7, 15, 12, 0}, -240},
  {"America/New_York", {2024, 12, 15, 12, 0}, -300},
  {"UTC", {2024, 7, 15, 12, 0}, 0},
  {"+02:00", {2024, 7, 15, 12, 0}, 120},
  /* 02:00 to 03:00 is left out, and nobody has changed the clock yet */
  {"Europe/Berlin", {2024, 3, 31, 1, 59}, 60},
  {"Europe/Berlin", {2024, 3, 31, 2, 30}, 60},
  {"Europe/Berlin", {2024, 3, 31, 3, 0}, 120},
  /* 02:00 to 03:00 comes twice, and the first is taken */
  {"Europe/Berlin", {2024, 10, 27, 1, 59}, 120},
  {"Europe/Berlin", {2024, 10, 27, 2, 0}, 120},
  {"Europe/Berlin", {2024, 10, 27, 2, 59}, 120},
  {"Europe/Berlin", {2024, 10, 27, 3, 0}, 60},
  {"America/New_York", {2024, 3, 10, 2, 30}, -300},
  {"America/New_York", {2024, 11, 3, 1, 30}, -240},
  {"America/New_York", {2024, 11, 3, 2, 0}, -300},
};

GST_START_TEST (test_offset_at_a_date)
{
  const gint *d = gpszone_offsets[__i__].date;
  g_autoptr (GTimeZone) zone = gst_gps_zone_new (gpszone_offsets[__i__].zone);

  fail_unless (zone != NULL);
  fail_unless_equals_int64 (gst_gps_zone_get_offset (zone, gpszone_time (d[0],
              d[1], d[2], d[3], d[4])),
      gpszone_offsets[__i__].minutes * 60 * SECOND);
}

GST_END_TEST;

GST_START_TEST (test_zone_of_this_machine)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  zone = gst_gps_zone_new (NULL);
  fail_unless_equals_int64 (gst_gps_zone_get_offset (zone, 0), 9 * HOUR);
}

GST_END_TEST;

GST_START_TEST (test_no_such_zone)
{
  static const gchar *const names[] =
      { "", "Europe/Atlantis", "+99", "../UTC" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fail_unless (gst_gps_zone_new (names[i]) == NULL, "%s", names[i]);
}

GST_END_TEST;

GST_START_TEST (test_zone_is_assumed_of_what_is_not_settled)
{
  g_autoptr (GTimeZone) zone = gst_gps_zone_new ("Europe/Berlin");
  GpsClockHints hints = { 0 };
  GpsClock clock;
  GpsRecord record;

  gpsrecord_reset (&record);
  gpsrecord_set_time (&record, GPSRECORD_CLOCK_LOCAL, 2024, 7, 1, 12, 0, 0);
  gpsclock_init (&clock, &hints);
  gst_gps_zone_settle (zone, &clock);
  gpsclock_feed (&clock, &record, FALSE, GPSCLOCK_UNKNOWN_US);
  gst_gps_zone_settle (zone, &clock);
  gpsclock_apply (&clock, 0, &record);
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_ASSUMED);
  fail_unless_equals_int64 (record.time_us, gpszone_time (2024, 7, 1, 10, 0));

  gpsrecord_set_time (&record, GPSRECORD_CLOCK_UTC, 2024, 7, 1, 12, 0, 0);
  gpsclock_init (&clock, &hints);
  gpsclock_feed (&clock, &record, FALSE, GPSCLOCK_UNKNOWN_US);
  gst_gps_zone_settle (zone, &clock);
  fail_if (clock.verdict.has_offset);
}

GST_END_TEST;

static const struct
{
  GpsClockVerdict verdict;
  const gchar *zone;
  const gchar *text;
} gpszone_texts[] = {
  {{GPSRECORD_CLOCK_NONE}, NULL, "no times"},
  {{GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT}, NULL,
      "UTC, as the dialect says"},
  {{GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT, true, 2 * HOUR,
          GPSCLOCK_BY_NAME}, NULL,
      "UTC, as the dialect says; local time is UTC+2 by the file name"},
  {{GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_DIALECT}, NULL,
      "local time, as the dialect says; its offset to UTC is not known"},
  {{GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME, true,
          -(3 * HOUR + 30 * 60 * SECOND), GPSCLOCK_BY_CREATION}, NULL,
      "local time by the file name; UTC-3:30 by the creation time"},
  {{GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_OWNER, true, 9 * HOUR,
          GPSCLOCK_BY_ZONE}, NULL, "local time, as the owner says; UTC+9 "
      "assumed from this machine's time zone"},
  {{GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME, true, 0, GPSCLOCK_BY_ZONE},
      "Europe/London", "local time by the file name; UTC+0 assumed from the "
      "time zone Europe/London"},
  {{GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_DIALECT, true, 7207 * SECOND,
          GPSCLOCK_BY_OWNER}, NULL, "local time, as the dialect says; "
      "UTC+2:00:07, as the owner says"},
  {{GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_JUMP, true, 2 * HOUR, GPSCLOCK_BY_JUMP,
          true, 12, -2 * HOUR}, NULL, "UTC by a jump of the clock; local time "
      "is UTC+2 by a jump of the clock; the clock was set by -7200 s behind "
      "record 12"},
};

GST_START_TEST (test_verdict_for_people)
{
  g_autofree gchar *text = gst_gps_zone_describe (&gpszone_texts[__i__].verdict,
      gpszone_texts[__i__].zone);

  fail_unless_equals_string (text, gpszone_texts[__i__].text);
}

GST_END_TEST;

static Suite *
gpszone_suite (void)
{
  Suite *suite = suite_create ("gpszone");
  TCase *tcase = tcase_create ("gpszone");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_offset_at_a_date, 0,
      G_N_ELEMENTS (gpszone_offsets));
  tcase_add_test (tcase, test_zone_of_this_machine);
  tcase_add_test (tcase, test_no_such_zone);
  tcase_add_test (tcase, test_zone_is_assumed_of_what_is_not_settled);
  tcase_add_loop_test (tcase, test_verdict_for_people, 0,
      G_N_ELEMENTS (gpszone_texts));
  return suite;
}

GST_CHECK_MAIN (gpszone);
