/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"

/* LigoGPS: each form of its slots, how the key of one is found, and what the
 * way driven says of blurred positions. */

#define BLOCK "00000400 66726565 47505320 98000000 "
#define MAGIC "4c49474f475053494e464f00 "
/* the text of test_steered_slot(), as the camera enciphers it */
#define STEERED "23232323 74000000 c120202020 f012101224 e50e10122f 90101101" \
    "f210181220 b21a1100 f26e181321 f20e141225 b4121000 f376181122" \
    "f3140c1122 f218111029 49101906 8014124b af4c0940fe 581801 20"
#define TIME G_GINT64_CONSTANT (1717237230000000)
#define SCALE_1 1.524855137

static GpsRecord records[DIALECT_MAX_RECORDS];
static DialectMemory memory;
static const Dialect *dialect;
static gsize n_records;

static void
ligo_setup (void)
{
  memset (&memory, 0, sizeof memory);
}

static DialectVerdict
ligo_read (DialectCarrier carrier, GByteArray * bytes)
{
  DialectVerdict verdict = dialect_read (&memory, carrier, bytes->data,
      bytes->len, &dialect, records, &n_records);

  for (gsize i = 0; i < n_records; i++)
    wiretest_assert_plausible (&records[i]);
  return verdict;
}

static DialectVerdict
ligo_end (void)
{
  return dialect_finish (&memory, &dialect, records, &n_records);
}

/* NULs behind the bytes, up to size at least. */
static void
ligo_pad (GByteArray * bytes, guint size)
{
  static const guint8 nul;

  while (bytes->len < size)
    g_byte_array_append (bytes, &nul, 1);
}

/* A header with its flags, then a slot with a text: enciphered so that each
 * byte but 0x20 is kept, or plain, or with its characters replaced. */
static GByteArray *
ligo_bytes (guint32 flags, const gchar * text, gboolean is_steered)
{
  GByteArray *bytes = wiretest_hex (MAGIC);
  gsize length = strlen (text), size = 4 + (length + 3) / 4 * 4;
  guint32 head[3] = { 0, 0, 0 };

  wiretest_put_u32be (bytes, flags);
  g_byte_array_append (bytes, (const guint8 *) head, 4);
  if (!is_steered) {
    g_byte_array_append (bytes, (const guint8 *) head, 4);
    g_byte_array_append (bytes, (const guint8 *) text, (guint) length + 1);
    return bytes;
  }
  head[0] = GUINT32_TO_LE ((guint32) (size / 4 * 5));
  g_byte_array_append (bytes, (const guint8 *) "####", 4);
  g_byte_array_append (bytes, (const guint8 *) head, 4);
  for (gsize i = 0; i < size; i += 4) {
    guint8 group[5] = { 0xc0 };

    for (gsize j = 0; j < 4; j++) {
      gsize at = i + j;

      group[j + 1] = (guint8) ((at >= 4 && at - 4 < length ? text[at - 4] : 0) ^
          0x20);
    }
    g_byte_array_append (bytes, group, sizeof group);
  }
  return bytes;
}

GST_START_TEST (test_steered_slot)
{
  static const gsize places[] = { 0x10, 0x30, 0x50 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (BLOCK, 1024);
    g_autoptr (GByteArray) ligo = wiretest_hex (MAGIC "00000005 0a000000"
        STEERED);

    ligo_setup ();
    memcpy (bytes->data + places[i], ligo->data, ligo->len);
    fail_unless_equals_int (ligo_read (DIALECT_CARRIER_FREEGPS, bytes),
        DIALECT_NOTHING_NEW);
    fail_unless_equals_string (dialect->name, "ligo");
    fail_unless_equals_int (ligo_end (), DIALECT_RECORDS);
    fail_unless_equals_int (n_records, 1);
    fail_unless_equals_int (records[0].clock, GPSRECORD_CLOCK_LOCAL);
    fail_unless_equals_int64 (records[0].time_us, TIME);
    wiretest_assert_near (records[0].latitude, 37.8199283, 1e-7);
    wiretest_assert_near (records[0].longitude, -122.4782556, 1e-7);
    wiretest_assert_near (records[0].speed * 3.6, 36.0061, 1e-4);
    fail_unless_equals_int (ligo_end (), DIALECT_NOTHING_NEW);
  }
}

GST_END_TEST;

