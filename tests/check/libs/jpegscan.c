/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/jpegscan.h"

/* ITU-T T.81, Tables K.3 to K.6, one segment for all four. */
#define DC_CODES "0001050101010101 0100000000000000 000102030405060708090a0b"
#define DC_COLOUR "0003010101010101 0101010000000000 000102030405060708090a0b"
#define AC_CODES "0002010303020403 050504040000017d" \
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f0" \
    "24336272 82090a161718191a25262728292a3435363738393a43444546474849" \
    "4a535455565758595a636465666768696a737475767778797a83848586878889" \
    "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5" \
    "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
#define AC_COLOUR "0002010204040304 0705040400010277" \
    "0001020311040521310612415107617113223281081442 91a1b1c109233352f0" \
    "156272d10a162434e125f11718191a262728292a35363738393a434445464748" \
    "494a535455565758595a636465666768696a737475767778797a828384858687" \
    "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3" \
    "c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"
#define DHT "ffc4 01a2 00" DC_CODES "10" AC_CODES "01" DC_COLOUR "11" AC_COLOUR
#define SOI "ffd8 "
#define EOI " ffd9"
#define DQT "ffdb 0084 00 10*64 01 11*64 "
/* As cameras of variant C have it: 640x480, 4:2:2. */
#define SOF "ffc0 0011 08 01e0 0280 03 012100 021101 031101 "
#define SOS "ffda 000c 03 0100 0211 0311 00 3f 00 "
#define SCAN "1122 ff00 33 ffd0 44"

static JpegScanStatus
jpegscan_from_hex (const gchar * hex, JpegScan * ret_scan)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  g_autofree guint8 *exact = g_memdup2 (bytes->data, bytes->len);
  JpegScanStatus status;

  wiretest_mark (ret_scan, sizeof *ret_scan);
  status = jpegscan (exact, bytes->len, ret_scan);
  if (status != JPEGSCAN_OK)
    fail_unless (wiretest_is_marked (ret_scan, sizeof *ret_scan));
  return status;
}

static void
jpegscan_assert_status (const gchar * hex, JpegScanStatus expected)
{
  JpegScan scan;

  fail_unless (jpegscan_from_hex (hex, &scan) == expected, "%s", hex);
}

/* Why the picture, whose tables of quantisation are put in front, cannot be carried
 * by RTP, or NULL. */
static const gchar *
jpegscan_why (const gchar * hex)
{
  g_autofree gchar *whole = g_strconcat (SOI DQT, hex, NULL);
  JpegScan scan;
  const gchar *why = NULL;
  gboolean fits;

  fail_unless_equals_int (jpegscan_from_hex (whole, &scan), JPEGSCAN_OK);
  fits = jpegscan_fits_rtp (&scan, &why);
  fail_unless_equals_int (fits, jpegscan_fits_rtp (&scan, NULL));
  fail_unless_equals_int (fits, why == NULL);
  return why;
}

GST_START_TEST (test_picture_of_a_camera)
{
  JpegScan scan;

  fail_unless_equals_int (jpegscan_from_hex (SOI SOF DQT DHT SOS SCAN EOI,
          &scan), JPEGSCAN_OK);
  fail_unless_equals_int (scan.start, 0);
  fail_unless_equals_int (scan.end, 2 + 19 + 134 + 420 + 14 + 8 + 2);
  fail_unless_equals_int (scan.scan, 2 + 19 + 134 + 420 + 14);
  fail_unless (scan.has_eoi && scan.has_dqt && scan.has_dht);
  fail_unless (scan.standard_dht && scan.one_scan);
  fail_unless_equals_int (scan.sof, 0xc0);
  fail_unless_equals_int (scan.precision, 8);
  fail_unless_equals_int (scan.width, 640);
  fail_unless_equals_int (scan.height, 480);
  fail_unless_equals_int (scan.n_components, 3);
  fail_unless_equals_int (scan.components[0].id, 1);
  fail_unless_equals_int (scan.components[0].h, 2);
  fail_unless_equals_int (scan.components[0].v, 1);
  fail_unless_equals_int (scan.components[2].table, 1);
  fail_unless_equals_int (scan.components[0].ac_table, 0);
  fail_unless_equals_int (scan.components[1].dc_table, 1);
  fail_unless_equals_int (scan.restart_interval, 0);
}

