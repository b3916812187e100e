/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"

/* Positions that are there and cannot be given, and what an owner knows of
 * them. Bytes typed from docs/wire/dashcam-gps.md and mpegts-gps.md. */
#define HEADER "00000800 66726565 47505320 "
#define CLOCK " 0a000000 14000000 1e000000 18000000 06000000 01000000 "
#define TIME G_GINT64_CONSTANT (1717237230000000)

/* a course of 233.1, to which 180 are added, and 36 km/h */
static const gchar akaso_v1[] = HEADER "78000000 00*32" CLOCK
    "414e5700 00000000 4c378941 90dfca40 30bb270f 0b31a040" "00001042 9a196943";
static const gchar spaced_ts[] = "00*32 0a000000 14000000 1e000000"
    "41000000 059c9745 4e000000 3aab5943 45000000 00001042 66665442"
    "18000000 06000000 01000000";
/* $GPSINFO,0x0004,2024.06.01 10:20:30,4851.50220,00217.66890,36.0,51,53,0,0,
 * CR, LF, $GSNRINFO,0.01,0.04,0.25 */
static const gchar vsys[] = "24475053494e464f2c3078303030342c"
    "323032342e30362e30312031303a32303a33302c343835312e35303232302c"
    "30303231372e36363839302c33362e302c35312c35332c302c302c0d0a"
    "2447534e52494e464f2c302e30312c302e30342c302e323500";

/* $GPRMC,102030.00,A,:985.95209,N,17170.14674,W,019.438,053.10,010624,,,D*71,
 * CR, LF */
static const gchar jomise[] = "244750524d432c3130323033302e30302c412c"
    "3a3938352e39353230392c4e2c31373137302e31343637342c572c3031392e3433"
    "382c3035332e31302c3031303632342c2c2c442a37310d0a00";

/* Decodes the bytes with these options: one record. */
static void
dialectoptions_read (const DialectOptions * options, DialectCarrier carrier,
    const gchar * hex, const gchar * name, GpsRecord * ret_record)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (hex, 512);
  GpsRecord records[DIALECT_MAX_RECORDS];
  static DialectMemory memory;
  const Dialect *dialect;
  gsize n;

  memset (&memory, 0, sizeof memory);
  if (options)
    memory.options = *options;
  fail_unless_equals_int (dialect_read (&memory, carrier, bytes->data,
          bytes->len, &dialect, records, &n), DIALECT_RECORDS);
  fail_unless_equals_string (dialect->name, name);
  fail_unless_equals_int (n, 1);
  wiretest_assert_plausible (&records[0]);
  *ret_record = records[0];
}

static void
dialectoptions_assert_hidden (const GpsRecord * record, guint why)
{
  fail_if (record->fields & GPSRECORD_POSITION);
  fail_unless (record->fields & why);
  fail_unless_equals_int64 (record->time_us, TIME);
  wiretest_assert_near (record->speed, 10.0, 1e-3);
  wiretest_assert_near (record->latitude, 0.0, 0.0);
  wiretest_assert_near (record->longitude, 0.0, 0.0);
}

GST_START_TEST (test_encrypted_position_leaves_time_speed_and_course)
{
  GpsRecord record;

  dialectoptions_read (NULL, DIALECT_CARRIER_FREEGPS, akaso_v1, "akaso-v1",
      &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_ENCRYPTED);
  wiretest_assert_near (record.course, 53.1, 1e-4);
  dialectoptions_read (NULL, DIALECT_CARRIER_TS_PES, spaced_ts, "spaced-ts",
      &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_ENCRYPTED);
  wiretest_assert_near (record.course, 53.1, 1e-4);
}

GST_END_TEST;

GST_START_TEST (test_position_of_a_guessed_formula_is_encrypted_unless_wanted)
{
  DialectOptions options = {.deobfuscate = DIALECT_DEOBFUSCATE_JOMISE };
  DialectOptions other = {.deobfuscate = DIALECT_DEOBFUSCATE_REXING };
  DialectOptions all = {.deobfuscate = DIALECT_DEOBFUSCATE_ALL };
  g_autofree gchar *hex = g_strdup (jomise);
  GpsRecord record;

  dialectoptions_read (NULL, DIALECT_CARRIER_TS_PES, jomise, "jomise", &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_ENCRYPTED);
  wiretest_assert_near (record.course, 53.1, 1e-9);
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_UTC);
  dialectoptions_read (&other, DIALECT_CARRIER_TS_PES, jomise, "jomise",
      &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_ENCRYPTED);

  dialectoptions_read (&all, DIALECT_CARRIER_TS_PES, jomise, "jomise", &record);
  wiretest_assert_near (record.latitude, 47.704281029, 1e-8);
  dialectoptions_read (&options, DIALECT_CARRIER_TS_PES, jomise, "jomise",
      &record);
  wiretest_assert_near (record.latitude, 47.704281029, 1e-8);
  wiretest_assert_near (record.longitude, -122.15338, 1e-8);
  wiretest_assert_near (record.speed, 10.0, 1e-3);

  /* what the formula makes no digit of is no position: "E" in place of ":" */
  memcpy (strstr (hex, "3a39"), "45", 2);
  dialectoptions_read (&options, DIALECT_CARRIER_TS_PES, hex, "jomise",
      &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_ENCRYPTED);
}

