/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CheapcamConnLimit CheapcamConnLimit;
typedef struct _CheapcamConnTicket CheapcamConnTicket;

CheapcamConnLimit *connlimit_new (guint max_total, guint max_per_address);
void connlimit_unref (CheapcamConnLimit * self);
CheapcamConnTicket *connlimit_enter (CheapcamConnLimit * self,
    const gchar * address);
void connlimit_leave (CheapcamConnTicket * ticket);
gboolean connlimit_wait_empty (CheapcamConnLimit * self, gint64 end);

G_END_DECLS
