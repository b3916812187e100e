/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"

/* Samples of tracks: one vector of each dialect, typed from
 * docs/wire/dashcam-tracks.md. */

#define TIME G_GINT64_CONSTANT (1717237230000000)
#define NONE -1000.0
#define RMC "24475052 4d432c31 30323033 302e3030 302c412c 34383531 2e353032" \
    "322c4e2c 30303231 372e3636 38392c45 2c31392e 34342c35 332e3130 2c303130" \
    "3632342c 2c2c412a 3030"
/* veiled: XKZD, 20240601102030, N48515022 E002176689, 036, +011+014+002 */
#define VEILED "0000 f2e1f0ee 5454 989a989e9a9c9a9b9b9a989a999a aa*16 " \
    "e49e929f9b9f9a9898 ef9a9a989b9d9c9c9293 819a9b989a 9a999c" \
    "819a9b9b819a9b9e819a9a98"

typedef struct
{
  const gchar *dialect;
  DialectCarrier carrier;
  const gchar *hex;
  guint n_records;
  GpsRecordClock clock;
  gdouble latitude;
  gdouble longitude;
  gdouble speed_kmh;
  gdouble course;
  gdouble altitude;
} Vector;

static const Vector vectors[] = {
  {"fmas", DIALECT_CARRIER_GPMD, "464d4153 00*92 e807 06010a141e02 00*16 "
        "41574e 7a1c 00 4c10 2531 9604 1600 3500", 1, GPSRECORD_CLOCK_LOCAL,
      37.8199278, -122.4782556, 35.405568, 53.0, NONE},
  {"wolfbox", DIALECT_CARRIER_GPMD, "00*72 ee4b000000000000 e803000000000000"
        "be14000000000000 6400000000000000 010000000600 0000e8070000 00*20 "
        "30*16 4859544800000000 0a000000140000001e000000 00000000"
        "96d1581600000000 a086010000000000 e67d1cb7ffffffff a086010000000000"
        "00*24 b004000000000000 0a00000000000000", 1, GPSRECORD_CLOCK_UTC,
      37.8199290, -122.4782550, 35.999176, 53.1, 120.0},
  {"gpmf", DIALECT_CARRIER_GPMD, "44455643 00010078 5354524d 00010070"
        "47505346 4c040001 00000003 47505355 55100001"
        "32343036303131303230 33302e303030"
        "5343414c 6c040005 00989680 00989680 000003e8 000003e8 00000064"
        "47505335 6c140002 f251d0c8 e63e9a5a 0001d4c0 00002710 000003e8"
        "f251d190 e63e9b86 0001d4c0 00002710 000003e8", 2,
      GPSRECORD_CLOCK_UTC, -22.9519160, -43.2104870, 36.0, NONE, 120.0},
  /* 8918 days since 2000, 37230.000 seconds */
  {"gpmf", DIALECT_CARRIER_GPMD, "44455643 0001005c 5354524d 00010054"
        "5343414c 6c040009 00989680 00989680 000003e8 000003e8 00000064"
        "00000001 000003e8 00000064 00000001 47505339 3f200001"
        "f251d0c8 e63e9a5a 0001d4c0 00002710 000003e8 000022d6 023815b0"
        "008c 0003", 1, GPSRECORD_CLOCK_UTC, -22.9519160, -43.2104870, 36.0,
      NONE, 120.0},
  {"veiled-gpmd", DIALECT_CARRIER_GPMD, VEILED, 1, GPSRECORD_CLOCK_LOCAL,
      48.8583700, 2.2944817, 36.0, NONE, 120.0},
  /* no date: the time of day at 0x10 */
  {"shenshu", DIALECT_CARRIER_GPMD, "01000000 00*12 0a00000014000000 1e000000"
        "00*12 96d1581600000000 a086010000000000 e67d1cb7ffffffff"
        "a086010000000000 9807000000000000 6400000000000000 be14000000000000"
        "6400000000000000 00*24", 1, GPSRECORD_CLOCK_LOCAL,
      37.8199290, -122.4782550, 36.00288, 53.1, NONE},
  /* 18000 seconds behind the beginning */
  {"ubia", DIALECT_CARRIER_HVC1, "00000024 4e01 f000 4650 00*6 ff04 5753 01"
        "8109dcba9b9e5e40 37de1d19abed4040 000000", 1, GPSRECORD_CLOCK_UTC,
      -33.8567840, -122.4782550, NONE, NONE, NONE},
  /* the day alone; month and year are the recording's */
  {"sstar", DIALECT_CARRIER_SSMD, "0bef7211df6d4840 d658c2da185b0240 78000000"
        "2400 7e05 010a141e 1b010100 0100000000000000", 1, GPSRECORD_CLOCK_UTC,
      48.8583700, 2.2944810, 36.0, 54.0, NONE},
  /* 4851.5022, 217.66886, 19 knots */
  {"rove", DIALECT_CARRIER_SSMD, "0de02d9080f3b240 4933164d67356b40 00000000"
        "1300 1806010a141e 00000000", 1, GPSRECORD_CLOCK_LOCAL, 48.8583700,
      2.2944810, 35.188, NONE, NONE},
  {"camm", DIALECT_CARRIER_CAMM, "00000600 0000801b6ee1d441 03000000"
        "6005f86ef3e84240 8109dcba9b9e5ec0 0000f042 0000c03f 00002040"
        "00000041 0000c0c0 00000000 9a99993e", 1, GPSRECORD_CLOCK_UTC,
      37.8199290, -122.4782550, 36.0, 126.8698976, 120.0},
  /* a gyroscope's packet before it; no clock of its own */
  {"camm", DIALECT_CARRIER_CAMM, "00000200 00*12 00000500 6005f86ef3e84240"
        "8109dcba9b9e5ec0 0000000000005e40", 1, GPSRECORD_CLOCK_LOCAL,
      37.8199290, -122.4782550, NONE, NONE, 120.0},
  {"camm-nmea", DIALECT_CARRIER_CAMM, "58000000" RMC, 1, GPSRECORD_CLOCK_UTC,
      48.8583700, 2.2944817, 36.00288, 53.1, NONE},
  {"rvmi", DIALECT_CARRIER_RVMI, "67526556 f062fbfd c15c0309 00000000 6801"
        "1b00", 1, GPSRECORD_CLOCK_LOCAL, -33.8567840, 151.2152970, 36.0, 54.0,
      NONE},
  {"vueroid", DIALECT_CARRIER_TVXT, "00*40 cdcccc3d cdcc4c3e 9a99193f 01 00"
        "7800 00001042 22536a45 c8123f46 eef55a66", 1, GPSRECORD_CLOCK_LOCAL,
      37.8199300, -122.4782552, 36.0, NONE, 120.0},
  {"pndm", DIALECT_CARRIER_TEXT, "504e444d 00000000 0016 0000 e7ec8f81"
        "6b87e79d", 1, GPSRECORD_CLOCK_UTC, -33.8567840, 151.2152970,
      35.405568, NONE, NONE},
  {"nextbase-322gw", DIALECT_CARRIER_TEXT, "00000000"
        "3230323430363031313230323330 0000 ecffffff 28000000 a0050000" RMC
        "00*180 00*10", 1, GPSRECORD_CLOCK_UTC, 48.8583700, 2.2944817,
      36.00288, 53.1, NONE},
  {"veiled", DIALECT_CARRIER_TEXT, VEILED, 1, GPSRECORD_CLOCK_LOCAL,
      48.8583700, 2.2944817, 36.0, NONE, 120.0},
  /* X0000.2340Y-000.0720Z0000.9900G0001.0400, and a sentence */
  {"roadhawk", DIALECT_CARRIER_TEXT,
        "2e3b3b3b3b443f4a4c3b362b3b3b3b443b523f3b343b3b3b3b4442423b3b4f3b"
        "3b3b3d443b4c3b3b484f3731473e463d3b3f3b4a3b443b3b3b463a464c2d4e3d"
        "444e3b3f3f4633463b3b3f3d524450502d42464b463d42444c4c464e4a443d3b"
        "463b3d3b503f4c4646463a2a36467e", 1,
      GPSRECORD_CLOCK_UTC, 48.8583700, 2.2944817, 36.00288, 53.1, NONE},
  /* F/3.5, GPS (2.2945, 48.8584, 18), D 24.26m, H 6.00m, H.S 10.00m/s */
  {"dji-text", DIALECT_CARRIER_TEXT, "462f332e352c20 4750532028 322e32393435"
        "2c20 34382e38353834 2c20 3138 292c20 442032342e32366d2c20"
        "4820362e30306d2c20 482e532031302e30306d2f73", 1,
      GPSRECORD_CLOCK_LOCAL, 48.8584000, 2.2945000, 36.0, NONE, 6.0},
  /* A,010624,102030.000,4851.5022,N,00217.6689,W,36,120.0M,0,0,0; */
  {"mini0806", DIALECT_CARRIER_TEXT, "412c 3031303632342c"
        "3130323033302e3030302c 343835312e353032322c 4e2c"
        "30303231372e363638392c 572c 33362c 3132302e304d2c 302c302c303b", 1,
      GPSRECORD_CLOCK_UTC, 48.8583700, -2.2944817, 36.0, NONE, 120.0},
  /* $G:2024-06-01 10:20:30-S22.951916-W43.210487-S36$ */
  {"dollar-g", DIALECT_CARRIER_TEXT, "24475333 2447 3a 323032342d30362d3031 20"
        "31303a32303a3330 2d5332322e393531393136 2d5734332e323130343837"
        "2d53333624", 1, GPSRECORD_CLOCK_LOCAL, -22.9519160, -43.2104870, 36.0,
      NONE, NONE},
  {"nmea-text", DIALECT_CARRIER_TEXT, "00ff" RMC "0d0a", 1,
      GPSRECORD_CLOCK_UTC, 48.8583700, 2.2944817, 36.00288, 53.1, NONE},
};

