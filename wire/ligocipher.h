/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* LigoGPS texts whose digits, colons and capitals are replaced by others
 * (docs/wire/dashcam-gps.md, LigoGPS). The key is found from the texts
 * themselves: their seconds advance by one, most of them. */

#include "wire/ligotext.h"

enum
{
  LIGOCIPHER_FIRST = 0x30,      /* characters that are replaced: "0" to "_" */
  LIGOCIPHER_N = 0x30,
  LIGOCIPHER_HELD = 32          /* texts that wait for the key */
};

typedef struct
{
  bool is_solved;
  uint8_t plain[LIGOCIPHER_N];  /* what each character stands for, or 0: not known */
  size_t n_held;
  uint8_t held[LIGOCIPHER_HELD][LIGOTEXT_MAX];
} LigoCipher;

/* Whether data has the form of a text whose characters were replaced. */
bool ligocipher_probe (const uint8_t * data, size_t size);

/* Keeps a text and tries to find the key. */
void ligocipher_add (LigoCipher * self, const uint8_t * data, size_t size);

/* Takes the first text that is kept, once the key is known. Letters of
 * hemispheres that are not known are 0. False: none is there, or no key. */
bool ligocipher_take (LigoCipher * self, LigoText * ret_text);
