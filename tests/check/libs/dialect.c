/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"

/* Parts of the vectors, typed from docs/wire/dashcam-gps.md. */
#define HEADER "00000800 66726565 47505320 "
#define CLOCK " 0a000000 14000000 1e000000 18000000 06000000 01000000 "
#define SPEED_COURSE " ef819b41 66665442 "
#define PARIS " 414e4500 059c9745 3aab5943 " SPEED_COURSE
#define SYDNEY " 41534500 83765145 ac236c46 " SPEED_COURSE
#define GOLDEN_GATE " 414e5700 22536a45 c8123f46 " SPEED_COURSE
#define B4K_PREFIX "0100ff00 30*64 31*64 62*32 "
#define TIME G_GINT64_CONSTANT (1717237230000000)

static const gchar viofo_a119v3[] = HEADER "f0030000" CLOCK SYDNEY;
static const gchar viofo_a119s[] = HEADER "4c000000 00*32" CLOCK PARIS;
static const gchar kenwood_a510w[] = HEADER "f0030000"
    "4d4e3a44 52562d41 35313057 4056312e 375f4244 5a49435a 5f430000 00000000"
    "00000000 00000000 3a3a7374 61727440"
    "0a000000 14000000 1e000000 e8070000 06000000 01000000" PARIS
    "f9ffffff ffffffff 01000000";
static const gchar transcend_dp230[] = HEADER "4c000000 00*32" CLOCK
    "41535700 d7110d45 09c58645" SPEED_COURSE "00*20"
    " b28009dc 3aa2a140 00*8 fdd98f14 a1d8b040 00*24 00000000 00005e40";
static const gchar ts_a119v3[] = CLOCK SYDNEY;
static const gchar ts_b4k[] = B4K_PREFIX CLOCK GOLDEN_GATE
    "01000200 03000400 05000600";

static const struct
{
  const gchar *dialect;
  DialectCarrier carrier;
  const gchar *hex;
  guint size;
  GpsRecordClock clock;
  gdouble latitude;
  gdouble longitude;
} vectors[] = {
  {"novatek-e", DIALECT_CARRIER_FREEGPS, viofo_a119v3, 512,
      GPSRECORD_CLOCK_UTC, -33.8567830, 151.2152995},
  {"novatek-q", DIALECT_CARRIER_FREEGPS, viofo_a119s, 512,
      GPSRECORD_CLOCK_UTC, 48.8583740, 2.2944809},
  {"novatek-kenwood", DIALECT_CARRIER_FREEGPS, kenwood_a510w, 512,
      GPSRECORD_CLOCK_LOCAL, 48.8583740, 2.2944809},
  {"novatek-q", DIALECT_CARRIER_FREEGPS, transcend_dp230, 512,
      GPSRECORD_CLOCK_UTC, -22.951916, -43.210487},
  {"novatek-ts", DIALECT_CARRIER_TS_PES, ts_a119v3, 1008,
      GPSRECORD_CLOCK_LOCAL, -33.8567830, 151.2152995},
  {"novatek-b4k", DIALECT_CARRIER_TS_PES, ts_b4k, 220, GPSRECORD_CLOCK_UTC,
      37.8199300, -122.4782552},
};

/* Dialects whose numbers must never come out as a position. */
static const struct
{
  const gchar *dialect;
  DialectCarrier carrier;
  const gchar *hex;
} undecoded[] = {
  /* 20 characters each, no NUL between them and what follows */
  {"e-ace", DIALECT_CARRIER_FREEGPS, HEADER "f0030000" CLOCK "414e4500"
        "41*20 42*20" SPEED_COURSE},
  /* not the size of that camera's blocks */
  {"novatek-degrees", DIALECT_CARRIER_FREEGPS, HEADER
        "4c000000 00*32 0a000000 14000000 1e000000 e8070000 06000000 01000000"
        "414e4500 f96e4342 56d81240" SPEED_COURSE},
  /* no text behind its header */
  {"ligo", DIALECT_CARRIER_FREEGPS, HEADER "98000000 4c49474f475053494e464f00"
        "00000005 0a000000 23232323 74000000 c1202020 20f01210 1224e50e"},
  {NULL, DIALECT_CARRIER_TS_PES, "6e6f726d616c3a 323032342f30362f3031"},
  /* $GPRMC,102030.00,A,:985.95209: cut off */
  {"jomise", DIALECT_CARRIER_TS_PES, "244750524d432c3130323033302e30302c412c"
        "3a3938352e39353230392c"},
  /* $GPSINFO,1,2024.06.01 10:20:30,4851.50220,00217.66890,36: cut off */
  {"vsys", DIALECT_CARRIER_TS_PES, "24475053494e464f2c312c"
        "323032342e30362e30312031303a32303a33302c343835312e3530323230"
        "2c30303231372e36363839302c3336"},
  {NULL, DIALECT_CARRIER_TS_PES, "00*1008"},
};

