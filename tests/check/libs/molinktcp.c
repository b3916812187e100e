/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/molinktcp.h"

/* docs/wire/molink.md: a header of 41 bytes, and the bytes that follow the payload. */
#define START " 426f756e6461727953 "
#define END " 426f756e6461727945 "
#define HEADER(size, number) START "00000100" size "00000000" number \
    "00000000 0000 0000 80020000 e0010000"
#define SIX HEADER ("06000000", "01000000") "010203040506" END
#define TWO HEADER ("02000000", "02000000") "aabb" END
/* a frame header, a table, picture data with a stuffed byte and a restart */
#define BARE "ffd8 ffdb 0004 ffd9 ffc0 0003 08 ffff dd 0004 0001" \
    "ffda 0003 00 1122 ff00 33 ffd0 44 ffd9"

typedef struct
{
  MolinkTcp core;
  guint8 *memory;
  gsize most_memory;
  GString *log;                 /* what happened, in words, and where */
} TcpTest;

static void
molinktcp_init (TcpTest * self)
{
  memset (self, 0, sizeof *self);
  molink_tcp_init (&self->core);
  self->log = g_string_new (NULL);
}

static void
molinktcp_clear (TcpTest * self)
{
  g_free (self->memory);
  g_string_free (self->log, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TcpTest, molinktcp_clear);

static void
molinktcp_event (TcpTest * self, guint events, gsize position)
{
  MolinkTcp *core = &self->core;

  fail_unless (events == MOLINK_TCP_FRAME || events == MOLINK_TCP_SKIPPED ||
      events == MOLINK_TCP_WANTS_MEMORY);
  if (events == MOLINK_TCP_WANTS_MEMORY) {
    guint8 *memory = g_malloc (core->need);

    fail_unless (core->need > core->capacity);
    memset (memory, 0x5a, core->need);
    if (core->n_bytes > 0)
      memcpy (memory, self->memory, core->n_bytes);
    g_free (self->memory);
    self->memory = memory;
    self->most_memory = MAX (self->most_memory, core->need);
    molink_tcp_give (core, memory, core->need);
  } else if (events == MOLINK_TCP_SKIPPED) {
    g_string_append_printf (self->log, "skip@%" G_GSIZE_FORMAT " ", position);
  } else {
    g_string_append_printf (self->log, "%s%u:", core->bare ? "bare" : "frame",
        core->frame_id);
    for (guint i = 0; i < core->size; i++)
      g_string_append_printf (self->log, "%02x", self->memory[i]);
    g_string_append_printf (self->log, "@%" G_GSIZE_FORMAT " ", position);
    g_clear_pointer (&self->memory, g_free);
    molink_tcp_give (core, NULL, 0);
  }
}

/* From memory of just that size. */
static void
molinktcp_feed (TcpTest * self, const guint8 * data, gsize size, gsize position)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);
  gsize at = 0;

  while (at < size) {
    guint events;
    gsize n = molink_tcp_feed (&self->core, exact + at, size - at, &events);

    fail_unless (n <= size - at && (events || n == size - at));
    at += n;
    if (events)
      molinktcp_event (self, events, position + at);
  }
}

/* The log for the bytes, whole, at every split in two, and byte by byte. */
static gchar *
molinktcp_run (const gchar * hex, guint32 max_frame_size)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  g_autofree gchar *log = NULL;

  for (gsize split = 0; split <= bytes->len + 1; split++) {
    g_auto (TcpTest) test;

    molinktcp_init (&test);
    if (max_frame_size > 0)
      test.core.max_frame_size = max_frame_size;
    if (split <= bytes->len) {
      molinktcp_feed (&test, bytes->data, split, 0);
      molinktcp_feed (&test, bytes->data + split, bytes->len - split, split);
    } else {
      for (gsize i = 0; i < bytes->len; i++)
        molinktcp_feed (&test, bytes->data + i, 1, i);
    }
    fail_unless (test.most_memory <= test.core.max_frame_size);
    if (!log)
      log = g_strdup (test.log->str);
    fail_unless_equals_string (test.log->str, log);
  }
  return g_steal_pointer (&log);
}

static void
molinktcp_assert (const gchar * hex, const gchar * expected)
{
  g_autofree gchar *log = molinktcp_run (hex, 0);

  fail_unless_equals_string (log, expected);
}

GST_START_TEST (test_frames_between_boundaries)
{
  molinktcp_assert (SIX, "frame1:010203040506@56 ");
  molinktcp_assert (SIX TWO SIX, "frame1:010203040506@56 frame2:aabb@108 "
      "frame1:010203040506@164 ");
}

