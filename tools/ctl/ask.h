/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "family.h"
#include "question.h"

G_BEGIN_DECLS

/* Asks a camera by UDP until all questions are answered or its time is over: each
 * that is not answered yet is sent ASK_TRIES times (borescope.md 1.4: 3 to 4 times,
 * 500 to 600 ms apart). What others than the camera send is ignored.
 *
 * FALSE: nothing at all was answered, or there is no way to the camera; the error
 * names it. TRUE: the camera is there; which question it answered, each one says. */
enum
{
  ASK_TRIES = 4
};

gboolean ask_questions (const Target * target, Question * questions,
    guint n_questions, GError ** error);

G_END_DECLS
