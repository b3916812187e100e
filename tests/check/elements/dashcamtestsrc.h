/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A source that gives a recording from memory, in several ways. */

#include <gst/base/gstbasesrc.h>
#include <gst/check/gstcheck.h>

/* How the recording reaches the element. */
typedef enum
{
  DASHCAMTEST_PULL,             /* the element reads where it likes */
  DASHCAMTEST_PUSH,             /* it comes in order, and can be sought in */
  DASHCAMTEST_PIPE,             /* in order, once, through a file descriptor */
  DASHCAMTEST_CHUNKS,           /* in order, once, in pieces of many sizes */
  DASHCAMTEST_BYTES             /* in order, once, a few bytes at a time */
} DashcamtestMode;

#define DASHCAMTEST_N_MODES 5

/* The source, to look into: locked by its object lock. */
typedef struct
{
  GstBaseSrc parent;

  GBytes *data;
  DashcamtestMode mode;
  gsize silent_from;            /* what begins here, up to silent_to, it gives when it is told to go on */
  gsize silent_to;
  gsize fail_from;              /* from here on it fails */
  guint64 n_bytes;              /* that were read in all */
  guint n_reads;
  GCond resumed;
  gboolean unlocked;
} DashcamtestSrc;

DashcamtestSrc *dashcamtest_src_new (GBytes * data, DashcamtestMode mode);

/* What was silent speaks. */
void dashcamtest_src_go_on (DashcamtestSrc * self);

/* Bytes that were read in all. */
guint64 dashcamtest_src_get_n_bytes (DashcamtestSrc * self);
