/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */
#include "wire/tsgps.h"

#include "wire/bytes.h"
#include "wire/tspacket.h"

#include <string.h>

enum
{
  TSGPS_PID_FIRST = 0x20,       /* below are tables */
  TSGPS_PID_NULL = 0x1fff,
  TSGPS_MISSES_MAX = 16,        /* unknown PES packets until a PID has to stand back */
  TSGPS_PES_HEADER = 6,
  TSGPS_TRAILER_HEADER = 8,     /* its length, and "SKIP" */
  TSGPS_TRAILER_HEAD = TSGPS_TRAILER_HEADER + LIGO_HEADER,
  TSGPS_TRAILER_END = 8,        /* a mark, and its length */
  TSGPS_START = 4               /* of a PES packet: its start code and stream id */
};

/* pid_class[]; from CANDIDATE on it counts PES packets that were not known. */
enum
{
  TSGPS_CLASS_UNSEEN = 0,
  TSGPS_CLASS_MEDIA,            /* nothing but its PTS is looked at */
  TSGPS_CLASS_GPS,              /* two known payloads in a row: for good */
  TSGPS_CLASS_MATCHED,          /* one */
  TSGPS_CLASS_CANDIDATE
};

/* A return value of functions on a packet, beside the events: the packet was
 * not taken, it has to come again. */
enum
{
  TSGPS_AGAIN = 1 << 15
};

/* What a TS packet says of its payload. */
typedef struct
{
  uint16_t pid;
  bool start;                   /* of a PES packet */
  bool discontinuity;
  uint8_t continuity;
  uint8_t stream_id;            /* 0: it does not begin with a PES header */
  const uint8_t *payload;
  size_t size;
  uint64_t position;
} TsGpsPacket;

_Static_assert (sizeof (TsGps) <= 320 * 1024, "most of it four PES packets");

void
tsgps_init (TsGps * self)
{
  memset (self, 0, sizeof *self);
  self->pts = TSGPS_PTS_NONE;
  self->first_pcr = TSGPS_PTS_NONE;
  self->media_pts = TSGPS_PTS_NONE;
}

void
tsgps_jump (TsGps * self, uint64_t position)
{
  self->position = position;
  self->n_held = 0;
  self->trailer = NULL;
  self->synced = false;
  self->unsynced_at = position;
  self->media_pts = TSGPS_PTS_NONE;
  for (size_t i = 0; i < TSGPS_N_SLOTS; i++) {
    self->slots[i].used = false;
    self->slots[i].open = false;
  }
}

unsigned
tsgps_probe (const uint8_t * data, size_t size)
{
  /* the first sync byte may stand behind a time code or a cut packet */
  for (size_t at = 0; at < TSGPS_PACKET_MAX && at < size; at++) {
    unsigned packet_size = data[at] == TSPACKET_SYNC ?
        tspacket_guess (data + at, size - at, 0) : 0;

    if (packet_size > 0)
      return packet_size;
  }
  return 0;
}

/* Drops bytes held up to one that begins packets. Returns false when none is
 * there. It is believed when enough bytes are there to be sure, or, at_end,
 * with what is there. */
static bool
tsgps_search (TsGps * self, bool at_end)
{
  const size_t need =
      (TSPACKET_N_SYNC - 1) * TSGPS_PACKET_MAX + TSPACKET_HEADER;
  size_t at = 0;
  unsigned packet_size = 0;

  while (at < self->n_held && packet_size == 0) {
    const uint8_t *hit = memchr (self->held + at, TSPACKET_SYNC,
        self->n_held - at);

    at = hit ? (size_t) (hit - self->held) : self->n_held;
    if (!at_end && self->n_held - at < need)
      break;
    packet_size = tspacket_guess (self->held + at, self->n_held - at,
        self->packet_size);
    if (packet_size == 0 && at < self->n_held)
      at++;
  }

  self->n_held -= at;
  memmove (self->held, self->held + at, self->n_held);
  if (packet_size == 0)
    return false;
  self->packet_size = packet_size;
  self->synced = true;
  return true;
}

