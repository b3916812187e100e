/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <gst/gst.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "serve.h"
#include "server.h"
#include "tools/common/toolexit.h"
#include "tools/common/toollog.h"
#include "users.h"

#define PASSWORD_SIZE 512

typedef struct
{
  gchar *config;
  gchar *address;
  gint port;
  gchar **cameras;
  gboolean check;
  gboolean hash;
  gboolean verbose;
  gboolean version;
} Options;

static gboolean
main_parse (Options * options, int *argc, char ***argv, GError ** error)
{
  const GOptionEntry entries[] = {
    {"config", 'f', 0, G_OPTION_ARG_FILENAME, &options->config,
        "Read the configuration from FILE", "FILE"},
    {"camera", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->cameras,
          "Serve the camera at URI as /NAME (may be given more than once)",
        "NAME=URI"},
    {"address", 'a', 0, G_OPTION_ARG_STRING, &options->address,
        "Listen on this address (127.0.0.1)", "ADDRESS"},
    {"port", 'p', 0, G_OPTION_ARG_INT, &options->port,
        "Listen on this TCP port, 0 for any that is free (8554)", "PORT"},
    {"check-config", 0, 0, G_OPTION_ARG_NONE, &options->check,
        "Check the configuration and exit"},
    {"hash-password", 0, 0, G_OPTION_ARG_NONE, &options->hash,
        "Read a password from standard input, print its hash and exit"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "Log more"},
    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version,
        "Print the version and exit"},
    {NULL}
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- serve cameras by RTSP");

  options->port = -1;
  g_option_context_set_description (context, "Example:\n"
      "  cheapcam-server --camera front=file:///home/me/trip.mp4\n"
      "  then open rtsp://127.0.0.1:8554/front in a player.\n");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "what is \"%s\"? Cameras are given by --camera NAME=URI", (*argv)[1]);
  return *argc <= 1;
}

static gboolean
main_configure (const Options * options, CheapcamConfig * config,
    GError ** error)
{
  if (options->config && !config_load (config, options->config, error))
    return FALSE;
  if (options->address && !config_set_address (config, options->address, error))
    return FALSE;
  if (options->port != -1 && !config_set_port (config, options->port, error))
    return FALSE;
  for (gsize i = 0; options->cameras && options->cameras[i]; i++) {
    g_auto (GStrv) parts = g_strsplit (options->cameras[i], "=", 2);

    if (g_strv_length (parts) != 2) {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "--camera: write NAME=URI");
      return FALSE;
    }
    if (!config_add_camera (config, parts[0], parts[1], error))
      return FALSE;
  }
  return config_check (config, error);
}

static int
main_fail (const GError * error)
{
  fprintf (stderr, "cheapcam-server: %s\n", error->message);
  return TOOL_EXIT_USAGE;
}

/* Standard input, so that no password is seen among the processes. */
static int
main_hash_password (void)
{
  gchar password[PASSWORD_SIZE];
  g_autoptr (GError) error = NULL;
  g_autofree gchar *hash = NULL;

  if (fgets (password, sizeof password, stdin))
    hash = users_hash (g_strchomp (password), &error);
  explicit_bzero (password, sizeof password);
  if (hash == NULL) {
    fprintf (stderr, "cheapcam-server: %s\n",
        error ? error->message : "no password on standard input");
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
  Options options = { NULL };
  int code;

  g_set_prgname ("cheapcam-server");
  if (!main_parse (&options, &argc, &argv, &error))
    return main_fail (error);
  toollog_init (options.verbose);
  if (options.version) {
    printf ("cheapcam-server %s\n", VERSION);
    return TOOL_EXIT_OK;
  }
  if (options.hash)
    return main_hash_password ();
  gst_init (NULL, NULL);
  if (!main_configure (&options, config, &error))
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
