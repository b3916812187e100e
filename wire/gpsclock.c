/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsclock.h"

#include <string.h>

#define GPSCLOCK_SECOND INT64_C (1000000)
#define GPSCLOCK_MINUTE (60 * GPSCLOCK_SECOND)
#define GPSCLOCK_HOUR (60 * GPSCLOCK_MINUTE)
#define GPSCLOCK_DAY (24 * GPSCLOCK_HOUR)

/* Zones differ from UTC by quarters of an hour, 14 hours at most. */
#define GPSCLOCK_QUARTER (15 * GPSCLOCK_MINUTE)
#define GPSCLOCK_QUARTERS_MAX 56

/* A file is named when it is opened or, by some cameras, closed: clips of
 * three minutes are usual. */
#define GPSCLOCK_TOLERANCE (3 * GPSCLOCK_MINUTE)

/* A camera's own clock runs that well between two times of being set. */
#define GPSCLOCK_DRIFT GPSCLOCK_MINUTE

/* A step of the clock that is so much other than expected is no delay. */
#define GPSCLOCK_JUMP_MIN (10 * GPSCLOCK_SECOND)
#define GPSCLOCK_STEP_MAX (5 * GPSCLOCK_SECOND)

/* A receiver that has not set the clock by then will not. */
#define GPSCLOCK_COLD_MAX (10 * GPSCLOCK_MINUTE)

/* 10 km/h: faster is no noise of a car that stands. */
#define GPSCLOCK_MOVING (10.0 / 3.6)

/* How far a place may be off, in metres. */
#define GPSCLOCK_NOISE 20.0

/* Zones of countries against the time of the sun: western China in summer, and
 * a little to the other side. Seconds. */
#define GPSCLOCK_SUN_MIN (-1.5 * 3600.0)
#define GPSCLOCK_SUN_MAX (4.0 * 3600.0)
#define GPSCLOCK_SECONDS_PER_DEGREE 240.0

/* From 2000-01-01 up to 2100-01-01, in microseconds since 1970. */
#define GPSCLOCK_TIME_MIN INT64_C (946684800000000)
#define GPSCLOCK_TIME_END INT64_C (4102444800000000)

static bool
gpsclock_is_time (int64_t time_us)
{
  return time_us >= GPSCLOCK_TIME_MIN && time_us < GPSCLOCK_TIME_END;
}

static int64_t
gpsclock_abs (int64_t value)
{
  return value < 0 ? -value : value;
}

void
gpsclock_init (GpsClock * self, const GpsClockHints * hints)
{
  memset (self, 0, sizeof *self);
  self->hints = *hints;
  if (!gpsclock_is_time (hints->name_us))
    self->hints.has_name = false;
  if (!gpsclock_is_time (hints->creation_us))
    self->hints.has_creation = false;
  if (hints->owner_offset_us < -GPSCLOCK_DAY ||
      hints->owner_offset_us > GPSCLOCK_DAY)
    self->hints.owner_offset_us = 0;
}

static bool
gpsclock_is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* Digits from *text on, which is moved behind them. */
static bool
gpsclock_take_number (const char **text, unsigned n_digits,
    uint32_t * ret_value)
{
  uint32_t value = 0;

  for (unsigned i = 0; i < n_digits; i++) {
    if (!gpsclock_is_digit ((*text)[i]))
      return false;
    value = value * 10 + (uint32_t) ((*text)[i] - '0');
  }
  *text += n_digits;
  *ret_value = value;
  return true;
}

/* YYYYMMDDHHMMSS, the parts alone or together. */
static bool
gpsclock_read_long (const char *text, uint32_t * ret_parts)
{
  for (unsigned i = 0; i < 6; i++) {
    if (i > 0 && *text != '\0' && strchr ("-_. T", *text))
      text++;
    if (!gpsclock_take_number (&text, i == 0 ? 4 : 2, &ret_parts[i]))
      return false;
  }
  return !gpsclock_is_digit (*text);
}

