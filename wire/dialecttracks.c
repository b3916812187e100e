/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dialecttracks.h"

#include "wire/bytes.h"
#include "wire/dashcue.h"
#include "wire/dashtext.h"
#include "wire/gpmf.h"
#include "wire/gpsaxes.h"
#include "wire/gpssample.h"
#include "wire/ligojson.h"
#include "wire/gpstrailer.h"
#include "wire/text.h"

#include <string.h>

enum
{
  DIALECT_TYPE = 4,             /* of a box: its type, and what is behind */
  DIALECT_BEHIND = 8,
  DIALECT_KINGSLIM = 0x50,      /* LigoGPS in samples */
  DIALECT_CARCAM = 0x24
};

static bool
dialecttracks_gps0_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "gps0");
}

static bool
dialecttracks_lamax_probe (const uint8_t * data, size_t size)
{
  return dialecttracks_gps0_probe (data, size) && dashtext_veiled_probe (data +
      DIALECT_BEHIND, size - DIALECT_BEHIND);
}

static bool
dialecttracks_70mai_pro_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "GPS ");
}

/* BlackVue has its sentences inside of a free box. */
static bool
dialecttracks_log_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "udat") ||
      text_has (data, size, DIALECT_TYPE, "gps ");
}

static bool
dialecttracks_denver_probe (const uint8_t * data, size_t size)
{
  return dialecttracks_log_probe (data, size) && gpsbox_denver_probe (data +
      DIALECT_BEHIND, size - DIALECT_BEHIND);
}

static bool
dialecttracks_nbmt_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "nbmt");
}

static bool
dialecttracks_garmin_probe (const uint8_t * data, size_t size)
{
  static const uint8_t name[] = { 'u', 'u', 'i', 'd', 0x9b, 0x63, 0x0f, 0x8d,
    0x63, 0x74, 0x40, 0xec, 0x82, 0x04, 0xbc, 0x5f, 0xf5, 0x09, 0x17, 0x28
  };

  return wire_has (size, DIALECT_TYPE, sizeof name) &&
      memcmp (data + DIALECT_TYPE, name, sizeof name) == 0;
}

static bool
dialecttracks_gdat_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "gdat");
}

static bool
dialecttracks_kenwood_probe (const uint8_t * data, size_t size)
{
  return text_has (data, size, DIALECT_TYPE, "udtaVIDEOUUU");
}

static bool
dialecttracks_ligo_box_probe (const uint8_t * data, size_t size)
{
  return size > DIALECT_BEHIND && (text_has (data, size, DIALECT_TYPE,
          "skip") || text_has (data, size, DIALECT_TYPE, "SKIP")) &&
      ligo_probe (data + DIALECT_BEHIND, size - DIALECT_BEHIND);
}

static bool
dialecttracks_ligo_probe_at (const uint8_t * data, size_t size, size_t offset)
{
  return size > offset && ligo_probe (data + offset, size - offset);
}

static size_t
dialecttracks_ligo_follow_at (DialectMemory * memory, const Dialect * self,
    LigoBlur blur, const uint8_t * data, size_t size, size_t offset,
    GpsRecord * ret_records, size_t max)
{
  size_t n = 0;

  if (size > offset)
    n = ligo_follow (dialect_get_ligo (memory), blur, data + offset,
        size - offset, ret_records, max);
  memory->holder = ligo_is_waiting (&memory->ligo) ? self : NULL;
  return n;
}

static bool
dialecttracks_kingslim_probe (const uint8_t * data, size_t size)
{
  return dialecttracks_ligo_probe_at (data, size, DIALECT_KINGSLIM);
}

static size_t
dialecttracks_kingslim_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  return dialecttracks_ligo_follow_at (memory, self, LIGO_BLUR_1, data, size,
      DIALECT_KINGSLIM, ret_records, max);
}

static bool
dialecttracks_carcam_probe (const uint8_t * data, size_t size)
{
  return dialecttracks_ligo_probe_at (data, size, DIALECT_CARCAM);
}

static size_t
dialecttracks_carcam_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  return dialecttracks_ligo_follow_at (memory, self, LIGO_BLUR_NONE, data, size,
      DIALECT_CARCAM, ret_records, max);
}

static size_t
dialecttracks_sstar_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_sstar_follow (memory->creation_us, data, size, ret_records,
      max);
}