static bool
tsgps_is_video (uint8_t stream_id)
{
  return stream_id >= 0xe0 && stream_id <= 0xef;
}

static bool
tsgps_is_media (uint8_t stream_id)
{
  return stream_id >= 0xc0 && stream_id <= 0xef;
}

/* Whether the header of a PES packet ends with its length: those kinds that
 * have no PTS. */
static bool
tsgps_is_plain (uint8_t stream_id)
{
  static const uint8_t plain[] =
      { 0xbc, 0xbe, 0xbf, 0xf0, 0xf1, 0xf2, 0xf8, 0xff };

  return memchr (plain, stream_id, sizeof plain) != NULL;
}

/* Takes the PTS of a media PID that serves as reference: the first video PID
 * or, as long as there is none, the first audio PID. */
static void
tsgps_media_start (TsGps * self, const TsGpsPacket * packet)
{
  const uint8_t *p = packet->payload;
  int64_t pts, reference;

  if (self->media_stream_id == 0 || (tsgps_is_video (packet->stream_id) &&
          !tsgps_is_video (self->media_stream_id))) {
    self->media_pid = packet->pid;
    self->media_stream_id = packet->stream_id;
  }
  if (packet->pid != self->media_pid || !wire_has (packet->size, 9, 5) ||
      (p[6] & 0xc0) != 0x80 || !(p[7] & 0x80) || p[8] < 5)
    return;
  pts = tspacket_read_pts (p + 9);
  reference = self->media_pts != TSGPS_PTS_NONE ? self->media_pts :
      self->first_pcr;
  self->media_pts = reference != TSGPS_PTS_NONE ?
      tspacket_unwrap (pts, reference) : pts;
}

/* Whether a PES packet begins with the bytes, or may, where fewer are there than
 * its start code and stream id. */
static bool
tsgps_is_start (const uint8_t * p, size_t size)
{
  static const uint8_t code[] = { 0, 0, 1 };

  return memcmp (p, code, size < sizeof code ? size : sizeof code) == 0 &&
      (size < TSGPS_START || p[3] >= 0xbc);
}

static TsGpsSlot *
tsgps_find_slot (TsGps * self, uint16_t pid)
{
  for (size_t i = 0; i < TSGPS_N_SLOTS; i++)
    if (self->slots[i].used && self->slots[i].pid == pid)
      return &self->slots[i];
  return NULL;
}

static bool
tsgps_is_gps (const TsGps * self, uint16_t pid)
{
  return self->pid_class[pid] == TSGPS_CLASS_GPS ||
      self->pid_class[pid] == TSGPS_CLASS_MATCHED;
}

/* Who has to leave when slots run short: the lowest first. */
static int
tsgps_rank (const TsGps * self, uint16_t pid)
{
  if (tsgps_is_gps (self, pid))
    return 2;
  return self->pid_class[pid] < TSGPS_CLASS_CANDIDATE + TSGPS_MISSES_MAX;
}

/* A free slot, or that of a PID that is worth no more and was silent longest,
 * or null. */
static TsGpsSlot *
tsgps_take_slot (TsGps * self, uint16_t pid)
{
  TsGpsSlot *found = NULL;
  int least = tsgps_rank (self, pid);

  for (size_t i = 0; i < TSGPS_N_SLOTS; i++) {
    TsGpsSlot *slot = &self->slots[i];
    int rank = slot->used ? tsgps_rank (self, slot->pid) : -1;

    if (rank > least)
      continue;
    if (!found || rank < least || slot->last_used < found->last_used)
      found = slot;
    least = rank;
  }
  if (found) {
    found->used = true;
    found->open = false;
    found->pid = pid;
  }
  return found;
}

