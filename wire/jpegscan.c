/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/jpegscan.h"

#include "wire/bytes.h"

/* Marker codes of ITU-T T.81, Table B.1. */
enum
{
  JPEGSCAN_TEM = 0x01,
  JPEGSCAN_SOF0 = 0xc0,
  JPEGSCAN_DHT = 0xc4,
  JPEGSCAN_JPG = 0xc8,
  JPEGSCAN_DAC = 0xcc,
  JPEGSCAN_SOF15 = 0xcf,
  JPEGSCAN_RST0 = 0xd0,
  JPEGSCAN_RST7 = 0xd7,
  JPEGSCAN_SOI = 0xd8,
  JPEGSCAN_EOI = 0xd9,
  JPEGSCAN_SOS = 0xda,
  JPEGSCAN_DQT = 0xdb,
  JPEGSCAN_DRI = 0xdd
};

enum
{
  JPEGSCAN_N_LENGTHS = 16,      /* of Huffman codes, in bits */
  JPEGSCAN_RTP_MAX_SIDE = 2040  /* RFC 2435, 3.1.5: blocks of 8 in 8 bits */
};

/* Luminance, chrominance. */
#define JPEGSCAN_N_DC (JPEGSCAN_N_LENGTHS + 12)
#define JPEGSCAN_N_AC (JPEGSCAN_N_LENGTHS + 162)

