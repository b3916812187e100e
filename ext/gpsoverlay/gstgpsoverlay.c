/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/**
 * SECTION:element-gpsoverlay
 * @title: gpsoverlay
 *
 * Draws speed, heading, time, position, altitude and the track so far onto the
 * video, from the #GstGpsMeta of its frames, as nvtgpsdemux and tsgpsdemux put
 * it there. There is no map below the track, and no network is needed.
 *
 * All lengths are in proportion to the picture, with text that is readable on
 * bright and on dark scenes. What is shown is drawn again when it changes, and
 * blended onto each frame in the frame's own format, so that no frame is
 * converted; this is quickest in the 8-bit formats that decoders give (I420,
 * NV12 and their kin) and on buffers that can be written to. Numbers change four
 * times a second at most; the compass and the track's end move with each frame.
 *
 * An item is shown from the first fix on that has it. When frames come without
 * a fix for longer than the property hold says, or a fix lacks the item, there
 * are dashes in its place. Frames before the first fix pass untouched, and a
 * stream without any fix does so as a whole. A fix whose position nobody can
 * decode shows its speed and time.
 *
 * The clock is named beside the time: `UTC`, an offset like `UTC+01:00` if the
 * property utc-offset is set, `local` for a camera whose clock shows a local
 * time of unknown offset. `UTC?` is a time that was made of the camera's local
 * one by an assumed time zone.
 *
 * The track is that of all frames that were played up to the one that is seen:
 * after a seek backwards what comes later is forgotten, after a seek forward
 * there is no line across what was left out, nor is there one where no fix came
 * for ten seconds, or across a jump that nobody can drive. It takes a bounded
 * memory, about 160 kB: of a long track every other point is dropped. It goes on
 * in the next stream, as of a playlist, and begins anew in state PAUSED.
 *
 * |[
 * gst-launch-1.0 filesrc location=trip.mp4 ! nvtgpsdemux attach-meta=interpolate name=d d.video_0 ! decodebin ! gpsoverlay ! videoconvert ! autovideosink
 * ]| plays a recording with all of it.
 * |[
 * gst-launch-1.0 filesrc location=trip.ts ! tsgpsdemux attach-meta=nearest name=d d.video_0 ! decodebin ! gpsoverlay units=imperial items=speed+time placement=top ! videoconvert ! autovideosink
 * ]| shows speed and time alone, above.
 *
 * Since: 0.1
 */
#include <gst/gps/gps.h>

#include "gstgpsoverlay.h"
#include "gstgpsoverlayscene.h"

GST_DEBUG_CATEGORY_STATIC (gst_gps_overlay_debug);
#define GST_CAT_DEFAULT gst_gps_overlay_debug

#define DEFAULT_UNITS GST_GPS_OVERLAY_UNITS_METRIC
#define DEFAULT_ITEMS GST_GPS_OVERLAY_ITEMS_ALL
#define DEFAULT_PLACEMENT GST_GPS_OVERLAY_PLACEMENT_BOTTOM
#define DEFAULT_UTC_OFFSET 0
#define DEFAULT_SCALE 1.0
#define DEFAULT_OPACITY 1.0
#define DEFAULT_PLATE_OPACITY 0.5
#define DEFAULT_HOLD (2 * GST_SECOND)

/* From -14 to +14 hours. */
#define MAX_UTC_OFFSET 840

enum
{
  PROP_0,
  PROP_UNITS,
  PROP_ITEMS,
  PROP_PLACEMENT,
  PROP_UTC_OFFSET,
  PROP_SCALE,
  PROP_OPACITY,
  PROP_PLATE_OPACITY,
  PROP_HOLD
};

struct _GstGpsOverlay
{
  GstVideoFilter parent;

  /* OBJECT_LOCK */
  GstGpsOverlaySettings settings;
  gboolean settings_changed;

  /* streaming thread */
  GstGpsOverlayScene scene;
  gboolean warned;
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE
        (GST_VIDEO_OVERLAY_COMPOSITION_BLEND_FORMATS)));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE
        (GST_VIDEO_OVERLAY_COMPOSITION_BLEND_FORMATS)));

