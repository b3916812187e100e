/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Log lines of a tool: all of them on stderr (stdout is for data), or in the
 * journal with their fields when stderr leads there. */

#include "toollog.h"

#include <stdio.h>

static gboolean toollog_verbose;

static const gchar *
toollog_prefix (GLogLevelFlags level)
{
  switch (level & G_LOG_LEVEL_MASK) {
    case G_LOG_LEVEL_ERROR:
    case G_LOG_LEVEL_CRITICAL:
      return "error: ";
    case G_LOG_LEVEL_WARNING:
      return "warning: ";
    default:
      return "";
  }
}

static const gchar *
toollog_field (const GLogField * fields, gsize n_fields, const gchar * key)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  }
  return NULL;
}

static gboolean
toollog_wanted (GLogLevelFlags level, const gchar * domain)
{
  if (!(level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)))
    return TRUE;
  if (toollog_verbose && g_strcmp0 (domain, G_LOG_DOMAIN) == 0)
    return TRUE;
  return !g_log_writer_default_would_drop (level, domain);
}

static GLogWriterOutput
toollog_write (GLogLevelFlags level, const GLogField * fields,
    gsize n_fields, gpointer user_data)
{
  const gchar *domain = toollog_field (fields, n_fields, "GLIB_DOMAIN");
  const gchar *message = toollog_field (fields, n_fields, "MESSAGE");

  if (!toollog_wanted (level, domain))
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (fileno (stderr)) &&
      g_log_writer_journald (level, fields, n_fields, user_data) ==
      G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;

  /* one call, so that lines of several threads do not mix */
  fprintf (stderr, "%s: %s%s%s%s\n", g_get_prgname (), toollog_prefix (level),
      g_strcmp0 (domain, G_LOG_DOMAIN) == 0 || !domain ? "" : domain,
      g_strcmp0 (domain, G_LOG_DOMAIN) == 0 || !domain ? "" : ": ",
      message ? message : "");
  return G_LOG_WRITER_HANDLED;
}

void
toollog_init (gboolean verbose)
{
  toollog_verbose = verbose;
  g_log_set_writer_func (toollog_write, NULL, NULL);
}
