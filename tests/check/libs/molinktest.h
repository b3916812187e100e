/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#pragma once

/* Feeds molinkframe and keeps what comes out. */

#include "wiretest.h"

#include "wire/molinkframe.h"

#define MOLINKTEST_MS G_GUINT64_CONSTANT (1000000)

typedef struct
{
  MolinkFrame info;
  guint8 *data;
} MolinkTestFrame;

typedef struct
{
  MolinkFrames *core;
  guint8 *memory[MOLINK_N_SLOTS];       /* of just the size that was wanted */
  gsize most_memory;            /* wanted for a slot */
  guint64 now;
  GArray *frames;               /* MolinkTestFrame, that came out */
  GPtrArray *old;               /* memory that was replaced */
  guint n_taken;                /* of them, by molinktest_take() */
  guint n_dropped;
  guint n_lost;
  guint n_duplicate;
  guint n_reordered;
  guint n_late;
  guint n_refused;
} MolinkTest;

static inline void
molinktest_clear_frame (gpointer frame)
{
  g_free (((MolinkTestFrame *) frame)->data);
}

static inline void
molinktest_init (MolinkTest * self)
{
  memset (self, 0, sizeof *self);
  self->core = g_new (MolinkFrames, 1);
  molink_frames_init (self->core);
  self->frames = g_array_new (FALSE, FALSE, sizeof (MolinkTestFrame));
  g_array_set_clear_func (self->frames, molinktest_clear_frame);
  self->old = g_ptr_array_new_with_free_func (g_free);
  self->now = 1000 * MOLINKTEST_MS;
}

static inline void
molinktest_clear (MolinkTest * self)
{
  for (guint i = 0; i < MOLINK_N_SLOTS; i++)
    g_free (self->memory[i]);
  g_array_unref (self->frames);
  g_ptr_array_unref (self->old);
  g_free (self->core);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MolinkTest, molinktest_clear);

/* Takes the frames that are to leave now. */
static inline void
molinktest_drain (MolinkTest * self)
{
  gboolean more = TRUE;

  while (more) {
    MolinkTestFrame frame;
    guint n_dropped, n_lost;

    memset (&frame, 0, sizeof frame);
    more = molink_frames_next (self->core, self->now, &frame.info, &n_dropped,
        &n_lost);
    self->n_dropped += n_dropped;
    self->n_lost += n_lost;
    if (more) {
      guint8 **memory = &self->memory[frame.info.slot];

      fail_unless (self->core->slots[frame.info.slot].data == NULL);
      frame.data = g_steal_pointer (memory);
      g_array_append_val (self->frames, frame);
    }
  }
}

/* Moves the time on. */
static inline void
molinktest_wait (MolinkTest * self, guint ms)
{
  self->now += ms * MOLINKTEST_MS;
  molinktest_drain (self);
}

static inline guint
molinktest_add (MolinkTest * self, const MolinkFragment * fragment,
    gconstpointer payload)
{
  guint events, slot = G_MAXUINT;
  gsize need = 0;

  events = molink_frames_add (self->core, fragment, payload, self->now, &slot,
      &need);
  if (events == MOLINK_WANTS_MEMORY) {
    guint8 *memory = g_malloc (need);
    MolinkSlot *wanting;

    fail_unless (slot < MOLINK_N_SLOTS && need > 0);
    wanting = &self->core->slots[slot];
    fail_unless (wanting->data == self->memory[slot]);
    fail_unless (need > wanting->capacity);
    memset (memory, 0x5a, need);
    if (self->memory[slot])
      memcpy (memory, self->memory[slot], wanting->capacity);
    if (self->memory[slot])
      g_ptr_array_add (self->old, self->memory[slot]);
    self->memory[slot] = memory;
    self->most_memory = MAX (self->most_memory, need);
    molink_frames_give (self->core, slot, memory, need);
    events = molink_frames_add (self->core, fragment, payload, self->now,
        &slot, &need);
    fail_if (events & MOLINK_WANTS_MEMORY);
  }
  self->n_duplicate += (events & MOLINK_DUPLICATE) != 0;
  self->n_reordered += (events & MOLINK_REORDERED) != 0;
  self->n_late += (events & MOLINK_LATE) != 0;
  self->n_refused += (events & MOLINK_REFUSED) != 0;
  molinktest_drain (self);
  return events;
}

