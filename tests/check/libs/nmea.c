/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/nmea.h"
#include "wire/text.h"

/* NMEA sentences, and numbers in texts. */

#define RMC "GPRMC,102030.000,A,4851.5022,N,00217.6689,E,19.44,53.10,010624,,,A"
#define GGA "GPGGA,102030.000,4851.5022,N,00217.6689,E,1,09,0.9,120.0,M,0.0,M,,"
#define TIME G_GINT64_CONSTANT (1717237230000000)

static GpsRecord records[8];

static gsize
nmea_run (NmeaChecksum checksum, const gchar * text)
{
  g_autofree gchar *copy = g_strdup (text);
  Nmea nmea;
  gsize n;

  nmea_init (&nmea, checksum);
  n = nmea_decode (&nmea, (const guint8 *) copy, strlen (copy), records,
      G_N_ELEMENTS (records));
  for (gsize i = 0; i < n; i++)
    wiretest_assert_plausible (&records[i]);
  return n;
}

static void
nmea_assert_place (const GpsRecord * record, gint64 time_us)
{
  fail_unless_equals_int (record->clock, GPSRECORD_CLOCK_UTC);
  fail_unless_equals_int64 (record->time_us, time_us);
  fail_unless (record->fields & GPSRECORD_POSITION);
  wiretest_assert_near (record->latitude, 48.858370, 1e-9);
  wiretest_assert_near (record->longitude, 2.2944816667, 1e-9);
}

GST_START_TEST (test_sentences_of_the_same_time_are_one_record)
{
  static const gchar *texts[] = {
    "$" RMC "\r\n$" GGA "\r\n", "$" GGA "\n$" RMC, "xx" RMC ";\1" GGA "\1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    fail_unless_equals_int (nmea_run (NMEA_CHECKED, texts[i]), 1);
    nmea_assert_place (&records[0], TIME);
    wiretest_assert_near (records[0].speed, 10.0007, 1e-3);
    fail_unless_equals_float (records[0].course, 53.1);
    fail_unless_equals_float (records[0].altitude, 120.0);
    fail_unless_equals_int (records[0].satellites, 9);
    fail_unless_equals_float (records[0].hdop, 0.9);
  }
}

GST_END_TEST;

GST_START_TEST (test_checksums)
{
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, "$" RMC "*68"), 1);
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, "$" RMC "*69"), 0);
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, "$" RMC "*6"), 0);
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, "$" RMC "*zz"), 0);
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, "$" RMC), 1);
  fail_unless_equals_int (nmea_run (NMEA_UNCHECKED, "$" RMC "*69"), 1);
  nmea_assert_place (&records[0], TIME);
}

GST_END_TEST;

GST_START_TEST (test_date_of_one_sentence_serves_the_next_ones)
{
  /* the second has no RMC; the third is past midnight */
  fail_unless_equals_int (nmea_run (NMEA_UNCHECKED,
          "$GPRMC,235958,A,4851.5022,N,00217.6689,E,,,310524,,,A\n"
          "$GPGGA,235959.500,4851.5022,N,00217.6689,E,1,9,0.9,120.0,M,,,,\n"
          "$GPGGA,000000.25,4851.5022,N,00217.6689,E,1,9,0.9,120.0,M,,,,\n"),
      3);
  nmea_assert_place (&records[0], wiretest_time (2024, 5, 31, 23, 59, 58));
  nmea_assert_place (&records[1],
      wiretest_time (2024, 5, 31, 23, 59, 59) + 500000);
  nmea_assert_place (&records[2], wiretest_time (2024, 6, 1, 0, 0, 0) + 250000);
  /* without any date there is no time */
  fail_unless_equals_int (nmea_run (NMEA_UNCHECKED, "$" GGA), 1);
  fail_unless_equals_int (records[0].clock, GPSRECORD_CLOCK_NONE);
  fail_unless (records[0].fields & GPSRECORD_POSITION);
}

GST_END_TEST;