static GByteArray *
gpssample_bytes (const Vector * vector)
{
  GByteArray *bytes = wiretest_hex (vector->hex);

  /* a length that the dialect is known by */
  if (g_str_equal (vector->dialect, "nextbase-322gw"))
    g_byte_array_set_size (bytes, 288);
  return bytes;
}

static DialectVerdict
gpssample_read (DialectCarrier carrier, const guint8 * data, gsize size,
    GpsRecord * ret_records, gsize * ret_n_records, const gchar ** ret_name)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  static DialectMemory memory;
  const Dialect *dialect;
  DialectVerdict verdict;

  memset (&memory, 0, sizeof memory);
  memory.creation_us = TIME - 5 * G_GINT64_CONSTANT (3600000000);
  memory.sample_us = TIME;
  verdict = dialect_read (&memory, carrier, copy, size, &dialect, ret_records,
      ret_n_records);
  for (gsize i = 0; i < *ret_n_records; i++)
    wiretest_assert_plausible (&ret_records[i]);
  *ret_name = dialect ? dialect->name : "none";
  return verdict;
}

static void
gpssample_assert_field (const GpsRecord * record, guint field, gdouble value,
    gdouble expected, gdouble tolerance)
{
  fail_unless_equals_int ((record->fields & field) != 0, expected > NONE);
  if (expected > NONE)
    wiretest_assert_near (value, expected, tolerance);
}

