/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstgpsspeeds.h"

#include <gst/gps/gstgpsunit-private.h>

void
gst_gps_speeds_clear (GstGpsSpeeds * self)
{
  self->dialect = NULL;
}

void
gst_gps_speeds_feed (GstGpsSpeeds * self, const Dialect * dialect,
    const GpsRecord * record, GstClockTime time)
{
  if (!self->dialect && (record->fields & GPSRECORD_POSITION)) {
    self->dialect = dialect;
    gpscalibrate_init (&self->calibrate, dialect->units);
  }
  if (self->dialect == dialect)
    (void) gpscalibrate_feed (&self->calibrate, record,
        GST_CLOCK_TIME_IS_VALID (time) ? (gint64) (time / GST_USECOND) : -1);
}

void
gst_gps_speeds_apply (const GstGpsSpeeds * self, const Dialect * dialect,
    GpsRecord * record)
{
  if (self->dialect == dialect)
    gpscalibrate_apply (&self->calibrate, record);
}

gboolean
gst_gps_speeds_are_open (const GstGpsSpeeds * self)
{
  return self->dialect && self->dialect->units.possible != 0
      && self->calibrate.verdict == GPSCALIBRATE_UNDECIDED;
}

void
gst_gps_speeds_describe (const GstGpsSpeeds * self, GstStructure * summary)
{
  static const gchar *const names[] = {
    [GPSCALIBRATE_UNDECIDED] = "undecided",
    [GPSCALIBRATE_RIGHT] = "right",
    [GPSCALIBRATE_CHANGED] = "changed",
    [GPSCALIBRATE_MISMATCH] = "mismatch"
  };
  const GpsCalibrate *calibrate = &self->calibrate;
  g_autofree gchar *text = NULL;

  if (!self->dialect)
    return;
  text = gst_gps_unit_describe (calibrate);
  gst_structure_set (summary, "speed-verdict", G_TYPE_STRING,
      names[calibrate->verdict], NULL);
  if (calibrate->verdict == GPSCALIBRATE_CHANGED)
    gst_structure_set (summary, "speed-unit", G_TYPE_STRING,
        gpscalibrate_get_name (calibrate->unit), NULL);
  if (calibrate->verdict == GPSCALIBRATE_MISMATCH)
    gst_structure_set (summary, "speed-factor", G_TYPE_DOUBLE,
        1.0 / calibrate->factor, NULL);
  if (text)
    gst_structure_set (summary, "speed-text", G_TYPE_STRING, text, NULL);
}
