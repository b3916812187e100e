/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/ligo.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

/* What a header begins with by another name. */
#define LIGO_OTHER_MAGIC "LCAIGPSINFO"

/* km/h for the number that blurred texts call km/h; that of others is knots. */
#define LIGO_BLURRED_SPEED 1.85407333
/* Records tell how they are blurred when the car moves, in m/s, and no more
 * time is between them. */
#define LIGO_SPEED_MIN 1.5
#define LIGO_PAUSE_US 5000000
/* Positions are compared over legs, so that their last digit does not matter,
 * in metres. */
#define LIGO_LEG 25.0
#define LIGO_KNOT (1852.0 / 3600.0)
/* How much later than the position a speed may be true, in seconds. */
#define LIGO_LAG 0.7
/* Enough of them: to judge by a large difference, to judge, and to wait no
 * longer. */
#define LIGO_WAY_LEAST 50.0
#define LIGO_WAY_MIN 100.0
#define LIGO_WAY_ENOUGH 250.0
#define LIGO_LEGS_MIN 4
/* Positions that are blurred lie in a part of their ten degrees, but for the
 * last digits that some cameras write. */
#define LIGO_CELL (10.0 + 1e-3)

enum
{
  LIGO_FLAGS = 12,
  LIGO_MARK = 4,                /* "####" in front of what is enciphered */
  LIGO_TEXT = 8,                /* of a slot: its text */
  LIGO_PLAIN_TEXT = 4,          /* of a slot without the mark */
  LIGO_STEERED_HEAD = 4         /* a counter in front of the text */
};

static const double ligo_scales[LIGO_N_BLURS] =
    { 1.0, 1.524855137, 1.456027985, 1.15368 };

bool
ligo_probe (const uint8_t * data, size_t size)
{
  /* Beferich writes blanks behind it */
  return size >= LIGO_HEADER && (text_has (data, size, 0, LIGO_MAGIC) ||
      text_has (data, size, 0, LIGO_OTHER_MAGIC)) &&
      (data[sizeof LIGO_MAGIC - 1] == 0 || data[sizeof LIGO_MAGIC - 1] == ' ');
}

LigoBlur
ligo_get_blur (const uint8_t * header, LigoBlur usual)
{
  uint32_t flags = wire_u32be (header + LIGO_FLAGS);

  return flags == 0x01 || flags == 0x14 ? LIGO_BLUR_NONE : usual;
}

/* Three bytes and a blank, at the place that the steering byte says. */
static void
ligo_steer_blank (uint8_t steer, const uint8_t * data, uint8_t * ret_plain)
{
  static const uint8_t masks[4][3] = {
    {0x01, 0x06, 0x18}, {0x03, 0x04, 0x18}, {0x03, 0x0c, 0x10},
    {0x01, 0x06, 0x18}
  };
  unsigned blank = (steer >> 5) - 2U, n = 0;

  for (unsigned i = 0; i < 4; i++) {
    if (i == blank) {
      ret_plain[i] = ' ';
    } else {
      ret_plain[i] = (data[n] | (steer & masks[blank][n])) ^ 0x20;
      n++;
    }
  }
}

/* Steered encryption: a byte says what becomes of those behind it. Returns how
 * many bytes came out; 0: it is not this form. */
static size_t
ligo_unsteer (const uint8_t * data, size_t size, uint8_t * ret_plain,
    size_t max)
{
  size_t n = 0;

  for (size_t at = 0; at < size && n + 4 <= max;) {
    uint8_t steer = data[at++];
    unsigned kind = steer >> 5;
    size_t need = kind == 0 ? 1 : kind < 6 ? 3 : 4;

    if (kind == 1)
      return 0;
    if (need > size - at)
      break;
    if (kind == 0) {
      ret_plain[n++] = data[at] | (steer & 0x13);
    } else if (kind < 6) {
      ligo_steer_blank (steer, data + at, ret_plain + n);
      n += 4;
    } else {
      ret_plain[n++] = (data[at] | (steer & 0x01)) ^ 0x20;
      ret_plain[n++] = (data[at + 1] | (steer & 0x02)) ^ 0x20;
      ret_plain[n++] = (data[at + 2] | (steer & 0x0c)) ^ 0x20;
      ret_plain[n++] = (data[at + 3] ^ 0x20) | (steer & 0x30);
    }
    at += need;
  }
  return n;
}

