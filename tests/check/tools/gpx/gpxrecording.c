/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#define _GNU_SOURCE

#include "gpxtest.h"

#include <gst/check/gstcheck.h>

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Those that can be decoded, with the number of their fixes. */
static const struct
{
  const gchar *name;
  const gchar *container;
  guint n_fixes;
} samples[] = {
  {"synthetic/ts_viofo_a119v3.ts", "MPEG-TS", 5},
  {"synthetic/ts_blueskysea_b4k.ts", "MPEG-TS", 5},
  {"synthetic/mp4_fgps03_viofo_a119v3.mp4", "MP4", 5},
  {"synthetic/mp4_fgps17_viofo_a119s.mp4", "MP4", 5},
  {"synthetic/mp4_fgps17_transcend_dp230_f64.mp4", "MP4", 5},
  {"synthetic/edge_no_gps_table.mp4", "MP4", 5},
  {"synthetic/edge_void_and_gap.mp4", "MP4", 7},
  {"real/dcm_viofo_a119v3.TS", "MPEG-TS", 10},
};

static void
assert_all_fixes (Recording * recording, guint n_fixes, const gchar * container)
{
  fail_unless (recording != NULL);
  fail_unless (recording->damage == NULL);
  assert_equals_int (recording->n_fixes, n_fixes);
  assert_equals_string (recording->container, container);
}

GST_START_TEST (test_file_and_pipe_give_the_same)
{
  static const gsize steps[] = { 65536, 4096, 1021 };
  g_autoptr (GByteArray) data = gpxtest_load (samples[__i__].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) file = NULL;
  g_autofree gchar *expected = NULL;

  if (!data)
    return;
  file = gpxtest_read_file (data->data, data->len, &error);
  assert_all_fixes (file, samples[__i__].n_fixes, samples[__i__].container);
  expected = gpxtest_summarise (file);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (Recording) piped = gpxtest_read_pipe (data->data, data->len,
        steps[i], &error);
    g_autofree gchar *got = NULL;

    assert_all_fixes (piped, samples[__i__].n_fixes, samples[__i__].container);
    got = gpxtest_summarise (piped);
    assert_equals_string (got, expected);
  }
}

GST_END_TEST;

static void
assert_refused (const guint8 * data, gsize size, GQuark domain, gint code)
{
  for (guint piped = 0; piped < 2; piped++) {
    g_autoptr (GError) error = NULL;

    fail_if (piped ? gpxtest_read_pipe (data, size, size + 1, &error)
        : gpxtest_read_file (data, size, &error));
    fail_unless (g_error_matches (error, domain, code), "%s", error->message);
  }
}

GST_START_TEST (test_nothing_is_no_recording)
{
  g_autoptr (GError) error = NULL;

  assert_refused ((const guint8 *) "", 0, RECORDING_ERROR,
      RECORDING_ERROR_FORMAT);
  fail_if (gpxtest_read_file ((const guint8 *) "", 0, &error));
  assert_equals_string (error->message, "is empty");
}

GST_END_TEST;

/* The letter G is what packets of a transport stream begin with. */
GST_START_TEST (test_text_is_no_recording)
{
  g_autofree gchar *text = g_strnfill (100000, 'G');
  g_autoptr (GByteArray) noise = gpxtest_new_noise (1, 300000);

  for (gsize size = 1; size < 1000; size += 7) {
    for (gsize i = 0; i < size; i++)
      text[i] = i % 37 == 0 ? 'G' : 'o';
    assert_refused ((const guint8 *) text, size, RECORDING_ERROR,
        RECORDING_ERROR_FORMAT);
  }
  assert_refused (noise->data, noise->len, RECORDING_ERROR,
      RECORDING_ERROR_FORMAT);
}

GST_END_TEST;

GST_START_TEST (test_folder_is_no_recording)
{
  g_autoptr (GError) error = NULL;
  gint fd = recording_open ("/", &error);

  fail_unless (fd >= 0);
  fail_if (gpxtest_read (fd, "/", -1, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY));
  close (fd);
}

GST_END_TEST;

GST_START_TEST (test_missing_file)
{
  g_autoptr (GError) error = NULL;

  assert_equals_int (recording_open ("/nowhere/a.MP4", &error), -1);
  fail_unless (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  fail_if (recording_probe ("/nowhere/a.MP4"));
}

GST_END_TEST;

/* Cut anywhere in its first packets, as a recording in a ring is. */
GST_START_TEST (test_transport_stream_that_begins_inside_a_packet)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GByteArray) data = gpxtest_load (samples[i].name);

    for (guint cut = 0; data && cut < 600; cut += 7) {
      g_autoptr (GError) error = NULL;
      g_autoptr (Recording) recording = gpxtest_read_file (data->data + cut,
          data->len - cut, &error);

      assert_all_fixes (recording, samples[i].n_fixes, "MPEG-TS");
    }
  }
}

