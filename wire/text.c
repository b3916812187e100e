/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/text.h"

#include "wire/bytes.h"

#include <string.h>

enum
{
  TEXT_DIGITS_MAX = 18          /* of a decimal number: they fit 64 bits */
};

static bool
text_is_digit (uint8_t byte)
{
  return byte >= '0' && byte <= '9';
}

bool
text_has (const uint8_t * data, size_t size, size_t offset, const char *text)
{
  size_t length = strlen (text);

  return wire_has (size, offset, length) &&
      memcmp (data + offset, text, length) == 0;
}

size_t
text_find (const uint8_t * data, size_t size, const char *text)
{
  size_t length = strlen (text), at = 0;

  while (wire_has (size, at, length)) {
    const uint8_t *hit = memchr (data + at, (unsigned char) text[0],
        size - at - length + 1);

    if (!hit)
      break;
    at = (size_t) (hit - data);
    if (memcmp (hit, text, length) == 0)
      return at;
    at++;
  }
  return size;
}

bool
text_digits (const uint8_t * data, size_t size, size_t offset, size_t n,
    uint32_t * ret_number)
{
  uint32_t number = 0;

  if (n > 9 || !wire_has (size, offset, n))
    return false;
  for (size_t i = offset; i < offset + n; i++) {
    if (!text_is_digit (data[i]))
      return false;
    number = number * 10 + (uint32_t) (data[i] - '0');
  }
  *ret_number = number;
  return true;
}

size_t
text_decimal (const uint8_t * data, size_t size, double *ret_number)
{
  uint64_t number = 0, scale = 1;
  size_t at = 0, n_digits = 0;
  bool has_point = false;

  if (size > 0 && (data[0] == '-' || data[0] == '+'))
    at++;
  for (; at < size; at++) {
    if (data[at] == '.' && !has_point && n_digits > 0) {
      has_point = true;
      continue;
    }
    if (!text_is_digit (data[at]))
      break;
    if (++n_digits > TEXT_DIGITS_MAX)
      return 0;
    number = number * 10 + (uint64_t) (data[at] - '0');
    scale *= has_point ? 10 : 1;
  }
  if (n_digits == 0)
    return 0;
  *ret_number = (double) number / (double) scale;
  if (data[0] == '-')
    *ret_number = -*ret_number;
  return at;
}

size_t
text_find_member (const uint8_t * json, size_t size, const char *name)
{
  size_t at = text_find (json, size, name);

  if (at >= size)
    return size;
  at += strlen (name);
  while (at < size && (json[at] == ':' || json[at] == ' ' || json[at] == '"'))
    at++;
  return at;
}

bool
text_get_member (const uint8_t * json, size_t size, const char *name,
    double *ret_number)
{
  size_t at = text_find_member (json, size, name);

  return at < size && text_decimal (json + at, size - at, ret_number) > 0;
}
