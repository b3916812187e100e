/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dialect.h"

#include "wire/bytes.h"
#include "wire/dialecttracks.h"
#include "wire/dashblock.h"
#include "wire/dashring.h"
#include "wire/dashtext.h"
#include "wire/novatek.h"
#include "wire/text.h"

enum
{
  DIALECT_PAYLOAD = 0x10,       /* of a freeGPS block: behind its header */
  DIALECT_LIGO_SKIP = 8,        /* of a payload that begins with "skip" */
  DIALECT_EMPTY_END = 0x200     /* no record begins behind */
};

/* What cameras write before their receiver has said anything. */
static bool
dialect_empty_probe (const uint8_t * data, size_t size)
{
  size_t end = size < DIALECT_EMPTY_END ? size : DIALECT_EMPTY_END;

  if (end <= DIALECT_PAYLOAD)
    return false;
  for (size_t i = DIALECT_PAYLOAD; i < end; i++)
    if (data[i] != 0)
      return false;
  return true;
}

static size_t
dialect_empty_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  (void) data;
  (void) size;
  if (max < 1)
    return 0;
  gpsrecord_reset (ret_records);
  return 1;
}

static bool
dialect_wants (const DialectMemory * memory, DialectDeobfuscate kind)
{
  return memory->options.deobfuscate == kind ||
      memory->options.deobfuscate == DIALECT_DEOBFUSCATE_ALL;
}

static size_t
dialect_follow_scaled (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  size_t n;

  if (dialect_wants (memory, DIALECT_DEOBFUSCATE_REXING))
    memory->scaled.scale = NOVATEK_SCALED_YES;
  else if (memory->options.deobfuscate == DIALECT_DEOBFUSCATE_OFF)
    memory->scaled.scale = NOVATEK_SCALED_NO;
  n = novatek_scaled_follow (&memory->scaled, data, size, ret_records, max);
  memory->holder = memory->scaled.n_held > 0 ? self : NULL;
  return n;
}

static size_t
dialect_follow_found (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  size_t n = novatek_found_follow (&memory->found, data, size, ret_records,
      max);

  memory->holder = n == 0 && memory->found.offset > 0 ? self : NULL;
  return n;
}

/* Where the header of LigoGPS lies in a block, or 0. */
static size_t
dialect_find_ligo (const uint8_t * data, size_t size)
{
  static const size_t places[] = { 0x10, 0x30, 0x50 };

  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (size > places[i] && ligo_probe (data + places[i], size - places[i]))
      return places[i];
  return 0;
}

static bool
dialect_ligo_probe (const uint8_t * data, size_t size)
{
  return dialect_find_ligo (data, size) > 0;
}

static size_t
dialect_follow_ligo_at (DialectMemory * memory, const Dialect * self,
    LigoBlur blur, const uint8_t * data, size_t size, size_t offset,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (size > offset)
    n = ligo_follow (dialect_get_ligo (memory), blur, data + offset,
        size - offset, ret_records, max);
  memory->holder = ligo_is_waiting (&memory->ligo) ? self : NULL;
  return n;
}

static size_t
dialect_follow_ligo (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  size_t at = dialect_find_ligo (data, size);
  LigoBlur blur = LIGO_BLUR_1;

  if (at == 0)
    return 0;
  /* a length word that goes with a counter of zero */
  if (wire_u32le (data + 0x0c) == 0x3f0 &&
      wire_u32le (data + at + LIGO_HEADER - 4) == 0)
    blur = LIGO_BLUR_3;
  return dialect_follow_ligo_at (memory, self, blur, data, size, at,
      ret_records, max);
}

/* Payloads of 160 bytes are clear; longer ones are not. Those with a plain twin
 * have nothing to say. */
static size_t
dialect_follow_ligo_ts (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  if (memory->has_twin)
    return dialect_empty_decode (data, size, ret_records, max);
  return dialect_follow_ligo_at (memory, self, size <= 160 ?
      LIGO_BLUR_NONE : LIGO_BLUR_1, data, size, 0, ret_records, max);
}

/* The plain twin of Juscar. */
static size_t
dialect_follow_normal (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->has_twin = true;
  memory->holder = NULL;
  ligo_forget (&memory->ligo);
  return ligotext_normal_decode (data, size, ret_records, max);
}

