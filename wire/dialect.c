/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dialect.h"

#include "wire/bytes.h"
#include "wire/novatek.h"

enum
{
  DIALECT_PAYLOAD = 0x10        /* of a freeGPS block: behind its header */
};

/* What cameras write before their receiver has said anything. */
static bool
dialect_empty_probe (const uint8_t * data, size_t size)
{
  size_t end = size < DIALECT_BLOCK_HEAD ? size : DIALECT_BLOCK_HEAD;

  if (end <= DIALECT_PAYLOAD)
    return false;
  for (size_t i = DIALECT_PAYLOAD; i < end; i++)
    if (data[i] != 0)
      return false;
  return true;
}

static size_t
dialect_empty_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max)
{
  (void) data;
  (void) size;
  if (max < 1)
    return 0;
  gpsrecord_reset (ret_records);
  return 1;
}

/* Tried from top to bottom: the narrower signature stands first. */
static const Dialect dialect_table[] = {
  {
        .name = "youqing",
        .cameras = "Redtiger F7N, F7NP, some Wolfbox",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_youqing_probe,
        .decode = NULL,
      },
  {
        .name = "akaso-v1",
        .cameras = "Akaso V1, YndAkasoCar, older Redtiger (encrypted)",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_akaso_v1_probe,
        .decode = NULL,
      },
  {
        .name = "atc",
        .cameras = "DOD LS460W family",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_atc_probe,
        .decode = NULL,
      },
  {
        .name = "novatek-kenwood",
        .cameras = "Kenwood DRV-A510W",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_kenwood_probe,
        .decode = novatek_kenwood_decode,
      },
  {
        .name = "e-ace",
        .cameras = "E-ACE B44",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_eace_probe,
        .decode = NULL,
      },
  {
        .name = "novatek-e",
        .cameras = "Viofo A119V3, A129, A139, A229, A329, Blueskysea, "
        "most NT9667x and NT9668x",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_e_probe,
        .decode = novatek_e_decode,
      },
  {
        .name = "iqs",
        .cameras = "IQS firmware",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_iqs_probe,
        .decode = NULL,
      },
  {
        .name = "novatek-scaled",
        .cameras = "Rexing V1-4K, cameras sold with JMSPlayer",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_scaled_probe,
        .decode = NULL,
      },
  {
        .name = "novatek-degrees",
        .cameras = "Transcend DrivePro Body 70",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_degrees_probe,
        .decode = NULL,
      },
  {
        .name = "novatek-q",
        .cameras = "Viofo A119, A119S, Transcend DrivePro 230, most NT96655 "
        "and NT96660",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = novatek_q_probe,
        .decode = novatek_q_decode,
      },
  {
        .name = "empty",
        .cameras = "any, before the receiver answers",
        .carrier = DIALECT_CARRIER_FREEGPS,
        .probe = dialect_empty_probe,
        .decode = dialect_empty_decode,
      },
  {
        .name = "novatek-ts",
        .cameras = "Viofo A119V3 and other Novatek in TS mode",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = novatek_ts_probe,
        .decode = novatek_ts_decode,
      },
  {
        .name = "novatek-b4k",
        .cameras = "Blueskysea B4K, other NT96670",
        .carrier = DIALECT_CARRIER_TS_PES,
        .probe = novatek_b4k_probe,
        .decode = novatek_b4k_decode,
      },
};

const Dialect *
dialect_get (size_t index)
{
  return index < sizeof dialect_table / sizeof dialect_table[0] ?
      &dialect_table[index] : NULL;
}

const Dialect *
dialect_find (DialectCarrier carrier, const uint8_t * data, size_t size)
{
  const Dialect *dialect;

  for (size_t i = 0; (dialect = dialect_get (i)) != NULL; i++)
    if (dialect->carrier == carrier && dialect->probe (data, size))
      return dialect;
  return NULL;
}
