/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/jpegentropy.h"
#include "wire/bytes.h"

enum
{
  MARKER_DHT = 0xc4,
  MARKER_SOS = 0xda,
  MARKER_RST0 = 0xd0,
  N_TABLES = 2,                 /* of each kind in a baseline picture */
  MAX_SYMBOLS = 256,
  MAX_CODE = 16,
  BLOCK = 64,
  MAX_AC_BITS = 10,
  MAX_DC_BITS = 11,
  MAX_MCU_BLOCKS = 10
};

/* Codes by their length, ITU-T T.81 F.2.2.3. */
typedef struct
{
  bool used;
  int32_t max_code[MAX_CODE + 1];       /* -1: no code of this length */
  int32_t first_symbol[MAX_CODE + 1];   /* index of a code = code + this */
  uint8_t symbols[MAX_SYMBOLS];
} HuffmanTable;

typedef struct
{
  const uint8_t *data;
  size_t size;
  size_t at;
  uint32_t bits;
  unsigned n_bits;
  bool ended;                   /* a marker, or the end: no bits are left */
  bool overrun;                 /* more bits were asked for than there are */
} BitReader;

typedef struct
{
  HuffmanTable tables[2][N_TABLES];     /* DC, AC */
  const HuffmanTable *dc[JPEGSCAN_MAX_COMPONENTS];
  const HuffmanTable *ac[JPEGSCAN_MAX_COMPONENTS];
  BitReader reader;
} Entropy;

static void
jpegentropy_bits_fill (BitReader * reader)
{
  while (reader->n_bits <= 24 && !reader->ended) {
    if (reader->at >= reader->size) {
      reader->ended = true;
      return;
    }
    uint8_t byte = reader->data[reader->at];
    if (byte == 0xff) {
      if (!wire_has (reader->size, reader->at, 2)
          || reader->data[reader->at + 1] != 0) {
        reader->ended = true;
        return;
      }
      reader->at++;
    }
    reader->at++;
    reader->bits |= (uint32_t) byte << (24 - reader->n_bits);
    reader->n_bits += 8;
  }
}

static void
jpegentropy_bits_skip (BitReader * reader, unsigned n)
{
  if (n > reader->n_bits) {
    reader->overrun = true;
    n = reader->n_bits;
  }
  reader->bits = n < 32 ? reader->bits << n : 0;
  reader->n_bits -= n;
}

/* The next symbol, or -1. */
static int
jpegentropy_read_symbol (BitReader * reader, const HuffmanTable * table)
{
  jpegentropy_bits_fill (reader);
  for (unsigned length = 1; length <= MAX_CODE; length++) {
    int32_t code = (int32_t) (reader->bits >> (32 - length));

    if (code <= table->max_code[length]) {
      jpegentropy_bits_skip (reader, length);
      return reader->overrun ? -1 :
          table->symbols[code + table->first_symbol[length]];
    }
  }
  return -1;
}

static bool
jpegentropy_read_block (BitReader * reader, const HuffmanTable * dc,
    const HuffmanTable * ac)
{
  int symbol = jpegentropy_read_symbol (reader, dc);

  if (symbol < 0 || symbol > MAX_DC_BITS)
    return false;
  jpegentropy_bits_fill (reader);
  jpegentropy_bits_skip (reader, (unsigned) symbol);
  for (unsigned k = 1; k < BLOCK; k++) {
    symbol = jpegentropy_read_symbol (reader, ac);
    if (symbol < 0)
      return false;
    unsigned run = (unsigned) symbol >> 4, n = (unsigned) symbol & 15;
    if (n == 0 && run == 0)
      break;
    if (n > MAX_AC_BITS || (n == 0 && run != 15) || k + run >= BLOCK)
      return false;
    k += run;
    jpegentropy_bits_fill (reader);
    jpegentropy_bits_skip (reader, n);
  }
  return !reader->overrun;
}

/* What is left before a marker: fewer than 8 bits, each 1 by T.81 F.1.2.3; some
 * encoders pad with 0. */
static bool
jpegentropy_at_marker (BitReader * reader)
{
  jpegentropy_bits_fill (reader);
  return reader->ended && reader->n_bits < 8
      && wire_has (reader->size, reader->at, 2);
}

static bool
jpegentropy_read_restart (BitReader * reader, unsigned number)
{
  if (!jpegentropy_at_marker (reader)
      || reader->data[reader->at + 1] != MARKER_RST0 + number % 8)
    return false;
  reader->at += 2;
  reader->bits = 0;
  reader->n_bits = 0;
  reader->ended = false;
  return true;
}

