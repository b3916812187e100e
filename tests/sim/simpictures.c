/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simpictures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define QUALITY 75
#define MAX_COMMENT 65537       /* marker, length, and what that can count */
#define MIN_SIDE 16
#define MAX_SIDE 4096
#define MAX_FILE (16 * 1024 * 1024)
#define N_DIGITS 3

typedef struct
{
  SimSize size;
  GPtrArray *pictures;          /* of GBytes, NULL where none is drawn yet */
} SimPictureSet;

struct _SimPictures
{
  gboolean drawn;
  gsize pad;
  GArray *sizes;                /* of SimSize, ends with 0x0 */
  GPtrArray *sets;              /* of SimPictureSet */
  SimPictureSet *set;           /* the one in use */
};

static void
sim_pictures_free_picture (gpointer picture)
{
  if (picture != NULL)
    g_bytes_unref (picture);
}

static void
sim_pictures_free_set (gpointer data)
{
  SimPictureSet *set = data;

  g_ptr_array_unref (set->pictures);
  g_free (set);
}

static SimPictureSet *
sim_pictures_find_set (SimPictures * self, SimSize size)
{
  for (guint i = 0; i < self->sets->len; i++) {
    SimPictureSet *set = g_ptr_array_index (self->sets, i);

    if (set->size.width == size.width && set->size.height == size.height)
      return set;
  }
  return NULL;
}

static SimPictureSet *
sim_pictures_add_set (SimPictures * self, SimSize size)
{
  SimPictureSet *set = g_new0 (SimPictureSet, 1);

  set->size = size;
  set->pictures = g_ptr_array_new_with_free_func (sim_pictures_free_picture);
  g_ptr_array_add (self->sets, set);
  return set;
}

static SimPictures *
sim_pictures_alloc (gsize pad)
{
  SimPictures *self = g_new0 (SimPictures, 1);

  self->pad = pad;
  self->sizes = g_array_new (TRUE, TRUE, sizeof (SimSize));
  self->sets = g_ptr_array_new_with_free_func (sim_pictures_free_set);
  return self;
}

SimPictures *
sim_pictures_new (SimSize size, gsize pad)
{
  static const SimSize usual[] = { {640, 480}, {320, 240}, {1280, 720} };
  SimPictures *self = sim_pictures_alloc (pad);

  self->drawn = TRUE;
  g_array_append_val (self->sizes, size);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++) {
    if (usual[i].width != size.width || usual[i].height != size.height)
      g_array_append_val (self->sizes, usual[i]);
  }
  self->set = sim_pictures_add_set (self, size);
  return self;
}

void
sim_pictures_free (SimPictures * self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sets);
  g_array_unref (self->sizes);
  g_free (self);
}

const SimSize *
sim_pictures_get_sizes (SimPictures * self)
{
  return &g_array_index (self->sizes, SimSize, 0);
}

SimSize
sim_pictures_get_size (SimPictures * self)
{
  return self->set->size;
}

gboolean
sim_pictures_set_size (SimPictures * self, SimSize size)
{
  SimPictureSet *set = sim_pictures_find_set (self, size);

  if (set == NULL && self->drawn && size.width >= MIN_SIDE
      && size.width <= MAX_SIDE && size.height >= MIN_SIDE
      && size.height <= MAX_SIDE)
    set = sim_pictures_add_set (self, size);
  if (set == NULL)
    return FALSE;
  self->set = set;
  return TRUE;
}

/* Comments behind SOI, so that the picture has exactly pad bytes. */
static GBytes *
sim_pictures_fill (const guint8 * jpeg, gsize size, gsize pad)
{
  GByteArray *out = g_byte_array_new ();
  gsize left = pad > size ? pad - size : 0;

  g_byte_array_append (out, jpeg, 2);
  /* What is too short for a comment: fill bytes of the next marker. */
  for (; left > 0 && left < 4; left--)
    g_byte_array_append (out, (const guint8 *) "\xff", 1);
  while (left > 0) {
    gsize n = MIN (left, MAX_COMMENT);
    const guint start = out->len;

    if (left - n > 0 && left - n < 4)
      n -= 4;
    g_byte_array_set_size (out, start + (guint) n);
    memset (out->data + start, ' ', n);
    out->data[start] = 0xff;
    out->data[start + 1] = 0xfe;
    out->data[start + 2] = (guint8) ((n - 2) >> 8);
    out->data[start + 3] = (guint8) (n - 2);
    left -= n;
  }
  g_byte_array_append (out, jpeg + 2, (guint) size - 2);
  return g_byte_array_free_to_bytes (out);
}

/* Whether a digit of seven segments covers the point (x, y) of its box. */
static gboolean
sim_pictures_digit_covers (guint digit, guint x, guint y, guint width,
    guint height)
{
  /* from bit 0: top, right above, right below, bottom, left below, left
   * above, middle */
  static const guint8 segments[] =
      { 0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f };
  const guint stroke = 1 + height / 8;
  const gboolean below = y >= height / 2;
  guint lit = 0;

  if (y < stroke)
    lit |= 1 << 0;
  if (y + stroke >= height)
    lit |= 1 << 3;
  if (y + stroke / 2 >= height / 2 && y < height / 2 + stroke / 2 + 1)
    lit |= 1 << 6;
  if (x + stroke >= width)
    lit |= below ? 1 << 2 : 1 << 1;
  if (x < stroke)
    lit |= below ? 1 << 4 : 1 << 5;
  return (lit & segments[digit]) != 0;
}

