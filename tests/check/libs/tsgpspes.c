/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "tstest.h"

/* PES packets: how they are put together, kept apart, and lost. */

#define GPS 0x300
#define VIDEO 0x100
#define RECORD "novatek-ts [d 2 17172372"

#define RECORD_AT(second) "novatek-ts [d 2 17172372" #second "000000 " \
    "-33.856783040 151.215299479 10.000000]\n"

static TsGps core;
static TsTest stream;

static void
tsgpspes_setup (void)
{
  tstest_init (&stream, 188);
}

static void
tsgpspes_teardown (void)
{
  tstest_clear (&stream);
}

static gchar *
tsgpspes_log (void)
{
  return tstest_run (&core, stream.bytes->data, stream.bytes->len, 0, 0);
}

/* Two fixes: from now on the PID is known for GPS. */
static void
tsgpspes_put_lock (void)
{
  tstest_put_gps (&stream, GPS, 30, 1008);
  tstest_put_gps (&stream, GPS, 31, 1008);
}

/* A private PES packet that no dialect knows; of size 0: without a length. */
static void
tsgpspes_put_unknown (guint pid, gsize size)
{
  g_autoptr (GByteArray) pes = wiretest_hex_padded ("000001bd 0000 6e6f6e65",
      size > 0 ? (guint) size : 100);

  if (size > 0) {
    pes->data[4] = (guint8) ((size - 6) >> 8);
    pes->data[5] = (guint8) (size - 6);
  }
  tstest_put_pes (&stream, pid, pes->data, pes->len);
}

static void
tsgpspes_drop_packet (guint index_from_end)
{
  g_byte_array_remove_range (stream.bytes,
      stream.bytes->len - (index_from_end + 1) * 188, 188);
}

static guint8 *
tsgpspes_packet (guint index_from_end)
{
  return stream.bytes->data + stream.bytes->len - (index_from_end + 1) * 188;
}

GST_START_TEST (test_missing_packet_loses_the_fix_and_no_other)
{
  for (guint missing = 0; missing < 6; missing++) {
    g_autofree gchar *log = NULL;

    tsgpspes_put_lock ();
    tstest_put_gps (&stream, GPS, 40, 1008);
    tsgpspes_drop_packet (5 - missing);
    tstest_put_gps (&stream, GPS, 32, 1008);
    log = tsgpspes_log ();
    fail_unless_equals_int (tstest_count (log, RECORD "3"), 3);
    fail_unless_equals_int (tstest_count (log, RECORD "4"), 0);
    /* without its start the packet is not known to have been */
    fail_unless_equals_int (tstest_count (log, "4\n") + tstest_count (log,
            "5 "), missing > 0);
    fail_unless_equals_uint64 (core.n_lost, 1);
    tsgpspes_teardown ();
    tsgpspes_setup ();
  }
}

GST_END_TEST;

GST_START_TEST (test_loss_on_a_pid_that_is_not_known_says_nothing)
{
  g_autofree gchar *log = NULL;

  tstest_put_gps (&stream, GPS, 30, 1008);
  tsgpspes_drop_packet (2);
  tstest_put_gps (&stream, GPS, 31, 1008);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, "\n"), 1);
  fail_unless_equals_uint64 (core.n_lost, 0);
}

GST_END_TEST;

GST_START_TEST (test_packets_that_come_twice_count_once)
{
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  for (guint i = 0; i < 6; i++) {
    g_autofree guint8 *packet = NULL;

    tstest_put_gps (&stream, GPS, 32, 100);
    packet = g_memdup2 (tsgpspes_packet (0), 188);
    tstest_put_raw (&stream, packet);
  }
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, "\n"), 2 + 6);
  fail_unless_equals_uint64 (core.n_lost, 0);
}

GST_END_TEST;

