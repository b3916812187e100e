/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpstags.h"

#include "wire/dialectcamera.h"

static void
gst_gps_tags_set_place (GstTagList * tags, const GstGpsFix * fix)
{
  gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE,
      GST_TAG_GEO_LOCATION_LATITUDE, fix->latitude,
      GST_TAG_GEO_LOCATION_LONGITUDE, fix->longitude, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE,
        GST_TAG_GEO_LOCATION_ELEVATION, fix->altitude, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE,
        GST_TAG_GEO_LOCATION_MOVEMENT_SPEED, fix->speed, NULL);
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE,
        GST_TAG_GEO_LOCATION_MOVEMENT_DIRECTION, fix->course, NULL);
}

static void
gst_gps_tags_set_time (GstTagList * tags, const GstGpsFix * fix)
{
  g_autoptr (GstDateTime) time = NULL;

  if (fix->time_kind != GST_GPS_TIME_KIND_UTC)
    return;
  time = gst_date_time_new_from_unix_epoch_utc_usecs (fix->time);
  if (time)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_DATE_TIME, time,
        NULL);
}

static void
gst_gps_tags_set_device (GstTagList * tags, const GstGpsFix * fix)
{
  const char *maker = NULL, *model = NULL;

  if (!fix->source || !dialectcamera_get (fix->source, &maker, &model))
    return;
  gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_DEVICE_MANUFACTURER,
      maker, NULL);
  if (model)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_DEVICE_MODEL, model,
        NULL);
}

GstTagList *
gst_gps_tags_new (const GstGpsFix * fix, const GstTagList * earlier)
{
  GstTagList *tags;

  if (earlier) {
    tags = gst_tag_list_copy (earlier);
  } else {
    tags = gst_tag_list_new_empty ();
    gst_gps_tags_set_time (tags, fix);
    gst_gps_tags_set_device (tags, fix);
  }
  gst_tag_list_set_scope (tags, GST_TAG_SCOPE_GLOBAL);
  gst_gps_tags_set_place (tags, fix);
  return tags;
}

static gboolean
gst_gps_tags_has (const GstTagList * tags, const gchar * tag)
{
  return gst_tag_list_get_tag_size (tags, tag) > 0;
}

/* A place is not made of two halves, nor is a camera. */
GstTagList *
gst_gps_tags_merge (const GstTagList * theirs, const GstTagList * ours)
{
  g_autoptr (GstTagList) mine = gst_tag_list_copy (ours);
  GstTagList *merged;

  if (!theirs)
    return g_steal_pointer (&mine);
  if (gst_gps_tags_has (theirs, GST_TAG_GEO_LOCATION_LATITUDE)
      || gst_gps_tags_has (theirs, GST_TAG_GEO_LOCATION_LONGITUDE)) {
    gst_tag_list_remove_tag (mine, GST_TAG_GEO_LOCATION_LATITUDE);
    gst_tag_list_remove_tag (mine, GST_TAG_GEO_LOCATION_LONGITUDE);
    gst_tag_list_remove_tag (mine, GST_TAG_GEO_LOCATION_ELEVATION);
  }
  if (gst_gps_tags_has (theirs, GST_TAG_DEVICE_MANUFACTURER)
      || gst_gps_tags_has (theirs, GST_TAG_DEVICE_MODEL)) {
    gst_tag_list_remove_tag (mine, GST_TAG_DEVICE_MANUFACTURER);
    gst_tag_list_remove_tag (mine, GST_TAG_DEVICE_MODEL);
  }
  merged = gst_tag_list_merge (theirs, mine, GST_TAG_MERGE_KEEP);
  gst_tag_list_set_scope (merged, GST_TAG_SCOPE_GLOBAL);
  return merged;
}
