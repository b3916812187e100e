/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopesettings.h"

#define DEFAULT_HOST "192.168.10.123"
#define DEFAULT_CONTROL_PORT 50000
#define DEFAULT_PROTOCOL GST_BORESCOPE_PROTOCOL_AUTO
#define DEFAULT_BIND_ADDRESS "0.0.0.0"
#define DEFAULT_BIND_PORT 0
#define DEFAULT_BUFFER_SIZE 1048576
#define DEFAULT_KEEPALIVE_INTERVAL (500 * GST_MSECOND)
#define DEFAULT_START_BURST 3
#define DEFAULT_TIMEOUT (5 * GST_SECOND)
#define DEFAULT_CONNECT_TIMEOUT (10 * GST_SECOND)
#define DEFAULT_RECONNECT TRUE
#define DEFAULT_FRAME_TIMEOUT (500 * GST_MSECOND)
#define DEFAULT_MAX_FRAME_SIZE 4194304
#define DEFAULT_MAX_QUEUED_FRAMES 2
#define DEFAULT_DROP_INCOMPLETE TRUE
#define DEFAULT_DESCRAMBLE GST_BORESCOPE_DESCRAMBLE_AUTO
#define DEFAULT_LATENCY 200
#define DEFAULT_BUTTON_EVENTS TRUE
#define DEFAULT_BUTTON_POLL_INTERVAL (100 * GST_MSECOND)
#define DEFAULT_ORIENTATION_EVENTS FALSE
#define DEFAULT_LED_BRIGHTNESS -1
#define DEFAULT_CLOSE_SOCKET TRUE

enum
{
  PROP_0,
  PROP_HOST,
  PROP_PORT,
  PROP_CONTROL_PORT,
  PROP_PROTOCOL,
  PROP_BIND_ADDRESS,
  PROP_BIND_PORT,
  PROP_INTERFACE,
  PROP_BUFFER_SIZE,
  PROP_KEEPALIVE_INTERVAL,
  PROP_START_BURST,
  PROP_TIMEOUT,
  PROP_CONNECT_TIMEOUT,
  PROP_RECONNECT,
  PROP_FRAME_TIMEOUT,
  PROP_MAX_FRAME_SIZE,
  PROP_MAX_QUEUED_FRAMES,
  PROP_DROP_INCOMPLETE,
  PROP_DESCRAMBLE,
  PROP_LATENCY,
  PROP_BUTTON_EVENTS,
  PROP_BUTTON_POLL_INTERVAL,
  PROP_ORIENTATION_EVENTS,
  PROP_LED_BRIGHTNESS,
  PROP_SOCKET,
  PROP_CLOSE_SOCKET
};

G_STATIC_ASSERT (PROP_CLOSE_SOCKET == GST_BORESCOPE_SETTINGS_LAST);

#define GST_TYPE_BORESCOPE_PROTOCOL (gst_borescope_settings_protocol_type ())
static GType
gst_borescope_settings_protocol_type (void)
{
  static const GEnumValue values[] = {
    {GST_BORESCOPE_PROTOCOL_AUTO, "Told by the first bytes of the camera",
        "auto"},
    {GST_BORESCOPE_PROTOCOL_MOLINK_A, "Molink, 24-byte header, UDP",
        "molink-a"},
    {GST_BORESCOPE_PROTOCOL_MOLINK_B, "Molink, 51-byte header, UDP",
        "molink-b"},
    {GST_BORESCOPE_PROTOCOL_MOLINK_TCP, "Molink, boundaries, TCP",
        "molink-tcp"},
    {0, NULL, NULL}
  };
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    GType t = g_enum_register_static ("GstBorescopeProtocol", values);
    gst_type_mark_as_plugin_api (t, 0);
    g_once_init_leave (&type, t);
  }
  return type;
}

#define GST_TYPE_BORESCOPE_DESCRAMBLE \
    (gst_borescope_settings_descramble_type ())
static GType
gst_borescope_settings_descramble_type (void)
{
  static const GEnumValue values[] = {
    {GST_BORESCOPE_DESCRAMBLE_AUTO, "What the camera's pictures show", "auto"},
    {GST_BORESCOPE_DESCRAMBLE_NONE, "No byte is inverted", "none"},
    {GST_BORESCOPE_DESCRAMBLE_MIDDLE, "The byte in the middle (old firmware)",
        "middle"},
    {GST_BORESCOPE_DESCRAMBLE_FORMULA,
        "The byte that frame number and size tell", "formula"},
    {0, NULL, NULL}
  };
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    GType t = g_enum_register_static ("GstBorescopeDescramble", values);
    gst_type_mark_as_plugin_api (t, 0);
    g_once_init_leave (&type, t);
  }
  return type;
}