GST_END_TEST;

GST_START_TEST (test_restart_interval_and_fill_bytes)
{
  JpegScan scan;

  fail_unless_equals_int (jpegscan_from_hex (SOI "ffff ffdd 0004 0050 ff01"
          "ffd3 ff" SOF SOS SCAN EOI, &scan), JPEGSCAN_OK);
  fail_unless_equals_int (scan.restart_interval, 80);
  fail_if (scan.has_dqt || scan.has_dht);
  /* no table is none that is not standard */
  fail_unless (scan.standard_dht);
}

GST_END_TEST;

GST_START_TEST (test_junk_before_and_padding_behind)
{
  JpegScan scan;

  fail_unless_equals_int (jpegscan_from_hex ("00*16" SOI SOF SOS SCAN EOI
          "00 ffd8 00*12", &scan), JPEGSCAN_OK);
  fail_unless_equals_int (scan.start, 16);
  fail_unless_equals_int (scan.end, 16 + 2 + 19 + 14 + 8 + 2);
  fail_unless (scan.has_eoi);
  jpegscan_assert_status ("11*64", JPEGSCAN_NO_SOI);
  fail_unless_equals_int (jpegscan_from_hex ("11*64 " SOI SOF SOS, &scan),
      JPEGSCAN_OK);
  fail_unless_equals_int (scan.start, 64);
  /* one byte too many; SOI that no marker follows */
  jpegscan_assert_status ("11*65 " SOI SOF SOS, JPEGSCAN_NO_SOI);
  jpegscan_assert_status ("ffd8 11" SOI SOF SOS, JPEGSCAN_OK);
  jpegscan_assert_status ("ffd8 11", JPEGSCAN_NO_SOI);
  jpegscan_assert_status ("", JPEGSCAN_NO_SOI);
  jpegscan_assert_status ("ff", JPEGSCAN_NO_SOI);
}

GST_END_TEST;

GST_START_TEST (test_end_is_the_last_eoi)
{
  JpegScan scan;

  /* a thumbnail; an EOI that a damaged byte made */
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffe1 0008 ffd8 ffd9 0000"
          SOF SOS SCAN, &scan), JPEGSCAN_OK);
  fail_if (scan.has_eoi);
  fail_unless_equals_int (scan.end, 2 + 10 + 19 + 14 + 8);
  fail_unless_equals_int (jpegscan_from_hex (SOI SOF SOS "11 ffd9 22" EOI "00",
          &scan), JPEGSCAN_OK);
  fail_unless (scan.has_eoi);
  fail_unless_equals_int (scan.end, 2 + 19 + 14 + 4 + 2);
  /* in the scan header itself is none */
  fail_unless_equals_int (jpegscan_from_hex (SOI SOF
          "ffda 000c 03 0100 0211 0311 00 ff d9", &scan), JPEGSCAN_OK);
  fail_if (scan.has_eoi);
  fail_unless_equals_int (jpegscan_from_hex (SOI SOF SOS EOI, &scan),
      JPEGSCAN_OK);
  fail_unless (scan.has_eoi);
}

GST_END_TEST;

GST_START_TEST (test_truncated_at_each_byte)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (SOI SOF DQT DHT SOS);

  for (guint size = 0; size < bytes->len; size++) {
    g_autofree guint8 *exact = g_memdup2 (bytes->data, size);
    JpegScan scan;

    fail_unless_equals_int (jpegscan (exact, size, &scan),
        size < 2 ? JPEGSCAN_NO_SOI : JPEGSCAN_TRUNCATED);
  }
}

GST_END_TEST;