static bool
dialect_ligo_skip_probe (const uint8_t * data, size_t size)
{
  return size > DIALECT_LIGO_SKIP && text_has (data, size, 0, "skip") &&
      ligo_probe (data + DIALECT_LIGO_SKIP, size - DIALECT_LIGO_SKIP);
}

static size_t
dialect_follow_ligo_skip (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  return dialect_follow_ligo_at (memory, self, LIGO_BLUR_NONE, data, size,
      DIALECT_LIGO_SKIP, ret_records, max);
}

static size_t
dialect_follow_vsys (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return dashtext_vsys_follow (memory->options.quadrant, data, size,
      ret_records, max);
}

static size_t
dialect_follow_jomise (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return dashtext_jomise_follow (dialect_wants (memory,
          DIALECT_DEOBFUSCATE_JOMISE), data, size, ret_records, max);
}

/* Tried from top to bottom: the narrower signature stands first. */
static const Dialect dialect_table[] = {
  {
        .name = "ligo",
        .cameras = "iiway, XGODY, ABASK, Rexing V1GW, Kingslim (LigoGPS)",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dialect_ligo_probe,
        .follow = dialect_follow_ligo,
      },
  {
        .name = "xgody",
        .cameras = "XGODY and others with plain text",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .units = {GPSCALIBRATE_KNOTS, GPSCALIBRATE_KNOTS | GPSCALIBRATE_KMH},
        .probe = ligotext_xgody_probe,
        .decode = ligotext_xgody_decode,
      },
  {
        .name = "youqing",
        .cameras = "Redtiger F7N, F7NP, some Wolfbox",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .is_utc = true,
        .probe = novatek_youqing_probe,
        .decode = novatek_youqing_decode,
      },
  {
        .name = "azdome",
        .cameras = "Azdome GS63H, Roadgid, EEEkit, Rove R2-4K (2022)",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dashtext_azdome_probe,
        .decode = dashtext_azdome_decode,
      },
  {
        .name = "nextbase-512gw",
        .cameras = "Nextbase 512GW",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .is_utc = true,
        .probe = dashtext_512gw_probe,
        .decode = dashtext_512gw_decode,
      },
  {
        .name = "sub16",
        .cameras = "ZXSBNXYS, EACHPAI",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .is_utc = true,
        .probe = dashtext_sub16_probe,
        .decode = dashtext_sub16_decode,
      },
  {
        .name = "akaso-v1",
        .cameras = "Akaso V1, YndAkasoCar, older Redtiger",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_akaso_v1_probe,
        .decode = novatek_akaso_v1_decode,
      },
  {
        .name = "atc",
        .cameras = "DOD LS460W family",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .is_ring = true,
        .probe = dashring_atc_probe,
        .decode = dashring_atc_decode,
      },
  {
        .name = "novatek-kenwood",
        .cameras = "Kenwood DRV-A510W",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_kenwood_probe,
        .decode = novatek_kenwood_decode,
      },
  {
        .name = "e-ace",
        .cameras = "E-ACE B44",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_eace_probe,
        .decode = novatek_eace_decode,
      },
  {
        .name = "novatek-e",
        .cameras = "Viofo A119V3, A129, A139, A229, A329, Blueskysea, "
        "most NT9667x and NT9668x",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_e_probe,
        .decode = novatek_e_decode,
      },
  {
        .name = "iqs",
        .cameras = "IQS firmware",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_iqs_probe,
        .decode = novatek_iqs_decode,
      },
  {
        .name = "novatek-scaled",
        .cameras = "Rexing V1-4K, cameras sold with JMSPlayer",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_scaled_probe,
        .follow = dialect_follow_scaled,
      },
  {
        .name = "novatek-degrees",
        .cameras = "Transcend DrivePro Body 70",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_degrees_probe,
        .decode = novatek_degrees_decode,
      },
  {
        .name = "novatek-q",
        .cameras = "Viofo A119, A119S, Transcend DrivePro 230, most NT96655 "
        "and NT96660",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_q_probe,
        .decode = novatek_q_decode,
      },
  {
        .name = "akaso-xxx",
        .cameras = "Akaso with firmware x.xx, Anticlock",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .units = {GPSCALIBRATE_KMH, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS},
        .probe = dashblock_spaced_probe,
        .decode = dashblock_spaced_decode,
      },
  {
        .name = "vantrue-s1",
        .cameras = "Vantrue S1",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .units = {GPSCALIBRATE_KNOTS, GPSCALIBRATE_KNOTS | GPSCALIBRATE_KMH},
        .probe = dashblock_vantrue_s1_probe,
        .decode = dashblock_vantrue_s1_decode,
      },
  {
        .name = "doubles",
        .cameras = "firmware 20130815.01",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dashblock_f64_probe,
        .decode = dashblock_f64_decode,
      },
  {
        .name = "vantrue-n4",
        .cameras = "Vantrue N4, N2X",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .units = {GPSCALIBRATE_KNOTS, GPSCALIBRATE_KNOTS | GPSCALIBRATE_KMH},
        .probe = dashblock_vantrue_n4_probe,
        .decode = dashblock_vantrue_n4_decode,
      },
  {
        .name = "nextbase-512g",
        .cameras = "Nextbase 512G",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dashring_512g_probe,
        .decode = dashring_512g_decode,
      },
  {
        .name = "innovv",
        .cameras = "INNOVV K series",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dashring_innovv_probe,
        .decode = dashring_innovv_decode,
      },
  {
        .name = "xbht",
        .cameras = "XBHT XB702",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .units = {0, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS | GPSCALIBRATE_MPH |
              GPSCALIBRATE_KMH_10 | GPSCALIBRATE_MPS_100, GPSCALIBRATE_KMH},
        .probe = dashring_xbht_probe,
        .decode = dashring_xbht_decode,
      },
  {
        .name = "70mai",
        .cameras = "70mai A810, M500, A510",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dashblock_70mai_probe,
        .decode = dashblock_70mai_decode,
      },
  {
        .name = "empty",
        .cameras = "any, before the receiver answers",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dialect_empty_probe,
        .decode = dialect_empty_decode,
      },
  {
        .name = "nmea",
        .cameras = "any with NMEA sentences in its blocks",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .is_utc = true,
        .probe = dashtext_nmea_probe,
        .decode = dashtext_nmea_decode,
      },
  {
        .name = "novatek-found",
        .cameras = "others with a Novatek record somewhere in their blocks",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_found_probe,
        .follow = dialect_follow_found,
      },
  {
        .name = "ligo-ts",
        .cameras = "Pruveeo D90 and others (LigoGPS)",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = ligo_probe,
        .follow = dialect_follow_ligo_ts,
      },
  {
        .name = "ligo-skip",
        .cameras = "any with LigoGPS behind the word skip",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = dialect_ligo_skip_probe,
        .follow = dialect_follow_ligo_skip,
      },
  {
        .name = "normal",
        .cameras = "Juscar, Compartir",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = ligotext_normal_probe,
        .follow = dialect_follow_normal,
      },
  {
        .name = "viidure",
        .cameras = "INNOVV N2",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = ligotext_viidure_probe,
        .decode = ligotext_viidure_decode,
      },
  {
        .name = "novatek-ts",
        .cameras = "Viofo A119V3 and other Novatek in TS mode",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = novatek_ts_probe,
        .decode = novatek_ts_decode,
      },
  {
        .name = "novatek-b4k",
        .cameras = "Blueskysea B4K, other NT96670",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = novatek_b4k_probe,
        .decode = novatek_b4k_decode,
      },
  {
        .name = "jomise",
        .cameras = "Jomise T860S (enciphered)",
        .carrier = DIALECT_CARRIER_TS_PES,
        .is_utc = true,
        .is_guessed = true,
        .probe = dashtext_jomise_probe,
        .follow = dialect_follow_jomise,
      },
  {
        .name = "vsys",
        .cameras = "VSYS A6L",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = dashtext_vsys_probe,
        .follow = dialect_follow_vsys,
      },
  {
        .name = "nmea-ts",
        .cameras = "any with NMEA sentences in its stream",
        .carrier = DIALECT_CARRIER_TS_PES,
        .is_utc = true,
        .probe = dashtext_nmea_ts_probe,
        .decode = dashtext_nmea_decode,
      },
  {
        .name = "spaced-ts",
        .cameras = "a camera that nobody has named",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = dashblock_spaced_ts_probe,
        .decode = dashblock_spaced_ts_decode,
      },
  {
        .name = "dod",
        .cameras = "DOD LS600W",
        .carrier = DIALECT_CARRIER_TS_PES,
        .is_ring = true,
        .probe = dashring_dod_probe,
        .decode = dashring_dod_decode,
      },
  {
        .name = "innovv-ts",
        .cameras = "INNOVV K5",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = dashring_innovv_ts_probe,
        .decode = dashring_innovv_ts_decode,
      },
};

