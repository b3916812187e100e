/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "summary.h"

G_BEGIN_DECLS

/* One aligned line per Summary below one of headings. */
gchar *table_format (GPtrArray * summaries, gboolean is_terminal);

G_END_DECLS
