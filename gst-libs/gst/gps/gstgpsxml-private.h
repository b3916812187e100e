/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What the formats that are XML share. Results of the XML writer are not looked
 * at: with valid text in the right order it fails for want of memory alone, and
 * there GLib ends the process. Not installed. */

#include <libxml/xmlwriter.h>

#include <glib.h>

G_BEGIN_DECLS

/* Indented, and appends to out, which outlives it. For xmlFreeTextWriter(). */
xmlTextWriterPtr gst_gps_xml_new (GByteArray * out);

void gst_gps_xml_start (xmlTextWriterPtr xml, const gchar * element);

void gst_gps_xml_stop (xmlTextWriterPtr xml);

/* A whole element. */
void gst_gps_xml_text (xmlTextWriterPtr xml, const gchar * element,
    const gchar * text);

void gst_gps_xml_attribute (xmlTextWriterPtr xml, const gchar * name,
    const gchar * value);

G_END_DECLS
