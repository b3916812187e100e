/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gchar *secretfile_read (const gchar * path, GError ** error);
gboolean secretfile_check (const gchar * path, GError ** error);

G_END_DECLS
