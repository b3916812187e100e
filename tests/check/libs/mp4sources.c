/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "mp4test.h"

/* Boxes and tracks with positions: where the samples of a track are, and what
 * comes out of whole files. */

#define TIME G_GINT64_CONSTANT (1717237230000000)
#define CREATION 3800082030U    /* the same in seconds since 1904 */
#define RVMI "67526556 f062fbfd c15c0309 00000000 6801 1b00"

static Mp4Gps core;

static void
mp4sources_put (GByteArray * file, const gchar * hex)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);

  g_byte_array_append (file, bytes->data, bytes->len);
}

/* A box with version and flags, and numbers. */
static void
mp4sources_put_numbers (GByteArray * file, const gchar * type,
    const guint32 * numbers, guint n)
{
  guint at = mp4test_begin_box (file, type);

  wiretest_put_u32be (file, 0);
  for (guint i = 0; i < n; i++)
    wiretest_put_u32be (file, numbers[i]);
  mp4test_end_box (file, at);
}

typedef struct
{
  const gchar *handler;
  const gchar *format;
  const guint32 *stts, *stsc, *stsz, *stco;
  guint n_stts, n_stsc, n_stsz, n_stco;
  gboolean is_co64;
} TestTrack;

/* Offset of the first place behind which the text stands. */
static gsize
mp4sources_find (GByteArray * file, const gchar * text)
{
  gsize at = 0;

  while (memcmp (file->data + at, text, strlen (text)) != 0)
    at++;
  return at;
}

static void
mp4sources_put_track (GByteArray * file, const TestTrack * track)
{
  static const guint32 mdhd[] = { 0, 0, 1000, 0, 0 };
  guint trak = mp4test_begin_box (file, "trak");
  guint mdia = mp4test_begin_box (file, "mdia"), minf, stbl, at;

  at = mp4test_begin_box (file, "tkhd");
  mp4sources_put (file, "00*24");
  mp4test_end_box (file, at);
  mp4sources_put_numbers (file, "mdhd", mdhd, 5);
  at = mp4test_begin_box (file, "hdlr");
  mp4sources_put (file, "00*8");
  g_byte_array_append (file, (const guint8 *) track->handler, 4);
  mp4sources_put (file, "00*12");
  mp4test_end_box (file, at);
  minf = mp4test_begin_box (file, "minf");
  stbl = mp4test_begin_box (file, "stbl");
  at = mp4test_begin_box (file, "stsd");
  mp4sources_put (file, "00*4 00000001 00000010");
  g_byte_array_append (file, (const guint8 *) track->format, 4);
  mp4sources_put (file, "00*8");
  mp4test_end_box (file, at);
  mp4sources_put_numbers (file, "stts", track->stts, track->n_stts);
  mp4sources_put_numbers (file, "stsc", track->stsc, track->n_stsc);
  mp4sources_put_numbers (file, "stsz", track->stsz, track->n_stsz);
  mp4sources_put_numbers (file, track->is_co64 ? "co64" : "stco", track->stco,
      track->n_stco);
  mp4test_end_box (file, stbl);
  mp4test_end_box (file, minf);
  mp4test_end_box (file, mdia);
  mp4test_end_box (file, trak);
}

static guint
mp4sources_begin_moov (GByteArray * file, guint32 creation)
{
  const guint32 mvhd[] = { creation, 0, 1000, 0 };
  guint at = mp4test_begin_box (file, "moov");

  mp4sources_put_numbers (file, "mvhd", mvhd, 4);
  return at;
}

/* Reads the file, or what of it is left; logs the events. */
static gchar *
mp4sources_run (GByteArray * file, gsize size, gboolean is_size_known)
{
  GString *log = g_string_new (NULL);
  guint64 offset;
  gsize asked;
  guint n_reads = 0;

  mp4gps_init (&core, is_size_known ? size : G_MAXUINT64);
  while (mp4gps_next_read (&core, &offset, &asked)) {
    gsize n = offset < size ? MIN (asked, size - offset) : 0;
    g_autofree guint8 *copy = g_memdup2 (file->data + MIN (offset, size), n);
    unsigned events;

    fail_unless (++n_reads < 10000);
    do {
      events = mp4gps_feed (&core, copy, n);
      if (events & ~(unsigned) MP4GPS_MORE)
        mp4test_print_block (log, events & ~(unsigned) MP4GPS_MORE,
            &core.block);
    } while (events & MP4GPS_MORE);
  }
  return g_string_free (log, FALSE);
}

