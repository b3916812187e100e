/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "track.h"

G_BEGIN_DECLS
/* What the command line says. */

typedef struct
{
  gchar *output;                /* NULL: standard output */
  GstGpsFormat format;
  gchar **files;
  gboolean verbose;
  gboolean version;             /* nothing else was checked */
  TrackOptions track;
} Options;

/* Takes the options out of the arguments. --help prints and ends the process.
 * Returns FALSE with the error set when the command line makes no sense. */
gboolean options_parse (Options * self, int *argc, char ***argv,
    GError ** error);

void options_clear (Options * self);

G_END_DECLS
