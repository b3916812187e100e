/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Loads of integers and floats from memory of any alignment. The only place
 * of the project that shifts bytes. The caller checks the bounds first, best
 * with wire_has(). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Whether need bytes at offset lie inside size bytes. Never overflows. */
static inline bool
wire_has (size_t size, size_t offset, size_t need)
{
  return need <= size && offset <= size - need;
}

static inline uint16_t
wire_u16be (const uint8_t * p)
{
  return (uint16_t) ((unsigned) p[0] << 8 | p[1]);
}

static inline uint16_t
wire_u16le (const uint8_t * p)
{
  return (uint16_t) ((unsigned) p[1] << 8 | p[0]);
}

static inline uint32_t
wire_u32be (const uint8_t * p)
{
  return (uint32_t) p[0] << 24 | (uint32_t) p[1] << 16 | (uint32_t) p[2] << 8 | p[3];
}

static inline uint32_t
wire_u32le (const uint8_t * p)
{
  return (uint32_t) p[3] << 24 | (uint32_t) p[2] << 16 | (uint32_t) p[1] << 8 | p[0];
}

static inline uint64_t
wire_u64be (const uint8_t * p)
{
  return (uint64_t) wire_u32be (p) << 32 | wire_u32be (p + 4);
}

static inline uint64_t
wire_u64le (const uint8_t * p)
{
  return (uint64_t) wire_u32le (p + 4) << 32 | wire_u32le (p);
}

static inline int32_t
wire_i32le (const uint8_t * p)
{
  return (int32_t) wire_u32le (p);
}

/* IEEE 754 single, little-endian. May be NaN or infinite. */
static inline float
wire_f32le (const uint8_t * p)
{
  uint32_t bits = wire_u32le (p);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* IEEE 754 double, little-endian. May be NaN or infinite. */
static inline double
wire_f64le (const uint8_t * p)
{
  uint64_t bits = wire_u64le (p);
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}
