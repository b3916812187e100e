/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many bytes a peer may send that make no complete request. */
typedef struct _CheapcamInletBudget CheapcamInletBudget;

GQuark inlet_budget_quark (void);
void inlet_register (void);
void inlet_begin_accept (void);
void inlet_end_accept (void);
CheapcamInletBudget *inlet_get_budget (GSocket * socket);

CheapcamInletBudget *inlet_budget_new (void);
void inlet_budget_refill (CheapcamInletBudget * budget);
gboolean inlet_budget_take (CheapcamInletBudget * budget, gsize size,
    gint64 now);

G_END_DECLS