/* YYMMDD-HHMMSS. Anything looser would find dates in any number. */
static bool
gpsclock_read_short (const char *text, uint32_t * ret_parts)
{
  for (unsigned i = 0; i < 6; i++) {
    if (i == 3 && *text++ != '-' && text[-1] != '_')
      return false;
    if (!gpsclock_take_number (&text, 2, &ret_parts[i]))
      return false;
  }
  ret_parts[0] += 2000;
  return ret_parts[0] >= 2010 && !gpsclock_is_digit (*text);
}

static bool
gpsclock_find_date (const char *name,
    bool (*read) (const char *text, uint32_t * ret_parts),
    int64_t * ret_time_us)
{
  for (const char *p = name; *p != '\0'; p++) {
    uint32_t parts[6];
    GpsRecord record;

    if ((p > name && gpsclock_is_digit (p[-1])) || !read (p, parts))
      continue;
    gpsrecord_reset (&record);
    /* what is written with four digits is the year */
    if (parts[0] >= 2000 && gpsrecord_set_time (&record,
            GPSRECORD_CLOCK_LOCAL, parts[0], parts[1], parts[2], parts[3],
            parts[4], parts[5])) {
      *ret_time_us = record.time_us;
      return true;
    }
  }
  return false;
}

bool
gpsclock_parse_name (const char *name, int64_t * ret_name_us)
{
  const char *base = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      base = p + 1;
  return gpsclock_find_date (base, gpsclock_read_long, ret_name_us) ||
      gpsclock_find_date (base, gpsclock_read_short, ret_name_us);
}

/* The nearest number of quarters of an hour, if that is a zone and not further
 * away than tolerance. */
static bool
gpsclock_find_zone (int64_t difference_us, int64_t tolerance_us,
    int64_t * ret_zone_us)
{
  int64_t half = difference_us < 0 ? -GPSCLOCK_QUARTER / 2 :
      GPSCLOCK_QUARTER / 2;
  int64_t quarters = (difference_us + half) / GPSCLOCK_QUARTER;
  int64_t zone = quarters * GPSCLOCK_QUARTER;

  if (gpsclock_abs (quarters) > GPSCLOCK_QUARTERS_MAX ||
      gpsclock_abs (difference_us - zone) > tolerance_us)
    return false;
  *ret_zone_us = zone;
  return true;
}

/* How long the camera usually takes from one record to the next. */
static int64_t
gpsclock_get_step (const GpsClock * self)
{
  return self->n_step_records > 0 ?
      self->steps_us / (int64_t) self->n_step_records : GPSCLOCK_SECOND;
}

/* Of so many records: a day at most, which is more than any zone. */
static int64_t
gpsclock_count_time (const GpsClock * self, uint64_t n_records)
{
  int64_t step = gpsclock_get_step (self);

  if (step > 0 && n_records > (uint64_t) (GPSCLOCK_DAY / step))
    return GPSCLOCK_DAY;
  return (int64_t) n_records *step;
}

static bool
gpsclock_has_media (const GpsClockMark * a, const GpsClockMark * b)
{
  return a->media_us >= 0 && b->media_us >= a->media_us;
}

/* What the clock should have done between the two. */
static int64_t
gpsclock_get_elapsed (const GpsClock * self, const GpsClockMark * a,
    const GpsClockMark * b)
{
  return gpsclock_has_media (a, b) ? b->media_us - a->media_us :
      gpsclock_count_time (self, b->index - a->index);
}

static double
gpsclock_get_speed (const GpsRecord * record)
{
  return record->fields & GPSRECORD_SPEED ? record->speed : 0.0;
}

/* Whether the car is where it was a moment ago. */
static bool
gpsclock_is_near (const GpsRecord * a, const GpsRecord * b, int64_t elapsed_us)
{
  double speed = gpsclock_get_speed (a);

  if (!(a->fields & b->fields & GPSRECORD_POSITION))
    return false;
  if (gpsclock_get_speed (b) > speed)
    speed = gpsclock_get_speed (b);
  return gpsrecord_distance (a, b) <= GPSCLOCK_NOISE + 2.0 * speed *
      ((double) elapsed_us / 1e6 + 1.0);
}