/* Decodes the bytes by the table: the number of records, or -1 when the
 * dialect has no decoder or is not known. */
static gint
dialect_decode (DialectCarrier carrier, const guint8 * data, gsize size,
    GpsRecord * ret_record)
{
  /* memory of just that size, so that sanitizers see what is behind */
  g_autofree guint8 *copy = g_memdup2 (data, size);
  const Dialect *dialect = dialect_find (carrier, copy, size);
  GpsRecord records[DIALECT_MAX_RECORDS];
  gsize n;

  if (!dialect || !dialect->decode)
    return -1;
  fail_unless (dialect->probe (copy, size));
  n = dialect->decode (copy, size, records, DIALECT_MAX_RECORDS);
  fail_unless (n <= DIALECT_MAX_RECORDS);
  fail_unless_equals_int (dialect->decode (copy, size, records, 0), 0);
  for (gsize i = 0; i < n; i++)
    wiretest_assert_plausible (&records[i]);
  if (n > 0)
    *ret_record = records[0];
  return (gint) n;
}

GST_START_TEST (test_table_is_whole)
{
  gsize n = 0;
  const Dialect *a;

  for (; (a = dialect_get (n)) != NULL; n++) {
    const Dialect *b;

    fail_unless (a->name[0] != 0 && a->cameras[0] != 0);
    fail_unless (a->probe != NULL);
    for (gsize i = n + 1; (b = dialect_get (i)) != NULL; i++)
      fail_if (g_str_equal (a->name, b->name));
  }
  fail_unless (n > 10);
  fail_unless (dialect_get (G_MAXSIZE) == NULL);
}

GST_END_TEST;

GST_START_TEST (test_vectors)
{
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[i].hex,
        vectors[i].size);

    fail_unless_equals_string (dialect_find (vectors[i].carrier, bytes->data,
            bytes->len)->name, vectors[i].dialect);
    fail_unless_equals_int (dialect_decode (vectors[i].carrier, bytes->data,
            bytes->len, &record), 1);
    fail_unless_equals_int (record.clock, vectors[i].clock);
    fail_unless_equals_int64 (record.time_us, TIME);
    wiretest_assert_near (record.latitude, vectors[i].latitude, 1e-7);
    wiretest_assert_near (record.longitude, vectors[i].longitude, 1e-7);
    wiretest_assert_near (record.speed, 10.0, 1e-5);
    wiretest_assert_near (record.course, 53.1, 1e-5);
  }
}

GST_END_TEST;

GST_START_TEST (test_undecoded_dialects_give_no_position)
{
  for (guint i = 0; i < G_N_ELEMENTS (undecoded); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (undecoded[i].hex, 1008);
    const Dialect *dialect = dialect_find (undecoded[i].carrier, bytes->data,
        bytes->len);

    fail_unless_equals_string (dialect ? dialect->name : NULL,
        undecoded[i].dialect);
    GpsRecord records[DIALECT_MAX_RECORDS];
    static DialectMemory memory;
    gsize n;

    memset (&memory, 0, sizeof memory);
    fail_unless_equals_int (dialect_read (&memory, undecoded[i].carrier,
            bytes->data, bytes->len, &dialect, records, &n),
        DIALECT_UNREADABLE);
  }
}

GST_END_TEST;

