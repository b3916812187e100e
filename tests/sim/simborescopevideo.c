/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

#include "simborescopevideo.h"

#include <string.h>

/* Between fragments, as captured from a Nidage (2.2 of the research). */
#define MIN_PAUSE_US 1300
#define MAX_PAUSE_US 2700

void
sim_borescope_video_init (SimBorescopeVideo * self, guint32 seed)
{
  self->bytes = g_byte_array_new ();
  self->packets = g_array_new (FALSE, FALSE, sizeof (SimPacket));
  self->frame = g_byte_array_new ();
  self->rand = g_rand_new_with_seed (seed);
}

void
sim_borescope_video_clear (SimBorescopeVideo * self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->packets, g_array_unref);
  g_clear_pointer (&self->frame, g_byte_array_unref);
  g_clear_pointer (&self->rand, g_rand_free);
}

/* The frame as the camera sends it: with its inverted byte. */
static gboolean
sim_borescope_video_fill_frame (SimBorescopeVideo * self,
    const SimFrame * frame)
{
  const SimFault *fault;
  guint position = 0;
  gboolean whole = TRUE;
  gsize size;
  const guint8 *jpeg = g_bytes_get_data (frame->jpeg, &size);

  g_byte_array_set_size (self->frame, 0);
  g_byte_array_append (self->frame, jpeg, (guint) size);
  if (self->variant != SIM_MOLINK_A && self->invert != SIM_MOLINK_INVERT_NONE)
    self->frame->data[sim_molink_inverted_index (self->invert, frame->number,
            (guint32) size)] ^= 0xff;
  while ((fault = sim_faults_next (self->faults, SIM_FAULT_CORRUPT,
              frame->count, &position)) != NULL) {
    if (fault->args[0] < size) {
      self->frame->data[fault->args[0]] ^= 0xff;
      whole = FALSE;
    }
  }
  return whole;
}

/* What the headers of all fragments of a frame have in common. */
static SimMolinkFragment
sim_borescope_video_get_header (SimBorescopeVideo * self,
    const SimFrame * frame)
{
  const guint64 count = frame->count;
  const SimFault *size = sim_faults_find (self->faults, SIM_FAULT_SIZE, count);
  const SimFault *format =
      sim_faults_find (self->faults, SIM_FAULT_FORMAT, count);
  SimMolinkFragment header = { 0 };

  header.number = frame->number;
  header.frame_size = size != NULL ? size->args[0] : self->frame->len;
  header.count = (self->frame->len + self->payload - 1) / self->payload;
  header.format = format != NULL ? (guint8) format->args[0] : 1;
  if (self->dimensions || self->variant != SIM_MOLINK_A) {
    header.width = frame->width;
    header.height = frame->height;
  }
  header.motion = self->motion;
  header.plain = self->invert == SIM_MOLINK_INVERT_NONE;
  return header;
}

/* A fault of a frame whose first argument is the fragment. */
static const SimFault *
sim_borescope_video_find (SimBorescopeVideo * self, SimFaultKind kind,
    guint64 count, guint index)
{
  const SimFault *fault;
  guint position = 0;

  while ((fault =
          sim_faults_next (self->faults, kind, count, &position)) != NULL) {
    if (fault->n_args == 0 || fault->args[0] == index)
      return fault;
  }
  return NULL;
}

static gboolean
sim_borescope_video_is_lost (SimBorescopeVideo * self, guint64 count,
    guint index)
{
  const SimFault *every =
      sim_faults_find (self->faults, SIM_FAULT_DROP_EVERY, count);
  const SimFault *lose = sim_faults_find (self->faults, SIM_FAULT_LOSE, count);

  self->n_fragments++;
  if (every != NULL && every->args[0] > 0
      && self->n_fragments % every->args[0] == 0)
    return TRUE;
  if (lose != NULL
      && g_rand_int_range (self->rand, 0, 100) < (gint32) lose->args[0])
    return TRUE;
  return sim_borescope_video_find (self, SIM_FAULT_DROP, count, index) != NULL;
}

