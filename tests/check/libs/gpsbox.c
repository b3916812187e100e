/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/gpsbox.h"

/* What boxes hold beside times and places. */

enum
{
  N_ROWS = 8
};

/* The course byte of gps0, of which firmware makes two things. */

/* A row of that second of a drive, so many metres north and east of 60.5
 * degrees north. */
static void
gpsbox_put_row (GByteArray * bytes, guint second, gdouble north, gdouble east,
    guint8 course)
{
  g_autoptr (GByteArray) row = wiretest_hex ("00*20 4800 18060a141e00 00*4");
  /* minutes of 1852 m; those of the longitude are half as long */
  gdouble places[2] = { 6030.0 + north / 1852.0, 1030.0 + 2.0 * east / 1852.0 };
  guint64 bits[2];

  memcpy (bits, places, sizeof bits);
  for (guint i = 0; i < 2; i++) {
    bits[i] = GUINT64_TO_LE (bits[i]);
    memcpy (row->data + 8 * i, &bits[i], sizeof bits[i]);
  }
  row->data[26] = (guint8) (row->data[26] + second / 60);
  row->data[27] = (guint8) (second % 60);
  row->data[28] = course;
  g_byte_array_append (bytes, row->data, row->len);
}

/* Rows of a drive of 20 m a second, to the north by the one and to the east by
 * the other; all with that course byte. */
static size_t
gpsbox_drive (gdouble north, gdouble east, guint8 course,
    GpsRecord * ret_records)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree Ligo *ligo = g_new0 (Ligo, 1);
  GpsBox box = { 0 };
  size_t n = 0;

  for (guint i = 0; i < N_ROWS; i++)
    gpsbox_put_row (bytes, i, i * north * 20.0, i * east * 20.0, course);
  fail_unless_equals_int (gpsbox_feed_rows (&box, ligo, bytes->data,
          bytes->len, TRUE, ret_records, N_ROWS, &n), bytes->len);
  return n;
}

/* Feeds pieces of that many bytes; what is left comes again with more. Returns
 * records, and the sum of their courses. */
static guint
gpsbox_feed_pieces (GpsBoxFeed feed, Ligo * ligo, const guint8 * data,
    gsize size, gsize step, gdouble * ret_courses)
{
  GpsBox box = { 0 };
  GpsRecord records[64];
  gsize at = 0, end = 0, taken;
  guint n_records = 0;
  size_t n;

  *ret_courses = 0.0;
  do {
    end = MIN (end + step, size);
    do {
      taken = feed (&box, ligo, data + at, end - at, end == size, records,
          G_N_ELEMENTS (records), &n);
      at += taken;
      n_records += (guint) n;
      for (size_t i = 0; i < n; i++)
        if (records[i].fields & GPSRECORD_COURSE)
          *ret_courses += records[i].course;
    } while (taken > 0 && at < end);
  } while (end < size);
  return n_records;
}

static gdouble
gpsbox_sum_courses (GByteArray * rows, gsize step)
{
  gdouble sum;

  (void) gpsbox_feed_pieces (gpsbox_feed_rows, NULL, rows->data, rows->len,
      step, &sum);
  return sum;
}

static guint
gpsbox_count_sentences (GString * text, gsize step)
{
  gdouble sum;

  return gpsbox_feed_pieces (gpsbox_feed_nmea, NULL,
      (const guint8 *) text->str, text->len, step, &sum);
}

static void
gpsbox_assert_course (gdouble north, gdouble east, guint8 course,
    gint expected, gint expected_first)
{
  GpsRecord records[N_ROWS];

  fail_unless_equals_int (gpsbox_drive (north, east, course, records), N_ROWS);
  for (guint i = 0; i < N_ROWS; i++) {
    gint wanted = i == 0 ? expected_first : expected;

    fail_unless_equals_int ((records[i].fields & GPSRECORD_COURSE) != 0,
        wanted >= 0);
    if (wanted >= 0)
      fail_unless_equals_float (records[i].course, wanted);
  }
}

GST_START_TEST (test_half_of_a_course)
{
  gpsbox_assert_course (0, 1, 45, 90, 90);
  gpsbox_assert_course (-1, 0, 91, 182, 182);
  gpsbox_assert_course (0, -1, 135, 270, 270);
  /* the car stands */
  gpsbox_assert_course (0, 0, 135, 270, 270);
}

GST_END_TEST;

GST_START_TEST (test_remainder_of_a_course)
{
  gpsbox_assert_course (-1, 0, 181, 181, 181);
  gpsbox_assert_course (-1, -0.2, 190, 190, 190);
  /* 14 and 270 leave the same; nothing is before the first row */
  gpsbox_assert_course (0, -1, 14, 270, -1);
  gpsbox_assert_course (0, 1, 92, 92, -1);
  gpsbox_assert_course (1, 0, 103, 359, -1);
}

