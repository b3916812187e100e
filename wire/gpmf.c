/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpmf.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define GPMF_KEY(a,b,c,d) ((uint32_t) (a) << 24 | (uint32_t) (b) << 16 | (uint32_t) (c) << 8 | (uint32_t) (d))
#define GPMF_DAY_US INT64_C (86400000000)

enum
{
  GPMF_HEADER = 8,
  GPMF_N_SCALES = 9,
  GPMF_GPS5 = 5,                /* numbers of each position */
  GPMF_GPS9 = 9,
  GPMF_KEYS_MAX = 65536 / GPMF_HEADER   /* in a sample of the longest kind */
};

/* What the keys of a stream have said so far. */
typedef struct
{
  uint32_t fix;                 /* 0, 2, 3 dimensions */
  bool has_fix;
  GpsRecord time;               /* a void record with the time stamp */
  double scales[GPMF_N_SCALES];
} GpmfStream;

typedef struct
{
  uint32_t key;
  uint8_t type;
  size_t value_size;            /* of one value, which may be several numbers */
  size_t n_values;
  const uint8_t *data;
} GpmfItem;

bool
gpmf_probe (const uint8_t * data, size_t size)
{
  return size >= GPMF_HEADER && text_has (data, size, 0, "DEVC") &&
      data[4] == 0;
}

/* The item at data; false when it is cut off. */
static bool
gpmf_read_item (const uint8_t * data, size_t size, GpmfItem * ret_item)
{
  if (size < GPMF_HEADER)
    return false;
  ret_item->key = wire_u32be (data);
  ret_item->type = data[4];
  ret_item->value_size = data[5];
  ret_item->n_values = wire_u16be (data + 6);
  ret_item->data = data + GPMF_HEADER;
  return ret_item->value_size * ret_item->n_values <= size - GPMF_HEADER;
}

static void
gpmf_reset_stream (GpmfStream * stream)
{
  memset (stream, 0, sizeof *stream);
  for (size_t i = 0; i < GPMF_N_SCALES; i++)
    stream->scales[i] = 1.0;
}

/* "yymmddhhmmss.sss" */
static void
gpmf_set_time (GpmfStream * stream, const GpmfItem * item)
{
  uint32_t n[6], fraction = 0;
  size_t size = item->value_size * item->n_values;

  for (size_t i = 0; i < 6; i++)
    if (!text_digits (item->data, size, 2 * i, 2, &n[i]))
      return;
  (void) text_digits (item->data, size, 13, 3, &fraction);
  if (gpsrecord_set_time (&stream->time, GPSRECORD_CLOCK_UTC, n[0], n[1], n[2],
          n[3], n[4], n[5]))
    stream->time.time_us += fraction * 1000;
}

/* One divisor for each number, or one for all. */
static void
gpmf_set_scales (GpmfStream * stream, const GpmfItem * item)
{
  size_t n = item->n_values;

  for (size_t i = 0; n > 0 && i < GPMF_N_SCALES; i++) {
    size_t at = n == 1 ? 0 : i;
    int32_t scale = 0;

    if (at >= n)
      return;
    if (item->value_size == 4)
      scale = (int32_t) wire_u32be (item->data + 4 * at);
    else if (item->value_size == 2)
      scale = (int16_t) wire_u16be (item->data + 2 * at);
    stream->scales[i] = scale == 0 ? 1.0 : scale;
  }
}

/* Latitude, longitude, altitude, speed over ground: the same in both kinds. */
static void
gpmf_set_place (const GpmfStream * stream, const uint8_t * data,
    GpsRecord * record)
{
  double n[4];

  for (size_t i = 0; i < 4; i++)
    n[i] = (int32_t) wire_u32be (data + 4 * i) / stream->scales[i];
  if (!gpsrecord_set_position (record, n[0], n[1]))
    return;
  (void) gpsrecord_set_altitude (record, n[2]);
  (void) gpsrecord_set_speed (record, n[3]);
}

static size_t
gpmf_decode_gps5 (const GpmfStream * stream, const GpmfItem * item,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (item->value_size != 4 * GPMF_GPS5)
    return 0;
  for (; n < item->n_values && n < max; n++) {
    ret_records[n] = stream->time;
    if (ret_records[n].clock != GPSRECORD_CLOCK_NONE)
      ret_records[n].time_us += (int64_t) (1000000 * n / item->n_values);
    if (!stream->has_fix || stream->fix >= 2)
      gpmf_set_place (stream, item->data + n * item->value_size,
          &ret_records[n]);
  }
  return n;
}

/* With days since 2000, seconds, dilution and fix of its own. */
static size_t
gpmf_decode_gps9 (const GpmfStream * stream, const GpmfItem * item,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (item->value_size != 4 * 7 + 2 * 2)
    return 0;
  for (; n < item->n_values && n < max; n++) {
    const uint8_t *p = item->data + n * item->value_size;
    double seconds = wire_u32be (p + 24) / stream->scales[6];

    gpsrecord_reset (&ret_records[n]);
    if (seconds < 86401.0)
      (void) gpsrecord_set_time_us (&ret_records[n], GPSRECORD_CLOCK_UTC,
          (10957 + (int64_t) wire_u32be (p + 20)) * GPMF_DAY_US +
          (int64_t) (seconds * 1e6 + 0.5));
    if (wire_u16be (p + 30) >= 2)
      gpmf_set_place (stream, p, &ret_records[n]);
  }
  return n;
}

/* Nested items are gone through as if they stood side by side: a stream begins
 * what is known anew. */
size_t
gpmf_decode (const uint8_t * data, size_t size, GpsRecord * ret_records,
    size_t max)
{
  GpmfStream stream;
  GpmfItem item;
  size_t n = 0;

  gpmf_reset_stream (&stream);
  for (unsigned i = 0; i < GPMF_KEYS_MAX && n < max &&
      gpmf_read_item (data, size, &item); i++) {
    size_t step = GPMF_HEADER;

    if (item.key == GPMF_KEY ('S', 'T', 'R', 'M'))
      gpmf_reset_stream (&stream);
    else if (item.key == GPMF_KEY ('G', 'P', 'S', 'U'))
      gpmf_set_time (&stream, &item);
    else if (item.key == GPMF_KEY ('S', 'C', 'A', 'L'))
      gpmf_set_scales (&stream, &item);
    else if (item.key == GPMF_KEY ('G', 'P', 'S', '5'))
      n += gpmf_decode_gps5 (&stream, &item, ret_records + n, max - n);
    else if (item.key == GPMF_KEY ('G', 'P', 'S', '9'))
      n += gpmf_decode_gps9 (&stream, &item, ret_records + n, max - n);
    else if (item.key == GPMF_KEY ('G', 'P', 'S', 'F') &&
        item.value_size * item.n_values >= 4) {
      stream.fix = wire_u32be (item.data);
      stream.has_fix = true;
    }
    /* type 0 is nested; the others are filled up to four bytes */
    if (item.type != 0)
      step += (item.value_size * item.n_values + 3) / 4 * 4;
    if (step > size)
      break;
    data += step;
    size -= step;
  }
  return n;
}
