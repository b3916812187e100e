/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/gps/gstgpsformat-private.h>

/* In the order of gst_gps_format_get_all_caps(). */
static const GstGpsFormatFunctions *const gst_gps_format_table[] = {
  [GST_GPS_FORMAT_GPX] = &gst_gps_gpx_functions,
  [GST_GPS_FORMAT_TEXT] = &gst_gps_text_functions,
  [GST_GPS_FORMAT_CSV] = &gst_gps_csv_functions,
  [GST_GPS_FORMAT_GEOJSON] = &gst_gps_geojson_functions,
  [GST_GPS_FORMAT_KML] = &gst_gps_kml_functions,
  [GST_GPS_FORMAT_NMEA] = &gst_gps_nmea_functions,
  [GST_GPS_FORMAT_SRT] = &gst_gps_srt_functions,
  [GST_GPS_FORMAT_GPX10] = &gst_gps_gpx10_functions,
  [GST_GPS_FORMAT_KLV] = &gst_gps_klv_functions,
};

const GstGpsFormatFunctions *
gst_gps_format_get_functions (GstGpsFormat format)
{
  if ((guint) format >= G_N_ELEMENTS (gst_gps_format_table))
    return NULL;
  return gst_gps_format_table[format];
}

void
gst_gps_format_append_decimal (GString * text, gdouble value, guint decimals)
{
  static const gdouble scales[] =
      { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
  gchar format[] = { '%', '.', '0' + decimals, 'f', '\0' };
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (number, sizeof number, format,
          gst_gps_format_round (value, scales[decimals])));
}

/**
 * gst_gps_format_get_caps:
 * @format: a #GstGpsFormat
 *
 * Gets the caps of a stream of that format, such as
 * `application/gpx+xml, version=(string)1.1`.
 *
 * Returns: (transfer full): the fixed #GstCaps
 *
 * Since: 0.1
 */
GstCaps *
gst_gps_format_get_caps (GstGpsFormat format)
{
  const GstGpsFormatFunctions *functions =
      gst_gps_format_get_functions (format);

  g_return_val_if_fail (functions != NULL, NULL);

  return gst_caps_from_string (functions->caps);
}

/**
 * gst_gps_format_get_all_caps:
 *
 * Gets the caps of all formats, the preferred one (GPX) first, as the template
 * of a pad that a #GstGpsWriter feeds.
 *
 * Returns: (transfer full): the #GstCaps
 *
 * Since: 0.1
 */
GstCaps *
gst_gps_format_get_all_caps (void)
{
  GstCaps *caps = gst_caps_new_empty ();

  for (guint i = 0; i < G_N_ELEMENTS (gst_gps_format_table); i++)
    gst_caps_append (caps, gst_gps_format_get_caps (i));
  return caps;
}

/**
 * gst_gps_format_from_caps:
 * @caps: #GstCaps, such as what a peer accepts
 * @format: (out) (optional): where the #GstGpsFormat goes
 *
 * Finds the format to write where @caps are wanted: that of the first of the
 * structures in @caps that any format can serve.
 *
 * Returns: %TRUE and sets @format, or %FALSE and leaves it
 *
 * Since: 0.1
 */
gboolean
gst_gps_format_from_caps (const GstCaps * caps, GstGpsFormat * format)
{
  g_autoptr (GstCaps) all = NULL;
  g_autoptr (GstCaps) common = NULL;

  g_return_val_if_fail (GST_IS_CAPS (caps), FALSE);

  all = gst_gps_format_get_all_caps ();
  common = gst_caps_intersect_full ((GstCaps *) caps, all,
      GST_CAPS_INTERSECT_FIRST);
  if (gst_caps_is_empty (common))
    return FALSE;

  common = gst_caps_truncate (common);
  for (guint i = 0; i < G_N_ELEMENTS (gst_gps_format_table); i++) {
    if (gst_structure_can_intersect (gst_caps_get_structure (common, 0),
            gst_caps_get_structure (all, i))) {
      if (format)
        *format = i;
      return TRUE;
    }
  }
  return FALSE;
}

const gchar *
gst_gps_format_get_time_kind (const GstGpsFix * fix)
{
  switch (fix->time_kind) {
    case GST_GPS_TIME_KIND_UTC:
      return "utc";
    case GST_GPS_TIME_KIND_LOCAL:
      return "local";
    case GST_GPS_TIME_KIND_ASSUMED:
      return "assumed";
    case GST_GPS_TIME_KIND_NONE:
    default:
      return "";
  }
}

gchar *
gst_gps_format_clean_text (const gchar * text)
{
  g_autofree gchar *valid = NULL;
  GString *clean;

  if (!text)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  clean = g_string_new (NULL);
  for (const gchar * p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    /* XML has no control characters, and not the last two of this plane. */
    if (g_unichar_iscntrl (c) || c == 0xfffe || c == 0xffff)
      c = ' ';
    g_string_append_unichar (clean, c);
  }
  g_strstrip (clean->str);
  return g_string_free (clean, *clean->str == '\0');
}
