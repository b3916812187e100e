/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Finds what positions a dash cam MP4 or MOV holds and decodes them.
 *
 * Two cores. Mp4Gps reads a file in any order through its caller: it asks for
 * a range, is fed what was read, and gives records; a healthy file costs a few
 * thousand bytes per block, and boxes and tracks are read as well. Mp4Scan
 * takes the bytes as they come (pipe, growing file), needs no index, and finds
 * freeGPS blocks alone. */

#include "wire/dialect.h"
#include "wire/mp4sources.h"
#include "wire/mp4stream.h"

/* Events of both cores. */
enum
{
  MP4GPS_RECORDS = 1 << 0,      /* records[0] to records[n_records - 1], of one block */
  MP4GPS_UNKNOWN = 1 << 1,      /* a freeGPS block that gave no records; dialect says why, where known */
  MP4GPS_MORE = 1 << 2,         /* mp4gps_feed() only: call again with the same arguments */
  MP4GPS_SILENT = 1 << 3        /* mp4scan_block() only: a block that says nothing new, or not yet */
};

enum
{
  MP4GPS_READ_MAX = 256 * 1024, /* longest range that is asked for */
  MP4GPS_BLOCK_MIN = 0x52,      /* size words that a block may have */
  MP4GPS_BLOCK_MAX = 0x10000,
  MP4SCAN_GPMF_MAX = 32 * 1024, /* longest record of GPMF beside a track, with its head */
  MP4GPS_BLOCK_HEADER = 12,     /* size word, "free", "GPS " */
  MP4GPS_TABLE_MAX = 1000000,   /* entries that are looked at */
  MP4GPS_BOXES_MAX = 65536      /* boxes that are walked before all is scanned */
};

/* A block as both cores report it; valid until the next call. */
typedef struct
{
  uint64_t offset;              /* of its size word in the file */
  const Dialect *dialect;       /* null: not recognised */
  int64_t media_us;             /* when the sample it stands in is shown, since the beginning, or -1: not in a track */
  size_t n_records;
  GpsRecord records[DIALECT_MAX_RECORDS];
} Mp4GpsBlock;

/* Decodes the block that begins at data, of which size bytes are there, into
 * ret_block. Returns an event, or 0 when no block is there. */
unsigned mp4scan_block (DialectMemory * memory, const uint8_t * data,
    size_t size, uint64_t offset, Mp4GpsBlock * ret_block);

/* Offset in data of the first head of a block whose size may be one, or
 * size. */
size_t mp4scan_find_block (const uint8_t * data, size_t size);

/* The event that a verdict is. */
unsigned mp4scan_event (DialectVerdict verdict);

/* The end of the recording: what waited for other blocks. Returns an event, or
 * 0 when nothing did. */
unsigned mp4scan_flush (DialectMemory * memory, Mp4GpsBlock * ret_block);

/* Bytes as they come. */
typedef struct
{
  Mp4GpsBlock block;

  DialectMemory memory;
  uint64_t position;            /* of the next byte to be fed */
  Mp4Stream *stream;            /* boxes and tracks beside the blocks, or null */
  unsigned stream_events;       /* of it, for when all bytes up to them were searched */
  bool has_fix;                 /* a block had a position */
  size_t n_held;
  uint8_t held[MP4SCAN_GPMF_MAX];       /* a block, or the start of one, that crosses a feed */
} Mp4Scan;

/* position: where in the file the next byte comes from. */
void mp4scan_init (Mp4Scan * self, uint64_t position);

/* The same without forgetting what earlier blocks said. */
void mp4scan_jump (Mp4Scan * self, uint64_t position);

/* From now on boxes and tracks are read as well, as far as that can be done in
 * order, until a block has a position. Call it when the options in memory are
 * set, with a stream at the same place. */
void mp4scan_set_stream (Mp4Scan * self, Mp4Stream * stream);

/* Takes bytes up to and including the head of the first block found; none of
 * them when it lies in bytes held from before. Returns how many were taken: all
 * of them when *ret_events is 0. Call again with the rest, if there is any. */
