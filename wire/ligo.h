/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* LigoGPS: a header, then slots with one text each, enciphered in two ways or
 * not at all, whose position may be blurred (docs/wire/dashcam-gps.md,
 * LigoGPS). */

#include "wire/dialectoptions.h"
#include "wire/ligocipher.h"

/* What a header begins with. */
#define LIGO_MAGIC "LIGOGPSINFO"

enum
{
  LIGO_HEADER = 20,             /* bytes in front of the slots */
  LIGO_SLOT = 0x84,
  LIGO_WAIT = 80,               /* records that wait until it is clear how they are blurred */
  LIGO_HELD = 112               /* with those that one block may add */
};

/* How positions are blurred: latitude and longitude change places within their
 * ten degrees, and are scaled. */
typedef enum
{
  LIGO_BLUR_NONE,
  LIGO_BLUR_1,
  LIGO_BLUR_2,
  LIGO_BLUR_3,
  LIGO_N_BLURS
} LigoBlur;

typedef struct
{
  DialectOptions options;
  LigoCipher cipher;
  bool is_clear;                /* how they are blurred */
  LigoBlur blur;                /* as far as it is known */
  bool is_assumed;              /* nothing that was recorded speaks for it */
  unsigned impossible;          /* bits: manners that no place comes out as it was written in */
  unsigned n_legs;              /* ways that tell of it */
  double way;                   /* metres by their speeds */
  double speedup;               /* metres per second that the car is faster than at the first leg's start */
  double ways[LIGO_N_BLURS];    /* metres by their positions, for each manner */
  double errors[LIGO_N_BLURS];  /* the same, legs too long and too short added up */
  size_t leg_start;             /* record that the current leg starts at */
  double leg;                   /* metres of it by speeds */
  size_t n_held;
  LigoText held[LIGO_HELD];
} Ligo;

/* Whether the header lies at data. */
bool ligo_probe (const uint8_t * data, size_t size);

/* Takes the slots behind the header at data. blur: what is usual for what
 * carries it; a header may know better. Returns records, maybe of slots that
 * came before; none as long as they have to wait. Those that max has no room
 * for come with the next call. */
size_t ligo_follow (Ligo * self, LigoBlur blur, const uint8_t * data,
    size_t size, GpsRecord * ret_records, size_t max);

/* The same for one slot. */
size_t ligo_follow_slot (Ligo * self, LigoBlur blur, const uint8_t * slot,
    size_t size, GpsRecord * ret_records, size_t max);

/* What a header says of it. */
LigoBlur ligo_get_blur (const uint8_t * header, LigoBlur usual);

/* Whether slots wait for others. */
bool ligo_is_waiting (const Ligo * self);

/* Drops what waits. */
void ligo_forget (Ligo * self);

/* The end of the recording: what waits can wait no more. Call it until nothing
 * waits. */
size_t ligo_finish (Ligo * self, GpsRecord * ret_records, size_t max);
