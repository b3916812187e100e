/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Recordings of cameras that nobody needs to own. */

#include "dashcam-record.h"
#include "dashcam-script.h"

typedef struct
{
  DashcamForm form;
  DashcamPlace place;
  gint64 start;                 /* seconds since 1970 of the camera's clock */
  guint width, height;
  const DashcamScript *script;
} DashcamSimOptions;

/* 2024-06-01T10:20:30, 640x360, 60 degrees north and 18 east. */
void dashcam_sim_options_init (DashcamSimOptions * self);

/* The recording. */
GByteArray *dashcam_sim_make (const DashcamSimOptions * options,
    GError ** error);

/* What a reader should find in it: JSON, with the fixes that are left after
 * cleaning in "points", the second of the recording that each belongs to in
 * "media_time", and the number of points per track segment in "segments". */
gchar *dashcam_sim_expect (const DashcamSimOptions * options);
