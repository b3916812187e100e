/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "mp4test.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define BLOCK 0x200

/* Bytes somewhere in a file that is zeros for the rest. */
typedef struct
{
  guint64 offset;
  GByteArray *bytes;
} Piece;

typedef struct
{
  gchar *log;
  guint n_blocks;
  guint n_reads;
  guint64 n_bytes;
  gboolean scanned;
} Result;

static Mp4Gps core;

static void
mp4gps_clear_result (Result * result)
{
  g_free (result->log);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, mp4gps_clear_result);

/* What the file has of a range; fewer bytes at its end. */
static guint8 *
mp4gps_read (const Piece * pieces, guint n_pieces, guint64 file_size,
    guint64 offset, gsize size, gsize * ret_size)
{
  guint8 *data;

  size = offset >= file_size ? 0 : (gsize) MIN (size, file_size - offset);
  data = g_malloc0 (size);
  for (guint i = 0; i < n_pieces; i++) {
    const Piece *piece = &pieces[i];
    guint64 begin = MAX (offset, piece->offset);
    guint64 end = MIN (offset + size, piece->offset + piece->bytes->len);

    if (begin < end)
      memcpy (data + (begin - offset),
          piece->bytes->data + (begin - piece->offset), end - begin);
  }
  *ret_size = size;
  return data;
}

/* Runs the core over the file, of which it is told the size said. */
static Result
mp4gps_run (const Piece * pieces, guint n_pieces, guint64 file_size,
    guint64 said)
{
  GString *log = g_string_new (NULL);
  Result result = { 0 };
  guint64 offset, again;
  gsize size, size_again;

  mp4gps_init (&core, said);
  while (mp4gps_next_read (&core, &offset, &size)) {
    g_autofree guint8 *data = NULL;
    unsigned events;

    fail_unless (size > 0 && size <= MP4GPS_READ_MAX);
    fail_unless (mp4gps_next_read (&core, &again, &size_again));
    fail_unless (again == offset && size_again == size);
    result.scanned |= core.state == MP4GPS_STATE_SCAN;
    result.n_reads++;
    data = mp4gps_read (pieces, n_pieces, file_size, offset, size, &size);
    result.n_bytes += size;
    do {
      events = mp4gps_feed (&core, data, size);
      if (events & ~(unsigned) MP4GPS_MORE) {
        result.n_blocks++;
        mp4test_print_block (log, events & ~(unsigned) MP4GPS_MORE,
            &core.block);
      }
    } while (events & MP4GPS_MORE);
  }
  fail_unless_equals_int (mp4gps_feed (&core, NULL, 0), 0);
  result.log = g_string_free (log, FALSE);
  return result;
}

static Result
mp4gps_run_bytes (GByteArray * file)
{
  Piece piece = { 0, file };

  return mp4gps_run (&piece, 1, file->len, file->len);
}

/* Where the blocks of mp4gps_file() are. */
static const guint32 places[][2] =
    { {1024, BLOCK}, {2048, BLOCK}, {8192, BLOCK} };

/* ftyp, mdat with three blocks, moov with what the caller puts into it. */
static GByteArray *
mp4gps_file_head (void)
{
  GByteArray *file = g_byte_array_new ();
  guint at;

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "mdat");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    mp4test_put_video (file, places[i][0] - file->len);
    mp4test_put_block (file, i, BLOCK);
  }
  mp4test_put_video (file, 1000);
  mp4test_end_box (file, at);
  return file;
}

static GByteArray *
mp4gps_file (guint32 count, const guint32 (*entries)[2], guint n_entries)
{
  GByteArray *file = mp4gps_file_head ();
  guint moov = mp4test_begin_box (file, "moov");
  guint at = mp4test_begin_box (file, "mvhd");

  mp4test_put_video (file, 100);
  mp4test_end_box (file, at);
  mp4test_put_table (file, count, entries, n_entries);
  mp4test_end_box (file, moov);
  return file;
}

