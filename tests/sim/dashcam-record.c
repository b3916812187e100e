/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "dashcam-record.h"

#include <math.h>
#include <string.h>

#define KNOTS_PER_METRE_PER_SECOND (3600. / 1852.)

static gfloat
dashcam_record_to_minutes (gdouble degrees)
{
  gdouble whole = floor (fabs (degrees));
  gdouble minutes = (fabs (degrees) - whole) * 60;

  /* What single precision would round to 60 minutes is the next degree. */
  if ((gfloat) (whole * 100 + minutes) >= (gfloat) (whole * 100 + 60)) {
    whole += 1;
    minutes = 0;
  }
  return (gfloat) (whole * 100 + minutes);
}

static gdouble
dashcam_record_from_minutes (gfloat value, gboolean negative)
{
  const gdouble whole = floor ((gdouble) value / 100);
  const gdouble degrees = whole + ((gdouble) value - whole * 100) / 60;

  return negative ? -degrees : degrees;
}

void
dashcam_record_init (DashcamRecord * self, gint64 time,
    const DashcamPoint * point)
{
  memset (self, 0, sizeof *self);
  self->time = time;
  if (point == NULL)
    return;

  self->valid = TRUE;
  self->latitude = dashcam_record_to_minutes (point->latitude);
  self->longitude = dashcam_record_to_minutes (point->longitude);
  self->north_south = point->latitude < 0 ? 'S' : 'N';
  self->east_west = point->longitude < 0 ? 'W' : 'E';
  self->knots = (gfloat) (point->speed * KNOTS_PER_METRE_PER_SECOND);
  self->course = (gfloat) point->course;
}

void
dashcam_record_get_point (const DashcamRecord * self, DashcamPoint * ret_point)
{
  ret_point->latitude = dashcam_record_from_minutes (self->latitude,
      self->north_south == 'S');
  ret_point->longitude = dashcam_record_from_minutes (self->longitude,
      self->east_west == 'W');
  ret_point->speed = (gdouble) self->knots / KNOTS_PER_METRE_PER_SECOND;
  ret_point->course = (gdouble) self->course;
}

static void
dashcam_record_put_u32 (guint8 * bytes, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

static void
dashcam_record_put_f32 (guint8 * bytes, gfloat value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  dashcam_record_put_u32 (bytes, bits);
}

/* Hour, minute, second, year - 2000, month, day; status letters; coordinates,
 * speed, course: 44 bytes, little-endian. */
static void
dashcam_record_put (const DashcamRecord * self, guint8 * bytes)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (self->time);

  dashcam_record_put_u32 (bytes, g_date_time_get_hour (when));
  dashcam_record_put_u32 (bytes + 4, g_date_time_get_minute (when));
  dashcam_record_put_u32 (bytes + 8, g_date_time_get_second (when));
  dashcam_record_put_u32 (bytes + 12, g_date_time_get_year (when) - 2000);
  dashcam_record_put_u32 (bytes + 16, g_date_time_get_month (when));
  dashcam_record_put_u32 (bytes + 20, g_date_time_get_day_of_month (when));
  bytes[24] = self->valid ? 'A' : 'V';
  bytes[25] = (guint8) self->north_south;
  bytes[26] = (guint8) self->east_west;
  dashcam_record_put_f32 (bytes + 28, self->latitude);
  dashcam_record_put_f32 (bytes + 32, self->longitude);
  dashcam_record_put_f32 (bytes + 36, self->knots);
  dashcam_record_put_f32 (bytes + 40, self->course);
}

gsize
dashcam_record_offset (DashcamForm form)
{
  switch (form) {
    case DASHCAM_FORM_TS_VIOFO:
      return 6;
    case DASHCAM_FORM_TS_B4K:
      return 6 + 164;
    case DASHCAM_FORM_MP4_E:
      return 0x10;
    case DASHCAM_FORM_MP4_Q:
      return 0x30;
  }
  return 0;
}

static gsize
dashcam_record_block_size (DashcamForm form)
{
  switch (form) {
    case DASHCAM_FORM_TS_VIOFO:
      return 6 + 1008;
    case DASHCAM_FORM_TS_B4K:
      return 6 + 220;
    case DASHCAM_FORM_MP4_E:
      return 0x4000;
    case DASHCAM_FORM_MP4_Q:
      return 0x8000;
  }
  return 0;
}

/* The head of a PES packet on private_stream_2, which has no time stamps. */
static void
dashcam_record_put_pes_head (guint8 * bytes, gsize size)
{
  static const guint8 start[] = { 0, 0, 1, 0xbf };

  memcpy (bytes, start, sizeof start);
  bytes[4] = (guint8) ((size - 6) >> 8);
  bytes[5] = (guint8) (size - 6);
}

/* Two names of 64 bytes and 32 hexadecimal digits stand before the record of
 * this chip, and a counter behind it. */
static void
dashcam_record_put_b4k (guint8 * payload)
{
  static const guint8 head[] = { 1, 0, 0xff, 0 };

  memcpy (payload, head, sizeof head);
  g_strlcpy ((gchar *) payload + 4, "simulated camera", 64);
  g_strlcpy ((gchar *) payload + 68, "simulated firmware", 64);
  for (guint i = 0; i < 32; i++)
    payload[132 + i] = (guint8) "0123456789abcdef"[i % 16];
  for (guint8 i = 0; i < 6; i++)
    payload[164 + DASHCAM_RECORD_SIZE + 2 * i] = i + 1;
}

static void
dashcam_record_put_box_head (guint8 * bytes, gsize size, guint32 length)
{
  static const guint8 magic[] = { 'f', 'r', 'e', 'e', 'G', 'P', 'S', ' ' };
  const guint32 size_be = GUINT32_TO_BE ((guint32) size);

  memcpy (bytes, &size_be, sizeof size_be);
  memcpy (bytes + 4, magic, sizeof magic);
  dashcam_record_put_u32 (bytes + 12, length);
}

GByteArray *
dashcam_record_to_block (const DashcamRecord * self, DashcamForm form)
{
  const gsize size = dashcam_record_block_size (form);
  GByteArray *block = g_byte_array_sized_new ((guint) size);

  g_byte_array_set_size (block, (guint) size);
  memset (block->data, 0, size);
  switch (form) {
    case DASHCAM_FORM_TS_VIOFO:
      dashcam_record_put_pes_head (block->data, size);
      break;
    case DASHCAM_FORM_TS_B4K:
      dashcam_record_put_pes_head (block->data, size);
      dashcam_record_put_b4k (block->data + 6);
      break;
    case DASHCAM_FORM_MP4_E:
      dashcam_record_put_box_head (block->data, size, 0x3f0);
      break;
    case DASHCAM_FORM_MP4_Q:
      dashcam_record_put_box_head (block->data, size, 0x4c);
      break;
  }
  dashcam_record_put (self, block->data + dashcam_record_offset (form));
  return block;
}
