/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Which JPEG pictures RTP can carry. */

#include "picture.h"

#include "wire/jpegscan.h"

/* RFC 2435, 3.1.5 and 3.1.6: sides count in blocks of so many pixels. */
#define BLOCK 8

/* ret_why says, for a log, what is odd. */
PictureKind
picture_check_jpeg (GstBuffer * buffer, const gchar ** ret_why)
{
  JpegScanStatus status;
  JpegScan scan;
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return PICTURE_BROKEN;
  status = jpegscan (map.data, map.size, &scan);
  gst_buffer_unmap (buffer, &map);

  if (status != JPEGSCAN_OK)
    return PICTURE_BROKEN;
  if (!jpegscan_fits_rtp (&scan, ret_why))
    return PICTURE_ODD;
  if (!scan.has_dqt)
    *ret_why = "it has no quantisation tables";
  else if (scan.width % BLOCK != 0 || scan.height % BLOCK != 0)
    *ret_why = "a side is not a multiple of 8";
  else
    return PICTURE_FITS_RTP;
  return PICTURE_ODD;
}