GST_END_TEST;

GST_START_TEST (test_what_lies_between_is_skipped)
{
  molinktcp_assert ("0d0a" SIX "00*40 42426f" TWO,
      "skip@1 frame1:010203040506@58 skip@59 frame2:aabb@153 ");
  /* the end of a frame whose start was missed */
  molinktcp_assert ("0506" END SIX, "skip@1 frame1:010203040506@67 ");
}

GST_END_TEST;

GST_START_TEST (test_stray_bytes_before_the_end)
{
  molinktcp_assert (HEADER ("02000000", "02000000") "aabb" "00*16" END SIX,
      "frame2:aabb@68 frame1:010203040506@124 ");
  molinktcp_assert (HEADER ("02000000", "02000000") "aabb" "42*16" END,
      "frame2:aabb@68 ");
  /* one too many */
  molinktcp_assert (HEADER ("02000000", "02000000") "aabb" "00*17" END SIX,
      "skip@60 frame1:010203040506@125 ");
}

GST_END_TEST;

GST_START_TEST (test_size_that_is_wrong_costs_the_frame)
{
  /* too small, by more than stray bytes; the next follows */
  molinktcp_assert (HEADER ("02000000", "02000000") "aabb" "11*40" END SIX,
      "skip@60 frame1:010203040506@148 ");
  /* too large: it takes the boundary, and the start of the next frame */
  molinktcp_assert (HEADER ("08000000", "02000000") "aabb" END SIX TWO,
      "skip@66 frame1:010203040506@108 frame2:aabb@160 ");
  molinktcp_assert (HEADER ("20000000", "02000000") "aabb" END SIX TWO SIX,
      "skip@90 frame2:aabb@160 frame1:010203040506@216 ");
}

GST_END_TEST;

GST_START_TEST (test_bad_headers_are_skipped)
{
  /* empty, too large, not video, YUYV */
  molinktcp_assert (HEADER ("00000000", "02000000") SIX,
      "skip@41 frame1:010203040506@97 ");
  molinktcp_assert (HEADER ("01004000", "02000000") SIX,
      "skip@41 frame1:010203040506@97 ");
  molinktcp_assert (START "00010100 06000000 00*24" SIX,
      "skip@41 frame1:010203040506@97 ");
  molinktcp_assert (START "00000400 06000000 00*24" SIX,
      "skip@41 frame1:010203040506@97 ");
  /* a header that is cut off by the next boundary */
  molinktcp_assert (START "00010100" SIX, "skip@41 frame1:010203040506@69 ");
  molinktcp_assert (START START START "00010100" SIX,
      "skip@41 skip@50 skip@59 frame1:010203040506@87 ");
}

GST_END_TEST;

GST_START_TEST (test_bare_jpegs)
{
  g_autofree gchar *jpeg = NULL, *one = NULL, *two = NULL;
  g_autoptr (GByteArray) bytes = wiretest_hex (BARE);
  g_autoptr (GString) hex = g_string_new (NULL);

  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (hex, "%02x", bytes->data[i]);
  one = g_strdup_printf ("bare0:%s@%u ", hex->str, bytes->len);
  molinktcp_assert (BARE, one);
  two = g_strdup_printf ("%sskip@%u bare0:%s@%u ", one, bytes->len + 1,
      hex->str, 2 * bytes->len + 3);
  molinktcp_assert (BARE "00ff00" BARE, two);
}

GST_END_TEST;

GST_START_TEST (test_bare_data_that_is_no_jpeg)
{
  /* garbage for a marker; stuffing for one; SOI for one; a length of 1 */
  molinktcp_assert ("ffd8 ffdb 0003 00 11" SIX,
      "skip@7 frame1:010203040506@64 ");
  molinktcp_assert ("ffd8 ff00" SIX, "skip@3 frame1:010203040506@60 ");
  molinktcp_assert ("ffd8 ffd8" SIX, "skip@3 frame1:010203040506@60 ");
  molinktcp_assert ("ffd8 ffdb 0001" SIX, "skip@5 frame1:010203040506@62 ");
  molinktcp_assert ("ffd8 ffdb 0000" SIX, "skip@5 frame1:010203040506@62 ");
  /* once there are boundaries, nothing else begins a frame */
  molinktcp_assert (SIX "ffd8 ffd9" SIX,
      "frame1:010203040506@56 skip@57 frame1:010203040506@116 ");
}

GST_END_TEST;

