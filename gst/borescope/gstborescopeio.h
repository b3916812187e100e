/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "gstborescopecontrol.h"
#include "gstborescopelink.h"

G_BEGIN_DECLS

/* All are called from the I/O thread. */
typedef struct
{
  /* Takes frame->data. TRUE: it gave a picture. */
  gboolean (*frame) (gpointer user_data, const GstBorescopeFrame * frame);
  GstBorescopeLinkFuncs link;
  GstBorescopeControlFuncs control;
} GstBorescopeIoFuncs;

typedef struct
{
  GstBorescopeReceiverCounts receiver;
  GstBorescopeLinkCounts link;
  GstBorescopeControlCounts control;
} GstBorescopeIoCounts;

/* The thread that talks with the camera, whatever becomes of its pictures. */
typedef struct _GstBorescopeIo GstBorescopeIo;

/* Settings, functions and user_data must live longer than the thread. The
 * settings must not change but for what is set here. */
GstBorescopeIo *gst_borescope_io_new (const GstBorescopeSettings * settings,
    const GstBorescopeIoFuncs * funcs, gpointer user_data, GError ** error);

/* Says goodbye to the camera and ends the thread. Takes some milliseconds. */
void gst_borescope_io_free (GstBorescopeIo * self);

/* Only while playing the camera is asked to stream. */
void gst_borescope_io_set_playing (GstBorescopeIo * self, gboolean playing);
void gst_borescope_io_set_led (GstBorescopeIo * self, gint percent);
void gst_borescope_io_get_counts (GstBorescopeIo * self,
    GstBorescopeIoCounts * ret_counts);

/* (transfer full) (nullable) */
GSocket *gst_borescope_io_get_socket (GstBorescopeIo * self);

G_END_DECLS