/* One message, with what the faults do to its datagram. */
static void
sim_borescope_video_add_fragment (SimBorescopeVideo * self, guint64 count,
    const SimMolinkFragment * fragment, gboolean join)
{
  const SimFault *fault;
  SimPacket packet = { 0 };

  packet.offset = self->bytes->len;
  packet.index = fragment->index;
  if (self->variant == SIM_MOLINK_A)
    sim_molink_put_a (self->bytes, fragment);
  else
    sim_molink_put_b (self->bytes, fragment);
  g_byte_array_append (self->bytes,
      self->frame->data + fragment->index * self->payload, fragment->n_bytes);
  packet.size = self->bytes->len - packet.offset;
  if (join) {
    g_array_index (self->packets, SimPacket, self->packets->len - 1).size +=
        packet.size;
    return;
  }
  fault = sim_borescope_video_find (self, SIM_FAULT_DELAY, count,
      fragment->index);
  if (fault != NULL)
    packet.delay_us = fault->args[1] * 1000;
  if (self->paced && fragment->index > 0)
    packet.delay_us += (guint) g_rand_int_range (self->rand, MIN_PAUSE_US,
        MAX_PAUSE_US + 1);
  g_array_append_val (self->packets, packet);
}

static gboolean
sim_borescope_video_add_fragments (SimBorescopeVideo * self,
    const SimFrame * frame)
{
  SimMolinkFragment fragment = sim_borescope_video_get_header (self, frame);
  gboolean whole = TRUE;
  guint n_joined = 0;

  for (; fragment.index < fragment.count; fragment.index++) {
    const SimFault *mark = sim_borescope_video_find (self, SIM_FAULT_MARK,
        frame->count, fragment.index);

    fragment.position = mark != NULL ? (guint8) mark->args[1] : 0;
    fragment.sequence = self->sequence++;
    fragment.n_bytes = MIN (self->payload,
        self->frame->len - fragment.index * self->payload);
    if (sim_borescope_video_is_lost (self, frame->count, fragment.index)) {
      whole = FALSE;
      continue;
    }
    sim_borescope_video_add_fragment (self, frame->count, &fragment,
        n_joined > 0);
    n_joined = (n_joined + 1) % self->join;
  }
  return whole;
}

/* The camera's packet from first on that begins with a fragment, or NULL. */
static SimPacket *
sim_borescope_video_get_packet (SimBorescopeVideo * self, guint first,
    guint index)
{
  for (guint i = first; i < self->packets->len; i++) {
    SimPacket *packet = &g_array_index (self->packets, SimPacket, i);

    if (packet->index == index && !packet->foreign)
      return packet;
  }
  return NULL;
}

/* Rewrites packets from first on with zero bytes behind them. */
static void
sim_borescope_video_pad (SimBorescopeVideo * self, guint first, guint n_bytes)
{
  for (guint i = first; i < self->packets->len; i++) {
    SimPacket *packet = &g_array_index (self->packets, SimPacket, i);
    const gsize start = self->bytes->len;

    g_byte_array_set_size (self->bytes,
        (guint) (start + packet->size) + n_bytes);
    memcpy (self->bytes->data + start, self->bytes->data + packet->offset,
        packet->size);
    memset (self->bytes->data + start + packet->size, 0, n_bytes);
    packet->offset = start;
    packet->size += n_bytes;
  }
}

/* All packets from first on before themselves, with payload that is inverted,
 * from another port. */
static void
sim_borescope_video_add_foreign (SimBorescopeVideo * self, guint first)
{
  const gsize header = self->variant == SIM_MOLINK_A ? 24 : 51;
  const guint n_packets = self->packets->len - first;

  for (guint i = 0; i < n_packets; i++) {
    SimPacket packet = g_array_index (self->packets, SimPacket, first + 2 * i);
    const gsize start = self->bytes->len;

    g_byte_array_set_size (self->bytes, (guint) (start + packet.size));
    memcpy (self->bytes->data + start, self->bytes->data + packet.offset,
        packet.size);
    for (gsize at = header; at < packet.size; at++)
      self->bytes->data[start + at] ^= 0xff;
    packet.offset = start;
    packet.delay_us = 0;
    packet.foreign = TRUE;
    g_array_insert_val (self->packets, first + 2 * i, packet);
  }
}

