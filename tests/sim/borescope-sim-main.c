/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simborescope.h"
#include "simfaults.h"

#include <glib-unix.h>

#include <signal.h>

#define MIN_SIDE 16
#define MAX_SIDE 4096
#define MIN_PAYLOAD 64
#define MAX_PAYLOAD 65000
#define MAX_FPS 1000
#define MAX_DATAGRAM 65507
#define HEADER_B 51
#define PAYLOAD_B 1390

/* The command line as it was read. */
static struct
{
  gchar *variant, *address, *size, *frames, *invert, *motion;
  gchar **faults;
  gint port, event_port, payload, join, battery, millivolts, seed;
  gint64 pad;
  gdouble fps, press_every, timeout;
  gboolean paced, ignore_others, dimensions;
} args = {.fps = 15,.timeout = 5,.battery = 80,.join = 1 };

static const GOptionEntry entries[] = {
  {"variant", 0, 0, G_OPTION_ARG_STRING, &args.variant,
      "a (default), b, or c, which is TCP", "a|b|c"},
  {"port", 0, 0, G_OPTION_ARG_INT, &args.port,
      "Video port (default 0: a free one)", "N"},
  {"event-port", 0, 0, G_OPTION_ARG_INT, &args.event_port,
      "Control port (default 0: a free one)", "N"},
  {"address", 0, 0, G_OPTION_ARG_STRING, &args.address,
      "Where to listen (default 127.0.0.1)", "IP"},
  {"fps", 0, 0, G_OPTION_ARG_DOUBLE, &args.fps,
      "Frames a second (default 15)", "F"},
  {"size", 0, 0, G_OPTION_ARG_STRING, &args.size,
      "Size of the test picture (default 640x480)", "WxH"},
  {"frames", 0, 0, G_OPTION_ARG_FILENAME, &args.frames,
      "Send the .jpg files of this folder instead", "DIR"},
  {"pad", 0, 0, G_OPTION_ARG_INT64, &args.pad,
      "Fill smaller pictures up to this size", "BYTES"},
  {"payload", 0, 0, G_OPTION_ARG_INT, &args.payload,
      "Bytes of a fragment (default 1400; b: 1390)", "BYTES"},
  {"join", 0, 0, G_OPTION_ARG_INT, &args.join,
      "b: messages in one datagram (default 1)", "N"},
  {"paced", 0, 0, G_OPTION_ARG_NONE, &args.paced,
      "1.3 to 2.7 ms between fragments, not a burst", NULL},
  {"invert", 0, 0, G_OPTION_ARG_STRING, &args.invert,
      "b, c: byte that is inverted: formula (default), half, none", "WHICH"},
  {"dimensions", 0, 0, G_OPTION_ARG_NONE, &args.dimensions,
      "a: width and height in the headers", NULL},
  {"motion", 0, 0, G_OPTION_ARG_STRING, &args.motion,
      "Accelerometer word, hexadecimal (default 0)", "WORD"},
  {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &args.timeout,
      "Stop so long after the last heartbeat (default 5)", "S"},
  {"ignore-others", 0, 0, G_OPTION_ARG_NONE, &args.ignore_others,
      "A client keeps the camera; without, the latest gets it", NULL},
  {"battery", 0, 0, G_OPTION_ARG_INT, &args.battery,
      "Charge (default 80)", "PERCENT"},
  {"millivolts", 0, 0, G_OPTION_ARG_INT, &args.millivolts,
      "Tell the battery's voltage, as older firmware", "MV"},
  {"press-every", 0, 0, G_OPTION_ARG_DOUBLE, &args.press_every,
      "Press the button", "S"},
  {"seed", 0, 0, G_OPTION_ARG_INT, &args.seed,
      "Chooses pauses and losses (default 0)", "N"},
  {"fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.faults,
      "What goes wrong, see below; may be repeated", "SCRIPT"},
  {NULL}
};

static gboolean
borescope_sim_main_invalid (GError ** error, const gchar * option,
    const gchar * want)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s",
      option, want);
  return FALSE;
}

/* The index of value in names, which is a number of choices. */
static gboolean
borescope_sim_main_choose (const gchar * option, const gchar * value,
    const gchar * const *names, guint * ret_choice, GError ** error)
{
  g_autofree gchar *list = g_strjoinv (", ", (gchar **) names);

  if (value == NULL)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++) {
    if (g_str_equal (value, names[i])) {
      *ret_choice = i;
      return TRUE;
    }
  }
  return borescope_sim_main_invalid (error, option, list);
}

static gboolean
borescope_sim_main_read_size (SimBorescopeOptions * options, GError ** error)
{
  g_auto (GStrv) sides = NULL;
  guint64 width, height;

  if (args.size == NULL)
    return TRUE;
  sides = g_strsplit (args.size, "x", 2);
  if (g_strv_length (sides) != 2
      || !g_ascii_string_to_unsigned (sides[0], 10, MIN_SIDE, MAX_SIDE, &width,
          NULL)
      || !g_ascii_string_to_unsigned (sides[1], 10, MIN_SIDE, MAX_SIDE,
          &height, NULL))
    return borescope_sim_main_invalid (error, "--size",
        "WIDTHxHEIGHT, each 16 to 4096");
  options->width = (guint16) width;
  options->height = (guint16) height;
  return TRUE;
}

