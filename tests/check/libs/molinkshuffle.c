/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* Random streams against the plain rule: every frame whose fragments all
 * arrived comes out once, in order, byte for byte; no other does. */

#include "molinktest.h"

typedef struct
{
  guint number;                 /* of the frame in the stream */
  MolinkFragment fragment;
  guint8 *payload;
} Piece;

typedef struct
{
  guint id;
  guint size;
  guint n_pieces;
  guint n_delivered;            /* of them, without duplicates */
} Frame;

typedef struct
{
  GRand *chance;
  MolinkVariant variant;
  GArray *frames;               /* Frame */
  GPtrArray *pieces;            /* in the order in which they arrive */
} Stream;

static void
molinkshuffle_free_piece (gpointer data)
{
  Piece *piece = data;

  g_free (piece->payload);
  g_free (piece);
}

static gboolean
molinkshuffle_happens (Stream * stream, guint percent)
{
  return (guint) g_rand_int_range (stream->chance, 0, 100) < percent;
}

static void
molinkshuffle_deliver (GPtrArray * to, const Piece * piece)
{
  Piece *copy = g_memdup2 (piece, sizeof *piece);

  copy->payload = g_memdup2 (piece->payload, piece->fragment.n_bytes);
  g_ptr_array_add (to, copy);
}

/* Cuts a frame into pieces: some are lost, some come twice, now or later. */
static void
molinkshuffle_add_frame (Stream * stream, guint id, GPtrArray * now,
    GPtrArray * later)
{
  const guint number = stream->frames->len;
  const guint chunk = (guint) g_rand_int_range (stream->chance, 100, 1500);
  const gboolean ragged = molinkshuffle_happens (stream, 15);
  const guint loss = molinkshuffle_happens (stream, 40) ? 10 : 0;
  Frame frame = { 0 };

  frame.id = stream->variant == MOLINK_VARIANT_A ? id & 0xff : id;
  frame.size = (guint) g_rand_int_range (stream->chance, 1, 6000);
  for (guint at = 0; at < frame.size;) {
    g_autofree guint8 *payload = NULL;
    Piece piece = { 0 };
    guint n = ragged ?
        (guint) g_rand_int_range (stream->chance, 1, (gint) chunk) : chunk;

    n = MIN (n, frame.size - at);
    payload = g_malloc (n);
    for (guint i = 0; i < n; i++)
      payload[i] = molinktest_byte (number, at + i);
    piece.number = number;
    piece.payload = payload;
    piece.fragment.variant = stream->variant;
    piece.fragment.frame_id = frame.id;
    piece.fragment.frame_size = frame.size;
    piece.fragment.index = frame.n_pieces++;
    piece.fragment.n_bytes = n;
    at += n;
    /* some cameras do not mark the last */
    piece.fragment.last = at == frame.size && number % 3 > 0;
    if (molinkshuffle_happens (stream, loss))
      continue;
    frame.n_delivered++;
    molinkshuffle_deliver (now, &piece);
    if (molinkshuffle_happens (stream, 5))
      molinkshuffle_deliver (molinkshuffle_happens (stream, 50) ? now : later,
          &piece);
  }
  g_array_append_val (stream->frames, frame);
}

static void
molinkshuffle_swap (GPtrArray * pieces, guint a, guint b)
{
  gpointer piece = pieces->pdata[a];

  pieces->pdata[a] = pieces->pdata[b];
  pieces->pdata[b] = piece;
}

/* In any order, but for one piece of each frame from first on, which come in the
 * order of the frames: nobody waits for a frame of which nothing came. */
static void
molinkshuffle_mix (Stream * stream, GPtrArray * pieces, guint first)
{
  guint n_begun = 0;

  for (guint i = pieces->len; i > 1; i--)
    molinkshuffle_swap (pieces, i - 1,
        (guint) g_rand_int_range (stream->chance, 0, (gint) i));
  for (guint number = first; number < stream->frames->len; number++)
    for (guint i = n_begun; i < pieces->len; i++) {
      const Piece *piece = g_ptr_array_index (pieces, i);

      if (piece->number == number) {
        molinkshuffle_swap (pieces, i, n_begun++);
        break;
      }
    }
}