#define TEXT "2024/06/01 10:20:30 S:43.858370 E:2.294481 19.44 km/h " \
    "x:-0.02 y:0.99 z:0.1 A:53.1 H:120.0"

static void
ligo_assert_place (gdouble latitude, gdouble longitude, gdouble speed_kmh)
{
  fail_unless_equals_int (n_records, 1);
  fail_unless_equals_int64 (records[0].time_us, TIME);
  wiretest_assert_near (records[0].latitude, latitude, 1e-7);
  wiretest_assert_near (records[0].longitude, longitude, 1e-7);
  wiretest_assert_near (records[0].speed * 3.6, speed_kmh, 1e-4);
  fail_unless_equals_float (records[0].course, 53.1);
  fail_unless_equals_float (records[0].altitude, 120.0);
  fail_unless_equals_float (records[0].acceleration[1], 0.99);
}

GST_START_TEST (test_what_is_usual_is_believed_for_want_of_better)
{
  static const struct
  {
    guint32 flags;
    guint size;                 /* of the payload */
    const gchar *before;
    gboolean is_blurred;
  } kinds[] = {
    {5, 200, "", TRUE}, {5, 160, "", FALSE}, {1, 200, "", FALSE},
    {0x14, 200, "", FALSE}, {5, 200, "736b6970 00000000", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex (kinds[i].before);
    g_autoptr (GByteArray) ligo = ligo_bytes (kinds[i].flags, TEXT, TRUE);

    ligo_setup ();
    g_byte_array_append (bytes, ligo->data, ligo->len);
    ligo_pad (bytes, kinds[i].size);
    fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
        DIALECT_NOTHING_NEW);
    fail_unless_equals_int (ligo_end (), DIALECT_RECORDS);
    /* the two change places within their ten degrees */
    if (kinds[i].is_blurred)
      ligo_assert_place (-(40.0 + 2.294481 * SCALE_1), 3.858370 * SCALE_1,
          19.44 * 1.85407333);
    else
      ligo_assert_place (-43.858370, 2.294481, 36.00288);
  }
}

GST_END_TEST;

GST_START_TEST (test_plain_slot)
{
  g_autoptr (GByteArray) bytes = ligo_bytes (5, TEXT, FALSE);
  g_autoptr (GByteArray) ddmm = ligo_bytes (5, "2024/06/01 10:20:30 "
      "N:4851.5022 W:217.6689 36.0 km/h", TRUE);
  g_autoptr (GByteArray) equator = ligo_bytes (5, "2024/06/01 10:20:30 "
      "S:30.0000 E:10230.0000 36.0 km/h", TRUE);

  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
      DIALECT_RECORDS);
  ligo_assert_place (-43.858370, 2.294481, 19.44);
  /* minutes are never blurred, and the speed is what it says */
  ligo_setup ();
  ligo_read (DIALECT_CARRIER_TS_PES, ddmm);
  ligo_end ();
  wiretest_assert_near (records[0].latitude, 48.8583700, 1e-7);
  wiretest_assert_near (records[0].longitude, -2.2944817, 1e-7);
  wiretest_assert_near (records[0].speed * 3.6, 36.0, 1e-9);
  /* next to the equator the longitude tells them */
  ligo_setup ();
  ligo_read (DIALECT_CARRIER_TS_PES, equator);
  ligo_end ();
  wiretest_assert_near (records[0].latitude, -0.5, 1e-9);
  wiretest_assert_near (records[0].longitude, 102.5, 1e-9);
}

GST_END_TEST;

/* A drive of so many seconds at 36 km/h to the north, as it is written when
 * blurred or not, in a payload that is usually one or the other. Returns how
 * many places came out that are the ones driven to. */
static guint
ligo_drive (gdouble start, guint n_seconds, gboolean is_blurred,
    gboolean is_usually_blurred)
{
  guint n_right = 0;

  ligo_setup ();
  for (guint i = 0; i <= n_seconds; i++) {
    gdouble latitude = start + 10.0 / 111132.0 * i, longitude = 122.3;
    g_autoptr (GByteArray) bytes = NULL;
    g_autofree gchar *text = NULL;

    text = g_strdup_printf ("2024/06/01 10:20:%02u N:%.6f W:%.6f 19.44 km/h",
        i, is_blurred ? 30.0 + (longitude - 120.0) / SCALE_1 : latitude,
        is_blurred ? 120.0 + (latitude - 30.0) / SCALE_1 : longitude);
    bytes = ligo_bytes (5, text, TRUE);
    if (is_usually_blurred)
      ligo_pad (bytes, 200);
    n_records = 0;
    if (i < n_seconds)
      ligo_read (DIALECT_CARRIER_TS_PES, bytes);
    else
      ligo_end ();
    for (gsize j = 0; j < n_records; j++)
      n_right += fabs (records[j].latitude - start) < 0.01 &&
          fabs (records[j].longitude + 122.3) < 0.01;
  }
  return n_right;
}

