/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/mp4box.h"

#include "wire/bytes.h"

bool
mp4box_parse (const uint8_t * data, size_t size, uint64_t room,
    Mp4Box * ret_box)
{
  unsigned header_size = 8;
  uint64_t box_size;

  if (!wire_has (size, 0, 8) || room < 8)
    return false;
  box_size = wire_u32be (data);
  if (box_size == 1) {
    if (!wire_has (size, 8, 8) || room < 16)
      return false;
    header_size = 16;
    box_size = wire_u64be (data + 8);
  } else if (box_size == 0) {
    box_size = room;
  }
  if (box_size < header_size)
    return false;

  ret_box->type = wire_u32be (data + 4);
  ret_box->header_size = header_size;
  ret_box->truncated = box_size > room;
  ret_box->size = ret_box->truncated ? room : box_size;
  return true;
}
