/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simmolink.h"

#include <string.h>

#define MAGIC 0x9999
#define MAGIC_A 0x66
#define STREAM_DATA 3
#define PLAIN 0x22
#define HEADER_B 51
#define HEADER_B_GENERIC 24

static void
sim_molink_put_u8 (GByteArray * out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

static void
sim_molink_put_u16 (GByteArray * out, guint value)
{
  sim_molink_put_u8 (out, value & 0xff);
  sim_molink_put_u8 (out, (value >> 8) & 0xff);
}

static void
sim_molink_put_u32 (GByteArray * out, guint32 value)
{
  sim_molink_put_u16 (out, value & 0xffff);
  sim_molink_put_u16 (out, value >> 16);
}

static void
sim_molink_put_text (GByteArray * out, const gchar * text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

void
sim_molink_put_a (GByteArray * out, const SimMolinkFragment * fragment)
{
  guint8 position = fragment->position;

  /* 1.8 (3): the reference client never completes a lone fragment marked 1. */
  if (position == 0 && fragment->index + 1 >= fragment->count)
    position = 2;
  else if (position == 0)
    position = fragment->index == 0 ? 1 : 3;
  sim_molink_put_u8 (out, MAGIC_A);
  sim_molink_put_u8 (out, position);
  sim_molink_put_u8 (out, fragment->format);
  sim_molink_put_u8 (out, fragment->number & 0xff);
  sim_molink_put_u32 (out, fragment->frame_size);
  sim_molink_put_u16 (out, fragment->width);
  sim_molink_put_u16 (out, fragment->height);
  sim_molink_put_u16 (out, fragment->index);
  sim_molink_put_u16 (out, fragment->n_bytes);
  sim_molink_put_u32 (out, fragment->motion);
  sim_molink_put_u32 (out, 0);
}

void
sim_molink_put_b (GByteArray * out, const SimMolinkFragment * fragment)
{
  const gboolean last = fragment->index + 1 >= fragment->count;

  sim_molink_put_u16 (out, MAGIC);
  sim_molink_put_u16 (out, STREAM_DATA);
  sim_molink_put_u32 (out, fragment->sequence);
  sim_molink_put_u32 (out, fragment->motion);
  sim_molink_put_u32 (out, HEADER_B - HEADER_B_GENERIC + fragment->n_bytes);
  sim_molink_put_u32 (out, fragment->plain ? PLAIN : 0);
  sim_molink_put_u32 (out, 0);
  sim_molink_put_u8 (out, fragment->format);
  sim_molink_put_u32 (out, fragment->number);
  sim_molink_put_u32 (out, fragment->frame_size);
  sim_molink_put_u16 (out, fragment->index + 1);
  sim_molink_put_u16 (out, last ? fragment->count : 0);
  sim_molink_put_u16 (out, fragment->n_bytes);
  sim_molink_put_u32 (out, fragment->number);
  sim_molink_put_u16 (out, fragment->width);
  sim_molink_put_u16 (out, fragment->height);
  sim_molink_put_u32 (out, fragment->number);
}

void
sim_molink_put_c (GByteArray * out, const SimMolinkFragment * fragment)
{
  sim_molink_put_text (out, "Boundary" "S");
  sim_molink_put_u16 (out, 0);
  sim_molink_put_u8 (out, fragment->format);
  sim_molink_put_u8 (out, 0);
  sim_molink_put_u32 (out, fragment->frame_size);
  sim_molink_put_u32 (out, 0);
  sim_molink_put_u32 (out, fragment->number);
  sim_molink_put_u32 (out, 0);
  sim_molink_put_u32 (out, 0);
  sim_molink_put_u32 (out, fragment->width);
  sim_molink_put_u32 (out, fragment->height);
}

void
sim_molink_put_c_end (GByteArray * out)
{
  sim_molink_put_text (out, "Boundary" "E");
}

guint32
sim_molink_inverted_index (SimMolinkInvert invert, guint32 number,
    guint32 frame_size)
{
  const guint32 s = frame_size;

  if (s == 0)
    return 0;
  if (invert == SIM_MOLINK_INVERT_HALF)
    return s / 2;
  return (((s ^ number) + s + (~s & 1)) ^ s) % s;
}

static guint
sim_molink_get_u16 (const guint8 * data)
{
  return data[0] | data[1] << 8;
}

static guint32
sim_molink_get_u32 (const guint8 * data)
{
  return sim_molink_get_u16 (data) | (guint32) sim_molink_get_u16 (data +
      2) << 16;
}

gboolean
sim_molink_parse (const guint8 * data, gsize size,
    SimMolinkRequest * ret_request)
{
  SimMolinkRequest request = { 0 };

  if (size >= 14 && memcmp (data, "SETCMD", 6) == 0) {
    request.setcmd = TRUE;
    request.sequence = sim_molink_get_u32 (data + 6);
    request.command = sim_molink_get_u16 (data + 10);
    if (request.command == SIM_MOLINK_SET_RESOLUTION) {
      if (size < 19)
        return FALSE;
      request.width = (guint16) sim_molink_get_u16 (data + 14);
      request.height = (guint16) sim_molink_get_u16 (data + 16);
    }
  } else if (size >= SIM_MOLINK_COMMAND_SIZE
      && sim_molink_get_u16 (data) == MAGIC) {
    request.command = sim_molink_get_u16 (data + 2);
    request.sequence = sim_molink_get_u32 (data + 4);
    request.argument = sim_molink_get_u32 (data + 8);
  } else {
    return FALSE;
  }
  *ret_request = request;
  return TRUE;
}

void
sim_molink_put_retcmd (GByteArray * out, guint32 sequence, guint16 command,
    guint16 length)
{
  sim_molink_put_text (out, "RETCMD");
  sim_molink_put_u32 (out, sequence);
  sim_molink_put_u16 (out, command);
  sim_molink_put_u16 (out, length);
}

void
sim_molink_put_command (GByteArray * out, guint16 command, guint32 sequence,
    guint32 argument, guint32 length, guint64 value)
{
  sim_molink_put_u16 (out, MAGIC);
  sim_molink_put_u16 (out, command);
  sim_molink_put_u32 (out, sequence);
  sim_molink_put_u32 (out, argument);
  sim_molink_put_u32 (out, length);
  sim_molink_put_u32 (out, (guint32) value);
  sim_molink_put_u32 (out, (guint32) (value >> 32));
}

void
sim_molink_put_button (GByteArray * out, guint8 key, guint16 counter)
{
  sim_molink_put_u8 (out, 0);
  sim_molink_put_u8 (out, key);
  sim_molink_put_u16 (out, 0);
  sim_molink_put_u16 (out, counter);
}

void
sim_molink_put_resolution (GByteArray * out, guint16 width, guint16 height,
    guint8 fps)
{
  sim_molink_put_u16 (out, width);
  sim_molink_put_u16 (out, height);
  sim_molink_put_u8 (out, fps);
}
