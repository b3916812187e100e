/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Puts frames together from fragments that may be lost, doubled, swapped and
 * mixed with those of the next frame. Each frame whose fragments all arrived
 * comes out once, in the order of the frames. Payload is placed by index in
 * memory of the caller. Time for a fragment is linear in its size, for a frame in
 * the number of its fragments. */

#include "wire/molink.h"

/* Times are in nanoseconds of a clock that never goes back. */
#define MOLINK_TIME_NONE UINT64_MAX

enum
{
  MOLINK_N_SLOTS = 4,           /* frames in the making, or waiting for an older one */
  MOLINK_N_PAST = 8             /* frames that are gone and still known */
};

/* Bits that molink_frames_add() returns. */
enum
{
  MOLINK_ADDED = 1 << 0,        /* the payload is in its frame's memory */
  MOLINK_BEGIN = 1 << 1,        /* and it is the first of its frame */
  MOLINK_WANTS_MEMORY = 1 << 2, /* nothing was taken: give memory, then add it again */
  MOLINK_DUPLICATE = 1 << 3,
  MOLINK_REORDERED = 1 << 4,    /* added, after one of a higher index */
  MOLINK_LATE = 1 << 5,         /* of a frame that was given up, or older than one that is out */
  MOLINK_REFUSED = 1 << 6,      /* contradicts its frame, or is beyond a limit */
  MOLINK_COMPLETED = 1 << 7     /* added, the last that its frame wanted */
};

/* One fragment as it was placed. */
typedef struct
{
  uint32_t offset;
  uint32_t n_bytes;
} MolinkPiece;

typedef struct
{
  uint8_t *data;                /* the caller's memory, or null */
  size_t capacity;

  bool used;
  bool complete;
  bool broken;                  /* can never become complete */
  bool ragged;                  /* fragments of unequal size: gathered behind frame_size bytes */
  bool plain;
  uint32_t frame_id;
  uint32_t frame_size;
  uint32_t chunk_size;          /* of all but the last fragment; 0: not known yet */
  uint32_t n_fragments;         /* 0: not known yet */
  uint32_t n_received;
  uint32_t n_bytes;
  uint32_t highest;             /* index received */
  uint32_t latest;              /* index received last */
  uint32_t motion;
  uint64_t digest;              /* of the payload of fragment 0 */
  uint64_t begin_time;          /* of the first fragment to arrive */
  uint64_t last_time;
  uint64_t serial;              /* the frame's id, without wrapping */
  uint64_t arrival;             /* order of frames with the same serial */
  uint32_t received[MOLINK_MAX_FRAGMENTS / 32];
  MolinkPiece pieces[MOLINK_MAX_FRAGMENTS];
} MolinkSlot;

/* A frame that is gone. */
typedef struct
{
  bool known;
  bool complete;
  bool has_first;               /* digest is of its fragment 0 */
  uint32_t frame_id;
  uint32_t frame_size;
  uint64_t digest;
  uint64_t time;
} MolinkPast;

/* A frame that leaves. */
typedef struct
{
  unsigned slot;                /* whose memory holds it, from its start */
  bool complete;                /* or: given up, holes are zero */
  bool discont;                 /* frames before it are missing */
  bool plain;                   /* no byte is inverted */
  uint32_t frame_id;
  uint32_t size;
  uint32_t motion;
  uint32_t n_lost;              /* fragments known to be missing */
  uint64_t begin_time;
  uint64_t end_time;            /* of its last fragment to arrive */
} MolinkFrame;

typedef struct
{
  /* Set after molink_frames_init(), if the defaults do not suit. */
  uint32_t max_frame_size;      /* default 4 MiB; above 1 GiB counts as 1 GiB */
  uint64_t timeout;             /* a frame is given up so long after its first fragment; default 500 ms */
  uint64_t patience;            /* a complete frame waits so long, after the last fragment of an older one, for the rest of that; default 20 ms */
  bool want_incomplete;         /* frames that are given up come out too */

  /* The core's own. */
  MolinkVariant variant;        /* of all that is here; UNKNOWN: nothing came yet */
  bool discont;
  uint32_t reference_id;        /* of a frame whose serial is known: ids near it are unwrapped by it */
  uint64_t reference_serial;
  uint64_t newest_serial;
  uint64_t out_serial;          /* of the last frame that came out */
  uint64_t n_arrivals;
  uint64_t last_time;           /* of the last fragment that was added */
  uint32_t chunk_size;          /* of the last frame that told it */
  unsigned current;             /* slot that got a fragment last */
  unsigned n_dropped;           /* given up since the last molink_frames_next() */
  unsigned n_lost;
  unsigned next_past;
  MolinkPast past[MOLINK_N_PAST];
  MolinkSlot slots[MOLINK_N_SLOTS];
} MolinkFrames;

/* About 133 kB: not for the stack. */
void molink_frames_init (MolinkFrames * self);

/* Forgets all frames; memory and limits stay. The next frame is discont. */
void molink_frames_reset (MolinkFrames * self);

/* Adds the payload of one fragment, fragment->n_bytes at payload, which may be
 * where molink_frames_predict() said. On MOLINK_WANTS_MEMORY, *ret_slot is the slot
 * that needs molink_frames_give() of *ret_need bytes or more. On MOLINK_COMPLETED
 * call molink_frames_next() before the next fragment, or four frames that wait to be
 * fetched make the fifth push the oldest out. */
unsigned molink_frames_add (MolinkFrames * self,
    const MolinkFragment * fragment, const uint8_t * payload, uint64_t now,
    unsigned *ret_slot, size_t *ret_need);

/* Gives a slot memory. If it had some, the bytes of that must have been copied
 * to the new; the old memory is the caller's again. A frame that was begun in it is
 * given up where the new has no room for it. */
void molink_frames_give (MolinkFrames * self, unsigned slot, uint8_t * data,
    size_t capacity);

/* The next frame that is to leave, oldest first: complete, and not waiting for an
 * older one; or given up, with want_incomplete. The slot is free afterwards and
 * has no memory: what it had is the caller's. Frames that are given up silently
 * are counted in *ret_n_dropped, and their missing fragments in *ret_n_lost; both
 * are set at each call, also where it returns false. A frame pushed out by four
 * younger ones is given up silently in any case. */
bool molink_frames_next (MolinkFrames * self, uint64_t now,
    MolinkFrame * ret_frame, unsigned *ret_n_dropped, unsigned *ret_n_lost);

/* When molink_frames_next() is to be called though nothing arrives, or
 * MOLINK_TIME_NONE. */
uint64_t molink_frames_deadline (const MolinkFrames * self);

/* A place where a payload is expected. */
typedef struct
{
  uint8_t *data;
  size_t size;
} MolinkPlace;

/* Where the payloads of the next datagrams belong if they come in order and none
 * is lost: in the frame that got a fragment last, then in a free slot that has
 * memory. Nothing there is in use, so any bytes may be written. Returns how many
 * of max were set; the rest is not known. */
unsigned molink_frames_predict (const MolinkFrames * self,
    MolinkPlace * ret_places, unsigned max);

/* Where molink_frames_add() would place the payload of the fragment now, or null: it
 * would not take it, or needs memory first, or its place is not settled.
 *
 * For payloads that were received at predicted places, ask this of each, in their
 * order, before any is added. From the first whose place is another than where
 * it lies, or that is longer than its place, copy that one and all behind it
 * elsewhere; then add them in order. Until then keep the memory alive that was
 * predicted into, also of frames that came out and of slots that were given
 * other memory. */
const uint8_t *molink_frames_where (const MolinkFrames * self,
    const MolinkFragment * fragment);
