/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include <glib-unix.h>
#include <gst/gst.h>
#include <stdio.h>

#include "config.h"
#include "server.h"
#include "tools/common/toolexit.h"
#include "tools/common/toollog.h"

typedef struct
{
  gchar *address;
  gint port;
  gchar **cameras;
  gboolean verbose;
  gboolean version;
} Options;

static gboolean
main_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
main_parse (Options * options, int *argc, char ***argv, GError ** error)
{
  const GOptionEntry entries[] = {
    {"camera", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &options->cameras,
        "Serve the camera at URI as /NAME (may be given more than once)",
          "NAME=URI"},
    {"address", 'a', 0, G_OPTION_ARG_STRING, &options->address,
        "Listen on this address (127.0.0.1)", "ADDRESS"},
    {"port", 'p', 0, G_OPTION_ARG_INT, &options->port,
        "Listen on this TCP port, 0 for any that is free (8554)", "PORT"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose,
        "Log more", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &options->version,
        "Print the version and exit", NULL},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context,
      "Serves cameras to many viewers by RTSP.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
main_configure (const Options * options, CheapcamConfig * config,
    GError ** error)
{
  if (options->address) {
    g_free (config->address);
    config->address = g_strdup (options->address);
  }
  if (options->port >= 0)
    config->port = options->port;
  for (gsize i = 0; options->cameras && options->cameras[i]; i++) {
    g_auto (GStrv) parts = g_strsplit (options->cameras[i], "=", 2);

    if (g_strv_length (parts) != 2) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "--camera %s: write NAME=URI", options->cameras[i]);
      return FALSE;
    }
    if (!config_add_camera (config, parts[0], parts[1], error))
      return FALSE;
  }
  return TRUE;
}

static int
main_serve (const CheapcamConfig * config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (CheapcamServer) server = server_new (config);
  g_auto (GStrv) urls = NULL;

  g_unix_signal_add (SIGINT, main_quit, loop);
  g_unix_signal_add (SIGTERM, main_quit, loop);
  if (!server_start (server, &error)) {
    g_critical ("%s", error->message);
    return TOOL_EXIT_FAILURE;
  }
  urls = server_get_urls (server);
  for (gsize i = 0; urls[i]; i++)
    printf ("%s\n", urls[i]);
  fflush (stdout);
  g_main_loop_run (loop);
  server_stop (server);
  return TOOL_EXIT_OK;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CheapcamConfig) config = NULL;
  Options options = { NULL };

  options.port = -1;
  g_set_prgname ("cheapcam-server");
  gst_init (NULL, NULL);
  if (!main_parse (&options, &argc, &argv, &error)) {
    fprintf (stderr, "cheapcam-server: %s\n", error->message);
    return TOOL_EXIT_USAGE;
  }
  toollog_init (options.verbose);
  if (options.version) {
    printf ("cheapcam-server %s\n", VERSION);
    return TOOL_EXIT_OK;
  }
  config = config_new ();
  if (!main_configure (&options, config, &error)) {
    fprintf (stderr, "cheapcam-server: %s\n", error->message);
    return TOOL_EXIT_USAGE;
  }
  return main_serve (config);
}
