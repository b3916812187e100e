/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/molink.h"

/* Golden headers of docs/wire/molink.md. */
#define WUDAOPU "66 01 01 07 3f5c0000 0005 d002 0000 7805 b2d3333c 00000000"
#define YUYV "66 01 04 07 00580200 4001 f000 0000 7805 00000000 00000000"
#define MIDDLE "66 03 01 ff b80b0000 0000 0000 0100 7805 00000000 00000000"
#define LAST "66 02 01 ff b80b0000 0000 0000 0200 c800 00000000 00000000"
#define B_FIRST "9999 0300 05000000 00000000 89050000 00000000 00000000 01" \
    "44332211 36730100 0100 0000 6e05 44332211 0005 d002 44332211"
#define B_LAST "9999 0300 05000000 00000000 19020000 00000000 00000000 01" \
    "44332211 36730100 4500 4500 fe01 44332211 0005 d002 44332211"
#define C_HEADER "426f756e6461727953 00000100 dc4e0000 00000000 01000000" \
    "00000000 0000 0000 80020000 e0010000"

/* Parses a header that payload follows. What is returned on failure is untouched. */
static MolinkStatus
molink_from_hex (MolinkVariant variant, const gchar * hex, guint n_payload,
    MolinkFragment * ret_fragment)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  MolinkStatus status;

  wiretest_mark (ret_fragment, sizeof *ret_fragment);
  status = molink_parse (variant, bytes->data, bytes->len,
      bytes->len + n_payload, ret_fragment);
  if (status != MOLINK_OK)
    fail_unless (wiretest_is_marked (ret_fragment, sizeof *ret_fragment));
  return status;
}

/* The header with bytes at offset replaced. */
static MolinkStatus
molink_changed (MolinkVariant variant, const gchar * hex, guint offset,
    const gchar * change)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  g_autoptr (GByteArray) other = wiretest_hex (change);
  MolinkFragment fragment;

  memcpy (bytes->data + offset, other->data, other->len);
  return molink_parse (variant, bytes->data, bytes->len, 65535, &fragment);
}

GST_START_TEST (test_commands)
{
  g_autoptr (GByteArray) start = wiretest_hex ("9999 0100 00*20");
  g_autoptr (GByteArray) stop = wiretest_hex ("9999 0200 00*20");
  guint8 bytes[MOLINK_COMMAND_SIZE];

  memset (bytes, 0x5a, sizeof bytes);
  molink_write_keepalive (bytes);
  fail_unless (memcmp (bytes, start->data, start->len) == 0);
  memset (bytes, 0x5a, sizeof bytes);
  molink_write_stop (bytes);
  fail_unless (memcmp (bytes, stop->data, stop->len) == 0);
}

GST_END_TEST;

GST_START_TEST (test_fragment_of_a)
{
  MolinkFragment fragment;

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, WUDAOPU, 1400,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.variant, MOLINK_VARIANT_A);
  fail_unless_equals_int (fragment.frame_id, 7);
  fail_unless_equals_int (fragment.frame_size, 23615);
  fail_unless_equals_int (fragment.index, 0);
  fail_unless_equals_int (fragment.n_bytes, 1400);
  fail_unless_equals_uint64 (fragment.motion, 0x3c33d3b2);
  fail_if (fragment.last || fragment.maybe_last || !fragment.plain);

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, MIDDLE, 1400,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.frame_id, 255);
  fail_unless_equals_int (fragment.frame_size, 3000);
  fail_unless_equals_int (fragment.index, 1);
  fail_if (fragment.last || fragment.maybe_last);

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, LAST, 200,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.index, 2);
  fail_unless_equals_int (fragment.n_bytes, 200);
  fail_unless (fragment.last);
}

GST_END_TEST;