const Dialect *
dialect_get (size_t index)
{
  const size_t n = sizeof dialect_table / sizeof dialect_table[0];

  return index < n ? &dialect_table[index] : dialecttracks_get (index - n);
}

const Dialect *
dialect_find (DialectCarrier carrier, const uint8_t * data, size_t size)
{
  const Dialect *dialect;

  for (size_t i = 0; (dialect = dialect_get (i)) != NULL; i++)
    if (dialect->carrier == carrier && dialect->probe (data, size))
      return dialect;
  return NULL;
}

/* In the order of time; of the same time in the order they came. */
static void
dialect_sort (GpsRecord * records, size_t n)
{
  for (size_t i = 1; i < n; i++)
    for (size_t j = i; j > 0 && records[j].time_us < records[j - 1].time_us;
        j--) {
      GpsRecord swap = records[j];

      records[j] = records[j - 1];
      records[j - 1] = swap;
    }
}

/* Leaves the records that are newer than all before. Returns how many. */
static size_t
dialect_drop_old (DialectMemory * memory, GpsRecord * records, size_t n)
{
  size_t first = 0;

  dialect_sort (records, n);
  /* a clock that was set back: all of them are new */
  if (n > 0 && memory->has_newest &&
      records[n - 1].time_us >= memory->newest_us)
    while (first < n && records[first].time_us <= memory->newest_us)
      first++;
  if (n > 0) {
    memory->has_newest = true;
    memory->newest_us = records[n - 1].time_us;
  }
  for (size_t i = first; i < n; i++)
    records[i - first] = records[i];
  return n - first;
}

