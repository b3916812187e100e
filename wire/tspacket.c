/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/tspacket.h"

#include "wire/bytes.h"

enum
{
  TSPACKET_N_SIZES = 3
};

static const unsigned tspacket_sizes[TSPACKET_N_SIZES] = { 188, 192, 204 };

/* Whether packets stand in data, from its first byte on, packet_size apart: at
 * least one, at most as many as make sure. */
static bool
tspacket_has_sync (const uint8_t * data, size_t size, unsigned packet_size)
{
  if (size < TSPACKET_SIZE)
    return false;
  for (size_t n = 0; n < TSPACKET_N_SYNC && n * packet_size < size; n++) {
    const uint8_t *p = data + n * packet_size;

    if (p[0] != TSPACKET_SYNC)
      return false;
    /* no error, and a payload or an adaptation field */
    if (wire_has (size, n * packet_size, TSPACKET_HEADER) &&
        ((p[1] & 0x80) || !(p[3] & 0x30)))
      return false;
  }
  return true;
}

/* The same; the first byte of a time code changes so slowly that it may pass
 * for sync bytes for half a second. */
static bool
tspacket_is_size (const uint8_t * data, size_t size, unsigned packet_size)
{
  return tspacket_has_sync (data, size, packet_size) &&
      !(packet_size == TSPACKET_SIZE + TSPACKET_TIME_CODE &&
      tspacket_has_sync (data + TSPACKET_TIME_CODE, size - TSPACKET_TIME_CODE,
          packet_size));
}

unsigned
tspacket_guess (const uint8_t * data, size_t size, unsigned preferred)
{
  if (preferred > 0 && tspacket_is_size (data, size, preferred))
    return preferred;
  for (size_t i = 0; i < TSPACKET_N_SIZES; i++)
    if (tspacket_is_size (data, size, tspacket_sizes[i]))
      return tspacket_sizes[i];
  return 0;
}

int64_t
tspacket_read_pts (const uint8_t * data)
{
  return (int64_t) (data[0] >> 1 & 7) << 30 |
      (int64_t) (wire_u16be (data + 1) >> 1) << 15 | wire_u16be (data + 3) >> 1;
}

int64_t
tspacket_unwrap (int64_t pts, int64_t reference)
{
  const int64_t turn = INT64_C (1) << 33;
  int64_t difference;

  difference = (pts - reference) % turn;
  if (difference > turn / 2)
    difference -= turn;
  else if (difference < -turn / 2)
    difference += turn;
  return reference + difference;
}
