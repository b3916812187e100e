/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* RTSP sessions whose names nobody can guess: 128 bits of the kernel's, where
 * the library takes 16 letters from a generator that can be predicted. */

#include "sessions.h"

#include <sys/random.h>

struct _CheapcamSessions
{
  GstRTSPSessionPool parent;
};

G_DEFINE_FINAL_TYPE (CheapcamSessions, sessions, GST_TYPE_RTSP_SESSION_POOL);

static gchar *
sessions_create_session_id (GstRTSPSessionPool * pool)
{
  guint8 bytes[16];
  GString *id = g_string_sized_new (2 * sizeof bytes + 1);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes) {
    g_string_free (id, TRUE);
    return NULL;
  }
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (id, "%02x", bytes[i]);
  return g_string_free (id, FALSE);
}

static void
sessions_class_init (CheapcamSessionsClass * klass)
{
  GST_RTSP_SESSION_POOL_CLASS (klass)->create_session_id =
      sessions_create_session_id;
}

static void
sessions_init (CheapcamSessions * self)
{
}

GstRTSPSessionPool *
sessions_new (guint max_sessions)
{
  return g_object_new (CHEAPCAM_TYPE_SESSIONS, "max-sessions", max_sessions,
      NULL);
}