/* The text with the letters of that quarter of the earth where it has none. */
static LigoText
ligo_set_quadrant (const LigoText * text, DialectQuadrant quadrant)
{
  LigoText whole = *text;
  bool is_south = quadrant == DIALECT_QUADRANT_SE ||
      quadrant == DIALECT_QUADRANT_SW;
  bool is_west = quadrant == DIALECT_QUADRANT_NW ||
      quadrant == DIALECT_QUADRANT_SW;

  if (quadrant == DIALECT_QUADRANT_AUTO)
    return whole;
  if (whole.north_south == 0)
    whole.north_south = is_south ? 'S' : 'N';
  if (whole.east_west == 0)
    whole.east_west = is_west ? 'W' : 'E';
  return whole;
}

/* Where the ten degrees begin that a coordinate lies in. */
static double
ligo_get_cell (double degrees)
{
  return degrees < 1000.0 ? 10.0 * (int) (degrees / 10.0) : degrees;
}

/* The place of a text, blurred in that way. */
static bool
ligo_place (const LigoText * text, LigoBlur blur, GpsRecord * ret_record)
{
  LigoText clear = *text;

  if (text->is_plain) {
    ligotext_get_plain (text, ret_record);
    return (ret_record->fields & GPSRECORD_POSITION) != 0;
  }
  if (blur != LIGO_BLUR_NONE && !text->is_ddmm) {
    double latitude = ligo_get_cell (text->latitude);
    double longitude = ligo_get_cell (text->longitude);

    clear.latitude = latitude + (text->longitude - longitude) *
        ligo_scales[blur];
    clear.longitude = longitude + (text->latitude - latitude) *
        ligo_scales[blur];
  }
  ligotext_get_plain (&clear, ret_record);
  ret_record->fields &= ~(unsigned) GPSRECORD_SPEED;
  if (text->has_position && (text->north_south == 0 || text->east_west == 0))
    ret_record->fields |= GPSRECORD_NO_HEMISPHERE;
  if (!(ret_record->fields & (GPSRECORD_POSITION | GPSRECORD_NO_HEMISPHERE)))
    return false;
  if (text->is_ddmm)
    (void) gpsrecord_set_speed_kmh (ret_record, text->speed);
  else if (blur != LIGO_BLUR_NONE)
    (void) gpsrecord_set_speed_kmh (ret_record,
        text->speed * LIGO_BLURRED_SPEED);
  else
    (void) gpsrecord_set_speed_knots (ret_record, text->speed);
  return (ret_record->fields & GPSRECORD_POSITION) != 0;
}

/* Whether it may be blurred. */
static bool
ligo_is_open (const LigoText * text)
{
  return text->has_position && !text->is_plain && !text->is_ddmm;
}

static double
ligo_abs (double value)
{
  return value < 0.0 ? -value : value;
}

/* Ends the leg: how far off are the positions in each manner? */
static void
ligo_end_leg (Ligo * self)
{
  const LigoText *start = &self->held[self->leg_start];
  const LigoText *end = &self->held[self->n_held - 1];
  double ways[LIGO_N_BLURS];

  for (int i = 0; i < LIGO_N_BLURS; i++) {
    GpsRecord before, now;

    /* a place that is none: not this manner */
    if (ligo_place (start, (LigoBlur) i, &before) &&
        ligo_place (end, (LigoBlur) i, &now))
      ways[i] = gpsrecord_distance (&before, &now);
    else
      ways[i] = 10.0 * self->leg;
  }
  for (int i = 0; i < LIGO_N_BLURS; i++) {
    self->ways[i] += ways[i];
    self->errors[i] += ligo_abs (ways[i] - self->leg);
  }
  self->speedup += (end->speed - start->speed) * LIGO_KNOT;
  self->way += self->leg;
  self->n_legs++;
}

/* Goes on with the leg by the last record, or starts one with it. */
static void
ligo_measure (Ligo * self)
{
  const LigoText *now = &self->held[self->n_held - 1], *before = now - 1;
  int64_t pause;

  if (self->n_held >= 2) {
    pause = now->record.time_us - before->record.time_us;
    if (pause == 0)
      return;
    if (pause > 0 && pause <= LIGO_PAUSE_US && ligo_is_open (now) &&
        ligo_is_open (before) && now->speed * LIGO_KNOT >= LIGO_SPEED_MIN &&
        before->speed * LIGO_KNOT >= LIGO_SPEED_MIN) {
      self->leg += (before->speed + now->speed) / 2.0 * LIGO_KNOT *
          (double) pause / 1e6;
      if (self->leg < LIGO_LEG)
        return;
      ligo_end_leg (self);
    }
  }
  self->leg_start = self->n_held - 1;
  self->leg = 0.0;
}