GST_START_TEST (test_segments_that_contradict_themselves)
{
  static const gchar *const bad[] = {
    SOI "ffc0 0011 08 0000 0280 03 012100 021101 031101" SOS,
    SOI "ffc0 0011 08 01e0 0000 03 012100 021101 031101" SOS,
    SOI "ffc0 0008 08 01e0 0280 00" SOS,
    SOI "ffc0 0007 08 01e0 0280" SOS,
    SOI "ffc0 0017 08 01e0 0280 05 011100 021100 031100 041100 051100" SOS,
    SOI "ffc0 0011 08 01e0 0280 02 012100 021101 031101" SOS,
    SOI "ffc0 000b 08 01e0 0280 01 010100" SOS,
    SOI "ffc0 000b 08 01e0 0280 01 015100" SOS,
    SOI "ffc0 000b 08 01e0 0280 01 011000" SOS,
    SOI "ffc0 000b 08 01e0 0280 01 011500" SOS,
    SOI "ffc0 000b 08 01e0 0280 01 011104" SOS,
    SOI SOF SOF SOS,
    SOI "ffdb 0043 20 10*64" SOF SOS,
    SOI "ffdb 0043 04 10*64" SOF SOS,
    SOI "ffdb 0042 00 10*63" SOF SOS,
    SOI "ffdb 0043 10 10*64" SOF SOS,
    SOI "ffc4 0013 04 00*16" SOF SOS,
    SOI "ffc4 0013 20 00*16" SOF SOS,
    SOI "ffc4 0012 00 00*15" SOF SOS,
    SOI "ffc4 0013 00 01 00*15" SOF SOS,
    SOI "ffc4 0114 00 ff 02 00*14 11*257" SOF SOS,
    SOI "ffdd 0003 00" SOF SOS,
    SOI "ffdd 0005 000000" SOF SOS,
    SOI "ffe0 0001" SOF SOS,
    SOI "ffe0 0000" SOF SOS,
    SOI "ff00" SOF SOS,
    SOI SOI SOF SOS,
    SOI SOF "00" SOS,
    SOI SOF "ffda 0008 01 0400 003f00",
    SOI SOF "ffda 000e 04 0100 0211 0311 0411 003f00",
    SOI SOF "ffda 0006 00 003f00",
    SOI SOF "ffda 0002",
    SOI SOF "ffda 000d 03 0100 0211 0311 003f0000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    jpegscan_assert_status (bad[i], JPEGSCAN_BAD);
  jpegscan_assert_status (SOI DQT SOS, JPEGSCAN_NO_FRAME);
  jpegscan_assert_status (SOI SOF EOI, JPEGSCAN_TRUNCATED);
}

GST_END_TEST;

GST_START_TEST (test_huffman_tables)
{
  JpegScan scan;

  /* one by one, in any order */
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 00b5 11" AC_COLOUR
          "ffc4 001f 00" DC_CODES SOF SOS, &scan), JPEGSCAN_OK);
  fail_unless (scan.has_dht && scan.standard_dht);
  /* at another's place; at places that have none; shorter */
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 00b5 10" AC_COLOUR SOF
          SOS, &scan), JPEGSCAN_OK);
  fail_unless (scan.has_dht && !scan.standard_dht);
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 001f 02" DC_CODES SOF
          SOS, &scan), JPEGSCAN_OK);
  fail_if (scan.standard_dht);
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 0014 13 01 00*15 05"
          SOF SOS, &scan), JPEGSCAN_OK);
  fail_if (scan.standard_dht);
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 001f 01" DC_CODES SOF
          SOS, &scan), JPEGSCAN_OK);
  fail_if (scan.standard_dht);
  /* the last that is defined counts */
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffc4 001f 01" DC_CODES
          "ffc4 001f 01" DC_COLOUR SOF SOS, &scan), JPEGSCAN_OK);
  fail_unless (scan.standard_dht);
  fail_unless_equals_int (jpegscan_from_hex (SOI DHT "ffc4 001f 01" DC_CODES
          SOF SOS, &scan), JPEGSCAN_OK);
  fail_if (scan.standard_dht);
  /* 16 bit quantisation */
  fail_unless_equals_int (jpegscan_from_hex (SOI "ffdb 0083 13 10*128" SOF SOS,
          &scan), JPEGSCAN_OK);
  fail_unless (scan.has_dqt);
}

