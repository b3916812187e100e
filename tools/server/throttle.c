/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright (C) 2026 the gst-plugins-cheapcam authors
 */

/* How often a login may fail. Failures count for each user and network, a /24
 * (IPv4) or a /64 (IPv6), so that somebody who has many addresses gains
 * little; and, more leniently, for the network alone, so that neither does
 * somebody who has many names. Never all together: nobody can lock out the
 * rest. An address from which a user has logged in before counts by itself: no
 * neighbour can lock out who was there already. Time is an argument. */

#include "throttle.h"

#include <string.h>

#define MAX_BUCKETS 4096
#define MAX_KNOWN 1024
#define MAX_USER 64

/* So many failures at once, then one in each refill time. */
typedef struct
{
  guint burst;
  gint64 refill_time;
} ThrottleRate;

static const ThrottleRate user_rate = { 5, 2 * G_TIME_SPAN_SECOND };
static const ThrottleRate network_rate = { 20, G_TIME_SPAN_SECOND / 2 };
static const ThrottleRate known_rate = { 20, G_TIME_SPAN_SECOND };

struct _CheapcamThrottle
{
  GMutex lock;
  /* lock: key to the time at which all failures are forgiven */
  GHashTable *buckets;
  GHashTable *known;            /* a set of "address user" */
};

/* What a login counts against; a key is NULL where nothing is counted. */
typedef struct
{
  gchar *keys[2];
  const ThrottleRate *rates[2];
} ThrottleLogin;

CheapcamThrottle *
throttle_new (void)
{
  CheapcamThrottle *self = g_new0 (CheapcamThrottle, 1);

  g_mutex_init (&self->lock);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      g_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
throttle_free (CheapcamThrottle * self)
{
  g_hash_table_unref (self->buckets);
  g_hash_table_unref (self->known);
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

static gchar *
throttle_key (const gchar * place, const gchar * user)
{
  return g_strdup_printf ("%s %.*s", place, MAX_USER, user);
}

/* with the lock */
static void
throttle_find (CheapcamThrottle * self, const gchar * address,
    const gchar * user, ThrottleLogin * ret_login)
{
  g_autofree gchar *place = throttle_key (address, user);

  if (g_hash_table_contains (self->known, place)) {
    ret_login->keys[0] = g_strconcat ("known ", place, NULL);
    ret_login->rates[0] = &known_rate;
    ret_login->keys[1] = NULL;
    return;
  }
  ret_login->keys[1] = throttle_network (address);
  ret_login->rates[1] = &network_rate;
  ret_login->keys[0] = throttle_key (ret_login->keys[1], user);
  ret_login->rates[0] = &user_rate;
}

static void
throttle_login_clear (ThrottleLogin * login)
{
  for (gsize i = 0; i < G_N_ELEMENTS (login->keys); i++)
    g_free (login->keys[i]);
}

static gboolean
throttle_is_over (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *) value <= *(gint64 *) now;
}

/* with the lock: how long until one more failure has place */
static gint64
throttle_wait_for (CheapcamThrottle * self, const gchar * key,
    const ThrottleRate * rate, gint64 now)
{
  const gint64 *forgiven = g_hash_table_lookup (self->buckets, key);

  if (forgiven == NULL)
    return 0;
  return MAX (*forgiven - now - (rate->burst - 1) * rate->refill_time, 0);
}

/* with the lock */
static void
throttle_count (CheapcamThrottle * self, const gchar * key,
    const ThrottleRate * rate, gint64 now)
{
  gint64 *forgiven = g_hash_table_lookup (self->buckets, key);

  if (forgiven) {
    *forgiven = MAX (*forgiven, now) + rate->refill_time;
    return;
  }
  if (g_hash_table_size (self->buckets) >= MAX_BUCKETS)
    g_hash_table_foreach_remove (self->buckets, throttle_is_over, &now);
  if (g_hash_table_size (self->buckets) >= MAX_BUCKETS)
    return;
  forgiven = g_new (gint64, 1);
  *forgiven = now + rate->refill_time;
  g_hash_table_insert (self->buckets, g_strdup (key), forgiven);
}

/* How long this login has to wait before it is looked at, in microseconds;
 * 0 if it may be looked at now. */
gint64
throttle_wait_time (CheapcamThrottle * self, const gchar * address,
    const gchar * user, gint64 now)
{
  ThrottleLogin login;
  gint64 wait = 0;

  g_mutex_lock (&self->lock);
  throttle_find (self, address, user, &login);
  for (gsize i = 0; i < G_N_ELEMENTS (login.keys); i++) {
    if (login.keys[i])
      wait = MAX (wait, throttle_wait_for (self, login.keys[i],
              login.rates[i], now));
  }
  g_mutex_unlock (&self->lock);
  throttle_login_clear (&login);
  return wait;
}

void
throttle_count_failure (CheapcamThrottle * self, const gchar * address,
    const gchar * user, gint64 now)
{
  ThrottleLogin login;

  g_mutex_lock (&self->lock);
  throttle_find (self, address, user, &login);
  for (gsize i = 0; i < G_N_ELEMENTS (login.keys); i++) {
    if (login.keys[i])
      throttle_count (self, login.keys[i], login.rates[i], now);
  }
  g_mutex_unlock (&self->lock);
  throttle_login_clear (&login);
}

/* From now on what others do does not count against this user, here. */
void
throttle_note_success (CheapcamThrottle * self, const gchar * address,
    const gchar * user)
{
  g_mutex_lock (&self->lock);
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  g_hash_table_add (self->known, throttle_key (address, user));
  g_mutex_unlock (&self->lock);
}
