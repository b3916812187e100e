/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "tools/gpx/options.h"

#include <gst/check/gstcheck.h>

#include <locale.h>

/* Splits at spaces; '' is an empty argument. Returns what options_parse()
 * does, and checks that an error comes with FALSE and never without. */
static gboolean
parse (Options * options, const gchar * line, gchar ** ret_message)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  /* the parser takes arguments out of the array */
  g_autofree gchar **left = NULL;
  gint argc;
  gboolean ok;

  *options = (Options) {
  0};
  fail_unless (g_shell_parse_argv (line, &argc, &argv, NULL));
  left = g_memdup2 (argv, sizeof *argv * (gsize) (argc + 1));
  ok = options_parse (options, &argc, &left, &error);
  fail_unless (ok == (error == NULL));
  if (ret_message)
    *ret_message = error ? g_strdup (error->message) : NULL;
  return ok;
}

static void
assert_refused (const gchar * line, const gchar * text)
{
  g_autofree gchar *message = NULL;
  Options options;

  fail_if (parse (&options, line, &message), "%s was taken", line);
  fail_unless (strstr (message, text) != NULL, "%s: \"%s\" has no \"%s\"",
      line, message, text);
  options_clear (&options);
}

GST_START_TEST (test_a_file_is_enough)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx a.MP4", NULL));
  fail_unless (options.output == NULL);
  assert_equals_string (options.files[0], "a.MP4");
  fail_unless (options.files[1] == NULL);
  fail_if (options.verbose || options.version);
  assert_equals_int (options.track.clock, TRACK_CLOCK_AUTO);
  assert_equals_int64 (options.track.time_offset, 0);
  assert_equals_int64 (options.track.gap_us, 10 * G_USEC_PER_SEC);
  assert_equals_int64 (options.track.trip_gap_us, 900 * G_USEC_PER_SEC);
  fail_if (options.force || options.multiple || options.quiet);
  assert_equals_int (options.sort, OPTIONS_SORT_DATE);
  fail_if (options.track.keep_order);
  fail_unless (options.jobs >= 1);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_all_options)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx a.ts -v --gap 4.5 -o out.gpx - "
          "--time-kind=local --time-offset -3600 --no-guess -- -b.ts", NULL));
  assert_equals_string (options.output, "out.gpx");
  assert_equals_string (options.files[0], "a.ts");
  assert_equals_string (options.files[1], "-");
  assert_equals_string (options.files[2], "-b.ts");
  fail_unless (options.files[3] == NULL);
  fail_unless (options.verbose);
  assert_equals_int (options.track.clock, TRACK_CLOCK_LOCAL);
  assert_equals_int64 (options.track.time_offset, -3600);
  assert_equals_int64 (options.track.gap_us, 4500000);
  fail_unless (options.track.zone == NULL);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_time_zone)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx a.ts", NULL));
  fail_unless (options.track.zone != NULL);
  fail_unless (options.track.zone_name == NULL);
  options_clear (&options);
  fail_unless (parse (&options,
          "cheapcam-gpx --time-zone America/New_York a.ts", NULL));
  fail_unless (options.track.zone != NULL);
  assert_equals_string (options.track.zone_name, "America/New_York");
  options_clear (&options);
}

GST_END_TEST;

/* As users of nvtk_mp42gpx write it. */
GST_START_TEST (test_short_options)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx -i a.MP4 b.MP4 -e -f -m -s f "
          "-i c.MP4 -j 3 -q -o tracks/", NULL));
  assert_equals_string (options.files[0], "a.MP4");
  assert_equals_string (options.files[1], "c.MP4");
  assert_equals_string (options.files[2], "b.MP4");
  fail_unless (options.files[3] == NULL);
  fail_unless (options.force && options.multiple && options.quiet);
  assert_equals_int (options.sort, OPTIONS_SORT_NAME);
  fail_unless (options.track.keep_order);
  fail_unless (options.track.drop_outliers);
  assert_equals_int (options.jobs, 3);
  assert_equals_string (options.suffix, "gpx");
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_what_the_owner_knows_of_the_camera)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx a", NULL));
  assert_equals_int (options.dialect.deobfuscate, DIALECT_DEOBFUSCATE_AUTO);
  assert_equals_int (options.dialect.ligo_fuzz, DIALECT_LIGO_FUZZ_AUTO);
  assert_equals_int (options.dialect.quadrant, DIALECT_QUADRANT_AUTO);
  fail_if (options.track.has_bearing);
  options_clear (&options);
  fail_unless (parse (&options, "cheapcam-gpx -d --ligo-fuzz=2 "
          "--quadrant SW --bearing-offset=180 --json - -o b a", NULL));
  assert_equals_int (options.dialect.deobfuscate, DIALECT_DEOBFUSCATE_ALL);
  assert_equals_int (options.dialect.ligo_fuzz, DIALECT_LIGO_FUZZ_2);
  assert_equals_int (options.dialect.quadrant, DIALECT_QUADRANT_SW);
  fail_unless (options.track.has_bearing);
  assert_equals_float (options.track.bearing_offset, 180.0);
  assert_equals_string (options.json, "-");
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_standard_output_has_two_names)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx --stdout -m -", NULL));
  assert_equals_string (options.output, "-");
  options_clear (&options);
}

