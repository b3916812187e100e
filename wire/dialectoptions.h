/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the owner of a camera may know better than its recordings say. All
 * zero: find it out. */

/* How positions of LigoGPS are blurred (docs/wire/dashcam-gps.md, LigoGPS). */
typedef enum
{
  DIALECT_LIGO_FUZZ_AUTO,
  DIALECT_LIGO_FUZZ_NONE,
  DIALECT_LIGO_FUZZ_1,
  DIALECT_LIGO_FUZZ_2,
  DIALECT_LIGO_FUZZ_3
} DialectLigoFuzz;

/* The quarter of the earth, for dialects that write no hemisphere. */
typedef enum
{
  DIALECT_QUADRANT_AUTO,        /* not known: such records have no position */
  DIALECT_QUADRANT_NE,
  DIALECT_QUADRANT_NW,
  DIALECT_QUADRANT_SE,
  DIALECT_QUADRANT_SW
} DialectQuadrant;

/* Which positions that are obfuscated are made out, whatever a recording says:
 * those of Novatek records, which may be scaled and shifted, and those of the
 * Jomise, by a guess. */
typedef enum
{
  DIALECT_DEOBFUSCATE_AUTO,
  DIALECT_DEOBFUSCATE_OFF,
  DIALECT_DEOBFUSCATE_REXING,
  DIALECT_DEOBFUSCATE_JOMISE,   /* Novatek records as with AUTO */
  DIALECT_DEOBFUSCATE_ALL
} DialectDeobfuscate;

typedef struct
{
  DialectLigoFuzz ligo_fuzz;
  DialectQuadrant quadrant;
  DialectDeobfuscate deobfuscate;
} DialectOptions;