/* Notes whether a PES packet of the PID was known. */
static void
tsgps_note_match (TsGps * self, uint16_t pid, bool is_known)
{
  uint8_t *class = &self->pid_class[pid];

  if (*class == TSGPS_CLASS_GPS)
    return;
  if (is_known)
    *class = *class == TSGPS_CLASS_MATCHED ? TSGPS_CLASS_GPS :
        TSGPS_CLASS_MATCHED;
  else if (*class < TSGPS_CLASS_CANDIDATE)
    *class = TSGPS_CLASS_CANDIDATE + 1;
  else if (*class < TSGPS_CLASS_CANDIDATE + TSGPS_MISSES_MAX)
    (*class)++;
}

/* Whole length of the PES packet in the slot, or 0: not known, or not yet. */
static size_t
tsgps_expected (const TsGpsSlot * slot)
{
  size_t length;

  if (slot->n_bytes < TSGPS_PES_HEADER)
    return 0;
  length = wire_u16be (slot->bytes + 4);
  return length > 0 ? TSGPS_PES_HEADER + length : 0;
}

/* Decodes the PES packet in the slot and closes it. */
static unsigned
tsgps_complete (TsGps * self, TsGpsSlot * slot)
{
  const uint8_t *p = slot->bytes;
  size_t header = TSGPS_PES_HEADER;
  const Dialect *dialect;
  DialectVerdict verdict;
  bool was_gps = tsgps_is_gps (self, slot->pid);

  slot->open = false;
  if (slot->n_bytes > 8 && !tsgps_is_plain (p[3]) && (p[6] & 0xc0) == 0x80)
    header = 9 + (size_t) p[8];
  if (header >= slot->n_bytes)
    return 0;
  verdict = dialect_read (&self->memory, DIALECT_CARRIER_TS_PES, p + header,
      slot->n_bytes - header, &dialect, self->records, &self->n_records);
  tsgps_note_match (self, slot->pid, dialect != NULL);
  if (!dialect && !was_gps)
    return 0;

  self->pid = slot->pid;
  self->offset = slot->position;
  self->pts = slot->pts;
  self->dialect = dialect;
  if (verdict == DIALECT_NOTHING_NEW)
    return 0;
  return verdict == DIALECT_RECORDS ? TSGPS_RECORDS : TSGPS_UNKNOWN;
}

/* Drops the PES packet in the slot. */
static unsigned
tsgps_lose (TsGps * self, TsGpsSlot * slot)
{
  bool was_open = slot->open;

  slot->open = false;
  slot->n_last = 0;
  return was_open && tsgps_is_gps (self, slot->pid) ? TSGPS_LOST : 0;
}

/* Whether the packet repeats the one before it, as the standard allows once.
 * By its bytes too: some cameras do not count. */
static bool
tsgps_is_duplicate (const TsGpsSlot * slot, const TsGpsPacket * packet)
{
  return packet->continuity == slot->continuity && !packet->discontinuity &&
      slot->n_last > 0 && slot->n_last <= packet->size &&
      memcmp (slot->bytes + slot->n_bytes - slot->n_last, packet->payload,
      slot->n_last) == 0;
}

/* Sorts the PID by the kind of PES packet that begins. */
static void
tsgps_classify (TsGps * self, uint16_t pid, uint8_t stream_id)
{
  uint8_t *class = &self->pid_class[pid];
  TsGpsSlot *slot;

  if (!tsgps_is_media (stream_id) && stream_id != 0xbe) {
    if (*class == TSGPS_CLASS_UNSEEN || *class == TSGPS_CLASS_MEDIA)
      *class = TSGPS_CLASS_CANDIDATE;
    return;
  }
  *class = TSGPS_CLASS_MEDIA;
  slot = tsgps_find_slot (self, pid);
  if (slot) {
    slot->used = false;
    slot->open = false;
  }
}

