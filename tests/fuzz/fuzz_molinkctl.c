/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Datagrams of the control port, each with a byte of length before it. */

#include "fuzz.h"

#include "wire/molinkctl.h"

#include <stdlib.h>
#include <string.h>

static void
fuzz_molinkctl_check (const MolinkReply * reply, size_t size)
{
  FUZZ_CHECK (reply->n_resolutions <= MOLINK_MAX_RESOLUTIONS);
  for (unsigned i = 0; i < reply->n_resolutions; i++)
    FUZZ_CHECK (reply->resolutions[i].width > 0 &&
        reply->resolutions[i].height > 0);
  FUZZ_CHECK (reply->payload_offset <= size);
  FUZZ_CHECK (reply->payload_size <= size - reply->payload_offset);
  FUZZ_CHECK (reply->has_counter || reply->counter == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  MolinkButton button;

  molink_ctl_button_forget (&button);
  for (size_t at = 0; at < size;) {
    size_t length = data[at] < size - at - 1 ? data[at] : size - at - 1;
    uint8_t *exact = malloc (length ? length : 1);
    MolinkReply reply;
    MolinkBattery battery;

    FUZZ_CHECK (exact);
    memcpy (exact, data + at + 1, length);
    if (molink_ctl_parse_reply (exact, length, &reply)) {
      fuzz_molinkctl_check (&reply, length);
      if (molink_ctl_battery (&reply, &battery))
        FUZZ_CHECK (battery.percent >= -1 && battery.percent <= 100);
      FUZZ_CHECK (molink_ctl_button_update (&button, &reply) <= 32768);
      /* told once */
      FUZZ_CHECK (molink_ctl_button_update (&button, &reply) == 0);
    }
    free (exact);
    at += 1 + length;
  }
  return 0;
}
