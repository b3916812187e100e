/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define USERS_MAX_PASSWORD 256

typedef struct _CheapcamUsers CheapcamUsers;

CheapcamUsers *users_load (const gchar * path, GError ** error);
void users_free (CheapcamUsers * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CheapcamUsers, users_free)

gboolean users_verify (CheapcamUsers * self, const gchar * name,
    const gchar * password);
gchar *users_hash (const gchar * password, gsize size, GError ** error);

G_END_DECLS