GST_END_TEST;

static const struct
{
  const gchar *line;
  GstGpsFormat format;
} formats[] = {
  {"cheapcam-gpx a.MP4", GST_GPS_FORMAT_GPX},
  {"cheapcam-gpx -o trip a.MP4", GST_GPS_FORMAT_GPX},
  {"cheapcam-gpx -o - a.MP4", GST_GPS_FORMAT_GPX},
  {"cheapcam-gpx -o trip.txt a.MP4", GST_GPS_FORMAT_GPX},
  {"cheapcam-gpx -o trip.csv/trip a.MP4", GST_GPS_FORMAT_GPX},
  {"cheapcam-gpx -o trip.csv a.MP4", GST_GPS_FORMAT_CSV},
  {"cheapcam-gpx -o TRIP.CSV a.MP4", GST_GPS_FORMAT_CSV},
  {"cheapcam-gpx -o trip.geojson a.MP4", GST_GPS_FORMAT_GEOJSON},
  {"cheapcam-gpx -o trip.kml a.MP4", GST_GPS_FORMAT_KML},
  {"cheapcam-gpx -o trip.nmea a.MP4", GST_GPS_FORMAT_NMEA},
  {"cheapcam-gpx -o trip.srt a.MP4", GST_GPS_FORMAT_SRT},
  {"cheapcam-gpx --format=csv a.MP4", GST_GPS_FORMAT_CSV},
  {"cheapcam-gpx --format=gpx10 -o trip.gpx a.MP4", GST_GPS_FORMAT_GPX10},
  {"cheapcam-gpx --format=gpx -o trip.csv a.MP4", GST_GPS_FORMAT_GPX},
};

GST_START_TEST (test_format_is_asked_for_or_what_the_output_ends_in)
{
  Options options;

  fail_unless (parse (&options, formats[__i__].line, NULL));
  assert_equals_int (options.format, formats[__i__].format);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_version_needs_no_file)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx --version", NULL));
  fail_unless (options.version);
  options_clear (&options);
}

GST_END_TEST;

GST_START_TEST (test_nonsense_is_refused)
{
  assert_refused ("cheapcam-gpx", "FILE");
  assert_refused ("cheapcam-gpx -o x", "FILE");
  assert_refused ("cheapcam-gpx --colour a", "--colour");
  assert_refused ("cheapcam-gpx -o", "-o");
  assert_refused ("cheapcam-gpx -o '' a", "--output");
  assert_refused ("cheapcam-gpx --time-kind gps a", "gps");
  assert_refused ("cheapcam-gpx --format docx a", "docx");
  assert_refused ("cheapcam-gpx --format '' a", "--format");
  assert_refused ("cheapcam-gpx --time-kind '' a", "--time-kind");
  assert_refused ("cheapcam-gpx -s x a", "--sort x");
  assert_refused ("cheapcam-gpx ''", "FILE");
  assert_refused ("cheapcam-gpx --stdout -o x a", "--stdout");
  assert_refused ("cheapcam-gpx -q -v a", "--quiet");
  assert_refused ("cheapcam-gpx -m -", "--multiple");
  assert_refused ("cheapcam-gpx --time-zone Europe/Atlantis a", "Atlantis");
  assert_refused ("cheapcam-gpx --time-zone '' a", "--time-zone");
  assert_refused ("cheapcam-gpx --no-guess --time-zone UTC a", "--no-guess");
  assert_refused ("cheapcam-gpx --ligo-fuzz 4 a", "--ligo-fuzz 4");
  assert_refused ("cheapcam-gpx --quadrant N a", "--quadrant N");
  assert_refused ("cheapcam-gpx --bearing-offset=-1 a", "--bearing-offset");
  assert_refused ("cheapcam-gpx --bearing-offset=361 a", "--bearing-offset");
  assert_refused ("cheapcam-gpx --bearing-offset=nan a", "--bearing-offset");
  assert_refused ("cheapcam-gpx --json '' a", "--json");
  assert_refused ("cheapcam-gpx --json - a", "--json");
  assert_refused ("cheapcam-gpx --json - --stdout a", "--json");
  assert_refused ("cheapcam-gpx --json x -o x a", "--json");
  assert_refused ("cheapcam-gpx --json ./x -o y/..//x a", "--json");
  assert_refused ("cheapcam-gpx --plot x.jpg a", ".svg");
  assert_refused ("cheapcam-gpx --plot '' a", ".svg");
  assert_refused ("cheapcam-gpx --plot x.svg -o x.svg a", "--plot");
}