GST_END_TEST;

/* Also longer than what is read at a time. */
GST_START_TEST (test_transport_stream_of_few_packets)
{
  /* with a PES packet of one TS packet: record and stuffing */
  static const guint8 start[] = {
    0x47, 0x43, 0x00, 0x10, 0, 0, 1, 0xbf, 0, 178,
    10, 0, 0, 0, 20, 0, 0, 0, 30, 0, 0, 0, 24, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 0,
    'A', 'S', 'E', 0, 0x83, 0x76, 0x51, 0x45, 0xac, 0x23, 0x6c, 0x46,
    0xef, 0x81, 0x9b, 0x41, 0x66, 0x66, 0x54, 0x42,
  };

  for (guint n = 2; n <= 7; n++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    g_byte_array_set_size (bytes, n * 188);
    memset (bytes->data, 0, bytes->len);
    for (guint i = 0; i < n; i++) {
      memcpy (bytes->data + i * 188, start, sizeof start);
      bytes->data[i * 188 + 3] |= (guint8) i;
      bytes->data[i * 188 + 18] = (guint8) i;
    }
    recording = gpxtest_read_file (bytes->data, bytes->len, &error);
    assert_all_fixes (recording, n, "MPEG-TS");
  }
}

GST_END_TEST;

GST_START_TEST (test_transport_stream_behind_garbage)
{
  static const guint sizes[] = { 1, 17, 187, 188, 204, 1000, 5000, 100000,
    262144, 300001, 600000
  };
  g_autoptr (GByteArray) data = gpxtest_load (samples[0].name);

  for (guint i = 0; data && i < 2 * G_N_ELEMENTS (sizes); i++) {
    guint size = sizes[i / 2];
    g_autoptr (GByteArray) bytes = gpxtest_new_noise (i, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    if (i % 2)
      memset (bytes->data, 0, bytes->len);
    g_byte_array_append (bytes, data->data, data->len);
    recording = gpxtest_read_file (bytes->data, bytes->len, &error);
    assert_all_fixes (recording, samples[0].n_fixes, "MPEG-TS");
    g_clear_pointer (&recording, recording_free);
    recording = gpxtest_read_pipe (bytes->data, bytes->len, 4096, &error);
    assert_all_fixes (recording, samples[0].n_fixes, "MPEG-TS");
  }
}

GST_END_TEST;

/* With a time code before each packet, or check bytes behind it. */
GST_START_TEST (test_transport_stream_of_longer_packets)
{
  static const guint before[] = { 4, 0 };
  static const guint behind[] = { 0, 16 };
  g_autoptr (GByteArray) data = gpxtest_load (samples[1].name);

  for (guint i = 0; data && i < 2; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = NULL;

    for (guint at = 0; at + 188 <= data->len; at += 188) {
      g_byte_array_append (bytes, (const guint8 *) "0123", before[i]);
      g_byte_array_append (bytes, data->data + at, 188);
      g_byte_array_append (bytes, (const guint8 *) "0123456789abcdef",
          behind[i]);
    }
    recording = gpxtest_read_file (bytes->data, bytes->len, &error);
    assert_all_fixes (recording, samples[1].n_fixes, "MPEG-TS");
  }
}

GST_END_TEST;

/* Pieces of an MP4 that some tool has brought back from a card. */
GST_START_TEST (test_piece_of_an_mp4)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[5].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  guint cut = 101;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data + cut, data->len - cut, &error);
  assert_all_fixes (recording, samples[5].n_fixes, "MP4");
}

GST_END_TEST;

GST_START_TEST (test_recording_without_gps)
{
  g_autoptr (GByteArray) data = gpxtest_load ("real/dcm_generic_nogps.TS");
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  g_autofree gchar *text = NULL;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data, data->len, &error);
  assert_all_fixes (recording, 0, "MPEG-TS");
  text = recording_describe (recording);
  assert_equals_string (text, "no GPS fixes found");
}

GST_END_TEST;

GST_START_TEST (test_dialect_that_cannot_be_decoded_is_named)
{
  g_autoptr (GByteArray) data =
      gpxtest_load ("synthetic/mp4_fgps08_akaso_v1_encrypted.mp4");
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  g_autofree gchar *text = NULL;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data, data->len, &error);
  assert_all_fixes (recording, 0, "MP4");
  fail_unless (recording->n_encrypted > 0);
  text = recording_describe (recording);
  fail_unless (strstr (text, "akaso-v1") != NULL, "%s", text);
}

GST_END_TEST;