static Mp4Stream stream;

/* The same bytes in order, in pieces of step bytes. */
static gchar *
mp4sources_run_stream (GByteArray * file, gsize step)
{
  g_autofree Mp4Scan *scan = g_new (Mp4Scan, 1);
  g_autofree guint8 *memory = g_malloc (MP4STREAM_MEMORY);
  GString *log = g_string_new (NULL);
  unsigned events;

  mp4scan_init (scan, 0);
  mp4stream_init (&stream, memory);
  mp4scan_set_stream (scan, &stream);
  for (gsize at = 0, end = 0; at < file->len;) {
    g_autofree guint8 *copy = NULL;

    if (at == end)
      end = MIN (file->len, at + step);
    copy = g_memdup2 (file->data + at, end - at);
    at += mp4scan_feed (scan, copy, end - at, &events);
    if (events)
      mp4test_print_block (log, events, &scan->block);
  }
  while ((events = mp4scan_finish (scan)) != 0)
    mp4test_print_block (log, events, &scan->block);
  return g_string_free (log, FALSE);
}

static guint
mp4sources_count (const gchar * log, const gchar * text)
{
  guint n = 0;

  for (; (log = strstr (log, text)) != NULL; log++)
    n++;
  return n;
}

/* Seven samples in four chunks of two, two, one and two, with garbage between;
 * they last 1 s, 1 s, and then 500 ms each. */
static GByteArray *
mp4sources_file (gboolean is_co64, guint32 creation)
{
  static const guint32 stts[] = { 2, 2, 1000, 5, 500 };
  static const guint32 stsc[] = { 3, 1, 2, 1, 3, 1, 1, 4, 2, 1 };
  guint32 stsz[9] = { 0, 7 }, stco[9] = { 4 };
  GByteArray *file = g_byte_array_new ();
  guint at, sample = 0, width = is_co64 ? 2 : 1;
  TestTrack track = { "data", "RVMI", stts, stsc, stsz, stco, 5, 10, 9,
    1 + 4 * width, is_co64
  };

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "mdat");
  for (guint chunk = 0; chunk < 4; chunk++) {
    mp4test_put_video (file, 50 + chunk);
    stco[width * (chunk + 1)] = file->len;
    for (guint i = 0; i < (chunk == 2 ? 1 : 2); i++) {
      mp4sources_put (file, RVMI);
      /* each a bit longer than the one before */
      mp4test_put_video (file, sample);
      stsz[2 + sample] = 20 + sample;
      sample++;
    }
  }
  mp4test_end_box (file, at);
  at = mp4sources_begin_moov (file, creation);
  mp4sources_put_track (file, &track);
  mp4test_end_box (file, at);
  return file;
}

GST_START_TEST (test_samples_are_where_the_tables_say)
{
  static const gint64 times[] = { 0, 1000, 2000, 2500, 3000, 3500, 4000 };

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GByteArray) file = mp4sources_file (i & 1, CREATION);
    g_autofree gchar *log = mp4sources_run (file, file->len, i < 2);
    const gchar *at = log;

    fail_unless_equals_int (mp4sources_count (log, " rvmi "), 7);
    for (guint j = 0; j < G_N_ELEMENTS (times); j++) {
      g_autofree gchar *time = g_strdup_printf ("[d 2 %" G_GINT64_FORMAT
          " -33.856784000 151.215297000 10.000000]\n", TIME + times[j] * 1000);

      at = strstr (at, time);
      fail_unless (at != NULL, "%s\n%s", time, log);
    }
    fail_unless_equals_int (core.state, MP4GPS_STATE_DONE);
  }
}

GST_END_TEST;

/* Of the pictures, that nobody reads: when do the media come to an offset? */
static gint64
mp4sources_locate (GByteArray * file, Mp4Track * track, guint64 offset)
{
  Mp4TrackSample sample;
  Mp4TrackStep step;
  uint64_t at;
  size_t size;

  while ((step = mp4track_locate (track, offset, &sample, &at, &size)) ==
      MP4TRACK_READ)
    mp4track_feed (track, file->data + MIN (at, file->len),
        at < file->len ? MIN (size, file->len - at) : 0);
  return step == MP4TRACK_SAMPLE ? sample.time_us : -1;
}

