/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What Molink borescopes write, from the byte tables alone. Shares no code with
 * wire/: it is a check on what wire/ reads. Sections are those of the protocol
 * research, borescope.md. */

#include <glib.h>

typedef enum
{
  SIM_MOLINK_A,                 /* UDP, 24-byte header */
  SIM_MOLINK_B,                 /* UDP, 51-byte header */
  SIM_MOLINK_C                  /* TCP, between boundaries */
} SimMolinkVariant;

/* Which byte of a frame variants B and C invert (2.2, 2.3). */
typedef enum
{
  SIM_MOLINK_INVERT_FORMULA,
  SIM_MOLINK_INVERT_HALF,
  SIM_MOLINK_INVERT_NONE
} SimMolinkInvert;

enum
{
  SIM_MOLINK_COMMAND_SIZE = 24,
  SIM_MOLINK_HEARTBEAT = 1,
  SIM_MOLINK_STOP = 2,
  SIM_MOLINK_BUTTON = 0x90,     /* SETCMD, 1.4 */
  SIM_MOLINK_SET_RESOLUTION = 8,
  SIM_MOLINK_LIST_RESOLUTIONS = 9,
  SIM_MOLINK_GET_FORMAT = 0x1000,       /* 0x9999, 1.4 */
  SIM_MOLINK_GET_VERSION = 0x1002,
  SIM_MOLINK_GET_LED = 0x1015,
  SIM_MOLINK_SET_LED = 0x1016,
  SIM_MOLINK_GET_BATTERY = 0x1017,
  SIM_MOLINK_GET_BOARD_INFO = 0x1060
};

typedef struct
{
  guint32 number;               /* of the frame; A: its low 8 bits are the id */
  guint32 frame_size;           /* as declared */
  guint index, count;           /* of the fragments, from 0 */
  guint n_bytes;                /* of payload */
  guint8 position;              /* A: 1 first, 3 middle, 2 last; 0: by index */
  guint8 format;                /* 1 JPEG, 4 YUYV */
  guint16 width, height;        /* 0: not told */
  guint32 motion;               /* accelerometer word */
  guint32 sequence;             /* B */
  gboolean plain;               /* B: the mark 0x22, no byte is inverted */
} SimMolinkFragment;

/* Headers of 1.3, 2.2 and 2.3; the payload follows. */
void sim_molink_put_a (GByteArray * out, const SimMolinkFragment * fragment);
void sim_molink_put_b (GByteArray * out, const SimMolinkFragment * fragment);
void sim_molink_put_c (GByteArray * out, const SimMolinkFragment * fragment);

/* The boundary behind a frame of variant C. */
void sim_molink_put_c_end (GByteArray * out);

guint32 sim_molink_inverted_index (SimMolinkInvert invert, guint32 number,
    guint32 frame_size);

/* A request: command and argument of the 0x9999 dialect, or of SETCMD. */
typedef struct
{
  gboolean setcmd;
  guint32 sequence;
  guint32 command;
  guint32 argument;             /* 0x9999 */
  guint16 width, height;        /* SETCMD 8 */
} SimMolinkRequest;

/* Reads a datagram of the host. FALSE: not one of either dialect. */
gboolean sim_molink_parse (const guint8 * data, gsize size,
    SimMolinkRequest * ret_request);

/* Replies of 1.4: the first 14 bytes of a RETCMD, and the 24 of 0x9999. */
void sim_molink_put_retcmd (GByteArray * out, guint32 sequence, guint16 command,
    guint16 length);
void sim_molink_put_command (GByteArray * out, guint16 command,
    guint32 sequence, guint32 argument, guint32 length, guint64 value);

/* What follows the RETCMD of a button poll, and one of a resolution list. */
void sim_molink_put_button (GByteArray * out, guint8 key, guint16 counter);
void sim_molink_put_resolution (GByteArray * out, guint16 width, guint16 height,
    guint8 fps);
