/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Nothing here is public; the nicks are what users write. */
typedef enum
{
  GST_GPS_OVERLAY_UNITS_METRIC,
  GST_GPS_OVERLAY_UNITS_IMPERIAL,
  GST_GPS_OVERLAY_UNITS_NAUTICAL
} GstGpsOverlayUnits;

typedef enum
{
  GST_GPS_OVERLAY_ITEM_SPEED = 1 << 0,
  GST_GPS_OVERLAY_ITEM_HEADING = 1 << 1,
  GST_GPS_OVERLAY_ITEM_TIME = 1 << 2,
  GST_GPS_OVERLAY_ITEM_POSITION = 1 << 3,
  GST_GPS_OVERLAY_ITEM_ALTITUDE = 1 << 4,
  GST_GPS_OVERLAY_ITEM_TRACK = 1 << 5
} GstGpsOverlayItems;

#define GST_GPS_OVERLAY_ITEMS_ALL (GST_GPS_OVERLAY_ITEM_SPEED | \
    GST_GPS_OVERLAY_ITEM_HEADING | GST_GPS_OVERLAY_ITEM_TIME | \
    GST_GPS_OVERLAY_ITEM_POSITION | GST_GPS_OVERLAY_ITEM_ALTITUDE | \
    GST_GPS_OVERLAY_ITEM_TRACK)

/* Along which edge speed and track are; the compass is at the other one. */
typedef enum
{
  GST_GPS_OVERLAY_PLACEMENT_BOTTOM,
  GST_GPS_OVERLAY_PLACEMENT_TOP,
  GST_GPS_OVERLAY_PLACEMENT_LEFT,
  GST_GPS_OVERLAY_PLACEMENT_RIGHT
} GstGpsOverlayPlacement;

/* What the properties of gpsoverlay say. */
typedef struct
{
  GstGpsOverlayUnits units;
  GstGpsOverlayItems items;
  GstGpsOverlayPlacement placement;
  gint utc_offset;              /* minutes east of Greenwich */
  gdouble scale;
  gdouble opacity;
  gdouble plate_opacity;
  GstClockTime hold;
} GstGpsOverlaySettings;

G_END_DECLS
