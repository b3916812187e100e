/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "borescope.h"

#include <gio/gio.h>

#include "ask.h"

#define BORESCOPE_HOST "192.168.10.123"
#define BORESCOPE_PORT 50000

/* What applications ask for where the camera does not list it (borescope.md 1.4). */
#define BORESCOPE_USUAL_FPS 30

#define BORESCOPE_MAX_LED 100

static gboolean
borescope_fail (const Target * target, const gchar * what, GError ** error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      "%s: the camera does not %s", target->host, what);
  return FALSE;
}

/* FALSE: there is no camera, or it does not do what. */
static gboolean
borescope_ask (const Target * target, Question * question, const gchar * what,
    GError ** error)
{
  return ask_questions (target, question, 1, error)
      && (question->answered || borescope_fail (target, what, error));
}

/* Where a reply has it, no document tells. The battery's is in the value: that
 * is looked at first. */
static guint32
borescope_get_value (const MolinkReply * reply)
{
  return reply->value ? reply->value : reply->status;
}

/* Text of the camera goes to a terminal. */
static gboolean
borescope_is_printable (const gchar * text)
{
  if (*text == '\0' || strlen (text) > MOLINK_TEXT_MAX
      || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const gchar * p = text; *p; p = g_utf8_next_char (p)) {
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
borescope_report_member (JsonObject * object, const gchar * name,
    Report * report)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_STRING
      || !borescope_is_printable (json_node_get_string (node)))
    return FALSE;
  report_add_string (report, name, json_node_get_string (node));
  return TRUE;
}

/* The board's JSON may have the password of the network in it: nothing but these
 * two members is passed on. */
static gboolean
borescope_report_board (const Question * question, Report * report)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;
  gboolean told;

  if (!question->text
      || !json_parser_load_from_data (parser, question->text, -1, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  told = borescope_report_member (json_node_get_object (root), "model", report);
  return borescope_report_member (json_node_get_object (root), "ssid_head",
      report) || told;
}

static gboolean
borescope_report_version (const Question * question, Report * report)
{
  /* no status: the command is not supported */
  if (!question->answered || question->reply.status == 0)
    return FALSE;
  report_add_number (report, "version", question->reply.value);
  return TRUE;
}

static gboolean
borescope_report_format (const Question * question, Report * report)
{
  static const gchar *const names[] = {
    NULL, "MJPEG", "H.264", "H.264", "YUYV"
  };
  const guint32 format =
      question->answered ? borescope_get_value (&question->reply) : 0;

  if (format >= G_N_ELEMENTS (names) || !names[format])
    return FALSE;
  report_add_string (report, "format", names[format]);
  return TRUE;
}

static gboolean
borescope_info (const Target * target, gchar ** words, Report * report,
    GError ** error)
{
  static const struct
  {
    MolinkCommand command;
      gboolean (*report) (const Question * question, Report * report);
  } parts[] = {
    {MOLINK_GET_BOARD_INFO, borescope_report_board},
    {MOLINK_GET_VERSION, borescope_report_version},
    {MOLINK_GET_FORMAT, borescope_report_format},
  };
  Question questions[G_N_ELEMENTS (parts)];
  gboolean told = FALSE, is_there;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    question_init_command (&questions[i], parts[i].command, 0);
  is_there = ask_questions (target, questions, G_N_ELEMENTS (parts), error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    told = (is_there && parts[i].report (&questions[i], report)) || told;
    question_clear (&questions[i]);
  }
  return told || (is_there
      && borescope_fail (target, "tell anything about itself", error));
}

static gboolean
borescope_resolutions (const Target * target, gchar ** words, Report * report,
    GError ** error)
{
  static const gchar what[] = "tell its resolutions";
  g_auto (Question) question = { 0 };

  question_init_list_resolutions (&question);
  if (!borescope_ask (target, &question, what, error))
    return FALSE;
  if (question.reply.n_resolutions == 0)
    return borescope_fail (target, what, error);
  report_begin_sizes (report, "resolutions");
  for (guint i = 0; i < question.reply.n_resolutions; i++) {
    const MolinkResolution *r = &question.reply.resolutions[i];

    report_add_size (report, r->width, r->height, r->fps);
  }
  report_end_sizes (report);
  return TRUE;
}

static gboolean
borescope_parse_part (const gchar * text, gsize size, guint max,
    guint * ret_value)
{
  g_autofree gchar *part = g_strndup (text, size);
  guint64 value;

  if (!g_ascii_string_to_unsigned (part, 10, 1, max, &value, NULL))
    return FALSE;
  *ret_value = (guint) value;
  return TRUE;
}

/* WIDTHxHEIGHT[@FPS]; no FPS: 0. */
static gboolean
borescope_parse_resolution (const gchar * text, MolinkResolution * ret,
    GError ** error)
{
  const gchar *x = strchr (text, 'x'), *at = strchr (text, '@');
  guint width, height, fps = 0;

  if (!x || (at && at < x)
      || !borescope_parse_part (text, (gsize) (x - text), G_MAXUINT16, &width)
      || !borescope_parse_part (x + 1, at ? (gsize) (at - x - 1) :
          strlen (x + 1), G_MAXUINT16, &height)
      || (at && !borescope_parse_part (at + 1, strlen (at + 1), G_MAXUINT8,
              &fps))) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%s is not a resolution like 640x480 or 640x480@30", text);
    return FALSE;
  }
  *ret = (MolinkResolution) {
  (guint16) width, (guint16) height, (guint8) fps};
  return TRUE;
}

