/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/ligocipher.h"

#include "wire/bytes.h"

#include <string.h>

/* Where the characters of a text stand that say something of the key. */
enum
{
  LIGOCIPHER_YEAR = 0,
  LIGOCIPHER_COLON = 13,
  LIGOCIPHER_SECOND = 18,       /* its last digit */
  LIGOCIPHER_NORTH_SOUTH = 20,
  LIGOCIPHER_END = 24
};

static bool
ligocipher_is_replaced (uint8_t byte)
{
  return byte >= LIGOCIPHER_FIRST && byte < LIGOCIPHER_FIRST + LIGOCIPHER_N;
}

bool
ligocipher_probe (const uint8_t * data, size_t size)
{
  /* 0: a character that was replaced; the others are as they were */
  static const char form[] = "0000/00/00 00000000 00";

  if (size < LIGOCIPHER_END)
    return false;
  for (size_t i = 0; i < sizeof form - 1; i++)
    if (form[i] == '0' ? !ligocipher_is_replaced (data[i]) :
        data[i] != (uint8_t) form[i])
      return false;
  return data[LIGOCIPHER_COLON] == data[LIGOCIPHER_COLON + 3] &&
      data[LIGOCIPHER_COLON] == data[LIGOCIPHER_NORTH_SOUTH + 1];
}

/* Of seconds that follow one another some may be missing. */
static bool
ligocipher_is_most (unsigned n, unsigned n_all)
{
  return 4 * n >= 3 * n_all;
}

/* How often each character follows each one as last digit of the seconds. */
typedef struct
{
  unsigned n_steps;
  uint8_t n[LIGOCIPHER_N][LIGOCIPHER_N];
} LigoCipherSteps;

static void
ligocipher_collect (const LigoCipher * self, LigoCipherSteps * ret_steps)
{
  memset (ret_steps, 0, sizeof *ret_steps);
  for (size_t i = 1; i < self->n_held; i++) {
    unsigned from = self->held[i - 1][LIGOCIPHER_SECOND] - LIGOCIPHER_FIRST;
    unsigned to = self->held[i][LIGOCIPHER_SECOND] - LIGOCIPHER_FIRST;

    /* cameras repeat a second */
    if (memcmp (self->held[i - 1], self->held[i], LIGOTEXT_DATE) == 0)
      continue;
    ret_steps->n[from][to]++;
    ret_steps->n_steps++;
  }
}

static void
ligocipher_decipher (const LigoCipher * self, const uint8_t * text,
    uint8_t * ret_text)
{
  for (size_t i = 0; i < LIGOTEXT_MAX; i++) {
    ret_text[i] = text[i];
    if (!ligocipher_is_replaced (text[i]))
      continue;
    ret_text[i] = self->plain[text[i] - LIGOCIPHER_FIRST];
    /* a letter that nothing is known of; not the end of the text */
    if (ret_text[i] == 0)
      ret_text[i] = '?';
  }
}

static bool
ligocipher_has_letters (const LigoText * text)
{
  return (text->north_south == 'N' || text->north_south == 'S') &&
      (text->east_west == 'E' || text->east_west == 'W');
}

/* Whether the key makes times of the texts that advance by a second, most of
 * them, and none goes back; with letters, if they are known too. */
static bool
ligocipher_check (const LigoCipher * self, bool has_letters)
{
  unsigned n_steps = 0, n_seconds = 0;
  LigoText before, now;

  for (size_t i = 0; i < self->n_held; i++) {
    uint8_t plain[LIGOTEXT_MAX];
    int64_t step;

    ligocipher_decipher (self, self->held[i], plain);
    if (!ligotext_parse (plain, sizeof plain, GPSRECORD_CLOCK_LOCAL, &now) ||
        (has_letters && !ligocipher_has_letters (&now)))
      return false;
    step = i > 0 ? now.record.time_us - before.record.time_us : 0;
    before = now;
    if (step < 0)
      return false;
    n_steps += step > 0;
    n_seconds += step == 1000000;
  }
  return n_seconds > 0 && ligocipher_is_most (n_seconds, n_steps);
}

/* One rule for all characters: plain = key + cipher or key - cipher around the
 * ring of 48. */
