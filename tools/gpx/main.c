/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* cheapcam-gpx: the GPS track of dash cam recordings as a document. */

#include <locale.h>
#include <signal.h>

#include "tools/common/toolexit.h"
#include "tools/common/toolstreams.h"

#include "interrupt.h"
#include "options.h"
#include "run.h"

static int
main_run (const Options * options)
{
  gint stop_fd = interrupt_catch ();

  /* failing to write has to be told, and leaves nothing behind */
  (void) signal (SIGPIPE, SIG_IGN);
  (void) signal (SIGXFSZ, SIG_IGN);
  return run_all (options, stop_fd) ? TOOL_EXIT_OK : TOOL_EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  Options options = { NULL, };
  g_autoptr (GError) error = NULL;
  int status = TOOL_EXIT_OK;

  toolstreams_fill ();
  setlocale (LC_ALL, "");
  if (!options_parse (&options, &argc, &argv, &error)) {
    g_printerr ("cheapcam-gpx: %s; --help tells more\n", error->message);
    status = TOOL_EXIT_USAGE;
  } else if (options.version) {
    g_print ("cheapcam-gpx %s\n", VERSION);
  } else {
    status = main_run (&options);
  }
  options_clear (&options);
  return status;
}
