/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the camera does in each second of the recording. */

#include <gio/gio.h>

typedef struct
{
  gboolean fix;                 /* the receiver has a position */
  guint copies;                 /* how often the record is written; 0: not at all */
  gsize cut;                    /* bytes of it that are written, or G_MAXSIZE */
  gsize junk;                   /* bytes of rubbish before it */
} DashcamSecond;

typedef struct
{
  guint n_seconds;
  DashcamSecond *seconds;
} DashcamScript;

DashcamScript *dashcam_script_new (guint n_seconds);

void dashcam_script_free (DashcamScript * self);

/* A second or a range of them, "5" or "5-9": records without a fix there. */
gboolean dashcam_script_add_void (DashcamScript * self, const gchar * range,
    GError ** error);

/* The same: no records there. */
gboolean dashcam_script_add_gap (DashcamScript * self, const gchar * range,
    GError ** error);

/* Faults with a semicolon between them, SECOND counted from 0:
 *   drop SECOND         its record is missing
 *   dup SECOND          its record is there twice
 *   cut SECOND BYTES    only the first BYTES of its packet or block are there
 *   junk SECOND [BYTES] rubbish before its record, 100 bytes when not said */
gboolean dashcam_script_add_faults (DashcamScript * self, const gchar * faults,
    GError ** error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DashcamScript, dashcam_script_free)
