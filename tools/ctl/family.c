/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "borescope.h"
#include "family.h"

static const Family *const families[] = { &borescope_family, NULL };

const Family *const *
family_list (void)
{
  return families;
}

const Family *
family_find (const gchar * name)
{
  for (guint i = 0; families[i]; i++) {
    if (g_str_equal (families[i]->name, name))
      return families[i];
  }
  return NULL;
}

const Command *
family_find_command (const Family * self, const gchar * name)
{
  for (const Command * command = self->commands; command->name; command++) {
    if (g_str_equal (command->name, name))
      return command;
  }
  return NULL;
}

gchar *
family_describe (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; families[i]; i++) {
    g_string_append_printf (text, "%s: %s, at %s port %u\n", families[i]->name,
        families[i]->summary, families[i]->host, families[i]->port);
    for (const Command * c = families[i]->commands; c->name; c++) {
      g_autofree gchar *form = g_strjoin (" ", families[i]->name, c->name,
          c->words, NULL);

      g_string_append_printf (text, "  %-45s %s\n", form, c->summary);
    }
  }
  return g_string_free (text, FALSE);
}