static size_t
dialecttracks_camm_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_camm_follow (memory->sample_us, data, size, ret_records,
      max);
}

static size_t
dialecttracks_rvmi_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_rvmi_follow (memory->sample_us, data, size, ret_records,
      max);
}

static size_t
dialecttracks_pndm_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_pndm_follow (memory->sample_us, data, size, ret_records,
      max);
}

static size_t
dialecttracks_322gw_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->nmea.checksum = NMEA_UNCHECKED;
  return dashcue_322gw_follow (&memory->nmea, data, size, ret_records, max);
}

static size_t
dialecttracks_eprance_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->nmea.checksum = NMEA_UNCHECKED;
  return dashcue_eprance_follow (&memory->nmea, data, size, ret_records, max);
}

static size_t
dialecttracks_roadhawk_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->nmea.checksum = NMEA_UNCHECKED;
  return dashcue_roadhawk_follow (&memory->nmea, data, size, ret_records, max);
}

static size_t
dialecttracks_dji_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return dashcue_dji_follow (memory->sample_us, data, size, ret_records, max);
}

static size_t
dialecttracks_shenshu_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_shenshu_follow (memory->creation_us, data, size,
      ret_records, max);
}

static size_t
dialecttracks_ubia_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  return gpssample_ubia_follow (memory->creation_us, data, size, ret_records,
      max);
}

static size_t
dialecttracks_cue_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->nmea.checksum = NMEA_UNCHECKED;
  return dashcue_nmea_follow (&memory->nmea, data, size, ret_records, max);
}

static size_t
dialecttracks_axes_follow (DialectMemory * memory, const Dialect * self,
    const uint8_t * data, size_t size, GpsRecord * ret_records, size_t max)
{
  (void) self;
  memory->nmea.checksum = NMEA_UNCHECKED;
  return dashcue_axes_follow (&memory->nmea, data, size, ret_records, max);
}

