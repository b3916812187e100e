/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/molinkctl.h"

static void
molinkctl_assert_bytes (const guint8 * bytes, gsize size, const gchar * hex)
{
  g_autoptr (GByteArray) expected = wiretest_hex (hex);

  fail_unless_equals_int (size, expected->len);
  fail_unless (memcmp (bytes, expected->data, size) == 0, "%s", hex);
}

/* False, and an untouched reply, when it is none. */
static gboolean
molinkctl_from_hex (const gchar * hex, MolinkReply * ret_reply)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);

  wiretest_mark (ret_reply, sizeof *ret_reply);
  if (molink_ctl_parse_reply (bytes->data, bytes->len, ret_reply))
    return TRUE;
  fail_unless (wiretest_is_marked (ret_reply, sizeof *ret_reply));
  return FALSE;
}

GST_START_TEST (test_requests)
{
  guint8 bytes[MOLINK_REQUEST_MAX];

  memset (bytes, 0x5a, sizeof bytes);
  molinkctl_assert_bytes (bytes, molink_ctl_write_button_poll (bytes, 0),
      "5345 5443 4d44 00000000 9000 0400 00000000");
  molinkctl_assert_bytes (bytes, molink_ctl_write_button_poll (bytes, 1),
      "5345 5443 4d44 01000000 9000 0400 00000000");
  molinkctl_assert_bytes (bytes, molink_ctl_write_button_poll (bytes, 65535),
      "5345 5443 4d44 ffff0000 9000 0400 00000000");
  molinkctl_assert_bytes (bytes, molink_ctl_write_button_poll (bytes, 65536),
      "5345 5443 4d44 00000100 9000 0400 00000000");
  molinkctl_assert_bytes (bytes, molink_ctl_write_set_resolution (bytes, 1,
          1280, 720, 30), "5345 5443 4d44 01000000 0800 0500 0005 d002 1e");
  molinkctl_assert_bytes (bytes, molink_ctl_write_list_resolutions (bytes,
          0x4d4), "5345 5443 4d44 d4040000 0900 0000");
  molinkctl_assert_bytes (bytes, molink_ctl_write_command (bytes,
          MOLINK_GET_FORMAT, 0), "9999 0010 00*20");
  molinkctl_assert_bytes (bytes, molink_ctl_write_command (bytes,
          MOLINK_GET_VERSION, 0), "9999 0210 00*20");
  molinkctl_assert_bytes (bytes, molink_ctl_write_command (bytes,
          MOLINK_SET_LED, 50), "9999 1610 00000000 32000000 00*12");
}

GST_END_TEST;

GST_START_TEST (test_button_replies)
{
  MolinkReply reply;

  fail_unless (molinkctl_from_hex ("5245 5443 4d44 01000000 9000 0400"
          "0000 0000 0700", &reply));
  fail_unless_equals_int (reply.kind, MOLINK_REPLY_BUTTON);
  fail_unless_equals_int (reply.sequence, 1);
  fail_unless (reply.has_counter);
  fail_unless_equals_int (reply.counter, 7);
  fail_unless_equals_int (reply.key, 0);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 02000000 9000 0400"
          "0001 0000 0801", &reply));
  fail_unless_equals_int (reply.counter, 0x108);
  fail_unless_equals_int (reply.key, 1);
}

GST_END_TEST;

GST_START_TEST (test_row_18_short_replies_and_length_field_0)
{
  MolinkReply reply;

  /* Nidage, captured */
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d5040000 9000 0000"
          "0000 0000 0000", &reply));
  fail_unless_equals_int (reply.sequence, 0x4d5);
  fail_unless (reply.has_counter && reply.counter == 0);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d5040000 9000", &reply));
  fail_if (reply.has_counter);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d5040000 9000 0400 0002",
          &reply));
  fail_if (reply.has_counter);
  fail_unless_equals_int (reply.key, 2);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d5040000 9000 0400"
          "0000 0000 09", &reply));
  fail_unless (reply.has_counter && reply.counter == 9);
}

GST_END_TEST;

