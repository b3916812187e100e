/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include <gst/gps/gps.h>

G_BEGIN_DECLS

/* In which forms a pad gives what it is given, and how each is written. A fix
 * may lack its position here: then it is NAN. */
typedef struct
{
  /* One structure for each form, the preferred one first. */
  GstCaps *(*get_caps) (void);
  gpointer (*open) (guint form);
  void (*close) (gpointer writer);
  /* Whether the pieces make one whole. Those of the others are shown or sent
   * one by one, each for its time. */
  gboolean (*is_document) (gpointer writer);
  /* A piece that is empty, or NULL, stands for nothing. */
  GBytes *(*begin) (gpointer writer);
  GBytes *(*add) (gpointer writer, const GstGpsFix * fix, GstClockTime time,
      gboolean new_segment);
  GBytes *(*end) (gpointer writer);
  /* Whether they are fixes: each buffer carries its own, and in a document one
   * may take the place of the one before. */
  gboolean are_fixes;
} GstGpsForms;

/* Fixes: what GstGpsWriter can do. */
const GstGpsForms *gst_gps_forms_get_track (void);

/* Acceleration: CSV, and a line for an overlay. */
const GstGpsForms *gst_gps_forms_get_acceleration (void);

G_END_DECLS
