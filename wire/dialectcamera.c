/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/dialectcamera.h"

#include <string.h>

/* Only those of which docs/wire/ names one maker. */
static const struct
{
  const char *dialect;
  const char *maker;
  const char *model;
} cameras[] = {
  {"70mai", "70mai", NULL},
  {"atc", "DOD", NULL},
  {"dod", "DOD", "LS600W"},
  {"e-ace", "E-ACE", "B44"},
  {"e-prance", "E-PRANCE", "B47FS"},
  {"fmas", "Vantrue", "N2S"},
  {"gpmf", "GoPro", NULL},
  {"innovv", "INNOVV", NULL},
  {"innovv-ts", "INNOVV", "K5"},
  {"jomise", "Jomise", "T860S"},
  {"kenwood-a301w", "Kenwood", "DRV-A301W"},
  {"lamax", "Lamax", "S9"},
  {"ligo-gpmd", "Kingslim", "D4"},
  {"ligo-ssmd", "CarCam", NULL},
  {"nextbase-322gw", "Nextbase", NULL},
  {"nextbase-512g", "Nextbase", "512G"},
  {"nextbase-512gw", "Nextbase", "512GW"},
  {"novatek-degrees", "Transcend", NULL},
  {"novatek-kenwood", "Kenwood", "DRV-A510W"},
  {"pndm", "Garmin", NULL},
  {"roadhawk", "Roadhawk", NULL},
  {"rove", "Rove", NULL},
  {"vantrue-n4", "Vantrue", NULL},
  {"vantrue-s1", "Vantrue", "S1"},
  {"veiled-gpmd", "Rove", NULL},
  {"viidure", "INNOVV", "N2"},
  {"vsys", "VSYS", "A6L"},
  {"vueroid", "Vueroid", "S1"},
  {"xbht", "XBHT", "XB702"}
};

#define N_CAMERAS (sizeof cameras / sizeof *cameras)

bool
dialectcamera_get (const char *dialect, const char **ret_maker,
    const char **ret_model)
{
  for (size_t i = 0; i < N_CAMERAS; i++) {
    if (strcmp (cameras[i].dialect, dialect) == 0) {
      *ret_maker = cameras[i].maker;
      *ret_model = cameras[i].model;
      return true;
    }
  }
  return false;
}

const char *
dialectcamera_get_name (size_t index)
{
  return index < N_CAMERAS ? cameras[index].dialect : NULL;
}
