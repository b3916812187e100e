/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether video is decoded and encoded anew. */
typedef enum
{
  TRANSCODE_AUTO,               /* if it cannot be sent as it is */
  TRANSCODE_ALWAYS,
  TRANSCODE_NEVER,
} CheapcamTranscode;

typedef struct
{
  gchar *name;
  gchar *uri;
  CheapcamTranscode transcode;
} CheapcamCameraConfig;

typedef struct
{
  gchar *address;
  guint port;
  gchar *users_file;
  gchar *tls_certificate;
  gchar *tls_key;
  gboolean insecure;
  gboolean udp;
  gboolean udp_is_set;
  guint max_connections;
  guint max_connections_per_address;
  guint request_timeout_s;
  guint session_timeout_s;
  GPtrArray *cameras;           /* CheapcamCameraConfig */
} CheapcamConfig;

CheapcamConfig *config_new (void);
void config_free (CheapcamConfig * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CheapcamConfig, config_free)

gboolean config_load (CheapcamConfig * self, const gchar * path,
    GError ** error);
gboolean config_set_address (CheapcamConfig * self, const gchar * address,
    GError ** error);
gboolean config_set_port (CheapcamConfig * self, gint64 port, GError ** error);
gboolean config_add_camera (CheapcamConfig * self, const gchar * name,
    const gchar * uri, GError ** error);
gboolean config_check (CheapcamConfig * self, GError ** error);

G_END_DECLS
