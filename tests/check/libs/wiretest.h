/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the tests of the dash cam cores share. */

#include "wire/gpsrecord.h"

#include <gst/check/gstcheck.h>

#include <math.h>
#include <string.h>

/* Bytes typed as in docs/wire/dashcam-gps.md: pairs of hex digits, spaces
 * anywhere, "00*32" for a byte that repeats. */
static inline GByteArray *
wiretest_hex (const gchar * text)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*text) {
    guint8 byte;
    guint64 n = 1;

    if (*text == ' ') {
      text++;
      continue;
    }
    fail_unless (g_ascii_isxdigit (text[0]) && g_ascii_isxdigit (text[1]));
    byte = (guint8) (g_ascii_xdigit_value (text[0]) * 16 +
        g_ascii_xdigit_value (text[1]));
    text += 2;
    if (*text == '*')
      n = g_ascii_strtoull (text + 1, (gchar **) & text, 10);
    while (n-- > 0)
      g_byte_array_append (bytes, &byte, 1);
  }
  return bytes;
}

/* With NULs behind it up to size. */
static inline GByteArray *
wiretest_hex_padded (const gchar * text, guint size)
{
  GByteArray *bytes = wiretest_hex (text);
  guint had = bytes->len;

  fail_unless (had <= size);
  g_byte_array_set_size (bytes, size);
  memset (bytes->data + had, 0, size - had);
  return bytes;
}

static inline void
wiretest_put_u32be (GByteArray * bytes, guint32 value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, 4);
}

/* For results that stay as they were on failure: marks one, and says whether
 * the mark is still there. */
static inline void
wiretest_mark (gpointer result, gsize size)
{
  memset (result, 0x5a, size);
}

static inline gboolean
wiretest_is_marked (gconstpointer result, gsize size)
{
  const guint8 *bytes = result;
  gsize n = 0;

  while (n < size && bytes[n] == 0x5a)
    n++;
  return n == size;
}

/* Microseconds since 1970, by GLib. */
static inline gint64
wiretest_time (gint year, gint month, gint day, gint hour, gint minute,
    gint second)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour,
      minute, second);

  fail_unless (time != NULL);
  return g_date_time_to_unix (time) * 1000000;
}

static inline void
wiretest_assert_near (gdouble value, gdouble expected, gdouble tolerance)
{
  fail_unless (fabs (value - expected) <= tolerance, "%.9f is not %.9f +- %g",
      value, expected, tolerance);
}

/* What each record promises, whatever it was made of. */
static inline void
wiretest_assert_plausible (const GpsRecord * record)
{
  if (record->fields & GPSRECORD_POSITION) {
    fail_unless (fabs (record->latitude) <= 90.0);
    fail_unless (fabs (record->longitude) <= 180.0);
    fail_unless (record->latitude != 0.0 || record->longitude != 0.0);
  }
  if (record->clock != GPSRECORD_CLOCK_NONE) {
    fail_unless (record->time_us >= wiretest_time (2000, 1, 1, 0, 0, 0));
    fail_unless (record->time_us <
        wiretest_time (2099, 12, 31, 23, 59, 59) + 1000000);
  }
  if (record->fields & GPSRECORD_SPEED)
    fail_unless (record->speed >= 0.0 && record->speed <= 500.0 / 3.6);
  if (record->fields & GPSRECORD_COURSE)
    fail_unless (record->course >= 0.0 && record->course < 360.0);
  /* a position is there, or hidden in one way, or none is */
  fail_unless (!!(record->fields & GPSRECORD_POSITION) +
      !!(record->fields & GPSRECORD_ENCRYPTED) +
      !!(record->fields & GPSRECORD_NO_HEMISPHERE) <= 1);
  fail_if ((record->fields & GPSRECORD_ACCELERATION) &&
      (record->fields & GPSRECORD_ACCELERATION_RAW));
  if (record->fields & GPSRECORD_ACCELERATION_RAW)
    for (guint i = 0; i < 3; i++)
      fail_unless (fabs (record->acceleration[i]) <= 32768.0);
  if (record->fields & GPSRECORD_ACCELERATION)
    for (guint i = 0; i < 3; i++)
      fail_unless (fabs (record->acceleration[i]) <= 64.0);
}

/* All that a record says, for comparing. */
static inline void
wiretest_print_record (GString * log, const GpsRecord * record)
{
  g_string_append_printf (log, " [%x %d %" G_GINT64_FORMAT, record->fields,
      (gint) record->clock, record->time_us);
  if (record->fields & GPSRECORD_POSITION)
    g_string_append_printf (log, " %.9f %.9f", record->latitude,
        record->longitude);
  if (record->fields & GPSRECORD_SPEED)
    g_string_append_printf (log, " %.6f", record->speed);
  g_string_append_c (log, ']');
}