GST_START_TEST (test_what_is_no_reply)
{
  static const gchar *const none[] = {
    "", "52", "5245 5443 4d44 d5040000 90",
    "5345 5443 4d44 01000000 9000 0400 00000000",       /* a request */
    "5245 5443 4d44 01000000 9001 0400 00000000",       /* command 0x190 */
    "5245 5443 4d44 01000000 0100 0400 00000000",
    "9999 0300 00*60",          /* video */
    "9999 1910 00*20",          /* shutdown */
    "9999 0210 00*11",
  };
  MolinkReply reply;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    fail_if (molinkctl_from_hex (none[i], &reply), "%s", none[i]);
}

GST_END_TEST;

GST_START_TEST (test_resolutions)
{
  MolinkReply reply;

  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0900 01 0500"
          "0005 d002 1e", &reply));
  fail_unless_equals_int (reply.kind, MOLINK_REPLY_RESOLUTIONS);
  fail_unless_equals_int (reply.n_resolutions, 1);
  fail_unless_equals_int (reply.resolutions[0].width, 1280);
  fail_unless_equals_int (reply.resolutions[0].height, 720);
  fail_unless_equals_int (reply.resolutions[0].fps, 30);
  /* the second is void; the length is longer than what follows, or shorter */
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0900 03 ffff"
          "4001 f000 1e 0000 f000 1e 8002 e001 0f aabb", &reply));
  fail_unless_equals_int (reply.n_resolutions, 2);
  fail_unless_equals_int (reply.resolutions[0].width, 320);
  fail_unless_equals_int (reply.resolutions[1].height, 480);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0900 03 0900"
          "4001 f000 1e 0005 d002 1e", &reply));
  fail_unless_equals_int (reply.n_resolutions, 1);
  /* none; more than there is room for */
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0900", &reply));
  fail_unless_equals_int (reply.n_resolutions, 0);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0900 00 c800"
          "01*200", &reply));
  fail_unless_equals_int (reply.n_resolutions, MOLINK_MAX_RESOLUTIONS);
  fail_unless (molinkctl_from_hex ("5245 5443 4d44 d4040000 0800", &reply));
  fail_unless_equals_int (reply.kind, MOLINK_REPLY_SET_RESOLUTION);
}

GST_END_TEST;

GST_START_TEST (test_command_replies)
{
  MolinkReply reply;

  fail_unless (molinkctl_from_hex ("9999 0210 00000000 01000000 00000000"
          "04030201 00000000", &reply));
  fail_unless_equals_int (reply.kind, MOLINK_REPLY_COMMAND);
  fail_unless_equals_int (reply.command, MOLINK_GET_VERSION);
  fail_unless_equals_int (reply.status, 1);
  fail_unless_equals_int (reply.value, 0x01020304);
  /* 16 bytes are enough */
  fail_unless (molinkctl_from_hex ("9999 1510 00000000 32000000 04030201",
          &reply));
  fail_unless_equals_int (reply.command, MOLINK_GET_LED);
  fail_unless_equals_int (reply.value, 0);
  fail_unless_equals_int (reply.length, 0x01020304);
}

GST_END_TEST;

GST_START_TEST (test_board_info)
{
  MolinkReply reply;

  fail_unless (molinkctl_from_hex ("9999 6010 00000000 01000000 02000000"
          "00*16 7b7d 00", &reply));
  fail_unless_equals_int (reply.payload_offset, 32);
  fail_unless_equals_int (reply.payload_size, 2);
  /* a length beyond the end */
  fail_unless (molinkctl_from_hex ("9999 6010 00000000 01000000 ffffffff"
          "00*16 7b7d 00", &reply));
  fail_unless_equals_int (reply.payload_size, 3);
  fail_unless (molinkctl_from_hex ("9999 6010 00000000 01000000 ffffffff"
          "00*16", &reply));
  fail_unless_equals_int (reply.payload_size, 0);
}

GST_END_TEST;

static void
molinkctl_assert_battery (guint32 status, guint32 value, gint percent,
    gboolean plugged, gboolean full)
{
  MolinkReply reply = { 0 };
  MolinkBattery battery;

  reply.kind = MOLINK_REPLY_COMMAND;
  reply.command = MOLINK_GET_BATTERY;
  reply.status = status;
  reply.value = value;
  fail_unless (molink_ctl_battery (&reply, &battery));
  fail_unless_equals_int (battery.percent, percent);
  fail_unless_equals_int (battery.plugged, plugged);
  fail_unless_equals_int (battery.full, full);
}