GST_START_TEST (test_duplicates_inside_a_pes_packet)
{
  g_autoptr (GByteArray) once = NULL;
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  once = g_steal_pointer (&stream.bytes);
  stream.bytes = g_byte_array_new ();
  for (guint i = 0; i < once->len; i += 188) {
    tstest_put_raw (&stream, once->data + i);
    tstest_put_raw (&stream, once->data + i);
  }
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 2);
  fail_unless_equals_int (tstest_count (log, "\n"), 2);
  fail_unless_equals_uint64 (core.n_lost, 0);
}

GST_END_TEST;

/* Cameras that do not count, or start anew each time. */
GST_START_TEST (test_odd_counters_are_borne_with)
{
  g_autofree gchar *constant = NULL, *anew = NULL;

  for (guint i = 0; i < 4; i++) {
    stream.continuity[GPS] = 0;
    tstest_put_gps (&stream, GPS, 30 + i, 1008);
  }
  anew = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (anew, RECORD), 4);
  fail_unless_equals_int (tstest_count (anew, "\n"), 4);

  for (guint i = 0; i < stream.bytes->len; i += 188)
    stream.bytes->data[i + 3] &= 0xf0;
  /* zeros again and again are not taken for duplicates of the start */
  constant = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (constant, RECORD), 4);
}

GST_END_TEST;

GST_START_TEST (test_discontinuity_drops_what_is_open)
{
  static const guint8 payload[] = { 1, 2, 3 };
  g_autofree gchar *with_payload = NULL, *without = NULL;

  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 40, 1008);
  g_byte_array_set_size (stream.bytes, stream.bytes->len - 188);
  stream.continuity[GPS] = 9;
  tstest_put_packet (&stream, GPS, FALSE, 0x80, payload, sizeof payload);
  tstest_put_gps (&stream, GPS, 32, 1008);
  with_payload = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (with_payload, RECORD "3"), 3);
  fail_unless_equals_int (tstest_count (with_payload, RECORD "4"), 0);
  fail_unless_equals_int (tstest_count (with_payload, "\n4\n"), 1);
  /* it was announced, so nothing is lost */
  fail_unless_equals_uint64 (core.n_lost, 0);

  tsgpspes_teardown ();
  tsgpspes_setup ();
  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 40, 1008);
  g_byte_array_set_size (stream.bytes, stream.bytes->len - 188);
  tstest_put_packet (&stream, GPS, FALSE, 0x80, payload, 0);
  tstest_put_packet (&stream, GPS + 1, FALSE, 0x80, payload, 0);
  tstest_put_packet (&stream, GPS, FALSE, 0, payload, sizeof payload);
  without = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (without, RECORD "4"), 0);
  fail_unless_equals_int (tstest_count (without, "\n4\n"), 1);
}

GST_END_TEST;

GST_START_TEST (test_damaged_and_scrambled_packets_are_left_out)
{
  g_autofree gchar *damaged = NULL, *scrambled = NULL;

  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 40, 1008);
  tsgpspes_packet (3)[1] |= 0x80;
  damaged = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (damaged, RECORD), 2);
  fail_unless_equals_int (tstest_count (damaged, "\n4\n"), 1);
  tsgpspes_packet (3)[1] &= 0x7f;
  for (guint i = 0; i < 6; i++)
    tsgpspes_packet (i)[3] |= 0x80;
  scrambled = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (scrambled, "\n"), 2);
}

GST_END_TEST;

GST_START_TEST (test_adaptation_fields_that_lie)
{
  static const guint8 lengths[] = { 184, 200, 255 };
  guint8 packet[188] = { 0x47, 0x43, 0x00, 0x30 };
  g_autofree gchar *log = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    packet[4] = lengths[i];
    packet[5] = 0x90;
    tstest_put_raw (&stream, packet);
  }
  /* a field without flags, one that leaves no payload */
  packet[4] = 183;
  tstest_put_raw (&stream, packet);
  packet[3] = 0x31;
  packet[4] = 0;
  tstest_put_raw (&stream, packet);
  packet[3] = 0x02;
  tstest_put_raw (&stream, packet);
  tsgpspes_put_lock ();
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, "\n"), 2);
  fail_unless_equals_uint64 (core.n_packets, 6 + 12);
}