static void
mp4gps_assert_all (GByteArray * file, gboolean scanned)
{
  g_auto (Result) result = mp4gps_run_bytes (file);

  fail_unless_equals_int (result.n_blocks, 3);
  fail_unless (strstr (result.log, "1 400 novatek-e [d 1 1717237200") != NULL);
  fail_unless (strstr (result.log, "1 800 novatek-e [d 1 1717237201") != NULL);
  fail_unless (strstr (result.log, "1 2000 novatek-e [d 1 1717237202") != NULL);
  fail_unless_equals_int (result.scanned, scanned);
}

GST_START_TEST (test_table_leads_to_the_blocks_in_few_reads)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);
  g_auto (Result) result = mp4gps_run_bytes (file);

  mp4gps_assert_all (file, FALSE);
  /* ftyp, mdat, moov, mvhd, gps; head of the table, its entries twice; blocks;
   * and, since it is short, all of it, to see whether there are others */
  fail_unless_equals_int (result.n_reads, 5 + 3 + 3 + 1);
  fail_unless (result.n_bytes <= 5 * MP4SOURCES_HEAD + 8 + 6 * 8 +
      3 * DIALECT_BLOCK_HEAD + file->len);
}

GST_END_TEST;

GST_START_TEST (test_moov_may_stand_in_front)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  static const guint32 entries[][2] = { {300, BLOCK}, {300 + BLOCK, BLOCK} };
  g_auto (Result) result = { 0 };
  guint moov, at;

  mp4test_put_ftyp (file);
  moov = mp4test_begin_box (file, "moov");
  mp4test_put_table (file, 2, entries, 2);
  mp4test_end_box (file, moov);
  at = mp4test_begin_box (file, "mdat");
  mp4test_put_video (file, 300 - file->len);
  mp4test_put_block (file, 1, BLOCK);
  mp4test_put_block (file, 2, BLOCK);
  mp4test_end_box (file, at);
  result = mp4gps_run_bytes (file);
  fail_unless_equals_int (result.n_blocks, 2);
  fail_if (result.scanned);
}

GST_END_TEST;

GST_START_TEST (test_boxes_with_64_bit_sizes)
{
  g_autoptr (GByteArray) mdat = wiretest_hex ("00000001 6d646174"
      "00000000 00000800");
  g_autoptr (GByteArray) moov = wiretest_hex ("00000001 6d6f6f76"
      "00000000 00000030 00000001 67707320 00000000 00000020"
      "00000101 00000001 00000400 00000200");
  g_autoptr (GByteArray) block = g_byte_array_new ();
  const Piece pieces[] = { {0, mdat}, {0x400, block}, {0x800, moov} };
  g_auto (Result) result = { 0 };

  mp4test_put_block (block, 1, BLOCK);
  result = mp4gps_run (pieces, 3, 0x830, 0x830);
  fail_unless_equals_int (result.n_blocks, 1);
  fail_if (result.scanned);
}

GST_END_TEST;