GST_START_TEST (test_offsets_of_a_file_are_times_of_its_pictures)
{
  static const guint32 stts[] = { 1, 3, 400 };
  static const guint32 stsc[] = { 1, 1, 1, 1 };
  /* one picture is longer than samples that are read may be */
  static const guint32 stsz[] = { 0, 3, 100, 70000, 0 };
  static const guint32 stco[] = { 3, 5000, 6000, 80000 };
  static const TestTrack video = { "vide", "avc1", stts, stsc, stsz, stco,
    3, 4, 5, 4, FALSE
  };
  static const struct
  {
    guint64 offset;
    gint64 time;
  } rows[] = { {0, 0}, {5000, 0}, {5001, 400000}, {6000, 400000},
  {70000, 800000}, {80000, 800000}, {80001, -1}, {G_MAXUINT64, -1}
  };
  g_autoptr (GByteArray) file = mp4sources_file (FALSE, CREATION);
  g_autofree gchar *log = NULL;
  guint at = mp4sources_begin_moov (file, CREATION);
  Mp4Track track;

  mp4sources_put_track (file, &video);
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless (core.sources.has_video);
  track = core.sources.video;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    fail_unless_equals_int64 (mp4sources_locate (file, &track,
            rows[i].offset), rows[i].time);
}

GST_END_TEST;

/* One more file behind another: its offsets count from its own beginning. */
GST_START_TEST (test_recordings_one_behind_the_other)
{
  g_autoptr (GByteArray) file = mp4sources_file (FALSE, CREATION);
  g_autoptr (GByteArray) other = mp4sources_file (TRUE, CREATION + 60);
  g_autofree gchar *log = NULL;

  g_byte_array_append (file, other->data, other->len);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless_equals_int (mp4sources_count (log, " rvmi "), 14);
  fail_unless_equals_int (mp4sources_count (log, "-33.856784000 151.215297000"),
      14);
}

GST_END_TEST;

static void
mp4sources_set (GByteArray * file, guint at, guint32 number)
{
  number = GUINT32_TO_BE (number);
  memcpy (file->data + at, &number, 4);
}

/* Fragments of two samples each. base: of the offsets, -1 for the beginning of
 * moof. Durations are those of trex, sizes those of the run. */
static GByteArray *
mp4sources_fragments (gboolean has_base)
{
  static const guint32 none[] = { 0 }, sizes[] = { 0, 0 };
  static const guint32 trex[] = { 7, 1, 500, 20, 0 };
  TestTrack track = { "data", "RVMI", none, none, sizes, none, 1, 1, 2, 1,
    FALSE
  };
  GByteArray *file = g_byte_array_new ();
  guint at, mvex;

  mp4test_put_ftyp (file);
  at = mp4sources_begin_moov (file, CREATION);
  mp4sources_put_track (file, &track);
  mvex = mp4test_begin_box (file, "mvex");
  mp4sources_put_numbers (file, "trex", trex, 5);
  mp4test_end_box (file, mvex);
  mp4test_end_box (file, at);
  for (guint i = 0; i < 4; i++) {
    guint moof = file->len, run = has_base ? 56 : 48, mdat;

    /* moof, traf, tfhd with the track, tfdt with the time, and the run */
    mp4sources_put (file, has_base ? "00000054 6d6f6f66 0000004c 74726166"
        "00000018 74666864 00000001 00000007 00*8" : "0000004c 6d6f6f66"
        "00000044 74726166 00000010 74666864 00020000 00000007");
    mp4sources_put (file,
        "00000010 74666474 00000000 00000000 0000001c 7472756e"
        "00000201 00000002 00000000 00000014 00000014");
    mp4sources_set (file, moof + run - 4, 1000 * i);
    if (has_base)
      mp4sources_set (file, moof + 36, moof);
    mdat = mp4test_begin_box (file, "mdat");
    mp4test_put_video (file, 300 + i);
    mp4sources_set (file, moof + run + 16, file->len - moof);
    mp4sources_put (file, RVMI RVMI);
    mp4test_end_box (file, mdat);
  }
  return file;
}

