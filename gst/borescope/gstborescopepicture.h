/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopereceiver.h"

G_BEGIN_DECLS

/* A JPEG picture that may go downstream. */
typedef struct
{
  GstBuffer *buffer;            /* no timestamps yet; flags are set */
  guint width;
  guint height;
} GstBorescopePicture;

#define GST_BORESCOPE_N_GUESSES 3

/* Which byte the camera inverts, as far as its pictures have told. */
typedef struct
{
  GstBorescopeDescramble setting;
  guint n_pictures;             /* that were asked */
  guint n_damaged[GST_BORESCOPE_N_GUESSES];     /* of them, if the guess were right */
} GstBorescopeDescrambler;

/* Makes a picture of a frame, and takes its data: puts right the byte that is
 * inverted, cuts off what stands before SOI and after EOI. FALSE: it is no whole
 * JPEG picture. Damaged ones come out, flagged, if damaged_too says so. */
gboolean gst_borescope_picture_make (const GstBorescopeFrame * frame,
    GstBorescopeDescrambler * descrambler, gboolean damaged_too,
    GstBorescopePicture * ret_picture);

G_END_DECLS
