/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the tests of the track writers share: making tracks, and looking into
 * the documents with XPath, where gpx: and tpx: are the two namespaces. */

#include <math.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <gst/check/gstcheck.h>
#include <gst/gps/gps.h>

/* 2021-03-18T15:39:34 */
#define GPSDOC_MARCH_18 G_GINT64_CONSTANT (1616081974000000)

static inline void
gpsdoc_init_fix (GstGpsFix * fix, gdouble latitude, gdouble longitude)
{
  memset (fix, 0, sizeof *fix);
  fix->latitude = latitude;
  fix->longitude = longitude;
}

/* Every member known. */
static inline void
gpsdoc_init_full_fix (GstGpsFix * fix)
{
  gpsdoc_init_fix (fix, 49.3690511, -123.0997559);
  fix->fields = GST_GPS_FIX_FIELD_ALTITUDE | GST_GPS_FIX_FIELD_SPEED
      | GST_GPS_FIX_FIELD_COURSE | GST_GPS_FIX_FIELD_HDOP
      | GST_GPS_FIX_FIELD_SATELLITES | GST_GPS_FIX_FIELD_ACCELERATION;
  fix->time_kind = GST_GPS_TIME_KIND_UTC;
  fix->time = GPSDOC_MARCH_18;
  fix->altitude = 12.345;
  fix->speed = 13.53125;
  fix->course = 16.486;
  fix->hdop = 0.9;
  fix->satellites = 12;
  fix->source = "test";
}

static inline void
gpsdoc_append (GByteArray * document, GBytes * piece)
{
  gsize size;
  gconstpointer data;

  if (!piece)
    return;
  data = g_bytes_get_data (piece, &size);
  fail_unless (size > 0);
  g_byte_array_append (document, data, size);
  g_bytes_unref (piece);
}

/* They are numbered from 0 on. */
static inline guint
gpsdoc_count_formats (void)
{
  GEnumClass *formats = g_type_class_ref (GST_TYPE_GPS_FORMAT);
  guint n_formats = formats->n_values;

  g_type_class_unref (formats);
  return n_formats;
}

/* The whole document of the fixes, each but the first after a gap if asked. */
static inline GByteArray *
gpsdoc_write (GstGpsFormat format, const GstGpsTrackInfo * info,
    const GstGpsFix * fixes, guint n_fixes, gboolean gaps)
{
  g_autoptr (GstGpsWriter) writer = gst_gps_writer_new (format);
  GByteArray *document = g_byte_array_new ();

  gpsdoc_append (document, gst_gps_writer_begin (writer, info));
  for (guint i = 0; i < n_fixes; i++)
    gpsdoc_append (document, gst_gps_writer_add (writer, &fixes[i],
            gaps && i > 0));
  gpsdoc_append (document, gst_gps_writer_end (writer));
  return document;
}

/* Fails on anything that is not well-formed. Frees the bytes. */
static inline xmlDocPtr
gpsdoc_parse (GByteArray * document)
{
  xmlDocPtr doc = xmlReadMemory ((const char *) document->data, document->len,
      NULL, NULL, XML_PARSE_NONET);

  fail_unless (doc != NULL, "not well-formed: %.*s", (int) document->len,
      (const char *) document->data);
  g_byte_array_unref (document);
  return doc;
}

/* The string value of an expression such as "count(//gpx:trkpt)". */
static inline gchar *
gpsdoc_get (xmlDocPtr doc, const gchar * expression)
{
  xmlXPathContextPtr context = xmlXPathNewContext (doc);
  xmlXPathObjectPtr result;
  xmlChar *text;
  gchar *ret;

  xmlXPathRegisterNs (context, BAD_CAST "gpx",
      BAD_CAST "http://www.topografix.com/GPX/1/1");
  xmlXPathRegisterNs (context, BAD_CAST "tpx", BAD_CAST
      "http://www.garmin.com/xmlschemas/TrackPointExtension/v2");
  result = xmlXPathEvalExpression (BAD_CAST expression, context);
  fail_unless (result != NULL, "%s", expression);
  text = xmlXPathCastToString (result);
  ret = g_strdup ((const gchar *) text);
  xmlFree (text);
  xmlXPathFreeObject (result);
  xmlXPathFreeContext (context);
  return ret;
}

#define gpsdoc_check(doc, expression, expected) \
  G_STMT_START { \
    g_autofree gchar *_value = gpsdoc_get (doc, expression); \
    fail_unless (g_strcmp0 (_value, expected) == 0, \
        "%s is '%s', not '%s'", expression, _value, expected); \
  } G_STMT_END
