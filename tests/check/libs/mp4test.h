/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Recordings in memory for the tests of the MP4 cores. */

#include "wiretest.h"

#include "wire/mp4gps.h"

/* Appends a block of the A119V3 (docs/wire/dashcam-gps.md), its second as
 * given, of size bytes. */
static inline void
mp4test_put_block (GByteArray * file, guint second, guint size)
{
  g_autoptr (GByteArray) block = wiretest_hex_padded ("00000000 66726565"
      "47505320 f0030000 0a000000 14000000 1e000000 18000000 06000000"
      "01000000 41534500 83765145 ac236c46 ef819b41 66665442", size);
  guint32 size_word = GUINT32_TO_BE (size);

  memcpy (block->data, &size_word, 4);
  block->data[24] = (guint8) second;
  g_byte_array_append (file, block->data, block->len);
}

/* Bytes that look like video: each value, no block. */
static inline void
mp4test_put_video (GByteArray * file, guint size)
{
  guint32 state = 1;

  for (guint i = 0; i < size; i++) {
    guint8 byte;

    state = state * 1664525 + 1013904223;
    byte = (guint8) (state >> 24);
    g_byte_array_append (file, &byte, 1);
  }
}

/* Appends the header of a box; returns where it is. */
static inline guint
mp4test_begin_box (GByteArray * file, const gchar * type)
{
  guint at = file->len;

  wiretest_put_u32be (file, 0);
  g_byte_array_append (file, (const guint8 *) type, 4);
  return at;
}

static inline void
mp4test_end_box (GByteArray * file, guint at)
{
  guint32 size = GUINT32_TO_BE (file->len - at);

  memcpy (file->data + at, &size, 4);
}

static inline void
mp4test_put_ftyp (GByteArray * file)
{
  guint at = mp4test_begin_box (file, "ftyp");

  g_byte_array_append (file, (const guint8 *) "mp42\0\0\0\0isom", 12);
  mp4test_end_box (file, at);
}

/* Appends a gps box that names n_entries places. */
static inline void
mp4test_put_table (GByteArray * file, guint32 count,
    const guint32 (*entries)[2], guint n_entries)
{
  guint at = mp4test_begin_box (file, "gps ");

  wiretest_put_u32be (file, 0x101);
  wiretest_put_u32be (file, count);
  for (guint i = 0; i < n_entries; i++) {
    wiretest_put_u32be (file, entries[i][0]);
    wiretest_put_u32be (file, entries[i][1]);
  }
  mp4test_end_box (file, at);
}

static inline void
mp4test_print_block (GString * log, unsigned events, const Mp4GpsBlock * block)
{
  g_string_append_printf (log, "%x %" G_GINT64_MODIFIER "x %s", events,
      block->offset, block->dialect ? block->dialect->name : "?");
  if (!(events & MP4GPS_RECORDS))
    fail_unless_equals_int (block->n_records, 0);
  for (gsize i = 0; i < block->n_records; i++) {
    wiretest_assert_plausible (&block->records[i]);
    wiretest_print_record (log, &block->records[i]);
  }
  g_string_append_c (log, '\n');
}