GST_START_TEST (test_what_is_not_there_is_left_out)
{
  static const struct
  {
    const gchar *text;
    guint n;
    guint fields;
  } texts[] = {
    {"$GPRMC,102030,V,,,,,,,010624,,,N", 1, 0},
    {"$GPRMC,102030,A,4851.5022,N,00217.6689,E,,,010624", 1,
        GPSRECORD_POSITION},
    {"$GPRMC,102030,A,4861.5022,N,00217.6689,E,1,2,010624", 1, 0},
    {"$GPRMC,102030,A,:985.5022,N,00217.6689,E,1,2,010624", 1, 0},
    {"$GPRMC,102030,A,4851.5022,X,00217.6689,E,1,2,010624", 1, 0},
    {"$GPRMC,102030,A,4851.5022,N,00217.6689,E,1e9,x,010624", 1,
        GPSRECORD_POSITION},
    {"$GPGGA,102030,4851.5022,N,00217.6689,E,0,0,,,M,,,,", 1, 0},
    {"$GPRMC,252030,A,4851.5022,N,00217.6689,E,1,2,010624", 0, 0},
    {"$GPRMC,1020,A,4851.5022,N,00217.6689,E,1,2,010624", 0, 0},
    {"$GPRMC,102030,A,4851.5022", 0, 0},
    {"$GPGSV,3,1,11,03,03,111,00", 0, 0},
    {"", 0, 0}, {"$", 0, 0}, {"RMC", 0, 0}, {"GPRMC", 0, 0}, {"GPRMC,", 0, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gsize n = nmea_run (NMEA_UNCHECKED, texts[i].text);

    fail_unless (n == texts[i].n, "%s: %u", texts[i].text, (guint) n);
    if (n > 0)
      fail_unless_equals_int (records[0].fields, texts[i].fields);
  }
}

GST_END_TEST;

GST_START_TEST (test_many_sentences_stop_where_the_room_ends)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text, "$GPRMC,1020%02u,A,4851.5022,N,00217.6689,E,"
        "19.44,53.10,010624,,,A\n", i);
  fail_unless_equals_int (nmea_run (NMEA_CHECKED, text->str),
      G_N_ELEMENTS (records));
  g_string_free (text, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_flipped_and_cut_sentences_are_borne_with)
{
  g_autofree gchar *text = g_strdup ("$" RMC "*68\r\n$" GGA);
  gsize length = strlen (text);

  for (gsize i = 0; i < 8 * length; i++) {
    text[i / 8] ^= (gchar) (1 << i % 8);
    nmea_run (NMEA_UNCHECKED, text);
    text[i / 8] ^= (gchar) (1 << i % 8);
  }
  while (length > 0) {
    text[--length] = 0;
    nmea_run (NMEA_UNCHECKED, text);
  }
}

GST_END_TEST;

GST_START_TEST (test_decimal_numbers)
{
  static const struct
  {
    const gchar *text;
    gsize length;
    gdouble number;
  } numbers[] = {
    {"12.5", 4, 12.5}, {"-12.5x", 5, -12.5}, {"+3", 2, 3}, {"0.100", 5, 0.1},
    {"1.2.3", 3, 1.2}, {"7.", 2, 7}, {"123456789012345678", 18,
        123456789012345678.0}, {"1234567890123456789", 0, 0}, {".5", 0, 0},
    {"", 0, 0}, {"-", 0, 0}, {"x", 0, 0}, {"1e5", 1, 1}, {"--1", 0, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    gdouble number = 0;

    fail_unless (text_decimal ((const guint8 *) numbers[i].text,
            strlen (numbers[i].text), &number) == numbers[i].length, "%s",
        numbers[i].text);
    wiretest_assert_near (number, numbers[i].number, 1e-12);
  }
}

GST_END_TEST;

GST_START_TEST (test_words_and_digits)
{
  const guint8 *text = (const guint8 *) "ab12cd12";
  guint32 number = 7;

  fail_unless_equals_int (text_find (text, 8, "12"), 2);
  fail_unless_equals_int (text_find (text, 8, "cd12"), 4);
  fail_unless_equals_int (text_find (text, 7, "cd12"), 7);
  fail_unless_equals_int (text_find (text, 8, "x"), 8);
  fail_unless (text_has (text, 8, 2, "12cd"));
  fail_if (text_has (text, 8, 6, "123"));
  fail_if (text_has (text, 8, 9, "1"));
  fail_unless (text_digits (text, 8, 2, 2, &number));
  fail_unless_equals_int (number, 12);
  fail_if (text_digits (text, 8, 1, 2, &number));
  fail_if (text_digits (text, 8, 6, 3, &number));
  fail_if (text_digits (text, 8, 2, 10, &number));
  fail_unless_equals_int (number, 12);
}

GST_END_TEST;

static Suite *
nmea_suite (void)
{
  Suite *suite = suite_create ("nmea");
  TCase *tcase = tcase_create ("nmea");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_sentences_of_the_same_time_are_one_record);
  tcase_add_test (tcase, test_checksums);
  tcase_add_test (tcase, test_date_of_one_sentence_serves_the_next_ones);
  tcase_add_test (tcase, test_what_is_not_there_is_left_out);
  tcase_add_test (tcase, test_many_sentences_stop_where_the_room_ends);
  tcase_add_test (tcase, test_flipped_and_cut_sentences_are_borne_with);
  tcase_add_test (tcase, test_decimal_numbers);
  tcase_add_test (tcase, test_words_and_digits);
  return suite;
}

GST_CHECK_MAIN (nmea);
