/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "server.h"

G_BEGIN_DECLS

void serve_prepare_process (void);
int serve_until_signal (CheapcamServer * server);
void serve_finish (CheapcamServer * server);

G_END_DECLS
