/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simborescopecontrol.h"

#include <string.h>

#define FORMAT_JPEG 1
#define LISTED_FPS 30
#define JSON_OFFSET 32

void
sim_borescope_control_init (SimBorescopeControl * self)
{
  self->led = 50;
  self->version = 0x00020005;
  self->battery = 80;
  /* Real ones tell secrets too, which nobody must pass on. */
  self->board_info = "{\"model\":\"J103-OTG\",\"ssid_head\":\"J103-\","
      "\"wifi_key\":\"not-for-your-eyes\"}";
}

void
sim_borescope_control_reset (SimBorescopeControl * self)
{
  self->counter = 0;
  self->key = 0;
}

void
sim_borescope_control_press (SimBorescopeControl * self, guint8 key,
    guint presses)
{
  self->key = key;
  self->counter += (guint16) presses;
}

static void
sim_borescope_control_list_sizes (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply)
{
  const SimSize *sizes = sim_pictures_get_sizes (self->pictures);
  guint8 n_sizes = 0;

  while (n_sizes < G_MAXUINT8 && sizes[n_sizes].width > 0)
    n_sizes++;
  sim_molink_put_retcmd (reply, request->sequence,
      (guint16) request->command, 1 + n_sizes * 5);
  g_byte_array_append (reply, &n_sizes, 1);
  for (guint i = 0; i < n_sizes; i++)
    sim_molink_put_resolution (reply, sizes[i].width, sizes[i].height,
        LISTED_FPS);
}

/* FALSE: the camera has no such size. */
static gboolean
sim_borescope_control_set_size (SimBorescopeControl * self, SimSize size)
{
  for (const SimSize * s = sim_pictures_get_sizes (self->pictures);
      s->width > 0; s++) {
    if (s->width == size.width && s->height == size.height)
      return sim_pictures_set_size (self->pictures, size);
  }
  return FALSE;
}

static void
sim_borescope_control_put_button (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply)
{
  const SimFault *length =
      sim_faults_find (self->faults, SIM_FAULT_REPLY_LENGTH, 0);
  const SimFault *cut = sim_faults_find (self->faults, SIM_FAULT_CUT_REPLY, 0);

  sim_molink_put_retcmd (reply, request->sequence, SIM_MOLINK_BUTTON,
      length != NULL ? (guint16) length->args[0] : 4);
  sim_molink_put_button (reply, self->key, self->counter);
  if (cut != NULL && cut->args[0] < reply->len)
    g_byte_array_set_size (reply, cut->args[0]);
}

static gboolean
sim_borescope_control_answer_setcmd (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply)
{
  const SimSize size = { request->width, request->height };

  switch (request->command) {
    case SIM_MOLINK_BUTTON:
      sim_borescope_control_put_button (self, request, reply);
      return TRUE;
    case SIM_MOLINK_LIST_RESOLUTIONS:
      sim_borescope_control_list_sizes (self, request, reply);
      return TRUE;
    case SIM_MOLINK_SET_RESOLUTION:
      if (!sim_borescope_control_set_size (self, size))
        return FALSE;
      sim_molink_put_retcmd (reply, request->sequence,
          SIM_MOLINK_SET_RESOLUTION, 0);
      return TRUE;
    default:
      return FALSE;
  }
}

static void
sim_borescope_control_put_board_info (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply)
{
  const guint32 length = (guint32) strlen (self->board_info);

  sim_molink_put_command (reply, SIM_MOLINK_GET_BOARD_INFO, request->sequence,
      0, length, 0);
  g_byte_array_set_size (reply, JSON_OFFSET);
  memset (reply->data + SIM_MOLINK_COMMAND_SIZE, 0,
      JSON_OFFSET - SIM_MOLINK_COMMAND_SIZE);
  g_byte_array_append (reply, (const guint8 *) self->board_info, length);
}

gboolean
sim_borescope_control_answer (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply)
{
  const guint16 command = (guint16) request->command;
  guint32 argument = 0;
  guint64 value = 0;

  if (request->setcmd)
    return sim_borescope_control_answer_setcmd (self, request, reply);
  switch (command) {
    case SIM_MOLINK_GET_FORMAT:
      argument = value = FORMAT_JPEG;
      break;
    case SIM_MOLINK_GET_VERSION:
      argument = 1;
      value = self->version;
      break;
    case SIM_MOLINK_SET_LED:
      self->led = MIN (request->argument, 100);
      argument = value = self->led;
      break;
    case SIM_MOLINK_GET_LED:
      /* Where a reply has it is not known: in both places, then. */
      argument = value = self->led;
      break;
    case SIM_MOLINK_GET_BATTERY:
      if (self->millivolts > 0) {
        argument = self->millivolts;
        break;
      }
      argument = (guint32) self->plugged << 16
          | (guint32) (self->plugged && self->battery >= 100) << 17;
      value = self->battery;
      break;
    case SIM_MOLINK_GET_BOARD_INFO:
      sim_borescope_control_put_board_info (self, request, reply);
      return TRUE;
    default:
      return FALSE;
  }
  sim_molink_put_command (reply, command, request->sequence, argument, 0,
      value);
  return TRUE;
}