GST_START_TEST (test_bare_jpeg_that_never_ends)
{
  g_autofree gchar *log = molinktcp_run ("ffd8 ffda 0003 00 00*200" SIX, 100);
  g_auto (TcpTest) test;
  g_autofree guint8 *zeros = g_malloc0 (200000);

  fail_unless_equals_string (log, "skip@100 frame1:010203040506@263 ");
  /* memory grows with it */
  molinktcp_init (&test);
  molinktcp_feed (&test, (const guint8 *) "\xff\xd8\xff\xda\0\3\0", 7, 0);
  fail_unless_equals_int (test.most_memory, 64 * 1024);
  molinktcp_feed (&test, zeros, 200000, 7);
  fail_unless_equals_int (test.most_memory, 256 * 1024);
  molinktcp_feed (&test, (const guint8 *) "\xff\xd9", 2, 200007);
  fail_unless (g_str_has_suffix (test.log->str, "00ffd9@200009 "));
}

GST_END_TEST;

GST_START_TEST (test_memory_that_is_too_small_is_asked_for_again)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (SIX);
  MolinkTcp core;
  guint8 memory[6];
  guint events;

  molink_tcp_init (&core);
  fail_unless_equals_int (molink_tcp_feed (&core, bytes->data, bytes->len,
          &events), 41);
  for (guint i = 0; i < 2; i++) {
    fail_unless_equals_int (events, MOLINK_TCP_WANTS_MEMORY);
    fail_unless_equals_int (core.need, 6);
    molink_tcp_give (&core, memory, 5);
    fail_unless_equals_int (molink_tcp_feed (&core, bytes->data + 41, 15,
            &events), 0);
  }
  molink_tcp_give (&core, memory, 6);
  fail_unless_equals_int (molink_tcp_feed (&core, bytes->data + 41, 4,
          &events), 4);
  /* taken away: the frame is given up */
  molink_tcp_give (&core, NULL, 6);
  fail_unless_equals_int (core.n_skipped, 1);
  fail_unless_equals_int (molink_tcp_feed (&core, bytes->data + 45, 11,
          &events), 11);
  fail_unless_equals_int (events, 0);
}

GST_END_TEST;

GST_START_TEST (test_reset_begins_a_connection)
{
  g_auto (TcpTest) test;
  g_autoptr (GByteArray) bytes = wiretest_hex (SIX);
  g_autoptr (GByteArray) bare = wiretest_hex ("ffd8 ffd9");

  molinktcp_init (&test);
  for (gsize cut = 0; cut < bytes->len; cut++) {
    g_string_truncate (test.log, 0);
    molinktcp_feed (&test, bytes->data, cut, 0);
    molink_tcp_reset (&test.core);
    molinktcp_feed (&test, bytes->data, bytes->len, 0);
    fail_unless_equals_string (test.log->str, "frame1:010203040506@56 ");
  }
  molink_tcp_reset (&test.core);
  g_string_truncate (test.log, 0);
  molinktcp_feed (&test, bare->data, bare->len, 0);
  fail_unless_equals_string (test.log->str, "bare0:ffd8ffd9@4 ");
}

GST_END_TEST;

/* Each bit flipped: the frame after the next is whole, whatever the first became. */
GST_START_TEST (test_damage_is_bounded)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (SIX TWO SIX);

  for (guint bit = 0; bit < 56 * 8; bit++) {
    g_auto (TcpTest) test;

    molinktcp_init (&test);
    test.core.max_frame_size = 40;
    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    molinktcp_feed (&test, bytes->data, bytes->len, 0);
    bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
    fail_unless (g_str_has_suffix (test.log->str,
            "frame1:010203040506@164 "), "bit %u: %s", bit, test.log->str);
  }
}

GST_END_TEST;

static Suite *
molinktcp_suite (void)
{
  Suite *suite = suite_create ("molinktcp");
  TCase *tcase = tcase_create ("stream");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_frames_between_boundaries);
  tcase_add_test (tcase, test_what_lies_between_is_skipped);
  tcase_add_test (tcase, test_stray_bytes_before_the_end);
  tcase_add_test (tcase, test_size_that_is_wrong_costs_the_frame);
  tcase_add_test (tcase, test_bad_headers_are_skipped);
  tcase_add_test (tcase, test_bare_jpegs);
  tcase_add_test (tcase, test_bare_data_that_is_no_jpeg);
  tcase_add_test (tcase, test_bare_jpeg_that_never_ends);
  tcase_add_test (tcase, test_memory_that_is_too_small_is_asked_for_again);
  tcase_add_test (tcase, test_reset_begins_a_connection);
  tcase_add_test (tcase, test_damage_is_bounded);
  return suite;
}

GST_CHECK_MAIN (molinktcp);
