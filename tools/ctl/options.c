/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "options.h"

#define OPTIONS_NO_PORT G_MININT
#define OPTIONS_TIMEOUT 2.0
#define OPTIONS_TIMEOUT_MIN 0.1
#define OPTIONS_TIMEOUT_MAX 60.0

/* As they are on the command line. */
typedef struct
{
  gint port;
  gdouble timeout;
} OptionsValues;

static gboolean
options_read (Options * self, OptionsValues * values, int *argc, char ***argv,
    GError ** error)
{
  const GOptionEntry entries[] = {
    {"host", 0, 0, G_OPTION_ARG_STRING, &self->host,
        "Address or name of the camera (default: see below)", "HOST"},
    {"port", 0, 0, G_OPTION_ARG_INT, &values->port,
        "Its control port (default: see below)", "PORT"},
    {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &values->timeout,
        "Wait so long for an answer (default: 2)", "SECONDS"},
    {"json", 0, 0, G_OPTION_ARG_NONE, &self->json,
        "Print the answer as JSON", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &self->version,
        "Print the version and exit", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->rest,
        NULL, "FAMILY COMMAND [ARGUMENT]"},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree gchar *families = family_describe ();
  g_autofree gchar *description = g_strconcat ("Families of cameras and their "
      "commands:\n\n", families, "\nExample:\n"
      "  cheapcam-ctl borescope led 50\n", NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context,
      "Asks a camera, or sets what it does. The answer is on standard output.");
  g_option_context_set_description (context, description);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
options_fail (GError ** error, const gchar * what, const gchar * which)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s%s", what,
      which);
  return FALSE;
}

/* Which command it is, with as many words as it takes. */
static gboolean
options_check_command (Options * self, const Family ** ret_family,
    GError ** error)
{
  const guint n_rest = self->rest ? g_strv_length (self->rest) : 0;
  guint n_words;

  if (n_rest == 0)
    return options_fail (error, "no FAMILY of cameras is given", "");
  *ret_family = family_find (self->rest[0]);
  if (!*ret_family)
    return options_fail (error, "there is no family of cameras called ",
        self->rest[0]);
  if (n_rest == 1)
    return options_fail (error, "no COMMAND is given behind ", self->rest[0]);
  self->command = family_find_command (*ret_family, self->rest[1]);
  if (!self->command)
    return options_fail (error, "there is no command ", self->rest[1]);
  n_words = n_rest - 2;
  if (n_words < self->command->min_words) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%s needs %s", self->command->name, self->command->words);
    return FALSE;
  }
  if (n_words > self->command->max_words)
    return options_fail (error, "one too many: ",
        self->rest[2 + self->command->max_words]);
  self->words = self->rest + 2;
  return TRUE;
}

static gboolean
options_check (Options * self, const OptionsValues * values, GError ** error)
{
  const Family *family = NULL;

  if (!options_check_command (self, &family, error))
    return FALSE;
  if (self->host && *self->host == '\0')
    return options_fail (error, "the name behind --host is empty", "");
  if (values->port != OPTIONS_NO_PORT
      && (values->port < 1 || values->port > G_MAXUINT16)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--port %d is not between 1 and %d", values->port, G_MAXUINT16);
    return FALSE;
  }
  /* written so that NaN fails */
  if (!(values->timeout >= OPTIONS_TIMEOUT_MIN
          && values->timeout <= OPTIONS_TIMEOUT_MAX)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--timeout %g is not between %g and %g seconds", values->timeout,
        OPTIONS_TIMEOUT_MIN, OPTIONS_TIMEOUT_MAX);
    return FALSE;
  }
  self->target.host = self->host ? self->host : family->host;
  self->target.port =
      values->port == OPTIONS_NO_PORT ? family->port : (guint16) values->port;
  self->target.timeout_ms = (guint) (values->timeout * 1000.0);
  return TRUE;
}

gboolean
options_parse (Options * self, int *argc, char ***argv, GError ** error)
{
  OptionsValues values = { OPTIONS_NO_PORT, OPTIONS_TIMEOUT };

  return options_read (self, &values, argc, argv, error)
      && (self->version || options_check (self, &values, error));
}

void
options_clear (Options * self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->rest, g_strfreev);
}
