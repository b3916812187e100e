/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/ligojson.h"

#include "wire/bytes.h"
#include "wire/text.h"

#include <string.h>

#define LIGOJSON_MAGIC "LIGOGPSINFO {"

enum
{
  LIGOJSON_TYPE = 4,            /* of the box */
  LIGOJSON_OTHER = 16,          /* where GKU has its mark */
  LIGOJSON_MAX = 4096           /* no object is longer */
};

bool
ligojson_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, LIGOJSON_TYPE, "udta" LIGOJSON_MAGIC) ||
      (text_has (data, size, LIGOJSON_TYPE, "udta") &&
      text_has (data, size, LIGOJSON_OTHER, "__V35AX_QVDATA__"));
}

static char
ligojson_letter (const uint8_t * json, size_t size, const char *name)
{
  size_t at = text_find_member (json, size, name);

  return at < size ? (char) json[at] : 0;
}

/* The receiver's time; the one of the camera stands beside it. */
static bool
ligojson_set_time (GpsRecord * record, const uint8_t * json, size_t size)
{
  static const char names[][9] = { "\"Year\"", "\"Month\"", "\"Day\"",
    "\"Hour\"", "\"Minute\"", "\"Second\""
  };
  uint32_t n[6];

  for (size_t i = 0; i < 6; i++) {
    double number;

    if (!text_get_member (json, size, names[i], &number) || number < 0.0 ||
        number > 9999.0)
      return false;
    n[i] = (uint32_t) number;
  }
  return gpsrecord_set_time (record, GPSRECORD_CLOCK_UTC, n[0], n[1], n[2],
      n[3], n[4], n[5]);
}

static void
ligojson_set (GpsRecord * record, const uint8_t * json, size_t size)
{
  char north_south = ligojson_letter (json, size, "\"NS\"");
  char east_west = ligojson_letter (json, size, "\"EW\"");
  double latitude, longitude, speed;

  gpsrecord_reset (record);
  if (!ligojson_set_time (record, json, size) ||
      ligojson_letter (json, size, "\"status\"") != 'A' ||
      (north_south != 'N' && north_south != 'S') ||
      (east_west != 'E' && east_west != 'W') ||
      !text_get_member (json, size, "\"Latitude\"", &latitude) ||
      !text_get_member (json, size, "\"Longitude\"", &longitude))
    return;
  latitude = latitude < 0.0 ? -latitude : latitude;
  longitude = longitude < 0.0 ? -longitude : longitude;
  if (gpsrecord_set_position (record, north_south == 'S' ? -latitude :
          latitude, east_west == 'W' ? -longitude : longitude) &&
      text_get_member (json, size, "\"Speed\"", &speed))
    (void) gpsrecord_set_speed_knots (record, speed);
}

size_t
ligojson_feed (GpsBox * self, Ligo * ligo, const uint8_t * data, size_t size,
    bool at_end, GpsRecord * ret_records, size_t max, size_t *ret_n_records)
{
  const size_t mark = sizeof LIGOJSON_MAGIC - 1;
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  while (n < max) {
    size_t start = at + text_find (data + at, size - at, LIGOJSON_MAGIC), end;

    if (start >= size) {
      /* what may become the mark comes again */
      at = at_end ? size : size - at < mark ? at : size - mark + 1;
      break;
    }
    end = start + text_find (data + start, size - start, "}");
    if (end >= size && !at_end && size - start < LIGOJSON_MAX) {
      at = start;
      break;
    }
    if (end < size && end - start < LIGOJSON_MAX)
      ligojson_set (&ret_records[n++], data + start, end - start);
    at = start + mark;
  }
  *ret_n_records = n;
  return at;
}
