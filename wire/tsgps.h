/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Finds GPS records in MPEG transport streams: packets of 188, 192 or 204
 * bytes, private PIDs (in the PMT or not), PES reassembly, payload ladder. */

#include "wire/dialect.h"

/* Events of tsgps_feed(). */
enum
{
  TSGPS_RECORDS = 1 << 0,       /* records of one PES packet: see TsGps */
  TSGPS_UNKNOWN = 1 << 1,       /* a PES packet on a GPS PID that gave no records */
  TSGPS_LOST = 1 << 2           /* packets are missing inside a PES packet, which was dropped */
};

#define TSGPS_PTS_NONE INT64_MIN

enum
{
  TSGPS_N_PIDS = 8192,
  TSGPS_N_SLOTS = 4,            /* private PIDs that are put together at a time */
  TSGPS_PES_MAX = 65542,        /* longest PES packet: 6 + 65535, rounded up */
  TSGPS_PACKET_MAX = 204
};

/* A PES packet being put together. */
typedef struct
{
  uint16_t pid;
  uint8_t continuity;
  bool used;                    /* the slot has a PID, and a packet of it */
  bool open;                    /* bytes are being gathered */
  uint64_t position;            /* of its first TS packet */
  uint64_t last_used;
  int64_t pts;                  /* TsGps.media_pts when it started */
  size_t n_bytes;
  size_t n_last;                /* of them, from the last packet: to know its duplicate */
  uint8_t bytes[TSGPS_PES_MAX];
} TsGpsSlot;

typedef struct
{
  /* Of the last event; valid until the next call. */
  uint16_t pid;                 /* 0x1fff: a trailer behind the last packet */
  const Dialect *dialect;       /* null: not recognised */
  uint64_t offset;              /* in the stream, of the sync byte of the TS packet that starts the PES packet */
  int64_t pts;                  /* 90 kHz: last video (else audio) PTS before it, or TSGPS_PTS_NONE */
  size_t n_records;
  GpsRecord records[DIALECT_MAX_RECORDS];

  /* Of the stream; PCR and PTS in 90 kHz units. */
  int64_t first_pcr;            /* first clock reference, or TSGPS_PTS_NONE */
  int64_t media_pts;            /* last PTS of the first video (else audio) PID, or TSGPS_PTS_NONE; goes on where 33 bits wrap */
  unsigned packet_size;         /* 188, 192, 204, or 0: not known yet */
  uint64_t n_packets;
  uint64_t n_lost;              /* continuity breaks on GPS PIDs */

  /* The core's own. */
  DialectMemory memory;
  uint64_t position;            /* of the next byte to be fed */
  uint64_t tick;
  bool synced;                  /* the next packet begins where the last one ended */
  uint64_t unsynced_at;         /* where it did not, last */
  uint16_t media_pid;
  uint8_t media_stream_id;
  const Dialect *trailer;       /* of what stands behind the last packet, or null */
  GpsBox trailer_box;
  size_t n_held;
  uint8_t held[TSGPS_PACKET_MAX * 5];   /* bytes not yet understood: a cut packet, or the search for sync */
  uint8_t pid_class[TSGPS_N_PIDS];
  TsGpsSlot slots[TSGPS_N_SLOTS];
} TsGps;

/* About 300 kB: not for the stack. */
void tsgps_init (TsGps * self);

/* The next byte to be fed comes from position: packets and PES packets in the
 * making are dropped, and media_pts; what is known of the PIDs is kept. */
void tsgps_jump (TsGps * self, uint64_t position);

/* Takes bytes up to and including the packet that brings the first event; none
 * of them when it lies in bytes held from before. Returns how many were taken:
 * all of them when *ret_events is 0. Call again with the rest, if there is
 * any: what is held waits for the next call, be it of 0 bytes. */
size_t tsgps_feed (TsGps * self, const uint8_t * data, size_t size,
    unsigned *ret_events);

/* The end of the data: the last packets, fewer than are needed to be sure of
 * them, and PES packets that have no length or are cut off count now. Call
 * until it returns 0. */
unsigned tsgps_finish (TsGps * self);

/* Whether data looks like a transport stream: sync bytes at one of the three
 * packet sizes. Returns the packet size, or 0. Needs 5 packets to be sure and
 * takes fewer for want of more. */
unsigned tsgps_probe (const uint8_t * data, size_t size);