/* Patches four bytes of a vector and decodes it: a record, or none. */
static gint
dialect_patched (guint vector, gsize offset, guint32 value,
    GpsRecord * ret_record)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[vector].hex,
      vectors[vector].size);

  value = GUINT32_TO_LE (value);
  memcpy (bytes->data + offset, &value, 4);
  return dialect_decode (vectors[vector].carrier, bytes->data, bytes->len,
      ret_record);
}

/* Where the record of each vector begins. */
static const gsize bases[] = { 0x10, 0x30, 0x40, 0x30, 0, 164 };

GST_START_TEST (test_implausible_numbers_make_a_void_record)
{
  static const struct
  {
    gsize offset;
    guint32 value;
  } patches[] = {
    {0, 24}, {0, G_MAXUINT32}, {4, 60}, {8, 61}, {12, 100}, {12, 1999},
    {12, 2100}, {16, 0}, {16, 13}, {20, 0}, {20, 31},
    {28, 0x7fc00000}, {28, 0x7f800000}, {28, 0x460ca400},       /* NaN, Inf, 9001 */
    {28, 0x4597f000},           /* 4862: 62 minutes */
    {32, 0x7fc00000}, {32, 0xff800000}, {32, 0x468ca400}, {32, 0x43828000},
    {36, 0x7fc00000}, {36, 0xbf800000}, {36, 0x43888000},       /* NaN, -1, 273 kn */
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (patches); j++) {
      GpsRecord record;

      fail_unless_equals_int (dialect_patched (i,
              bases[i] + patches[j].offset, patches[j].value, &record), 1);
      fail_unless (record.fields == 0, "vector %u, patch %u", i, j);
      fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_NONE);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_block_that_ends_in_its_latitude_is_void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[i].hex,
        vectors[i].size);
    GpsRecord record;

    memset (bytes->data + bases[i] + 32, 0, bytes->len - bases[i] - 32);
    fail_unless_equals_int (dialect_decode (vectors[i].carrier, bytes->data,
            bytes->len, &record), 1);
    fail_unless_equals_int (record.fields, 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_day_of_more_than_a_byte_is_no_record)
{
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    fail_unless_equals_int (dialect_patched (i, bases[i] + 20, 0x01000001,
            &record), -1);
}

GST_END_TEST;

GST_START_TEST (test_extremes_that_are_plausible)
{
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    /* 60 is a leap second */
    fail_unless_equals_int (dialect_patched (i, bases[i] + 8, 60, &record), 1);
    fail_unless (record.fields & GPSRECORD_POSITION);
    fail_unless_equals_int64 (record.time_us, TIME + 29000000);
    fail_unless_equals_int (dialect_patched (i, bases[i] + 12, 0, &record), 1);
    fail_unless_equals_int64 (record.time_us,
        wiretest_time (2000, 6, 1, 10, 20, 30));
    fail_unless_equals_int (dialect_patched (i, bases[i] + 12, 99, &record), 1);
    fail_unless_equals_int64 (record.time_us,
        wiretest_time (2099, 6, 1, 10, 20, 30));
    fail_unless_equals_int (dialect_patched (i, bases[i] + 36, 0, &record), 1);
    fail_unless (record.fields & GPSRECORD_SPEED);
    fail_unless_equals_float (record.speed, 0.0);
    /* a receiver that stands still may have no course */
    fail_unless_equals_int (dialect_patched (i, bases[i] + 40, 0x7fc00000,
            &record), 1);
    fail_unless (record.fields & GPSRECORD_POSITION);
    fail_if (record.fields & GPSRECORD_COURSE);
  }
}

GST_END_TEST;

