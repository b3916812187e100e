/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Writes a GPX track to stdout, that of three fixes or an empty one, for
 * gpsreadback.sh. */

#include <stdio.h>
#include <string.h>

#include <gst/gps/gps.h>

static gboolean
gpstrack_put (GBytes * piece)
{
  gsize size = g_bytes_get_size (piece);
  gboolean ok =
      fwrite (g_bytes_get_data (piece, NULL), 1, size, stdout) == size;

  g_bytes_unref (piece);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GstGpsWriter) writer = NULL;
  GstGpsTrackInfo info = { "Tom & Jerry <drive>.mp4" };
  GstGpsFix fix = { 0 };
  guint n_fixes = argc > 1 && strcmp (argv[1], "empty") == 0 ? 0 : 3;
  gboolean ok;

  /* no gst_init(): writing a track does not need one */
  writer = gst_gps_writer_new (GST_GPS_FORMAT_GPX);
  ok = gpstrack_put (gst_gps_writer_begin (writer, &info));

  fix.fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_HDOP
      | GST_GPS_FIX_FIELD_SATELLITES;
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  fix.altitude = 12.5;
  fix.speed = 13.5;
  fix.course = 16.25;
  fix.hdop = 0.9;
  fix.satellites = 12;
  for (guint i = 0; i < n_fixes; i++) {
    fix.latitude = 49.369051 + 0.001 * i;
    fix.longitude = -123.099755;
    /* 2021-03-18T15:39:34 on */
    fix.time = G_GINT64_CONSTANT (1616081974000000) + i * G_USEC_PER_SEC;
    ok &= gpstrack_put (gst_gps_writer_add (writer, &fix, i == 2));
  }
  ok &= gpstrack_put (gst_gps_writer_end (writer));
  return ok && fflush (stdout) == 0 ? 0 : 1;
}
