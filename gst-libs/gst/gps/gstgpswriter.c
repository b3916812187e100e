/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <math.h>

#include <gst/gps/gstgpsformat-private.h>

enum
{
  PROP_FORMAT = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/**
 * GstGpsWriter:
 *
 * Writes a track in a #GstGpsFormat, piece by piece: a piece of
 * gst_gps_writer_begin(), one of gst_gps_writer_add() for each fix, and one of
 * gst_gps_writer_end(). Put one after the other, the pieces are the document,
 * also for a track without any fix. A piece of nothing is %NULL.
 *
 * The calls come in that order. gst_gps_writer_begin() may be left out when
 * nothing is known of the track. A call that comes too late returns %NULL and
 * changes nothing.
 *
 * A writer may be used in any thread, but not in two at a time.
 *
 * |[<!-- language="C" -->
 * g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
 * g_autoptr (GstGpsFix) fix = gst_gps_fix_new (49.36905, -123.09976);
 * g_autoptr (GBytes) head = gst_gps_writer_begin (writer, NULL);
 * g_autoptr (GBytes) point = gst_gps_writer_add (writer, fix, FALSE);
 * g_autoptr (GBytes) tail = gst_gps_writer_end (writer);
 * ]|
 *
 * Since: 0.1
 */
struct _GstGpsWriter
{
  GObject parent;

  /* set at construction */
  GstGpsFormat format;
  const GstGpsFormatFunctions *functions;
  gpointer state;

  GByteArray *out;
  gboolean begun;
  gboolean ended;
  GstClockTime position;        /* of the next fix */
  gboolean segment_due;         /* asked for with a fix that was left out */
  gboolean track_due;           /* starts with the next fix */
  gchar *track_name;
};

G_DEFINE_TYPE (GstGpsWriter, gst_gps_writer, G_TYPE_OBJECT);

/**
 * gst_gps_writer_new:
 * @format: what to write
 *
 * Makes a writer for one document.
 *
 * Returns: (transfer full): a new #GstGpsWriter
 *
 * Since: 0.1
 */
GstGpsWriter *
gst_gps_writer_new (GstGpsFormat format)
{
  g_return_val_if_fail (gst_gps_format_get_functions (format) != NULL, NULL);

  return g_object_new (GST_TYPE_GPS_WRITER, "format", format, NULL);
}

/**
 * gst_gps_writer_get_format:
 * @self: a #GstGpsWriter
 *
 * Gets what @self writes.
 *
 * Returns: the #GstGpsFormat
 *
 * Since: 0.1
 */
GstGpsFormat
gst_gps_writer_get_format (GstGpsWriter * self)
{
  g_return_val_if_fail (GST_IS_GPS_WRITER (self), GST_GPS_FORMAT_GPX);

  return self->format;
}

static GBytes *
gst_gps_writer_take (GstGpsWriter * self)
{
  GBytes *bytes;

  if (self->out->len == 0)
    return NULL;
  bytes = g_bytes_new (self->out->data, self->out->len);
  g_byte_array_set_size (self->out, 0);
  return bytes;
}

static gboolean
gst_gps_writer_check_bounds (const GstGpsTrackInfo * info)
{
  return info->has_bounds
      && info->min_latitude >= -90.0
      && info->min_latitude <= info->max_latitude
      && info->max_latitude <= 90.0
      && info->min_longitude >= -180.0
      && info->min_longitude <= info->max_longitude
      && info->max_longitude <= 180.0;
}

static void
gst_gps_writer_write_begin (GstGpsWriter * self, const GstGpsTrackInfo * info)
{
  GstGpsTrackInfo clean = { 0 };
  g_autofree gchar *name = NULL;

  if (info) {
    name = gst_gps_format_clean_text (info->name);
    clean = *info;
    clean.name = name;
    clean.has_bounds = gst_gps_writer_check_bounds (info);
  }
  self->begun = TRUE;
  self->functions->begin (self->state, &clean);
}

/**
 * gst_gps_writer_begin:
 * @self: a #GstGpsWriter
 * @info: (nullable): what is known of the track
 *
 * Begins the document. Of #GstGpsTrackInfo.name, what is not valid UTF-8 is
 * replaced and control characters become spaces. Bounds that are out of order
 * or range are left out.
 *
 * Returns: (transfer full) (nullable): the first piece, or %NULL if the format
 *   has no header or the document was begun before
 *
 * Since: 0.1
 */
GBytes *
gst_gps_writer_begin (GstGpsWriter * self, const GstGpsTrackInfo * info)
{
  g_return_val_if_fail (GST_IS_GPS_WRITER (self), NULL);

  if (self->begun)
    return NULL;
  gst_gps_writer_write_begin (self, info);
  return gst_gps_writer_take (self);
}

static void
gst_gps_writer_check_field (GstGpsFix * fix, GstGpsFixFields field,
    gdouble value, gdouble minimum)
{
  /* written so that NaN fails */
  if (!(value >= minimum && value < GST_GPS_FORMAT_LIMIT))
    fix->fields &= ~field;
}

static gdouble
gst_gps_writer_clean_angle (gdouble degrees)
{
  degrees = fmod (degrees, 360.0);
  return degrees < 0.0 ? degrees + 360.0 : degrees;
}

static void
gst_gps_writer_clean_fix (GstGpsFix * fix)
{
  gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_ALTITUDE, fix->altitude,
      -GST_GPS_FORMAT_LIMIT);
  gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_SPEED, fix->speed, 0.0);
  gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_HDOP, fix->hdop, 0.0);
  gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_COURSE, fix->course,
      -GST_GPS_FORMAT_LIMIT);
  gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_BEARING, fix->bearing,
      -GST_GPS_FORMAT_LIMIT);
  for (guint i = 0; i < G_N_ELEMENTS (fix->acceleration); i++)
    gst_gps_writer_check_field (fix, GST_GPS_FIX_FIELD_ACCELERATION
        | GST_GPS_FIX_FIELD_ACCELERATION_RAW,
        fix->acceleration[i], -GST_GPS_FORMAT_LIMIT);

  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    fix->course = gst_gps_writer_clean_angle (fix->course);
  if (fix->fields & GST_GPS_FIX_FIELD_BEARING)
    fix->bearing = gst_gps_writer_clean_angle (fix->bearing);
}

