/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include <gst/gps/gps-prelude.h>
#include <gst/gps/gstgpsfix.h>
#include <gst/gps/gstgpsmeta.h>
#include <gst/gps/gstgpswriter.h>
