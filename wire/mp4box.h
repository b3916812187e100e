/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Headers of ISO base media (MP4, MOV) boxes, 64-bit sizes included. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  MP4BOX_HEADER_MAX = 16        /* bytes that always hold a whole header */
};

#define MP4BOX_TYPE(a,b,c,d) ((uint32_t) (a) << 24 | (uint32_t) (b) << 16 | (uint32_t) (c) << 8 | (uint32_t) (d))

typedef struct
{
  uint32_t type;                /* MP4BOX_TYPE ('m', 'o', 'o', 'v') */
  unsigned header_size;         /* 8 or 16 */
  uint64_t size;                /* with the header; never more than the room given */
  bool truncated;               /* the header claims more than the room */
} Mp4Box;

/* Reads the header at data, of which size bytes are there; room is how many
 * bytes its container has left from data on (UINT64_MAX: unknown). Returns
 * false and leaves ret_box alone when the header is cut off or its size is
 * below that of the header. A size word of 0 means all the room. */
bool mp4box_parse (const uint8_t * data, size_t size, uint64_t room,
    Mp4Box * ret_box);