/* A start code that was spread over packets is there as a whole: what is it? */
static void
tsgps_finish_start (TsGps * self, TsGpsSlot * slot)
{
  if (!tsgps_is_start (slot->bytes, TSGPS_START))
    slot->open = false;
  else
    tsgps_classify (self, slot->pid, slot->bytes[3]);
}

/* Adds the payload to the PES packet in the slot, which it may complete. */
static unsigned
tsgps_append (TsGps * self, TsGpsSlot * slot, const TsGpsPacket * packet)
{
  size_t expected, room = TSGPS_PES_MAX - slot->n_bytes;
  size_t size = packet->size < room ? packet->size : room;

  memcpy (slot->bytes + slot->n_bytes, packet->payload, size);
  slot->n_bytes += size;
  slot->n_last = size;
  if (slot->n_bytes - size < TSGPS_START && slot->n_bytes >= TSGPS_START)
    tsgps_finish_start (self, slot);
  if (!slot->open)
    return 0;
  expected = tsgps_expected (slot);
  if (expected > 0 && slot->n_bytes >= expected) {
    slot->n_last -= slot->n_bytes - expected;
    slot->n_bytes = expected;
    return tsgps_complete (self, slot);
  }
  if (slot->n_bytes == TSGPS_PES_MAX)
    return tsgps_complete (self, slot);
  return 0;
}

/* A packet of a PID that may carry GPS. */
static unsigned
tsgps_gather (TsGps * self, const TsGpsPacket * packet)
{
  TsGpsSlot *slot = tsgps_find_slot (self, packet->pid);
  unsigned events = 0;

  if (slot) {
    bool is_next = packet->continuity == ((slot->continuity + 1) & 15) ||
        packet->continuity == slot->continuity;

    if (tsgps_is_duplicate (slot, packet))
      return 0;
    if (packet->discontinuity || !is_next)
      events = tsgps_lose (self, slot);
    if (!packet->discontinuity && !is_next && tsgps_is_gps (self, slot->pid))
      self->n_lost++;
    if (packet->start && slot->open) {
      events = tsgps_complete (self, slot);
      if (events)
        return events | TSGPS_AGAIN;
    }
  } else if (packet->start) {
    slot = tsgps_take_slot (self, packet->pid);
  }
  if (!slot)
    return events;

  slot->continuity = packet->continuity;
  slot->last_used = ++self->tick;
  if (packet->start) {
    slot->open = true;
    slot->position = packet->position;
    slot->pts = self->media_pts;
    slot->n_bytes = 0;
  }
  if (slot->open)
    events |= tsgps_append (self, slot, packet);
  else
    slot->n_last = 0;
  return events;
}

/* Finds out whether a PES packet begins in the packet. */
static void
tsgps_find_start (TsGps * self, TsGpsPacket * packet)
{
  const uint8_t *p = packet->payload;
  const TsGpsSlot *slot;

  /* what follows of it stands in the next packet */
  if (packet->start && packet->size > 0 && packet->size < TSGPS_START &&
      self->pid_class[packet->pid] != TSGPS_CLASS_MEDIA &&
      tsgps_is_start (p, packet->size))
    return;
  if (packet->size >= TSGPS_START && tsgps_is_start (p, packet->size))
    packet->stream_id = p[3];
  /* some cameras do not flag the start of private PES packets */
  if ((packet->stream_id == 0xbd || packet->stream_id == 0xbf) &&
      !packet->start && self->pid_class[packet->pid] != TSGPS_CLASS_MEDIA) {
    slot = tsgps_find_slot (self, packet->pid);
    packet->start = !slot || !slot->open;
  }
  if (packet->stream_id == 0)
    packet->start = false;
}

static unsigned
tsgps_payload (TsGps * self, TsGpsPacket * packet)
{
  tsgps_find_start (self, packet);
  if (packet->start && packet->stream_id == 0) {
    if (self->pid_class[packet->pid] == TSGPS_CLASS_UNSEEN)
      self->pid_class[packet->pid] = TSGPS_CLASS_CANDIDATE;
  } else if (packet->start) {
    tsgps_classify (self, packet->pid, packet->stream_id);
    if (tsgps_is_media (packet->stream_id))
      tsgps_media_start (self, packet);
  }
  if (self->pid_class[packet->pid] < TSGPS_CLASS_GPS)
    return 0;
  return tsgps_gather (self, packet);
}