static bool
gpsclock_is_moving (const GpsRecord * a, const GpsRecord * b)
{
  return gpsclock_get_speed (a) >= GPSCLOCK_MOVING &&
      gpsclock_get_speed (b) >= GPSCLOCK_MOVING;
}

/* Whether that zone is used where the record lies, as far as it tells. */
static bool
gpsclock_fits_sun (const GpsRecord * record, int64_t zone_us)
{
  double ahead;

  if (!(record->fields & GPSRECORD_POSITION))
    return true;
  ahead = (double) zone_us / 1e6 -
      record->longitude * GPSCLOCK_SECONDS_PER_DEGREE;
  if (ahead < -43200.0)
    ahead += 86400.0;
  else if (ahead > 43200.0)
    ahead -= 86400.0;
  return ahead >= GPSCLOCK_SUN_MIN && ahead <= GPSCLOCK_SUN_MAX;
}

/* What a clock shows that has lost its battery: some January 1st, early. */
static bool
gpsclock_is_reset (int64_t time_us)
{
  uint32_t year, month, day;

  gpsrecord_get_date (time_us, &year, &month, &day);
  return month == 1 && day == 1 && time_us % GPSCLOCK_DAY < GPSCLOCK_HOUR;
}

/* Backwards: a receiver has set the clock, or the file begins once more. */
static bool
gpsclock_is_set_back (const GpsClock * self, const GpsClockMark * mark,
    bool is_moving)
{
  return mark->record.time_us < self->first.record.time_us ||
      (is_moving && gpsclock_has_media (&self->last, mark));
}

/* Forwards: a receiver has set the clock, or the camera has paused. A car that
 * moves on from where it was has not paused; one that stands may have been
 * parked for the night. */
static bool
gpsclock_is_set_forward (const GpsClock * self, const GpsClockMark * mark,
    int64_t jump_us, bool is_moving)
{
  bool has_media = gpsclock_has_media (&self->last, mark);
  int64_t zone;

  if (jump_us >= GPSCLOCK_DAY)
    return is_moving || gpsclock_is_reset (self->first.record.time_us);
  if (jump_us < GPSCLOCK_QUARTER - GPSCLOCK_DRIFT)
    return is_moving && has_media;
  return (is_moving || has_media) &&
      gpsclock_find_zone (-jump_us, GPSCLOCK_DRIFT, &zone) &&
      gpsclock_fits_sun (&mark->record, zone);
}

/* Whether the clock was set before this record: jump_us is what the time that
 * has passed does not explain. */
static bool
gpsclock_is_jump (const GpsClock * self, const GpsClockMark * mark,
    int64_t elapsed_us, int64_t jump_us)
{
  const GpsRecord *last = &self->last.record;
  bool is_moving;

  if (self->verdict.has_jump || self->first.record.clock != last->clock ||
      last->clock != mark->record.clock ||
      last->time_us < self->first.record.time_us ||
      last->time_us - self->first.record.time_us > GPSCLOCK_COLD_MAX ||
      gpsclock_abs (jump_us) < GPSCLOCK_JUMP_MIN)
    return false;
  /* rows that had a place, and now have another one, are another drive */
  if (self->has_position && !gpsclock_is_near (last, &mark->record, elapsed_us))
    return false;
  is_moving = self->has_position && gpsclock_is_moving (last, &mark->record);
  return jump_us < 0 ? gpsclock_is_set_back (self, mark, is_moving) :
      gpsclock_is_set_forward (self, mark, jump_us, is_moving);
}

static void
gpsclock_note_anchor (GpsClock * self, const GpsClockMark * mark,
    bool is_certain)
{
  GpsClockAnchor *anchor = mark->record.clock == GPSRECORD_CLOCK_UTC ?
      &self->utc : &self->local;
  bool has_position = (mark->record.fields & GPSRECORD_POSITION) != 0;

  if (anchor->is_set && (anchor->has_position || !has_position))
    return;
  anchor->is_set = true;
  anchor->has_position = has_position;
  anchor->is_certain = is_certain;
  anchor->mark = *mark;
}

