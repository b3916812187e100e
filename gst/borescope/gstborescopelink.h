/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <poll.h>

#include "gstborescopereceiver.h"

G_BEGIN_DECLS

#define GST_BORESCOPE_LINK_MAX_FDS 4

typedef struct
{
  /* The camera streams (again). */
  void (*up) (gpointer user_data, MolinkVariant variant, guint port);
  /* It went silent or closed; told once. */
  void (*down) (gpointer user_data, const gchar * why);
  /* Nothing can follow. */
  void (*failed) (gpointer user_data, GstResourceError code,
      const GError * error);
} GstBorescopeLinkFuncs;

/* The video connection: finds the port and the protocol, keeps the camera
 * streaming, comes back after an outage, says goodbye. */
typedef struct _GstBorescopeLink GstBorescopeLink;

GstBorescopeLink *gst_borescope_link_new (const GstBorescopeSettings *
    settings, GstBorescopeReceiver * receiver,
    const GstBorescopeLinkFuncs * funcs, gpointer user_data);
void gst_borescope_link_free (GstBorescopeLink * self);

void gst_borescope_link_start (GstBorescopeLink * self,
    GInetAddress * address, guint64 now);

/* Begins to stop: the goodbyes are sent by gst_borescope_link_turn(). */
void gst_borescope_link_stop (GstBorescopeLink * self, guint64 now);
gboolean gst_borescope_link_is_idle (const GstBorescopeLink * self);

/* A picture came out of what the link brought. */
void gst_borescope_link_note_picture (GstBorescopeLink * self);

/* Sets at most GST_BORESCOPE_LINK_MAX_FDS; returns how many. */
guint gst_borescope_link_get_fds (const GstBorescopeLink * self,
    struct pollfd *ret_fds);
void gst_borescope_link_on_fds (GstBorescopeLink * self,
    const struct pollfd *fds, guint n_fds, guint64 now);
void gst_borescope_link_turn (GstBorescopeLink * self, guint64 now);
guint64 gst_borescope_link_deadline (const GstBorescopeLink * self);

/* The application's or the chosen UDP socket, or NULL. */
GSocket *gst_borescope_link_get_socket (const GstBorescopeLink * self);

typedef struct
{
  guint64 keepalives;
  guint64 reconnects;
  guint64 probes_invalid;       /* datagrams of the camera that are no video */
  guint receive_buffer;         /* bytes, as the kernel gave */
} GstBorescopeLinkCounts;

const GstBorescopeLinkCounts *gst_borescope_link_counts (const
    GstBorescopeLink * self);

G_END_DECLS
