/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/dialect.h"
#include "wire/gpsclock.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* 2024-06-01 10:20:30 */
#define START G_GINT64_CONSTANT (1717237230000000)

#define UNKNOWN GPSCLOCK_UNKNOWN_US

static GpsClockHints hints;
static GpsClock clk;

static void
gpsclock_setup (void)
{
  memset (&hints, 0, sizeof hints);
  gpsclock_init (&clk, &hints);
}

static GpsRecord
gpsclock_record (GpsRecordClock clock, gint64 time_us, gdouble latitude,
    gdouble longitude, gdouble speed)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  record.clock = clock;
  record.time_us = time_us;
  record.fields = GPSRECORD_POSITION | GPSRECORD_SPEED;
  record.latitude = latitude;
  record.longitude = longitude;
  record.speed = speed;
  return record;
}

/* A car that stands in Paris. */
static unsigned
gpsclock_feed_time (GpsRecordClock clock, gint64 time_us, gint64 media_us)
{
  GpsRecord record = gpsclock_record (clock, time_us, 48.85, 2.29, 0);

  return gpsclock_feed (&clk, &record, FALSE, media_us);
}

/* Five records, one a second. */
static void
gpsclock_feed_clip (GpsRecordClock clock, gint64 time_us, gboolean is_certain)
{
  gpsclock_init (&clk, &hints);
  for (gint i = 0; i < 5; i++) {
    GpsRecord record = gpsclock_record (clock, time_us + i * SECOND, 48.85,
        2.29, 0);

    gpsclock_feed (&clk, &record, is_certain, UNKNOWN);
  }
}

static void
gpsclock_set_name (gint64 name_us)
{
  hints.has_name = TRUE;
  hints.name_us = name_us;
}

static void
gpsclock_set_creation (gint64 creation_us)
{
  hints.has_creation = TRUE;
  hints.creation_us = creation_us;
}

static void
gpsclock_assert_shows (GpsRecordClock shows, GpsClockEvidence by)
{
  fail_unless_equals_int (clk.verdict.shows, shows);
  fail_unless_equals_int (clk.verdict.shows_by, by);
}

static void
gpsclock_assert_offset (gint64 offset_us, GpsClockEvidence by)
{
  fail_unless (clk.verdict.has_offset);
  fail_unless_equals_int64 (clk.verdict.offset_us, offset_us);
  fail_unless_equals_int (clk.verdict.offset_by, by);
}

/* What becomes of a record at that place. */
static void
gpsclock_assert_applied (guint64 index, GpsRecordClock claim, gint64 time_us,
    GpsRecordClock clock, gint64 expected_us)
{
  GpsRecord record = gpsclock_record (claim, time_us, 48.85, 2.29, 0);

  gpsclock_apply (&clk, index, &record);
  fail_unless_equals_int (record.clock, clock);
  fail_unless_equals_int64 (record.time_us, expected_us);
}

/* Places that are 10 m apart, in the order of a drive along a meridian. */
#define STEP_DEGREES 8.998e-5

/* A second piece of a file behind the first: how the clock goes on, and
 * whether that is one being set. */
typedef struct
{
  const gchar *what;
  GpsRecordClock claim;
  gint64 begin_us;              /* of the first piece */
  gint n_before;                /* records in it, one a second */
  gint64 jump_us;               /* of the clock, beside the second that passes */
  gint64 media_us;              /* that pass between the pieces, or UNKNOWN */
  gdouble speed;                /* m/s */
  gint moved;                   /* steps of 10 m beside the usual one */
  gdouble longitude;
  gboolean is_jump;
  gint64 zone_us;               /* that it tells, or 0 */
} GpsClockPieces;

