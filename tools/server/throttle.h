/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CheapcamThrottle CheapcamThrottle;

CheapcamThrottle *throttle_new (void);
void throttle_free (CheapcamThrottle * self);
gint64 throttle_wait_time (CheapcamThrottle * self, const gchar * address,
    const gchar * user, gint64 now);
void throttle_count_failure (CheapcamThrottle * self, const gchar * address,
    const gchar * user, gint64 now);
void throttle_note_success (CheapcamThrottle * self, const gchar * address,
    const gchar * user);

G_END_DECLS