GST_START_TEST (test_the_way_to_guessed_positions_is_named)
{
  g_autoptr (GByteArray) data = gpxtest_load ("synthetic/ts_jomise_t860s.ts");
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  g_autofree gchar *text = NULL;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data, data->len, &error);
  assert_all_fixes (recording, 0, "MPEG-TS");
  text = recording_describe (recording);
  fail_unless (strstr (text, "by a guess, with -d") != NULL, "%s", text);
}

GST_END_TEST;

GST_START_TEST (test_nothing_to_say_of_a_good_recording)
{
  g_autoptr (GByteArray) data = gpxtest_load (samples[6].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data, data->len, &error);
  fail_unless (recording_describe (recording) == NULL);
}

GST_END_TEST;

/* Being stopped is an end like any other. */
GST_START_TEST (test_stop_before_anything_came)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  gint stop[2], data[2];

  fail_unless (pipe (stop) == 0 && pipe (data) == 0);
  fail_unless (write (stop[1], "", 1) == 1);
  recording = gpxtest_read (data[0], "pipe", stop[0], &error);
  fail_unless (recording != NULL && recording->damage == NULL);
  assert_equals_int (recording->n_fixes, 0);
  for (guint i = 0; i < 2; i++) {
    close (stop[i]);
    close (data[i]);
  }
}

GST_END_TEST;

typedef struct
{
  GByteArray *bytes;
  gint data_fd;
  gint stop_fd;
} StopWriter;

/* Two times the recording, so that the first is out of the pipe for sure. */
static gpointer
write_and_stop (gpointer user_data)
{
  StopWriter *self = user_data;

  for (guint i = 0; i < 2; i++)
    fail_unless (write (self->data_fd, self->bytes->data,
            self->bytes->len) == (gssize) self->bytes->len);
  fail_unless (write (self->stop_fd, "", 1) == 1);
  return NULL;
}

GST_START_TEST (test_stop_wakes_up_and_keeps_what_came)
{
  g_autoptr (GByteArray) bytes = gpxtest_load (samples[7].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  StopWriter writer;
  GThread *thread;
  gint stop[2], data[2];

  if (!bytes)
    return;
  fail_unless (pipe (stop) == 0 && pipe (data) == 0);
  writer = (StopWriter) {
  bytes, data[1], stop[1]};
  thread = g_thread_new ("writer", write_and_stop, &writer);
  /* the pipe stays open: nothing but the stop ends this */
  recording = gpxtest_read (data[0], "pipe", stop[0], &error);
  g_thread_join (thread);
  fail_unless (recording != NULL && recording->damage == NULL);
  fail_unless (recording->n_fixes >= 10);
  for (guint i = 0; i < 2; i++) {
    close (stop[i]);
    close (data[i]);
  }
}

GST_END_TEST;

GST_START_TEST (test_stopped_file)
{
  g_autoptr (GByteArray) bytes = gpxtest_load (samples[3].name);
  gint stop[2], fd;

  if (!bytes)
    return;
  fail_unless (pipe (stop) == 0);
  fail_unless (write (stop[1], "", 1) == 1);
  fd = gpxtest_open (bytes->data, bytes->len);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Recording) recording = gpxtest_read (fd, "file",
        i ? -1 : stop[0], &error);

    fail_unless (recording != NULL && recording->damage == NULL);
    assert_equals_int (recording->n_fixes, i ? 5 : 0);
  }
  close (fd);
  close (stop[0]);
  close (stop[1]);
}

GST_END_TEST;

/* A FIFO that nobody writes to yet is no reason to hang where no signal
 * helps. */