static const GpsClockPieces gpsclock_pieces[] = {
  {"local to UTC, east", GPSRECORD_CLOCK_UTC, START, 5, -2 * HOUR, UNKNOWN, 0,
      0, 2.29, TRUE, 2 * HOUR},
  {"local to UTC, east, on the way", GPSRECORD_CLOCK_UTC, START, 5,
      -2 * HOUR + 3 * SECOND, SECOND, 10, 0, 2.29, TRUE, 2 * HOUR},
  {"local to UTC, a dialect of local time", GPSRECORD_CLOCK_LOCAL, START, 5,
      -2 * HOUR, UNKNOWN, 10, 0, 2.29, TRUE, 2 * HOUR},
  {"local to UTC, west", GPSRECORD_CLOCK_UTC, START, 5, 5 * HOUR, UNKNOWN, 10,
      0, -74.0, TRUE, -5 * HOUR},
  {"the same, standing, the media know", GPSRECORD_CLOCK_UTC, START, 5,
      5 * HOUR, SECOND, 0, 0, -74.0, TRUE, -5 * HOUR},
  {"an empty battery", GPSRECORD_CLOCK_UTC,
        G_GINT64_CONSTANT (1577836810000000),
      5, 100000 * HOUR / 2, UNKNOWN, 0, 0, 2.29, TRUE, 0},
  {"a wrong day, on the way", GPSRECORD_CLOCK_UTC, START, 5, 30 * HOUR,
      UNKNOWN, 10, 0, 2.29, TRUE, 0},
  {"40 s slow, the media know", GPSRECORD_CLOCK_UTC, START, 5, 40 * SECOND,
      SECOND, 10, 0, 2.29, TRUE, 0},
  {"40 s fast, the media know", GPSRECORD_CLOCK_UTC, START, 60, -40 * SECOND,
      SECOND, 10, 0, 2.29, TRUE, 0},

  {"a delay", GPSRECORD_CLOCK_UTC, START, 5, 4 * SECOND, SECOND, 10, 0, 2.29,
      FALSE, 0},
  {"no rows for 40 s", GPSRECORD_CLOCK_UTC, START, 5, 40 * SECOND, UNKNOWN, 10,
      40, 2.29, FALSE, 0},
  {"no rows for 40 s, standing", GPSRECORD_CLOCK_UTC, START, 5, 40 * SECOND,
      UNKNOWN, 0, 0, 2.29, FALSE, 0},
  {"no rows for 40 s, the media know", GPSRECORD_CLOCK_UTC, START, 5,
      40 * SECOND, 41 * SECOND, 10, 40, 2.29, FALSE, 0},
  {"no rows for 5 h, the media know", GPSRECORD_CLOCK_UTC, START, 5, 5 * HOUR,
      5 * HOUR + SECOND, 0, 0, -74.0, FALSE, 0},
  {"another drive, parked between", GPSRECORD_CLOCK_UTC, START, 5, 5 * HOUR,
      UNKNOWN, 0, 0, -74.0, FALSE, 0},
  {"another drive, elsewhere", GPSRECORD_CLOCK_UTC, START, 5, 5 * HOUR, SECOND,
      10, 900, -74.0, FALSE, 0},
  {"another drive, where no such zone is", GPSRECORD_CLOCK_UTC, START, 5,
      8 * HOUR, SECOND, 10, 0, 2.29, FALSE, 0},
  {"another drive at any time", GPSRECORD_CLOCK_UTC, START, 5,
      3 * HOUR + 7 * MINUTE, SECOND, 10, 0, -74.0, FALSE, 0},
  {"another drive the next day", GPSRECORD_CLOCK_UTC, START, 5, 24 * HOUR,
      SECOND, 0, 0, 2.29, FALSE, 0},
  {"a copy of the first, standing", GPSRECORD_CLOCK_UTC, START, 60,
      -60 * SECOND, SECOND, 0, 0, 2.29, FALSE, 0},
  {"a copy of the first", GPSRECORD_CLOCK_UTC, START, 60, -60 * SECOND, SECOND,
      10, -60, 2.29, FALSE, 0},
  {"late in the file", GPSRECORD_CLOCK_UTC, START, 700, -2 * HOUR, UNKNOWN, 10,
      0, 2.29, FALSE, 0},
};

static GpsRecord
gpsclock_get_row (const GpsClockPieces * p, gint i)
{
  gint steps = i < p->n_before ? i : i + p->moved;

  return gpsclock_record (p->claim, p->begin_us + i * SECOND +
      (i < p->n_before ? 0 : p->jump_us), 40.0 + (p->speed > 0 || p->moved ?
          steps * STEP_DEGREES : 0), p->longitude, p->speed);
}

