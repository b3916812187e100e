/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include <errno.h>
#include <string.h>

#include "gstborescopereceiver.h"
#include "wire/molinkframe.h"
#include "wire/molinktcp.h"

#define BATCH 32

/* Batches, and reads of TCP, before the thread looks after its timers again. */
#define MAX_BATCHES 8

#define DATAGRAM_MAX 65536
#define TCP_READ 65536

/* One datagram: the header's bytes go to the start of raw, the payload to its
 * place if that is known, what is left to raw behind the header. */
typedef struct
{
  struct sockaddr_storage from;
  struct iovec parts[3];
  MolinkPlace place;
  guint8 *raw;
} GstBorescopeDatagram;

struct _GstBorescopeReceiver
{
  GstBorescopeFrameFunc func;
  gpointer user_data;
  MolinkVariant variant;
  GstBorescopeReceiverCounts counts;

  gsize typical_size;           /* of the largest of the recent frames */
  gsize head_size;
  GstBorescopeDatagram datagrams[BATCH];
  struct mmsghdr messages[BATCH];
  guint8 *raw;                  /* DATAGRAM_MAX for each datagram; touched only as far as used */

  MolinkTcp tcp;
  guint8 *tcp_data;
  guint64 tcp_begin;
  gboolean tcp_discont;

  guint8 *memory[MOLINK_N_SLOTS];       /* what the slots were given */
  GArray *done;                 /* GstBorescopeFrame, in order */
  MolinkFrames frames;
};

GstBorescopeReceiver *
gst_borescope_receiver_new (const GstBorescopeSettings * settings,
    GstBorescopeFrameFunc func, gpointer user_data)
{
  GstBorescopeReceiver *self = g_new0 (GstBorescopeReceiver, 1);

  self->func = func;
  self->user_data = user_data;
  molink_frames_init (&self->frames);
  self->frames.max_frame_size = settings->max_frame_size;
  self->frames.timeout = settings->frame_timeout;
  self->frames.want_incomplete = !settings->drop_incomplete;
  molink_tcp_init (&self->tcp);
  self->tcp.max_frame_size = settings->max_frame_size;
  self->done = g_array_new (FALSE, FALSE, sizeof (GstBorescopeFrame));
  self->raw = g_malloc (BATCH * DATAGRAM_MAX);
  for (guint i = 0; i < BATCH; i++)
    self->datagrams[i].raw = self->raw + i * DATAGRAM_MAX;
  return self;
}

void
gst_borescope_receiver_free (GstBorescopeReceiver * self)
{
  for (guint i = 0; i < MOLINK_N_SLOTS; i++)
    g_free (self->memory[i]);
  g_array_unref (self->done);
  g_free (self->tcp_data);
  g_free (self->raw);
  g_free (self);
}

void
gst_borescope_receiver_reset (GstBorescopeReceiver * self,
    MolinkVariant variant)
{
  self->variant = variant;
  self->head_size = variant == MOLINK_VARIANT_B ?
      MOLINK_B_HEADER_SIZE : MOLINK_A_HEADER_SIZE;
  molink_frames_reset (&self->frames);
  molink_tcp_reset (&self->tcp);
  self->tcp_begin = 0;
  self->tcp_discont = TRUE;
}

/* Memory for a frame, large enough that the next ones fit too. */
static guint8 *
gst_borescope_receiver_alloc (GstBorescopeReceiver * self, gsize need,
    gsize * ret_capacity)
{
  *ret_capacity = MAX (need, self->typical_size + self->typical_size / 4);
  return g_malloc (*ret_capacity);
}

static void
gst_borescope_receiver_note_size (GstBorescopeReceiver * self, gsize size)
{
  gsize forgotten = self->typical_size - self->typical_size / 64;

  self->typical_size = MAX (size, forgotten);
}

