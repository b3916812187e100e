/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/eace.h"

#include "wire/text.h"

#include <string.h>

enum
{
  EACE_N_KEYS = 20,             /* the first, and one for each customer from aa to ss */
  EACE_DECIMALS = 3,            /* of a number, at least */
  EACE_KEY_MAX = 16,
  EACE_KEY_TAIL = 4,            /* what the check text lacks of the key */
  EACE_PLAIN_MAX = EACE_TEXT_MAX / 4 * 3
};

typedef struct
{
  size_t size;
  uint8_t bytes[EACE_PLAIN_MAX];
} EaceBytes;

static size_t
eace_length (const uint8_t * text)
{
  const uint8_t *nul = memchr (text, 0, EACE_TEXT_MAX);

  return nul ? (size_t) (nul - text) : EACE_TEXT_MAX;
}

static int
eace_base64_digit (uint8_t byte)
{
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *hit = memchr (digits, byte, sizeof digits - 1);

  return hit ? (int) (hit - digits) : -1;
}

/* base64, whole groups of four. */
static bool
eace_unpack (const uint8_t * text, EaceBytes * ret_bytes)
{
  size_t length = eace_length (text), n = length;

  ret_bytes->size = 0;
  if (length == 0 || length % 4 != 0)
    return false;
  while (n > length - 2 && text[n - 1] == '=')
    n--;
  for (size_t i = 0, bits = 0; i < n; i++) {
    int digit = eace_base64_digit (text[i]);

    if (digit < 0)
      return false;
    bits = (bits << 6 | (size_t) digit) & 0xffff;
    /* each digit but the first of a group completes a byte */
    if (i % 4 > 0)
      ret_bytes->bytes[ret_bytes->size++] =
          (uint8_t) (bits >> (6 - 2 * (i % 4)));
  }
  return ret_bytes->size > 0;
}

/* RC4, in place. */
static void
eace_decipher (const uint8_t * key, size_t key_size, EaceBytes * bytes)
{
  uint8_t state[256], swap;
  unsigned j = 0;

  for (unsigned i = 0; i < 256; i++)
    state[i] = (uint8_t) i;
  for (unsigned i = 0; i < 256; i++) {
    j = (j + state[i] + key[i % key_size]) & 255;
    swap = state[i];
    state[i] = state[j];
    state[j] = swap;
  }
  j = 0;
  for (unsigned n = 0; n < bytes->size; n++) {
    unsigned i = (n + 1) & 255;

    j = (j + state[i]) & 255;
    swap = state[i];
    state[i] = state[j];
    state[j] = swap;
    bytes->bytes[n] ^= state[(state[i] + state[j]) & 255];
  }
}

/* The key at index; returns its size. */
static size_t
eace_get_key (unsigned index, uint8_t * ret_key)
{
  static const char first[] = "luckychip gps", other[] = "customer xx gps";

  if (index == 0) {
    memcpy (ret_key, first, sizeof first);
    return sizeof first - 1;
  }
  memcpy (ret_key, other, sizeof other);
  ret_key[9] = ret_key[10] = (uint8_t) ('a' + index - 1);
  return sizeof other - 1;
}

/* With decimals, which what is cut off lacks. */
static bool
eace_is_number (const uint8_t * text, size_t size, double *ret_number)
{
  const uint8_t *point = memchr (text, '.', size);

  return point && point + EACE_DECIMALS < text + size &&
      text_decimal (text, size, ret_number) == size;
}

/* Whether the check text, if there is one, is the key without its tail. */
static bool
eace_check (const uint8_t * check, const uint8_t * key, size_t key_size)
{
  EaceBytes bytes;

  if (!check || check[0] == 0)
    return true;
  if (!eace_unpack (check, &bytes))
    return false;
  eace_decipher (key, key_size, &bytes);
  return bytes.size == key_size - EACE_KEY_TAIL &&
      memcmp (bytes.bytes, key, bytes.size) == 0;
}

bool
eace_read_position (const uint8_t * latitude, const uint8_t * longitude,
    const uint8_t * check, double *ret_latitude, double *ret_longitude)
{
  uint8_t key[EACE_KEY_MAX];
  EaceBytes packed[2];

  if (eace_is_number (latitude, eace_length (latitude), ret_latitude) &&
      eace_is_number (longitude, eace_length (longitude), ret_longitude))
    return true;
  if (!eace_unpack (latitude, &packed[0]) ||
      !eace_unpack (longitude, &packed[1]))
    return false;
  for (unsigned i = 0; i < EACE_N_KEYS; i++) {
    size_t key_size = eace_get_key (i, key);
    EaceBytes bytes[2] = { packed[0], packed[1] };

    eace_decipher (key, key_size, &bytes[0]);
    eace_decipher (key, key_size, &bytes[1]);
    if (eace_is_number (bytes[0].bytes, bytes[0].size, ret_latitude) &&
        eace_is_number (bytes[1].bytes, bytes[1].size, ret_longitude) &&
        eace_check (check, key, key_size))
      return true;
  }
  return false;
}