static unsigned
gpsclock_feed_row (const GpsClockPieces * p, gint i)
{
  GpsRecord record = gpsclock_get_row (p, i);
  gint64 media = UNKNOWN;

  if (p->media_us != UNKNOWN)
    media = i * SECOND + (i < p->n_before ? 0 : p->media_us - SECOND);
  return gpsclock_feed (&clk, &record, FALSE, media);
}

GST_START_TEST (test_clock_that_jumps)
{
  const GpsClockPieces *p = &gpsclock_pieces[__i__];
  unsigned events = 0;

  for (gint i = 0; i < p->n_before + 3; i++)
    events |= gpsclock_feed_row (p, i);
  fail_unless (clk.verdict.has_jump == p->is_jump, "%s", p->what);
  fail_unless_equals_int ((events & GPSCLOCK_JUMPED) != 0, p->is_jump);
  if (p->is_jump) {
    fail_unless_equals_int64 (clk.verdict.jump_us, p->jump_us);
    fail_unless_equals_int (clk.verdict.jump_index, p->n_before);
  }
  fail_unless_equals_int (clk.verdict.has_offset, p->zone_us != 0);
  if (p->zone_us != 0) {
    gpsclock_assert_offset (p->zone_us, GPSCLOCK_BY_JUMP);
    gpsclock_assert_shows (GPSRECORD_CLOCK_UTC,
        p->claim == GPSRECORD_CLOCK_LOCAL ? GPSCLOCK_BY_JUMP :
        GPSCLOCK_BY_DIALECT);
  }
  for (gint i = 0; p->is_jump && i < p->n_before + 3; i++) {
    GpsRecord record = gpsclock_get_row (p, i);

    gpsclock_apply (&clk, (guint64) i, &record);
    fail_unless_equals_int (record.clock, GPSRECORD_CLOCK_UTC);
    fail_unless_equals_int64 (record.time_us, p->begin_us + p->jump_us +
        i * SECOND);
  }
}

GST_END_TEST;

GST_START_TEST (test_row_that_strays_is_no_jump)
{
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START - 2 * HOUR, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 6 * SECOND, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 7 * SECOND, UNKNOWN);
  fail_if (clk.verdict.has_jump);
}

GST_END_TEST;

GST_START_TEST (test_picture_every_half_minute_is_no_jump)
{
  for (gint i = 0; i < 20; i++) {
    GpsRecord record = gpsclock_record (GPSRECORD_CLOCK_UTC,
        START + i * 30 * SECOND, 48.85, 2.29, 5);

    gpsclock_feed (&clk, &record, FALSE, i * SECOND);
  }
  fail_if (clk.verdict.has_jump);
}

GST_END_TEST;

GST_START_TEST (test_stream_judges_by_the_clock_behind_the_jump)
{
  /* the file has its name of the clock that was set later */
  gpsclock_set_name (START + 2 * HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START + 2 * HOUR, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 5 * SECOND, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 6 * SECOND, UNKNOWN);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_NAME);
  gpsclock_assert_applied (GPSCLOCK_NO_INDEX, GPSRECORD_CLOCK_UTC,
      START + 6 * SECOND, GPSRECORD_CLOCK_UTC, START + 6 * SECOND);
}

GST_END_TEST;