GST_START_TEST (test_void_status_keeps_the_time)
{
  /* V; V with hemispheres; V00; 00; 0; NUL */
  static const guint32 letters[] =
      { 0x56, 0x00454e56, 0x00303056, 0x3030, 0x30, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (letters); j++) {
      GpsRecord record;

      fail_unless_equals_int (dialect_patched (i, bases[i] + 24, letters[j],
              &record), 1);
      fail_if (record.fields & ~(guint) GPSRECORD_ACCELERATION);
      fail_unless_equals_int (record.clock, vectors[i].clock);
      fail_unless_equals_int64 (record.time_us, TIME);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_other_letters_are_no_record)
{
  /* a letter that is none, a byte for the NUL, A without hemispheres */
  static const guint32 letters[] =
      { 0x00584e41, 0x00455841, 0x21454e41, 0x00585856, 0x58, 0x41 };
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    for (guint j = 0; j < G_N_ELEMENTS (letters); j++)
      fail_unless_equals_int (dialect_patched (i, bases[i] + 24, letters[j],
              &record), -1);
}

GST_END_TEST;

GST_START_TEST (test_void_without_a_date_is_no_record)
{
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[i].hex,
        vectors[i].size);

    bytes->data[bases[i] + 24] = 'V';
    bytes->data[bases[i] + 16] = 13;
    fail_unless_equals_int (dialect_decode (vectors[i].carrier, bytes->data,
            bytes->len, &record), -1);
  }
}

GST_END_TEST;

GST_START_TEST (test_absolute_year_is_local_time)
{
  GpsRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    gboolean is_ts_record = bases[i] == 0;

    fail_unless_equals_int (dialect_patched (i, bases[i] + 12, 2024, &record),
        1);
    fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_LOCAL);
    fail_unless_equals_int64 (record.time_us, TIME);
    fail_unless_equals_int (dialect_patched (i, bases[i] + 12, 2000, &record),
        1);
    fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_LOCAL);
    fail_unless_equals_int (dialect_patched (i, bases[i] + 12, 24, &record), 1);
    fail_unless_equals_int (record.clock, is_ts_record ?
        GPSRECORD_CLOCK_LOCAL : GPSRECORD_CLOCK_UTC);
  }
}

GST_END_TEST;

GST_START_TEST (test_acceleration_is_in_counts_of_256)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (kenwood_a510w, 512);
  GpsRecord record;

  dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, bytes->len, &record);
  fail_unless (record.fields & GPSRECORD_ACCELERATION);
  fail_unless_equals_float (record.acceleration[0], -7 / 256.0);
  fail_unless_equals_float (record.acceleration[1], -1 / 256.0);
  fail_unless_equals_float (record.acceleration[2], 1 / 256.0);
  /* without a fix too */
  bytes->data[0x58] = 'V';
  dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, bytes->len, &record);
  fail_unless_equals_int (record.fields, GPSRECORD_ACCELERATION);
}

GST_END_TEST;

GST_START_TEST (test_acceleration_that_is_none)
{
  g_autoptr (GByteArray) counter = wiretest_hex (ts_b4k);
  GpsRecord record;

  /* the camera counts from 1 to 6 */
  dialect_decode (DIALECT_CARRIER_TS_PES, counter->data, counter->len, &record);
  fail_if (record.fields & GPSRECORD_ACCELERATION);
  /* one count is another: it is a value */
  counter->data[164 + 54] = 0;
  counter->data[164 + 46] = 0;
  counter->data[164 + 50] = 0;
  dialect_decode (DIALECT_CARRIER_TS_PES, counter->data, counter->len, &record);
  fail_unless (record.fields & GPSRECORD_ACCELERATION);
  /* the payload ends in it */
  dialect_decode (DIALECT_CARRIER_TS_PES, counter->data, counter->len - 1,
      &record);
  fail_unless (record.fields & GPSRECORD_POSITION);
  fail_if (record.fields & GPSRECORD_ACCELERATION);
  /* zeros, and more than any sensor measures */
  for (guint i = 0; i < 2; i++) {
    fail_unless_equals_int (dialect_patched (i, bases[i] + 44, 0, &record), 1);
    fail_if (record.fields & GPSRECORD_ACCELERATION);
    fail_unless_equals_int (dialect_patched (i, bases[i] + 48, 0x80000000,
            &record), 1);
    fail_if (record.fields & GPSRECORD_ACCELERATION);
    fail_unless_equals_int (dialect_patched (i, bases[i] + 52, 256, &record),
        1);
    fail_unless_equals_float (record.acceleration[2], 1.0);
  }
}

GST_END_TEST;

