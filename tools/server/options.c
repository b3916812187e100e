/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* The command line. */

#include "options.h"

#include <gst/gst.h>

gboolean
options_parse (CheapcamOptions * self, int *argc, char ***argv, GError ** error)
{
  const GOptionEntry entries[] = {
    {"config", 'f', 0, G_OPTION_ARG_FILENAME, &self->config,
        "Read the configuration from FILE", "FILE"},
    {"camera", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->cameras,
          "Serve the camera at URI as /NAME (may be given more than once)",
        "NAME=URI"},
    {"address", 'a', 0, G_OPTION_ARG_STRING, &self->address,
        "Listen on this address (127.0.0.1)", "ADDRESS"},
    {"port", 'p', 0, G_OPTION_ARG_INT, &self->port,
        "Listen on this TCP port, 0 for any that is free (8554)", "PORT"},
    {"check-config", 0, 0, G_OPTION_ARG_NONE, &self->check,
        "Check the configuration and exit"},
    {"hash-password", 0, 0, G_OPTION_ARG_NONE, &self->hash,
        "Read a password from standard input, print its hash and exit"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, "Log more"},
    {"version", 0, 0, G_OPTION_ARG_NONE, &self->version,
        "Print the version and exit"},
    {NULL}
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- serve cameras by RTSP");

  self->port = -1;
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

gboolean
options_apply (const CheapcamOptions * self, CheapcamConfig * config,
    GError ** error)
{
  if (self->config && !config_load (config, self->config, error))
    return FALSE;
  if (self->address && !config_set_address (config, self->address, error))
    return FALSE;
  if (self->port != -1 && !config_set_port (config, self->port, error))
    return FALSE;
  for (gsize i = 0; self->cameras && self->cameras[i]; i++) {
    g_auto (GStrv) parts = g_strsplit (self->cameras[i], "=", 2);

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

void
options_clear (CheapcamOptions * self)
{
  g_free (self->config);
  g_free (self->address);
  g_strfreev (self->cameras);
}
