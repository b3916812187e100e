/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsseek.h"

gboolean
gst_gps_seek_move_segment (GstSegment * segment, GstEvent * seek)
{
  GstSeekFlags flags;
  GstSeekType start_type, stop_type;
  GstFormat format;
  gint64 start, stop;
  guint64 from, to;
  gdouble rate;

  gst_event_parse_seek (seek, &rate, &format, &flags, &start_type, &start,
      &stop_type, &stop);
  if (format != GST_FORMAT_TIME || rate <= 0.0
      || !(flags & GST_SEEK_FLAG_FLUSH) || (flags & GST_SEEK_FLAG_SEGMENT))
    return FALSE;
  /* A stop may be that of a seek before, and then lie before the start. */
  from = start_type == GST_SEEK_TYPE_SET ? (guint64) start : segment->position;
  to = stop_type == GST_SEEK_TYPE_SET ? (guint64) stop : segment->stop;
  return from <= to && gst_segment_do_seek (segment, rate, format, flags,
      start_type, (guint64) start, stop_type, (guint64) stop, NULL);
}