GST_START_TEST (test_entries_without_a_block_are_passed_over)
{
  static const guint32 entries[][2] = {
    {0, 0}, {1024, BLOCK}, {0, 0}, {700, BLOCK}, {2048, BLOCK},
    {0xfffffff0, BLOCK}, {4000, 0}, {0, BLOCK}, {8192, BLOCK}, {0, 0},
  };
  g_autoptr (GByteArray) file = mp4gps_file (10, entries, 10);
  static const guint32 zeros[][2] =
      { {0, 0}, {1024, BLOCK}, {0, 0}, {2048, BLOCK}, {8192, BLOCK}, {0, 0} };
  g_autoptr (GByteArray) sparse = mp4gps_file (6, zeros, 6);

  mp4gps_assert_all (file, TRUE);
  mp4gps_assert_all (sparse, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_entries_that_lead_nowhere_do_not_cost_their_blocks)
{
  static const guint32 tables[][3][2] = {
    {{5, BLOCK}, {2048, BLOCK}, {8192, BLOCK}},
    {{1024, BLOCK}, {2049, BLOCK}, {8192, BLOCK}},
    {{1024, BLOCK}, {2048, BLOCK}, {0x80000000, BLOCK}},
    {{1024, BLOCK}, {7, BLOCK}, {9, BLOCK}},
    {{3, BLOCK}, {2048, BLOCK}, {7, BLOCK}},
    {{3, BLOCK}, {4, BLOCK}, {8192, BLOCK}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GByteArray) file = mp4gps_file (3, tables[i], 3);
    g_auto (Result) result = mp4gps_run_bytes (file);

    mp4gps_assert_all (file, TRUE);
    /* in the order of the file */
    fail_unless (strstr (result.log, " 400 ") < strstr (result.log, " 800 "));
    fail_unless (strstr (result.log, " 800 ") < strstr (result.log, " 2000 "));
  }
}

GST_END_TEST;

GST_START_TEST (test_lost_entries_of_a_table_out_of_order)
{
  static const guint32 entries[][2] =
      { {8192, BLOCK}, {1024, BLOCK}, {2049, BLOCK} };
  g_autoptr (GByteArray) file = mp4gps_file (3, entries, 3);
  g_auto (Result) result = mp4gps_run_bytes (file);

  /* two of them twice: nobody keeps a list */
  fail_unless_equals_int (result.n_blocks, 5);
  fail_unless (strstr (result.log, "1 800 novatek-e") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_smaller_of_both_sizes_counts)
{
  static const guint32 entries[][2] =
      { {1024, 59}, {2048, 60}, {8192, 0x8000}, {8192, 0} };
  g_autoptr (GByteArray) file = mp4gps_file (4, entries, 4);
  g_auto (Result) result = mp4gps_run_bytes (file);

  /* the first has no room for the record; the last two are one block */
  fail_unless_equals_int (result.n_blocks, 3);
  fail_unless (g_str_has_prefix (result.log, "2 400 ?\n1 800 novatek-e"));
}

GST_END_TEST;

/* The table lists some of the blocks. A short file is searched; of others the
 * longest way between two, when there are fewer of them than seconds. */
GST_START_TEST (test_table_may_list_a_part_of_the_blocks)
{
  static const guint32 some[][2] = { {1024, BLOCK}, {8192, BLOCK} };
  static const struct
  {
    guint seconds, padding;
    gboolean is_searched;
  } rows[] = { {0, 0, TRUE}, {1, 0, TRUE}, {3, 4186000, TRUE},
  {2, 4186000, FALSE}, {0, 4186000, FALSE}, {0, 4300000, FALSE}
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = mp4gps_file_head ();
    g_auto (Result) result = { 0 };
    guint moov, at = mp4test_begin_box (file, "skip");

    g_byte_array_set_size (file, file->len + rows[i].padding);
    memset (file->data + at + 8, 0, rows[i].padding);
    mp4test_end_box (file, at);
    moov = mp4test_begin_box (file, "moov");
    at = mp4test_begin_box (file, "mvhd");
    for (guint j = 0; j < 3; j++)
      wiretest_put_u32be (file, 0);
    wiretest_put_u32be (file, 600);
    wiretest_put_u32be (file, 600 * rows[i].seconds);
    mp4test_end_box (file, at);
    mp4test_put_table (file, 2, some, 2);
    mp4test_end_box (file, moov);
    if (rows[i].is_searched) {
      mp4gps_assert_all (file, TRUE);
      continue;
    }
    result = mp4gps_run_bytes (file);
    fail_unless_equals_int (result.n_blocks, 2);
    fail_if (result.scanned);
  }
}

GST_END_TEST;

GST_START_TEST (test_recordings_one_behind_the_other_have_a_table_each)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);
  g_autoptr (GByteArray) other = mp4gps_file (3, places, 3);
  g_auto (Result) result = { 0 };

  g_byte_array_append (file, other->data, other->len);
  result = mp4gps_run_bytes (file);
  fail_unless_equals_int (result.n_blocks, 6);
  fail_if (result.scanned);
}

GST_END_TEST;

GST_START_TEST (test_count_is_what_fits)
{
  static const guint32 counts[] = { 0, 1, 2, 4, 1000, G_MAXUINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autoptr (GByteArray) file = mp4gps_file (counts[i], places, 3);

    mp4gps_assert_all (file, FALSE);
  }
}

GST_END_TEST;

