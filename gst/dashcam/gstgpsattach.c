/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsattach.h"

typedef struct
{
  GstGpsMedia *media;
  GstGpsStream *stream;
  gboolean interpolate;
} GstGpsAttach;

/* The buffer's memory is shared with who else has it, never copied. */
static GstBuffer *
gst_gps_attach_mark (GstGpsAttach * self, GstBuffer * buffer)
{
  GstClockTime time = GST_BUFFER_PTS (buffer);
  GstGpsFix fix;

  if (!GST_CLOCK_TIME_IS_VALID (time))
    time = GST_BUFFER_DTS (buffer);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return buffer;
  /* the times of all blocks, where those are known, may be asked for by now */
  gst_gps_media_locate (self->media, 0);
  if (!gst_gps_stream_get_fix (self->stream, time, self->interpolate, &fix))
    return buffer;
  buffer = gst_buffer_make_writable (buffer);
  gst_buffer_add_gps_meta (buffer, &fix);
  return buffer;
}

static gboolean
gst_gps_attach_mark_item (GstBuffer ** buffer, guint index, gpointer user_data)
{
  *buffer = gst_gps_attach_mark (user_data, *buffer);
  return TRUE;
}

static GstPadProbeReturn
gst_gps_attach_probe (GstPad * pad, GstPadProbeInfo * info, gpointer user_data)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    info->data = gst_gps_attach_mark (user_data,
        GST_PAD_PROBE_INFO_BUFFER (info));
  } else {
    GstBufferList *list =
        gst_buffer_list_make_writable (GST_PAD_PROBE_INFO_BUFFER_LIST (info));

    (void) gst_buffer_list_foreach (list, gst_gps_attach_mark_item, user_data);
    info->data = list;
  }
  return GST_PAD_PROBE_OK;
}

void
gst_gps_attach_add_pad (GstPad * pad, GstGpsMedia * media,
    GstGpsStream * stream, GstGpsAttachMeta what)
{
  GstGpsAttach *self;

  if (what == GST_GPS_ATTACH_META_NONE || !gst_gps_media_is_video (pad))
    return;
  self = g_new (GstGpsAttach, 1);
  self->media = media;
  self->stream = stream;
  self->interpolate = what == GST_GPS_ATTACH_META_INTERPOLATE;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER
      | GST_PAD_PROBE_TYPE_BUFFER_LIST, gst_gps_attach_probe, self, g_free);
}
