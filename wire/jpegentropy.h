/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Reads the entropy-coded data of a baseline JPEG picture, symbol by symbol,
 * and says whether it is whole. Makes no pixels. A byte that is wrong nearly
 * always leads to a code that does not exist, a block of more than 64
 * coefficients, or an end at the wrong place. */

#include "wire/jpegscan.h"

typedef enum
{
  JPEGENTROPY_CLEAN,            /* every block is there, and nothing is left over */
  JPEGENTROPY_DAMAGED,
  JPEGENTROPY_UNKNOWN           /* not baseline, more than one scan, or tables are missing */
} JpegEntropyStatus;

/* scan is what jpegscan() said of the same bytes. About 9 kB of stack. */
JpegEntropyStatus jpegentropy_check (const uint8_t * data, size_t size,
    const JpegScan * scan);