/* Nidage's frame of 95 030 bytes in 69 fragments. */
GST_START_TEST (test_fragment_of_b)
{
  MolinkFragment fragment;

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_B, B_FIRST, 1390,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.variant, MOLINK_VARIANT_B);
  fail_unless_equals_uint64 (fragment.frame_id, 0x11223344);
  fail_unless_equals_int (fragment.frame_size, 95030);
  fail_unless_equals_int (fragment.index, 0);
  fail_unless_equals_int (fragment.n_bytes, 1390);
  fail_if (fragment.last || fragment.maybe_last || fragment.plain);
  fail_unless_equals_int (fragment.motion, 0);

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_B, B_LAST, 510,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.index, 68);
  fail_unless_equals_int (fragment.n_bytes, 510);
  fail_unless (fragment.last);

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_B,
          "9999 0300 05000000 b2d3333c 89050000 22000000 00000000 01"
          "44332211 36730100 0200 4500 6e05 44332211 0005 d002 44332211",
          1390, &fragment), MOLINK_OK);
  fail_unless (fragment.plain);
  fail_if (fragment.last);
  fail_unless_equals_uint64 (fragment.motion, 0x3c33d3b2);
}

GST_END_TEST;

GST_START_TEST (test_header_of_c)
{
  MolinkFragment fragment;

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_C, C_HEADER, 0,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.variant, MOLINK_VARIANT_C);
  fail_unless_equals_int (fragment.frame_id, 1);
  fail_unless_equals_int (fragment.frame_size, 20188);
  fail_unless_equals_int (fragment.n_bytes, 20188);
  fail_unless (fragment.last && fragment.index == 0);
  /* not video; YUYV; empty; another boundary */
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_C, C_HEADER, 10,
          "01"), MOLINK_BAD);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_C, C_HEADER, 11,
          "04"), MOLINK_FORMAT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_C, C_HEADER, 13,
          "00000000"), MOLINK_BAD);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_C, C_HEADER, 8,
          "45"), MOLINK_SHORT);
}

GST_END_TEST;

GST_START_TEST (test_row_6_longer_datagram_is_taken)
{
  MolinkFragment fragment;

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, LAST, 204,
          &fragment), MOLINK_OK);
  fail_unless_equals_int (fragment.n_bytes, 200);
  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, LAST, 199,
          &fragment), MOLINK_SHORT);
  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_B, B_LAST, 509,
          &fragment), MOLINK_SHORT);
}

GST_END_TEST;

GST_START_TEST (test_row_9_impossible_numbers)
{
  static const struct
  {
    guint offset;
    const gchar *change;
  } a[] = {
    {4, "00000000"},            /* empty frame */
    {4, "c7000000"},            /* less than the payload */
    {4, "c9000000"},            /* no room for two before it */
    {12, "0010"},               /* index 4096 */
    {12, "ffff"},
    {14, "0000"},               /* no payload */
  }, b[] = {
    {29, "00000000"},
    {29, "fd010000"},
    {33, "0000"},               /* they count from 1 */
    {33, "4600"},               /* the 70th of 69 */
    {33, "0110 0000"},          /* the 4097th */
    {37, "0000"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (a); i++)
    fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST,
            a[i].offset, a[i].change), MOLINK_BAD);
  for (guint i = 0; i < G_N_ELEMENTS (b); i++)
    fail_unless_equals_int (molink_changed (MOLINK_VARIANT_B, B_LAST,
            b[i].offset, b[i].change), MOLINK_BAD);
  /* the greatest that are possible */
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 4,
          "ffffffff"), MOLINK_OK);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 4,
          "ffffffff 0000 0000 ff0f"), MOLINK_OK);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_B, B_LAST, 33,
          "0010 0000"), MOLINK_OK);
}

GST_END_TEST;

GST_START_TEST (test_row_10_what_is_no_fragment)
{
  g_autoptr (GByteArray) bytes = wiretest_hex_padded (LAST, 224);
  MolinkFragment fragment;

  for (guint size = 0; size < MOLINK_A_HEADER_SIZE; size++) {
    g_autofree guint8 *exact = g_memdup2 (bytes->data, size);

    fail_unless_equals_int (molink_probe (exact, size), MOLINK_VARIANT_UNKNOWN);
    fail_unless_equals_int (molink_parse (MOLINK_VARIANT_A, exact, size, 224,
            &fragment), MOLINK_SHORT);
  }
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 0, "67"),
      MOLINK_SHORT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 1, "00"),
      MOLINK_BAD);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 1, "04"),
      MOLINK_BAD);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_A, LAST, 1, "ff"),
      MOLINK_BAD);
  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A, YUYV, 1400,
          &fragment), MOLINK_FORMAT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_B, B_LAST, 24, "04"),
      MOLINK_FORMAT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_B, B_LAST, 0, "98"),
      MOLINK_SHORT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_B, B_LAST, 2, "02"),
      MOLINK_SHORT);
  fail_unless_equals_int (molink_changed (MOLINK_VARIANT_UNKNOWN, LAST, 0,
          "66"), MOLINK_SHORT);
}