/* Whether there is anything to write of it. */
static gboolean
gst_gps_writer_takes (GstGpsWriter * self, const GstGpsFix * fix)
{
  return fix->fields & GST_GPS_FIX_FIELD_POSITION_ENCRYPTED
      ? self->functions->takes_encrypted : gst_gps_fix_is_valid (fix);
}

/**
 * gst_gps_writer_start_track:
 * @self: a #GstGpsWriter
 * @name: (nullable): name of the track
 *
 * Lets the next fix start a track of its own, such as another trip. Before the
 * first fix it names the first track, in place of #GstGpsTrackInfo.name, which
 * stays that of the document. The name is cleaned like that one.
 *
 * %GST_GPS_FORMAT_GPX and %GST_GPS_FORMAT_GPX10 have a `trk` for each track,
 * %GST_GPS_FORMAT_KML a `Folder`, and in %GST_GPS_FORMAT_GEOJSON the features
 * of a track have its name and its number from 1 on as the properties `name`
 * and `track`. The other formats know of one track alone; there it is as if a
 * new segment started. A track without a fix is not written.
 *
 * Since: 0.1
 */
void
gst_gps_writer_start_track (GstGpsWriter * self, const gchar * name)
{
  g_autofree gchar *clean = NULL;

  g_return_if_fail (GST_IS_GPS_WRITER (self));

  if (self->ended)
    return;
  clean = gst_gps_format_clean_text (name);
  self->track_due = TRUE;
  g_free (self->track_name);
  self->track_name = g_steal_pointer (&clean);
}

/**
 * gst_gps_writer_set_position:
 * @self: a #GstGpsWriter
 * @position: nanoseconds since the start of the recording, or
 *   %GST_CLOCK_TIME_NONE
 *
 * Tells where in the recording the next fix is, for formats that are shown with
 * it (%GST_GPS_FORMAT_SRT). Counts for one gst_gps_writer_add(). Without it the
 * first fix is at the start, and those behind it are as far from one another as
 * their times, or one second.
 *
 * Since: 0.1
 */
void
gst_gps_writer_set_position (GstGpsWriter * self, GstClockTime position)
{
  g_return_if_fail (GST_IS_GPS_WRITER (self));

  self->position = position;
}

