/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "report.h"

struct _Report
{
  JsonBuilder *builder;
  GString *text;
};

Report *
report_new (void)
{
  Report *self = g_new0 (Report, 1);

  self->builder = json_builder_new ();
  json_builder_begin_object (self->builder);
  self->text = g_string_new (NULL);
  return self;
}

void
report_free (Report * self)
{
  g_object_unref (self->builder);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
report_add_string (Report * self, const gchar * name, const gchar * value)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_add_string_value (self->builder, value);
  g_string_append_printf (self->text, "%s: %s\n", name, value);
}

void
report_add_number (Report * self, const gchar * name, gint64 value)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_add_int_value (self->builder, value);
  g_string_append_printf (self->text, "%s: %" G_GINT64_FORMAT "\n", name,
      value);
}

void
report_add_flag (Report * self, const gchar * name, gboolean value)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_add_boolean_value (self->builder, value);
  g_string_append_printf (self->text, "%s: %s\n", name, value ? "yes" : "no");
}

void
report_begin_sizes (Report * self, const gchar * name)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_begin_array (self->builder);
}

void
report_add_size (Report * self, guint width, guint height, guint fps)
{
  json_builder_begin_object (self->builder);
  json_builder_set_member_name (self->builder, "width");
  json_builder_add_int_value (self->builder, width);
  json_builder_set_member_name (self->builder, "height");
  json_builder_add_int_value (self->builder, height);
  json_builder_set_member_name (self->builder, "fps");
  json_builder_add_int_value (self->builder, fps);
  json_builder_end_object (self->builder);
  g_string_append_printf (self->text, "%ux%u@%u\n", width, height, fps);
}

void
report_end_sizes (Report * self)
{
  json_builder_end_array (self->builder);
}

gchar *
report_make_text (Report * self)
{
  return g_strdup (self->text->str);
}

gchar *
report_make_json (Report * self)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree gchar *json = NULL;

  json_builder_end_object (self->builder);
  root = json_builder_get_root (self->builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json = json_generator_to_data (generator, NULL);
  return g_strconcat (json, "\n", NULL);
}
