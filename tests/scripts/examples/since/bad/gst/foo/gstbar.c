/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
GST_ELEMENT_REGISTER_DEFINE (bar, "bar", GST_RANK_NONE, GST_TYPE_BAR);
