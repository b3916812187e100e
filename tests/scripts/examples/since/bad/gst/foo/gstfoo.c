/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
/**
 * SECTION:element-foo
 * @title: foo
 *
 * Does foo.
 */
GST_ELEMENT_REGISTER_DEFINE (foo, "foo", GST_RANK_NONE, GST_TYPE_FOO);