/* The number in the middle of the picture. */
static gboolean
sim_pictures_number_covers (guint number, guint x, guint y, SimSize size)
{
  static const guint units[N_DIGITS] = { 100, 10, 1 };
  const guint cell = size.width / (N_DIGITS + 1);
  const guint left = cell / 2, top = size.height / 4;
  const guint width = cell * 2 / 3, height = size.height / 2;

  if (y < top || y >= top + height || x < left || cell == 0
      || (x - left) / cell >= N_DIGITS || (x - left) % cell >= width)
    return FALSE;
  return sim_pictures_digit_covers (number / units[(x - left) / cell] % 10,
      (x - left) % cell, y - top, width, height);
}

/* A line of it in YCbCr: a gradient that a bar crosses from left to right. */
static void
sim_pictures_draw_line (guint8 * line, guint number, guint y, SimSize size)
{
  const guint bar = number * size.width / SIM_PICTURES_LOOP;

  for (guint x = 0; x < size.width; x++) {
    guint8 *pixel = line + 3 * x;

    pixel[0] = (guint8) (48 + x * 128 / size.width);
    pixel[1] = (guint8) (64 + y * 128 / size.height);
    pixel[2] = (guint8) (192 - x * 128 / size.width);
    if (sim_pictures_number_covers (number, x, y, size)) {
      pixel[0] = 235;
      pixel[1] = pixel[2] = 128;
    } else if (x >= bar && x < bar + size.width / 16) {
      pixel[0] = 16;
    }
  }
}

static GBytes *
sim_pictures_draw (guint number, SimSize size, gsize pad)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *out = NULL;
  unsigned long n_out = 0;
  g_autofree guint8 *line = g_malloc (3 * (gsize) size.width);
  GBytes *picture;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &out, &n_out);
  jpeg.image_width = size.width;
  jpeg.image_height = size.height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_YCbCr;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  jpeg.comp_info[0].h_samp_factor = 2;
  jpeg.comp_info[0].v_samp_factor = 1;
  jpeg.write_JFIF_header = FALSE;
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = line;

    sim_pictures_draw_line (line, number, jpeg.next_scanline, size);
    jpeg_write_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  picture = sim_pictures_fill (out, n_out, pad);
  free (out);
  return picture;
}

/* The size that the frame header (SOF) of a JPEG tells. */
static gboolean
sim_pictures_read_size (const guint8 * jpeg, gsize size, SimSize * ret_size)
{
  gsize at = 2;

  if (size < 4 || jpeg[0] != 0xff || jpeg[1] != 0xd8)
    return FALSE;
  while (at + 9 <= size && jpeg[at] == 0xff) {
    const guint8 marker = jpeg[at + 1];

    if (marker == 0xff) {
      at++;
    } else if (marker >= 0xc0 && marker <= 0xc2) {
      ret_size->height = (guint16) (jpeg[at + 5] << 8 | jpeg[at + 6]);
      ret_size->width = (guint16) (jpeg[at + 7] << 8 | jpeg[at + 8]);
      return ret_size->width > 0 && ret_size->height > 0;
    } else {
      at += 2 + (gsize) (jpeg[at + 2] << 8 | jpeg[at + 3]);
    }
  }
  return FALSE;
}

static gboolean
sim_pictures_load (SimPictures * self, const gchar * path, GError ** error)
{
  g_autofree gchar *bytes = NULL;
  SimPictureSet *set;
  SimSize size;
  gsize n_bytes;

  if (!g_file_get_contents (path, &bytes, &n_bytes, error))
    return FALSE;
  if (n_bytes > MAX_FILE
      || !sim_pictures_read_size ((const guint8 *) bytes, n_bytes, &size)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        "%s: not a JPEG picture, or too large", path);
    return FALSE;
  }
  set = sim_pictures_find_set (self, size);
  if (set == NULL) {
    set = sim_pictures_add_set (self, size);
    g_array_append_val (self->sizes, size);
  }
  g_ptr_array_add (set->pictures, sim_pictures_fill ((const guint8 *) bytes,
          n_bytes, self->pad));
  return TRUE;
}

static gint
sim_pictures_compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar * const *) a, *(const gchar * const *) b);
}

SimPictures *
sim_pictures_new_from_folder (const gchar * folder, gsize pad, GError ** error)
{
  g_autoptr (SimPictures) self = sim_pictures_alloc (pad);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const gchar *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".jpg"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  }
  g_ptr_array_sort (names, sim_pictures_compare_names);
  for (guint i = 0; i < names->len; i++) {
    if (!sim_pictures_load (self, g_ptr_array_index (names, i), error))
      return NULL;
  }
  if (names->len == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "%s: no file ends in .jpg", folder);
    return NULL;
  }
  self->set = g_ptr_array_index (self->sets, 0);
  return g_steal_pointer (&self);
}

GBytes *
sim_pictures_get (SimPictures * self, guint64 number)
{
  GPtrArray *pictures = self->set->pictures;
  guint i;

  if (!self->drawn)
    return g_ptr_array_index (pictures, (guint) (number % pictures->len));
  i = (guint) (number % SIM_PICTURES_LOOP);
  if (pictures->len == 0)
    g_ptr_array_set_size (pictures, SIM_PICTURES_LOOP);
  if (g_ptr_array_index (pictures, i) == NULL)
    g_ptr_array_index (pictures, i) =
        sim_pictures_draw (i, self->set->size, self->pad);
  return g_ptr_array_index (pictures, i);
}
