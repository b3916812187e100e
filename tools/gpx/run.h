/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Does what the command line asks for, until stop_fd can be read. Returns
 * whether nothing failed; what did was said. */
gboolean run_all (const Options * options, gint stop_fd);

G_END_DECLS
