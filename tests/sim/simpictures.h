/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* The JPEG pictures that a simulated camera sends: a test picture with a big
 * number that is drawn here, or those of a folder. */

#include <gio/gio.h>

/* After so many pictures the first one comes again, as the 8-bit frame number of
 * borescopes does: while nothing goes wrong, a frame shows its number. */
#define SIM_PICTURES_LOOP 256

typedef struct
{
  guint16 width, height;
} SimSize;

typedef struct _SimPictures SimPictures;

/* Draws pictures, when they are first asked for; each is a baseline 4:2:2 JPEG
 * with its Huffman tables and without APP0 (section 5 of the research). Smaller
 * ones are filled up to pad bytes by comments. */
SimPictures *sim_pictures_new (SimSize size, gsize pad);

/* Takes all .jpg files of a folder, by name. The size is that of the first. */
SimPictures *sim_pictures_new_from_folder (const gchar * folder, gsize pad,
    GError ** error);

void sim_pictures_free (SimPictures * self);

/* The sizes that can be set, ends with 0x0. */
const SimSize *sim_pictures_get_sizes (SimPictures * self);

SimSize sim_pictures_get_size (SimPictures * self);

/* FALSE, and the old size stays, when it is none of those. */
gboolean sim_pictures_set_size (SimPictures * self, SimSize size);

/* The picture of a frame; lives as long as self. */
GBytes *sim_pictures_get (SimPictures * self, guint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimPictures, sim_pictures_free)