void
gst_borescope_settings_init (GstBorescopeSettings * self)
{
  self->host = g_strdup (DEFAULT_HOST);
  self->port = GST_BORESCOPE_DEFAULT_PORT;
  self->control_port = DEFAULT_CONTROL_PORT;
  self->protocol = DEFAULT_PROTOCOL;
  self->bind_address = g_strdup (DEFAULT_BIND_ADDRESS);
  self->bind_port = DEFAULT_BIND_PORT;
  self->interface = NULL;
  self->buffer_size = DEFAULT_BUFFER_SIZE;
  self->keepalive_interval = DEFAULT_KEEPALIVE_INTERVAL;
  self->start_burst = DEFAULT_START_BURST;
  self->timeout = DEFAULT_TIMEOUT;
  self->connect_timeout = DEFAULT_CONNECT_TIMEOUT;
  self->reconnect = DEFAULT_RECONNECT;
  self->frame_timeout = DEFAULT_FRAME_TIMEOUT;
  self->max_frame_size = DEFAULT_MAX_FRAME_SIZE;
  self->max_queued_frames = DEFAULT_MAX_QUEUED_FRAMES;
  self->drop_incomplete = DEFAULT_DROP_INCOMPLETE;
  self->descramble = DEFAULT_DESCRAMBLE;
  self->latency = DEFAULT_LATENCY;
  self->button_events = DEFAULT_BUTTON_EVENTS;
  self->button_poll_interval = DEFAULT_BUTTON_POLL_INTERVAL;
  self->orientation_events = DEFAULT_ORIENTATION_EVENTS;
  self->led_brightness = DEFAULT_LED_BRIGHTNESS;
  self->socket = NULL;
  self->close_socket = DEFAULT_CLOSE_SOCKET;
}

void
gst_borescope_settings_clear (GstBorescopeSettings * self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->bind_address, g_free);
  g_clear_pointer (&self->interface, g_free);
  g_clear_object (&self->socket);
}

void
gst_borescope_settings_copy (GstBorescopeSettings * self,
    const GstBorescopeSettings * other)
{
  gst_borescope_settings_clear (self);
  *self = *other;
  self->host = g_strdup (other->host);
  self->bind_address = g_strdup (other->bind_address);
  self->interface = g_strdup (other->interface);
  if (self->socket)
    g_object_ref (self->socket);
}