/* Up to three frames at a time are mixed, and what comes late with the next. */
static void
molinkshuffle_make (Stream * stream, guint n_frames)
{
  g_autoptr (GPtrArray) later = g_ptr_array_new ();
  guint id = g_rand_int (stream->chance);

  while (stream->frames->len < n_frames) {
    g_autoptr (GPtrArray) now = g_steal_pointer (&later);
    guint first = stream->frames->len;
    guint n = (guint) g_rand_int_range (stream->chance, 1, 4);

    later = g_ptr_array_new ();
    while (n-- > 0)
      molinkshuffle_add_frame (stream, id++, now, later);
    if (molinkshuffle_happens (stream, 70))
      molinkshuffle_mix (stream, now, first);
    for (guint i = 0; i < now->len; i++)
      g_ptr_array_add (stream->pieces, now->pdata[i]);
  }
  for (guint i = 0; i < later->len; i++)
    g_ptr_array_add (stream->pieces, later->pdata[i]);
}

/* One by one, or in batches by way of predicted places. */
static void
molinkshuffle_feed (Stream * stream, MolinkTest * test, gboolean batches)
{
  for (guint at = 0; at < stream->pieces->len;) {
    MolinkFragment fragments[32];
    const guint8 *payloads[32];
    guint n = batches ? (guint) g_rand_int_range (stream->chance, 1, 33) : 1;

    n = MIN (n, stream->pieces->len - at);
    for (guint i = 0; i < n; i++) {
      const Piece *piece = g_ptr_array_index (stream->pieces, at + i);

      fragments[i] = piece->fragment;
      payloads[i] = piece->payload;
    }
    if (batches)
      molinktest_receive (test, fragments, payloads, n);
    else
      molinktest_add (test, &fragments[0], payloads[0]);
    at += n;
    test->now += 10000;
  }
  molinktest_wait (test, 500);
}

static void
molinkshuffle_run (guint32 seed, MolinkVariant variant, gboolean batches)
{
  Stream stream = { 0 };
  g_auto (MolinkTest) test;
  guint n_incomplete = 0;

  stream.chance = g_rand_new_with_seed (seed);
  stream.variant = variant;
  stream.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  stream.pieces = g_ptr_array_new_with_free_func (molinkshuffle_free_piece);
  molinkshuffle_make (&stream, 60);
  molinktest_init (&test);
  molinkshuffle_feed (&stream, &test, batches);

  for (guint i = 0; i < stream.frames->len; i++) {
    const Frame *frame = &g_array_index (stream.frames, Frame, i);

    if (frame->n_delivered == frame->n_pieces) {
      if (test.n_taken == test.frames->len)
        fail ("seed %u: frame %u did not come out", seed, i);
      molinktest_assert_frame (&test, i, frame->id, frame->size);
    } else if (frame->n_delivered > 0) {
      n_incomplete++;
    }
  }
  fail_unless (test.n_taken == test.frames->len, "seed %u: %u frames too many",
      seed, test.frames->len - test.n_taken);
  fail_unless (test.n_dropped == n_incomplete, "seed %u: %u dropped, not %u",
      seed, test.n_dropped, n_incomplete);
  fail_unless_equals_int (test.n_refused, 0);
  g_ptr_array_unref (stream.pieces);
  g_array_unref (stream.frames);
  g_rand_free (stream.chance);
}

GST_START_TEST (test_whole_frames_come_out)
{
  for (guint32 seed = 1; seed <= 100; seed++)
    molinkshuffle_run (seed, MOLINK_VARIANT_A, FALSE);
  for (guint32 seed = 1; seed <= 100; seed++)
    molinkshuffle_run (seed, MOLINK_VARIANT_B, FALSE);
}

GST_END_TEST;

GST_START_TEST (test_whole_frames_come_out_of_batches)
{
  for (guint32 seed = 1; seed <= 100; seed++)
    molinkshuffle_run (seed, MOLINK_VARIANT_A, TRUE);
  for (guint32 seed = 1; seed <= 100; seed++)
    molinkshuffle_run (seed, MOLINK_VARIANT_B, TRUE);
}

GST_END_TEST;

static Suite *
molinkshuffle_suite (void)
{
  Suite *suite = suite_create ("molinkshuffle");
  TCase *tcase = tcase_create ("streams");

  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 60);
  tcase_add_test (tcase, test_whole_frames_come_out);
  tcase_add_test (tcase, test_whole_frames_come_out_of_batches);
  return suite;
}

GST_CHECK_MAIN (molinkshuffle);