/* How far off the legs are that a manner gives, and how far the whole way. */
static double
ligo_leg_error (const Ligo * self, LigoBlur blur)
{
  return self->errors[blur] / self->way;
}

static double
ligo_way_error (const Ligo * self, LigoBlur blur)
{
  double error = ligo_abs (self->ways[blur] - self->way) -
      LIGO_LAG * ligo_abs (self->speedup);

  return error > 0.0 ? error / self->way : 0.0;
}

static bool
ligo_is_possible (const Ligo * self, LigoBlur blur)
{
  return !(self->impossible & 1U << blur);
}

/* Whether another manner has so much less error that this one cannot be.
 * Scales 1 and 2 are 5 % apart, which the whole way shows alone. */
static bool
ligo_refutes (const Ligo * self, LigoBlur better, LigoBlur blur)
{
  double error;

  if (!ligo_is_possible (self, blur))
    return true;
  if (self->way < LIGO_WAY_LEAST)
    return false;
  error = ligo_leg_error (self, better);
  if (error < 0.12 && ligo_leg_error (self, blur) > 2.0 * error +
      (self->way < LIGO_WAY_MIN || self->n_legs < LIGO_LEGS_MIN ? 0.1 : 0.015))
    return true;
  return error < 0.2 && self->way >= LIGO_WAY_ENOUGH &&
      ligo_way_error (self, better) < 0.01 &&
      ligo_way_error (self, blur) > 0.025;
}

/* Of those that are possible; the usual one for want of a way. */
static LigoBlur
ligo_get_best (const Ligo * self)
{
  LigoBlur best = ligo_is_possible (self, self->blur) ? self->blur :
      LIGO_BLUR_NONE;
  double least = 0.0;

  for (int i = -1; self->n_legs > 0 && i < LIGO_N_BLURS; i++) {
    LigoBlur blur = i < 0 ? best : (LigoBlur) i;
    double error = ligo_leg_error (self, blur) + 2.0 * ligo_way_error (self,
        blur);

    if (i >= 0 && (error >= least || !ligo_is_possible (self, blur)))
      continue;
    best = blur;
    least = error;
  }
  return best;
}

/* Whether all manners but one are refuted. */
static bool
ligo_is_sure (const Ligo * self)
{
  LigoBlur best = ligo_get_best (self);

  if (self->n_legs < LIGO_LEGS_MIN || self->way < LIGO_WAY_ENOUGH)
    return false;
  for (int i = 0; i < LIGO_N_BLURS; i++)
    if ((LigoBlur) i != best && !ligo_refutes (self, best, (LigoBlur) i))
      return false;
  return true;
}

/* What is usual is believed, unless another manner refutes it. What is usually
 * not blurred needs no evidence. */
static void
ligo_decide (Ligo * self)
{
  LigoBlur usual = self->blur, best = ligo_get_best (self);

  if (self->is_clear)
    return;
  if (ligo_refutes (self, best, usual))
    self->blur = best;
  self->is_clear = true;
  self->is_assumed = (usual != LIGO_BLUR_NONE || best != usual) &&
      (self->way < LIGO_WAY_LEAST || ligo_leg_error (self, self->blur) > 0.2);
}

/* Gives what waits no more, as far as there is room. */
static size_t
ligo_release (Ligo * self, GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (; n < self->n_held && n < max && (self->is_clear ||
          !ligo_is_open (&self->held[n])); n++)
    if (ligo_place (&self->held[n], self->blur, &ret_records[n]) &&
        self->is_assumed && ligo_is_open (&self->held[n]))
      ret_records[n].fields |= GPSRECORD_ASSUMED;
  self->n_held -= n;
  self->leg_start -= self->leg_start < n ? self->leg_start : n;
  memmove (self->held, self->held + n, self->n_held * sizeof self->held[0]);
  return n;
}