static void
gst_borescope_settings_install_network (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_HOST,
      g_param_spec_string ("host", "Host", "Address or name of the camera",
          DEFAULT_HOST, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_PORT,
      g_param_spec_uint ("port", "Port",
          "Video port of the camera, UDP or TCP (0 = try 8030, 8031, 8032 and "
          "TCP 7060, keep what streams)", 0, G_MAXUINT16,
          GST_BORESCOPE_DEFAULT_PORT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_CONTROL_PORT,
      g_param_spec_uint ("control-port", "Control port",
          "UDP port for button, light and battery (0 = do not use)", 0,
          G_MAXUINT16, DEFAULT_CONTROL_PORT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_PROTOCOL,
      g_param_spec_enum ("protocol", "Protocol", "How the camera talks",
          GST_TYPE_BORESCOPE_PROTOCOL, DEFAULT_PROTOCOL,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_BIND_ADDRESS,
      g_param_spec_string ("bind-address", "Bind address", "Own address to use",
          DEFAULT_BIND_ADDRESS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_BIND_PORT,
      g_param_spec_uint ("bind-port", "Bind port",
          "Own UDP port for the video (0 = any free one)", 0, G_MAXUINT16,
          DEFAULT_BIND_PORT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_INTERFACE,
      g_param_spec_string ("interface", "Interface",
          "Network interface to use, such as wlan1 (NULL = what the routes "
          "say)", NULL,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_BUFFER_SIZE,
      g_param_spec_uint ("buffer-size", "Buffer size",
          "Size of the kernel's receive buffer in bytes (0 = its default)", 0,
          G_MAXINT32, DEFAULT_BUFFER_SIZE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_SOCKET,
      g_param_spec_object ("socket", "Socket",
          "UDP socket to use for the video (NULL = make one)", G_TYPE_SOCKET,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_CLOSE_SOCKET,
      g_param_spec_boolean ("close-socket", "Close socket",
          "Close the socket of the property socket at stop",
          DEFAULT_CLOSE_SOCKET,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
}

static void
gst_borescope_settings_install_timing (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_KEEPALIVE_INTERVAL,
      g_param_spec_uint64 ("keepalive-interval", "Keep-alive interval",
          "Nanoseconds between keep-alive packets to the camera",
          50 * GST_MSECOND, 5 * GST_SECOND, DEFAULT_KEEPALIVE_INTERVAL,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_START_BURST,
      g_param_spec_uint ("start-burst", "Start burst",
          "How many start packets are sent at once", 1, 32,
          DEFAULT_START_BURST, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_TIMEOUT,
      g_param_spec_uint64 ("timeout", "Timeout",
          "Post a message when the camera is silent for so many nanoseconds "
          "(0 = never)", 0, G_MAXUINT64, DEFAULT_TIMEOUT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_CONNECT_TIMEOUT,
      g_param_spec_uint64 ("connect-timeout", "Connect timeout",
          "Fail when no picture came within so many nanoseconds from the "
          "start (0 = wait forever)", 0, G_MAXUINT64, DEFAULT_CONNECT_TIMEOUT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_RECONNECT,
      g_param_spec_boolean ("reconnect", "Reconnect",
          "Wait for a camera that went silent (FALSE = fail at the timeout)",
          DEFAULT_RECONNECT,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_LATENCY,
      g_param_spec_uint ("latency", "Latency",
          "Latency to report in milliseconds, at least; more where frames "
          "take longer to arrive", 0, 10000, DEFAULT_LATENCY,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
}

static void
gst_borescope_settings_install_frames (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_FRAME_TIMEOUT,
      g_param_spec_uint64 ("frame-timeout", "Frame timeout",
          "Give up a frame that is not whole so many nanoseconds after its "
          "first fragment", GST_MSECOND, 10 * GST_SECOND,
          DEFAULT_FRAME_TIMEOUT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_MAX_FRAME_SIZE,
      g_param_spec_uint ("max-frame-size", "Maximum frame size",
          "Refuse frames of more bytes", 1024, 64 * 1024 * 1024,
          DEFAULT_MAX_FRAME_SIZE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_MAX_QUEUED_FRAMES,
      g_param_spec_uint ("max-queued-frames", "Maximum queued frames",
          "Frames to keep for a slow pipeline; the newest stay, and all of the "
          "last 50 ms", 1, 16,
          DEFAULT_MAX_QUEUED_FRAMES,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_DROP_INCOMPLETE,
      g_param_spec_boolean ("drop-incomplete", "Drop incomplete",
          "Drop frames that are not whole (FALSE = mark them as corrupted)",
          DEFAULT_DROP_INCOMPLETE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_DESCRAMBLE,
      g_param_spec_enum ("descramble", "Descramble",
          "Which byte of a frame the camera inverts (molink-b, molink-tcp)",
          GST_TYPE_BORESCOPE_DESCRAMBLE, DEFAULT_DESCRAMBLE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
}

static void
gst_borescope_settings_install_device (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_BUTTON_EVENTS,
      g_param_spec_boolean ("button-events", "Button events",
          "Ask for presses of the camera's buttons", DEFAULT_BUTTON_EVENTS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_BUTTON_POLL_INTERVAL,
      g_param_spec_uint64 ("button-poll-interval", "Button poll interval",
          "Nanoseconds between questions for the button", 20 * GST_MSECOND,
          10 * GST_SECOND, DEFAULT_BUTTON_POLL_INTERVAL,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_ORIENTATION_EVENTS,
      g_param_spec_boolean ("orientation-events", "Orientation events",
          "Post messages and tags about how the camera is held",
          DEFAULT_ORIENTATION_EVENTS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
          GST_PARAM_MUTABLE_READY));
  g_object_class_install_property (klass, PROP_LED_BRIGHTNESS,
      g_param_spec_int ("led-brightness", "LED brightness",
          "Brightness of the camera's light in percent (-1 = leave it alone)",
          -1, 100, DEFAULT_LED_BRIGHTNESS,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING
          | GST_PARAM_CONTROLLABLE));
}

void
gst_borescope_settings_install (GObjectClass * klass)
{
  gst_borescope_settings_install_network (klass);
  gst_borescope_settings_install_timing (klass);
  gst_borescope_settings_install_frames (klass);
  gst_borescope_settings_install_device (klass);
}

/* Where a setting is, and of which type its property is. */
typedef struct
{
  gsize offset;
  enum
  { STRING, UINT, INT, UINT64, BOOLEAN, ENUM, SOCKET } kind;
  const gchar *empty;           /* what NULL means for a string */
} GstBorescopeSetting;

#define AT(member, k) {G_STRUCT_OFFSET (GstBorescopeSettings, member), k, NULL}
#define TEXT(member, empty) \
    {G_STRUCT_OFFSET (GstBorescopeSettings, member), STRING, empty}

static const GstBorescopeSetting settings[GST_BORESCOPE_SETTINGS_LAST + 1] = {
  [PROP_HOST] = TEXT (host, DEFAULT_HOST),
  [PROP_PORT] = AT (port, UINT),
  [PROP_CONTROL_PORT] = AT (control_port, UINT),
  [PROP_PROTOCOL] = AT (protocol, ENUM),
  [PROP_BIND_ADDRESS] = TEXT (bind_address, DEFAULT_BIND_ADDRESS),
  [PROP_BIND_PORT] = AT (bind_port, UINT),
  [PROP_INTERFACE] = TEXT (interface, NULL),
  [PROP_BUFFER_SIZE] = AT (buffer_size, UINT),
  [PROP_KEEPALIVE_INTERVAL] = AT (keepalive_interval, UINT64),
  [PROP_START_BURST] = AT (start_burst, UINT),
  [PROP_TIMEOUT] = AT (timeout, UINT64),
  [PROP_CONNECT_TIMEOUT] = AT (connect_timeout, UINT64),
  [PROP_RECONNECT] = AT (reconnect, BOOLEAN),
  [PROP_FRAME_TIMEOUT] = AT (frame_timeout, UINT64),
  [PROP_MAX_FRAME_SIZE] = AT (max_frame_size, UINT),
  [PROP_MAX_QUEUED_FRAMES] = AT (max_queued_frames, UINT),
  [PROP_DROP_INCOMPLETE] = AT (drop_incomplete, BOOLEAN),
  [PROP_DESCRAMBLE] = AT (descramble, ENUM),
  [PROP_LATENCY] = AT (latency, UINT),
  [PROP_BUTTON_EVENTS] = AT (button_events, BOOLEAN),
  [PROP_BUTTON_POLL_INTERVAL] = AT (button_poll_interval, UINT64),
  [PROP_ORIENTATION_EVENTS] = AT (orientation_events, BOOLEAN),
  [PROP_LED_BRIGHTNESS] = AT (led_brightness, INT),
  [PROP_SOCKET] = AT (socket, SOCKET),
  [PROP_CLOSE_SOCKET] = AT (close_socket, BOOLEAN),
};

static gpointer
gst_borescope_settings_at (const GstBorescopeSettings * self, guint id)
{
  return (guint8 *) self + settings[id].offset;
}

static void
gst_borescope_settings_set_string (gchar ** at, const gchar * text,
    const gchar * empty)
{
  g_free (*at);
  *at = g_strdup (text && *text ? text : empty);
}

gboolean
gst_borescope_settings_set (GstBorescopeSettings * self, guint id,
    const GValue * value)
{
  if (id < 1 || id > GST_BORESCOPE_SETTINGS_LAST)
    return FALSE;
  gpointer at = gst_borescope_settings_at (self, id);
  switch (settings[id].kind) {
    case STRING:
      gst_borescope_settings_set_string (at, g_value_get_string (value),
          settings[id].empty);
      break;
    case UINT:
      *(guint *) at = g_value_get_uint (value);
      break;
    case INT:
      *(gint *) at = g_value_get_int (value);
      break;
    case UINT64:
      *(guint64 *) at = g_value_get_uint64 (value);
      break;
    case BOOLEAN:
      *(gboolean *) at = g_value_get_boolean (value);
      break;
    case ENUM:
      *(gint *) at = g_value_get_enum (value);
      break;
    case SOCKET:
      g_set_object ((GSocket **) at, g_value_get_object (value));
      break;
  }
  return TRUE;
}

gboolean
gst_borescope_settings_get (const GstBorescopeSettings * self, guint id,
    GValue * value)
{
  if (id < 1 || id > GST_BORESCOPE_SETTINGS_LAST)
    return FALSE;
  gpointer at = gst_borescope_settings_at (self, id);
  switch (settings[id].kind) {
    case STRING:
      g_value_set_string (value, *(gchar **) at);
      break;
    case UINT:
      g_value_set_uint (value, *(guint *) at);
      break;
    case INT:
      g_value_set_int (value, *(gint *) at);
      break;
    case UINT64:
      g_value_set_uint64 (value, *(guint64 *) at);
      break;
    case BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) at);
      break;
    case ENUM:
      g_value_set_enum (value, *(gint *) at);
      break;
    case SOCKET:
      g_value_set_object (value, *(GSocket **) at);
      break;
  }
  return TRUE;
}

guint64
gst_borescope_settings_end (guint64 timeout, guint64 now)
{
  return timeout == 0 || timeout > G_MAXUINT64 - now ? G_MAXUINT64 :
      now + timeout;
}