GST_START_TEST (test_samples_stand_in_fragments)
{
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GByteArray) file = mp4sources_fragments (i & 1);
    g_autofree gchar *log = NULL;

    /* the track of the fragments has to be known */
    file->data[mp4sources_find (file, "tkhd") + 19] = 7;
    log = mp4sources_run (file, file->len, i < 2);
    fail_unless_equals_int (mp4sources_count (log, " rvmi "), 8);
    for (guint j = 0; j < 8; j++) {
      g_autofree gchar *time = g_strdup_printf ("[d 2 %" G_GINT64_FORMAT
          " -33.856784000 151.215297000 10.000000]\n", TIME + j * 500000);

      fail_unless (strstr (log, time) != NULL, "%s\n%s", time, log);
    }
  }
}

GST_END_TEST;

/* A file gives the same when its bytes come in order, however they are cut, as
 * long as the index comes first. */
static void
mp4sources_assert_stream (GByteArray * file, const gchar * text, guint n)
{
  static const gsize steps[] = { 1, 7, 1000, G_MAXINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree gchar *log = mp4sources_run_stream (file, steps[i]);

    fail_unless_equals_int (mp4sources_count (log, text), n);
    fail_if (stream.needs_file);
  }
}

GST_START_TEST (test_fragments_are_read_as_they_pass)
{
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GByteArray) file = mp4sources_fragments (i);

    file->data[mp4sources_find (file, "tkhd") + 19] = 7;
    mp4sources_assert_stream (file,
        " -33.856784000 151.215297000 10.000000]", 8);
  }
}

GST_END_TEST;

/* Three samples behind their index, and what happens when it follows them. */
GST_START_TEST (test_samples_are_read_as_they_pass)
{
  static const guint32 stts[] = { 1, 3, 1000 };
  static const guint32 stsc[] = { 1, 1, 1, 1 };
  static const guint32 stsz[] = { 20, 3 };
  static const guint32 stco[] = { 3, 3000, 3100, 4000 };
  TestTrack track = { "data", "RVMI", stts, stsc, stsz, stco, 3, 4, 2, 4,
    FALSE
  };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) late = mp4sources_file (FALSE, CREATION);
  g_autofree gchar *log = NULL;
  guint at;

  mp4test_put_ftyp (file);
  at = mp4sources_begin_moov (file, CREATION);
  mp4sources_put_track (file, &track);
  mp4test_end_box (file, at);
  at = mp4test_begin_box (file, "mdat");
  mp4test_put_video (file, 5000 - file->len);
  for (guint i = 1; i < 4; i++) {
    g_autoptr (GByteArray) row = wiretest_hex (RVMI);

    memcpy (file->data + stco[i], row->data, 20);
  }
  mp4test_end_box (file, at);
  mp4sources_assert_stream (file, " -33.856784000 151.215297000 10.000000]", 3);
  log = mp4sources_run_stream (late, 1000);
  fail_unless_equals_string (log, "");
  fail_unless (stream.needs_file);
}

GST_END_TEST;

GST_START_TEST (test_cut_and_flipped_fragments_are_borne_with)
{
  g_autoptr (GByteArray) file = mp4sources_fragments (FALSE);

  file->data[mp4sources_find (file, "tkhd") + 19] = 7;
  for (gsize size = 0; size < file->len; size += 3) {
    g_autofree gchar *known = mp4sources_run (file, size, TRUE);

    fail_unless (mp4sources_count (known, " rvmi ") <= 8);
  }
  for (gsize i = 0; i < file->len; i++) {
    g_autofree gchar *log = NULL;

    file->data[i] ^= 0xff;
    log = mp4sources_run (file, file->len, TRUE);
    g_free (mp4sources_run_stream (file, 100));
    file->data[i] ^= 0xff;
  }
}

GST_END_TEST;

GST_START_TEST (test_without_a_creation_time_there_is_none)
{
  static const guint32 creations[] = { 0, 1717237230, 2082844800 };

  for (guint i = 0; i < G_N_ELEMENTS (creations); i++) {
    g_autoptr (GByteArray) file = mp4sources_file (FALSE, creations[i]);
    g_autofree gchar *log = mp4sources_run (file, file->len, TRUE);

    fail_unless_equals_int (mp4sources_count (log, "[d 0 0 "), 7);
  }
}

GST_END_TEST;

