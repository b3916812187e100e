/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "family.h"

G_BEGIN_DECLS

/* What the command line says. */
typedef struct
{
  const Command *command;
  gchar **words;                /* arguments of the command, ends with NULL */
  Target target;
  gboolean json;
  gboolean version;             /* nothing else was checked */

  /*< private >*/
  gchar **rest;
  gchar *host;
} Options;

/* Takes the options out of the arguments. --help prints and ends the process.
 * Returns FALSE with the error set when the command line makes no sense. */
gboolean options_parse (Options * self, int *argc, char ***argv,
    GError ** error);

void options_clear (Options * self);

G_END_DECLS
