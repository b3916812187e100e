/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Transport streams in memory for the tests of tsgps. */

#include "wiretest.h"

#include "wire/tsgps.h"

typedef struct
{
  GByteArray *bytes;
  unsigned packet_size;
  guint8 continuity[TSGPS_N_PIDS];      /* of the next packet */
} TsTest;

static inline void
tstest_init (TsTest * self, unsigned packet_size)
{
  memset (self, 0, sizeof *self);
  self->bytes = g_byte_array_new ();
  self->packet_size = packet_size;
}

static inline void
tstest_clear (TsTest * self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsTest, tstest_clear);

/* Appends 188 bytes, framed as the packet size asks for. */
static inline void
tstest_put_raw (TsTest * self, const guint8 * packet)
{
  static const guint8 frame[16] = { 0x12, 0x34, 0x47, 0x78 };

  if (self->packet_size == 192)
    g_byte_array_append (self->bytes, frame, 4);
  g_byte_array_append (self->bytes, packet, 188);
  if (self->packet_size == 204)
    g_byte_array_append (self->bytes, frame, 16);
}

/* Where the sync byte of the packet put last is. */
static inline guint
tstest_last (const TsTest * self)
{
  return self->bytes->len - 188 - (self->packet_size == 204 ? 16 : 0);
}

/* Appends a packet with up to 184 bytes of payload, stuffed by an adaptation
 * field, its flags as given. */
static inline void
tstest_put_packet (TsTest * self, guint pid, gboolean start,
    guint8 flags, const guint8 * payload, gsize size)
{
  guint8 packet[188] = { 0x47 };
  gsize stuffing = 184 - size;

  fail_unless (size <= 184 && (flags == 0 || stuffing >= 2));
  packet[1] = (guint8) ((start ? 0x40 : 0) | pid >> 8);
  packet[2] = (guint8) pid;
  packet[3] = (guint8) ((size > 0 ? 0x10 : 0) | (stuffing > 0 ? 0x20 : 0) |
      self->continuity[pid]);
  if (size > 0)
    self->continuity[pid] = (self->continuity[pid] + 1) & 15;
  if (stuffing > 0)
    packet[4] = (guint8) (stuffing - 1);
  if (stuffing > 1) {
    packet[5] = flags;
    memset (packet + 6, 0xff, stuffing - 2);
  }
  memcpy (packet + 4 + stuffing, payload, size);
  tstest_put_raw (self, packet);
}

/* Appends a PES packet, its bytes given whole, in as many packets as it
 * needs. */
static inline void
tstest_put_pes (TsTest * self, guint pid, const guint8 * pes, gsize size)
{
  for (gsize at = 0; at < size; at += 184)
    tstest_put_packet (self, pid, at == 0, 0, pes + at, MIN (184, size - at));
}

/* The PES packet of the A119V3 (docs/wire/mpegts-gps.md) with the second and
 * the length given; length 0: not said, 1014 bytes all the same. */
static inline GByteArray *
tstest_pes (guint second, guint length)
{
  GByteArray *pes = wiretest_hex_padded ("000001bf 03f0"
      "0a000000 14000000 1e000000 18000000 06000000 01000000"
      "41534500 83765145 ac236c46 ef819b41 66665442",
      6 + (length ? length : 1008));

  pes->data[4] = (guint8) (length >> 8);
  pes->data[5] = (guint8) length;
  pes->data[14] = (guint8) second;
  return pes;
}

static inline void
tstest_put_gps (TsTest * self, guint pid, guint second, guint length)
{
  g_autoptr (GByteArray) pes = tstest_pes (second, length);

  tstest_put_pes (self, pid, pes->data, pes->len);
}

/* A PES packet of video or audio with a PTS, and packets without a start. */
static inline void
tstest_put_media (TsTest * self, guint pid, guint stream_id, guint64 pts,
    guint n_packets)
{
  guint8 payload[184];

  memset (payload, 0xa5, sizeof payload);
  memcpy (payload, "\0\0\1\xe0\0\0\x80\x80\5", 9);
  payload[3] = (guint8) stream_id;
  payload[9] = (guint8) (0x21 | (pts >> 29 & 0xe));
  payload[10] = (guint8) (pts >> 22);
  payload[11] = (guint8) (1 | (pts >> 14 & 0xfe));
  payload[12] = (guint8) (pts >> 7);
  payload[13] = (guint8) (1 | (pts << 1 & 0xfe));
  tstest_put_packet (self, pid, TRUE, 0, payload, sizeof payload);
  memset (payload, 0x47, sizeof payload);
  for (guint i = 1; i < n_packets; i++)
    tstest_put_packet (self, pid, FALSE, 0, payload, sizeof payload);
}

/* A program association table. */
static inline void
tstest_put_table (TsTest * self)
{
  static const guint8 pat[] = { 0, 0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0,
    1, 2, 3, 4
  };

  tstest_put_packet (self, 0, TRUE, 0, pat, sizeof pat);
}

static inline void
tstest_print (GString * log, const TsGps * core, unsigned events)
{
  g_string_append_printf (log, "%x", events);
  if (events & (TSGPS_RECORDS | TSGPS_UNKNOWN)) {
    g_string_append_printf (log, " %x @%" G_GUINT64_FORMAT, core->pid,
        core->offset);
    if (core->pts != TSGPS_PTS_NONE)
      g_string_append_printf (log, " pts %" G_GINT64_FORMAT, core->pts);
    g_string_append_printf (log, " %s", core->dialect ? core->dialect->name :
        "?");
  }
  for (gsize i = 0; (events & TSGPS_RECORDS) && i < core->n_records; i++) {
    wiretest_assert_plausible (&core->records[i]);
    wiretest_print_record (log, &core->records[i]);
  }
  g_string_append_c (log, '\n');
}

/* Feeds bytes in two parts, or in steps, and logs all events. */
static inline gchar *
tstest_run (TsGps * core, const guint8 * data, gsize size, gsize cut,
    gsize step)
{
  GString *log = g_string_new (NULL);
  gsize at = 0;
  unsigned events;

  tsgps_init (core);
  while (at < size) {
    gsize end = step ? MIN (at + step, size) : at < cut ? cut : size;

    while (at < end) {
      /* a copy, so that sanitizers see what is read beyond the end */
      g_autofree guint8 *copy = g_memdup2 (data + at, end - at);
      gsize taken = tsgps_feed (core, copy, end - at, &events);

      fail_unless (taken <= end - at);
      fail_unless (events || taken == end - at);
      if (events)
        tstest_print (log, core, events);
      at += taken;
      fail_unless_equals_uint64 (core->position, at);
    }
  }
  while ((events = tsgps_finish (core)))
    tstest_print (log, core, events);
  return g_string_free (log, FALSE);
}

/* How often the text is in the log. */
static inline guint
tstest_count (const gchar * log, const gchar * text)
{
  guint n = 0;

  while ((log = strstr (log, text)) != NULL) {
    n++;
    log++;
  }
  return n;
}
