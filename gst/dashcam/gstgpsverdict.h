/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gst.h>

#include "gstgpssettings.h"
#include "wire/gpsclock.h"

G_BEGIN_DECLS

/* What the clock of a recording shows, by its records and by what is known
 * beside them. Not thread-safe. */
typedef struct _GstGpsVerdict GstGpsVerdict;

GstGpsVerdict *gst_gps_verdict_new (void);
void gst_gps_verdict_free (GstGpsVerdict * self);

/* A new recording. */
void gst_gps_verdict_clear (GstGpsVerdict * self);

/* What is known of it; counts from the next restart on. uri: where it comes
 * from, or NULL. creation_us: since 1970. */
void gst_gps_verdict_set_uri (GstGpsVerdict * self, const gchar * uri);
void gst_gps_verdict_set_creation (GstGpsVerdict * self, gint64 creation_us);

/* Forgets the records, not what is known beside them. */
void gst_gps_verdict_restart (GstGpsVerdict * self,
    const GstGpsSettings * settings);

/* The next record; is_certain: see gpsclock_feed(). time: of the media, or
 * NONE. */
void gst_gps_verdict_feed (GstGpsVerdict * self, const GpsRecord * record,
    gboolean is_certain, GstClockTime time);

/* Makes of the time of the record with that number what is known of the
 * clock by now. */
void gst_gps_verdict_apply (GstGpsVerdict * self, guint64 number,
    GpsRecord * record);

/* Adds what is known to the summary. */
void gst_gps_verdict_describe (GstGpsVerdict * self, GstStructure * summary);

G_END_DECLS