#define gst_gps_overlay_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE (GstGpsOverlay, gst_gps_overlay,
    GST_TYPE_VIDEO_FILTER,
    GST_DEBUG_CATEGORY_INIT (gst_gps_overlay_debug, "gpsoverlay", 0,
        "GPS fixes drawn on video"););

GST_ELEMENT_REGISTER_DEFINE (gpsoverlay, "gpsoverlay", GST_RANK_NONE,
    GST_TYPE_GPS_OVERLAY);

#define GST_TYPE_GPS_OVERLAY_UNITS (gst_gps_overlay_units_get_type ())
static GType
gst_gps_overlay_units_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_OVERLAY_UNITS_METRIC, "km/h, metres", "metric"},
    {GST_GPS_OVERLAY_UNITS_IMPERIAL, "mph, feet and miles", "imperial"},
    {GST_GPS_OVERLAY_UNITS_NAUTICAL, "Knots, metres and nautical miles",
        "nautical"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("GstGpsOverlayUnits",
            values));
  return type;
}

#define GST_TYPE_GPS_OVERLAY_ITEMS (gst_gps_overlay_items_get_type ())
static GType
gst_gps_overlay_items_get_type (void)
{
  static gsize type = 0;
  static const GFlagsValue values[] = {
    {GST_GPS_OVERLAY_ITEM_SPEED, "Speed over ground", "speed"},
    {GST_GPS_OVERLAY_ITEM_HEADING, "Course over ground, as a compass",
        "heading"},
    {GST_GPS_OVERLAY_ITEM_TIME, "Date and time", "time"},
    {GST_GPS_OVERLAY_ITEM_POSITION, "Latitude and longitude", "position"},
    {GST_GPS_OVERLAY_ITEM_ALTITUDE, "Altitude above sea level", "altitude"},
    {GST_GPS_OVERLAY_ITEM_TRACK, "The track so far", "track"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_flags_register_static ("GstGpsOverlayItems",
            values));
  return type;
}

#define GST_TYPE_GPS_OVERLAY_PLACEMENT (gst_gps_overlay_placement_get_type ())
static GType
gst_gps_overlay_placement_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_OVERLAY_PLACEMENT_BOTTOM, "Below, the compass above", "bottom"},
    {GST_GPS_OVERLAY_PLACEMENT_TOP, "Above, the compass below", "top"},
    {GST_GPS_OVERLAY_PLACEMENT_LEFT, "At the left, the compass above", "left"},
    {GST_GPS_OVERLAY_PLACEMENT_RIGHT, "At the right, the compass above",
        "right"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
        g_enum_register_static ("GstGpsOverlayPlacement", values));
  return type;
}

static void
gst_gps_overlay_take_settings (GstGpsOverlay * self)
{
  GstGpsOverlaySettings settings;
  gboolean changed;

  GST_OBJECT_LOCK (self);
  settings = self->settings;
  changed = self->settings_changed;
  self->settings_changed = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (changed)
    gst_gps_overlay_scene_set_settings (&self->scene, &settings);
}

/* Once: each frame would say the same. */
static void
gst_gps_overlay_warn (GstGpsOverlay * self)
{
  if (self->warned || self->scene.status == CAIRO_STATUS_SUCCESS)
    return;
  self->warned = TRUE;
  GST_ELEMENT_WARNING (self, RESOURCE, FAILED,
      ("The overlay is not complete."),
      ("cairo: %s", cairo_status_to_string (self->scene.status)));
}

static void
gst_gps_overlay_before_transform (GstBaseTransform * base, GstBuffer * buffer)
{
  GstGpsOverlay *self = GST_GPS_OVERLAY (base);
  const GstGpsMeta *meta = gst_buffer_get_gps_meta (buffer);
  GstClockTime time = GST_CLOCK_TIME_NONE;

  if (base->segment.format == GST_FORMAT_TIME)
    time = gst_segment_to_stream_time (&base->segment, GST_FORMAT_TIME,
        GST_BUFFER_PTS (buffer));
  gst_gps_overlay_take_settings (self);
  gst_gps_overlay_scene_update (&self->scene, meta ? &meta->fix : NULL, time);
  gst_gps_overlay_warn (self);
  gst_base_transform_set_passthrough (base,
      gst_gps_overlay_scene_is_empty (&self->scene));
}

