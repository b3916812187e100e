/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/molink.h"

#include "wire/bytes.h"

enum
{
  MOLINK_MAGIC = 0x9999,
  MOLINK_START = 1,
  MOLINK_STOP = 2,
  MOLINK_DATA = 3,
  MOLINK_A_MAGIC = 0x66,
  MOLINK_A_FIRST = 1,
  MOLINK_A_LAST = 2,
  MOLINK_A_MIDDLE = 3,
  MOLINK_FORMAT_MJPEG = 1,
  MOLINK_C_VIDEO = 0,
  MOLINK_C_YUYV = 4,
  MOLINK_B_PLAIN = 0x22,
  MOLINK_BOUNDARY_SIZE = 9,
  MOLINK_AXIS_TURN = 512,       /* readings above are negative: minus 1024 */
  MOLINK_FLAT = 64              /* two axes below this: there is no angle */
};

static const uint8_t molink_boundary[MOLINK_BOUNDARY_SIZE] = "BoundaryS";

static void
molink_write (uint8_t * dest, uint8_t command)
{
  memset (dest, 0, MOLINK_COMMAND_SIZE);
  dest[0] = MOLINK_MAGIC & 0xff;
  dest[1] = MOLINK_MAGIC >> 8;
  dest[2] = command;
}

void
molink_write_keepalive (uint8_t * dest)
{
  molink_write (dest, MOLINK_START);
}

void
molink_write_stop (uint8_t * dest)
{
  molink_write (dest, MOLINK_STOP);
}

MolinkVariant
molink_probe (const uint8_t * data, size_t size)
{
  if (size >= MOLINK_A_HEADER_SIZE && data[0] == MOLINK_A_MAGIC &&
      data[1] >= MOLINK_A_FIRST && data[1] <= MOLINK_A_MIDDLE)
    return MOLINK_VARIANT_A;
  if (size > MOLINK_B_HEADER_SIZE && wire_u16le (data) == MOLINK_MAGIC &&
      wire_u16le (data + 2) == MOLINK_DATA)
    return MOLINK_VARIANT_B;
  if (size >= MOLINK_BOUNDARY_SIZE &&
      memcmp (data, molink_boundary, MOLINK_BOUNDARY_SIZE) == 0)
    return MOLINK_VARIANT_C;
  return MOLINK_VARIANT_UNKNOWN;
}

/* What all variants ask of a fragment. */
static bool
molink_is_possible (const MolinkFragment * fragment)
{
  return fragment->frame_size > 0 && fragment->n_bytes > 0 &&
      fragment->n_bytes <= fragment->frame_size &&
      fragment->index < MOLINK_MAX_FRAGMENTS &&
      /* each one before it has a byte at least */
      fragment->index <= fragment->frame_size - fragment->n_bytes;
}

static MolinkStatus
molink_parse_a (const uint8_t * head, size_t size, MolinkFragment * fragment)
{
  if (head[0] != MOLINK_A_MAGIC)
    return MOLINK_SHORT;
  if (head[1] < MOLINK_A_FIRST || head[1] > MOLINK_A_MIDDLE)
    return MOLINK_BAD;
  if (head[2] != MOLINK_FORMAT_MJPEG)
    return MOLINK_FORMAT;

  fragment->frame_id = head[3];
  fragment->frame_size = wire_u32le (head + 4);
  fragment->index = wire_u16le (head + 12);
  fragment->n_bytes = wire_u16le (head + 14);
  fragment->motion = wire_u32le (head + 16);
  fragment->last = head[1] == MOLINK_A_LAST;
  fragment->maybe_last = head[1] == MOLINK_A_FIRST && fragment->index == 0 &&
      fragment->n_bytes == fragment->frame_size;
  fragment->plain = true;
  if (!molink_is_possible (fragment))
    return MOLINK_BAD;
  return wire_has (size, MOLINK_A_HEADER_SIZE, fragment->n_bytes) ?
      MOLINK_OK : MOLINK_SHORT;
}

/* Indices count from 1. The number of fragments may stand in the last one alone,
 * and is 0 in the others then. */
static MolinkStatus
molink_parse_b (const uint8_t * head, size_t size, MolinkFragment * fragment)
{
  uint32_t number, n_fragments;

  if (wire_u16le (head) != MOLINK_MAGIC || wire_u16le (head + 2) != MOLINK_DATA)
    return MOLINK_SHORT;
  if (head[24] != MOLINK_FORMAT_MJPEG)
    return MOLINK_FORMAT;

  fragment->motion = wire_u32le (head + 8);
  fragment->plain = wire_u32le (head + 16) == MOLINK_B_PLAIN;
  fragment->frame_id = wire_u32le (head + 25);
  fragment->frame_size = wire_u32le (head + 29);
  number = wire_u16le (head + 33);
  n_fragments = wire_u16le (head + 35);
  fragment->n_bytes = wire_u16le (head + 37);
  if (number == 0 || (n_fragments > 0 && number > n_fragments))
    return MOLINK_BAD;
  fragment->index = number - 1;
  fragment->last = number == n_fragments;
  if (!molink_is_possible (fragment))
    return MOLINK_BAD;
  return wire_has (size, MOLINK_B_HEADER_SIZE, fragment->n_bytes) ?
      MOLINK_OK : MOLINK_SHORT;
}

