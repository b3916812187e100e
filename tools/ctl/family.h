/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The families of cameras that cheapcam-ctl speaks with, and what it can ask each
 * of them. A command that can make a camera unusable (SSID, password, restart,
 * shutdown, firmware) has no place here. */

#include "report.h"

G_BEGIN_DECLS

/* Which camera, and how patient to be. */
typedef struct
{
  const gchar *host;
  guint16 port;
  guint timeout_ms;
} Target;

typedef struct
{
  const gchar *name;
  const gchar *words;           /* how its arguments are called, or NULL */
  const gchar *summary;
  guint min_words, max_words;   /* how many arguments it takes */

  /* Does it. words ends with NULL. Errors: G_OPTION_ERROR when an argument makes no
   * sense, G_IO_ERROR for all else; they say the whole of it to the user. */
    gboolean (*run) (const Target * target, gchar ** words, Report * report,
      GError ** error);
} Command;

typedef struct
{
  const gchar *name;
  const gchar *summary;
  const gchar *host;            /* where such cameras are unless told otherwise */
  guint16 port;
  const Command *commands;      /* ends with one without a name */
} Family;

/* All of them; ends with NULL. */
const Family *const *family_list (void);

/* NULL: there is none of that name. */
const Family *family_find (const gchar * name);
const Command *family_find_command (const Family * self, const gchar * name);

/* What all of them can do, a line each, for --help. Free it. */
gchar *family_describe (void);

G_END_DECLS