GST_START_TEST (test_battery)
{
  MolinkReply reply = { 0 };
  MolinkBattery battery = { 7, true, true };
  gint last = 0;

  /* in percent */
  molinkctl_assert_battery (0, 80, 80, FALSE, FALSE);
  molinkctl_assert_battery (0x10000, 100, 100, TRUE, FALSE);
  molinkctl_assert_battery (0x30000, 0xabcd0064, 100, TRUE, TRUE);
  molinkctl_assert_battery (0x10000, 0, 0, TRUE, FALSE);
  molinkctl_assert_battery (3700, 55, 55, FALSE, FALSE);
  molinkctl_assert_battery (0x20000, 101, -1, FALSE, TRUE);
  /* in millivolts */
  molinkctl_assert_battery (4200, 0, 100, FALSE, FALSE);
  molinkctl_assert_battery (4080, 0, 100, FALSE, FALSE);
  molinkctl_assert_battery (4079, 0, 99, FALSE, FALSE);
  molinkctl_assert_battery (3750, 0, 50, FALSE, FALSE);
  molinkctl_assert_battery (3620, 0, 33, FALSE, FALSE);
  molinkctl_assert_battery (3520, 0, 20, FALSE, FALSE);
  molinkctl_assert_battery (3450, 0, 10, FALSE, FALSE);
  molinkctl_assert_battery (3390, 0, 1, FALSE, FALSE);
  molinkctl_assert_battery (2500, 0, 0, FALSE, FALSE);
  molinkctl_assert_battery (0xabcd0ff0, 0, 100, FALSE, FALSE);

  /* nothing */
  reply.kind = MOLINK_REPLY_COMMAND;
  reply.command = MOLINK_GET_BATTERY;
  fail_if (molink_ctl_battery (&reply, &battery));
  reply.value = 101;
  fail_if (molink_ctl_battery (&reply, &battery));
  reply.value = 50;
  reply.command = MOLINK_GET_LED;
  fail_if (molink_ctl_battery (&reply, &battery));
  reply.kind = MOLINK_REPLY_BUTTON;
  fail_if (molink_ctl_battery (&reply, &battery));
  fail_unless_equals_int (battery.percent, 7);

  /* more voltage is never less charge */
  reply.kind = MOLINK_REPLY_COMMAND;
  reply.command = MOLINK_GET_BATTERY;
  reply.value = 0;
  for (reply.status = 2500; reply.status <= 5000; reply.status++) {
    fail_unless (molink_ctl_battery (&reply, &battery));
    if (battery.percent < last || battery.percent > 100)
      fail ("%u mV: %d %%", reply.status, battery.percent);
    last = battery.percent;
  }
}

GST_END_TEST;

static guint
molinkctl_press (MolinkButton * button, guint sequence, guint counter)
{
  MolinkReply reply = { 0 };

  reply.kind = MOLINK_REPLY_BUTTON;
  reply.sequence = sequence;
  reply.has_counter = true;
  reply.counter = (guint16) counter;
  return molink_ctl_button_update (button, &reply);
}

GST_START_TEST (test_row_16_counter_wraps_or_begins_anew)
{
  MolinkButton button;

  molink_ctl_button_forget (&button);
  fail_unless_equals_int (molinkctl_press (&button, 0, 65535), 0);
  fail_unless_equals_int (molinkctl_press (&button, 1, 0), 1);
  fail_unless_equals_int (molinkctl_press (&button, 2, 250), 250);
  fail_unless_equals_int (molinkctl_press (&button, 2, 300), 50);
  fail_unless_equals_int (molinkctl_press (&button, 3, 255), 0);
  fail_unless_equals_int (molinkctl_press (&button, 4, 256), 1);
  /* of 8 bits */
  molink_ctl_button_forget (&button);
  fail_unless_equals_int (molinkctl_press (&button, 5, 255), 0);
  fail_unless_equals_int (molinkctl_press (&button, 6, 0), 1);
  fail_unless_equals_int (molinkctl_press (&button, 7, 0), 0);
  /* of 16 bits after all */
  fail_unless_equals_int (molinkctl_press (&button, 8, 120), 120);
  fail_unless_equals_int (molinkctl_press (&button, 9, 240), 120);
  fail_unless_equals_int (molinkctl_press (&button, 10, 260), 20);
  /* the camera restarted, with a gap and without */
  molink_ctl_button_forget (&button);
  fail_unless_equals_int (molinkctl_press (&button, 11, 9), 0);
  molink_ctl_button_forget (&button);
  fail_unless_equals_int (molinkctl_press (&button, 12, 0), 0);
  fail_unless_equals_int (molinkctl_press (&button, 13, 200), 0);
  fail_unless_equals_int (molinkctl_press (&button, 14, 2), 0);
  fail_unless_equals_int (molinkctl_press (&button, 15, 3), 1);
}

