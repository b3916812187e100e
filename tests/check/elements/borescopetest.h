/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the tests of borescopesrc share: a simulated camera, and a pipeline that
 * takes down what leaves the element. */

#include <gst/check/gstcheck.h>

#include "tests/sim/simborescope.h"

/* Longer than anything takes, also under valgrind. */
#define BORESCOPETEST_PATIENCE_MS 30000

typedef struct
{
  GstElement *pipeline;
  GstElement *source;

  GMutex lock;
  GCond changed;
  GPtrArray *items;             /* GstMiniObject: buffers and serialized events in their order */
  guint n_buffers;
  gboolean blocked;             /* the sink takes nothing */
} Borescopetest;

/* A camera of the simulator, and an element that is set up for its ports.
 * description: properties of the element, or NULL. */
SimBorescope *borescopetest_camera (SimBorescopeOptions * options);
Borescopetest *borescopetest_new (SimBorescope * camera,
    const gchar * description);
void borescopetest_free (Borescopetest * self);

void borescopetest_play (Borescopetest * self);
void borescopetest_set_state (Borescopetest * self, GstState state);

/* Waits until n buffers came since the start; fails the test if they do not. */
void borescopetest_wait (Borescopetest * self, guint n);

/* How many came so far. */
guint borescopetest_count (Borescopetest * self);
void borescopetest_set_blocked (Borescopetest * self, gboolean blocked);

/* The i-th buffer, counted from 0. (transfer full) */
GstBuffer *borescopetest_get (Borescopetest * self, guint i);

/* The i-th of all that came, buffers and serialized events. (transfer full),
 * NULL: not so many yet. */
GstMiniObject *borescopetest_get_item (Borescopetest * self, guint i);

/* Waits for a message of the element, by the name of its structure, or of a
 * type. (transfer full) */
GstMessage *borescopetest_wait_element_message (Borescopetest * self,
    const gchar * name);
GstMessage *borescopetest_wait_message (Borescopetest * self,
    GstMessageType type);

/* Waits for the first error, which must be the element's and this one. The other
 * returns what it says and what it says to experts. (transfer full) */
void borescopetest_expect_error (Borescopetest * self, GQuark domain,
    gint code);
gchar *borescopetest_wait_error (Borescopetest * self, GQuark domain,
    gint code);

/* How many messages of a type, and of this structure's name if one is given,
 * there are on the bus; it is empty afterwards. */
guint borescopetest_take_messages (Borescopetest * self, GstMessageType type,
    const gchar * name);

guint64 borescopetest_get_stat (Borescopetest * self, const gchar * field);

/* Whether the bytes of the buffer are those of a frame that the camera sent, and
 * which; -1: none. */
gint borescopetest_find_frame (SimBorescope * camera, GstBuffer * buffer);
