/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "tstest.h"

#define GPS 0x300
#define VIDEO 0x100
#define AUDIO 0x101
/* Every cut of the common size, and some of the others. */
#define CUT_STEP(packet_size) ((packet_size) == 188 ? 1 : 11)
#define RECORD "[d 2 17172372"  /* fields, local clock, 2024-06-01T10:20 */

static TsGps core;
static TsTest stream;

static void
tsgps_setup (void)
{
  tstest_init (&stream, 188);
}

static void
tsgps_teardown (void)
{
  tstest_clear (&stream);
}

static gchar *
tsgps_log (void)
{
  return tstest_run (&core, stream.bytes->data, stream.bytes->len, 0, 0);
}

/* What a recording looks like: tables, video, audio, GPS once a second. */
static void
tsgps_put_recording (guint seconds)
{
  for (guint i = 0; i < seconds; i++) {
    tstest_put_table (&stream);
    tstest_put_media (&stream, VIDEO, 0xe0, 90000 * (i + 1), 3);
    tstest_put_media (&stream, AUDIO, 0xc0, 90000 * (i + 1) + 5, 2);
    tstest_put_gps (&stream, GPS, 30 + i, 1008);
    tstest_put_media (&stream, VIDEO, 0xe0, 90000 * (i + 1) + 3000, 2);
  }
}

/* Both packets of the Blueskysea B4K, byte for byte. */
GST_START_TEST (test_golden_b4k)
{
  g_autoptr (GByteArray) packets = wiretest_hex (
      /* start, PID 0x300, payload only: 6 + 164 + 14 bytes */
      "47430010 000001bf00dc 0100ff00 30*64 31*64 62*32"
      " 0a000000 14000000 1e000000 1800"
      /* 141 bytes of adaptation field, 42 of payload */
      "47030031 8d00 ff*140 0000 06000000 01000000 414e5700 22536a45 c8123f46"
      "ef819b41 66665442 010002000300040005000600");
  g_autofree gchar *log = NULL;

  fail_unless_equals_int (packets->len, 376);
  g_byte_array_append (stream.bytes, packets->data, packets->len);
  log = tsgps_log ();
  fail_unless_equals_string (log, "1 300 @0 novatek-b4k "
      "[d 1 1717237230000000 37.819930013 -122.478255208 10.000000]\n");
  wiretest_assert_near (core.records[0].course, 53.1, 1e-5);
  fail_unless_equals_uint64 (core.n_packets, 2);
}

GST_END_TEST;

/* The headers of the A119V3's six packets, as it numbers them. */
GST_START_TEST (test_golden_a119v3)
{
  static const guint8 headers[][4] = {
    {0x47, 0x43, 0x00, 0x18}, {0x47, 0x03, 0x00, 0x19},
    {0x47, 0x03, 0x00, 0x1a}, {0x47, 0x03, 0x00, 0x1b},
    {0x47, 0x03, 0x00, 0x1c}, {0x47, 0x03, 0x00, 0x3d},
  };
  g_autofree gchar *log = NULL;

  stream.continuity[GPS] = 8;
  tstest_put_gps (&stream, GPS, 30, 1008);
  fail_unless_equals_int (stream.bytes->len, 6 * 188);
  for (guint i = 0; i < 6; i++)
    fail_unless (memcmp (stream.bytes->data + i * 188, headers[i], 4) == 0);
  /* 1014 bytes are 5 * 184 + 94 */
  fail_unless_equals_int (stream.bytes->data[5 * 188 + 4], 89);
  log = tsgps_log ();
  fail_unless_equals_string (log, "1 300 @0 novatek-ts "
      "[d 2 1717237230000000 -33.856783040 151.215299479 10.000000]\n");
}

GST_END_TEST;

