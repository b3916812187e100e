/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A GPS record of Novatek cameras and the blocks they put it into. Written
 * from the byte tables alone: it shares nothing with the readers in wire/, so
 * that it is a check on them. */

#include "dashcam-drive.h"

typedef enum
{
  DASHCAM_FORM_TS_VIOFO,        /* PES packet of 6 + 1008 bytes, record at 0 */
  DASHCAM_FORM_TS_B4K,          /* PES packet of 6 + 220 bytes, record at 164 */
  DASHCAM_FORM_MP4_E,           /* freeGPS block, record at 0x10 */
  DASHCAM_FORM_MP4_Q            /* freeGPS block, record at 0x30 */
} DashcamForm;

/* As it is stored: numbers are rounded already. */
typedef struct
{
  gint64 time;                  /* seconds since 1970 of the camera's clock */
  gboolean valid;
  gfloat latitude;              /* degrees * 100 + minutes, not negative */
  gfloat longitude;
  gchar north_south;
  gchar east_west;
  gfloat knots;
  gfloat course;
} DashcamRecord;

/* point: NULL when the camera has no fix. */
void dashcam_record_init (DashcamRecord * self, gint64 time,
    const DashcamPoint * point);

/* What a reader should make of the stored numbers. */
void dashcam_record_get_point (const DashcamRecord * self,
    DashcamPoint * ret_point);

/* The whole PES packet or box. */
GByteArray *dashcam_record_to_block (const DashcamRecord * self,
    DashcamForm form);

/* Where in that block the record lies. */
gsize dashcam_record_offset (DashcamForm form);

/* From there: where the coordinates begin, and where the record ends. */
#define DASHCAM_RECORD_COORDINATES 28
#define DASHCAM_RECORD_SIZE 44
