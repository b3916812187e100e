/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What elements and tools need of time zones beside wire/gpsclock.h: the
 * offset that is assumed where nothing settles it, and a text for people. Not
 * installed. */

#include <glib.h>

#include "wire/gpsclock.h"

G_BEGIN_DECLS

/* name: of the time zone database, such as "Europe/Berlin", an offset such as
 * "+02:00", or NULL for the zone of this machine. Returns NULL when there is no
 * such zone. */
GTimeZone *gst_gps_zone_new (const gchar * name);

/* Local time minus UTC, in microseconds, when a clock shows local_us
 * (microseconds since 1970 as if it were UTC). A camera's clock does not change
 * by itself: in the hour that comes twice, and in the one that is left out,
 * what held before the change holds. */
gint64 gst_gps_zone_get_offset (GTimeZone * zone, gint64 local_us);

/* Where nothing has settled the offset of a local clock, that of zone is
 * assumed. */
void gst_gps_zone_settle (GTimeZone * zone, GpsClock * clock);

/* What is known of the clock, and by what, for people. zone_name: as given to
 * gst_gps_zone_new(). */
gchar *gst_gps_zone_describe (const GpsClockVerdict * verdict,
    const gchar * zone_name);

G_END_DECLS