GST_START_TEST (test_cut_and_flipped_files_end_and_give_something_plausible)
{
  g_autoptr (GByteArray) file = mp4sources_file (FALSE, CREATION);

  for (gsize size = 0; size < file->len; size++) {
    g_autofree gchar *known = mp4sources_run (file, size, TRUE);
    g_autofree gchar *unknown = mp4sources_run (file, size, FALSE);

    fail_unless (mp4sources_count (known, " rvmi ") <= 7);
    fail_unless (mp4sources_count (unknown, " rvmi ") <= 7);
  }
  for (gsize i = 0; i < file->len; i++) {
    g_autofree gchar *log = NULL;

    /* of the media only the first sample */
    if (i == 110)
      i = file->len - 560;
    file->data[i] ^= 0xff;
    log = mp4sources_run (file, file->len, TRUE);
    file->data[i] ^= 0xff;
  }
}

GST_END_TEST;

GST_START_TEST (test_samples_beyond_the_file_end_the_track)
{
  /* all of one size, four thousand million of them */
  static const guint32 stts[] = { 1, 1, 1000 };
  static const guint32 stsc[] = { 1, 1, G_MAXUINT32, 1 };
  static const guint32 stsz[] = { 20, G_MAXUINT32 };
  guint32 stco[] = { 1, 0 };
  TestTrack track = { "data", "RVMI", stts, stsc, stsz, stco, 3, 4, 2, 2,
    FALSE
  };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL;
  guint at;

  mp4test_put_ftyp (file);
  at = mp4sources_begin_moov (file, CREATION);
  stco[1] = 1000;
  mp4sources_put_track (file, &track);
  mp4test_end_box (file, at);
  at = mp4test_begin_box (file, "mdat");
  mp4test_put_video (file, 1000 - file->len);
  for (guint i = 0; i < 30; i++)
    mp4sources_put (file, RVMI);
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless_equals_int (mp4sources_count (log, " rvmi "), 30);
}

GST_END_TEST;

GST_START_TEST (test_blocks_of_the_table_come_first)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL;
  guint32 entries[1][2] = { {0, 0x200}
  };
  guint at;

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "mdat");
  entries[0][0] = file->len;
  mp4test_put_block (file, 1, 0x200);
  mp4test_end_box (file, at);
  at = mp4test_begin_box (file, "udat");
  mp4test_put_video (file, 100);
  mp4test_end_box (file, at);
  at = mp4sources_begin_moov (file, CREATION);
  mp4test_put_table (file, 1, entries, 1);
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless_equals_int (mp4sources_count (log, "\n"), 1);
  fail_unless (strstr (log, "novatek-e") != NULL);
}

GST_END_TEST;

GST_START_TEST (test_box_that_gives_nothing_leaves_the_search)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL;
  guint at;

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "udat");
  mp4test_put_video (file, 3000);
  mp4test_end_box (file, at);
  at = mp4test_begin_box (file, "mdat");
  mp4test_put_block (file, 1, 0x200);
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless (strstr (log, "novatek-e") != NULL);
}

GST_END_TEST;

/* Rows of gps0: DDMM as f64, second by second. */
static void
mp4sources_put_row (GByteArray * file, guint second)
{
  guint at = file->len;

  mp4sources_put (file, "0de02d9080f3b240 4933164d67356b40 78000000 2400"
      "1806010a141e 1b 010100");
  file->data[at + 27] = (guint8) second;
}

GST_START_TEST (test_long_boxes_are_read_in_pieces)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL;
  guint at, n = 0;

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "gps0");
  for (guint i = 0; i < 5000; i++)
    mp4sources_put_row (file, 30 + i % 20 / 19);
  mp4sources_put (file, "00*7");
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  n = mp4sources_count (log, " 48.858370000 2.294481000 10.000000]");
  /* rows that are older than one before are left out: 31 comes once in 20 */
  fail_unless_equals_int (n, 19 + 250);
}

GST_END_TEST;

/* A text for each second, its time between the two halves. */
typedef struct
{
  const gchar *type, *head, *before, *colon, *after, *dialect;
  gboolean is_base64;
} TestLog;

static gchar *
mp4sources_run_log (const TestLog * test, guint n)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  GString *text = g_string_new (test->head);
  guint at;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%02u%s%02u%s%02u%s", test->before,
        i / 3600, test->colon, i / 60 % 60, test->colon, i % 60, test->after);
  if (test->is_base64) {
    g_autofree gchar *packed = g_base64_encode ((const guint8 *) text->str,
        text->len);

    g_string_assign (text, packed);
  }
  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, test->type);
  g_byte_array_append (file, (const guint8 *) text->str, (guint) text->len);
  mp4test_end_box (file, at);
  g_string_free (text, TRUE);
  return mp4sources_run (file, file->len, TRUE);
}

