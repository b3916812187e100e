/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The table of GPS dialects: who recognises a block of bytes, and who makes
 * records of it. To add a dialect, add an entry to the table in dialect.c and
 * its functions to a file of its own or to its family's. */

#include "wire/gpsrecord.h"

#include <stddef.h>

/* What carries the bytes that a dialect sees. */
typedef enum
{
  DIALECT_CARRIER_FREEGPS,      /* MP4 "free" box with "GPS " magic, from its size word */
  DIALECT_CARRIER_TS_PES        /* payload of a private PES packet, behind the PES header */
} DialectCarrier;

enum
{
  /* Most records that one block gives. */
  DIALECT_MAX_RECORDS = 64,
  /* Bytes of a freeGPS block that are enough for each dialect of the table. */
  DIALECT_BLOCK_HEAD = 512
};

typedef struct
{
  /* Stable identifier, for messages and GstGpsFix.source. */
  const char *name;
  /* Cameras that are known to write it, for people. */
  const char *cameras;
  DialectCarrier carrier;
  /* Whether data is a block of this dialect, with a fix or without. */
  bool (*probe) (const uint8_t * data, size_t size);
  /* Writes up to max records (void ones included) and returns how many. Null:
   * the dialect is recognised, so that no looser entry makes wrong numbers of
   * it, but its position cannot be decoded. */
  size_t (*decode) (const uint8_t * data, size_t size,
      GpsRecord * ret_records, size_t max);
} Dialect;

/* The entry at index in the order of the ladder, or null behind the last. */
const Dialect *dialect_get (size_t index);

/* The first entry for that carrier that recognises the data, or null. */
const Dialect *dialect_find (DialectCarrier carrier, const uint8_t * data,
    size_t size);
