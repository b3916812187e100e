/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "summary.h"

static const gchar *
summary_find_cameras (const gchar * dialect)
{
  const Dialect *entry;

  for (gsize i = 0; dialect && (entry = dialect_get (i)) != NULL; i++) {
    if (g_str_equal (entry->name, dialect))
      return entry->cameras;
  }
  return NULL;
}

Summary *
summary_new (const Recording * recording, GPtrArray * tracks)
{
  Summary *self = g_new0 (Summary, 1);

  self->name = g_strdup (recording->name);
  self->container = recording->container;
  self->size = recording->size;
  self->dialect = recording->source;
  if (!self->dialect && recording->records->len > 0)
    self->dialect =
        ((const RecordingRecord *) spool_get (recording->records, 0))->source;
  if (!self->dialect && recording->unreadable)
    self->dialect = recording->unreadable->name;
  self->cameras = summary_find_cameras (self->dialect);
  self->n_fixes = recording->n_fixes;
  self->n_voids = recording->records->len - recording->n_fixes;
  self->n_unknown = recording->n_unknown;
  for (guint i = 0; i < tracks->len; i++)
    stats_add (&self->stats, g_ptr_array_index (tracks, i));
  self->n_duplicates = self->n_fixes > self->stats.n_fixes
      ? self->n_fixes - self->stats.n_fixes : 0;
  self->clock = recording->verdict;
  self->clock_text = g_strdup (recording->verdict_text);
  self->speed_text = g_strdup (recording->speed_text);
  self->warning = recording_describe (recording);
  if (recording->damage)
    self->error = g_strdup (recording->damage->message);
  return self;
}

Summary *
summary_new_failed (const gchar * name, guint64 size, const gchar * error)
{
  Summary *self = g_new0 (Summary, 1);

  self->name = g_strdup (name);
  self->size = size;
  self->error = g_strdup (error);
  return self;
}

void
summary_free (Summary * self)
{
  g_free (self->name);
  g_free (self->clock_text);
  g_free (self->speed_text);
  g_free (self->warning);
  g_free (self->error);
  g_free (self);
}
