/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/gpsaxes.h"

#include "wire/bytes.h"
#include "wire/text.h"

/* Units of one g. */
#define BLACKVUE_ONE_G 128.0
#define GSEN_ONE_G 16.0
#define RVMI_ONE_G 1000.0

enum
{
  GPSAXES_TYPE = 4,             /* of a box */
  GPSAXES_BEHIND = 8
};

enum
{
  BLACKVUE_AXES = 4,
  BLACKVUE_SIZE = 10
};

enum
{
  GSEN_SIZE = 3,
  GSEN_INTERVAL_US = 200000
};

enum
{
  SSMD_SIZE = 12,
  RVMI_AXES = 4,
  RVMI_SIZE = 10
};

/* Behind the last row, up to the end of the box. */
#define BLACKVUE_END UINT32_MAX

bool
gpsaxes_3gf_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, GPSAXES_TYPE, "3gf ");
}

size_t
gpsaxes_feed_3gf (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) self;
  (void) ligo;
  (void) at_end;
  for (; n < max && wire_has (size, at, BLACKVUE_SIZE); at += BLACKVUE_SIZE) {
    const uint8_t *p = data + at, *axes = p + BLACKVUE_AXES;
    uint32_t ms = wire_u32be (p);
    GpsRecord *record = &ret_records[n];

    gpsrecord_reset (record);
    if (ms != BLACKVUE_END && gpsrecord_set_elapsed (record,
            (int64_t) ms * 1000) && gpsrecord_set_acceleration (record,
            (int16_t) wire_u16be (axes) / BLACKVUE_ONE_G,
            (int16_t) wire_u16be (axes + 2) / BLACKVUE_ONE_G,
            (int16_t) wire_u16be (axes + 4) / BLACKVUE_ONE_G))
      n++;
  }
  *ret_n_records = n;
  return at;
}

/* Auto-Vox has another thing by that name, whose rows begin with letters. */
bool
gpsaxes_gsen_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, GPSAXES_TYPE, "gsen") &&
      !text_has (data, size, GPSAXES_BEHIND, "AITS");
}

size_t
gpsaxes_feed_gsen (GpsBox * self, Ligo * ligo, const uint8_t * data,
    size_t size, bool at_end, GpsRecord * ret_records, size_t max,
    size_t *ret_n_records)
{
  size_t at = 0, n = 0;

  (void) ligo;
  (void) at_end;
  for (; n < max && wire_has (size, at, GSEN_SIZE); at += GSEN_SIZE) {
    const int8_t *axes = (const int8_t *) data + at;
    GpsRecord *record = &ret_records[n];

    gpsrecord_reset (record);
    n += gpsrecord_set_acceleration (record, axes[0] / GSEN_ONE_G,
        axes[1] / GSEN_ONE_G, axes[2] / GSEN_ONE_G) &&
        gpsrecord_set_elapsed (record, (int64_t) self->n_rows++ *
        GSEN_INTERVAL_US);
  }
  *ret_n_records = n;
  return at;
}

bool
gpsaxes_ssmd_probe (const uint8_t * data, size_t size)
{
  GpsRecord record;

  return gpsaxes_ssmd_decode (data, size, &record, 1) == 1;
}

size_t
gpsaxes_ssmd_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  GpsRecord record;

  gpsrecord_reset (&record);
  if (max < 1 || size != SSMD_SIZE || !gpsrecord_set_acceleration (&record,
          (double) wire_f32le (data), (double) wire_f32le (data + 4),
          (double) wire_f32le (data + 8)))
    return 0;
  ret_records[0] = record;
  return 1;
}

bool
gpsaxes_rvmi_probe (const uint8_t * data, size_t size)
{
  return size >= RVMI_SIZE && text_has (data, size, 0, "sReV");
}

size_t
gpsaxes_rvmi_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  const uint8_t *axes = data + RVMI_AXES;

  if (max < 1 || size < RVMI_SIZE)
    return 0;
  gpsrecord_reset (ret_records);
  return gpsrecord_set_acceleration (ret_records,
      (int16_t) wire_u16le (axes) / RVMI_ONE_G,
      (int16_t) wire_u16le (axes + 2) / RVMI_ONE_G,
      (int16_t) wire_u16le (axes + 4) / RVMI_ONE_G) ? 1 : 0;
}
