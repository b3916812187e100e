/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Opens /dev/null in place of whichever of the three standard streams is closed,
 * or one of our files or sockets would take its number. Call it first. */
void toolstreams_fill (void);
