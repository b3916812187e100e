/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How many connections there may be, in all and from one address. */

#include "connlimit.h"

struct _CheapcamConnLimit
{
  gatomicrefcount refs;
  guint max_total;
  guint max_per_address;

  GMutex lock;
  GCond cond;
  /* lock */
  guint total;
  GHashTable *per_address;      /* address to number */
};

struct _CheapcamConnTicket
{
  CheapcamConnLimit *limit;
  gchar *address;
};

CheapcamConnLimit *
connlimit_new (guint max_total, guint max_per_address)
{
  CheapcamConnLimit *self = g_new0 (CheapcamConnLimit, 1);

  g_atomic_ref_count_init (&self->refs);
  self->max_total = max_total;
  self->max_per_address = max_per_address;
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->per_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      NULL);
  return self;
}

void
connlimit_unref (CheapcamConnLimit * self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->per_address);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* NULL if there are too many already. */
CheapcamConnTicket *
connlimit_enter (CheapcamConnLimit * self, const gchar * address)
{
  CheapcamConnTicket *ticket = NULL;
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->per_address, address));
  if (self->total < self->max_total && n < self->max_per_address) {
    self->total++;
    g_hash_table_insert (self->per_address, g_strdup (address),
        GUINT_TO_POINTER (n + 1));
    ticket = g_new (CheapcamConnTicket, 1);
    ticket->limit = self;
    ticket->address = g_strdup (address);
    g_atomic_ref_count_inc (&self->refs);
  }
  g_mutex_unlock (&self->lock);
  return ticket;
}

void
connlimit_leave (CheapcamConnTicket * ticket)
{
  CheapcamConnLimit *self = ticket->limit;
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->per_address,
          ticket->address));
  self->total--;
  if (n > 1)
    g_hash_table_insert (self->per_address, g_strdup (ticket->address),
        GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (self->per_address, ticket->address);
  if (self->total == 0)
    g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  g_free (ticket->address);
  g_free (ticket);
  connlimit_unref (self);
}

/* end: monotonic time. FALSE: some are left then. */
gboolean
connlimit_wait_empty (CheapcamConnLimit * self, gint64 end)
{
  gboolean empty, in_time = TRUE;

  g_mutex_lock (&self->lock);
  while (self->total > 0 && in_time)
    in_time = g_cond_wait_until (&self->cond, &self->lock, end);
  empty = self->total == 0;
  g_mutex_unlock (&self->lock);
  return empty;
}
