/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  PICTURE_BROKEN,               /* nothing that can be decoded */
  PICTURE_FITS_RTP,             /* can be sent as it is */
  PICTURE_ODD,                  /* can be decoded, but not sent as it is */
} PictureKind;

PictureKind picture_check_jpeg (GstBuffer * buffer, const gchar ** ret_why);

G_END_DECLS