static void
gst_borescope_receiver_pop (GstBorescopeReceiver * self, guint64 now)
{
  MolinkFrame out;
  guint n_dropped, n_lost;
  gboolean more;

  do {
    more = molink_frames_next (&self->frames, now, &out, &n_dropped, &n_lost);
    self->counts.frames_incomplete += n_dropped;
    self->counts.fragments_lost += n_lost;
    if (more) {
      GstBorescopeFrame frame = { 0 };

      frame.data = g_steal_pointer (&self->memory[out.slot]);
      frame.size = out.size;
      frame.variant = self->variant;
      frame.id = out.frame_id;
      frame.plain = out.plain;
      frame.complete = out.complete;
      frame.discont = out.discont;
      frame.motion = out.motion;
      frame.begin_time = out.begin_time;
      frame.end_time = out.end_time;
      if (!out.complete) {
        self->counts.frames_incomplete++;
        self->counts.fragments_lost += out.n_lost;
      }
      gst_borescope_receiver_note_size (self, out.size);
      g_array_append_val (self->done, frame);
    }
  } while (more);
}

/* Not before all datagrams of a batch are taken: payloads of later ones may lie
 * in the same memory, behind the end of a frame that is shorter than expected. */
static void
gst_borescope_receiver_deliver (GstBorescopeReceiver * self)
{
  for (guint i = 0; i < self->done->len; i++)
    self->func (self->user_data, &g_array_index (self->done,
            GstBorescopeFrame, i));
  g_array_set_size (self->done, 0);
}

static void
gst_borescope_receiver_grow (GstBorescopeReceiver * self, guint slot,
    gsize need)
{
  guint8 *old = self->memory[slot];
  gsize old_capacity = self->frames.slots[slot].capacity;
  gsize capacity;
  guint8 *data = gst_borescope_receiver_alloc (self, need, &capacity);

  if (old)
    memcpy (data, old, MIN (old_capacity, capacity));
  molink_frames_give (&self->frames, slot, data, capacity);
  self->memory[slot] = data;
  g_free (old);
}

static void
gst_borescope_receiver_add (GstBorescopeReceiver * self,
    const MolinkFragment * fragment, const guint8 * payload, guint64 now,
    gboolean * ret_alive)
{
  guint slot = 0;
  gsize need = 0;
  guint done = molink_frames_add (&self->frames, fragment, payload, now,
      &slot, &need);

  if (done & MOLINK_WANTS_MEMORY) {
    gst_borescope_receiver_grow (self, slot, need);
    done = molink_frames_add (&self->frames, fragment, payload, now, &slot,
        &need);
  }
  self->counts.duplicate += (done & MOLINK_DUPLICATE) != 0;
  self->counts.reordered += (done & MOLINK_REORDERED) != 0;
  self->counts.late += (done & MOLINK_LATE) != 0;
  self->counts.invalid += (done & MOLINK_REFUSED) != 0;
  if (done & MOLINK_ADDED)
    *ret_alive = TRUE;
  gst_borescope_receiver_pop (self, now);
}

/* All messages of a datagram whose bytes stand in a row. */
static void
gst_borescope_receiver_add_all (GstBorescopeReceiver * self,
    const guint8 * data, gsize size, guint64 now, gboolean * ret_alive)
{
  gsize at = 0;

  do {
    MolinkFragment fragment;

    if (molink_parse (self->variant, data + at, size - at, size - at,
            &fragment) != MOLINK_OK) {
      self->counts.invalid += at == 0;
      return;
    }
    gst_borescope_receiver_add (self, &fragment, data + at + self->head_size,
        now, ret_alive);
    at += self->head_size + fragment.n_bytes;
  } while (self->variant == MOLINK_VARIANT_B
      && size - at >= MOLINK_B_HEADER_SIZE);
}

/* Brings the bytes of a datagram into a row: they were not what was expected. */
static void
gst_borescope_receiver_collect (GstBorescopeReceiver * self, guint i)
{
  GstBorescopeDatagram *d = &self->datagrams[i];
  gsize size = self->messages[i].msg_len;

  if (d->place.size && size > self->head_size) {
    gsize placed = MIN (size - self->head_size, d->place.size);
    guint8 *payload = d->raw + self->head_size;

    memmove (payload + placed, payload, size - self->head_size - placed);
    memcpy (payload, d->place.data, placed);
  }
  d->place.size = 0;
}