GST_END_TEST;

GST_START_TEST (test_row_17_counter_jumps)
{
  MolinkButton button;

  molink_ctl_button_forget (&button);
  molinkctl_press (&button, 0, 7);
  fail_unless_equals_int (molinkctl_press (&button, 1, 10), 3);
}

GST_END_TEST;

GST_START_TEST (test_row_15_late_replies_count_once)
{
  MolinkButton button;
  MolinkReply reply = { 0 };

  molink_ctl_button_forget (&button);
  fail_unless_equals_int (molinkctl_press (&button, 0xfffffffe, 7), 0);
  fail_unless_equals_int (molinkctl_press (&button, 0, 8), 1);
  /* overtaken */
  fail_unless_equals_int (molinkctl_press (&button, 0xffffffff, 7), 0);
  fail_unless_equals_int (molinkctl_press (&button, 1, 8), 0);
  /* twice */
  fail_unless_equals_int (molinkctl_press (&button, 2, 9), 1);
  fail_unless_equals_int (molinkctl_press (&button, 2, 9), 0);
  /* without a counter */
  reply.kind = MOLINK_REPLY_BUTTON;
  reply.sequence = 3;
  fail_unless_equals_int (molink_ctl_button_update (&button, &reply), 0);
  reply.kind = MOLINK_REPLY_COMMAND;
  reply.has_counter = true;
  fail_unless_equals_int (molink_ctl_button_update (&button, &reply), 0);
  fail_unless_equals_int (molinkctl_press (&button, 4, 10), 1);
}

GST_END_TEST;

/* Truncated at each length, each bit flipped. */
GST_START_TEST (test_damage_is_bounded)
{
  static const gchar *const vectors[] = {
    "5245 5443 4d44 02000000 9000 0400 0001 0000 0800",
    "5245 5443 4d44 d4040000 0900 02 0a00 0005 d002 1e 8002 e001 1e",
    "9999 6010 00000000 01000000 02000000 00*16 7b7d",
    "9999 1710 00000000 01000000 00000000 55000000 00000000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GByteArray) bytes = wiretest_hex (vectors[i]);

    for (guint bit = 0; bit < bytes->len * 8; bit++) {
      for (guint size = 0; size <= bytes->len; size++) {
        g_autofree guint8 *exact = g_memdup2 (bytes->data, size);
        MolinkReply reply;

        if (bit / 8 < size)
          exact[bit / 8] ^= (guint8) (1 << bit % 8);
        if (!molink_ctl_parse_reply (exact, size, &reply))
          continue;
        if (reply.payload_offset + reply.payload_size > size ||
            reply.n_resolutions > MOLINK_MAX_RESOLUTIONS)
          fail ("%s: size %u, bit %u", vectors[i], size, bit);
      }
    }
  }
}

GST_END_TEST;

static Suite *
molinkctl_suite (void)
{
  Suite *suite = suite_create ("molinkctl");
  TCase *tcase = tcase_create ("control");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_requests);
  tcase_add_test (tcase, test_button_replies);
  tcase_add_test (tcase, test_row_18_short_replies_and_length_field_0);
  tcase_add_test (tcase, test_what_is_no_reply);
  tcase_add_test (tcase, test_resolutions);
  tcase_add_test (tcase, test_command_replies);
  tcase_add_test (tcase, test_board_info);
  tcase_add_test (tcase, test_battery);
  tcase_add_test (tcase, test_row_16_counter_wraps_or_begins_anew);
  tcase_add_test (tcase, test_row_17_counter_jumps);
  tcase_add_test (tcase, test_row_15_late_replies_count_once);
  tcase_add_test (tcase, test_damage_is_bounded);
  return suite;
}

GST_CHECK_MAIN (molinkctl);
