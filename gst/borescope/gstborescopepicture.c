/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "gstborescopepicture.h"
#include "wire/jpegentropy.h"
#include "wire/jpegscan.h"

/* So many pictures are asked, or until a guess leads by so many. */
#define MAX_PICTURES 100
#define MIN_LEAD 3

static const GstBorescopeDescramble guesses[GST_BORESCOPE_N_GUESSES] = {
  GST_BORESCOPE_DESCRAMBLE_FORMULA,
  GST_BORESCOPE_DESCRAMBLE_MIDDLE,
  GST_BORESCOPE_DESCRAMBLE_NONE,
};

static void
gst_borescope_picture_flip (const GstBorescopeFrame * frame,
    GstBorescopeDescramble which)
{
  gsize index = which == GST_BORESCOPE_DESCRAMBLE_MIDDLE ? frame->size / 2 :
      molink_inverted_index (frame->id, (guint32) frame->size);

  if (which != GST_BORESCOPE_DESCRAMBLE_NONE && index < frame->size)
    frame->data[index] ^= 0xff;
}

static gboolean
gst_borescope_picture_is_damaged (const GstBorescopeFrame * frame)
{
  JpegScan scan;

  return jpegscan (frame->data, frame->size, &scan) != JPEGSCAN_OK
      || jpegentropy_check (frame->data, frame->size, &scan) ==
      JPEGENTROPY_DAMAGED;
}

/* The guess that has damaged the fewest pictures, and by how many it leads. */
static guint
gst_borescope_picture_best (const GstBorescopeDescrambler * descrambler,
    guint * ret_lead)
{
  guint best = 0, lead = G_MAXUINT;

  for (guint i = 1; i < GST_BORESCOPE_N_GUESSES; i++)
    if (descrambler->n_damaged[i] < descrambler->n_damaged[best])
      best = i;
  for (guint i = 0; i < GST_BORESCOPE_N_GUESSES; i++)
    if (i != best)
      lead = MIN (lead, descrambler->n_damaged[i] -
          descrambler->n_damaged[best]);
  *ret_lead = lead;
  return best;
}

/* Old and new firmware look alike until a picture is read: a byte that is put
 * right where none was wrong damages it. */
static GstBorescopeDescramble
gst_borescope_picture_learn (const GstBorescopeFrame * frame,
    GstBorescopeDescrambler * descrambler)
{
  guint lead, best = gst_borescope_picture_best (descrambler, &lead);

  if (!frame->complete || lead >= MIN_LEAD
      || descrambler->n_pictures >= MAX_PICTURES)
    return guesses[best];
  descrambler->n_pictures++;
  for (guint i = 0; i < GST_BORESCOPE_N_GUESSES; i++) {
    gst_borescope_picture_flip (frame, guesses[i]);
    descrambler->n_damaged[i] += gst_borescope_picture_is_damaged (frame);
    gst_borescope_picture_flip (frame, guesses[i]);
  }
  return guesses[gst_borescope_picture_best (descrambler, &lead)];
}

static void
gst_borescope_picture_descramble (const GstBorescopeFrame * frame,
    GstBorescopeDescrambler * descrambler)
{
  GstBorescopeDescramble which = descrambler->setting;

  if (frame->variant == MOLINK_VARIANT_A || frame->plain || frame->bare)
    return;
  if (which == GST_BORESCOPE_DESCRAMBLE_AUTO)
    which = gst_borescope_picture_learn (frame, descrambler);
  gst_borescope_picture_flip (frame, which);
}

/* Takes data; a missing EOI is added, decoders wait for it. */
static GstBuffer *
gst_borescope_picture_wrap (guint8 * data, const JpegScan * scan)
{
  gsize end = scan->end;

  if (!scan->has_eoi) {
    data = g_realloc (data, end + 2);
    data[end++] = 0xff;
    data[end++] = 0xd9;
  }
  return gst_buffer_new_wrapped_full (0, data, end, scan->start,
      end - scan->start, data, g_free);
}

gboolean
gst_borescope_picture_make (const GstBorescopeFrame * frame,
    GstBorescopeDescrambler * descrambler, gboolean damaged_too,
    GstBorescopePicture * ret_picture)
{
  JpegScan scan;

  gst_borescope_picture_descramble (frame, descrambler);
  if (jpegscan (frame->data, frame->size, &scan) != JPEGSCAN_OK
      || (!frame->complete && !damaged_too)) {
    g_free (frame->data);
    return FALSE;
  }
  ret_picture->width = scan.width;
  ret_picture->height = scan.height;
  ret_picture->buffer = gst_borescope_picture_wrap (frame->data, &scan);
  if (!frame->complete)
    GST_BUFFER_FLAG_SET (ret_picture->buffer, GST_BUFFER_FLAG_CORRUPTED);
  if (frame->discont)
    GST_BUFFER_FLAG_SET (ret_picture->buffer, GST_BUFFER_FLAG_DISCONT);
  return TRUE;
}