GST_END_TEST;

GST_START_TEST (test_numbers_out_of_range_are_refused)
{
  assert_refused ("cheapcam-gpx --gap -1 a", "--gap");
  assert_refused ("cheapcam-gpx --gap nan a", "--gap");
  assert_refused ("cheapcam-gpx --gap inf a", "--gap");
  assert_refused ("cheapcam-gpx --gap 1e10 a", "--gap");
  assert_refused ("cheapcam-gpx --gap ten a", "ten");
  assert_refused ("cheapcam-gpx --trip-gap -1 a", "--trip-gap");
  assert_refused ("cheapcam-gpx --trip-gap nan a", "--trip-gap");
  assert_refused ("cheapcam-gpx --jobs 0 a", "--jobs");
  assert_refused ("cheapcam-gpx --jobs 257 a", "--jobs");
  assert_refused ("cheapcam-gpx --jobs two a", "two");
  assert_refused ("cheapcam-gpx --time-offset 86401 a", "--time-offset");
  assert_refused ("cheapcam-gpx --time-offset -86401 a", "--time-offset");
  assert_refused ("cheapcam-gpx --time-offset -9223372036854775808 a",
      "--time-offset");
  assert_refused ("cheapcam-gpx --time-offset 9223372036854775808 a", "922");
  assert_refused ("cheapcam-gpx --time-offset 1h a", "1h");
}

GST_END_TEST;

GST_START_TEST (test_ends_of_ranges_are_taken)
{
  Options options;

  fail_unless (parse (&options, "cheapcam-gpx --gap 0 --time-offset -86400 a",
          NULL));
  assert_equals_int64 (options.track.gap_us, 0);
  assert_equals_int64 (options.track.time_offset, -86400);
  options_clear (&options);
  fail_unless (parse (&options, "cheapcam-gpx --gap 1e9 --time-offset 86400 a",
          NULL));
  assert_equals_int64 (options.track.gap_us,
      G_GINT64_CONSTANT (1000000000000000));
  assert_equals_int64 (options.track.time_offset, 86400);
  options_clear (&options);
}

GST_END_TEST;

/* What scripts write has to mean the same for each user. */
GST_START_TEST (test_decimal_point_whatever_the_locale)
{
  Options options;

  if (!setlocale (LC_ALL, "de_DE.UTF-8")) {
    GST_INFO ("there is no de_DE.UTF-8");
    return;
  }
  fail_unless (parse (&options, "cheapcam-gpx --gap 4.5 a", NULL));
  assert_equals_int64 (options.track.gap_us, 4500000);
  options_clear (&options);
  setlocale (LC_ALL, "C.UTF-8");
}

GST_END_TEST;

static Suite *
gpxoptions_suite (void)
{
  Suite *s = suite_create ("gpxoptions");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_a_file_is_enough);
  tcase_add_test (tc, test_all_options);
  tcase_add_test (tc, test_time_zone);
  tcase_add_test (tc, test_short_options);
  tcase_add_test (tc, test_what_the_owner_knows_of_the_camera);
  tcase_add_test (tc, test_standard_output_has_two_names);
  tcase_add_loop_test (tc, test_format_is_asked_for_or_what_the_output_ends_in,
      0, G_N_ELEMENTS (formats));
  tcase_add_test (tc, test_version_needs_no_file);
  tcase_add_test (tc, test_nonsense_is_refused);
  tcase_add_test (tc, test_numbers_out_of_range_are_refused);
  tcase_add_test (tc, test_ends_of_ranges_are_taken);
  tcase_add_test (tc, test_decimal_point_whatever_the_locale);
  return s;
}

GST_CHECK_MAIN (gpxoptions);
