/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simfaults.h"

struct _SimFaults
{
  GArray *list;                 /* of SimFault */
};

typedef struct
{
  const gchar *name;
  gboolean frames;              /* the first word is a frame */
  guint min_args, max_args;     /* behind it */
  guint limit;                  /* of each of them */
  const gchar *usage;
  const gchar *help;
} SimFaultForm;

static const SimFaultForm forms[SIM_FAULT_N_KINDS] = {
  [SIM_FAULT_DROP] = {"drop", TRUE, 0, 1, G_MAXUINT32, "N [I]",
      "fragment I, or all, is not sent"},
  [SIM_FAULT_DROP_EVERY] = {"drop-every", FALSE, 1, 1, G_MAXUINT32, "K",
      "each K-th fragment is not sent"},
  [SIM_FAULT_LOSE] = {"lose", FALSE, 1, 1, 100, "PERCENT",
      "that many are not sent; the seed says which"},
  [SIM_FAULT_DUP] =
      {"dup", TRUE, 1, 1, G_MAXUINT32, "N I", "fragment I is sent twice"},
  [SIM_FAULT_SWAP] = {"swap", TRUE, 2, 2, G_MAXUINT32, "N I J",
      "fragments I and J change places"},
  [SIM_FAULT_INTERLEAVE] = {"interleave", TRUE, 0, 0, G_MAXUINT32, "N",
      "its fragments and those of the next frame take turns"},
  [SIM_FAULT_DELAY] = {"delay", TRUE, 2, 2, 60000, "N I MS",
      "fragment I and what follows wait"},
  [SIM_FAULT_PAD] = {"pad", TRUE, 1, 1, 60000, "N BYTES",
      "each datagram has so many zero bytes more"},
  [SIM_FAULT_TRUNCATE] = {"truncate", TRUE, 2, 2, G_MAXUINT32, "N I BYTES",
      "so many bytes of the datagram of fragment I are there"},
  [SIM_FAULT_SIZE] = {"size", TRUE, 1, 1, G_MAXUINT32, "N BYTES",
      "its headers tell this size of the frame"},
  [SIM_FAULT_CORRUPT] = {"corrupt", TRUE, 1, 1, G_MAXUINT32, "N OFFSET",
      "the byte of the JPEG is inverted"},
  [SIM_FAULT_MARK] = {"mark", TRUE, 2, 2, 65535, "N I POSITION",
      "variant a: fragment I has this position (1, 2, 3)"},
  [SIM_FAULT_FORMAT] = {"format", TRUE, 1, 1, 255, "N FORMAT",
      "its headers tell this format (1 JPEG, 4 YUYV)"},
  [SIM_FAULT_FOREIGN] = {"foreign", TRUE, 0, 0, G_MAXUINT32, "N",
      "another port sends the same headers with other bytes first"},
  [SIM_FAULT_ID] = {"id", TRUE, 1, 1, G_MAXUINT32, "N ID",
      "its number is ID; counting goes on from there"},
  [SIM_FAULT_RESIZE] = {"resize", TRUE, 2, 2, 4096, "N WIDTH HEIGHT",
      "from it on pictures have this size"},
  [SIM_FAULT_REBOOT] = {"reboot", TRUE, 0, 0, G_MAXUINT32, "N",
      "before it the camera starts anew, and waits for a heartbeat"},
  [SIM_FAULT_PRESS] = {"press", TRUE, 0, 2, 65535, "N [KEY [PRESSES]]",
      "before it the button is pressed"},
  [SIM_FAULT_SILENCE] = {"silence", FALSE, 2, 2, G_MAXUINT32, "FROM-MS FOR-MS",
      "nothing is sent, FROM-MS after the start of the stream"},
  [SIM_FAULT_COUNTER] = {"counter", FALSE, 1, 1, 65535, "VALUE",
      "the counter of the button begins here"},
  [SIM_FAULT_LATE] = {"late", FALSE, 1, 1, 60000, "MS",
      "replies of the control port come late"},
  [SIM_FAULT_CUT_REPLY] = {"cut-reply", FALSE, 1, 1, 65535, "BYTES",
      "replies to the poll end there (old models: 12)"},
  [SIM_FAULT_REPLY_LENGTH] = {"reply-length", FALSE, 1, 1, 65535, "VALUE",
      "the length field of these replies (Nidage: 0)"},
  [SIM_FAULT_FOREIGN_REPLY] = {"foreign-reply", FALSE, 0, 0, G_MAXUINT32, "",
      "a reply with its last bytes inverted comes from another port first"},
  [SIM_FAULT_REFUSE] = {"refuse", FALSE, 0, 0, G_MAXUINT32, "",
      "the control port is closed"}
};

