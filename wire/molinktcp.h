/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Frames of the TCP stream of Molink variant C: "BoundaryS", header, JPEG,
 * "BoundaryE". What lies between frames, and frames whose end is not where
 * their size says, give or take 16 stray bytes behind it, are skipped to the next
 * boundary. Streams without boundaries are read from SOI to EOI. Time is linear
 * in the bytes fed; the events are the same for every split. */

#include "wire/molink.h"

/* Bits that molink_tcp_feed() returns. */
enum
{
  MOLINK_TCP_FRAME = 1 << 0,    /* a frame: its bytes are at the start of memory */
  MOLINK_TCP_WANTS_MEMORY = 1 << 1,     /* set memory of at least ret need bytes, feed the rest */
  MOLINK_TCP_SKIPPED = 1 << 2   /* bytes are skipped (told once for all in a row), or a frame was given up */
};

typedef enum
{
  MOLINK_TCP_SEARCH,            /* for a boundary (or SOI) */
  MOLINK_TCP_HEADER,
  MOLINK_TCP_PAYLOAD,
  MOLINK_TCP_END,               /* the boundary after the payload */
  MOLINK_TCP_BARE               /* a JPEG without boundaries, until EOI */
} MolinkTcpState;

typedef struct
{
  /* Set after molink_tcp_init(), if the default does not suit. */
  uint32_t max_frame_size;      /* default 4 MiB */

  /* Of the last frame. */
  bool bare;                    /* frame without header: no number, nothing inverted */
  uint32_t frame_id;
  uint32_t size;

  size_t need;                  /* bytes of memory wanted */
  uint64_t n_skipped;           /* frames given up since init */

  /* The core's own. */
  MolinkTcpState state;
  uint8_t *data;
  size_t capacity;
  size_t n_bytes;               /* of the frame that are in data */
  uint32_t coming_id;           /* of the frame in the making */
  uint32_t coming_size;
  bool seen_boundary;
  bool skipping;
  bool in_scan;                 /* of a bare JPEG: in entropy-coded data */
  size_t walk;                  /* of a bare JPEG: where the next marker may be */
  size_t n_held;
  uint8_t held[64];
} MolinkTcp;

void molink_tcp_init (MolinkTcp * self);

/* Forgets the frame in the making (the connection is a new one). Memory stays. */
void molink_tcp_reset (MolinkTcp * self);

/* Memory for the frame; what it holds so far (self->n_bytes) must have been copied
 * to data, which begins with it. The old memory is the caller's again. After
 * MOLINK_TCP_FRAME the caller takes the memory away by giving new memory, or null. A frame
 * that does not fit into the new memory is given up. */
void molink_tcp_give (MolinkTcp * self, uint8_t * data, size_t capacity);

/* Takes bytes up to the first event. Returns how many were taken: all of them when
 * *ret_events is 0; call again with the rest, if there is any. */
size_t molink_tcp_feed (MolinkTcp * self, const uint8_t * data, size_t size,
    unsigned *ret_events);
