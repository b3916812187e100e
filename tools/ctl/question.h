/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* A question to the control port of a Molink borescope, and its reply. */

#include <glib.h>

#include "wire/molinkctl.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 request[MOLINK_REQUEST_MAX];
  gsize size;
  MolinkReplyKind kind;         /* of the reply it waits for */
  MolinkCommand command;        /* the same, if kind is MOLINK_REPLY_COMMAND */
  guint32 sequence;             /* the same, of the other kinds */

  gboolean answered;
  MolinkReply reply;
  gchar *text;                  /* the reply's text up to its first zero, if it has
                                 * one; nothing is known of what is in it */
} Question;

/* The button: what all of these cameras answer, and what changes nothing. */
void question_init_button (Question * self);

void question_init_list_resolutions (Question * self);
void question_init_set_resolution (Question * self, guint16 width,
    guint16 height, guint8 fps);
void question_init_command (Question * self, MolinkCommand command,
    guint32 argument);

/* Takes a datagram from the camera if it is the reply. */
void question_take (Question * self, const guint8 * data, gsize size);

void question_clear (Question * self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

G_END_DECLS