static uint16_t
tsgps_pid (const uint8_t * p)
{
  return wire_u16be (p + 1) & TSGPS_PID_NULL;
}

/* The adaptation field, of size bytes behind its length. */
static void
tsgps_adaptation (TsGps * self, const uint8_t * p, size_t size,
    TsGpsPacket * packet)
{
  if (size == 0)
    return;
  packet->discontinuity = (p[0] & 0x80) != 0;
  if (self->first_pcr == TSGPS_PTS_NONE && (p[0] & 0x10) && size >= 7)
    self->first_pcr = (int64_t) wire_u32be (p + 1) << 1 | p[5] >> 7;
}

/* Takes one packet, or not: TSGPS_AGAIN. */
static unsigned
tsgps_packet (TsGps * self, const uint8_t * p, uint64_t position)
{
  TsGpsPacket packet = { 0 };
  size_t header = TSPACKET_HEADER;
  unsigned events = 0;

  packet.pid = tsgps_pid (p);
  packet.start = (p[1] & 0x40) != 0;
  packet.continuity = p[3] & 15;
  packet.position = position;
  /* damaged; its continuity counter is not to be believed either */
  if (p[1] & 0x80)
    return 0;
  if (p[3] & 0x20) {
    header += 1 + (size_t) p[4];
    if (header > TSPACKET_SIZE)
      return 0;
    tsgps_adaptation (self, p + 5, p[4], &packet);
  }
  /* tables, stuffing, scrambled */
  if (packet.pid < TSGPS_PID_FIRST || packet.pid == TSGPS_PID_NULL ||
      (p[3] & 0xc0))
    return 0;
  if (p[3] & 0x10) {
    packet.payload = p + header;
    packet.size = TSPACKET_SIZE - header;
    return tsgps_payload (self, &packet);
  }
  if (packet.discontinuity) {
    TsGpsSlot *slot = tsgps_find_slot (self, packet.pid);

    if (slot)
      events = tsgps_lose (self, slot);
  }
  return events;
}

/* How many packets there are of which nothing but the header has to be looked
 * at: a run of video, with the same sync byte and PID in all of them, and in none
 * the start of a PES packet. */
static size_t
tsgps_dull_run (const TsGps * self, const uint8_t * data, size_t size)
{
  const uint32_t mask = UINT32_C (0xff5fff00);
  const uint32_t first = wire_u32be (data) & mask;
  size_t at = 0, n = 0;

  if (self->pid_class[tsgps_pid (data)] != TSGPS_CLASS_MEDIA ||
      (data[1] & 0x40) || self->first_pcr == TSGPS_PTS_NONE)
    return 0;
  do {
    at += self->packet_size;
    n++;
  } while (wire_has (size, at, self->packet_size) &&
      (wire_u32be (data + at) & mask) == first);
  return n;
}

/* Goes through the packets in the caller's memory. Returns how many bytes were
 * taken: all whole packets, or those up to the first event or lost sync. */
static size_t
tsgps_feed_packets (TsGps * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  const size_t step = self->packet_size;
  size_t at = 0;

  while (wire_has (size, at, step)) {
    unsigned events = 0;
    size_t n_taken;

    if (data[at] != TSPACKET_SYNC) {
      self->synced = false;
      self->unsynced_at = self->position + at;
      break;
    }
    n_taken = tsgps_dull_run (self, data + at, size - at);
    if (n_taken == 0) {
      events = tsgps_packet (self, data + at, self->position + at);
      n_taken = events & TSGPS_AGAIN ? 0 : 1;
    }
    at += n_taken * step;
    self->n_packets += n_taken;
    if (events) {
      *ret_events = events & ~(unsigned) TSGPS_AGAIN;
      break;
    }
  }
  self->position += at;
  return at;
}

