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

/* Which character follows each one as last digit of the seconds. False: they
 * contradict one another. */
static bool
ligocipher_collect (const LigoCipher * self, uint8_t * next)
{
  memset (next, 0, LIGOCIPHER_N);
  for (size_t i = 1; i < self->n_held; i++) {
    uint8_t from = self->held[i - 1][LIGOCIPHER_SECOND] - LIGOCIPHER_FIRST;
    uint8_t to = self->held[i][LIGOCIPHER_SECOND];

    if (memcmp (self->held[i - 1], self->held[i], LIGOTEXT_DATE) == 0)
      continue;
    if (next[from] != 0 && next[from] != to)
      return false;
    next[from] = to;
  }
  return true;
}

/* Goes round the digits, from the 2 that the year begins with. False: they are
 * no ring of ten. */
static bool
ligocipher_set_digits (LigoCipher * self, const uint8_t * next)
{
  uint8_t first = self->held[0][LIGOCIPHER_YEAR], at = first;

  memset (self->plain, 0, sizeof self->plain);
  for (unsigned i = 0; i < 10; i++) {
    if (at == 0 || self->plain[at - LIGOCIPHER_FIRST] != 0)
      return false;
    self->plain[at - LIGOCIPHER_FIRST] = (uint8_t) ('0' + (2 + i) % 10);
    at = next[at - LIGOCIPHER_FIRST];
  }
  at = at == first ? self->held[0][LIGOCIPHER_COLON] : 0;
  if (at == 0 || self->plain[at - LIGOCIPHER_FIRST] != 0)
    return false;
  self->plain[at - LIGOCIPHER_FIRST] = ':';
  return true;
}

/* When the eleven characters that are known all obey one rule, plain = key +
 * cipher or key - cipher around the ring of 48, so do the letters. */
static void
ligocipher_extend (LigoCipher * self)
{
  for (unsigned key = 0; key < 2 * LIGOCIPHER_N; key++) {
    uint8_t plain[LIGOCIPHER_N];
    bool fits = true;

    for (unsigned i = 0; i < LIGOCIPHER_N; i++) {
      unsigned turned = key < LIGOCIPHER_N ? i : LIGOCIPHER_N - i;

      plain[i] = (uint8_t) (LIGOCIPHER_FIRST + (key + turned) % LIGOCIPHER_N);
      fits &= self->plain[i] == 0 || self->plain[i] == plain[i];
    }
    if (fits) {
      memcpy (self->plain, plain, sizeof plain);
      return;
    }
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

/* Whether the key makes times of the texts that advance by a second. */
static bool
ligocipher_check (const LigoCipher * self)
{
  LigoText before, now;

  for (size_t i = 0; i < self->n_held; i++) {
    uint8_t plain[LIGOTEXT_MAX];

    ligocipher_decipher (self, self->held[i], plain);
    if (!ligotext_parse (plain, sizeof plain, GPSRECORD_CLOCK_LOCAL, &now))
      return false;
    if (i > 0 && now.record.time_us != before.record.time_us &&
        now.record.time_us != before.record.time_us + 1000000)
      return false;
    before = now;
  }
  return true;
}

static void
ligocipher_solve (LigoCipher * self)
{
  uint8_t next[LIGOCIPHER_N];

  if (!ligocipher_collect (self, next)) {
    /* a pause: what was before it does not help */
    memcpy (self->held[0], self->held[self->n_held - 1], LIGOTEXT_MAX);
    self->n_held = 1;
    return;
  }
  if (!ligocipher_set_digits (self, next) || !ligocipher_check (self))
    return;
  ligocipher_extend (self);
  self->is_solved = true;
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
    ligocipher_solve (self);
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