GST_START_TEST (test_vectors)
{
  const Vector *vector = &vectors[__i__];
  g_autoptr (GByteArray) bytes = gpssample_bytes (vector);
  GpsRecord records[DIALECT_MAX_RECORDS];
  const gchar *name;
  gsize n;

  gpssample_read (vector->carrier, bytes->data, bytes->len, records, &n, &name);
  fail_unless_equals_string (name, vector->dialect);
  fail_unless_equals_int (n, vector->n_records);
  fail_unless_equals_int (records[0].clock, vector->clock);
  fail_unless_equals_int64 (records[0].time_us, TIME);
  gpssample_assert_field (&records[0], GPSRECORD_POSITION,
      records[0].latitude, vector->latitude, 1e-7);
  gpssample_assert_field (&records[0], GPSRECORD_POSITION,
      records[0].longitude, vector->longitude, 1e-7);
  gpssample_assert_field (&records[0], GPSRECORD_SPEED,
      records[0].speed * 3.6, vector->speed_kmh, 1e-5);
  gpssample_assert_field (&records[0], GPSRECORD_COURSE, records[0].course,
      vector->course, 1e-6);
  gpssample_assert_field (&records[0], GPSRECORD_ALTITUDE,
      records[0].altitude, vector->altitude, 1e-6);
}

GST_END_TEST;

