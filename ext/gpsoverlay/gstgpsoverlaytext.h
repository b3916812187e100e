/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the overlay says, as text. Draws nothing.
 *
 * Digits keep their places: where there are fewer, figure spaces (U+2007)
 * stand in front, which are as wide as a digit. */

#include <gst/gps/gps.h>

#include "gstgpsoverlaysettings.h"

G_BEGIN_DECLS

typedef struct
{
  gchar speed[16];              /* three places */
  gchar speed_unit[8];
  gchar heading[16];            /* three places and a degree sign */
  gchar date[24];
  gchar time[24];
  gchar clock[24];              /* which clock that is */
  gchar latitude[24];
  gchar longitude[24];
  gchar altitude[24];
} GstGpsOverlayText;

/* What of all items a fix has. */
GstGpsOverlayItems gst_gps_overlay_text_get_items (const GstGpsFix * fix);

/* Writes the items, with dashes for what the fix does not have, or for all of
 * them if fix is NULL. What is no item is empty. */
void gst_gps_overlay_text_write (GstGpsOverlayText * self,
    const GstGpsFix * fix, GstGpsOverlayItems items,
    const GstGpsOverlaySettings * settings);

/* A scale bar's length in metres, that is round in its unit, and its label:
 * the greatest that is not longer than limit. */
gdouble gst_gps_overlay_text_write_scale (gchar * label, gsize size,
    gdouble limit, GstGpsOverlayUnits units);

G_END_DECLS