static size_t
tsgps_hold (TsGps * self, const uint8_t * data, size_t size, size_t up_to)
{
  size_t n = up_to - self->n_held;

  if (n > size)
    n = size;
  memcpy (self->held + self->n_held, data, n);
  self->n_held += n;
  self->position += n;
  return n;
}

/* The same with the packets held. Returns events. */
static unsigned
tsgps_feed_held (TsGps * self)
{
  unsigned events = 0;
  size_t n;

  self->position -= self->n_held;
  n = tsgps_feed_packets (self, self->held, self->n_held, &events);
  self->n_held -= n;
  memmove (self->held, self->held + n, self->n_held);
  self->position += self->n_held;
  return events;
}

/* A trailer begins where packets have ended, as it would in an MP4. Its length
 * may have been taken for a time code, as the end of the last packet. */
static size_t
tsgps_trailer_gone (const TsGps * self)
{
  return self->packet_size == TSPACKET_SIZE + TSPACKET_TIME_CODE ?
      TSPACKET_TIME_CODE : 0;
}

/* Whether a trailer may begin with what is held. Nowhere else: what comes behind
 * depends on how the bytes are split. */
static bool
tsgps_is_trailer_place (const TsGps * self)
{
  return !self->trailer && self->packet_size > 0 &&
      self->position - self->n_held == self->unsynced_at;
}

/* Whether the trailer was found, now or before. */
static bool
tsgps_find_trailer (TsGps * self)
{
  size_t gone = tsgps_trailer_gone (self);
  uint8_t head[TSGPS_TRAILER_HEAD] = { 0 };
  const Dialect *dialect;

  if (!tsgps_is_trailer_place (self) || self->n_held + gone < sizeof head)
    return self->trailer != NULL;
  memcpy (head + gone, self->held, sizeof head - gone);
  dialect = dialect_find (DIALECT_CARRIER_BOX, head, sizeof head);
  if (!dialect || dialect->feed != gpsbox_feed_ligo)
    return false;
  self->trailer = dialect;
  memset (&self->trailer_box, 0, sizeof self->trailer_box);
  gone = TSGPS_TRAILER_HEADER - gone;
  self->n_held -= gone;
  memmove (self->held, self->held + gone, self->n_held);
  return true;
}

/* Whether more bytes have to come before that can be told. */
static bool
tsgps_awaits_trailer (const TsGps * self)
{
  return tsgps_is_trailer_place (self) &&
      self->n_held + tsgps_trailer_gone (self) < TSGPS_TRAILER_HEAD;
}

/* Where a second trailer begins behind a first one, which may be erased: drops
 * the end of the first and the head of the second (Beferich). */
static void
tsgps_find_next_trailer (TsGps * self)
{
  const size_t gone = TSGPS_TRAILER_HEADER + TSGPS_TRAILER_END;
  const Dialect *dialect;

  if (memcmp (self->held, "####", 4) != 0
      && memcmp (self->held, "&&&&", 4) != 0)
    return;
  dialect = dialect_find (DIALECT_CARRIER_BOX, self->held + TSGPS_TRAILER_END,
      self->n_held - TSGPS_TRAILER_END);
  if (dialect != self->trailer)
    return;
  memset (&self->trailer_box, 0, sizeof self->trailer_box);
  self->n_held -= gone;
  memmove (self->held, self->held + gone, self->n_held);
}

/* Goes through the slots of the trailer that are held, up to the first one
 * that gives records. Returns events. */
