/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The texts of LigoGPS and its kin: a date, a position with letters, a speed,
 * then values with names (docs/wire/dashcam-gps.md, LigoGPS). */

#include "wire/gpsrecord.h"

#include <stddef.h>

enum
{
  LIGOTEXT_MAX = 0x84,          /* no text is longer */
  LIGOTEXT_DATE = 19            /* characters of "2024/06/01 10:20:30" */
};

typedef struct
{
  GpsRecord record;             /* time, acceleration, altitude, course; no position, no speed */
  bool has_position;
  bool is_plain;                /* degrees and km/h, and not blurred */
  bool is_ddmm;                 /* degrees * 100 + minutes instead of degrees */
  char north_south;
  char east_west;
  double latitude;              /* as written, its sign dropped */
  double longitude;
  double speed;                 /* the number in front of "km/h" */
} LigoText;

/* Whether a date of this form, and a blank behind it, stand at data. */
bool ligotext_probe (const uint8_t * data, size_t size);

/* Reads "YYYY/MM/DD HH:MM:SS N:dd W:ddd speed km/h x:.. y:.. z:.. A:.. H:.." up
 * to a NUL. Letters other than N, S, E, W are kept as they are. False: it is
 * no such text. */
bool ligotext_parse (const uint8_t * data, size_t size, GpsRecordClock clock,
    LigoText * ret_text);

/* The record of a text whose numbers are what they say: degrees, km/h. */
void ligotext_get_plain (const LigoText * text, GpsRecord * ret_record);

/* freeGPS and PES payload: plain text (dialect R, XGODY; Juscar). */
bool ligotext_xgody_probe (const uint8_t * data, size_t size);
size_t ligotext_xgody_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
bool ligotext_normal_probe (const uint8_t * data, size_t size);
size_t ligotext_normal_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);

/* PES payload: "Viidure" and a text in UTC (INNOVV N2). */
bool ligotext_viidure_probe (const uint8_t * data, size_t size);
size_t ligotext_viidure_decode (const uint8_t * data, size_t size,
    GpsRecord * ret_records, size_t max);
