/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/molinkctl.h"

#include "wire/bytes.h"

enum
{
  MOLINK_CTL_SET_RESOLUTION = 0x08,
  MOLINK_CTL_LIST_RESOLUTIONS = 0x09,
  MOLINK_CTL_BUTTON = 0x90,
  MOLINK_CTL_HEADER = 14,       /* of a request: SETCMD, sequence, command, length */
  MOLINK_CTL_REPLY_HEADER = 12, /* RETCMD, sequence, command */
  MOLINK_CTL_ENTRY = 5,         /* of a resolution */
  MOLINK_CTL_ENTRIES = 15,      /* in the reply, where they begin */
  MOLINK_CTL_COMMAND_SIZE = 24,
  MOLINK_CTL_JSON = 32,
  MOLINK_CTL_PLUGGED = 1 << 16,
  MOLINK_CTL_FULL = 1 << 17,
  MOLINK_CTL_MAX_WRAP = 16,     /* presses between two replies where the counter goes round */
  MOLINK_CTL_MILLIVOLTS_MIN = 2500,
  MOLINK_CTL_MILLIVOLTS_MAX = 5000
};

static size_t
molink_ctl_write_header (uint8_t * dest, uint32_t sequence, uint8_t command,
    uint8_t length)
{
  memcpy (dest, "SETCMD", 6);
  for (unsigned i = 0; i < 4; i++)
    dest[6 + i] = (uint8_t) (sequence >> 8 * i);
  dest[10] = command;
  dest[11] = 0;
  dest[12] = length;
  dest[13] = 0;
  memset (dest + MOLINK_CTL_HEADER, 0, length);
  return MOLINK_CTL_HEADER + (size_t) length;
}

size_t
molink_ctl_write_button_poll (uint8_t * dest, uint32_t sequence)
{
  return molink_ctl_write_header (dest, sequence, MOLINK_CTL_BUTTON, 4);
}

size_t
molink_ctl_write_list_resolutions (uint8_t * dest, uint32_t sequence)
{
  return molink_ctl_write_header (dest, sequence, MOLINK_CTL_LIST_RESOLUTIONS,
      0);
}

size_t
molink_ctl_write_set_resolution (uint8_t * dest, uint32_t sequence,
    uint16_t width, uint16_t height, uint8_t fps)
{
  size_t size = molink_ctl_write_header (dest, sequence,
      MOLINK_CTL_SET_RESOLUTION, MOLINK_CTL_ENTRY);

  dest[14] = (uint8_t) width;
  dest[15] = (uint8_t) (width >> 8);
  dest[16] = (uint8_t) height;
  dest[17] = (uint8_t) (height >> 8);
  dest[18] = fps;
  return size;
}

size_t
molink_ctl_write_command (uint8_t * dest, MolinkCommand command,
    uint32_t argument)
{
  memset (dest, 0, MOLINK_CTL_COMMAND_SIZE);
  dest[0] = 0x99;
  dest[1] = 0x99;
  dest[2] = (uint8_t) command;
  dest[3] = (uint8_t) (command >> 8);
  for (unsigned i = 0; i < 4; i++)
    dest[8 + i] = (uint8_t) (argument >> 8 * i);
  return MOLINK_CTL_COMMAND_SIZE;
}

/* Replies of 20 bytes have a counter of 16 bits, of which some cameras use 8;
 * others have no byte for the upper half, or no counter. */
static void
molink_ctl_read_button (const uint8_t * data, size_t size, MolinkReply * reply)
{
  reply->kind = MOLINK_REPLY_BUTTON;
  if (size > 15)
    reply->key = data[15];
  reply->has_counter = size > 18;
  if (size > 19)
    reply->counter = wire_u16le (data + 18);
  else if (size > 18)
    reply->counter = data[18];
}

/* A count, the length of what follows, entries. */
static void
molink_ctl_read_resolutions (const uint8_t * data, size_t size,
    MolinkReply * reply)
{
  size_t length, count;

  reply->kind = MOLINK_REPLY_RESOLUTIONS;
  if (size <= MOLINK_CTL_ENTRIES)
    return;
  length = wire_u16le (data + 13);
  if (length > size - MOLINK_CTL_ENTRIES)
    length = size - MOLINK_CTL_ENTRIES;
  count = length / MOLINK_CTL_ENTRY;
  if (count > MOLINK_MAX_RESOLUTIONS)
    count = MOLINK_MAX_RESOLUTIONS;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *p = data + MOLINK_CTL_ENTRIES + i * MOLINK_CTL_ENTRY;
    MolinkResolution *resolution = &reply->resolutions[reply->n_resolutions];

    resolution->width = wire_u16le (p);
    resolution->height = wire_u16le (p + 2);
    resolution->fps = p[4];
    if (resolution->width > 0 && resolution->height > 0)
      reply->n_resolutions++;
  }
}

