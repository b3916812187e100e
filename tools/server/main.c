/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/gst.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "options.h"
#include "serve.h"
#include "server.h"
#include "tools/common/toolexit.h"
#include "tools/common/toollog.h"
#include "users.h"

static int
main_fail (const GError * error)
{
  fprintf (stderr, "cheapcam-server: %s\n", error->message);
  return TOOL_EXIT_USAGE;
}

/* Standard input, so that no password is seen among the processes. The end of
 * its line does not belong to it. */
static int
main_hash_password (void)
{
  gchar password[USERS_MAX_PASSWORD + 4];
  gsize size = fread (password, 1, sizeof password - 1, stdin);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *hash = NULL;

  if (size > 0 && password[size - 1] == '\n') {
    size--;
    if (size > 0 && password[size - 1] == '\r')
      size--;
  }
  password[size] = '\0';
  hash = users_hash (password, size, &error);
  explicit_bzero (password, sizeof password);
  if (hash == NULL) {
    fprintf (stderr, "cheapcam-server: standard input: %s\n", error->message);
    return TOOL_EXIT_FAILURE;
  }
  printf ("%s\n", hash);
  return TOOL_EXIT_OK;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CheapcamConfig) config = config_new ();
  g_autoptr (CheapcamServer) server = NULL;
  g_auto (CheapcamOptions) options = { NULL };
  int code;

  g_set_prgname ("cheapcam-server");
  if (!options_parse (&options, &argc, &argv, &error))
    return main_fail (error);
  toollog_init (options.verbose);
  if (options.version) {
    printf ("cheapcam-server %s\n", VERSION);
    return TOOL_EXIT_OK;
  }
  if (options.hash)
    return main_hash_password ();
  serve_prepare_process ();
  gst_init (NULL, NULL);
  if (!options_apply (&options, config, &error))
    return main_fail (error);
  server = server_new (config, &error);
  if (server == NULL)
    return main_fail (error);
  if (options.check)
    return TOOL_EXIT_OK;
  code = serve_until_signal (server);
  serve_finish (g_steal_pointer (&server));
  return code;
}