/**
 * gst_gps_writer_add:
 * @self: a #GstGpsWriter
 * @fix: the next fix of the track
 * @new_segment: whether there is a gap between @fix and the fix before it,
 *   over which no line shall be drawn
 *
 * Writes a fix. One that is not gst_gps_fix_is_valid() is left out, but for one
 * with %GST_GPS_FIX_FIELD_POSITION_ENCRYPTED in the formats CSV, text and SRT.
 * Members that are not finite or not possible count as not known. Without
 * gst_gps_writer_begin() before it, the piece begins the document, too.
 *
 * Returns: (transfer full) (nullable): the next piece, or %NULL if there is
 *   nothing to write or the document was ended
 *
 * Since: 0.1
 */
GBytes *
gst_gps_writer_add (GstGpsWriter * self, const GstGpsFix * fix,
    gboolean new_segment)
{
  g_return_val_if_fail (GST_IS_GPS_WRITER (self), NULL);
  g_return_val_if_fail (fix != NULL, NULL);

  if (self->ended)
    return NULL;
  if (!self->begun)
    gst_gps_writer_write_begin (self, NULL);

  self->segment_due |= new_segment;
  if (gst_gps_writer_takes (self, fix)) {
    GstGpsFix clean = *fix;

    gst_gps_writer_clean_fix (&clean);
    if (self->track_due && self->functions->start_track)
      self->functions->start_track (self->state, self->track_name);
    self->segment_due |= self->track_due;
    self->track_due = FALSE;
    if (self->functions->set_position)
      self->functions->set_position (self->state, self->position);
    self->functions->add (self->state, &clean, self->segment_due);
    self->segment_due = FALSE;
  }
  self->position = GST_CLOCK_TIME_NONE;
  return gst_gps_writer_take (self);
}

/**
 * gst_gps_writer_end:
 * @self: a #GstGpsWriter
 *
 * Ends the document. Without any call before it, the piece is the whole
 * document of a track without fixes.
 *
 * Returns: (transfer full) (nullable): the last piece, or %NULL if the format
 *   has no footer or the document was ended before
 *
 * Since: 0.1
 */
GBytes *
gst_gps_writer_end (GstGpsWriter * self)
{
  g_return_val_if_fail (GST_IS_GPS_WRITER (self), NULL);

  if (self->ended)
    return NULL;
  if (!self->begun)
    gst_gps_writer_write_begin (self, NULL);
  self->ended = TRUE;
  self->functions->end (self->state);
  return gst_gps_writer_take (self);
}

static void
gst_gps_writer_set_property (GObject * object, guint id, const GValue * value,
    GParamSpec * pspec)
{
  GstGpsWriter *self = GST_GPS_WRITER (object);

  switch (id) {
    case PROP_FORMAT:
      self->format = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
}

static void
gst_gps_writer_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstGpsWriter *self = GST_GPS_WRITER (object);

  switch (id) {
    case PROP_FORMAT:
      g_value_set_enum (value, self->format);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
}

static void
gst_gps_writer_constructed (GObject * object)
{
  GstGpsWriter *self = GST_GPS_WRITER (object);

  G_OBJECT_CLASS (gst_gps_writer_parent_class)->constructed (object);
  self->functions = gst_gps_format_get_functions (self->format);
  self->state = self->functions->open (self->out);
}

static void
gst_gps_writer_finalize (GObject * object)
{
  GstGpsWriter *self = GST_GPS_WRITER (object);

  self->functions->close (self->state);
  g_byte_array_unref (self->out);
  g_free (self->track_name);
  G_OBJECT_CLASS (gst_gps_writer_parent_class)->finalize (object);
}

static void
gst_gps_writer_class_init (GstGpsWriterClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gst_gps_writer_set_property;
  object_class->get_property = gst_gps_writer_get_property;
  object_class->constructed = gst_gps_writer_constructed;
  object_class->finalize = gst_gps_writer_finalize;

  /**
   * GstGpsWriter:format:
   *
   * What the writer writes.
   *
   * Since: 0.1
   */
  properties[PROP_FORMAT] = g_param_spec_enum ("format", "Format",
      "What to write", GST_TYPE_GPS_FORMAT, GST_GPS_FORMAT_GPX,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gst_gps_writer_init (GstGpsWriter * self)
{
  self->out = g_byte_array_new ();
  self->position = GST_CLOCK_TIME_NONE;
}