/* Whether the datagram's payload is where its frame wants it. */
static gboolean
gst_borescope_receiver_is_placed (GstBorescopeReceiver * self, guint i,
    MolinkFragment * ret_fragment)
{
  const GstBorescopeDatagram *d = &self->datagrams[i];
  gsize size = self->messages[i].msg_len;

  return d->place.size
      && molink_parse (self->variant, d->raw, MIN (size, self->head_size),
      size, ret_fragment) == MOLINK_OK
      && ret_fragment->n_bytes <= d->place.size
      && (self->variant != MOLINK_VARIANT_B
      || size - self->head_size == ret_fragment->n_bytes)
      && molink_frames_where (&self->frames, ret_fragment) == d->place.data;
}

static void
gst_borescope_receiver_take (GstBorescopeReceiver * self,
    const GstBorescopeSocket * socket, guint n, guint64 now,
    gboolean * ret_alive)
{
  gboolean collected = FALSE;

  for (guint i = 0; i < n; i++) {
    const GstBorescopeDatagram *d = &self->datagrams[i];
    gsize size = self->messages[i].msg_len;
    MolinkFragment fragment;

    if (!gst_borescope_socket_is_peer (socket, &d->from)) {
      self->counts.foreign++;
      continue;
    }
    self->counts.packets++;
    self->counts.bytes += size;
    if (!collected && gst_borescope_receiver_is_placed (self, i, &fragment)) {
      gst_borescope_receiver_add (self, &fragment, d->place.data, now,
          ret_alive);
      continue;
    }
    for (guint k = i; k < n && !collected; k++)
      gst_borescope_receiver_collect (self, k);
    collected = TRUE;
    gst_borescope_receiver_add_all (self, d->raw, size, now, ret_alive);
  }
}

/* A free frame needs memory before its payload can be placed. */
static void
gst_borescope_receiver_refill (GstBorescopeReceiver * self)
{
  guint n_ready = 0;

  if (self->typical_size == 0)
    return;
  for (guint i = 0; i < MOLINK_N_SLOTS; i++)
    n_ready += !self->frames.slots[i].used && self->memory[i];
  for (guint i = 0; i < MOLINK_N_SLOTS && n_ready == 0; i++) {
    if (!self->frames.slots[i].used) {
      gst_borescope_receiver_grow (self, i, self->typical_size);
      n_ready++;
    }
  }
}

static void
gst_borescope_receiver_prepare (GstBorescopeReceiver * self)
{
  MolinkPlace places[BATCH];

  gst_borescope_receiver_refill (self);
  guint n_places = molink_frames_predict (&self->frames, places, BATCH);
  for (guint i = 0; i < BATCH; i++) {
    GstBorescopeDatagram *d = &self->datagrams[i];
    struct msghdr *header = &self->messages[i].msg_hdr;

    d->place.data = i < n_places ? places[i].data : NULL;
    d->place.size = i < n_places ? places[i].size : 0;
    d->parts[0].iov_base = d->raw;
    d->parts[0].iov_len = self->head_size;
    d->parts[1].iov_base = d->place.data;
    d->parts[1].iov_len = d->place.size;
    d->parts[2].iov_base = d->raw + self->head_size;
    d->parts[2].iov_len =
        DATAGRAM_MAX - self->head_size - MIN (d->place.size, DATAGRAM_MAX / 2);
    memset (header, 0, sizeof *header);
    header->msg_name = &d->from;
    header->msg_namelen = sizeof d->from;
    header->msg_iov = d->parts;
    header->msg_iovlen = G_N_ELEMENTS (d->parts);
    self->messages[i].msg_len = 0;
  }
}

void
gst_borescope_receiver_expire (GstBorescopeReceiver * self, guint64 now)
{
  guint64 before = self->counts.frames_incomplete;

  if (self->variant == MOLINK_VARIANT_C)
    return;
  gst_borescope_receiver_pop (self, now);
  gst_borescope_receiver_deliver (self);
  self->counts.frames_expired += self->counts.frames_incomplete - before;
  self->counts.frames_incomplete = before;
}