GST_START_TEST (test_way_driven_tells_how_positions_are_blurred)
{
  fail_unless_equals_int (ligo_drive (33.2, 40, TRUE, TRUE), 40);
  fail_unless_equals_int (ligo_drive (33.2, 40, FALSE, FALSE), 40);
  /* against what is usual */
  fail_unless_equals_int (ligo_drive (33.2, 40, TRUE, FALSE), 40);
  fail_unless_equals_int (ligo_drive (33.2, 40, FALSE, TRUE), 40);
  fail_unless_equals_int (ligo_drive (33.2, 14, FALSE, TRUE), 14);
  fail_unless_equals_int (ligo_drive (33.2, 8, FALSE, TRUE), 8);
  /* a way that is too short tells nothing */
  fail_unless_equals_int (ligo_drive (33.2, 4, FALSE, TRUE), 0);
  fail_unless_equals_int (ligo_drive (33.2, 4, TRUE, TRUE), 4);
}

GST_END_TEST;

GST_START_TEST (test_places_that_blurring_would_not_give)
{
  /* 7.2 of ten degrees are more than 10 / SCALE_1 */
  fail_unless_equals_int (ligo_drive (37.2, 1, FALSE, TRUE), 1);
  fail_unless_equals_int (ligo_drive (36.5, 1, FALSE, TRUE), 0);
}

GST_END_TEST;

/* Whether it is told that the manner of blurring is assumed. */
static gboolean
ligo_is_assumed (guint n_seconds, gboolean is_usually_blurred)
{
  ligo_drive (33.2, n_seconds, is_usually_blurred, is_usually_blurred);
  return (records[0].fields & GPSRECORD_ASSUMED) != 0;
}

GST_START_TEST (test_manner_without_evidence_is_told)
{
  fail_unless (ligo_is_assumed (4, TRUE));
  fail_if (ligo_is_assumed (12, TRUE));
  fail_if (ligo_is_assumed (4, FALSE));
}

GST_END_TEST;

GST_START_TEST (test_plain_twin_is_believed)
{
  g_autoptr (GByteArray) twin = ligo_bytes (5, TEXT, TRUE);
  g_autoptr (GByteArray) plain = wiretest_hex ("6e6f726d616c3a");

  g_byte_array_append (plain, (const guint8 *) TEXT, sizeof TEXT);
  ligo_setup ();
  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, twin),
      DIALECT_NOTHING_NEW);
  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, plain),
      DIALECT_RECORDS);
  ligo_assert_place (-43.858370, 2.294481, 19.44);
  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, twin),
      DIALECT_RECORDS);
  fail_unless_equals_int (n_records, 1);
  fail_unless_equals_int (records[0].fields, 0);
  fail_unless_equals_int (ligo_end (), DIALECT_NOTHING_NEW);
}

GST_END_TEST;

/* What comes of the first of so many seconds that the car stands, before it is
 * driven for as long, not blurred in a payload that usually is. */
static guint
ligo_stand (guint n_seconds)
{
  guint n_right = 0;

  ligo_setup ();
  for (guint i = 0; i <= 2 * n_seconds; i++) {
    gdouble metres = i < n_seconds ? 0.0 : 10.0 * (i - n_seconds);
    g_autofree gchar *text = g_strdup_printf
        ("2024/06/01 10:%02u:%02u N:%.6f W:122.300000 %s km/h", 20 + i / 60,
        i % 60, 37.2 + metres / 111132.0, i < n_seconds ? "0.00" : "19.44");
    g_autoptr (GByteArray) bytes = ligo_bytes (5, text, TRUE);

    ligo_pad (bytes, 200);
    n_records = 0;
    if (i < 2 * n_seconds)
      ligo_read (DIALECT_CARRIER_TS_PES, bytes);
    for (gsize j = 0; j < n_records; j++)
      n_right += fabs (records[j].latitude - 37.2) < 0.01;
  }
  while (ligo_end () != DIALECT_NOTHING_NEW)
    for (gsize j = 0; j < n_records; j++)
      n_right += fabs (records[j].latitude - 37.2) < 0.01;
  return n_right;
}

