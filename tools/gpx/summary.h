/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "recording.h"
#include "stats.h"

G_BEGIN_DECLS

/* What one file was, when its records are gone. */
typedef struct
{
  gchar *name;
  const gchar *container;       /* NULL: it could not be read */
  guint64 size;                 /* bytes */
  const gchar *dialect;         /* or NULL */
  const gchar *cameras;         /* that are known to write it, or NULL */
  guint n_fixes;                /* records with a position */
  guint n_voids;                /* records without, or with one that is encrypted */
  guint n_duplicates;           /* fixes that are not in its track */
  guint n_unknown;              /* GPS blocks that nobody could read */
  Stats stats;                  /* of its own track */
  GpsClockVerdict clock;        /* what its times are, as the camera wrote them */
  gchar *clock_text;            /* the same for people, or NULL */
  gchar *speed_text;            /* what the track says of its speeds, or NULL: nothing */
  gchar *warning;               /* what there is to say of it, or NULL */
  gchar *error;                 /* why it was not read, or not to its end, or NULL */
} Summary;

/* tracks: those of the recording alone. */
Summary *summary_new (const Recording * recording, GPtrArray * tracks);

/* Of a file that could not be read. */
Summary *summary_new_failed (const gchar * name, guint64 size,
    const gchar * error);

void summary_free (Summary * self);

G_END_DECLS