/* Faults that move or change whole datagrams. */
static gboolean
sim_borescope_video_apply (SimBorescopeVideo * self, guint64 count, guint first)
{
  const SimFault *fault;
  SimPacket *a, *b;
  gboolean whole = TRUE;

  for (guint p = 0; (fault = sim_faults_next (self->faults, SIM_FAULT_TRUNCATE,
              count, &p)) != NULL;) {
    a = sim_borescope_video_get_packet (self, first, fault->args[0]);
    if (a != NULL && fault->args[1] < a->size) {
      a->size = fault->args[1];
      whole = FALSE;
    }
  }
  fault = sim_faults_find (self->faults, SIM_FAULT_PAD, count);
  if (fault != NULL && self->variant != SIM_MOLINK_C)
    sim_borescope_video_pad (self, first, fault->args[0]);
  if (self->variant != SIM_MOLINK_C
      && sim_faults_find (self->faults, SIM_FAULT_FOREIGN, count) != NULL)
    sim_borescope_video_add_foreign (self, first);
  for (guint p = 0; (fault = sim_faults_next (self->faults, SIM_FAULT_SWAP,
              count, &p)) != NULL;) {
    a = sim_borescope_video_get_packet (self, first, fault->args[0]);
    b = sim_borescope_video_get_packet (self, first, fault->args[1]);
    if (a != NULL && b != NULL) {
      const SimPacket kept = *a;

      *a = *b;
      *b = kept;
    }
  }
  for (guint p = 0; (fault = sim_faults_next (self->faults, SIM_FAULT_DUP,
              count, &p)) != NULL;) {
    a = sim_borescope_video_get_packet (self, first, fault->args[0]);
    if (a != NULL) {
      const SimPacket again = *a;

      g_array_insert_val (self->packets,
          (guint) (a - &g_array_index (self->packets, SimPacket, 0)) + 1,
          again);
    }
  }
  return whole;
}

/* The frame between its boundaries is one packet; padding lies before the
 * second of them. */
static gboolean
sim_borescope_video_add_stream (SimBorescopeVideo * self,
    const SimFrame * frame)
{
  const SimMolinkFragment header = sim_borescope_video_get_header (self, frame);
  const SimFault *pad =
      sim_faults_find (self->faults, SIM_FAULT_PAD, frame->count);
  const guint n_pad = pad != NULL ? pad->args[0] : 0;
  SimPacket packet = { 0 };

  if (sim_borescope_video_is_lost (self, frame->count, 0))
    return FALSE;
  packet.offset = self->bytes->len;
  sim_molink_put_c (self->bytes, &header);
  g_byte_array_append (self->bytes, self->frame->data, self->frame->len);
  g_byte_array_set_size (self->bytes, self->bytes->len + n_pad);
  memset (self->bytes->data + self->bytes->len - n_pad, 0, n_pad);
  sim_molink_put_c_end (self->bytes);
  packet.size = self->bytes->len - packet.offset;
  g_array_append_val (self->packets, packet);
  return TRUE;
}

gboolean
sim_borescope_video_add (SimBorescopeVideo * self, const SimFrame * frame)
{
  const guint first = self->packets->len;
  gboolean whole = sim_borescope_video_fill_frame (self, frame);

  whole &= sim_faults_find (self->faults, SIM_FAULT_SIZE, frame->count) == NULL;
  whole &= sim_faults_find (self->faults, SIM_FAULT_FORMAT,
      frame->count) == NULL;
  if (self->variant == SIM_MOLINK_C)
    whole &= sim_borescope_video_add_stream (self, frame);
  else
    whole &= sim_borescope_video_add_fragments (self, frame);
  whole &= sim_borescope_video_apply (self, frame->count, first);
  return whole;
}

void
sim_borescope_video_interleave (SimBorescopeVideo * self, guint second)
{
  g_autoptr (GArray) mixed = g_array_new (FALSE, FALSE, sizeof (SimPacket));
  const SimPacket *packets = &g_array_index (self->packets, SimPacket, 0);
  const guint n_second = self->packets->len - second;

  for (guint i = 0; i < MAX (second, n_second); i++) {
    if (i < second)
      g_array_append_vals (mixed, &packets[i], 1);
    if (i < n_second)
      g_array_append_vals (mixed, &packets[second + i], 1);
  }
  g_array_unref (self->packets);
  self->packets = g_steal_pointer (&mixed);
}
