/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gchar *name;
  gchar *uri;
} CheapcamCameraConfig;

typedef struct
{
  gchar *address;
  guint port;
  GPtrArray *cameras;           /* CheapcamCameraConfig */
} CheapcamConfig;

CheapcamConfig *config_new (void);
void config_free (CheapcamConfig * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CheapcamConfig, config_free)

gboolean config_add_camera (CheapcamConfig * self, const gchar * name,
    const gchar * uri, GError ** error);

G_END_DECLS