GST_START_TEST (test_car_that_stands_at_first_is_waited_for)
{
  fail_unless_equals_int (ligo_stand (20), 40);
  fail_unless_equals_int (ligo_stand (39), 78);
}

GST_END_TEST;

GST_START_TEST (test_owner_knows_how_positions_are_blurred)
{
  static const struct
  {
    DialectLigoFuzz fuzz;
    gdouble latitude, longitude;
  } kinds[] = {
    {DIALECT_LIGO_FUZZ_NONE, 37.2, -122.3},
    {DIALECT_LIGO_FUZZ_1, 30.0 + 2.3 * SCALE_1, -120.0 - 7.2 * SCALE_1},
    {DIALECT_LIGO_FUZZ_2, 30.0 + 2.3 * 1.456027985, -120.0 - 7.2 * 1.456027985},
    {DIALECT_LIGO_FUZZ_3, 30.0 + 2.3 * 1.15368, -120.0 - 7.2 * 1.15368},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GByteArray) bytes = ligo_bytes (5,
        "2024/06/01 10:20:30 N:37.200000 W:122.300000 19.44 km/h", TRUE);

    ligo_setup ();
    memory.options.ligo_fuzz = kinds[i].fuzz;
    fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
        DIALECT_RECORDS);
    wiretest_assert_near (records[0].latitude, kinds[i].latitude, 1e-6);
    wiretest_assert_near (records[0].longitude, kinds[i].longitude, 1e-6);
  }
}

GST_END_TEST;

GST_START_TEST (test_other_name_of_the_header)
{
  g_autoptr (GByteArray) bytes = ligo_bytes (5,
      "2024/06/01 10:20:30 N:37.200000 W:122.300000 36.00 km/h", FALSE);

  memcpy (bytes->data, "LCAI", 4);
  ligo_setup ();
  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
      DIALECT_RECORDS);
  wiretest_assert_near (records[0].latitude, 37.2, 1e-9);
  wiretest_assert_near (records[0].speed, 10.0, 1e-9);
}

GST_END_TEST;

/* Replaces characters by others of "0" to "_": by a rule, or by none. */
static guint8
ligo_replace (guint8 byte, gboolean by_rule)
{
  /* a permutation of 48 without a rule */
  static const guint8 other[] =
      "?@3RIK4ABCXDE<F0GHJ9LMN:OP8QS>UVWYZ;[7]^_126=5T\\";
  guint at = byte - 0x30U;

  if (byte < 0x30 || byte > 0x5f)
    return byte;
  return by_rule ? (guint8) (0x30 + (64 - at) % 48) : other[at];
}

/* Reads blocks with texts whose characters are replaced, step seconds apart.
 * With each group of so many texts, the last one repeats the time before it,
 * and the next second is missing. Returns how many records came out. */
static guint
ligo_read_replaced (gboolean by_rule, const gchar * place, guint step,
    guint group, guint n_texts)
{
  /* marked as enciphered, a counter, and two bytes that are no length */
  static const guint8 head[] = "####\1\0\xa0\x34";
  guint n = 0;

  ligo_setup ();
  for (guint i = 0; i < n_texts; i++) {
    guint second = i * step - (i % group == group - 1);
    g_autofree gchar *text = g_strdup_printf
        ("2024/06/01 10:%02u:%02u %s 19.42 km/h x:-0.02", 20 + second / 60,
        second % 60, place);
    g_autoptr (GByteArray) bytes = NULL;

    for (gchar * p = text; *p; p++)
      *p = (gchar) ligo_replace ((guint8) * p, by_rule);
    bytes = ligo_bytes (0x0d, text, FALSE);
    g_byte_array_remove_range (bytes, 20, 4);
    for (gint j = sizeof head - 2; j >= 0; j--)
      g_byte_array_prepend (bytes, &head[j], 1);
    for (guint j = 0; j < 20; j++) {
      /* the header in front of it */
      guint8 byte = bytes->data[27];

      g_byte_array_remove_index (bytes, 27);
      g_byte_array_prepend (bytes, &byte, 1);
    }
    ligo_pad (bytes, 160);
    fail_unless (ligo_read (DIALECT_CARRIER_TS_PES, bytes) !=
        DIALECT_UNREADABLE);
    n += (guint) n_records;
  }
  if (ligo_end () == DIALECT_RECORDS)
    n += (guint) n_records;
  return n;
}