static const struct
{
  const gchar *name;
  gint date[6];                 /* year 0: none */
} gpsclock_names[] = {
  {"20190927_054703.MP4", {2019, 9, 27, 5, 47, 3}},
  {"2021_0318_153934_001.TS", {2021, 3, 18, 15, 39, 34}},
  {"NO20191130-120156-000121.MP4", {2019, 11, 30, 12, 1, 56}},
  {"FILE210318-153934F.MP4", {2021, 3, 18, 15, 39, 34}},
  {"20260511134011_073648A.TS", {2026, 5, 11, 13, 40, 11}},
  {"/media/20200101_000000/REC_2021-03-18 15.39.34.mp4",
      {2021, 3, 18, 15, 39, 34}},
  {"D:\\DCIM\\2021-03-18T15-39-34.mov", {2021, 3, 18, 15, 39, 34}},
  {"a20211318_153934_20210318_153935.mp4", {2021, 3, 18, 15, 39, 35}},
  {"20240229_235959.MP4", {2024, 2, 29, 23, 59, 59}},
  {"", {0}},
  {"mp4_fgps03_viofo_a119v3.mp4", {0}},
  {"20230229_120000.MP4", {0}},
  {"20211301_120000.MP4", {0}},
  {"20210318_240000.MP4", {0}},
  {"20210318.MP4", {0}},
  {"20210318_1539.MP4", {0}},
  {"120210318_153934.MP4", {0}},
  {"20210318_1539341.MP4", {0}},
  {"19990318_153934.MP4", {0}},
  {"00210318_153934.MP4", {0}},
  {"210318153934.MP4", {0}},
  {"090318-153934.MP4", {0}},
  {"20210318_153934/clip.mp4", {0}},
  {"20210318__153934.mp4", {0}},
  {"2021:03:18:15:39:34.mp4", {0}},
};

GST_START_TEST (test_name_of_a_file)
{
  const gint *n = gpsclock_names[__i__].date;
  gint64 time_us = 7;
  gboolean found = gpsclock_parse_name (gpsclock_names[__i__].name, &time_us);

  fail_unless_equals_int (found, n[0] != 0);
  fail_unless_equals_int64 (time_us, n[0] == 0 ? 7 :
      wiretest_time (n[0], n[1], n[2], n[3], n[4], n[5]));
}

GST_END_TEST;

GST_START_TEST (test_without_hints_the_dialect_says)
{
  gint64 local;

  gpsclock_assert_shows (GPSRECORD_CLOCK_NONE, GPSCLOCK_BY_NOTHING);
  fail_if (gpsclock_wants_zone (&clk, &local));
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  fail_if (clk.verdict.has_offset);
  fail_if (gpsclock_wants_zone (&clk, &local));
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_UTC, START, GPSRECORD_CLOCK_UTC,
      START);

  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_DIALECT);
  fail_unless (gpsclock_wants_zone (&clk, &local));
  fail_unless_equals_int64 (local, START);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_LOCAL, START);
}

GST_END_TEST;

/* What a name so far from the first record says of it. */
static const struct
{
  gint64 name_us;               /* name minus record */
  GpsRecordClock shows;         /* of a record that claims UTC */
  gboolean has_offset;
  gint64 offset_us;
} gpsclock_name_cases[] = {
  {0, GPSRECORD_CLOCK_LOCAL, FALSE, 0},
  {-3 * MINUTE, GPSRECORD_CLOCK_LOCAL, FALSE, 0},
  {3 * MINUTE, GPSRECORD_CLOCK_LOCAL, FALSE, 0},
  {2 * HOUR, GPSRECORD_CLOCK_UTC, TRUE, 2 * HOUR},
  {2 * HOUR - 40 * SECOND, GPSRECORD_CLOCK_UTC, TRUE, 2 * HOUR},
  {-7 * HOUR + 20 * SECOND, GPSRECORD_CLOCK_UTC, TRUE, -7 * HOUR},
  {5 * HOUR + 45 * MINUTE, GPSRECORD_CLOCK_UTC, TRUE, 5 * HOUR + 45 * MINUTE},
  {-15 * MINUTE, GPSRECORD_CLOCK_UTC, TRUE, -15 * MINUTE},
  {14 * HOUR, GPSRECORD_CLOCK_UTC, TRUE, 14 * HOUR},
  /* none of these fits */
  {14 * HOUR + 15 * MINUTE, GPSRECORD_CLOCK_UTC, FALSE, 0},
  {-3 * MINUTE - SECOND, GPSRECORD_CLOCK_UTC, FALSE, 0},
  {7 * MINUTE, GPSRECORD_CLOCK_UTC, FALSE, 0},
  {48 * HOUR, GPSRECORD_CLOCK_UTC, FALSE, 0},
};