GST_START_TEST (test_twins_count_where_they_agree)
{
  static const gsize twins[] = { 0x70, 0x80 };
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (transcend_dp230, 512);
  GpsRecord record;

  dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, bytes->len, &record);
  wiretest_assert_near (record.latitude, -22.951916, 1e-9);
  fail_unless (record.fields & GPSRECORD_ALTITUDE);
  fail_unless_equals_float (record.altitude, 120.0);
  /* up to the last byte of them */
  dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, 0xa8, &record);
  fail_unless (record.fields & GPSRECORD_ALTITUDE);
  dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, 0xa7, &record);
  fail_if (record.fields & GPSRECORD_ALTITUDE);

  for (guint i = 0; i < G_N_ELEMENTS (twins); i++) {
    for (guint j = 0; j < 2; j++) {
      guint64 bits;
      gdouble value;

      memcpy (&bits, bytes->data + twins[i], 8);
      bits = GUINT64_FROM_LE (bits);
      memcpy (&value, &bits, 8);
      value += j ? 0.002 : -0.002;
      memcpy (&bits, &value, 8);
      bits = GUINT64_TO_LE (bits);
      memcpy (bytes->data + twins[i], &bits, 8);
      dialect_decode (DIALECT_CARRIER_FREEGPS, bytes->data, 512, &record);
      fail_if (record.fields & GPSRECORD_ALTITUDE);
      wiretest_assert_near (record.latitude, -22.951916, 1e-6);
      fail_unless (record.latitude != -22.951916);
      g_byte_array_unref (bytes);
      bytes = wiretest_hex_padded (transcend_dp230, 512);
    }
  }
}

GST_END_TEST;

/* The A119S vector with another pair of numbers. */
static const gchar *
dialect_name_of_pair (gfloat latitude, gfloat longitude)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (viofo_a119s, 512);
  guint32 bits[2];

  memcpy (&bits[0], &latitude, 4);
  memcpy (&bits[1], &longitude, 4);
  bits[0] = GUINT32_TO_LE (bits[0]);
  bits[1] = GUINT32_TO_LE (bits[1]);
  memcpy (bytes->data + 0x4c, bits, 8);
  return dialect_find (DIALECT_CARRIER_FREEGPS, bytes->data, bytes->len)->name;
}

GST_START_TEST (test_pairs_that_are_not_degrees_and_minutes)
{
  static const struct
  {
    gfloat latitude;
    gfloat longitude;
    const gchar *dialect;
  } pairs[] = {
    /* where degrees, scaled and shifted, come to lie: 0 to 90, 0 to 180 */
    {187.982162F, 2199.19873F, "novatek-scaled"},
    {457.9F, 2559.1F, "novatek-scaled"},
    {300.0F, 2400.0F, "novatek-scaled"},
    {187.0F, 2300.0F, "novatek-q"},
    {459.0F, 2300.0F, "novatek-q"},
    {300.0F, 2198.0F, "novatek-q"},
    {300.0F, 2600.0F, "novatek-q"},
    /* degrees as they are */
    {48.8F, 2.3F, "novatek-degrees"},
    {-90.0F, 180.0F, "novatek-degrees"},
    {90.0F, -180.0F, "novatek-degrees"},
    {0.0F, 2.3F, "akaso-v1"},
    {90.1F, 2.3F, "novatek-q"},
    {48.8F, 180.1F, "novatek-q"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    fail_unless_equals_string (dialect_name_of_pair (pairs[i].latitude,
            pairs[i].longitude), pairs[i].dialect);
}

GST_END_TEST;

GST_START_TEST (test_zeros_are_void)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (HEADER "4c000000", 512);
  g_autoptr (GByteArray) no_fix = wiretest_hex_padded (HEADER "4c000000 00*32"
      CLOCK "414e4500", 512);
  /* the same of a car that moves: 20 knots, 90 degrees */
  g_autoptr (GByteArray) moving = wiretest_hex_padded (HEADER "4c000000 00*32"
      CLOCK "414e4500 00000000 00000000 0000a041 0000b442", 512);
  GpsRecord record;

  for (gsize size = 0; size <= bytes->len; size++) {
    const Dialect *dialect = dialect_find (DIALECT_CARRIER_FREEGPS,
        bytes->data, size);

    fail_unless_equals_string (dialect ? dialect->name : NULL,
        size > 16 ? "empty" : NULL);
  }
  fail_unless_equals_int (dialect_decode (DIALECT_CARRIER_FREEGPS,
          bytes->data, bytes->len, &record), 1);
  fail_unless_equals_int (record.fields, 0);
  fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_NONE);
  /* a fix at (0, 0) is none */
  fail_unless_equals_string (dialect_find (DIALECT_CARRIER_FREEGPS,
          no_fix->data, no_fix->len)->name, "novatek-q");
  fail_unless_equals_int (dialect_decode (DIALECT_CARRIER_FREEGPS,
          no_fix->data, no_fix->len, &record), 1);
  fail_unless_equals_int (record.fields, 0);
  /* and nobody has encrypted it */
  fail_unless_equals_string (dialect_find (DIALECT_CARRIER_FREEGPS,
          moving->data, moving->len)->name, "novatek-q");
  fail_unless_equals_int (dialect_decode (DIALECT_CARRIER_FREEGPS,
          moving->data, moving->len, &record), 1);
  fail_if (record.fields & (GPSRECORD_POSITION | GPSRECORD_ENCRYPTED));
}

