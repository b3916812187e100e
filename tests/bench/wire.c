/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How fast the cores look through media in which there is no GPS, beside a
 * copy of the same bytes. Only the ratios mean something. */

#include "wire/mp4gps.h"
#include "wire/tsgps.h"

#include <glib.h>

#include <string.h>

enum
{
  WIRE_N_PACKETS = 1400,        /* 256 kB: what an element is fed at a time */
  WIRE_SIZE = WIRE_N_PACKETS * 188,
  WIRE_N_ROUNDS = 4000
};

static guint8 media[WIRE_SIZE];
static guint8 copy[WIRE_SIZE];
static TsGps ts;
static Mp4Scan scan;

static void
wire_fill_random (void)
{
  guint32 state = 1;

  for (guint i = 0; i < WIRE_SIZE; i++) {
    state = state * 1664525 + 1013904223;
    media[i] = (guint8) (state >> 24);
  }
}

/* Video, a tenth of audio, each 50th packet the start of a frame. */
static void
wire_fill_packets (void)
{
  static const guint8 start[] =
      { 0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, 0x21, 0, 1, 0, 1 };

  wire_fill_random ();
  for (guint i = 0; i < WIRE_N_PACKETS; i++) {
    guint8 *packet = media + i * 188;
    gboolean is_audio = i % 10 == 9;
    gboolean is_start = i % 50 == 0 || i % 50 == 9;

    packet[0] = 0x47;
    packet[1] = is_start ? 0x41 : 0x01;
    packet[2] = is_audio;
    packet[3] = (guint8) (0x10 | (i & 15));
    if (!is_start)
      continue;
    /* with a clock reference */
    packet[3] |= 0x20;
    packet[4] = 7;
    packet[5] = 0x10;
    memcpy (packet + 12, start, sizeof start);
    packet[15] = is_audio ? 0xc0 : 0xe0;
  }
}

static void
wire_feed_ts (void)
{
  unsigned events;

  for (gsize at = 0; at < WIRE_SIZE;)
    at += tsgps_feed (&ts, media + at, WIRE_SIZE - at, &events);
}

static void
wire_feed_scan (void)
{
  unsigned events;

  for (gsize at = 0; at < WIRE_SIZE;)
    at += mp4scan_feed (&scan, media + at, WIRE_SIZE - at, &events);
}

static void
wire_copy (void)
{
  memcpy (copy, media, WIRE_SIZE);
  media[0] ^= copy[1] & 0x80;   /* or it would not be copied at all */
}

/* In MB/s. */
static gdouble
wire_measure (void (*once) (void))
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < WIRE_N_ROUNDS; i++)
    once ();
  return (gdouble) WIRE_SIZE *WIRE_N_ROUNDS /
      (gdouble) MAX (g_get_monotonic_time () - begin, 1);
}

static void
wire_report (const gchar * name, gdouble speed, gdouble reference)
{
  g_print ("%-28s %8.0f MB/s, %.2f of a copy\n", name, speed,
      speed / reference);
}

int
main (void)
{
  gdouble reference = wire_measure (wire_copy);

  wire_report ("copy", reference, reference);
  tsgps_init (&ts);
  wire_fill_packets ();
  wire_report ("tsgps, video and audio", wire_measure (wire_feed_ts),
      reference);
  tsgps_init (&ts);
  wire_fill_random ();
  wire_report ("tsgps, no stream", wire_measure (wire_feed_ts), reference);
  mp4scan_init (&scan, 0);
  wire_report ("mp4scan, video", wire_measure (wire_feed_scan), reference);
  return 0;
}