GST_START_TEST (test_name_beside_a_claim_of_utc)
{
  gboolean is_local = gpsclock_name_cases[__i__].shows == GPSRECORD_CLOCK_LOCAL;

  gpsclock_set_name (START + gpsclock_name_cases[__i__].name_us);
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
  gpsclock_assert_shows (gpsclock_name_cases[__i__].shows,
      is_local ? GPSCLOCK_BY_NAME : GPSCLOCK_BY_DIALECT);
  fail_unless_equals_int (clk.verdict.has_offset,
      gpsclock_name_cases[__i__].has_offset);
  if (clk.verdict.has_offset)
    gpsclock_assert_offset (gpsclock_name_cases[__i__].offset_us,
        GPSCLOCK_BY_NAME);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_UTC, START,
      gpsclock_name_cases[__i__].shows, START);
}

GST_END_TEST;

GST_START_TEST (test_name_beside_a_claim_of_local_time)
{
  gpsclock_set_name (START + 2 * HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_NAME);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_NAME);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_UTC, START);

  gpsclock_set_name (START);
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);
  fail_if (clk.verdict.has_offset);

  gpsclock_set_name (START + 7 * MINUTE);
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_DIALECT);
}

GST_END_TEST;

GST_START_TEST (test_utc_by_specification_is_never_overruled)
{
  gpsclock_set_name (START);
  gpsclock_set_creation (START + HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, TRUE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  fail_if (clk.verdict.has_offset);
  gpsclock_set_name (START - 5 * HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, TRUE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  gpsclock_assert_offset (-5 * HOUR, GPSCLOCK_BY_NAME);
}

GST_END_TEST;

GST_START_TEST (test_name_is_of_the_start_of_the_file)
{
  /* the receiver took eight minutes, in which a void came each second */
  GpsRecord empty;

  gpsrecord_reset (&empty);
  gpsclock_set_name (START);
  gpsclock_init (&clk, &hints);
  for (gint i = 0; i < 480; i++)
    gpsclock_feed (&clk, &empty, FALSE, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 480 * SECOND, UNKNOWN);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);

  /* or nothing came, and the media say when it was */
  gpsclock_init (&clk, &hints);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 480 * SECOND, 480 * SECOND);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);
}

GST_END_TEST;

GST_START_TEST (test_name_counts_against_records_with_a_position)
{
  GpsRecord empty;

  /* before its fix a camera shows what its own clock says */
  gpsrecord_reset (&empty);
  empty.clock = GPSRECORD_CLOCK_UTC;
  empty.time_us = START + 2 * HOUR;
  gpsclock_set_name (START + 2 * HOUR);
  gpsclock_init (&clk, &hints);
  gpsclock_feed (&clk, &empty, FALSE, UNKNOWN);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);
  fail_unless_equals_int (gpsclock_feed_time (GPSRECORD_CLOCK_UTC,
          START + SECOND, UNKNOWN), GPSCLOCK_CHANGED);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_NAME);
  /* which was a clock being set */
  fail_unless_equals_int (gpsclock_feed_time (GPSRECORD_CLOCK_UTC,
          START + 2 * SECOND, UNKNOWN), GPSCLOCK_CHANGED | GPSCLOCK_JUMPED);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_NAME);
  fail_unless_equals_int (gpsclock_feed_time (GPSRECORD_CLOCK_UTC,
          START + 3 * SECOND, UNKNOWN), 0);
}

GST_END_TEST;

GST_START_TEST (test_creation_settles_the_offset_of_local_time)
{
  gpsclock_set_creation (START - 2 * HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_DIALECT);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_CREATION);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_UTC, START - 2 * HOUR);

  /* what claims UTC and agrees with the name is local time, too */
  gpsclock_set_name (START + SECOND);
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_NAME);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_CREATION);
}

GST_END_TEST;

GST_START_TEST (test_creation_that_says_nothing)
{
  static const gint64 creations[] = {
    START, START + 100 * SECOND, START - 8 * MINUTE, START - 30 * HOUR, 0
  };

  for (guint i = 0; i < G_N_ELEMENTS (creations); i++) {
    gpsclock_set_creation (creations[i]);
    gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
    fail_if (clk.verdict.has_offset, "creation %u", i);
    gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
    gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
    fail_if (clk.verdict.has_offset, "creation %u", i);
  }
}

