/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Where the packets of a transport stream begin, and how far they are apart. */

#include <stddef.h>
#include <stdint.h>

enum
{
  TSPACKET_SYNC = 0x47,
  TSPACKET_SIZE = 188,          /* of a packet, what every size has */
  TSPACKET_HEADER = 4,
  TSPACKET_TIME_CODE = 4,       /* in front of each packet of 192 bytes */
  TSPACKET_N_SYNC = 5           /* sync bytes that make sure */
};

/* Packet size of the stream whose sync byte is the first of data: preferred, if
 * that fits, or 188, 192 or 204; 0 when none does. */
unsigned tspacket_guess (const uint8_t * data, size_t size, unsigned preferred);

/* The time stamp of a PES header, 33 bits of 90 kHz in five bytes. */
int64_t tspacket_read_pts (const uint8_t * data);

/* The value that has the same 33 bits as pts and is next to reference. */
int64_t tspacket_unwrap (int64_t pts, int64_t reference);
