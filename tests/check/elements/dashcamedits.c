/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* An MP4 whose tracks begin at other times than the recording: edit lists. */

#include "dashcamtest.h"

#define SAMPLE "synthetic/mp4_text_nmea.mp4"

static const guint links[] = { DASHCAMTEST_ALL, DASHCAMTEST_GPS };

/* Seconds of an empty edit, behind which all of the track comes. */
#define WAIT 2
#define EDITS "\0\0\0\060edts\0\0\0\050elst\0\0\0\0\0\0\0\2" \
  "\0\0\x07\xd0\377\377\377\377\0\1\0\0" "\0\0\x27\x10\0\0\0\0\0\1\0\0"
#define EDITS_SIZE 48

static gsize
dashcamedits_find (const guint8 * data, gsize size, gsize at,
    const gchar * text)
{
  while (at + strlen (text) <= size
      && memcmp (data + at, text, strlen (text)) != 0)
    at++;
  fail_unless (at + strlen (text) <= size, "no %s", text);
  return at;
}

/* Boxes stand at any byte. */
static guint32
dashcamedits_get_size (const guint8 * box)
{
  guint32 size;

  memcpy (&size, box, sizeof size);
  return GUINT32_FROM_BE (size);
}

static void
dashcamedits_grow (guint8 * box, gsize growth)
{
  guint32 size = GUINT32_TO_BE (dashcamedits_get_size (box) + (guint32) growth);

  memcpy (box, &size, sizeof size);
}

/* The sample with an empty edit in front of a track. moov is its last box. */
static GBytes *
dashcamedits_make (const gchar * handler)
{
  g_autoptr (GBytes) sample = dashcamtest_load (SAMPLE);
  GByteArray *file = g_byte_array_new ();
  gsize size, moov, trak, media, header, behind;
  const guint8 *data = g_bytes_get_data (sample, &size);

  moov = dashcamedits_find (data, size, 0, "moov");
  trak = moov;
  do {
    trak = dashcamedits_find (data, size, trak + 1, "trak");
    media = dashcamedits_find (data, size, trak, "hdlr");
  } while (memcmp (data + media + 12, handler, 4) != 0);
  /* behind tkhd */
  header = trak + 4;
  header += dashcamedits_get_size (data + header);
  behind = header;
  if (memcmp (data + header + 4, "edts", 4) == 0)
    behind += dashcamedits_get_size (data + header);
  g_byte_array_append (file, data, header);
  g_byte_array_append (file, (const guint8 *) EDITS, EDITS_SIZE);
  g_byte_array_append (file, data + behind, size - behind);
  dashcamedits_grow (file->data + moov - 4, file->len - size);
  dashcamedits_grow (file->data + trak - 4, file->len - size);
  return g_byte_array_free_to_bytes (file);
}

/* Fixes that are shown from the first second on, wait seconds later. */
static void
dashcamedits_check (const gchar * handler, guint linked, guint wait)
{
  g_autoptr (GBytes) data = dashcamedits_make (handler);
  g_autoptr (Dashcamtest) test = dashcamtest_new ("nvtgpsdemux", data,
      DASHCAMTEST_PULL, linked);
  g_autoptr (GArray) fixes = NULL;

  test->gps_caps = DASHCAMTEST_TEXT;
  dashcamtest_play (test);
  fail_unless (dashcamtest_wait (test));
  fixes = dashcamtest_fixes (test, "gps_0");
  fail_unless_equals_int (fixes->len, 5);
  for (guint i = 0; i < fixes->len; i++) {
    const DashcamtestFix *fix = &g_array_index (fixes, DashcamtestFix, i);

    /* what comes before the pictures has the time of the first */
    if (linked == DASHCAMTEST_ALL && wait == 0 && i < WAIT)
      continue;
    fail_unless_equals_uint64 (fix->running_time, (i + wait) * GST_SECOND);
  }
}

GST_START_TEST (test_fixes_of_a_track_that_begins_later)
{
  dashcamedits_check ("text", links[__i__], WAIT);
}

GST_END_TEST;

GST_START_TEST (test_fixes_beside_pictures_that_begin_later)
{
  dashcamedits_check ("vide", links[__i__], 0);
}

GST_END_TEST;

static Suite *
dashcamedits_suite (void)
{
  Suite *s = suite_create ("dashcamedits");
  TCase *tc = dashcamtest_add_case (s);

  tcase_add_loop_test (tc, test_fixes_of_a_track_that_begins_later, 0,
      G_N_ELEMENTS (links));
  tcase_add_loop_test (tc, test_fixes_beside_pictures_that_begin_later, 0,
      G_N_ELEMENTS (links));
  return s;
}

GST_CHECK_MAIN (dashcamedits);
