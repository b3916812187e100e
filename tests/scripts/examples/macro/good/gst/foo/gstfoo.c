/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#define GST_FOO_CASE(x) \
  case x: \
    return #x

G_DEFINE_TYPE (GstFoo, gst_foo,
    GST_TYPE_ELEMENT);

static void
gst_foo_init (GstFoo * self)
{
}

G_GNUC_PRINTF (1, 2)
static void
gst_foo_log (const char *format, ...)
{
}
