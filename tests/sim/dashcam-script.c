/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-script.h"

#define DEFAULT_JUNK 100
#define MAX_BYTES 65536

DashcamScript *
dashcam_script_new (guint n_seconds)
{
  DashcamScript *self = g_new0 (DashcamScript, 1);

  self->n_seconds = n_seconds;
  self->seconds = g_new0 (DashcamSecond, n_seconds);
  for (guint i = 0; i < n_seconds; i++) {
    self->seconds[i].fix = TRUE;
    self->seconds[i].copies = 1;
    self->seconds[i].cut = G_MAXSIZE;
  }
  return self;
}

void
dashcam_script_free (DashcamScript * self)
{
  g_free (self->seconds);
  g_free (self);
}

static gboolean
dashcam_script_parse_number (const gchar * text, guint64 max,
    guint64 * ret_number, GError ** error)
{
  return g_ascii_string_to_unsigned (text, 10, 0, max, ret_number, error);
}

static gboolean
dashcam_script_parse_second (DashcamScript * self, const gchar * text,
    guint64 * ret_second, GError ** error)
{
  if (self->n_seconds == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "The recording has no seconds");
    return FALSE;
  }
  return dashcam_script_parse_number (text, self->n_seconds - 1, ret_second,
      error);
}

static gboolean
dashcam_script_parse_range (DashcamScript * self, const gchar * range,
    guint64 * ret_first, guint64 * ret_last, GError ** error)
{
  g_auto (GStrv) ends = g_strsplit (range, "-", 2);
  const gchar *last = ends[0] != NULL && ends[1] != NULL ? ends[1] : ends[0];

  return dashcam_script_parse_second (self, ends[0] ? ends[0] : "", ret_first,
      error)
      && dashcam_script_parse_second (self, last ? last : "", ret_last, error);
}

gboolean
dashcam_script_add_void (DashcamScript * self, const gchar * range,
    GError ** error)
{
  guint64 first, last;

  if (!dashcam_script_parse_range (self, range, &first, &last, error))
    return FALSE;
  for (guint64 i = first; i <= last; i++)
    self->seconds[i].fix = FALSE;
  return TRUE;
}

gboolean
dashcam_script_add_gap (DashcamScript * self, const gchar * range,
    GError ** error)
{
  guint64 first, last;

  if (!dashcam_script_parse_range (self, range, &first, &last, error))
    return FALSE;
  for (guint64 i = first; i <= last; i++)
    self->seconds[i].copies = 0;
  return TRUE;
}

static gboolean
dashcam_script_add_fault (DashcamScript * self, const gchar * fault,
    GError ** error)
{
  g_auto (GStrv) words = g_strsplit (fault, " ", -1);
  const guint n_words = g_strv_length (words);
  guint64 second, bytes = DEFAULT_JUNK;

  if (n_words < 2 || n_words > 3)
    goto unknown;
  if (!dashcam_script_parse_second (self, words[1], &second, error))
    return FALSE;
  if (n_words == 3
      && !dashcam_script_parse_number (words[2], MAX_BYTES, &bytes, error))
    return FALSE;

  if (n_words == 2 && g_str_equal (words[0], "drop"))
    self->seconds[second].copies = 0;
  else if (n_words == 2 && g_str_equal (words[0], "dup"))
    self->seconds[second].copies = 2;
  else if (n_words == 3 && g_str_equal (words[0], "cut"))
    self->seconds[second].cut = (gsize) bytes;
  else if (g_str_equal (words[0], "junk"))
    self->seconds[second].junk = (gsize) bytes;
  else
    goto unknown;
  return TRUE;

unknown:
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
      "Fault \"%s\": use drop N, dup N, cut N BYTES or junk N [BYTES]", fault);
  return FALSE;
}

gboolean
dashcam_script_add_faults (DashcamScript * self, const gchar * faults,
    GError ** error)
{
  g_auto (GStrv) list = g_strsplit (faults, ";", -1);

  for (guint i = 0; list[i] != NULL; i++) {
    g_strstrip (list[i]);
    if (*list[i] != '\0' && !dashcam_script_add_fault (self, list[i], error))
      return FALSE;
  }
  return TRUE;
}