GST_END_TEST;

GST_START_TEST (test_records_of_both_kinds_tell_the_zone)
{
  gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, START + 2 * HOUR, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, START + 2 * HOUR + SECOND,
      UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START + 4 * SECOND, UNKNOWN);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_DIALECT);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_JUMP);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START + 2 * HOUR,
      GPSRECORD_CLOCK_UTC, START);
  gpsclock_assert_applied (2, GPSRECORD_CLOCK_UTC, START + 4 * SECOND,
      GPSRECORD_CLOCK_UTC, START + 4 * SECOND);

  /* the other way round, and west of Greenwich */
  gpsclock_init (&clk, &hints);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, START - 5 * HOUR + SECOND,
      UNKNOWN);
  gpsclock_assert_offset (-5 * HOUR, GPSCLOCK_BY_JUMP);

  /* no zone is such a time away */
  gpsclock_init (&clk, &hints);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START, UNKNOWN);
  gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, START + 400 * SECOND, UNKNOWN);
  fail_if (clk.verdict.has_offset);
}

GST_END_TEST;

GST_START_TEST (test_owner_says)
{
  gint64 local;

  gpsclock_set_name (START);
  gpsclock_set_creation (START - HOUR);
  hints.owner_clock = GPSRECORD_CLOCK_UTC;
  hints.owner_offset_us = -7 * SECOND;
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_UTC, GPSCLOCK_BY_OWNER);
  fail_if (gpsclock_wants_zone (&clk, &local));
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_UTC, START - 7 * SECOND);

  hints.owner_clock = GPSRECORD_CLOCK_LOCAL;
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, TRUE);
  gpsclock_assert_shows (GPSRECORD_CLOCK_LOCAL, GPSCLOCK_BY_OWNER);
  gpsclock_assert_offset (HOUR, GPSCLOCK_BY_CREATION);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_UTC, START,
      GPSRECORD_CLOCK_UTC, START - HOUR - 7 * SECOND);
}

GST_END_TEST;

GST_START_TEST (test_offset_of_the_owner_makes_utc_of_local_time)
{
  hints.owner_offset_us = -2 * HOUR;
  gpsclock_set_creation (START - HOUR);
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_OWNER);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_UTC, START - 2 * HOUR);

  /* of UTC it is added, no more */
  gpsclock_feed_clip (GPSRECORD_CLOCK_UTC, START, FALSE);
  fail_if (clk.verdict.has_offset);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_UTC, START,
      GPSRECORD_CLOCK_UTC, START - 2 * HOUR);

  /* so little is a correction of the clock */
  hints.has_creation = FALSE;
  hints.owner_offset_us = 14 * MINUTE;
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_LOCAL, START + 14 * MINUTE);
}

GST_END_TEST;

GST_START_TEST (test_assumed_zone_gives_way_to_evidence)
{
  gint64 local;

  gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, START, UNKNOWN);
  gpsclock_assume_zone (&clk, 2 * HOUR);
  gpsclock_assert_offset (2 * HOUR, GPSCLOCK_BY_ZONE);
  fail_unless (gpsclock_wants_zone (&clk, &local));
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, START,
      GPSRECORD_CLOCK_ASSUMED, START - 2 * HOUR);
  gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START - HOUR + SECOND, UNKNOWN);
  gpsclock_assert_offset (HOUR, GPSCLOCK_BY_JUMP);
  fail_if (gpsclock_wants_zone (&clk, &local));
}

GST_END_TEST;

GST_START_TEST (test_what_has_no_time_stays_so)
{
  gpsclock_feed_clip (GPSRECORD_CLOCK_LOCAL, START, FALSE);
  gpsclock_assume_zone (&clk, HOUR);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_NONE, 0, GPSRECORD_CLOCK_NONE, 0);
  /* nothing overflows, and what leaves the years is no time */
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, G_MAXINT64,
      GPSRECORD_CLOCK_NONE, 0);
  gpsclock_assert_applied (0, GPSRECORD_CLOCK_LOCAL, G_MININT64,
      GPSRECORD_CLOCK_NONE, 0);
}