static bool
ligocipher_try_rules (LigoCipher * self)
{
  const unsigned colon = self->held[0][LIGOCIPHER_COLON] - LIGOCIPHER_FIRST;

  for (unsigned key = 0; key < 2 * LIGOCIPHER_N; key++) {
    for (unsigned i = 0; i < LIGOCIPHER_N; i++) {
      unsigned turned = key < LIGOCIPHER_N ? i : LIGOCIPHER_N - i;

      self->plain[i] = (uint8_t) (LIGOCIPHER_FIRST + (key + turned) %
          LIGOCIPHER_N);
    }
    if (self->plain[colon] == ':' && ligocipher_check (self, true))
      return true;
  }
  return false;
}

/* Goes round the digits: at is the last one that has its character, the first
 * is the 2 that the year begins with. n: of ten. spare: steps that need not be
 * on the way, for seconds that are missing. False: they are no ring of ten. */
static bool
ligocipher_go_round (LigoCipher * self, const LigoCipherSteps * steps,
    unsigned at, unsigned n, unsigned spare)
{
  unsigned n_from = 0;

  for (unsigned to = 0; to < LIGOCIPHER_N; to++)
    n_from += steps->n[at][to];
  for (unsigned to = 0; to < LIGOCIPHER_N; to++) {
    const unsigned missed = n_from - steps->n[at][to];
    bool is_back = n == 10 && self->plain[to] == '2';

    if (steps->n[at][to] == 0 || missed > spare ||
        (self->plain[to] != 0 && !is_back))
      continue;
    if (is_back)
      return ligocipher_check (self, false);
    if (n == 10)
      continue;
    self->plain[to] = (uint8_t) ('0' + (2 + n) % 10);
    if (ligocipher_go_round (self, steps, to, n + 1, spare - missed))
      return true;
    self->plain[to] = 0;
  }
  return false;
}

static bool
ligocipher_try_ring (LigoCipher * self)
{
  const unsigned year = self->held[0][LIGOCIPHER_YEAR] - LIGOCIPHER_FIRST;
  const unsigned colon = self->held[0][LIGOCIPHER_COLON] - LIGOCIPHER_FIRST;
  LigoCipherSteps steps;

  if (self->n_held <= 10 || colon == year)
    return false;
  ligocipher_collect (self, &steps);
  memset (self->plain, 0, sizeof self->plain);
  self->plain[colon] = ':';
  self->plain[year] = '2';
  return ligocipher_go_round (self, &steps, year, 1, steps.n_steps / 4);
}

void
ligocipher_add (LigoCipher * self, const uint8_t * data, size_t size)
{
  if (self->n_held == LIGOCIPHER_HELD) {
    memmove (self->held[0], self->held[1],
        sizeof self->held - sizeof self->held[0]);
    self->n_held--;
  }
  if (size > LIGOTEXT_MAX)
    size = LIGOTEXT_MAX;
  memset (self->held[self->n_held], 0, LIGOTEXT_MAX);
  memcpy (self->held[self->n_held++], data, size);
  if (!self->is_solved)
    self->is_solved = ligocipher_try_rules (self) || ligocipher_try_ring (self);
}

/* A letter, or what the sign of its number says. */
static char
ligocipher_letter (char letter, const uint8_t * number, char positive,
    char negative)
{
  if (letter == positive || letter == negative)
    return letter;
  if (number[0] == '-')
    return negative;
  return number[0] == '+' ? positive : 0;
}

bool
ligocipher_take (LigoCipher * self, LigoText * ret_text)
{
  uint8_t plain[LIGOTEXT_MAX];
  const uint8_t *blank;

  if (!self->is_solved || self->n_held == 0)
    return false;
  ligocipher_decipher (self, self->held[0], plain);
  self->n_held--;
  memmove (self->held[0], self->held[1],
      sizeof self->held - sizeof self->held[0]);
  if (!ligotext_parse (plain, sizeof plain, GPSRECORD_CLOCK_LOCAL, ret_text))
    memset (ret_text, 0, sizeof *ret_text);
  if (!ret_text->has_position)
    return true;
  ret_text->north_south = ligocipher_letter (ret_text->north_south,
      plain + LIGOCIPHER_NORTH_SOUTH + 2, 'N', 'S');
  /* behind the latitude, a blank and the letter */
  blank = memchr (plain + LIGOCIPHER_NORTH_SOUTH, ' ',
      sizeof plain - LIGOCIPHER_NORTH_SOUTH - 4);
  ret_text->east_west = ligocipher_letter (ret_text->east_west,
      blank ? blank + 3 : plain, 'E', 'W');
  return true;
}
