/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* KLV: a UAS Datalink Local Set of MISB ST 0601 for each fix, with the few of
 * its items that a GPS receiver knows. All numbers are big-endian. */

#include <math.h>

#include <gst/gps/gstgpsformat-private.h>

/* Bytes that an item adds to what it holds. */
#define GST_GPS_KLV_ITEM_HEADER 2

/* ST 0601, items */
typedef enum
{
  GST_GPS_KLV_CHECKSUM = 1,
  GST_GPS_KLV_TIME_STAMP = 2,
  GST_GPS_KLV_PLATFORM_HEADING = 5,
  GST_GPS_KLV_SENSOR_LATITUDE = 13,
  GST_GPS_KLV_SENSOR_LONGITUDE = 14,
  GST_GPS_KLV_SENSOR_ALTITUDE = 15,
  GST_GPS_KLV_PLATFORM_GROUND_SPEED = 56,
  GST_GPS_KLV_VERSION = 65
} GstGpsKlvItem;

/* Item 15, metres */
#define GST_GPS_KLV_MIN_ALTITUDE -900.0
#define GST_GPS_KLV_MAX_ALTITUDE 19000.0

/* The revision of ST 0601 that is followed. */
#define GST_GPS_KLV_REVISION 17

/* ST 0601, UAS Datalink Local Set Universal Label */
static const guint8 gst_gps_klv_key[16] = {
  0x06, 0x0e, 0x2b, 0x34, 0x02, 0x0b, 0x01, 0x01,
  0x0e, 0x01, 0x03, 0x01, 0x01, 0x00, 0x00, 0x00
};

static gpointer
gst_gps_klv_open (GByteArray * out)
{
  return out;
}

static void
gst_gps_klv_begin (gpointer state, const GstGpsTrackInfo * info)
{
}

static void
gst_gps_klv_append_byte (GByteArray * set, guint8 byte)
{
  g_byte_array_append (set, &byte, 1);
}

/* The lowest bytes of value, of which a negative one is the two's complement. */
static void
gst_gps_klv_append (GByteArray * set, GstGpsKlvItem item, guint size,
    guint64 value)
{
  gst_gps_klv_append_byte (set, (guint8) item);
  gst_gps_klv_append_byte (set, (guint8) size);
  for (guint i = size; i > 0; i--)
    gst_gps_klv_append_byte (set, (guint8) (value >> (8 * (i - 1))));
}

/* Maps plus and minus range to plus and minus the largest of 32 bits; the one
 * number that is left, the smallest, would be an error. */
static void
gst_gps_klv_append_angle (GByteArray * set, GstGpsKlvItem item, gdouble degrees,
    gdouble range)
{
  gst_gps_klv_append (set, item, 4,
      (guint64) llround (degrees / range * G_MAXINT32));
}

/* Maps from minimum to maximum to all of 16 bits. */
static void
gst_gps_klv_append_ratio (GByteArray * set, GstGpsKlvItem item, gdouble value,
    gdouble minimum, gdouble maximum)
{
  gst_gps_klv_append (set, item, 2, (guint64) llround ((value - minimum)
          / (maximum - minimum) * G_MAXUINT16));
}

/* Items that cannot hold a value are left out, as are those not known. The time
 * stamp counts as UTC: a local time is none. */
static void
gst_gps_klv_append_fix (GByteArray * set, const GstGpsFix * fix)
{
  if (gst_gps_format_is_utc (fix) && fix->time >= 0)
    gst_gps_klv_append (set, GST_GPS_KLV_TIME_STAMP, 8, (guint64) fix->time);
  /* The set is made for aircraft. What it has for the course is the heading. */
  if (fix->fields & GST_GPS_FIX_FIELD_COURSE)
    gst_gps_klv_append_ratio (set, GST_GPS_KLV_PLATFORM_HEADING, fix->course,
        0.0, 360.0);
  gst_gps_klv_append_angle (set, GST_GPS_KLV_SENSOR_LATITUDE, fix->latitude,
      90.0);
  gst_gps_klv_append_angle (set, GST_GPS_KLV_SENSOR_LONGITUDE, fix->longitude,
      180.0);
  if (fix->fields & GST_GPS_FIX_FIELD_ALTITUDE
      && fix->altitude >= GST_GPS_KLV_MIN_ALTITUDE
      && fix->altitude <= GST_GPS_KLV_MAX_ALTITUDE)
    gst_gps_klv_append_ratio (set, GST_GPS_KLV_SENSOR_ALTITUDE, fix->altitude,
        GST_GPS_KLV_MIN_ALTITUDE, GST_GPS_KLV_MAX_ALTITUDE);
  if (fix->fields & GST_GPS_FIX_FIELD_SPEED
      && lround (fix->speed) <= G_MAXUINT8)
    gst_gps_klv_append (set, GST_GPS_KLV_PLATFORM_GROUND_SPEED, 1,
        (guint64) lround (fix->speed));
  gst_gps_klv_append (set, GST_GPS_KLV_VERSION, 1, GST_GPS_KLV_REVISION);
}

/* The sum of all words before it, from the key to its own length. */
static void
gst_gps_klv_append_sum (GByteArray * packet)
{
  guint16 sum = 0;

  for (guint i = 0; i < packet->len; i++)
    sum = (guint16) (sum + (packet->data[i] << (i % 2 == 0 ? 8 : 0)));
  gst_gps_klv_append_byte (packet, (guint8) (sum >> 8));
  gst_gps_klv_append_byte (packet, (guint8) sum);
}

static void
gst_gps_klv_add (gpointer state, const GstGpsFix * fix, gboolean new_segment)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  gst_gps_klv_append_fix (set, fix);
  g_byte_array_append (packet, gst_gps_klv_key, sizeof gst_gps_klv_key);
  /* all items together are below 128 bytes, where a length is one byte */
  gst_gps_klv_append_byte (packet,
      (guint8) (set->len + GST_GPS_KLV_ITEM_HEADER + sizeof (guint16)));
  g_byte_array_append (packet, set->data, set->len);
  gst_gps_klv_append_byte (packet, GST_GPS_KLV_CHECKSUM);
  gst_gps_klv_append_byte (packet, sizeof (guint16));
  gst_gps_klv_append_sum (packet);
  g_byte_array_append (state, packet->data, packet->len);
}

static void
gst_gps_klv_end (gpointer state)
{
}

static void
gst_gps_klv_close (gpointer state)
{
}

const GstGpsFormatFunctions gst_gps_klv_functions = {
  .caps = "meta/x-klv, parsed=(boolean)true",
  .open = gst_gps_klv_open,
  .begin = gst_gps_klv_begin,
  .add = gst_gps_klv_add,
  .end = gst_gps_klv_end,
  .close = gst_gps_klv_close,
};