/* The frame is whole, and may be longer than what of it is there. */
static MolinkStatus
molink_parse_c (const uint8_t * head, MolinkFragment * fragment)
{
  if (memcmp (head, molink_boundary, MOLINK_BOUNDARY_SIZE) != 0)
    return MOLINK_SHORT;
  if (head[10] != MOLINK_C_VIDEO)
    return MOLINK_BAD;
  if (head[11] == MOLINK_C_YUYV)
    return MOLINK_FORMAT;

  fragment->frame_size = wire_u32le (head + 13);
  fragment->frame_id = wire_u32le (head + 21);
  fragment->n_bytes = fragment->frame_size;
  fragment->last = true;
  return fragment->frame_size > 0 ? MOLINK_OK : MOLINK_BAD;
}

MolinkStatus
molink_parse (MolinkVariant variant, const uint8_t * head, size_t n_head,
    size_t size, MolinkFragment * ret_fragment)
{
  MolinkFragment fragment;
  MolinkStatus status = MOLINK_SHORT;

  memset (&fragment, 0, sizeof fragment);
  fragment.variant = variant;
  if (n_head > size)
    n_head = size;
  switch (variant) {
    case MOLINK_VARIANT_A:
      if (n_head >= MOLINK_A_HEADER_SIZE)
        status = molink_parse_a (head, size, &fragment);
      break;
    case MOLINK_VARIANT_B:
      if (n_head >= MOLINK_B_HEADER_SIZE)
        status = molink_parse_b (head, size, &fragment);
      break;
    case MOLINK_VARIANT_C:
      if (n_head >= MOLINK_C_HEADER_SIZE)
        status = molink_parse_c (head, &fragment);
      break;
    case MOLINK_VARIANT_UNKNOWN:
    default:
      break;
  }
  if (status == MOLINK_OK)
    *ret_fragment = fragment;
  return status;
}

uint32_t
molink_inverted_index (uint32_t frame_id, uint32_t frame_size)
{
  const uint32_t f = frame_id, s = frame_size;

  return s > 0 ? (((s ^ f) + s + (~s & 1)) ^ s) % s : 0;
}

/* Degrees, for y and x of at least 0 and not both 0. Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 4.4.49: off by 2e-8 radians at most, which is
 * 1.2e-6 degrees. */
static double
molink_atan2 (double y, double x)
{
  static const double coefficients[] = {
    0.0028662257, -0.0161657367, 0.0429096138, -0.0752896400, 0.1065626393,
    -0.1420889944, 0.1999355085, -0.3333314528, 1.0
  };
  const double t = y < x ? y / x : x / y;
  double sum = 0.0;

  for (size_t i = 0; i < sizeof coefficients / sizeof coefficients[0]; i++)
    sum = sum * (t * t) + coefficients[i];
  sum *= t * (180.0 / 3.14159265358979323846);
  return y < x ? sum : 90.0 - sum;
}

static uint16_t
molink_magnitude (uint16_t reading)
{
  return reading < MOLINK_AXIS_TURN ? reading :
      (uint16_t) (2 * MOLINK_AXIS_TURN - reading);
}

bool
molink_angle (uint32_t motion, double *ret_degrees, uint16_t ret_axes[3])
{
  uint16_t axes[3] = { 0, 0, 0 };
  double degrees;

  if (motion & UINT32_C (0x80000000)) {
    degrees = (motion & UINT32_C (0x3fffffff)) % 360000 / 1000.0;
  } else {
    uint16_t y, z;

    for (unsigned i = 0; i < 3; i++)
      axes[i] = (uint16_t) (motion >> (20 - 10 * i) & 0x3ff);
    y = molink_magnitude (axes[1]);
    z = molink_magnitude (axes[2]);
    if (y < MOLINK_FLAT && z < MOLINK_FLAT)
      return false;
    degrees = molink_atan2 (y, z);
    if (axes[2] > MOLINK_AXIS_TURN)
      degrees = 180.0 - degrees;
    if (axes[1] > MOLINK_AXIS_TURN)
      degrees = 360.0 - degrees;
  }

  *ret_degrees = degrees;
  if (ret_axes)
    memcpy (ret_axes, axes, sizeof axes);
  return true;
}