static gboolean
borescope_sim_main_check_range (const gchar * option, gdouble value,
    gdouble min, gdouble max, GError ** error)
{
  g_autofree gchar *want = NULL;

  if (value >= min && value <= max)
    return TRUE;
  want = g_strdup_printf ("%g to %g", min, max);
  return borescope_sim_main_invalid (error, option, want);
}

static gboolean
borescope_sim_main_check (GError ** error)
{
  const gint payload = args.payload > 0 ? args.payload : PAYLOAD_B;
  const gint max_join = MAX_DATAGRAM / (HEADER_B + payload);

  return borescope_sim_main_check_range ("--port", args.port, 0, 65535, error)
      && borescope_sim_main_check_range ("--event-port", args.event_port, 0,
      65535, error)
      && borescope_sim_main_check_range ("--fps", args.fps, 0.01, MAX_FPS,
      error)
      && borescope_sim_main_check_range ("--pad", (gdouble) args.pad, 0,
      16 << 20, error)
      && (args.payload == 0 || borescope_sim_main_check_range ("--payload",
          args.payload, MIN_PAYLOAD, MAX_PAYLOAD, error))
      && borescope_sim_main_check_range ("--join", args.join, 1,
      max_join, error)
      && borescope_sim_main_check_range ("--battery", args.battery, 0, 100,
      error)
      && borescope_sim_main_check_range ("--millivolts", args.millivolts, 0,
      65535, error)
      && borescope_sim_main_check_range ("--timeout", args.timeout, 0.001,
      86400, error)
      && borescope_sim_main_check_range ("--press-every", args.press_every, 0,
      86400, error);
}

static gboolean
borescope_sim_main_read (SimBorescopeOptions * options, GError ** error)
{
  static const gchar *const variants[] = { "a", "b", "c", NULL };
  static const gchar *const inverts[] = { "formula", "half", "none", NULL };
  guint variant = 0, invert = 0;
  guint64 motion = 0;

  if (!borescope_sim_main_check (error)
      || !borescope_sim_main_choose ("--variant", args.variant, variants,
          &variant, error)
      || !borescope_sim_main_choose ("--invert", args.invert, inverts, &invert,
          error) || !borescope_sim_main_read_size (options, error))
    return FALSE;
  if (args.motion != NULL
      && !g_ascii_string_to_unsigned (args.motion, 16, 0, G_MAXUINT32, &motion,
          error))
    return FALSE;
  options->variant = (SimMolinkVariant) variant;
  options->invert = (SimMolinkInvert) invert;
  options->motion = (guint32) motion;
  if (args.address != NULL)
    options->address = args.address;
  options->port = (guint16) args.port;
  options->control_port = (guint16) args.event_port;
  options->fps = args.fps;
  options->frames = args.frames;
  options->pad = (gsize) args.pad;
  options->payload = (guint) args.payload;
  options->join = (guint) args.join;
  options->paced = args.paced;
  options->ignores_others = args.ignore_others;
  options->dimensions = args.dimensions;
  options->timeout_ms = (guint) (args.timeout * 1000);
  options->battery = (guint) args.battery;
  options->millivolts = (guint) args.millivolts;
  options->press_every_ms = (guint) (args.press_every * 1000);
  options->seed = (guint32) args.seed;
  return TRUE;
}

static gboolean
borescope_sim_main_on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Runs the camera until SIGINT or SIGTERM. */
static gboolean
borescope_sim_main_run (const SimBorescopeOptions * options, GError ** error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  const guint interrupt =
      g_unix_signal_add (SIGINT, borescope_sim_main_on_signal, loop);
  const guint terminate =
      g_unix_signal_add (SIGTERM, borescope_sim_main_on_signal, loop);
  g_autoptr (SimBorescope) sim = sim_borescope_new (options, error);

  if (sim != NULL) {
    /* g_print() flushes: scripts wait for the line. */
    g_print ("ready %u %u\n", sim_borescope_get_port (sim),
        sim_borescope_get_control_port (sim));
    g_main_loop_run (loop);
  }
  g_source_remove (interrupt);
  g_source_remove (terminate);
  return sim != NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree gchar *help = sim_faults_get_help ();
  g_autofree gchar *faults = NULL;
  g_autoptr (GError) error = NULL;
  SimBorescopeOptions options;

  g_option_context_set_summary (context,
      "Behaves as a borescope of the Molink family. Prints \"ready PORT EVENT-PORT\"\n"
      "when it listens; ends on SIGINT and SIGTERM.");
  g_option_context_set_description (context, help);
  g_option_context_add_main_entries (context, entries, NULL);
  sim_borescope_options_init (&options);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || !borescope_sim_main_read (&options, &error)) {
    g_printerr ("borescope-sim: %s\n", error->message);
    return 2;
  }
  if (argc > 1) {
    g_printerr ("Usage: borescope-sim [OPTION...]\n");
    return 2;
  }
  if (args.faults != NULL)
    faults = g_strjoinv (";", args.faults);
  options.faults = faults;
  if (!borescope_sim_main_run (&options, &error)) {
    g_printerr ("borescope-sim: %s\n", error->message);
    return 1;
  }
  return 0;
}