GST_END_TEST;

GST_START_TEST (test_without_a_length_the_next_start_ends_it)
{
  g_autofree gchar *log = NULL;

  tstest_put_gps (&stream, GPS, 30, 0);
  tstest_put_media (&stream, VIDEO, 0xe0, 90000, 4);
  /* one that is whole at once: two events by one packet */
  tstest_put_gps (&stream, GPS, 31, 100);
  tstest_put_gps (&stream, GPS, 32, 0);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 3);
  fail_unless (g_str_has_prefix (log, "1 300 @0 novatek-ts"));
  /* the time is that of its start */
  fail_unless (strstr (log, "\n1 300 @1880 pts 90000 ") != NULL);
  fail_unless (strstr (log, "\n1 300 @2068 pts 90000 ") != NULL);
  fail_unless_equals_uint64 (core.n_packets, stream.bytes->len / 188);
}

GST_END_TEST;

GST_START_TEST (test_without_a_length_a_lost_end_loses_it)
{
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 40, 0);
  tsgpspes_drop_packet (0);
  tstest_put_gps (&stream, GPS, 32, 100);
  log = tsgpspes_log ();
  /* both events at once */
  fail_unless_equals_int (tstest_count (log, "\n5 300 @3196 " RECORD "32"), 1);
  fail_unless_equals_int (tstest_count (log, RECORD "4"), 0);
}

GST_END_TEST;

GST_START_TEST (test_without_a_length_64_kib_are_enough)
{
  g_autoptr (GByteArray) pes = tstest_pes (30, 0);
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  g_byte_array_set_size (pes, 200000);
  memset (pes->data + 1000, 0, pes->len - 1000);
  tstest_put_pes (&stream, GPS, pes->data, pes->len);
  tstest_put_gps (&stream, GPS, 33, 100);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, "\n"), 4);
  fail_unless_equals_uint64 (core.n_lost, 0);
}

GST_END_TEST;

GST_START_TEST (test_end_ends_what_is_open_in_the_order_of_the_stream)
{
  g_autofree gchar *log = NULL;

  tstest_put_gps (&stream, GPS, 30, 100);
  tstest_put_gps (&stream, GPS + 1, 31, 0);
  tstest_put_gps (&stream, GPS, 32, 0);
  tsgpspes_put_unknown (GPS + 2, 0);
  log = tsgpspes_log ();
  fail_unless_equals_string (log, "1 300 @0 " RECORD_AT (30)
      "1 301 @188 " RECORD_AT (31) "1 300 @1316 " RECORD_AT (32));
}

GST_END_TEST;

GST_START_TEST (test_longest_length)
{
  g_autofree gchar *log = NULL;

  tstest_put_gps (&stream, GPS, 30, 65535);
  tstest_put_gps (&stream, GPS, 31, 44);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 2);
}

GST_END_TEST;

/* Some cameras say more than they write. */
GST_START_TEST (test_start_ends_what_is_shorter_than_it_said)
{
  g_autoptr (GByteArray) pes = tstest_pes (30, 1008);
  g_autofree gchar *log = NULL;

  tstest_put_pes (&stream, GPS, pes->data, 184);
  pes->data[14] = 31;
  tstest_put_pes (&stream, GPS, pes->data, 300);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 2);
}

GST_END_TEST;