GST_END_TEST;

GST_START_TEST (test_encrypted_without_a_fix_is_void)
{
  g_autofree gchar *hex = g_strdup (spaced_ts);
  GpsRecord record;

  memcpy (strstr (hex, "41000000"), "56", 2);
  dialectoptions_read (NULL, DIALECT_CARRIER_TS_PES, hex, "spaced-ts", &record);
  fail_unless_equals_int (record.fields, 0);
  fail_unless_equals_int64 (record.time_us, TIME);
}

GST_END_TEST;

GST_START_TEST (test_position_without_hemispheres_is_none)
{
  GpsRecord record;

  dialectoptions_read (NULL, DIALECT_CARRIER_TS_PES, vsys, "vsys", &record);
  dialectoptions_assert_hidden (&record, GPSRECORD_NO_HEMISPHERE);
  wiretest_assert_near (record.course, 53.0, 1e-9);
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_LOCAL);
  fail_unless (record.fields & GPSRECORD_ACCELERATION_RAW);
  wiretest_assert_near (record.acceleration[0], 0.01, 1e-9);
  wiretest_assert_near (record.acceleration[2], 0.25, 1e-9);
}

GST_END_TEST;

GST_START_TEST (test_quadrant_is_what_the_owner_says)
{
  static const struct
  {
    DialectQuadrant quadrant;
    gdouble north;
    gdouble east;
  } quadrants[] = {
    {DIALECT_QUADRANT_NE, 1, 1}, {DIALECT_QUADRANT_NW, 1, -1},
    {DIALECT_QUADRANT_SE, -1, 1}, {DIALECT_QUADRANT_SW, -1, -1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (quadrants); i++) {
    DialectOptions options = {.quadrant = quadrants[i].quadrant };
    GpsRecord record;

    dialectoptions_read (&options, DIALECT_CARRIER_TS_PES, vsys, "vsys",
        &record);
    wiretest_assert_near (record.latitude, quadrants[i].north * 48.85837, 1e-9);
    wiretest_assert_near (record.longitude, quadrants[i].east * 2.294481667,
        1e-9);
    wiretest_assert_near (record.speed, 10.0, 1e-9);
    fail_if (record.fields & GPSRECORD_NO_HEMISPHERE);
  }
}

GST_END_TEST;

/* Latitude and longitude that may be degrees * 100 + minutes, in the Congo
 * basin, or scaled degrees: 343.23993, 2313.32153 north and east. */
static const gchar scaled[] = HEADER "4c000000 00*32" CLOCK
    "414e4500 b69eab43 25951045 ef819b41 66665442";

GST_START_TEST (test_scaled_positions_are_what_the_owner_says)
{
  DialectOptions off = {.deobfuscate = DIALECT_DEOBFUSCATE_OFF };
  DialectOptions on = {.deobfuscate = DIALECT_DEOBFUSCATE_REXING };
  DialectOptions all = {.deobfuscate = DIALECT_DEOBFUSCATE_ALL };
  GpsRecord record;

  dialectoptions_read (&off, DIALECT_CARRIER_FREEGPS, scaled, "novatek-scaled",
      &record);
  wiretest_assert_near (record.latitude, 3.720666, 1e-5);
  wiretest_assert_near (record.longitude, 23.222026, 1e-5);
  dialectoptions_read (&on, DIALECT_CARRIER_FREEGPS, scaled, "novatek-scaled",
      &record);
  wiretest_assert_near (record.latitude, 51.752589, 1e-5);
  wiretest_assert_near (record.longitude, 57.061398, 1e-5);
  dialectoptions_read (&all, DIALECT_CARRIER_FREEGPS, scaled, "novatek-scaled",
      &record);
  wiretest_assert_near (record.latitude, 51.752589, 1e-5);
}

GST_END_TEST;

static Suite *
dialectoptions_suite (void)
{
  Suite *suite = suite_create ("dialectoptions");
  TCase *tcase = tcase_create ("dialectoptions");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_encrypted_position_leaves_time_speed_and_course);
  tcase_add_test (tcase,
      test_position_of_a_guessed_formula_is_encrypted_unless_wanted);
  tcase_add_test (tcase, test_encrypted_without_a_fix_is_void);
  tcase_add_test (tcase, test_position_without_hemispheres_is_none);
  tcase_add_test (tcase, test_quadrant_is_what_the_owner_says);
  tcase_add_test (tcase, test_scaled_positions_are_what_the_owner_says);
  return suite;
}

GST_CHECK_MAIN (dialectoptions);
