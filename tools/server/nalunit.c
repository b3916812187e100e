/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Where can decoding begin? The parsers call every picture of I slices a key
 * frame, which says less than a viewer needs: after an I picture that is no
 * IDR, pictures may refer to what was before it. So look at the types of the
 * NAL units of an access unit (4-byte lengths, ITU-T H.264 7.4.1, H.265
 * 7.4.2.2). */

#include "nalunit.h"

#include "wire/bytes.h"

enum
{
  H264_IDR = 5,
  H264_SEI = 6,
  H264_SEI_RECOVERY_POINT = 6,
  H265_RASL_N = 8,
  H265_RASL_R = 9,
  H265_BLA_W_LP = 16,
  H265_BLA_N_LP = 18,
  H265_IDR_W_RADL = 19,
  H265_IDR_N_LP = 20,
  H265_CRA = 21,
};

/* Takes the next unit off the data; FALSE at the end and on nonsense. */
static gboolean
nalunit_next (const guint8 ** data, gsize * size, const guint8 ** ret_unit,
    gsize * ret_size)
{
  gsize length;

  if (*size < 5)
    return FALSE;
  length = wire_u32be (*data);
  if (length == 0 || length > *size - 4)
    return FALSE;
  *ret_unit = *data + 4;
  *ret_size = length;
  *data += 4 + length;
  *size -= 4 + length;
  return TRUE;
}

/* A number of an SEI message header: a run of 255s and a last byte. */
static gboolean
nalunit_sei_number (const guint8 * unit, gsize size, gsize * pos,
    gsize * ret_number)
{
  gsize number = 0;

  while (*pos < size && unit[*pos] == 0xff) {
    number += 0xff;
    (*pos)++;
  }
  if (*pos >= size)
    return FALSE;
  *ret_number = number + unit[(*pos)++];
  return TRUE;
}

/* A recovery point with recovery_frame_cnt 0: the picture itself is whole. */
static gboolean
nalunit_recovers_here (const guint8 * unit, gsize size)
{
  gsize pos = 1;

  while (pos + 2 < size) {
    gsize type, length;

    if (!nalunit_sei_number (unit, size, &pos, &type) ||
        !nalunit_sei_number (unit, size, &pos, &length) || length > size - pos)
      return FALSE;
    if (type == H264_SEI_RECOVERY_POINT)
      return length > 0 && (unit[pos] & 0x80) != 0;
    pos += length;
  }
  return FALSE;
}

HubFlags
nalunit_classify_h264 (const guint8 * data, gsize size)
{
  const guint8 *unit;
  gsize unit_size;
  HubFlags flags = 0;

  while (nalunit_next (&data, &size, &unit, &unit_size)) {
    guint type = unit[0] & 0x1f;

    if (type == H264_IDR)
      return HUB_FLAG_KEY;
    if (type == H264_SEI && nalunit_recovers_here (unit, unit_size))
      flags = HUB_FLAG_KEY | HUB_FLAG_OPEN;
  }
  return flags;
}

HubFlags
nalunit_classify_h265 (const guint8 * data, gsize size)
{
  const guint8 *unit;
  gsize unit_size;

  while (nalunit_next (&data, &size, &unit, &unit_size)) {
    guint type = (unit[0] >> 1) & 0x3f;

    if (type == H265_IDR_W_RADL || type == H265_IDR_N_LP)
      return HUB_FLAG_KEY;
    if (type == H265_CRA || (type >= H265_BLA_W_LP && type <= H265_BLA_N_LP))
      return HUB_FLAG_KEY | HUB_FLAG_OPEN;
    if (type == H265_RASL_N || type == H265_RASL_R)
      return HUB_FLAG_LEADING;
  }
  return 0;
}