GST_END_TEST;

GST_START_TEST (test_row_11_one_fragment_marked_first)
{
  MolinkFragment fragment;

  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A,
          "66 01 01 2a 04000000 00000000 0000 0400 00000000 00000000", 4,
          &fragment), MOLINK_OK);
  fail_unless (fragment.maybe_last && !fragment.last);
  fail_unless_equals_int (molink_from_hex (MOLINK_VARIANT_A,
          "66 02 01 2a 04000000 00000000 0000 0400 00000000 00000000", 4,
          &fragment), MOLINK_OK);
  fail_unless (fragment.last);
}

GST_END_TEST;

GST_START_TEST (test_variants_are_told_apart)
{
  static const struct
  {
    const gchar *hex;
    guint size;
    MolinkVariant variant;
  } probes[] = {
    {WUDAOPU, 1424, MOLINK_VARIANT_A},
    {MIDDLE, 24, MOLINK_VARIANT_A},
    {LAST, 224, MOLINK_VARIANT_A},
    {YUYV, 1424, MOLINK_VARIANT_A},
    {"66 00 01", 100, MOLINK_VARIANT_UNKNOWN},
    {"66 04 01", 100, MOLINK_VARIANT_UNKNOWN},
    {B_FIRST, 1441, MOLINK_VARIANT_B},
    {B_LAST, 52, MOLINK_VARIANT_B},
    {B_LAST, 51, MOLINK_VARIANT_UNKNOWN},
    {"9999 0100", 100, MOLINK_VARIANT_UNKNOWN},
    {C_HEADER, 41, MOLINK_VARIANT_C},
    {"426f756e6461727953", 9, MOLINK_VARIANT_C},
    {"426f756e6461727945", 100, MOLINK_VARIANT_UNKNOWN},
    {"", 100, MOLINK_VARIANT_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (probes); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex_padded (probes[i].hex,
        probes[i].size);

    fail_unless (molink_probe (bytes->data, bytes->len) == probes[i].variant,
        "probe %u", i);
  }
}

GST_END_TEST;

/* Each byte of each header flipped, each truncation: what is accepted is as
 * promised. */
GST_START_TEST (test_damage_is_bounded)
{
  static const gchar *const headers[] = { WUDAOPU, LAST, B_FIRST, B_LAST };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex (headers[i]);
    MolinkVariant variant = i < 2 ? MOLINK_VARIANT_A : MOLINK_VARIANT_B;

    for (guint bit = 0; bit < bytes->len * 8; bit++) {
      const gsize size = bytes->len + 1400;
      MolinkFragment f;

      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
      if (molink_parse (variant, bytes->data, bytes->len, size,
              &f) == MOLINK_OK) {
        fail_unless (f.n_bytes > 0 && f.n_bytes <= 1400);
        fail_unless (f.n_bytes <= f.frame_size);
        fail_unless (f.index < MOLINK_MAX_FRAGMENTS);
      }
      bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    }
    for (guint size = 0; size < bytes->len; size++) {
      g_autofree guint8 *exact = g_memdup2 (bytes->data, size);
      MolinkFragment f;

      fail_unless_equals_int (molink_parse (variant, exact, size, 2000, &f),
          MOLINK_SHORT);
      fail_unless_equals_int (molink_parse (variant, bytes->data, bytes->len,
              size, &f), MOLINK_SHORT);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_inverted_byte)
{
  static const guint32 vectors[][3] = {
    {0, 20188, 13741}, {1, 20188, 13742}, {2, 20188, 13743},
    {1, 20189, 13738}, {257, 95030, 45036}, {0xffffffff, 95030, 0}, {3, 1, 0},
    {5, 0, 0}
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    fail_unless_equals_int (molink_inverted_index (vectors[i][0],
            vectors[i][1]), vectors[i][2]);
  for (guint32 size = 1; size < 5000; size++)
    fail_unless (molink_inverted_index (size * 2654435761u, size) < size);
  fail_unless (molink_inverted_index (0x80000000, G_MAXUINT32) < G_MAXUINT32);
}

GST_END_TEST;

GST_START_TEST (test_angle)
{
  static const struct
  {
    guint32 word;
    gdouble degrees;
  } vectors[] = {
    {0x3c33d3b2, 107.728}, {0x3f7c1032, 281.222}, {0x8001e240, 123.456},
    {0x3ff001f4, 0.0}, {0x80000000, 0.0}, {0x80000000 + 360000, 0.0},
    {0xc0000000 + 359999, 359.999}, {0xbfffffff, 221.823}
  };
  guint16 axes[3] = { 1, 2, 3 };
  gdouble degrees = -1;

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    fail_unless (molink_angle (vectors[i].word, &degrees, NULL));
    wiretest_assert_near (degrees, vectors[i].degrees, 0.0005);
  }
  degrees = -1;
  fail_if (molink_angle (0, &degrees, axes));
  fail_if (molink_angle (1, &degrees, axes));
  /* magnitudes of 63 on two axes */
  fail_if (molink_angle (63 << 10 | (1024 - 63), &degrees, axes));
  fail_unless (degrees < 0 && axes[0] == 1);
  fail_unless (molink_angle (64 << 10, &degrees, axes));
  wiretest_assert_near (degrees, 90.0, 1e-5);
  fail_unless (molink_angle (0x3c33d3b2, &degrees, axes));
  fail_unless_equals_int (axes[0], 0x3c3);
  fail_unless_equals_int (axes[1], 0x0f4);
  fail_unless_equals_int (axes[2], 0x3b2);
  fail_unless (molink_angle (0x8001e240, &degrees, axes));
  fail_unless_equals_int (axes[0] + axes[1] + axes[2], 0);
}

GST_END_TEST;

/* Against the C library, for all readings. */
GST_START_TEST (test_angle_is_accurate)
{
  gdouble worst = 0;

  for (guint32 y = 0; y < 1024; y++)
    for (guint32 z = 0; z < 1024; z++) {
      gdouble dy = y <= 512 ? y : y - 1024.0, dz = z <= 512 ? z : z - 1024.0;
      gdouble degrees, expected;

      if (!molink_angle (y << 10 | z, &degrees, NULL)) {
        fail_unless (fabs (dy) < 64 && fabs (dz) < 64);
        continue;
      }
      expected = atan2 (dy, dz) * (180 / G_PI);
      if (expected < 0)
        expected += 360;
      worst = MAX (worst, fabs (degrees - expected));
      if (degrees < 0 || degrees >= 360)
        fail ("%u, %u: %f", y, z, degrees);
    }
  fail_unless (worst < 1e-5, "off by %g", worst);
}

GST_END_TEST;

static Suite *
molink_suite (void)
{
  Suite *suite = suite_create ("molink");
  TCase *tcase = tcase_create ("messages");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_commands);
  tcase_add_test (tcase, test_fragment_of_a);
  tcase_add_test (tcase, test_fragment_of_b);
  tcase_add_test (tcase, test_header_of_c);
  tcase_add_test (tcase, test_row_6_longer_datagram_is_taken);
  tcase_add_test (tcase, test_row_9_impossible_numbers);
  tcase_add_test (tcase, test_row_10_what_is_no_fragment);
  tcase_add_test (tcase, test_row_11_one_fragment_marked_first);
  tcase_add_test (tcase, test_variants_are_told_apart);
  tcase_add_test (tcase, test_damage_is_bounded);
  tcase_add_test (tcase, test_inverted_byte);
  tcase_add_test (tcase, test_angle);
  tcase_add_test (tcase, test_angle_is_accurate);
  return suite;
}

GST_CHECK_MAIN (molink);
