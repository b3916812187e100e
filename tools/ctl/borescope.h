/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

#include "family.h"

/* Molink borescopes: J103-OTG and its kin (borescope.md 1.4). */
extern const Family borescope_family;