GST_END_TEST;

GST_START_TEST (test_every_truncation_gives_the_same_position_or_none)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[i].hex,
        vectors[i].size);

    for (gsize size = 0; size <= bytes->len; size++) {
      GpsRecord record;
      gint n = dialect_decode (vectors[i].carrier, bytes->data, size, &record);

      if (size < bases[i] + 44)
        fail_unless (n < 0 || record.fields == 0);
      else
        wiretest_assert_near (record.latitude, vectors[i].latitude, 1e-5);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (undecoded); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (undecoded[i].hex, 1008);
    GpsRecord record;

    for (gsize size = 0; size <= bytes->len; size++)
      if (dialect_decode (undecoded[i].carrier, bytes->data, size, &record) > 0)
        fail_if (record.fields & GPSRECORD_POSITION);
  }
}

GST_END_TEST;

GST_START_TEST (test_every_flipped_bit_gives_something_plausible)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (vectors[i].hex, 240);

    for (guint bit = 0; bit < 8 * bytes->len; bit++) {
      GpsRecord record;

      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
      /* asserts what it returns */
      dialect_decode (vectors[i].carrier, bytes->data, bytes->len, &record);
      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  }
}

GST_END_TEST;

static Suite *
dialect_suite (void)
{
  Suite *suite = suite_create ("dialect");
  TCase *tcase = tcase_create ("dialect");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_table_is_whole);
  tcase_add_test (tcase, test_vectors);
  tcase_add_test (tcase, test_undecoded_dialects_give_no_position);
  tcase_add_test (tcase, test_implausible_numbers_make_a_void_record);
  tcase_add_test (tcase, test_block_that_ends_in_its_latitude_is_void);
  tcase_add_test (tcase, test_day_of_more_than_a_byte_is_no_record);
  tcase_add_test (tcase, test_extremes_that_are_plausible);
  tcase_add_test (tcase, test_void_status_keeps_the_time);
  tcase_add_test (tcase, test_other_letters_are_no_record);
  tcase_add_test (tcase, test_void_without_a_date_is_no_record);
  tcase_add_test (tcase, test_absolute_year_is_local_time);
  tcase_add_test (tcase, test_acceleration_is_in_counts_of_256);
  tcase_add_test (tcase, test_acceleration_that_is_none);
  tcase_add_test (tcase, test_twins_count_where_they_agree);
  tcase_add_test (tcase, test_pairs_that_are_not_degrees_and_minutes);
  tcase_add_test (tcase, test_zeros_are_void);
  tcase_add_test (tcase, test_every_truncation_gives_the_same_position_or_none);
  tcase_add_test (tcase, test_every_flipped_bit_gives_something_plausible);
  return suite;
}

GST_CHECK_MAIN (dialect);