static gboolean
sim_faults_parse_number (const gchar * word, guint64 max, guint64 * ret_number)
{
  return g_ascii_string_to_unsigned (word, 10, 0, max, ret_number, NULL);
}

/* "5", "5-9", or "*" for each. */
static gboolean
sim_faults_parse_frames (const gchar * word, SimFault * fault)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);

  if (g_str_equal (word, "*")) {
    fault->first = 0;
    fault->last = G_MAXUINT64;
    return TRUE;
  }
  return ends[0] != NULL
      && sim_faults_parse_number (ends[0], G_MAXINT64, &fault->first)
      && sim_faults_parse_number (ends[1] != NULL ? ends[1] : ends[0],
      G_MAXINT64, &fault->last) && fault->first <= fault->last;
}

static gboolean
sim_faults_parse_fault (gchar ** words, SimFault * fault)
{
  const SimFaultForm *form;
  guint n_words = g_strv_length (words);

  while (fault->kind < SIM_FAULT_N_KINDS
      && !g_str_equal (words[0], forms[fault->kind].name))
    fault->kind++;
  if (fault->kind == SIM_FAULT_N_KINDS)
    return FALSE;
  form = &forms[fault->kind];
  words++;
  n_words--;
  fault->last = G_MAXUINT64;
  if (form->frames) {
    if (n_words == 0 || !sim_faults_parse_frames (words[0], fault))
      return FALSE;
    words++;
    n_words--;
  }
  if (n_words < form->min_args || n_words > form->max_args)
    return FALSE;
  for (; fault->n_args < n_words; fault->n_args++) {
    guint64 number;

    if (!sim_faults_parse_number (words[fault->n_args], form->limit, &number))
      return FALSE;
    fault->args[fault->n_args] = (guint) number;
  }
  return TRUE;
}

static void
sim_faults_set_error (GError ** error, const gchar * text, SimFaultKind kind)
{
  if (kind < SIM_FAULT_N_KINDS)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "Fault \"%s\": write \"%s %s\", with numbers up to %u", text,
        forms[kind].name, forms[kind].usage, forms[kind].limit);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "Fault \"%s\" is unknown; --help has a list of them", text);
}

SimFaults *
sim_faults_new (const gchar * script, GError ** error)
{
  g_autoptr (SimFaults) self = g_new0 (SimFaults, 1);
  g_auto (GStrv) texts = g_strsplit (script != NULL ? script : "", ";", -1);

  self->list = g_array_new (FALSE, FALSE, sizeof (SimFault));
  for (gchar ** text = texts; *text != NULL; text++) {
    g_auto (GStrv) words = NULL;
    SimFault fault = { 0 };

    if (*g_strstrip (*text) == '\0')
      continue;
    words = g_strsplit (*text, " ", -1);
    if (!sim_faults_parse_fault (words, &fault)) {
      sim_faults_set_error (error, *text, fault.kind);
      return NULL;
    }
    g_array_append_val (self->list, fault);
  }
  return g_steal_pointer (&self);
}

void
sim_faults_free (SimFaults * self)
{
  if (self == NULL)
    return;
  g_array_unref (self->list);
  g_free (self);
}

const SimFault *
sim_faults_next (const SimFaults * self, SimFaultKind kind, guint64 frame,
    guint * position)
{
  while (*position < self->list->len) {
    const SimFault *fault =
        &g_array_index (self->list, SimFault, (*position)++);

    if (fault->kind == kind && fault->first <= frame && frame <= fault->last)
      return fault;
  }
  return NULL;
}

const SimFault *
sim_faults_find (const SimFaults * self, SimFaultKind kind, guint64 frame)
{
  guint position = 0;

  return sim_faults_next (self, kind, frame, &position);
}

gchar *
sim_faults_get_help (void)
{
  GString *help = g_string_new ("Faults, with a semicolon between them. "
      "N is a frame or some (\"5\", \"5-9\", \"*\"), I and J\n"
      "fragments of it; both are counted from 0:\n");

  for (guint i = 0; i < SIM_FAULT_N_KINDS; i++) {
    g_autofree gchar *usage =
        g_strdup_printf ("%s %s", forms[i].name, forms[i].usage);

    g_string_append_printf (help, "  %-23s %s\n", usage, forms[i].help);
  }
  return g_string_free (help, FALSE);
}