/* What an element does with datagrams that it receives at once: payloads go to
 * predicted places, those that do not belong there are copied out, then all
 * are added. Returns how many were in place. */
static inline guint
molinktest_receive (MolinkTest * self, const MolinkFragment * fragments,
    const guint8 * const *payloads, guint n)
{
  g_autofree MolinkPlace *places = g_new0 (MolinkPlace, n);
  g_autofree const guint8 **at = g_new0 (const guint8 *, n);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  guint n_places = molink_frames_predict (self->core, places, n);
  guint n_in_place = 0;

  fail_unless (n_places <= n);
  for (guint i = 0; i < n_places; i++)
    memcpy (places[i].data, payloads[i],
        MIN (places[i].size, fragments[i].n_bytes));
  for (guint i = 0; i < n; i++) {
    at[i] = places[i].data;
    if (n_in_place == i && at[i] && fragments[i].n_bytes <= places[i].size &&
        molink_frames_where (self->core, &fragments[i]) == at[i]) {
      n_in_place++;
    } else {
      guint8 *copy = g_memdup2 (payloads[i], fragments[i].n_bytes);

      g_ptr_array_add (copies, copy);
      at[i] = copy;
    }
  }
  for (guint i = 0; i < n; i++)
    molinktest_add (self, &fragments[i], at[i]);
  return n_in_place;
}

/* A datagram, typed as hex. */
static inline guint
molinktest_add_hex (MolinkTest * self, const gchar * hex)
{
  g_autoptr (GByteArray) bytes = wiretest_hex (hex);
  MolinkVariant variant = molink_probe (bytes->data, bytes->len);
  MolinkFragment fragment;

  fail_unless_equals_int (molink_parse (variant, bytes->data, bytes->len,
          bytes->len, &fragment), MOLINK_OK);
  return molinktest_add (self, &fragment, bytes->data +
      (variant == MOLINK_VARIANT_A ? MOLINK_A_HEADER_SIZE :
          MOLINK_B_HEADER_SIZE));
}

/* What stands at offset of the frame that seed is for. */
static inline guint8
molinktest_byte (guint seed, guint offset)
{
  return (guint8) ((seed * 31 + offset) * 2654435761u >> 21);
}

/* A fragment of variant A: size bytes cut in chunks. */
static inline guint
molinktest_add_piece (MolinkTest * self, guint seed, guint id, guint size,
    guint chunk, guint index)
{
  MolinkFragment fragment = { 0 };
  g_autofree guint8 *payload = NULL;

  fragment.variant = MOLINK_VARIANT_A;
  fragment.frame_id = id;
  fragment.frame_size = size;
  fragment.index = index;
  fragment.n_bytes = MIN (chunk, size - index * chunk);
  fragment.last = (index + 1) * chunk >= size;
  fragment.plain = TRUE;
  payload = g_malloc (fragment.n_bytes);
  for (guint i = 0; i < fragment.n_bytes; i++)
    payload[i] = molinktest_byte (seed, index * chunk + i);
  return molinktest_add (self, &fragment, payload);
}

static inline void
molinktest_add_frame (MolinkTest * self, guint seed, guint id, guint size,
    guint chunk)
{
  for (guint i = 0; i * chunk < size; i++)
    molinktest_add_piece (self, seed, id, size, chunk, i);
}

/* The next frame that came out; there must be one. */
static inline const MolinkTestFrame *
molinktest_take (MolinkTest * self)
{
  fail_unless (self->n_taken < self->frames->len, "no frame came out");
  return &g_array_index (self->frames, MolinkTestFrame, self->n_taken++);
}

/* The next frame is whole, and the one that seed is for. */
static inline const MolinkTestFrame *
molinktest_assert_frame (MolinkTest * self, guint seed, guint id, guint size)
{
  const MolinkTestFrame *frame = molinktest_take (self);

  fail_unless (frame->info.complete);
  fail_unless_equals_int (frame->info.frame_id, id);
  fail_unless_equals_int (frame->info.size, size);
  for (guint i = 0; i < size; i++)
    if (frame->data[i] != molinktest_byte (seed, i))
      fail ("frame %u differs at %u", id, i);
  return frame;
}

static inline void
molinktest_assert_no_frame (MolinkTest * self)
{
  fail_unless_equals_int (self->n_taken, self->frames->len);
}