GST_START_TEST (test_tables_of_more_entries_than_are_held)
{
  const guint n = 2 * MP4GPS_ENTRIES + 100;
  g_autofree guint32 *entries = g_new0 (guint32, 2 * n);
  g_autoptr (GByteArray) file = NULL;
  g_auto (Result) result = { 0 };

  for (guint i = 0; i < n; i++) {
    entries[2 * i] = places[i % 3][0];
    entries[2 * i + 1] = BLOCK;
  }
  file = mp4gps_file (n, (const guint32 (*)[2]) entries, n);
  result = mp4gps_run_bytes (file);
  fail_unless_equals_int (result.n_blocks, n);
}

GST_END_TEST;

GST_START_TEST (test_table_is_read_to_its_limit)
{
  g_autofree guint32 *entries = g_new0 (guint32, 2 * MP4GPS_TABLE_MAX + 2);
  g_autoptr (GByteArray) file = NULL;
  g_auto (Result) result = { 0 };

  entries[0] = places[0][0];
  entries[2 * MP4GPS_TABLE_MAX - 2] = places[1][0];
  entries[2 * MP4GPS_TABLE_MAX] = places[2][0];
  file = mp4gps_file (MP4GPS_TABLE_MAX + 1, (const guint32 (*)[2]) entries,
      MP4GPS_TABLE_MAX + 1);
  result = mp4gps_run_bytes (file);
  fail_unless_equals_int (result.n_blocks, 2);
  fail_if (result.scanned);
}

GST_END_TEST;

/* A file of 9 GiB: mdat with blocks at the places given, then moov with their
 * lower 32 bits. */
static Result
mp4gps_run_large (const guint64 * offsets, guint n, guint64 said)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) tail = g_byte_array_new ();
  g_autofree guint32 *entries = g_new0 (guint32, 2 * n);
  g_autofree Piece *pieces = g_new0 (Piece, n + 2);
  guint64 moov_offset = 9 * GIB;
  Result result;
  guint at;

  mp4test_put_ftyp (head);
  wiretest_put_u32be (head, 1);
  g_byte_array_append (head, (const guint8 *) "mdat", 4);
  wiretest_put_u32be (head, (guint32) ((moov_offset - 20) >> 32));
  wiretest_put_u32be (head, (guint32) (moov_offset - 20));
  pieces[0].bytes = head;
  for (guint i = 0; i < n; i++) {
    entries[2 * i] = (guint32) offsets[i];
    entries[2 * i + 1] = BLOCK;
    pieces[i + 1].offset = offsets[i];
    pieces[i + 1].bytes = g_byte_array_new ();
    mp4test_put_block (pieces[i + 1].bytes, i, BLOCK);
  }
  at = mp4test_begin_box (tail, "moov");
  mp4test_put_table (tail, n, (const guint32 (*)[2]) entries, n);
  mp4test_end_box (tail, at);
  pieces[n + 1].offset = moov_offset;
  pieces[n + 1].bytes = tail;
  result = mp4gps_run (pieces, n + 2, moov_offset + tail->len, said == 0 ?
      moov_offset + tail->len : said);
  for (guint i = 0; i < n; i++)
    g_byte_array_unref (pieces[i + 1].bytes);
  return result;
}

GST_START_TEST (test_offsets_beyond_4_gib_go_on)
{
  static const guint64 offsets[] = {
    GIB, 4 * GIB - 512, 4 * GIB + 4096, 7 * GIB, 8 * GIB, 8 * GIB + 8192,
  };
  static const guint64 said[] = { 0, G_MAXUINT64 };

  for (guint i = 0; i < 2; i++) {
    g_auto (Result) result = mp4gps_run_large (offsets, 6, said[i]);

    fail_unless_equals_int (result.n_blocks, 6);
    fail_if (result.scanned);
    fail_unless (strstr (result.log, "\n1 100001000 novatek-e") != NULL);
    fail_unless (strstr (result.log, "\n1 1c0000000 novatek-e") != NULL);
    fail_unless (strstr (result.log, "\n1 200002000 novatek-e") != NULL);
  }
}

GST_END_TEST;