GST_START_TEST (test_truncated_and_flipped_samples_are_borne_with)
{
  const Vector *vector = &vectors[__i__];
  g_autoptr (GByteArray) bytes = gpssample_bytes (vector);
  GpsRecord records[DIALECT_MAX_RECORDS];
  const gchar *name;
  gsize n;

  for (gsize size = 0; size < bytes->len; size++)
    gpssample_read (vector->carrier, bytes->data, size, records, &n, &name);
  for (gsize bit = 0; bit < 8 * bytes->len; bit++) {
    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    gpssample_read (vector->carrier, bytes->data, bytes->len, records, &n,
        &name);
    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

GST_END_TEST;

/* Bytes that say there is no fix, and where. */
GST_START_TEST (test_without_a_fix_there_is_no_position)
{
  static const struct
  {
    const gchar *dialect;
    gsize offset;
    const gchar *hex;
  } patches[] = {
    {"fmas", 0x78, "56"}, {"fmas", 0x7c, "3c"}, {"fmas", 0x62, "00"},
    {"gpmf", 24, "00000000"}, {"sstar", 22, "7e04"},
    {"sstar", 0, "0000e0ffffffef41"}, {"rove", 0, "0000e0ffffffef41"},
    {"camm", 12, "00000000"}, {"vueroid", 0x44, "00000000"},
    {"pndm", 12, "80000000 80000000"}, {"mini0806", 0, "56"},
    {"shenshu", 0, "00"}, {"ubia", 18, "0000 02"}, {"roadhawk", 58, "32"},
    {"dji-text", 12, "302e30303030 2c20 30302e30303030"},
    {"rvmi", 4, "00*8"}, {"nmea-text", 20, "56"}, {"wolfbox", 0x6c, "00*4"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (patches); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (vectors); j++) {
      g_autoptr (GByteArray) bytes = gpssample_bytes (&vectors[j]);
      g_autoptr (GByteArray) patch = wiretest_hex (patches[i].hex);
      GpsRecord records[DIALECT_MAX_RECORDS];
      const gchar *name;
      gsize n;

      if (!g_str_equal (vectors[j].dialect, patches[i].dialect) ||
          (j > 0 && g_str_equal (vectors[j - 1].dialect, vectors[j].dialect)))
        continue;
      memcpy (bytes->data + patches[i].offset, patch->data, patch->len);
      gpssample_read (vectors[j].carrier, bytes->data, bytes->len, records, &n,
          &name);
      for (gsize k = 0; k < n; k++)
        fail_if (records[k].fields & GPSRECORD_POSITION, "%s, patch %u", name,
            i);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_e_prance_adds_any_constant)
{
  g_autoptr (GByteArray) rmc = wiretest_hex (RMC);

  for (guint added = 0; added < 256; added++) {
    g_autoptr (GByteArray) bytes = wiretest_hex ("00");
    GpsRecord records[DIALECT_MAX_RECORDS];
    const gchar *name;
    gsize n;

    for (guint i = 0; i < rmc->len; i++) {
      guint8 byte = (guint8) (rmc->data[i] + added);

      g_byte_array_append (bytes, &byte, 1);
    }
    g_byte_array_append (bytes, (const guint8 *) "\n", 1);
    fail_unless_equals_int (gpssample_read (DIALECT_CARRIER_TEXT, bytes->data,
            bytes->len, records, &n, &name), DIALECT_RECORDS);
    wiretest_assert_near (records[0].latitude, 48.8583700, 1e-7);
  }
}

GST_END_TEST;

GST_START_TEST (test_texts_that_are_no_position)
{
  static const struct
  {
    const gchar *text;
    const gchar *dialect;
  } texts[] = {
    /* no sentence comes out of it */
    {"+,-./0123456789:;<=>?*4F~", "none"},
    {"GPS (not yet), D 0m", "none"},
    {"It was a dark and stormy night.", "none"},
    {"$GPGSV,3,1,11,03,03,111,00", "none"},
    {"", "none"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    GpsRecord records[DIALECT_MAX_RECORDS];
    const gchar *name;
    gsize n;

    fail_unless_equals_int (gpssample_read (DIALECT_CARRIER_TEXT,
            (const guint8 *) texts[i].text, strlen (texts[i].text), records,
            &n, &name), DIALECT_UNREADABLE);
    fail_unless_equals_string (name, texts[i].dialect);
  }
}

GST_END_TEST;

/* As published: A,270519,201555.000,3356.8925,N,08420.2071,W,000.0,331.0M,
 * +01.84,-09.80,-00.61; and a line end. */
GST_START_TEST (test_mini0806_shows_gravity)
{
  static const gchar text[] = "A,270519,201555.000,3356.8925,N,08420.2071,W,"
      "000.0,331.0M,+01.84,-09.80,-00.61;\n";
  GpsRecord records[DIALECT_MAX_RECORDS];
  const gchar *name;
  gsize n;

  gpssample_read (DIALECT_CARRIER_TEXT, (const guint8 *) text,
      sizeof text - 1, records, &n, &name);
  fail_unless_equals_string (name, "mini0806");
  fail_unless_equals_int (n, 1);
  wiretest_assert_near (records[0].latitude, 33.948208333, 1e-8);
  wiretest_assert_near (records[0].longitude, -84.336785, 1e-8);
  wiretest_assert_near (records[0].altitude, 331.0, 1e-9);
  fail_unless (records[0].fields & GPSRECORD_SPEED);
  wiretest_assert_near (records[0].speed, 0.0, 1e-9);
  fail_unless (records[0].fields & GPSRECORD_ACCELERATION);
  wiretest_assert_near (records[0].acceleration[1], -0.99932, 1e-4);
  wiretest_assert_near (records[0].acceleration[2], -0.0622, 1e-4);
}

GST_END_TEST;

GST_START_TEST (test_month_of_a_day_is_that_of_the_recording)
{
  static const struct
  {
    gint year, month, day;      /* of the recording */
    guint sample_day;
    gint expected_month, expected_day;  /* 0: no time */
  } days[] = {
    {2024, 3, 1, 29, 2, 29}, {2023, 3, 1, 28, 2, 28}, {2024, 2, 29, 1, 3, 1},
    {2024, 12, 31, 1, 1, 1}, {2024, 1, 1, 31, 12, 31}, {2024, 6, 15, 15, 6, 15},
    {2024, 6, 15, 17, 0, 0}, {2024, 6, 15, 13, 0, 0}, {1970, 1, 1, 1, 0, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex ("0bef7211df6d4840"
        "d658c2da185b0240 78000000 2400 7e05 010a141e 1b010100 00*8");
    static DialectMemory memory;
    GpsRecord record[DIALECT_MAX_RECORDS];
    const Dialect *dialect;
    guint32 year, month, day;
    gsize n;

    memset (&memory, 0, sizeof memory);
    memory.creation_us = wiretest_time (days[i].year, days[i].month,
        days[i].day, 12, 0, 0);
    bytes->data[24] = (guint8) days[i].sample_day;
    dialect_read (&memory, DIALECT_CARRIER_SSMD, bytes->data, bytes->len,
        &dialect, record, &n);
    fail_unless_equals_int (n, 1);
    fail_unless (record[0].fields & GPSRECORD_POSITION);
    fail_unless_equals_int (record[0].clock != GPSRECORD_CLOCK_NONE,
        days[i].expected_month > 0);
    if (days[i].expected_month == 0)
      continue;
    gpsrecord_get_date (record[0].time_us, &year, &month, &day);
    fail_unless_equals_int (month, days[i].expected_month);
    fail_unless_equals_int (day, days[i].expected_day);
  }
}

GST_END_TEST;

static Suite *
gpssample_suite (void)
{
  Suite *suite = suite_create ("gpssample");
  TCase *tcase = tcase_create ("gpssample");

  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_vectors, 0, G_N_ELEMENTS (vectors));
  tcase_add_loop_test (tcase,
      test_truncated_and_flipped_samples_are_borne_with, 0,
      G_N_ELEMENTS (vectors));
  tcase_add_test (tcase, test_without_a_fix_there_is_no_position);
  tcase_add_test (tcase, test_e_prance_adds_any_constant);
  tcase_add_test (tcase, test_texts_that_are_no_position);
  tcase_add_test (tcase, test_mini0806_shows_gravity);
  tcase_add_test (tcase, test_month_of_a_day_is_that_of_the_recording);
  return suite;
}

GST_CHECK_MAIN (gpssample);
