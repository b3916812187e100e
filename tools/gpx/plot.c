/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "plot.h"

#include <string.h>

#ifdef HAVE_CAIRO
#include "plotpicture.h"
#endif

static gboolean
plot_has_suffix (const gchar * name, const gchar * suffix)
{
  const gchar *end = strrchr (name, '.');

  return end && g_ascii_strcasecmp (end + 1, suffix) == 0;
}

gboolean
plot_is_possible (void)
{
#ifdef HAVE_CAIRO
  return TRUE;
#else
  return FALSE;
#endif
}

gboolean
plot_is_name (const gchar * name)
{
  return plot_has_suffix (name, "svg") || plot_has_suffix (name, "png");
}

gboolean
plot_write (GPtrArray * tracks, const gchar * name, const gchar * title,
    GOutputStream * stream, GError ** error)
{
#ifdef HAVE_CAIRO
  g_autoptr (PlotData) data = plotdata_new (tracks);

  return plotpicture_write (data, plot_has_suffix (name, "svg"), title, stream,
      error);
#else
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      "built without cairo");
  return FALSE;
#endif
}
