/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include "connlimit.h"
#include "hub.h"

G_BEGIN_DECLS

#define CHEAPCAM_TYPE_CLIENT (client_get_type ())
G_DECLARE_FINAL_TYPE (CheapcamClient, client, CHEAPCAM, CLIENT, GstRTSPClient)

typedef struct
{
  guint request_time_s;         /* to complete a request, and between two */
  guint session_time_s;         /* without any sign of life */
} CheapcamClientLimits;

GstRTSPClient *client_new (const CheapcamClientLimits * limits,
    CheapcamConnTicket * ticket, GSocket * socket);
void client_set_context (CheapcamClient * self, GMainContext * context);

void client_close_soon (CheapcamClient * self);

/* for the auth object, in the client's thread */
void client_request_arrived (CheapcamClient * self);
gboolean client_owns (CheapcamClient * self, GstRTSPSession * session);
gboolean client_has_session (CheapcamClient * self);
void client_forget (CheapcamClient * self, GstRTSPSession * session);
gboolean client_defer (CheapcamClient * self, GstRTSPMessage * request,
    CheapcamHub * hub);
gboolean client_has_waited (CheapcamClient * self);

const gchar *client_get_login (CheapcamClient * self);
void client_set_login (CheapcamClient * self, const gchar * login);

G_END_DECLS
