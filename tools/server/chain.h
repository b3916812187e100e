/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  CHAIN_NONE,                   /* not for viewers: subtitles, metadata */
  CHAIN_VIDEO,
  CHAIN_AUDIO,
} ChainKind;

/* What is to be encoded. */
typedef enum
{
  CHAIN_RAW,
  CHAIN_JPEG,
  CHAIN_STILL,                  /* one raw picture, to be repeated */
  CHAIN_STILL_JPEG,
} ChainHead;

void chain_init (void);
GstCaps *chain_wanted_caps (gboolean only_raw_video);
ChainKind chain_kind (GstCaps * caps);
gboolean chain_encodes (GstCaps * caps);
GstElement *chain_new (GstCaps * caps, GError ** error);
GstElement *chain_new_encoder (ChainHead head, GError ** error);
GstElement *chain_new_payloader (GstCaps * caps);

G_END_DECLS
