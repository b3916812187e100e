/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "config.h"

G_BEGIN_DECLS

typedef struct
{
  gchar *config;
  gchar *address;
  gint port;
  gchar **cameras;
  gboolean check;
  gboolean hash;
  gboolean verbose;
  gboolean version;
} CheapcamOptions;

gboolean options_parse (CheapcamOptions * self, int *argc, char ***argv,
    GError ** error);
gboolean options_apply (const CheapcamOptions * self, CheapcamConfig * config,
    GError ** error);
void options_clear (CheapcamOptions * self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CheapcamOptions, options_clear)

G_END_DECLS