/* One table of a DHT segment; returns its bytes, or 0. */
static size_t
jpegentropy_read_table (Entropy * self, const uint8_t * data, size_t size)
{
  if (size < 1 + MAX_CODE || data[0] >> 4 > 1 || (data[0] & 15) >= N_TABLES)
    return 0;
  HuffmanTable *table = &self->tables[data[0] >> 4][data[0] & 15];
  int32_t code = 0, n_symbols = 0;

  for (unsigned length = 1; length <= MAX_CODE; length++) {
    int32_t n = data[length];

    table->first_symbol[length] = n_symbols - code;
    code += n;
    n_symbols += n;
    table->max_code[length] = n > 0 ? code - 1 : -1;
    if (n_symbols > MAX_SYMBOLS || code > INT32_C (1) << length)
      return 0;
    code *= 2;
  }
  if (!wire_has (size, 1 + MAX_CODE, (size_t) n_symbols))
    return 0;
  memcpy (table->symbols, data + 1 + MAX_CODE, (size_t) n_symbols);
  table->used = true;
  return 1 + MAX_CODE + (size_t) n_symbols;
}

static bool
jpegentropy_read_tables (Entropy * self, const uint8_t * data, size_t size)
{
  while (size > 0) {
    size_t n = jpegentropy_read_table (self, data, size);

    if (n == 0)
      return false;
    data += n;
    size -= n;
  }
  return true;
}

/* The tables that the scan header names for each component. */
static bool
jpegentropy_choose_tables (Entropy * self, const JpegScan * scan)
{
  for (unsigned i = 0; i < scan->n_components; i++) {
    unsigned dc = scan->components[i].dc_table;
    unsigned ac = scan->components[i].ac_table;

    if (dc >= N_TABLES || ac >= N_TABLES || !self->tables[0][dc].used
        || !self->tables[1][ac].used)
      return false;
    self->dc[i] = &self->tables[0][dc];
    self->ac[i] = &self->tables[1][ac];
  }
  return true;
}

/* Segments from SOI to SOS; jpegscan() has walked them before. */
static bool
jpegentropy_read_segments (Entropy * self, const uint8_t * data,
    const JpegScan * scan)
{
  size_t at = scan->start + 2;

  while (wire_has (scan->scan, at, 4)) {
    uint8_t marker = data[at + 1];

    if (data[at] != 0xff)
      return false;
    if (marker == 0xff) {
      at++;
      continue;
    }
    size_t length = wire_u16be (data + at + 2);
    if (length < 2 || !wire_has (scan->scan, at + 2, length))
      return false;
    if (marker == MARKER_DHT
        && !jpegentropy_read_tables (self, data + at + 4, length - 2))
      return false;
    if (marker == MARKER_SOS)
      return jpegentropy_choose_tables (self, scan);
    at += 2 + length;
  }
  return false;
}

static bool
jpegentropy_read_mcu (Entropy * self, const JpegScan * scan)
{
  for (unsigned i = 0; i < scan->n_components; i++) {
    unsigned n = scan->n_components == 1 ? 1 :
        (unsigned) scan->components[i].h * scan->components[i].v;

    for (unsigned k = 0; k < n; k++)
      if (!jpegentropy_read_block (&self->reader, self->dc[i], self->ac[i]))
        return false;
  }
  return true;
}

/* 0: contradicts T.81 B.2.3. */
static size_t
jpegentropy_count_mcus (const JpegScan * scan)
{
  unsigned h_max = 1, v_max = 1, n_blocks = 0;

  for (unsigned i = 0; i < scan->n_components; i++) {
    unsigned h = scan->components[i].h, v = scan->components[i].v;

    if (h < 1 || h > 4 || v < 1 || v > 4)
      return 0;
    h_max = h > h_max ? h : h_max;
    v_max = v > v_max ? v : v_max;
    n_blocks += h * v;
  }
  if (scan->n_components == 1)
    h_max = v_max = n_blocks = 1;
  if (n_blocks > MAX_MCU_BLOCKS)
    return 0;
  size_t columns = (scan->width + 8 * h_max - 1) / (8 * h_max);
  size_t rows = (scan->height + 8 * v_max - 1) / (8 * v_max);
  return columns * rows;
}

JpegEntropyStatus
jpegentropy_check (const uint8_t * data, size_t size, const JpegScan * scan)
{
  Entropy self;
  size_t n_mcus = jpegentropy_count_mcus (scan);
  bool baseline = scan->sof == 0xc0 || scan->sof == 0xc1;

  memset (&self, 0, sizeof self);
  if (!baseline || scan->precision != 8 || !scan->one_scan || n_mcus == 0
      || scan->end > size || !jpegentropy_read_segments (&self, data, scan))
    return JPEGENTROPY_UNKNOWN;
  self.reader.data = data;
  self.reader.size = scan->end;
  self.reader.at = scan->scan;
  for (size_t i = 0; i < n_mcus; i++) {
    size_t interval = scan->restart_interval;

    if (interval > 0 && i > 0 && i % interval == 0
        && !jpegentropy_read_restart (&self.reader,
            (unsigned) ((i / interval - 1) % 8)))
      return JPEGENTROPY_DAMAGED;
    if (!jpegentropy_read_mcu (&self, scan))
      return JPEGENTROPY_DAMAGED;
  }
  return jpegentropy_at_marker (&self.reader) && scan->has_eoi
      && self.reader.at + 2 == scan->end ? JPEGENTROPY_CLEAN :
      JPEGENTROPY_DAMAGED;
}