GST_START_TEST (test_recording_of_each_packet_size)
{
  static const unsigned sizes[] = { 188, 192, 204 };

  for (guint i = 0; i < 3; i++) {
    g_autofree gchar *log = NULL;

    tstest_clear (&stream);
    tstest_init (&stream, sizes[i]);
    tsgps_put_recording (3);
    log = tsgps_log ();
    fail_unless_equals_int (core.packet_size, sizes[i]);
    fail_unless_equals_int (tstest_count (log, RECORD), 3);
    fail_unless (strstr (log, " pts 90000 novatek-ts") != NULL);
    fail_unless (strstr (log, " pts 270000 novatek-ts") != NULL);
    fail_unless_equals_uint64 (core.n_packets, stream.bytes->len / sizes[i]);
    fail_unless_equals_uint64 (core.n_lost, 0);
    fail_unless_equals_int (tsgps_probe (stream.bytes->data,
            stream.bytes->len), sizes[i]);
  }
}

GST_END_TEST;

GST_START_TEST (test_splits_give_the_same_events)
{
  static const unsigned sizes[] = { 188, 192, 204 };

  for (guint i = 0; i < 3; i++) {
    g_autofree gchar *whole = NULL;

    tstest_clear (&stream);
    tstest_init (&stream, sizes[i]);
    tsgps_put_recording (2);
    /* sync lost in between, a PES packet without length, one cut off */
    g_byte_array_append (stream.bytes, (const guint8 *) "!GGG", 4);
    tstest_put_gps (&stream, GPS, 40, 0);
    tsgps_put_recording (1);
    tstest_put_gps (&stream, GPS, 41, 1008);
    g_byte_array_set_size (stream.bytes, stream.bytes->len - 3 * sizes[i] - 9);
    whole = tsgps_log ();
    fail_unless_equals_int (tstest_count (whole, RECORD), 5);
    for (gsize cut = 1; cut < stream.bytes->len; cut += CUT_STEP (sizes[i])) {
      g_autofree gchar *log = tstest_run (&core, stream.bytes->data,
          stream.bytes->len, cut, 0);

      fail_unless_equals_string (log, whole);
    }
    for (gsize step = 1; step < 9; step++) {
      g_autofree gchar *log = tstest_run (&core, stream.bytes->data,
          stream.bytes->len, 0, step);

      fail_unless_equals_string (log, whole);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_cut_anywhere_keeps_the_fixes_before_it)
{
  static const unsigned sizes[] = { 188, 192, 204 };

  for (guint i = 0; i < 3; i++) {
    gsize ends[2];

    tstest_clear (&stream);
    tstest_init (&stream, sizes[i]);
    for (guint j = 0; j < G_N_ELEMENTS (ends); j++) {
      tsgps_put_recording (1);
      /* the record is in the first of six packets, two of video follow */
      ends[j] = stream.bytes->len - 7 * sizes[i] -
          (sizes[i] == 192 ? 0 : sizes[i] - 188);
    }
    for (gsize size = 0; size <= stream.bytes->len; size += CUT_STEP (sizes[i])) {
      g_autofree gchar *log = tstest_run (&core, stream.bytes->data, size, 0,
          0);
      guint n = 0;

      while (n < G_N_ELEMENTS (ends) && ends[n] <= size)
        n++;
      fail_unless_equals_int (tstest_count (log, RECORD), n);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_beginning_cut_off_anywhere_keeps_the_fixes_behind_it)
{
  static const unsigned sizes[] = { 188, 192, 204 };

  for (guint i = 0; i < 3; i++) {
    gsize begins[3];

    tstest_clear (&stream);
    tstest_init (&stream, sizes[i]);
    for (guint j = 0; j < G_N_ELEMENTS (begins); j++) {
      tsgps_put_recording (1);
      begins[j] = stream.bytes->len - 8 * sizes[i] + (sizes[i] == 192 ? 4 : 0);
    }
    for (gsize cut = 0; cut < stream.bytes->len; cut += CUT_STEP (sizes[i])) {
      g_autofree gchar *log = tstest_run (&core, stream.bytes->data + cut,
          stream.bytes->len - cut, 0, 0);
      guint n = 0;

      for (guint j = 0; j < G_N_ELEMENTS (begins); j++)
        n += begins[j] >= cut;
      fail_unless_equals_int (tstest_count (log, RECORD), n);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_flipped_bytes_give_something_plausible)
{
  tsgps_put_recording (2);
  for (guint i = 0; i < stream.bytes->len; i++) {
    g_autofree gchar *whole = NULL, *split = NULL;

    stream.bytes->data[i] ^= 0xff;
    whole = tsgps_log ();
    split = tstest_run (&core, stream.bytes->data, stream.bytes->len, 0, 777);
    fail_unless_equals_string (whole, split);
    fail_unless (tstest_count (whole, RECORD) >= 1);
    stream.bytes->data[i] ^= 0xff;
  }
}

GST_END_TEST;

GST_START_TEST (test_garbage_in_front_between_and_behind)
{
  g_autoptr (GByteArray) garbage = wiretest_hex ("47 00*99 47 ff*600 47");
  g_autofree gchar *log = NULL;

  g_byte_array_append (stream.bytes, garbage->data, garbage->len);
  tsgps_put_recording (2);
  g_byte_array_append (stream.bytes, garbage->data, garbage->len);
  tsgps_put_recording (2);
  g_byte_array_append (stream.bytes, garbage->data, garbage->len);
  log = tsgps_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 4);
}

GST_END_TEST;

/* The first byte of a time code stays the same for half a second, and the
 * others may look like a header. */
GST_START_TEST (test_time_codes_that_look_like_packets)
{
  static const guint8 time_code[] = { 0x47, 0x01, 0x23, 0x10 };
  g_autofree gchar *log = NULL;

  tstest_clear (&stream);
  tstest_init (&stream, 192);
  tsgps_put_recording (3);
  for (guint i = 0; i < stream.bytes->len; i += 192)
    memcpy (stream.bytes->data + i, time_code, 4);
  log = tsgps_log ();
  fail_unless_equals_int (core.packet_size, 192);
  fail_unless_equals_int (tstest_count (log, RECORD), 3);
}

GST_END_TEST;

GST_START_TEST (test_what_is_no_stream_gives_nothing)
{
  static const gchar *data[] = { "47", "47*187", "00*5000", "46*300 47*100",
    "ff*3000 47 ff*186"
  };

  for (guint i = 0; i < G_N_ELEMENTS (data); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex (data[i]);
    g_autofree gchar *log = tstest_run (&core, bytes->data, bytes->len, 0, 0);

    fail_unless_equals_string (log, "");
    fail_unless_equals_int (core.packet_size, 0);
    fail_unless_equals_int (tsgps_probe (bytes->data, bytes->len), 0);
  }
}

GST_END_TEST;

GST_START_TEST (test_probe_takes_what_is_there)
{
  tsgps_put_recording (1);
  fail_unless_equals_int (tsgps_probe (stream.bytes->data, 187), 0);
  fail_unless_equals_int (tsgps_probe (stream.bytes->data, 188), 188);
  fail_unless_equals_int (tsgps_probe (stream.bytes->data + 100, 1000), 188);
  fail_unless_equals_int (tsgps_probe (NULL, 0), 0);
}

GST_END_TEST;

GST_START_TEST (test_packet_whose_sync_byte_is_damaged_is_lost_alone)
{
  g_autofree gchar *log = NULL;

  tsgps_put_recording (4);
  /* the first video packet of the second round */
  stream.bytes->data[(14 + 1) * 188] = 0;
  log = tsgps_log ();
  fail_unless_equals_int (tstest_count (log, RECORD), 4);
  fail_unless_equals_uint64 (core.n_packets, 4 * 14 - 1);
}

GST_END_TEST;

GST_START_TEST (test_no_data_is_no_event)
{
  unsigned events = 1;

  tsgps_init (&core);
  fail_unless_equals_int (tsgps_feed (&core, NULL, 0, &events), 0);
  fail_unless_equals_int (events, 0);
  fail_unless_equals_int (tsgps_finish (&core), 0);
}

GST_END_TEST;

GST_START_TEST (test_first_clock_reference)
{
  g_autoptr (GByteArray) packet = wiretest_hex ("4741003f 07 10"
      "fffffffffe12 00*176");
  g_autofree gchar *none = NULL, *log = NULL;

  tsgps_put_recording (1);
  none = tsgps_log ();
  fail_unless (core.first_pcr == TSGPS_PTS_NONE);
  /* 33 bits of 90 kHz; a field that is too short for them; a second one */
  packet->data[4] = 6;
  tstest_put_raw (&stream, packet->data);
  packet->data[4] = 7;
  tstest_put_raw (&stream, packet->data);
  packet->data[6] = 0;
  tstest_put_raw (&stream, packet->data);
  log = tsgps_log ();
  fail_unless_equals_int64 (core.first_pcr, (G_GINT64_CONSTANT (1) << 33) - 1);
}

GST_END_TEST;

GST_START_TEST (test_times_come_from_video_or_else_from_audio)
{
  g_autofree gchar *audio = NULL, *video = NULL;

  tstest_put_gps (&stream, GPS, 30, 1008);
  tstest_put_media (&stream, AUDIO, 0xc1, 1000, 1);
  tstest_put_media (&stream, AUDIO + 1, 0xc2, 2000, 1);
  tstest_put_gps (&stream, GPS, 31, 1008);
  audio = tsgps_log ();
  fail_unless (strstr (audio, "@0 novatek-ts") != NULL);
  fail_unless (strstr (audio, " pts 1000 novatek-ts") != NULL);
  fail_unless_equals_int64 (core.media_pts, 1000);

  tstest_put_media (&stream, VIDEO, 0xe0, 3000, 1);
  tstest_put_media (&stream, AUDIO, 0xc1, 4000, 1);
  tstest_put_media (&stream, VIDEO + 5, 0xe1, 5000, 1);
  tstest_put_gps (&stream, GPS, 32, 1008);
  video = tsgps_log ();
  fail_unless (strstr (video, " pts 3000 novatek-ts") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_video_without_pts_changes_nothing)
{
  static const guint8 headers[][14] = {
    "\0\0\1\xe0\0\0\x80\0\0\x21\1\1\1", /* none */
    "\0\0\1\xe0\0\0\x80\x80\4\x21\1\1\1",       /* no room for it */
    "\0\0\1\xe0\0\0\0\x80\5\x21\1\1\1", /* MPEG-1 */
  };
  g_autofree gchar *log = NULL;

  tstest_put_media (&stream, VIDEO, 0xe0, 3000, 1);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    tstest_put_packet (&stream, VIDEO, TRUE, 0, headers[i], 14);
  tstest_put_packet (&stream, VIDEO, TRUE, 0, headers[0], 9);
  log = tsgps_log ();
  fail_unless_equals_int64 (core.media_pts, 3000);
}

GST_END_TEST;

GST_START_TEST (test_times_go_on_where_33_bits_wrap)
{
  const gint64 turn = G_GINT64_CONSTANT (1) << 33;
  g_autoptr (GByteArray) packet = wiretest_hex ("47410020 b7 10 000000000000"
      "ff*176");
  g_autofree gchar *log = NULL, *back = NULL, *early = NULL;

  tstest_put_media (&stream, VIDEO, 0xe0, (guint64) turn - 100, 1);
  tstest_put_media (&stream, VIDEO, 0xe0, 50, 1);
  tstest_put_media (&stream, VIDEO, 0xe0, 100, 1);
  log = tsgps_log ();
  fail_unless_equals_int64 (core.media_pts, turn + 100);
  tstest_put_media (&stream, VIDEO, 0xe0, (guint64) turn - 7, 1);
  back = tsgps_log ();
  fail_unless_equals_int64 (core.media_pts, turn - 7);

  /* the first one is next to the first clock reference */
  tstest_clear (&stream);
  tstest_init (&stream, 188);
  tstest_put_raw (&stream, packet->data);
  tstest_put_media (&stream, VIDEO, 0xe0, (guint64) turn - 7, 1);
  early = tsgps_log ();
  fail_unless_equals_int64 (core.first_pcr, 0);
  fail_unless_equals_int64 (core.media_pts, -7);
}

GST_END_TEST;

/* A trailer of LigoGPS: header, then slots of 0x84 bytes. */
static void
tsgps_put_trailer (guint n_slots)
{
  const guint32 size = 8 + 20 + n_slots * 0x84 + 8;
  g_autoptr (GByteArray) head = wiretest_hex ("534b4950"
      "4c49474f475053494e464f00 00000005 00000000");

  wiretest_put_u32be (stream.bytes, size);
  g_byte_array_append (stream.bytes, head->data, head->len);
  for (guint i = 0; i < n_slots; i++) {
    gchar slot[0x84] = { 0 };

    g_snprintf (slot + 4, sizeof slot - 4,
        "2024/06/01 10:20:%02u N:48.858370 E:2.294481 36.0 km/h", i);
    g_byte_array_append (stream.bytes, (const guint8 *) slot, sizeof slot);
  }
  g_byte_array_append (stream.bytes, (const guint8 *) "&&&&", 4);
  wiretest_put_u32be (stream.bytes, size);
}

GST_START_TEST (test_trailer_behind_the_last_packet)
{
  static const guint sizes[] = { 188, 192, 204 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree gchar *whole = NULL;

    tstest_clear (&stream);
    tstest_init (&stream, sizes[i]);
    tsgps_put_recording (2);
    tsgps_put_trailer (20);
    whole = tsgps_log ();
    fail_unless_equals_int (tstest_count (whole, RECORD), 2);
    fail_unless_equals_int (tstest_count (whole, "ligo-box [5 2 17172372"), 20);
    for (gsize step = 1; step < 1500; step += step < 200 ? 7 : 111) {
      g_autofree gchar *log = tstest_run (&core, stream.bytes->data,
          stream.bytes->len, 0, step);

      fail_unless_equals_string (log, whole);
    }
    /* a new beginning ends it */
    tsgps_jump (&core, 0);
    fail_unless (core.trailer == NULL);
  }
}

GST_END_TEST;

GST_START_TEST (test_trailer_behind_a_trailer)
{
  g_autofree gchar *whole = NULL;

  tstest_clear (&stream);
  tstest_init (&stream, 188);
  tsgps_put_recording (2);
  tsgps_put_trailer (3);
  tsgps_put_trailer (9);
  whole = tsgps_log ();
  fail_unless_equals_int (tstest_count (whole, "ligo-box [5 2 17172372"), 12);
  for (gsize step = 1; step < 300; step += 7) {
    g_autofree gchar *log = tstest_run (&core, stream.bytes->data,
        stream.bytes->len, 0, step);

    fail_unless_equals_string (log, whole);
  }
}

GST_END_TEST;

static Suite *
tsgps_suite (void)
{
  Suite *suite = suite_create ("tsgps");
  TCase *tcase = tcase_create ("tsgps");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 0);
  tcase_add_checked_fixture (tcase, tsgps_setup, tsgps_teardown);
  tcase_add_test (tcase, test_golden_b4k);
  tcase_add_test (tcase, test_golden_a119v3);
  tcase_add_test (tcase, test_trailer_behind_the_last_packet);
  tcase_add_test (tcase, test_trailer_behind_a_trailer);
  tcase_add_test (tcase, test_recording_of_each_packet_size);
  tcase_add_test (tcase, test_splits_give_the_same_events);
  tcase_add_test (tcase, test_cut_anywhere_keeps_the_fixes_before_it);
  tcase_add_test (tcase,
      test_beginning_cut_off_anywhere_keeps_the_fixes_behind_it);
  tcase_add_test (tcase, test_flipped_bytes_give_something_plausible);
  tcase_add_test (tcase, test_garbage_in_front_between_and_behind);
  tcase_add_test (tcase, test_time_codes_that_look_like_packets);
  tcase_add_test (tcase, test_what_is_no_stream_gives_nothing);
  tcase_add_test (tcase, test_probe_takes_what_is_there);
  tcase_add_test (tcase, test_packet_whose_sync_byte_is_damaged_is_lost_alone);
  tcase_add_test (tcase, test_no_data_is_no_event);
  tcase_add_test (tcase, test_first_clock_reference);
  tcase_add_test (tcase, test_times_come_from_video_or_else_from_audio);
  tcase_add_test (tcase, test_video_without_pts_changes_nothing);
  tcase_add_test (tcase, test_times_go_on_where_33_bits_wrap);
  return suite;
}

GST_CHECK_MAIN (tsgps);