GST_START_TEST (test_header_of_private_stream_1)
{
  g_autoptr (GByteArray) pes = wiretest_hex ("000001bd 0037 8180 08"
      "2100010001 ffffff" "0a000000 14000000 1e000000 18000000 06000000"
      "01000000 41534500 83765145 ac236c46 ef819b41 66665442");
  g_autofree gchar *good = NULL, *bad = NULL, *none = NULL;

  fail_unless_equals_int (pes->len, 6 + 0x37);
  tstest_put_pes (&stream, GPS, pes->data, pes->len);
  good = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (good, RECORD "30"), 1);

  /* a header longer than the packet, then none at all */
  pes->data[8] = 255;
  tstest_put_pes (&stream, GPS, pes->data, pes->len);
  bad = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (bad, "\n"), 1);
  g_byte_array_remove_range (pes, 6, 11);
  pes->data[5] = 44;
  tstest_put_pes (&stream, GPS, pes->data, pes->len);
  none = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (none, RECORD "30"), 2);
}

GST_END_TEST;

GST_START_TEST (test_start_without_its_flag)
{
  g_autofree gchar *log = NULL;

  for (guint i = 0; i < 3; i++)
    tstest_put_gps (&stream, GPS, 30 + i, 100);
  for (guint i = 0; i < 3; i++)
    stream.bytes->data[i * 188 + 1] &= 0xbf;
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 3);
}

GST_END_TEST;

/* A PES packet whose first bytes have a packet of their own. */
static void
tsgpspes_put_spread (guint pid, const guint8 * pes, gsize size, gsize head)
{
  tstest_put_packet (&stream, pid, TRUE, 0, pes, head);
  for (gsize at = head; at < size; at += 184)
    tstest_put_packet (&stream, pid, FALSE, 0, pes + at, MIN (184, size - at));
}

GST_START_TEST (test_start_code_may_be_spread_over_packets)
{
  const gsize head = (gsize) __i__;
  g_autoptr (GByteArray) video = wiretest_hex_padded ("000001e0 0000", 300);
  g_autoptr (GByteArray) none = wiretest_hex_padded ("000000bf 0000", 300);
  g_autofree gchar *log = NULL;

  for (guint second = 30; second < 33; second++) {
    g_autoptr (GByteArray) pes = tstest_pes (second, 1008);

    tsgpspes_put_spread (GPS, pes->data, pes->len, head);
    tsgpspes_put_spread (GPS + 1, video->data, video->len, head);
    tsgpspes_put_spread (GPS + 2, none->data, none->len, head);
  }
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 3);
  fail_unless_equals_int (tstest_count (log, "\n"), 3);
  fail_if (core.pid_class[GPS + 1] > 1);
}

GST_END_TEST;

GST_START_TEST (test_tables_and_stuffing_are_no_gps)
{
  static const guint pids[] = { 0, 1, 0x10, 0x11, 0x1f, 0x1fff };
  g_autofree gchar *log = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    tstest_put_gps (&stream, pids[i], 30, 100);
  /* sections on a PID of their own */
  for (guint i = 0; i < 3; i++) {
    tstest_put_table (&stream);
    tsgpspes_packet (0)[1] |= 0x10;
  }
  /* a start without its code */
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GByteArray) pes = tstest_pes (30, 100);

    pes->data[i] ^= i < 3 ? 8 : 0x80;
    tstest_put_pes (&stream, GPS + i, pes->data, pes->len);
  }
  tstest_put_gps (&stream, 0x20, 31, 100);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 1);
  fail_unless (strstr (log, "1 20 ") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_media_is_not_searched_for_records)
{
  static const guint8 ids[] = { 0xc0, 0xdf, 0xe0, 0xef, 0xbe };
  g_autofree gchar *log = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GByteArray) pes = tstest_pes (30, 100);

    pes->data[3] = ids[i];
    tstest_put_pes (&stream, GPS + i, pes->data, pes->len);
  }
  log = tsgpspes_log ();
  fail_unless_equals_string (log, "");
}

GST_END_TEST;

