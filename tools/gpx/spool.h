/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS
/* A list of elements of one size, as long as the disk has room for, in little
 * memory: but for a window they are in a temporary file that has no name any
 * more. A list that fits in its window has no file. Where none can be written
 * all elements stay in memory. Made for walks from first to last; one thread at
 * a time. */
    typedef struct
{
  guint len;                    /* elements; the other members are its own */
  gsize size;                   /* bytes of an element */
  gint fd;                      /* of the file, or -1: the window has them all */
  guint8 *window;
  guint capacity;               /* elements */
  guint start;                  /* index of the first element in the window */
  guint n;                      /* elements in the window */
  gboolean is_changed;          /* the window has what the file has not */
} Spool;

Spool *spool_new (gsize size);

/* Adds a copy of the element. */
void spool_add (Spool * self, gconstpointer element);

/* The element at that index, until the next call for the list. */
gconstpointer spool_get (Spool * self, guint at);

/* The same, to be changed in its place. */
gpointer spool_edit (Spool * self, guint at);

/* Sorts; equals keep their order. user_data of compare is NULL. */
void spool_sort (Spool * self, GCompareDataFunc compare);

Spool *spool_ref (Spool * self);
void spool_unref (Spool * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Spool, spool_unref)
    G_END_DECLS
