/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How long it takes to write 100000 fixes and eight times as many, piece by
 * piece: the time per fix must stay the same. */

#include <stdio.h>

#include <gst/gps/gps.h>

/* Microseconds per fix. */
static double
gpswriter_measure (GstGpsFormat format, guint n_fixes)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  GstGpsFix fix = { 0 };
  gint64 start = g_get_monotonic_time ();

  fix.fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_COURSE;
  fix.time_kind = GST_GPS_TIME_KIND_UTC;
  for (guint i = 0; i < n_fixes; i++) {
    fix.time += G_USEC_PER_SEC;
    fix.latitude = i * 1e-5;
    g_bytes_unref (gst_gps_writer_add (writer, &fix, FALSE));
  }
  return (double) (g_get_monotonic_time () - start) / n_fixes;
}

int
main (int argc, char **argv)
{
  GEnumClass *formats;

  gst_init (&argc, &argv);
  formats = g_type_class_ref (GST_TYPE_GPS_FORMAT);
  for (guint i = 0; i < formats->n_values; i++) {
    GstGpsFormat format = formats->values[i].value;
    double few = gpswriter_measure (format, 100000);
    double many = gpswriter_measure (format, 800000);

    printf ("%s: %.2f us a fix, %.2f us when there are eight times as many\n",
        formats->values[i].value_nick, few, many);
  }
  g_type_class_unref (formats);
  return 0;
}
