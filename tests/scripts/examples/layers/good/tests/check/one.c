/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "tests/sim/sim.h"
#include "tools/one/one.h"
#include "wire/x.h"