/* Files of different cameras, one behind the other. */
GST_START_TEST (test_pid_may_change_its_kind)
{
  g_autofree gchar *log = NULL;

  tstest_put_media (&stream, GPS, 0xe0, 90000, 3);
  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 32, 0);
  tstest_put_media (&stream, GPS, 0xe0, 95000, 3);
  tstest_put_gps (&stream, GPS, 33, 1008);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD "30"), 1);
  fail_unless_equals_int (tstest_count (log, RECORD "31"), 1);
  fail_unless_equals_int (tstest_count (log, RECORD "33"), 1);
}

GST_END_TEST;

GST_START_TEST (test_unknown_payload_is_told_of_gps_pids_only)
{
  g_autofree gchar *log = NULL;

  tsgpspes_put_unknown (GPS, 100);
  tstest_put_gps (&stream, GPS, 30, 100);
  tsgpspes_put_unknown (GPS + 1, 100);
  tsgpspes_put_unknown (GPS, 100);
  /* once is not for good */
  tsgpspes_put_unknown (GPS, 100);
  tsgpspes_put_lock ();
  for (guint i = 0; i < 40; i++)
    tsgpspes_put_unknown (GPS, 100);
  tstest_put_gps (&stream, GPS, 32, 100);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 4);
  fail_unless_equals_int (tstest_count (log, " ?\n"), 1 + 40);
  fail_unless (strstr (log, "\n2 300 @564 ?\n") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_empty_payload_is_none)
{
  g_autoptr (GByteArray) pes = wiretest_hex ("000001bd 0003 808000");
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  tstest_put_pes (&stream, GPS, pes->data, pes->len);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, "\n"), 2);
}

GST_END_TEST;

/* Puts one packet of each of many private PIDs, as subtitles would be. */
static void
tsgpspes_put_crowd (guint n, guint rounds, gsize size)
{
  for (guint round = 0; round < rounds; round++)
    for (guint i = 0; i < n; i++)
      tsgpspes_put_unknown (0x500 + i, size);
}

GST_START_TEST (test_gps_pid_keeps_its_place_in_a_crowd)
{
  g_autoptr (GByteArray) pes = tstest_pes (32, 1008);
  g_autofree gchar *log = NULL;

  tsgpspes_put_lock ();
  for (gsize at = 0; at < pes->len; at += 184) {
    tstest_put_packet (&stream, GPS, at == 0, 0, pes->data + at,
        MIN (184, pes->len - at));
    tsgpspes_put_crowd (10, 1, 180);
  }
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 3);
}

GST_END_TEST;

GST_START_TEST (test_new_pid_finds_a_place_among_those_that_never_match)
{
  g_autoptr (GByteArray) pes = tstest_pes (32, 1008);
  g_autofree gchar *log = NULL;

  tsgpspes_put_crowd (10, 20, 100);
  for (gsize at = 0; at < pes->len; at += 184) {
    tstest_put_packet (&stream, GPS, at == 0, 0, pes->data + at,
        MIN (184, pes->len - at));
    tsgpspes_put_crowd (10, 1, 180);
  }
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 1);
}

GST_END_TEST;

/* Four known PIDs fill the slots. */
GST_START_TEST (test_no_room_is_made_for_the_unknown)
{
  g_autofree gchar *log = NULL;

  for (guint i = 0; i < TSGPS_N_SLOTS; i++)
    tstest_put_gps (&stream, GPS + i, 30, 100);
  tsgpspes_put_crowd (3, 3, 100);
  tstest_put_gps (&stream, 0x600, 35, 100);
  for (guint i = 0; i < TSGPS_N_SLOTS; i++)
    tstest_put_gps (&stream, GPS + i, 31, 100);
  log = tsgpspes_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 8);
}

GST_END_TEST;

