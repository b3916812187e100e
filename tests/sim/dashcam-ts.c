/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-ts.h"

#include <string.h>

#define TS_PACKET 188
#define TS_PAYLOAD (TS_PACKET - 4)
#define GPS_PID 0x300
#define CLOCK_RATE 90000

typedef struct
{
  const DashcamScript *script;
  GPtrArray *blocks;
  GByteArray *out;
  guint next;                   /* the first second that is not written yet */
  guint8 continuity;
  gint64 first_pts;
  gint64 last_pts;
} DashcamTs;

/* Payload of a packet that starts a PES packet of video, or NULL. */
static const guint8 *
dashcam_ts_video_start (const guint8 * packet)
{
  const guint8 *payload = packet + 4;

  if (!(packet[1] & 0x40) || !(packet[3] & 0x10))
    return NULL;
  if (packet[3] & 0x20)
    payload += 1 + packet[4];
  if (payload > packet + TS_PACKET - 14)
    return NULL;
  if (payload[0] != 0 || payload[1] != 0 || payload[2] != 1
      || (payload[3] & 0xf0) != 0xe0 || !(payload[7] & 0x80))
    return NULL;
  return payload;
}

static gint64
dashcam_ts_read_pts (const guint8 * pes)
{
  return (gint64) (pes[9] >> 1 & 7) << 30 | (gint64) pes[10] << 22
      | (gint64) (pes[11] >> 1) << 15 | (gint64) pes[12] << 7 | pes[13] >> 1;
}

/* One TS packet with up to 184 bytes; the adaptation field fills it up. */
static void
dashcam_ts_put_packet (DashcamTs * self, const guint8 * bytes, guint n,
    gboolean start)
{
  const guint stuffing = TS_PAYLOAD - n;
  guint8 packet[TS_PACKET];

  memset (packet, 0xff, sizeof packet);
  packet[0] = 0x47;
  packet[1] = (guint8) ((start ? 0x40 : 0) | GPS_PID >> 8);
  packet[2] = GPS_PID & 0xff;
  packet[3] = (guint8) ((stuffing > 0 ? 0x30 : 0x10) | self->continuity);
  if (stuffing > 0)
    packet[4] = (guint8) (stuffing - 1);
  if (stuffing > 1)
    packet[5] = 0;
  memcpy (packet + TS_PACKET - n, bytes, n);
  g_byte_array_append (self->out, packet, sizeof packet);
}

static void
dashcam_ts_put_junk (DashcamTs * self, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    const guint8 byte = (guint8) (i * 37 + 11);

    g_byte_array_append (self->out, &byte, 1);
  }
}

static void
dashcam_ts_put_second (DashcamTs * self, guint second)
{
  const DashcamSecond *what = &self->script->seconds[second];
  const GByteArray *block = g_ptr_array_index (self->blocks, second);

  dashcam_ts_put_junk (self, what->junk);
  for (guint copy = 0; copy < what->copies; copy++) {
    for (guint i = 0; i < block->len; i += TS_PAYLOAD) {
      if (i == 0 || i < what->cut)
        dashcam_ts_put_packet (self, block->data + i,
            MIN (block->len - i, TS_PAYLOAD), i == 0);
      /* a lost packet has been counted all the same */
      self->continuity = (self->continuity + 1) & 15;
    }
  }
}

/* Writes what is due when the last video access unit has been written. */
static void
dashcam_ts_put_due (DashcamTs * self)
{
  if (self->first_pts < 0)
    return;
  while (self->next < self->script->n_seconds
      && (gint64) self->next * CLOCK_RATE <= self->last_pts - self->first_pts) {
    dashcam_ts_put_second (self, self->next);
    self->next++;
  }
}

GByteArray *
dashcam_ts_insert (GBytes * stream, const DashcamScript * script,
    GPtrArray * blocks, GError ** error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (stream, &size);
  DashcamTs self = { script, blocks, g_byte_array_new (), 0, 0, -1, -1 };

  for (gsize i = 0; i + TS_PACKET <= size; i += TS_PACKET) {
    const guint8 *pes;

    if (data[i] != 0x47)
      break;
    pes = dashcam_ts_video_start (data + i);
    if (pes != NULL) {
      dashcam_ts_put_due (&self);
      self.last_pts = dashcam_ts_read_pts (pes);
      if (self.first_pts < 0)
        self.first_pts = self.last_pts;
    }
    g_byte_array_append (self.out, data + i, TS_PACKET);
  }
  dashcam_ts_put_due (&self);

  if (self.next < script->n_seconds) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "The media end before second %u", self.next);
    g_byte_array_unref (self.out);
    return NULL;
  }
  return self.out;
}

gboolean
dashcam_ts_survives (gsize size, gsize cut)
{
  const gsize n_packets = (size + TS_PAYLOAD - 1) / TS_PAYLOAD;

  return cut > (n_packets - 1) * TS_PAYLOAD;
}