/* ITU-T T.81, Tables K.3 and K.4: how many codes of each length, the values. */
static const uint8_t jpegscan_dc[2][JPEGSCAN_N_DC] = {
  {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0,
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
  {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
};

/* Tables K.5 and K.6. */
static const uint8_t jpegscan_ac[2][JPEGSCAN_N_AC] = {
  {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125,
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06,
        0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08,
        0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
        0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
        0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45,
        0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
        0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75,
        0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
        0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
        0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6,
        0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9,
        0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
        0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4,
      0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa},
  {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119,
        0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41,
        0x51, 0x07, 0x61, 0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91,
        0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
        0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26,
        0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44,
        0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
        0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74,
        0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
        0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
        0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
        0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4,
      0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa}
};

/* What is gathered on the way to the picture data. */
typedef struct
{
  JpegScan scan;
  uint8_t odd_tables;           /* bit per place of a Huffman table: not the standard one */
} JpegScanWalk;

static bool
jpegscan_is_frame_header (uint8_t marker)
{
  return marker >= JPEGSCAN_SOF0 && marker <= JPEGSCAN_SOF15 &&
      marker != JPEGSCAN_DHT && marker != JPEGSCAN_JPG &&
      marker != JPEGSCAN_DAC;
}

static bool
jpegscan_read_frame (JpegScan * self, uint8_t marker, const uint8_t * data,
    size_t size)
{
  if (self->sof != 0 || size < 6 || size != 6 + (size_t) data[5] * 3)
    return false;
  self->sof = marker;
  self->precision = data[0];
  self->height = wire_u16be (data + 1);
  self->width = wire_u16be (data + 3);
  self->n_components = data[5];
  if (self->width == 0 || self->height == 0 || self->n_components == 0 ||
      self->n_components > JPEGSCAN_MAX_COMPONENTS)
    return false;

  for (size_t i = 0; i < self->n_components; i++) {
    const uint8_t *p = data + 6 + i * 3;

    self->components[i].id = p[0];
    self->components[i].h = p[1] >> 4;
    self->components[i].v = p[1] & 15;
    self->components[i].table = p[2];
    if (self->components[i].h < 1 || self->components[i].h > 4 ||
        self->components[i].v < 1 || self->components[i].v > 4 || p[2] > 3)
      return false;
  }
  return true;
}

static bool
jpegscan_read_quantisation (JpegScan * self, const uint8_t * data, size_t size)
{
  for (size_t at = 0; at < size;) {
    size_t need = data[at] >> 4 ? 1 + 128 : 1 + 64;

    if (data[at] >> 4 > 1 || (data[at] & 15) > 3 || !wire_has (size, at, need))
      return false;
    self->has_dqt = true;
    at += need;
  }
  return true;
}

/* A table without the byte of its place. */
static bool
jpegscan_is_standard (uint8_t place, const uint8_t * table, size_t size)
{
  switch (place) {
    case 0x00:
    case 0x01:
      return size == JPEGSCAN_N_DC &&
          memcmp (table, jpegscan_dc[place], JPEGSCAN_N_DC) == 0;
    case 0x10:
    case 0x11:
      return size == JPEGSCAN_N_AC &&
          memcmp (table, jpegscan_ac[place & 1], JPEGSCAN_N_AC) == 0;
    default:
      return false;
  }
}

static bool
jpegscan_read_huffman (JpegScanWalk * walk, const uint8_t * data, size_t size)
{
  for (size_t at = 0; at < size;) {
    uint8_t place = data[at++], bit;
    size_t need = JPEGSCAN_N_LENGTHS;

    if ((place & 0xec) != 0 || !wire_has (size, at, need))
      return false;
    for (size_t i = 0; i < JPEGSCAN_N_LENGTHS; i++)
      need += data[at + i];
    if (need > JPEGSCAN_N_LENGTHS + 256 || !wire_has (size, at, need))
      return false;
    walk->scan.has_dht = true;
    /* one that is defined anew takes the place of the old */
    bit = (uint8_t) (1u << ((place & 3) | place >> 4 << 2));
    if (jpegscan_is_standard (place, data + at, need))
      walk->odd_tables &= (uint8_t) ~ bit;
    else
      walk->odd_tables |= bit;
    at += need;
  }
  return true;
}

static bool
jpegscan_read_scan (JpegScan * self, const uint8_t * data, size_t size)
{
  size_t n = size > 0 ? data[0] : 0;

  if (n < 1 || n > self->n_components || size != 4 + n * 2)
    return false;
  self->one_scan = n == self->n_components;
  for (size_t i = 0; i < n; i++) {
    size_t k = 0;

    while (k < self->n_components && self->components[k].id != data[1 + i * 2])
      k++;
    if (k == self->n_components)
      return false;
    self->components[k].dc_table = data[2 + i * 2] >> 4;
    self->components[k].ac_table = data[2 + i * 2] & 15;
  }
  return true;
}

static bool
jpegscan_read_segment (JpegScanWalk * walk, uint8_t marker,
    const uint8_t * data, size_t size)
{
  if (jpegscan_is_frame_header (marker))
    return jpegscan_read_frame (&walk->scan, marker, data, size);
  switch (marker) {
    case JPEGSCAN_DQT:
      return jpegscan_read_quantisation (&walk->scan, data, size);
    case JPEGSCAN_DHT:
      return jpegscan_read_huffman (walk, data, size);
    case JPEGSCAN_DRI:
      if (size != 2)
        return false;
      walk->scan.restart_interval = wire_u16be (data);
      return true;
    default:
      return true;
  }
}

/* From SOI, at walk->scan.start, to the picture data. */
static JpegScanStatus
jpegscan_walk (JpegScanWalk * walk, const uint8_t * data, size_t size)
{
  size_t at = walk->scan.start + 2;

  for (;;) {
    uint8_t marker;
    size_t length;

    if (!wire_has (size, at, 2))
      return JPEGSCAN_TRUNCATED;
    if (data[at] != 0xff)
      return JPEGSCAN_BAD;
    marker = data[++at];
    if (marker == 0xff)         /* fill byte */
      continue;
    at++;
    if (marker == JPEGSCAN_TEM ||
        (marker >= JPEGSCAN_RST0 && marker <= JPEGSCAN_RST7))
      continue;
    if (marker == JPEGSCAN_EOI)
      return JPEGSCAN_TRUNCATED;
    if (marker == 0 || marker == JPEGSCAN_SOI)
      return JPEGSCAN_BAD;

    if (!wire_has (size, at, 2))
      return JPEGSCAN_TRUNCATED;
    length = wire_u16be (data + at);
    if (length < 2)
      return JPEGSCAN_BAD;
    if (!wire_has (size, at, length))
      return JPEGSCAN_TRUNCATED;
    if (marker == JPEGSCAN_SOS) {
      walk->scan.scan = at + length;
      if (walk->scan.sof == 0)
        return JPEGSCAN_NO_FRAME;
      return jpegscan_read_scan (&walk->scan, data + at + 2, length - 2) ?
          JPEGSCAN_OK : JPEGSCAN_BAD;
    }
    if (!jpegscan_read_segment (walk, marker, data + at + 2, length - 2))
      return JPEGSCAN_BAD;
    at += length;
  }
}

static bool
jpegscan_find_start (const uint8_t * data, size_t size, size_t *ret_start)
{
  for (size_t at = 0; at <= JPEGSCAN_MAX_JUNK && wire_has (size, at, 2); at++)
    /* a marker follows, if anything does */
    if (data[at] == 0xff && data[at + 1] == JPEGSCAN_SOI &&
        (at + 2 == size || data[at + 2] == 0xff)) {
      *ret_start = at;
      return true;
    }
  return false;
}

JpegScanStatus
jpegscan (const uint8_t * data, size_t size, JpegScan * ret_scan)
{
  JpegScanWalk walk;
  JpegScanStatus status;

  memset (&walk, 0, sizeof walk);
  if (!jpegscan_find_start (data, size, &walk.scan.start))
    return JPEGSCAN_NO_SOI;
  status = jpegscan_walk (&walk, data, size);
  if (status != JPEGSCAN_OK)
    return status;
  walk.scan.standard_dht = walk.odd_tables == 0;

  /* From behind: what a thumbnail ends with, or a damaged byte makes, is not the
   * end. Padding follows that holds no EOI. */
  walk.scan.end = size;
  for (size_t at = size; at >= walk.scan.scan + 2; at--)
    if (data[at - 2] == 0xff && data[at - 1] == JPEGSCAN_EOI) {
      walk.scan.end = at;
      walk.scan.has_eoi = true;
      break;
    }
  *ret_scan = walk.scan;
  return JPEGSCAN_OK;
}

static const char *
jpegscan_why_sampling (const JpegScan * self)
{
  if (self->components[0].h != 2 || self->components[0].v > 2 ||
      self->components[1].h != 1 || self->components[1].v != 1 ||
      self->components[2].h != 1 || self->components[2].v != 1)
    return
        "sampling is not 4:2:0 or 4:2:2 with the factors 2x2 or 2x1, 1x1, 1x1";
  if (self->components[1].table != self->components[2].table)
    return "the colour components have quantisation tables of their own";
  for (size_t i = 0; i < 3; i++)
    if (self->components[i].dc_table != (i > 0) ||
        self->components[i].ac_table != (i > 0))
      return "the components do not use the Huffman tables in the usual order";
  return NULL;
}

bool
jpegscan_fits_rtp (const JpegScan * self, const char **ret_why)
{
  const char *why = NULL;

  if (self->sof != JPEGSCAN_SOF0)
    why = "the picture is not baseline";
  else if (self->precision != 8)
    why = "samples do not have 8 bits";
  else if (self->n_components != 3)
    why = "the picture does not have three components";
  else if (!self->one_scan)
    why = "the components are in scans of their own";
  else if (!self->standard_dht)
    why = "Huffman tables are not the standard ones";
  else if (!self->has_dqt)
    why = "quantisation tables are missing";
  else if (self->width > JPEGSCAN_RTP_MAX_SIDE ||
      self->height > JPEGSCAN_RTP_MAX_SIDE)
    why = "a side is longer than 2040";
  else
    why = jpegscan_why_sampling (self);

  if (why && ret_why)
    *ret_why = why;
  return why == NULL;
}