static GstFlowReturn
gst_gps_overlay_transform_frame_ip (GstVideoFilter * filter,
    GstVideoFrame * frame)
{
  gst_gps_overlay_scene_blend (&GST_GPS_OVERLAY (filter)->scene, frame);
  return GST_FLOW_OK;
}

static gboolean
gst_gps_overlay_set_info (GstVideoFilter * filter, GstCaps * incaps,
    GstVideoInfo * in_info, GstCaps * outcaps, GstVideoInfo * out_info)
{
  gst_gps_overlay_scene_set_picture (&GST_GPS_OVERLAY (filter)->scene, in_info);
  return TRUE;
}

static gboolean
gst_gps_overlay_sink_event (GstBaseTransform * base, GstEvent * event)
{
  GstGpsOverlay *self = GST_GPS_OVERLAY (base);

  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    gst_gps_overlay_scene_flush (&self->scene);
  else if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START)
    gst_gps_overlay_scene_start_stream (&self->scene);
  return GST_BASE_TRANSFORM_CLASS (parent_class)->sink_event (base, event);
}

static gboolean
gst_gps_overlay_start (GstBaseTransform * base)
{
  GstGpsOverlay *self = GST_GPS_OVERLAY (base);

  gst_gps_overlay_scene_reset (&self->scene);
  self->warned = FALSE;
  gst_base_transform_set_passthrough (base, TRUE);
  return TRUE;
}

static gboolean
gst_gps_overlay_stop (GstBaseTransform * base)
{
  gst_gps_overlay_scene_reset (&GST_GPS_OVERLAY (base)->scene);
  return TRUE;
}

