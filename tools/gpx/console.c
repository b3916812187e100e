/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define CONSOLE_WIDTH 80
#define CONSOLE_WIDTH_MIN 20
#define CONSOLE_WIDTH_MAX 1000

/* Moves to the start of the line and clears it. */
#define CONSOLE_CLEAR "\r\033[K"

void
console_init (Console * self, gboolean quiet, gboolean verbose)
{
  const gchar *term = g_getenv ("TERM");

  *self = (Console) {
  quiet, verbose, FALSE, FALSE};
  self->is_terminal = isatty (STDERR_FILENO)
      && g_strcmp0 (term, "dumb") != 0;
}

gchar *
console_escape (const gchar * name)
{
  g_autofree gchar *valid = g_utf8_make_valid (name, -1);
  GString *text = g_string_new (NULL);

  for (const gchar * p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\n')
      g_string_append (text, "\\n");
    else if (c == '\t')
      g_string_append (text, "\\t");
    else if (c < 0x100 && g_unichar_iscntrl (c))
      g_string_append_printf (text, "\\x%02x", c);
    else
      g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

void
console_tell_error (Console * self, const gchar * name, const gchar * text)
{
  g_autofree gchar *shown = console_escape (name);

  console_clear_bar (self);
  g_printerr ("cheapcam-gpx: %s: %s\n", shown, text);
}

void
console_tell (Console * self, const gchar * name, const gchar * text)
{
  if (!self->quiet)
    console_tell_error (self, name, text);
}

void
console_print (Console * self, const gchar * text)
{
  if (self->quiet)
    return;
  console_clear_bar (self);
  g_printerr ("%s", text);
}

guint
console_get_width (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
    return CONSOLE_WIDTH;
  return CLAMP (size.ws_col, CONSOLE_WIDTH_MIN, CONSOLE_WIDTH_MAX);
}

void
console_draw_bar (Console * self, const gchar * text)
{
  if (!self->is_terminal || self->quiet)
    return;
  g_printerr (CONSOLE_CLEAR "%s", text);
  self->has_bar = TRUE;
}

void
console_clear_bar (Console * self)
{
  if (self->has_bar)
    g_printerr (CONSOLE_CLEAR);
  self->has_bar = FALSE;
}
