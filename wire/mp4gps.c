/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mp4gps.h"
