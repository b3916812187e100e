/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "table.h"

#include <string.h>

#include "console.h"

#define TABLE_BOLD "\033[1m"
#define TABLE_PLAIN "\033[0m"

static const struct
{
  const gchar *title;
  gboolean is_number;           /* stands at the right */
} table_columns[] = {
  {"FILE", FALSE},
  {"TYPE", FALSE},
  {"DIALECT", FALSE},
  {"FIXES", TRUE},
  {"VOID", TRUE},
  {"START", FALSE},
  {"CLOCK", FALSE},
  {"LENGTH", TRUE},
  {"KM", TRUE},
  {"MAX KM/H", TRUE},
  {"REMARK", FALSE},
};

#define TABLE_N_COLUMNS G_N_ELEMENTS (table_columns)

/* What is not known. */
static gchar *
table_make_dash (void)
{
  return g_strdup ("-");
}

static gchar *
table_make_number (gboolean is_known, gdouble value, const gchar * format)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  return is_known ? g_strdup (g_ascii_formatd (text, sizeof text, format,
          value)) : table_make_dash ();
}

static gchar *
table_make_start (const Stats * stats)
{
  g_autofree gchar *time = gst_gps_fix_format_time (&stats->first);
  gchar *separator = time ? strchr (time, 'T') : NULL;

  if (!separator)
    return table_make_dash ();
  *separator = ' ';
  /* parts of a second, and what the next column says */
  time[strcspn (time, ".Z")] = '\0';
  return g_steal_pointer (&time);
}

static gchar *
table_make_length (const Stats * stats)
{
  gint64 seconds = stats_get_duration (stats) / G_USEC_PER_SEC;

  if (stats->time_kind == GST_GPS_TIME_KIND_NONE)
    return table_make_dash ();
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
      (gint) (seconds / 60 % 60), (gint) (seconds % 60));
}

static gchar *
table_make_clock (const Summary * summary)
{
  switch (summary->stats.time_kind) {
    case GST_GPS_TIME_KIND_UTC:
      return g_strdup ("utc");
    case GST_GPS_TIME_KIND_LOCAL:
      return g_strdup ("local");
    case GST_GPS_TIME_KIND_ASSUMED:
      return g_strdup ("assumed");
    default:
      return table_make_dash ();
  }
}

/* That a dialect has UTC goes without saying. */
static gboolean
table_is_clock_told (const Summary * summary)
{
  return summary->stats.time_kind != GST_GPS_TIME_KIND_NONE
      && !(summary->clock.shows == GPSRECORD_CLOCK_UTC
      && summary->clock.shows_by == GPSCLOCK_BY_DIALECT
      && !summary->clock.has_offset && !summary->clock.has_jump);
}

static gchar *
table_make_remark (const Summary * summary)
{
  const gchar *texts[] = {
    summary->error ? summary->error : summary->warning,
    table_is_clock_told (summary) ? summary->clock_text : NULL,
    summary->speed_text
  };
  GString *remark = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i])
      g_string_append_printf (remark, "%s%s", remark->len ? "; " : "",
          texts[i]);
  }
  return g_string_free (remark, FALSE);
}

static void
table_add_row (GPtrArray * cells, const Summary * summary)
{
  const Stats *stats = &summary->stats;
  gboolean is_read = summary->container != NULL;

  g_ptr_array_add (cells, console_escape (summary->name));
  g_ptr_array_add (cells, g_strdup (is_read ? summary->container : "-"));
  g_ptr_array_add (cells, g_strdup (summary->dialect ? summary->dialect : "-"));
  g_ptr_array_add (cells, table_make_number (is_read, summary->n_fixes,
          "%.0f"));
  g_ptr_array_add (cells, table_make_number (is_read, summary->n_voids,
          "%.0f"));
  g_ptr_array_add (cells, table_make_start (stats));
  g_ptr_array_add (cells, table_make_clock (summary));
  g_ptr_array_add (cells, table_make_length (stats));
  g_ptr_array_add (cells, table_make_number (stats->has_bounds,
          stats->distance / 1000.0, "%.2f"));
  g_ptr_array_add (cells, table_make_number (stats->has_speed,
          stats->max_speed * 3.6, "%.0f"));
  g_ptr_array_add (cells, table_make_remark (summary));
}

/* How many columns of a terminal the text takes. */
static guint
table_get_width (const gchar * text)
{
  guint width = 0;

  for (; *text; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (!g_unichar_iszerowidth (c))
      width += g_unichar_iswide (c) ? 2 : 1;
  }
  return width;
}

static void
table_append_row (GString * text, gchar ** cells, const guint * widths)
{
  guint pending = 0;            /* spaces that are not for the end of a line */

  for (guint i = 0; i < TABLE_N_COLUMNS; i++) {
    guint room = widths[i] - table_get_width (cells[i]);

    if (table_columns[i].is_number)
      pending += room;
    if (*cells[i]) {
      g_string_append_printf (text, "%*s%s", (gint) pending, "", cells[i]);
      pending = 0;
    }
    pending += (table_columns[i].is_number ? 0 : room) + 2;
  }
}

gchar *
table_format (GPtrArray * summaries, gboolean is_terminal)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint widths[TABLE_N_COLUMNS] = { 0, };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < TABLE_N_COLUMNS; i++)
    g_ptr_array_add (cells, g_strdup (table_columns[i].title));
  for (guint i = 0; i < summaries->len; i++)
    table_add_row (cells, g_ptr_array_index (summaries, i));
  for (guint i = 0; i < cells->len; i++)
    widths[i % TABLE_N_COLUMNS] = MAX (widths[i % TABLE_N_COLUMNS],
        table_get_width (g_ptr_array_index (cells, i)));
  for (guint i = 0; i < cells->len; i += TABLE_N_COLUMNS) {
    gboolean is_bold = is_terminal && i == 0;

    g_string_append (text, is_bold ? TABLE_BOLD : "");
    table_append_row (text, (gchar **) cells->pdata + i, widths);
    g_string_append (text, is_bold ? TABLE_PLAIN "\n" : "\n");
  }
  return g_string_free (text, FALSE);
}