DialectVerdict
dialect_read (DialectMemory * memory, DialectCarrier carrier,
    const uint8_t * data, size_t size, const Dialect ** ret_dialect,
    GpsRecord * ret_records, size_t *ret_n_records)
{
  const Dialect *dialect = dialect_find (carrier, data, size);
  size_t n = 0, n_new;

  *ret_dialect = dialect;
  *ret_n_records = 0;
  if (dialect && dialect->follow)
    n = dialect->follow (memory, dialect, data, size, ret_records,
        DIALECT_MAX_RECORDS);
  else if (dialect && dialect->decode)
    n = dialect->decode (data, size, ret_records, DIALECT_MAX_RECORDS);
  if (n == 0)
    return dialect && memory->holder == dialect ? DIALECT_NOTHING_NEW :
        DIALECT_UNREADABLE;
  n_new = dialect->is_ring ? dialect_drop_old (memory, ret_records, n) : n;
  *ret_n_records = n_new;
  return n_new > 0 ? DIALECT_RECORDS : DIALECT_NOTHING_NEW;
}

Ligo *
dialect_get_ligo (DialectMemory * memory)
{
  memory->ligo.options = memory->options;
  return &memory->ligo;
}

DialectVerdict
dialect_finish (DialectMemory * memory, const Dialect ** ret_dialect,
    GpsRecord * ret_records, size_t *ret_n_records)
{
  if (!memory->holder)
    return DIALECT_NOTHING_NEW;
  *ret_dialect = memory->holder;
  *ret_n_records = ligo_finish (&memory->ligo, ret_records,
      DIALECT_MAX_RECORDS);
  if (!ligo_is_waiting (&memory->ligo))
    memory->holder = NULL;
  return *ret_n_records > 0 ? DIALECT_RECORDS : DIALECT_UNREADABLE;
}
