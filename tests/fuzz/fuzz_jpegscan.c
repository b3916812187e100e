/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "fuzz.h"

#include "wire/jpegentropy.h"
#include "wire/jpegscan.h"

#include <stdbool.h>
#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  const char *why = NULL;
  JpegScan scan;

  if (jpegscan (data, size, &scan) != JPEGSCAN_OK)
    return 0;
  FUZZ_CHECK (scan.start <= JPEGSCAN_MAX_JUNK && scan.start < scan.scan);
  FUZZ_CHECK (scan.scan <= scan.end && scan.end <= size);
  FUZZ_CHECK (scan.has_eoi ? memcmp (data + scan.end - 2, "\xff\xd9", 2) == 0 :
      scan.end == size);
  FUZZ_CHECK (scan.sof >= 0xc0 && scan.sof <= 0xcf);
  FUZZ_CHECK (scan.width > 0 && scan.height > 0);
  FUZZ_CHECK (scan.n_components >= 1 &&
      scan.n_components <= JPEGSCAN_MAX_COMPONENTS);
  for (unsigned i = 0; i < scan.n_components; i++)
    FUZZ_CHECK (scan.components[i].h >= 1 && scan.components[i].h <= 4 &&
        scan.components[i].v >= 1 && scan.components[i].v <= 4);
  FUZZ_CHECK (scan.has_dht || scan.standard_dht);
  if (jpegentropy_check (data, size, &scan) == JPEGENTROPY_CLEAN)
    FUZZ_CHECK (scan.has_eoi && scan.one_scan && scan.has_dht);
  if (jpegscan_fits_rtp (&scan, &why))
    FUZZ_CHECK (!why && scan.sof == 0xc0 && scan.width <= 2040 &&
        scan.height <= 2040 && scan.n_components == 3 && scan.has_dqt);
  else
    FUZZ_CHECK (why && *why);
  return 0;
}