/* The record behind the candidate goes on as the clock should: it is a jump. */
static void
gpsclock_accept_jump (GpsClock * self, bool is_certain)
{
  GpsClockVerdict *verdict = &self->verdict;
  GpsClockAnchor *anchor = self->candidate.record.clock ==
      GPSRECORD_CLOCK_UTC ? &self->utc : &self->local;
  int64_t zone;

  verdict->has_jump = true;
  verdict->jump_index = self->candidate.index;
  verdict->jump_us = self->candidate_us;
  /* what stood before was shown by another clock */
  anchor->is_set = false;
  gpsclock_note_anchor (self, &self->candidate, is_certain);
  if (gpsclock_find_zone (-self->candidate_us, GPSCLOCK_DRIFT, &zone) &&
      zone != 0 && gpsclock_fits_sun (&self->candidate.record, zone)) {
    self->has_jump_zone = true;
    self->zone_us = zone;
  }
}

/* Records of local time and of UTC beside each other tell the zone. */
static void
gpsclock_compare_kinds (GpsClock * self, const GpsClockMark * mark)
{
  int64_t step = mark->record.time_us - self->last.record.time_us -
      gpsclock_get_elapsed (self, &self->last, mark);

  if (self->has_jump_zone || self->has_zone)
    return;
  self->has_zone = gpsclock_find_zone (mark->record.clock ==
      GPSRECORD_CLOCK_UTC ? -step : step, GPSCLOCK_DRIFT, &self->zone_us);
}

/* Compares the record with the one before. Returns whether that one turns out
 * to have been the first behind a jump. */
static bool
gpsclock_note_step (GpsClock * self, const GpsClockMark * mark, bool is_certain)
{
  int64_t step = mark->record.time_us - self->last.record.time_us;
  int64_t elapsed = gpsclock_get_elapsed (self, &self->last, mark);
  int64_t n_records = (int64_t) (mark->index - self->last.index);
  bool was_candidate = self->has_candidate, is_usual, is_jump = false;

  self->has_candidate = false;
  if (mark->record.clock != self->last.record.clock) {
    gpsclock_compare_kinds (self, mark);
    return false;
  }
  is_usual = step >= 0 && (step <= GPSCLOCK_STEP_MAX ||
      gpsclock_abs (step - elapsed) < GPSCLOCK_JUMP_MIN ||
      (!was_candidate && step == self->last_step_us));
  if (is_usual && was_candidate) {
    gpsclock_accept_jump (self, is_certain);
    is_jump = true;
  } else if (!is_usual && gpsclock_is_jump (self, mark, elapsed,
          step - elapsed)) {
    self->has_candidate = true;
    self->candidate = *mark;
    self->candidate_us = step - elapsed;
  }
  if (is_usual && step <= GPSCLOCK_STEP_MAX && n_records > 0 &&
      self->n_step_records < UINT32_MAX) {
    self->n_step_records += (uint64_t) n_records;
    self->steps_us += step;
  }
  self->last_step_us = step;
  return is_jump;
}

/* The records whose clock the verdict is about. */
static const GpsClockAnchor *
gpsclock_get_base (const GpsClock * self)
{
  if (self->utc.is_set && (self->utc.has_position || !self->local.is_set
          || !self->local.has_position))
    return &self->utc;
  return self->local.is_set ? &self->local : NULL;
}

/* When the recording began by that clock. */
static int64_t
gpsclock_get_start (const GpsClock * self, const GpsClockAnchor * anchor)
{
  int64_t media = anchor->mark.media_us;

  if (media < 0 || media > GPSCLOCK_DAY)
    media = gpsclock_count_time (self, anchor->mark.index);
  return anchor->mark.record.time_us - media;
}

static void
gpsclock_settle_offset (GpsClockVerdict * verdict, int64_t offset_us,
    GpsClockEvidence evidence)
{
  if (verdict->has_offset)
    return;
  verdict->has_offset = true;
  verdict->offset_us = offset_us;
  verdict->offset_by = evidence;
}

