/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpssettings.h"

#define DEFAULT_TIME_KIND GST_GPS_CLOCK_AUTO
#define DEFAULT_TIME_OFFSET 0
#define DEFAULT_TIME_ZONE NULL
#define DEFAULT_GUESS_TIME TRUE
#define DEFAULT_DEOBFUSCATE DIALECT_DEOBFUSCATE_AUTO
#define DEFAULT_LIGO_FUZZ DIALECT_LIGO_FUZZ_AUTO
#define DEFAULT_QUADRANT DIALECT_QUADRANT_AUTO
#define DEFAULT_GAP_THRESHOLD (10 * GST_SECOND)
#define DEFAULT_FILTER GST_GPS_FILTER_DUPLICATES
#define DEFAULT_SCAN GST_GPS_SCAN_AUTO
#define DEFAULT_GPS_LATENCY 0
#define DEFAULT_TAG_INTERVAL 0
#define DEFAULT_RESEND_LAST TRUE
#define DEFAULT_GPS_ONLY FALSE
#define DEFAULT_ATTACH_META GST_GPS_ATTACH_META_NONE
#define DEFAULT_BEARING_OFFSET -1.0

/* No receiver is later than that. */
#define MAX_LATENCY (10 * GST_SECOND)

/* Their numbers leave room for those of the class that has them. */
enum
{
  PROP_TIME_KIND = 100,
  PROP_TIME_OFFSET,
  PROP_TIME_ZONE,
  PROP_GUESS_TIME,
  PROP_DEOBFUSCATE,
  PROP_LIGO_FUZZ,
  PROP_QUADRANT,
  PROP_GAP_THRESHOLD,
  PROP_FILTER,
  PROP_SCAN,
  PROP_GPS_LATENCY,
  PROP_TAG_INTERVAL,
  PROP_RESEND_LAST,
  PROP_GPS_ONLY,
  PROP_ATTACH_META,
  PROP_BEARING_OFFSET
};

