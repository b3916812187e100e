/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Usage: gpstrack FORMAT [KIND]
 * Writes a track to stdout for other programs to read: FORMAT is the nick of a
 * GstGpsFormat, KIND one of the table. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gst/gps/gps.h>

#define GPSTRACK_ALL (GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED \
    | GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_HDOP \
    | GST_GPS_FIX_FIELD_SATELLITES)

static const struct
{
  const gchar *name;
  guint n_fixes;
  gint gap;                     /* before that fix; -1: none */
  GstGpsFixFields fields;
  GstGpsTimeKind time_kind;
} gpstrack_kinds[] = {
  {"full", 3, 2, GPSTRACK_ALL, GST_GPS_TIME_KIND_UTC},
  {"local", 3, 2, GPSTRACK_ALL, GST_GPS_TIME_KIND_LOCAL},
  {"assumed", 3, 2, GPSTRACK_ALL, GST_GPS_TIME_KIND_ASSUMED},
  {"bare", 3, -1, 0, GST_GPS_TIME_KIND_NONE},
  {"long", 2500, -1, GPSTRACK_ALL, GST_GPS_TIME_KIND_UTC},
  {"empty", 0, -1, 0, GST_GPS_TIME_KIND_NONE},
};

static gboolean
gpstrack_put (GBytes * piece)
{
  gsize size;
  gconstpointer data;
  gboolean ok;

  if (!piece)
    return TRUE;
  data = g_bytes_get_data (piece, &size);
  ok = fwrite (data, 1, size, stdout) == size;
  g_bytes_unref (piece);
  return ok;
}

static gboolean
gpstrack_write (GstGpsFormat format, guint kind)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  GstGpsTrackInfo info = { "Tom & Jerry <drive>.mp4" };
  GstGpsFix fix = { 0 };
  gboolean ok = gpstrack_put (gst_gps_writer_begin (writer, &info));

  fix.fields = gpstrack_kinds[kind].fields;
  fix.time_kind = gpstrack_kinds[kind].time_kind;
  fix.altitude = 12.5;
  fix.speed = 13.5;
  fix.course = 16.25;
  fix.hdop = 0.9;
  fix.satellites = 12;
  fix.source = "a \"dialect\", quoted";
  for (guint i = 0; i < gpstrack_kinds[kind].n_fixes; i++) {
    fix.latitude = 49.369051 + 0.001 * i;
    fix.longitude = -123.099755;
    /* 2021-03-18T15:39:34 on */
    fix.time = G_GINT64_CONSTANT (1616081974000000) + i * G_USEC_PER_SEC;
    ok &= gpstrack_put (gst_gps_writer_add (writer, &fix,
            (gint) i == gpstrack_kinds[kind].gap));
  }
  return ok & gpstrack_put (gst_gps_writer_end (writer));
}

int
main (int argc, char **argv)
{
  GEnumClass *formats = g_type_class_ref (GST_TYPE_GPS_FORMAT);
  const GEnumValue *format =
      argc > 1 ? g_enum_get_value_by_nick (formats, argv[1]) : NULL;
  guint kind = 0;
  gboolean ok;

  /* no gst_init(): writing a track does not need one */
  while (argc > 2 && kind < G_N_ELEMENTS (gpstrack_kinds)
      && strcmp (argv[2], gpstrack_kinds[kind].name) != 0)
    kind++;
  if (!format || kind == G_N_ELEMENTS (gpstrack_kinds)) {
    fputs ("Usage: gpstrack FORMAT [full|local|assumed|bare|long|empty]\n",
        stderr);
    return 2;
  }
  ok = gpstrack_write (format->value, kind);
  g_type_class_unref (formats);
  return ok && fflush (stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