/* Local time, UTC, and then how far they are from each other, by the name. */
static void
gpsclock_judge_name (const GpsClock * self, const GpsClockAnchor * base,
    int64_t start_us, GpsClockVerdict * verdict)
{
  int64_t zone;

  if (!self->hints.has_name || !gpsclock_find_zone (self->hints.name_us -
          start_us, GPSCLOCK_TOLERANCE, &zone))
    return;
  if (zone != 0) {
    if (verdict->shows != GPSRECORD_CLOCK_UTC)
      verdict->shows_by = GPSCLOCK_BY_NAME;
    verdict->shows = GPSRECORD_CLOCK_UTC;
    gpsclock_settle_offset (verdict, zone, GPSCLOCK_BY_NAME);
  } else if (!base->is_certain) {
    verdict->shows = GPSRECORD_CLOCK_LOCAL;
    verdict->shows_by = GPSCLOCK_BY_NAME;
  }
}

/* What the owner does not say. */
static void
gpsclock_judge_clock (const GpsClock * self, const GpsClockAnchor * base,
    int64_t start_us, GpsClockVerdict * verdict)
{
  verdict->shows = base->mark.record.clock;
  verdict->shows_by = GPSCLOCK_BY_DIALECT;
  gpsclock_judge_name (self, base, start_us, verdict);
  if (verdict->shows_by == GPSCLOCK_BY_NAME || !self->has_jump_zone)
    return;
  if (verdict->shows == GPSRECORD_CLOCK_LOCAL)
    verdict->shows_by = GPSCLOCK_BY_JUMP;
  verdict->shows = GPSRECORD_CLOCK_UTC;
}

/* How far local time is from UTC; of a clock of UTC that is good to know of
 * records that are not. */
static void
gpsclock_judge_offset (const GpsClock * self, int64_t start_us,
    GpsClockVerdict * verdict)
{
  bool is_local = verdict->shows == GPSRECORD_CLOCK_LOCAL;
  int64_t owner = self->hints.owner_offset_us, zone;

  if (is_local && gpsclock_abs (owner) >= GPSCLOCK_QUARTER)
    gpsclock_settle_offset (verdict, -owner, GPSCLOCK_BY_OWNER);
  /* who knows of one clock alone does not compare two */
  if (self->has_jump_zone || (self->has_zone &&
          self->hints.owner_clock == GPSRECORD_CLOCK_NONE))
    gpsclock_settle_offset (verdict, self->zone_us, GPSCLOCK_BY_JUMP);
  /* a creation time that equals the record's is local time, too */
  if (is_local && self->hints.has_creation && gpsclock_find_zone (start_us -
          self->hints.creation_us, GPSCLOCK_TOLERANCE, &zone) && zone != 0)
    gpsclock_settle_offset (verdict, zone, GPSCLOCK_BY_CREATION);
  if (self->has_assumed && (is_local || self->local.has_position))
    gpsclock_settle_offset (verdict, self->assumed_us, GPSCLOCK_BY_ZONE);
}

static bool
gpsclock_is_same_verdict (const GpsClockVerdict * a, const GpsClockVerdict * b)
{
  return a->shows == b->shows && a->shows_by == b->shows_by &&
      a->has_offset == b->has_offset && a->offset_us == b->offset_us &&
      a->offset_by == b->offset_by && a->has_jump == b->has_jump &&
      a->jump_index == b->jump_index && a->jump_us == b->jump_us;
}

/* Judges anew. Returns whether the verdict is another one. */
static bool
gpsclock_judge (GpsClock * self)
{
  const GpsClockAnchor *base = gpsclock_get_base (self);
  GpsClockVerdict old = self->verdict, verdict;
  int64_t start;

  if (!base)
    return false;
  memset (&verdict, 0, sizeof verdict);
  verdict.has_jump = old.has_jump;
  verdict.jump_index = old.jump_index;
  verdict.jump_us = old.jump_us;
  start = gpsclock_get_start (self, base);
  if (self->hints.owner_clock != GPSRECORD_CLOCK_NONE) {
    verdict.shows = self->hints.owner_clock;
    verdict.shows_by = GPSCLOCK_BY_OWNER;
  } else {
    gpsclock_judge_clock (self, base, start, &verdict);
  }
  gpsclock_judge_offset (self, start, &verdict);
  self->verdict = verdict;
  return !gpsclock_is_same_verdict (&old, &verdict);
}