/* Tried from top to bottom: the narrower signature stands first. */
static const Dialect dialecttracks_table[] = {
  {
        .name = "lamax",
        .cameras = "Lamax S9",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_lamax_probe,
        .feed = gpsbox_feed_veiled,
      },
  {
        .name = "gps0",
        .cameras = "DuDuBell M1, VSYS M6L, Navitel, iBOX, Cobra",
        .carrier = DIALECT_CARRIER_BOX,
        .units = {GPSCALIBRATE_KMH, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS},
        .probe = dialecttracks_gps0_probe,
        .feed = gpsbox_feed_rows,
      },
  {
        .name = "70mai-pro",
        .cameras = "70mai Pro, Pro Plus, Midrive D02",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_70mai_pro_probe,
        .feed = gpsbox_feed_70mai,
      },
  {
        .name = "denver",
        .cameras = "Denver ACG-8050",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_denver_probe,
        .feed = gpsbox_feed_denver,
      },
  {
        .name = "nbmt",
        .cameras = "Nextbase",
        .carrier = DIALECT_CARRIER_BOX,
        .is_utc = true,
        .probe = dialecttracks_nbmt_probe,
        .feed = gpsbox_feed_unchecked,
      },
  {
        .name = "garmin-uuid",
        .cameras = "Garmin DriveAssist 51",
        .carrier = DIALECT_CARRIER_BOX,
        .is_utc = true,
        .probe = dialecttracks_garmin_probe,
        .feed = gpsbox_feed_garmin,
      },
  {
        .name = "auto-vox",
        .cameras = "Auto-Vox",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = gpstrailer_autovox_probe,
        .feed = gpstrailer_feed_autovox,
      },
  {
        .name = "auto-vox-acceleration",
        .cameras = "Auto-Vox",
        .carrier = DIALECT_CARRIER_BOX,
        .is_acceleration = true,
        .probe = gpstrailer_autovox_probe,
        .feed = gpstrailer_feed_autovox_axes,
      },
  {
        .name = "kenwood-trailer",
        .cameras = "Kenwood",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = gpstrailer_kenwood_probe,
        .feed = gpstrailer_feed_kenwood,
      },
  {
        .name = "nmea-log",
        .cameras = "BlackVue, Datakam",
        .carrier = DIALECT_CARRIER_BOX,
        .is_utc = true,
        .probe = dialecttracks_log_probe,
        .feed = gpsbox_feed_nmea,
      },
  {
        .name = "gdat",
        .cameras = "exports of the Nextbase software",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_gdat_probe,
        .feed = gpsbox_feed_gdat,
      },
  {
        .name = "kenwood-a301w",
        .cameras = "Kenwood DRV-A301W",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_kenwood_probe,
        .feed = gpsbox_feed_kenwood,
      },
  {
        .name = "ligo-json",
        .cameras = "Yada RoadCam Pro 4K, GKU",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = ligojson_probe,
        .feed = ligojson_feed,
      },
  {
        .name = "ligo-box",
        .cameras = "70mai Pro Plus, Beferich and others (LigoGPS)",
        .carrier = DIALECT_CARRIER_BOX,
        .probe = dialecttracks_ligo_box_probe,
        .feed = gpsbox_feed_ligo,
      },
  {
        .name = "gpmf",
        .cameras = "GoPro HERO5 and later",
        .carrier = DIALECT_CARRIER_GPMD,
        .is_utc = true,
        .probe = gpmf_probe,
        .decode = gpmf_decode,
      },
  {
        .name = "ligo-gpmd",
        .cameras = "Kingslim D4 (LigoGPS)",
        .carrier = DIALECT_CARRIER_GPMD,
        .probe = dialecttracks_kingslim_probe,
        .follow = dialecttracks_kingslim_follow,
      },
  {
        .name = "fmas",
        .cameras = "Vantrue N2S",
        .carrier = DIALECT_CARRIER_GPMD,
        .units = {GPSCALIBRATE_MPH, GPSCALIBRATE_MPH | GPSCALIBRATE_KMH},
        .probe = gpssample_fmas_probe,
        .decode = gpssample_fmas_decode,
      },
  {
        .name = "wolfbox",
        .cameras = "Wolfbox G900, Redtiger F9",
        .carrier = DIALECT_CARRIER_GPMD,
        .is_utc = true,
        .probe = gpssample_wolfbox_probe,
        .decode = gpssample_wolfbox_decode,
      },
  {
        .name = "shenshu",
        .cameras = "Wolfbox with firmware of 2026",
        .carrier = DIALECT_CARRIER_GPMD,
        .probe = gpssample_shenshu_probe,
        .follow = dialecttracks_shenshu_follow,
      },
  {
        .name = "ubia",
        .cameras = "UBIA",
        .carrier = DIALECT_CARRIER_HVC1,
        .probe = gpssample_ubia_probe,
        .follow = dialecttracks_ubia_follow,
      },
  {
        .name = "veiled-gpmd",
        .cameras = "Rove Stealth",
        .carrier = DIALECT_CARRIER_GPMD,
        .probe = dashtext_veiled_probe,
        .decode = dashtext_veiled_decode,
      },
  {
        .name = "ligo-ssmd",
        .cameras = "CarCam 4CH (LigoGPS)",
        .carrier = DIALECT_CARRIER_SSMD,
        .probe = dialecttracks_carcam_probe,
        .follow = dialecttracks_carcam_follow,
      },
  {
        .name = "sstar",
        .cameras = "Neoline, IZEEKER",
        .carrier = DIALECT_CARRIER_SSMD,
        .probe = gpssample_sstar_probe,
        .follow = dialecttracks_sstar_follow,
      },
  {
        .name = "rove",
        .cameras = "Rove R2-4K (new)",
        .carrier = DIALECT_CARRIER_SSMD,
        .probe = gpssample_rove_probe,
        .decode = gpssample_rove_decode,
      },
  {
        .name = "ssmd-acceleration",
        .cameras = "Rove R2-4K (new)",
        .carrier = DIALECT_CARRIER_SSMD,
        .is_acceleration = true,
        .probe = gpsaxes_ssmd_probe,
        .decode = gpsaxes_ssmd_decode,
      },
  {
        .name = "rvmi-acceleration",
        .cameras = "Datakam G5, RegistratorViewer",
        .carrier = DIALECT_CARRIER_RVMI,
        .is_acceleration = true,
        .probe = gpsaxes_rvmi_probe,
        .decode = gpsaxes_rvmi_decode,
      },
  {
        .name = "3gf",
        .cameras = "BlackVue",
        .carrier = DIALECT_CARRIER_BOX,
        .is_acceleration = true,
        .probe = gpsaxes_3gf_probe,
        .feed = gpsaxes_feed_3gf,
      },
  {
        .name = "gsen",
        .cameras = "DuDuBell M1, VSYS M6L, Navitel, iBOX, Cobra",
        .carrier = DIALECT_CARRIER_BOX,
        .is_acceleration = true,
        .probe = gpsaxes_gsen_probe,
        .feed = gpsaxes_feed_gsen,
      },
  {
        .name = "camm",
        .cameras = "Labpano, Insta360 Pro",
        .carrier = DIALECT_CARRIER_CAMM,
        .is_utc = true,
        .probe = gpssample_camm_probe,
        .follow = dialecttracks_camm_follow,
      },
  {
        .name = "camm-nmea",
        .cameras = "cameras with NMEA in a camm track",
        .carrier = DIALECT_CARRIER_CAMM,
        .is_utc = true,
        .probe = dashcue_nmea_probe,
        .follow = dialecttracks_axes_follow,
      },
  {
        .name = "rvmi",
        .cameras = "Datakam G5, RegistratorViewer",
        .carrier = DIALECT_CARRIER_RVMI,
        .probe = gpssample_rvmi_probe,
        .follow = dialecttracks_rvmi_follow,
      },
  {
        .name = "vueroid",
        .cameras = "Vueroid S1",
        .carrier = DIALECT_CARRIER_TVXT,
        .probe = gpssample_vueroid_probe,
        .decode = gpssample_vueroid_decode,
      },
  {
        .name = "pndm",
        .cameras = "Garmin Dash Cam",
        .carrier = DIALECT_CARRIER_TEXT,
        .probe = gpssample_pndm_probe,
        .follow = dialecttracks_pndm_follow,
      },
  {
        .name = "nextbase-322gw",
        .cameras = "Nextbase 322GW, 422GW, 522GW",
        .carrier = DIALECT_CARRIER_TEXT,
        .is_utc = true,
        .probe = dashcue_322gw_probe,
        .follow = dialecttracks_322gw_follow,
      },
  {
        .name = "veiled",
        .cameras = "BlueSkySea, cameras with Ambarella A12",
        .carrier = DIALECT_CARRIER_TEXT,
        .probe = dashtext_veiled_probe,
        .decode = dashtext_veiled_decode,
      },
  {
        .name = "mini0806",
        .cameras = "Mini 0806",
        .carrier = DIALECT_CARRIER_TEXT,
        .is_utc = true,
        .units = {GPSCALIBRATE_KMH, GPSCALIBRATE_KMH | GPSCALIBRATE_KNOTS},
        .probe = dashcue_mini0806_probe,
        .decode = dashcue_mini0806_decode,
      },
  {
        .name = "dollar-g",
        .cameras = "cameras with $G: in their text track",
        .carrier = DIALECT_CARRIER_TEXT,
        .probe = dashcue_dollar_g_probe,
        .decode = dashcue_dollar_g_decode,
      },
  {
        .name = "nmea-text",
        .cameras = "Contour, Nextbase, Thinkware",
        .carrier = DIALECT_CARRIER_TEXT,
        .is_utc = true,
        .probe = dashcue_nmea_probe,
        .follow = dialecttracks_cue_follow,
      },
  {
        .name = "e-prance",
        .cameras = "E-PRANCE B47FS",
        .carrier = DIALECT_CARRIER_TEXT,
        .is_utc = true,
        .probe = dashcue_eprance_probe,
        .follow = dialecttracks_eprance_follow,
      },
  {
        .name = "roadhawk",
        .cameras = "Roadhawk",
        .carrier = DIALECT_CARRIER_TEXT,
        .is_utc = true,
        .probe = dashcue_roadhawk_probe,
        .follow = dialecttracks_roadhawk_follow,
      },
  {
        .name = "dji-text",
        .cameras = "DJI drones with subtitles",
        .carrier = DIALECT_CARRIER_TEXT,
        .probe = dashcue_dji_probe,
        .follow = dialecttracks_dji_follow,
      },
};

const Dialect *
dialecttracks_get (size_t index)
{
  return index < sizeof dialecttracks_table / sizeof dialecttracks_table[0] ?
      &dialecttracks_table[index] : NULL;
}