GST_END_TEST;

GST_START_TEST (test_extreme_hints_and_records)
{
  static const gint64 extremes[] = { G_MININT64, G_MAXINT64, 0, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (extremes); i++) {
    gpsclock_set_name (extremes[i]);
    gpsclock_set_creation (extremes[i]);
    hints.owner_offset_us = extremes[i];
    gpsclock_init (&clk, &hints);
    for (guint k = 0; k < 4; k++) {
      gpsclock_feed_time (GPSRECORD_CLOCK_LOCAL, extremes[k], extremes[i]);
      gpsclock_feed_time (GPSRECORD_CLOCK_UTC, START, extremes[k]);
    }
    gpsclock_assume_zone (&clk, extremes[i]);
    fail_unless (ABS (clk.verdict.offset_us) <= 24 * HOUR);
  }
}

GST_END_TEST;

GST_START_TEST (test_dialects_that_are_utc_by_specification)
{
  static const gchar *const names[] = {
    "nmea", "nmea-ts", "nmea-text", "camm-nmea", "nmea-log", "sub16", "gpmf",
    "camm", "youqing", "wolfbox"
  };
  static const gchar *const others[] = {
    "novatek-e", "novatek-q", "novatek-ts", "azdome", "ligo", "sstar"
  };
  const Dialect *dialect;
  guint n_certain = 0, n_usual = 0;

  for (gsize i = 0; (dialect = dialect_get (i)); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      n_certain += g_str_equal (dialect->name, names[k]) && dialect->is_utc;
    for (guint k = 0; k < G_N_ELEMENTS (others); k++)
      n_usual += g_str_equal (dialect->name, others[k]) && !dialect->is_utc;
  }
  fail_unless_equals_int (n_certain, G_N_ELEMENTS (names));
  fail_unless_equals_int (n_usual, G_N_ELEMENTS (others));
}

GST_END_TEST;

static Suite *
gpsclock_suite (void)
{
  Suite *suite = suite_create ("gpsclock");
  TCase *tcase = tcase_create ("gpsclock");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, gpsclock_setup, NULL);
  tcase_add_loop_test (tcase, test_name_of_a_file, 0,
      G_N_ELEMENTS (gpsclock_names));
  tcase_add_test (tcase, test_without_hints_the_dialect_says);
  tcase_add_loop_test (tcase, test_name_beside_a_claim_of_utc, 0,
      G_N_ELEMENTS (gpsclock_name_cases));
  tcase_add_test (tcase, test_name_beside_a_claim_of_local_time);
  tcase_add_test (tcase, test_utc_by_specification_is_never_overruled);
  tcase_add_test (tcase, test_name_is_of_the_start_of_the_file);
  tcase_add_test (tcase, test_name_counts_against_records_with_a_position);
  tcase_add_test (tcase, test_creation_settles_the_offset_of_local_time);
  tcase_add_test (tcase, test_creation_that_says_nothing);
  tcase_add_test (tcase, test_records_of_both_kinds_tell_the_zone);
  tcase_add_loop_test (tcase, test_clock_that_jumps, 0,
      G_N_ELEMENTS (gpsclock_pieces));
  tcase_add_test (tcase, test_row_that_strays_is_no_jump);
  tcase_add_test (tcase, test_picture_every_half_minute_is_no_jump);
  tcase_add_test (tcase, test_stream_judges_by_the_clock_behind_the_jump);
  tcase_add_test (tcase, test_owner_says);
  tcase_add_test (tcase, test_offset_of_the_owner_makes_utc_of_local_time);
  tcase_add_test (tcase, test_assumed_zone_gives_way_to_evidence);
  tcase_add_test (tcase, test_what_has_no_time_stays_so);
  tcase_add_test (tcase, test_extreme_hints_and_records);
  tcase_add_test (tcase, test_dialects_that_are_utc_by_specification);
  return suite;
}

GST_CHECK_MAIN (gpsclock);
