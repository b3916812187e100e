/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* cheapcam-ctl: asks cameras, and sets what they do, from the shell. */

#include <errno.h>
#include <locale.h>
#include <stdio.h>

#include "tools/common/toolexit.h"
#include "tools/common/toolstreams.h"

#include "options.h"

static int
main_print (Report * report, gboolean json)
{
  g_autofree gchar *text =
      json ? report_make_json (report) : report_make_text (report);

  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return TOOL_EXIT_OK;
  g_printerr ("cheapcam-ctl: standard output: %s\n", g_strerror (errno));
  return TOOL_EXIT_FAILURE;
}

static int
main_run (const Options * options)
{
  g_autoptr (Report) report = report_new ();
  g_autoptr (GError) error = NULL;

  if (options->command->run (&options->target, options->words, report, &error))
    return main_print (report, options->json);
  if (error->domain == G_OPTION_ERROR) {
    g_printerr ("cheapcam-ctl: %s; --help tells more\n", error->message);
    return TOOL_EXIT_USAGE;
  }
  g_printerr ("cheapcam-ctl: %s\n", error->message);
  return TOOL_EXIT_FAILURE;
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
    g_printerr ("cheapcam-ctl: %s; --help tells more\n", error->message);
    status = TOOL_EXIT_USAGE;
  } else if (options.version) {
    g_print ("cheapcam-ctl %s\n", VERSION);
  } else {
    status = main_run (&options);
  }
  options_clear (&options);
  return status;
}