GST_START_TEST (test_jump_drops_what_is_open_and_keeps_what_is_known)
{
  GString *log = g_string_new (NULL);
  gsize at = 0, jump;
  unsigned events;

  tstest_put_media (&stream, VIDEO, 0xe0, 90000, 3);
  tsgpspes_put_lock ();
  tstest_put_gps (&stream, GPS, 32, 1008);
  tstest_put_gps (&stream, GPS, 33, 1008);
  tsgps_init (&core);
  /* into the third, from there to the last packet of the fourth */
  jump = (3 + 12 + 2) * 188 + 50;
  while (at < jump) {
    at += tsgps_feed (&core, stream.bytes->data + at, jump - at, &events);
    if (events)
      tstest_print (log, &core, events);
  }
  fail_unless_equals_int (tstest_count (log->str, RECORD), 2);
  fail_unless_equals_int64 (core.media_pts, 90000);
  tsgps_jump (&core, 1000000);
  fail_unless (core.media_pts == TSGPS_PTS_NONE);
  tsgps_feed (&core, stream.bytes->data + (3 + 12 + 5) * 188, 7 * 188, &events);
  while (events || (events = tsgps_finish (&core))) {
    tstest_print (log, &core, events);
    events = 0;
  }
  fail_unless_equals_int (tstest_count (log->str, RECORD), 3);
  fail_unless (strstr (log->str, "\n1 300 @1000188 novatek-ts") != NULL);
  fail_unless_equals_uint64 (core.n_lost, 0);
  g_string_free (log, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_state_is_what_is_said_of_it)
{
  fail_unless (sizeof (TsGps) <= 300 * 1024);
}

GST_END_TEST;

static Suite *
tsgpspes_suite (void)
{
  Suite *suite = suite_create ("tsgpspes");
  TCase *tcase = tcase_create ("tsgpspes");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, tsgpspes_setup, tsgpspes_teardown);
  tcase_add_test (tcase, test_missing_packet_loses_the_fix_and_no_other);
  tcase_add_test (tcase, test_loss_on_a_pid_that_is_not_known_says_nothing);
  tcase_add_test (tcase, test_packets_that_come_twice_count_once);
  tcase_add_test (tcase, test_duplicates_inside_a_pes_packet);
  tcase_add_test (tcase, test_odd_counters_are_borne_with);
  tcase_add_test (tcase, test_discontinuity_drops_what_is_open);
  tcase_add_test (tcase, test_damaged_and_scrambled_packets_are_left_out);
  tcase_add_test (tcase, test_adaptation_fields_that_lie);
  tcase_add_test (tcase, test_without_a_length_the_next_start_ends_it);
  tcase_add_test (tcase, test_without_a_length_a_lost_end_loses_it);
  tcase_add_test (tcase, test_without_a_length_64_kib_are_enough);
  tcase_add_test (tcase, test_end_ends_what_is_open_in_the_order_of_the_stream);
  tcase_add_test (tcase, test_longest_length);
  tcase_add_test (tcase, test_start_ends_what_is_shorter_than_it_said);
  tcase_add_test (tcase, test_header_of_private_stream_1);
  tcase_add_test (tcase, test_start_without_its_flag);
  tcase_add_loop_test (tcase, test_start_code_may_be_spread_over_packets, 1, 8);
  tcase_add_test (tcase, test_tables_and_stuffing_are_no_gps);
  tcase_add_test (tcase, test_media_is_not_searched_for_records);
  tcase_add_test (tcase, test_pid_may_change_its_kind);
  tcase_add_test (tcase, test_unknown_payload_is_told_of_gps_pids_only);
  tcase_add_test (tcase, test_empty_payload_is_none);
  tcase_add_test (tcase, test_gps_pid_keeps_its_place_in_a_crowd);
  tcase_add_test (tcase,
      test_new_pid_finds_a_place_among_those_that_never_match);
  tcase_add_test (tcase, test_no_room_is_made_for_the_unknown);
  tcase_add_test (tcase, test_jump_drops_what_is_open_and_keeps_what_is_known);
  tcase_add_test (tcase, test_state_is_what_is_said_of_it);
  return suite;
}

GST_CHECK_MAIN (tsgpspes);
