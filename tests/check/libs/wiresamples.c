/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wiretest.h"

#include "wire/gpsclean.h"
#include "wire/mp4gps.h"
#include "wire/tsgps.h"

#include <json-glib/json-glib.h>

/* The sample recordings: each gives the points that are expected of it, or
 * none where its dialect cannot be decoded; never others. */

#define GAP (10 * G_GINT64_CONSTANT (1000000))

static Mp4Gps mp4;
static Mp4Scan scan;
static TsGps ts;

/* What the cores make of a file. */
typedef struct
{
  GpsClean clean;
  GArray *points;               /* of GpsRecord */
  guint n_blocks;
} Track;

static void
wiresamples_add (Track * track, const GpsRecord * records, gsize n)
{
  track->n_blocks++;
  for (gsize i = 0; i < n; i++) {
    unsigned events = gpsclean_feed (&track->clean, &records[i]);

    wiretest_assert_plausible (&records[i]);
    if (events & GPSCLEAN_REPLACE)
      g_array_set_size (track->points, track->points->len - 1);
    if (events & GPSCLEAN_KEEP)
      g_array_append_val (track->points, records[i]);
  }
}

static Track
wiresamples_new_track (void)
{
  Track track = { {0} };

  gpsclean_init (&track.clean, GAP);
  track.points = g_array_new (FALSE, FALSE, sizeof (GpsRecord));
  return track;
}

static void
wiresamples_clear_track (Track * track)
{
  g_array_unref (track->points);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Track, wiresamples_clear_track);

static Track
wiresamples_read_mp4 (const guint8 * data, gsize size)
{
  Track track = wiresamples_new_track ();
  guint64 offset;
  gsize asked;

  mp4gps_init (&mp4, size);
  while (mp4gps_next_read (&mp4, &offset, &asked)) {
    gsize n = offset < size ? MIN (asked, size - offset) : 0;
    unsigned events;

    do {
      events = mp4gps_feed (&mp4, n > 0 ? data + offset : NULL, n);
      if (events & (MP4GPS_RECORDS | MP4GPS_UNKNOWN))
        wiresamples_add (&track, mp4.block.records, mp4.block.n_records);
    } while (events & MP4GPS_MORE);
  }
  return track;
}

static Track
wiresamples_scan_mp4 (const guint8 * data, gsize size)
{
  Track track = wiresamples_new_track ();
  unsigned events;

  mp4scan_init (&scan, 0);
  while (size > 0) {
    gsize taken = mp4scan_feed (&scan, data, MIN (size, 1000), &events);

    data += taken;
    size -= taken;
    if (events)
      wiresamples_add (&track, scan.block.records, scan.block.n_records);
  }
  while (mp4scan_finish (&scan))
    wiresamples_add (&track, scan.block.records, scan.block.n_records);
  return track;
}

static Track
wiresamples_read_ts (const guint8 * data, gsize size, gboolean is_guess)
{
  Track track = wiresamples_new_track ();
  unsigned events;

  tsgps_init (&ts);
  if (is_guess)
    ts.memory.options.deobfuscate = DIALECT_DEOBFUSCATE_JOMISE;
  while (size > 0) {
    gsize taken = tsgps_feed (&ts, data, size, &events);

    data += taken;
    size -= taken;
    if (events & TSGPS_RECORDS)
      wiresamples_add (&track, ts.records, ts.n_records);
  }
  while ((events = tsgps_finish (&ts)))
    if (events & TSGPS_RECORDS)
      wiresamples_add (&track, ts.records, ts.n_records);
  return track;
}

static gboolean
wiresamples_get (JsonObject * point, const gchar * name, gdouble * ret_value)
{
  if (!json_object_has_member (point, name) ||
      json_object_get_null_member (point, name))
    return FALSE;
  *ret_value = json_object_get_double_member (point, name);
  return TRUE;
}

/* Microseconds of "2024-06-01T10:20:30Z" or "2024:06:01 10:20:30Z". */
static gint64
wiresamples_parse_time (const gchar * text)
{
  gint64 n[6], fraction = 0;

  for (guint i = 0; i < 6; i++) {
    n[i] = g_ascii_strtoll (text, (gchar **) & text, 10);
    text += *text != 0;
  }
  if (text[-1] == '.')
    fraction = (gint64) (g_ascii_strtod (text - 1, NULL) * 1e6 + 0.5);
  return wiretest_time ((gint) n[0], (gint) n[1], (gint) n[2], (gint) n[3],
      (gint) n[4], (gint) n[5]) + fraction;
}

