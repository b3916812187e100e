/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/ligo.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define LIGO_MAGIC "LIGOGPSINFO"

/* km/h for the number that blurred texts call km/h; that of others is knots. */
#define LIGO_BLURRED_SPEED 1.85407333
/* Two records tell how they are blurred when the car moves, in m/s, and no more
 * time is between them. */
#define LIGO_SPEED_MIN 3.0
#define LIGO_PAUSE_US 5000000
/* Enough of them, in metres. */
#define LIGO_WAY_MIN 100.0
#define LIGO_PAIRS_MIN 4

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
  return size >= LIGO_HEADER && text_has (data, size, 0, LIGO_MAGIC) &&
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

/* The place of a text, blurred in that way. */
static bool
ligo_place (const LigoText * text, LigoBlur blur, GpsRecord * ret_record)
{
  LigoText clear = *text;

  if (blur != LIGO_BLUR_NONE && !text->is_ddmm) {
    double latitude = 10.0 * (int) (text->latitude / 10.0);
    double longitude = 10.0 * (int) (text->longitude / 10.0);

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

/* Measures the way between the last two records in each manner. */
static void
ligo_measure (Ligo * self)
{
  GpsRecord before[LIGO_N_BLURS], now[LIGO_N_BLURS];
  double seconds;

  if (self->n_held < 2)
    return;
  for (int i = 0; i < LIGO_N_BLURS; i++)
    if (!ligo_place (&self->held[self->n_held - 2], (LigoBlur) i, &before[i])
        || !ligo_place (&self->held[self->n_held - 1], (LigoBlur) i, &now[i]))
      return;
  if (now[0].time_us <= before[0].time_us ||
      now[0].time_us - before[0].time_us > LIGO_PAUSE_US ||
      before[0].speed < LIGO_SPEED_MIN || now[0].speed < LIGO_SPEED_MIN)
    return;
  seconds = (double) (now[0].time_us - before[0].time_us) / 1e6;
  self->n_pairs++;
  self->way += (before[0].speed + now[0].speed) / 2.0 * seconds;
  for (int i = 0; i < LIGO_N_BLURS; i++)
    self->ways[i] += gpsrecord_distance (&before[i], &now[i]);
}

/* How far off the way is that a manner gives. */
static double
ligo_error (const Ligo * self, LigoBlur blur)
{
  double error = self->ways[blur] / self->way - 1.0;

  return error < 0.0 ? -error : error;
}

/* What is usual is believed, unless it is far off and another manner is right. */
static void
ligo_decide (Ligo * self)
{
  LigoBlur best = self->blur;

  self->is_clear = true;
  if (self->n_pairs < LIGO_PAIRS_MIN || self->way < LIGO_WAY_MIN ||
      ligo_error (self, self->blur) < 0.25)
    return;
  for (int i = 0; i < LIGO_N_BLURS; i++)
    if (ligo_error (self, (LigoBlur) i) < ligo_error (self, best))
      best = (LigoBlur) i;
  if (ligo_error (self, best) < 0.08)
    self->blur = best;
}

static size_t
ligo_release (Ligo * self, GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  for (; n < self->n_held && n < max; n++)
    (void) ligo_place (&self->held[n], self->blur, &ret_records[n]);
  self->n_held = 0;
  return n;
}

/* A text that may be blurred. */
static size_t
ligo_add (Ligo * self, LigoBlur blur, const LigoText * text,
    GpsRecord * ret_records, size_t max)
{
  if (self->options.ligo_fuzz != DIALECT_LIGO_FUZZ_AUTO) {
    self->blur = (LigoBlur) (LIGO_BLUR_NONE + self->options.ligo_fuzz -
        DIALECT_LIGO_FUZZ_NONE);
    self->is_clear = true;
  } else if (!self->is_clear && self->n_held == 0) {
    self->blur = blur;
  }
  self->held[self->n_held++] = ligo_set_quadrant (text, self->options.quadrant);
  if (!self->is_clear) {
    ligo_measure (self);
    if (self->n_held == LIGO_HELD)
      ligo_decide (self);
  }
  return self->is_clear ? ligo_release (self, ret_records, max) : 0;
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

static size_t
ligo_follow_steered (Ligo * self, LigoBlur blur, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max)
{
  uint8_t plain[LIGO_STEERED_HEAD + LIGOTEXT_MAX];
  size_t n = ligo_unsteer (data, size, plain, sizeof plain);
  LigoText text;

  if (n <= LIGO_STEERED_HEAD || !ligotext_parse (plain + LIGO_STEERED_HEAD,
          n - LIGO_STEERED_HEAD, GPSRECORD_CLOCK_LOCAL, &text))
    return 0;
  return ligo_add (self, blur, &text, ret_records, max);
}

size_t
ligo_follow_slot (Ligo * self, LigoBlur blur, const uint8_t * slot,
    size_t size, GpsRecord * ret_records, size_t max)
{
  LigoText text;
  uint32_t length;
  size_t n = 0;

  if (size < LIGO_TEXT || max < 1)
    return 0;
  if (!text_has (slot, size, 0, "####")) {
    if (!ligotext_parse (slot + LIGO_PLAIN_TEXT, size - LIGO_PLAIN_TEXT,
            GPSRECORD_CLOCK_LOCAL, &text))
      return 0;
    ligotext_get_plain (&text, ret_records);
    return 1;
  }
  length = wire_u32le (slot + LIGO_MARK);
  if (length <= size - LIGO_TEXT && ligo_is_erased (slot + LIGO_TEXT, length)) {
    gpsrecord_reset (ret_records);
    return 1;
  }
  if (length <= size - LIGO_TEXT)
    return ligo_follow_steered (self, blur, slot + LIGO_TEXT, length,
        ret_records, max);
  if (!ligocipher_probe (slot + LIGO_TEXT, size - LIGO_TEXT))
    return 0;
  ligocipher_add (&self->cipher, slot + LIGO_TEXT, size - LIGO_TEXT);
  while (n < max && ligocipher_take (&self->cipher, &text))
    n += ligo_add (self, blur, &text, ret_records + n, max - n);
  return n;
}

size_t
ligo_follow (Ligo * self, LigoBlur blur, const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (!ligo_probe (data, size))
    return 0;
  blur = ligo_get_blur (data, blur);
  for (size_t at = LIGO_HEADER; at < size && n < max; at += LIGO_SLOT)
    n += ligo_follow_slot (self, blur, data + at,
        size - at < LIGO_SLOT ? size - at : LIGO_SLOT, ret_records + n,
        max - n);
  return n;
}

bool
ligo_is_waiting (const Ligo * self)
{
  return self->n_held > 0 || self->cipher.n_held > 0;
}

size_t
ligo_finish (Ligo * self, GpsRecord * ret_records, size_t max)
{
  self->cipher.n_held = 0;
  if (self->n_held == 0)
    return 0;
  ligo_decide (self);
  return ligo_release (self, ret_records, max);
}
