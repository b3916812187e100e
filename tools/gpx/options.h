/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "track.h"

G_BEGIN_DECLS
/* What the command line says. */

typedef enum
{
  OPTIONS_SORT_DATE,
  OPTIONS_SORT_NAME,
  OPTIONS_SORT_NONE
} OptionsSort;

typedef struct
{
  gchar **files;                /* of -i, then the others */
  gchar *output;                /* NULL: standard output, or with multiple beside each file */
  GstGpsFormat format;
  const gchar *suffix;          /* of that format, without a point */
  gboolean force;
  gboolean multiple;            /* a track per file */
  gboolean to_stdout;
  OptionsSort sort;
  gchar *plot;                  /* picture, or NULL */
  gchar *json;                  /* report, "-": standard output, or NULL */
  guint jobs;
  gboolean quiet;
  gboolean verbose;
  gboolean version;             /* nothing else was checked */
  TrackOptions track;
  DialectOptions dialect;
} Options;

/* Takes the options out of the arguments. --help prints and ends the process.
 * Returns FALSE with the error set when the command line makes no sense. */
gboolean options_parse (Options * self, int *argc, char ***argv,
    GError ** error);

void options_clear (Options * self);

G_END_DECLS