/* The fields that only our own files list. */
static void
wiresamples_assert_more (const GpsRecord * record, JsonObject * point)
{
  JsonArray *axes = NULL;
  gdouble value = 0;

  fail_unless_equals_int (wiresamples_get (point, "alt_m", &value),
      (record->fields & GPSRECORD_ALTITUDE) != 0);
  if (record->fields & GPSRECORD_ALTITUDE)
    wiretest_assert_near (record->altitude, value, 0.1);

  if (wiresamples_get (point, "sats", &value)) {
    fail_unless (record->fields & GPSRECORD_SATELLITES);
    fail_unless_equals_int (record->satellites, (guint) value);
  }
  if (wiresamples_get (point, "hdop", &value)) {
    fail_unless (record->fields & GPSRECORD_HDOP);
    wiretest_assert_near (record->hdop, value, 1e-9);
  }

  if (json_object_has_member (point, "acc"))
    axes = json_object_get_array_member (point, "acc");
  if (!axes)
    return;
  fail_unless (record->fields & (fabs (json_array_get_double_element (axes,
                  0)) > 16.0 ? GPSRECORD_ACCELERATION_RAW :
          GPSRECORD_ACCELERATION));
  for (guint i = 0; i < 3; i++)
    wiretest_assert_near (record->acceleration[i],
        json_array_get_double_element (axes, i), 1e-6);
}

static void
wiresamples_assert_time (const GpsRecord * record, JsonObject * point)
{
  const gchar *name = json_object_has_member (point, "time") ? "time" :
      "GPSDateTime";
  const gchar *kind = json_object_get_string_member_with_default (point,
      "time_kind", "");

  /* a time for several points, which are spread behind it */
  if (json_object_has_member (point, "block_time")) {
    gint64 since = record->time_us - wiresamples_parse_time
        (json_object_get_string_member (point, "block_time"));

    fail_unless (since >= 0 && since < 1000000);
    return;
  }
  if (!json_object_has_member (point, name))
    return;
  if (json_object_get_null_member (point, name)) {
    fail_unless_equals_int (record->clock, GPSRECORD_CLOCK_NONE);
    return;
  }
  /* the month is not known of this one, so neither is the time */
  if (json_object_has_member (point, "day")) {
    fail_unless_equals_int (record->clock, GPSRECORD_CLOCK_NONE);
    return;
  }
  fail_unless_equals_int64 (record->time_us,
      wiresamples_parse_time (json_object_get_string_member (point, name)));
  if (g_str_equal (kind, "local") || g_str_equal (kind, "unknown")) {
    fail_unless_equals_int (record->clock, GPSRECORD_CLOCK_LOCAL);
  } else {
    fail_unless (record->clock != GPSRECORD_CLOCK_NONE);
  }
}

/* Compares with a point as our own files (lat, lon) or exiftool's name it. */
static void
wiresamples_assert_point (const GpsRecord * record, JsonObject * point)
{
  gdouble value = 0;

  wiresamples_assert_time (record, point);
  fail_unless_equals_int ((record->fields & GPSRECORD_ENCRYPTED) != 0,
      json_object_has_member (point, "lat") &&
      json_object_get_null_member (point, "lat"));
  if (wiresamples_get (point, "lat", &value) ||
      wiresamples_get (point, "GPSLatitude", &value))
    wiretest_assert_near (record->latitude, value, 2e-6);
  if (wiresamples_get (point, "lon", &value) ||
      wiresamples_get (point, "GPSLongitude", &value))
    wiretest_assert_near (record->longitude, value, 2e-6);
  if (wiresamples_get (point, "speed_kmh", &value) ||
      wiresamples_get (point, "GPSSpeed", &value))
    wiretest_assert_near (record->speed * 3.6, value, 0.1);
  /* beyond a whole turn where it was turned round */
  if (wiresamples_get (point, "track_deg", &value) ||
      wiresamples_get (point, "GPSTrack", &value))
    wiretest_assert_near (record->course, fmod (value, 360.0), 0.1);
  if (json_object_has_member (point, "lat"))
    wiresamples_assert_more (record, point);
}

/* A ring may hold records that are older than the recording: those behind the
 * first one that is listed are compared. */
static guint
wiresamples_skip_older (const Track * track, JsonArray * points)
{
  guint skip = 0;

  while (track->points->len - skip > json_array_get_length (points) &&
      g_array_index (track->points, GpsRecord, skip).time_us <
      wiresamples_parse_time (json_object_get_string_member
          (json_array_get_object_element (points, 0), "time")))
    skip++;
  return skip;
}

