/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "x.h"
#include "gst/foo/gstfoo.h"

#include <glib.h>
#include <stdio.h>
#include <gst/gps/gps.h>