GST_START_TEST (test_offsets_out_of_order_are_taken_as_they_are)
{
  static const guint64 offsets[] = { 3 * GIB, GIB, 2 * GIB, 4 * GIB + 512 };
  static const guint64 wrapped[] = { 4 * GIB + 512, 3 * GIB, 5 * GIB, 2 * GIB };
  static const guint32 entries[][2] =
      { {8192, BLOCK}, {2048, BLOCK}, {1024, BLOCK} };
  g_auto (Result) result = mp4gps_run_large (offsets, 4, 0);
  g_auto (Result) large = mp4gps_run_large (wrapped, 4, 0);
  g_autoptr (GByteArray) file = mp4gps_file (3, entries, 3);

  fail_unless_equals_int (result.n_blocks, 4);
  fail_unless (strstr (result.log, "\n1 100000200 novatek-e") != NULL);
  fail_unless_equals_int (large.n_blocks, 4);
  fail_if (large.scanned);
  fail_unless (g_str_has_prefix (large.log, "1 100000200 novatek-e"));
  fail_unless (strstr (large.log, "\n1 80000000 novatek-e") != NULL);
  mp4gps_assert_all (file, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_file_without_a_table_is_scanned)
{
  g_autoptr (GByteArray) no_moov = mp4gps_file_head ();
  g_autoptr (GByteArray) no_table = mp4gps_file_head ();
  g_autoptr (GByteArray) no_entries = mp4gps_file (0, NULL, 0);
  guint at = mp4test_begin_box (no_table, "moov");

  /* QuickTime ends a list of boxes by four zero bytes */
  wiretest_put_u32be (no_table, 0);
  mp4test_end_box (no_table, at);
  mp4gps_assert_all (no_moov, TRUE);
  mp4gps_assert_all (no_table, TRUE);
  mp4gps_assert_all (no_entries, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_table_that_leads_nowhere_is_not_believed)
{
  static const guint32 entries[][2] =
      { {0, 0}, {5, BLOCK}, {3000, BLOCK}, {0x80000000, BLOCK} };
  g_autoptr (GByteArray) file = mp4gps_file (4, entries, 4);

  mp4gps_assert_all (file, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_table_box_without_room_for_its_head_is_none)
{
  g_autoptr (GByteArray) file = mp4gps_file_head ();
  guint moov = mp4test_begin_box (file, "moov");
  guint at = mp4test_begin_box (file, "gps ");

  wiretest_put_u32be (file, 0x101);
  mp4test_end_box (file, at);
  mp4test_end_box (file, moov);
  mp4gps_assert_all (file, TRUE);
}

GST_END_TEST;

GST_START_TEST (test_file_cut_anywhere_gives_the_blocks_that_are_left)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);

  while (file->len > 0) {
    g_auto (Result) result = { 0 };
    guint n = 0, n_records = 0;

    g_byte_array_set_size (file, file->len - 1);
    while (n < 3 && file->len >= places[n][0] + 60)
      n++;
    result = mp4gps_run_bytes (file);
    for (gchar * line = result.log; *line; line = strchr (line, '\n') + 1)
      n_records += *line == '1';
    fail_unless_equals_int (n_records, n);
    fail_unless (result.scanned || file->len == 0);
  }
}

GST_END_TEST;

/* Nothing says that the table is cut off until it ends. */
GST_START_TEST (test_cut_table_of_a_file_of_unknown_size)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);
  Piece piece = { 0, file };

  for (guint cut = 1; cut < 3 * 8 + 16; cut++) {
    g_auto (Result) result = { 0 };

    g_byte_array_set_size (file, file->len - 1);
    result = mp4gps_run (&piece, 1, file->len, G_MAXUINT64);
    fail_unless (result.scanned);
    fail_unless_equals_int (result.n_blocks, 3);
  }
}

GST_END_TEST;

GST_START_TEST (test_file_without_its_beginning_gives_the_blocks_that_are_left)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);
  guint cut = 0;

  while (file->len > 0) {
    g_auto (Result) result = { 0 };
    guint n = 0;

    g_byte_array_remove_range (file, 0, MIN (7, file->len));
    cut += 7;
    for (guint i = 0; i < 3; i++)
      n += places[i][0] >= cut;
    result = mp4gps_run_bytes (file);
    fail_unless_equals_int (result.n_blocks, n);
  }
}

GST_END_TEST;

