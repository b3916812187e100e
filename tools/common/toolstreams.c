/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "toolstreams.h"

#include <fcntl.h>

#include <glib.h>

/* Each the wrong way round: reading and writing it has to fail. */
void
toolstreams_fill (void)
{
  static const int flags[] = { O_WRONLY, O_RDONLY, O_WRONLY };

  for (int fd = 0; fd < (int) G_N_ELEMENTS (flags); fd++) {
    if (fcntl (fd, F_GETFD) < 0)
      (void) open ("/dev/null", flags[fd]);
  }
}
