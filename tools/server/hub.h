/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define HUB_MAX_STREAMS 8

typedef struct _CheapcamViewer CheapcamViewer;

/* What is known of an access unit beside its bytes. */
typedef enum
{
  HUB_FLAG_KEY = 1 << 0,        /* decoding can begin here */
  HUB_FLAG_OPEN = 1 << 1,       /* a key whose leading pictures need more */
  HUB_FLAG_LEADING = 1 << 2,    /* one of these pictures */
} HubFlags;

/* One access unit, shared by the cache and by the queues of all viewers. */
typedef struct
{
  gatomicrefcount refs;
  GstBuffer *buffer;            /* PTS and DTS in the hub's time */
  GstCaps *caps;
  HubFlags flags;
} HubItem;

HubItem *hub_item_ref (HubItem * item);
void hub_item_unref (HubItem * item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubItem, hub_item_unref)

/* Lets a stream begin at a key and without what cannot be decoded there. */
typedef struct
{
  gboolean wait_key;
  gboolean skip_leading;
} HubGate;

gboolean hub_gate_pass (HubGate * gate, HubFlags flags);

#define CHEAPCAM_TYPE_HUB (hub_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamHub, hub, CHEAPCAM, HUB, GObject)

CheapcamHub *hub_new (const gchar * name, GstClockTime base_time);
const gchar *hub_get_name (CheapcamHub * self);
GstClockTime hub_get_base_time (CheapcamHub * self);

/* for the ingest */
GstClockTime hub_begin_run (CheapcamHub * self);
gint hub_add_stream (CheapcamHub * self, gboolean video);
void hub_no_more_streams (CheapcamHub * self);
void hub_push (CheapcamHub * self, guint index, GstBuffer * buffer,
    GstCaps * caps, HubFlags flags);
void hub_end_run (CheapcamHub * self);
gboolean hub_is_news (CheapcamHub * self, const gchar * text);

/* for the media of the viewers */
void hub_note_unsendable (CheapcamHub * self, gint64 now);
gboolean hub_is_unsendable (CheapcamHub * self, gint64 now);

/* for the viewers */
gboolean hub_is_ready (CheapcamHub * self);
guint hub_first_items (CheapcamHub * self, guint * ret_indexes,
    HubItem ** ret_items);
void hub_attach (CheapcamHub * self, CheapcamViewer * viewer);
void hub_detach (CheapcamHub * self, CheapcamViewer * viewer);
guint hub_add_waiter (CheapcamHub * self, GMainContext * context,
    GSourceFunc func, gpointer user_data, GDestroyNotify notify);
void hub_remove_waiter (CheapcamHub * self, guint id);

G_END_DECLS