static void
wiresamples_assert_track (const Track * track, JsonArray * points,
    const gchar * name)
{
  guint skip = 0;

  if (strstr (name, "fgps11"))
    skip = wiresamples_skip_older (track, points);
  fail_unless (track->points->len - skip == json_array_get_length (points),
      "%s: %u points", name, track->points->len);
  for (guint i = skip; i < track->points->len; i++)
    wiresamples_assert_point (&g_array_index (track->points, GpsRecord, i),
        json_array_get_object_element (points, i - skip));
}

/* The points that are expected of the file, or null where none are listed. */
static JsonParser *
wiresamples_load_expected (const gchar * path)
{
  static const gchar *endings[] = { ".expected.json", ".exiftool.json" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree gchar *name = g_strconcat (path, endings[i], NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();

    if (json_parser_load_from_file (parser, name, NULL) &&
        json_object_has_member (json_node_get_object (json_parser_get_root
                (parser)), "points"))
      return g_steal_pointer (&parser);
  }
  return NULL;
}

/* Whether the values are made by a formula that one recording suggests. */
static gboolean
wiresamples_is_guess (JsonParser * parser)
{
  return parser && json_object_has_member (json_node_get_object
      (json_parser_get_root (parser)), "experimental");
}

/* Reads the file with all cores that may. Returns how many points it has. */
static guint
wiresamples_check (const gchar * path)
{
  g_autoptr (JsonParser) parser = wiresamples_load_expected (path);
  g_autofree gchar *data = NULL;
  gsize size;
  guint n = 0;

  fail_unless (g_file_get_contents (path, &data, &size, NULL));
  for (guint i = 0; i < 3; i++) {
    g_auto (Track) track = i == 0 ?
        wiresamples_read_mp4 ((guint8 *) data, size) : i == 1 ?
        wiresamples_scan_mp4 ((guint8 *) data, size) :
        wiresamples_read_ts ((guint8 *) data, size,
        wiresamples_is_guess (parser));

    if (track.points->len == 0)
      continue;
    fail_unless (parser != NULL, "%s: points out of nothing", path);
    wiresamples_assert_track (&track,
        json_object_get_array_member (json_node_get_object
            (json_parser_get_root (parser)), "points"), path);
    n += track.points->len;
  }
  return n;
}

static gchar *
wiresamples_path (const gchar * folder, const gchar * name)
{
  return g_build_filename (g_getenv ("CHEAPCAM_SAMPLES"), "dashcam", folder,
      name, NULL);
}

GST_START_TEST (test_every_file_gives_its_points_or_none)
{
  static const gchar *folders[] = { "synthetic", "real" };
  guint n_files = 0;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree gchar *folder = wiresamples_path (folders[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const gchar *name;

    fail_unless (dir != NULL);
    while ((name = g_dir_read_name (dir)) != NULL) {
      g_autofree gchar *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".md"))
        continue;
      wiresamples_check (path);
      n_files++;
    }
  }
  fail_unless (n_files > 50);
}

GST_END_TEST;