unsigned
gpsclock_feed (GpsClock * self, const GpsRecord * record, bool is_certain,
    int64_t media_us)
{
  GpsClockMark mark = { *record, self->n_records, media_us };
  unsigned events = 0;

  if (media_us > GPSCLOCK_TIME_END)
    mark.media_us = GPSCLOCK_UNKNOWN_US;
  self->n_records++;
  if ((record->clock == GPSRECORD_CLOCK_UTC ||
          record->clock == GPSRECORD_CLOCK_LOCAL) &&
      gpsclock_is_time (record->time_us)) {
    if (!self->has_last)
      self->first = mark;
    else if (gpsclock_note_step (self, &mark, is_certain))
      events |= GPSCLOCK_JUMPED;
    gpsclock_note_anchor (self, &mark, is_certain);
    self->last = mark;
    self->has_last = true;
  }
  if (record->fields & GPSRECORD_POSITION)
    self->has_position = true;
  if (gpsclock_judge (self) || events != 0)
    events |= GPSCLOCK_CHANGED;
  return events;
}

bool
gpsclock_wants_zone (const GpsClock * self, int64_t * ret_local_us)
{
  const GpsClockAnchor *base = gpsclock_get_base (self);
  const GpsClockVerdict *verdict = &self->verdict;

  if (verdict->shows == GPSRECORD_CLOCK_UTC) {
    /* rows of local time beside those of UTC */
    if (self->hints.owner_clock == GPSRECORD_CLOCK_UTC ||
        base != &self->utc || !self->local.has_position)
      return false;
    base = &self->local;
  }
  if (!base || (verdict->has_offset && verdict->offset_by != GPSCLOCK_BY_ZONE))
    return false;
  *ret_local_us = base->mark.record.time_us;
  return true;
}

void
gpsclock_assume_zone (GpsClock * self, int64_t offset_us)
{
  if (offset_us < -GPSCLOCK_DAY || offset_us > GPSCLOCK_DAY)
    return;
  self->has_assumed = true;
  self->assumed_us = offset_us;
  (void) gpsclock_judge (self);
}

/* What that record's clock shows. */
static GpsRecordClock
gpsclock_get_clock (const GpsClock * self, const GpsRecord * record)
{
  const GpsClockAnchor *base = gpsclock_get_base (self);

  if (self->hints.owner_clock != GPSRECORD_CLOCK_NONE)
    return self->hints.owner_clock;
  return base && record->clock == base->mark.record.clock ?
      self->verdict.shows : record->clock;
}

void
gpsclock_apply (const GpsClock * self, uint64_t index, GpsRecord * record)
{
  const GpsClockVerdict *verdict = &self->verdict;
  GpsRecordClock clock;
  int64_t add = self->hints.owner_offset_us;

  if (record->clock != GPSRECORD_CLOCK_UTC &&
      record->clock != GPSRECORD_CLOCK_LOCAL)
    return;
  clock = gpsclock_get_clock (self, record);
  if (verdict->has_jump && index < verdict->jump_index)
    add += verdict->jump_us;
  if (clock == GPSRECORD_CLOCK_LOCAL && verdict->has_offset) {
    /* what the owner adds is that offset itself, or is beside it */
    if (verdict->offset_by == GPSCLOCK_BY_OWNER)
      add -= self->hints.owner_offset_us;
    add -= verdict->offset_us;
    clock = verdict->offset_by == GPSCLOCK_BY_ZONE ?
        GPSRECORD_CLOCK_ASSUMED : GPSRECORD_CLOCK_UTC;
  }
  if (gpsclock_is_time (record->time_us) &&
      gpsrecord_set_time_us (record, clock, record->time_us + add))
    return;
  record->clock = GPSRECORD_CLOCK_NONE;
  record->time_us = 0;
}