GST_START_TEST (test_key_is_found_from_the_seconds)
{
  /* by a rule the letters are known too */
  fail_unless_equals_int (ligo_read_replaced (TRUE, "N:31.624640 W:125.130000",
          1, 99, 24), 24);
  wiretest_assert_near (records[0].latitude, 31.624640, 1e-9);
  wiretest_assert_near (records[0].longitude, -125.130000, 1e-9);
  fail_unless_equals_int (ligo_read_replaced (TRUE, "S:31.624640 E:125.130000",
          1, 99, 24), 24);
  wiretest_assert_near (records[0].latitude, -31.624640, 1e-9);
  wiretest_assert_near (records[0].longitude, 125.130000, 1e-9);
  /* else their signs say it */
  fail_unless_equals_int (ligo_read_replaced (FALSE,
          "S:-31.624640 W:-125.130000", 1, 99, 24), 24);
  wiretest_assert_near (records[0].latitude, -31.624640, 1e-9);
  wiretest_assert_near (records[0].longitude, -125.130000, 1e-9);
  /* or nothing does */
  fail_unless_equals_int (ligo_read_replaced (FALSE,
          "N:31.624640 W:125.130000", 1, 99, 24), 24);
  fail_if (records[0].fields & GPSRECORD_POSITION);
  fail_unless (records[0].time_us > TIME - 60000000);
}

GST_END_TEST;

GST_START_TEST (test_key_is_found_where_seconds_are_repeated_and_missing)
{
  fail_unless_equals_int (ligo_read_replaced (FALSE,
          "N:+31.624640 E:+125.130000", 1, 8, 30), 30);
  wiretest_assert_near (records[0].latitude, 31.624640, 1e-9);
  fail_unless_equals_int (ligo_read_replaced (TRUE, "N:31.624640 W:125.130000",
          1, 8, 30), 30);
  wiretest_assert_near (records[0].longitude, -125.130000, 1e-9);
}

GST_END_TEST;

GST_START_TEST (test_rule_needs_two_texts)
{
  fail_unless_equals_int (ligo_read_replaced (TRUE, "N:31.624640 W:125.130000",
          1, 99, 1), 0);
  fail_unless_equals_int (ligo_read_replaced (TRUE, "N:31.624640 W:125.130000",
          1, 99, 2), 2);
}

GST_END_TEST;

GST_START_TEST (test_key_that_cannot_be_found)
{
  /* too few texts, seconds that do not advance by one, or too few that do */
  fail_unless_equals_int (ligo_read_replaced (FALSE,
          "N:31.624640 W:125.130000", 1, 99, 10), 0);
  fail_unless_equals_int (ligo_read_replaced (FALSE,
          "N:31.624640 W:125.130000", 1, 3, 40), 0);
  for (guint step = 2; step < 10; step++)
    fail_unless_equals_int (ligo_read_replaced (TRUE,
            "N:31.624640 W:125.130000", step, 99, 40), 0);
}

GST_END_TEST;

GST_START_TEST (test_texts_that_are_none)
{
  static const gchar *texts[] = {
    "", "2024/06/01", "2024/06/01 10:20:30",
    "2024/13/01 10:20:30 N:1 E:1 1 km/h",
    "2024-06-01 10:20:30 N:48.8 E:2.2 36 km/h", "hello",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    for (guint j = 0; j < 2; j++) {
      g_autoptr (GByteArray) bytes = ligo_bytes (5, texts[i], j == 1);

      ligo_setup ();
      fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
          DIALECT_UNREADABLE);
      fail_unless_equals_string (dialect->name, "ligo-ts");
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_erased_slot_is_void)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (MAGIC "00000005 0a000000"
      "23232323 69000000 00*124 ");

  fail_unless_equals_int (ligo_read (DIALECT_CARRIER_TS_PES, bytes),
      DIALECT_RECORDS);
  fail_unless_equals_int (n_records, 1);
  fail_unless_equals_int (records[0].fields, 0);
  fail_unless_equals_int (records[0].clock, GPSRECORD_CLOCK_NONE);
}

