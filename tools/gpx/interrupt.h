/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes SIGINT and SIGTERM a wish to come to an end: returns a descriptor that
 * becomes readable with the first of each and stays so, for poll(). The second
 * of a kind ends the process. Returns -1 with errno set on failure. */
gint interrupt_catch (void);

/* Whether the wish was expressed. stop_fd: as above, or -1 for never. */
gboolean interrupt_is_set (gint stop_fd);

/* Waits until fd can be read, or has come to its end. Returns FALSE when the
 * wish to end came first. */
gboolean interrupt_wait (gint stop_fd, gint fd);

G_END_DECLS
