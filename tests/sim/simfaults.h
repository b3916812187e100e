/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* What a borescope does wrong, or does at all, and when. */

#include <gio/gio.h>

typedef enum
{
  SIM_FAULT_DROP,
  SIM_FAULT_DROP_EVERY,
  SIM_FAULT_LOSE,
  SIM_FAULT_DUP,
  SIM_FAULT_SWAP,
  SIM_FAULT_INTERLEAVE,
  SIM_FAULT_DELAY,
  SIM_FAULT_PAD,
  SIM_FAULT_TRUNCATE,
  SIM_FAULT_SIZE,
  SIM_FAULT_CORRUPT,
  SIM_FAULT_MARK,
  SIM_FAULT_FORMAT,
  SIM_FAULT_FOREIGN,
  SIM_FAULT_ID,
  SIM_FAULT_RESIZE,
  SIM_FAULT_REBOOT,
  SIM_FAULT_PRESS,
  SIM_FAULT_SILENCE,
  SIM_FAULT_COUNTER,
  SIM_FAULT_LATE,
  SIM_FAULT_CUT_REPLY,
  SIM_FAULT_REPLY_LENGTH,
  SIM_FAULT_FOREIGN_REPLY,
  SIM_FAULT_REFUSE,
  SIM_FAULT_N_KINDS
} SimFaultKind;

typedef struct
{
  SimFaultKind kind;
  guint64 first, last;          /* frames */
  guint n_args;
  guint args[3];                /* in the order of the help */
} SimFault;

typedef struct _SimFaults SimFaults;

/* Reads a script of faults with a semicolon between them, NULL or "" for none.
 * sim_faults_get_help() has the words. */
SimFaults *sim_faults_new (const gchar * script, GError ** error);

void sim_faults_free (SimFaults * self);

/* The faults of a kind that hit a frame, from *position on, which begins at 0.
 * NULL: no more. Those that are not of a frame hit all. */
const SimFault *sim_faults_next (const SimFaults * self, SimFaultKind kind,
    guint64 frame, guint * position);

/* The first of them. */
const SimFault *sim_faults_find (const SimFaults * self, SimFaultKind kind,
    guint64 frame);

/* The script's language. Free it. */
gchar *sim_faults_get_help (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimFaults, sim_faults_free)