GST_END_TEST;

GST_START_TEST (test_texts_without_a_header)
{
  static const struct
  {
    const gchar *dialect;
    const gchar *before;
    const gchar *text;
    DialectCarrier carrier;
    GpsRecordClock clock;
    gdouble speed_kmh;
  } texts[] = {
    {"xgody", BLOCK "6e6f726d616c3a", TEXT, DIALECT_CARRIER_FREEGPS,
        GPSRECORD_CLOCK_LOCAL, 36.00288},
    {"normal", "6e6f726d616c3a", TEXT, DIALECT_CARRIER_TS_PES,
        GPSRECORD_CLOCK_LOCAL, 19.44},
    {"viidure", "56696964757265", "2024/06/01 10:20:30 S:43.858370 E:2.294481 "
          "19.44 km/h 53.10 120.00 10 x:-0.02 y:0.99 z:0.1",
        DIALECT_CARRIER_TS_PES, GPSRECORD_CLOCK_UTC, 19.44},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex (texts[i].before);
    gsize head = bytes->len;

    g_byte_array_append (bytes, (const guint8 *) texts[i].text,
        (guint) strlen (texts[i].text) + 1);
    fail_unless_equals_int (ligo_read (texts[i].carrier, bytes),
        DIALECT_RECORDS);
    fail_unless_equals_string (dialect->name, texts[i].dialect);
    fail_unless_equals_int (records[0].clock, texts[i].clock);
    ligo_assert_place (-43.858370, 2.294481, texts[i].speed_kmh);
    /* no fix: zeros */
    memcpy (bytes->data + head + 22, "00.000000 E:0.000000", 20);
    fail_unless_equals_int (ligo_read (texts[i].carrier, bytes),
        DIALECT_RECORDS);
    fail_if (records[0].fields & GPSRECORD_POSITION);
  }
}

GST_END_TEST;

GST_START_TEST (test_truncated_and_flipped_bytes_are_borne_with)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (BLOCK MAGIC
      "00000005 0a000000" STEERED, 200);

  for (gsize i = 0; i < 8 * 200; i++) {
    g_autofree guint8 *copy = NULL;

    ligo_setup ();
    bytes->data[i / 8] ^= (guint8) (1 << i % 8);
    ligo_read (DIALECT_CARRIER_FREEGPS, bytes);
    bytes->data[i / 8] ^= (guint8) (1 << i % 8);
    ligo_end ();
    copy = g_memdup2 (bytes->data, i / 8);
    dialect_read (&memory, DIALECT_CARRIER_FREEGPS, copy, i / 8, &dialect,
        records, &n_records);
  }
}

GST_END_TEST;

static Suite *
ligo_suite (void)
{
  Suite *suite = suite_create ("ligo");
  TCase *tcase = tcase_create ("ligo");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, ligo_setup, NULL);
  tcase_add_test (tcase, test_steered_slot);
  tcase_add_test (tcase, test_what_is_usual_is_believed_for_want_of_better);
  tcase_add_test (tcase, test_plain_slot);
  tcase_add_test (tcase, test_way_driven_tells_how_positions_are_blurred);
  tcase_add_test (tcase, test_places_that_blurring_would_not_give);
  tcase_add_test (tcase, test_plain_twin_is_believed);
  tcase_add_test (tcase, test_manner_without_evidence_is_told);
  tcase_add_test (tcase, test_car_that_stands_at_first_is_waited_for);
  tcase_add_test (tcase, test_owner_knows_how_positions_are_blurred);
  tcase_add_test (tcase, test_other_name_of_the_header);
  tcase_add_test (tcase, test_key_is_found_from_the_seconds);
  tcase_add_test (tcase,
      test_key_is_found_where_seconds_are_repeated_and_missing);
  tcase_add_test (tcase, test_rule_needs_two_texts);
  tcase_add_test (tcase, test_key_that_cannot_be_found);
  tcase_add_test (tcase, test_texts_that_are_none);
  tcase_add_test (tcase, test_erased_slot_is_void);
  tcase_add_test (tcase, test_texts_without_a_header);
  tcase_add_test (tcase, test_truncated_and_flipped_bytes_are_borne_with);
  return suite;
}

GST_CHECK_MAIN (ligo);