static void
gst_gps_overlay_set_property (GObject * object, guint id, const GValue * value,
    GParamSpec * pspec)
{
  GstGpsOverlay *self = GST_GPS_OVERLAY (object);
  GstGpsOverlaySettings *settings = &self->settings;

  GST_OBJECT_LOCK (self);
  self->settings_changed = TRUE;
  switch (id) {
    case PROP_UNITS:
      settings->units = g_value_get_enum (value);
      break;
    case PROP_ITEMS:
      settings->items = g_value_get_flags (value);
      break;
    case PROP_PLACEMENT:
      settings->placement = g_value_get_enum (value);
      break;
    case PROP_UTC_OFFSET:
      settings->utc_offset = g_value_get_int (value);
      break;
    case PROP_SCALE:
      settings->scale = g_value_get_double (value);
      break;
    case PROP_OPACITY:
      settings->opacity = g_value_get_double (value);
      break;
    case PROP_PLATE_OPACITY:
      settings->plate_opacity = g_value_get_double (value);
      break;
    case PROP_HOLD:
      settings->hold = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_gps_overlay_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstGpsOverlay *self = GST_GPS_OVERLAY (object);
  const GstGpsOverlaySettings *settings = &self->settings;

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_UNITS:
      g_value_set_enum (value, settings->units);
      break;
    case PROP_ITEMS:
      g_value_set_flags (value, settings->items);
      break;
    case PROP_PLACEMENT:
      g_value_set_enum (value, settings->placement);
      break;
    case PROP_UTC_OFFSET:
      g_value_set_int (value, settings->utc_offset);
      break;
    case PROP_SCALE:
      g_value_set_double (value, settings->scale);
      break;
    case PROP_OPACITY:
      g_value_set_double (value, settings->opacity);
      break;
    case PROP_PLATE_OPACITY:
      g_value_set_double (value, settings->plate_opacity);
      break;
    case PROP_HOLD:
      g_value_set_uint64 (value, settings->hold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_gps_overlay_finalize (GObject * object)
{
  gst_gps_overlay_scene_clear (&GST_GPS_OVERLAY (object)->scene);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
gst_gps_overlay_install_choices (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_UNITS,
      g_param_spec_enum ("units", "Units", "Units of speed and length",
          GST_TYPE_GPS_OVERLAY_UNITS, DEFAULT_UNITS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_ITEMS,
      g_param_spec_flags ("items", "Items", "What is shown, if it is known",
          GST_TYPE_GPS_OVERLAY_ITEMS, DEFAULT_ITEMS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_PLACEMENT,
      g_param_spec_enum ("placement", "Placement",
          "Edge of the picture along which numbers and track are",
          GST_TYPE_GPS_OVERLAY_PLACEMENT, DEFAULT_PLACEMENT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
}

static void
gst_gps_overlay_install_numbers (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_UTC_OFFSET,
      g_param_spec_int ("utc-offset", "UTC offset",
          "Minutes that are added to UTC times (0 = UTC is shown)",
          -MAX_UTC_OFFSET, MAX_UTC_OFFSET, DEFAULT_UTC_OFFSET,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_SCALE,
      g_param_spec_double ("scale", "Scale",
          "Size of the overlay, 1.0 is right for a picture that fills a screen",
          0.25, 4.0, DEFAULT_SCALE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_OPACITY,
      g_param_spec_double ("opacity", "Opacity",
          "Opacity of all that is drawn", 0.0, 1.0, DEFAULT_OPACITY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_PLATE_OPACITY,
      g_param_spec_double ("plate-opacity", "Plate opacity",
          "Opacity of the dark plates behind text and track (0 = no plates)",
          0.0, 1.0, DEFAULT_PLATE_OPACITY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_HOLD,
      g_param_spec_uint64 ("hold", "Hold",
          "How long a fix is shown when frames come without one, in nanoseconds",
          0, G_MAXINT64, DEFAULT_HOLD,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
}

static void
gst_gps_overlay_class_init (GstGpsOverlayClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *base_class = GST_BASE_TRANSFORM_CLASS (klass);
  GstVideoFilterClass *filter_class = GST_VIDEO_FILTER_CLASS (klass);

  object_class->set_property = gst_gps_overlay_set_property;
  object_class->get_property = gst_gps_overlay_get_property;
  object_class->finalize = gst_gps_overlay_finalize;
  gst_gps_overlay_install_choices (object_class);
  gst_gps_overlay_install_numbers (object_class);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_OVERLAY_UNITS, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_OVERLAY_ITEMS, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_OVERLAY_PLACEMENT, 0);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "GPS overlay", "Filter/Effect/Video",
      "Draws speed, heading, time, position and track of GPS fixes on video",
      "the gst-plugins-cheapcam authors");
  base_class->start = gst_gps_overlay_start;
  base_class->stop = gst_gps_overlay_stop;
  base_class->sink_event = gst_gps_overlay_sink_event;
  base_class->before_transform = gst_gps_overlay_before_transform;
  base_class->transform_ip_on_passthrough = FALSE;
  filter_class->set_info = gst_gps_overlay_set_info;
  filter_class->transform_frame_ip = gst_gps_overlay_transform_frame_ip;
}

static void
gst_gps_overlay_init (GstGpsOverlay * self)
{
  self->settings.units = DEFAULT_UNITS;
  self->settings.items = DEFAULT_ITEMS;
  self->settings.placement = DEFAULT_PLACEMENT;
  self->settings.utc_offset = DEFAULT_UTC_OFFSET;
  self->settings.scale = DEFAULT_SCALE;
  self->settings.opacity = DEFAULT_OPACITY;
  self->settings.plate_opacity = DEFAULT_PLATE_OPACITY;
  self->settings.hold = DEFAULT_HOLD;
  self->settings_changed = TRUE;
  gst_gps_overlay_scene_init (&self->scene);
  /* a frame that is dropped here takes its fix along, and saves little */
  gst_base_transform_set_qos_enabled (GST_BASE_TRANSFORM (self), FALSE);
}
