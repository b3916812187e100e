/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Walks the markers of a JPEG picture: where it starts and ends, its size and
 * sampling, which tables it has. Decodes nothing. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  JPEGSCAN_MAX_COMPONENTS = 4,
  JPEGSCAN_MAX_JUNK = 64        /* bytes that may stand before SOI */
};

typedef enum
{
  JPEGSCAN_OK,
  JPEGSCAN_NO_SOI,              /* none within the first JPEGSCAN_MAX_JUNK bytes */
  JPEGSCAN_TRUNCATED,           /* ends before the picture data */
  JPEGSCAN_NO_FRAME,            /* picture data without a frame header */
  JPEGSCAN_BAD                  /* a segment contradicts itself, or a side is 0 */
} JpegScanStatus;

typedef struct
{
  size_t start;                 /* of SOI: what stands before it is junk */
  size_t end;                   /* after the last EOI; without one, the end of the data */
  bool has_eoi;

  uint8_t sof;                  /* marker of the frame header: 0xc0 baseline, 0xc2 progressive ... */
  uint8_t precision;            /* bits of a sample */
  uint16_t width;
  uint16_t height;
  uint8_t n_components;
  struct
  {
    uint8_t id;
    uint8_t h;                  /* sampling factors */
    uint8_t v;
    uint8_t table;              /* of quantisation */
    uint8_t dc_table;           /* of Huffman codes, in the first scan */
    uint8_t ac_table;
  } components[JPEGSCAN_MAX_COMPONENTS];

  bool has_dqt;
  bool has_dht;
  bool standard_dht;            /* every Huffman table is the one of ITU-T T.81 K.3 for its place; also without any */
  bool one_scan;                /* the first scan holds all components */
  uint16_t restart_interval;    /* in MCUs, 0: none */
  size_t scan;                  /* of the first byte of entropy-coded data */
} JpegScan;

/* Reads the picture that begins within the first bytes of data: one picture, with
 * what stands before and behind it. Takes time linear in size; what the picture
 * data themselves say is not looked at. */
JpegScanStatus jpegscan (const uint8_t * data, size_t size,
    JpegScan * ret_scan);

/* Whether RTP/JPEG (RFC 2435) can carry the picture as it is: baseline, 8 bits, three
 * components in one scan, 4:2:0 or 4:2:2 with the factors 2x2 or 2x1 and 1x1 1x1,
 * standard Huffman tables, quantisation tables, sides of at most 2040. If not, *ret_why says why, in words
 * for a log; it may be null. */
bool jpegscan_fits_rtp (const JpegScan * self, const char **ret_why);
