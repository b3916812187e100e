/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "question.h"

/* Of 16 bits: whether all firmware echoes the upper ones is not known. */
static guint32
question_get_sequence (void)
{
  return (guint32) g_random_int_range (0, G_MAXUINT16 + 1);
}

static void
question_init (Question * self, MolinkReplyKind kind)
{
  *self = (Question) {
  .kind = kind,.sequence = question_get_sequence ()};
}

void
question_init_button (Question * self)
{
  question_init (self, MOLINK_REPLY_BUTTON);
  self->size = molink_ctl_write_button_poll (self->request, self->sequence);
}

void
question_init_list_resolutions (Question * self)
{
  question_init (self, MOLINK_REPLY_RESOLUTIONS);
  self->size =
      molink_ctl_write_list_resolutions (self->request, self->sequence);
}

void
question_init_set_resolution (Question * self, guint16 width, guint16 height,
    guint8 fps)
{
  question_init (self, MOLINK_REPLY_SET_RESOLUTION);
  self->size = molink_ctl_write_set_resolution (self->request, self->sequence,
      width, height, fps);
}

void
question_init_command (Question * self, MolinkCommand command, guint32 argument)
{
  question_init (self, MOLINK_REPLY_COMMAND);
  self->command = command;
  self->size = molink_ctl_write_command (self->request, command, argument);
}

static gboolean
question_is_reply (const Question * self, const MolinkReply * reply)
{
  if (reply->kind != self->kind)
    return FALSE;
  return self->kind == MOLINK_REPLY_COMMAND ? reply->command == self->command
      : reply->sequence == self->sequence;
}

void
question_take (Question * self, const guint8 * data, gsize size)
{
  MolinkReply reply;

  if (self->answered || !molink_ctl_parse_reply (data, size, &reply) ||
      !question_is_reply (self, &reply))
    return;
  self->answered = TRUE;
  self->reply = reply;
  if (reply.payload_size > 0)
    self->text = g_strndup ((const gchar *) data + reply.payload_offset,
        reply.payload_size);
}

void
question_clear (Question * self)
{
  g_clear_pointer (&self->text, g_free);
}