static const struct
{
  const gchar *folder;
  const gchar *name;
  guint n_points;               /* of all cores */
} decoded[] = {
  {"synthetic", "edge_no_gps_table.mp4", 10},
  {"synthetic", "edge_void_and_gap.mp4", 12},
  {"synthetic", "mp4_fgps01_eeekit.mp4", 10},
  {"synthetic", "mp4_fgps03_kenwood_a510w.mp4", 10},
  {"synthetic", "mp4_fgps03_viofo_a119v3.mp4", 10},
  {"synthetic", "mp4_fgps04_eace_luckychip.mp4", 10},
  {"synthetic", "mp4_fgps04_eace_plain.mp4", 10},
  {"synthetic", "mp4_fgps05_ligo_enciphered.mp4", 48},
  {"synthetic", "mp4_fgps05_ligo_off16_s1.mp4", 10},
  {"synthetic", "mp4_fgps06_anticlock.mp4", 10},
  {"synthetic", "mp4_fgps07_sub16_eachpai.mp4", 10},
  {"synthetic", "mp4_fgps08_akaso_v1_encrypted.mp4", 10},
  {"synthetic", "mp4_fgps08_youqing_plain_f32.mp4", 10},
  {"synthetic", "mp4_fgps11_atc.mp4", 18},
  {"synthetic", "mp4_fgps13_innovv.mp4", 20},
  {"synthetic", "mp4_fgps15_vantrue_n4.mp4", 10},
  {"synthetic", "mp4_fgps17_transcend_dp230_f64.mp4", 10},
  {"synthetic", "mp4_fgps17b_rexing_v1_4k.mp4", 10},
  {"synthetic", "mp4_fgps19_70mai_a810.mp4", 10},
  {"synthetic", "mp4_fgps20_nextbase512g.mp4", 20},
  {"synthetic", "mp4_fgps17_viofo_a119s.mp4", 10},
  {"synthetic", "ts_blueskysea_b4k.ts", 5},
  {"synthetic", "ts_ligo_0300_160.ts", 5},
  {"synthetic", "ts_ligo_normal_text.ts", 5},
  {"synthetic", "ts_ligo_skip.ts", 1},
  {"synthetic", "ts_trailer_ligo.ts", 10},
  {"synthetic", "ts_viidure_innovv_n2.ts", 5},
  {"synthetic", "ts_viofo_a119v3.ts", 5},
  {"synthetic", "mp4_box_GPS_70mai_pro.mp4", 5},
  {"synthetic", "mp4_box_gps0_dudubell.mp4", 5},
  {"synthetic", "mp4_camm6.mp4", 5},
  {"synthetic", "mp4_free_gps_blackvue.mp4", 5},
  {"synthetic", "mp4_gdat_nextbase_json.mp4", 5},
  {"synthetic", "mp4_gpmd_fmas_vantrue_n2s.mp4", 5},
  {"synthetic", "mp4_gpmd_gopro_gps5.mp4", 15},
  {"synthetic", "mp4_gpmd_kingslim_d4.mp4", 5},
  {"synthetic", "mp4_gpmd_wolfbox_g900.mp4", 5},
  {"synthetic", "mp4_nbmt_nextbase.mp4", 5},
  {"synthetic", "mp4_rvmi_grev.mp4", 5},
  {"synthetic", "mp4_skip_ligo_unfuzzed_14.mp4", 5},
  {"synthetic", "mp4_ssmd_ligo_carcam.mp4", 5},
  {"synthetic", "mp4_ssmd_sstar40.mp4", 5},
  {"synthetic", "mp4_text_blueskysea_xor.mp4", 5},
  {"synthetic", "mp4_text_dollar_g.mp4", 5},
  {"synthetic", "mp4_text_garmin_pndm.mp4", 5},
  {"synthetic", "mp4_text_nextbase322gw.mp4", 5},
  {"synthetic", "mp4_text_nmea.mp4", 5},
  {"synthetic", "mp4_text_thinkware.mp4", 5},
  {"synthetic", "mp4_trailer_ligo_hash.mp4", 5},
  {"synthetic", "mp4_tvxt_vueroid.mp4", 5},
  {"synthetic", "mp4_udat_nmea.mp4", 5},
  {"synthetic", "mp4_udta_kenwood_a301w.mp4", 5},
  {"real", "dcm_neoline_good.mp4", 179},
  {"real", "dcm_viofo_a119v3.TS", 10},
  {"real", "gopro_hero5_2s.mp4", 36},
  {"real", "mzdun_70mai_121.MP4", 61},
};

GST_START_TEST (test_files_that_must_be_decoded)
{
  for (guint i = 0; i < G_N_ELEMENTS (decoded); i++) {
    g_autofree gchar *path = wiresamples_path (decoded[i].folder,
        decoded[i].name);
    guint n = wiresamples_check (path);

    fail_unless (n == decoded[i].n_points, "%s: %u", decoded[i].name, n);
  }
}

GST_END_TEST;

GST_START_TEST (test_clock_of_each_dialect)
{
  g_autofree gchar *e = wiresamples_path ("synthetic",
      "mp4_fgps03_viofo_a119v3.mp4");
  g_autofree gchar *kenwood = wiresamples_path ("synthetic",
      "mp4_fgps03_kenwood_a510w.mp4");

  wiresamples_check (e);
  fail_unless_equals_int (mp4.block.records[0].clock, GPSRECORD_CLOCK_UTC);
  wiresamples_check (kenwood);
  fail_unless_equals_int (mp4.block.records[0].clock, GPSRECORD_CLOCK_LOCAL);
  wiretest_assert_near (mp4.block.records[0].acceleration[0], -0.02734375, 0);
}

GST_END_TEST;

static Suite *
wiresamples_suite (void)
{
  Suite *suite = suite_create ("wiresamples");
  TCase *tcase = tcase_create ("wiresamples");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_every_file_gives_its_points_or_none);
  tcase_add_test (tcase, test_files_that_must_be_decoded);
  tcase_add_test (tcase, test_clock_of_each_dialect);
  return suite;
}

int
main (int argc, char **argv)
{
  g_autofree gchar *folder = wiresamples_path (NULL, NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return 77;                  /* meson: skipped */
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (wiresamples_suite (), "wiresamples", __FILE__);
}
