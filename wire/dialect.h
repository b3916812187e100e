/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The table of GPS dialects: who recognises a block of bytes, and who makes
 * records of it. To add a dialect, add an entry to the table in dialect.c and
 * its functions to a file of its own or to its family's. */

#include "wire/dialectoptions.h"
#include "wire/gpsbox.h"
#include "wire/gpscalibrate.h"
#include "wire/gpsrecord.h"
#include "wire/ligo.h"
#include "wire/novatek.h"

#include <stddef.h>

/* What carries the bytes that a dialect sees. */
typedef enum
{
  DIALECT_CARRIER_FREEGPS,      /* MP4 "free" box with "GPS " magic, from its size word */
  DIALECT_CARRIER_TS_PES,       /* payload of a private PES packet, behind the PES header */
  DIALECT_CARRIER_BOX,          /* MP4 box, from its size word */
  DIALECT_CARRIER_TEXT,         /* sample of a text track, behind its length */
  DIALECT_CARRIER_GPMD,         /* samples of metadata tracks, by their format */
  DIALECT_CARRIER_SSMD,
  DIALECT_CARRIER_CAMM,
  DIALECT_CARRIER_RVMI,
  DIALECT_CARRIER_TVXT,         /* by their handler */
  DIALECT_CARRIER_HVC1,         /* of a second video track, with samples of 40 bytes */
  DIALECT_N_CARRIERS
} DialectCarrier;

enum
{
  /* Most records that one block gives. */
  DIALECT_MAX_RECORDS = 64,
  /* Bytes of a freeGPS block that are enough for each dialect of the table. */
  DIALECT_BLOCK_HEAD = 2048
};

typedef struct _Dialect Dialect;

/* What the blocks of one recording have said so far, for dialects where one
 * block alone does not say all. All zero at its beginning. */
typedef struct
{
  DialectOptions options;       /* of the owner: set behind the init function of a core */
  const Dialect *holder;        /* whose blocks wait for others, or null */
  bool has_newest;
  int64_t newest_us;            /* time of the newest record of a ring */
  int64_t creation_us;          /* when the recording began, since 1970, or 0 */
  int64_t sample_us;            /* the time of the sample by that, or 0 */
  bool has_twin;                /* plain texts stand beside those of LigoGPS */
  Nmea nmea;                    /* of a text track */
  NovatekScaled scaled;
  NovatekFound found;
  Ligo ligo;
} DialectMemory;

struct _Dialect
{
  /* Stable identifier, for messages and GstGpsFix.source. */
  const char *name;
  /* Cameras that are known to write it, for people. */
  const char *cameras;
  DialectCarrier carrier;
  /* Blocks repeat older records, in any order. */
  bool is_ring;
  /* Its UTC is that of the receiver by specification, whatever the menu of the
   * camera says. Without it UTC is what such cameras usually write. */
  bool is_utc;
  /* No receiver, but an accelerometer beside it. */
  bool is_acceleration;
  /* Its positions are enciphered, and come by a guess where the owner says that
   * they are obfuscated. */
  bool is_guessed;
  /* In which units its speeds may be, where firmware differs. */
  GpsCalibrateUnits units;
  /* Whether data is a block of this dialect, with a fix or without. */
  bool (*probe) (const uint8_t * data, size_t size);
  /* Writes up to max records (void ones included) and returns how many. Null,
   * and no follow: the dialect is recognised, so that no looser entry makes
   * wrong numbers of it, but its position cannot be decoded. */
  size_t (*decode) (const uint8_t * data, size_t size,
      GpsRecord * ret_records, size_t max);
  /* The same with a memory; it sets holder while blocks wait. max is
   * DIALECT_MAX_RECORDS. */
  size_t (*follow) (DialectMemory * memory, const Dialect * self,
      const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max);
  /* For boxes, in place of the two. */
  GpsBoxFeed *feed;
};

/* What dialect_read() found. */
typedef enum
{
  DIALECT_UNREADABLE,           /* no dialect knows the block, or none of its records can be read */
  DIALECT_NOTHING_NEW,          /* the records are old, or wait for other blocks */
  DIALECT_RECORDS
} DialectVerdict;

/* The entry at index in the order of the ladder, or null behind the last. */
const Dialect *dialect_get (size_t index);

/* The first entry for that carrier that recognises the data, or null. */
const Dialect *dialect_find (DialectCarrier carrier, const uint8_t * data,
    size_t size);

/* Finds the dialect of a block and decodes it. ret_dialect is null when none
 * knows it; ret_records has room for DIALECT_MAX_RECORDS. */
DialectVerdict dialect_read (DialectMemory * memory, DialectCarrier carrier,
    const uint8_t * data, size_t size, const Dialect ** ret_dialect,
    GpsRecord * ret_records, size_t *ret_n_records);

/* What is known of LigoGPS, for functions of boxes, which take that alone. */
Ligo *dialect_get_ligo (DialectMemory * memory);

/* The end of the recording: what waits can wait no more. Call it until it says
 * NOTHING_NEW: nothing waited. */
DialectVerdict dialect_finish (DialectMemory * memory,
    const Dialect ** ret_dialect, GpsRecord * ret_records,
    size_t *ret_n_records);