gint
gst_borescope_receiver_read_udp (GstBorescopeReceiver * self,
    const GstBorescopeSocket * socket, guint64 now, gboolean * ret_alive)
{
  /* no frame may leave for its age amid a batch: payloads may lie in its holes */
  gst_borescope_receiver_expire (self, now);
  for (guint round = 0; round < MAX_BATCHES; round++) {
    gst_borescope_receiver_prepare (self);
    self->counts.syscalls++;
    gint n = recvmmsg (gst_borescope_socket_fd (socket), self->messages, BATCH,
        MSG_DONTWAIT, NULL);
    if (n < 0)
      return errno == EAGAIN || errno == EINTR ? 0 : errno;
    gst_borescope_receiver_take (self, socket, (guint) n, now, ret_alive);
    gst_borescope_receiver_deliver (self);
    if (n < BATCH)
      return 0;
  }
  return 0;
}

static void
gst_borescope_receiver_push_tcp (GstBorescopeReceiver * self, guint64 now)
{
  GstBorescopeFrame frame = { 0 };

  frame.data = g_steal_pointer (&self->tcp_data);
  frame.size = self->tcp.size;
  frame.variant = MOLINK_VARIANT_C;
  frame.id = self->tcp.frame_id;
  frame.bare = self->tcp.bare;
  frame.complete = TRUE;
  frame.discont = self->tcp_discont;
  frame.begin_time = self->tcp_begin ? self->tcp_begin : now;
  frame.end_time = now;
  self->tcp_discont = FALSE;
  self->tcp_begin = 0;
  molink_tcp_give (&self->tcp, NULL, 0);
  gst_borescope_receiver_note_size (self, frame.size);
  self->func (self->user_data, &frame);
}

static void
gst_borescope_receiver_feed_tcp (GstBorescopeReceiver * self,
    const guint8 * data, gsize size, guint64 now)
{
  guint events;
  gsize at = 0;

  do {
    at += molink_tcp_feed (&self->tcp, data + at, size - at, &events);
    if (events & MOLINK_TCP_SKIPPED) {
      self->tcp_discont = TRUE;
      self->tcp_begin = 0;
      self->counts.invalid++;
    }
    if (events & MOLINK_TCP_WANTS_MEMORY) {
      gsize capacity;
      guint8 *data_new = gst_borescope_receiver_alloc (self, self->tcp.need,
          &capacity);

      if (self->tcp_data)
        memcpy (data_new, self->tcp_data, self->tcp.n_bytes);
      molink_tcp_give (&self->tcp, data_new, capacity);
      g_free (self->tcp_data);
      self->tcp_data = data_new;
    }
    if (events & MOLINK_TCP_FRAME)
      gst_borescope_receiver_push_tcp (self, now);
    if (self->tcp.n_bytes > 0 && self->tcp_begin == 0)
      self->tcp_begin = now;
  } while (at < size || events);
  self->counts.frames_incomplete = self->tcp.n_skipped;
}

gint
gst_borescope_receiver_read_tcp (GstBorescopeReceiver * self,
    const GstBorescopeSocket * socket, guint64 now, gboolean * ret_alive)
{
  for (guint round = 0; round < MAX_BATCHES; round++) {
    self->counts.syscalls++;
    gssize n = recv (gst_borescope_socket_fd (socket), self->raw, TCP_READ,
        MSG_DONTWAIT);
    if (n < 0)
      return errno == EAGAIN || errno == EINTR ? 0 : errno;
    if (n == 0)
      return -1;
    self->counts.packets++;
    self->counts.bytes += (guint64) n;
    *ret_alive = TRUE;
    gst_borescope_receiver_feed_tcp (self, self->raw, (gsize) n, now);
  }
  return 0;
}

guint64
gst_borescope_receiver_deadline (const GstBorescopeReceiver * self)
{
  return self->variant == MOLINK_VARIANT_C ? G_MAXUINT64 :
      molink_frames_deadline (&self->frames);
}

GstBorescopeReceiverCounts *
gst_borescope_receiver_counts (GstBorescopeReceiver * self)
{
  return &self->counts;
}