/* Notes which manners of blurring would not have made this text. */
static void
ligo_note_cell (Ligo * self, const LigoText * text)
{
  double latitude = text->latitude - ligo_get_cell (text->latitude);
  double longitude = text->longitude - ligo_get_cell (text->longitude);
  double most = latitude > longitude ? latitude : longitude;

  if (!ligo_is_open (text))
    return;
  for (int i = LIGO_BLUR_1; i < LIGO_N_BLURS; i++)
    if (most * ligo_scales[i] > LIGO_CELL)
      self->impossible |= 1U << i;
}

/* A text that may be blurred. */
static void
ligo_add (Ligo * self, LigoBlur blur, const LigoText * text)
{
  if (self->options.ligo_fuzz != DIALECT_LIGO_FUZZ_AUTO) {
    self->blur = (LigoBlur) (LIGO_BLUR_NONE + self->options.ligo_fuzz -
        DIALECT_LIGO_FUZZ_NONE);
    self->is_clear = true;
  } else if (!self->is_clear && self->n_held == 0) {
    self->blur = blur;
  }
  /* more than any block has */
  if (self->n_held == LIGO_HELD)
    return;
  self->held[self->n_held++] = ligo_set_quadrant (text, self->options.quadrant);
  if (self->is_clear)
    return;
  ligo_note_cell (self, text);
  ligo_measure (self);
  if (self->n_held >= LIGO_WAIT || ligo_is_sure (self))
    ligo_decide (self);
}

/* Cameras that write a plain twin erase this one. */
static bool
ligo_is_erased (const uint8_t * data, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (data[i] != 0)
      return false;
  return size > 0;
}

/* Steered encryption. False: it is not. */
static bool
ligo_add_steered (Ligo * self, LigoBlur blur, const uint8_t * data, size_t size)
{
  uint8_t plain[LIGO_STEERED_HEAD + LIGOTEXT_MAX];
  size_t n = ligo_unsteer (data, size, plain, sizeof plain);
  LigoText text;

  if (n <= LIGO_STEERED_HEAD || !ligotext_parse (plain + LIGO_STEERED_HEAD,
          n - LIGO_STEERED_HEAD, GPSRECORD_CLOCK_LOCAL, &text))
    return false;
  ligo_add (self, blur, &text);
  return true;
}

static void
ligo_add_slot (Ligo * self, LigoBlur blur, const uint8_t * slot, size_t size)
{
  const uint8_t *data = slot + LIGO_TEXT;
  uint32_t length;
  LigoText text;

  if (size < LIGO_TEXT)
    return;
  if (!text_has (slot, size, 0, "####")) {
    if (ligotext_parse (slot + LIGO_PLAIN_TEXT, size - LIGO_PLAIN_TEXT,
            GPSRECORD_CLOCK_LOCAL, &text)) {
      text.is_plain = true;
      ligo_add (self, blur, &text);
    }
    return;
  }
  length = wire_u32le (slot + LIGO_MARK);
  size -= LIGO_TEXT;
  /* its counter may look like a length */
  if (ligocipher_probe (data, size)) {
    ligocipher_add (&self->cipher, data, size);
    while (ligocipher_take (&self->cipher, &text))
      ligo_add (self, blur, &text);
  } else if (length <= size && ligo_is_erased (data, length)) {
    memset (&text, 0, sizeof text);
    ligo_add (self, blur, &text);
  } else if (length <= size) {
    (void) ligo_add_steered (self, blur, data, length);
  }
}

size_t
ligo_follow_slot (Ligo * self, LigoBlur blur, const uint8_t * slot,
    size_t size, GpsRecord * ret_records, size_t max)
{
  ligo_add_slot (self, blur, slot, size);
  return ligo_release (self, ret_records, max);
}

size_t
ligo_follow (Ligo * self, LigoBlur blur, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  if (!ligo_probe (data, size))
    return 0;
  blur = ligo_get_blur (data, blur);
  for (size_t at = LIGO_HEADER; at < size; at += LIGO_SLOT)
    ligo_add_slot (self, blur, data + at, size - at < LIGO_SLOT ? size - at :
        LIGO_SLOT);
  return ligo_release (self, ret_records, max);
}

bool
ligo_is_waiting (const Ligo * self)
{
  return self->n_held > 0 || self->cipher.n_held > 0;
}

void
ligo_forget (Ligo * self)
{
  self->cipher.n_held = 0;
  self->n_held = 0;
}

size_t
ligo_finish (Ligo * self, GpsRecord * ret_records, size_t max)
{
  self->cipher.n_held = 0;
  ligo_decide (self);
  return ligo_release (self, ret_records, max);
}
