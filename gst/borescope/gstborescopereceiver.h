/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopesocket.h"
#include "wire/molink.h"

G_BEGIN_DECLS

/* A frame as the camera sent it. */
typedef struct
{
  guint8 *data;                 /* g_malloc() */
  gsize size;
  MolinkVariant variant;
  guint32 id;
  gboolean bare;                /* came without a header: nothing is inverted */
  gboolean plain;               /* the camera says that nothing is inverted */
  gboolean complete;
  gboolean discont;
  guint32 motion;               /* accelerometer word */
  guint64 begin_time;           /* monotonic, ns: first fragment */
  guint64 end_time;
} GstBorescopeFrame;

/* Takes frame->data. */
typedef void (*GstBorescopeFrameFunc) (gpointer user_data,
    const GstBorescopeFrame * frame);

typedef struct
{
  guint64 packets;
  guint64 bytes;
  guint64 invalid;
  guint64 foreign;
  guint64 duplicate;
  guint64 reordered;
  guint64 late;
  guint64 fragments_lost;
  guint64 frames_incomplete;    /* given up as newer ones came */
  guint64 frames_expired;       /* given up as nothing came */
  guint64 syscalls;
} GstBorescopeReceiverCounts;

/* Reads the video socket: many datagrams by one call, payload straight into
 * the memory of its frame. */
typedef struct _GstBorescopeReceiver GstBorescopeReceiver;

GstBorescopeReceiver *gst_borescope_receiver_new (const GstBorescopeSettings *
    settings, GstBorescopeFrameFunc func, gpointer user_data);
void gst_borescope_receiver_free (GstBorescopeReceiver * self);

/* Forgets what has not become a frame. */
void gst_borescope_receiver_reset (GstBorescopeReceiver * self,
    MolinkVariant variant);

/* Reads what there is, within bounds; frames go to the function. Return 0, an
 * errno, or for TCP -1 at the end of the stream. *ret_alive is set when something of
 * the camera's came. */
gint gst_borescope_receiver_read_udp (GstBorescopeReceiver * self,
    const GstBorescopeSocket * socket, guint64 now, gboolean * ret_alive);
gint gst_borescope_receiver_read_tcp (GstBorescopeReceiver * self,
    const GstBorescopeSocket * socket, guint64 now, gboolean * ret_alive);

/* Gives up or lets go what is due. */
void gst_borescope_receiver_expire (GstBorescopeReceiver * self, guint64 now);

/* When to call it, monotonic ns, G_MAXUINT64: not by itself. */
guint64 gst_borescope_receiver_deadline (const GstBorescopeReceiver * self);

/* Valid as long as the receiver. */
GstBorescopeReceiverCounts *gst_borescope_receiver_counts
    (GstBorescopeReceiver * self);

G_END_DECLS
