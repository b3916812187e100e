/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* All but the last byte are a recording, which is read by its table and in
 * order; the last byte says how. */

#include "fuzz.h"

#include "wire/mp4gps.h"

#include <string.h>

enum
{
  FUZZ_SIZE_UNKNOWN = 1,        /* the core is not told the size */
  FUZZ_LARGE = 2                /* the file repeats each 4 GiB */
};

static Mp4Gps core;
static Mp4Scan scan;
static Mp4Stream stream;
static uint8_t stream_memory[MP4STREAM_MEMORY];

static uint64_t
fuzz_mp4gps_block (uint64_t digest, unsigned events, const Mp4GpsBlock * block)
{
  FUZZ_CHECK (!(events & MP4GPS_RECORDS) == !block->n_records);
  FUZZ_CHECK (!(events & MP4GPS_RECORDS) != !(events & MP4GPS_UNKNOWN));
  FUZZ_CHECK (block->n_records <= DIALECT_MAX_RECORDS);
  FUZZ_CHECK (block->dialect || !block->n_records);
  digest = fuzz_digest (digest, &events, sizeof events);
  digest = fuzz_digest (digest, &block->offset, sizeof block->offset);
  for (size_t i = 0; i < block->n_records; i++)
    fuzz_check_record (&block->records[i]);
  return fuzz_digest (digest, block->records,
      block->n_records * sizeof block->records[0]);
}

/* In pieces of step bytes. */
static uint64_t
fuzz_mp4gps_scan (const uint8_t * data, size_t size, size_t step)
{
  uint64_t digest = 0, n_blocks = 0;
  unsigned events;

  mp4scan_init (&scan, 0);
  mp4stream_init (&stream, stream_memory);
  mp4scan_set_stream (&scan, &stream);
  for (size_t at = 0; at < size;) {
    size_t end = size - at < step ? size : at + step;

    while (at < end) {
      size_t taken = mp4scan_feed (&scan, data + at, end - at, &events);

      FUZZ_CHECK (taken <= end - at && (events || taken == end - at));
      if (events)
        digest = fuzz_mp4gps_block (digest, events, &scan.block);
      FUZZ_CHECK (!events || ++n_blocks <= size / 8);
      at += taken;
      FUZZ_CHECK (scan.position == at);
    }
  }
  while ((events = mp4scan_finish (&scan))) {
    digest = fuzz_mp4gps_block (digest, events, &scan.block);
    FUZZ_CHECK (++n_blocks <= size / 8);
  }
  return digest;
}

static void
fuzz_mp4gps_read (const uint8_t * data, size_t size, unsigned mode)
{
  static const uint8_t none[1];
  uint64_t offset, n_reads = 0, n_events = 0;
  size_t asked;

  mp4gps_init (&core, mode & FUZZ_SIZE_UNKNOWN ? UINT64_MAX :
      mode & FUZZ_LARGE ? (UINT64_C (3) << 32) + size : size);
  while (mp4gps_next_read (&core, &offset, &asked)) {
    const uint8_t *from = none;
    size_t there = 0;
    unsigned events;

    FUZZ_CHECK (asked > 0 && asked <= MP4GPS_READ_MAX);
    /* boxes, thrice each entry that the table can have, the scan, and samples
     * with the pieces of tables they need */
    n_reads++;
    FUZZ_CHECK ((mode & FUZZ_LARGE) ||
        n_reads <= MP4GPS_BOXES_MAX + size / 2 + 16 +
        5 * MP4SOURCES_TRACKS * MP4TRACK_SAMPLES_MAX);
    /* what repeats may be long */
    if ((mode & FUZZ_LARGE) && (core.state == MP4GPS_STATE_SCAN ||
            n_reads > 5000))
      return;
    if (mode & FUZZ_LARGE)
      offset &= UINT32_MAX;
    if (offset < size) {
      from = data + offset;
      there = size - offset < asked ? (size_t) (size - offset) : asked;
    }
    do {
      events = mp4gps_feed (&core, from, there);
      if (events & ~(unsigned) MP4GPS_MORE)
        (void) fuzz_mp4gps_block (0, events & ~(unsigned) MP4GPS_MORE,
            &core.block);
      FUZZ_CHECK (++n_events <= 2 * size + 2 * n_reads);
    } while (events & MP4GPS_MORE);
  }
  FUZZ_CHECK (mp4gps_feed (&core, none, 0) == 0);
}

/* Where the pictures of the video track are that was found. */
static void
fuzz_mp4gps_locate (const uint8_t * data, size_t size)
{
  static const uint8_t none[1];
  Mp4Track *video = &core.sources.video;
  Mp4TrackStep step = MP4TRACK_SAMPLE;
  uint64_t n_reads = 0;

  for (size_t i = 0; i < 8 && core.sources.has_video &&
      step == MP4TRACK_SAMPLE; i++) {
    uint64_t place = size * (uint64_t) i / 8, offset;
    Mp4TrackSample sample;
    size_t asked;

    while ((step = mp4track_locate (video, place, &sample, &offset, &asked)) ==
        MP4TRACK_READ) {
      size_t there = offset >= size ? 0 : size - offset < asked ?
          (size_t) (size - offset) : asked;

      FUZZ_CHECK (asked > 0 && asked <= MP4GPS_READ_MAX);
      FUZZ_CHECK (++n_reads <= 5 * (uint64_t) MP4TRACK_SAMPLES_MAX);
      mp4track_feed (video, there > 0 ? data + offset : none, there);
    }
    FUZZ_CHECK (step != MP4TRACK_SAMPLE || sample.offset >= place);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  uint64_t whole;
  unsigned mode;

  if (size < 1)
    return 0;
  mode = data[--size];
  fuzz_mp4gps_read (data, size, mode);
  fuzz_mp4gps_locate (data, size);
  whole = fuzz_mp4gps_scan (data, size, SIZE_MAX);
  FUZZ_CHECK (whole == fuzz_mp4gps_scan (data, size, 1 + mode));
  FUZZ_CHECK (whole == fuzz_mp4gps_scan (data, size, 1 + size / 2));
  return 0;
}