GST_START_TEST (test_what_is_no_mp4_has_a_defined_result)
{
  g_autoptr (GByteArray) empty = g_byte_array_new ();
  g_autoptr (GByteArray) video = g_byte_array_new ();
  g_autoptr (GByteArray) block = g_byte_array_new ();
  g_autoptr (GByteArray) zeros = wiretest_hex ("00*1000");
  g_auto (Result) of_empty = mp4gps_run_bytes (empty);
  g_auto (Result) of_video = { 0 };
  g_auto (Result) of_block = { 0 };
  g_auto (Result) of_zeros = mp4gps_run_bytes (zeros);

  fail_unless_equals_int (of_empty.n_blocks, 0);
  fail_unless_equals_int (of_zeros.n_blocks, 0);
  mp4test_put_video (video, 10000);
  of_video = mp4gps_run_bytes (video);
  fail_unless_equals_int (of_video.n_blocks, 0);
  mp4test_put_block (block, 1, BLOCK);
  of_block = mp4gps_run_bytes (block);
  fail_unless_equals_int (of_block.n_blocks, 1);
}

GST_END_TEST;

GST_START_TEST (test_scan_finds_blocks_across_its_reads)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  Piece piece = { 0, block };

  mp4test_put_block (block, 1, BLOCK);
  for (guint before = 0; before <= 530; before++) {
    static const guint64 said[] = { 600000, G_MAXUINT64 };

    piece.offset = MP4GPS_READ_MAX - before;
    for (guint i = 0; i < 2; i++) {
      g_auto (Result) result = mp4gps_run (&piece, 1, 600000, said[i]);

      fail_unless_equals_int (result.n_blocks, 1);
      fail_unless (g_str_has_prefix (result.log, "1 3f") ||
          g_str_has_prefix (result.log, "1 40000 "));
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_block_at_the_end_of_the_last_read)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  Piece piece = { 2 * MP4GPS_READ_MAX - 100, block };
  g_auto (Result) cut = { 0 };
  g_auto (Result) unknown = { 0 };

  mp4test_put_block (block, 1, BLOCK);
  cut = mp4gps_run (&piece, 1, 2 * MP4GPS_READ_MAX, 2 * MP4GPS_READ_MAX);
  fail_unless_equals_int (cut.n_blocks, 1);
  unknown = mp4gps_run (&piece, 1, 2 * MP4GPS_READ_MAX, G_MAXUINT64);
  fail_unless_equals_int (unknown.n_blocks, 1);
}

GST_END_TEST;

GST_START_TEST (test_file_that_is_shorter_than_said_ends)
{
  g_autoptr (GByteArray) file = mp4gps_file_head ();
  Piece piece = { 0, file };
  g_auto (Result) result = mp4gps_run (&piece, 1, file->len, 1000 * GIB);

  fail_unless_equals_int (result.n_blocks, 3);
  fail_unless (result.n_reads < 10);
}

GST_END_TEST;

GST_START_TEST (test_boxes_without_end_are_not_walked_for_ever)
{
  g_autoptr (GByteArray) boxes = g_byte_array_new ();
  g_auto (Result) top = { 0 };
  g_auto (Result) inside = { 0 };
  guint at = mp4test_begin_box (boxes, "moov");

  for (guint i = 0; i < MP4GPS_BOXES_MAX + 1000; i++)
    mp4test_end_box (boxes, mp4test_begin_box (boxes, "free"));
  mp4test_end_box (boxes, at);
  inside = mp4gps_run_bytes (boxes);
  fail_unless (inside.n_reads <= MP4GPS_BOXES_MAX + 10);
  fail_unless (inside.scanned);
  memcpy (boxes->data, "\0\0\0\10skip", 8);
  top = mp4gps_run_bytes (boxes);
  fail_unless (top.n_reads <= MP4GPS_BOXES_MAX + 10);
  fail_unless (top.scanned);
}

GST_END_TEST;

GST_START_TEST (test_flipped_bytes_end_and_give_something_plausible)
{
  g_autoptr (GByteArray) file = mp4gps_file (3, places, 3);

  for (guint i = 0; i < file->len; i++) {
    g_auto (Result) result = { 0 };

    /* the video says nothing to the core, and takes long */
    if (i == 200)
      i = places[0][0] - 4;
    if (i == places[0][0] + 80)
      i = places[2][0] + BLOCK + 1000;
    file->data[i] ^= 0xff;
    result = mp4gps_run_bytes (file);
    fail_unless (result.n_reads < 40);
    fail_unless (result.n_blocks >= 1 && result.n_blocks <= 4);
    file->data[i] ^= 0xff;
  }
}

