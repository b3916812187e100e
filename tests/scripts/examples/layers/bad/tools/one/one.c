/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "tools/two/two.h"
#include "tests/sim/sim.h"
#include "gst/foo/gstfoo.h"
#include "ext/baz/gstbaz.h"