GType
gst_gps_settings_get_filter_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_FILTER_NONE, "Every record with a position", "none"},
    {GST_GPS_FILTER_DUPLICATES, "No repeated records", "duplicates"},
    {GST_GPS_FILTER_OUTLIERS, "Neither these, nor what no car can reach",
        "outliers"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsFilter", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GType
gst_gps_settings_get_scan_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_SCAN_AUTO, "By the index, else what passes", "auto"},
    {GST_GPS_SCAN_INDEX, "By the index alone", "index"},
    {GST_GPS_SCAN_FULL, "The whole file, before anything leaves", "full"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsScan", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GType
gst_gps_settings_get_attach_meta_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {GST_GPS_ATTACH_META_NONE, "None", "none"},
    {GST_GPS_ATTACH_META_NEAREST, "The fix that is nearest in time",
        "nearest"},
    {GST_GPS_ATTACH_META_INTERPOLATE,
        "What lies between the fixes before and behind", "interpolate"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsAttachMeta", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GType
gst_gps_settings_get_deobfuscate_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {DIALECT_DEOBFUSCATE_AUTO, "By what the file says", "auto"},
    {DIALECT_DEOBFUSCATE_OFF, "Never", "off"},
    {DIALECT_DEOBFUSCATE_REXING, "As Rexing V1-4K", "rexing"},
    {DIALECT_DEOBFUSCATE_JOMISE, "As Jomise T860S, by a guess", "jomise"},
    {DIALECT_DEOBFUSCATE_ALL, "As either", "all"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsDeobfuscate", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GType
gst_gps_settings_get_ligo_fuzz_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {DIALECT_LIGO_FUZZ_AUTO, "By what the file says", "auto"},
    {DIALECT_LIGO_FUZZ_NONE, "Not blurred", "none"},
    {DIALECT_LIGO_FUZZ_1, "Scale 1", "1"},
    {DIALECT_LIGO_FUZZ_2, "Scale 2", "2"},
    {DIALECT_LIGO_FUZZ_3, "Scale 3", "3"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsLigoFuzz", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GType
gst_gps_settings_get_quadrant_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    {DIALECT_QUADRANT_AUTO, "As the camera writes it", "auto"},
    {DIALECT_QUADRANT_NE, "North and east", "ne"},
    {DIALECT_QUADRANT_NW, "North and west", "nw"},
    {DIALECT_QUADRANT_SE, "South and east", "se"},
    {DIALECT_QUADRANT_SW, "South and west", "sw"},
    {0, NULL, NULL}
  };

  if (g_once_init_enter (&type)) {
    GType registered = g_enum_register_static ("GstGpsQuadrant", values);

    g_once_init_leave (&type, registered);
  }
  return type;
}

void
gst_gps_settings_init (GstGpsSettings * self)
{
  self->time_kind = DEFAULT_TIME_KIND;
  self->time_offset = DEFAULT_TIME_OFFSET;
  self->time_zone = DEFAULT_TIME_ZONE;
  self->guess_time = DEFAULT_GUESS_TIME;
  self->dialect.deobfuscate = DEFAULT_DEOBFUSCATE;
  self->dialect.ligo_fuzz = DEFAULT_LIGO_FUZZ;
  self->dialect.quadrant = DEFAULT_QUADRANT;
  self->gap_threshold = DEFAULT_GAP_THRESHOLD;
  self->filter = DEFAULT_FILTER;
  self->scan = DEFAULT_SCAN;
  self->gps_latency = DEFAULT_GPS_LATENCY;
  self->tag_interval = DEFAULT_TAG_INTERVAL;
  self->resend_last = DEFAULT_RESEND_LAST;
  self->gps_only = DEFAULT_GPS_ONLY;
  self->attach_meta = DEFAULT_ATTACH_META;
  self->bearing_offset = DEFAULT_BEARING_OFFSET;
}

/* What a fix's time means. */
static void
gst_gps_settings_install_clock (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_TIME_KIND,
      g_param_spec_enum ("time-kind", "Time kind",
          "What the camera's clock shows", GST_TYPE_GPS_CLOCK,
          DEFAULT_TIME_KIND, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_TIME_OFFSET,
      g_param_spec_int64 ("time-offset", "Time offset",
          "Seconds that are added to the time of each fix", -86400, 86400,
          DEFAULT_TIME_OFFSET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
          | GST_PARAM_MUTABLE_PLAYING));
}

/* Where nothing settles what local time is in UTC. */
static void
gst_gps_settings_install_zone (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_GUESS_TIME,
      g_param_spec_boolean ("guess-time", "Guess time",
          "Make UTC of a local time of which nothing tells the offset, by an "
          "assumed time zone", DEFAULT_GUESS_TIME, G_PARAM_READWRITE
          | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_TIME_ZONE,
      g_param_spec_string ("time-zone", "Time zone",
          "The zone that guess-time assumes, such as Europe/Berlin or +02:00 "
          "(NULL: that of this machine)", DEFAULT_TIME_ZONE, G_PARAM_READWRITE
          | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING));
}

/* What no record says of itself. */
static void
gst_gps_settings_install_dialect (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_DEOBFUSCATE,
      g_param_spec_enum ("deobfuscate", "Deobfuscate",
          "Which obfuscated positions are made out, whatever the file says",
          GST_TYPE_GPS_DEOBFUSCATE, DEFAULT_DEOBFUSCATE, G_PARAM_READWRITE
          | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_LIGO_FUZZ,
      g_param_spec_enum ("ligo-fuzz", "LigoGPS fuzz",
          "How positions of LigoGPS records are blurred",
          GST_TYPE_GPS_LIGO_FUZZ, DEFAULT_LIGO_FUZZ, G_PARAM_READWRITE
          | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_QUADRANT,
      g_param_spec_enum ("quadrant", "Quadrant",
          "The quarter of the earth, for cameras that write no hemisphere",
          GST_TYPE_GPS_QUADRANT, DEFAULT_QUADRANT, G_PARAM_READWRITE
          | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY));
}

/* Which records are looked for, and belong to the track. */
static void
gst_gps_settings_install_track (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_GAP_THRESHOLD,
      g_param_spec_uint64 ("gap-threshold", "Gap threshold",
          "A longer pause between fixes starts a new track segment, in "
          "nanoseconds", 0, G_MAXINT64, DEFAULT_GAP_THRESHOLD,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_FILTER,
      g_param_spec_enum ("filter", "Filter",
          "Which records are left out of the track", GST_TYPE_GPS_FILTER,
          DEFAULT_FILTER,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_SCAN, g_param_spec_enum ("scan",
          "Scan",
          "How a file that can be read anywhere is searched for records",
          GST_TYPE_GPS_SCAN, DEFAULT_SCAN,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_GPS_ONLY,
      g_param_spec_boolean ("gps-only", "GPS only",
          "Read the track alone: there are no pads for media", DEFAULT_GPS_ONLY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
}

/* How the track leaves. */
static void
gst_gps_settings_install_output (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_GPS_LATENCY,
      g_param_spec_int64 ("gps-latency", "GPS latency",
          "Nanoseconds that are added to the timestamp of each fix; a camera "
          "that writes its fixes a second late wants -1000000000",
          -MAX_LATENCY, MAX_LATENCY, DEFAULT_GPS_LATENCY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_BEARING_OFFSET,
      g_param_spec_double ("bearing-offset", "Bearing offset",
          "Degrees clockwise from the course to where the camera looks (0: "
          "ahead, 180: behind, -1: not known); with it fixes have a bearing, "
          "and GPX writes it", -1.0, 360.0, DEFAULT_BEARING_OFFSET,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_TAG_INTERVAL,
      g_param_spec_uint64 ("tag-interval", "Tag interval",
          "Position, speed and course are told as tags again after that many "
          "nanoseconds of media time (0: only those of the first fix)", 0,
          G_MAXINT64, DEFAULT_TAG_INTERVAL,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_RESEND_LAST,
      g_param_spec_boolean ("resend-last", "Resend last",
          "After a seek, begin with the fix that holds at its target",
          DEFAULT_RESEND_LAST,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_PLAYING));
  g_object_class_install_property (klass, PROP_ATTACH_META,
      g_param_spec_enum ("attach-meta", "Attach meta",
          "Which fix each buffer of video carries as a GstGpsMeta",
          GST_TYPE_GPS_ATTACH_META, DEFAULT_ATTACH_META,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
}

void
gst_gps_settings_install (GObjectClass * klass)
{
  gst_gps_settings_install_clock (klass);
  gst_gps_settings_install_zone (klass);
  gst_gps_settings_install_dialect (klass);
  gst_gps_settings_install_track (klass);
  gst_gps_settings_install_output (klass);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_ATTACH_META, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_CLOCK, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_DEOBFUSCATE, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_FILTER, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_LIGO_FUZZ, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_QUADRANT, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_GPS_SCAN, 0);
}

/* What the times and records mean. */
static gboolean
gst_gps_settings_set_meaning (GstGpsSettings * self, guint id,
    const GValue * value)
{
  switch (id) {
    case PROP_TIME_KIND:
      self->time_kind = g_value_get_enum (value);
      break;
    case PROP_TIME_OFFSET:
      self->time_offset = g_value_get_int64 (value);
      break;
    case PROP_TIME_ZONE:
      self->time_zone = g_intern_string (g_value_get_string (value));
      break;
    case PROP_GUESS_TIME:
      self->guess_time = g_value_get_boolean (value);
      break;
    case PROP_DEOBFUSCATE:
      self->dialect.deobfuscate = g_value_get_enum (value);
      break;
    case PROP_LIGO_FUZZ:
      self->dialect.ligo_fuzz = g_value_get_enum (value);
      break;
    case PROP_QUADRANT:
      self->dialect.quadrant = g_value_get_enum (value);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}

gboolean
gst_gps_settings_set (GstGpsSettings * self, guint id, const GValue * value)
{
  switch (id) {
    case PROP_GAP_THRESHOLD:
      self->gap_threshold = g_value_get_uint64 (value);
      break;
    case PROP_FILTER:
      self->filter = g_value_get_enum (value);
      break;
    case PROP_SCAN:
      self->scan = g_value_get_enum (value);
      break;
    case PROP_GPS_LATENCY:
      self->gps_latency = g_value_get_int64 (value);
      break;
    case PROP_TAG_INTERVAL:
      self->tag_interval = g_value_get_uint64 (value);
      break;
    case PROP_RESEND_LAST:
      self->resend_last = g_value_get_boolean (value);
      break;
    case PROP_GPS_ONLY:
      self->gps_only = g_value_get_boolean (value);
      break;
    case PROP_ATTACH_META:
      self->attach_meta = g_value_get_enum (value);
      break;
    case PROP_BEARING_OFFSET:
      self->bearing_offset = g_value_get_double (value);
      break;
    default:
      return gst_gps_settings_set_meaning (self, id, value);
  }
  return TRUE;
}

static gboolean
gst_gps_settings_get_meaning (const GstGpsSettings * self, guint id,
    GValue * value)
{
  switch (id) {
    case PROP_TIME_KIND:
      g_value_set_enum (value, self->time_kind);
      break;
    case PROP_TIME_OFFSET:
      g_value_set_int64 (value, self->time_offset);
      break;
    case PROP_TIME_ZONE:
      g_value_set_static_string (value, self->time_zone);
      break;
    case PROP_GUESS_TIME:
      g_value_set_boolean (value, self->guess_time);
      break;
    case PROP_DEOBFUSCATE:
      g_value_set_enum (value, self->dialect.deobfuscate);
      break;
    case PROP_LIGO_FUZZ:
      g_value_set_enum (value, self->dialect.ligo_fuzz);
      break;
    case PROP_QUADRANT:
      g_value_set_enum (value, self->dialect.quadrant);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}

gboolean
gst_gps_settings_get (const GstGpsSettings * self, guint id, GValue * value)
{
  switch (id) {
    case PROP_GAP_THRESHOLD:
      g_value_set_uint64 (value, self->gap_threshold);
      break;
    case PROP_FILTER:
      g_value_set_enum (value, self->filter);
      break;
    case PROP_SCAN:
      g_value_set_enum (value, self->scan);
      break;
    case PROP_GPS_LATENCY:
      g_value_set_int64 (value, self->gps_latency);
      break;
    case PROP_TAG_INTERVAL:
      g_value_set_uint64 (value, self->tag_interval);
      break;
    case PROP_RESEND_LAST:
      g_value_set_boolean (value, self->resend_last);
      break;
    case PROP_GPS_ONLY:
      g_value_set_boolean (value, self->gps_only);
      break;
    case PROP_ATTACH_META:
      g_value_set_enum (value, self->attach_meta);
      break;
    case PROP_BEARING_OFFSET:
      g_value_set_double (value, self->bearing_offset);
      break;
    default:
      return gst_gps_settings_get_meaning (self, id, value);
  }
  return TRUE;
}