GST_END_TEST;

GST_START_TEST (test_version_of_the_firmware_tells_the_scale)
{
  static const gchar *versions[] = { "3.01.054", "3.01.055" };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    /* in the midst of Africa, or 47.34 degrees north and 115.4 east */
    g_autoptr (GByteArray) block = wiretest_hex_padded ("00000200 66726565"
        "47505320 4c000000 00*32 0a000000 14000000 1e000000 18000000 06000000"
        "01000000 414e4500 0000a543 00e01745 ef819b41 66665442", BLOCK);
    g_auto (Result) result = { 0 };
    guint at;

    mp4test_put_ftyp (file);
    at = mp4test_begin_box (file, "frea");
    g_byte_array_append (file, (const guint8 *) "\0\0\0\x10ver ", 8);
    g_byte_array_append (file, (const guint8 *) versions[i], 8);
    mp4test_end_box (file, at);
    g_byte_array_append (file, block->data, block->len);
    result = mp4gps_run_bytes (file);
    fail_unless_equals_int (result.n_blocks, 1);
    fail_unless_equals_int (strstr (result.log, " 47.3392") != NULL, i == 0);
    fail_unless_equals_int (result.log[0], i == 0 ? '1' : '2');
  }
}

GST_END_TEST;

GST_START_TEST (test_state_is_small)
{
  fail_unless (sizeof (Mp4Gps) <= 96 * 1024);
}

GST_END_TEST;

static Suite *
mp4gps_suite (void)
{
  Suite *suite = suite_create ("mp4gps");
  TCase *tcase = tcase_create ("mp4gps");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_table_leads_to_the_blocks_in_few_reads);
  tcase_add_test (tcase, test_moov_may_stand_in_front);
  tcase_add_test (tcase, test_boxes_with_64_bit_sizes);
  tcase_add_test (tcase, test_entries_without_a_block_are_passed_over);
  tcase_add_test (tcase, test_smaller_of_both_sizes_counts);
  tcase_add_test (tcase,
      test_entries_that_lead_nowhere_do_not_cost_their_blocks);
  tcase_add_test (tcase, test_lost_entries_of_a_table_out_of_order);
  tcase_add_test (tcase, test_table_may_list_a_part_of_the_blocks);
  tcase_add_test (tcase,
      test_recordings_one_behind_the_other_have_a_table_each);
  tcase_add_test (tcase, test_count_is_what_fits);
  tcase_add_test (tcase, test_tables_of_more_entries_than_are_held);
  tcase_add_test (tcase, test_table_is_read_to_its_limit);
  tcase_add_test (tcase, test_offsets_beyond_4_gib_go_on);
  tcase_add_test (tcase, test_offsets_out_of_order_are_taken_as_they_are);
  tcase_add_test (tcase, test_file_without_a_table_is_scanned);
  tcase_add_test (tcase, test_table_that_leads_nowhere_is_not_believed);
  tcase_add_test (tcase, test_table_box_without_room_for_its_head_is_none);
  tcase_add_test (tcase, test_file_cut_anywhere_gives_the_blocks_that_are_left);
  tcase_add_test (tcase, test_cut_table_of_a_file_of_unknown_size);
  tcase_add_test (tcase,
      test_file_without_its_beginning_gives_the_blocks_that_are_left);
  tcase_add_test (tcase, test_what_is_no_mp4_has_a_defined_result);
  tcase_add_test (tcase, test_scan_finds_blocks_across_its_reads);
  tcase_add_test (tcase, test_block_at_the_end_of_the_last_read);
  tcase_add_test (tcase, test_file_that_is_shorter_than_said_ends);
  tcase_add_test (tcase, test_boxes_without_end_are_not_walked_for_ever);
  tcase_add_test (tcase, test_flipped_bytes_end_and_give_something_plausible);
  tcase_add_test (tcase, test_version_of_the_firmware_tells_the_scale);
  tcase_add_test (tcase, test_state_is_small);
  return suite;
}

GST_CHECK_MAIN (mp4gps);