GST_START_TEST (test_texts_of_a_whole_drive_come_out_whole)
{
  static const TestLog boxes[] = {
    {"udat", "", "[1717237230120]$GPRMC,", "", ".000,A,4851.5022,N,"
          "00217.6689,E,19.44,53.10,010624,,,A\r\n", "nmea-log", FALSE},
    {"gdat", "{\"cameraModel\": \"x\", \"gpsData\": [",
        "{\"datetime\": \"2024-06-01T", ":", "\", \"lat\": 48.858370, "
          "\"lon\": 2.294482, \"speed\": 22.369, \"bearing\": 53.1, "
          "\"gpsStatus\": \"A\"}, ", "gdat", TRUE},
    {"gdat", "{\"gpsData\":[", "{\"gpsStatus\":\"A\",\"lon\":2.294482,"
          "\"lat\":48.858370,\"speed\":22.369,\"datetime\":\"2024-06-01T",
        ":", "Z\"},", "gdat", TRUE},
    {"nbmt", "", "$GPRMC,", "", ".000,A,4851.5022,N,00217.6689,E,19.44,53.10,"
          "010624,,,A*00\r\n", "nbmt", FALSE},
    {"udat", "", "240601", "", "[1][N][48515022][E][002176689][+01200][036]"
          "[00053][C000000]+000+000+000", "denver", FALSE},
    {"udta", "VIDEOUUUUUU", "\xfe\xfe" "20240601", "", ".20240601000000\3"
          "N48515022E002176689+0120036+006+009+004", "kenwood-a301w", FALSE},
  };
  const guint n = 3000;

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autofree gchar *log = mp4sources_run_log (&boxes[i], n);

    fail_unless_equals_int (mp4sources_count (log, " 48.85837"), n);
    fail_unless (strstr (log, boxes[i].dialect) != NULL);
    for (guint j = 0; j < n; j++) {
      g_autofree gchar *time = g_strdup_printf (" %" G_GINT64_FORMAT " ",
          wiretest_time (2024, 6, 1, 0, 0, 0) + j * 1000000);

      fail_unless_equals_int (mp4sources_count (log, time), 1);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_veiled_rows)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree gchar *log = NULL;
  guint at;

  mp4test_put_ftyp (file);
  at = mp4test_begin_box (file, "gps0");
  for (guint i = 0; i < 3; i++) {
    mp4sources_put (file, "0000 f2e1f0ee 5454 989a989e9a9c9a9b9b9a989a999a"
        "aa*16 e49e929f9b9f9a9898 ef9a9a989b9d9c9c9293 aa*5 9a999c aa*246");
    file->data[file->len - 311 + 21] = (guint8) (('0' + i) ^ 0xaa);
  }
  mp4test_end_box (file, at);
  log = mp4sources_run (file, file->len, TRUE);
  fail_unless_equals_int (mp4sources_count (log,
          " 48.858370000 2.294481667 10.000000]"), 3);
  fail_unless (strstr (log, "lamax [5 2 1717237230000000") != NULL);
}

GST_END_TEST;

/* Rows of a box, or of what reads like one: all after its size and type. */
typedef struct
{
  const gchar *type, *head, *row, *tail, *dialect;
  guint second;                 /* of the row: the byte that counts */
  gboolean is_inner;            /* inside moov */
  const gchar *expected;
} TestRows;

