/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The control port of Molink borescopes (UDP 50000): the SETCMD/RETCMD dialect,
 * the 0x9999 dialect, and the button of the handle. Commands that write to a
 * device's flash (SSID, password, firmware) or switch it off do not exist here. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  MOLINK_REQUEST_MAX = 24,
  MOLINK_MAX_RESOLUTIONS = 32,
  MOLINK_TEXT_MAX = 64
};

/* Requests of the SETCMD dialect: each returns the bytes written, at most
 * MOLINK_REQUEST_MAX. */
size_t molink_ctl_write_button_poll (uint8_t * dest, uint32_t sequence);
size_t molink_ctl_write_list_resolutions (uint8_t * dest, uint32_t sequence);
size_t molink_ctl_write_set_resolution (uint8_t * dest, uint32_t sequence,
    uint16_t width, uint16_t height, uint8_t fps);

/* Requests of the 0x9999 dialect: each writes 24 bytes. */
typedef enum
{
  MOLINK_GET_FORMAT = 0x1000,
  MOLINK_GET_VERSION = 0x1002,
  MOLINK_GET_LED = 0x1015,
  MOLINK_SET_LED = 0x1016,
  MOLINK_GET_BATTERY = 0x1017,
  MOLINK_GET_BOARD_INFO = 0x1060
} MolinkCommand;

size_t molink_ctl_write_command (uint8_t * dest, MolinkCommand command,
    uint32_t argument);

typedef enum
{
  MOLINK_REPLY_BUTTON,
  MOLINK_REPLY_RESOLUTIONS,
  MOLINK_REPLY_SET_RESOLUTION,
  MOLINK_REPLY_COMMAND          /* of the 0x9999 dialect */
} MolinkReplyKind;

typedef struct
{
  uint16_t width;
  uint16_t height;
  uint8_t fps;
} MolinkResolution;

typedef struct
{
  MolinkReplyKind kind;
  uint32_t sequence;            /* RETCMD only */

  /* BUTTON */
  bool has_counter;             /* replies of 12 bytes have none */
  uint8_t key;                  /* 1 photo, 2 video, 3 zoom in, 4 zoom out, 0 not told */
  uint16_t counter;             /* 8 or 16 bits, see MolinkButton */

  /* RESOLUTIONS */
  unsigned n_resolutions;
  MolinkResolution resolutions[MOLINK_MAX_RESOLUTIONS];

  /* COMMAND */
  MolinkCommand command;
  uint32_t status;              /* u32 at 8 */
  uint32_t length;              /* u32 at 12 */
  uint32_t value;               /* u32 at 16, 0 if the reply is shorter */
  size_t payload_offset;        /* of the JSON text of the board info */
  size_t payload_size;
} MolinkReply;

/* Reads a datagram from the control port. False: not a reply that is known. Zeros of
 * its text are not taken away, and what the text holds may be a secret of the owner:
 * take the keys you know. */
bool molink_ctl_parse_reply (const uint8_t * data, size_t size,
    MolinkReply * ret_reply);

typedef struct
{
  int percent;                  /* 0..100, -1: not told */
  bool plugged;
  bool full;
} MolinkBattery;

/* Reads MOLINK_GET_BATTERY's reply, of both firmware flavours: one tells percent in
 * value and whether it is plugged in bits 16 and 17 of status; the other, which
 * leaves value 0, tells millivolts in the lower half of status. False: it
 * tells nothing. */
bool molink_ctl_battery (const MolinkReply * reply, MolinkBattery * ret_battery);

/* The button: presses from its counter. */
typedef struct
{
  bool known;                   /* a baseline was taken */
  bool wide;                    /* the counter has 16 bits: byte 19 was seen to be used */
  uint16_t counter;
  uint32_t sequence;            /* of the newest reply */
} MolinkButton;

/* Forgets the baseline: after a (re)connection or a gap of the stream. */
void molink_ctl_button_forget (MolinkButton * self);

/* How often the button was pressed since the last reply. The first reply, and one
 * whose counter went back (the camera restarted), give 0 and a new baseline; one
 * that was overtaken by a newer one gives 0. A counter that went back by so much
 * that it may have gone round with 16 presses or fewer is taken to have done so:
 * call molink_ctl_button_forget() after each gap. */
unsigned molink_ctl_button_update (MolinkButton * self, const MolinkReply * reply);
