/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How often an address may fail to log in: 5 times at once, then once in two
 * seconds. Addresses count by /24 (IPv4) or /64 (IPv6), so that somebody who
 * has many gains little, and never all together, so that nobody can lock out
 * the rest. Time is an argument. */

#include "throttle.h"

#include <string.h>

#define BURST 5
#define REFILL_TIME (2 * G_TIME_SPAN_SECOND)
#define MAX_ADDRESSES 4096

struct _CheapcamThrottle
{
  GMutex lock;
  /* lock: network to the time at which all failures are forgiven */
  GHashTable *forgiven;
};

CheapcamThrottle *
throttle_new (void)
{
  CheapcamThrottle *self = g_new0 (CheapcamThrottle, 1);

  g_mutex_init (&self->lock);
  self->forgiven = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      g_free);
  return self;
}

void
throttle_free (CheapcamThrottle * self)
{
  g_hash_table_unref (self->forgiven);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gchar *
throttle_network (const gchar * address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autoptr (GInetAddress) network = NULL;
  guint8 bytes[16] = { 0 };
  gboolean ipv4;

  if (inet == NULL)
    return g_strdup (address);
  ipv4 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4;
  memcpy (bytes, g_inet_address_to_bytes (inet), ipv4 ? 3 : 8);
  network = g_inet_address_new_from_bytes (bytes,
      g_inet_address_get_family (inet));
  return g_inet_address_to_string (network);
}

static gboolean
throttle_is_over (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *) value <= *(gint64 *) now;
}

gboolean
throttle_allows (CheapcamThrottle * self, const gchar * address, gint64 now)
{
  g_autofree gchar *network = throttle_network (address);
  gboolean allowed = TRUE;
  gint64 *forgiven;

  g_mutex_lock (&self->lock);
  forgiven = g_hash_table_lookup (self->forgiven, network);
  if (forgiven)
    allowed = *forgiven - now <= (BURST - 1) * REFILL_TIME;
  else if (g_hash_table_size (self->forgiven) >= MAX_ADDRESSES)
    g_hash_table_foreach_remove (self->forgiven, throttle_is_over, &now);
  g_mutex_unlock (&self->lock);
  return allowed;
}

void
throttle_count_failure (CheapcamThrottle * self, const gchar * address,
    gint64 now)
{
  gchar *network = throttle_network (address);
  gint64 *forgiven;

  g_mutex_lock (&self->lock);
  forgiven = g_hash_table_lookup (self->forgiven, network);
  if (forgiven) {
    *forgiven = MAX (*forgiven, now) + REFILL_TIME;
    g_free (network);
  } else if (g_hash_table_size (self->forgiven) < MAX_ADDRESSES) {
    forgiven = g_new (gint64, 1);
    *forgiven = now + REFILL_TIME;
    g_hash_table_insert (self->forgiven, network, forgiven);
  } else {
    g_free (network);
  }
  g_mutex_unlock (&self->lock);
}
