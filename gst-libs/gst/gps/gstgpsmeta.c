/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <string.h>

#include <gst/gps/gstgpsmeta.h>

/**
 * gst_gps_meta_api_get_type:
 *
 * Gets the type that buffers are asked for a #GstGpsMeta with.
 *
 * Returns: the #GType
 *
 * Since: 0.1
 */
GType
gst_gps_meta_api_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    /* No tag: nothing that an element does to the content of a buffer makes
     * the place where it was taken another. */
    static const gchar *tags[] = { NULL };

    g_once_init_leave (&type, gst_meta_api_type_register ("GstGpsMetaAPI",
            tags));
  }
  return type;
}

static gboolean
gst_gps_meta_init (GstMeta * meta, gpointer params, GstBuffer * buffer)
{
  GstGpsMeta *self = (GstGpsMeta *) meta;

  memset (&self->fix, 0, sizeof self->fix);
  return TRUE;
}

static gboolean
gst_gps_meta_transform (GstBuffer * transbuf, GstMeta * meta,
    GstBuffer * buffer, GQuark type, gpointer data)
{
  const GstGpsMeta *self = (const GstGpsMeta *) meta;

  if (!GST_META_TRANSFORM_IS_COPY (type))
    return FALSE;
  return gst_buffer_add_gps_meta (transbuf, &self->fix) != NULL;
}

/**
 * gst_gps_meta_get_info: (skip)
 *
 * Gets what GStreamer knows of #GstGpsMeta.
 *
 * Returns: (transfer none): the #GstMetaInfo
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_gps_meta_get_info (void)
{
  static const GstMetaInfo *info = NULL;

  if (g_once_init_enter (&info)) {
    g_once_init_leave (&info, gst_meta_register (GST_GPS_META_API_TYPE,
            "GstGpsMeta", sizeof (GstGpsMeta), gst_gps_meta_init, NULL,
            gst_gps_meta_transform));
  }
  return info;
}

/**
 * gst_buffer_add_gps_meta:
 * @buffer: a writable #GstBuffer
 * @fix: where its content was taken
 *
 * Adds a copy of @fix to @buffer.
 *
 * Returns: (transfer none): the #GstGpsMeta, that belongs to @buffer
 *
 * Since: 0.1
 */
/* nolint: the name that GStreamer gives to what gets a meta */
GstGpsMeta *
gst_buffer_add_gps_meta (GstBuffer * buffer, const GstGpsFix * fix)
{
  GstGpsMeta *meta;

  g_return_val_if_fail (gst_buffer_is_writable (buffer), NULL);
  g_return_val_if_fail (fix != NULL, NULL);

  meta = (GstGpsMeta *) gst_buffer_add_meta (buffer, GST_GPS_META_INFO, NULL);
  meta->fix = *fix;
  return meta;
}

/**
 * gst_buffer_get_gps_meta:
 * @buffer: a #GstBuffer
 *
 * Gets the first #GstGpsMeta of @buffer.
 *
 * Returns: (transfer none) (nullable): the #GstGpsMeta, that belongs to
 *   @buffer, or %NULL if it has none
 *
 * Since: 0.1
 */
/* nolint: the name that GStreamer gives to what gets a meta */
GstGpsMeta *
gst_buffer_get_gps_meta (GstBuffer * buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);

  return (GstGpsMeta *) gst_buffer_get_meta (buffer, GST_GPS_META_API_TYPE);
}