GST_END_TEST;

GST_START_TEST (test_byte_that_is_no_half)
{
  gpsbox_assert_course (0, 0, 180, -1, -1);
}

GST_END_TEST;

/* The same rows in pieces: nothing of them depends on how they are cut. */
GST_START_TEST (test_courses_are_the_same_however_rows_come)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gdouble whole = 0.0;

  /* 40 seconds at rest, then eastward; 90 degrees are written as they are */
  for (guint i = 0; i < 80; i++)
    gpsbox_put_row (bytes, i, 0.0, i < 40 ? 0.0 : (i - 40) * 20.0, 90);
  for (gsize step = bytes->len; step > 32; step -= 32) {
    gdouble sum = gpsbox_sum_courses (bytes, step);

    if (step == bytes->len)
      whole = sum;
    fail_unless_equals_float (sum, whole);
  }
}

GST_END_TEST;

/* A header of LigoGPS, with a slot, that is not at the beginning of the box. */
GST_START_TEST (test_header_elsewhere_is_none)
{
  g_autoptr (GByteArray) bytes = wiretest_hex ("00*64 "
      "4c49474f475053494e464f0000000000 00000001 00000001");
  g_autoptr (GByteArray) rest = wiretest_hex ("00*75");
  g_autofree Ligo *ligo = g_new0 (Ligo, 1);
  gdouble sum;

  g_byte_array_append (bytes, (const guint8 *)
      "2024/06/01 10:20:30 N:48.858370 E:2.294481 36.0 km/h", 53);
  g_byte_array_append (bytes, rest->data, rest->len);
  for (gsize step = bytes->len; step > 0; step--)
    fail_unless_equals_int (gpsbox_feed_pieces (gpsbox_feed_ligo, ligo,
            bytes->data, bytes->len, step, &sum), 0);
  /* where it is, it is one */
  fail_unless_equals_int (gpsbox_feed_pieces (gpsbox_feed_ligo, ligo,
          bytes->data + 64, bytes->len - 64, 1, &sum), 1);
}

GST_END_TEST;

/* A sentence within what is too long for one. */
GST_START_TEST (test_sentences_are_the_same_however_they_come)
{
  g_autoptr (GString) text = g_string_new ("$GPRMC,102030.000,A,4851.5022,N,"
      "00217.6689,E,19.44,53.10,010624,,,A*68\r\n$GPGGA,");

  for (guint i = 0; i < 600; i++)
    g_string_append_c (text, '3');
  g_string_append (text, "$GPRMC,102031.000,A,4851.5022,N,00217.6689,E,19.44,"
      "53.10,010624,,,A*69\r\n");
  for (gsize step = text->len; step > 255; step--)
    fail_unless_equals_int (gpsbox_count_sentences (text, step), 2);
}

GST_END_TEST;

/* "20240601102030.20240601102031", 03, "N37491957W122286953+0120036" */
#define KENWOOD "fefe 32303234303630313130323033302e3230323430363031313032303331" \
  "03 4e3337343931393537573132323238363935332b30313230303336"

GST_START_TEST (test_acceleration_of_kenwood)
{
  /* "+006-009+100+002+009+005", and a record that has none */
  g_autoptr (GByteArray) bytes = wiretest_hex (KENWOOD
      "2b3030362d3030392b3130302b3030322b3030392b303035" KENWOOD);
  GpsRecord records[3];
  GpsBox box = { 0 };
  size_t n;

  (void) gpsbox_feed_kenwood (&box, NULL, bytes->data, bytes->len, TRUE,
      records, 3, &n);
  fail_unless_equals_int (n, 2);
  fail_unless (records[0].fields & GPSRECORD_ACCELERATION);
  fail_unless_equals_float (records[0].acceleration[0], 0.006);
  fail_unless_equals_float (records[0].acceleration[1], -0.009);
  fail_unless_equals_float (records[0].acceleration[2], 0.1);
  fail_unless_equals_int (records[1].fields, GPSRECORD_POSITION |
      GPSRECORD_SPEED | GPSRECORD_ALTITUDE);
}

GST_END_TEST;

static Suite *
gpsbox_suite (void)
{
  Suite *suite = suite_create ("gpsbox");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_half_of_a_course);
  tcase_add_test (tc, test_remainder_of_a_course);
  tcase_add_test (tc, test_byte_that_is_no_half);
  tcase_add_test (tc, test_courses_are_the_same_however_rows_come);
  tcase_add_test (tc, test_header_elsewhere_is_none);
  tcase_add_test (tc, test_sentences_are_the_same_however_they_come);
  tcase_add_test (tc, test_acceleration_of_kenwood);
  return suite;
}

GST_CHECK_MAIN (gpsbox);