GST_START_TEST (test_rows_of_boxes_and_trailers)
{
  static const TestRows tests[] = {
    {"uuid", "9b630f8d637440ec8204bc5ff5091728 00*17", "e280a66e 0016 00*6"
          "e7ec8f81 6b87e79d", "e280a66e 0000 00*6 80000000 80000000",
        "garmin-uuid", 3, TRUE, " -33.856784021 151.215297030 9.834880]"},
    {"\x08\0\0\0", "0120000008030208 67707330 78000000", "41495447"
          "0de02d9080f3b240 4833164d67356b40 ffff0000 1300 7c06010a141e 1a"
          "0202 40 00000000", "6773656e 0c000000 41495453 180000ff 00000000",
        "auto-vox", 31, FALSE, " -48.858370000 -2.294481000 9.774444]"},
    /* GPSDATA--20240601102030 S48.8583700000 E2.29448100000 36.00000000000 */
    {"CCCC", "43*6", "47505344 4154412d 2d 3230323430363031313032303330"
          "5334382e38353833373030303030 45322e3239343438313030303030"
          "33362e3030303030303030303030 302e303030303030303030303030"
          "302e303230303030303030303030 2d302e3039303030303030303030"
          "2d302e3134303030303030303030", "43*30", "kenwood-trailer", 22, FALSE,
        " -48.858370000 2.294481000 10.000000]"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autofree gchar *log = NULL;
    guint moov = 0, at;

    mp4test_put_ftyp (file);
    if (tests[i].is_inner)
      moov = mp4sources_begin_moov (file, CREATION);
    at = file->len;
    wiretest_put_u32be (file, i == 1 ? 0x67707361 : 0x43434343);
    g_byte_array_append (file, (const guint8 *) tests[i].type, 4);
    mp4sources_put (file, tests[i].head);
    for (guint j = 0; j < 3; j++) {
      g_autoptr (GByteArray) row = wiretest_hex (tests[i].row);

      row->data[tests[i].second] = (guint8) (row->data[tests[i].second] + j);
      g_byte_array_append (file, row->data, row->len);
    }
    mp4sources_put (file, tests[i].tail);
    if (tests[i].is_inner) {
      mp4test_end_box (file, at);
      mp4test_end_box (file, moov);
    }
    log = mp4sources_run (file, file->len, TRUE);
    fail_unless_equals_int (mp4sources_count (log, tests[i].expected), 3);
    fail_unless (strstr (log, tests[i].dialect) != NULL);
    fail_unless (strstr (log, "1717237230000000") != NULL);
    fail_unless (strstr (log, "1717237232000000") != NULL);
    mp4sources_assert_stream (file, tests[i].expected, 3);
  }
}

GST_END_TEST;

GST_START_TEST (test_trailer_behind_what_is_no_box)
{
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_autofree gchar *log = NULL;
    guint start;

    mp4test_put_ftyp (file);
    mp4sources_put (file, "00*2000");
    start = file->len;
    wiretest_put_u32be (file, 0);
    mp4sources_put (file, i == 2 ? "534b4951" : "534b4950");
    mp4sources_put (file, "4c49474f475053494e464f2020202020 00000001 00000001");
    g_byte_array_append (file, (const guint8 *)
        "2024/06/01 10:20:30 N:48.858370 E:2.294481 36.0 km/h", 53);
    mp4sources_put (file, "00*75");
    mp4sources_put (file, i == 1 ? "26262626" : "23232323");
    wiretest_put_u32be (file, file->len + 4 - start);
    {
      guint32 size = GUINT32_TO_BE (file->len - start);

      memcpy (file->data + start, &size, 4);
    }
    log = mp4sources_run (file, file->len, TRUE);
    fail_unless_equals_int (mp4sources_count (log, "ligo-box [5 2 "
            "1717237230000000 48.858370000 2.294481000 10.000000]"), i < 2);
  }
}

GST_END_TEST;

static Suite *
mp4sources_suite (void)
{
  Suite *suite = suite_create ("mp4sources");
  TCase *tcase = tcase_create ("mp4sources");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_samples_are_where_the_tables_say);
  tcase_add_test (tcase, test_offsets_of_a_file_are_times_of_its_pictures);
  tcase_add_test (tcase, test_recordings_one_behind_the_other);
  tcase_add_test (tcase, test_samples_stand_in_fragments);
  tcase_add_test (tcase, test_fragments_are_read_as_they_pass);
  tcase_add_test (tcase, test_samples_are_read_as_they_pass);
  tcase_add_test (tcase, test_cut_and_flipped_fragments_are_borne_with);
  tcase_add_test (tcase, test_without_a_creation_time_there_is_none);
  tcase_add_test (tcase,
      test_cut_and_flipped_files_end_and_give_something_plausible);
  tcase_add_test (tcase, test_samples_beyond_the_file_end_the_track);
  tcase_add_test (tcase, test_blocks_of_the_table_come_first);
  tcase_add_test (tcase, test_box_that_gives_nothing_leaves_the_search);
  tcase_add_test (tcase, test_long_boxes_are_read_in_pieces);
  tcase_add_test (tcase, test_texts_of_a_whole_drive_come_out_whole);
  tcase_add_test (tcase, test_veiled_rows);
  tcase_add_test (tcase, test_rows_of_boxes_and_trailers);
  tcase_add_test (tcase, test_trailer_behind_what_is_no_box);
  return suite;
}

GST_CHECK_MAIN (mp4sources);