static bool
molink_ctl_read_retcmd (const uint8_t * data, size_t size, MolinkReply * reply)
{
  reply->sequence = wire_u32le (data + 6);
  switch (wire_u16le (data + 10)) {
    case MOLINK_CTL_BUTTON:
      molink_ctl_read_button (data, size, reply);
      return true;
    case MOLINK_CTL_LIST_RESOLUTIONS:
      molink_ctl_read_resolutions (data, size, reply);
      return true;
    case MOLINK_CTL_SET_RESOLUTION:
      reply->kind = MOLINK_REPLY_SET_RESOLUTION;
      return true;
    default:
      return false;
  }
}

static bool
molink_ctl_read_command (const uint8_t * data, size_t size, MolinkReply * reply)
{
  static const MolinkCommand commands[] = {
    MOLINK_GET_FORMAT, MOLINK_GET_VERSION, MOLINK_GET_LED, MOLINK_SET_LED,
    MOLINK_GET_BATTERY, MOLINK_GET_BOARD_INFO
  };
  size_t i = 0;

  while (i < sizeof commands / sizeof commands[0] &&
      (unsigned) commands[i] != wire_u16le (data + 2))
    i++;
  if (i == sizeof commands / sizeof commands[0])
    return false;

  reply->kind = MOLINK_REPLY_COMMAND;
  reply->command = commands[i];
  reply->status = wire_u32le (data + 8);
  reply->length = wire_u32le (data + 12);
  if (wire_has (size, 16, 4))
    reply->value = wire_u32le (data + 16);
  if (reply->command == MOLINK_GET_BOARD_INFO && size > MOLINK_CTL_JSON) {
    reply->payload_offset = MOLINK_CTL_JSON;
    reply->payload_size = size - MOLINK_CTL_JSON;
    if (reply->payload_size > reply->length)
      reply->payload_size = reply->length;
  }
  return true;
}

bool
molink_ctl_parse_reply (const uint8_t * data, size_t size,
    MolinkReply * ret_reply)
{
  MolinkReply reply;
  bool known = false;

  memset (&reply, 0, sizeof reply);
  if (size >= MOLINK_CTL_REPLY_HEADER && memcmp (data, "RETCMD", 6) == 0)
    known = molink_ctl_read_retcmd (data, size, &reply);
  else if (size >= 16 && wire_u16le (data) == 0x9999)
    known = molink_ctl_read_command (data, size, &reply);
  if (known)
    *ret_reply = reply;
  return known;
}

/* Of a lithium cell, in steps as the vendor's application has them. */
static int
molink_ctl_percent (unsigned millivolts)
{
  static const struct
  {
    unsigned millivolts;
    unsigned percent;
    unsigned slope;             /* in 1/1000 percent for a millivolt */
  } steps[] = {
    {4080, 100, 0}, {3750, 50, 150}, {3520, 20, 135}, {3450, 10, 140},
    {3390, 1, 150}
  };

  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
    if (millivolts >= steps[i].millivolts) {
      unsigned percent = steps[i].percent +
          (millivolts - steps[i].millivolts) * steps[i].slope / 1000;

      return (int) percent;
    }
  return 0;
}

bool
molink_ctl_battery (const MolinkReply * reply, MolinkBattery * ret_battery)
{
  const unsigned percent = reply->value & 0xffff;
  const unsigned millivolts = reply->status & 0xffff;
  MolinkBattery battery = { -1, false, false };

  if (reply->kind != MOLINK_REPLY_COMMAND ||
      reply->command != MOLINK_GET_BATTERY)
    return false;
  if (percent == 0 && millivolts >= MOLINK_CTL_MILLIVOLTS_MIN &&
      millivolts <= MOLINK_CTL_MILLIVOLTS_MAX) {
    battery.percent = molink_ctl_percent (millivolts);
  } else {
    battery.plugged = (reply->status & MOLINK_CTL_PLUGGED) != 0;
    battery.full = (reply->status & MOLINK_CTL_FULL) != 0;
    if (percent <= 100 && (percent > 0 || reply->status != 0))
      battery.percent = (int) percent;
    if (battery.percent < 0 && !battery.plugged && !battery.full)
      return false;
  }
  *ret_battery = battery;
  return true;
}

void
molink_ctl_button_forget (MolinkButton * self)
{
  memset (self, 0, sizeof *self);
}

unsigned
molink_ctl_button_update (MolinkButton * self, const MolinkReply * reply)
{
  unsigned presses = 0;

  if (reply->kind != MOLINK_REPLY_BUTTON || !reply->has_counter)
    return 0;
  if (self->known) {
    const unsigned turn = self->wide || reply->counter > 0xff ? 0x10000 : 0x100;

    /* overtaken by a newer one */
    if (reply->sequence - self->sequence > INT32_MAX)
      return 0;
    presses = ((unsigned) reply->counter - self->counter) % turn;
    /* beginning anew looks like going round, but for the distance */
    if (presses > (reply->counter < self->counter ?
            (unsigned) MOLINK_CTL_MAX_WRAP : turn / 2))
      presses = 0;
  }
  self->known = true;
  self->wide = self->wide || reply->counter > 0xff;
  self->counter = reply->counter;
  self->sequence = reply->sequence;
  return presses;
}
