/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopesocket.h"
#include "wire/molinkctl.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 requests;
  guint64 timeouts;             /* questions that were given up */
  guint64 invalid;
  guint64 foreign;
} GstBorescopeControlCounts;

/* Each is called from gst_borescope_control_*(). */
typedef struct
{
  void (*button) (gpointer user_data, guint key, guint counter,
      guint n_presses);
  void (*battery) (gpointer user_data, const MolinkBattery * battery);
  void (*version) (gpointer user_data, guint32 version);
} GstBorescopeControlFuncs;

/* The control channel: asks for the button, sets the light, asks once what the
 * device is. Whatever happens here never touches the video. */
typedef struct _GstBorescopeControl GstBorescopeControl;

GstBorescopeControl *gst_borescope_control_new (const GstBorescopeSettings *
    settings, const GstBorescopeControlFuncs * funcs, gpointer user_data);
void gst_borescope_control_free (GstBorescopeControl * self);

/* From now on the camera at this address. */
void gst_borescope_control_start (GstBorescopeControl * self,
    GInetAddress * address, guint64 now);
void gst_borescope_control_stop (GstBorescopeControl * self);

/* The stream had a gap, or the camera is another: what is known of it is asked
 * anew. */
void gst_borescope_control_renew (GstBorescopeControl * self, guint64 now);

/* The camera has come: what it did not answer before is asked again. */
void gst_borescope_control_resume (GstBorescopeControl * self, guint64 now);

/* percent: -1 leaves the light as it is. */
void gst_borescope_control_set_led (GstBorescopeControl * self, gint percent,
    guint64 now);

gint gst_borescope_control_fd (const GstBorescopeControl * self);
void gst_borescope_control_read (GstBorescopeControl * self, guint64 now);
void gst_borescope_control_turn (GstBorescopeControl * self, guint64 now);
guint64 gst_borescope_control_deadline (const GstBorescopeControl * self);
const GstBorescopeControlCounts *gst_borescope_control_counts
    (const GstBorescopeControl * self);

G_END_DECLS
