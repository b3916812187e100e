/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gstgpsfix.h>

G_BEGIN_DECLS

typedef struct _GstGpsMeta GstGpsMeta;

/**
 * GstGpsMeta:
 * @meta: parent
 * @fix: where the camera was when the buffer's content was taken
 *
 * A GPS fix that travels with a buffer. It has no tags, so that parsers,
 * decoders, converters and encoders hand it on.
 *
 * Since: 0.1
 */
struct _GstGpsMeta
{
  GstMeta meta;
  GstGpsFix fix;
};

#define GST_GPS_META_API_TYPE (gst_gps_meta_api_get_type ())
GST_GPS_API
GType gst_gps_meta_api_get_type (void);

#define GST_GPS_META_INFO (gst_gps_meta_get_info ())
GST_GPS_API
const GstMetaInfo *gst_gps_meta_get_info (void);

GST_GPS_API
GstGpsMeta *gst_buffer_add_gps_meta (GstBuffer * buffer,
    const GstGpsFix * fix);

GST_GPS_API
GstGpsMeta *gst_buffer_get_gps_meta (GstBuffer * buffer);

G_END_DECLS