/* Finds what is wanted among what the camera has, and its frame rate if none is
 * wanted. A camera that does not tell what it has is asked for it all the same. */
static gboolean
borescope_choose (const Target * target, const MolinkReply * reply,
    MolinkResolution * wanted, const gchar * text, GError ** error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < reply->n_resolutions; i++) {
    const MolinkResolution *r = &reply->resolutions[i];

    if (r->width == wanted->width && r->height == wanted->height
        && (wanted->fps == 0 || wanted->fps == r->fps)) {
      wanted->fps = r->fps;
      return TRUE;
    }
    g_string_append_printf (list, "%s%ux%u@%u", i > 0 ? ", " : "", r->width,
        r->height, r->fps);
  }
  if (reply->n_resolutions > 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "%s: the camera has no %s, but %s", target->host, text, list->str);
    return FALSE;
  }
  if (wanted->fps == 0)
    wanted->fps = BORESCOPE_USUAL_FPS;
  return TRUE;
}

static gboolean
borescope_set_resolution (const Target * target, gchar ** words,
    Report * report, GError ** error)
{
  g_auto (Question) list = { 0 }, set = { 0 };
  MolinkResolution wanted = { 0 };

  if (!borescope_parse_resolution (words[0], &wanted, error))
    return FALSE;
  question_init_list_resolutions (&list);
  if (!ask_questions (target, &list, 1, error)
      || !borescope_choose (target, &list.reply, &wanted, words[0], error))
    return FALSE;
  question_init_set_resolution (&set, wanted.width, wanted.height, wanted.fps);
  if (!borescope_ask (target, &set, "confirm the resolution", error))
    return FALSE;
  report_add_number (report, "width", wanted.width);
  report_add_number (report, "height", wanted.height);
  report_add_number (report, "fps", wanted.fps);
  return TRUE;
}

static gboolean
borescope_get_led (const Target * target, Report * report, GError ** error)
{
  static const gchar what[] = "tell the brightness of its light";
  g_auto (Question) question = { 0 };
  guint32 percent;

  question_init_command (&question, MOLINK_GET_LED, 0);
  if (!borescope_ask (target, &question, what, error))
    return FALSE;
  percent = borescope_get_value (&question.reply);
  if (percent > BORESCOPE_MAX_LED)
    return borescope_fail (target, what, error);
  report_add_number (report, "led", percent);
  return TRUE;
}

static gboolean
borescope_led (const Target * target, gchar ** words, Report * report,
    GError ** error)
{
  g_auto (Question) question = { 0 };
  guint64 percent;

  if (!words[0])
    return borescope_get_led (target, report, error);
  if (!g_ascii_string_to_unsigned (words[0], 10, 0, BORESCOPE_MAX_LED,
          &percent, NULL)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%s is not a brightness from 0 to %u percent", words[0],
        BORESCOPE_MAX_LED);
    return FALSE;
  }
  question_init_command (&question, MOLINK_SET_LED, (guint32) percent);
  if (!borescope_ask (target, &question, "confirm the brightness", error))
    return FALSE;
  report_add_number (report, "led", (gint64) percent);
  return TRUE;
}

static gboolean
borescope_battery (const Target * target, gchar ** words, Report * report,
    GError ** error)
{
  static const gchar what[] = "tell its battery";
  g_auto (Question) question = { 0 };
  MolinkBattery battery;

  question_init_command (&question, MOLINK_GET_BATTERY, 0);
  if (!borescope_ask (target, &question, what, error))
    return FALSE;
  if (!molink_ctl_battery (&question.reply, &battery))
    return borescope_fail (target, what, error);
  if (battery.percent >= 0)
    report_add_number (report, "percent", battery.percent);
  /* those that tell millivolts tell no more */
  if (question.reply.value > 0 || battery.plugged || battery.full) {
    report_add_flag (report, "charging", battery.plugged);
    report_add_flag (report, "full", battery.full);
  }
  return TRUE;
}

static const Command borescope_commands[] = {
  {"info", NULL, "tell model, firmware version and format",
      0, 0, borescope_info},
  {"resolutions", NULL, "list the resolutions it has",
      0, 0, borescope_resolutions},
  {"set-resolution", "WIDTHxHEIGHT[@FPS]", "choose one of them",
      1, 1, borescope_set_resolution},
  {"led", "[PERCENT]", "tell or set the brightness of its light",
      0, 1, borescope_led},
  {"battery", NULL, "tell the charge of its battery",
      0, 0, borescope_battery},
  {NULL}
};

const Family borescope_family = {
  "borescope", "borescopes of the Molink family", BORESCOPE_HOST,
  BORESCOPE_PORT, borescope_commands
};
