/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "progress.h"

#include <string.h>

/* Ten times a second, in microseconds. */
#define PROGRESS_PERIOD (G_USEC_PER_SEC / 10)

/* What is over sooner needs no bar, and an estimate no less. */
#define PROGRESS_PATIENCE (G_USEC_PER_SEC / 2)

#define PROGRESS_BAR_MIN 10
#define PROGRESS_BAR_MAX 40

void
progress_init (Progress * self, guint n_files, guint64 size, gint64 now)
{
  *self = (Progress) {
  n_files, 0, size, 0, now, now};
}

gboolean
progress_is_due (Progress * self, gint64 now)
{
  if (now - self->start < PROGRESS_PATIENCE
      || now - self->drawn < PROGRESS_PERIOD)
    return FALSE;
  self->drawn = now;
  return TRUE;
}

static gdouble
progress_get_fraction (const Progress * self)
{
  gdouble fraction = 0.0;

  if (self->size > 0)
    fraction = (gdouble) self->n_bytes / (gdouble) self->size;
  else if (self->n_files > 0)
    fraction = (gdouble) self->n_done / (gdouble) self->n_files;
  return MIN (fraction, 1.0);
}

/* Hours only where there are any. */
static gchar *
progress_format_time (gdouble seconds)
{
  guint64 s = (guint64) (seconds + 0.5);

  if (s >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", s / 3600,
        (guint) (s / 60 % 60), (guint) (s % 60));
  return g_strdup_printf ("%u:%02u", (guint) (s / 60), (guint) (s % 60));
}

/* What is told, the most important first. */
static GPtrArray *
progress_make_parts (const Progress * self, gint64 now)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  gdouble fraction = progress_get_fraction (self);
  gdouble elapsed = (gdouble) (now - self->start) / G_USEC_PER_SEC;

  g_ptr_array_add (parts, g_strdup_printf ("%3u %%",
          (guint) (fraction * 100.0)));
  g_ptr_array_add (parts, g_strdup_printf ("%u/%u files", self->n_done,
          self->n_files));
  if (elapsed > 0.0 && fraction > 0.0) {
    g_autofree gchar *left =
        progress_format_time (elapsed * (1.0 - fraction) / fraction);

    g_ptr_array_add (parts, g_strconcat (left, " left", NULL));
  }
  if (elapsed > 0.0 && self->n_bytes > 0) {
    g_autofree gchar *rate =
        g_format_size ((guint64) ((gdouble) self->n_bytes / elapsed));
    g_autofree gchar *size = g_format_size (self->n_bytes);

    g_ptr_array_add (parts, g_strconcat (rate, "/s", NULL));
    g_ptr_array_add (parts, g_steal_pointer (&size));
  }
  return parts;
}

static void
progress_append_bar (GString * line, gdouble fraction, guint width)
{
  guint inner = width - 2;
  guint full = (guint) (fraction * inner);

  g_string_append_c (line, '[');
  for (guint i = 0; i < inner; i++)
    g_string_append_c (line, i < full ? '#' : '-');
  g_string_append_c (line, ']');
}

gchar *
progress_format (const Progress * self, gint64 now, guint width)
{
  g_autoptr (GPtrArray) parts = progress_make_parts (self, now);
  g_autoptr (GString) text = g_string_new (NULL);
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++) {
    const gchar *part = g_ptr_array_index (parts, i);
    glong n = g_utf8_strlen (text->str, -1) + g_utf8_strlen (part, -1) + 2;

    if (i > 0 && n > (glong) width)
      break;
    g_string_append (text, i > 0 ? "  " : "");
    g_string_append (text, part);
  }
  width -= MIN (width, (guint) g_utf8_strlen (text->str, -1) + 1);
  if (width >= PROGRESS_BAR_MIN) {
    progress_append_bar (line, progress_get_fraction (self),
        MIN (width, PROGRESS_BAR_MAX));
    g_string_append_c (line, ' ');
  }
  g_string_append (line, text->str);
  return g_string_free (line, FALSE);
}
