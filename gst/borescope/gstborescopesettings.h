/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* Nothing here is public; the nicks are what users write. */
typedef enum
{
  GST_BORESCOPE_PROTOCOL_AUTO,
  GST_BORESCOPE_PROTOCOL_MOLINK_A,
  GST_BORESCOPE_PROTOCOL_MOLINK_B,
  GST_BORESCOPE_PROTOCOL_MOLINK_TCP
} GstBorescopeProtocol;

typedef enum
{
  GST_BORESCOPE_DESCRAMBLE_AUTO,
  GST_BORESCOPE_DESCRAMBLE_NONE,
  GST_BORESCOPE_DESCRAMBLE_MIDDLE,
  GST_BORESCOPE_DESCRAMBLE_FORMULA
} GstBorescopeDescramble;

/* What the properties of borescopesrc say. */
typedef struct
{
  gchar *host;
  guint port;
  guint control_port;
  GstBorescopeProtocol protocol;
  gchar *bind_address;
  guint bind_port;
  gchar *interface;
  guint buffer_size;
  guint64 keepalive_interval;
  guint start_burst;
  guint64 timeout;
  guint64 connect_timeout;
  gboolean reconnect;
  guint64 frame_timeout;
  guint max_frame_size;
  guint max_queued_frames;
  gboolean drop_incomplete;
  GstBorescopeDescramble descramble;
  guint latency;
  gboolean button_events;
  guint64 button_poll_interval;
  gboolean orientation_events;
  gint led_brightness;
  GSocket *socket;
  gboolean close_socket;
} GstBorescopeSettings;

/* Property ids of the settings are 1 to this. */
#define GST_BORESCOPE_SETTINGS_LAST 25

#define GST_BORESCOPE_DEFAULT_PORT 8030

void gst_borescope_settings_init (GstBorescopeSettings * self);
void gst_borescope_settings_clear (GstBorescopeSettings * self);
void gst_borescope_settings_copy (GstBorescopeSettings * self,
    const GstBorescopeSettings * other);

/* Adds a property for each setting to an element's class. */
void gst_borescope_settings_install (GObjectClass * klass);

/* False: no setting has this id. */
gboolean gst_borescope_settings_set (GstBorescopeSettings * self, guint id,
    const GValue * value);
gboolean gst_borescope_settings_get (const GstBorescopeSettings * self,
    guint id, GValue * value);

/* When a time-out that begins now is over: never, if it is 0. */
guint64 gst_borescope_settings_end (guint64 timeout, guint64 now);

G_END_DECLS
