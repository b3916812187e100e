/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The control port of a borescope: what it answers. */

#include "simfaults.h"
#include "simmolink.h"
#include "simpictures.h"

typedef struct
{
  guint16 counter;              /* of presses */
  guint8 key;                   /* the latest: 1 photo, 2 video, 3 and 4 zoom */
  guint32 led;                  /* percent */
  guint32 version;
  guint battery;                /* percent */
  gboolean plugged;             /* the battery is being charged */
  guint millivolts;             /* not 0: the older firmware, which tells these alone */
  const gchar *board_info;      /* JSON */
  SimPictures *pictures;
  const SimFaults *faults;
} SimBorescopeControl;

void sim_borescope_control_init (SimBorescopeControl * self);

/* The camera starts anew: nobody has pressed the button yet. */
void sim_borescope_control_reset (SimBorescopeControl * self);

void sim_borescope_control_press (SimBorescopeControl * self, guint8 key,
    guint presses);

/* Does what a request asks for, and writes the reply. FALSE: the camera does
 * not answer it. */
gboolean sim_borescope_control_answer (SimBorescopeControl * self,
    const SimMolinkRequest * request, GByteArray * reply);