GST_START_TEST (test_fifo_without_writer)
{
  g_autofree gchar *folder = g_dir_make_tmp ("gpxrecording-XXXXXX", NULL);
  g_autofree gchar *path = g_build_filename (folder, "fifo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  gint stop[2], fd;

  fail_unless (mkfifo (path, 0600) == 0);
  fail_unless (pipe (stop) == 0);
  fd = recording_open (path, &error);
  fail_unless (fd >= 0);
  fail_unless (write (stop[1], "", 1) == 1);
  recording = gpxtest_read (fd, path, stop[0], &error);
  fail_unless (recording != NULL && recording->n_fixes == 0);
  fail_if (recording_probe (path));
  close (fd);
  close (stop[0]);
  close (stop[1]);
  fail_unless (g_unlink (path) == 0 && g_rmdir (folder) == 0);
}

GST_END_TEST;

/* A connection that breaks: what had come stays, and the reason is told. */
GST_START_TEST (test_read_error_keeps_what_came)
{
  g_autoptr (GByteArray) bytes = gpxtest_load (samples[1].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  g_autofree gchar *text = NULL;
  gint size = 1 << 20, fds[2];

  if (!bytes)
    return;
  fail_unless (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  (void) setsockopt (fds[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  fail_unless (write (fds[1], bytes->data, bytes->len) == (gssize) bytes->len);
  /* closed with this unread, the connection is reset */
  fail_unless (write (fds[0], "", 1) == 1);
  close (fds[1]);
  recording = gpxtest_read (fds[0], "socket", -1, &error);
  fail_unless (recording != NULL);
  assert_equals_int (recording->n_fixes, 5);
  fail_unless (g_error_matches (recording->damage, G_IO_ERROR,
          G_IO_ERROR_CONNECTION_CLOSED));
  text = recording_describe (recording);
  fail_unless (g_str_has_prefix (text, "cannot be read: "), "%s", text);
  close (fds[0]);
}

GST_END_TEST;

GST_START_TEST (test_read_error_before_anything_came)
{
  g_autoptr (GError) error = NULL;
  gint fds[2];

  fail_unless (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  fail_unless (write (fds[0], "", 1) == 1);
  close (fds[1]);
  fail_if (gpxtest_read (fds[0], "socket", -1, &error));
  fail_unless (g_error_matches (error, G_IO_ERROR,
          G_IO_ERROR_CONNECTION_CLOSED));
  close (fds[0]);
}

GST_END_TEST;

/* Standard input that somebody has read a part of is read on from there. */
GST_START_TEST (test_file_that_is_not_at_its_start)
{
  g_autoptr (GByteArray) before = gpxtest_load (samples[0].name);
  g_autoptr (GByteArray) bytes = gpxtest_load (samples[1].name);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;
  gint fd;

  if (!bytes)
    return;
  g_byte_array_prepend (bytes, before->data, before->len);
  fd = gpxtest_open (bytes->data, bytes->len);
  fail_unless (lseek (fd, before->len, SEEK_SET) == before->len);
  recording = gpxtest_read (fd, "file", -1, &error);
  assert_all_fixes (recording, 5, "MPEG-TS");
  assert_equals_string (recording->source, "novatek-b4k");
  close (fd);
}

GST_END_TEST;

/* In the samples a record stands among the pictures of its second. */
GST_START_TEST (test_records_tell_when_the_media_come_to_them)
{
  static const gchar *const names[] = {
    "synthetic/mp4_fgps03_viofo_a119v3.mp4",
    "synthetic/mp4_text_nmea.mp4",
    "synthetic/ts_viofo_a119v3.ts",
  };
  g_autoptr (GByteArray) data = gpxtest_load (names[__i__]);
  g_autoptr (GError) error = NULL;
  g_autoptr (Recording) recording = NULL;

  if (!data)
    return;
  recording = gpxtest_read_file (data->data, data->len, &error);
  assert_equals_int (recording->records->len, 5);
  for (guint i = 0; i < recording->records->len; i++) {
    const RecordingRecord *record = spool_get (recording->records, i);
    gint64 time = record->media_us;

    assert_equals_int64 (time / G_USEC_PER_SEC, i);
    if (g_str_equal (recording->container, "MP4"))
      assert_equals_int64 (time % G_USEC_PER_SEC, 0);
  }
}

GST_END_TEST;

static Suite *
gpxrecording_suite (void)
{
  Suite *s = suite_create ("gpxrecording");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_loop_test (tc, test_file_and_pipe_give_the_same, 0,
      G_N_ELEMENTS (samples));
  tcase_add_test (tc, test_nothing_is_no_recording);
  tcase_add_test (tc, test_text_is_no_recording);
  tcase_add_test (tc, test_folder_is_no_recording);
  tcase_add_test (tc, test_missing_file);
  tcase_add_test (tc, test_transport_stream_that_begins_inside_a_packet);
  tcase_add_test (tc, test_transport_stream_behind_garbage);
  tcase_add_test (tc, test_transport_stream_of_few_packets);
  tcase_add_test (tc, test_transport_stream_of_longer_packets);
  tcase_add_test (tc, test_piece_of_an_mp4);
  tcase_add_test (tc, test_recording_without_gps);
  tcase_add_test (tc, test_dialect_that_cannot_be_decoded_is_named);
  tcase_add_test (tc, test_the_way_to_guessed_positions_is_named);
  tcase_add_test (tc, test_nothing_to_say_of_a_good_recording);
  tcase_add_test (tc, test_stop_before_anything_came);
  tcase_add_test (tc, test_stop_wakes_up_and_keeps_what_came);
  tcase_add_test (tc, test_stopped_file);
  tcase_add_test (tc, test_fifo_without_writer);
  tcase_add_test (tc, test_read_error_keeps_what_came);
  tcase_add_test (tc, test_read_error_before_anything_came);
  tcase_add_test (tc, test_file_that_is_not_at_its_start);
  tcase_add_loop_test (tc, test_records_tell_when_the_media_come_to_them, 0, 3);
  return s;
}

GST_CHECK_MAIN (gpxrecording);
