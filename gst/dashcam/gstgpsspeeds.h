/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "wire/dialect.h"
#include "wire/gpscalibrate.h"

G_BEGIN_DECLS

/* In which unit the speeds of a recording are, by its track. Those of one
 * dialect are judged: that of the first position. */
typedef struct
{
  const Dialect *dialect;       /* NULL: there is no position yet */
  GpsCalibrate calibrate;       /* valid with a dialect */
} GstGpsSpeeds;

void gst_gps_speeds_clear (GstGpsSpeeds * self);

/* The next record, as the camera wrote it. time: of the media, or NONE. */
void gst_gps_speeds_feed (GstGpsSpeeds * self, const Dialect * dialect,
    const GpsRecord * record, GstClockTime time);

/* Makes metres per second of the speed, by what is known by now. */
void gst_gps_speeds_apply (const GstGpsSpeeds * self, const Dialect * dialect,
    GpsRecord * record);

/* Whether there is a doubt that the next records may settle. */
gboolean gst_gps_speeds_are_open (const GstGpsSpeeds * self);

/* Adds what is known to the summary. */
void gst_gps_speeds_describe (const GstGpsSpeeds * self,
    GstStructure * summary);

G_END_DECLS