static unsigned
tsgps_feed_trailer (TsGps * self)
{
  size_t need;

  for (;;) {
    need = self->trailer_box.has_begun ? LIGO_SLOT : LIGO_HEADER;
    if (self->n_held < need)
      return 0;
    if (self->trailer_box.has_begun)
      tsgps_find_next_trailer (self);
    if (!self->trailer_box.has_begun)
      need = LIGO_HEADER;
    self->pid = TSGPS_PID_NULL;
    self->offset = self->position - self->n_held;
    self->pts = TSGPS_PTS_NONE;
    self->dialect = self->trailer;
    (void) self->trailer->feed (&self->trailer_box,
        dialect_get_ligo (&self->memory), self->held, need, false,
        self->records, DIALECT_MAX_RECORDS, &self->n_records);
    self->memory.holder =
        ligo_is_waiting (&self->memory.ligo) ? self->trailer : NULL;
    self->n_held -= need;
    memmove (self->held, self->held + need, self->n_held);
    if (self->n_records > 0)
      return TSGPS_RECORDS;
  }
}

size_t
tsgps_feed (TsGps * self, const uint8_t * data, size_t size,
    unsigned *ret_events)
{
  size_t taken = 0;

  *ret_events = 0;
  if (size == 0)
    data = self->held;          /* may be null */
  for (;;) {
    if (!self->synced) {
      taken += tsgps_hold (self, data + taken, size - taken, sizeof self->held);
      if (tsgps_find_trailer (self))
        *ret_events = tsgps_feed_trailer (self);
      else if (!tsgps_awaits_trailer (self))
        (void) tsgps_search (self, false);
      if (!*ret_events && !self->synced && taken == size)
        return taken;
    } else if (self->n_held > 0) {
      if (self->n_held < self->packet_size)
        taken += tsgps_hold (self, data + taken, size - taken,
            self->packet_size);
      if (self->n_held < self->packet_size)
        return taken;
      *ret_events = tsgps_feed_held (self);
    } else {
      taken += tsgps_feed_packets (self, data + taken, size - taken,
          ret_events);
      if (!*ret_events && self->synced)
        return taken + tsgps_hold (self, data + taken, size - taken,
            self->packet_size);
    }
    if (*ret_events)
      return taken;
  }
}

/* Lets the packets held count, and the last one, which may lack its time code
 * or its check bytes. */
static unsigned
tsgps_finish_held (TsGps * self)
{
  unsigned events = 0;

  while (self->n_held > 0 && events == 0) {
    size_t missing = 0;

    /* what is shorter than a packet was not looked at yet */
    if (self->synced && self->held[0] != TSPACKET_SYNC) {
      self->synced = false;
      self->unsynced_at = self->position - self->n_held;
    }
    if (!self->synced && tsgps_find_trailer (self))
      return tsgps_feed_trailer (self);
    if (!self->synced && !tsgps_search (self, true))
      break;
    if (self->n_held < TSPACKET_SIZE) {
      self->n_held = 0;
      break;
    }
    if (self->n_held < self->packet_size)
      missing = self->packet_size - self->n_held;
    memset (self->held + self->n_held, 0, missing);
    self->n_held += missing;
    self->position += missing;
    events = tsgps_feed_held (self);
  }
  return events;
}

/* The open slot that has waited longest, or null. */
static TsGpsSlot *
tsgps_first_open (TsGps * self)
{
  TsGpsSlot *first = NULL;

  for (size_t i = 0; i < TSGPS_N_SLOTS; i++) {
    TsGpsSlot *slot = &self->slots[i];

    if (slot->open && (!first || slot->position < first->position))
      first = slot;
  }
  return first;
}

unsigned
tsgps_finish (TsGps * self)
{
  unsigned events = tsgps_finish_held (self);
  TsGpsSlot *slot;

  while (events == 0 && (slot = tsgps_first_open (self)) != NULL)
    events = tsgps_complete (self, slot);
  if (events == 0 && self->memory.holder)
    events = dialect_finish (&self->memory, &self->dialect, self->records,
        &self->n_records) == DIALECT_RECORDS ? TSGPS_RECORDS : TSGPS_UNKNOWN;
  return events;
}
