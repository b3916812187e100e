/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is said on standard error: lines, and below them a bar that is drawn
 * again and again. For one thread. */
typedef struct
{
  gboolean quiet;               /* errors alone */
  gboolean verbose;
  gboolean is_terminal;         /* bars can be drawn */
  gboolean has_bar;
} Console;

void console_init (Console * self, gboolean quiet, gboolean verbose);

/* One line. name: of a file, any bytes. */
void console_tell_error (Console * self, const gchar * name,
    const gchar * text);

/* The same, unless the owner wants to hear of errors alone. */
void console_tell (Console * self, const gchar * name, const gchar * text);

/* Text as it is, with its line ends, unless the owner wants to hear of errors
 * alone. */
void console_print (Console * self, const gchar * text);

/* Columns of the terminal. */
guint console_get_width (void);

/* Draws in place of the last bar. Nothing happens without a terminal. */
void console_draw_bar (Console * self, const gchar * text);
void console_clear_bar (Console * self);

/* A name as one line of valid text. */
gchar *console_escape (const gchar * name);

G_END_DECLS
