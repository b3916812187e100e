/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The datagrams of a frame (of variant C: its bytes in the stream), as the
 * faults of the script leave them. */

#include "simfaults.h"
#include "simmolink.h"

typedef struct
{
  gsize offset, size;           /* in bytes of SimBorescopeVideo */
  guint index;                  /* of the fragment, the first one if there are more */
  guint delay_us;               /* before it is sent */
  gboolean foreign;             /* comes from another port */
} SimPacket;

/* A frame. */
typedef struct
{
  guint64 count;                /* by which the script counts frames */
  guint32 number;               /* by which the camera does */
  GBytes *jpeg;
  guint16 width, height;
} SimFrame;

typedef struct
{
  /* set by the owner */
  SimMolinkVariant variant;
  SimMolinkInvert invert;
  guint payload;                /* bytes of it in a fragment */
  guint join;                   /* messages in a datagram (B) */
  gboolean dimensions;          /* A tells width and height */
  gboolean paced;               /* a pause after each fragment */
  guint32 motion;
  const SimFaults *faults;

  GByteArray *bytes;
  GArray *packets;              /* of SimPacket */

  GByteArray *frame;            /* scratch: the frame as it is sent */
  GRand *rand;
  guint32 sequence;
  guint64 n_fragments;
} SimBorescopeVideo;

void sim_borescope_video_init (SimBorescopeVideo * self, guint32 seed);
void sim_borescope_video_clear (SimBorescopeVideo * self);

/* Appends the packets of a frame. FALSE: a fault leaves no readable frame. */
gboolean sim_borescope_video_add (SimBorescopeVideo * self,
    const SimFrame * frame);

/* Lets the packets before the one numbered second and those from it on take
 * turns. */
void sim_borescope_video_interleave (SimBorescopeVideo * self, guint second);