size_t mp4scan_feed (Mp4Scan * self, const uint8_t * data, size_t size,
    unsigned *ret_events);

/* The end of the data: a block cut off by it still counts, if enough is
 * there. Returns events; call until it returns 0. */
unsigned mp4scan_finish (Mp4Scan * self);

/* The same where the recording goes on elsewhere. */
unsigned mp4scan_finish_range (Mp4Scan * self);

typedef enum
{
  MP4GPS_STATE_TOP,             /* headers of top-level boxes */
  MP4GPS_STATE_MOOV,            /* headers of the boxes in moov */
  MP4GPS_STATE_TABLE,           /* head and entries of the gps table */
  MP4GPS_STATE_SURVEY,          /* the same entries before: how far their blocks are apart */
  MP4GPS_STATE_PROBE,           /* bytes where a block may stand that is not listed */
  MP4GPS_STATE_BLOCK,           /* block that an entry names */
  MP4GPS_STATE_TRAILER,         /* the last bytes, which may say where one begins */
  MP4GPS_STATE_TRAILER_BOX,     /* its header */
  MP4GPS_STATE_SOURCES,         /* boxes and tracks with positions */
  MP4GPS_STATE_SCAN,            /* what the table does not account for: bytes in order */
  MP4GPS_STATE_DONE
} Mp4GpsState;

enum
{
  MP4GPS_ENTRIES = 512          /* table entries that are held at a time */
};

/* What the entries of the table say of the places of blocks. */
typedef struct
{
  uint64_t n;                   /* entries that say anything */
  uint64_t first;
  uint64_t last;
  uint64_t unwrap;
  uint64_t gap_start;           /* the longest way from one to the next */
  uint64_t gap_end;
  uint64_t n_known;             /* blocks there that are listed */
  uint64_t n_found;
  bool is_unordered;
} Mp4GpsSurvey;

/* A file in any order. The members are the core's own, but for block. */
typedef struct
{
  Mp4GpsBlock block;

  Mp4GpsState state;
  uint64_t file_size;
  uint64_t position;            /* of the header, entries or bytes asked for */
  uint64_t end;                 /* of the box being walked */
  uint64_t table_position;      /* of the next entry that is not held */
  uint64_t n_entries_left;      /* of the table, behind those held */
  uint64_t n_blocks;            /* that the table led to */
  uint64_t unwrap;              /* added to the 32-bit offsets of the table */
  uint64_t n_boxes;             /* walked so far */
  uint64_t resume;              /* top-level box behind moov */
  uint32_t last_offset;
  uint64_t block_end;           /* behind the header of the block found last */
  uint64_t scan_end;            /* of the bytes that are searched */
  unsigned n_tries;             /* places where the entry's block is not */
  bool has_fix;                 /* a block had a position */
  uint64_t start;               /* of this file in a file of several: offsets count from here */
  uint64_t table;               /* first entry */
  uint64_t n_entries_all;
  Mp4GpsSurvey survey;
  bool has_lost;                /* entries behind the last block lead nowhere */
  bool is_unordered;            /* blocks came in another order than that of the file */
  size_t entry;
  size_t n_entries;
  uint32_t entry_offset[MP4GPS_ENTRIES];
  uint32_t entry_size[MP4GPS_ENTRIES];
  bool has_table;               /* the head of the table was read */
  Mp4Sources sources;
  Mp4Scan scan;
  size_t scan_fed;              /* of the range that was read last */
} Mp4Gps;

/* file_size: in bytes, or UINT64_MAX when unknown. */
void mp4gps_init (Mp4Gps * self, uint64_t file_size);

/* What to read next. Returns false when all is done. Asks for at most
 * MP4GPS_READ_MAX bytes. Without a call of mp4gps_feed() in between it gives
 * the same range again. */
bool mp4gps_next_read (Mp4Gps * self, uint64_t * ret_offset, size_t *ret_size);

/* The bytes of that range; fewer, or none, where the file ends or cannot be
 * read. Returns events; while MP4GPS_MORE is among them, call again with the
 * same arguments. */
unsigned mp4gps_feed (Mp4Gps * self, const uint8_t * data, size_t size);
