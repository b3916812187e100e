/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <libxml/parser.h>

#include <gst/gps/gstgpsxml-private.h>

static int
gst_gps_xml_write (void *context, const char *bytes, int length)
{
  g_byte_array_append (context, (const guint8 *) bytes, length);
  return length;
}

xmlTextWriterPtr
gst_gps_xml_new (GByteArray * out)
{
  xmlTextWriterPtr xml;

  /* Writers in two threads would otherwise both set up the encodings. */
  xmlInitParser ();
  xml = xmlNewTextWriter (xmlOutputBufferCreateIO (gst_gps_xml_write, NULL,
          out, NULL));
  xmlTextWriterSetIndent (xml, 1);
  return xml;
}

void
gst_gps_xml_start (xmlTextWriterPtr xml, const gchar * element)
{
  xmlTextWriterStartElement (xml, BAD_CAST element);
}

void
gst_gps_xml_stop (xmlTextWriterPtr xml)
{
  xmlTextWriterEndElement (xml);
}

void
gst_gps_xml_text (xmlTextWriterPtr xml, const gchar * element,
    const gchar * text)
{
  xmlTextWriterWriteElement (xml, BAD_CAST element, BAD_CAST text);
}

void
gst_gps_xml_attribute (xmlTextWriterPtr xml, const gchar * name,
    const gchar * value)
{
  xmlTextWriterWriteAttribute (xml, BAD_CAST name, BAD_CAST value);
}