GST_END_TEST;

GST_START_TEST (test_what_rtp_can_carry)
{
  static const gchar *const odd[] = {
    /* progressive, 12 bits, grey, scans of their own */
    "ffc2 0011 08 01e0 0280 03 012200 021101 031101" SOS,
    "ffc0 0011 0c 01e0 0280 03 012200 021101 031101" SOS,
    "ffc0 000b 08 01e0 0280 01 011100" "ffda 0008 01 0100 003f00",
    SOF "ffda 0008 01 0100 003f00",
    /* tables, sides */
    "ffc4 001f 01" DC_CODES SOF SOS,
    "ffc0 0011 08 01e0 07f9 03 012200 021101 031101" SOS,
    "ffc0 0011 08 07f9 0280 03 012200 021101 031101" SOS,
    /* 4:4:4, 4:4:0, 4:1:1, colour of other sizes, four tables */
    "ffc0 0011 08 01e0 0280 03 011100 021101 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 011200 021101 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 014100 021101 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 012300 021101 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 012200 022101 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 012200 021201 031101" SOS,
    "ffc0 0011 08 01e0 0280 03 012200 021101 032101" SOS,
    "ffc0 0011 08 01e0 0280 03 012200 021101 031201" SOS,
    "ffc0 0011 08 01e0 0280 03 012200 021101 031102" SOS,
    /* the tables of brightness for colour */
    SOF "ffda 000c 03 0100 0200 0300 003f00",
    SOF "ffda 000c 03 0100 0211 0310 003f00",
    SOF "ffda 000c 03 0100 0201 0311 003f00",
  };
  JpegScan scan;

  fail_unless_equals_int (jpegscan_from_hex (SOI SOF
          "ffda 0008 01 0100 003f00", &scan), JPEGSCAN_OK);
  fail_if (scan.one_scan);
  fail_unless_equals_int (jpegscan_from_hex (SOI SOF SOS, &scan), JPEGSCAN_OK);
  fail_if (jpegscan_fits_rtp (&scan, NULL));
  fail_unless (jpegscan_why (SOF DHT SOS) == NULL);
  fail_unless (jpegscan_why ("ffc0 0011 08 07f8 07f8 03 012200 021101"
          "031101" SOS) == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    fail_unless (jpegscan_why (odd[i]) != NULL, "%s", odd[i]);
}

GST_END_TEST;

/* Each bit flipped: what is told lies inside. */
GST_START_TEST (test_damage_is_bounded)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (SOI SOF DQT DHT SOS SCAN EOI);

  for (guint bit = 0; bit < bytes->len * 8; bit++) {
    JpegScan scan;

    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    if (jpegscan (bytes->data, bytes->len, &scan) == JPEGSCAN_OK)
      fail_unless (scan.start < scan.scan && scan.scan <= scan.end &&
          scan.end <= bytes->len && scan.width > 0 && scan.height > 0);
    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

GST_END_TEST;

static Suite *
jpegscan_suite (void)
{
  Suite *suite = suite_create ("jpegscan");
  TCase *tcase = tcase_create ("pictures");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_picture_of_a_camera);
  tcase_add_test (tcase, test_restart_interval_and_fill_bytes);
  tcase_add_test (tcase, test_junk_before_and_padding_behind);
  tcase_add_test (tcase, test_end_is_the_last_eoi);
  tcase_add_test (tcase, test_truncated_at_each_byte);
  tcase_add_test (tcase, test_segments_that_contradict_themselves);
  tcase_add_test (tcase, test_huffman_tables);
  tcase_add_test (tcase, test_what_rtp_can_carry);
  tcase_add_test (tcase, test_damage_is_bounded);
  return suite;
}

GST_CHECK_MAIN (jpegscan);
