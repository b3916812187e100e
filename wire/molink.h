/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Messages of the video port of Molink borescopes: the commands of the host,
 * the fragments of the camera (variant A: 24-byte header, variant B: 51-byte
 * header), the byte that some firmware inverts, and the accelerometer word. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  MOLINK_COMMAND_SIZE = 24,
  MOLINK_A_HEADER_SIZE = 24,
  MOLINK_B_HEADER_SIZE = 51,
  MOLINK_C_HEADER_SIZE = 41,    /* with the boundary that stands before it */
  MOLINK_HEADER_MAX = 51,
  MOLINK_MAX_FRAGMENTS = 4096
};

typedef enum
{
  MOLINK_VARIANT_UNKNOWN,
  MOLINK_VARIANT_A,
  MOLINK_VARIANT_B,
  MOLINK_VARIANT_C
} MolinkVariant;

/* What became of a message. */
typedef enum
{
  MOLINK_OK,
  MOLINK_SHORT,                 /* cut off, or no message of this variant */
  MOLINK_BAD,                   /* a field is outside its range */
  MOLINK_FORMAT                 /* a picture format that is not JPEG */
} MolinkStatus;

/* A piece of a frame. */
typedef struct
{
  MolinkVariant variant;
  uint32_t frame_id;            /* A: 8 bits; B: the frame number */
  uint32_t frame_size;          /* bytes of the whole frame */
  uint32_t index;               /* from 0 */
  uint32_t n_bytes;             /* of payload in this message */
  bool last;                    /* the fragment that ends the frame */
  bool maybe_last;              /* A: marked first, index 0, and holds the whole frame */
  bool plain;                   /* no byte is inverted: A always, B if the camera says so */
  uint32_t motion;              /* accelerometer word, 0: none */
} MolinkFragment;

/* The command that starts the stream and keeps it alive, and the one that
 * stops it. Each writes MOLINK_COMMAND_SIZE bytes. */
void molink_write_keepalive (uint8_t * dest);
void molink_write_stop (uint8_t * dest);

/* Which variant a datagram of the camera belongs to, or UNKNOWN. */
MolinkVariant molink_probe (const uint8_t * data, size_t size);

/* Reads the header of one message. head holds the first n_head bytes of it
 * (the header's size suffices), of size bytes in all from here to the end of the
 * datagram. The payload begins after the header; bytes after it are padding
 * (A) or the next message (B). Of variant C the frame is one fragment, which
 * need not be there yet. What OK promises: index is below MOLINK_MAX_FRAGMENTS,
 * 0 < n_bytes <= frame_size, and but for C the payload lies within size. */
MolinkStatus molink_parse (MolinkVariant variant, const uint8_t * head,
    size_t n_head, size_t size, MolinkFragment * ret_fragment);

/* The index of the byte that firmware with the formula inverts, for B and C.
 * 0 for an empty frame. Always below frame_size otherwise. */
uint32_t molink_inverted_index (uint32_t frame_id, uint32_t frame_size);

/* The angle of the accelerometer word in degrees, [0, 360), to 1e-5. False: the
 * camera has no sensor, or lies flat. ret_axes takes x, y, z, each 0..1023, all 0 where the
 * word holds an angle; it may be null. */
bool molink_angle (uint32_t motion, double *ret_degrees, uint16_t ret_axes[3]);
