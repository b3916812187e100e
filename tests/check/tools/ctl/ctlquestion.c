/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/ctl/question.h"
#include "tools/ctl/report.h"

#include <gst/check/gstcheck.h>

/* "model" of the board and a zero, behind the header of a reply to 0x1060. */
#define BOARD "\x99\x99\x60\x10" "\0\0\0\0" "\1\0\0\0" "\4\0\0\0" \
    "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "{}\0x"
#define BATTERY "\x99\x99\x17\x10" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" \
    "\x2a\0\0\0" "\0\0\0\0"

#define TAKE(question, bytes) \
    question_take (question, (const guint8 *) bytes, sizeof bytes - 1)

GST_START_TEST (test_a_command_takes_its_own_reply)
{
  g_auto (Question) battery = { 0 };

  question_init_command (&battery, MOLINK_GET_BATTERY, 0);
  assert_equals_int (battery.size, 24);
  TAKE (&battery, BOARD);
  TAKE (&battery, "RETCMD");
  TAKE (&battery, "");
  fail_if (battery.answered);
  TAKE (&battery, BATTERY);
  fail_unless (battery.answered);
  assert_equals_int (battery.reply.value, 42);
  fail_unless (battery.text == NULL);
}

GST_END_TEST;

GST_START_TEST (test_the_first_reply_counts)
{
  static const gchar later[] = "\x99\x99\x17\x10" "\0\0\0\0" "\0\0\0\0"
      "\0\0\0\0" "\x07\0\0\0" "\0\0\0\0";
  g_auto (Question) battery = { 0 };

  question_init_command (&battery, MOLINK_GET_BATTERY, 0);
  TAKE (&battery, BATTERY);
  TAKE (&battery, later);
  assert_equals_int (battery.reply.value, 42);
}

GST_END_TEST;

GST_START_TEST (test_a_text_ends_at_its_first_zero)
{
  g_auto (Question) board = { 0 };

  question_init_command (&board, MOLINK_GET_BOARD_INFO, 0);
  TAKE (&board, BOARD);
  assert_equals_string (board.text, "{}");
}

GST_END_TEST;

GST_START_TEST (test_a_reply_has_the_sequence_of_its_question)
{
  guint8 reply[15] = "RETCMD\0\0\0\0\x09\0\0\0";
  g_auto (Question) list = { 0 };

  question_init_list_resolutions (&list);
  assert_equals_int (list.size, 14);
  fail_unless (memcmp (list.request, "SETCMD", 6) == 0);
  memcpy (reply + 6, list.request + 6, 4);
  reply[6] ^= 1;
  question_take (&list, reply, 14);
  fail_if (list.answered);
  reply[6] ^= 1;
  question_take (&list, reply, 14);
  fail_unless (list.answered);
}

GST_END_TEST;

GST_START_TEST (test_a_report_is_lines_or_json)
{
  g_autoptr (Report) report = report_new ();
  g_autofree gchar *text = NULL, *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  report_add_string (report, "model", "a \"b\" \\");
  report_add_number (report, "n", -5);
  report_add_flag (report, "full", TRUE);
  report_begin_sizes (report, "resolutions");
  report_add_size (report, 640, 480, 30);
  report_end_sizes (report);
  text = report_make_text (report);
  assert_equals_string (text,
      "model: a \"b\" \\\nn: -5\nfull: yes\n640x480@30\n");

  json = report_make_json (report);
  fail_unless (g_str_has_suffix (json, "}\n"));
  node = json_from_string (json, NULL);
  fail_unless (node != NULL);
  object = json_node_get_object (node);
  assert_equals_string (json_object_get_string_member (object, "model"),
      "a \"b\" \\");
  assert_equals_int (json_object_get_int_member (object, "n"), -5);
  fail_unless (json_object_get_boolean_member (object, "full"));
  object = json_array_get_object_element (json_object_get_array_member (object,
          "resolutions"), 0);
  assert_equals_int (json_object_get_int_member (object, "width"), 640);
  assert_equals_int (json_object_get_int_member (object, "height"), 480);
  assert_equals_int (json_object_get_int_member (object, "fps"), 30);
}

GST_END_TEST;

static Suite *
ctlquestion_suite (void)
{
  Suite *s = suite_create ("ctlquestion");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_a_command_takes_its_own_reply);
  tcase_add_test (tc, test_the_first_reply_counts);
  tcase_add_test (tc, test_a_text_ends_at_its_first_zero);
  tcase_add_test (tc, test_a_reply_has_the_sequence_of_its_question);
  tcase_add_test (tc, test_a_report_is_lines_or_json);
  return s;
}

GST_CHECK_MAIN (ctlquestion);
