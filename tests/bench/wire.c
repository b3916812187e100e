/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How fast the cores look through media in which there is no GPS, put frames
 * together and find the end of pictures, beside a copy of the same bytes. Only the
 * ratios mean something. */

#include "wire/jpegscan.h"
#include "wire/molinkframe.h"
#include "wire/mp4gps.h"
#include "wire/tsgps.h"

#include <glib.h>

#include <string.h>

enum
{
  WIRE_N_PACKETS = 1400,        /* 256 kB: what an element is fed at a time */
  WIRE_SIZE = WIRE_N_PACKETS * 188,
  WIRE_FRAGMENT = 1400,
  WIRE_N_ROUNDS = 4000
};

static guint8 media[WIRE_SIZE];
static guint8 copy[WIRE_SIZE];
static TsGps ts;
static Mp4Scan scan;
static MolinkFrames frames;
static guint32 n_frames;

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

/* One frame, each payload copied to its place. */
static void
wire_feed_fragments (void)
{
  MolinkFragment fragment = { 0 };
  MolinkFrame frame;
  unsigned slot, n_dropped, n_lost;
  size_t need;

  fragment.variant = MOLINK_VARIANT_B;
  fragment.frame_id = n_frames++;
  fragment.frame_size = WIRE_SIZE;
  for (guint32 at = 0; at < WIRE_SIZE; at += WIRE_FRAGMENT) {
    fragment.n_bytes = MIN (WIRE_FRAGMENT, WIRE_SIZE - at);
    if (molink_frames_add (&frames, &fragment, media + at, n_frames, &slot,
            &need) == MOLINK_WANTS_MEMORY) {
      molink_frames_give (&frames, slot, copy, sizeof copy);
      (void) molink_frames_add (&frames, &fragment, media + at, n_frames,
          &slot, &need);
    }
    fragment.index++;
  }
  if (!molink_frames_next (&frames, n_frames, &frame, &n_dropped, &n_lost))
    g_error ("the frame is not whole");
}

/* The end is far from the end of the data, which is the worst. */
static void
wire_feed_picture (void)
{
  static const guint8 picture[] = {
    0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
    0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9
  };
  JpegScan jpeg;

  memcpy (copy, picture, sizeof picture);
  if (jpegscan (copy, sizeof copy, &jpeg) != JPEGSCAN_OK ||
      jpeg.end != sizeof picture)
    g_error ("the end was not found");
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
  molink_frames_init (&frames);
  wire_report ("molinkframe", wire_measure (wire_feed_fragments), reference);
  memset (copy, 0, sizeof copy);
  wire_report ("jpegscan", wire_measure (wire_feed_picture), reference);
  return 0;
}
